"""A quote that does not hold its value is named to whoever edits a cell; a value that a source may write in many ways is found."""

import pytest

from eldercare.data import quoted
from eldercare.data.build import main


def row(value, quote, kind="actual", formula=""):
    return {"value": value, "quote": quote, "kind": kind, "formula": formula}


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        ("46768900", "老年人口为4676.89万"),
        ("25698", "首批床位25,698张"),
        ("25698", "首批床位25 698张"),
        ("21.5", "占21.50%"),
        ("5180000", "5.18 million people"),
        ("160000000", "1.6亿"),
        ("70", "七成来自上海"),
        ("13", "十三个区"),
        ("2", "两个项目"),
        ("20", "二十余个城市"),
        ("36", "占３６％"),
    ],
)
def test_a_value_is_found_as_a_source_writes_it(value, quote):
    assert quoted.lacking([row(value, quote)]) == []


@pytest.mark.parametrize(
    ("value", "quote"),
    [("28.2", "占总人口的36.8%"), ("57", "共157家"), ("5", "占5.6%"), ("36", "1.36万人")],
)
def test_a_quote_without_its_value_is_named(value, quote):
    assert len(quoted.lacking([row(value, quote)])) == 1


def test_what_was_worked_out_or_has_no_quote_is_not_asked_for():
    rows = [
        row("5", "无", kind="derived"),
        row("5", "无", formula="a+b"),
        row("5", ""),
        row("", "无"),
    ]
    assert quoted.lacking(rows) == []


def test_the_check_names_the_line_of_a_quote_without_its_value(tiny, capsys):
    path = tiny / "observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    heads = lines[0].split(",")
    cells = dict(zip(heads, lines[1].split(","), strict=True))
    cells |= {"value": "987", "quote": "另一句话", "kind": "actual", "formula": ""}
    path.write_text(
        "\n".join([lines[0], ",".join(cells[h] for h in heads), *lines[2:]]) + "\n",
        encoding="utf-8",
    )
    assert main(["--check", "--datasets", str(tiny)]) == 0
    said = capsys.readouterr().out
    assert "引文里没有所记的数" in said and f"第2行 {cells['observation_id']} 987" in said
