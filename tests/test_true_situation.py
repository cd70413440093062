"""What is said of the present state says no more than its rows: bases, dates, shares in words, parts and wholes.

Expected numbers come from the CSV files by pandas or by hand.
"""

import re
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from asking import SOME_OR_EVERY, among
from conftest import DATASETS, HERE

from eldercare.exhibits import (
    Facts,
    ageing,
    city,
    headline,
    indicators,
    quoted,
    summary,
    tasks,
    wanted,
)
from eldercare.exhibits import beds as exhibits_of_beds
from eldercare.exhibits import places as slides_of_places
from eldercare.exhibits.coverage import words as coverage
from eldercare.exhibits.institutions import words as institutions
from eldercare.exhibits.pairing import words as cooperation
from eldercare.faces import word
from eldercare.measures import day_words, full_quantity
from eldercare.talks import decks, making

DAY = date(2026, 11, 22)


def observed(folder=DATASETS) -> pd.DataFrame:
    """The shown claims as they stand in the file, with the subject and unit of their indicator."""
    rows = pd.read_csv(folder / "observations.csv", dtype=str)
    known = pd.read_csv(folder / "indicators.csv", dtype=str).set_index("indicator_code")
    rows = rows[rows["shown"] == "true"].assign(value=lambda found: found["value"].astype(float))
    return rows.join(known[["title", "topic", "unit"]], on="indicator_code")


def census(age: int = 60) -> tuple[int, int]:
    """People above the age and all people of the 41 cities in 2020, added up from the file."""
    groups = pd.read_csv(DATASETS / "age_groups.csv", dtype={"place_code": str})
    levels = pd.read_csv(DATASETS / "places.csv", dtype=str).set_index("place_code")["level"]
    groups = groups[
        (groups["year"] == 2020)
        & ((groups["place_code"].map(levels) == "city") | (groups["place_code"] == "310000"))
    ]
    people = groups["male"] + groups["female"]
    return int(people[groups["age_from"] >= age].sum()), int(people.sum())


# --- people: the census first, what was reported beside it with its own base ---


def test_the_overview_leads_with_the_list_and_says_what_nobody_reported(real_data):
    """57 homes, 25,698 beds, 20 cities: ID006 to ID008; 25,000 to be added: ID014."""
    rows = observed().set_index("observation_id")["value"].dropna().map(round)
    shown = headline.stands(Facts(DAY))
    assert shown.title == f"首批异地养老机构名单：{rows['ID007']}家、{rows['ID008']:,}张床位"
    assert shown.subtitle == (
        f"2020年10月公布，{rows['ID006']}个城市；2021年计划再新推{rows['ID014']:,}张（另有“翻番”表述），完成情况公开资料未载"
    )
    assert headline.age(Facts(DAY)) == "距数据截至日6年"


def test_the_basic_figures_say_the_census_first_and_what_has_no_base(real, real_data):
    elders, everyone = census()
    sentence = headline.basics(Facts(DAY)).spoken
    assert sentence == (
        "长三角：机构7,928家、床位167.65万张；公开报道，2019年底；"
        f"七普（2020年）60岁及以上常住人口{elders / 1e4:,.2f}万人，占{100 * elders / everyone:.2f}%；公开报道的2019年底数为21.75%，口径未注明"
    )
    assert "20.35%" in sentence and "每百人" not in sentence


def test_each_basic_figure_has_its_base_and_day(real_data):
    """The census, what was reported at the end of 2019 without a base, and what came later: none is dropped, none is joined."""
    elders, everyone = census()
    rows = headline.basics(Facts(DAY)).rows
    found = [
        (row.amount, row.day, row.base)
        for row in rows[rows["indicator_title"].str.startswith("60岁")].itertuples()
    ]
    assert found == [
        (f"{elders:,}人", "2020年11月1日", "常住"),
        (f"{100 * elders / everyone:.2f}%", "2020年11月1日", "常住"),
        ("32,534,458人", "2010年11月1日", "常住"),
        ("15.09%", "2010年11月1日", "常住"),
        ("46,768,900人", "2019年底", "未注明"),
        ("超过47,460,000人", "2020年底", "户籍"),
        ("近50,000,000人", "2022年底", "户籍"),
        ("21.75%", "2019年底", "未注明"),
        ("22.03%", "2020年底", "户籍"),
        ("24%", "2022年底", "户籍"),
    ]


