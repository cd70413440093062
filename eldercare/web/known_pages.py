"""Addresses that are pages, and what an address that is none is told."""

from __future__ import annotations

import html
import re

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from eldercare.data.catalogue import ROOT
from eldercare.screen.desk import signing_in

# Address → title of every page, as the frame lists them; the frame itself can only be run by Streamlit.
PAGES = {
    address: title
    for title, address in re.findall(
        r'title="([^"]+)", url_path="([a-z-]+)"',
        (ROOT / "pages" / "frame.py").read_text(encoding="utf-8"),
    )
}
# What answers besides pages: Streamlit's own addresses and our routes.
NO_PAGES = {"_stcore", "static", "media", "component", "app", "slides", "ready"}
SIGN_IN = {"auth/login", "auth/logout", "oauth2callback"}
NOT_FOUND = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>
<style>body{{font:15px/1.9 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;max-width:46rem;margin:12vh auto;padding:0 1rem}}
a{{margin-right:1.2em;white-space:nowrap}}</style><h1>{title}</h1><p>{words}</p><p>{links}</p></html>"""


class KnownPages:
    """An address that is no page gets a notice in Chinese with the way to those that are; one in capitals leads to its page.

    Streamlit shows the main page under any address, with an English dialog before it.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = (
            unknown_page(scope["path"], scope["query_string"].decode("latin-1"))
            if scope["type"] == "http"
            else None
        )
        await (answer or self.app)(scope, receive, send)


def unknown_page(path: str, query: str = "") -> Response | None:
    """What to answer instead of a page; None when the path is a page or none of our business."""
    asked = path.strip("/")
    parts = asked.split("/")
    if asked in SIGN_IN and signing_in.configured():
        return None
    elsewhere = parts[0] in NO_PAGES or "_stcore" in parts or "." in parts[-1]
    if elsewhere or path == "/" or path.removeprefix("/") in PAGES:
        return None
    if asked.lower() in PAGES:
        return RedirectResponse(f"/{asked.lower()}" + (f"?{query}" if query else ""))
    links = "".join(f'<a href="/{address}">{title}</a>' for address, title in PAGES.items())
    words = f"地址“/{html.escape(asked[:80])}”不是本看板的页面。可用的页面："
    return HTMLResponse(
        NOT_FOUND.format(title="没有这个页面", words=words, links=links), status_code=404
    )
