"""A steward's way in a real browser: upload, errors, fix, difference, accept, the finder shows it, roll back."""

import io

import office_list
import pytest
import xlwt

from benchmarks.serving import running
from eldercare import releases
from eldercare.releases import making

from .reading import unfold
from .test_pages import english

BROKEN = "机构名称,所在区县,总床位数,对外开放,数据日期\n测试梧桐颐养院,昆山市,120张,40,2024年9月\n测试银杏护理院,普陀区,约200,,2024年9月\n"


@pytest.fixture(scope="module")
def desk(chromium, tmp_path_factory):
    """A server of its own, with an empty home and the single-user mode on."""
    root = tmp_path_factory.mktemp("desk")
    settings = {"ELDERCARE_HOME": str(root / "var"), "ELDERCARE_INTAKE": "local"}
    with running(root / "log.txt", environment=settings) as server:
        yield server


def choose(page, label, words):
    """Pick an option of a select box by typing."""
    page.get_by_role("combobox", name=label).last.click()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


@pytest.mark.slow
def test_from_upload_to_the_finder_and_back(desk, window):
    visitor = window(desk)
    page = visitor.open("intake")
    page.locator("input[type=file]").set_input_files(
        {"name": "九月.csv", "mimeType": "text/csv", "buffer": BROKEN.encode("gb18030")}
    )
    page.get_by_text("“普陀区”不只一处").first.wait_for(timeout=30_000)
    assert page.get_by_text("不是确数").count()

    page.get_by_role("button", name="普陀区（上海）").click()
    visitor.settle()
    page.get_by_text("改正一格").click()
    choose(page, "哪一行", "第3行")
    choose(page, "哪一列", "总床位")
    page.get_by_label("改为", exact=True).fill("200")
    page.get_by_role("button", name="改正", exact=True).click()
    visitor.settle()
    page.get_by_text("0 行有错误").first.wait_for()
    assert page.get_by_text("将新增 2、修改 0、删除 0").count()
    assert page.get_by_text("没有来源，留作草稿").count()
    page.get_by_label("报送单位").fill("测试市民政局")
    page.get_by_label("报送日期").fill("2024年9月")
    page.get_by_role("button", name="保存来源与范围").click()
    visitor.settle()
    page.get_by_role("button", name="提交审核").click()
    visitor.settle()
    page.get_by_text("看板上的数据还没有变").wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "待审核1份"

    page.get_by_role("radio", name="审核").or_(
        page.get_by_role("button", name="审核", exact=True)
    ).first.click()
    page.get_by_text("测试银杏护理院").first.wait_for()
    page.get_by_role("button", name="接受2处变化").click()
    page.get_by_text("已启用版本").first.wait_for(timeout=180_000)

    reader = window(desk)
    reader.open("institutions?institutions_words=测试银杏护理院")
    reader.page.get_by_text("测试银杏护理院").first.wait_for(timeout=30_000)

    visitor.open("intake?intake_part=版本")
    page.get_by_label("理由").fill("退回：试报")
    page.keyboard.press("Enter")
    visitor.settle()
    page.get_by_role("button", name="启用", exact=True).click()
    page.get_by_text("已启用版本").first.wait_for(timeout=180_000)
    table = page.get_by_test_id("stTable").first.inner_text()
    assert "☞ 当前" in table and "测试市民政局" not in table.splitlines()[1]

    reader.open("institutions?institutions_words=测试银杏护理院")
    assert (
        "测试银杏护理院"
        not in reader.page.locator("[class*=st-key-exhibit_]").all_inner_texts().__str__()
    )

    newest = page.get_by_test_id("stTable").first.locator("a").first.inner_text()
    reader.open(f"institutions?release={newest}&institutions_words=测试银杏护理院")
    assert reader.page.get_by_text("正在查看旧版本").count()
    reader.page.get_by_text("测试银杏护理院").first.wait_for(timeout=30_000)
    visitor.open(f"intake?release={newest}")
    assert (
        page.get_by_text("本页只供阅读").count() and page.locator("input[type=file]").count() == 0
    )
    assert visitor.complaints == [] and reader.complaints == []


@pytest.mark.slow
def test_files_of_other_programs_are_told_how_to_be_saved_and_an_old_workbook_is_read(desk, window):
    page = window(desk).open("intake")
    upload = page.locator("input[type=file]")
    for name, words in (
        ("名单.et", "WPS 表格（.et）不收；请在 WPS 里“文件→另存为”"),
        ("名单.wps", "WPS 文字（.wps）不是表格"),
    ):
        upload.set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": b"\xd0\xcf\x11\xe0"}
        )
        page.get_by_text(words).first.wait_for(timeout=30_000)
    made = xlwt.Workbook()
    sheet = made.add_sheet("名单")
    for line, cells in enumerate(
        (("机构名称", "所在地区", "总床位"), ("测试旧表院", "松江区", 80))
    ):
        for column, value in enumerate(cells):
            sheet.write(line, column, value)
    buffer = io.BytesIO()
    made.save(buffer)
    upload.set_input_files(
        {"name": "名单.xls", "mimeType": "application/vnd.ms-excel", "buffer": buffer.getvalue()}
    )
    page.get_by_text("0 行有错误").first.wait_for(timeout=30_000)
    assert page.get_by_text("将新增 1、修改 0、删除 0").count()


@pytest.mark.slow
def test_without_a_setting_the_page_is_for_reading_and_says_who_can_switch_it_on(visitor):
    page = visitor.open("intake")
    assert page.get_by_text("本页暂不接收报送").is_visible()
    assert page.locator("input[type=file]").count() == 0


