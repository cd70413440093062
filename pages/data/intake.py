"""数据更新: what was handed in, what is wrong with it, what it would change, who accepted it, and the way back."""

import streamlit as st

from eldercare import blocks, filters, store
from eldercare.desk import handing_in, remembering, reporting, reviewing, showing, versions, visitor
from eldercare.findings import intake as findings
from eldercare.text import _

HANDING_IN = _("导入")
PARTS = {
    HANDING_IN: handing_in.part,
    _("审核"): reviewing.part,
    _("版本"): versions.part,
    _("报送窗口"): reporting.reporting_windows,
    _("更正一格"): reporting.correcting,
    _("记住的回答"): remembering.part,
    _("日志"): reporting.log,
}

lead = _("上传文件，逐行检查，看与当前版本的差异，接受或退回；每次接受是一个新版本，随时可以退回旧版本。")
heading = st.container()
who = visitor.person()
with heading:
    waiting = reporting.waiting(who)
    blocks.title(findings.waiting(**waiting) if waiting else findings.FOR_READERS, lead)
showing.troubles(who)
part = filters.one_of(_("步骤"), "intake_part", list(PARTS))
PARTS[part](who)
if part == HANDING_IN:
    blocks.exhibit(
        "filed_tables",
        store.ask("filed_tables"),
        None,
        _("可报送的表：多少条，最新到哪一天"),
        {"title": _("数据表"), "filed": _("条数"), "by_units": _("单位报送（条）"), "day": _("最新数据"), "sources": _("来源（个）")},
    )
