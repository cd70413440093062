"""Whatever a file holds, in every table that can be handed in: what the check passes is taken, and nothing else changes or goes.

The same tests with hundreds of examples: ELDERCARE_EXAMPLES=300 pytest tests/test_intake_properties.py
"""

import io
import os
import shutil
from pathlib import Path

import openpyxl
import pytest
from conftest import assemble
from filing import UNIT
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from eldercare.data import validation
from eldercare.intake import accepting, applying, forms, submissions, templates
from eldercare.intake.accepting import Evaluation
from eldercare.intake.context import Context
from eldercare.intake.reading import Refused
from eldercare.intake.submissions import Submission
from eldercare.releases import difference, making
from eldercare.releases.difference import CHANGED, GONE, NEW

EXAMPLES = int(os.environ.get("ELDERCARE_EXAMPLES", "2"))
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, *((Phase.shrink,) if EXAMPLES > 50 else ()))
SLOW_FIXTURE = [
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
]
# What is new in a row beside what the file says: its own number, its source and its words.
WORDS = st.text(
    st.sampled_from("测试养老院甲乙 \n\t\r\u3000（）()·12=+-@'\"，；、：\u200b#%"), max_size=20
)
CELLS = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "松江区",
            "昆山市",
            "上海市",
            "成都",
            "普陀区",
            "I1",
            "O02",
            "TK1",
            "TL1",
            "L1",
            "A2",
            "无",
            "—",
            "#N/A",
            "是",
            "否",
        ]
    ),
    st.sampled_from(
        [
            "2024年9月",
            "2024-09-31",
            "2024.1",
            "截至2024年9月30日",
            "2099-01-01",
            "去年",
            "一期300张",
            "1.2万",
            "约90",
            "90张",
        ]
    ),
    st.integers(-5, 10**7),
    st.floats(0, 10**6, allow_nan=False),
    st.dates().map(lambda day: day.isoformat()),
    st.none(),
)


@pytest.fixture(scope="module")
def datasets(tmp_path_factory) -> Path:
    return assemble(tmp_path_factory.mktemp("properties") / "datasets")


@pytest.fixture(autouse=True)
def desk(datasets, tmp_path, monkeypatch):
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("ELDERCARE_DATASETS", str(datasets))


def sheet_of(table: str) -> tuple[Context, list[list[object]]]:
    """The template of a table with all present rows, as cells."""
    context = accepting.current_context()
    data = templates.template(forms.form(context.package.table(table)), context, filled=True)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["数据"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return context, [row for row in rows if any(value is not None for value in row)]


def evaluated(rows: list[list[object]], table: str, **values) -> Evaluation | None:
    """The check of these cells; None for a file that is refused as a whole."""
    made = openpyxl.Workbook()
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = made.active.cell(line, column)
            try:
                cell.value = value
            except openpyxl.utils.exceptions.IllegalCharacterError:
                continue
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
    buffer = io.BytesIO()
    made.save(buffer)
    draft = Submission("", table, "a.xlsx", "", "", "", source=UNIT, **values)
    try:
        return accepting.evaluate(draft, data=buffer.getvalue())
    except Refused:
        return None


def accepted(found: Evaluation, folder: Path) -> Context:
    """The datasets as acceptance would write them, after every rule of the loader. Raises `BrokenDatasets`."""
    source = submissions.Source(unit=UNIT.unit, day=UNIT.day).row(
        found.proposal.checked.form.table.title
    )
    tables = applying.tables_after(found.proposal, found.acceptable, found.context, source)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(found.context.datasets, folder)
    for name, rows in tables.items():
        described = found.context.package.table(name)
        (folder / described.path).write_bytes(
            making.csv_text([f.name for f in described.fields], rows).encode()
        )
    validation.read(folder)
    return Context(folder)


MUTATIONS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 40), CELLS), min_size=1, max_size=6
)


@pytest.mark.parametrize("table", forms.TABLES)
@settings(max_examples=EXAMPLES, phases=PHASES, suppress_health_check=SLOW_FIXTURE)
@given(mutations=MUTATIONS, more=st.lists(st.lists(CELLS, min_size=1, max_size=12), max_size=2))
def test_what_the_check_passes_acceptance_takes_and_only_that_changes(
    table, tmp_path, mutations, more
):
    context, rows = sheet_of(table)
    for line, column, value in mutations:
        row = rows[1 + line % max(len(rows) - 1, 1)]
        row[column % len(row)] = value
    found = evaluated([*rows, *more], table)
    if found is None or not found.acceptable:
        return
    after = accepted(found, tmp_path / "after")
    key = context.package.table(table).primary_key
    changes = difference.of_table(table, context.rows(table), after.rows(table), key)
    listed = {c.key: c for c in found.acceptable if c.table == table}
    assert {c.key for c in changes if c.kind == CHANGED} <= {
        k for k, c in listed.items() if c.kind == CHANGED
    }
    assert sum(c.kind == NEW for c in changes) == sum(c.kind == NEW for c in listed.values())
    assert [c for c in changes if c.kind == GONE] == []
    for change in changes:
        if change.kind == CHANGED:
            said = {name for name, _before, _after in listed[change.key].fields}
            own = {
                "source_id",
                "quote",
                "confidence",
                "date",
                "date_precision",
                "date_label",
                "date_inferred",
            }
            assert {name for name, _before, _after in change.fields} <= said | own
    beside = {
        "sources",
        "institution_claims",
        "agreement_parties",
        "event_places",
        "task_units",
    } - {table}
    for other in context.package.tables:
        if other.name != table:
            changed = difference.of_table(
                other.name, context.rows(other.name), after.rows(other.name), other.primary_key
            )
            assert all(c.kind == NEW and other.name in beside for c in changed), other.name


@pytest.mark.parametrize("table", forms.TABLES)
@settings(max_examples=EXAMPLES, phases=PHASES, suppress_health_check=SLOW_FIXTURE)
@given(st.data())
def test_a_complete_list_with_unreadable_rows_takes_out_none_that_could_be_among_them(table, data):
    """Some rows are left out, some of those that stay are spoilt in cells that say what they are."""
    context, (head, *rows) = sheet_of(table)
    form = forms.form(context.package.table(table))
    titles = [str(words).rstrip("*") for words in head]
    # A text can always be read; what another text names is another row.
    fixed = [
        form.column(name)
        for name in form.natural
        if name in {c.name for c in form.columns} and form.column(name).kind != "text"
    ]
    naming = [titles.index(column.title) for column in fixed if column.title in titles]
    left = data.draw(st.sets(st.integers(0, len(rows) - 1), max_size=2))
    spoilt = data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1, max_size=3)) - left
    keyed = bool(form.key) and data.draw(st.booleans())
    for number in spoilt:
        for column in data.draw(st.sets(st.sampled_from(naming), min_size=1)):
            rows[number][column] = "读不懂的写法？？"
        if not keyed and form.key:
            rows[number][titles.index(form.column(form.key).title)] = None
    found = evaluated(
        [head, *(row for number, row in enumerate(rows) if number not in left)],
        table,
        complete=True,
    )
    if found is None:
        return
    stored = [tuple(row[name] for name in form.table.primary_key) for row in context.rows(table)]
    gone = {c.key for c in found.proposal.changes if c.kind == GONE}
    assert gone <= {stored[number] for number in left}, "only what really is not on the list"
    unread = sum(not line.good for line in found.proposal.checked.lines)
    if gone and unread:
        # A row that was not read may be any of those that seem missing, unless it names its own.
        assert keyed or not spoilt
    assert [c for c in found.acceptable if c.kind == GONE] == [], "and nothing without a yes"
