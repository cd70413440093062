"""What the server adds to every answer: security headers, compressed bundles, and start-up work."""

from __future__ import annotations

import gc
import html
import importlib
import mimetypes
import os
import pkgutil
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import brotli
import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import eldercare
from eldercare import store
from eldercare.catalogue import ROOT
from eldercare.present import decks, making, webpage
from eldercare.text import _

POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "frame-ancestors 'self'",
        "base-uri 'self'",
        "form-action 'self'",
    ]
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
BUNDLES = Path(streamlit.__file__).parent / "static"
COMPRESSIBLE = {".js", ".css", ".html", ".svg", ".json", ".wasm"}


# Address → title of every page, as the frame lists them; the frame itself can only be run by Streamlit.
PAGES = {
    address: title
    for title, address in re.findall(
        r'title=_\("([^"]+)"\), url_path="([a-z-]+)"', (ROOT / "pages" / "frame.py").read_text(encoding="utf-8")
    )
}
# What answers besides pages: Streamlit's own addresses and our routes.
NO_PAGES = {"_stcore", "static", "media", "component", "app", "slides"}
NOT_FOUND = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>
<style>body{{font:15px/1.9 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;max-width:46rem;margin:12vh auto;padding:0 1rem}}
a{{margin-right:1.2em;white-space:nowrap}}</style><h1>{title}</h1><p>{words}</p><p>{links}</p></html>"""


def hosts() -> list[str]:
    """The host names this server answers to: those in `ELDERCARE_HOSTS`, separated by commas; any when it is not set."""
    return [name.strip() for name in os.environ.get("ELDERCARE_HOSTS", "").split(",") if name.strip()] or ["*"]


class KnownPages:
    """An address that is no page gets a notice in Chinese with the way to those that are; one in capitals leads to its page.

    Streamlit shows the main page under any address, with an English dialog before it.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = unknown_page(scope["path"], scope["query_string"].decode("latin-1")) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)


def unknown_page(path: str, query: str = "") -> Response | None:
    """What to answer instead of a page; None when the path is a page or none of our business."""
    asked = path.strip("/")
    parts = asked.split("/")
    elsewhere = parts[0] in NO_PAGES or "_stcore" in parts or "." in parts[-1]
    if elsewhere or path == "/" or path.removeprefix("/") in PAGES:
        return None
    if asked.lower() in PAGES:
        return RedirectResponse(f"/{asked.lower()}" + (f"?{query}" if query else ""))
    links = "".join(f'<a href="/{address}">{title}</a>' for address, title in PAGES.items())
    words = _("地址“/{path}”不是本看板的页面。可用的页面：").format(path=html.escape(asked[:80]))
    return HTMLResponse(NOT_FOUND.format(title=_("没有这个页面"), words=words, links=links), status_code=404)


class SecurityHeaders:
    """Adds `HEADERS` to every HTTP answer."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class PlainStartFault:
    """Datasets that cannot be loaded stop the start with what to mend instead of a traceback."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_plainly(message: Message) -> None:
            if message["type"] == "lifespan.startup.failed" and (fault := store.current().fault):
                message = {**message, "message": _("数据没有载入，没有启动。请改正后再试：\n{fault}").format(fault=fault)}
            await send(message)

        await self.app(scope, receive, send_plainly if scope["type"] == "lifespan" else send)


class CompressedBundles:
    """Serves Streamlit's own static bundles brotli-compressed: 9 MB become less than 3 MB.

    Each file is compressed once per process, at first request.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["method"] == "GET"
            and "br" in Headers(scope=scope).get("accept-encoding", "")
            and (found := bundle(scope["path"]))
        ):
            body, kind = found
            headers = {"content-encoding": "br", "vary": "accept-encoding", "cache-control": "public, max-age=31536000, immutable"}
            await Response(body, media_type=kind, headers=headers)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def bundle(path: str) -> tuple[bytes, str] | None:
    """The compressed body and media type of a bundle with a hash in its name, or None."""
    if not path.startswith("/static/") or ".." in path or Path(path).suffix not in COMPRESSIBLE:
        return None
    file = BUNDLES / path.lstrip("/")
    return _compressed(file) if file.is_file() else None


@lru_cache(maxsize=512)
def _compressed(file: Path) -> tuple[bytes, str]:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return brotli.compress(file.read_bytes(), quality=5), kind


def slides(request: Request) -> Response:
    """One deck as the page that also leaves as a file: shown in a frame of its own, so that turning slides never asks the server."""
    asked = request.query_params
    try:
        _deck, talk = making.ready(decks.parse(asked.get("deck", decks.REGION), asked.get("release", ""), asked.get("as_of", "")))
    except decks.UnknownDeck as fault:
        return PlainTextResponse(str(fault), status_code=404)
    return Response(webpage.html(talk), media_type="text/html; charset=utf-8", headers={"cache-control": "no-store"})


def home(request: Request) -> Response:
    """`/overview` is public, but Streamlit serves the default page at `/` only and would say “Page not found”."""
    return RedirectResponse("/" + (f"?{request.url.query}" if request.url.query else ""))


def _import_everything() -> None:
    """Every module a page may come to need: what is imported after the freeze is walked by each later collection."""
    import plotly.graph_objects  # noqa: F401

    for found in pkgutil.walk_packages(eldercare.__path__, "eldercare."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Before the first visitor: build the data, import what is heavy, then freeze the garbage collector.

    Without the imports several first visitors at once meet half-imported modules; without the freeze
    every later collection walks all of them again (2.5 times slower updates).
    """
    _import_everything()
    from eldercare import maps

    store.current().refresh()
    maps.outlines()
    for file in sorted((BUNDLES / "static" / "js").glob("*")):
        if file.suffix in COMPRESSIBLE and file.stat().st_size > 400_000:
            _compressed(file)
    gc.collect()
    gc.freeze()
    yield
