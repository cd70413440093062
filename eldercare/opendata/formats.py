"""Rows as bytes: CSV, JSON, Parquet and Excel, each with the release they are of."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
import pyarrow
import pyarrow.parquet

from eldercare import files, store
from eldercare.citing import reference
from eldercare.measures import missing
from eldercare.opendata import answers, offers
from eldercare.opendata.answers import Answer
from eldercare.opendata.parameters import MOST_IN_EXCEL, MOST_ROWS

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Format:
    """One ending of an address: what it is called, its media type and how an answer becomes its bytes."""

    title: str
    media_type: str
    write: Callable[[Answer], bytes]
    most: int = MOST_ROWS


def plain(value: Any) -> Any:
    """A cell as JSON has it: a date by its day, nothing for what is missing, lists and records with the same inside."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple) or getattr(value, "ndim", 0):
        return [plain(inner) for inner in value]
    if missing(value):
        return None
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return value.item() if hasattr(value, "item") else value


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as JSON has them."""
    columns = [_cells(rows[name]) for name in rows.columns]
    return [dict(zip(rows.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _cells(column: pd.Series) -> list[Any]:
    """The cells of a column as JSON has them; only what may hold lists or days is looked at one by one."""
    if column.dtype == object or pd.api.types.is_datetime64_any_dtype(column):
        return [plain(value) for value in column]
    return column.astype(object).where(column.notna(), None).tolist()


def about(found: Answer) -> dict[str, Any]:
    """What every format says of an answer beside its rows."""
    return {
        "name": found.offer.name,
        "title": found.offer.title,
        "release": found.release.id,
        "version": found.release.version,
        "as_of": found.release.as_of.isoformat(),
        "licence": LICENCE,
        "total": found.total,
        "offset": found.offset,
        "left_out": found.left_out,
        "demo": found.demo,
        "unverified": found.unverified,
        "said": found.said,
    }


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")


def _json(found: Answer) -> bytes:
    return as_json({**about(found), "rows": records(found.rows)})


def _csv(found: Answer) -> bytes:
    return files.csv_bytes(_flat(found.rows))


def _excel(found: Answer) -> bytes:
    cited = store.ask("sources_cited", source_ids=sorted(answers.sources(found.rows)))
    notes = [
        ("内容", found.offer.title),
        ("数据版本", f"{found.release.version}（{found.release.id}）"),
        ("数据截至", found.release.as_of.isoformat()),
        ("许可", f"CC BY 4.0，{LICENCE}"),
        ("行数", f"第{found.offset + 1}行起{len(found.rows)}行，共{found.total}行"),
        *(("说明", words) for words in found.said),
        *(("来源", reference(row)) for row in cited.itertuples()),
    ]
    titles = column_titles()
    heads = pd.DataFrame(
        {"列名": list(found.rows), "中文": [titles.get(name) for name in found.rows]}
    )
    return files.workbook(notes, {"数据": _flat(found.rows), "列名": heads})


def _parquet(found: Answer) -> bytes:
    table = pyarrow.Table.from_pandas(found.rows, preserve_index=False)
    told = {name: as_json(value) for name, value in about(found).items()}
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table.replace_schema_metadata(told), buffer)
    return buffer.getvalue()


def column_titles() -> dict[str, str]:
    """The Chinese names of columns, as far as a table has one of that name."""
    return {
        column.name: column.title
        for table in reversed(offers.open_tables().values())
        for column in table.fields
    }


def _flat(rows: pd.DataFrame) -> pd.DataFrame:
    """Cells that a sheet can hold: lists as words, records as JSON."""
    cells = {name: [_cell(value) for value in _cells(rows[name])] for name in rows.columns}
    return pd.DataFrame(cells, columns=rows.columns, dtype=object)


def _cell(value: Any) -> Any:
    if not isinstance(value, dict | list):
        return value
    simple = isinstance(value, list) and not any(isinstance(each, dict | list) for each in value)
    return "、".join(map(str, value)) if simple else json.dumps(value, ensure_ascii=False)


FORMATS = {
    "csv": Format("CSV（UTF-8）", "text/csv; charset=utf-8", _csv),
    "json": Format("JSON", "application/json", _json),
    "parquet": Format("Parquet", "application/vnd.apache.parquet", _parquet),
    "xlsx": Format(
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _excel,
        MOST_IN_EXCEL,
    ),
}
