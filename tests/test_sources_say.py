"""What the rows say is what their source says: whose names, which dates, whose role, which class.

Expectations are read off the sources by hand and compared with the CSV files, never with a question of the product.
"""

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from eldercare import build, persons, validation

HERE = Path(__file__).resolve().parent
DATASETS = HERE.parent / "datasets"
PLATFORMS = {"TK028", "TK029", "TK030", "TK031", "TK032"}


def table(name, folder=DATASETS):
    with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by(name, key):
    return {row[key]: row for row in table(name)}


# --- only offices, never names of persons ---


def test_no_cell_names_a_person():
    """Every text of every table, the invented list included."""
    named = []
    for path in sorted(DATASETS.rglob("*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        named += [(path.name, column, cell) for row in rows for column, cell in row.items() if persons.named(cell)]
    assert named == []


@pytest.mark.parametrize(
    "text,name",
    [
        ("广东省民政厅厅长甄某某致辞", "甄某某"),
        ("四川省民政厅厅长多吉次仁致辞", "多吉次仁"),
        ("贵州省民政厅副厅长王某,陕西省民政厅", "王某"),
        ("上海现代服务业联合会会長鄭某某在研討會上表示", "郑某某"),
        ("某市民政局局長朱某某發布了十項成果", "朱某某"),
        ("朱某某发布了长三角养老服务一体化发展十项成果", "朱某某"),
        ("赵某主席率队出席协商活动", "赵某"),
        ("深化合作年1月5日在滬啟動。 劉某某攝 年內", "刘某某"),
        ("Shanghai opened more homes, Wang Xiaoming said", "Wang Xiaoming"),
    ],
)
def test_the_ways_in_which_sources_name_persons_are_caught(text, name):
    assert persons.named(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "省委副书记任主任，两名副省长任副主任，成员单位",
        "养老护理员资格、养老机构院长从业资质互认",
        "长三角示范区养老机构院长培训班结业",
        "市民政局相关负责人表示,丽水是全省典型的山区市",
        "〔姓名略〕主席率队出席九城市政协协商活动",
        "分管民政工作和卫生健康工作的两名副省长任副主任",
        "沪苏浙皖民政厅（局）领导每年开展互访交流",
    ],
)
def test_offices_alone_are_no_names(text):
    assert persons.named(text) == []


def test_the_check_of_the_datasets_says_which_cell_names_a_person(tiny, capsys):
    path = tiny / "sources.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("测试公文", "测试局长张某某致辞", 1), encoding="utf-8")
    validation.read(tiny)  # a release that was published before stays readable
    assert build.main(["--check", "--datasets", str(tiny)]) == 1
    assert re.search(r"sources\.csv 第2行 title列：像是人名：张某某", capsys.readouterr().err)


def test_the_names_of_two_sources_are_gone():
    """The three quotes and the title that held one, by their row."""
    result = "发布了长三角养老服务一体化发展十项成果"
    rows = (
        by("events", "event_id")["EV041"],
        by("observations", "observation_id")["ID016"],
        by("task_lists", "task_list_id")["TL-YRD-RESULTS"],
    )
    assert [row["quote"] for row in rows] == [result] * 3
    assert by("sources", "source_id")["W33"]["title"].startswith("〔姓名略〕主席率队出席")


# --- a deadline stands only with the tasks for which the source states it ---


def test_only_the_first_five_tasks_of_2021_have_a_day():
    dated = {row["task_id"]: (row["due"], row["due_text"]) for row in table("tasks") if row["due"]}
    assert set(dated) == {"TK023", "TK024", "TK025", "TK026", "TK027"}
    assert set(dated.values()) == {("2021-12-31", "今年（2021年）"), ("2021-12-31", "年内（2021年）")}
    platforms = [row for row in table("tasks") if row["task_id"] in PLATFORMS]
    assert len(platforms) == 5 and all("鼓励" in row["due_text"] and row["title"].endswith("共建共享平台") for row in platforms)


# --- roles in the words of the source ---


def test_each_unit_has_the_word_of_its_source():
    part = {row["task_id"]: row["task_list_id"] for row in table("tasks")}
    part |= {task: "platforms" for task in PLATFORMS}
    words = defaultdict(Counter)
    for row in table("task_units"):
        words[part[row["task_id"]]][row["role_words"]] += 1
    # S003: 22 cells of the column 责任单位; 州民政局 leads one, 84 times a unit shares by duty, the counties answer for all 22.
    assert words["TL-HONGHE-2024"] == {"牵头": 1, "按职责分工负责": 84, "均需各县市人民政府负责": 22}
    assert words["TL-YRD-2021"] == {"推动": 1, "全面开展": 1, "再新推": 1, "发布": 1, "开展": 1}
    assert words["platforms"] == {"鼓励上海的各区": 5, "与苏浙皖三省的相关城市": 5, "鼓励": 5}
    assert words["TL-LISHUI"] == {"将开展": 4, "结对": 12}
    assert words["TL-YRD-RESULTS"] == {"": 1, "促进": 1, "加强": 1, "签署": 2, "合作共建": 3}
    assert words["TL-SOJOURN-6"] == {"开展紧密合作": 3}


def test_only_the_first_task_of_honghe_has_a_lead():
    leads = [(row["task_id"], row["unit"], row["role_words"]) for row in table("task_units") if row["role"] == "lead"]
    assert leads == [("TK001", "州民政局", "牵头")]


def test_the_quote_of_a_task_of_honghe_holds_the_words_of_its_units():
    """The cell 责任单位 is quoted to its end, so no role is lost with it."""
    units = defaultdict(list)
    for row in table("task_units"):
        units[row["task_id"]].append(row)
    for task in table("tasks"):
        if task["task_list_id"] != "TL-HONGHE-2024":
            continue
        assert "按职责分工负责" in task["quote"], task["task_id"]
        for row in units[task["task_id"]]:
            written = re.search(r"“(.+)”", row["note"]).group(1) if row["note"].startswith("原文写作") else row["unit"]
            written = written.replace("（", "(").replace("）", ")")
            assert written in task["quote"] or row["unit"] == "各县市人民政府", (task["task_id"], row["unit"])


# --- the class of a source is what the source is ---


def test_a_document_is_an_order_or_a_formal_answer():
    """News of a website, an answer to a question and a report are no 公文."""
    classes = {row["source_id"]: row["source_class"] for row in table("sources")}
    assert {code for code, kind in classes.items() if kind == "公文"} == {"S003", "W06"}
    assert {code for code, kind in classes.items() if kind == "官网信息"} == {"S001", "W33", "W54", "X30", "X55"}
    assert {code for code, kind in classes.items() if kind == "官方统计"} == {"X25", "X26", "X34", "X48", "X49", "CEN2010", "CEN2020"}
    assert {classes[code] for code in ("X40", "X58", "X59", "W35")} == {"媒体"}, "newspapers that reported themselves"
