"""What is said about age holds over every place in the picture; expected numbers come from the CSV files."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from asking import SOME_OR_EVERY, among
from conftest import DATASETS, HERE

from eldercare.exhibits import Facts, city, places
from eldercare.exhibits import ageing as exhibits_of_age
from eldercare.exhibits.ageing import words as ageing
from eldercare.exhibits.claims import extremes
from eldercare.faces import screen

NAMED = re.compile(r"([一-龥]+)(\d+\.\d+)%")
DAY = date(2026, 11, 22)


def shares(folder: Path, age: int) -> pd.DataFrame:
    """Every city and Shanghai district that a map draws, with its share of 2020, from the files."""
    groups = pd.read_csv(folder / "age_groups.csv", dtype={"place_code": str})
    places = pd.read_csv(folder / "places.csv", dtype=str).set_index("place_code")
    groups = groups[groups["year"] == 2020].assign(all=groups["male"] + groups["female"])
    everyone = groups.groupby("place_code")["all"].sum()
    old = groups[groups["age_from"] >= age].groupby("place_code")["all"].sum()
    found = (100 * old / everyone.where(everyone > 0)).dropna().rename("share").to_frame()
    found["name"], found["level"] = places["short_name"], places["level"]
    return found[found["level"].isin(["city", "district"]) | (found.index == "310000")]


def ends(part: pd.DataFrame) -> set[str]:
    """The highest and the lowest with their values, as a sentence names them: with a second digit where another reads the same with one."""

    def read(row: pd.Series) -> str:
        alike = sum(f"{share:.1f}" == f"{row['share']:.1f}" for share in part["share"])
        return f"{row['name']}{row['share']:.{1 if alike == 1 else 2}f}%"

    return {read(part.loc[part["share"].idxmax()]), read(part.loc[part["share"].idxmin()])}


def said(sentence: str) -> set[str]:
    """Of a title and its subtitle; a province before the age is no end."""
    return {f"{name.split('中')[-1]}{value}%" for name, value in NAMED.findall(sentence)}


@pytest.mark.parametrize("age", [60, 65, 80])
@pytest.mark.parametrize("folder,districts", [(DATASETS, 16), (HERE / "tiny", 3)])
def test_the_highest_is_the_highest_of_all_that_is_drawn(real, tiny_store, folder, districts, age):
    """Cities and Shanghai's districts stand on one map: each end is said of the set it is the end of, and both sets are named."""
    drawn = (real if folder == DATASETS else tiny_store).ask("elder_share", age=age)
    known = shares(folder, age)
    assert set(drawn.dropna(subset=["value"])["place_code"]) == set(known.index)
    for sentence in (ageing.shares(drawn, age), extremes(drawn, "占比")):
        ours, inner = known[known["level"] != "district"], known[known["level"] == "district"]
        assert f"{len(ours)}个城市中" in sentence and f"上海{districts}个区中" in sentence
        assert said(sentence) == ends(ours) | ends(inner), sentence


def test_no_highest_without_its_value(real):
    """“南通30.0%、泰州最高” read as two superlatives of which one had no value."""
    sentence = ageing.shares(real.ask("elder_share", age=60), 60)
    assert (
        sentence.count("最高") == sentence.count("最低") == len(re.findall(r"%最高", sentence)) == 2
        and "、" not in sentence
    )
    assert sentence.startswith("60岁及以上：南通30.0%—合肥15.3%；")


def test_counties_are_said_to_be_those_of_three_provinces(real):
    """如东 leads 291 counties of three provinces; 崇明, drawn on the same page, has more."""
    observed = pd.read_csv(DATASETS / "observations.csv", dtype=str)
    places = pd.read_csv(DATASETS / "places.csv", dtype=str).set_index("place_code")
    census = observed[
        (observed["date"] == "2020-11-01")
        & (observed["shown"] == "true")
        & (observed["base"] == "常住")
    ]
    census = census[census["place_code"].map(places["level"]) == "county"].assign(
        value=census["value"].astype(float)
    )
    share = (
        census.pivot_table(index="place_code", columns="indicator_code", values="value")
        .eval("100 * pop_60plus / resident_population")
        .dropna()
    )
    first = places.at[share.idxmax(), "short_name"]
    rows = real.ask("county_ageing", age=60, cities=real.ask("cities")["place_code"].tolist())
    sentence = ageing.counties(rows, "")
    assert (
        sentence
        == f"苏浙皖60岁及以上占比最高：{first}{share.max():.2f}%；七普（2020年）60岁及以上常住人口占比：苏浙皖{len(share)}个县（市、区）中{first}最高，{share.max():.2f}%（上海各区另列）"
    )
    assert (first, len(share)) == ("如东", 291) and shares(DATASETS, 60)[
        "share"
    ].max() > share.max()


