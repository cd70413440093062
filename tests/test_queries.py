"""Every question file keeps the house rules and, on the miniature, gives answers one can check in the head."""

import json
import re
from datetime import date

import duckdb
import pytest

from eldercare import figures
from eldercare.build import VIEWS
from eldercare.findings import cooperation, situation
from eldercare.store import QUERIES

QUESTIONS = sorted(path.stem for path in QUERIES.glob("*.sql"))
FILES = sorted([*QUERIES.glob("*.sql"), *VIEWS.glob("*.sql")])

# One sample for every parameter name; the same name means the same thing in every question.
SAMPLES = {
    "age": 60,
    "agreement": "A1",
    "as_of": date(2021, 12, 31),
    "cities": ["310000", "320500", "330400", "340200", "341800"],
    "count": 3,
    "in_delta": True,
    "indicators": ["beds_eldercare", "beds_institution", "institutions"],
    "institution": "I1",
    "level": "city",
    "place": "310000",
    "places": ["310000", "320500"],
    "source_ids": ["S1", "S2"],
    "words": "测试",
}

# What makes a row unique, by the words after “-- Rows:”; the first whose columns are all there counts.
GRAINS = {
    "one": [()],
    "one per Shanghai district": [("place_code",)],
    "one per Shanghai district, partner place and agreement": [("district_code", "partner_code", "agreement_id")],
    "one per age limit and census year": [("age", "year")],
    "one per census year and age group": [("year", "age_from")],
    "one per measure": [("measure",)],
    "one per agreement": [("agreement_id",)],
    "one per city": [("place_code",)],
    "one per city or Shanghai district": [("place_code",)],
    "one per claim": [("observation_id",), ("claim_id",)],
    "one per event": [("event_id",)],
    "one per hit, at most $count per kind": [("kind", "id")],
    "one per indicator and reading": [("indicator_code", "kind", "reading")],
    "one per institution": [("institution_id",)],
    "one per list and place (place YRD or the list's own scope is the total)": [("list_id", "place_code")],
    "one per part of the agreement": [("part", "number")],
    "one per place": [("place_code",)],
    "one per place, census year and age group": [("place_code", "year", "age_from")],
    "one per place, census year and age limit": [("place_code", "year", "age")],
    "one per place and place above it": [("place_code", "ancestor_code")],
    "one per province": [("province",)],
    "one per reading, and the starting point": [("observation_id",)],
    "one per shown claim": [("observation_id",)],
    "one per source": [("source_id",)],
    "one per task": [("task_id",)],
}


def names(path):
    return path.stem if path.parent == QUERIES else f"views/{path.stem}"


def statement_of(path) -> duckdb.Statement:
    (statement,) = duckdb.extract_statements(path.read_text(encoding="utf-8"))
    return statement


def outer_select(path) -> dict:
    """The outermost SELECT of a file as DuckDB's own parser sees it."""
    with duckdb.connect() as connection:
        (tree,) = connection.execute("select json_serialize_sql($sql::varchar)", {"sql": path.read_text(encoding="utf-8")}).fetchone()
    return json.loads(tree)["statements"][0]["node"]


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
    assert grain.removeprefix("-- Rows: ") in GRAINS, "say what one row is, and give GRAINS the columns that make it unique"


@pytest.mark.parametrize("path", FILES, ids=names)
def test_file_names_its_columns(path):
    waiting, starred = [outer_select(path)], False
    while waiting:
        node = waiting.pop()
        waiting += [node[side] for side in ("left", "right") if node.get(side) and "select_list" not in node]
        starred |= any(column["class"] == "STAR" for column in node.get("select_list", []))
    assert not starred, "no select * at the end"


@pytest.mark.parametrize("question", QUESTIONS)
def test_answer_has_an_order(question):
    kinds = [modifier["type"] for modifier in outer_select(QUERIES / f"{question}.sql")["modifiers"]]
    assert "ORDER_MODIFIER" in kinds


def grain_of(path, columns) -> list[str]:
    words = path.read_text(encoding="utf-8").splitlines()[1].removeprefix("-- Rows: ")
    return list(next(keys for keys in GRAINS[words] if set(keys) <= set(columns)))


@pytest.mark.parametrize("question", QUESTIONS)
def test_answer_keeps_its_grain(tiny_store, question):
    path = QUERIES / f"{question}.sql"
    answer = tiny_store.ask(question, **sample(path))
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
FILTERED = [(path.stem, name) for path in sorted(QUERIES.glob("*.sql")) for name in LISTS if name in statement_of(path).named_parameters]


@pytest.mark.parametrize("question,parameter", FILTERED)
def test_nothing_chosen_is_not_everything(tiny_store, question, parameter):
    empty: list[str] = []
    assert tiny_store.ask(question, **sample(QUERIES / f"{question}.sql", **{parameter: empty})).empty


