"""口径卡: what may and what must not be said of a figure follows from its row, checked against the files themselves."""

import io

import pandas as pd
import pytest
from conftest import DATASETS
from docx import Document
from opening import seen

from eldercare import store
from eldercare.exhibits import TITLE_LENGTH, Facts, figure, headline
from eldercare.faces import image, page

STAMP = image.Stamp("汇编止于2026年11月22日 · 版本 12345678", "口径卡")
OBSERVATIONS = pd.read_csv(DATASETS / "observations.csv", dtype=str, keep_default_na=False)
SOURCES = pd.read_csv(DATASETS / "sources.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def facts():
    store.current.cache_clear()
    yield Facts(store.ask("release")["as_of"].iloc[0].date())
    store.current.cache_clear()


def said(facts, code: str) -> dict[str, str]:
    return dict(figure.card(facts, code).shape.entries)


def one_of_each() -> pd.DataFrame:
    """A figure for every kind, base and qualifier that occurs, and some with a break, a rival, a caveat, not shown."""
    rows = OBSERVATIONS
    some = [rows.drop_duplicates(["kind", "base", "qualifier"])]
    some += [rows[rows["break_note"] != ""].head(1), rows[rows["shown"] == "false"].head(2)]
    return (
        pd.concat(some)
        .drop_duplicates("observation_id")
        .merge(SOURCES[["source_id", "source_class", "caveat", "publisher"]], on="source_id")
    )


def test_what_must_not_be_said_follows_from_the_row(facts):
    for row in one_of_each().itertuples():
        card = said(facts, row.observation_id)
        forbidden, sentence = card[figure.NOT_SAY], card[figure.SAY]
        assert ("不说成已经达到" in forbidden) == (row.kind == "target"), row.observation_id
        assert ("不说成已经做到" in forbidden) == (row.kind == "plan")
        assert ("不与常住口径相减" in forbidden) == (row.base == "户籍")
        assert ("不替它补上" in forbidden) == (row.base == "未注明")
        assert row.qualifier in forbidden and row.break_note.rstrip("。；") in forbidden
        assert ("二手转录" in forbidden) == (row.source_class == "二手")
        assert ("存疑" in forbidden) == (row.doubtful == "true")
        assert ("不用它作显示值" in forbidden) == (row.shown == "false")
        assert ("推断" in forbidden) == (row.date_inferred == "true")
        assert row.publisher in sentence and sentence.endswith("。")
        assert (row.base in ("户籍", "常住")) == (f"{row.base}口径" in sentence)
        if row.kind in ("target", "plan"):
            assert "目标" in sentence or "计划" in sentence
        assert card["核定"] == ("待核" if row.source_class == "二手" else "公开来源，尚无部门核定")


def test_a_card_as_a_person_would_write_it(facts):
    card = figure.card(facts, "ID001")
    entries = dict(card.shape.entries)
    assert card.title == "口径卡：46,768,900人"
    assert card.subtitle == "长三角60岁及以上人口，2019年底，口径未注明"
    assert entries["来源与原文"].startswith("“长三角地区60周岁及以上的老年人口为4676.89万")
    assert entries[figure.SAY].startswith(
        "2019年底，长三角60岁及以上人口为4,676.89万人（口径未注明），据"
    )
    assert entries[figure.NOT_SAY] == (
        "来源未写户籍还是常住，不替它补上；距数据截至日6年，不说成现在的数；来源是转载，不说成发布单位原件"
    )


def test_another_number_of_the_same_fact_stands_beside_it(facts):
    """7,928 homes at the end of 2019, and 7,801 in another report of that month."""
    assert "另有7,801家" in said(facts, "ID003")[figure.NOT_SAY]


def test_titles_of_cards_are_short(facts):
    for code in one_of_each()["observation_id"]:
        assert len(figure.card(facts, code).title) <= TITLE_LENGTH


def test_an_unknown_figure_is_an_error(facts):
    with pytest.raises(KeyError):
        figure.card(facts, "<script>")


def test_the_cards_of_the_overview_lead_to_the_cards_of_their_figures(facts):
    codes = {
        trace["figure"]
        for entry in headline.stands(facts).shape.entries
        for trace in entry.get("traces", ())
        if trace["figure"]
    }
    assert "ID008" in codes
    assert set(figure.known(facts, list(codes))["observation_id"]) == codes


def test_an_exhibit_offers_the_figures_of_its_rows_and_nothing_reckoned(facts):
    rows = headline.basics(facts).rows
    offered = figure.choices(facts, rows)
    assert set(offered) == set(rows["observation_id"]) & set(OBSERVATIONS["observation_id"])
    assert offered["ID003"] == "长三角养老机构，2019年底：7,928家"
    assert figure.choices(facts, rows.drop(columns="observation_id")) == {}


def test_a_card_is_found_by_place_and_indicator_not_by_one_of_them():
    hits = store.ask("search", words="长三角 养老机构", count=50)
    assert "sources?figure=ID003" in set(hits["link"])
    alone = store.ask("search", words="养老机构", count=50)
    assert not alone["kind"].eq("口径卡").any()


def test_a_card_has_an_address_of_its_own():
    app = seen("data/sources.py", figure="ID003")
    assert "口径卡：7,928家" in [each.value.replace("\\", "") for each in app.subheader]
    lost = seen("data/sources.py", figure="<b>无</b>")
    assert any("没有编号为" in each.value for each in lost.warning)


def test_the_page_of_word_says_all_of_the_card(facts):
    card = figure.card(facts, "ID003")
    paper = Document(io.BytesIO(page.docx(card, STAMP)))
    written = [paragraph.text for paragraph in paper.paragraphs]
    for head, words in card.shape.entries:
        assert written[written.index(head) + 1] == words
    assert card.title in written and card.source_line in written and STAMP.dated in written


def test_the_picture_holds_all_of_a_card_of_everyday_length(facts):
    """Upright there is room for every item of a card."""
    card = figure.card(facts, "ID003")
    parts = image.picture(card, STAMP, image.TALL)
    told = "".join(line for part in parts for line in getattr(part, "lines", ()))
    assert all(words in told for _head, words in card.shape.entries)
