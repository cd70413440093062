"""Every sentence of pages and decks, in all their addresses: words an official would sign, counts that stand below, qualifiers that survive."""

import re

import pandas as pd
import pytest
import said
from asking import SOME_OR_EVERY, among
from conftest import DATASETS

from eldercare import store, tables
from eldercare.exhibits import Facts
from eldercare.sentences import Sentence, listing, pages, talks
from eldercare.talks import decks, making

pytestmark = pytest.mark.usefixtures("real_data")

# Of each kind of page and deck one address; all of them are walked by the slow tests.
FEW_PAGES = [
    ("situation/overview.py", {}),
    ("situation/city.py", {}),
    ("situation/city.py", {"place": "宣城市"}),
    ("situation/ageing.py", {}),
    ("situation/bed_trends.py", {"place": "宣城市"}),
    ("institutions/directory.py", {}),
    ("cooperation/pairing.py", {}),
    ("cooperation/sojourn.py", {"sojourn_part": "其他基地"}),
    ("cooperation/timeline.py", {}),
    ("tasks/progress.py", {}),
    ("tasks/indicators.py", {}),
    ("data/sources.py", {"indicator": "pop_60plus"}),
    ("data/coverage.py", {}),
]
FEW_DECKS = ["region", "city:341800", "pair:310117|330400"]
# Titles that count more than the rows in one file of theirs: why, and the test that counts them from the CSV files.
COUNTED_ELSEWHERE = {
    "pair_matrix": "districts without a cell: test_cooperation",
    "place_agreements": "test_a_place_counts_its_signed_agreements",
    "sources_usage": "one page of the list: test_the_list_of_sources_is_counted_whole",
    "place_map": "levels of places: test_cooperation",
    "population_series": "a trend needs three numbers",
    "place_history": "a trend needs three numbers",
    "place_summary": "all topics: test_the_summary_of_a_city_names_the_gaps_of_the_page_of_coverage",
}


def faults(sentences: list[Sentence]) -> list[str]:
    return [fault for check in said.CHECKS for fault in check(sentences)]


def faults_of_exhibits(exhibits: list[pages.Drawn]) -> list[str]:
    found: list[str] = []
    for drawn in exhibits:
        if drawn.rows.empty:
            continue
        where = f"{drawn.where} {drawn.key}"
        found += said.cells_without_qualifier(
            f"{where} 表格", tables.shown(drawn.rows, drawn.columns)
        )
        found += said.cells_without_qualifier(
            f"{where} 文件", tables.raw(drawn.rows, drawn.file_columns)
        )
        if drawn.key not in COUNTED_ELSEWHERE:
            found += said.uncounted(where, drawn.finding, drawn.below)
    return found


def faults_of_talk(address: str) -> list[str]:
    _deck, talk = making.ready(decks.parse(address))
    found = faults(list(talks.sentences(address)))
    for exhibit in talk.exhibits:
        found += said.cells_without_qualifier(f"{address} {exhibit.key} 工作簿", exhibit.twin)
        if exhibit.key.partition("#")[0] not in COUNTED_ELSEWHERE:
            found += said.uncounted(f"{address} {exhibit.key}", exhibit.spoken, exhibit.twin)
    return found


@pytest.mark.parametrize(
    ("script", "query"), FEW_PAGES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_a_page_says_is_true(script, query):
    sentences, exhibits = pages.hear(script, query)
    assert faults(sentences) + faults_of_exhibits(exhibits) == []


@pytest.mark.parametrize("address", FEW_DECKS)
def test_what_a_deck_says_is_true(address):
    assert faults_of_talk(address) == []


@pytest.fixture
def miniature(tiny, monkeypatch):
    """The checks and the pages on the rows of `tests/tiny/`."""
    remembered = (said.names, said.qualified, said.qualifiers, said.universe)
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    monkeypatch.setattr(said, "DATASETS", tiny)
    for known in remembered:
        known.cache_clear()
    store.current.cache_clear()
    yield
    for known in remembered:
        known.cache_clear()


# Of each room of pages one; the others are slow.
FEW_OF_THE_MINIATURE = (
    "situation/city.py",
    "institutions/directory.py",
    "cooperation/pairing.py",
    "tasks/progress.py",
    "data/sources.py",
)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(script, marks=() if script in FEW_OF_THE_MINIATURE else pytest.mark.slow)
        for script in pages.FILTERS
    ],
)
def test_what_a_page_says_of_the_miniature_is_true(script, miniature):
    sentences, exhibits = pages.hear(script, {})
    assert faults(sentences) + faults_of_exhibits(exhibits) == []


