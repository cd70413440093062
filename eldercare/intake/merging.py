"""Taking in what the repository's datasets hold, with two pairs of eyes: one asks for it, another accepts it."""

from __future__ import annotations

from eldercare import releases
from eldercare.intake import roles
from eldercare.intake.roles import Person
from eldercare.releases import Release, journal, upgrades
from eldercare.releases.upgrades import Candidate


def digest(found: Candidate) -> str:
    """Names exactly these changes to exactly this release."""
    changes = [(c.table, list(c.key), c.kind, [list(f) for f in c.fields]) for c in found.changes]
    return releases.identity({"active": found.active.id, "changes": changes})


def asked_by(found: Candidate) -> str:
    """Who asked to take in these changes; "" when nobody did, or something changed since."""
    asked = [
        e["who"]
        for e in journal.entries(releases.home())
        if e["did"] == "ask_merge" and e["what"] == digest(found)
    ]
    return asked[0] if asked else ""


def ask(found: Candidate, who: Person | None) -> None:
    """Asks another person to take the changes in."""
    if who is None or not (who.submits or who.reviews):
        raise roles.NotAllowed("没有报送权限。")
    journal.add(releases.home(), who.name, "ask_merge", digest(found))


def accept(found: Candidate, who: Person | None, reason: str) -> Release:
    """Takes the changes in. Raises `NotAllowed` for who asked for it, or when nobody did, where two people are needed."""
    asked = asked_by(found)
    person = roles.require_reviewer(who, {asked})
    if not asked and not person.own_eyes_suffice:
        raise roles.NotAllowed("合并要两个人：一位提请，另一位接受。")
    return upgrades.accept(found, asked or person.name, reason, reviewer=person.name)
