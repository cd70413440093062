"""城市结对: which of Shanghai's 16 districts works with whom, how far, against the announced targets."""

import streamlit as st

from eldercare import maps, store
from eldercare.exhibits import cooperation as findings
from eldercare.exhibits import cooperation_tables as tables
from eldercare.exhibits import dossier
from eldercare.figures import cooperation as drawn
from eldercare.figures import status_map
from eldercare.screen import blocks, filters, pair_parts

PARTS = ["点名与公布", "省际与项目", "近24个月动态", "提供与获得", "待遇异地使用"]

as_of = filters.as_of()
places = store.ask("place_stages", as_of=as_of)
blocks.title(findings.pairing(places), tables.LEAD + filters.looking_back())

row = st.columns([1.3, 1.3, 1, 0.7], gap="small", vertical_alignment="bottom")
with row[0]:
    cities, everywhere = filters.cities(), filters.everywhere()
with row[1]:
    platforms = filters.platforms()
with row[2]:
    order = filters.one_of("排序", "pairing_sort", ["按代码", "按活跃度"])
with row[3].popover("阶段怎样判定", width="stretch"):
    st.markdown(dossier.stage_rules(store.ask("stage_rules")))
narrowed, scope = {"cities": cities, "platforms": platforms, "as_of": as_of}, filters.scope()

districts, partners = (
    places[places["level"] == "district"],
    store.ask("pair_partners", cities=cities, as_of=as_of),
)
cells, busiest = store.ask("pair_cells", **narrowed), order == "按活跃度"
matrix, rows = (
    drawn.matrix(cells, districts, partners, busiest),
    findings.cells_and_gaps(cells, partners),
)
blocks.exhibit(
    "pair_matrix",
    rows,
    matrix,
    findings.matrix(places, cells, scope),
    tables.MATRIX,
    tables.UNDER_MATRIX,
    on_select="rerun",
)

chosen = filters.pair(districts, partners, ("chart_pair_matrix", "chart_place_map"))
if len(chosen):
    pair_parts.dossier(chosen, places, as_of)
    if st.session_state.pop("pair_clicked", False):
        blocks.bring("pairing_district")

among, others = findings.parted(store.ask("other_pairs", everywhere=everywhere, **narrowed))
blocks.exhibit(
    "city_pairs",
    among,
    None,
    scope + findings.city_pairs(among),
    tables.CITY_PAIRS,
    tables.UNDER_CITY_PAIRS,
)

left, right = st.columns([1.5, 1], gap="small")
with left:
    map_, tiles = (
        lambda: status_map.status_map(places, cells),
        lambda: status_map.status_tiles(places, store.ask("tiles")),
    )
    views, caveats = (
        {"地图": map_, "方格": tiles},
        [*findings.beside_silence(places), *tables.UNDER_MAP, maps.NOTE],
    )
    blocks.exhibit(
        "place_map",
        places,
        views,
        findings.status(places),
        tables.PLACES,
        caveats,
        on_select="rerun",
    )
with right:
    signed, joined = (
        store.ask("signed_series", as_of=as_of),
        store.ask("participation", as_of=as_of),
    )
    blocks.exhibit(
        "signed_series",
        signed,
        drawn.signed(signed),
        findings.signed(signed),
        tables.CLAIMS,
        tables.UNDER_SERIES,
    )
    blocks.exhibit("participation", joined, None, findings.joined(joined), tables.PARTICIPATION)

part = filters.one_of("更多", "pairing_part", PARTS)
if part == PARTS[0]:
    pair_parts.named(as_of)
elif part == PARTS[1]:
    blocks.exhibit(
        "other_pairs",
        others,
        None,
        scope + findings.others(others),
        tables.OTHERS,
        tables.UNDER_OTHERS,
    )
elif part == PARTS[2]:
    pair_parts.quiet(scope, everywhere, narrowed)
elif part == PARTS[3]:
    pair_parts.exchange()
else:
    pair_parts.insurance()