@pytest.mark.slow
def test_what_a_deck_says_of_the_miniature_is_true(miniature):
    assert faults_of_talk("region") == []


@pytest.mark.slow
@pytest.mark.parametrize("part", listing.parts())
def test_everything_that_is_said_is_true(part):
    found: list[str] = []
    if part == listing.DECKS:
        for address in talks.addresses():
            found += faults_of_talk(address)
    else:
        drawn: set[int] = set()
        for query in pages.queries(part):
            sentences, exhibits = pages.hear(part, query, drawn)
            found += faults(sentences) + faults_of_exhibits(exhibits)
    assert list(dict.fromkeys(found)) == []


@pytest.mark.slow
def test_the_checks_see_what_was_wrong():
    """The sentences of before, each with the check that catches it."""

    def sentence(words: str, part: str = "") -> Sentence:
        return Sentence("page", "exhibit", "图表标题", part, words)

    assert said.forbidden([sentence("宣城：床位未上报")])
    assert said.forbidden([sentence("长三角2019年底每百人中有22位60岁以上老人")])
    assert not said.forbidden([sentence("公开资料未载")])
    assert said.shares_in_words([sentence("长三角30个指标：一半的现值是2020年或更早的")])
    assert said.without_qualifier([sentence("宣城机构养老床位7,000张（2010年11月）")])
    assert said.without_qualifier([sentence("以上68,000人", part="长护险照护人员")])
    assert not said.without_qualifier([sentence("宣城机构养老床位7,000多张（2010年11月）")])
    assert said.cells_without_qualifier("表", pd.DataFrame([("机构养老床位", 7000.0, "张")]))
    assert not said.cells_without_qualifier(
        "表", pd.DataFrame([("机构养老床位", 7000.0, "多", "张")])
    )
    rows = pd.DataFrame({"title": list("abc"), "kind": ["actual", "actual", "target"]})
    assert said.uncounted("表", "公开的数字共7个", rows)
    assert not said.uncounted("表", "公开的数字2个，目标1个", rows)


def csv(name: str) -> pd.DataFrame:
    return pd.read_csv(DATASETS / f"{name}.csv", dtype=str, keep_default_na=False)


def test_a_qualifier_is_the_word_of_its_source():
    rows = csv("observations")
    own = rows[(rows["qualifier"] != "") & rows["quote"].str.contains("[\u4e00-\u9fff]")]
    assert (
        own[[r.qualifier not in r.quote for r in own.itertuples()]]["observation_id"].tolist() == []
    )


def places_with_profiles() -> list[str]:
    return store.ask("profile_places")["place_code"].tolist()


def by_place(rows: pd.DataFrame, key: str) -> dict[str, set[str]]:
    """The records of each place: its own and those of the places inside it."""
    parents = csv("places").set_index("place_code")["parent_code"].to_dict()
    found: dict[str, set[str]] = {}
    for row in rows.itertuples():
        code = row.place_code
        while code:
            found.setdefault(code, set()).add(getattr(row, key))
            code = parents.get(code, "")
    return found


def made(name: str, code: str):
    return decks.MAKERS[name].make(Facts(store.ask("release")["as_of"].iloc[0].date()), code)


