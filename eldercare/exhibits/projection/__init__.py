"""人口情景: how many people above 60, 65 and 80 the cohorts of two censuses give until 2040, and how that met later figures.

Everything here is a scenario: never one figure for a district, never with a standard per registered people.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from eldercare.exhibits import PLANNING, Exhibit, Facts, Missing, exhibit, kept, listed
from eldercare.exhibits.projection.cohorts import MIGRATIONS
from eldercare.exhibits.projection.known import (
    BASIS,
    BEFORE,
    DISTRICT,
    NAMES,
    NOW,
    REGION,
    Known,
    amount,
    known,
    span,
)
from eldercare.exhibits.projection.plan import YEARS
from eldercare.exhibits.shapes import Lines, Path, Point
from eldercare.measures import CENSUS, CENSUS_SHORT, number, worked_out

AGES = {"60岁以上": 60, "65岁以上": 65, "80岁以上": 80}
LAST = YEARS[-1]
# Their ratios reach exactly ten and twenty years on; the years between are interpolated.
DIRECT = (2030, 2040)
WAN = 10_000
ASSUMED = "情景，不是预测；按2010—2020年队列变化率外推的常住人口"
RANGE = "情景区间为三种迁移假定的最低与最高，不是置信区间"
OF_DISTRICTS = "上海各区的比率多是区间搬迁所致，只并列三种情景，不取一个数"
SHIFTS = {
    "damped": "迁移减半：本地比率与留存率之差，第一个十年乘0.5，第二个十年乘0.25",
    "continued": "迁移延续：2010—2020年的比率照用",
    "none": "不计迁移：各地都用长三角合计的留存率（不超过1）",
}
NOTHING = "人口情景"
CHECKED = {
    "about": "地区、日期、年龄",
    "value": "公布数（万人）",
    "range": "情景区间（万人）",
    "verdict": "与区间相比",
}


def interpolated(year: int) -> str:
    """（插值）behind a year between two that the ratios reach."""
    return "" if year in DIRECT else "（插值）"


def day_of(year: int) -> date:
    """The day of a census that a year of a scenario stands for."""
    return date(year, NOW.month, NOW.day)


def years_on(year: int) -> int:
    return year - NOW.year


@kept
def people(facts: Facts, code: str, age: int = 60, migration: str = "damped") -> Exhibit | Missing:
    """Residents above an age: two censuses, then each migration until 2040; of a district the range alone is said."""
    found, place = known(facts), facts.place(code)
    if why := found.lacking(code):
        return Missing(f"{place.short_name}：{NOTHING}", why)
    rows = _by_year(found, code)
    ends = {way: found.people(code, each, age, years_on(LAST)) for way, each in MIGRATIONS.items()}
    one = place.level == DISTRICT
    told = span(list(ends.values()), "人") if one else amount(ends[migration], "人")
    title = ("" if one else "情景：") + f"{place.short_name}{LAST}年{age}岁及以上{told}"
    among = f"三种迁移假定的情景区间{span(list(ends.values()), '人')}"
    counted = found.counted(code, age)
    beside = f"{CENSUS}{amount(counted, '人')}"
    said = f"情景；{OF_DISTRICTS}；{beside}" if one else f"{NAMES[migration]}；{among}；{beside}"
    return exhibit(
        "projection",
        PLANNING,
        title,
        _lines(found, code, age, "" if one else migration),
        rows,
        {
            "year_words": "年份",
            "way": "情景",
            "over60": "60岁及以上（万人）",
            "over65": "65岁及以上（万人）",
            "over80": "80岁及以上（万人）",
        },
        [
            ASSUMED,
            RANGE,
            tested(facts),
            "2030、2040年由比率直接得出，2025、2035年逐队列插值（图中空心）；各年均指11月1日",
            *SHIFTS.values(),
            "与户籍口径的标准、床位率不能相乘、相比",
            _bounds(found, code),
        ],
        subtitle=said,
    )


def _by_year(found: Known, code: str) -> pd.DataFrame:
    """Rows of both censuses, then of each year and migration."""
    counted = [
        {
            "year_words": f"{day.year}年（普查）",
            "way": "普查",
            **{
                f"over{age}": round(found.counted(code, age, day == NOW) / WAN, 2)
                for age in AGES.values()
            },
        }
        for day in (BEFORE, NOW)
    ]
    reached = [
        {
            "year_words": f"{year}年{interpolated(year)}",
            "way": NAMES[way],
            **{
                f"over{age}": round(found.people(code, each, age, years_on(year)) / WAN, 2)
                for age in AGES.values()
            },
        }
        for year in YEARS
        for way, each in MIGRATIONS.items()
    ]
    return resting(pd.DataFrame([*counted, *reached]), found.sources(code))


def resting(rows: pd.DataFrame, sources: list[str]) -> pd.DataFrame:
    """Rows with what they rest on: both censuses, how they were reckoned, residents of the day of the second."""
    return rows.assign(
        source_ids=[sources] * len(rows),
        evidence=BASIS,
        date=pd.Timestamp(NOW),
        date_precision="day",
        base="常住",
    )


def _lines(found: Known, code: str, age: int, chosen: str) -> Lines:
    """The censuses as one line and each migration as one from there on. The highest has its words above, the lowest below, the
    chosen one (none for a district) where they leave room.
    """
    start = found.counted(code, age)
    census = [
        Point(day, value / WAN, _label(value), f"{day.year}年人口普查：{_label(value)}")
        for day, value in ((BEFORE, found.counted(code, age, False)), (NOW, start))
    ]
    ends = found.all_ways(code, age, years_on(LAST))
    low, middle, high = sorted(ends, key=ends.get)
    roles = {way: f"series:{place}" for place, way in enumerate(MIGRATIONS)}
    spoken = {high, low} | ({chosen} - {middle})
    paths = [Path("普查", tuple(census), "goal")]
    for way in (low, high, middle):
        values = {year: found.people(code, MIGRATIONS[way], age, years_on(year)) for year in YEARS}
        points = [Point(NOW, start / WAN)] + [
            Point(
                day_of(year),
                value / WAN,
                _label(value) if way in spoken and year in DIRECT else "",
                f"{year}年{interpolated(year)}{NAMES[way]}：{_label(value)}",
                derived=year not in DIRECT,
            )
            for year, value in values.items()
        ]
        paths.append(Path(NAMES[way], tuple(points), roles[way]))
    return Lines(tuple(paths), "万人", 1, by_day=True)


def _label(value: float) -> str:
    return f"{value / WAN:,.1f}万人"


def _bounds(found: Known, code: str) -> str:
    """How the first census was re-cut to the bounds of the second."""
    told = [f"{unit.name}{unit.note}" for unit in found.parts(code) if unit.note]
    return f"区划：{'；'.join(told)}" if told else ""


@kept
def places(facts: Facts, age: int = 60, year: int = 2035) -> Exhibit | Missing:
    """Every place beside its census under each migration, in house order: cities that add up, then Shanghai's districts."""
    found = known(facts)
    if why := found.lacking(REGION):
        return Missing(f"各地{NOTHING}", why)
    listed_ = facts.ask("profile_places")
    rows = pd.DataFrame(
        [
            _beside(found, row, age, year)
            for row in listed_[listed_["level"] != "county"].itertuples()
            if not found.lacking(row.place_code)
        ]
    )
    cities = rows[rows["city"]]
    growing = int((cities["least"] > cities["counted"]).sum())
    sources = found.sources(REGION)
    return listed(
        "projection_places",
        PLANNING,
        f"{year}年{age}岁及以上：{growing}个城市三种情景均增；"
        f"情景；{len(cities)}个城市（含上海）{year}年{interpolated(year)}与七普（2020年）相比，上海16个区列在上海之后",
        resting(rows, sources),
        {
            "name": "地区",
            "counted": f"{CENSUS_SHORT}（万人）",
            "none": f"{NAMES['none']}（万人）",
            "damped": f"{NAMES['damped']}（万人）",
            "continued": f"{NAMES['continued']}（万人）",
            "change": "比七普（%）",
        },
        [ASSUMED, RANGE, OF_DISTRICTS, "省与长三角为所属城市相加；区不相加成上海；不排位次"],
        slide={"name": 2, "counted": 2, "none": 2, "damped": 2, "continued": 2, "change": 2},
    )


