"""Sentences about one place, one home and the day they are looked at from, against the rows. Expected values come from the files."""

import re
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from asking import SOME_OR_EVERY, among
from conftest import DATASETS

from eldercare import store, tables
from eldercare.exhibits import (
    Facts,
    city,
    headline,
    place_sheet,
    place_tables,
    tasks,
)
from eldercare.exhibits.ageing import words as ageing
from eldercare.exhibits.beds import words as beds
from eldercare.exhibits.institutions import words as institutions
from eldercare.measures import day_words
from eldercare.screen import blocks

DAY, EARLY = date(2026, 11, 22), date(2020, 12, 31)
OTHERS = ["名单", "任务", "成果", "长护险", "动态"]


@pytest.fixture(scope="module")
def files():
    return {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in DATASETS.glob("*.csv")
    }


def place(real, code: str):
    return next(real.ask("profile_places").query("place_code == @code").itertuples())


def records(real, code: str, day: date = DAY) -> pd.DataFrame:
    found = city.with_stages(real.ask("place_records", place=code, as_of=day))
    return city.with_lamps(found, real.ask("task_schedule", as_of=day))


def said(real, code: str, day: date = DAY) -> str:
    return city.records(place(real, code), records(real, code, day), OTHERS)


def inside(files, code: str) -> set[str]:
    """The place and all places within it."""
    found, parents = {code}, files["places"][["place_code", "parent_code"]]
    while True:
        more = set(parents[parents["parent_code"].isin(found)]["place_code"]) - found
        if not more:
            return found
        found |= more


def signed(files, code: str = "YRD") -> pd.DataFrame:
    """Agreements with a party in the place that a source calls signed and that are no summary and no name in a report."""
    parties = files["agreement_parties"]
    named = set(parties[parties["place_code"].isin(inside(files, code))]["agreement_id"])
    words = files["status_words"].set_index("status")["counts_as_signed"]
    rows = files["agreements"]
    return rows[
        (rows["status"].map(words) == "true")
        & (rows["summarises"] == "")
        & (rows["level"] != "participant")
        & rows["agreement_id"].isin(named)
    ]


# --- the view at an early day ---


def test_an_early_day_knows_only_what_was_dated_until_then(real, files):
    """The ten tasks were published on 5 January 2021; PR017 has no date and PR021 came after 2020."""
    own = signed(files)
    then = own[(own["date"] != "") & (own["date"] <= "2020-12-31")]
    assert len(then) == 9 and len(own) > 11
    rows = records(real, "YRD", EARLY)
    assert int(rows["counts_as_signed"].astype(bool).sum()) == len(then)
    assert (
        not set(rows["part"]) & {"任务", "成果"}
        and rows["date"].notna().all()
        and (rows["date"].dt.date <= EARLY).all()
    )
    assert "任务" not in said(real, "YRD", EARLY)
    figures = real.ask("place_facilities", place="310000", as_of=EARLY)
    assert len(figures) and (figures["date"].dt.date <= EARLY).all()
    assert set(real.ask("headline", as_of=EARLY)["kind"]) == {"actual"}, (
        "the goals were said in 2021"
    )
    assert (real.ask("headline_later", as_of=EARLY)["date"].dt.date <= EARLY).all()
    assert tasks.none_yet(EARLY) == "截至2020年12月31日，所收公开资料里还没有长三角的任务清单"


# --- what a place's records are called and counted as ---


def test_pilots_have_their_day_and_are_no_lists(real, files):
    pilots = files["cooperation_status"].query("first_pilot == 'yes' and placeholder == 'false'")
    (event,) = files["events"].query("category == 'pilot'")["date"]
    rows = records(real, "YRD")
    found = rows[rows["state"] == "列入"]
    assert set(found["id"]) == set(pilots["status_id"]) and set(
        found["date"].dt.strftime("%Y-%m-%d")
    ) == {event}
    words = said(real, "YRD")
    assert (
        f"首批试点{len(pilots)}条" in words
        and f"名单点名{len(files['institution_list_places'])}条" in words
    )
    assert re.search(r"(?<!首批)名单\d+条", words) is None


