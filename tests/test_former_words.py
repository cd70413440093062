"""Links that people kept: an address with words of before opens the view it was made for."""

import ast

import pytest
from menu import ROOT
from opening import visit

from eldercare.screen.filters import FORMER_WORDS

pytestmark = pytest.mark.usefixtures("real_data")


@pytest.mark.parametrize(
    "script,query,key,value",
    [
        ("tasks/progress.py", {"tasks_view": "督办总表"}, "tasks_view", "任务跟踪表"),
        (
            "tasks/progress.py",
            {"tasks_status": "□ 暂无公开证据"},
            "tasks_status",
            ["□ 公开资料未载结果"],
        ),
        # One word of before beside one of today: neither is lost.
        (
            "tasks/progress.py",
            {"tasks_status": ["◇ 仅见试点", "□ 暂无公开证据"]},
            "tasks_status",
            ["◇ 仅见试点", "□ 公开资料未载结果"],
        ),
        *(
            (
                "institutions/directory.py",
                {f"institutions_{facet}": "未上报"},
                f"institutions_{facet}",
                ["未载"],
            )
            for facet in (
                "available",
                "open",
                "price",
                "size",
                "type",
                "care",
                "medical",
                "ownership",
            )
        ),
        (
            "institutions/directory.py",
            {"institutions_county": "区县未上报"},
            "institutions_county",
            ["区县未载"],
        ),
        (
            "institutions/directory.py",
            {"cities": ["城市未上报", "南京"]},
            "cities",
            ["城市未载", "南京"],
        ),
        (
            "institutions/directory.py",
            {"demo": "true", "institutions_ownership": "民办"},
            "institutions_ownership",
            ["民建民营"],
        ),
    ],
)
def test_an_old_link_restores_its_view(script, query, key, value):
    app = visit(script, **query)
    assert app.session_state[key] == value
    assert app.warning.len == 0, "nothing was asked for in vain"


@pytest.mark.parametrize(
    "script,query,code",
    [
        ("situation/bed_trends.py", {"beds_place": "宣城市"}, "341800"),
        ("tasks/indicators.py", {"ledger_place": "江苏省"}, "320000"),
        ("tasks/indicators.py", {"ledger_place": "320500"}, "320500"),
        ("situation/ageing.py", {"ageing_city": "嘉兴"}, "330400"),
        # A place that is named today's way is not set aside by a former one.
        ("situation/bed_trends.py", {"beds_place": "宣城市", "place": "330400"}, "330400"),
        # Cities were kept on pages that show one place.
        ("situation/bed_trends.py", {"cities": "嘉兴"}, "330400"),
    ],
)
def test_a_place_had_a_name_of_its_own_on_each_page(script, query, code):
    app = visit(script, **query)
    assert app.query_params["place"] in (
        code,
        [code],
    ) and not app.query_params.keys() & query.keys() - {"place"}
    assert app.warning.len == 0


def test_an_old_link_keeps_what_else_it_asks_for():
    app = visit(
        "tasks/progress.py", tasks_status="□ 暂无公开证据", tasks_task="TK026", as_of="2021-06-30"
    )
    assert app.session_state["tasks_status"] == ["□ 公开资料未载结果"]
    assert app.selectbox(key="tasks_task_box").value.startswith("TK026")
    assert app.query_params["as_of"] in ("2021-06-30", ["2021-06-30"])


def test_todays_words_are_left_alone():
    app = visit("tasks/progress.py", tasks_status="◇ 仅见试点")
    assert app.session_state["tasks_status"] == ["◇ 仅见试点"]


def test_no_word_is_both_former_and_of_today():
    for key, words in FORMER_WORDS.items():
        assert words.keys().isdisjoint(words.values()), key


def test_no_page_still_says_a_former_word():
    """A word that links may carry is no word that the program says; docstrings and comments aside."""
    former = {word.split(" ")[-1] for words in FORMER_WORDS.values() for word in words}
    kept = {"灯", "无变化", "民办", "方格"}
    said = {}
    for path in [*ROOT.glob("pages/**/*.py"), *ROOT.glob("eldercare/**/*.py")]:
        if path.name in ("filters.py", "forms.py", "amounts.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said |= {word: path.name for word in former - kept if word in node.value}
    assert said == {}
