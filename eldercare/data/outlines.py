"""The outlines of forty cities and Shanghai's sixteen districts, read from `boundaries.geojson`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from eldercare.data.catalogue import DATASETS

FILE = "boundaries.geojson"


@dataclass(frozen=True)
class Outline:
    """One place: its rings as (lon, lat) arrays closed by NaN, and the point for its label."""

    code: str
    name: str
    level: str
    lon: np.ndarray
    lat: np.ndarray
    label_lon: float
    label_lat: float


@lru_cache(maxsize=2)
def outlines(datasets: Path = DATASETS) -> dict[str, Outline]:
    """Forty cities and sixteen districts by place code."""
    collection = json.loads((datasets / FILE).read_text(encoding="utf-8"))
    found = {}
    for feature in collection["features"]:
        properties, geometry = feature["properties"], feature["geometry"]
        polygons = (
            [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        )
        points: list[tuple[float, float]] = []
        for polygon in polygons:
            points += [(lon, lat) for lon, lat in polygon[0]] + [(math.nan, math.nan)]
        path = np.array(points[:-1], dtype=np.float32)
        found[properties["code"]] = Outline(
            properties["code"],
            properties["name"],
            properties["level"],
            path[:, 0],
            path[:, 1],
            properties["lon"],
            properties["lat"],
        )
    return found


def faults(data: bytes, known: set[str]) -> Iterator[tuple[int, str]]:
    """What is wrong with a file of outlines as (line, reason in Chinese); `known` are the codes of the table of places."""
    try:
        features = json.loads(data)["features"]
    except json.JSONDecodeError as error:
        yield error.lineno, f"不是完整的 JSON（第{error.colno}个字符处）"
        return
    except (UnicodeDecodeError, KeyError, TypeError):
        yield 0, "不是 UTF-8 编码的 GeoJSON（FeatureCollection）"
        return
    seen: set[str] = set()
    for number, feature in enumerate(features, 1):
        try:
            properties, geometry = feature["properties"], feature["geometry"]
            code = properties["code"]
            polygons = {
                "Polygon": [geometry["coordinates"]],
                "MultiPolygon": geometry["coordinates"],
            }[geometry["type"]]
            rings = [[(float(lon), float(lat)) for lon, lat in polygon[0]] for polygon in polygons]
            whole = all(len(ring) > 3 and ring[0] == ring[-1] for ring in rings) and bool(
                properties["name"] and properties["level"]
            )
            float(properties["lon"]), float(properties["lat"])
        except (KeyError, TypeError, ValueError, IndexError):
            yield 0, f"第{number}个轮廓缺少 code、name、level、lon、lat 或完整的坐标"
            continue
        if not whole:
            yield 0, f"第{number}个轮廓（{code}）没有闭合，或名称、级别是空的"
        if code in seen:
            yield 0, f"第{number}个轮廓的代码 {code} 重复"
        if code not in known:
            yield 0, f"第{number}个轮廓的代码 {code} 不在地区（places）表中"
        seen.add(code)


def is_district(code: str) -> bool:
    """Whether a place code is one of Shanghai's districts."""
    return code.startswith("31") and code != "310000"


def extent(shapes: list[Outline]) -> tuple[list[float], list[float]]:
    """West and east, south and north of all the places, in degrees."""
    lon = np.concatenate([shape.lon for shape in shapes])
    lat = np.concatenate([shape.lat for shape in shapes])
    return [float(np.nanmin(lon)), float(np.nanmax(lon))], [
        float(np.nanmin(lat)),
        float(np.nanmax(lat)),
    ]


def area(shape: Outline) -> float:
    """The box around a place, in square degrees: enough to tell large from small."""
    return float(
        (np.nanmax(shape.lon) - np.nanmin(shape.lon))
        * (np.nanmax(shape.lat) - np.nanmin(shape.lat))
    )
