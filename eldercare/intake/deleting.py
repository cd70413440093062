"""What a complete list would take out: only what it can be sure of, only where it speaks, and every row by name."""

from __future__ import annotations

from datetime import date

from eldercare.intake import home_events
from eldercare.intake.context import Context
from eldercare.intake.decisions import EVENT, KEEP, TAKE, Decided, Decision
from eldercare.intake.findings import WARNING, Checked, Finding
from eldercare.intake.matching import Matcher
from eldercare.releases.difference import Row

# So many homes, or half of a longer list, do not close between two reports.
MANY, HALF_OF = 100, 20
# Nothing goes before someone has said so of it by its number.
CONFIRM = "#gone"


def gone(checked: Checked, context: Context, matcher: Matcher, within: frozenset[str]) -> list[Row]:
    """The stored rows inside the places of the list that no line speaks of. None while lines that are open could be among them."""
    form = checked.form
    if matcher.unmatched or checked.waits:
        words = f"有{len(matcher.unmatched)}行还没有读懂，可能就是名单里缺的：全部读懂之前，这份完整名单不删除任何一条"
        checked.say(Finding(WARNING, 0, "", "", words))
        return []
    scope = within or spoken_of(checked, context)
    stored = [row for row in context.rows(form.name) if _inside(row, scope, context)]
    missing = [row for row in stored if matcher.key_of(row) not in matcher.seen]
    # Who is known to have closed is not missed.
    missing = [row for row in missing if row.get("institution_id") not in matcher.ended]
    if scope and missing:
        names = "、".join(context.gazetteer.label(code) for code in sorted(scope)[:10])
        checked.say(Finding(WARNING, 0, "", "", f"完整名单只对{names}而言：别处的不动"))
    if len(missing) >= MANY or (len(stored) >= HALF_OF and 2 * len(missing) > len(stored)):
        words = f"一次少了{len(missing)}条（原有{len(stored)}条）：请核对文件是不是完整"
        checked.say(Finding(WARNING, 0, "", "", words))
    return missing


def is_confirmed(key: tuple[str, ...], decided: Decided) -> bool:
    """Whether someone said that this row shall go."""
    choice = decided.get(("", _topic(key)))
    return choice is not None and choice.action == TAKE


def is_kept(key: tuple[str, ...], decided: Decided) -> bool:
    """Whether someone said that this row stays although the list lacks it: as it is, or with what became of the home."""
    choice = decided.get(("", _topic(key)))
    return choice is not None and choice.action in (KEEP, EVENT)


def confirmation(key: tuple[str, ...], goes: bool) -> Decision:
    """The decision on one row that the list lacks."""
    return Decision("", _topic(key), TAKE if goes else KEEP)


def happened(key: tuple[str, ...], kind: str, day: str, became: str, today: date) -> Decision:
    """The decision that a home which the list lacks closed, changed its name, moved or merged on a day. Raises `Doubt`."""
    return Decision("", _topic(key), EVENT, home_events.worded(kind, day, became, today))


def _topic(key: tuple[str, ...]) -> str:
    return f"{CONFIRM} {' '.join(key)}"


def spoken_of(checked: Checked, context: Context) -> frozenset[str]:
    """The places that the rows of the file lie in: what a complete list speaks of when nobody says more."""
    if "place_code" not in {column.name for column in checked.form.table.fields}:
        return frozenset()
    return frozenset(
        line.cells["place_code"] for line in checked.lines if line.cells.get("place_code")
    )


def _inside(row: Row, scope: frozenset[str], context: Context) -> bool:
    return not scope or context.gazetteer.within(row.get("place_code", ""), set(scope))