def test_beds_of_another_definition_are_named_and_not_compared(real_data):
    """172.18万 of 机构养老床位 (2020) would be a part larger than its whole, 167.65万 of 养老床位 (2019)."""
    shown = headline.basics(Facts(DAY))
    beds = shown.rows[shown.rows["indicator_title"].str.contains("床位")]
    assert beds[["indicator_title", "amount", "day"]].to_numpy().tolist() == [
        ["养老床位（全口径或来源未限定）", "1,676,500张", "2019年底"],
        ["机构养老床位", "1,721,800张", "2020年底"],
    ]
    assert "口径不同" in shown.caveats[0] and "不比较" in shown.caveats[0]


def test_counts_of_cooperation_are_related_and_not_added(real_data):
    """Announced 13＋27 and later 14; by name 7 districts, 4 pairs, and the agreements that a status calls signed."""
    words = headline.relation(Facts(DAY))
    signed = pd.read_csv(DATASETS / "status_words.csv", dtype=str).query(
        "counts_as_signed == 'true'"
    )
    assert words.startswith(
        "几个数各是一回事，不相加减：公布签署的13个区、27个市（区县）（截至2020年底）"
    )
    assert (
        "另称14个区（截至2021年3月20日）" in words
        and "点名签约的7个区" in words
        and "双方的4对" in words
    )
    agreements = pd.read_csv(DATASETS / "agreements.csv", dtype=str)
    agreements = agreements[
        agreements["summarises"].isna() & agreements["status"].isin(signed["status"])
    ]
    parties = pd.read_csv(DATASETS / "agreement_parties.csv", dtype=str)
    places = pd.read_csv(DATASETS / "places.csv", dtype=str)
    inside = places[places["in_delta"] == "true"]["place_code"]
    known = parties[parties["place_code"].isin(inside)]["agreement_id"]
    agreed = agreements["agreement_id"][agreements["agreement_id"].isin(known)]
    beyond = parties[parties["place_code"].notna() & ~parties["place_code"].isin(inside)]
    others = agreed.isin(beyond["agreement_id"]).sum()
    assert others and f"点名的已签协议{len(agreed)}份（其中{others}份另有外省一方）" in words


def test_who_moved_is_not_counted_by_anybody(real_data):
    (card,) = [
        c for c in headline.stands(Facts(DAY)).shape.entries if c["label"] == "跨省入住老年人"
    ]
    assert card["value"] == "未载" and "总数公开资料未载" in card["note"]
    known = observed()["indicator_code"].str.startswith("single_home_shanghai_residents")
    assert f"单家机构的{known.sum()}个数" in card["note"] and len(card["traces"]) == known.sum()


def test_what_is_to_be_supplied_is_counted_from_the_files(real_data):
    rows = wanted.first(Facts(DAY)).rows.set_index("address")["known"]
    homes = pd.read_csv(DATASETS / "institutions.csv", dtype=str)
    places = pd.read_csv(DATASETS / "places.csv", dtype=str)
    delta = places[places["in_delta"] == "true"]["place_code"]
    assert "6/41个城市有数" in rows["coverage"]
    assert "具名0家，线索2条待核" in rows["institutions"].iloc[0]
    assert "件数未载" in rows["pairing"]
    outside = homes[homes["place_code"].isin(delta) & (homes["kind"] == "institution")]
    outside = outside[~outside["place_code"].str.startswith("31")]
    assert rows["institutions"].iloc[1] == (
        f"具名{len(outside)}家，{outside['beds_total'].notna().sum()}家有床位数"
    )


# --- the census is called by its name ---


def test_the_census_is_called_by_its_name(real, real_data):
    told = [
        summary.summary(Facts(DAY)).shape.entries[0][1],
        ageing.shares(Facts(DAY)).caveats[0],
        ageing.ranking(Facts(DAY)).caveats[-1],
    ]
    told += [
        ageing.counties(Facts(DAY), "320500").caveats[0],
        real.ask("elder_share", age=60)["hover"].iloc[0],
    ]
    bare = city.cards(
        SimpleNamespace(name="某地", level="city"),
        *[EMPTY] * 3,
        real.ask("place_records", place="310101", as_of=DAY),
        real.ask("latest_moves", places=["310101"], as_of=DAY),
    )[0]
    assert all("第七次全国人口普查（2020年" in words for words in [*told, bare["note"]]), told
    assert not any("2020年普查" in words for words in told)