def test_a_county_is_ranked_among_those_of_three_provinces(real):
    rows = real.ask("place_standing", place="341882")
    place = next(real.ask("profile_places").query("place_code == '341882'").itertuples())
    assert "苏浙皖291个县（市、区）中第" in city.title(place, rows)


@pytest.mark.parametrize("age", [60, 80])
@pytest.mark.parametrize("within", ["", "31", "32", "33", "34"])
def test_slides_name_the_ends_of_what_they_draw(real_data, age, within):
    known = shares(DATASETS, age)
    here = known[known.index.str.startswith(within)]
    sets = (
        [here[here["level"] == "district"]]
        if within == "31"
        else [here[here["level"] != "district"]]
    )
    finding = exhibits_of_age.shares(Facts(DAY), age=age, within=within).spoken
    whole = sets if within else [*sets, here[here["level"] == "district"]]
    assert said(finding) == set().union(*map(ends, whole)), finding
    assert said(exhibits_of_age.ranking(Facts(DAY), age=age, within=within).spoken) == ends(sets[0])


# --- words of an age share: it is no performance ---

JUDGED = re.compile("更老|老得|居后|居前|三分之一|优于|不及|每百人|2020年普查")


@SOME_OR_EVERY
def test_ranks_are_places_in_an_order_without_judgement(real, real_data, every):
    for code in among(real.ask("profile_places")["place_code"], every):
        rows = real.ask("place_standing", place=code)
        assert not JUDGED.search(city.compared(rows)), code
    known = shares(DATASETS, 60)
    cities = known[known["level"] != "district"]["share"]
    rank = int((cities > cities["340800"]).sum()) + 1
    words = city.compared(real.ask("place_standing", place="340800"))
    assert words.startswith(
        f"七普（2020年），在41个城市中由高到低：60岁及以上占比{cities['340800']:.2f}%（第{rank}位），65岁及以上占比"
    )
    title = city.ranked(Facts(DAY).place("340000"), real.ask("place_standing", place="340000"))
    assert title.startswith(
        "安徽60岁及以上占比：4个省市中第3位；七普（2020年），在4个省市中由高到低：60岁及以上占比18.79%（第3位），"
    ) and not JUDGED.search(title)


def test_age_pages_use_words_an_official_signs(real, real_data):
    rows = real.ask("elder_share", age=60)
    cities = rows[rows["peers"] == "city"]
    figure = screen.field(exhibits_of_age.quadrant(Facts(DAY)).shape)
    assert len(figure.data[0].x) == len(cities)
    told = [ageing.quadrant(rows), *(note.text for note in figure.layout.annotations)]
    assert not any(JUDGED.search(words) for words in told), told


def test_the_title_of_ageing_gives_both_years_and_their_base(real):
    """16.06 % is no golden number of ours: both shares are sums of the files."""
    groups = pd.read_csv(DATASETS / "age_groups.csv", dtype={"place_code": str})
    places = pd.read_csv(DATASETS / "places.csv", dtype=str).set_index("place_code")
    groups = groups[
        (groups["place_code"].map(places["level"]) == "city") | (groups["place_code"] == "310000")
    ].assign(all=groups["male"] + groups["female"])
    everyone = groups.groupby("year")["all"].sum()
    old = groups[groups["age_from"] >= 60].groupby("year")["all"].sum()
    share = 100 * old / everyone
    more = (old[2020] - old[2010]) / 1e4
    assert ageing.title(real.ask("province_ageing", age=60), 60) == (
        f"长三角60岁及以上占比：十年升5.26个百分点；60岁及以上常住人口占比：2010年{share[2010]:.2f}%，2020年{share[2020]:.2f}%；人数多{more:,.2f}万人"
    )