def _beside(found: Known, row: Any, age: int, year: int) -> dict[str, Any]:
    ways = found.all_ways(row.place_code, age, years_on(year))
    counted = found.counted(row.place_code, age)
    low, high = min(ways.values()), max(ways.values())
    return {
        "place_code": row.place_code,
        "name": row.short_name,
        "city": row.level == "city" or row.place_code == "310000",
        "counted": round(counted / WAN, 2),
        "least": low / WAN,
        "change": f"{100 * (low / counted - 1):+.0f}至{100 * (high / counted - 1):+.0f}",
        **{way: round(value / WAN, 2) for way, value in ways.items()},
    }


@kept
def checked(facts: Facts) -> Exhibit | Missing:
    """What the scenarios would have said of later days for which a source printed residents: what is off, and what outside the range."""
    found = known(facts)
    published = _published(facts, found)
    if published.empty:
        return Missing(
            "与公布数对照",
            "没有七普（2020年）以后、注明常住口径和日期的老年人口数，或没有可推算的地区",
        )
    rows = pd.DataFrame([_against(found, row) for row in published.itertuples()])
    outside = rows[rows["side"] != ""]
    below, above = (outside["side"] == "低").sum(), (outside["side"] == "高").sum()
    sides = "、".join(
        words for count, words in ((below, f"{below}个偏低"), (above, f"{above}个偏高")) if count
    )
    names = "、".join(dict.fromkeys(rows["name"]))
    return listed(
        "projection_check",
        PLANNING,
        f"回测：{len(rows)}个公布数，{len(outside)}个在区间外；"
        f"{sides + '，' if sides else ''}{NAMES['damped']}的情景比公布数{_errors(rows['error'])}；"
        f"只对照了{names}，不检验任何一个区",
        rows,
        CHECKED,
        [
            "公布数为七普（2020年）以后注明常住口径与日期的60岁、65岁及以上人口，一个来源一行；户籍数不用来检验",
            "情景按公布数的日期逐队列插值，跨过年龄线的一组按其中各岁人数相等计",
            "差额可能来自死亡、迁移、抽样与两次普查的覆盖，公开资料不能分开",
            RANGE,
        ],
        slide={name: 3 if name == "about" else 2 for name in CHECKED},
        file_columns={
            "name": "地区",
            "day": "日期",
            "age": "年龄",
            **CHECKED,
            "damped": f"{NAMES['damped']}（万人）",
            "error": f"{NAMES['damped']}的误差（%）",
        },
    )


