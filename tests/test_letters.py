"""Letters that ask for data: what they say is what the store holds, and what comes back is read without a question."""

import csv
import dataclasses
import io
import re
import zipfile
from datetime import date

import docx
import pytest
import replying
from filing import REVIEWER, STEWARD, UNIT, open_desk
from opening import visit
from replying import book_of, filled
from streamlit.testing.v1 import AppTest

from eldercare import store
from eldercare.intake import accepting, forms, reading, registering, replies, returned, submissions
from eldercare.intake.decisions import KEEP, Decision
from eldercare.intake.sheets import Refused
from eldercare.letters import __main__ as command
from eldercare.letters import batch, check_sheet, official_letter, requests

# One city with little, one with tasks, one district with many homes.
THREE = ["320500", "331100", "310117"]
REPLY_BY = date(2027, 1, 15)


@pytest.fixture(scope="module")
def context(real):
    return accepting.current_context()


def words_of(data: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs if p.text]


def grid_of(place):
    """The coverage row of a place, straight from the question the page asks."""
    provinces = store.ask("places_of_level", level="province")["place_code"].tolist()
    rows = store.ask("coverage_grid", provinces=provinces)
    return rows[rows["place_code"] == place]


def test_all_41_cities_and_16_districts_get_letters(real_data):
    found = requests.every()
    places = {each.place_code for each in found}
    assert (len(places), len([p for p in places if p.startswith("3101")])) == (57, 16)
    assert {each.department for each in found} == {"民政", "医保", "卫健", "财政"}
    assert len({each.number for each in found}) == len(found)


def check_place(place, context, orders=(True,)):
    """The letters and workbooks of one place, against the store and through the intake; `orders`: with rows shuffled or not."""
    found = requests.every([place])
    rows = grid_of(place).set_index("topic")
    blank = {topic for topic, records in rows["records"].items() if not records}
    assert {topic for each in found for topic in each.blanks} == blank - {"普查人口"}
    for each in found:
        data = check_sheet.xlsx(each, context, REPLY_BY)
        letter = "\n".join(words_of(official_letter.request(each, "附件.xlsx", REPLY_BY)))
        assert each.addressee in letter
        assert all(item.asked in letter for item in each.items)
        book = book_of(data)
        told = {r[0]: r[1:] for r in book[check_sheet.GRID].iter_rows(min_row=2, values_only=True)}
        for topic, row in rows.iterrows():
            assert told[topic][:3] == (
                row["records"] or None,
                row["span"],
                "请补充" if topic in each.blanks else None,
            )
        check_homes(book, each, context)
        for shuffled in orders:
            reply = filled(data, context, shuffled)
            for table in replying.tables_of(reply):
                seen = replying.checked(reply, table)
                assert (seen.proposal.checked.errors, replying.asked(seen)) == ([], [])
                assert len(seen.acceptable) == len(seen.proposal.checked.lines) > 0, (
                    each.number,
                    table,
                )


def check_homes(book, asked, context):
    """Every known cell of a home is that of the store and locked, every other one is open."""
    if not asked.homes:
        assert "养老机构" not in book.sheetnames
        return
    form = forms.form(context.package.table("institutions"))
    names = returned.COLUMNS["institutions"]
    labels = context.gazetteer.names()
    lines = list(book["养老机构"].iter_rows(min_row=2, max_row=1 + len(asked.homes)))
    for home, cells in zip(asked.homes, lines, strict=True):
        stored = context.row("institutions", (home,))
        for name, cell in zip(names, cells, strict=True):
            known = stored[name] != ""
            assert cell.protection.locked is known
            assert (cell.value is not None) is known
            if known:
                assert cell.value == forms.cell_of(form.column(name), stored, labels)


@pytest.mark.parametrize("place", THREE)
def test_a_filled_reply_comes_back_without_a_question(place, real_data, context):
    check_place(place, context)


@pytest.mark.slow
def test_every_filled_reply_comes_back_without_a_question(real_data, context):
    for place in dict.fromkeys(each.place_code for each in requests.every()):
        check_place(place, context, (False, True))


def test_what_nobody_answered_is_no_row(real_data, context):
    asked = requests.one("320500", "民政")
    data = check_sheet.xlsx(asked, context)
    with pytest.raises(Refused, match="没有填写"):
        replying.checked(data, "observations")
    book = book_of(data)
    book["指标"]["C2"] = 30000
    seen = replying.checked(replying.bytes_of(book), "observations")
    assert [line.cells["value"] for line in seen.proposal.checked.lines] == ["30000"]


def test_a_reply_says_whose_it_is(real_data, context):
    asked = requests.one("320500", "医保")
    reply = filled(check_sheet.xlsx(asked, context), context)
    seen = replying.checked(reply, "observations")
    assert seen.submission.source == submissions.Source(
        unit="苏州市医保部门", day=replying.DAY, title=asked.number
    )


