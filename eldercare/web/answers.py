"""What every answer carries, and our own addresses beside Streamlit's: security headers, compressed bundles, decks."""

from __future__ import annotations

import mimetypes
from functools import lru_cache
from pathlib import Path

import brotli
import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eldercare.faces import webpage
from eldercare.talks import decks, making

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
            headers = {
                "content-encoding": "br",
                "vary": "accept-encoding",
                "cache-control": "public, max-age=31536000, immutable",
            }
            await Response(body, media_type=kind, headers=headers)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def bundle(path: str) -> tuple[bytes, str] | None:
    """The compressed body and media type of a bundle with a hash in its name, or None."""
    if not path.startswith("/static/") or ".." in path or Path(path).suffix not in COMPRESSIBLE:
        return None
    file = BUNDLES / path.lstrip("/")
    return compressed(file) if file.is_file() else None


@lru_cache(maxsize=512)
def compressed(file: Path) -> tuple[bytes, str]:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return brotli.compress(file.read_bytes(), quality=5), kind


def slides(request: Request) -> Response:
    """One deck as the page that also leaves as a file: shown in a frame of its own, so that turning slides never asks the server."""
    asked = request.query_params
    try:
        _deck, talk = making.ready(
            decks.parse(
                asked.get("deck", decks.REGION), asked.get("release", ""), asked.get("as_of", "")
            )
        )
    except decks.UnknownDeck as fault:
        return PlainTextResponse(str(fault), status_code=404)
    return Response(
        webpage.html(making.reached(talk, str(request.url))),
        media_type="text/html; charset=utf-8",
        headers={"cache-control": "no-store"},
    )


def home(request: Request) -> Response:
    """`/overview` is public, but Streamlit serves the default page at `/` only and would say “Page not found”."""
    return RedirectResponse("/" + (f"?{request.url.query}" if request.url.query else ""))
