"""Who confirmed a figure, when, by which document, and where departments differ: wherever the figure is explained."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from asking import add
from conftest import assemble
from opening import visit
from test_queries import OTHER_SAMPLES, QUESTIONS, sample

from eldercare import store, tables
from eldercare.faces.notes import notes
from eldercare.store import QUERIES, Store
from eldercare.talks import decks, making

AGREED = "测试民政局2021年2月3日核定一致（测试核定单5号）"
DIFFERS = "测试统计局2021年2月另有数4,900人（测试核定单6号）"
ELDERS = f"部门核定（长三角60岁及以上人口5,000人）：{AGREED}；{DIFFERS}"


@pytest.fixture
def confirmed(tiny, monkeypatch):
    """The miniature, in which the 5,000 older people of the delta are confirmed by one department and another has 4,900."""
    add(
        tiny,
        "confirmations",
        "CF101,ELDERS,测试民政局,confirmed,,测试核定单5号,2021-02-03,day,false,,S1,测试摘录,official,",
        "CF102,ELDERS,测试统计局,differs,4900,测试核定单6号,2021-02-28,month,false,,S2,测试摘录,official,",
        "CF103,O20,测试民政局,confirmed,,测试核定单7号,2021-02-03,day,false,,S1,测试摘录,official,",
    )
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    store.current.cache_clear()
    yield tiny
    store.current.cache_clear()


@pytest.fixture(scope="module")
def all_confirmed(tmp_path_factory):
    """A store on the miniature in which every figure is confirmed."""
    root = tmp_path_factory.mktemp("all_confirmed")
    folder = assemble(root / "datasets")
    with open(folder / "observations.csv", encoding="utf-8", newline="") as file:
        figures = [row["observation_id"] for row in csv.DictReader(file)]
    add(
        folder,
        "confirmations",
        *(
            f"CF2{place:03d},{figure},测试部门,confirmed,,单据{figure}号,2021-02-03,day,false,,S1,测试摘录,official,"
            for place, figure in enumerate(figures)
        ),
    )
    return Store(folder, root / "build")


# Questions whose rows are one figure each; the page of sources lists confirmations as records of their own.
OF_FIGURES = [
    question
    for question in QUESTIONS
    if "observation_id" in (QUERIES / f"{question}.sql").read_text(encoding="utf-8")
]


@pytest.mark.parametrize("question", OF_FIGURES)
def test_what_a_figure_rests_on_says_who_confirmed_it(all_confirmed, question):
    path = QUERIES / f"{question}.sql"
    rows = all_confirmed.ask(question, **sample(path, **OTHER_SAMPLES.get(question, {})))
    if not {"observation_id", "evidence"} <= set(rows.columns):
        return
    told = rows.dropna(subset=["observation_id"])
    bare = [
        row.observation_id
        for row in told.itertuples()
        if f"单据{row.observation_id}号" not in str(row.evidence)
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("indicator_ledger", "单据"),
        ("list_coverage", "单据LIST"),
        ("named_counts", "单据S"),
        ("homes_listed", "单据"),
        ("county_ageing", "单据"),
        ("bed_ratio", "单据"),
        ("sojourn_members", "单据"),
    ],
)
def test_so_does_what_is_put_together_from_figures(all_confirmed, question, document):
    path = QUERIES / f"{question}.sql"
    rows = all_confirmed.ask(question, **sample(path, **OTHER_SAMPLES.get(question, {})))
    assert rows["evidence"].str.contains(document, regex=False).any(), rows["evidence"].tolist()


@pytest.mark.slow
def test_a_card_says_under_sources_who_confirmed_its_figure(confirmed):
    add(
        confirmed,
        "confirmations",
        "CF104,LIST-BEDS,测试民政局,confirmed,,测试核定单8号,2021-02-03,day,false,,S1,测试摘录,official,",
        "CF105,LIST-BEDS,测试统计局,differs,390,测试核定单9号,2021-02-28,month,false,,S2,测试摘录,official,",
    )
    store.current.cache_clear()
    app = visit("situation/overview.py")
    told = [block.value for block in app.markdown if "测试核定单8号" in block.value]
    assert told and all("测试核定单9号" in words for words in told)
    assert all("算法：部门核定" not in words for words in told)
    assert "](sources?source=S2)" in told[0], "the paper of the second department is one click away"
    (basics,) = [t.value for t in app.table if "部门核定" in t.value and "人口口径" in t.value]
    assert basics["部门核定"].str.contains(AGREED, regex=False).sum() == 1
    assert basics["部门核定"].str.contains(DIFFERS, regex=False).sum() == 1


def test_rows_and_files_have_a_column_for_it_and_quotes_stay_quotes(confirmed):
    rows = tables.with_words(store.ask("headline", as_of=date(2026, 11, 22)))
    columns = {"indicator_title": "指标", "amount": "数值", "evidence": "原文摘录"}
    for table in (tables.raw(rows, columns), tables.shown(rows, columns)):
        told = table.set_index("指标")["部门核定"]
        assert told["60岁及以上人口"] == ELDERS
        assert (told.fillna("—") != "—").sum() == 2
        assert not table["原文摘录"].str.contains("核定").any()
    export = tables.Export(lambda: rows, len(rows), columns)
    lines = list(csv.DictReader(io.StringIO(tables.csv_bytes(export).decode("utf-8-sig"))))
    assert [line["部门核定"] for line in lines if line["指标"] == "60岁及以上人口"] == [ELDERS]
    book = openpyxl.load_workbook(io.BytesIO(tables.workbook(export, "测试", ())))
    assert "部门核定" in [cell.value for cell in book["数据"][1]]
    # The paper of each department is a source of the table, so it is cited with it.
    assert {"S1", "S2"} <= set(tables.sources_of(rows)["source_id"])
    assert tables.confirmations(rows) == "部门核定2个数，其中1个有部门另有数"


def test_where_nothing_is_confirmed_nothing_is_added(confirmed):
    rows = tables.with_words(store.ask("headline", as_of=date(2026, 11, 22)))
    others = rows[~rows["observation_id"].isin(["ELDERS", "O20"])]
    columns = {"indicator_title": "指标", "evidence": "原文摘录"}
    assert list(tables.shown(others, columns)) == ["指标", "原文摘录"]
    assert tables.confirmations(others) == ""


@pytest.mark.parametrize(
    ("page", "query", "words"),
    [
        ("tasks/indicators.py", {"indicator_ledger_view": "台账"}, "测试核定单6号"),
        ("tasks/indicators.py", {}, "部门核定2个数，其中1个有部门另有数"),
        ("situation/city.py", {"place": "YRD"}, "测试核定单7号"),
        ("data/sources.py", {"indicator": "pop_60plus"}, "测试核定单6号"),
    ],
)
def test_the_ledger_a_profile_and_the_list_of_claims_show_it(confirmed, page, query, words):
    app = visit(page, **query)
    shown = [block.value for block in [*app.markdown, *app.caption]]
    shown += [str(table.value.to_dict()) for table in app.table]
    assert any(words in each for each in shown), shown


def test_a_deck_says_it_in_its_notes_and_its_files(confirmed):
    _name, talk = making.ready(decks.parse("own:basics"))
    (exhibit,) = talk.exhibits
    assert ELDERS in notes(exhibit)
    assert not any("核定" in words for quote in exhibit.quotes for words in quote.words)
    assert "部门核定2个数，其中1个有部门另有数" in exhibit.source_line
    assert "部门核定" in exhibit.twin.columns


def test_a_figure_in_which_nobody_saw_an_error_is_still_only_public(confirmed):
    """Who confirmed nothing stands nowhere: the share of the same source is not said to be confirmed."""
    rows = store.ask("headline", as_of=date(2026, 11, 22)).set_index("indicator_code")
    assert "核定" not in rows.at["share_60plus", "evidence"]
