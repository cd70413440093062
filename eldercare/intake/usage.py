"""A command line that explains itself and its errors in Chinese."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

# What argparse says, and how we say it; the words between are the user's own.
_SAID = (
    (r"the following arguments are required: (.+)", "缺少：{0}"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", "{0} 不能是 {1}；可选：{2}"),
    (r"argument (.+?): expected .*argument.*", "{0} 后面要写一个值"),
    (r"argument (.+?): invalid .+ value: (.+)", "{0} 不能是 {1}"),
    (r"argument (.+?): ignored explicit argument (.+)", "{0} 后面不写值：{1}"),
    (r"unrecognized arguments: (.+)", "不认识：{0}"),
)


class Formatter(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Names of arguments, headings and errors as a clerk reads them."""

    def __init__(self, **settings: object):
        super().__init__(
            **{"formatter_class": Formatter, "add_help": False, "allow_abbrev": False, **settings}
        )
        self._positionals.title, self._optionals.title = "要写的", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        self.print_usage()
        self.exit(2, f"没有执行。{in_chinese(message)}。\n")


def in_chinese(message: str) -> str:
    """An error of argparse in our words; one that is not known as it is."""
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, message):
            return words.format(*(_named(part) for part in found.groups()))
    return message


def _named(part: str) -> str:
    return "、".join(word.strip("'") for word in re.split(r", ?", part))