# Profile, standings and facilities of a place of which nothing is known.
EMPTY = pd.DataFrame(
    {"age": [], "year": [], "measure": [], "kind": [], "value": [], "indicator_title": []}
)


# --- a date keeps its 截至 and its precision on every face ---


def by_date() -> pd.DataFrame:
    rows = observed()
    return rows[rows["date_precision"] == "by_date"]


def words_of(row: pd.Series) -> str:
    label = None if pd.isna(row["date_label"]) else row["date_label"]
    return day_words(row["date"], row["date_precision"], label, row["date_inferred"] == "true")


@pytest.mark.slow
def test_by_a_date_survives_cards_titles_and_slides(real, real_data):
    """Whatever a place counts 截至 a day says so wherever the slide gives a day for it."""
    facts, checked = Facts(DAY), 0
    for row in by_date().to_dict("records"):
        row = pd.Series(row)
        if row["topic"] not in ("床位", "机构", "设施") or row["place_code"] not in set(
            facts.ask("profile_places")["place_code"]
        ):
            continue
        day, code = words_of(row), row["place_code"]
        newest = (
            observed()
            .query("place_code == @code and indicator_code == @row.indicator_code")["date"]
            .max()
            == row["date"]
        )
        if newest:
            made = slides_of_places.facilities(facts, code)
            lines = [line for line in made.shape.lines if line[0] == row["title"]]
            assert all(day in " ".join(line) for line in lines), row["observation_id"]
            checked += len(lines)
            bare = day.removeprefix("截至")
            assert made.spoken.count(bare) == made.spoken.count(day), made.spoken
    assert checked > 4
    beds = (
        observed()
        .query("place_code == '340000' and indicator_code == 'beds_institution'")
        .sort_values("date")
        .iloc[-1]
    )
    assert (beds["date"], beds["date_precision"], int(beds["value"])) == (
        "2025-09-28",
        "by_date",
        317_000,
    )
    assert (
        "31.7万张（2025年）；截至2025年9月28日"
        in slides_of_places.facilities(facts, "340000").spoken
    )
    assert (
        cooperation.signed(real.ask("signed_series", as_of=DAY))
        .partition("；")[2]
        .startswith("截至2020年底")
    )


@SOME_OR_EVERY
def test_by_a_date_survives_timelines_and_the_summary(real_data, every):
    facts = Facts(DAY)
    events = pd.read_csv(DATASETS / "events.csv", dtype=str)
    days = {words_of(row) for _i, row in events[events["date_precision"] == "by_date"].iterrows()}
    shown = [
        day
        for code in among(facts.ask("profile_places")["place_code"], every)
        for day in days_of(slides_of_places.events(facts, code))
    ]
    assert [day for day in shown if day in days]
    assert not {day.removeprefix("截至") for day in days if day.startswith("截至")} & set(
        shown
    ) - days_said_exactly(events)
    assert "截至2020年底" in dict(summary.summary(facts).shape.entries)["进展"]


def days_of(made) -> list[str]:
    return (
        [day for day in (event.when for event in made.shape.events)]
        if hasattr(made, "shape")
        else []
    )


def days_said_exactly(events: pd.DataFrame) -> set[str]:
    return {words_of(row) for _i, row in events[events["date_precision"] == "day"].iterrows()}


def test_a_history_gives_its_newest_day_as_the_source_does(real):
    rows = real.ask(
        "population_series", indicator="share_60plus", places=["320500"], as_of=date(2026, 11, 22)
    )
    words = city.history(SimpleNamespace(short_name="苏州"), rows, "")
    assert "常住19.41%（截至2024年5月11日）" in words


# --- a median is not a half ---


