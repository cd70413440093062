"""A list of homes written as offices publish them, generated with the table that it should become; all content invented.

Built like a real one: city, name, kind, beds, price, services, address; half of it outside of the delta; words that no
table of synonyms knows, units behind numbers, prices as ranges or 面议, the county in the address only.
"""

import csv
import io
import random
from dataclasses import dataclass
from pathlib import Path

import openpyxl

HEADER = ("城市", "名称", "性质", "床位", "价格(元/月)", "特色服务", "地址")
PLACES = Path(__file__).resolve().parent.parent / "datasets" / "places.csv"
OUTSIDE = (
    "成都市",
    "北京市",
    "海口市",
    "西安市",
    "沈阳",
    "重庆市",
    "昆明市",
    "长沙市",
    "福州市",
    "济南市",
    "郑州",
    "太原市",
)
# What is written → the class, and whether someone has to say so.
CLASSES = {
    "公助民办": "民建民营",
    "民办": "民建民营",
    "公办民营": "公建民营",
    "民建民营": "民建民营",
}
ASKED = {"民营": "民建民营", "公办（建）": "公建公营", "集体办": "其他", "合资": "其他"}
SERVICES = ("医养结合", "认知障碍照护", "康复护理", "失能照护", "旅居养老", "助餐")


@dataclass(frozen=True)
class OfficeList:
    """`expected` are the rows that must be stored, by name; `answers` what someone says once about each written word."""

    data: bytes
    rows: int
    expected: dict[str, dict[str, str]]
    answers: dict[str, str]


def made(rows: int = 420, seed: int = 15) -> OfficeList:
    draw = random.Random(seed)
    with PLACES.open(encoding="utf-8") as file:
        places = [
            row
            for row in csv.DictReader(file)
            if row["in_delta"] == "true" and not row["valid_to_year"]
        ]
    cities = {
        row["place_code"]: row
        for row in places
        if row["level"] == "city" or row["place_code"] == "310000"
    }
    counties = [
        row
        for row in places
        if row["level"] in ("county", "district") and row["parent_code"] in cities
    ]
    lines, expected = [], {}
    for number in range(rows):
        name = f"测试{number:03d}号{draw.choice(('养老院', '护理院', '颐养中心'))}"
        written = draw.choices([*CLASSES, *ASKED], weights=[2, 4, 2, 2, 20, 4, 1, 1])[0]
        beds, services = (
            draw.randrange(20, 800),
            "、".join(draw.sample(SERVICES, draw.randrange(1, 4))),
        )
        beds_written = draw.choice((f"{beds}张", str(beds), f"{beds} 张", beds))
        low = draw.randrange(10, 60) * 100
        price, low_high = draw.choice(
            (
                ("价格面议", ("", "")),
                (f"{low}-{low + 1800}", (str(low), str(low + 1800))),
                (f"{low}", (str(low), str(low))),
                (f"{low}元起", (str(low), "")),
            )
        )
        if number % 2:
            city = draw.choice(OUTSIDE)
            address = f"{city}某区测试路{number}号"
        else:
            county = draw.choice(counties)
            above = cities[county["parent_code"]]
            city = above["name"]
            address = f"{above['name']}{county['name']}测试路{number}号"
            expected[name] = {
                "place_code": county["place_code"],
                "address": address,
                "ownership": (CLASSES | ASKED)[written],
                "written": written,
                "beds_total": str(beds),
                "price_low": low_high[0],
                "price_high": low_high[1],
                "care_levels": services,
            }
        lines.append((city, name, written, beds_written, price, services, address))
    book = openpyxl.Workbook()
    book.active.append(["全国养老机构名单（测试）"])
    for line in (HEADER, *lines):
        book.active.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return OfficeList(buffer.getvalue(), rows, expected, ASKED)
