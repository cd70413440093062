"""指标台账: each indicator of a place with value, target, gap, trend and rhythm; what other regions do."""

import streamlit as st

from eldercare import store
from eldercare.exhibits import city
from eldercare.exhibits import indicators as findings
from eldercare.figures import indicators as figures
from eldercare.screen import blocks, filters

as_of, kept = filters.as_of(), filters.kept_as_of()
head = st.container()
left, right = st.columns([1, 3], vertical_alignment="bottom")
with left:
    known = findings.all_places(store.ask("profile_places"), store.ask("ledger_places"))
    code, asked, elsewhere = filters.place(known, "YRD")
    place = known.set_index("place_code").loc[code]
ledger = findings.with_words(store.ask("indicator_ledger", place=code, as_of=as_of), kept)
with right:
    topics = filters.several(
        "专题", "ledger_topics", list(dict.fromkeys(ledger["topic"])), "全部专题"
    )
if asked:
    st.warning(city.fallback(asked, place.label, elsewhere))
rows = ledger[ledger["topic"].isin(topics)]
with head:
    blocks.title(
        findings.ledger(ledger, place.called),
        "每个指标现在是多少、哪天的数、目标多少、差多少、由谁报、多久报一次；来源没有规定的一律写“未规定”。",
    )

blocks.exhibit(
    "indicator_ledger",
    rows,
    {"时间": lambda: figures.ages(rows, as_of), "台账": lambda: None},
    findings.gaps(rows),
    findings.LEDGER,
    caveats=[
        "只有同一指标、同一单位、同一口径才相减",
        "计划与目标不算现值；目标是否完成以来源为准",
    ],
    file_columns=findings.LEDGER_FILE,
    links={"tasks": "task_address"},
)
trends = store.ask("indicator_trends", place=code, as_of=as_of)
trends = trends[trends["topic"].isin(topics)]
if len(trends):
    blocks.exhibit(
        "indicator_trends",
        trends,
        figures.small_lines(trends),
        findings.trends(trends, place.called),
        {"indicator_title": "指标", "base": "口径", "day": "日期", "amount": "数值"},
        caveats=["纵轴从零起，各图比例尺不同"],
    )

regions = store.ask("practice_regions")
left, right = st.columns([1.5, 1], gap="medium")
with left:
    blocks.exhibit(
        "practice_regions",
        regions,
        figures.practice_bars(regions),
        findings.practices(regions),
        findings.REGIONS,
    )
with right:
    rhythms = store.ask("reporting_rhythms_known")
    blocks.exhibit(
        "reporting_rhythms",
        rhythms,
        None,
        findings.rhythms(rhythms),
        {"wording": "节奏", "subject": "所属工作", "reporter": "由谁报", "next_due": "下次报送"},
        caveats=["一地的做法，不推及其他清单和指标"],
    )
columns = st.columns(2)
with columns[0]:
    wanted = filters.several("地区", "practice_regions", regions["short_name"].tolist(), "全部地区")
known = store.ask("practice_themes", regions=wanted)["theme"].tolist()
with columns[1]:
    themes = filters.several("共同主题", "practice_themes", known, "全部共同主题")
matrix = store.ask("practice_matrix", regions=wanted, themes=themes)
drawn = figures.practice_matrix(matrix)
blocks.exhibit(
    "practice_matrix",
    matrix,
    drawn,
    findings.matrix(matrix),
    findings.MATRIX,
    findings.UNDER_MATRIX,
)
practices = findings.with_figures(store.ask("practices_compared", regions=wanted, themes=themes))
blocks.exhibit(
    "practices", practices, None, findings.chosen_practices(practices, wanted), findings.PRACTICES
)
