"""Trials of access: two-step floating catchment against PySAL and by hand, one kind of supply a run, reach, water, what is entered."""

import math
import re
from datetime import date
from itertools import pairwise

import duckdb
import numpy as np
import pandas as pd
import pytest
from access import fca
from asking import AS_OF, add, opened
from hypothesis import given, settings
from hypothesis import strategies as some

from eldercare.data.catalogue import DATASETS
from eldercare.data.derived import MACROS
from eldercare.exhibits import Exhibit, Facts, Missing, access
from eldercare.exhibits.access import words
from eldercare.exhibits.access.trial import Trial, entered
from eldercare.talks import decks

EARTH = 6371.0088
WAYS = {"detour": 1.3, "speed": 40.0, "minutes": 60.0, "decay": False}
NOTHING = {"own": []}
DAY = date(2026, 11, 22)


def minutes_between(demand, supply, detour, speed):
    """Every demand × every supply: the way there in minutes, by numpy."""
    lat1, lon1 = (np.radians(demand[c].to_numpy(float))[:, None] for c in ("lat", "lon"))
    lat2, lon2 = (np.radians(supply[c].to_numpy(float))[None, :] for c in ("lat", "lon"))
    a = (
        np.sin((lat2 - lat1) / 2) ** 2
        + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH * np.arcsin(np.sqrt(np.minimum(1, a))) * detour / speed * 60


def gaussian(limit):
    floor = math.exp(-0.5)
    return lambda t: (math.exp(-0.5 * (t / limit) ** 2) - floor) / (1 - floor)


def by_pysal(demand, supply, cost, limit, fading):
    """Beds per thousand by PySAL; `cost` is NaN where there is no way."""
    origins, targets = np.nonzero(cost <= limit)
    ways = pd.DataFrame(
        {
            "origin": demand.index.to_numpy()[origins],
            "dest": supply.index.to_numpy()[targets],
            "cost": cost[origins, targets],
        }
    )
    found = fca.two_stage_fca(
        demand[["elders"]].rename_axis("geoid"),
        supply[["beds"]].rename_axis("geoid"),
        ways,
        max_cost=limit,
        demand_index=True,
        demand_name="elders",
        supply_name="beds",
        weight_fn=gaussian(limit) if fading else None,
    )
    return 1000 * found


def macro(connection, name):
    text = (MACROS / f"{name}.sql").read_text(encoding="utf-8")
    (line,) = (line for line in text.splitlines() if line.startswith("-- Arguments: "))
    connection.execute(
        f"create or replace macro {name}({line.removeprefix('-- Arguments: ')}) as table {text}"
    )


@pytest.fixture(scope="module")
def bare():
    """The macro over tables that a test fills: no water, no pairs."""
    with duckdb.connect() as connection:
        for statement in (
            "create table access_demand (place_code varchar, at_code varchar, city_code varchar, lon double, lat double, elders bigint, age int, zones boolean)",
            "create table access_supply (measure varchar, supply_id varchar, place_code varchar, city_code varchar, lon double, lat double, beds bigint)",
            "create table ended_homes (institution_id varchar, ended_on date)",
            "create table water_pairs (place_code varchar, other_code varchar)",
            "create table crossings (place_code varchar, other_code varchar, opened date)",
            "create macro paired_places(day) as table select '' as place_code, '' as other_code where false",
        ):
            connection.execute(statement)
        macro(connection, "access_catchments")
        yield connection


def points(least, most, **columns):
    point = some.tuples(
        some.floats(118, 122),
        some.floats(29, 33),
        *(some.integers(*ends) for ends in columns.values()),
    )
    return some.lists(point, min_size=least, max_size=most)


@settings(max_examples=40)
@given(
    points(1, 12, elders=(1, 100_000)),
    points(1, 12, beds=(1, 5_000)),
    some.floats(1, 3),
    some.floats(5, 120),
    some.floats(5, 180),
    some.booleans(),
)
def test_it_is_what_pysal_computes(bare, people, homes, detour, speed, limit, fading):
    demand = pd.DataFrame(
        people, columns=["lon", "lat", "elders"], index=[f"d{i}" for i in range(len(people))]
    )
    supply = pd.DataFrame(
        homes, columns=["lon", "lat", "beds"], index=[f"s{i}" for i in range(len(homes))]
    )
    bare.execute("delete from access_demand")
    bare.execute("delete from access_supply")
    bare.executemany(
        "insert into access_demand values (?, ?, 'c', ?, ?, ?, 80, false)",
        [
            (code, code, lon, lat, n)
            for code, (lon, lat, n) in zip(demand.index, people, strict=True)
        ],
    )
    bare.executemany(
        "insert into access_supply values ('m', ?, ?, 'c', ?, ?, ?)",
        [
            (code, code, lon, lat, n)
            for code, (lon, lat, n) in zip(supply.index, homes, strict=True)
        ],
    )
    found = bare.execute(
        "select place_code, 1000 * sum(share) as value from access_catchments('m', 80, ['all'], $day, $detour, $speed, $limit, $fading, []) group by place_code",
        {"day": DAY, "detour": detour, "speed": speed, "limit": limit, "fading": fading},
    ).df().set_index("place_code")["value"]  # fmt: skip
    cost = minutes_between(demand, supply, detour, speed)
    wanted = by_pysal(demand, supply, cost, limit, fading).dropna()
    wanted = wanted[wanted > 0]
    assert set(found.dropna().index) >= set(wanted.index)
    for code, value in wanted.items():
        assert found[code] == pytest.approx(value, rel=1e-9, abs=1e-9)


def census(age):
    """Elders of counties, districts and zones (joined by city) from the CSV files, and where they are taken to live."""
    places = pd.read_csv(DATASETS / "places.csv", dtype=str).set_index("place_code")
    told = pd.read_csv(DATASETS / "observations.csv", dtype=str, low_memory=False)
    told = told[
        (told["indicator_code"] == f"pop_{age}plus")
        & (told["date"] == "2020-11-01")
        & (told["shown"] == "true")
    ]
    told = told.assign(level=told["place_code"].map(places["level"]), n=told["value"].astype(float))
    told = told[told["level"].isin(["county", "district", "zone"])]
    own = told[told["level"] != "zone"].set_index("place_code")["n"]
    zones = told[told["level"] == "zone"]
    joined = zones.groupby(zones["place_code"].map(places["parent_code"]))["n"].sum()
    elders = pd.concat([own, joined])
    at = [
        code
        if places.at[code, "centroid_precision"] == "own" or code in joined.index
        else places.at[code, "successor_codes"].split(";")[0]
        for code in elders.index
    ]
    where = places.loc[at, ["lon", "lat"]].astype(float).set_index(elders.index)
    return where.assign(elders=elders, at=at), places


def apart(demand, supply_places):
    """True where open water lies between, from the CSV file."""
    pairs = pd.read_csv(DATASETS / "water_pairs.csv", dtype=str)
    known = set(map(tuple, pairs[["place_code", "other_code"]].to_numpy()))
    return np.array(
        [[(a, b) in known or (b, a) in known for b in supply_places] for a in demand["at"]]
    )


@pytest.mark.parametrize("fading", [False, True])
def test_counties_are_what_pysal_computes(real, fading):
    """323 places with elders, 189 with beds: each value of the widest reach, from the CSV files."""
    demand, _places = census(80)
    assert len(demand) == 320, "307 counties and districts, zones of 13 cities"
    told = pd.read_csv(DATASETS / "observations.csv", dtype=str, low_memory=False)
    told = told[(told["indicator_code"] == "welfare_beds") & told["boundary_year"].isna()]
    beds = told.set_index("place_code")["value"].astype(float)
    supply = demand.loc[beds.index, ["lon", "lat"]].assign(beds=beds)
    cost = minutes_between(demand, supply, 1.3, 40)
    cost[apart(demand, supply.index)] = np.nan
    wanted = by_pysal(demand, supply, cost, 60, fading)
    found = asked(real, "welfare_beds", decay=fading).set_index("place_code")["wide_value"]
    assert len(found) == 189
    assert np.allclose(found, wanted[found.index], rtol=0, atol=1e-9)


def asked(store, measure, age=80, narrow="place", wide="all", limit=100.0, **ways):
    return store.ask(
        "access_ratios",
        **{
            "measure": measure,
            "age": age,
            "narrow": narrow,
            "wide": wide,
            "most_unknown": limit,
            "as_of": DAY,
            **WAYS,
            **NOTHING,
            **ways,
        },
    )


@pytest.mark.parametrize("measure", ["welfare_beds", "beds_total", "demo_beds"])
def test_no_result_rests_on_two_measures(real, measure):
    """Beds of one indicator only: whoever adds two of them fails here."""
    answer = asked(real, measure)
    assert len(answer)
    assert {tuple(found) for found in answer["measures"]} == {(measure,)}


def test_supply_of_a_run_is_that_of_its_table(real):
    """Homes as the list has them, welfare beds as the yearbook has them: counted from the CSV files, not from each other."""
    homes = pd.read_csv(DATASETS / "institutions.csv", dtype=str)
    listed = homes[(homes["source_id"] == "L01") & homes["beds_total"].notna()]
    known = real.ask("access_measures", as_of=DAY).set_index("measure")
    assert known.at["beds_total", "supplies"] == len(listed) == 625
    assert known.at["beds_total", "beds"] == listed["beds_total"].astype(int).sum()
    told = pd.read_csv(DATASETS / "observations.csv", dtype=str, low_memory=False)
    told = told[(told["indicator_code"] == "welfare_beds") & told["boundary_year"].isna()]
    assert known.at["welfare_beds", "beds"] == told["value"].astype(float).sum()


REACHES = ["place", "city", "paired", "all"]


@pytest.mark.parametrize("measure", ["welfare_beds", "beds_total"])
def test_a_wider_reach_never_lowers_the_beds(real, measure):
    """Before competition; the ratio may fall, and does somewhere."""
    pairs = list(pairwise(REACHES))
    answers = [asked(real, measure, narrow=a, wide=b) for a, b in pairs]
    assert all((answer["wide_beds"] >= answer["narrow_beds"]).all() for answer in answers)
    assert (asked(real, measure)["change"] < 0).any()


def test_the_page_says_why_a_ratio_can_fall():
    made = access.change(Facts(AS_OF))
    assert words.WHY_FALLING in made.caveats


def reached(real, one, other, **ways):
    """Whether people of one place reach beds entered for the other, however far they go."""
    far = {"detour": 1.0, "speed": 120.0, "minutes": 180.0, **ways}
    answer = asked(real, "entered", own=[f"{other}:100"], **far)
    return one in set(answer["place_code"])


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        ("310116", "330282", False),  # 金山–慈溪
        ("310120", "330282", False),  # 奉贤–慈溪
        ("330922", "310115", False),  # 嵊泗–浦东
        ("310151", "310115", False),  # 崇明–浦东: the estuary
        ("310151", "320681", True),  # 崇明–启东: one outline beside the other
        ("310118", "320509", True),  # 青浦–吴江: lakes are no open water
        ("310116", "330482", True),  # 金山–平湖
    ],
)
def test_open_water_is_out_of_reach(real, one, other, way):
    assert reached(real, one, other) is way
    assert reached(real, other, one) is way


