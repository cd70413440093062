"""Every question file keeps the house rules and, on the miniature, gives answers one can check in the head."""

import json
import re
from datetime import date

import duckdb
import pytest
from asking import FACETS

from eldercare.data.build import VIEWS
from eldercare.data.derived import MACROS
from eldercare.exhibits import series
from eldercare.exhibits.beds import words as beds
from eldercare.faces import screen
from eldercare.store import QUERIES

QUESTIONS = sorted(path.stem for path in QUERIES.glob("*.sql"))
FILES = sorted([*QUERIES.glob("*.sql"), *VIEWS.glob("*.sql"), *MACROS.glob("*.sql")])

CODE = [*(QUERIES.parent / "eldercare").rglob("*.py"), *(QUERIES.parent / "pages").rglob("*.py")]

# One sample for every parameter name; the same name means the same thing in every question.
SAMPLES = {
    "chosen": dict.fromkeys(FACETS),
    "demo": False,
    "insured": "310000",
    "institutions": ["I1", "I2"],
    "sort": "beds_total",
    "figures": ["O01", "O02"],
    "first": 0,
    "from_lon": 121.47,
    "from_lat": 31.23,
    "points": 300,
    "over": "beds_institution",
    "under": "pop_60plus",
    "base": "常住",
    "cells": 10,
    "themes": ["银发经济", "体制与考核"],
    "regions": ["上海", "广东"],
    "tasks": ["TK1", "TK2", "TK3"],
    "task": "TK1",
    "age": 60,
    "agreement": "A1",
    "as_of": date(2021, 12, 31),
    "cities": ["310000", "320500", "330400", "340200", "341800"],
    "count": 3,
    "in_delta": True,
    "indicators": ["beds_eldercare", "beds_institution", "institutions"],
    "institution": "I1",
    "level": "city",
    "name": "苏州",
    "place": "310000",
    "places": ["310000", "320500"],
    "source_ids": ["S1", "S2"],
    "after": date(2018, 1, 1),
    "agreements": ["A1", "A2"],
    "everywhere": False,
    "kinds": ["协议与结对", "项目与基地", "会议与交流", "文件"],
    "party": "",
    "platforms": ["人才", "产业", "未归入平台"],
    "together": False,
    "until": date(2021, 12, 31),
    "words": "测试",
    "texts": ["上海", "安庆"],
    "denominator": "常住60岁及以上",
    "indicator": "beds_eldercare",
    "only_competing": False,
    "provinces": ["310000", "320000"],
    "source": "S1",
    "start": 0,
    "measure": "entered",
    "narrow": "place",
    "wide": "all",
    "detour": 1.3,
    "speed": 40.0,
    "minutes": 60.0,
    "decay": False,
    "most_unknown": 100.0,
    "own": ["310117:100"],
}

