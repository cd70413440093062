"""Broken datasets are refused with file, line and column, and never leave a file behind."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from eldercare.data import build, built, derived, validation
from eldercare.data.build import content_hash
from eldercare.data.validation import BrokenDatasets, Problem

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def nothing_built(tmp_path, monkeypatch):
    """What was built before is copied; here it is to be built."""
    monkeypatch.setattr(build, "BUILD_DIR", tmp_path / "nothing built")


def edit(path: Path, old: str, new: str, count: int = 1) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, (
        f"{path.name} has no {old!r}: the test no longer breaks what it means to break"
    )
    path.write_text(text.replace(old, new, count), encoding="utf-8", newline="")


def line_of(path: Path, start: str) -> int:
    """The line, as an editor counts, that begins with `start`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(start))


def append(path: Path, line: str) -> int:
    """Add a line at the end and return its number."""
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(line + "\n")
    return len(path.read_text(encoding="utf-8").splitlines())


def set_cell(path: Path, row: str, column: str, value: str) -> int:
    """Change one cell of the row that begins with the key `row`; returns its line. Cells without quotes only."""
    lines = path.read_text(encoding="utf-8").splitlines()
    line = line_of(path, row + ",")
    cells = lines[line - 1].split(",")
    cells[lines[0].split(",").index(column)] = value
    lines[line - 1] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return line


def wrong_type(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "institutions.csv", "I1", "beds_total", "一百")
    return "institutions.csv", line, "beds_total", "“一百”不是整数"


def full_width_digits(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "institutions.csv", "I1", "beds_total", "１００")
    return "institutions.csv", line, "beds_total", "“１００”不是整数"


def digits_with_separator(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "observations.csv", "BED-2017", "value", "1e3")
    return "observations.csv", line, "value", "“1e3”不是数字"


def duplicate_key(data: Path) -> tuple[str, int, str, str]:
    path = data / "events.csv"
    first = line_of(path, "E1,")
    line = append(path, path.read_text(encoding="utf-8").splitlines()[first - 1])
    return "events.csv", line, "event_id", f"主键重复：“E1”已见于第{first}行"


def duplicate_pair(data: Path) -> tuple[str, int, str, str]:
    path = data / "agreement_parties.csv"
    first = line_of(path, "A2,3,")
    line = append(path, path.read_text(encoding="utf-8").splitlines()[first - 1])
    return (
        "agreement_parties.csv",
        line,
        "agreement_id+party_no",
        f"主键重复：“A2 3”已见于第{first}行",
    )


def duplicate_label(data: Path) -> tuple[str, int, str, str]:
    path = data / "places.csv"
    first, line = line_of(path, "310107,"), set_cell(path, "310109", "label", "普陀区（上海）")
    return "places.csv", line, "label", f"不可重复：“普陀区（上海）”已见于第{first}行"


def unknown_place(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "institutions.csv", "I1", "place_code", "999999")
    return "institutions.csv", line, "place_code", "“999999”不在地区（places）表中"


def unknown_parent(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "places.csv", "310107", "parent_code", "319999")
    return "places.csv", line, "parent_code", "“319999”不在地区（places）表中"


def negative_beds(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "institutions.csv", "I1", "beds_total", "-5")
    return "institutions.csv", line, "beds_total", "-5 小于下限 0"


def word_outside_enum(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "institutions.csv", "I1", "kind", "hotel")
    return "institutions.csv", line, "kind", "“hotel”不在允许的取值内"


def required_cell_empty(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "institutions.csv", "I1", "name", "")
    return "institutions.csv", line, "name", "不能为空"


def stray_space(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "institutions.csv", "I1", "place_code", "320582 ")
    return "institutions.csv", line, "place_code", "“320582 ”前后有空格"


def missing_column(data: Path) -> tuple[str, int, str, str]:
    path = data / "tiles.csv"
    rows = [line.rsplit(",", 1)[0] for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return "tiles.csv", 1, "tile_column", "缺少这一列"


def extra_column(data: Path) -> tuple[str, int, str, str]:
    path = data / "tiles.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join([rows[0] + ",colour", *(row + ",red" for row in rows[1:])]) + "\n",
        encoding="utf-8",
    )
    return "tiles.csv", 1, "colour", "多出这一列"


