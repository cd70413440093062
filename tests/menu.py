"""The pages of the menu, read from `pages/frame.py` without running it."""

import ast
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRAME = ROOT / "pages" / "frame.py"


@dataclass(frozen=True)
class Page:
    """`script` is relative to the frame; `url` is the one path segment that never changes.

    A hidden page is opened by links only and has no entry in the menu.
    """

    script: str
    title: str
    url: str
    hidden: bool = False

    def __str__(self):
        return self.url


def _read():
    sections, pages = [], []
    for node in ast.walk(ast.parse(FRAME.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and [getattr(t, "id", None) for t in node.targets] == [
            "SECTIONS"
        ]:
            sections = [ast.literal_eval(key) for key in node.value.keys]
        if isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "Page":
            named = {keyword.arg: keyword.value for keyword in node.keywords}
            hidden = "visibility" in named and ast.literal_eval(named["visibility"]) == "hidden"
            pages.append(
                Page(
                    ast.literal_eval(node.args[0]),
                    ast.literal_eval(named["title"]),
                    ast.literal_eval(named["url_path"]),
                    hidden,
                )
            )
    return sections, sorted(pages, key=lambda page: page.url)


SECTIONS, PAGES = _read()
