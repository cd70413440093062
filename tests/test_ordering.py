"""Lists of which a page shows a part are sorted as a whole."""

import pandas as pd
import pytest
from opening import seen

from eldercare.data.catalogue import ROOT
from eldercare.screen import ordering

ROWS = pd.DataFrame(
    {
        "name": ["重庆院", "安庆院", "—", "上海院"],
        "beds": [20, None, 100, 3],
        "date": pd.to_datetime(["2024-08-29", "2023-12-31", None, "2025-01-01"]),
        "day": ["2024年8月29日", "2023年底", "未注明日期", "2025年"],
    }
)


@pytest.mark.parametrize(
    ("column", "down", "order"),
    [
        ("beds", True, [2, 0, 3, 1]),
        ("beds", False, [3, 0, 2, 1]),
        ("day", True, [3, 0, 1, 2]),
        ("name", False, [1, 0, 3, 2]),
        ("name", True, [3, 0, 1, 2]),
    ],
)
def test_rows_stand_by_their_values_and_what_is_missing_comes_last(column, down, order, real_data):
    assert ordering.in_order(ROWS, column, down).index.tolist() == order


def test_a_page_is_cut_from_the_whole_list_in_its_order(real_data):
    beds = pd.read_csv(ROOT / "datasets" / "institutions.csv")["beds_total"].dropna()
    second = beds.sort_values(ascending=False).iloc[10:20]
    page = seen(
        "institutions/directory.py", order="institutions.-总床位（张）", institutions_page="2"
    )
    shown = page.table[0].value
    assert shown["总床位（张）"].tolist() == [f"{count:,.0f}" for count in second]
    assert shown["序号"].tolist() == [str(place) for place in range(11, 21)]


@pytest.mark.parametrize(
    "order", ["institutions.无此列", "institutions.", "总床位（张）", "other.名称"]
)
def test_an_order_that_names_nothing_of_the_list_leaves_it_as_it_is(order, real_data):
    asked = seen("institutions/directory.py", order=order)
    assert asked.table[0].value.equals(seen("institutions/directory.py").table[0].value)
