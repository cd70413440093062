"""Made-up ledgers of any size, the same for the same seed: to measure with, never to show as data."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from eldercare.data.catalogue import DATASETS
from eldercare.ledgers import LEDGERS, MARK

FIRST = date(2020, 1, 1)
# Homes that write a line a day at most, for so many days at least; and the months that pairs of places settle.
HOMES, DAYS, MONTHS = 8_000, 500, 48
# A fixed arithmetic in place of a random one: no engine and no version makes other numbers of it.
LINES = """
    select n, (n * 1103515245 + (n % {period}) * 12345 + seed * 7919 + 1013904223) % 2147483647 as mixed
    from (select range as n from range(getvariable('rows'))), settings
"""
BED_DAYS = f"""
    with lines as ({LINES.format(period=9973)}),
    homes as (select n // homes as day_number, n % homes as home, mixed from lines, settings)
    select
        format('DEMO-{{:07d}}', home) as home_id, place_code as city_code, (first + day_number::int)::date as day,
        (20 + home * 37 % 280)::int as capacity, greatest(capacity - mixed % 17, 0)::int as open,
        (open * (55 + mixed // 17 % 46) // 100)::int as occupied, strftime(day, '%Y-%m') as month
    from homes, settings
    join cities on number = home % cities
"""
SETTLEMENTS = f"""
    with lines as ({LINES.format(period=8191)})
    select
        o.place_code as origin_code, d.place_code as destination_code, if(n % 2 = 0, 'ltci', 'subsidy') as scheme,
        (mixed // 7 % 40)::int as cases, strftime(first + to_months((n // 2 % months)::int), '%Y-%m') as month
    from lines, settings
    join cities as o on o.number = mixed % cities
    join cities as d on d.number = mixed // 101 % cities
"""


def make(folder: Path, rows: int, seed: int = 1) -> None:
    """Both ledgers with `rows` lines each under `folder`, which must be new. Raises `FileExistsError`, `ValueError`."""
    if rows < 1:
        raise ValueError("rows must be at least 1")
    folder.mkdir(parents=True)
    (folder / MARK).write_text(
        json.dumps(
            {"demo": True, "rows": rows, "seed": seed, "note": "演示数据，不是真实记录"},
            ensure_ascii=False,
        ),
        encoding="utf-8",
    )
    places = pd.read_csv(DATASETS / "places.csv", dtype=str)
    cities = places[(places["level"] == "city") & (places["in_delta"] == "true")]["place_code"]
    # Rows are written as they are made: their order within a month is nobody's, and memory stays bounded.
    with duckdb.connect(
        config={"memory_limit": "2GB", "preserve_insertion_order": False}
    ) as connection:
        connection.register("listed", pd.DataFrame({"place_code": sorted(cities)}))
        connection.execute(
            "create table cities as "
            "select place_code, row_number() over (order by place_code) - 1 as number from listed"
        )
        connection.execute(
            "create table settings as select $first::date as first, $seed::bigint as seed, "
            "$homes::bigint as homes, $months::bigint as months, $cities::bigint as cities",
            {
                "first": FIRST,
                "seed": seed,
                "homes": max(min(HOMES, rows // DAYS), 1),
                "months": MONTHS,
                "cities": len(cities),
            },
        )
        connection.execute("set variable rows = ?", [rows])
        for name, made in zip(LEDGERS, (BED_DAYS, SETTLEMENTS), strict=True):
            connection.sql(made).write_parquet(str(folder / name), partition_by=["month"])
