"""Nothing collected is lost, doubled or changed on its way into datasets/.

fact_inventory.csv lists every collected fact: one row per id, and for the census
files one row per metric, year and level with a count and a sum of values.
"""

import csv
import re
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
DATASETS = HERE.parent / "datasets"

# Rows that were collected but not kept, by reason. Update only on purpose.
EXPECTED_DROPPED = {
    "page_counter": 1,
    "exact_duplicate": 447,
    "bracketed_non_institution": 6,
}

COUNTY_FILE = "county_welfare_beds_2023"
CENSUS_FILES = ("census_city", "census_district", "census_county", "census_panel")
COUNTS = ("resident_population", "pop_60plus", "pop_65plus", "pop_80plus")
SHARES = ("share_60plus", "share_65plus")
PROVINCES = ("310000", "320000", "330000", "340000")
DATES = {2010: "2010-11-01", 2020: "2020-11-01"}
# People of 沈巷镇: moved from 和县 to 芜湖 in 2011, not separable in the age table.
SHENXIANG = 101875


def rows(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def table(name):
    return rows(DATASETS / f"{name}.csv")


def is_census(fact_id):
    return fact_id.split(":")[0] in CENSUS_FILES


def census_level(file, code):
    """Level at which a census file reports a place."""
    fixed = {"census_panel": "city", "census_district": "district", "census_county": "county"}
    if file in fixed:
        return fixed[file]
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "district"


def decimals(metric):
    return 2 if metric.startswith("share") or metric == "avg_household_size" else 0


def parent_province(code):
    return code[:2] + "0000"


@pytest.fixture(scope="module")
def inventory():
    return rows(HERE / "fact_inventory.csv")


@pytest.fixture(scope="module")
def observations():
    return table("observations")


@pytest.fixture(scope="module")
def dropped():
    """Collected facts that were left out; sentences of the documents are test_seed_sentences' matter."""
    return [row for row in table("dropped_facts") if row["fact_file"] != "seeds"]


@pytest.fixture(scope="module")
def places():
    return {r["place_code"]: r for r in table("places")}


@pytest.fixture(scope="module")
def cities(places):
    """The 41: forty cities of level city still in use, and Shanghai."""
    return {"310000"} | {
        code
        for code, r in places.items()
        if r["level"] == "city" and r["in_delta"] == "true" and not r["valid_to_year"]
    }


@pytest.fixture(scope="module")
def districts(places):
    return {code for code, r in places.items() if r["level"] == "district"}


@pytest.fixture(scope="module")
def kept_facts():
    """fact id -> tables it is found in."""
    found = defaultdict(list)
    for path in sorted(DATASETS.glob("*.csv")):
        if path.stem == "dropped_facts":
            continue
        for r in rows(path):
            if path.stem == "sources":
                # sources written for the census and the outlines have no collected id
                if re.fullmatch(r"[SW]\d+", r["source_id"]):
                    found[r["source_id"]].append(path.stem)
            elif r.get("fact_id"):
                found[r["fact_id"]].append(path.stem)
    return found


@pytest.fixture(scope="module")
def census(observations, dropped):
    """Every collected census value: (file, year, code, metric) -> value."""
    value = {r["fact_id"]: Decimal(r["value"]) for r in observations if is_census(r["fact_id"])}
    for r in dropped:
        if is_census(r["fact_id"]):
            value[r["fact_id"]] = value[r["kept_id"]]
    return {
        (file, int(year), code, metric): v
        for (file, year, code, metric), v in ((k.split(":"), v) for k, v in value.items())
    }


@pytest.fixture(scope="module")
def age_sums():
    """(place, year) -> metric -> people, from the five-year groups."""
    sums = defaultdict(Counter)
    for r in table("age_groups"):
        people, start = int(r["male"]) + int(r["female"]), int(r["age_from"])
        total = sums[r["place_code"], int(r["year"])]
        total["resident_population"] += people
        for metric, lowest in (("pop_60plus", 60), ("pop_65plus", 65), ("pop_80plus", 80)):
            if start >= lowest:
                total[metric] += people
        if start < 15:
            total["pop_0_14"] += people
    return sums


def test_every_fact_is_kept_once_or_dropped(inventory, kept_facts, dropped):
    expected = {r["key"] for r in inventory if r["file"] not in CENSUS_FILES and not r["checksum"]}
    # A fact with several values is as many rows, told apart by a number behind its id.
    several = {
        r["key"]: int(r["count"]) for r in inventory if r["file"] == "recent_facts_2022_2026"
    }
    parts = Counter(k.split(":")[0] for k in kept_facts if k.split(":")[0] in several)
    assert parts == several, "each value once"
    gone = {r["fact_id"] for r in dropped}
    kept = {
        k: v for k, v in kept_facts.items() if not is_census(k) and not k.startswith(COUNTY_FILE)
    }
    kept = {k: v for k, v in kept.items() if k.split(":")[0] not in several or ":" not in k}
    assert {k: v for k, v in kept.items() if len(v) > 1} == {}, "doubled"
    assert sorted(set(kept) & gone) == [], "kept and dropped"
    assert sorted(expected - set(kept) - gone) == [], "lost"
    assert sorted(set(kept) - expected) == [], "unknown"
    assert sorted(f for f in gone if not is_census(f) and f not in expected) == [], (
        "unknown, dropped"
    )


def test_dropped_facts(dropped, kept_facts):
    assert len({r["fact_id"] for r in dropped}) == len(dropped)
    for r in dropped:
        if r["reason"] == "exact_duplicate":
            assert r["kept_id"] and all(k in kept_facts for k in r["kept_id"].split(";")), r
    counted = Counter(r["reason"] for r in dropped)
    assert {k: counted.get(k, 0) for k in EXPECTED_DROPPED} == EXPECTED_DROPPED
    assert set(counted) <= set(EXPECTED_DROPPED)


def test_census_counts_and_checksums(inventory, census):
    found = defaultdict(list)
    for (file, year, code, metric), value in census.items():
        found[file, f"{metric}:{year}:{census_level(file, code)}"].append(value)
    expected = {(r["file"], r["key"]): r for r in inventory if r["file"] in CENSUS_FILES}
    assert set(found) == set(expected)
    for key, r in expected.items():
        metric = key[1].split(":")[0]
        assert len(found[key]) == int(r["count"]), key
        assert f"{sum(found[key]):.{decimals(metric)}f}" == r["checksum"], key


def test_census_ids_name_their_row(observations):
    for r in observations:
        if is_census(r["fact_id"]):
            _, year, code, metric = r["fact_id"].split(":")
            assert (r["place_code"], r["indicator_code"]) == (code, metric)
            assert r["date"] == DATES[int(year)] and r["base"] == "常住"


def test_dropped_census_rows_repeat_the_kept_row(dropped):
    for r in dropped:
        if is_census(r["fact_id"]):
            assert r["fact_id"].split(":")[1:] == r["kept_id"].split(":")[1:]


def test_age_group_counts_and_checksums(inventory, districts):
    found = defaultdict(list)
    for r in table("age_groups"):
        level = "district" if r["place_code"] in districts else "city"
        found[f"{r['year']}:{level}"].append(int(r["male"]) + int(r["female"]))
    expected = {
        r["key"]: (int(r["count"]), r["checksum"]) for r in inventory if r["file"] == "age_groups"
    }
    assert {k: (len(v), str(sum(v))) for k, v in found.items()} == expected


def test_listed_homes_add_up_by_registered_district(inventory):
    """Beds as the list has them, by the district that registers the home; the one home without beds counts nothing."""
    found = defaultdict(list)
    for r in table("institutions"):
        if r["source_id"] == "L01":
            found[f"beds_total:{r['place_code']}"].append(int(r["beds_total"] or 0))
    expected = {
        r["key"]: (int(r["count"]), r["checksum"])
        for r in inventory
        if r["file"] == "shanghai_institutions_by_district"
    }
    assert {key: (len(beds), str(sum(beds))) for key, beds in found.items()} == expected and len(
        expected
    ) == 16


def test_county_figures_are_all_there_and_never_summed(inventory, observations, places):
    """Each county once, units and beds of their own indicators, people registered; nothing of them is a figure of a city or a province."""
    found = defaultdict(list)
    for r in observations:
        if r["fact_id"].startswith(COUNTY_FILE):
            _, year, code, metric = r["fact_id"].split(":")
            assert (r["place_code"], r["indicator_code"]) == (code, metric)
            found[f"{metric}:{year}:county"].append(int(r["value"]))
            # A count of registered people is never that of those who live there.
            assert r["base"] == ("户籍" if metric == "total_population" else "不适用")
    expected = {
        r["key"]: (int(r["count"]), r["checksum"]) for r in inventory if r["file"] == COUNTY_FILE
    }
    assert {key: (len(values), str(sum(values))) for key, values in found.items()} == expected
    welfare = [r for r in observations if r["indicator_code"] in ("welfare_units", "welfare_beds")]
    assert len(welfare) == 2 * 191 and {places[r["place_code"]]["level"] for r in welfare} == {
        "county",
        "district",
    }


def test_every_observation_is_sourced(observations):
    known = {r["source_id"] for r in table("sources")}
    for r in observations:
        assert r["source_id"] in known, r["observation_id"]
        assert r["quote"] or (r["source_table"] and r["source_row"] and r["formula"]), r[
            "observation_id"
        ]


def test_one_shown_census_claim(observations):
    groups = defaultdict(list)
    for r in observations:
        if is_census(r["fact_id"]):
            key = tuple(
                r[k] for k in ("place_code", "indicator_code", "date", "base", "boundary_year")
            )
            groups[key].append(r)
    for key, claims in groups.items():
        good = any(r["doubtful"] == "false" for r in claims)
        assert sum(r["shown"] == "true" for r in claims) == (1 if good else 0), key
        assert all(r["shown_reason"] for r in claims if r["shown"] == "false"), key


def test_known_doubtful_values_are_not_shown(observations):
    doubtful = {
        r["fact_id"] for r in observations if is_census(r["fact_id"]) and r["doubtful"] == "true"
    }
    assert doubtful == {
        "census_panel:2010:320700:share_60plus",
        "census_panel:2010:320700:share_65plus",
        "census_panel:2010:320700:share_0_14",
        "census_panel:2010:341000:share_65plus",
        "census_panel:2020:330400:avg_household_size",
    }


def test_41_cities_and_16_districts_in_2020(observations, cities, districts):
    assert (len(cities), len(districts)) == (41, 16)
    for metric in COUNTS + SHARES:
        shown = {
            r["place_code"]
            for r in observations
            if r["indicator_code"] == metric
            and r["date"] == DATES[2020]
            and r["base"] == "常住"
            and r["shown"] == "true"
        }
        assert cities | districts <= shown, metric


@pytest.mark.parametrize("year", [2010, 2020])
@pytest.mark.parametrize("metric", [*COUNTS, "pop_0_14"])
def test_cities_add_up_to_provinces(census, cities, year, metric):
    members = (cities - {"310000"}) | ({"341400"} if year == 2010 else set())
    sums = Counter()
    for code in members:
        sums[parent_province(code)] += census["census_city", year, code, metric]
    for province in PROVINCES[1:]:
        assert sums[province] == census["census_city", year, province, metric]


@pytest.mark.parametrize("year", [2010, 2020])
@pytest.mark.parametrize("metric", COUNTS)
def test_shanghai_districts_add_up(census, districts, year, metric):
    shanghai = census["census_city", year, "310000", metric]
    assert sum(census["census_district", year, code, metric] for code in districts) == shanghai
    printed = [
        v
        for (file, y, code, m), v in census.items()
        if (file, y, m) == ("census_city", year, metric) and census_level(file, code) == "district"
    ]
    assert len(printed) == (18 if year == 2010 else 16)
    assert sum(printed) == shanghai


@pytest.mark.parametrize("metric", [*COUNTS, "pop_0_14"])
def test_age_groups_add_up_to_the_2020_counts(census, age_sums, cities, districts, metric):
    for code in cities | districts:
        assert age_sums[code, 2020][metric] == census["census_city", 2020, code, metric]


@pytest.mark.parametrize("metric", [*COUNTS, "pop_0_14"])
def test_age_groups_add_up_to_the_2010_provinces(census, age_sums, cities, metric):
    sums = Counter()
    for code in cities:
        sums[parent_province(code)] += age_sums[code, 2010][metric]
    for province in PROVINCES:
        assert sums[province] == census["census_city", 2010, province, metric]


@pytest.mark.parametrize("metric", COUNTS)
def test_age_groups_add_up_to_the_2010_counts(
    observations, census, age_sums, cities, districts, metric
):
    for code in districts:
        assert age_sums[code, 2010][metric] == census["census_district", 2010, code, metric]
    recut = {
        r["place_code"]
        for r in observations
        if r["fact_id"].startswith("census_city:2010:") and r["boundary_year"] == "2010"
    }
    for code in cities - recut:
        assert age_sums[code, 2010][metric] == census["census_city", 2010, code, metric]


def test_age_groups_match_the_recut_population(census, age_sums, cities):
    difference = {
        code: age_sums[code, 2010]["resident_population"]
        - census["census_panel", 2010, code, "resident_population"]
        for code in cities
    }
    assert {k: v for k, v in difference.items() if v} == {"340200": -SHENXIANG, "340500": SHENXIANG}


def test_changed_places_are_split_into_segments(observations):
    """A 2010 value on 2010 boundaries never shares a segment with 2020."""
    series = defaultdict(lambda: defaultdict(set))
    for r in observations:
        if is_census(r["fact_id"]):
            series[r["place_code"], r["indicator_code"]][r["segment"]].add(r["boundary_year"])
            if int(r["segment"]) > 1:
                assert r["break_note"], r["observation_id"]
    for key, segments in series.items():
        assert all(len(years) == 1 for years in segments.values()), key


# Figures that stand in the quote as words: 十项任务, (二十二), three districts.
IN_WORDS = "一二两三四五六七八九十百千" + "超近多"
IN_ENGLISH = ("three", "four")


def numbers_in(quote):
    """Every number of the quote as a decimal; 4,676.89 and 4676.89 are one number."""
    return {
        Decimal(n.replace(",", ""))
        for n in re.findall(r"\d[\d,]*(?:\.\d+)?", quote.replace("，", ","))
        if n.strip(",")
    }


def test_a_quote_holds_its_figure_or_says_that_it_does_not(observations):
    """A reader who follows a figure to its quote finds it there, in digits or words, or is told why not."""
    silent = []
    for r in observations:
        if not r["quote"] or not r["value"] or r["formula"]:
            continue
        value, scales = Decimal(r["value"]), (1, 1_000, 10_000, 1_000_000, 100_000_000)
        in_digits = any(
            value == number * scale for number in numbers_in(r["quote"]) for scale in scales
        )
        in_words = value <= 100 and (
            any(w in r["quote"] for w in IN_WORDS) or any(w in r["quote"] for w in IN_ENGLISH)
        )
        told = r["note"].startswith(("摘录未逐字含此数", "按原文点名的逐个计数"))
        if not (in_digits or in_words or told):
            silent.append(r["observation_id"])
    assert silent == []