@SOME_OR_EVERY
@pytest.mark.parametrize("folder", [DATASETS, HERE / "tiny"])
def test_how_old_the_values_of_a_ledger_are_is_counted(real, tiny_store, folder, every):
    of = real if folder == DATASETS else tiny_store
    for code in among(of.ask("ledger_places")["place_code"], every or of is tiny_store):
        rows = of.ask("indicator_ledger", place=code, as_of=DAY)
        sentence = indicators.ledger(rows, "某地")
        assert "一半" not in sentence
        single = rows.drop_duplicates(["indicator_code", "base"])
        # A policy, a case or an estimate is no value of the present.
        years = single[single["kind"].isin(["actual", "derived"])]["date"].dropna().dt.year
        said = re.search(r"有日期的现值(\d+)个", sentence)
        assert (said is None) == (len(years) == 0) and (
            said is None or int(said[1]) == len(years)
        ), sentence
        if found := re.search(r"其中(\d+)个是(\d+)年或更早的", sentence):
            assert int(found[1]) == int((years <= int(found[2])).sum())
        if found := re.search(r"个都是(\d+)年或更早的", sentence):
            assert int(found[1]) == years.max()
        for kind, words in (("target", "有目标的"), ("plan", "有计划数的")):
            wanted = rows[rows["target"].notna() & (rows["target_kind"] == kind)][
                "indicator_code"
            ].nunique()
            assert (f"{words}{wanted}个" in sentence) == (wanted > 0), sentence


def test_the_ledger_of_the_delta_says_21_of_29(real):
    """By hand from observations.csv: 29 dated newest values, 21 of them of 2020 or earlier."""
    rows = observed().query(
        "place_code == 'YRD' and date == date and kind not in ['target', 'plan']"
    )
    newest = (
        rows.sort_values("date")
        .groupby(["indicator_code", "base"])["date"]
        .max()
        .str[:4]
        .astype(int)
    )
    # The sum of the list's beds is our own claim of October 2020.
    years = [*newest, 2020]
    assert (len(years), sum(year <= 2020 for year in years)) == (29, 21)
    assert "有日期的现值29个，其中21个是2020年或更早的" in indicators.ledger(
        real.ask("indicator_ledger", place="YRD", as_of=DAY), "长三角"
    )


def test_a_plan_is_no_target_and_a_range_of_years_no_year(real):
    """By hand: 红河 has three targets (ID046—048) and two plans (ID041, ID054), 丽水 plans alone; 揭阳's number is of 2019至2020年."""
    said = {
        code: indicators.ledger(real.ask("indicator_ledger", place=code, as_of=DAY), "某地")
        for code in ("532500", "331100", "440000")
    }
    assert (
        "有目标的3个" in said["532500"]
        and "有目标" not in said["331100"]
        and "有计划数的" in said["331100"]
    )
    assert "2019至2020年" in said["440000"] and "2020年的" not in said["440000"]


def test_a_number_worked_out_says_so_wherever_it_is_shown(real, real_data):
    """机构养老床位 of 2011 is 105,215÷1.033: no source prints 101,854, and the change since has no more digits than it."""
    rows = indicators.with_words(real.ask("indicator_ledger", place="310000", as_of=DAY))
    (words,) = rows.loc[rows["indicator_code"] == "beds_institution", "trend_words"].unique()
    assert "101,854张（推算），约" in words and not re.search(
        r"[\d,]*[1-9]\d\d?张$", words.split("，约")[1].replace("00张", "张0")
    )
    trends = real.ask("indicator_trends", place="310000", as_of=DAY)
    shape = indicators.lines(Facts(DAY), "310000", "上海", trends["topic"].tolist()).shape
    points = [point for path in shape.paths for point in path.points]
    derived = trends[trends["kind"] == "derived"]
    assert len(derived) and sum("（推算）" in point.words for point in points) == len(derived)
    assert sum("（推算）" in point.hover for point in points) == len(derived)


@pytest.mark.parametrize(("place", "n", "lines"), [("330000", 4, 8), ("320000", 4, 6)])
def test_trends_count_indicators_not_their_bases(real, place, n, lines):
    rows = real.ask("indicator_trends", place=place, as_of=DAY)
    assert indicators.trends(rows, "某地").startswith(
        f"某地{n}个指标至少有三个数；按口径{lines}行，"
    )


def test_what_was_not_excerpted_is_not_none(real, real_data):
    """One row of 红河 is excerpted: its measures stand on the page of tasks. Nothing may read as if there were none."""
    regions = real.ask("practice_regions")["short_name"].tolist()
    value = indicators.by_theme(Facts(DAY), regions, themes(real))
    assert not any(mark.sign == "0" for mark in value.shape.cells.values())
    assert value.subtitle.endswith("空格为没有摘录") and "没有摘录" in indicators.UNDER_MATRIX[0]
    one = real.ask("practice_matrix", regions=["红河"], themes=themes(real))
    assert indicators.matrix(one) == "红河：已摘录1条，归入1个共同主题"