@SOME_OR_EVERY
def test_a_place_counts_what_happened_and_no_plans(every):
    """A plan, a target and what only will be are no public move of a place; tourist trains and tours are no cooperation."""
    within, events = by_place(csv("event_places"), "event_id"), csv("events")
    cooperation = set(csv("event_kinds").query("cooperation == 'true'")["category"])
    events = events[
        events["category"].isin(cooperation - {"ltci"}) & (events["date"] <= "2026-11-22")
    ]
    checked = 0
    for code in among(places_with_profiles(), every):
        own = events[events["event_id"].isin(within.get(code, set()))]
        done = (own["planned"] != "true").sum()
        exhibit = made("place_events", code)
        if not done:
            assert not hasattr(exhibit, "spoken"), code
            continue
        assert f"公开动态{done}条" in exhibit.spoken, code
        planned = set(own.loc[own["planned"] == "true", "title"])
        assert not planned & set(exhibit.twin["事件"]), code
        assert not any(title[:20] in exhibit.spoken for title in planned), code
        checked += 1
    assert checked > (20 if every else 1)


@pytest.mark.slow
@SOME_OR_EVERY
def test_a_place_counts_its_figures_without_its_targets(every):
    rows, indicators = csv("observations"), csv("indicators").set_index("indicator_code")["topic"]
    rows = rows[
        (rows["shown"] == "true")
        & rows["indicator_code"].map(indicators).isin(["床位", "机构", "设施"])
        # Units for all residential welfare are told by name, not counted with those for elders.
        & ~rows["indicator_code"].isin(["welfare_units", "welfare_beds"])
    ]
    aims, unclear = rows["kind"].isin(["target", "plan"]), rows["kind"] == "unclear"
    checked, aimed = 0, set(rows[aims]["place_code"])
    known = places_with_profiles()
    for code in {*among(known, every), *(code for code in known if code in aimed)}:
        own = rows["place_code"] == code
        figures, targets = (
            rows[own & ~aims & ~unclear]["indicator_code"].nunique(),
            rows[own & aims]["indicator_code"].nunique(),
        )
        either = rows[own & unclear]["indicator_code"].nunique()
        exhibit = made("place_facilities", code)
        if figures + targets + either:
            # 指标共6项（另有目标1项）; a place without a count of its beds tells its figures by topic.
            told = re.findall(r"(?:指标共?|单家机构床位|收费案例)(\d+)项", exhibit.spoken)
            assert sum(map(int, told)) == figures, (code, exhibit.spoken)
            assert (f"目标{targets}项" in exhibit.spoken) == bool(targets), (code, exhibit.spoken)
            assert (f"未写明的{either}项" in exhibit.spoken) == bool(either), (
                code,
                exhibit.spoken,
            )
            checked += bool(targets)
    assert checked >= 2


@pytest.mark.slow
@SOME_OR_EVERY
def test_a_place_counts_its_signed_agreements(every):
    """By the words of the sources: signed with both sides named, of the place or of one inside it, sums of others left out."""
    signed = csv("status_words").query("counts_as_signed == 'true'")["status"]
    agreements = csv("agreements").query("summarises == ''")
    agreements = set(agreements[agreements["status"].isin(signed)]["agreement_id"])
    within = by_place(csv("agreement_parties"), "agreement_id")
    for code in among(places_with_profiles(), every):
        known = len(within.get(code, set()) & agreements)
        exhibit = made("place_agreements", code)
        if known:
            assert f"已签协议{known}份" in exhibit.spoken, (code, exhibit.spoken)
        elif hasattr(exhibit, "spoken"):
            assert "已签协议" not in exhibit.spoken, (code, exhibit.spoken)


def test_the_list_of_sources_is_counted_whole():
    (drawn,) = [
        drawn for drawn in pages.exhibits("data/sources.py", {}) if drawn.key == "sources_usage"
    ]
    assert f"{len(csv('sources'))}个" in drawn.finding
