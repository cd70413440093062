"""What the rows say is what their source says: whose names, which dates, whose role, which class.

Expectations are read off the sources by hand and compared with the CSV files, never with a question of the product.
"""

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from eldercare.data import build, persons, validation

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
        named += [
            (path.name, column, cell)
            for row in rows
            for column, cell in row.items()
            if persons.named(cell)
        ]
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
    path.write_text(
        path.read_text(encoding="utf-8").replace("测试公文", "测试局长张某某致辞", 1),
        encoding="utf-8",
    )
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
    assert set(dated.values()) == {
        ("2021-12-31", "今年（2021年）"),
        ("2021-12-31", "年内（2021年）"),
    }
    platforms = [row for row in table("tasks") if row["task_id"] in PLATFORMS]
    assert len(platforms) == 5 and all(
        "鼓励" in row["due_text"] and row["title"].endswith("共建共享平台") for row in platforms
    )


# --- roles in the words of the source ---


def test_each_unit_has_the_word_of_its_source():
    part = {row["task_id"]: row["task_list_id"] for row in table("tasks")}
    part |= {task: "platforms" for task in PLATFORMS}
    words = defaultdict(Counter)
    for row in table("task_units"):
        words[part[row["task_id"]]][row["role_words"]] += 1
    # S003: 22 cells of the column 责任单位; 州民政局 leads one, 84 times a unit shares by duty, the counties answer for all 22.
    assert words["TL-HONGHE-2024"] == {
        "牵头": 1,
        "按职责分工负责": 84,
        "均需各县市人民政府负责": 22,
    }
    assert words["TL-YRD-2021"] == {"推动": 1, "全面开展": 1, "再新推": 1, "发布": 1, "开展": 1}
    assert words["platforms"] == {"鼓励上海的各区": 5, "与苏浙皖三省的相关城市": 5, "鼓励": 5}
    assert words["TL-LISHUI"] == {"将开展": 4, "结对": 12}
    assert words["TL-YRD-RESULTS"] == {"": 1, "促进": 1, "加强": 1, "签署": 2, "合作共建": 3}
    assert words["TL-SOJOURN-6"] == {"开展紧密合作": 3}


def test_only_the_first_task_of_honghe_has_a_lead():
    leads = [
        (row["task_id"], row["unit"], row["role_words"])
        for row in table("task_units")
        if row["role"] == "lead"
    ]
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
            written = (
                re.search(r"“(.+)”", row["note"]).group(1)
                if row["note"].startswith("原文写作")
                else row["unit"]
            )
            written = written.replace("（", "(").replace("）", ")")
            assert written in task["quote"] or row["unit"] == "各县市人民政府", (
                task["task_id"],
                row["unit"],
            )


# --- the class of a source is what the source is ---


def test_a_document_is_an_order_or_a_formal_answer():
    """News of a website, an answer to a question and a report are no 公文."""
    classes = {row["source_id"]: row["source_class"] for row in table("sources")}
    assert {code for code, kind in classes.items() if kind == "公文"} == {"S003", "W06"}
    assert {code for code, kind in classes.items() if kind == "官网信息"} == {
        "S001",
        "W33",
        "W54",
        "X30",
        "X43",
        "X55",
        "X66",
    }
    assert {code for code, kind in classes.items() if kind == "官方统计"} == {
        "X25",
        "X26",
        "X34",
        "X48",
        "X49",
        "CEN2010",
        "CEN2020",
        "R42",
    }
    assert {classes[code] for code in ("X40", "X58", "X59", "W35")} == {"媒体"}, (
        "newspapers that reported themselves"
    )


# --- an event is dated by when it happened ---

