"""城市结对: which of Shanghai's 16 districts works with whom, how far, against the announced targets."""

import streamlit as st

from eldercare import store
from eldercare.exhibits import pairing, parts
from eldercare.exhibits.pairing import candidates, obstacles, sides
from eldercare.screen import blocks, filters

PARTS = {
    "点名与公布": [pairing.named],
    candidates.WHO: [],
    "省际与项目": [pairing.other_pairs],
    "近24个月动态": [pairing.quiet],
    "提供与获得": [pairing.exchange],
    "待遇异地使用": [pairing.portability, pairing.settled],
}

as_of = filters.as_of()
places = store.ask("place_stages", as_of=as_of)
said = parts(pairing.words.pairing(places))
blocks.title(said["title"], f"{said['subtitle']}。{pairing.words.LEAD}{filters.looking_back()}")

row = st.columns([1.2, 1.2, 0.9, 0.9, 0.7], gap="small", vertical_alignment="bottom")
with row[0]:
    cities = filters.cities()
with row[1]:
    platforms = filters.platforms()
with row[2]:
    order = filters.one_of("排序", "pairing_sort", ["按代码", "按活跃度"])
with row[3]:
    columns = filters.one_of("列", "pairing_columns", ["有记录的市县", "全部"])
with row[4].popover("阶段怎样判定", width="stretch"):
    st.markdown(pairing.dossier.stage_rules(store.ask("stage_rules")))
facts = filters.facts(as_of, cities, platforms)

blocks.show(pairing.matrix(facts, order == "按活跃度", columns == "全部"), on_select="rerun")

chosen = filters.pair(
    places[places["level"] == "district"],
    store.ask("pair_partners", cities=cities, as_of=as_of),
    ("chart_pair_matrix", "chart_place_map"),
)["place_code"].tolist()
if chosen:
    summed, known = pairing.cards(facts, *chosen), pairing.known_of_places(facts, *chosen)
    blocks.show(summed)
    if found := pairing.agreements(facts, *chosen):
        with st.container(key="pair_dossier"):
            blocks.heading(summed)
            for value in found:
                blocks.show(value)
        blocks.show(pairing.questions(facts, *chosen))
    elif len(chosen) == 2:
        blocks.show(sides.sides(facts, *chosen))
    if len(chosen) == 2:
        if matters := obstacles.agreed(facts, *chosen):
            blocks.show(matters)
        blocks.links(sides.ways(*chosen))
    else:
        blocks.links(candidates.page(facts.place(chosen[0]).label))
    if len(known.rows):
        blocks.show(known)
    if st.session_state.pop("pair_clicked", False):
        blocks.bring("pairing_district")

blocks.show(pairing.city_pairs(facts))

left, right = st.columns([1.5, 1], gap="small")
with left:
    blocks.show(pairing.stage_map(facts), on_select="rerun")
with right:
    blocks.show(pairing.signed(facts))
    blocks.show(pairing.participation(facts))

part = filters.one_of("更多", "pairing_part", list(PARTS))
if part == candidates.WHO:
    known = store.ask("profile_places")
    known = known[known["level"].isin(candidates.PROPOSED)].set_index("label")["place_code"]
    boxes = st.columns([1, 1.6, 1.2, 0.8], gap="small")
    with boxes[0]:
        own = known.index[known.isin(chosen[:1])].tolist() or known.index[:1].tolist()
        place = filters.from_list("为哪里找", "pairing_who", known.index.tolist(), own[0])
    with boxes[1]:
        reasons = filters.some("理由", "pairing_reasons", candidates.REASONS, "不限")
    with boxes[2]:
        levels = filters.some("层级", "pairing_levels", candidates.LEVELS, "不限")
    with boxes[3]:
        within = filters.from_list("距离", "pairing_within", list(candidates.DISTANCES))
    blocks.show(candidates.who(facts, known[place], reasons, levels, within))
for make in PARTS[part]:
    blocks.show(make(facts))
