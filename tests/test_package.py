"""`datapackage.json` is a valid Data Package, complete enough to be the only home of what a column means."""

import csv
import re

import pytest
from frictionless import Package
from menu import ROOT

from eldercare.data.catalogue import DATASETS, SQL_TYPES, read_package

PACKAGE = read_package(DATASETS)
TABLES = {table.name: table for table in PACKAGE.tables}
COLUMNS = {
    f"{table.name}.{column.name}": column for table in PACKAGE.tables for column in table.fields
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NAME = re.compile(r"[a-z][a-z0-9_]*")


@pytest.fixture(scope="module")
def descriptor() -> Package:
    """Raises when the description breaks the standard."""
    return Package(str(DATASETS / "datapackage.json"))


def test_descriptor_is_a_valid_data_package(descriptor):
    assert list(Package.metadata_validate(descriptor.to_descriptor())) == []
    assert descriptor.licenses and descriptor.title and descriptor.version


@pytest.mark.parametrize("name", sorted(TABLES))
def test_rows_satisfy_a_reader_of_the_standard(descriptor, name):
    """frictionless knows nothing of this project: types, constraints and keys must say it all."""
    report = descriptor.get_resource(name).validate(limit_errors=5)
    assert report.flatten(["rowNumber", "fieldName", "note"]) == []


def test_every_file_is_described_and_every_description_has_a_file():
    assert {table.path for table in PACKAGE.tables} == {
        path.relative_to(DATASETS).as_posix() for path in DATASETS.rglob("*.csv")
    }
    assert all(table.path.replace("/", "_") == f"{table.name}.csv" for table in PACKAGE.tables)


def test_every_table_has_rows_in_the_miniature(tiny):
    lines = {
        table.name: len((tiny / table.path).read_text(encoding="utf-8").splitlines())
        for table in PACKAGE.tables
    }
    assert min(lines.values()) > 1, lines
    assert len(list(tiny.rglob("*.csv"))) == len(lines), "a file that no table describes"


@pytest.mark.parametrize("name", sorted(TABLES))
def test_table_has_chinese_words_a_key_and_known_types(name):
    table = TABLES[name]
    assert NAME.fullmatch(name)
    assert CHINESE.search(table.title) and CHINESE.search(table.description)
    names = [column.name for column in table.fields]
    assert len(set(names)) == len(names)
    assert table.primary_key and set(table.primary_key) <= set(names)
    assert all(table.field(column).required for column in table.primary_key)


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_column_has_a_chinese_title_and_words_for_its_codes(name):
    column = COLUMNS[name]
    assert NAME.fullmatch(column.name)
    assert CHINESE.search(column.title)
    assert column.type in SQL_TYPES
    allowed = column.constraints.get("enum", [])
    codes = {word for word in allowed if not CHINESE.search(word)}
    assert codes == column.labels.keys() or (not codes and not column.labels), (
        "each code has a label, and only codes have"
    )
    assert all(CHINESE.search(word) for word in column.labels.values())
    assert len(set(column.labels.values())) == len(column.labels), "two codes read alike"


def test_reference_points_to_the_key_of_its_table():
    for table in PACKAGE.tables:
        for key in table.foreign_keys:
            assert TABLES[key.table].primary_key == (key.target,), f"{table.name}.{key.column}"
            assert table.field(key.column).type == TABLES[key.table].field(key.target).type


@pytest.mark.parametrize(
    "column,table",
    [("source_id", "sources"), ("place_code", "places"), ("indicator_code", "indicators")],
)
def test_columns_of_one_name_refer_to_one_table(column, table):
    """A `source_id` that no key guards could name a source that does not exist."""
    unguarded = [
        name
        for name in TABLES
        if name != table
        and column in {c.name for c in TABLES[name].fields}
        and (column, table) not in {(key.column, key.table) for key in TABLES[name].foreign_keys}
    ]
    assert unguarded == []


def test_same_column_same_words():
    """A column that several tables share has one type, one title and one set of words for its codes."""
    for name in (
        "date",
        "date_precision",
        "date_inferred",
        "confidence",
        "quote",
        "source_id",
        "lon",
        "lat",
    ):
        shared = [column for key, column in COLUMNS.items() if key.split(".")[1] == name]
        assert len({(column.type, tuple(column.labels.items())) for column in shared}) == 1, name


def test_numbers_of_beds_and_people_cannot_be_negative():
    for name in (
        "institutions.beds_total",
        "institutions.beds_open",
        "institutions.residents",
        "age_groups.male",
        "age_groups.female",
    ):
        assert COLUMNS[name].constraints["minimum"] == 0


def test_checks_name_a_column_and_speak_chinese():
    for table in PACKAGE.tables:
        for check in (*table.row_checks, *table.table_checks):
            assert CHINESE.search(check.message)
            assert table.field(check.column)


def test_tables_load_after_those_they_refer_to():
    seen = set()
    for table in PACKAGE.in_load_order():
        assert {key.table for key in table.foreign_keys} <= seen | {table.name}
        seen.add(table.name)
    assert seen == TABLES.keys()


def test_label_turns_codes_into_chinese():
    assert PACKAGE.label("observations", "kind", "target") == "目标"
    assert PACKAGE.label("observations", "kind", None) == ""
    assert PACKAGE.label("observations", "kind", "no_such_code") == "no_such_code"


def rows_of(name):
    with (DATASETS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_numbers_of_the_readme_are_those_of_the_files():
    """When the compilation ended, how many public sources, which classes, and that no home is confirmed to be on the first list."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    year, month, day = str(PACKAGE.as_of).split("-")
    assert f"汇编止于{year}年{int(month)}月{int(day)}日" in readme
    public = [row for row in rows_of("sources") if row["source_class"] != "演示"]
    assert f"收录公开来源{len(public)}个" in readme
    classes = re.search(r"来源类别（(.*?)）", readme).group(1).split("、")
    assert {row["source_class"] for row in public} <= set(classes)
    members = [
        row for row in rows_of("institution_list_members") if row["list_id"] == "LIST-2020-1"
    ]
    assert [row["institution_id"] for row in members if "不算能确认" not in row["note"]] == []
    assert "首批名单57家中，能确认名称的0家" in readme