def test_what_was_reported_beside_is_no_achievement(real, files):
    done = files["tasks"][files["tasks"]["task_list_id"] == "TL-YRD-RESULTS"]
    listed = int((done["membership"] == "listed").sum())
    assert f"成果{listed}条、同一活动另行报道{len(done) - listed}条" in said(real, "YRD")
    assert "成果" not in said(real, "320981") and "同一活动另行报道1条" in said(real, "320981")


def test_every_district_and_province_has_the_tasks_that_name_them_all(real, files):
    """上海各区 and 上海全部16个区 name each district, 沪苏浙皖民政部门 each of the four; a list of 红河 gives none to 上海."""
    units, listed = files["task_units"], files["tasks"].set_index("task_id")
    districts = set(units[units["unit"] == "上海各区"]["task_id"]) | set(
        listed[listed["quote"].str.contains(r"上海全部\d+个区")].index
    )
    four = set(units[units["unit"] == "沪苏浙皖民政部门"]["task_id"]) & set(
        listed[listed["task_list_id"] == "TL-YRD-2021"].index
    )
    assert (len(districts), len(four)) == (6, 10)
    for row in files["places"].query("level == 'district' and valid_to_year == ''").itertuples():
        rows = records(real, row.place_code)
        assert districts == set(rows[rows["part"] == "任务"]["id"]), row.name
        assert "任务6条（涉及上海各区）" in said(real, row.place_code)
    within = set(listed[listed["task_list_id"] == "TL-LISHUI"].index)
    for code in ("310000", "320000", "330000", "340000"):
        rows = records(real, code)
        own = four | (within if code == "330000" else set())
        assert own == set(rows[rows["part"] == "任务"]["id"]), code


def test_the_tasks_of_a_city_are_among_those_of_its_province(real, files):
    """The four of 丽水 lie in 浙江 and in the delta, as its events and bases do, and come after what is asked of those."""
    ten = files["tasks"].query("task_list_id == 'TL-YRD-2021'")["task_id"].tolist()
    for code in ("330000", "YRD"):
        rows = records(real, code).query("part == '任务'")
        assert set(rows["id"].head(10)) == set(ten) and len(rows) == 14
        assert "任务14条（其中所辖丽水4条）" in said(real, code)
    assert "任务4条" in said(real, "331100")


def test_a_base_with_two_titles_is_one_place_and_a_target_none(real, files):
    """爱晚工程项目 holds two titles; the homes of 域外农场 are only aimed at for 2030."""
    aimed = files["observations"].query("kind in ('target', 'plan')")["observation_id"]
    outside = set(files["places"].query("in_delta != 'true'")["place_code"])
    known = {"YRD": 13, "330000": 6, "340000": 6, "341800": 6, "331100": 2}
    for code, n in known.items():
        own = files["bases"][
            files["bases"]["place_code"].isin(inside(files, code) - outside)
            & (files["bases"]["agreement_id"] == "")
            & ~files["bases"]["observation_id"].isin(aimed)
        ]
        places = own["institution_id"].where(own["institution_id"] != "", own["base_id"])
        assert places.nunique() == n and f"旅居地与目的地{n}处" in said(real, code), code
    rows = records(real, "YRD").set_index("id")
    assert "（国家养老示范项目、职工疗休养基地）" in rows.at["BA049", "title"]
    assert rows.at["BA039", "planned"] and "旅居地与目的地13处（另有计划与目标1条）" in said(
        real, "YRD"
    )
    assert tables.newest(rows)["date"].year < 2026, "a target is not the day of the data"


def test_of_a_year_alone_nobody_knows_that_it_is_newer_than_a_day_in_it(real):
    """The report of 2025 on 广德 has no day; the training of 示范区 was reported by 8 August 2025."""
    told = {
        code: real.ask("latest_moves", places=[code], as_of=DAY).iloc[0]
        for code in ("YRD", "310000", "340000", "341882", "310117")
    }
    newest = real.ask("latest_events", as_of=DAY, count=1).iloc[0]
    assert told["YRD"]["latest"] == newest["date"]
    assert told["YRD"]["latest_words"] == told["310000"]["latest_words"] == "不晚于2025年8月8日"
    assert told["340000"]["latest_words"] == "2025年7月23日（推断）"
    assert told["341882"]["latest_words"] == "2025年"
    # 24 months before the compilation is 22 November 2024: the month alone would leave it open.
    assert told["310117"]["latest_words"] == "2024年11月4日" and told["310117"]["quiet"]


