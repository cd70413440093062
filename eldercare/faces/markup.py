"""HTML and SVG from the templates beside this file: every value is escaped there, and a name that is missing is an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eldercare.measures import ACCENT, GROUND, INK, LINE, MUTED, PANEL, PRIMARY

TEMPLATES = Path(__file__).parent / "templates"
COLOURS = {
    "ink": INK,
    "muted": MUTED,
    "line": LINE,
    "panel": PANEL,
    "ground": GROUND,
    "primary": PRIMARY,
    "accent": ACCENT,
}


def _there(value: Any) -> Any:
    """Every value as it is printed. A missing one is an error: it must not become the word "None" or "nan"."""
    if value is None or value != value:
        raise ValueError("a template was given a missing value")
    return value


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_there,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals["colours"] = COLOURS


def render(template: str, **values: Any) -> Markup:
    """A template filled with values; what comes out is markup and is not escaped again."""
    return Markup(_ENVIRONMENT.get_template(template).render(**values))


def macros(template: str) -> Any:
    """The macros of a template as functions."""
    return _ENVIRONMENT.get_template(template).module


def own_text(name: str) -> Markup:
    """A script or style sheet of ours as it stands in the file."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))
