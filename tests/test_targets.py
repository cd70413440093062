"""分段目标: a path only where a source states two years, else start and target; tasks as the links hold them. From the CSV files."""

import pandas as pd
import pytest
from asking import AS_OF

from eldercare.exhibits import Facts, Missing, targets
from eldercare.store import ROOT

FACTS = Facts(AS_OF)


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(ROOT / "datasets" / f"{name}.csv", dtype=str)


@pytest.fixture(scope="module")
def goals():
    rows = table("observations")
    rows = rows[(rows["kind"] == "target") & (rows["shown"] == "true") & rows["value"].notna()]
    return rows.assign(reading=rows["reading"].fillna(""), year=rows["date"].str[:4])


def test_every_target_is_listed_once(goals, real_data):
    rows = targets.every(FACTS).rows
    assert sorted(rows["observation_id"]) == sorted(goals["observation_id"])


def test_a_path_needs_two_years_of_one_target(goals, real_data):
    years = goals.groupby(["place_code", "indicator_code", "reading"])["year"].nunique()
    staged = years[years > 1].reset_index()
    value = targets.paths(FACTS)
    assert set(value.rows["indicator_code"]) == set(staged["indicator_code"])
    assert len(value.shape.paths) == len(staged)
    assert all(path.target and len(path.points) > 1 for path in value.shape.paths)


def test_two_readings_of_one_sentence_are_no_stages(real_data):
    rows = targets.every(FACTS).rows
    beds = rows[rows["indicator_code"] == "cross_region_beds"]
    assert len(beds) == 2 and set(beds["stage_words"]) == {"未写分段"}


def test_the_start_is_the_last_count_before_the_target(real_data):
    rows = targets.every(FACTS).rows.set_index("observation_id")
    first = table("observations").set_index("observation_id").loc["ID008"]
    assert rows.at["RD001", "start_value"] == float(first["value"])
    assert rows.at["RF025", "start_words"] == "未载"


def test_tasks_are_those_of_the_links_and_promises(goals, real_data):
    links, promises = table("task_links"), table("task_promises")
    measured = set(links[links["relation"] == "measure"]["indicator_code"].dropna())
    promised = set(promises["observation_id"].dropna())
    rows = targets.every(FACTS).rows
    told = rows[rows["task_id"].notna()]
    assert set(told["observation_id"]) == {
        row.observation_id
        for row in goals.itertuples()
        if row.observation_id in promised or row.indicator_code in measured
    }


def test_before_any_source_there_is_a_sentence(real_data):
    from datetime import date

    value = targets.paths(Facts(date(2020, 1, 1)))
    assert isinstance(value, Missing) and "不画路径" in value.why