def swapped_columns(data: Path) -> tuple[str, int, str, str]:
    edit(data / "tiles.csv", "place_code,tile_row,tile_column", "place_code,tile_column,tile_row")
    return "tiles.csv", 1, "", "列的次序应为 place_code, tile_row, tile_column"


def too_few_cells(data: Path) -> tuple[str, int, str, str]:
    return "tiles.csv", append(data / "tiles.csv", "320582,4"), "", "有 2 格，应有 3 格"


def gbk_bytes(data: Path) -> tuple[str, int, str, str]:
    path = data / "sources.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))
    return "sources.csv", 2, "", "不是 UTF-8 编码，请用 UTF-8 另存后再试"


def empty_file(data: Path) -> tuple[str, int, str, str]:
    (data / "events.csv").write_bytes(b"")
    return "events.csv", 0, "", "文件是空的，至少要有表头"


def missing_file(data: Path) -> tuple[str, int, str, str]:
    (data / "events.csv").unlink()
    return "events.csv", 0, "", "文件不存在"


def truncated_json(data: Path) -> tuple[str, int, str, str]:
    path = data / "datapackage.json"
    lines = path.read_text(encoding="utf-8").splitlines()
    half = len(lines) // 2
    path.write_text("\n".join(lines[:half]), encoding="utf-8")
    return "datapackage.json", half, "", "不是完整的 JSON"


def json_of_another_shape(data: Path) -> tuple[str, int, str, str]:
    (data / "datapackage.json").write_text("[]", encoding="utf-8")
    return "datapackage.json", 0, "", "不是数据包说明"


def json_without_date(data: Path) -> tuple[str, int, str, str]:
    path = data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    del package["asOf"]
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    return "datapackage.json", 0, "", "缺少条目 asOf"


def change_package(data: Path, table: str, change) -> None:
    path = data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    change(next(entry for entry in package["resources"] if entry["name"] == table))
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")


def describe(data: Path, change) -> None:
    """Change the whole of `datapackage.json`."""
    path = data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    change(package)
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")


def change_field(data: Path, table: str, column: str, **parts) -> None:
    """Give one column of one table other entries in `datapackage.json`."""

    def change(entry):
        next(field for field in entry["schema"]["fields"] if field["name"] == column).update(parts)

    change_package(data, table, change)


def as_of_that_is_no_day(data: Path) -> tuple[str, int, str, str]:
    describe(data, lambda package: package.update(asOf="2026-11-31"))
    return "datapackage.json", 0, "", "asOf “2026-11-31”不是日期（年-月-日）"


def as_of_that_is_no_word(data: Path) -> tuple[str, int, str, str]:
    describe(data, lambda package: package.update(asOf=20261122))
    return "datapackage.json", 0, "", "asOf “20261122”不是日期（年-月-日）"


def no_tables_at_all(data: Path) -> tuple[str, int, str, str]:
    describe(data, lambda package: package.update(resources=[]))
    return "datapackage.json", 0, "", "没有任何数据表（resources）"


def two_tables_of_one_name(data: Path) -> tuple[str, int, str, str]:
    describe(
        data,
        lambda package: package["resources"].append(
            next(e for e in package["resources"] if e["name"] == "tiles")
        ),
    )
    return "datapackage.json", 0, "", "tiles 说明了两次"


def unknown_type(data: Path) -> tuple[str, int, str, str]:
    change_field(data, "tiles", "tile_row", type="int")
    return (
        "datapackage.json",
        0,
        "",
        "tiles 的 tile_row 类型“int”不认识；可用：string、integer、number、date、boolean",
    )


def pattern_that_is_none(data: Path) -> tuple[str, int, str, str]:
    change_field(data, "tiles", "place_code", constraints={"pattern": "[0-9"})
    return "datapackage.json", 0, "", "tiles 的 place_code 写法规则（pattern）“[0-9”不是正则表达式"


def limit_that_is_no_number(data: Path) -> tuple[str, int, str, str]:
    change_field(data, "tiles", "tile_row", constraints={"minimum": "零"})
    return "datapackage.json", 0, "", "tiles 的 tile_row 上下限（minimum）“零”不是数字"


