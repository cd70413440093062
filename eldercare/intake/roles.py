"""Who may hand data in, who may accept it, and who may read what waits. Without a setting nobody may: the page is for reading.

`ELDERCARE_INTAKE=local`: one person at this machine does everything. `ELDERCARE_INTAKE=roles`: names come from the sign-in
(OIDC) or from the headers of a listed proxy, their roles from `roles.json` in `ELDERCARE_HOME`:

    {"submit": ["jia@example.cn"], "review": ["yi@example.cn"], "read": ["bing@example.cn"]}

Who uploads, edits or submits cannot accept. Who submits or reviews may read too.
"""

from __future__ import annotations

import getpass
import json
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from eldercare import releases

OFF, LOCAL, ROLES = "", "local", "roles"
SUBMIT, REVIEW, READ = "submit", "review", "read"
ROLE_WORDS = {SUBMIT: "报送", REVIEW: "审核", READ: "只看"}
FILE = "roles.json"
_NAME = re.compile(r"(?=\S)[^\x00-\x1f\x7f]{1,200}(?<=\S)")


class NotAllowed(PermissionError):
    """The person may not do this; the words say who may."""


@dataclass(frozen=True)
class Person:
    """Someone who is signed in. `own_eyes_suffice`: may accept what they submitted themselves. `only_reads`: has the role read."""

    name: str
    submits: bool
    reviews: bool
    own_eyes_suffice: bool = False
    only_reads: bool = False

    @property
    def reads(self) -> bool:
        """Whether they may see what was handed in and not yet accepted, and who did what."""
        return self.submits or self.reviews or self.only_reads


def mode() -> str:
    """How the intake is switched on: `OFF`, `LOCAL` or `ROLES`."""
    words = os.environ.get("ELDERCARE_INTAKE", "").strip().lower()
    return words if words in (LOCAL, ROLES) else OFF


def local_person() -> Person:
    """The one person of the single-user mode."""
    return Person(f"本机用户 {getpass.getuser()}", True, True, own_eyes_suffice=True)


def signed_in(name: str | None) -> Person | None:
    """The roles of a name that sign-in or proxy vouch for; None for an unknown name."""
    names, _faults = lists()
    having = {role for role, known in names.items() if name in known}
    if not name or not having:
        return None
    return Person(name, SUBMIT in having, REVIEW in having, only_reads=having == {READ})


def may_read(person: Person | None) -> bool:
    """Whether this visitor may see what waits for review, and the log."""
    return person is not None and person.reads


def lists() -> tuple[dict[str, set[str]], list[str]]:
    """The names of each role, and what is wrong with `roles.json`, by line. An entry of the wrong form gives nobody a role."""
    names: dict[str, set[str]] = {role: set() for role in ROLE_WORDS}
    faults: list[str] = []
    try:
        words = (releases.home() / FILE).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return names, faults
    except (OSError, UnicodeDecodeError):
        return names, [f"{FILE} 读不出（权限不足，或不是 UTF-8 编码）"]

    def fault(at: int, reason: str) -> None:
        line = words.count("\n", 0, at) + 1
        faults.append(f"{FILE} 第{line}行：{reason}")

    try:
        raw = json.loads(words)
    except (ValueError, RecursionError) as error:
        # Half a file may lack the line that takes a right away.
        fault(getattr(error, "pos", 0), "不是合格的 JSON，全部角色停用")
        return names, faults
    if not isinstance(raw, dict):
        fault(0, "最外层要写花括号，如 {example}".format(example='{"submit": ["jia@example.cn"]}'))
        return names, faults
    seen = set()
    for at, role, value_at in _members(words, _past_space(words, 0)):
        if role not in names:
            fault(
                at,
                "没有这个角色，只有 {roles}".format(
                    roles="、".join(f"{r}（{w}）" for r, w in ROLE_WORDS.items())
                ),
            )
        elif role in seen:
            fault(at, "同一个角色写了两次，后一次没有采用")
        elif not words.startswith("[", value_at):
            fault(
                value_at,
                "角色后面要写方括号里的名单，如 {example}".format(example='["jia@example.cn"]'),
            )
        else:
            for entry_at, entry, _same in _members(words, value_at):
                if isinstance(entry, str) and _NAME.fullmatch(entry):
                    names[role].add(entry)
                else:
                    fault(entry_at, "名单里每一项是引号里的一个名字，前后没有空格，不超过200字")
        seen.add(role)
    return names, faults


def _members(words: str, start: int) -> Iterator[tuple[int, Any, int]]:
    """What stands in the well-formed JSON object or array at `start`, each with its place: place, key, place of the value.

    Python's own reader forgets the places and, of two equal keys, the first.
    """
    read, at = json.JSONDecoder(), _past_space(words, start + 1)
    while words[at] not in "}]":
        place = value_at = at
        found, at = read.raw_decode(words, at)
        if words[start] == "{":
            value_at = _past_space(words, _past_space(words, at) + 1)
            _value, at = read.raw_decode(words, value_at)
        yield place, found, value_at
        at = _past_space(words, at)
        if words[at] == ",":
            at = _past_space(words, at + 1)


def _past_space(words: str, at: int) -> int:
    while at < len(words) and words[at] in " \t\r\n":
        at += 1
    return at


def require_submitter(person: Person | None) -> Person:
    """The person, if they may hand data in. Raises `NotAllowed`."""
    if person is None or not person.submits:
        raise NotAllowed("没有报送权限。")
    return person


def require_reviewer(person: Person | None, worked_on_by: Collection[str] = ()) -> Person:
    """The person, if they may decide on what these people uploaded, edited or submitted. Raises `NotAllowed`."""
    if person is None or not person.reviews:
        raise NotAllowed("没有审核权限。")
    if person.name in worked_on_by and not person.own_eyes_suffice:
        raise NotAllowed("上传、修改或提交过这份报送的人不能审核它，请由另一位审核人接受。")
    return person
