"""由 boundaries.geojson 与 places.csv 生成 water_pairs.csv:哪些地区之间隔着开阔水面。

需要的包:shapely>=2.1、numpy。用法:

    pip install "shapely>=2.1"
    python datasets/make_water_pairs.py

规则:两地中心之间的直线,有连续5公里以上落在海上,即为隔水。海是全部轮廓以外、与东海相连的水面;
湖泊和轮廓已经接拢的江面(如长江北支)不算。隔着海湾而陆路可以绕行的,按同一规则也算隔水。
400公里以外的不列:试算的假设到不了那么远。
"""

import csv
import json
import math
from itertools import combinations
from pathlib import Path

import numpy as np
import shapely

HERE = Path(__file__).parent
TARGET = HERE / "water_pairs.csv"
LEAST_KM, FARTHEST_KM, EARTH_KM = 5, 400, 6371.0088
# 海岸线南北两端以东;其西面轮廓以外是邻省的陆地,不是水面。
COAST = shapely.Polygon([(119.25, 35.2), (124, 35.2), (124, 27), (120.5, 27)])


def sea():
    """全部轮廓以外、海岸以东最大的一片水面。"""
    features = json.loads((HERE / "boundaries.geojson").read_text(encoding="utf-8"))["features"]
    land = shapely.union_all([shapely.geometry.shape(each["geometry"]) for each in features])
    return max(shapely.get_parts(COAST.difference(land)), key=lambda part: part.area)


def points():
    """地区代码、经度、纬度,依次序:长三角有自己中心的县级地区与城市。"""
    with open(HERE / "places.csv", encoding="utf-8", newline="") as file:
        rows = [
            (row["place_code"], float(row["lon"]), float(row["lat"]), int(row["sort_order"]))
            for row in csv.DictReader(file)
            if row["in_delta"] == "true"
            and row["level"] in ("county", "district", "city")
            and row["centroid_precision"] == "own"
        ]
    return [row[:3] for row in sorted(rows, key=lambda row: row[3])]


def kilometres(one, other):
    """大圆距离(公里)。"""
    x1, y1, x2, y2 = map(math.radians, (*one[1:], *other[1:]))
    chord = (
        math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(chord))


def pairs():
    """隔水的两地与直线在海上最长的一段(公里)。"""
    near = [
        (one, other, km)
        for one, other in combinations(points(), 2)
        if (km := kilometres(one, other)) <= FARTHEST_KM
    ]
    ends = np.array([[one[1:], other[1:]] for one, other, _km in near])
    lines, water = shapely.linestrings(ends), sea()
    shapely.prepare(water)
    found = []
    for index in np.flatnonzero(shapely.intersects(water, lines)):
        (one, other, km), line = near[index], lines[index]
        stretches = shapely.length(shapely.get_parts(shapely.intersection(water, line)))
        longest = float(stretches.max()) / float(shapely.length(line)) * km
        if longest > LEAST_KM:
            found.append((one[0], other[0], f"{longest:.1f}"))
    return found


def main():
    found = pairs()
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["place_code", "other_code", "water_km"])
        writer.writerows(found)
    print(f"{len(found)} 对地区隔着开阔水面")


if __name__ == "__main__":
    main()
