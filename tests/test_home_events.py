"""A home that closed, changed its name, moved or merged: an event with a date and a source; the home itself is never lost."""

from datetime import date

import pytest
from asking import FACETS
from filing import REVIEWER, STEWARD, UNIT, accepted, book, csv_of, errors, evaluated, open_desk
from opening import visit
from streamlit.testing.v1 import AppTest

from eldercare import store
from eldercare.exhibits import home_events as findings
from eldercare.intake import accepting, deleting, submissions
from eldercare.intake.decisions import TAKE, Decision
from eldercare.intake.understood import Doubt
from eldercare.measures import missing

TODAY = date(2024, 10, 8)
HEADER = ("机构", "变动", "日期", "新名称、新地址或并入的机构")


@pytest.fixture
def home(tiny, tmp_path, monkeypatch):
    yield from open_desk(tiny, tmp_path, monkeypatch)


def rows(table: str) -> list[dict[str, str]]:
    return accepting.current_context().rows(table)


def told(*values: str) -> bytes:
    return csv_of(HEADER, *values)


@pytest.mark.slow
def test_events_are_handed_in_like_everything_else(home):
    before = rows("institutions")
    data = told(
        ("测试江畔护理院", "停业", "2024年3月", ""), ("I2", "更名", "2024-05-01", "测试湖滨颐养院")
    )
    found = evaluated(data, "institution_events", "a.csv")
    assert errors(found) == [] and len(found.acceptable) == 2
    accepted(data, "institution_events", "a.csv")
    stored = [
        (r["institution_id"], r["kind"], r["date"], r["date_precision"], r["became"])
        for r in rows("institution_events")[2:]
    ]
    assert stored == [
        ("I1", "closed", "2024-03-31", "month", ""),
        ("I2", "renamed", "2024-05-01", "day", "测试湖滨颐养院"),
    ]
    sources = accepting.current_context().by_key("sources")
    assert {sources[r["source_id"]]["publisher"] for r in rows("institution_events")[2:]} == {
        UNIT.unit
    }
    assert (
        rows("institution_events")[2]["quote"]
        == "机构：测试江畔护理院；变动：停业；日期：2024年3月"
    )
    assert rows("institutions") == before, "an event takes nothing away and writes nothing over"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("I1", "更名", "2024年3月", ""), "更名写新名称"),
        (("I1", "停业", "", ""), "不能为空"),
        (("I1", "停业", "2099年3月", ""), "之后"),
        (("没有的院", "停业", "2024年3月", ""), "没有“没有的院”"),
        (("I1", "倒闭", "2024年3月", ""), "不在可选的词里"),
    ],
)
def test_what_is_no_event_is_said_with_its_line(home, row, words):
    found = evaluated(told(row), "institution_events", "a.csv", today=TODAY)
    assert [line for line, _reason in errors(found)] == [2]
    assert words in errors(found)[0][1]


LIST = book(
    ("测试湖滨养老院", "嘉善县", 50, "", "", ""), ("测试新颐院", "张家港市", 100, "", "", "")
)
WITHIN = {"complete": True, "within": ("320582",)}


@pytest.mark.slow
def test_a_complete_list_offers_closing_instead_of_deleting(home):
    found = evaluated(LIST, **WITHIN)
    assert [c.key for c in found.proposal.changes if c.kind == "gone"] == [("I1",)]
    closed = deleting.happened(("I1",), "closed", "2024年3月", "", TODAY)
    found = evaluated(LIST, **WITHIN, decisions=(closed,))
    assert [c.kind for c in found.proposal.changes if c.table == "institutions"] == ["new"]
    (event,) = [c for c in found.acceptable if c.table == "institution_events"]
    assert found.proposal.words[event.name] == "测试江畔护理院 停业（2024年3月）"

    accepted(LIST, **WITHIN, decisions=(closed,))
    assert "I1" in {r["institution_id"] for r in rows("institutions")}
    last = rows("institution_events")[-1]
    assert (last["institution_id"], last["kind"], last["date"], last["date_precision"]) == (
        "I1",
        "closed",
        "2024-03-31",
        "month",
    )
    assert (last["quote"], last["confidence"]) == (
        "完整名单里没有“测试江畔护理院”；报送单位注明：停业（2024年3月）",
        "official",
    )

    again = evaluated(LIST, **WITHIN)
    assert [c for c in again.proposal.changes if c.key == ("I1",)] == [], (
        "who is known to be closed is not missed again"
    )


