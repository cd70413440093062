"""Counties that became cities or districts are known of 2010 under their former name and code; what merged is not."""

from collections import defaultdict

import pandas as pd
import pytest

from eldercare.data.catalogue import DATASETS
from eldercare.store import Store

CENSUS = ["2010-11-01", "2020-11-01"]


@pytest.fixture(scope="module")
def counties() -> pd.DataFrame:
    store = Store(DATASETS)
    store.refresh()
    return store.ask(
        "county_ageing", age=60, cities=store.ask("cities")["place_code"].tolist()
    ).set_index("place_code")


@pytest.fixture(scope="module")
def printed() -> pd.DataFrame:
    """Share of people 60+ by code and census day, from the file."""
    rows = pd.read_csv(DATASETS / "observations.csv", dtype=str, keep_default_na=False)
    rows = rows[rows["date"].isin(CENSUS) & (rows["shown"] == "true") & (rows["base"] == "常住")]
    wide = rows.assign(value=rows["value"].astype(float)).pivot_table(
        index=["place_code", "date"], columns="indicator_code", values="value"
    )
    return (100 * wide["pop_60plus"] / wide["resident_population"]).unstack()


@pytest.fixture(scope="module")
def former() -> dict[str, list[tuple[str, str, int]]]:
    """Code of today -> code, name and number of successors of every county it came from, from the file."""
    found = defaultdict(list)
    for row in pd.read_csv(DATASETS / "places.csv", dtype=str, keep_default_na=False).itertuples():
        successors = [code for code in row.successor_codes.split(";") if code]
        for code in successors if row.level == "county" else []:
            found[code].append((row.place_code, row.name, len(successors)))
    return found


def test_known_shares_of_2010_stand_under_the_name_of_today(counties):
    """Two shares and seven names, by hand from the tables of 2010."""
    told = counties.set_index("label")[["value_2010", "predecessor"]].round(2).apply(tuple, axis=1)
    assert told["海安市"] == (24.99, "海安县") and told["海门区"] == (24.02, "海门市")
    assert [
        told[name][1]
        for name in ("庐江县（合肥）", "寿县（淮南）", "枞阳县（铜陵）", "广德市", "溧水区")
    ] == [
        "庐江县",
        "寿县",
        "枞阳县",
        "广德县",
        "溧水县",
    ]


def test_every_single_predecessor_lends_its_value(counties, printed, former):
    """28 one to one, and two that gave a part away: 绍兴县 and 和县."""
    whole, part = set(), set()
    for code, row in counties.iterrows():
        own = printed.loc[code, CENSUS[0]]
        if pd.notna(own):
            assert row["value_2010"] == pytest.approx(own) and pd.isna(row["predecessor"]), code
        elif len(former[code]) == 1:
            (before, name, successors) = former[code][0]
            assert row["value_2010"] == pytest.approx(printed.loc[before, CENSUS[0]]), code
            assert row["predecessor"] == name and f"2010年为{name}" in row["boundary_note"], code
            (whole if successors == 1 else part).add(code)
        else:
            assert pd.isna(row["value_2010"]) and pd.isna(row["predecessor"]), (
                f"{code}: several became one, or none is known"
            )
    assert (len(whole), part) == (28, {"330603", "340523"})
    # 洞头 took a part of 龙湾 in when it became a district: its own note says so, that of 洞头县 does not.
    redrawn = {*part, "330305"}
    assert set(counties.index[counties["redrawn"]]) == redrawn
    assert all("面积有变" in counties.at[code, "boundary_note"] for code in redrawn)
    assert "划入龙湾区一部分" in counties.at["330305", "boundary_note"]


def test_the_mark_says_what_became_of_it(counties):
    notes = counties.set_index("label")["boundary_note"]
    assert (
        notes["海安市"].startswith("撤县设市")
        and notes["海门区"].startswith("撤市设区")
        and notes["溧水区"].startswith("撤县设区")
    )
    assert notes["庐江县（合肥）"].startswith("改属")
    doubtful = notes[notes.str.contains("面积是否有变所收资料未载")]
    assert set(doubtful.index) == {"枞阳县（铜陵）", "无为市"}, "a quarter of the people less"
    # 838,712 and 469,051; 1,180,069 and 817,997.
    assert "2020年常住人口比2010年少44%" in doubtful["枞阳县（铜陵）"]
    assert "2020年常住人口比2010年少31%" in doubtful["无为市"]


def test_the_profile_of_a_county_has_both_years():
    store = Store(DATASETS)
    store.refresh()
    rows = store.ask("age_profile", place="320685")
    assert sorted(set(rows["year"])) == [2010, 2020] and len(rows) == 6
    assert "撤县设市：2010年为海安县" in rows[rows["year"] == 2010]["boundary_note"].iloc[0]