# What makes a row unique, by the words after “-- Rows:”; the first whose columns are all there counts.
GRAINS = {
    "one per group": [("group_code",)],
    "one per group and member": [("group_code", "place_code")],
    "one per part and whole": [("part_code", "whole_code")],
    "one per indicator and base": [("indicator_code", "base")],
    "one per filter and word": [("facet", "word")],
    "one per word": [("word",)],
    "one per insured place and institution": [("insured_code", "institution_id")],
    "one per insured place": [("insured",)],
    "one per point or circle": [("point_id",)],
    "one per statement": [("policy_id",)],
    "one per source and quote": [("source_id", "quote")],
    "one per list": [("list_title",)],
    "one per part, place and day": [("part", "place_code", "date")],
    "one per field and claim": [("field", "claim_id")],
    "one per report": [("task_id", "date", "unit")],
    "one per theme": [("theme",)],
    "one per common theme and region": [("common_theme", "place_code")],
    "one per practice": [("practice_id",)],
    "one per region": [("place_code",)],
    "one per indicator, base and target": [("indicator_code", "base", "target_id")],
    "one per rhythm": [("rhythm_id",)],
    "one per responsible unit": [("unit",)],
    "one per promise": [("promise_id",)],
    "one per kind of news": [("part",)],
    "one per part of the task": [("part", "number")],
    "one per link": [("link_id",)],
    "one per task list": [("task_list_id",)],
    "one": [()],
    "one per reach, place and supply": [("reach", "place_code", "supply_id")],
    "one per place and paired place": [("place_code", "other_code")],
    "one per place and age limit": [("age", "place_code", "zones")],
    "one per measure and supply": [("measure", "supply_id")],
    "one per supply": [("supply_id",)],
    "one per Shanghai district": [("place_code",)],
    "one per Shanghai district, partner place and agreement": [
        ("district_code", "partner_code", "agreement_id")
    ],
    "one per age limit and census year": [("age", "year")],
    "one per place and age group": [("place_code", "age_from")],
    "one per census year and age group": [("year", "age_from")],
    "one per measure": [("measure",)],
    "one per agreement": [("agreement_id",)],
    "one per city": [("place_code",)],
    "one per city or Shanghai district": [("place_code",)],
    "one per claim": [("observation_id",), ("claim_id",)],
    "one per confirmed claim": [("observation_id",)],
    "one per event": [("event_id",)],
    "one per ended home": [("institution_id",)],
    "one per event of a home": [("home_event_id",)],
    "one per hit, at most $count per kind": [("kind", "id")],
    "one per indicator and reading": [("indicator_code", "kind", "reading")],
    "one per renamed or moved home and stretch of days": [("institution_id", "since")],
    "one per institution": [("institution_id",)],
    "one per list and place (place YRD or the list's own scope is the total)": [
        ("list_id", "place_code")
    ],
    "one per part of the agreement": [("agreement_id", "part", "number")],
    "one per place": [("place_code",)],
    "one per place, census year and age group": [("place_code", "year", "age_from")],
    "one per place, census year and age limit": [("place_code", "year", "age")],
    "one per place and place above it": [("place_code", "ancestor_code")],
    "one per province": [("province",)],
    "one per reading, and the starting point": [("observation_id",)],
    "one per shown claim": [("observation_id",)],
    "one per agreement and question": [("agreement_id", "question")],
    "one per unit": [("unit_title",)],
    "one per agreement and content": [("agreement_id", "number")],
    "one per origin, destination, scheme and period": [
        ("origin_code", "destination_code", "scheme", "date")
    ],
    "one per stage": [("stage",)],
    "one per status row": [("status_id",)],
    "one per base": [("base_id",)],
    "one per group and role": [("group_no", "role")],
    "one per agreement and province": [("agreement_id", "province_code")],
    "one per event or document": [("record_id",)],
    "one per dated record": [("record_id",)],
    "one per place and record": [("place_code", "kind", "record_id")],
    "one per subject and record": [("subject", "kind", "record_id")],
    "one per agreement, place or pair of places": [("subject",)],
    "one per place or pair of places": [("subject",)],
    "one per change": [("change_id",)],
    "one per document": [("document_id",)],
    "one per lane": [("lane",)],
    "one per platform": [("platform",)],
    "one per policy, origin and destination": [("policy_id",)],
    "one per agreed obstacle": [("obstacle_id",)],
    "one per request": [("request_id",)],
    "one per topic and department": [("topic", "department")],
    "one per place, topic and department": [("place_code", "topic", "department")],
    "one per task and unit": [("task_id", "unit")],
    "one per place and department": [("place_code", "department")],
    "one per agreement and platform": [("agreement_id", "platform")],
    "one per agreement and step": [("agreement_id", "stage")],
    "one per place inside a city": [("place_code",)],
    "one per agreement and pair of places": [("agreement_id", "first_code", "second_code")],
    "one per source": [("source_id",)],
    "one per filed table": [("table_name",)],
    "one per task": [("task_id",)],
    "one per correction": [("correction_id",)],
    "one per indicator": [("indicator_code",)],
    "one per place and topic": [("place_code", "topic")],
    "one per topic": [("topic",)],
    "one per record of the place": [("part", "id")],
    "one per record": [("place_code", "topic", "record_id")],
    "one per row resting on the source": [("kind", "id")],
    "one per record resting on a source": [("table_name", "id")],
    "one per place, bed definition and denominator": [
        ("place_code", "indicator_code", "denominator")
    ],
}


def names(path):
    return path.stem if path.parent == QUERIES else f"views/{path.stem}"


def statement_of(path) -> duckdb.Statement:
    (statement,) = duckdb.extract_statements(path.read_text(encoding="utf-8"))
    return statement


