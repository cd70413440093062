"""Settlements under ten are no numbers anywhere: the data holds only the words, so no face can show more."""

import io
from datetime import date

import openpyxl
import pytest

from eldercare import releases, store, tables
from eldercare.data import build, validation
from eldercare.exhibits import Facts, pairing
from eldercare.intake import forms
from eldercare.releases import making

ROW = "310000,320500,ltci,2022-01-01,2022-06-30,{cases},S1,测试摘录,official,\n"


def with_cases(datasets, cases):
    with (datasets / "settled_cases.csv").open("a", encoding="utf-8") as file:
        file.write(ROW.format(cases=cases))
    return datasets


@pytest.mark.parametrize(
    "cases",
    [
        "0",
        "9",
        "约9",
        *(pytest.param(n, marks=pytest.mark.slow) for n in ("1", "09", "-3", "9.0", "少于5")),
    ],
)
def test_a_number_under_ten_is_refused_where_data_comes_in(tiny, tmp_path, monkeypatch, cases):
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "var"))
    with_cases(tiny, cases)
    with pytest.raises(validation.BrokenDatasets) as refused:
        build.build(tiny, tmp_path / "build")
    (problem,) = refused.value.problems
    assert (problem.file, problem.column) == ("settled_cases.csv", "cases")
    if cases in ("0", "1", "9", "09"):
        assert "写“少于10”" in problem.reason
    # A release is built like everything else: its tables cannot hold the number either.
    with pytest.raises(validation.BrokenDatasets):
        making.create(tiny, {}, kind="snapshot", author="甲", reason="试")
    assert releases.listed() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cases", "words"),
    [
        pytest.param("10", "10", marks=pytest.mark.slow),
        ("少于10", "少于10"),
        pytest.param("12345", "12,345", marks=pytest.mark.slow),
    ],
)
def test_what_may_be_said_is_said_the_same_on_every_face(tiny, tmp_path, monkeypatch, cases, words):
    monkeypatch.setenv("ELDERCARE_DATASETS", str(with_cases(tiny, cases)))
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "var"))
    store.current.cache_clear()
    value = pairing.settled(Facts(date(2026, 11, 22)))
    rows = value.rows
    on_screen = tables.shown(rows, value.columns)["结算件数（件）"].astype(str).tolist()
    export = tables.Export(lambda: rows, len(rows), value.columns)
    csv = tables.csv_bytes(export).decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(tables.workbook(export, value.spoken, ())))
    excel = [str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line]
    resting = store.ask("source_rows", source="S1", count=1_000, start=0)["words"].dropna().tolist()
    # A deck or a briefing asks the same questions; a release holds the same table.
    held = (making.snapshot("甲").datasets / "settled_cases.csv").read_text(encoding="utf-8")
    store.current.cache_clear()
    assert words in on_screen and words in excel and words in csv and f"{words}件" in resting
    assert f",{cases}," in held
    assert ("2行少于10件，不写数" if cases == "少于10" else "1行少于10件，不写数") in value.spoken


def test_no_list_of_settlements_can_be_handed_in():
    """What a file once held is kept with its release: until there is a form for it, none is taken."""
    assert "settled_cases" not in forms.TABLES
