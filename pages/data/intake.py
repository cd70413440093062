"""数据更新: what was handed in, what is wrong with it, what it would change, who accepted it, and the way back."""

import streamlit as st

from eldercare import store
from eldercare.exhibits import intake as findings
from eldercare.exhibits import parts
from eldercare.screen import blocks, filters
from eldercare.screen.desk import (
    handing_in,
    remembering,
    reporting,
    requesting,
    reviewing,
    showing,
    versions,
    visitor,
)

HANDING_IN = "导入"
PARTS = {
    HANDING_IN: handing_in.part,
    "审核": reviewing.part,
    "商请": requesting.part,
    "版本": versions.part,
    "报送窗口": reporting.reporting_windows,
    "更正一格": reporting.correcting,
    "记住的回答": remembering.part,
    "日志": reporting.log,
}

lead = (
    "上传文件，逐行检查，看与当前版本的差异，接受或退回；每次接受是一个新版本，随时可以退回旧版本。"
)
heading = st.container()
who = visitor.person()
with heading:
    waiting = reporting.waiting(who)
    said = parts(findings.waiting(**waiting) if waiting else findings.FOR_READERS)
    blocks.title(said["title"], "。".join(filter(None, [said["subtitle"], lead])))
showing.troubles(who)
part = filters.one_of("步骤", "intake_part", list(PARTS))
PARTS[part](who)
if part == HANDING_IN:
    blocks.show(findings.filed(store.ask("filed_tables")))