def select_of(sql: str) -> dict:
    """The outermost SELECT as DuckDB's own parser sees it."""
    with duckdb.connect() as connection:
        (tree,) = connection.execute(
            "select json_serialize_sql($sql::varchar)", {"sql": sql}
        ).fetchone()
    return json.loads(tree)["statements"][0]["node"]


def outer_select(path) -> dict:
    return select_of(path.read_text(encoding="utf-8"))


def lists_of_any_order(node, in_order: bool = False) -> list[str]:
    """Calls whose list or joined words come in whatever order the threads left them: neither ordered nor under `list_sort`."""
    if isinstance(node, list):
        return [call for each in node for call in lists_of_any_order(each, in_order)]
    if not isinstance(node, dict):
        return []
    found = []
    if node.get("class") == "FUNCTION":
        name = node["function_name"]
        free = name == "list_distinct" or (
            name in {"list", "array_agg", "string_agg"} and not node["order_bys"]["orders"]
        )
        if free and not in_order:
            found.append(name)
        in_order = in_order or name == "list_sort"
    return found + lists_of_any_order(list(node.values()), in_order)


# What the miniature holds only after the day of the others, or not of the sample place.
OTHER_SAMPLES = {
    "pair_obstacles": {"places": ["310117", "330400"]},
    "headline_later": {"as_of": date(2026, 11, 22)},
    # All of Shanghai proposes nobody: its districts do.
    "pair_candidates": {"place": "310117"},
    "peer_series": {"place": "310000", "indicator": "beds_eldercare"},
    "group_figures": {"places": ["320500", "330400"]},
    # What is reckoned for a county or district.
    "access_example": {"place": "310117"},
}


def sample(path, **other) -> dict:
    return {name: {**SAMPLES, **other}[name] for name in statement_of(path).named_parameters}


def rows(store, question, *columns, **parameters) -> list[tuple]:
    """The given columns of an answer as tuples; a missing value is None. One column gives bare values."""
    table = store.ask(question, **parameters)[list(columns)].astype(object)
    found = list(table.where(table.notna(), None).itertuples(index=False, name=None))
    return [row[0] for row in found] if len(columns) == 1 else found


@pytest.mark.parametrize("path", FILES, ids=names)
def test_file_is_one_select_with_known_named_parameters(path):
    statement = statement_of(path)
    assert statement.type == duckdb.StatementType.SELECT
    unknown = set(statement.named_parameters) - SAMPLES.keys()
    assert not unknown, f"give SAMPLES a value for {unknown}"


@pytest.mark.parametrize("path", FILES, ids=names)
def test_file_begins_with_its_question_and_grain(path):
    question, grain = path.read_text(encoding="utf-8").splitlines()[:2]
    assert re.fullmatch(r"-- .*[\u4e00-\u9fff]{4}.*", question)
    assert grain.removeprefix("-- Rows: ") in GRAINS, (
        "say what one row is, and give GRAINS the columns that make it unique"
    )


def test_every_file_is_asked_by_somebody():
    """A question is named as a word in the code, a rule as a table in another file."""
    asked = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    unasked = {name for name in QUESTIONS if not re.search(rf"""["']{name}["']""", asked)}
    texts = {path: path.read_text(encoding="utf-8") for path in FILES}
    unused = {
        path.stem
        for path in FILES
        if path.parent != QUERIES
        and not any(
            re.search(rf"\b{path.stem}\b", text) for other, text in texts.items() if other != path
        )
    }
    assert unasked | unused == set()


@pytest.mark.parametrize("path", FILES, ids=names)
def test_file_names_its_columns(path):
    waiting, starred = [outer_select(path)], False
    while waiting:
        node = waiting.pop()
        waiting += [
            node[side] for side in ("left", "right") if node.get(side) and "select_list" not in node
        ]
        starred |= any(column["class"] == "STAR" for column in node.get("select_list", []))
    assert not starred, "no select * at the end"