def _published(facts: Facts, found: Known) -> pd.DataFrame:
    """Residents above 60, 65 or 80 that sources print for a day after the census, of places that can be projected."""
    codes = facts.ask("profile_places")["place_code"]
    able = [code for code in codes if not found.lacking(code)]
    parts = [
        facts.ask(
            "population_series", indicator=f"pop_{age}plus", places=able, as_of=facts.as_of
        ).assign(age=age)
        for age in AGES.values()
    ]
    order = {code: place for place, code in enumerate(able)}
    rows = pd.concat(parts).sort_values(
        "place_code", key=lambda codes: codes.map(order), kind="stable"
    )
    # 截至 a day of report names no day that the figure is of.
    dated = (rows["date"] > pd.Timestamp(NOW)) & (rows["date_precision"] != "by_date")
    return rows[(rows["base"] == "常住") & dated]


def _against(found: Known, row: Any) -> dict[str, Any]:
    years = (row.date.date() - NOW).days / 365.25
    ways = found.all_ways(row.place_code, row.age, years)
    low, high = min(ways.values()), max(ways.values())
    side = "低" if high < row.value else "高" if low > row.value else ""
    nearest = {"低": high, "高": low, "": row.value}[side]
    apart = abs(nearest / row.value - 1)
    day = f"{row.date.year}年底" if row.date_precision == "year_end" else f"{row.date:%Y-%m-%d}"
    told = f"{row.age}岁及以上{worked_out(row.kind)}"
    return {
        "place_code": row.place_code,
        "name": row.short_name,
        "day": day,
        "over": f"{row.age}岁及以上",
        "age": told,
        "about": f"{row.short_name}{day}{told}",
        "value": round(row.value / WAN, 2),
        "range": f"{low / WAN:,.1f}—{high / WAN:,.1f}",
        "damped": round(ways["damped"] / WAN, 1),
        "error": round(100 * (ways["damped"] / row.value - 1), 1),
        "side": side,
        "verdict": f"{side}{100 * apart:.1f}%" if side else "在区间内",
        "source_ids": [row.source_id, *found.sources(row.place_code)],
        "evidence": row.evidence,
        "date": row.date,
        "date_precision": row.date_precision,
        "base": row.base,
    }


def tested(facts: Facts) -> str:
    """In one sentence for all that rests on the scenarios how far off they were, by age; empty where nothing could be compared."""
    found = known(facts)
    rows = [_against(found, row) for row in _published(facts, found).itertuples()]
    if not rows:
        return ""
    errors: dict[str, list[float]] = {}
    for row in rows:
        errors.setdefault(row["over"], []).append(row["error"])
    outside = sum(row["side"] != "" for row in rows)
    told = "，".join(f"{age}{_errors(each)}" for age, each in errors.items())
    return f"回测：与2020年后的公布数相比，{NAMES['damped']}的情景{told}；{len(rows)}个中{outside}个在情景区间外"


def _errors(values: Any) -> str:
    """低8%至高1.3%, from the lowest to the highest."""
    return f"{_error(min(values))}至{_error(max(values))}"


def _error(value: float) -> str:
    return f"{'高' if value > 0 else '低'}{number(abs(value), 1)}%" if value else "相同"