# --- a concept is no quantity; rules and cases are no present values ---


def test_a_concept_is_no_quantity(real):
    """“15分钟生活圈” is a name: nobody measured fifteen minutes."""
    rows = indicators.with_words(real.ask("indicator_ledger", place="532500", as_of=DAY))
    (words,) = rows.loc[rows["indicator_code"] == "living_circle_minutes", "value_words"]
    assert words == "政策：15分钟生活圈"


@SOME_OR_EVERY
def test_rules_and_cases_are_not_given_as_present_values(real, every):
    claims, checked = observed(), 0
    told = claims.loc[claims["kind"].isin(["policy", "example", "price", "estimate"]), "place_code"]
    for code in real.ask("ledger_places")["place_code"]:
        if not every and code not in set(told):
            continue
        rows = indicators.with_words(real.ask("indicator_ledger", place=code, as_of=DAY))
        for row in rows.dropna(subset=["kind"]).itertuples():
            assert row.kind not in ("target", "plan", "unclear"), (code, row.indicator_code)
            word = {
                "policy": "政策：",
                "example": "案例：",
                "price": "案例：",
                "estimate": "测算：",
            }.get(row.kind, "")
            # A title that ends on （案例） says it itself: a word before its value would double it.
            titled = bool(word) and row.indicator_title.endswith(f"（{word.removesuffix('：')}）")
            assert row.value_words.startswith("" if titled else word), (code, row.indicator_code)
            assert not (titled and word in row.value_words), (code, row.indicator_code)
            checked += bool(word)
    kinds = {
        "actual",
        "derived",
        "target",
        "plan",
        "policy",
        "example",
        "price",
        "estimate",
        "unclear",
    }
    assert checked >= 5 and set(claims["kind"]) <= kinds


@SOME_OR_EVERY
def test_a_trend_begins_with_its_own_first_number(real, every):
    """Date, qualifier and value are those of one claim: no word is taken over from a later one."""
    claims, places = observed(), pd.read_csv(DATASETS / "places.csv", dtype=str)
    claims = claims[
        claims["kind"].isin(["actual", "derived"])
        & claims["date"].notna()
        & claims["value"].notna()
        & claims["list_id"].isna()
    ]
    checked = 0
    for code in among(places["place_code"], every):
        rows = real.ask("indicator_ledger", place=code, as_of=DAY)
        for row in indicators.with_words(rows.dropna(subset=["points"])).itertuples():
            own = claims[
                (claims["place_code"] == code)
                & (claims["indicator_code"] == row.indicator_code)
                & (claims["base"] == row.base)
            ]
            newest = own.sort_values(["date", "boundary_year"], na_position="first").iloc[-1]
            same = own[
                (own["segment"] == newest["segment"])
                & (
                    own["boundary_year"].fillna("")
                    == str(newest["boundary_year"]).replace("nan", "")
                )
            ]
            first = same.sort_values("date", kind="stable").iloc[0]
            qualifier = None if pd.isna(first["qualifier"]) else first["qualifier"]
            inferred = (
                "（推断）"
                if first["date_inferred"] == "true" and "推断" not in words_of(first)
                else ""
            )
            begun = f"共{same['date'].nunique()}个数，最早{words_of(first)}{inferred}{full_quantity(first['value'], first['unit'], qualifier)}"
            begun += "（推算），" if first["kind"] == "derived" else "，"
            assert row.trend_words.startswith(begun), (code, row.trend_words, begun)
            checked += 1
    assert checked > (25 if every else 1)


def test_the_change_of_a_small_rate_is_not_rounded_away(real):
    """24.4 beds per thousand in 2013, 31.6 in 2016."""
    rows = indicators.with_words(real.ask("indicator_ledger", place="000000", as_of=DAY))
    (words,) = rows.loc[rows["indicator_code"] == "beds_per_1000_60plus", "trend_words"]
    assert words == "共3个数，最早2013年底24.4张/千人，多7.2张/千人"


def test_a_target_of_at_least_is_short_by_at_least(real):
    rows = indicators.with_words(real.ask("indicator_ledger", place="340000", as_of=DAY))
    (words,) = rows.loc[rows["indicator_code"] == "embedded_institutions", "gap_words"]
    assert words == "至少差307家（现值截至2024年9月15日）"


