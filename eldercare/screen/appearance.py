"""How every page looks: the style sheet, large type with high contrast, and what the keyboard and a screen reader need."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from eldercare.drawing import ROOMS
from eldercare.measures import ACCENT, GROUND, INK, LINE, MUTED

# The column that holds one card and nothing else.
CARD = (
    "[data-testid=stColumn]:has(>[data-testid=stVerticalBlock]>:only-child>[class*=st-key-card_])"
)
# A table of more rows moves up and down inside its exhibit, under a head that stays.
ROWS_AT_ONCE = 15
# So many rows of a table are printed, as they stand on the screen, and the sheet says that there are more.
ROWS_ON_PAPER = 30
# Selectors of Streamlit's own (data-testid) are pinned with its version and watched by the browser tests.
STYLE = (
    """
[data-testid=stMainBlockContainer]{padding:1.1rem 2.2rem 2rem;max-width:1640px}
[data-testid=stHeader]{background:transparent;height:0;min-height:0}
[class*=st-key-card_] h2{padding:0 0 .1rem}
[class*=st-key-card_] [data-testid=stMarkdownContainer]{margin-bottom:0}
[class*=st-key-label_]{flex-wrap:nowrap}
[class*=st-key-label_]>*{min-width:0}
[class*=st-key-label_]:has([class*=st-key-trace_])>:first-child{max-width:calc(100% - 2.6rem)}
[class*=st-key-label_] p{font-size:.88rem}
[class*=st-key-trace_] p{white-space:nowrap}
[class*=st-key-trace_] button{min-height:0;padding:0}
[class*=st-key-trace_] [data-testid=stIconMaterial]{display:none}
[data-testid=stCaptionContainer]{opacity:1}
[data-testid=stCaptionContainer],[data-testid=stCaptionContainer] p{color:MUTED}
[data-testid=stWidgetLabel] p{color:INK}
[data-testid=stTable] th{position:relative;word-break:keep-all}
[data-testid=stTable] th>button{position:absolute;inset:0;border:0;background:none;cursor:pointer}
[data-testid=stTable] th>button::after{content:'';position:absolute;right:.2rem;top:50%;transform:translateY(-50%);font-size:.6rem;color:MUTED}
[data-testid=stTable] th:is(:hover,:focus-within)>button::after{content:'↑↓';letter-spacing:-.1em}
[data-testid=stTable] th[aria-sort=ascending]>button::after{content:'↑';color:INK}
[data-testid=stTable] th[aria-sort=descending]>button::after{content:'↓';color:INK}
[data-testid=stTable] th:has(>button){padding-right:1.1rem}
[data-testid=stTable] [data-number]{text-align:right!important}
[data-testid=stTable] td{min-width:4em;font-variant-numeric:tabular-nums}
[data-testid=stTable] td [data-testid=stMarkdownContainer]{max-width:44rem}
[data-testid=stHeading] h1{padding:.1rem 0}
[data-testid=stHeading] h3{padding-top:0;padding-bottom:.2rem}
[data-testid=stElementContainer]:has(>[data-testid=stHtml]>script),[data-testid=InputInstructions]{display:none}
[class*=st-key-foot_]{flex-wrap:nowrap;align-items:baseline}
[class*=st-key-foot_]>:first-child{min-width:0}
[class*=st-key-foot_] button{min-height:0;padding:0;white-space:nowrap}
[class*=st-key-paper_]{display:none}
[class*=st-key-exhibit_]{position:relative}
[data-testid=stLayoutWrapper]:has(>[class*=st-key-squares_]){position:absolute;left:1rem;right:1rem;width:auto;height:0;overflow:hidden;visibility:hidden}
.legend{font-size:.85rem;line-height:1.7}
@media screen{
 [data-testid=stTable] div:has(>table>tbody>tr:nth-child(MANY)){max-height:36rem;overflow:auto}
 [data-testid=stTable] table:has(>tbody>tr:nth-child(MANY)) th{position:sticky;top:0;z-index:1;background:GROUND;box-shadow:inset 0 -1px LINE}
}
@media (prefers-reduced-motion:reduce){*,*::before,*::after{animation:none!important;transition:none!important;scroll-behavior:auto!important}}
@media screen and (max-width:900px){
 [data-testid=stMainBlockContainer]{padding:1rem}
 [data-testid=stColumn]{min-width:min(100%,11rem)}
 [data-testid=stColumn]:has([class*=st-key-exhibit_],[class*=st-key-listing_]){min-width:100%}
 CARD{min-width:calc(33.3% - 1rem)}
 [data-testid=stColumn] button p{white-space:normal}
}
@media screen and (max-width:640px){
 [data-testid=stMainBlockContainer]{padding:1rem .9rem}
 CARD{min-width:calc(50% - .5rem)}
}
@media screen and (max-width:767px){
 [data-testid=stHeader]{height:2.8rem;min-height:2.8rem;background:GROUND}
 [data-testid=stMainBlockContainer]{padding-top:3.4rem}
}
""".replace("MUTED", MUTED)
    .replace("GROUND", GROUND)
    .replace("INK", INK)
    .replace("LINE", LINE)
    .replace("GROUND", GROUND)
    .replace("MANY", str(ROWS_AT_ONCE + 1))
    .replace("CARD", CARD)
)
# On paper the page stands as on a screen, two columns beside each other, without what asks for a click. A page with a sheet
# of its own (`faces.sheets`) prints that instead.
PRINT = """
@media print{
 @page{size:A4;margin:12mm 10mm;@bottom-right{content:counter(page) " / " counter(pages)}}
 [class*=st-key-screen_],[data-testid=stSidebar],[data-testid=stHeader],[data-testid=stPills],[data-testid=stButtonGroup],
 [data-testid=stPopover],[data-testid=stMenuButton],[data-testid=stTooltipIcon],[data-testid=stButton],[data-testid=stDownloadButton],[data-testid=stCheckbox]{display:none}
 body:not(:has(.sheet)) [data-testid=stMainBlockContainer]{padding:0;max-width:none;zoom:.66}
 [data-testid=stVerticalBlock],[class*=st-key-paper_]{display:block!important}
 [data-testid=stVerticalBlock]>*{margin-bottom:.6rem}
 [data-testid=stColumn],[data-testid=stVerticalBlock],[data-testid=stLayoutWrapper]{height:auto!important;flex-shrink:0}
 hr{margin:.2rem 0!important}
 [data-testid=stHorizontalBlock]:has(>[data-testid=stColumn]){display:flex!important;flex-wrap:nowrap}
 [data-testid=stColumn]{min-width:0!important}
 [class*=st-key-exhibit_],tr{break-inside:avoid}
 [class*=st-key-exhibit_]:has(tr:nth-child(15)){break-inside:auto}
 thead{display:table-header-group}
 [data-testid=stTable],[data-testid=stTable] *{overflow:visible!important}
 [data-testid=stElementContainer]:has([data-testid=stTable]){display:block}
 [data-testid=stTable] table{display:table}
 [data-testid=stTable] tbody>tr:nth-child(n + BEYOND){display:none}
 [data-testid=stTable]:has(tbody>tr:nth-child(BEYOND))::after{content:'纸上印前ON_PAPER行，全部行请下载'}
 [data-testid=stLayoutWrapper]:has(>[class*=st-key-squares_]){position:static;visibility:visible;height:auto}
 [class*=st-key-exhibit_]:has([class*=st-key-squares_]) [class*=st-key-room]{display:none!important}
 [class*=st-key-room]{overflow:visible!important;container-type:normal!important}
 [class*=st-key-room]>*{min-width:0!important}
 [class*=st-key-room]::before{content:none!important}
 [data-testid=stElementContainer]:has([data-testid=stPlotlyChart]),[data-testid=stFullScreenFrame],
 [data-testid=stPlotlyChart],[data-testid=stPlotlyChart] :is(div:has(.svg-container)){width:100%!important;height:auto!important;max-width:100%}
 .js-plotly-plot .svg-container{width:100%!important;height:auto!important;max-width:var(--wide);aspect-ratio:var(--shape)}
 .js-plotly-plot .main-svg{width:100%!important;height:auto!important}
}
""".replace("BEYOND", str(ROWS_ON_PAPER + 1)).replace("ON_PAPER", str(ROWS_ON_PAPER))
# A drawing that needs more width than there is moves sideways inside its exhibit, and says so.
ROOM = "[class*=st-key-room]{container-type:inline-size;overflow-x:auto}" + "".join(
    f"[class*=st-key-room{width}_]>*{{min-width:{width}px}}"
    f"@container (max-width:{width - 1}px){{[class*=st-key-room{width}_]::before"
    f"{{content:'← 左右移动，看全图 →';position:sticky;left:0;font-size:.88rem;color:{MUTED}}}}}"
    for width in ROOMS
)
# A table or drawing larger than its box moves by keyboard too; Streamlit's own box for it takes no focus.
REACH = (
    "if(!window.reachWide){window.reachWide=()=>"
    "document.querySelectorAll('[data-testid=stTable] :has(>table),[class*=st-key-room]').forEach(box=>{"
    "if((box.scrollWidth>box.clientWidth||box.scrollHeight>box.clientHeight+1)&&!box.hasAttribute('tabindex')){"
    "box.tabIndex=0;box.setAttribute('role','region');box.setAttribute('aria-label',box.matches(':has(>table)')?'表格，可移动':'图，可左右移动')}});"
    "new MutationObserver(window.reachWide).observe(document.body,{childList:true,subtree:true});"
    "addEventListener('resize',window.reachWide)}window.reachWide();"
)
# Words that Streamlit's own front end has in English and no setting for: found whole in a text or a label, and said in Chinese.
WORDS = {
    "Add files": "换一个文件",
    "App pages": "页面",
    "Choose an option": "请选择",
    "Choose options": "请选择",
    "Clear all": "全部清除",
    "Clear value": "清除",
    "Close": "关闭",
    "Collapse sidebar": "收起菜单",
    "Connection error": "连接中断",
    # What the dialog of a lost connection says: it goes away by itself once the server answers again.
    "Connection timed out.": "服务器没有回应，正在自动重连；恢复后自动接上，页面和筛选都在。",
    "Streamlit server is not responding. Are you connected to the internet?": "连不上服务器，正在自动重连；恢复后自动接上，页面和筛选都在。一直不通请联系管理员。",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": "连不上本机的服务，正在自动重连。服务若已停止，请重新启动：",
    "Copied": "已复制",
    "Copied!": "已复制",
    "Copy to clipboard": "复制",
    "Decrement": "减少",
    "Dismiss": "关闭",
    "Drag and drop a file here": "把文件拖到这里",
    "Drag and drop files here": "把文件拖到这里",
    "Error:": "错误：",
    "Expand sidebar": "展开菜单",
    "add icon": "加号",
    "file upload": "上传文件",
    "File type not allowed.": "不收这种文件。",
    "Help": "说明",
    "Increment": "增加",
    "Loading...": "正在打开…",
    "Logo": "标志",
    "Navigate to home page": "回到总览",
    "No results": "没有结果",
    "Only one file is allowed.": "一次只收一个文件。",
    "Open": "打开",
    "Print": "打印",
    "Rerun": "重新打开",
    "Select all": "全选",
    "Selected values": "已选",
    "Show suggestions": "显示选项",
    "Sidebar": "菜单",
    "Unexpected error. Please try again.": "没有传上来，请再试一次。",
    "Skip to main content": "跳到正文",
    "Upload": "选择文件",
    "Upload failed": "没有传上",
    "Uploading...": "正在上传…",
}
# The same with a part that changes: what it looks like, and the words with that part in its place.
SENTENCES = {
    r"^Upload or drag and drop (?:a file|files)$": "选择文件，或把文件拖到这里",
    r"^(?:Limit )?(\d+) ?MB per file(?: ?• ?(.*))?$": "每个文件不超过$1MB $2",
    r"^File must be (\d+(?:\.\d+)?) ?MB or smaller\.$": "文件不能超过$1MB。",
    # A file whose kind the browser does not know has no name for it.
    r"^(\S+) files are not allowed\.$": "不收这种文件（$1）。",
    r"^files are not allowed\.$": "不收这种文件。",
    r"^Cannot connect to Streamlit \(HTTP status: 403\)": "服务器不接受从这个地址打开，请管理员检查访问地址的设置。",
    r"^(\d+) options? available\.$": "可选$1项。",
    r"^Remove (.+)$": "去掉 $1",
}
CHINESE = (
    Path(__file__)
    .with_name("chinese.js")
    .read_text(encoding="utf-8")
    .replace("WORDS", json.dumps(WORDS, ensure_ascii=False))
    .replace("SENTENCES", json.dumps([*SENTENCES.items()], ensure_ascii=False))
)
PAPER = Path(__file__).with_name("paper.js").read_text(encoding="utf-8")
SORTING = Path(__file__).with_name("sorting.js").read_text(encoding="utf-8")
IN_PLACE = Path(__file__).with_name("in_place.js").read_text(encoding="utf-8")
# Large type comes with high contrast: what is grey becomes ink, lines and frames are dark.
LARGE = """
html{font-size:19px}
[data-testid=stColumn] button p{white-space:normal}
[data-testid=stApp],[data-testid=stCaptionContainer],[data-testid=stCaptionContainer] p,[data-testid=stButtonGroup] button p{color:INK}
[data-testid=stTable] th,[data-testid=stTable] th p,[data-testid=stMarkdownContainer] span,.stMarkdownBadge,[data-testid=stAlert] p,.legend span{color:INK!important}
[class*=st-key-exhibit_],[class*=st-key-card_]{border-color:INK!important}
CARD{min-width:calc(33.3% - 1rem)}
[data-testid=stColumn]:has([class*=st-key-exhibit_],[class*=st-key-listing_]){min-width:100%}
[data-testid=stColumn]:not(:has([class*=st-key-exhibit_],[class*=st-key-listing_])):has([data-testid=stButtonGroup]){min-width:max-content}
[class*=st-key-room]::before{color:INK!important}
""".replace("INK", INK).replace("CARD", CARD)
FOCUS = f":is(a,button,summary,input,[role=combobox],[role=radio],[role=switch],[tabindex='0']):focus-visible{{outline:3px solid {ACCENT};outline-offset:-1px}}"


def dress(pages: Sequence[str]) -> None:
    """Style and language of the page; large type when the reader asks for it. Links to `pages` open in place."""
    large = st.sidebar.toggle("大字", key="elder", bind="query-params")
    st.sidebar.button("打印本页", key="screen_print", type="tertiary", icon=":material/print:")
    st.html(f"<style>{STYLE}{ROOM}{PRINT}{FOCUS}{LARGE if large else ''}</style>")
    in_place = IN_PLACE.replace("PAGES", json.dumps(list(pages)), 1)
    st.html(
        f"<script>document.documentElement.lang='zh-CN';{REACH}{CHINESE}{in_place}{PAPER}{SORTING}</script>",
        unsafe_allow_javascript=True,
    )
