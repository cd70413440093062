"""Who may hand data in and who may accept it. Without a setting nobody may: the page is for reading.

`ELDERCARE_INTAKE=local`: one person at this machine does everything. `ELDERCARE_INTAKE=roles`: names come from the sign-in
(OIDC) or from the headers of a trusted proxy, their roles from `roles.json` in `ELDERCARE_HOME`; who
uploads, edits or submits cannot accept.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Collection
from dataclasses import dataclass

from eldercare import releases
from eldercare.text import _

OFF, LOCAL, ROLES = "", "local", "roles"


class NotAllowed(PermissionError):
    """The person may not do this; the words say who may."""


@dataclass(frozen=True)
class Person:
    """Someone who is signed in. `own_eyes_suffice`: may accept what they submitted themselves."""

    name: str
    submits: bool
    reviews: bool
    own_eyes_suffice: bool = False


def mode() -> str:
    """How the intake is switched on: `OFF`, `LOCAL` or `ROLES`."""
    words = os.environ.get("ELDERCARE_INTAKE", "").strip().lower()
    return words if words in (LOCAL, ROLES) else OFF


def local_person() -> Person:
    """The one person of the single-user mode."""
    return Person(_("本机用户 {name}").format(name=getpass.getuser()), True, True, own_eyes_suffice=True)


def signed_in(name: str | None) -> Person | None:
    """The roles of a name that sign-in or proxy vouch for; None for an unknown name."""
    lists = _lists()
    if not name or name not in {*lists["submit"], *lists["review"]}:
        return None
    return Person(name, name in lists["submit"], name in lists["review"])


def _lists() -> dict[str, list[str]]:
    try:
        raw = json.loads((releases.home() / "roles.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raw = {}
    return {role: [str(name) for name in raw.get(role, [])] for role in ("submit", "review")}


def require_submitter(person: Person | None) -> Person:
    """The person, if they may hand data in. Raises `NotAllowed`."""
    if person is None or not person.submits:
        raise NotAllowed(_("没有报送权限。"))
    return person


def require_reviewer(person: Person | None, worked_on_by: Collection[str] = ()) -> Person:
    """The person, if they may decide on what these people uploaded, edited or submitted. Raises `NotAllowed`."""
    if person is None or not person.reviews:
        raise NotAllowed(_("没有审核权限。"))
    if person.name in worked_on_by and not person.own_eyes_suffice:
        raise NotAllowed(_("上传、修改或提交过这份报送的人不能审核它，请由另一位审核人接受。"))
    return person