@pytest.mark.slow
def test_a_list_as_offices_publish_them_is_filled_in_one_sitting(desk, window, monkeypatch):
    """Four hundred and twenty homes, at most ten answers, played with the keyboard where a button has the focus."""
    listed = office_list.made()
    visitor = window(desk)
    page = visitor.open("intake")
    page.locator("input[type=file]").set_input_files(
        {"name": "名单.xlsx", "mimeType": "x", "buffer": listed.data}
    )
    page.get_by_text("个问题").first.wait_for(timeout=60_000)
    answers = {
        "在长三角以外": "不收这些行",
        "地址比所在地区细": "按地址记到区县",
        **{f"“{w}”（": a for w, a in listed.answers.items()},
    }
    assert len(answers) <= 10
    for number, (title, words) in enumerate(answers.items(), 1):
        card = page.locator("[class*=st-key-desk_question_]").filter(has_text=title).first
        card.get_by_role("button", name=words, exact=True).focus()
        page.keyboard.press("Enter")
        page.get_by_text(f"已经回答的（{number}个）").wait_for(timeout=60_000)
        visitor.settle()
    page.get_by_text("0 行有错误").first.wait_for(timeout=60_000)
    assert page.get_by_text(f"将新增 {len(listed.expected)}、修改 0、删除 0").count()
    page.get_by_label("报送单位").fill("测试市民政局")
    page.get_by_label("报送日期").fill("2024年9月")
    page.get_by_role("button", name="保存来源与范围").click()
    visitor.settle()
    page.get_by_role("button", name="提交审核").click()
    visitor.settle()
    page.get_by_text("看板上的数据还没有变").wait_for()
    visitor.open("intake?intake_part=审核")
    page.get_by_role("button", name=f"接受{len(listed.expected)}处变化").click()
    page.get_by_text("已启用版本").first.wait_for(timeout=240_000)
    assert visitor.complaints == []

    monkeypatch.setenv("ELDERCARE_HOME", str(desk.log.parent / "var"))
    now = releases.active()
    stored = {row["name"]: row for row in releases.rows(now.datasets, "institutions")}
    words = {
        row["institution_id"]: row["value_text"]
        for row in releases.rows(now.datasets, "institution_claims")
        if "原文" in row["field"]
    }
    for name, wanted in listed.expected.items():
        row = stored[name]
        written = words.get(row["institution_id"], row["ownership"])
        assert {field: written if field == "written" else row[field] for field in wanted} == wanted
    assert {row["written"] for row in releases.rows(now.datasets, "intake_decisions")} >= {
        "民营",
        "公办（建）",
    }


@pytest.mark.slow
def test_an_older_release_stays_chosen_in_what_is_folded_out_and_on_the_next_page(
    window, tmp_path, monkeypatch
):
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "var"))
    old = releases.activate(making.snapshot("甲").id, "甲", "首个版本")
    rows = releases.rows(old.datasets, "sources")
    rows[0]["note"] = "改过"
    made = making.create(
        old.datasets,
        {"sources": rows},
        kind="intake",
        author="甲",
        reason="第二版",
        parent=old.id,
        repository=old.id,
    )
    new = releases.activate(made.id, "甲", "启用")
    with running(tmp_path / "log.txt") as server:
        visitor = window(server)
        page = visitor.open(f"overview?release={old.short}")
        main = page.get_by_test_id("stMain")
        assert page.get_by_text("正在查看旧版本").count()
        unfold(page.locator("[class*=st-key-exhibit_]").first, "引用")
        page.get_by_text("@misc{").first.wait_for()
        assert old.id in main.inner_text() and new.short not in main.inner_text()
        page.get_by_role("link", name="来源与口径").click()
        page.wait_for_url("**/sources**")
        visitor.settle()
        assert page.get_by_text("正在查看旧版本").count()
        assert f"release={old.short}" in page.url
        visitor.open("overview?release=deadbeef")
        assert page.get_by_text("没有版本“deadbeef”").count()
        assert f"（{new.short}）" in main.inner_text()


# Files as a hand drops them, several at once too: name, kind as the browser calls it, size.
DROP = """([box, files]) => {
  const held = new DataTransfer();
  files.forEach(([name, type, size]) => held.items.add(new File([new Uint8Array(size).fill(65)], name, {type})));
  ['dragenter', 'dragover', 'drop'].forEach(name =>
    box.dispatchEvent(new DragEvent(name, {dataTransfer: held, bubbles: true, cancelable: true})));
}"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "files,told",
    [
        ([("名单.pdf", "application/pdf", 9)], "PDF 不收"),
        ([("名单.et", "", 9)], "WPS 表格（.et）不收"),
        ([("名单.csv", "text/csv", 21 * 2**20)], "文件不能超过20"),
        ([("一.csv", "text/csv", 9), ("二.csv", "text/csv", 9)], "一次只收一个文件"),
    ],
    ids=["another kind", "a kind without a name", "too large", "two at once"],
)
def test_why_a_file_is_not_taken_is_said_in_chinese(desk, window, files, told):
    visitor = window(desk)
    page = visitor.open("intake")
    box = page.get_by_test_id("stFileUploader").first
    area = box.get_by_test_id("stFileUploaderDropzone")
    page.evaluate(DROP, [area.element_handle(), [list(each) for each in files]])
    page.get_by_text(told).first.wait_for(timeout=60_000)
    assert english(page) == set()
