"""A sub-path: what is asked under `server.baseUrlPath` is read as if there were none, and given to Streamlit as it expects it.

A proxy may also strip a prefix that we never see. So whatever we send, redirects and links, is relative.
"""

from __future__ import annotations

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

# The first part of our own addresses; the rest is Streamlit's.
OURS = {"overview", "slides", "ready", "data"}


def base() -> str:
    """`server.baseUrlPath` with a slash before it; empty without one."""
    words = (config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{words}" if words else ""


def up(path: str) -> str:
    """From a path to the root of the dashboard, relative: ./ or ../ so many times."""
    return "../" * (path.count("/") - 1) or "./"


class WithoutBase:
    """Takes the sub-path away: nothing of ours behind it knows of one."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        prefix = base()
        path = scope.get("path", "")
        if prefix and path == prefix and scope["type"] == "http":
            answer = RedirectResponse(f"{prefix.rpartition('/')[2]}/")
            await answer(scope, receive, send)
            return
        if prefix and path.startswith(f"{prefix}/"):
            scope = {**scope, "path": path.removeprefix(prefix)}
        await self.app(scope, receive, send)


class BaseForStreamlit:
    """Puts the sub-path back where Streamlit answers; must be the innermost."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (prefix := base()) and scope["type"] in ("http", "websocket"):
            path = scope["path"]
            if path.strip("/").partition("/")[0] not in OURS:
                scope = {**scope, "path": prefix + path}
        await self.app(scope, receive, send)