def words_that_are_no_list(data: Path) -> tuple[str, int, str, str]:
    change_field(data, "tiles", "place_code", constraints={"enum": "甲乙"})
    return "datapackage.json", 0, "", "tiles 的 place_code 取值（enum）不是一串文字"


def rules_that_are_no_entries(data: Path) -> tuple[str, int, str, str]:
    change_field(data, "tiles", "place_code", constraints=["required"])
    return "datapackage.json", 0, "", "tiles 的 place_code 规则（constraints）不是条目"


def primary_key_without_column(data: Path) -> tuple[str, int, str, str]:
    change_package(data, "tiles", lambda entry: entry["schema"].update(primaryKey=["code"]))
    return "datapackage.json", 0, "", "tiles 的主键 code 不是它的列"


def key_to_nowhere(data: Path) -> tuple[str, int, str, str]:
    def change(entry):
        entry["schema"]["foreignKeys"].append(
            {"fields": ["place_code"], "reference": {"resource": "planets", "fields": ["code"]}}
        )

    change_package(data, "institutions", change)
    return "datapackage.json", 0, "", "institutions 的外键 place_code 指向不存在的 planets.code"


def keys_in_a_circle(data: Path) -> tuple[str, int, str, str]:
    def change(entry):
        key = {
            "fields": ["place_code"],
            "reference": {"resource": "institutions", "fields": ["institution_id"]},
        }
        entry["schema"].setdefault("foreignKeys", []).append(key)

    change_package(data, "places", change)
    return "datapackage.json", 0, "", "外键成环"


def row_check_that_is_no_sql(data: Path) -> tuple[str, int, str, str]:
    change_package(
        data,
        "institutions",
        lambda entry: entry["rowChecks"].append(
            {"check": "no_such_column > (", "field": "name", "message": "不会"}
        ),
    )
    return "datapackage.json", 0, "", "institutions 的规则写错了：no_such_column > ("


def wrong_date(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "events.csv", "E1", "date", "2019-11-31")
    return "events.csv", line, "date", "“2019-11-31”不是日期（年-月-日）"


def date_as_excel_writes_it(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "events.csv", "E1", "date", "2019/11/30")
    return "events.csv", line, "date", "“2019/11/30”不是日期（年-月-日）"


def broken_row_check(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "institutions.csv", "I1", "beds_open", "101")
    return "institutions.csv", line, "beds_open", "对外开放床位多于总床位"


def doubtful_on_display(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "observations.csv", "BED-RIVAL", "shown", "true")
    return "observations.csv", line, "shown", "存疑的数值不能作为显示值"


def negative_value(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "observations.csv", "BED-2017", "value", "-5")
    return "observations.csv", line, "value", "数值不能为负"


def half_a_bed(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "observations.csv", "BED-2017", "value", "100.5")
    return "observations.csv", line, "value", "人、家、张、个、所必须是整数"


def more_than_everybody(data: Path) -> tuple[str, int, str, str]:
    set_cell(data / "observations.csv", "BED-2017", "indicator_code", "share_60plus")
    line = set_cell(data / "observations.csv", "BED-2017", "value", "121.75")
    return "observations.csv", line, "value", "占比不能超过100%"


def two_claims_on_display(data: Path) -> tuple[str, int, str, str]:
    path = data / "observations.csv"
    first = line_of(path, "BED-2017,")
    append(
        path,
        path.read_text(encoding="utf-8")
        .splitlines()[first - 1]
        .replace("BED-2017,", "BED-TWIN,", 1),
    )
    return (
        "observations.csv",
        first,
        "shown",
        "同一地区、指标、日期、口径的数据只能有一条作为显示值",
    )


def successor_that_is_no_place(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "places.csv", "310107", "successor_codes", "310109;319999")
    return "places.csv", line, "successor_codes", "后继地区代码不在地区（places）表中"


def link_to_an_unreviewed_host(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "sources.csv", "S1", "url", "https://gov.cn.example.com/page")
    return "sources.csv", line, "linkable", "只有经过审核的网站"


def link_that_is_a_script(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "sources.csv", "S1", "url", "javascript:alert('gov.cn')")
    return "sources.csv", line, "linkable", "只有经过审核的网站"


