"""Writes the fictitious list for trying the finder: every name says 演示, nothing in it is a fact.

    python datasets/demo/make_institutions.py
        57 institutions in 20 cities, 25,698 beds in all: the size of the first published list, and nothing else of it.
    python datasets/demo/make_institutions.py --count 8000 --into large
        A whole datasets folder with a demo list of that size in all 41 cities, for ELDERCARE_DATASETS and benchmarks.

The same seed and count always give the same file.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATASETS = HERE.parent
SEED = 2020
COUNT, CITIES, BEDS = 57, 20, 25_698
COLUMNS = (
    *(
        "institution_id",
        "name",
        "aliases",
        "place_code",
        "address",
        "location_precision",
        "lon",
        "lat",
        "type",
        "ownership",
        "operator",
    ),
    *(
        "beds_total",
        "beds_open",
        "residents",
        "beds_available",
        "price_low",
        "price_high",
        "care_levels",
        "medical",
        "list_title",
    ),
    *("settled_for", "reimbursed_for", "refused_for", "date", "date_precision", "source_id"),
)
WORDS = (
    *("松鹤", "云栖", "颐和", "康宁", "福寿", "怡园", "桂苑", "静安居", "春晖", "长乐"),
    *("晚晴", "银杏", "梅园", "安澜", "慈恩", "百合", "和煦", "望湖", "听松", "明月"),
)
# Type: the end of a name, and how often.
TYPES = {
    "养老院": ("颐养院", 5),
    "护理院": ("护理院", 3),
    "养老公寓": ("养老公寓", 2),
    "医养结合机构": ("医养中心", 3),
    "敬老院": ("敬老院", 1),
}
OWNERSHIPS = {"公建公营": 2, "公建民营": 4, "民建民营": 6, "其他": 1}
CARE = ("自理", "介助", "介护", "认知症照护", "短期托养", "康复护理", "安宁疗护")
MEDICAL = {"内设医院或护理院": 3, "内设医务室": 4, "与医院签约": 4, "无": 1}
INSURED = ("310000", "320100", "320500", "330100", "340100")
MONTHS = ("2020-10-31", "2020-12-31", "2021-06-30")
LISTS = ("演示名单第一批", "演示名单第二批")

Ring = list[tuple[float, float]]


def pick(draw: random.Random, weights: dict[str, int], unknown: float) -> str:
    """One of the words by weight; empty with the probability `unknown`."""
    return "" if draw.random() < unknown else draw.choices(list(weights), list(weights.values()))[0]


def rings(path: Path) -> dict[str, list[Ring]]:
    """The outer rings of every outlined place."""
    found = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        polygons = (
            [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        )
        found[feature["properties"]["code"]] = [polygon[0] for polygon in polygons]
    return found


def inside(lon: float, lat: float, outline: list[Ring]) -> bool:
    """Whether a point lies in an outline (even-odd rule)."""
    odd = False
    for ring in outline:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def position(
    draw: random.Random, county: dict[str, str], outline: list[Ring]
) -> tuple[float, float]:
    """A point near the county's centre that does not fall outside the outline."""
    lon, lat = float(county["lon"]), float(county["lat"])
    for _ in range(12):
        x, y = draw.gauss(lon, 0.07), draw.gauss(lat, 0.06)
        if inside(x, y, outline):
            return round(x, 4), round(y, 4)
    return lon, lat


def sizes(draw: random.Random, count: int, total: int | None) -> list[int]:
    """Beds by institution, round numbers mostly; made to add up to `total` where one is given."""
    beds = [
        max(20, min(2400, int(draw.lognormvariate(5.3, 0.75)))) // 10 * 10 for _ in range(count)
    ]
    if total is not None:
        scale = total / sum(beds)
        beds = [max(20, round(b * scale / 10) * 10) for b in beds]
        largest = beds.index(max(beds))
        beds[largest] += total - sum(beds)
    return beds


def institutions(count: int, datasets: Path, seed: int = SEED) -> Iterator[dict[str, object]]:
    """The rows, one after another."""
    draw = random.Random(seed)
    with (datasets / "places.csv").open(encoding="utf-8", newline="") as file:
        places = [
            row
            for row in csv.DictReader(file)
            if row["in_delta"] == "true" and not row["valid_to_year"]
        ]
    outlines = rings(datasets / "boundaries.geojson")
    homes: dict[str, list[dict[str, str]]] = {}
    for row in places:
        if row["level"] in ("county", "district") and row["centroid_precision"] == "own":
            homes.setdefault(row["parent_code"], []).append(row)
    cities = {row["place_code"]: row for row in places if row["place_code"] in homes}
    first = count == COUNT
    chosen = sorted(draw.sample(sorted(cities), CITIES)) if first else sorted(cities)
    beds = sizes(draw, count, BEDS if first else None)
    for number in range(count):
        # Each chosen city has at least one before any has more than chance gives it.
        city = cities[chosen[number] if number < len(chosen) else draw.choice(chosen)]
        yield institution(
            draw,
            number + 1,
            city,
            homes[city["place_code"]],
            outlines,
            beds[number],
            unknown_beds=0 if first else 0.08,
        )


