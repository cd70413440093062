"""Words from data never become markup."""

import re

import pandas as pd
import pytest

from eldercare.text import plain

JOINER = "\u2060"


def finished(words: str) -> str:
    """The text that is left of escaped Markdown once its backslashes have been read."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", words)


@pytest.mark.parametrize(
    "words",
    [
        "**粗** _斜_ ~~删~~ `码`",
        "# 标题",
        "- 项",
        "+ 项",
        "1. 项",
        "1) 项",
        "> 引",
        "|a|b|",
        "[点](https://evil.example)",
        "![图](https://evil.example/a.png)",
        "<script>alert(1)</script>",
        "&lt;b&gt; &copy;",
        "$x^2$ 与 $$y$$",
        ":red[红] :small[小]",
        ":smile: :material/home: :streamlit:",
        "\\*斜杠\\*",
        "https://evil.example",
        "a -> b <- c -- d >= e",
        '=HYPERLINK("x")',
    ],
)
def test_markup_is_shown_and_not_obeyed(words):
    safe = plain(words)
    assert finished(safe).replace(JOINER, "") == words
    for mark in "`*_{}[]()#+-.!|<>~$:&":
        assert all(safe[i - 1] == "\\" for i, c in enumerate(safe) if c == mark), (
            f"{mark} stands bare in {safe!r}"
        )


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/x",
        "http://evil.example",
        "www.evil.example",
        "WWW.evil.example",
        "a.b@evil.example",
    ],
)
def test_addresses_do_not_become_links(address):
    """The front end finds addresses after it has read the backslashes; a joiner inside stops it."""
    assert not re.search(
        r"https?://|www\.|\w@\w", finished(plain(f"见 {address} 处")), re.IGNORECASE
    )


@pytest.mark.parametrize("name", [":smile:", ":+1:", ":material/home:", ":streamlit:"])
def test_names_do_not_become_icons(name):
    assert not re.search(r":[\w+/-]+:", finished(plain(f"见{name}处")), re.ASCII)


def test_line_breaks_become_spaces():
    assert plain("一\n\n二\t三  四\r\n") == "一 二 三 四"


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NaT])
def test_nothing_is_an_empty_string(nothing):
    assert plain(nothing) == ""


def test_ordinary_chinese_is_left_alone():
    words = "截至2019年底，长三角60岁及以上老人4676万人；（户籍）“可查、可用、可选”"
    assert plain(words) == words