DATED = (
    ("events", "event_id"),
    ("observations", "observation_id"),
    ("agreements", "agreement_id"),
    ("bases", "base_id"),
    ("institution_claims", "claim_id"),
    ("portability_policies", "policy_id"),
)
# One quote may hold two dates, or tell of a plan beside what is; each is named here with the reason.
TWO_DATES = {
    "从2010年的约1200张发展到如今的4200张左右": "then and now",
    "结对遂昌县王村口等10个红色康养乡镇": "the town is named on the page, the agreement is planned for 2023",
    "从2021年1月起,年满60周岁以上": "the start is an event, the policy holds since",
    "开展五批全国居家和社区养老服务改革试点城市交流活动": "the exchange is planned for 2021, the batches of pilots are there",
    "养老机构共计699家，床位数共计12.6万张": "a stock at the end of the year, and what was added during it",
    "养老机构729家，床位数共计16.36万张": "a stock at the end of the year, and what was added during it",
    "pilot basis in three districts of Xuhui,": "an event of the year, a number of the day of the page",
    "护理型床位占比从2020年的48%提升至65.7%": "then and now",
}


def test_one_claim_has_one_date():
    """The same words of the same source carry the same day and precision in every table."""
    days = defaultdict(set)
    for name, _key in DATED:
        for row in table(name):
            if row["quote"] and not row["quote"].startswith(tuple(TWO_DATES)):
                days[row["source_id"], row["quote"]].add(
                    (row["date"], row["date_precision"], row["date_label"])
                )
    assert {quote: found for quote, found in days.items() if len(found) > 1} == {}


def test_nothing_that_is_is_dated_after_the_page_that_says_so():
    """What a page calls 目前 holds until the day of the page, not until the end of its month."""
    published = {row["source_id"]: row["published"] for row in table("sources")}
    late = []
    for name, key in DATED[:2]:
        for row in table(name):
            day, page = row["date"], published[row["source_id"]]
            # 新建130多家 of this year, done or to be done: a number that may be an aim does not say what is.
            coming = row.get("planned") == "true" or row.get("kind") in {
                "target",
                "plan",
                "unclear",
            }
            # A month or a year that something happened in is dated by its last day.
            happened = name == "events" and row["date_precision"] in {"month", "year"}
            if day and page and day > page and not coming and not happened:
                late.append(row[key])
    assert late == []


def test_figures_of_2019_were_published_in_2021():
    event = by("events", "event_id")["EV017"]
    assert (event["date"], event["date_precision"]) == ("2021-01-05", "by_date")
    assert "2019年底" in event["title"] and "公布" in event["title"]


def test_states_that_a_report_calls_present_hold_until_its_day():
    events = by("events", "event_id")
    told = {
        code: (events[code]["date"], events[code]["date_precision"])
        for code in ("EV018", "EV019", "EV024", "EV025", "EV043", "EV054")
    }
    assert told == {
        "EV018": ("2020-12-31", "by_date"),
        "EV019": ("2020-04-07", "by_date"),
        "EV024": ("2020-10-26", "by_date"),
        "EV025": ("2020-10-26", "by_date"),
        "EV043": ("2021-03-20", "by_date"),
        "EV054": ("2021-12-20", "by_date"),
    }


# --- 13 + 27: who says signed, and who says 对接 ---


def test_signing_by_the_end_of_2020_comes_from_the_report_that_says_so():
    rows = by("observations", "observation_id")
    shown = [
        (
            row["observation_id"],
            row["indicator_code"],
            row["value"],
            row["source_id"],
            row["date"],
            row["date_label"],
        )
        for row in rows.values()
        if row["indicator_code"] in {"signed_districts", "signed_places"}
        and row["shown"] == "true"
        and row["value"] in {"13", "27"}
    ]
    assert shown == [
        ("ID096", "signed_districts", "13", "W12", "2020-12-31", "截至2020年底"),
        ("ID097", "signed_places", "27", "W12", "2020-12-31", "截至2020年底"),
    ]
    for code in ("ID009", "ID010"):
        assert (rows[code]["source_id"], rows[code]["date"], rows[code]["shown"]) == (
            "S002",
            "2020-12-31",
            "false",
        )
        assert "没有写签署" in rows[code]["shown_reason"]
    for code in ("ID012", "ID013"):
        assert "不是签署" in rows[code]["note"] and rows[code]["kind"] == "target"
    assert "签署" not in by("events", "event_id")["EV018"]["title"]