def test_the_pairs_across_water_are_those_of_the_outlines():
    """`make_water_pairs.py` run again on the outlines gives the file."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("making", DATASETS / "make_water_pairs.py")
    making = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(making)
    stored = pd.read_csv(DATASETS / "water_pairs.csv", dtype=str)
    assert making.pairs() == list(stored.itertuples(index=False, name=None))


def test_a_recorded_crossing_opens_its_pair(tiny_store):
    """虹口–张家港 lie across water in the miniature; a bridge of 2021 joins them."""
    places = {"own": ["310109:10"]}
    far = {"detour": 1.0, "speed": 120.0, "minutes": 180.0}
    with tiny_store.cursor() as cursor:
        way = "select place_code from access_catchments('entered', 60, ['all'], $day, 1, 120, 180, false, ['310107:10'])"
        assert "310117" not in {row[0] for row in cursor.execute(way, {"day": DAY}).fetchall()}
        pairs = "select count(*) from crossings as x join water_pairs as w on x.place_code = w.other_code and x.other_code = w.place_code"
        assert cursor.execute(pairs).fetchone() == (1,)
    assert len(asked(tiny_store, "entered", age=60, **places, **far))


def test_the_miniature_in_the_head(tiny_store):
    """松江 has 160 beds and 80 elders of 2020: 2,000 per thousand by itself. Beside it compete 虹口 40, 吴江 30 and, but for the water, 普陀 50."""
    far = {"detour": 1.0, "speed": 120.0, "minutes": 180.0}
    answer = asked(tiny_store, "welfare_beds", age=60, **far).set_index("place_code")
    assert list(answer.index) == ["310117"]
    row = answer.loc["310117"]
    assert (row["narrow_value"], row["narrow_beds"], row["wide_beds"]) == (2000, 160, 160)
    assert row["wide_value"] == pytest.approx(1000 * 160 / 150)
    assert row["unknown_share"] == pytest.approx(100 * 70 / 150)


def test_over_the_limit_nothing_is_said(tiny_store):
    far = {"detour": 1.0, "speed": 120.0, "minutes": 180.0}
    row = asked(tiny_store, "welfare_beds", age=60, limit=40.0, **far).iloc[0]
    assert row["over_limit"] and pd.isna(row["change"]) and pd.isna(row["wide_value"])
    assert row["unknown_share"] == pytest.approx(100 * 70 / 150), "how much it is is still said"


def test_the_worked_example_can_be_redone_by_hand(real_data):
    """From the printed words alone: elders × weight, beds, minutes."""
    facts, trial = Facts(AS_OF), Trial(access.WELFARE)
    change = access.change(facts, trial)
    code = access.simplest(change.rows)
    made = access.example(facts, code, trial)
    total = 0.0
    for row in made.rows.itertuples():
        users = [
            int(n.replace(",", "")) * float(w)
            for n, w in re.findall(r"([\d,]+)人×([\d.]+)", row.users)
        ]
        assert 60 * row.km / 40 == pytest.approx(row.minutes) and row.minutes <= 60
        total += 1000 * row.beds / sum(users) * row.weight
    assert f"每千人{total:.1f}张" in made.title
    value = change.rows.set_index("place_code").at[code, "wide_value"]
    assert total == pytest.approx(value, rel=1e-4)


@pytest.mark.parametrize(
    ("settings_", "said"),
    [
        ({"speed": 0.0}, "时速要大于0"),
        ({"speed": math.nan}, "要填数字"),
        ({"detour": 0.5}, "绕行系数"),
        ({"minutes": -5.0}, "时限要大于0"),
        ({"limit": 200.0}, "上限"),
        ({"narrow": "all", "wide": "place"}, "要大于原来的范围"),
        ({"supply": access.ENTERED}, "还没有床位"),
        ({"supply": access.ENTERED, "own": (("320509", 5.0),), "minutes": math.inf}, "要填数字"),
    ],
)
def test_what_is_impossible_gets_a_sentence(settings_, said):
    made = access.change(Facts(AS_OF), Trial(**settings_))
    assert isinstance(made, Missing) and said in made.why


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("吴江区 500", ("320509", 500)),
        ("吴江，1,200张", ("320509", 1200)),
        ("普陀区（上海）：30", ("310107", 30)),
        ("苏州 500", "不写城市"),
        ("鼓楼区 20", "同名"),
        ("吴江区 -3", "大于0"),
        ("吴江区 0", "大于0"),
        ("吴江区", "床位数"),
        ("临平区 100", "普查"),
        ("=HYPERLINK(1) 5", "不在可以填写"),
    ],
)
def test_a_line_of_own_beds(real, line, found):
    taken, wrong = entered(line, real.ask("access_places"))
    if isinstance(found, str):
        assert taken == () and found in wrong[0]
    else:
        assert taken == (found,) and wrong == []


def test_own_beds_are_marked_and_stand_on_the_census_alone(real_data):
    made = access.change(Facts(AS_OF), Trial(access.ENTERED, own=(("320509", 500.0),), limit=100))
    assert isinstance(made, Exhibit)
    assert "用户输入" in made.subtitle
    assert {tuple(measures) for measures in made.rows["measures"]} == {("entered",)}
    assert "床位为用户输入，不是公开来源" in "".join(made.caveats)


def test_the_fictitious_list_is_offered_by_the_switch_alone(real_data):
    facts = Facts(AS_OF)
    assert access.DEMO not in access.offered(facts).values()
    assert list(access.offered(facts, demo=True).values()) == [access.DEMO]
    made = access.change(facts, Trial(access.DEMO))
    assert made.demo and made.title.startswith("演示数据")


def test_every_exhibit_says_that_it_is_a_trial(real_data):
    facts, trial = Facts(AS_OF), Trial(access.WELFARE)
    change = access.change(facts, trial)
    made = [
        change,
        access.listing(facts, trial),
        access.example(facts, access.simplest(change.rows), trial),
        access.method(facts, trial),
    ]
    for each in made:
        assert "试算" in each.title
        assert "假设绕行1.3倍、时速40公里、60分钟以内" in each.subtitle


def test_zones_and_later_places_are_named(real):
    told = "；".join(words.places_left_out(real.ask("access_places")))
    for name in ("苏州工业园区", "合肥经开区", "临平", "钱塘", "萧山、余杭"):
        assert name in told


def test_a_trial_goes_into_a_deck_and_back(real_data):
    """As words of an address, with every assumption; the deck shows what the page shows."""
    own = (("320509", 500.0), ("330421", 300.0))
    for trial in (
        Trial(),
        Trial(access.WELFARE, 80, "city", "paired", 1.4, 55.5, 90, True, 30),
        Trial(access.ENTERED, own=own, limit=100),
    ):
        deck = decks.parse(f"own:access_trial~{trial.words},access_method~{trial.words}")
        assert [item.plans for item in deck.items] == [(trial,), (trial,)]
        made = deck.items[0].made(Facts(AS_OF))
        assert trial.assumed in made.subtitle and "试算" in made.title


@pytest.mark.parametrize(
    ("words_", "said"),
    [
        ("beds_total:60", "应写成"),
        ("gold:60:place:all:1.3:40:60:100:0:", "没有“gold”"),
        ("beds_total:60:place:all:1.3:0:60:100:0:", "时速要大于0"),
        ("beds_total:60:place:all:1.3:nan:60:100:0:", "1.3、40"),
        ("entered:60:place:all:1.3:40:60:100:0:吴江=5", "320509=500"),
    ],
)
def test_a_deck_says_what_is_wrong_with_a_trial(words_, said):
    with pytest.raises(decks.UnknownDeck, match=said):
        decks.parse(f"own:access_trial~{words_}")


@pytest.mark.slow
def test_what_units_filed_is_a_supply_of_its_own(tiny, tmp_path):
    """松江 files a home of 60 beds: tried by itself, beside nothing of another measure."""
    add(tiny, "sources", "U1,测试报送,测试松江民政局,单位报送,,,,false,2024-01-01,day,测试,,")
    head = (tiny / "institutions.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    told = {"institution_id": "I99", "name": "测试报送养老院", "kind": "institution", "place_code": "310117"}  # fmt: skip
    told |= {"location_precision": "county", "beds_total": "60", "date": "2024-01-01"}
    told |= {"date_precision": "day", "date_inferred": "false", "source_id": "U1", "quote": "60张", "confidence": "official"}  # fmt: skip
    add(tiny, "institutions", ",".join(told.get(name, "") for name in head))
    filed = opened(tiny, tmp_path)
    known = filed.ask("access_measures", as_of=DAY).set_index("measure")
    assert known.at["filed_beds", "beds"] == 60
    row = asked(filed, "filed_beds", age=60).iloc[0]
    assert (row["place_code"], row["narrow_value"]) == ("310117", 1000 * 60 / 80)
    assert list(row["measures"]) == ["filed_beds"] and "U1" in list(row["source_ids"])
