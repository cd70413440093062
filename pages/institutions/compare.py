"""机构比较: up to four institutions side by side, differences marked, for print and Excel."""

import streamlit as st

from eldercare import tables
from eldercare.exhibits import institutions as findings
from eldercare.faces import sheets
from eldercare.figures import institutions as figures
from eldercare.screen import blocks, comparison, finder, selection

heading = st.container()
insured, insured_name = finder.insured_place(st.columns([1, 3])[0])
rows = selection.to_compare(insured)
table = comparison.side_by_side(rows)
names = selection.names_of(rows)
title = findings.comparison(rows)
with heading:
    blocks.title(
        title,
        "最多四家，跨省市并列；≠ 为不同，未载、未知的不算不同。打印本页得到一页 A4，也可下载 Excel。",
    )
    selection.left_out(rows, 4)
columns = {"item": "项目", **dict(zip("abcd", names.values(), strict=False)), "difference": "差异"}
blocks.exhibit(
    "institutions_compared",
    table,
    None,
    findings.compared(table, len(rows)),
    columns,
    caveats=[f"参保地：{insured_name}" if insured else "未选参保地，异地使用一行为未知"],
)
blocks.exhibit(
    "institutions_beds",
    rows,
    figures.bed_states(rows, findings.BEDS),
    "四种床位并列：没有柱的是公开资料未载",
    {"name": "名称", **{column: words for column, words in findings.BEDS.items()}},
)
foot = findings.comparison_foot(tables.release(), tables.sources_of(table), insured_name)
blocks.sheet(
    sheets.comparison(title, table, columns, foot, tables.DEMO if tables.is_demo(rows) else "")
)
