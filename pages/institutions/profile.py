"""机构档案: one institution, every field with its source and date, what others claim, lists and insurance."""

import streamlit as st

from eldercare import maps, store
from eldercare.exhibits import home_events, series
from eldercare.exhibits import institutions as findings
from eldercare.faces import screen as drawn
from eldercare.figures import institution_maps as pictures
from eldercare.screen import blocks, filters, selection

row = selection.profile()
code = row["institution_id"]
blocks.title(
    findings.profile(row),
    "每个字段都有来源和日期；互相矛盾的说法并列，采用哪一条写明；没有来源的写未载。",
)
blocks.cards(findings.bed_cards(row))
selection.left_out(row.to_frame().T, 1)
changes = store.ask("institution_changes", institution=code, as_of=filters.as_of())
selection.way_back(row)
if len(changes):
    blocks.exhibit(
        "institution_changes",
        changes,
        None,
        home_events.changes(changes),
        home_events.CHANGES,
        home_events.CAVEATS,
        links={"became": "link"},
    )

left, right = st.columns([1.7, 1], gap="medium")
with left:
    fields = selection.with_titles(
        store.ask("institution_fields", institution=code, as_of=filters.as_of())
    )
    blocks.exhibit(
        "institution_fields",
        fields,
        None,
        findings.fields(fields),
        {
            "field_title": "项目",
            "words": "内容",
            "standing": "采用与否",
            "day": "日期",
            "source_title": "来源",
            "note": "说明",
        },
        caveats=["公开资料未载不等于没有"],
    )
with right:
    points = selection.as_points(row)
    blocks.exhibit(
        "institution_place",
        points,
        pictures.found_points(points, {}, height=380),
        findings.position(row),
        {"label": "名称", "city_names": "城市", "point_words": "位置精度"},
        caveats=[*findings.noted(row), maps.note()],
    )
    lists = store.ask("institution_lists_of", institution=code)
    blocks.exhibit(
        "institution_lists",
        lists,
        None,
        findings.lists_of(lists),
        {"list_title": "名单", "batch": "批次", "membership": "是否入选", "day": "名单日期"},
    )
    answers = store.ask("institution_portability_of", institution=code, as_of=filters.as_of())
    blocks.exhibit(
        "institution_portability",
        answers,
        None,
        findings.portability_of(answers),
        {
            "insured": "参保地",
            "answer": "能否使用",
            "reason": "依据",
            "day": "日期",
            "note": "说明",
        },
        caveats=["其他参保地的办法公开资料未载，均为未知"],
    )
history = selection.with_titles(store.ask("institution_bed_history", institution=code))
if not history.empty:
    blocks.exhibit(
        "institution_bed_history",
        history,
        drawn.lines(series.lines(history, "张"), 300, room=440),
        "床位历史",
        {"field_title": "项目", "value": "数值", "day": "日期", "source_title": "来源"},
    )
