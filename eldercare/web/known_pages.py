"""Addresses that are pages, and what an address that is none is told."""

from __future__ import annotations

import re

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from eldercare.data.catalogue import ROOT
from eldercare.faces import markup
from eldercare.screen.desk import signing_in
from eldercare.web import under

# Address → title of every page, as the frame lists them; the frame itself can only be run by Streamlit.
PAGES = {
    address: title
    for title, address in re.findall(
        r'title="([^"]+)", url_path="([a-z-]+)"',
        (ROOT / "pages" / "frame.py").read_text(encoding="utf-8"),
    )
}
# What answers besides pages: Streamlit's own addresses and our routes.
NO_PAGES = {"_stcore", "static", "media", "component", "app", "slides", "ready", "data"}
SIGN_IN = {"auth/login", "auth/logout", "oauth2callback"}


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
    # Streamlit refuses such a path in English.
    climbs = ".." in parts or (elsewhere and path.startswith("//"))
    if not climbs and (elsewhere or path == "/" or path.removeprefix("/") in PAGES):
        return None
    if asked.lower() in PAGES:
        return RedirectResponse(under.up(path) + asked.lower() + (f"?{query}" if query else ""))
    page = markup.render("no_page.html", asked=asked[:80], pages=PAGES, up=under.up(path))
    return HTMLResponse(page, status_code=404)