OUTLINE = {
    "type": "Feature",
    "properties": {
        "code": "310107",
        "name": "普陀区",
        "level": "district",
        "lon": 121.4,
        "lat": 31.2,
    },
    "geometry": {"type": "Polygon", "coordinates": [[[121, 31], [122, 31], [122, 32], [121, 31]]]},
}


def outlines_cut_short(data: Path) -> tuple[str, int, str, str]:
    text = json.dumps({"features": [OUTLINE]}, indent=1)
    (data / "boundaries.geojson").write_text(text[:200], encoding="utf-8")
    return "boundaries.geojson", text[:200].count("\n") + 1, "", "不是完整的 JSON"


def outline_of_an_unknown_place(data: Path) -> tuple[str, int, str, str]:
    strange = {**OUTLINE, "properties": {**OUTLINE["properties"], "code": "999999"}}
    (data / "boundaries.geojson").write_text(
        json.dumps({"features": [OUTLINE, strange]}), encoding="utf-8"
    )
    return "boundaries.geojson", 0, "", "第2个轮廓的代码 999999 不在地区（places）表中"


def outline_twice(data: Path) -> tuple[str, int, str, str]:
    (data / "boundaries.geojson").write_text(
        json.dumps({"features": [OUTLINE, OUTLINE]}), encoding="utf-8"
    )
    return "boundaries.geojson", 0, "", "第2个轮廓的代码 310107 重复"


def outline_left_open(data: Path) -> tuple[str, int, str, str]:
    ring = OUTLINE["geometry"]["coordinates"][0][:-1]
    open_one = {**OUTLINE, "geometry": {"type": "Polygon", "coordinates": [[*ring, [121, 33]]]}}
    (data / "boundaries.geojson").write_text(json.dumps({"features": [open_one]}), encoding="utf-8")
    return "boundaries.geojson", 0, "", "第1个轮廓（310107）没有闭合"


def control_character(data: Path) -> tuple[str, int, str, str]:
    line = set_cell(data / "institutions.csv", "I1", "address", "测试路\x001号")
    return "institutions.csv", line, "address", "含有看不见的控制字符"


def quote_left_open(data: Path) -> tuple[str, int, str, str]:
    line = append(data / "tiles.csv", '320582,"4,1')
    return "tiles.csv", line, "", "CSV 格式有误"


def quote_inside_a_cell(data: Path) -> tuple[str, int, str, str]:
    line = append(data / "tiles.csv", '"320582"x,4,1')
    return "tiles.csv", line, "", "CSV 格式有误"


BREAKS = [
    wrong_type, full_width_digits, digits_with_separator, duplicate_key, duplicate_pair, duplicate_label,
    unknown_place, unknown_parent, negative_beds, word_outside_enum, required_cell_empty, stray_space,
    missing_column, extra_column, swapped_columns, too_few_cells, gbk_bytes, empty_file, missing_file,
    truncated_json, json_of_another_shape, json_without_date, as_of_that_is_no_day, as_of_that_is_no_word, no_tables_at_all,
    two_tables_of_one_name, unknown_type, pattern_that_is_none, limit_that_is_no_number, words_that_are_no_list,
    rules_that_are_no_entries, primary_key_without_column, key_to_nowhere, keys_in_a_circle, row_check_that_is_no_sql, wrong_date, date_as_excel_writes_it,
    broken_row_check, doubtful_on_display, negative_value, half_a_bed, more_than_everybody, two_claims_on_display,
    successor_that_is_no_place, link_to_an_unreviewed_host, link_that_is_a_script,
    outlines_cut_short, outline_of_an_unknown_place, outline_twice, outline_left_open, control_character, quote_left_open, quote_inside_a_cell,
]  # fmt: skip


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda broken: broken.__name__)
def test_broken_datasets_are_refused_by_name(tiny, tmp_path, break_it):
    build_dir = tmp_path / "build"
    build_dir.mkdir()
    file, line, column, reason = break_it(tiny)
    with pytest.raises(BrokenDatasets) as caught:
        build.build(tiny, build_dir)
    first = caught.value.problems[0]
    assert (first.file, first.line, first.column) == (file, line, column)
    assert first.reason.startswith(reason)
    assert list(build_dir.iterdir()) == []