def test_a_goal_of_linking_is_not_subtracted_from_signatures():
    promises = by("task_promises", "promise_id")
    assert [promises[code]["comparable"] for code in ("PM011", "PM012")] == ["false", "false"]


# --- a concept is no quantity ---


def test_a_number_in_a_name_is_no_value():
    """15分钟生活圈, 4件…等, 五批…城市, 千亿…, 双示范: names. The pilots' batches are a number of their own, not of exchanges."""
    promises = by("task_promises", "promise_id")
    assert [promises[code]["observation_id"] for code in ("PM007", "PM008", "PM019")] == [
        "",
        "",
        "",
    ]
    rows, titles = by("observations", "observation_id"), by("indicators", "indicator_code")
    assert (rows["ID056"]["value"], rows["ID056"]["value_text"]) == ("", "15分钟生活圈")
    assert "其中一件" in titles[rows["ID055"]["indicator_code"]]["title"], (
        "four matters, one of them travel"
    )
    assert (rows["ID017"]["kind"], rows["ID017"]["value"]) == ("actual", "5")
    assert "批数" in titles[rows["ID017"]["indicator_code"]]["title"]
    practices = by("practices", "practice_id")
    assert [practices[code]["value"] for code in ("PG010", "PG051", "PG078")] == ["", "", ""]


NAMES_WITH_NUMBERS = re.compile(r"\d+分钟(?:生活圈|健身圈)|五批全国|“?千亿|双示范|十助|四万三进")


def test_no_value_rests_on_a_quote_that_is_a_name():
    held = [
        (name, row[key])
        for name, key in (("observations", "observation_id"), ("practices", "practice_id"))
        for row in table(name)
        if row["value"]
        and NAMES_WITH_NUMBERS.search(row["quote"])
        and row["observation_id"] != "ID017"
    ]
    assert held == []


# --- what belongs to what ---


def test_the_rhythm_belongs_to_the_work_under_the_national_assessment():
    """S004 ties 月报告、季调度、半年通报 to 全国民政重点工作综合评估; the 22 indicators stand in another sentence."""
    rows = table("reporting_rhythms")
    assert [
        (row["indicator_code"], row["task_list_id"], row["subject"], row["wording"]) for row in rows
    ] == [
        ("", "", "老龄工作（纳入全国民政重点工作综合评估后）", "月报告"),
        ("", "", "老龄工作（纳入全国民政重点工作综合评估后）", "季调度"),
        ("", "", "老龄工作（纳入全国民政重点工作综合评估后）", "半年通报"),
    ]
    assert all("全国民政重点工作综合评估后" in row["quote"] for row in rows)


def test_no_home_is_said_to_be_on_the_list_of_57():
    """Whether 上海市首批异地养老机构名单, which names 东亭乡, is the delta's is not said; the page on 爱晚工程项目 names no home."""
    claims = {
        row["institution_id"]: (row["list_words"], row["source_id"])
        for row in table("institution_list_members")
    }
    assert claims == {
        "IN021": ("上海市首批异地养老机构名单", "W70"),
        "IN023": ("首批长三角异地养老机构", "R07"),
    }, "claims beside the list"
    assert all("不算能确认的一家" in row["note"] for row in table("institution_list_members"))
    assert {row["place_code"] for row in table("institution_list_places")} == {
        "320582",
        "330400",
        "341700",
        "341800",
    }
    claim = by("institution_claims", "claim_id")["IC041"]
    assert claim["value_text"].startswith("上海市首批异地养老机构名单")


def test_seven_districts_and_eight_cities_signed_by_name():
    """W12 names six and six; W07 and W08 show 虹口, 宣城 and 张家港, a county-level city."""
    places = by("places", "place_code")
    signed = [row["place_code"] for row in table("cooperation_status") if row["signed"] == "yes"]
    levels = Counter(places[code]["level"] for code in signed)
    assert levels == {"district": 7, "city": 7, "county": 1}
    assert [places[code]["name"] for code in signed if places[code]["level"] == "county"] == [
        "张家港市"
    ]


