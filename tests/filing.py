"""Handing a file in, as tests of the intake do it: a desk on the miniature, files, a submission, its acceptance."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl

from eldercare import releases, store
from eldercare.intake import accepting, submissions
from eldercare.intake.findings import ERROR
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source

STEWARD, REVIEWER = Person("甲", True, True), Person("乙", False, True)
UNIT = Source(unit="测试市民政局", day="2024年9月")
HEADER = ("机构名称", "所在地区", "总床位", "入住人数", "可接收", "备注")


def open_desk(tiny: Path, tmp_path: Path, monkeypatch, mode: str = "local") -> Iterator[Path]:
    """The home of releases beside the miniature, empty; `mode` is how the intake is opened."""
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    monkeypatch.setenv("ELDERCARE_INTAKE", mode)
    store.current.cache_clear()
    yield tmp_path / "var"
    store.current.cache_clear()


def book(*rows, header=HEADER) -> bytes:
    made = openpyxl.Workbook()
    for row in (header, *rows):
        made.active.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def csv_of(*rows) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def evaluated(
    data, table="institutions", name="a.xlsx", today: date | None = None, **values
) -> accepting.Evaluation:
    return accepting.evaluate(
        submissions.unsaved(name, table, **{"source": UNIT, **values}), data=data, today=today
    )


def accepted(data, table="institutions", name="a.xlsx", **values) -> releases.Release:
    draft = submissions.start(name, data, table, STEWARD)
    submissions.change(draft.id, STEWARD, **{"source": UNIT, **values})
    return accepting.accept(accepting.evaluate(submissions.submit(draft.id, STEWARD)), REVIEWER, "")


def errors(found: accepting.Evaluation) -> list[tuple[int, str]]:
    return [
        (error.line, error.reason)
        for error in found.proposal.checked.findings
        if error.level == ERROR
    ]
