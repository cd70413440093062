"""What stands around every screen: page settings, menu, site search and footer."""

import streamlit as st

from eldercare.screen import appearance, blocks, carrying, filters, searching, serving

SECTIONS = {
    "现状": [
        st.Page("situation/overview.py", title="总览", url_path="overview", default=True),
        st.Page("situation/city.py", title="地方档案", url_path="city"),
        st.Page("situation/groups.py", title="组合地区", url_path="groups"),
        st.Page("situation/ageing.py", title="老龄化", url_path="ageing"),
        st.Page("situation/bed_trends.py", title="床位趋势", url_path="bed-trends"),
    ],
    "机构": [
        st.Page("institutions/directory.py", title="机构名录", url_path="institutions"),
        st.Page(
            "institutions/profile.py", title="机构档案", url_path="institution", visibility="hidden"
        ),
        st.Page(
            "institutions/compare.py", title="机构比较", url_path="compare", visibility="hidden"
        ),
    ],
    "协作": [
        st.Page("cooperation/pairing.py", title="城市结对", url_path="pairing"),
        st.Page("cooperation/sojourn.py", title="旅居网络", url_path="sojourn"),
        st.Page("cooperation/timeline.py", title="协作历程", url_path="timeline"),
    ],
    "任务": [
        st.Page("tasks/progress.py", title="任务进度", url_path="tasks"),
        st.Page("tasks/indicators.py", title="指标台账", url_path="indicators"),
    ],
    "规划": [
        st.Page("planning/projection.py", title="人口情景", url_path="projection"),
        st.Page("planning/access.py", title="可及性试算", url_path="access"),
    ],
    "演示": [
        st.Page("forum/present.py", title="论坛演示", url_path="present"),
    ],
    "数据": [
        st.Page("data/sources.py", title="来源与口径", url_path="sources"),
        st.Page("data/coverage.py", title="数据覆盖", url_path="coverage"),
        st.Page("data/downloads.py", title="下载与接口", url_path="downloads"),
        st.Page("data/intake.py", title="数据更新", url_path="intake"),
    ],
}

# Before the menu: a sidebar drawn first keeps the width it began with.
st.set_page_config(page_icon=blocks.ICON, layout="wide", initial_sidebar_state=230)
page = st.navigation(SECTIONS, position="sidebar", expanded=True)
st.set_page_config(page_title=f"{page.title} · 长三角养老一体化看板")
st.logo(blocks.LOGO, size="large")
filters.renew()
serving.begin()
carrying.carry(page.url_path)
searching.box(st.sidebar)
appearance.dress([each.url_path for part in SECTIONS.values() for each in part])
serving.mark()
try:
    page.run()
finally:
    carrying.remember(page.url_path)
blocks.footer()