# --- counties that have another name since 2010 ---


@pytest.mark.parametrize(
    "code,name,former,mark",
    [
        ("320685", "海安", "海安县", "撤县设市"),
        ("320614", "海门", "海门市", "撤市设区"),
        ("341882", "广德", "广德县", "撤县设市"),
    ],
)
def test_a_renamed_county_shows_the_value_of_its_predecessor(
    real, real_data, code, name, former, mark
):
    """The share of 2010 stands under the old code in the file: by it, never as a change of ten years."""
    observed = pd.read_csv(DATASETS / "observations.csv", dtype=str)
    places = pd.read_csv(DATASETS / "places.csv", dtype=str).set_index("name")
    old = observed[
        (observed["place_code"] == places.at[former, "place_code"])
        & (observed["date"] == "2010-11-01")
        & (observed["shown"] == "true")
    ]
    values = old.set_index("indicator_code")["value"].astype(float)
    share = 100 * values["pop_60plus"] / values["resident_population"]
    rows = real.ask(
        "county_ageing",
        age=60,
        cities=[places.loc[[former]]["parent_code"].iloc[0], f"{code[:4]}00"],
    )
    row = rows[rows["short_name"] == name].iloc[0]
    assert (
        row["value_2010"] == pytest.approx(share)
        and mark in row["boundary_note"]
        and former in row["boundary_note"]
    )
    assert f"2010年{share:.2f}%（{former}）" in row["hover"] and "只并列" in row["hover"]
    known = real.ask("profile_places").query("place_code == @code")
    if len(known):
        place = next(known.itertuples())
        card = city.cards(
            place,
            real.ask("age_profile", place=code),
            real.ask("place_standing", place=code),
            EMPTY,
            real.ask("place_records", place=code, as_of=DAY),
            real.ask("latest_moves", places=[code], as_of=DAY),
        )[0]
        assert (
            f"2010年{share:.2f}%" in card["note"]
            and mark in card["note"]
            and "只并列" in card["note"]
            and "十年" not in card["note"]
        )
        assert any(f"2010年{share:.2f}%" in trace["words"] for trace in card["traces"])


def test_counties_whose_area_changed_say_so(real):
    """和县 lost 沈巷镇; by the file its predecessor has two successors."""
    rows = real.ask("county_ageing", age=60, cities=["340500"]).set_index("short_name")
    assert "面积有变" in rows.at["和县", "boundary_note"] and "面积有变" in rows.at["和县", "hover"]
    assert "面积有变" not in rows.at["含山", "hover"]


EMPTY = pd.DataFrame({"kind": [], "value": [], "indicator_title": [], "topic": []})


def test_a_rank_on_a_card_names_among_whom(real):
    for code, words in (
        ("340000", "4个省市中第3位"),
        ("340800", "41个城市中第16位"),
        ("310151", "上海16个区中第1位"),
        ("341882", "苏浙皖291个县（市、区）中第147位"),
    ):
        place = next(real.ask("profile_places").query("place_code == @code").itertuples())
        card = city.cards(
            place,
            real.ask("age_profile", place=code),
            real.ask("place_standing", place=code),
            EMPTY,
            real.ask("place_records", place=code, as_of=DAY),
            real.ask("latest_moves", places=[code], as_of=DAY),
        )[0]
        assert words in card["note"], card["note"]
    hover = real.ask("elder_share", age=60).set_index("place_code")["hover"]
    assert "41个城市中第9位" in hover["310000"] and "上海16个区中第1位" in hover["310151"]


def test_the_oldest_group_is_called_as_people_call_it(real_data):
    figure = screen.bars(places.ages(Facts(DAY), "YRD").shape)
    told = [words for trace in figure.data for words in trace.hovertext or ()]
    assert any("85岁及以上" in words for words in told) and not any(
        "及以上岁" in words for words in told
    )
