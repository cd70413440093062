"""人口情景: reckoned again from the census file by hand and by arrays, never from numbers of the code itself."""

import math
import re
from functools import cache

import numpy as np
import pandas as pd
import pytest
from asking import AS_OF
from conftest import DATASETS
from hypothesis import given
from hypothesis import strategies as st
from opening import seen, visit

from eldercare.exhibits import Exhibit, Facts, Missing, projection
from eldercare.exhibits.projection import cohorts, method, need, plan
from eldercare.exhibits.projection.known import known, span
from eldercare.talks import decks, making

pytestmark = pytest.mark.usefixtures("real_data")
PAGE = "planning/projection.py"
FACTS = Facts(AS_OF)
FORTY = plan.Plan(rates=(40.0,))


@cache
def census() -> pd.DataFrame:
    """Persons by place, sex, year and five-year group from 5–9 on, straight from the file."""
    rows = pd.read_csv(DATASETS / "age_groups.csv", dtype={"place_code": str})
    rows = rows[rows["age_from"] >= 5].melt(
        ["place_code", "year", "age_from"], ["male", "female"], "sex", "persons"
    )
    return rows.set_index(["place_code", "sex", "year", "age_from"])["persons"].sort_index()


def group(code: str, sex: str, year: int, age: int) -> int:
    return int(census()[code, sex, year, age])


def cities(prefix: str = "") -> list[str]:
    codes = census().index.unique("place_code")
    return [c for c in codes if c.startswith(prefix) and (c[:2] != "31" or c == "310000")]


@cache
def counted(code: str, sex: str, year: int) -> np.ndarray:
    """Persons of 40–44, 45–49 … 80–84, 85 and above; of all cities together without a code."""
    if not code:
        return sum(counted(each, sex, year) for each in cities())
    return census()[code, sex, year].loc[40:].to_numpy(float)


@cache
def ten_years(code: str, sex: str) -> np.ndarray:
    """Ratios by the age ten years before; 75 and above share the last."""
    before, now = counted(code, sex, 2010), counted(code, sex, 2020)
    return np.concatenate([now[2:9] / before[:7], np.repeat(now[9] / before[7:].sum(), 3)])


def by_arrays(code: str, kept: tuple[float, float], age: int, years: float) -> float:
    """The method once more, as columns of numbers by age instead of the code's cohorts."""
    total = 0.0
    for sex in ("male", "female"):
        survival, own = np.minimum(ten_years("", sex), 1), ten_years(code, sex)
        first, second = (survival + share * (own - survival) for share in kept)
        ages, now, used, left = np.arange(40, 90, 5), counted(code, sex, 2020), first, years
        if years > 10:
            later = now * first
            now = np.append(later[:7], later[7:].sum())
            ages, used, left = ages[2:], second[2:], years - 10
        part = np.clip((ages + 5 + left - age) / 5, 0, 1)
        total += (now * part * used ** (left / 10)).sum()
    return total


def test_the_first_census_times_the_ratios_is_the_second():
    """For every place, sex and closed group; counts of both years from the file."""
    found = known(FACTS)
    assert len(found.units) == 57
    for unit in found.units:
        for sex, people in zip(("male", "female"), unit.sexes, strict=True):
            for age, ratio in cohorts.ratios(people).items():
                if age < 85:
                    reckoned = group(unit.code, sex, 2010, age - 10) * ratio
                    assert reckoned == pytest.approx(group(unit.code, sex, 2020, age), abs=1e-6)