@pytest.mark.slow
def test_a_closed_home_on_a_list_is_said(home):
    accepted(told(("I1", "停业", "2024年3月", "")), "institution_events", "a.csv")
    found = evaluated(book(("测试江畔护理院", "张家港市", 100, "", "", "")))
    words = [f.reason for f in found.proposal.checked.findings if f.line == 2]
    assert any("2024年3月停业" in reason for reason in words), words


@pytest.mark.slow
def test_a_new_name_on_the_list_is_the_same_home(home):
    """Chosen at the desk: the home that is missing is the new row; its name changes and the day of the change is kept."""
    same = Decision("institution_id", "测试新颐院（张家港市）", TAKE, "I1")
    renamed = deleting.happened(("I1",), "renamed", "2024年3月", "测试新颐院", TODAY)
    accepted(LIST, **WITHIN, decisions=(same, renamed))
    home_now = next(r for r in rows("institutions") if r["institution_id"] == "I1")
    assert home_now["name"] == "测试新颐院"
    assert "测试江畔护理院" in {
        c["value_text"]
        for c in rows("institution_claims")
        if c["institution_id"] == "I1" and c["field"] == "name"
    }
    assert [
        (r["kind"], r["became"]) for r in rows("institution_events") if r["institution_id"] == "I1"
    ][1:] == [("renamed", "测试新颐院")]


@pytest.mark.parametrize(
    ("kind", "day", "became", "words"),
    [
        ("closed", "", "", "日期"),
        ("closed", "2099年", "", "晚于今天"),
        ("renamed", "2024年3月", "", "新名称"),
        ("closed", "去年", "", "不是日期"),
    ],
)
def test_an_event_without_its_day_or_its_words_is_not_taken(home, kind, day, became, words):
    with pytest.raises(Doubt, match=words):
        deleting.happened(("I1",), kind, day, became, TODAY)


def test_an_event_needs_a_source_like_every_row(home):
    closed = deleting.happened(("I1",), "closed", "2024年3月", "", TODAY)
    draft = submissions.start("a.xlsx", LIST, "institutions", STEWARD)
    submissions.change(draft.id, STEWARD, **WITHIN, decisions=(closed,))
    seen = accepting.evaluate(submissions.submit(draft.id, STEWARD))
    assert [c for c in seen.acceptable if c.table == "institution_events"] == []
    with pytest.raises(accepting.NothingToAccept):
        accepting.accept(seen, REVIEWER, "")


def missing_part() -> None:
    """The desk's part on what a list lacks, alone; the submission is the one that is open."""
    from filing import STEWARD

    from eldercare.intake import accepting, submissions
    from eldercare.screen.desk import missing

    (draft,) = submissions.listed(submissions.DRAFT)
    missing.part(accepting.evaluate(draft), STEWARD)


def test_the_desk_asks_what_became_of_a_home(home):
    draft = submissions.start("a.xlsx", LIST, "institutions", STEWARD)
    submissions.change(draft.id, STEWARD, **WITHIN, source=UNIT)
    page = AppTest.from_function(missing_part, default_timeout=120).run()
    assert "停业、更名、迁址、合并写明日期" in page.markdown[0].value
    (name,) = next(box for box in page.multiselect if box.label == "哪家有变动").options
    for box in page.multiselect:
        if box.label == "哪家有变动":
            box.select(name)
    page.button[0].click().run()
    assert [e.value for e in page.error] == [
        "请写变动的日期，写到知道的程度：2024年3月，或 截至2024年9月30日"
    ]
    page.text_input[0].input("2024年3月")
    page.selectbox[0].select("更名")
    page.selectbox[1].select("测试新颐院")
    page.button[0].click().run()
    assert not page.exception and not page.error
    found = accepting.evaluate(submissions.read(draft.id))
    assert [(c.table, c.kind, c.key) for c in found.acceptable] == [
        ("institutions", "changed", ("I1",)),
        ("institution_events", "new", ("+I1",)),
    ]


