"""机构比较: up to four institutions side by side, differences marked, for print and Excel."""

import streamlit as st

from eldercare import tables
from eldercare.exhibits import institutions, parts
from eldercare.exhibits.institutions.side_by_side import side_by_side
from eldercare.faces import sheets
from eldercare.screen import blocks, finder, selection

LEAD = "最多四家，跨省市并列；≠ 为不同，未载、未知的不算不同。打印本页得到一页 A4，也可下载 Excel。"

heading = st.container()
insured, insured_name = finder.insured_place(st.columns([1, 3])[0])
rows = selection.to_compare(insured)
title = institutions.words.comparison(rows)
with heading:
    said = parts(title)
    blocks.title(said["title"], f"{said['subtitle']}。{LEAD}")
    selection.left_out(rows, 4)
table = side_by_side(rows)
value = institutions.compared(table, list(selection.names_of(rows).values()), insured_name)
blocks.show(value, export=tables.Export(lambda: table, len(table), value.columns))
foot = institutions.words.comparison_foot(tables.release(), tables.sources_of(table), insured_name)
mark = tables.DEMO if tables.is_demo(rows) else ""
blocks.sheet(sheets.comparison(title, table, value.columns, foot, mark))