def test_a_letter_says_only_what_the_data_carry(real_data):
    asked = requests.one("320500", "民政")
    told = words_of(official_letter.request(asked, "附件.xlsx"))
    assert told[0] == official_letter.DRAFT
    whole = "\n".join(told)
    for blank in (official_letter.NUMBER, official_letter.SEAL, "表号：", "批准文号："):
        assert blank in whole
    assert "2026年11月22日" in whole
    assert re.search(r"\[1\] .+", whole), "it names its sources"
    assert not re.search("未报|未上报|未回函|督办|交办|逾期|不力", whole)
    assert not re.search(r"请于\d", whole), "no day that nobody typed"
    assert "请于2027年1月15日前回复" in "\n".join(
        words_of(official_letter.request(asked, "a", REPLY_BY))
    )


def test_the_insurance_is_named_in_full_where_it_is_read_first(real_data):
    whole = "\n".join(words_of(official_letter.request(requests.one("340100", "医保"), "a")))
    assert whole.index("长期护理保险（长护险）") < whole.index("长护险在服务老人")


def test_a_cell_reads_not_answered_only_after_a_dated_request(real):
    spans = set(grid_of("320500")["span"]) | set(grid_of("331100")["span"])
    assert not [span for span in spans if "回函" in span]


def test_the_state_of_a_request_stands_in_the_coverage(tiny_store):
    rows = tiny_store.ask("coverage_grid", provinces=["320000", "330000"]).set_index(
        ["place_code", "topic"]
    )
    asked = rows.loc[("320500", "名单")]
    told = dict(zip(rows.index, rows["span"], strict=True))
    blank = [
        topic for (code, topic), row in rows.iterrows() if code == "320500" and not row["records"]
    ]
    civil = {"年度人口", "床位", "机构", "设施", "协议", "其他往来", "名单", "动态"}
    for topic in blank:
        assert told[("320500", topic)] == ("已商请、未回函" if topic in civil else "未载")
    assert "2021年3月1日商请民政部门，请2021年4月1日前回复" in asked["hover"]