def test_what_happened_between_places_is_no_ranking(real, files):
    shown = real.ask("latest_events", as_of=DAY, count=50)["event_id"]
    kinds = files["events"].set_index("event_id")["category"]
    assert not set(shown.map(kinds)) & {"ranking", "statistics"}


def test_numbers_that_are_not_comparable_share_no_line(real, files):
    """A row outside the first stretch says why it stands apart, or it joins what its neighbours say is another thing."""
    rows = files["observations"]
    apart = rows[(rows["segment"] != "1") & (rows["break_note"] == "")]
    assert apart["observation_id"].tolist() == []
    own = rows.set_index("observation_id")
    assert own.at["RF060", "segment"] == own.at["AS260", "segment"] != own.at["AS237", "segment"]
    assert not rows["break_note"].str.contains("前一").any(), "no reader sees what stood before"


@SOME_OR_EVERY
def test_absence_says_what_was_searched_and_no_row_contradicts_it(real, files, every):
    """衢州 has three places on a list of 2024, 黄浦 a home that a source names for its insurance."""
    bases, policies = (
        files["bases"].query("agreement_id == ''"),
        files["portability_policies"].query("statement == 'institution'"),
    )
    where = files["institutions"].set_index("institution_id")["place_code"]
    silent = 0
    for row in among(real.ask("profile_places"), every).itertuples():
        own, words = inside(files, row.place_code), said(real, row.place_code)
        if "公开资料未载" not in words:
            continue
        silent += 1
        assert (
            words == f"点到{row.short_name}的名单、任务、成果、长护险、其他动态，所收公开资料未载"
        ), words
        assert (
            not set(bases["place_code"]) & own
            and not set(policies["institution_id"].map(where)) & own
        ), row.name
    assert silent > (10 if every else 1)
    assert "旅居地与目的地3处" in said(real, "330800") and "长护险1条" in said(real, "310101")


def homes_in(files, code: str) -> pd.DataFrame:
    rows = files["institutions"]
    return rows[(rows["kind"] == "institution") & rows["place_code"].isin(inside(files, code))]


@pytest.mark.parametrize("code", ["310101", "310114", "310115", "330402", "330400", "330100"])
def test_homes_known_by_name_are_said_where_a_total_is_missing(real, files, code):
    """黄浦 has 16 homes by name and no published total; of 杭州 neither is known."""
    own, n = place(real, code), len(homes_in(files, code))
    facilities = real.ask("place_facilities", place=code, as_of=DAY)
    beside = f"（按名称可知的{n}家养老机构另列）"
    told = [city.facilities(own, facilities), city.reporter(own)]
    told += [city.no_facilities(own)] if facilities.empty else []
    assert all((beside in words) == (n > 0) for words in told), told
    assert n == 0 or "数字均未载" not in " ".join(told)
    cells = real.ask("coverage_grid", provinces=["310000", "330000"])
    cells = cells[(cells["place_code"] == code) & cells["topic"].isin(["床位", "机构"])]
    for hover in cells[cells["records"] == 0]["hover"]:
        assert (f"按名称可知的{n}家" in hover) == (n > 0)