def test_a_build_that_fails_half_way_cleans_up(tiny, tmp_path, monkeypatch):
    """Tables are loaded, then a view does not fit them: the unfinished file goes too."""
    views = tmp_path / "views"
    views.mkdir()
    (views / "broken.sql").write_text("select no_such_column from places", encoding="utf-8")
    monkeypatch.setattr(build, "VIEWS", views)
    with pytest.raises(duckdb.BinderException):
        build.build(tiny, tmp_path / "build")
    assert list((tmp_path / "build").iterdir()) == []


def test_several_faults_are_named_at_once(tiny):
    first = set_cell(tiny / "institutions.csv", "I1", "beds_total", "many")
    second = set_cell(tiny / "institutions.csv", "I2", "lon", "500")
    third = set_cell(tiny / "events.csv", "E1", "planned", "yes")
    with pytest.raises(BrokenDatasets) as caught:
        validation.read(tiny)
    found = {(problem.file, problem.line, problem.column) for problem in caught.value.problems}
    assert found == {
        ("institutions.csv", first, "beds_total"),
        ("institutions.csv", second, "lon"),
        ("events.csv", third, "planned"),
    }


def test_a_problem_reads_as_a_sentence():
    assert str(Problem("a.csv", 3, "beds", "太多")) == "a.csv 第3行 beds列：太多"
    assert str(Problem("a.csv", 0, "", "文件不存在")) == "a.csv：文件不存在"


def test_excels_byte_order_mark_and_line_ends_are_accepted(tiny):
    path = tiny / "sources.csv"
    before = validation.read(tiny)[1]["sources"]
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert validation.read(tiny)[1]["sources"] == before


def check(datasets: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "eldercare.data.build", "--check", "--datasets", str(datasets)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", env=UTF8
    )


UTF8 = {**os.environ, "PYTHONIOENCODING": "utf-8"}


def test_command_names_the_broken_cell_and_exits_with_1(tiny):
    line = set_cell(tiny / "institutions.csv", "I1", "beds_total", "-5")
    answer = check(tiny)
    assert answer.returncode == 1
    assert answer.stderr.strip() == f"institutions.csv 第{line}行 beds_total列：-5 小于下限 0"
    assert answer.stdout == ""


@pytest.mark.parametrize(
    "break_it",
    [as_of_that_is_no_day, no_tables_at_all, unknown_type, pattern_that_is_none],
    ids=lambda b: b.__name__,
)
def test_command_names_a_fault_of_the_description_without_a_traceback(tiny, break_it, capsys):
    reason = break_it(tiny)[3]
    assert build.main(["--check", "--datasets", str(tiny)]) == 1
    told = capsys.readouterr()
    assert told.err.startswith(f"datapackage.json：{reason}")
    assert told.out == ""


def test_command_reports_on_good_data(tiny):
    answer = check(tiny)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert re.search(r"^institutions +6 行", answer.stdout, re.M)
    assert re.search(r"^observations .*空值：.*date 2", answer.stdout, re.M)
    assert "年份 2010—2023；未注明日期 2 条" in answer.stdout
    assert "取值不一致的数据 3 组；存疑 2 条" in answer.stdout


@pytest.mark.slow
def test_tables_hold_what_the_files_say(tiny, tmp_path):
    with duckdb.connect(str(build.build(tiny, tmp_path / "build")), read_only=True) as connection:
        ask = connection.execute
        assert ask(
            "select beds_total, beds_open, residents from institutions where institution_id = 'I1'"
        ).fetchone() == (100, 40, None)
        assert ask("select count(*) from observations where date is null").fetchone() == (2,)
        assert ask("select name from institutions where institution_id = 'I4'").fetchone() == (
            '=HYPERLINK("x")',
        )
        for name, rows in validation.read(tiny)[1].items():
            assert ask(f"select count(*) from {name}").fetchone() == (len(rows),), name


def test_name_of_the_file_follows_the_data(tiny, tmp_path):
    before = content_hash(tiny)
    assert content_hash(tiny) == before
    path = build.build(tiny, tmp_path / "build")
    assert path.name == f"{before}.duckdb"
    set_cell(tiny / "institutions.csv", "I1", "beds_total", "101")
    assert content_hash(tiny) != before
    set_cell(tiny / "institutions.csv", "I1", "beds_total", "100")
    assert content_hash(tiny) == before
    edit(tiny / "datapackage.json", "养老", "敬老")
    assert content_hash(tiny) != before