@pytest.mark.parametrize("question", QUESTIONS)
def test_answer_has_an_order(question):
    kinds = [
        modifier["type"] for modifier in outer_select(QUERIES / f"{question}.sql")["modifiers"]
    ]
    assert "ORDER_MODIFIER" in kinds


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("select list(a) from t", ["list"]),
        ("select string_agg(distinct a, '、') filter (where b) from t", ["string_agg"]),
        ("select list_distinct([a, b]) from t", ["list_distinct"]),
        ("select list(a order by a), list_sort(list_distinct(flatten(list(b)))) from t", []),
        ("select list(a) over (order by a) from t", []),
    ],
)
def test_a_list_of_any_order_is_seen(sql, found):
    assert lists_of_any_order(select_of(sql)) == found


@pytest.mark.parametrize("path", FILES, ids=names)
def test_every_list_has_an_order(path):
    """Else two visits with the same link read different sources first."""
    assert lists_of_any_order(outer_select(path)) == []


def grain_of(path, columns) -> list[str]:
    words = path.read_text(encoding="utf-8").splitlines()[1].removeprefix("-- Rows: ")
    return list(next(keys for keys in GRAINS[words] if set(keys) <= set(columns)))


@pytest.mark.parametrize("question", QUESTIONS)
def test_answer_keeps_its_grain(tiny_store, question):
    path = QUERIES / f"{question}.sql"
    answer = tiny_store.ask(question, **sample(path, **OTHER_SAMPLES.get(question, {})))
    assert len(answer), "the miniature has no row for this question"
    keys = grain_of(path, answer.columns)
    repeated = answer[answer.duplicated(keys, keep=False)] if keys else answer.iloc[1:]
    assert repeated.empty


@pytest.mark.parametrize("view", sorted(path.stem for path in VIEWS.glob("*.sql")))
def test_view_keeps_its_grain(tiny_store, view):
    with tiny_store.cursor() as cursor:
        answer = cursor.execute(f"from {view}").df()
    assert len(answer)
    assert not answer.duplicated(grain_of(VIEWS / f"{view}.sql", answer.columns)).any()


LISTS = [name for name, value in SAMPLES.items() if isinstance(value, list)]
FILTERED = [
    (path.stem, name)
    for path in sorted(QUERIES.glob("*.sql"))
    for name in LISTS
    if name in statement_of(path).named_parameters
]


@pytest.mark.parametrize("question,parameter", FILTERED)
def test_nothing_chosen_is_not_everything(tiny_store, question, parameter):
    empty: list[str] = []
    assert tiny_store.ask(
        question, **sample(QUERIES / f"{question}.sql", **{parameter: empty})
    ).empty


def test_no_sum_leaves_as_a_float(tiny_store):
    """DuckDB sums integers to HUGEINT, which reaches pandas as a float: counts must be cast back."""
    counts = {
        "signed_agreements",
        "records",
        "events",
        "fields",
        "bases",
        "named",
        "claims",
        "first_year",
        "last_year",
        "cities",
        "announced",
        "announced_beds",
        "elders",
        "population",
    }
    for question in QUESTIONS:
        answer = tiny_store.ask(question, **sample(QUERIES / f"{question}.sql"))
        floats = [c for c in counts & set(answer.columns) if answer[c].dtype.kind == "f"]
        assert not floats, (question, floats)


# --- answers that can be checked in the head ---


def test_elder_share(tiny_store):
    """Cities are ranked among cities and districts among districts; who has no figure has no rank."""
    assert rows(
        tiny_store,
        "elder_share",
        "short_name",
        "elders",
        "population",
        "value",
        "change",
        "rank",
        age=60,
    ) == [
        ("上海", 250, 1000, 25.0, 5.0, 2),
        ("普陀", 50, 200, 25.0, None, 2),
        ("虹口", 40, 100, 40.0, None, 1),
        ("松江", 80, 400, 20.0, None, 3),
        ("青浦", None, None, None, None, None),
        ("苏州", 400, 2000, 20.0, 5.0, 3),
        ("嘉兴", 0, 0, None, None, None),
        ("芜湖", None, None, None, None, None),
        ("宣城", 150, 500, 30.0, None, 1),
    ]


def test_a_share_of_the_delta_is_a_quotient_of_sums(tiny_store):
    """800 of 3,500 people; the mean of the cities' shares would be another number."""
    answer = tiny_store.ask("elder_share", age=60)
    assert set(answer["delta_value"].round(6)) == {round(100 * 800 / 3500, 6)}