def test_parts_named_after_a_colon_are_parts_of_what_stands_before_it(real):
    """84 practices by region; how many of them are figures stands apart."""
    practices = pd.read_csv(DATASETS / "practices.csv", dtype=str)
    regions = real.ask("practice_regions")
    words = indicators.practices(regions)
    parts = [int(n) for n in re.findall(r"[一-龥](\d+)[、；]", words)]
    assert sum(parts) == len(practices) and words.startswith(f"各地做法{len(practices)}条；")
    assert words.endswith(f"；其中性质为数字的{(practices['kind'] == 'figure').sum()}条")


def test_whoever_ties_with_the_last_named_is_named(real):
    """The thinnest topics and the most shared themes: a place in the list is not decided by the order of rows."""
    topics = real.ask("coverage_topics").set_index("topic")["known"]
    thin = topics[topics < 41]
    limit = thin.sort_values().iloc[2]
    for words in (coverage.topics(real.ask("coverage_topics")),):
        assert all((name in words.split("最")[-1]) == (n <= limit) for name, n in thin.items()), (
            words
        )
    shared = real.ask(
        "practice_matrix",
        regions=real.ask("practice_regions")["short_name"].tolist(),
        themes=themes(real),
    )
    regions = shared.groupby("common_theme")["region"].nunique()
    words = indicators.matrix(shared).split("最多的是")[1]
    assert all((f"{name}（" in words) == (n == regions.max()) for name, n in regions.items()), words


def themes(of) -> list[str]:
    return of.ask("practice_themes", regions=of.ask("practice_regions")["short_name"].tolist())[
        "theme"
    ].tolist()


# --- one way of counting: what is written of a county is not its city's, and is said beside it ---


def above(code: str, parents: dict[str, str]) -> set[str]:
    """A place and all that it lies in, by `places.csv`."""
    found = set()
    while code:
        found.add(code)
        code = parents.get(code, "")
    return found


def test_a_county_is_no_record_of_its_city_and_is_said_beside(real):
    """Insurance and lists by place, from the files: the city itself, and apart the cities of which only a county is written."""

    def csv(name):
        return pd.read_csv(DATASETS / f"{name}.csv", dtype=str, keep_default_na=False)

    places = csv("places")
    cities = set(
        places[(places["in_delta"] == "true") & (places["valid_to_year"] == "")].query(
            "level == 'city'"
        )["place_code"]
    ) | {"310000"}
    parents = places.set_index("place_code")["parent_code"].to_dict()
    insured = set(csv("portability_policies").query("statement == 'rule'")["insured_code"])
    events = csv("events").query("category == 'ltci' and planned == 'false'")
    insured |= set(csv("event_places").merge(events, on="event_id")["place_code"])
    listed = set(csv("institution_list_places")["place_code"])
    rows = real.ask("coverage_topics").set_index("topic")
    for topic, named in (("长护险", insured), ("名单", listed)):
        own = cities & named
        inside = {city for code in named for city in above(code, parents) & cities} - own
        assert (rows.at[topic, "known"], rows.at[topic, "inside"]) == (len(own), len(inside)), topic
        assert (len(own), len(inside)) == {"长护险": (2, 2), "名单": (3, 1)}[topic]
    words = coverage.topics(real.ask("coverage_topics"))
    assert (
        "长期护理保险（长护险）2个城市（另2个只见区县）" in words
        and "名单3个城市（另1个只见区县）" in words
    )


def test_insurance_is_asked_of_its_own_departments(real):
    words = summary._next(real.ask("coverage_topics"))
    assert (
        "长期护理保险（长护险）可商请各地医保部门提供" in words
        and "长护险" not in words.split("民政部门")[0]
    )


# --- what is invented is never called public, and shares no sentence with what is so ---


