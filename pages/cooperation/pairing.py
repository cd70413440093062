"""城市结对: which of Shanghai's 16 districts works with whom, how far, against the announced targets."""

import streamlit as st

from eldercare import blocks, figures, filters, store
from eldercare.figures.cooperation import matrix
from eldercare.findings import cooperation as findings
from eldercare.text import _

districts, partners, cells = store.ask("district_rows"), store.ask("named_partners"), store.ask("pair_cells")
blocks.title(findings.pairing(districts, partners), _("上海16个区与三省市（区县）的协作：谁与谁、到哪一步、哪些还是空白。"))

event = blocks.exhibit(
    "pair_matrix",
    cells,
    matrix(cells, districts, store.ask("pair_partners"), height=520),
    findings.matrix(districts, cells),
    {"district_name": _("上海区"), "partner_name": _("对方"), "title": _("协议"), "status_title": _("状态"), "day": _("日期")},
    caveats=[
        _("区名后 ● 对方已知 ◍ 已签约·对方未知 □ 未见公开记录"),
        _("三方协议出现在它的每一格，只计一次；空格表示未见公开记录，不表示没有合作"),
    ],
    on_select="rerun",
)
chosen = filters.agreement(cells, event)
if chosen:
    parts = store.ask("agreement_detail", agreement=chosen)
    blocks.exhibit(
        "agreement_detail",
        parts,
        None,
        findings.agreement(cells, chosen),
        {"part": _("类别"), "words": _("内容"), "detail": _("说明"), "evidence": _("原文摘录")},
    )

left, right = st.columns(2, gap="medium")
with left:
    signed = store.ask("signed_series", as_of=filters.as_of())
    blocks.exhibit(
        "signed_series",
        signed,
        figures.series(signed[signed["indicator_code"].isin(["signed_districts", "signed_places"])], _("个"), height=340),
        findings.signed(signed),
        {
            "indicator_title": _("指标"),
            "value": _("数值"),
            "qualifier": _("限定词"),
            "day": _("日期"),
            "kind_words": _("性质"),
            "counting_rule": _("计数口径"),
        },
        caveats=[_("2021年3月的“20多个地市”只数地级市，单位不同，不与27个市（区县）连线")],
    )
    participation = store.ask("participation")
    blocks.exhibit(
        "participation",
        participation,
        None,
        _("参与口径（不是签约数，不计入上图）"),
        {"indicator_title": _("指标"), "value": _("数值"), "day": _("日期"), "counting_rule": _("计数口径")},
    )
with right:
    others = store.ask("other_pairs")
    blocks.exhibit(
        "other_pairs",
        others,
        None,
        _("省际、城际与项目层面的合作{n}份").format(n=len(others)),
        {"title": _("协议"), "parties": _("参与方"), "status_title": _("状态"), "day": _("日期")},
    )
