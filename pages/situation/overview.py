"""总览: where the delta stands, in one screen."""

import streamlit as st

from eldercare import maps, store, tables
from eldercare.exhibits import Facts, ageing, coverage, pairing, situation, tasks
from eldercare.faces import screen
from eldercare.figures.coverage import known_bars
from eldercare.figures.situation import task_marks
from eldercare.measures import AGE_BREAKS
from eldercare.screen import blocks, filters

AGES = {"60岁以上": 60, "65岁以上": 65, "80岁以上": 80}

as_of = filters.as_of()
headline = store.ask("headline", as_of=as_of)
census = store.ask("province_ageing", age=60)
blocks.title(
    situation.overview(headline, census),
    "沪苏浙皖三省一市41个城市的养老合作：现状、合作、差距与来源。",
)
blocks.cards(situation.headline_cards(headline, store.ask("headline_later", as_of=as_of), census))

left, right = st.columns([1.55, 1], gap="small")
with left:
    age = AGES[filters.one_of("年龄", "overview_age", list(AGES))]
    share, breaks, digits = store.ask("elder_share", age=age), AGE_BREAKS[age], int(age == 80)
    event = blocks.exhibit(
        "elder_share",
        share,
        {
            "地图": lambda: maps.choropleth(share, breaks, "%", digits, height=366),
            "方格图": lambda: maps.tile_grid(
                share, store.ask("tiles"), breaks, "%", digits, height=366
            ),
        },
        ageing.shares(share, age),
        {
            "name": "地区",
            "elders": "人数（人）",
            "population": "常住人口（人）",
            "value": "占比（%）",
            "rank": "位次",
        },
        caveats=[blocks.matched(share), maps.NOTE],
        on_select="rerun",
    )
    blocks.follow(event, "city", "place")
    blocks.links(
        {"哪里占比较高、哪里上升较快：老龄化": "ageing", "各地床位：床位趋势": "bed-trends"}
    )
    signed = pairing.signed(Facts(as_of))
    blocks.show(signed, figure=screen.lines(signed.shape, height=260, room=580))
    blocks.links({"每个区与每个城市的协议及其阶段：城市结对": "pairing"})
    corrections, since = (
        store.ask("corrections_list", count=5),
        coverage.version_change(tables.release_changes()),
    )
    changes = {
        "day": "更正日期",
        "row_id": "记录",
        "before": "更正前",
        "after": "更正后",
        "reason": "理由",
    }
    nothing = f"{since}；{coverage.corrections(corrections)}"
    blocks.exhibit(
        "corrections",
        corrections,
        None,
        f"最新变化：{since}；编制中的更正如下",
        changes,
        empty=nothing,
    )
with right:
    rows = tasks.delta(tasks.board(store.ask("task_schedule", as_of=as_of), as_of))
    event = blocks.exhibit(
        "task_times",
        rows,
        task_marks(rows),
        tasks.standing(rows) if len(rows) else tasks.none_yet(as_of),
        {
            "number": "序号",
            "title": "任务",
            "due_words": "时限",
            "lamp_words": "时限状态",
            "proof_words": "证据",
            "who": "责任单位",
        },
        caveats=[tasks.reckoned(as_of), *filter(None, [tasks.responsible(rows)])],
        on_select="rerun",
    )
    blocks.follow(event, "tasks", "tasks_task")
    blocks.links({"每项任务谁负责、还差什么：任务进度": "tasks"})
    events = tables.with_source_pages(store.ask("latest_events", as_of=as_of, count=4))
    columns = {"day": "日期", "title": "事件"}
    blocks.exhibit(
        "latest_events",
        events,
        None,
        situation.events(events),
        columns,
        links={"title": "address"},
    )
    blocks.links({"全部动态：协作历程": "timeline"})
    topics = store.ask("coverage_topics")
    blocks.exhibit(
        "coverage_topics", topics, known_bars(topics), coverage.topics(topics), coverage.KNOWN
    )
    blocks.links(
        {"哪些地方的哪些主题公开资料未载：数据覆盖": "coverage", "一个地方的全部：地方档案": "city"}
    )