# Residents of 80 and above in 2030, migration continued, as one does it on paper. A line for men, one for women:
# those of 70–74 in 2020 × (80–84 in 2020 ÷ 70–74 in 2010) + those of 75 and above in 2020 × (85+ in 2020 ÷ 75+ in 2010).
BY_HAND = {
    "320500": 201_839 * (73_204 / 109_845)
    + 246_882 * (51_718 / 151_404)
    + 212_738 * (92_575 / 115_539)
    + 318_365 * (92_111 / 216_475),
    "310101": 14_900 * (4_782 / 8_428)
    + 18_721 * (6_477 / 22_603)
    + 14_673 * (6_558 / 10_274)
    + 25_636 * (11_265 / 33_857),
    "341800": 62_579 * (23_838 / 43_960)
    + 75_804 * (13_119 / 49_029)
    + 60_226 * (25_785 / 39_184)
    + 81_630 * (18_683 / 56_732),
}
# The same people with the survival of the delta: men, then women.
STAYING = {
    "320500": 201_839 * (1_757_014 / 2_876_376)
    + 246_882 * (1_291_346 / 3_965_735)
    + 212_738 * (2_080_346 / 2_847_040)
    + 318_365 * (2_014_934 / 5_094_908),
    "310101": 14_900 * (1_757_014 / 2_876_376)
    + 18_721 * (1_291_346 / 3_965_735)
    + 14_673 * (2_080_346 / 2_847_040)
    + 25_636 * (2_014_934 / 5_094_908),
    "341800": 62_579 * (1_757_014 / 2_876_376)
    + 75_804 * (1_291_346 / 3_965_735)
    + 60_226 * (2_080_346 / 2_847_040)
    + 81_630 * (2_014_934 / 5_094_908),
}


@pytest.mark.parametrize("code", BY_HAND)
def test_2030_equals_a_calculation_by_hand(code):
    ways = known(FACTS).all_ways(code, 80, 10)
    assert ways["continued"] == pytest.approx(BY_HAND[code], rel=1e-12)
    assert ways["none"] == pytest.approx(STAYING[code], rel=1e-12)
    # Damped by a half in the first decade: on the ratios, so on their products with the same people.
    assert ways["damped"] == pytest.approx((BY_HAND[code] + STAYING[code]) / 2, rel=1e-12)


@pytest.mark.parametrize("age", [60, 65, 80])
@pytest.mark.parametrize("years", [5, 10, 15, 20])
@pytest.mark.parametrize("code", ["310000", "320500", "310117", "341800"])
def test_every_year_and_age_equals_the_method_done_in_arrays(code, years, age):
    found = known(FACTS)
    for way, kept in (("continued", (1, 1)), ("damped", (0.5, 0.25)), ("none", (0, 0))):
        told = found.people(code, cohorts.MIGRATIONS[way], age, years)
        assert told == pytest.approx(by_arrays(code, kept, age, years), rel=1e-9)


def test_an_interpolated_cohort_is_the_mean_of_before_and_after():
    """2025: those of 55–59 … 70–74 and 75 and above in 2020, each the geometric mean with themselves in 2030."""
    found, total = known(FACTS), 0.0
    for sex in ("male", "female"):
        for age in (55, 60, 65, 70):
            now = group("320500", sex, 2020, age)
            # Where migration goes on, the ratio is that of the place itself.
            ratio = group("320500", sex, 2020, age + 10) / group("320500", sex, 2010, age)
            total += math.sqrt(now * now * ratio)
        oldest = sum(group("320500", sex, 2020, age) for age in (75, 80, 85))
        before = sum(group("320500", sex, 2010, age) for age in (75, 80, 85))
        total += math.sqrt(oldest * oldest * group("320500", sex, 2020, 85) / before)
    assert found.people("320500", cohorts.CONTINUED, 60, 5) == pytest.approx(total, rel=1e-12)


def test_survival_is_at_most_everyone():
    """More people than ten years before have come from outside: nobody survives twice."""
    more = cohorts.People(dict.fromkeys(cohorts.GROUPS, 100), dict.fromkeys(cohorts.GROUPS, 110))
    assert cohorts.staying([more, more])[50] == 1


def test_cities_add_up_and_districts_do_not_count_twice():
    found = known(FACTS)
    for code, prefix in (("320000", "32"), ("340000", "34"), ("YRD", "")):
        parts = [found.people(c, cohorts.DAMPED, 60, 20) for c in cities(prefix)]
        assert found.people(code, cohorts.DAMPED, 60, 20) == pytest.approx(sum(parts), rel=1e-12)


def published() -> pd.DataFrame:
    """Residents of an age that the files hold for a day after the census, of places that can be projected."""
    rows = pd.read_csv(DATASETS / "observations.csv", dtype=str, keep_default_na=False)
    rows = rows[rows["indicator_code"].isin(["pop_60plus", "pop_65plus", "pop_80plus"])]
    rows = rows[(rows["shown"] == "true") & (rows["kind"].isin(["actual", "derived"]))]
    rows = rows[(rows["date"] > "2020-11-01") & (rows["date_precision"] != "by_date")]
    return rows[rows["base"] == "常住"]


