"""The layers of the code, read from the source itself: who may import what, and what must not stand where."""

import ast
import re
import sys
from pathlib import Path

import pytest

from eldercare import measures

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "eldercare"
MODULES = sorted(PACKAGE.rglob("*.py"))
PAGES = sorted((ROOT / "pages").rglob("*.py"))
CODE = [ROOT / "dashboard.py", *PAGES, *MODULES]

MAY_USE_DUCKDB = {"data", "store", "releases", "ledgers"}
MAY_USE_SQLITE = PACKAGE / "releases" / "ledger"
MAY_USE_STREAMLIT = {"screen", "sentences", "web"}
MAY_NAME_COLOURS = {"measures", "palette", "faces", "maps"}

# Each module or room of the package and those of ours that it may import: downward only.
BELOW = {
    "text": set(),
    "clock": set(),
    "labels": set(),
    "measures": {"text"},
    "palette": {"measures"},
    "data": {"text"},
    "releases": {"clock", "data", "text"},
    "files": {"measures", "text"},
    "intake": {"clock", "data", "files", "measures", "releases", "text"},
    "keeping": set(),
    "store": {"data", "keeping", "releases"},
    "citing": {"measures", "text"},
    "drawing": {"measures", "text"},
    "maps": {"data", "drawing", "labels", "measures", "text"},
    "tables": {"citing", "files", "measures", "store", "text"},
    "exhibits": {"citing", "maps", "measures", "store", "tables", "text"},
    "faces": {
        "drawing",
        "exhibits",
        "files",
        "keeping",
        "maps",
        "measures",
        "palette",
        "tables",
        "text",
    },
    "talks": {
        "data",
        "exhibits",
        "faces",
        "maps",
        "measures",
        "releases",
        "store",
        "tables",
        "text",
    },
    "opendata": {
        "citing",
        "data",
        "exhibits",
        "faces",
        "files",
        "measures",
        "store",
        "tables",
        "talks",
    },
    "letters": {"citing", "exhibits", "faces", "files", "intake", "measures", "store", "tables"},
    "screen": {
        "letters",
        "citing",
        "clock",
        "data",
        "drawing",
        "files",
        "intake",
        "keeping",
        "maps",
        "measures",
        "exhibits",
        "faces",
        "opendata",
        "talks",
        "releases",
        "store",
        "tables",
        "text",
    },
    "web": {
        "data",
        "intake",
        "faces",
        "maps",
        "opendata",
        "talks",
        "releases",
        "screen",
        "store",
        "text",
    },
    # Not part of the server: it opens the pages and makes the decks as a reader does, and writes down what they say.
    "sentences": {"data", "exhibits", "faces", "screen", "store", "tables", "talks"},
    # Not part of the server either.
    "supply": {"data", "text"},
    "ledgers": {"data", "text"},
    "__init__": set(),
}
FOR_PAGES = {
    "screen",
    "opendata",
    "tables",
    "exhibits",
    "faces",
    "maps",
    "measures",
    "store",
    "text",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def part_of(path: Path) -> str:
    """The module or sub-package of `eldercare` that a file is, or is a part of."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    """Dotted names of everything a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def uses(path: Path, package: str) -> bool:
    return any(name == package or name.startswith(package + ".") for name in imports(path))


def ours(path: Path) -> set[str]:
    """The modules of `eldercare` that a file imports."""
    return {name.split(".")[1] for name in imports(path) if name.startswith("eldercare.")}


def strings(path: Path) -> list[str]:
    """Every string of a file that is not a docstring."""
    module = tree(path)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        n.value
        for n in ast.walk(module)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs
    ]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_import_downward(path):
    part = part_of(path)
    if part not in BELOW:
        pytest.fail(f"say in BELOW what {part} may import")
    assert ours(path) <= BELOW[part] | {part}


def test_the_order_of_modules_has_no_circle():
    placed: set[str] = set()
    while ready := {
        name for name, below in BELOW.items() if name not in placed and below <= placed
    }:
        placed |= ready
    assert placed == set(BELOW)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_pages_stand_on_the_package_and_on_no_page(path):
    assert ours(path) <= FOR_PAGES
    assert not uses(path, "pages")
    allowed = {"streamlit", "pandas", "eldercare", "datetime"}
    assert {name.split(".")[0] for name in imports(path)} <= allowed


def test_nothing_in_the_package_imports_a_page():
    assert [name_of(path) for path in MODULES if uses(path, "pages")] == []


def test_only_the_data_layer_touches_duckdb():
    assert {part_of(path) for path in MODULES if uses(path, "duckdb")} <= MAY_USE_DUCKDB
    assert [name_of(path) for path in (*PAGES, ROOT / "dashboard.py") if uses(path, "duckdb")] == []