def test_headline_shows_one_claim_each(tiny_store):
    found = rows(
        tiny_store, "headline", "indicator_code", "kind", "value", as_of=date(2026, 11, 22)
    )
    assert ("pop_60plus", "actual", 5000) in found
    assert ("signed_districts", "actual", 3) in found, "the newest count, not that of 2019"
    assert ("signed_places", "actual", 5) in found, "not the doubtful 6"
    assert 5100 not in [value for _code, _kind, value in found], (
        "the rival claim is not the displayed one"
    )


def test_headline_later_is_beside_not_instead(tiny_store):
    assert rows(
        tiny_store, "headline_later", "indicator_code", "value", as_of=date(2026, 11, 22)
    ) == [("institutions", 50)]


def test_signed_series(tiny_store):
    columns = ("observation_id", "value", "series")
    assert rows(tiny_store, "signed_series", *columns, as_of=date(2021, 12, 31)) == [
        ("LD-TARGET", 4, "linked_districts|1"),
        ("LP-TARGET", 8, "linked_places|1"),
        ("SD-2019", 1, "signed_districts|1"),
        ("SD-2020", 3, "signed_districts|1"),
        ("SD-TARGET", 4, "signed_districts|1"),
        ("SP-2020", 5, "signed_places|1"),
        ("SP-TARGET", 8, "signed_places|1"),
        ("SPREF-2021", 4, "signed_prefectures|1"),
    ]


def test_signed_series_of_an_earlier_day_keeps_the_targets(tiny_store):
    found = rows(tiny_store, "signed_series", "observation_id", as_of=date(2020, 6, 30))
    assert found == ["LD-TARGET", "LP-TARGET", "SD-2019", "SD-TARGET", "SP-TARGET"]


def test_list_coverage(tiny_store):
    assert rows(
        tiny_store, "list_coverage", "list_id", "short_name", "announced", "announced_beds", "named"
    ) == [
        ("L1", "长三角", 10, 400, 2),
        ("L1", "张家港", None, None, 1),
        ("L1", "嘉兴", 3, None, 1),
        ("L1", "宣城", None, None, 0),
        ("L2", "测试三地", 5, None, 1),
    ]


def test_bed_series(tiny_store):
    """Two definitions and a break make three lines; undated and doubtful claims are not drawn."""
    beds = ["beds_eldercare", "beds_institution"]
    assert rows(
        tiny_store,
        "bed_series",
        "observation_id",
        "value",
        "kind",
        "segment",
        indicators=beds,
        places=["310000"],
    ) == [
        ("BED-2017", 100, "actual", 1),
        ("BED-2018", 110, "actual", 1),
        ("BED-2019", 80, "actual", 2),
        ("BED-2020", 90, "actual", 2),
        ("BED-GOAL", 120, "target", 2),
        ("BED-HOMES", 60, "actual", 1),
    ]
    answer = tiny_store.ask("bed_series", indicators=beds, places=["310000"])
    assert answer["series"].nunique() == 3


def test_hover_has_every_digit_and_the_dates_own_precision(tiny_store):
    rate = tiny_store.ask("bed_series", indicators=["beds_per_1000_60plus"], places=["320500"])
    (line,) = screen.lines(series.lines(rate, "张/千人")).data
    assert "32.5张/千人<br>2020年底<br>" in line.hovertext[0]


def test_bed_target_keeps_both_readings(tiny_store):
    assert rows(tiny_store, "bed_target", "observation_id", "value", "kind", "reading") == [
        ("LIST-BEDS", 400, "actual", None),
        ("TARGET-ADD", 700, "target", "再推300张"),
        ("TARGET-DOUBLE", 800, "target", "翻番"),
        ("TARGET-ADDED", 300, "target", None),
    ]
    sentence = beds.bed_target(tiny_store.ask("bed_target"))
    title, _semicolon, rest = sentence.replace("再推300张", "").partition("；")
    assert title == "名单床位目标：700或800张"
    assert re.findall(r"\d+张", rest) == ["800张", "700张", "400张"]
    assert "完成情况公开资料未载" in sentence, "no source says that it was met, nor that it was not"


def test_bed_gaps(tiny_store):
    """Xuancheng's figure has no date but is one, as on the page of coverage."""
    assert rows(tiny_store, "bed_gaps", "province", "with_beds", "only_ratio", "without_beds") == [
        ("上海", "上海", "无", "无"),
        ("江苏", "苏州", "无", "无"),
        ("浙江", "无", "无", "嘉兴"),
        ("安徽", "宣城", "无", "芜湖"),
    ]


