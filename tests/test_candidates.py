"""可以与谁商谈: facts of each place of the other provinces beside one place, recomputed from the CSV files; in house order, no score."""

import math
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from asking import AS_OF, add, opened
from opening import visit

from eldercare.exhibits import Facts, Missing
from eldercare.exhibits.pairing import candidates
from eldercare.store import ROOT
from eldercare.talks import decks, making

PAGE = "cooperation/pairing.py"
SONGJIANG = "310117"


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(ROOT / "datasets" / f"{name}.csv", dtype=str)


@pytest.fixture(scope="module")
def places():
    return table("places").set_index("place_code")


def of_songjiang(*reasons, **more):
    return candidates.who(Facts(AS_OF), SONGJIANG, reasons, **more)


def test_the_forty_cities_and_the_counties_that_are_named_stand_in_house_order(places, real_data):
    rows = of_songjiang().rows
    known = places[(places["in_delta"] == "true") & places["valid_to_year"].isna()]
    cities = known[known["level"] == "city"].index
    assert rows[rows["level"] == "city"]["place_code"].tolist() == list(
        known.loc[cities].assign(n=lambda t: t["sort_order"].astype(int)).sort_values("n").index
    )
    named = set(table("institution_list_places")["place_code"])
    named |= set(table("agreement_parties")["place_code"])
    named |= {code for codes in places["member_codes"].dropna() for code in codes.split(";")}
    counties = known[(known["level"] == "county") & known.index.isin(named)].index
    assert set(rows[rows["level"] == "county"]["place_code"]) == set(counties)
    assert rows["place_code"].map(places["sort_order"].astype(int)).is_monotonic_increasing


def test_a_distance_is_the_angle_between_two_points_of_the_globe(places, real_data):
    def unit(code):
        lon, lat = (math.radians(float(places.at[code, axis])) for axis in ("lon", "lat"))
        return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)

    here = unit(SONGJIANG)
    for row in of_songjiang().rows.itertuples():
        dot = sum(a * b for a, b in zip(here, unit(row.place_code), strict=True))
        assert abs(row.kilometres - 6371 * math.acos(dot)) <= 0.51


def test_the_share_of_both_sides_is_that_of_the_census(real_data):
    ages = table("age_groups")
    ages = ages[ages["year"] == "2020"].assign(
        people=lambda t: t["male"].astype(int) + t["female"].astype(int)
    )
    old = ages[ages["age_from"].astype(int) >= 60].groupby("place_code")["people"].sum()
    share = 100 * old / ages.groupby("place_code")["people"].sum()
    rows = of_songjiang().rows
    cities = rows[rows["level"] == "city"]
    assert cities["share"].tolist() == pytest.approx(share[cities["place_code"]].tolist())
    assert rows["own_share"].tolist() == pytest.approx([share[SONGJIANG]] * len(rows))


def test_a_common_network_is_that_of_the_groups_whose_members_a_source_names(places, real_data):
    rows = of_songjiang(candidates.NETWORK).rows
    others = set(places.at["G10", "member_codes"].split(";")) - {SONGJIANG}
    assert set(rows["place_code"]) == others


def test_without_a_tie_means_no_agreement_that_names_both(real_data):
    parties = table("agreement_parties")
    parties = parties[parties["party_kind"].isin(["district", "city", "county"])]
    mine = parties[parties["place_code"] == SONGJIANG]["agreement_id"]
    reports = table("agreements").query("level == 'participant'")["agreement_id"]
    both = parties[parties["agreement_id"].isin(mine) & ~parties["agreement_id"].isin(reports)]
    rows = of_songjiang().rows
    untied = of_songjiang(candidates.NO_TIE).rows
    assert set(untied["place_code"]) == set(rows["place_code"]) - set(both["place_code"])


def test_rules_hold_in_the_direction_that_the_policy_has(real_data):
    """上海 settles in 长三角, 靖江 pays outside itself: the first is said of all from Shanghai, the second of 泰州 towards it."""
    rows = of_songjiang().rows.set_index("place_code")
    assert set(rows["there"].map(lambda words: words.split("；")[0])) == {
        "上海参保：可结算（只限点名机构）"
    }
    assert rows["here"].dropna().index.tolist() == ["321200"]
    back = candidates.who(Facts(AS_OF), "321200").rows.set_index("place_code")
    assert back.at[SONGJIANG, "there"].startswith("靖江参保：有补助")


def test_a_rule_that_holds_for_all_is_said_once(real_data):
    value = of_songjiang()
    assert "可结算（只限点名机构）" in value.caveats[-5]
    assert not value.rows["rules_words"].str.contains("可结算").any()


def test_conditions_narrow_and_are_said(real_data):
    value = of_songjiang(candidates.LISTED, levels=["地级市"], within="100公里以内")
    assert value.rows["short_name"].tolist() == ["嘉兴"]
    assert "地级市、见于名单、100公里以内" in value.subtitle


def test_who_meets_nothing_gets_a_sentence(real_data):
    value = of_songjiang(candidates.OLDER, candidates.YOUNGER)
    assert value.rows.empty
    assert "少选一条" in value.why


@pytest.mark.parametrize("code", ["YRD", "310000", "320000"])
def test_a_province_proposes_nobody(code, real_data):
    assert isinstance(candidates.who(Facts(AS_OF), code), Missing)


def test_a_group_whose_members_no_record_names_together_has_none(tiny, tmp_path):
    add(
        tiny, "places",
        "G09,测试圈,测试圈,测试圈,,YRD,group,true,496,,,none,,,,310118;340200,",
    )  # fmt: skip
    store = opened(tiny, tmp_path)
    with store.cursor() as cursor:
        found = cursor.execute("select distinct group_code from group_members").fetchall()
    assert found == [("G01",)]


def test_the_page_keeps_the_conditions_in_its_address(real_data):
    app = visit(
        PAGE,
        pairing_part="可以与谁商谈",
        pairing_who="松江区",
        pairing_reasons=["见于名单"],
        pairing_within="100公里以内",
    )
    titles = [heading.value for heading in app.subheader]
    assert "松江可商谈的地区：1个" in titles
    assert "pair%3A310117%7C330400" in " ".join(each.value.to_string() for each in app.table)


def test_a_pair_without_a_district_makes_a_deck(real_data):
    """南京 and 合肥: the row of a candidate leads to their deck."""
    value = candidates.who(Facts(AS_OF), "320100").rows.set_index("place_code")
    words = parse_qs(urlsplit(value.at["340100", "deck_page"]).query)["deck"][0]
    assert making.talk(decks.parse(words)).title == "南京市 × 合肥市养老协作"
