"""The rules of `datapackage.json` applied to the files: which cell of which row breaks which one."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from eldercare.data import catalogue, outlines, persons
from eldercare.data.catalogue import DATASETS, SQL_TYPES, Check, Field, Package, Table

MAX_PROBLEMS = 20
CONTROL = re.compile(r"[\x00-\x1f]")
WORD = re.compile(r"\w+")
_INTEGER, _NUMBER = re.compile(r"-?[0-9]{1,18}"), re.compile(r"-?[0-9]{1,15}(\.[0-9]+)?")


@dataclass(frozen=True)
class Problem:
    """One broken rule. `line` counts from 1 as an editor shows it; 0 means the whole file."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}" + (f" 第{self.line}行" if self.line else "")
        return f"{place}{f' {self.column}列' if self.column else ''}：{self.reason}"


class BrokenDatasets(ValueError):
    """The datasets break their own rules; `problems` names file, line, column and reason."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


Rows = list[dict[str, str]]


def read(datasets: Path = DATASETS) -> tuple[Package, dict[str, Rows]]:
    """Every table as text cells, all rules checked. Raises `BrokenDatasets`."""
    package = _read_package(datasets)
    problems = [*_description_problems(package)] or [*_reference_problems(package)]
    if problems:
        raise BrokenDatasets(problems[:MAX_PROBLEMS])
    rows: dict[str, Rows] = {}
    for table in package.tables:
        rows[table.name], found = _read_table(table, datasets)
        problems += found
    if not problems:
        problems = [*key_problems(package, rows)]
    if not problems:
        problems = [*row_check_problems(package, rows)]
    if not problems:
        problems = [*table_check_problems(package, rows), *_outline_problems(datasets, rows)]
    if problems:
        raise BrokenDatasets(problems[:MAX_PROBLEMS])
    return package, rows


def _read_package(datasets: Path) -> Package:
    try:
        return catalogue.read_package(datasets)
    except FileNotFoundError:
        reason, line = "文件不存在", 0
    except json.JSONDecodeError as error:
        reason, line = f"不是完整的 JSON（第{error.colno}个字符处：{error.msg}）", error.lineno
    except UnicodeDecodeError:
        reason, line = "不是 UTF-8 编码", 0
    except KeyError as error:
        reason, line = f"缺少条目 {error.args[0]}", 0
    except (TypeError, AttributeError, IndexError):
        reason, line = "不是数据包说明（Data Package）", 0
    raise BrokenDatasets([Problem("datapackage.json", line, "", reason)])


def _description_problems(package: Package) -> Iterator[Problem]:
    """What the description says that no file could obey: dates, types and rules that are none."""

    def problem(reason: str) -> Problem:
        return Problem("datapackage.json", 0, "", reason)

    if not isinstance(package.as_of, str) or not _is_of_type("date", package.as_of):
        yield problem(f"asOf “{package.as_of}”不是日期（年-月-日）")
    if not package.tables:
        yield problem("没有任何数据表（resources）")
    names = [table.name for table in package.tables]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield problem(f"{name} 说明了两次")
    for table in package.tables:
        for column in table.fields:
            if fault := _rule_fault(column):
                yield problem(f"{table.name} 的 {column.name} {fault}")
        for name in set(table.primary_key) - {column.name for column in table.fields}:
            yield problem(f"{table.name} 的主键 {name} 不是它的列")


def _rule_fault(column: Field) -> str | None:
    """Why the type or a constraint of a column cannot be applied, or None."""
    if column.type not in SQL_TYPES:
        return f"类型“{column.type}”不认识；可用：{'、'.join(SQL_TYPES)}"
    rules = column.constraints
    if not isinstance(rules, dict):
        return "规则（constraints）不是条目"
    try:
        re.compile(rules.get("pattern", ""))
    except (re.error, TypeError) as error:
        return f"写法规则（pattern）“{rules['pattern']}”不是正则表达式（{error}）"
    for limit in ("minimum", "maximum"):
        if not isinstance(rules.get(limit, 0), int | float):
            return f"上下限（{limit}）“{rules[limit]}”不是数字"
    words = rules.get("enum", [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return "取值（enum）不是一串文字"
    return None


def _reference_problems(package: Package) -> Iterator[Problem]:
    """Foreign keys of the package that lead nowhere or in a circle."""
    columns = {table.name: {column.name for column in table.fields} for table in package.tables}
    for table in package.tables:
        for key in table.foreign_keys:
            if (
                key.target not in columns.get(key.table, ())
                or key.column not in columns[table.name]
            ):
                reason = f"{table.name} 的外键 {key.column} 指向不存在的 {key.table}.{key.target}"
                yield Problem("datapackage.json", 0, "", reason)
    try:
        package.in_load_order()
    except ValueError as error:
        yield Problem("datapackage.json", 0, "", f"外键成环，无法确定装入次序（{error}）")


def _read_table(table: Table, datasets: Path) -> tuple[Rows, list[Problem]]:
    """Rows with the extra key `_line`, and the problems of this file alone."""

    def problem(line: int, column: str, reason: str) -> Problem:
        return Problem(table.path, line, column, reason)

    try:
        data = (datasets / table.path).read_bytes()
    except FileNotFoundError:
        return [], [problem(0, "", "文件不存在")]
    if not data.strip():
        return [], [problem(0, "", "文件是空的，至少要有表头")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return [], [problem(line, "", "不是 UTF-8 编码，请用 UTF-8 另存后再试")]

    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    names = [column.name for column in table.fields]
    rows: Rows = []
    problems: list[Problem] = []
    try:
        header = next(reader)
        problems += [problem(1, name, "缺少这一列") for name in names if name not in header]
        problems += [problem(1, name, "多出这一列") for name in header if name not in names]
        if not problems and header != names:
            problems.append(problem(1, "", f"列的次序应为 {', '.join(names)}"))
        if problems:
            return [], problems
        for cells in reader:
            line = reader.line_num
            if len(cells) != len(names):
                problems.append(problem(line, "", f"有 {len(cells)} 格，应有 {len(names)} 格"))
                continue
            for column, cell in zip(table.fields, cells, strict=True):
                if reason := cell_fault(column, cell):
                    problems.append(problem(line, column.name, reason))
            rows.append({**dict(zip(names, cells, strict=True)), "_line": str(line)})
    except csv.Error as error:
        problems.append(problem(reader.line_num, "", f"CSV 格式有误（{error}）"))
    return rows, problems


def cell_fault(column: Field, cell: str) -> str | None:
    """Why a cell breaks the rules of its column, or None."""
    if cell == "":
        return "不能为空" if column.required else None
    if cell != cell.strip():
        return f"“{cell}”前后有空格"
    if CONTROL.search(cell):
        return "含有看不见的控制字符"
    rules = column.constraints
    if not _is_of_type(column.type, cell):
        kind = {
            "integer": "整数",
            "number": "数字",
            "date": "日期（年-月-日）",
            "boolean": "true 或 false",
        }
        return f"“{cell}”不是{kind[column.type]}"
    if "enum" in rules and cell not in rules["enum"]:
        return f"“{cell}”不在允许的取值内：{'、'.join(rules['enum'])}"
    if "pattern" in rules and not re.fullmatch(rules["pattern"], cell):
        return f"“{cell}”不合规定的写法"
    if column.type in ("integer", "number"):
        if "minimum" in rules and float(cell) < rules["minimum"]:
            return f"{cell} 小于下限 {rules['minimum']}"
        if "maximum" in rules and float(cell) > rules["maximum"]:
            return f"{cell} 大于上限 {rules['maximum']}"
    return None


def _is_of_type(kind: str, cell: str) -> bool:
    if kind == "integer":
        return _INTEGER.fullmatch(cell) is not None
    if kind == "number":
        return _NUMBER.fullmatch(cell) is not None
    if kind == "boolean":
        return cell in ("true", "false")
    if kind == "date":
        try:
            return date.fromisoformat(cell).isoformat() == cell
        except ValueError:
            return False
    return True


def key_problems(package: Package, rows: dict[str, Rows]) -> Iterator[Problem]:
    """Duplicate keys and references to rows that do not exist."""
    for table in package.tables:
        unique = [(table.primary_key, "主键重复")]
        unique += [((c.name,), "不可重复") for c in table.fields if c.constraints.get("unique")]
        for columns, reason in unique:
            first: dict[tuple[str, ...], str] = {}
            for row in rows[table.name]:
                key = tuple(row[name] for name in columns)
                if not all(key) and columns != table.primary_key:
                    continue
                if key in first:
                    yield Problem(
                        table.path,
                        int(row["_line"]),
                        "+".join(columns),
                        f"{reason}：“{' '.join(key)}”已见于第{first[key]}行",
                    )
                first.setdefault(key, row["_line"])
        for reference in table.foreign_keys:
            known = {row[reference.target] for row in rows[reference.table]}
            for row in rows[table.name]:
                value = row[reference.column]
                if value and value not in known:
                    title = package.table(reference.table).title
                    yield Problem(
                        table.path,
                        int(row["_line"]),
                        reference.column,
                        f"“{value}”不在{title}（{reference.table}）表中",
                    )


def row_check_problems(package: Package, rows: dict[str, Rows]) -> Iterator[Problem]:
    """Rows for which a rule over several cells of theirs does not hold."""
    yield from _broken_checks(package, rows, {t.name: t.row_checks for t in package.tables})


def table_check_problems(package: Package, rows: dict[str, Rows]) -> Iterator[Problem]:
    """Rows for which a rule that reads other rows or tables does not hold."""
    yield from _broken_checks(package, rows, {t.name: t.table_checks for t in package.tables})


def _broken_checks(
    package: Package, rows: dict[str, Rows], checks: dict[str, tuple[Check, ...]]
) -> Iterator[Problem]:
    """Only tables with a check and those a check names are loaded: DuckDB takes longer to load one than to check it."""
    words = {w for found in checks.values() for c in found for w in WORD.findall(c.condition)}
    needed = [t for t in package.tables if checks[t.name] or t.name in words]
    if not needed:
        return
    with duckdb.connect() as connection:
        for table in needed:
            _register(connection, table, rows[table.name])
        for table in needed:
            for check in checks[table.name]:
                yield from _broken(connection, table, check)


def person_problems(package: Package, rows: dict[str, Rows]) -> Iterator[Problem]:
    """Cells that read as if they named a person. A steward's check, not one of `read`: a release that was published stays readable."""
    for table in package.tables:
        for row in rows[table.name]:
            for column in table.fields:
                if found := persons.named(row[column.name]):
                    reason = f"像是人名：{'、'.join(found)}。只写职务，摘录从姓名之后开始，标题写〔姓名略〕"
                    yield Problem(table.path, int(row["_line"]), column.name, reason)


