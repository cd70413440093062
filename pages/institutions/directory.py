"""机构名录: find institutions across the delta; below, what a list adds up to and what was announced."""

import streamlit as st

from eldercare import maps, store
from eldercare.exhibits import institutions as findings
from eldercare.figures import institution_maps
from eldercare.figures import institutions as figures
from eldercare.screen import blocks, filters, finder, selection

heading, switch = st.columns([6, 1], gap="small")
with switch:
    demo = filters.demo()
search, slots = finder.conditions(demo)
totals = store.ask("institution_totals", **search.parameters).iloc[0]
listed = store.ask("homes_listed")
cities = store.ask("institution_cities", **search.parameters)
with heading:
    words = findings.demonstration(totals) if demo else findings.known(cities, listed)
    blocks.title(
        words, "按地区、经营性质、床位、开业年份、月费、照护、参保地查找，至多四家并排比较。"
    )
counted = finder.numbers_of_choices(search, slots)
finder.chips(search)
for (condition, homes), address in finder.left_out(search, counted).items():
    blocks.nothing(f"left_out_{condition}", *findings.left_out(condition, homes))
    blocks.links({f"看这{homes}家": address})
if totals["institutions"]:
    blocks.cards(findings.cards(totals, demo))

left, right = st.columns([1.5, 1], gap="medium")
with left:
    order = finder.order(int(totals["institutions"]))
    rows = finder.rows(search, order, int(totals["institutions"]))
    with st.container(key="part_institutions"):
        blocks.exhibit(
            "institutions",
            rows,
            None,
            findings.found(totals),
            finder.columns(search, order, rows),
            caveats=[
                *findings.unreported(rows),
                "公开资料未载的机构不因筛选而消失，各筛选都有“未载”一项",
            ],
            links={"called": "link"},
            export=finder.export(search, order, int(totals["institutions"])),
        )
    picked = st.container()
    selection.tray(rows, search)
with right:
    points = store.ask(
        "institution_map", **search.parameters, points=finder.MAP_POINTS, cells=finder.MAP_CELLS
    )
    lines = selection.numbers_of(rows)
    known = [] if demo else cities[cities["known"] > 0]["place_code"].tolist()
    views = {
        maps.OUTLINES: lambda: institution_maps.found_points(points, lines, known=known),
        maps.SQUARES: lambda: institution_maps.found_tiles(cities, store.ask("tiles")),
    }
    drawn, headings, caveats = finder.map_rows(points, cities, "institutions_map")
    event = blocks.exhibit(
        "institutions_map",
        drawn,
        views,
        findings.cities(cities),
        headings,
        [*caveats, maps.note()],
        on_select="rerun",
    )
with picked:
    selection.pick(rows, points, event)

if search.insured and not demo:
    statements = store.ask("portability_statements", insured=search.insured, as_of=filters.as_of())
    headings = {
        "part": "类别",
        "words": "内容",
        "day": "日期",
        "source_title": "来源",
        "note": "说明",
    }
    caveats = ["没有点名的机构一律为未知，不等于不可"]
    blocks.exhibit(
        "portability",
        statements,
        None,
        findings.portability(statements, search.insured_name),
        headings,
        caveats,
    )
if not demo:
    blocks.nothing("institutions_left_out", "这里没有收录的", findings.not_listed(cities))
    left, right = st.columns([1.2, 1], gap="medium")
    with left:
        blocks.exhibit(
            "homes_listed",
            listed,
            None,
            findings.listed(listed),
            findings.LISTED,
            caveats=findings.LISTED_CAVEATS,
        )
    with right:
        coverage = store.ask("list_coverage")
        bars = figures.announced_bars(figures.with_unnamed(coverage))
        blocks.exhibit(
            "list_coverage",
            coverage,
            bars,
            findings.coverage(coverage),
            findings.ANNOUNCED,
            findings.announced_caveats(coverage),
        )
        firms = store.ask("institutions_known", in_delta=True, cities=cities["place_code"].tolist())
        firms = firms[firms["kind"] == "operator"]
        headings = {
            "name": "名称",
            "type": "类型",
            "place_label": "所在地",
            "day": "日期",
            "note": "说明",
        }
        blocks.exhibit("operators", firms, None, findings.operators(firms), headings)