@pytest.mark.slow
def test_the_finder_shows_ended_homes_only_when_asked(home):
    """From the day on; a home that moved or changed its name is still there."""
    accepted(
        told(
            ("I1", "停业", "2024年3月", ""),
            ("I2", "更名", "2024年5月", "测试湖滨颐养院"),
            ("I4", "合并", "2024-06-30", "测试大院"),
        ),
        "institution_events",
        "a.csv",
    )

    def found(day: str, ended: list[str] | None) -> dict[str, str]:
        asked = {
            "demo": False,
            "words": "",
            "insured": None,
            "as_of": date.fromisoformat(day),
            "chosen": {**dict.fromkeys(FACETS), "ended": ended},
        }
        order = {"sort": "place", "from_lon": None, "from_lat": None, "first": 0, "count": 50}
        listed = store.current().ask("institution_rows", **asked, **order)
        assert store.current().ask("institution_totals", **asked).iloc[0]["institutions"] == len(
            listed
        )
        return dict(zip(listed["institution_id"], listed["ended_words"].fillna(""), strict=True))

    assert found("2024-03-30", None) == {"I1": "", "I2": "", "I3": "", "I4": ""}
    assert found("2024-03-31", None) == {"I2": "", "I3": "", "I4": ""}
    assert found("2024-12-31", None) == {"I2": "", "I3": ""}
    assert found("2024-12-31", ["也列出"]) == {
        "I1": "2024年3月停业",
        "I2": "",
        "I3": "",
        "I4": "2024年6月30日并入测试大院",
    }
    changes = store.current().ask("institution_changes", institution="I2", as_of=date(2024, 12, 31))
    assert findings.changes(changes) == "有变动记录：更名；2024年5月更名：测试湖滨颐养院"


@pytest.mark.slow
def test_the_profile_and_the_switch_of_the_finder_speak(home):
    accepted(told(("I1", "停业", "2024年3月", "")), "institution_events", "a.csv")
    page = visit("institutions/profile.py", institution="I1")
    assert any(m.value.startswith("有变动记录：停业") for m in page.subheader)
    assert any(m.value.startswith("2024年3月停业") for m in page.caption)
    page = visit("institutions/directory.py")
    assert [t.label for t in page.toggle if "停业" in t.label] == ["也列出已停业、已合并的1家"]
    before = " ".join(m.value for m in page.subheader)
    after = " ".join(
        m.value for m in visit("institutions/directory.py", institutions_ended="true").subheader
    )
    assert "找到3家" in before and "找到4家" in after


def listed(day: str, words: str = "") -> dict[str, tuple[str, str]]:
    """What the finder calls each home on a day, and the address it gives."""
    asked = {
        "demo": False,
        "words": words,
        "insured": None,
        "as_of": date.fromisoformat(day),
        "chosen": dict.fromkeys(FACETS),
    }
    order = {"sort": "place", "from_lon": None, "from_lat": None, "first": 0, "count": 50}
    found = store.current().ask("institution_rows", **asked, **order)
    return {
        row.institution_id: (row.called, "" if missing(row.address) else row.address)
        for row in found.itertuples()
        if row.institution_id in ("I1", "I2")
    }


@pytest.fixture
def renamed(home):
    """One home has a new name from May 2024 on, and another from September; the other home moved in between."""
    accepted(
        told(
            ("I2", "更名", "2024-05-01", "测试湖滨颐养院"),
            ("I2", "更名", "2024-09-01", "测试湖滨康养中心"),
            ("I1", "迁址", "2024-06-01", "测试新区2号"),
        ),
        "institution_events",
        "a.csv",
    )


