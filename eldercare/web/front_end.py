"""Streamlit's front end as it leaves this server: compressed, in the language of older engines, with a first page in Chinese.

Browsers of offices (Windows 7, 360, old WebView) have engines of Chromium 86 to 109. What these lack of the language is
written in another way, what they lack of functions is added (`older_browsers.js`); whoever is older still is told so.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

import brotli
import streamlit
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from eldercare.web import known_pages

BUNDLES = Path(streamlit.__file__).parent / "static"
COMPRESSIBLE = {".js", ".css", ".html", ".svg", ".json", ".wasm"}
# By what a browser says that it takes; an intranet without https is offered no brotli.
ENCODINGS = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
# `/overview` is an address of ours that leads to `/`.
FIRST_PAGES = {"/", *(f"/{page}" for page in known_pages.PAGES if page != "overview")}
TITLE = "长三角养老一体化看板"
TOO_OLD = (
    "这个浏览器太旧，打不开本看板。请换用内核为 Chromium 86 或更新的浏览器"
    "（双核浏览器请切换到“极速模式”），或请管理员升级浏览器。"
)
NO_SCRIPT = "本看板需要浏览器允许运行 JavaScript；请在浏览器设置里允许本站，或请管理员处理。"
# Must be understood by every browser there is: no word of it is newer than 2009.
CHECK = (
    "(function(){if(window.Element&&Element.prototype.replaceChildren&&String.prototype.replaceAll)return;"
    'function tell(){document.body.innerHTML=\'<p style="max-width:34em;margin:4em auto;font-size:18px;line-height:1.8">'
    f"{TOO_OLD}</p>'}}"
    "if(window.addEventListener)window.addEventListener('load',tell);else window.attachEvent('onload',tell)})();"
)


class FrontEnd:
    """Serves the scripts, styles and first page of Streamlit in place of Streamlit."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = None
        if scope["type"] == "http" and scope["method"] == "GET":
            accepted = Headers(scope=scope).get("accept-encoding", "")
            answer = bundle(scope["path"], next((e for e in ENCODINGS if e in accepted), ""))
            if scope["path"] in FIRST_PAGES:
                answer = HTMLResponse(first_page(), headers={"cache-control": "no-cache"})
        await (answer or self.app)(scope, receive, send)


def bundle(path: str, encoding: str = "") -> Response | None:
    """A file with a hash in its name, as it is served; None when the path is none."""
    if not path.startswith("/static/") or ".." in path or Path(path).suffix not in COMPRESSIBLE:
        return None
    file = BUNDLES / path.lstrip("/")
    if not file.is_file():
        return None
    headers = {"vary": "accept-encoding", "cache-control": "public, max-age=31536000, immutable"}
    if encoding:
        headers["content-encoding"] = encoding
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Response(served(file, encoding), media_type=kind, headers=headers)


@lru_cache(maxsize=1024)
def served(file: Path, encoding: str) -> bytes:
    """The body of a bundle: each is rewritten and compressed once per process and encoding, at first request."""
    body = file.read_bytes()
    if file.suffix == ".js":
        body = older_language(body.decode("utf-8")).encode("utf-8")
    return ENCODINGS[encoding](body) if encoding else body


def older_language(script: str) -> str:
    """Initialisers of classes (Chromium 94) written as static fields (Chromium 72): the same order, the same `this`."""
    parts, done = [], 0
    for found in re.finditer(r"\bstatic\{", script):
        end = _closing(script, found.end())
        parts += [
            script[done : found.start()],
            "static _=(()=>{",
            script[found.end() : end],
            "})();",
        ]
        done = end + 1
    return "".join([*parts, script[done:]])


def _closing(script: str, start: int) -> int:
    """Where the block that begins before `start` ends; what stands in quotes opens and closes nothing."""
    depth, quote, place = 1, "", start
    while True:
        sign = script[place]
        if quote:
            place += sign == "\\"
            quote = "" if sign == quote else quote
        elif sign in "\"'`":
            quote = sign
        else:
            depth += (sign == "{") - (sign == "}")
            if not depth:
                return place
        place += 1


@lru_cache(maxsize=1)
def first_page() -> str:
    """Streamlit's index with the language, the name and what older engines lack."""
    added = Path(__file__).with_name("older_browsers.js").read_text(encoding="utf-8")
    page = (BUNDLES / "index.html").read_text(encoding="utf-8")
    page = page.replace('<html lang="en">', '<html lang="zh-CN">', 1)
    page = page.replace("<title>Streamlit</title>", f"<title>{TITLE}</title>", 1)
    page = re.sub(
        r"<noscript>.*?</noscript>", f"<noscript><p>{NO_SCRIPT}</p></noscript>", page, flags=re.S
    )
    return page.replace("<head>", f"<head><script>{CHECK}</script><script>{added}</script>", 1)