def test_institutions_known(tiny_store):
    everywhere = rows(
        tiny_store,
        "institutions_known",
        "institution_id",
        "kind_title",
        "city_name",
        "beds_total",
        in_delta=True,
        cities=SAMPLES["cities"],
    )
    assert everywhere == [
        ("I3", "机构", "上海", None),
        ("I4", "机构", "苏州", 10),
        ("I1", "机构", "苏州", 100),
        ("I2", "机构", "嘉兴", 50),
        ("I5", "运营商", "上海", None),
    ]
    assert rows(
        tiny_store, "institutions_known", "institution_id", in_delta=True, cities=["330400"]
    ) == ["I2"]
    assert rows(tiny_store, "institutions_known", "institution_id", in_delta=False, cities=[]) == [
        "I6"
    ]


def test_latest_events_are_past_and_dated(tiny_store):
    assert rows(tiny_store, "latest_events", "event_id", as_of=date(2030, 12, 31), count=5) == [
        "E3",
        "E2",
        "E1",
    ]
    assert rows(tiny_store, "latest_events", "event_id", as_of=date(2020, 12, 31), count=1) == [
        "E2"
    ]


@pytest.mark.parametrize(
    "words,expected",
    [
        (
            "普陀",
            [
                ("地区", "310107"),
                ("协议", "A1"),
                ("协议", "A7"),
                ("协议", "A8"),
                ("事件", "E1"),
                ("事件", "E2"),
            ],
        ),
        ("普陀 项目", [("事件", "E2")]),
        ("三方 协议", [("协议", "A2"), ("协议", "A21"), ("协议", "A22")]),
        ("  项目　普陀 普陀 ", [("事件", "E2")]),
        ("禾城", [("地区", "330400")]),
        ("测办函", [("文件", "D1")]),
        ("tk2", [("任务", "TK2")]),
        ("护理院", [("机构", "I1")]),
        ("测民发", [("来源", "S1")]),
        ("<script>", [("机构", "I3")]),
        ("护理型床位", [("指标", "beds_nursing")]),
        ("suzhou", [("地区", "320500")]),
        ("SZ", [("地区", "320500")]),
        ("zjg", [("地区", "320582")]),
        ("没有这个词", []),
        ("", []),
        ("_", []),
        ("a", [("机构", "I3")]),
        ("beds", []),
    ],
)
def test_search(tiny_store, words, expected):
    assert rows(tiny_store, "search", "kind", "id", words=words, count=8) == expected


def test_search_shows_a_few_of_each_kind_and_counts_all(tiny_store):
    found = tiny_store.ask("search", words="测试", count=2)
    everything = tiny_store.ask("search", words="测试", count=1000)["kind"].value_counts().to_dict()
    assert found["kind"].value_counts().max() == 2
    assert list(dict.fromkeys(found["kind"])) == [
        "地区",
        "机构",
        "协议",
        "任务",
        "文件",
        "事件",
        "基地",
        "来源",
    ]
    assert dict(zip(found["kind"], found["of_kind"], strict=True)) == everything
    assert set(found["in_all"]) == {sum(everything.values())}
    assert max(everything.values()) > 8


def test_search_puts_the_whole_name_before_its_beginning_before_a_part(tiny_store):
    found = rows(tiny_store, "search", "title", words="上海", count=8)
    assert found[0] == "上海市"
    names = rows(tiny_store, "search", "title", words="测试普陀", count=8)
    assert names[0] == "测试普陀芜湖协议"


def test_search_leads_to_the_page_of_each_county_and_nowhere_outside_the_delta(tiny_store):
    for name, code in (("张家港", "320582"), ("吴江", "320509")):
        assert (
            tiny_store.ask("search", words=name, count=8).set_index("id").at[code, "link"]
            == f"city?place={code}"
        )
    assert (
        tiny_store.ask("search", words="广州", count=8).set_index("id")["link"].isna()["440100"]
    ), "outside the delta"
    assert tiny_store.ask("search", words="测试三地", count=8).set_index("id")["link"].isna()["G01"]