@pytest.mark.slow
def test_a_home_carries_its_new_name_and_address_from_that_day_on(renamed):
    before = rows("institutions")
    assert listed("2024-04-30") == {
        "I1": ("测试江畔护理院", "测试路1号"),
        "I2": ("测试湖滨养老院", ""),
    }
    assert listed("2024-06-01") == {
        "I1": ("测试江畔护理院", "测试新区2号"),
        "I2": ("测试湖滨颐养院（原名测试湖滨养老院）", ""),
    }
    assert listed("2024-10-01")["I2"] == (
        "测试湖滨康养中心（原名测试湖滨养老院、测试湖滨颐养院）",
        "",
    )
    assert rows("institutions") == before, "stored claims stay"


@pytest.mark.slow
@pytest.mark.parametrize("words", ["湖滨养老", "湖滨颐养", "康养中心", "cshbkyzx", "cshbyly"])
def test_every_name_finds_it(renamed, words):
    assert "I2" in listed("2024-10-01", words)


@pytest.mark.slow
def test_the_search_of_the_site_names_it_anew_and_says_the_old_name(renamed):
    for words in ("测试湖滨养老院", "测试湖滨颐养院", "测试湖滨康养中心"):
        hits = store.current().ask("search", words=words, count=8)
        (hit,) = hits[hits["id"] == "I2"].itertuples()
        assert hit.title == "测试湖滨康养中心"
        assert "原名测试湖滨养老院、测试湖滨颐养院" in hit.detail


@pytest.mark.slow
def test_who_moved_stands_at_the_centre_of_its_place_until_a_list_says_where(home):
    def point(day: str):
        asked = {"institutions": ["I2"], "insured": None, "as_of": date.fromisoformat(day)}
        row = store.current().ask("institutions_compared", **asked).iloc[0]
        return row["address"], row["point_precision"], row["lon"] == 120.9

    accepted(told(("I2", "迁址", "2024-06-01", "测试新区2号")), "institution_events", "a.csv")
    assert point("2024-05-31") == (None, "town", True)
    assert point("2024-06-01") == ("测试新区2号", "county", False)


@pytest.mark.slow
def test_the_profile_shows_both_names_each_with_its_source(renamed):
    page = visit("institutions/profile.py", institution="I2")
    assert page.title[0].value.startswith("测试湖滨康养中心（")
    assert "原名测试湖滨养老院、测试湖滨颐养院" in page.title[0].value
    fields = store.current().ask("institution_fields", institution="I2", as_of=date(2024, 10, 1))
    names = fields[fields["field"] == "name"]
    assert dict(zip(names["words"], names["standing"], strict=True)) == {
        "测试湖滨养老院": "此前",
        "测试湖滨颐养院": "此前",
        "测试湖滨康养中心": "采用",
    }
    assert set(names.set_index("words").loc["测试湖滨养老院", ["source_id"]]) == {"S1"}
    fields = store.current().ask("institution_fields", institution="I1", as_of=date(2024, 10, 1))
    found = fields[fields["field"] == "address"]
    assert dict(zip(found["words"], found["standing"], strict=True)) == {
        "测试路1号": "此前",
        "测试新区2号": "采用",
    }


@pytest.mark.slow
def test_a_home_that_merged_points_to_the_other(home):
    accepted(told(("I2", "合并", "2024-06-30", "测试江畔护理院")), "institution_events", "a.csv")
    (change,) = (
        store.current()
        .ask("institution_changes", institution="I2", as_of=date(2024, 12, 31))
        .itertuples()
    )
    assert (change.became, change.link) == ("测试江畔护理院", "institution?institution=I1")
    page = visit("institutions/profile.py", institution="I2")
    assert any("institution?institution=I1" in str(table.value.to_dict()) for table in page.table)


@pytest.mark.slow
def test_where_a_later_list_has_written_the_new_name_the_old_one_is_shown_before(home):
    """Chosen at the desk: the name in the table is the new one, the old one a claim beside it."""
    same = Decision("institution_id", "测试新颐院（张家港市）", TAKE, "I1")
    renamed = deleting.happened(("I1",), "renamed", "2024年3月", "测试新颐院", TODAY)
    accepted(LIST, **WITHIN, decisions=(same, renamed))
    assert listed("2024-03-30")["I1"][0] == "测试江畔护理院"
    assert listed("2024-03-31")["I1"][0] == "测试新颐院（原名测试江畔护理院）"
