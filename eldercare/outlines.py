"""The outlines of forty cities and Shanghai's sixteen districts, read from `boundaries.geojson`."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from eldercare.catalogue import DATASETS


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
    collection = json.loads((datasets / "boundaries.geojson").read_text(encoding="utf-8"))
    found = {}
    for feature in collection["features"]:
        properties, geometry = feature["properties"], feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
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


def is_district(code: str) -> bool:
    """Whether a place code is one of Shanghai's districts."""
    return code.startswith("31") and code != "310000"


def extent(shapes: list[Outline]) -> tuple[list[float], list[float]]:
    """West and east, south and north of all the places, in degrees."""
    lon = np.concatenate([shape.lon for shape in shapes])
    lat = np.concatenate([shape.lat for shape in shapes])
    return [float(np.nanmin(lon)), float(np.nanmax(lon))], [float(np.nanmin(lat)), float(np.nanmax(lat))]


def area(shape: Outline) -> float:
    """The box around a place, in square degrees: enough to tell large from small."""
    return float((np.nanmax(shape.lon) - np.nanmin(shape.lon)) * (np.nanmax(shape.lat) - np.nanmin(shape.lat)))