@pytest.mark.parametrize("code", ["331022", "310120", "320582", "320509", "320115", "320100"])
def test_units_of_residential_welfare_are_no_figure_of_eldercare(real, files, code):
    """三门 has nothing but welfare units, those for children among them; 江宁 has beds for elders beside them."""
    own, rows = place(real, code), real.ask("place_facilities", place=code, as_of=DAY)
    titled = rows["indicator_title"]
    welfare, elders = (
        titled.str.contains("福利收养性"),
        titled.str.contains("^养老床位|^机构养老床位"),
    )
    words = city.facilities(own, rows)
    assert ("不是养老床位" in words) == (welfare.any() and not elders.any()), words
    if welfare.any() and elders.any():
        assert (
            f"指标共{int((~welfare).sum())}项，另有各种社会福利收养性单位{int(welfare.sum())}项"
            in words
        )
    if welfare.any() and not elders.any():
        assert "养老床位总数公开资料未载" in words
        assert words.startswith(f"{own.short_name}：养老床位总数公开资料未载；"), "they never lead"


def test_beds_of_homes_are_summed_by_what_they_rest_on(real, files):
    """A list to be checked is named; with a home of another year beside it the sum is a trial."""
    sized = homes_in(files, "YRD").query("beds_total != ''")
    listed = sized.query("source_id == 'L01'")["beds_total"].astype(int).sum()
    whole = sized["beds_total"].astype(int).sum()
    trial = f"试算合计{whole:,}张（其中待核名单加总{listed:,}张，年份与来源不同）"

    def homes(code: str) -> str:
        rows = real.ask("place_homes", place=code, count=5, as_of=DAY)
        return place_tables.homes(place(real, code), rows)

    assert homes("YRD").endswith(f"{len(sized)}家有床位，{trial}")
    assert homes("310117").endswith("29家有床位，待核名单加总11,285张")
    assert "627家养老机构；其中626家出自待核名单，" in homes("310000")
    assert homes("330402") == "南湖按名称可知1家养老机构；1家有床位，1,600张"
    none = {
        "beds_total": whole, "beds_total_reported": len(sized), "beds_available_reported": 0,
        "institutions": 631, "beds_listed": listed, "reported_listed": 625,
    }  # fmt: skip
    none |= {f"{column}_reported": 0 for column in ("beds_open", "residents", "price")} | {
        "cities": 5
    }
    note = institutions.cards(none, demo=False)[1]["note"]
    assert note == f"{len(sized)}家有数，5家未载；试算，含待核名单，年份与来源不同"
    assert institutions.found(none) == f"找到631家；{len(sized)}家有公开总床位，{trial}"


def test_a_home_registered_elsewhere_says_where_its_point_lies(real):
    asked = {"insured": None, "as_of": DAY}
    rows = real.ask("institutions_compared", institutions=["SH600", "SH222"], **asked)
    told = [institutions.position(row) for _i, row in rows.iterrows()]
    assert told == [
        "图上的点：闵行区中心；位置：登记在上海·长宁区，地址在闵行区",
        "图上的点：区县中心；位置：上海·静安区",
    ]


def test_limits_of_tasks_hold_no_bracket_in_a_bracket(real):
    for code in ("YRD", "331100", "310101"):
        for words in records(real, code).query("part == '任务'")["state"]:
            assert words.count("（") <= 1 and words.count("未定时限") <= 1, words


def test_the_card_says_which_agreements_are_not_about_eldercare_alone(real, files):
    own = signed(files)
    n = int((own["eldercare_specific"] == "false").sum())
    card = city.cards(
        SimpleNamespace(name="长三角", level="region"),
        *[EMPTY] * 3,
        records(real, "YRD"),
        real.ask("latest_moves", places=["YRD"], as_of=DAY),
    )[-1]
    assert card["value"] == str(len(own)) and f"其中{n}份不专为养老" in card["note"] and n == 5


EMPTY = pd.DataFrame(
    {"age": [], "year": [], "measure": [], "kind": [], "value": [], "indicator_title": []}
)


def test_cities_with_an_agreement_are_those_a_source_calls_signed(real, files):
    places = files["places"].set_index("place_code")
    cities = set(
        places[
            ((places["level"] == "city") | (places.index == "310000"))
            & (places["in_delta"] == "true")
        ].index
    )
    parties = files["agreement_parties"]
    expected = cities & set(
        parties[parties["agreement_id"].isin(signed(files)["agreement_id"])]["place_code"]
    )
    topics = real.ask("coverage_topics").set_index("topic")
    assert topics.at["协议", "known"] == len(expected) == 9
    assert "杭州" not in topics.at["协议", "named"] and "杭州" in topics.at["其他往来", "named"]
    grid = real.ask("coverage_grid", provinces=["310000"]).set_index(["short_name", "topic"])
    assert grid.at[("徐汇", "协议"), "records"] == grid.at[("徐汇", "其他往来"), "records"] == 0, (
        "PR047 is a plan"
    )