@pytest.fixture
def home(tiny, tmp_path, monkeypatch):
    yield from open_desk(tiny, tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize(
    "table",
    [
        "observations",
        "agreements",
        pytest.param("institutions", marks=pytest.mark.slow),
        pytest.param("events", marks=pytest.mark.slow),
    ],
)
def test_a_deleted_column_is_asked_about_and_nothing_is_lost(table, home):
    context = accepting.current_context()
    data = check_sheet.xlsx(requests.one("330400", "民政"), context)
    whole = replying.checked(filled(data, context), table)
    rows = [line.cells for line in whole.proposal.checked.lines]
    form = forms.form(context.package.table(table))
    for name in returned.COLUMNS[table]:
        reply = filled(data, context, without=(table, name))
        seen = replying.checked(reply, table)
        assert seen.proposal.checked.waits, name
        assert len(seen.proposal.checked.lines) == len(rows), name
        said = " ".join(f.reason for f in seen.proposal.checked.errors)
        assert form.column(name).title in said
        if name not in form.needed or (name == "place_code" and table == "institutions"):
            answers = [q.answers[0].decision for q in replying.asked(seen)]
            after = replying.checked(reply, table, answers)
            if replying.asked(after):
                assert form.column(name).required, (
                    "only a word that every row needs is asked for once more"
                )
                continue
            kept = set(returned.COLUMNS[table]) - {name}
            left = [line.cells for line in after.proposal.checked.lines]
            assert [{n: row.get(n) for n in kept} for row in left] == [
                {n: row.get(n) for n in kept} for row in rows
            ]


def accepted(draft):
    """The release that a draft becomes."""
    return accepting.accept(accepting.evaluate(submissions.submit(draft.id, STEWARD)), REVIEWER, "")


def state_of(place, department):
    rows = store.current().ask("requests_listed").set_index(["place_code", "department"])
    row = rows.loc[(place, department)]
    return row["state"], row["asked_on"], row["replied_on"], row["settled_on"]


@pytest.mark.slow
def test_a_request_goes_out_comes_back_and_is_settled(home):
    """未商请 → 已商请 → 已回函 → 已核定, each step filed and reviewed; the reply fills the cell that was blank."""
    asked = requests.one("341800", "民政")
    step = {"place_code": "宣城市", "department": "民政", "asked_on": "2026-11-01"}

    def registered(**more):
        made = registering.register([step | more], UNIT, STEWARD)
        accepting.accept(accepting.evaluate(made), REVIEWER, "")

    def cell():
        rows = store.current().ask("coverage_grid", provinces=["340000"])
        return rows.set_index(["place_code", "topic"])["span"][("341800", asked.blanks[0])]

    assert (state_of("341800", "民政")[0], cell()) == ("未商请", "未载")
    registered(reply_by="2026-12-01")
    assert (state_of("341800", "民政")[0], cell()) == ("已商请", "已商请、未回函")

    data = filled(check_sheet.xlsx(asked, accepting.current_context()), accepting.current_context())
    sheets = reading.read("回函.xlsx", data)
    drafts = replies.take("回函.xlsx", data, sheets, returned.about(sheets), STEWARD)
    assert len(drafts) == len(returned.tables(sheets)) > 1
    for draft in drafts:
        seen = accepting.evaluate(draft)
        assert (seen.proposal.checked.errors, replying.asked(seen)) == ([], [])
        accepted(draft)
    row = next(
        r for r in accepting.current_context().rows("data_requests") if r["place_code"] == "341800"
    )
    registered(request_id=row["request_id"], replied_on="2026-11-20")
    assert state_of("341800", "民政")[0] == "已回函"
    registered(request_id=row["request_id"], settled_on="2026-11-21")
    state, *days = state_of("341800", "民政")
    assert state == "已核定"
    assert [f"{day:%Y-%m-%d}" for day in days] == ["2026-11-01", "2026-11-20", "2026-11-21"]
    assert cell() == "2026年", "what came back stands in the cell"


def test_a_reply_before_its_request_is_refused(home):
    row = {
        "place_code": "宣城市",
        "department": "民政",
        "asked_on": "2026-11-01",
        "replied_on": "2026-10-01",
    }
    with pytest.raises(ValueError, match="回函日期早于商请日期"):
        registering.register([row], UNIT, STEWARD)


@pytest.mark.slow
def test_all_letters_come_in_one_archive(home):
    """Every letter opens and carries the name of its workbook; the progress never goes back."""
    found, told = requests.every(), []
    context = accepting.current_context()
    data = batch.zipped(found, context, REPLY_BY, told.append)
    assert told[-1] == 1.0 and told == sorted(told)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.namelist()
        assert len(entries) == 2 * len(found) == len(set(entries))
        for entry in entries:
            if entry.endswith(".docx"):
                (workbook,) = [
                    e
                    for e in entries
                    if e == entry.replace("商请函", "核对表").replace("docx", "xlsx")
                ]
                assert f"附件：{workbook.split('/')[1]}" in words_of(archive.read(entry))
                assert book_of(archive.read(workbook))[returned.ABOUT]["B1"].value


def test_the_command_writes_the_letters_of_places(home, tmp_path, capsys):
    file = tmp_path / "a.zip"
    assert command.main(["--places", "320500", "--reply-by", "2027-01-15", "-o", str(file)]) == 0
    with zipfile.ZipFile(file) as archive:
        letters = [archive.read(n) for n in archive.namelist() if n.endswith(".docx")]
    assert all("请于2027年1月15日前回复" in "\n".join(words_of(each)) for each in letters)
    assert "个地区" in capsys.readouterr().out
    assert command.main(["--places", "999999", "-o", str(file)]) == 1
    assert command.main(["--reply-by", "明年", "-o", str(file)]) == 1


def test_the_page_offers_the_letter_and_the_register(home):
    page = visit("data/intake.py", intake_part="商请", intake_request="320500")
    assert not page.exception
    labels = [button.label for button in page.get("download_button")]
    assert {"商请函（Word）", "核对表（Excel）"} <= set(labels)
    assert any("苏州市民政部门" in m.value for m in page.markdown)
    assert "测函〔2021〕1号" in page.table[-1].value.to_string()
    assert "未商请" not in page.table[-1].value.to_string(), "no wall of those who were not asked"


def requesting_part() -> None:
    """The desk's part on requests, alone."""
    from filing import STEWARD

    from eldercare.screen.desk import requesting

    requesting.part(STEWARD)


def test_letters_to_all_are_registered_at_once(home):
    page = AppTest.from_function(requesting_part, default_timeout=120).run()
    page.checkbox[0].check()
    for label, words in (("日期", "2026年11月1日"), ("登记单位", "测试民政局")):
        next(box for box in page.text_input if box.label == label).input(words)
    next(box for box in page.selectbox if box.label == "部门").set_value("财政")
    next(button for button in page.button if button.label == "提交登记").click().run()
    assert not page.exception and not page.error
    (made,) = submissions.listed(submissions.SUBMITTED)
    found = accepting.evaluate(made).proposal
    assert {found.rows[change.name]["department"] for change in found.changes} == {"财政"}
    assert len(found.changes) == len({each.place_code for each in requests.every()})


@pytest.mark.slow
def test_hostile_names_stay_words(tiny, home):
    """Markup, formulas, signs that turn the text round, two hundred characters: of a place, of what is asked, of a home."""
    hostile = '=HYPERLINK("http://x")<script>*粗*\u202e' + "长" * 200
    path = tiny / "institutions.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    at = rows[0].index("name")
    rows[1][at] = hostile
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    context = accepting.current_context()
    asked = requests.every(["320500"])[0]
    item = dataclasses.replace(asked.items[0], topic=hostile, asked=hostile)
    asked = dataclasses.replace(
        asked, place=hostile, label=hostile, homes=(rows[1][0],), items=(item,)
    )
    told = words_of(official_letter.request(asked, hostile + ".xlsx"))
    assert any("<script>*粗*" in words and "长" * 200 in words for words in told)
    book = book_of(check_sheet.xlsx(asked, context))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert [c.coordinate for c in cells if c.data_type == "f"] == []
    assert hostile in [c.value for c in cells]
    assert [c.value for c in book["养老机构"][2]][1] == hostile


def test_a_decision_on_a_lost_column_holds_for_one_file():
    assert not Decision("", "#lost 日期", KEEP).is_kept