def test_no_sum_leaves_as_a_float(tiny_store):
    """DuckDB sums integers to HUGEINT, which reaches pandas as a float: counts must be cast back."""
    counts = {"signed_pairs", "claims", "first_year", "last_year", "cities", "announced", "announced_beds", "named", "elders", "population"}
    for question in QUESTIONS:
        answer = tiny_store.ask(question, **sample(QUERIES / f"{question}.sql"))
        floats = [c for c in counts & set(answer.columns) if answer[c].dtype.kind == "f"]
        assert not floats, (question, floats)


# --- answers that can be checked in the head ---


def test_elder_share(tiny_store):
    """Cities are ranked among cities and districts among districts; who has no figure has no rank."""
    assert rows(tiny_store, "elder_share", "short_name", "elders", "population", "value", "change", "rank", age=60) == [
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
    found = rows(tiny_store, "headline", "indicator_code", "kind", "value")
    assert ("pop_60plus", "actual", 5000) in found
    assert ("signed_districts", "actual", 3) in found, "the newest count, not that of 2019"
    assert ("signed_places", "actual", 5) in found, "not the doubtful 6"
    assert 5100 not in [value for _code, _kind, value in found], "the rival claim is not the displayed one"


def test_headline_later_is_beside_not_instead(tiny_store):
    assert rows(tiny_store, "headline_later", "indicator_code", "value") == [("institutions", 50)]


def test_signed_series(tiny_store):
    columns = ("observation_id", "value", "series")
    assert rows(tiny_store, "signed_series", *columns, as_of=date(2021, 12, 31)) == [
        ("SD-2019", 1, "signed_districts|1"),
        ("SD-2020", 3, "signed_districts|1"),
        ("SD-TARGET", 4, "signed_districts|1"),
        ("SP-2020", 5, "signed_places|1"),
        ("SP-TARGET", 8, "signed_places|1"),
        ("SPREF-2021", 4, "signed_prefectures|1"),
    ]


def test_signed_series_of_an_earlier_day_keeps_the_targets(tiny_store):
    found = rows(tiny_store, "signed_series", "observation_id", as_of=date(2020, 6, 30))
    assert found == ["SD-2019", "SD-TARGET", "SP-TARGET"]


def test_list_coverage(tiny_store):
    assert rows(tiny_store, "list_coverage", "list_id", "short_name", "announced", "announced_beds", "named") == [
        ("L1", "长三角", 10, 400, 2),
        ("L1", "张家港", None, None, 1),
        ("L1", "嘉兴", 3, None, 1),
        ("L1", "宣城", None, None, 0),
        ("L2", "测试三地", 5, None, 1),
    ]


def test_pair_cells(tiny_store):
    """The three-party agreement stands in two cells; summing rows and those of other networks in none."""
    assert rows(tiny_store, "pair_cells", "agreement_id", "district_name", "partner_name", "stage", "counts_as_signed") == [
        ("A1", "普陀", "芜湖", "project", True),
        ("A2", "松江", "嘉兴", "signed", True),
        ("A2", "松江", "宣城", "signed", True),
        ("A3", "青浦", "吴江", "intent", False),
        ("A4", "青浦", "吴江", "joint_activity", False),
        ("A4", "青浦", "嘉善", "joint_activity", False),
    ]


def test_pair_partners_are_all_cities_and_the_counties_that_work_with_a_district(tiny_store):
    found = rows(tiny_store, "pair_partners", "short_name")
    assert found == ["苏州", "吴江", "嘉兴", "嘉善", "芜湖", "宣城"], "not 张家港, not 巢湖, which is no city any more"


def test_district_rows(tiny_store):
    columns = ("short_name", "signed_pairs", "signed_by_name", "counterpart_unknown")
    assert rows(tiny_store, "district_rows", *columns) == [
        ("普陀", 1, True, False),
        ("虹口", 0, True, True),
        ("松江", 1, True, False),
        ("青浦", 0, False, False),
    ]


def test_named_partners(tiny_store):
    assert rows(tiny_store, "named_partners", "short_name", "counterpart_known") == [
        ("苏州", False),
        ("嘉兴", True),
        ("芜湖", True),
        ("宣城", True),
    ]


def test_findings_about_pairs_count_agreements_once(tiny_store):
    districts, partners, cells = (tiny_store.ask(name) for name in ("district_rows", "named_partners", "pair_cells"))
    assert re.findall(r"\d+个(?:区|市)", cooperation.pairing(districts, partners)) == ["3个区", "4个市", "1个区"]
    assert re.findall(r"\d+(?:格|份|个区)", cooperation.matrix(districts, cells)) == ["3格", "2份", "1个区"]


def test_other_pairs_leave_out_what_sums_up(tiny_store):
    assert rows(tiny_store, "other_pairs", "agreement_id", "parties") == [("A10", "苏州市、芜湖市")]


def test_agreement_detail(tiny_store):
    assert rows(tiny_store, "agreement_detail", "part", "words", "detail", "source_id", agreement="A1") == [
        ("参与方", "普陀区", "", "S1"),
        ("参与方", "芜湖市", "", "S1"),
        ("合作内容", "测试合作内容", "对应平台：产业", "S1"),
        ("事件", "测试普陀芜湖签约", "", "S1"),
        ("事件", "测试普陀芜湖项目开工", "", "S1"),
        ("文件", "测试结对通知", "测办函〔2020〕7号", "S1"),
    ]
    unknown = rows(tiny_store, "agreement_detail", "words", "detail", "source_id", agreement="A5")
    assert unknown == [("虹口区", "", "S3"), ("未写明的一方", "未点名", "S3")]


def test_bed_series(tiny_store):
    """Two definitions and a break make three lines; undated and doubtful claims are not drawn."""
    beds = ["beds_eldercare", "beds_institution"]
    assert rows(tiny_store, "bed_series", "observation_id", "value", "kind", "segment", indicators=beds, places=["310000"]) == [
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
    (line,) = figures.series(rate, "张/千人").data
    assert "32.5张/千人<br>2020年底<br>" in line.hovertext[0]


def test_bed_target_keeps_both_readings(tiny_store):
    assert rows(tiny_store, "bed_target", "observation_id", "value", "kind", "reading") == [
        ("LIST-BEDS", 400, "actual", None),
        ("TARGET-ADD", 700, "target", "再推300张"),
        ("TARGET-DOUBLE", 800, "target", "翻番"),
        ("TARGET-ADDED", 300, "target", None),
    ]
    sentence = situation.bed_target(tiny_store.ask("bed_target"))
    assert re.findall(r"\d+张", sentence.replace("再推300张", "")) == ["800张", "700张", "400张"]
    assert "未见公开来源" in sentence, "no source says that it was met, nor that it was not"


def test_bed_gaps(tiny_store):
    assert rows(tiny_store, "bed_gaps", "province", "with_beds", "without_beds") == [
        ("上海", "上海", "无"),
        ("江苏", "苏州", "无"),
        ("浙江", "无", "嘉兴"),
        ("安徽", "无", "芜湖、宣城"),
    ]


def test_institutions_known(tiny_store):
    everywhere = rows(
        tiny_store, "institutions_known", "institution_id", "kind_title", "city_name", "beds_total", in_delta=True, cities=SAMPLES["cities"]
    )
    assert everywhere == [
        ("I3", "机构", "上海", None),
        ("I4", "机构", "苏州", 10),
        ("I1", "机构", "苏州", 100),
        ("I2", "机构", "嘉兴", 50),
        ("I5", "运营商", "上海", None),
    ]
    assert rows(tiny_store, "institutions_known", "institution_id", in_delta=True, cities=["330400"]) == ["I2"]
    assert rows(tiny_store, "institutions_known", "institution_id", in_delta=False, cities=[]) == ["I6"]


def test_institution_claims_stand_side_by_side(tiny_store):
    found = rows(tiny_store, "institution_claims_of", "field", "value_text", "source_class", institution="I1")
    assert found == [("总床位", "100张", "公文"), ("总床位", "110张", "转载")]


def test_latest_events_are_past_and_dated(tiny_store):
    assert rows(tiny_store, "latest_events", "event_id", as_of=date(2030, 12, 31), count=5) == ["E3", "E2", "E1"]
    assert rows(tiny_store, "latest_events", "event_id", as_of=date(2020, 12, 31), count=1) == ["E2"]


@pytest.mark.parametrize(
    "words,expected",
    [
        ("普陀", [("协议", "A1"), ("协议", "A7"), ("地区", "310107")]),
        ("禾城", [("地区", "330400")]),
        ("测办函", [("文件", "D1")]),
        ("tk2", [("任务", "TK2")]),
        ("护理院", [("机构", "I1")]),
        ("测民发", [("来源", "S1")]),
        ("<script>", [("机构", "I3")]),
        ("没有这个词", []),
    ],
)
def test_search(tiny_store, words, expected):
    assert rows(tiny_store, "search", "kind", "id", words=words, count=8) == expected


def test_search_shows_a_few_of_each_kind(tiny_store):
    found = tiny_store.ask("search", words="测试", count=2)["kind"].value_counts()
    assert found.max() == 2
    assert set(found.index) == {"任务", "协议", "地区", "文件", "机构", "来源"}