def _register(connection: duckdb.DuckDBPyConnection, table: Table, rows: Rows) -> None:
    """The rows as a table of the connection, with the types of the package and the column `_line`."""
    columns = ", ".join(
        f"cast(nullif({c.name}, '') as {SQL_TYPES[c.type]}) as {c.name}" for c in table.fields
    )
    connection.register("cells", frame(table, rows, with_line=True))
    connection.execute(f"create table {table.name} as select _line, {columns} from cells")
    connection.unregister("cells")


def _broken(connection: duckdb.DuckDBPyConnection, table: Table, check: Check) -> Iterator[Problem]:
    judged = f"select _line, ({check.condition}) as holds from {table.name}"
    try:
        lines = connection.execute(
            f"select _line from ({judged}) where not coalesce(holds, true)"
        ).fetchall()
    except duckdb.Error:
        yield Problem("datapackage.json", 0, "", f"{table.name} 的规则写错了：{check.condition}")
        return
    for (line,) in lines:
        yield Problem(table.path, int(line), check.column, check.message)


def _outline_problems(datasets: Path, rows: dict[str, Rows]) -> Iterator[Problem]:
    """Faults of the map's outlines; a folder without its own outlines (a release) is drawn with the repository's."""
    path = datasets / outlines.FILE
    if path.exists():
        known = {row["place_code"] for row in rows["places"]}
        yield from (
            Problem(outlines.FILE, line, "", reason)
            for line, reason in outlines.faults(path.read_bytes(), known)
        )


def frame(table: Table, rows: Rows, with_line: bool = False) -> pd.DataFrame:
    """The rows as text columns, one frame per table."""
    names = [column.name for column in table.fields] + (["_line"] if with_line else [])
    return pd.DataFrame({name: [row[name] for row in rows] for name in names}, dtype="str")
