"""旅居网络: sojourn care beyond the delta, and Lishui's groups of three. Drawn as networks and tiles, never on a national map."""

import streamlit as st

from eldercare import figures, store
from eldercare.exhibits import cooperation_tables as tables
from eldercare.exhibits import sojourn as findings
from eldercare.figures import sojourn as drawn
from eldercare.screen import blocks, filters

PARTS = ["协议清单", "各地规模", "其他基地"]

as_of = filters.as_of()
total = store.ask("sojourn_total")
blocks.title(
    findings.network(total),
    "旅居养老（季节性，不是异地养老）：外省做法参考；以及丽水拟签的“十镇×十局×十企”。谁与谁、处于哪一阶段、哪些公开资料未载。"
    + filters.looking_back(),
)

left, right = st.columns([1.45, 1], gap="small")
with left:
    members = store.ask("sojourn_members")
    counted = members[members["counted_round"]]
    views = {
        "网络": lambda: drawn.network(members, height=470),
        "柱形": lambda: figures.ranked_bars(
            counted.assign(value=counted["bases"].astype(float)), "家", decimals=0, height=470
        ),
    }
    blocks.exhibit(
        "sojourn_members",
        members,
        views,
        findings.members(members),
        tables.MEMBERS,
        tables.UNDER_MEMBERS,
    )
with right:
    named = store.ask("sojourn_named_bases")
    blocks.exhibit(
        "sojourn_named_bases",
        named,
        None,
        findings.named_bases(named),
        tables.NAMED_BASES,
        ["其余基地的名称公开资料未载"],
    )

slots = store.ask("lishui_slots")
blocks.exhibit(
    "lishui_slots",
    slots,
    drawn.triples(slots),
    findings.triples(slots),
    tables.SLOTS,
    tables.UNDER_SLOTS,
)

row = st.columns(2, gap="small")
with row[0]:
    cities, everywhere = filters.cities(), filters.everywhere()
with row[1]:
    narrowed = {
        "cities": cities,
        "everywhere": everywhere,
        "platforms": filters.platforms(),
        "as_of": as_of,
    }
ties, scope = store.ask("sojourn_ties", **narrowed), filters.scope()
blocks.exhibit(
    "sojourn_ties",
    ties,
    drawn.ties(ties),
    scope + findings.ties(ties),
    tables.TIES,
    tables.UNDER_TIES,
)

part = filters.one_of("更多", "sojourn_part", PARTS)
if part == PARTS[0]:
    listed = store.ask("sojourn_agreements", **narrowed)
    blocks.exhibit(
        "sojourn_agreements",
        listed,
        None,
        scope + findings.agreements(listed),
        tables.BEYOND,
        ["汇总行只概括其他行，不是又一份协议"],
    )
elif part == PARTS[1]:
    amounts = findings.with_amounts(store.ask("sojourn_figures"))
    blocks.exhibit(
        "sojourn_figures",
        amounts,
        None,
        findings.figures(amounts),
        tables.FIGURES,
        ["人次不是人数，床位不是机构数"],
    )
else:
    bases = findings.with_amounts(store.ask("other_bases"))
    blocks.exhibit(
        "other_bases", bases, None, findings.bases(bases), tables.BASES, ["规划和目标不是建成"]
    )
