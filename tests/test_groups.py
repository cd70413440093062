"""组合地区: counts added, rates from sums, missing parts and boundaries named, recomputed from the CSV files by pandas."""

import pandas as pd
import pytest
from asking import AS_OF
from opening import visit

from eldercare.exhibits import Facts, Missing, groups
from eldercare.store import ROOT
from eldercare.talks import decks, making

FACTS = Facts(AS_OF)
ZONE = ["310118", "320509", "330421"]
PAGE = "situation/groups.py"


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(ROOT / "datasets" / f"{name}.csv", dtype=str)


@pytest.fixture(scope="module")
def ages():
    rows = table("age_groups")
    for column in ("year", "age_from", "male", "female"):
        rows[column] = rows[column].astype(int)
    return rows.assign(people=rows["male"] + rows["female"])


@pytest.fixture(scope="module")
def claims():
    rows = table("observations")
    return rows[rows["shown"] == "true"].assign(value=lambda t: t["value"].astype(float))


def printed(claims, place: str, indicator: str) -> float:
    """What the county table of 2020 prints."""
    found = claims[
        (claims["place_code"] == place)
        & (claims["indicator_code"] == indicator)
        & (claims["date"] == "2020-11-01")
    ]
    return found["value"].iloc[0]


def sums(ages, codes, age=60, year=2020) -> tuple[int, int]:
    rows = ages[ages["place_code"].isin(codes) & (ages["year"] == year)]
    return rows[rows["age_from"] >= age]["people"].sum(), rows["people"].sum()


def row_of(value, age="60岁及以上", year=2020):
    rows = value.rows
    return rows[(rows["age_words"] == age) & (rows["year"] == year)].iloc[0]


def test_the_nine_cities_are_added_and_divided(ages, real_data):
    codes = table("places").set_index("place_code").at["G10", "member_codes"].split(";")
    value = groups.cards(FACTS, *codes)
    for age, year in ((60, 2020), (80, 2020), (65, 2010)):
        old, everyone = sums(ages, codes, age, year)
        row = row_of(value, f"{age}岁及以上", year)
        assert (row["elders"], row["population"]) == (old, everyone)
        assert row["share"] == pytest.approx(100 * old / everyone)
    assert value.title == "G60九城市：60岁及以上占17.4%"


def test_a_rate_is_no_average_of_rates(ages, real_data):
    codes = ["310117", "340100"]
    each = [100 * old / everyone for old, everyone in (sums(ages, [code]) for code in codes)]
    assert abs(row_of(groups.cards(FACTS, *codes))["share"] - sum(each) / 2) > 0.1


def test_a_district_and_two_counties_are_added_across_their_tables(ages, claims, real_data):
    old, everyone = sums(ages, ZONE[:1])
    old += sum(printed(claims, code, "pop_60plus") for code in ZONE[1:])
    everyone += sum(printed(claims, code, "resident_population") for code in ZONE[1:])
    row = row_of(groups.cards(FACTS, *ZONE))
    assert (row["elders"], row["population"]) == (old, everyone)


def test_other_boundaries_of_2010_stand_beside_and_are_not_subtracted(real_data):
    zone, cities = groups.cards(FACTS, *ZONE), groups.cards(FACTS, "330400", "341800")
    assert (
        "只并列" in zone.shape.entries[0]["note"]
        and "个百分点" not in zone.shape.entries[0]["note"]
    )
    assert "个百分点" in cities.shape.entries[0]["note"]


def test_a_part_without_a_census_row_is_named_and_is_not_zero(ages, real_data):
    value = groups.cards(FACTS, "310117", "330113")
    assert row_of(value)["elders"] == sums(ages, ["310117"])[0]
    assert "缺临平" in value.subtitle and "缺临平" in value.shape.entries[0]["note"]
    assert "临平的普查分年龄人口公开资料未载" in groups.members(FACTS, "310117", "330113").subtitle


def test_figures_of_one_indicator_are_added_with_those_missing_named(claims, real_data):
    rows = groups.figures(FACTS, *ZONE).rows.set_index("indicator_code")
    beds = claims[(claims["indicator_code"] == "welfare_beds") & claims["place_code"].isin(ZONE)]
    assert rows.at["welfare_beds", "value"] == beds["value"].sum()
    assert rows.at["welfare_beds", "known_words"] == "2/3"
    assert rows.at["welfare_beds", "missing_words"] == "青浦"


def test_figures_of_several_years_say_so_and_one_alone_is_no_sum(real_data):
    rows = groups.figures(FACTS, "320400", "320600", "341800").rows.set_index("indicator_code")
    assert rows.at["beds_eldercare", "years"] == "2016—2017年，年份不同"
    assert rows.at["beds_institution", "sum_words"] == "只有一地，不相加"


@pytest.mark.parametrize(
    ("codes", "why"),
    [
        ([], "一个地区也没有选"),
        (["310118"], "只选了青浦区"),
        (["330400", "330421"], "嘉善县在嘉兴之内"),
        (["320000", "310117"], "江苏省是省或更大的范围"),
    ],
)
@pytest.mark.parametrize("make", [groups.cards, groups.shares, groups.figures, groups.ties])
def test_what_makes_no_group_gets_a_sentence(make, codes, why, real_data):
    value = make(FACTS, *codes)
    assert isinstance(value, Missing) and why in value.why


def test_only_groups_whose_members_a_record_names_are_offered(real_data):
    """上海大都市圈 stands in no record: it is not offered."""
    known = groups.known(FACTS)
    assert not known["label"].str.contains("大都市圈").any()
    places = table("places").set_index("place_code")["member_codes"]
    for row in known.itertuples():
        assert set(row.place_codes) == set(places[row.group_code].split(";"))
    assert known["evidence"].notna().all()


def test_another_group_stands_beside(ages, real_data):
    value = groups.shares(FACTS, *ZONE, beside=("310109", "310110"))
    old, everyone = sums(ages, ["310109", "310110"])
    assert [series.name for series in value.shape.series] == [
        "一体化示范区",
        "虹口、杨浦",
        "长三角",
    ]
    assert value.shape.series[1].values[0] == pytest.approx(100 * old / everyone)


def test_a_group_is_a_deck(real_data):
    talk = making.talk(decks.parse(f"group:{'|'.join(ZONE)}"))
    assert talk.title == "一体化示范区养老服务与协作"
    assert {"group_cards", "group_shares", "group_members"} <= {e.key for e in talk.exhibits}


@pytest.mark.parametrize("words", ["group:310118", "group:330400|330421"])
def test_a_deck_of_no_group_is_refused_with_a_reason(words, real_data):
    with pytest.raises(decks.UnknownDeck):
        making.talk(decks.parse(words))


def test_an_own_choice_stands_in_the_link(real_data):
    app = visit(PAGE, group="own", groups_members=["松江区", "嘉兴市"])
    assert app.title[0].value.startswith("松江、嘉兴：60岁及以上占")


def test_a_page_without_a_choice_says_what_to_do(real_data):
    app = visit(PAGE, group="own")
    assert "请选两个以上的区、市或县" in app.caption[0].value


def test_a_group_whose_name_is_long_is_called_by_its_first_member(real_data):
    assert groups.name(FACTS, ["310118", "320509", "330411", "330421"]) == "青浦等4地"
    assert groups.name(FACTS, ZONE) == "一体化示范区"
