"""The data report: what a steward wants to see after a check."""

from __future__ import annotations

from eldercare.data import quoted
from eldercare.data.catalogue import Package

# So many rows are named of those to look at again.
NAMED = 10

# What two statements of one figure share.
SAME_FIGURE = (
    "place_code",
    "indicator_code",
    "date",
    "base",
    "boundary_year",
    "kind",
    "reading",
)


def report(package: Package, rows: dict[str, list[dict[str, str]]]) -> str:
    """Rows, empty cells, coverage, years and conflicts of the cells that `validation.read` returns."""
    lines = [f"{package.title} {package.version}，数据截至 {package.as_of}", ""]
    for table in package.tables:
        cells = rows[table.name]
        empty = {
            column.name: sum(not row[column.name] for row in cells)
            for column in table.fields
            if not column.required
        }
        gaps = "，".join(f"{name} {count}" for name, count in empty.items() if count)
        lines.append(f"{table.name:<24}{len(cells):>6} 行" + (f"　空值：{gaps}" if gaps else ""))
    claims = rows.get("observations", [])
    if claims:
        years = [row["date"][:4] for row in claims if row["date"]]
        sets: dict[tuple[str, ...], set[str]] = {}
        for row in claims:
            key = tuple(row[column] for column in SAME_FIGURE)
            sets.setdefault(key, set()).add(row["value"])
        undated = sum(1 for row in claims if not row["date"])
        lines += [
            "",
            f"有观测的地区 {len({row['place_code'] for row in claims})} 个；年份 {min(years)}—{max(years)}；未注明日期 {undated} 条",
            f"取值不一致的数据 {sum(len(values) > 1 for values in sets.values())} 组；存疑 {sum(row['doubtful'] == 'true' for row in claims)} 条",
        ]
        if silent := quoted.lacking(claims):
            places = {id(row): line for line, row in enumerate(claims, start=2)}
            named = "；".join(
                f"第{places[id(row)]}行 {row['observation_id']} {row['value']}"
                for row in silent[:NAMED]
            )
            more = "；……" if len(silent) > NAMED else ""
            lines.append(
                f"请核对：引文里没有所记的数 {len(silent)} 条（推算的不计）：observations.csv {named}{more}"
            )
    return "\n".join(lines)