BUILD = "import sys; from pathlib import Path; from eldercare.data import build; print(build.build(Path(sys.argv[1]), Path(sys.argv[2])))"
# Has loaded all it needs and waits for a line before it begins.
WAITING_BUILD = BUILD.replace(
    "print(",
    "from eldercare.data import pinyin; pinyin.spelled('养老'); print('ready', flush=True); input(); print(",
)


def start_build(tiny: Path, build_dir: Path, code: str = BUILD) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, str(tiny), str(build_dir)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**UTF8, "ELDERCARE_BUILD": str(build_dir)},
    )


def is_whole(path: Path) -> bool:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("select content_hash from release").fetchone() == (path.stem,)


@pytest.mark.slow
def test_two_builds_at_once_end_with_one_whole_file(tiny, tmp_path):
    build_dir = tmp_path / "build"
    other = start_build(tiny, build_dir, WAITING_BUILD)
    assert other.stdout.readline().strip() == "ready", other.stderr.read()
    other.stdin.write("\n")
    other.stdin.flush()
    mine = build.build(tiny, build_dir)
    theirs, told = other.communicate(timeout=60)
    assert other.returncode == 0, told
    assert mine == Path(theirs.strip()) == build_dir / f"{content_hash(tiny)}.duckdb"
    assert list(build_dir.iterdir()) == [mine]
    assert is_whole(mine)


# Stops, without ending, where every table is loaded but the release is not yet written.
STOPPED_BUILD = """
import os, signal, sys
from pathlib import Path
from eldercare.data import build
load = build._load
def load_and_stop(*arguments):
    load(*arguments)
    print("loaded", flush=True)
    signal.pause()
build._load = load_and_stop
build.build(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_killed_build_leaves_nothing_under_the_final_name(tiny, tmp_path):
    build_dir = tmp_path / "build"
    process = start_build(tiny, build_dir, STOPPED_BUILD)
    assert process.stdout.readline().strip() == "loaded", process.stderr.read()
    assert list(build_dir.iterdir()), (
        "the build was to be killed in the middle, with an unfinished file on disk"
    )
    process.kill()
    process.communicate(timeout=20)
    assert list(build_dir.glob("*.duckdb")) == []
    path = build.build(tiny, build_dir)
    assert is_whole(path)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_build_killed_at_any_moment_leaves_nothing_half_made(tiny, tmp_path):
    """Kills at growing delays from the first byte on disk to the end: what bears the final name is whole."""
    for step in range(12):
        build_dir = tmp_path / f"build{step}"
        process = start_build(tiny, build_dir)
        while process.poll() is None and not build_dir.exists():
            time.sleep(0.001)
        time.sleep(step * 0.03)
        process.kill()
        process.communicate(timeout=20)
        assert all(is_whole(path) for path in build_dir.glob("*.duckdb"))
        shutil.rmtree(build_dir, ignore_errors=True)


def spelled_by(monkeypatch) -> list[str]:
    """Names that are spelled from now on."""
    names, spell = [], derived.pinyin.spelled
    monkeypatch.setattr(
        derived.pinyin, "spelled", lambda words: names.append(words) or spell(words)
    )
    return names


@pytest.mark.slow
def test_only_new_names_are_spelled_and_the_others_stay_findable(tiny, tmp_path, monkeypatch):
    first = build.build(tiny, tmp_path / "build")
    spelled = spelled_by(monkeypatch)
    path = tiny / "institutions.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("测试湖滨养老院", "测试长乐院"), encoding="utf-8"
    )
    second = build.build(tiny, tmp_path / "build")
    assert second != first and spelled == ["测试长乐院"]
    with built.open_file(second) as connection:
        found = dict(connection.execute("select words, spelled from institution_pinyin").fetchall())
    assert "changleyuan" in found["测试长乐院"] and all(found.values()) and len(found) > 2


def test_what_other_rules_spelled_is_spelled_again(tiny, tmp_path, monkeypatch):
    first = build.build(tiny, tmp_path / "build")
    assert derived.spelled_before([first])
    monkeypatch.setattr(derived, "version", lambda package: "another")
    assert derived.spelled_before([first]) == {}
    assert derived.spelled_before([]) == {}
