"""名单 → 床位 → 入住 → 结算 and the rules of benefits that go along: what is known, and that nothing is made up where nothing is."""

from datetime import date

import pandas as pd
import pytest
from conftest import DATASETS
from test_pictures import HOSTILE

from eldercare import store
from eldercare.exhibits import TITLE_LENGTH, Facts, ladder

POLICIES = pd.read_csv(DATASETS / "portability_policies.csv", dtype=str, keep_default_na=False)
DAY = date(2026, 11, 22)


@pytest.fixture
def real():
    store.current.cache_clear()
    yield
    store.current.cache_clear()


def rungs(value) -> dict[str, str]:
    return dict(zip(value.rows["name"], value.rows["figure"], strict=True))


class Told(Facts):
    """Facts of which some questions are answered otherwise: what a later release will hold."""

    def ask(self, question, **parameters):
        rows = super().ask(question, **parameters)
        return ANSWERS[question](rows) if question in ANSWERS else rows


ANSWERS: dict = {}


def cases(*told) -> pd.DataFrame:
    rows = pd.DataFrame(told, columns=["origin", "destination", "cases_words", "date"])
    return rows.assign(
        date=pd.to_datetime(rows["date"]), scheme_title="长护险", date_precision="by_date",
        evidence="摘录", source_id="W15",
    )  # fmt: skip


def test_the_rungs_of_today(real):
    value = ladder.ladder(Facts(DAY))
    assert rungs(value) == {
        "名单": "57家",
        "床位": "25,698张",
        "入住": ladder.NONE,
        "结算": ladder.NONE,
    }
    assert value.title == "名单、床位有数，入住、结算暂无统一数据"
    assert value.rows["observation_id"].dropna().tolist() == ["ID007", "ID008"]


def test_before_the_list_there_is_no_figure_on_any_rung(real):
    assert set(rungs(ladder.ladder(Facts(date(2019, 1, 1)))).values()) == {ladder.NONE}


def test_a_rung_shows_the_newest_period_and_adds_nothing_up(real, monkeypatch):
    told = cases(
        ("上海市", "苏州市", "12", "2021-06-30"),
        ("上海市", "苏州市", "少于10", "2021-12-31"),
        ("上海市", "嘉兴市", "20", "2021-12-31"),
        ("上海市", "嘉兴市", None, "2022-12-31"),
    )
    monkeypatch.setitem(ANSWERS, "settled_cases", lambda _rows: told)
    value = ladder.ladder(Told(DAY))
    row = value.rows.iloc[-1]
    assert row["figure"] == "上海市参保人在苏州市：长护险少于10件"
    assert row["when"] == "截至2021年底" and "另有1行" in row["beside"]
    assert "结算" in value.title.partition("，")[0] and "32" not in str(value.rows.values)
    # Of a day before the report nothing of it is known.
    assert rungs(ladder.ladder(Told(date(2021, 1, 1))))["结算"] == ladder.NONE


def test_rules_are_the_words_of_the_policies(real):
    value = ladder.rules(Facts(DAY))
    rows = value.rows.set_index("place")
    kept = POLICIES[POLICIES["statement"].isin(["rule", "condition", "amount"])]
    shanghai = kept[kept["insured_code"] == "310000"]["words"].tolist()
    told = rows.loc["上海市"]
    assert sorted(f"{told['assessment']}；{told['insurance']}".split("；")) == sorted(
        part for words in shanghai for part in words.split("；")
    )
    assert told["assessment"] == "评估失能等级为二至六级"
    assert rows.loc["靖江市", "validity"] == "截至2025年7月21日；止期未载"
    assert set(rows["subsidy"]) == {"未载"}
    assert (
        rows.loc["江苏省、浙江省、安徽省", ["assessment", "subsidy", "insurance"]].eq("未载").all()
    )
    assert value.title == "待遇接续：2地写明，3省（市）未载"
    assert "养老服务补贴（财政部门）" in value.columns.values()


def test_titles_stay_short_whatever_is_known(real, monkeypatch):
    for day in (date(2019, 1, 1), date(2021, 1, 31), DAY):
        for make in (ladder.ladder, ladder.rules):
            assert len(make(Facts(day)).title) <= TITLE_LENGTH
    monkeypatch.setitem(
        ANSWERS, "settled_cases", lambda _rows: cases(("甲", "乙", "12", "2021-06-30"))
    )
    assert len(ladder.ladder(Told(DAY)).title) <= TITLE_LENGTH


@pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_name_stays_words(real, monkeypatch, name):
    monkeypatch.setitem(
        ANSWERS, "settled_cases", lambda _rows: cases((name, name, "12", "2021-06-30"))
    )
    value = ladder.ladder(Told(DAY))
    assert value.rows.iloc[-1]["figure"] == f"{name}参保人在{name}：长护险12件"
    assert len(value.title) <= TITLE_LENGTH
