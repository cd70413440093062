"""Which host names this server answers to, and from which pages a browser may call it.

Streamlit compares the Origin of a websocket with the machine's addresses, and to learn those it asks a host on the
internet, at once and on the thread that serves everybody. So the comparison is made here; what passes looks same-origin
to Streamlit, which then asks nobody.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_ORIGIN = re.compile(r"(https?)://([^/?#@\s]+)", re.IGNORECASE)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_READS = {"GET", "HEAD", "OPTIONS"}


def hosts() -> list[str]:
    """The host names this server answers to: those in `ELDERCARE_HOSTS`, separated by commas; any when it is not set."""
    return [
        name.strip() for name in os.environ.get("ELDERCARE_HOSTS", "").split(",") if name.strip()
    ] or ["*"]


def is_loopback(name: str | None) -> bool:
    """Whether a host name or address is this machine's own."""
    if name in (None, ""):
        return False
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def admitted(origin: str, host: str | None, names: Iterable[str]) -> str | None:
    """Host and port of the page that calls, if it is one of ours; None for a page of another site.

    Ours is a page from the very host and port that is asked. Behind a proxy that asks under another name it is a page from
    a host in `names`, at the usual port: what else listens on that host is another site. An address of this machine is
    never enough, since other programs serve pages from it.
    """
    found = _ORIGIN.fullmatch(origin)
    if found is None or not host:
        return None
    usual = _DEFAULT_PORTS[found[1].lower()]
    netloc = found[2].lower().removesuffix(usual)
    if netloc == host.lower().removesuffix(usual):
        return found[2]
    try:
        name, port = urlsplit(f"//{netloc}").hostname, urlsplit(f"//{netloc}").port
    except ValueError:
        return None
    if name is None or port is not None or is_loopback(name):
        return None
    named = any(
        name == known.lower() or (known.startswith("*.") and name.endswith(known[1:].lower()))
        for known in names
    )
    return found[2] if named else None


class OwnPagesOnly:
    """A page of another site opens no connection here and changes nothing; a client that is no browser names no page."""

    def __init__(self, app: ASGIApp):
        self.app = app
        self.names = hosts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope.get("method") in _READS:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origins = headers.getlist("origin")
        if not origins:
            await self.app(scope, receive, send)
            return
        netloc = (
            admitted(origins[0], headers.get("host"), self.names) if len(origins) == 1 else None
        )
        if netloc is None:
            await PlainTextResponse("这个地址只接受本看板自己的页面。", status_code=403)(
                scope, receive, send
            )
            return
        if scope["type"] == "websocket":
            scope = {**scope, "headers": list(scope["headers"])}
            MutableHeaders(scope=scope)["host"] = netloc
        await self.app(scope, receive, send)