# --- figures ---


def test_a_number_of_former_bounds_says_so(real):
    words = city.history(
        place(real, "310106"),
        real.ask("population_series", indicator="share_60plus", places=["310106"], as_of=DAY),
        "",
    )
    assert "户籍29.2%（2012年底，2015年与闸北区合并前的静安区）" in words
    known = real.ask("place_facilities", place="310106", as_of=DAY).set_index("indicator_code")
    assert known.at["beds_per_100_60plus", "beside"] == "2015年与闸北区合并前的静安区"


def test_what_was_added_in_a_year_is_no_stock_at_its_end(files):
    rows = files["observations"]
    added = rows[rows["indicator_code"].isin(["beds_new", "beds_new_public"])]
    assert len(added) >= 4 and set(added["date_precision"]) == {"year"}


def test_a_bound_stays_a_bound_in_the_ratio(real, files):
    """7,000多张 give at least, 超过4,746万人 give less than; each is counted from the file."""
    rows = files["observations"].set_index("observation_id")
    ratio = real.ask(
        "bed_ratio", indicator="beds_institution", denominator="户籍60岁及以上"
    ).set_index("short_name")
    assert rows.at["EF088", "qualifier"] == "多" and rows.at["ID084", "qualifier"] == "超过"
    assert re.fullmatch(r"\d+\.\d张以上", ratio.at["宣城", "ratio_words"])
    assert (
        float(ratio.at["宣城", "ratio_words"].removesuffix("张以上"))
        <= 1000 * 7000 / ratio.at["宣城", "elders"]
    )
    (delta,) = rows[
        (rows["place_code"] == "YRD")
        & (rows["indicator_code"] == "beds_institution")
        & (rows["shown"] == "true")
    ]["value"]
    most = 1000 * float(delta) / float(rows.at["ID084", "value"])
    assert ratio.at["长三角", "ratio_words"] == f"不足{most + 0.05:.1f}张" and most < float(
        f"{most + 0.05:.1f}"
    )


def test_figures_far_apart_or_inferred_are_only_set_side_by_side(real):
    def newest(code: str, *indicators: str) -> str:
        return beds.steps(real.ask("bed_steps", indicators=list(indicators), places=[code]))

    kinds = ("beds_eldercare", "beds_institution")
    for code in ("320000", "340000"):
        words = newest(code, *kinds)
        assert words.endswith("只并列") and "%" not in words, words
    assert newest("310000", *kinds).endswith("比2022年底约多6,000张（约+4%），两数来源不同"), (
        "17万 is rounded"
    )
    assert newest("YRD", "institutions").endswith("两数来源不同")


def test_targets_by_a_reading_are_worked_out_by_us(real, real_data):
    words = beds.bed_target(real.ask("bed_target"))
    assert (
        "按“翻番”读51,396张、按“再新推25000张”读50,698张（按提法推算）" in words
        and 25_698 * 2 == 51_396
    )
    card = next(c for c in headline.stands(Facts(DAY)).shape.entries if "名单" in c["label"])
    (told,) = [trace["words"] for trace in card["traces"] if "51,396" in trace["words"]]
    assert "推算：25,698×2" in told


def test_census_titles_name_census_age_and_base(real):
    for age in (60, 80):
        drawn, provinces = real.ask("elder_share", age=age), real.ask("province_ageing", age=age)
        counties = real.ask("county_ageing", age=age, cities=["320600"])
        for words in (
            ageing.shares(drawn, age),
            ageing.quadrant(drawn, age),
            ageing.counties(counties, "", age),
        ):
            _title, _semicolon, subtitle = words.partition("；")
            assert subtitle.startswith(f"七普（2020年）{age}岁及以上常住人口占比"), words
        assert ageing.provinces(provinces, age).startswith(
            f"{age}岁及以上常住人口占比2010—2020年："
        )
        assert "；人数多" in ageing.title(provinces, age)
    assert "芜湖、马鞍山" in ageing.lead(real.ask("elder_share", age=60))


