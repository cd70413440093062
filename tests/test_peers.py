"""A place beside its peers: benchmark lines, large changes, own ratios; recomputed from the CSV files by pandas."""

import pandas as pd
import pytest
from asking import AS_OF
from opening import visit

from eldercare.exhibits import Facts, Missing, own_ratio, places
from eldercare.exhibits.ageing import changes
from eldercare.store import ROOT

FACTS = Facts(AS_OF)


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(ROOT / "datasets" / f"{name}.csv", dtype=str)


@pytest.fixture(scope="module")
def shares():
    """The share of those 60 and over by place and year, from the age groups."""
    ages = table("age_groups")
    ages["people"] = ages["male"].astype(int) + ages["female"].astype(int)
    ages["old"] = ages["people"].where(ages["age_from"].astype(int) >= 60, 0)
    sums = ages.groupby(["place_code", "year"])[["old", "people"]].sum()
    return sums.assign(share=100 * sums["old"] / sums["people"])


@pytest.fixture(scope="module")
def claims():
    rows = table("observations")
    rows = rows[(rows["shown"] == "true") & (rows["kind"] == "actual")]
    return rows.assign(value=rows["value"].astype(float))


def path(value, role: str) -> list[tuple[int, float]]:
    return [
        (point.day.year, point.value)
        for each in value.shape.paths
        if each.role == role
        for point in each.points
        if point.value is not None
    ]


def test_the_province_stands_beside_a_city_on_the_same_base_only(claims, real_data):
    """苏州 has one figure on each other base and the census twice: only the census is set beside it."""
    of_province = claims[
        (claims["place_code"] == "320000") & (claims["indicator_code"] == "share_60plus")
    ]
    census = of_province[of_province["boundary_year"].notna()].sort_values("date")
    value = places.history(FACTS, "320500")
    assert path(value, "province") == [
        (int(row.date[:4]), row.value) for row in census.itertuples()
    ]
    assert len(census) < len(of_province)


def test_the_delta_of_a_census_is_the_sum_of_its_cities(shares, real_data):
    codes = table("places").query("in_delta == 'true' and level == 'city'")["place_code"]
    codes = [*codes, "310000"]
    for year, drawn in path(places.history(FACTS, "320500"), "peer"):
        part = shares.xs(str(year), level="year").reindex(codes).dropna()
        assert drawn == pytest.approx(100 * part["old"].sum() / part["people"].sum(), abs=0.005)


def test_a_benchmark_is_of_one_base_and_steps_back(real_data):
    """嘉兴 has two figures on two bases: the census is set beside it, and no point of a benchmark has words."""
    paths = [
        p for p in places.history(FACTS, "330400").shape.paths if p.role in ("province", "peer")
    ]
    assert [path.name for path in paths] == ["浙江·普查（常住）", "长三角·普查（常住）"]
    assert {point.words for path in paths for point in path.points} == {""}


def test_large_changes_are_those_of_the_upper_quarter_of_equals(shares, real_data):
    change = shares["share"].unstack("year").eval("`2020` - `2010`")
    known = table("places").set_index("place_code").reindex(change.index)
    value = changes.larger(FACTS)
    expected = set()
    for peers in (
        change[(known["level"] == "city") | (change.index == "310000")],
        change[known["level"] == "district"],
    ):
        limit = peers.abs().quantile(0.75)
        expected |= set(peers[peers.abs() >= limit].index)
        assert f"{limit:.2f}个百分点" in value.subtitle
    assert set(value.rows["place_code"]) == expected


def test_a_ratio_divides_what_matches(claims, real_data):
    """80岁及以上 by 60岁及以上 of a city: both of the census of 2020, though a later figure of one of them is known."""
    value = own_ratio.ratio(FACTS, "pop_80plus", "pop_60plus")
    row = value.rows.set_index("place_code").loc["320500"]
    known = claims[(claims["place_code"] == "320500") & (claims["date"] == "2020-11-01")]
    known = known.set_index("indicator_code")["value"]
    assert row["ratio"] == pytest.approx(100 * known["pop_80plus"] / known["pop_60plus"])
    assert row["years_apart"] == 0


def test_beds_of_counties_are_divided_within_three_years_and_both_dates_are_said(claims, real_data):
    value = own_ratio.ratio(FACTS, "welfare_beds", "pop_60plus", level="县（市、区）")
    row = value.rows.set_index("place_code").loc["320281"]
    beds = claims[(claims["place_code"] == "320281") & (claims["indicator_code"] == "welfare_beds")]
    elders = claims[
        (claims["place_code"] == "320281")
        & (claims["indicator_code"] == "pop_60plus")
        & (claims["date"] == "2020-11-01")
    ]
    assert row["ratio"] == pytest.approx(1000 * beds["value"].iloc[0] / elders["value"].iloc[0])
    assert "2023" in row["over_words"] and "2020" in row["under_words"]


@pytest.mark.parametrize(
    ("over", "under", "base", "level", "place", "why"),
    [
        (
            "pop_80plus",
            "pop_60plus",
            "户籍",
            "省市与长三角",
            "340000",
            "分子为常住口径，不是所选的户籍",
        ),
        ("beds_institution", "pop_60plus", "常住", "城市", "320100", "分子与分母相隔4年"),
    ],
)
def test_what_does_not_match_is_refused_with_the_reason(
    over, under, base, level, place, why, real_data
):
    row = own_ratio.ratio(FACTS, over, under, base, level).rows.set_index("place_code").loc[place]
    assert row["reason"] == why and pd.isna(row["ratio"])


@pytest.mark.parametrize(
    ("over", "under", "why"),
    [
        ("pop_60plus", "pop_60plus", "同一个指标"),
        ("welfare_beds", "beds_institution", "含儿童等机构"),
        ("welfare_beds", "institutions", "含儿童等机构"),
        ("beds_nursing", "beds_institution", "定义不同"),
    ],
)
def test_definitions_that_do_not_match_are_refused_everywhere(over, under, why, real_data):
    value = own_ratio.ratio(FACTS, over, under)
    assert isinstance(value, Missing) and why in value.why


def test_no_ratio_is_infinite(real_data):
    for over in ("pop_80plus", "beds_institution", "welfare_beds"):
        for level in own_ratio.LEVELS:
            value = own_ratio.ratio(FACTS, over, "pop_65plus", level=level)
            if not isinstance(value, Missing):
                assert value.rows["ratio"].dropna().abs().lt(1e9).all()


def test_the_ratio_stands_in_the_link(real_data):
    app = visit(
        "tasks/indicators.py",
        ratio_over="各种社会福利收养性单位床位",
        ratio_under="机构养老床位",
    )
    assert any("含儿童等机构" in each.value for each in [*app.markdown, *app.caption, *app.info])


def test_large_changes_are_one_click_away(real_data):
    app = visit("situation/ageing.py", ageing_changes="变化较大")
    assert any(each.value.startswith("变化较大：") for each in app.subheader)
