"""What every answer carries, and our own addresses beside Streamlit's: security headers, decks."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eldercare.faces import webpage
from eldercare.talks import decks, making
from eldercare.web import under

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
        webpage.html(making.reached(talk, str(request.url.replace(path=f"{under.base()}/slides")))),
        media_type="text/html; charset=utf-8",
        headers={"cache-control": "no-store"},
    )


def home(request: Request) -> Response:
    """`/overview` is public, but Streamlit serves the default page at `/` only and would say “Page not found”."""
    return RedirectResponse("./" + (f"?{request.url.query}" if request.url.query else ""))