def test_the_day_of_a_table_is_no_plan_and_no_correction(real, files):
    rows = real.ask("place_records", place="331100", as_of=DAY)
    plans = rows[rows["planned"].astype(bool)]
    planned = files["events"].query("planned == 'true'")["event_id"]
    assert (
        set(plans["id"]) & set(planned)
        and plans["date"].max() > rows.loc[~rows["planned"].astype(bool), "date"].max()
    )
    cited = real.ask("sources_cited", source_ids=["S002"])
    store.current.cache_clear()
    line = blocks.source_line(rows, cited, [])
    newest = rows.loc[~rows["planned"].astype(bool)].sort_values("date").iloc[-1]
    assert (
        f"数据截至 {day_words(newest['date'], newest['date_precision'], newest['date_label']).removeprefix('截至')}"
        in line
    )
    corrected = real.ask("corrections_list", count=5)
    newest = date.fromisoformat(max(pd.read_csv(DATASETS / "corrections.csv")["corrected_on"]))
    day = f"{newest.year}年{newest.month}月{newest.day}日"
    assert f"更正登记至 {day}" in blocks.source_line(corrected, cited, [])


def test_a_mirror_says_of_which_day_its_report_is(real):
    cited = real.ask("sources_cited", source_ids=["S002", "X64"])
    _notes, lines = place_sheet.foot(
        {"version": "0", "content_hash": "0" * 8, "as_of": DAY}, ["S002"], cited
    )
    assert lines == [
        "[1] 长三角老年人口约4676.89万,2021年将全面…，转载页2022年10月1日，所报为2021年1月5日"
    ]


# --- one home ---


def test_a_home_is_not_put_on_a_list_that_its_source_does_not_name(real, files):
    (row,) = files["institution_list_members"].query("institution_id == 'IN021'").itertuples()
    words = institutions.lists_of(real.ask("institution_lists_of", institution="IN021"))
    assert (
        words
        == f"入选名单：来源另有说法；来源称入选“{row.list_words}”（2020年），是否即首批长三角异地养老机构名单未写明"
    )
    related = records(real, "341882").query("state == '相关说法'").iloc[0]
    assert day_words(related["date"], related["date_precision"]) == "2020年", (
        "the month is that of the other list"
    )


def test_insurance_of_a_home_says_its_day_and_no_more_than_the_rule(real, files):
    policies = files["portability_policies"].set_index("policy_id")
    assert (
        policies.at["PP12", "institution_id"] == "" and policies.at["PP12", "reach"] == "unstated"
    )

    def told(code: str) -> str:
        return institutions.portability_of(
            real.ask("institution_portability_of", institution=code, as_of=DAY)
        )

    assert "上海市参保：可结算（截至2021年1月15日）" in told("IN014")
    general = (
        f"靖江市参保：{policies.at['PP12', 'words']}（截至2025年7月21日），本机构是否适用未写明"
    )
    for code in ("IN014", "IN017", "IN019", "IN021"):
        assert general in told(code) and "可报销" not in told(code)
    assert "上海市参保：在参保地内，不属异地" in told("IN017") and "参保参保" not in told("IN017")
    rows = real.ask("institution_portability_of", institution="IN017", as_of=DAY).set_index(
        "insured"
    )
    assert (
        rows.at["上海市", "date"].date() == date(2021, 1, 8)
        and rows.at["上海市", "date_precision"] == "by_date"
    )


def test_a_town_is_named_with_its_county(real):
    rows = real.ask(
        "institutions_compared", institutions=["IN021", "IN014", "IN017"], insured=None, as_of=DAY
    )
    assert rows["place_words"].tolist() == [
        "宣城·广德市·东亭乡",
        "苏州·吴江区·七都镇",
        "上海·黄浦区",
    ]
