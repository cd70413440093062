"""Ledgers of homes by day and settlements by month: the same answers from pandas, DuckDB and Spark."""

import pandas as pd
import pytest

from eldercare import ledgers
from eldercare.ledgers import __main__ as command
from eldercare.ledgers import engines, making

ROWS = 60_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("ledgers") / "demo"
    making.make(made, ROWS)
    return made


def read(folder, name):
    parts = [
        pd.read_parquet(file).assign(month=file.parent.name.removeprefix("month="))
        for file in sorted((folder / name).rglob("*.parquet"))
    ]
    return pd.concat(parts, ignore_index=True)


def test_the_same_seed_makes_the_same_ledger_and_it_holds_no_impossible_row(folder, tmp_path):
    days = read(folder, "bed_days").sort_values(["home_id", "day"], ignore_index=True)
    assert len(days) == ROWS and not days.duplicated(["home_id", "day"]).any()
    assert (days["occupied"] <= days["open"]).all() and (days["open"] <= days["capacity"]).all()
    assert (days["day"].astype("datetime64[ns]").dt.strftime("%Y-%m") == days["month"]).all()
    making.make(tmp_path / "again", ROWS)
    again = read(tmp_path / "again", "bed_days").sort_values(["home_id", "day"], ignore_index=True)
    pd.testing.assert_frame_equal(days, again)


def test_use_of_beds_equals_pandas(folder):
    days, told = read(folder, "bed_days"), engines.with_duckdb(folder, "bed_use")
    sums = days.groupby(["city_code", "month"])[["capacity", "open", "occupied"]].sum()
    told = told.set_index(["city_code", "month"])
    assert told.index.tolist() == sums.index.tolist()
    assert (
        told[["bed_days", "open_days", "occupied_days"]].to_numpy().tolist()
        == sums.to_numpy().tolist()
    )
    assert told["occupancy"].tolist() == (sums["occupied"] / sums["open"]).tolist()


def test_a_year_earlier_is_the_same_month(folder):
    told = engines.with_duckdb(folder, "bed_use_change")
    use = engines.with_duckdb(folder, "bed_use").set_index(["city_code", "month"])["occupancy"]
    assert len(told) > 40
    for row in told.head(50).itertuples():
        before = f"{int(row.month[:4]) - 1}{row.month[4:]}"
        assert row.occupancy_before == use[row.city_code, before]
        assert row.change == row.occupancy - row.occupancy_before


def test_settlements_equal_pandas_and_few_are_no_number(folder, tmp_path):
    rows = read(folder, "settlement_months").query("origin_code != destination_code")
    keys = ["origin_code", "destination_code", "scheme", "year"]
    sums = rows.assign(year=rows["month"].str[:4]).groupby(keys)["cases"].sum()
    sums = sums[sums > 0]
    answer = engines.with_duckdb(folder, "settled_cases")
    told = command.told(answer, demo=True)
    assert list(map(tuple, told[keys].to_numpy())) == sums.index.tolist()
    assert told["cases"].tolist() == ["少于10" if n < 10 else str(n) for n in sums]
    assert (sums < 10).any() and "under_ten" not in told and set(told["note"]) == {"演示数据"}


def test_destinations_are_the_three_largest_that_may_be_told(folder):
    told = engines.with_duckdb(folder, "settlement_destinations")
    years = engines.with_duckdb(folder, "settled_cases").dropna(subset=["cases"])
    first = told.iloc[0]
    same = years[
        (years["origin_code"] == first["origin_code"])
        & (years["scheme"] == first["scheme"])
        & (years["year"] == first["year"])
    ]
    best = same.sort_values(["cases", "destination_code"], ascending=[False, True]).iloc[0]
    assert (first["destination_code"], first["cases"]) == (best["destination_code"], best["cases"])
    assert first["share"] == best["cases"] / same["cases"].sum()
    assert told.groupby(["origin_code", "scheme", "year"]).size().max() == 3


def test_what_is_wrong_is_said_in_chinese(folder, tmp_path, capsys):
    assert command.main(["ask", str(tmp_path), "bed_use", "-o", str(tmp_path / "a.csv")]) == 1
    assert command.main(["make", str(folder)]) == 1
    assert command.main(["make", str(tmp_path / "none"), "--rows", "0"]) == 1
    told = capsys.readouterr().err
    assert "没有台账" in told and "已经在了" in told and "行数至少是1" in told
    assert command.main(["ask", str(folder), "bed_use", "-o", str(tmp_path / "b.csv")]) == 0
    assert "演示数据" in capsys.readouterr().out
    assert set(pd.read_csv(tmp_path / "b.csv")["note"]) == {"演示数据"}


@pytest.mark.full
@pytest.mark.parametrize("master", ["local-cluster[2,1,2048]"])
def test_spark_answers_the_same_value_by_value(tmp_path, monkeypatch, master):
    pytest.importorskip("pyspark", reason="requirements-spark.txt is not installed")
    monkeypatch.setenv(engines.SPARK, master)
    making.make(tmp_path / "million", 1_000_000)
    for question in ledgers.questions():
        one, other = (
            engine(tmp_path / "million", question)
            for engine in (engines.with_duckdb, engines.with_spark)
        )
        assert one.columns.tolist() == other.columns.tolist() and len(one) == len(other) > 0
        for column in one:
            ours, theirs = one[column], other[column]
            assert ours.isna().tolist() == theirs.isna().tolist()
            assert ours.dropna().tolist() == theirs.dropna().tolist(), (question, column)
