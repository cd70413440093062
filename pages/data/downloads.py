"""下载与接口: what can be taken of all this, how it is asked in four tools, on which terms, and how it is cited."""

import streamlit as st

from eldercare.opendata import answers, listing
from eldercare.screen import blocks, filters

PAGE = 12
LEAD = "公开的表、页面上的每个问题和图表，与页面同一个答案；带版本号与来源，可定时取。"
TERMS = (
    "整理与结构按 CC BY 4.0 使用（署名）；事实本身不受限制，引文归原发布者；人口普查数字化来自 leiii/census（MIT）。",
    "演示数据只在写 demo=true 时给出，待核名单只在写 unverified=true 时给出，每行标明；不足十人的写“少于10”。",
    "不给出：报送的文件与草稿、登记簿与日志、未收录的事实、没有审图号的地图轮廓。",
    "一次至多10,000行（Excel 2,000行），用 limit 和 offset 分批；同一地址要得太频繁会请您稍候（429）。",
    "版本与数据截至日期写在每个答案的头（X-Release、X-As-Of）和 JSON、Excel 里；数据未变时 ETag 不变。",
)
MACHINES = {
    "目录": "data/v1/index.json",
    "表的说明（Data Package）": "data/v1/datapackage.json",
    "DCAT": "data/v1/catalog.jsonld",
    "OpenAPI": "data/v1/openapi.json",
}

base = listing.base(st.context.url)
blocks.title(listing.summary(), LEAD)

known = listing.entries()
labels = dict(zip(known["entry"], known["label"], strict=True))
entry, asked = filters.linked("选一项", "data", labels, "questions/elder_share")
if asked:
    st.warning(f"没有“{asked[:40]}”这一项；请在上面选择，或在目录里找。")

left, right = st.columns([1.15, 1], gap="medium")
with left, st.container(border=True, key="listing_entry"):
    row = known[known["entry"] == entry].iloc[0]
    blocks.part(row["title"])
    blocks.links(listing.addresses(entry))
    tool = filters.one_of("工具", "data_tool", list(listing.TOOLS))
    blocks.copied(listing.example(entry, tool, base))
    blocks.note(listing.HINTS[tool])
    columns = {"name": "参数", "meaning": "意思", "values": "可用的值", "without": "不写时"}
    blocks.table(listing.asked(entry), columns, "参数")
with right, st.container(border=True, key="listing_catalogue"):
    blocks.part("目录")
    kind = filters.one_of("类别", "data_kind", ["全部", *listing.KINDS.values()])
    words = st.text_input(
        "在目录里找",
        key="data_words",
        bind="query-params",
        placeholder="在目录里找：床位、协议、人口…",
        label_visibility="collapsed",
        max_chars=40,
    )
    found = listing.found(words or "", "" if kind == "全部" else kind)
    first = filters.page_start("data_page", len(found), PAGE, "项")
    if found.empty:
        blocks.note("目录里没有；请换一个词，或选“全部”。")
    else:
        shown = found.iloc[first : first + PAGE]
        blocks.table(shown, {"kind": "类别", "title": "内容"}, "目录", title="link")

blocks.part("许可与约定")
blocks.points(TERMS)
blocks.part("怎样引用")
blocks.copied(listing.citation(answers.release(), base))
blocks.part("给程序的说明")
blocks.links(MACHINES)