def test_the_back_test_is_against_every_published_figure_and_says_what_misses():
    wanted = {
        (row.source_id, int(row.indicator_code[4:6]), row.date): float(row.value)
        for row in published().itertuples()
    }
    for value in (15_940_000, 13_489_000, 9_601_000, 14_940_000, 2_515_600):
        assert value in wanted.values(), "江苏, 安徽, 浙江, 苏州 as the sources print them"
    value = projection.checked(FACTS)
    rows = value.rows
    found = {
        (row.source_ids[0], int(row.over[:2]), f"{row.date:%Y-%m-%d}"): row.value * 10_000
        for row in rows.itertuples()
    }
    assert found == pytest.approx(wanted)
    for row in rows.itertuples():
        prefix = "" if row.place_code == "YRD" else row.place_code.rstrip("0")
        years = (row.date - pd.Timestamp("2020-11-01")).days / 365.25
        ways = [
            sum(by_arrays(code, kept, int(row.over[:2]), years) for code in cities(prefix)) / 1e4
            for kept in ((0.5, 0.25), (1, 1), (0, 0))
        ]
        assert row.error == round(100 * (ways[0] / row.value - 1), 1)
        assert row.range == f"{min(ways):,.1f}—{max(ways):,.1f}"
        inside = min(ways) <= row.value <= max(ways)
        assert (row.verdict == "在区间内") == inside
    outside = int((rows["verdict"] != "在区间内").sum())
    assert value.title == f"回测：{len(wanted)}个公布数，{outside}个在区间外"
    assert "不检验任何一个区" in value.subtitle
    assert not rows["place_code"].str.startswith("31").any()


@pytest.mark.parametrize("code", ["310101", "310117"])
def test_a_district_has_no_single_figure(code):
    told = [projection.people(FACTS, code), need.need(FACTS, code, FORTY)]
    for value in told:
        assert re.search(r"\d—\d|约", value.title)
        assert "只并列三种情景，不取一个数" in value.subtitle


@pytest.mark.parametrize("code", ["YRD", "310000", "320000", "340500", "310115", "320500"])
def test_every_exhibit_says_that_it_is_a_scenario_or_a_trial(code):
    made = [
        *(
            projection.people(FACTS, code, age, way)
            for age in (60, 80)
            for way in cohorts.MIGRATIONS
        ),
        projection.places(FACTS, 80, 2025),
        need.need(FACTS, code, FORTY),
        need.two(FACTS, code, "310101", FORTY, plan.Plan("none", 2040, (5.0, 20.0, 90.0))),
        method.worked(FACTS, code),
    ]
    for value in made:
        assert isinstance(value, Exhibit)
        assert len(value.title) <= 24
        assert re.search("情景|试算", value.title + value.subtitle)
        told = value.spoken + "".join(value.caveats) + value.twin.to_string()
        assert not re.search(r"置信区间(?!的)", told.replace("不是置信区间", ""))
        assert not re.search(r"nan|inf|None", told)


def test_beds_needed_are_rates_times_people():
    """40 per 1,000 of 60 and above; then a rate for each age."""
    found = known(FACTS)
    over = {age: found.people("320500", cohorts.DAMPED, age, 15) for age in (60, 70, 80)}
    flat = need.beds_for(found, "320500", FORTY, "damped", 2035)
    assert flat == pytest.approx(0.04 * over[60])
    by_age = need.beds_for(found, "320500", plan.Plan(rates=(5.0, 20.0, 90.0)), "damped", 2035)
    young, middle = over[60] - over[70], over[70] - over[80]
    assert by_age == pytest.approx(0.005 * young + 0.02 * middle + 0.09 * over[80])
    assert (
        need.need(FACTS, "320500", FORTY).title == f"试算：苏州2035年需要{span([flat], '张')[1:]}"
    )