def institution(
    draw: random.Random,
    number: int,
    city: dict[str, str],
    counties: list[dict[str, str]],
    outlines: dict[str, list[Ring]],
    beds: int,
    unknown_beds: float,
) -> dict[str, object]:
    """One fictitious institution with a plausible spread of values and of gaps."""
    county = draw.choice(counties)
    kind = pick(draw, {name: weight for name, (_ending, weight) in TYPES.items()}, 0.07)
    ending = TYPES[kind][0] if kind else "养老中心"
    precision = draw.choices(("address", "town", "county", "city"), (62, 13, 20, 5))[0]
    outline = outlines.get(county["place_code"]) or outlines[city["place_code"]]
    lon, lat = position(draw, county, outline) if precision in ("address", "town") else ("", "")
    place = city if precision == "city" else county
    known = draw.random() >= unknown_beds
    opened = int(beds * draw.uniform(0.2, 1)) // 5 * 5 if draw.random() < 0.8 else None
    residents = int(beds * draw.uniform(0.35, 0.98)) if draw.random() < 0.75 else None
    free = (
        max(0, draw.choice((0, 1)) * (beds - residents))
        if residents is not None and draw.random() < 0.9
        else None
    )
    dear = 1.35 if city["place_code"] in INSURED else 1.0
    low = (
        round(math.exp(draw.gauss(8.0, 0.38)) * dear / 100) * 100 if draw.random() < 0.82 else None
    )
    tags = [word for word in CARE if draw.random() < 0.45] if draw.random() < 0.85 else []
    answers: dict[str, list[str]] = {"settled_for": [], "reimbursed_for": [], "refused_for": []}
    for insured in INSURED:
        answer = draw.choices((*answers, ""), (28, 14, 10, 48))[0]
        if answer:
            answers[answer].append(insured)
    word = draw.choice(WORDS)
    return {
        "institution_id": f"DEMO{number:06d}",
        "name": f"演示{place['short_name']}{word}{ending}"
        + (f"（{number}号）" if number > COUNT else ""),
        "aliases": f"演示{word}院" if draw.random() < 0.2 else "",
        "place_code": place["place_code"],
        "address": f"演示路{draw.randint(1, 999)}号" if precision == "address" else "",
        "location_precision": precision,
        "lon": lon,
        "lat": lat,
        "type": kind,
        "ownership": pick(draw, OWNERSHIPS, 0.12),
        "operator": f"演示{draw.choice(WORDS)}连锁" if draw.random() < 0.3 else "",
        "beds_total": beds if known else "",
        "beds_open": opened if opened is not None and known else "",
        "residents": residents if residents is not None else "",
        "beds_available": free if free is not None else "",
        "price_low": low or "",
        "price_high": round(low * draw.uniform(1.2, 2.4) / 100) * 100
        if low and draw.random() < 0.7
        else "",
        "care_levels": ";".join(tags),
        "medical": pick(draw, MEDICAL, 0.18),
        "list_title": draw.choices((*LISTS, ""), (6, 3, 1))[0],
        **{name: ";".join(codes) for name, codes in answers.items()},
        "date": draw.choice(MONTHS),
        "date_precision": "month",
        "source_id": "DEMO",
    }


def write(target: Path, count: int, datasets: Path) -> None:
    """The list as CSV."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(institutions(count, datasets))


def write_folder(folder: Path, count: int, datasets: Path = DATASETS) -> Path:
    """A copy of `datasets` in `folder` (which must not exist) with a demo list of `count` institutions; returns `folder`."""
    shutil.copytree(datasets, folder, ignore=shutil.ignore_patterns("__pycache__"))
    write(folder / "demo" / "institutions.csv", count, datasets)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description="生成虚构的演示名单")
    parser.add_argument("--count", type=int, default=COUNT, help="机构数")
    parser.add_argument(
        "--datasets", type=Path, default=DATASETS, help="地区与轮廓所在的数据文件夹"
    )
    parser.add_argument(
        "--into", type=Path, help="另建一个完整的数据文件夹，而不是改写 demo/institutions.csv"
    )
    options = parser.parse_args()
    if options.into:
        write_folder(options.into, options.count, options.datasets)
    else:
        write(HERE / "institutions.csv", options.count, options.datasets)


if __name__ == "__main__":
    main()