def test_only_the_ledger_touches_sqlite():
    touching = [path for path in MODULES if uses(path, "sqlite3")]
    assert touching
    assert [name_of(path) for path in touching if MAY_USE_SQLITE not in path.parents] == []


def test_only_the_edge_knows_streamlit():
    assert {part_of(path) for path in MODULES if uses(path, "streamlit")} <= MAY_USE_STREAMLIT


@pytest.mark.parametrize(
    "path",
    [
        p
        for p in CODE
        if PACKAGE not in p.parents
        or (part_of(p) not in MAY_USE_DUCKDB and MAY_USE_SQLITE not in p.parents)
    ],
    ids=name_of,
)
def test_no_sql_outside_the_data_layer(path):
    sql = re.compile(
        r"\b(select\s.+\sfrom|insert\s+into|group\s+by|order\s+by|left\s+join)\b",
        re.IGNORECASE | re.DOTALL,
    )
    assert [text for text in strings(path) if sql.search(text)] == []


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_no_html_from_data_no_eval_no_pickle(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html":
            pytest.fail(f"line {node.value.lineno}: unsafe_allow_html")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("eval", "exec")
        ):
            pytest.fail(f"line {node.lineno}: {node.func.id}")
    assert not {"pickle", "shelve", "marshal"} & {name.split(".")[0] for name in imports(path)}


def test_markup_is_escaped_by_the_templates():
    """Whoever escapes by hand forgets it once. Plotly's own few tags are no document: `text` turns them into words."""
    by_hand = {"html.escape", "html", "xml.sax.saxutils.escape", "markupsafe.escape"}
    escaping = [name_of(path) for path in CODE if imports(path) & by_hand]
    assert escaping == ["eldercare/text.py"]


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_no_fault_is_swallowed(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: a bare except"
            assert not all(isinstance(step, ast.Pass) for step in node.body), (
                f"line {node.lineno}: except: pass"
            )


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_files_stay_readable(path):
    """Counted in statements: packed lines win nothing."""
    statements = sum(isinstance(node, ast.stmt) for node in ast.walk(tree(path)))
    assert statements <= (75 if path in PAGES else 60 if path.name == "dashboard.py" else 280)


@pytest.mark.slow
def test_colours_have_one_home():
    for path in CODE:
        if PACKAGE in path.parents and part_of(path) in MAY_NAME_COLOURS:
            continue
        assert [text for text in strings(path) if re.search(r"#[0-9a-fA-F]{6}\b", text)] == [], (
            name_of(path)
        )


def test_the_theme_and_the_charts_share_their_colours():
    theme = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    known = {
        value
        for value in vars(measures).values()
        if isinstance(value, str) and value.startswith("#")
    }
    assert set(re.findall(r"#[0-9a-fA-F]{6}", theme)) <= known


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_no_figure_of_the_subject_is_typed_in_a_page(path):
    """Numbers on screen come from data: a page may hold years and sizes of layout, never 25698 or 21.75."""
    facts = {
        "46768900",
        "4676.89",
        "21.75",
        "7928",
        "1676500",
        "167.65",
        "25698",
        "25,698",
        "51396",
        "51,396",
        "50698",
        "50,698",
    }
    typed = {
        str(n.value)
        for n in ast.walk(tree(path))
        if isinstance(n, ast.Constant) and isinstance(n.value, int | float)
    }
    words = " ".join(strings(path))
    assert not typed & facts
    assert not [fact for fact in facts if fact in words]


def test_no_module_name_hides_one_of_pythons():
    assert not {path.stem for path in MODULES} & (set(sys.stdlib_module_names) - {"__init__"})
    assert not {"utils", "helpers", "common", "misc", "manager"} & {path.stem for path in MODULES}


@pytest.mark.parametrize("path", sorted((PACKAGE / "exhibits").rglob("*.py")), ids=name_of)
def test_what_makes_an_exhibit_of_its_arguments_is_kept(path):
    """Whoever adds an exhibit need not think of it: rows as an argument are the one reason not to keep it."""
    for made in tree(path).body:
        if not isinstance(made, ast.FunctionDef) or made.name.startswith("_"):
            continue
        told = [ast.unparse(each.annotation) for each in made.args.args if each.annotation]
        if told[:1] == ["Facts"] and "Exhibit" in ast.unparse(made.returns or ast.Constant("")):
            marks = [ast.unparse(mark) for mark in made.decorator_list]
            with_rows = any("DataFrame" in each or "Series" in each for each in told)
            assert ("kept" in marks) != with_rows, (
                f"{name_of(path)}: write @kept (of eldercare.exhibits) above {made.name}, unless it takes rows"
            )
