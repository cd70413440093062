"""Two-step floating catchment for the counties × 8,000 homes against the plain distance join of the same points, in the same run.

`python -m benchmarks.access`; fails when the median of the ratios exceeds 20.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date

import duckdb
import numpy as np
import pandas as pd

from benchmarks.machine import description
from eldercare.data import build, derived

HOMES, TURNS, MOST = 8_000, 5, 20.0
DAY = date(2026, 11, 22)
# As far as a planner may let people go: most pairs count.
CATCHMENTS = """
    select reach, place_code, sum(share) as value
    from access_catchments('invented', 80, ['place', 'all'], $day, 1.3, 60, 120, $fading, [])
    group by reach, place_code
"""
PLAIN = """
    select count(*), sum(beds)
    from access_demand as d
    join access_supply as s on s.measure = 'invented' and d.age = 80
        and 2 * 6371.0088 * asin(sqrt(least(1, sin(radians(s.lat - d.lat) / 2) ** 2
            + cos(radians(d.lat)) * cos(radians(s.lat)) * sin(radians(s.lon - d.lon) / 2) ** 2))) <= 120 / 1.3
"""


def homes(places: pd.DataFrame) -> pd.DataFrame:
    """Invented homes scattered around the centres of real counties; the seed is fixed."""
    chance = np.random.default_rng(17)
    near = places.iloc[chance.integers(0, len(places), HOMES)].reset_index(drop=True)
    spread = chance.normal(0, 0.1, (HOMES, 2))
    return near.assign(
        lon=near["lon"] + spread[:, 0],
        lat=near["lat"] + spread[:, 1],
        supply_id=[f"H{number:05d}" for number in range(HOMES)],
        beds=chance.integers(20, 500, HOMES),
    )


def opened() -> duckdb.DuckDBPyConnection:
    """The real tables in memory, with the invented homes as a kind of supply of their own."""
    connection = duckdb.connect(config={"threads": "2"})
    connection.execute(f"attach '{build.build()}' as real (read_only)")
    names = [row[0] for row in connection.execute("select table_name from duckdb_tables() where database_name = 'real'").fetchall()]  # fmt: skip
    for name in names:
        connection.execute(f"create table {name} as from real.{name}")
    derived.add_macros(connection)
    places = connection.execute(
        "select place_code, city_code, lon, lat from access_demand where age = 80 and not zones"
    ).df()
    invented = homes(places)  # noqa: F841 - DuckDB reads it by its name
    connection.execute(
        "insert into access_supply by name select 'invented' as measure, supply_id, place_code, city_code, lon, lat, beds from invented"
    )
    return connection


def seconds(connection: duckdb.DuckDBPyConnection, sql: str, **values: object) -> float:
    """Processor time of one answer, both threads together: what else the machine does is not counted."""
    begun = time.process_time()
    connection.execute(sql, values or None).fetchall()
    return time.process_time() - begun


def main() -> int:
    print(description())
    connection = opened()
    ratios: dict[bool, list[float]] = {False: [], True: []}
    seconds(connection, PLAIN)
    for _turn in range(TURNS):
        plain = seconds(connection, PLAIN)
        for fading, found in ratios.items():
            found.append(seconds(connection, CATCHMENTS, day=DAY, fading=fading) / plain)
    medians = {fading: statistics.median(found) for fading, found in ratios.items()}
    for fading, median in medians.items():
        words = "with decay" if fading else "without decay"
        print(f"{words}: {median:.1f} × the plain distance join ({plain * 1000:.0f} ms)")
    return int(max(medians.values()) > MOST)


if __name__ == "__main__":
    sys.exit(main())