def test_known_beds_are_those_of_the_definition_or_none():
    """苏州 has no figure; 上海 has 17万 institution beds at the end of 2024; 宣城 has 7,000多张, from which nothing is taken."""
    bare = need.need(FACTS, "320500", FORTY)
    assert "机构养老床位：公开资料未载；差额公开资料未载" in bare.subtitle
    assert set(bare.rows["gap"]) == {"公开资料未载"}
    dated = need.need(FACTS, "310000", FORTY)
    assert "机构养老床位170,000张（2024年底）" in dated.subtitle
    row = dated.rows[dated.rows["year_words"].str.startswith("2035")].iloc[0]
    assert (
        row["gap"]
        == f"{need.rounded(need.beds_for(known(FACTS), '310000', FORTY, 'damped', 2035) - 170_000):+,.0f}"
    )
    assert "W37" in row["source_ids"]
    loose = need.need(FACTS, "341800", FORTY)
    assert "7,000多张" in loose.subtitle and "不是确数，不相减" in loose.subtitle
    own = need.need(FACTS, "320500", plan.Plan(rates=(40.0,), own=12_000.0))
    assert "机构养老床位12,000张（用户输入）" in own.subtitle
    assert set(own.rows["there"]) == {"12,000张（用户输入）"}


def test_what_sources_print_per_thousand_is_offered_by_name_but_is_no_standard():
    """All of them in the files; should one name residents as its people, the sentence that none does is no longer true."""
    rows = pd.read_csv(DATASETS / "observations.csv", dtype=str, keep_default_na=False)
    rows = rows[rows["indicator_code"].isin(["beds_per_1000_60plus", "beds_per_100_60plus"])]
    rows = rows[(rows["shown"] == "true") & (rows["date"] != "")]
    assert set(rows["base"]) == {"不适用"} and set(rows["kind"]) == {"actual"}
    value = need.levels(FACTS)
    assert set(value.rows["observation_id"]) == set(rows["observation_id"])
    assert f"：{len(rows)}条" in value.title and "不是标准" in value.subtitle


def test_residents_never_meet_a_hukou_standard():
    value = need.need(FACTS, "320500", plan.Plan(rates=(40.0,), base=plan.REGISTERED))
    assert isinstance(value, Missing)
    assert "户籍口径的标准不能相乘" in value.why


def test_no_standard_is_preset():
    value = need.need(FACTS, "320500")
    assert isinstance(value, Missing)
    assert "不预设标准" in value.why


@pytest.mark.parametrize(
    ("read", "typed", "told"),
    [
        (plan.standard, "-5", "是负数"),
        (plan.standard, "0", "标准是0"),
        (plan.standard, "0/0/0", "标准是0"),
        (plan.standard, "nan", "不是数字"),
        (plan.standard, "inf", "不是数字"),
        (plan.standard, "1e9", "不是数字"),
        (plan.standard, "5/20", "要么是一个数"),
        (plan.standard, "四十", "不是数字"),
        (plan.standard, "9999999", "超过1,000"),
        (plan.owned, "-1", "是负数"),
        (plan.owned, "很多", "不是数字"),
        (plan.owned, "9999亿", "不是数字"),
        (plan.owned, "99,999,999", "超过10,000,000"),
        (plan.read, "damped", "应写成"),
        (plan.read, "faster:2035:40:institution:", "没有“faster”这种迁移"),
        (plan.read, "damped:2031:40:institution:", "没有“2031”这一年"),
        (plan.read, "damped:2035:40:welfare:", "没有“welfare”这种床位"),
    ],
)
def test_impossible_input_gets_a_sentence(read, typed, told):
    with pytest.raises(plan.Impossible, match=told):
        read(typed)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("", None), ("12,000", 12_000), ("１．２万张", 12_000), (" 0 ", 0), ("8000张", 8_000)],
)
def test_beds_are_read_as_people_write_them(typed, value):
    assert plan.owned(typed) == value


def test_a_plan_stands_in_an_address_and_comes_back():
    for chosen in (
        FORTY,
        plan.Plan("none", 2040, (5.0, 20.5, 90.0), "eldercare", 12_000.0),
        plan.Plan(rates=(33.333333,), own=1_721_800.0),
    ):
        assert plan.read(chosen.words) == chosen
        item = decks.Item("projection_need", ("320500",), (chosen,))
        assert decks.parse(decks.Deck(decks.OWN, chosen=(item,)).words).chosen == (item,)
    with pytest.raises(decks.UnknownDeck, match="是负数"):
        decks.parse("own:projection_need@320500~damped:2035:-4:institution:")


@pytest.mark.slow
@given(st.text("0123456789.,-/万张eE+ ½²∞nanif（）", max_size=12) | st.text(max_size=12))
def test_whatever_is_typed_is_a_number_or_gets_a_sentence(typed):
    for read in (plan.standard, plan.owned):
        try:
            found = read(typed)
        except plan.Impossible as fault:
            assert str(fault)
        else:
            numbers = found if isinstance(found, tuple) else [found or 0.0]
            assert all(math.isfinite(number) and number >= 0 for number in numbers)