# --- what a row says of its source, no more and no less ---


def test_a_measure_keeps_the_verb_and_the_condition_of_its_document():
    """What is encouraged, promoted or allowed within means is not written as done; 牵头 only where the document writes it."""
    measures = by("task_actions", "action_id")
    assert "牵头" not in " ".join(row["summary"] for row in measures.values())
    for code, verb in {
        "TA012": "推进", "TA027": "协调", "TA036": "鼓励", "TA041": "督促", "TA054": "督促", "TA055": "不新增政府隐性债务", "TA056": "风险可控",
    }.items():  # fmt: skip
        assert verb in measures[code]["summary"], code
    practices = by("practices", "practice_id")
    for code, words in {
        "PG009": "经济困难", "PG017": "方案的六大行动之一", "PG075": "筹备", "PG122": "根据自身财力情况可", "PG124": "结合财力状况", "PG126": "推动",
    }.items():  # fmt: skip
        assert words in practices[code]["detail"], code
    assert "12348" in practices["PG001"]["detail"] and "热线与12345" in practices["PG001"]["detail"]
    assert not re.search(
        "12348.{0,40}与12345.{0,12}联动", practices["PG001"]["detail"].split("；")[0]
    )


def test_a_number_of_a_practice_is_printed_in_its_source():
    """What this project counted itself (1个法庭（点名）, 2市) is no number of the source."""
    for row in by("practices", "practice_id").values():
        assert not (row["value"] and re.search(r"点名|^[区市]$|^方面$|处室", row["unit"])), row[
            "practice_id"
        ]


def test_a_fact_is_evidence_once_and_only_after_its_task():
    """An event and the agreement it signs are one result; what may be older than its task is no progress."""
    told = {code: row["relation"] for code, row in by("task_links", "link_id").items()}
    proving = {
        code
        for code, relation in told.items()
        if relation in ("result", "partial", "pilot", "start")
    }
    assert proving.isdisjoint({"LK044", "LK058", "LK061", "LK063", "LK072", "LK073"})
    assert Counter(told.values())["result"] == 3


def test_an_assessment_is_the_occasion_of_a_rhythm_not_its_addressee():
    for row in by("reporting_rhythms", "rhythm_id").values():
        assert row["subject"].startswith("老龄工作（") and "来源未写" in row["note"]


def test_the_indicator_is_called_what_its_quote_counts():
    titles = by("indicators", "indicator_code")
    assert "养老服务机构" in titles["socially_run_share"]["title"]
    assert "已签" not in titles["signed_places_counties"]["title"], (
        "the source writes 已有 and 对接"
    )


def test_a_quote_in_another_language_has_its_rendering_and_ends_at_a_word():
    """Nobody needs English to read what a number rests on; a rendering belongs to a quote that is recorded, word for word."""
    recorded: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path in DATASETS.glob("*.csv"):
        if path.stem != "quote_renderings":
            for row in table(path.stem):
                if row.get("quote"):
                    recorded[row["source_id"], row["quote"]].add(path.stem)
    rendered = {
        (row["source_id"], row["quote"]): row["rendering"] for row in table("quote_renderings")
    }
    assert set(rendered) <= set(recorded), "no rendering without its quote"
    sources = {source for source, _quote in rendered}
    foreign = {
        (s, q)
        for s, q in recorded
        if s in sources and re.search("[A-Za-zぁ-ん]{3}", q) and not re.search("[一-龥]{6}", q)
    }
    assert foreign <= set(rendered), foreign - set(rendered)
    assert len(rendered) == 64 and all(re.search("[一-龥]|%", words) for words in rendered.values())
    assert not [q for _s, q in rendered if re.search(r"(?:hal|cantee|40/1)$", q)], (
        "cut inside a word"
    )
    # The digits of a rendering are those of its quote, thousands and millions in 万.
    for (_source, quote), words in rendered.items():
        for whole in re.findall(r"\d[\d,]*\.?\d*(?=%)", words):
            assert whole in quote, (quote, words)
