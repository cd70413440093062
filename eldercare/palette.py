"""Colour by meaning: what each role, such as stage:signed, place:320500 or class:3, is drawn in. The same on every face."""

from __future__ import annotations

from eldercare.measures import (
    ACCENT,
    DARK_STAGES,
    FIRST_DARK_CLASS,
    GROUND,
    INK,
    MUTED,
    PRIMARY,
    SEQUENCE,
    STAGE_FILLS,
    STAGES,
    UNKNOWN,
    province_colour,
)

# Lines of several definitions (not places) in one drawing: at most four, told apart by the colour-blind.
SERIES = (PRIMARY, ACCENT, "#5F6B7A", "#7B4FA3")
# One of many: it steps back behind the place that is meant.
PEER = "#A9BCC8"
ROLES = {
    "own": PRIMARY,
    "other": ACCENT,
    "province": SEQUENCE[3],
    "delta": SEQUENCE[1],
    "earlier": SEQUENCE[2],
    "now": PRIMARY,
    "announced": SEQUENCE[1],
    "reported": SEQUENCE[3],
    "named": PRIMARY,
    "planned": ACCENT,
    "apart": MUTED,
    "peer": PEER,
    "whole": ACCENT,
    "more": PRIMARY,
    "less": ACCENT,
    "goal": INK,
    "unknown": UNKNOWN,
    "open": GROUND,
    "edge": STAGES["none"].colour,
}


def colour(role: str) -> str:
    """What a role is drawn in. Raises `KeyError` for one that nobody gave a meaning."""
    kind, _colon, which = role.partition(":")
    if kind == "place":
        return province_colour(which)
    if kind == "class":
        return SEQUENCE[int(which)]
    if kind == "series":
        return SERIES[int(which) % len(SERIES)]
    return STAGE_FILLS[which] if kind == "stage" else ROLES[role]


def line(role: str) -> str:
    """What a line or a sign of a role is drawn in where it stands on the bare ground."""
    kind, _colon, which = role.partition(":")
    return STAGES[which].colour if kind == "stage" else colour(role)


def ink(role: str) -> str:
    """What words are written in that stand on the ground of a role."""
    kind, _colon, which = role.partition(":")
    if kind == "stage":
        return GROUND if which in DARK_STAGES else MUTED if which == "none" else INK
    return GROUND if kind == "class" and int(which) >= FIRST_DARK_CLASS else INK