def test_the_fictitious_list_is_called_so_and_stands_alone(real_data):
    _deck, talk = making.ready(decks.parse("own:homes,homes_demo"))
    homes, invented = talk.exhibits
    table = pd.read_csv(DATASETS / "demo" / "institutions.csv", dtype=str)
    beds = table["beds_total"].astype(int).sum()
    assert (
        f"虚构的{len(table)}家" in invented.spoken
        and f"{beds:,}张" in invented.spoken
        and "公开" not in invented.spoken
    )
    assert invented.spoken.startswith("演示数据 · ") and "不是事实" in invented.spoken
    assert "公开" not in "".join(
        [*invented.twin.columns, *(series.name for series in invented.shape.series)]
    )
    assert not any(
        "虚构" in words and homes.spoken in words
        for words in word._conclusions(word._sections(talk))
    )
    places = pd.read_csv(DATASETS / "places.csv", dtype=str)
    known = pd.read_csv(DATASETS / "institutions.csv", dtype=str).query("kind == 'institution'")
    known = known[known["place_code"].isin(places.loc[places["in_delta"] == "true", "place_code"])]
    sized = known["beds_total"].dropna().astype(int)
    assert (
        f"机构{len(known)}家，含待核名单；" in homes.spoken
        and f"其中{len(sized)}家有总床位（试算合计{sized.sum():,}张，含待核名单，年份与来源不同）"
        in homes.spoken
    )
    assert f"其余{len(known) - len(sized)}家的总床位未载" in homes.spoken


def test_one_home_has_no_sum():
    rows = pd.DataFrame(
        {
            "short_name": ["上海", "苏州"],
            "institutions": [3, 1],
            "reported": [1, 0],
            "beds": [120, None],
        }
    )
    assert (
        institutions.by_name(rows)
        == "所收来源点名的机构4家；在2个城市；其中1家有总床位（上海，120张）；其余3家的总床位未载"
    )


def test_a_source_line_names_the_classes_of_all_its_sources(real_data):
    """Beds of four second-hand or press sources over people of the census: the first class is not that of the others."""
    ratio = quoted(exhibits_of_beds.ratio(Facts(DAY)), DAY)
    known = pd.read_csv(DATASETS / "sources.csv", dtype=str).set_index("source_id")["source_class"]
    classes = known[[quote.source_id for quote in ratio.quotes]].value_counts()
    told = re.findall(r"([一-龥]+)(\d+)(?=[、）])", ratio.source_line)
    assert dict(told) == {kind: str(n) for kind, n in classes.items()} and len(classes) > 1


def test_what_shows_a_result_is_among_the_sources_of_the_tasks(real_data):
    """A pilot (W14, W15) and a step (W17) stand in the table: the list itself (S002) says neither."""
    cited = {quote.source_id for quote in quoted(tasks.times(Facts(DAY)), DAY).quotes}
    links = pd.read_csv(DATASETS / "task_links.csv", dtype=str, keep_default_na=False)
    shown = links[
        links["relation"].isin(["result", "partial", "pilot"])
        & links["task_id"].between("TK023", "TK032")
    ]
    targets = {}
    for table, key in (
        ("events", "event_id"),
        ("observations", "observation_id"),
        ("documents", "document_id"),
    ):
        targets |= (
            pd.read_csv(DATASETS / f"{table}.csv", dtype=str).set_index(key)["source_id"].to_dict()
        )
    wanted = {
        targets[code]
        for column in ("event_id", "observation_id", "document_id")
        for code in shown[column]
        if code
    }
    assert len(wanted) >= 2 and wanted <= cited


# --- what names a place: lists by list, tasks by whose they are, insurance by what it is, agreements by what they are about ---


def csv(name: str) -> pd.DataFrame:
    return pd.read_csv(DATASETS / f"{name}.csv", dtype=str, keep_default_na=False)


def test_of_agreements_of_one_day_the_one_about_eldercare_is_named(real_data):
    """Five of 2024-09-19 for Anhui: medicine, schools and talent stand beside two about eldercare."""
    agreed = csv("agreements").set_index("agreement_id")
    for code in ("340000", "341800"):
        made = slides_of_places.agreements(Facts(DAY), code)
        named = re.search(r"最近：2024年9月19日“(.+)”等(\d)项", made.spoken)
        same = agreed[agreed["date"] == "2024-09-19"]
        assert "true" in set(same[same["title"] == named.group(1)]["eldercare_specific"]) and int(
            named.group(2)
        ) <= len(same)
        assert "不专为养老" in made.spoken


def test_no_title_is_cut(real_data):
    """总投资70… was 700亿元."""
    facts = Facts(DAY)
    for code in ("310000", "320100", "330000", "340000", "341800"):
        for make in (slides_of_places.events, slides_of_places.agreements, slides_of_places.others):
            made = make(facts, code)
            assert "…" not in getattr(made, "spoken", ""), made.spoken