def test_every_place_stands_beside_its_census():
    """All that has both censuses in house order; how many cities grow whatever happens, counted from the file."""
    value = projection.places(FACTS, 80, 2030)
    rows = value.rows.set_index("place_code")
    assert len(rows) == 57 + 4, "the delta and three provinces"
    ways = {"damped": (0.5, 0.25), "continued": (1, 1), "none": (0, 0)}
    told = {c: [by_arrays(c, kept, 80, 10) for kept in ways.values()] for c in cities()}
    for code in ("310000", "320500", "341800"):
        assert list(rows.loc[code, list(ways)]) == [round(v / 1e4, 2) for v in told[code]]
    now = {c: sum(counted(c, sex, 2020)[8:].sum() for sex in ("male", "female")) for c in told}
    growing = sum(min(values) > now[c] for c, values in told.items())
    assert value.title == f"2030年80岁及以上：{growing}个城市三种情景均增"
    assert rows.index[:2].tolist() == ["YRD", "310000"]


def test_no_deck_of_an_audience_holds_a_scenario():
    held = {*decks.OF_REGION, *decks.OF_CITY, *decks.OF_PROVINCE, *decks.OF_PAIR}
    assert not [name for name in held if name.startswith("projection")]


def test_two_scenarios_are_a_slide():
    first, second = FORTY.words, plan.Plan("none", 2040, (30.0,), own=12_000.0).words
    deck = decks.parse(f"own:projection_two@320500|310117~{first}~{second}")
    (exhibit,) = making.talk(deck).exhibits
    assert exhibit.title.startswith("试算：乙比甲")
    assert [series.name for series in exhibit.shape.series] == ["甲：苏州2035年", "乙：松江2040年"]
    told = exhibit.twin.to_string()
    assert "12,000张（用户输入）" in told and "每千名60岁及以上常住人口30张" in told


def test_the_worked_example_is_redone_from_its_own_words():
    """Every step by the numbers that it prints, the census among them by the file."""
    value = method.worked(FACTS, "320500")
    redo = {
        "不超过1": lambda n: min(1.0, n[0] / n[1]),
        "÷": lambda n: n[0] / n[1],
        "√": lambda n: math.sqrt(n[0] * n[1]),
        "+": lambda n: n[0] + n[1] * (n[2] - n[3]),
        "×": lambda n: n[0] * n[1],
    }
    for row in value.rows.itertuples():
        numbers = re.findall(r"\d[\d,]*(?:\.\d+)?", row.sum.partition("（")[0])
        done = next(how for sign, how in redo.items() if sign in row.sum)
        printed = float(row.result.removesuffix("人").replace(",", ""))
        close = 1 if row.result.endswith("人") else 2e-6
        reckoned = done([float(n.replace(",", "")) for n in numbers])
        assert printed == pytest.approx(reckoned, abs=close), row.step
    first = value.rows["sum"].iloc[0]
    now, before = group("320500", "female", 2020, 60), group("320500", "female", 2010, 50)
    assert first.startswith(f"{now:,} ÷ {before:,}")


def said(app) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "warning")
    return "\n".join(str(e.value) for kind in kinds for e in app.main.get(kind)).replace("\\", "")


def test_the_page_reads_a_scenario_from_its_address():
    app = seen(PAGE, place="320500", projection_standard="40", projection_own="1.2万")
    told = said(app)
    assert "试算：苏州2035年需要" in told and "12,000张（用户输入）" in told
    assert "放进演示" in told and "projection_need" in told
    both = seen(
        PAGE,
        place="320500",
        projection_standard="40",
        projection_two="true",
        projection_other_standard="35",
        projection_other_place="松江区",
    )
    assert "试算：乙比甲少需" in said(both)


def test_nonsense_in_the_address_is_answered_in_words():
    app = visit(PAGE, place="320500", projection_standard="-5", projection_own="很多")
    told = said(app)
    assert "标准“-5”是负数" in told and "现有床位“很多”不是数字" in told
    assert "还没有选标准" in told
    assert not re.search(r"Traceback|\bnan\b|\binf\b", told)
