"""Names that a proxy puts into headers count only when the proxy is one of those listed in `ELDERCARE_PROXIES`.

Anybody can send a header. `ELDERCARE_PROXIES` lists addresses or networks, separated by commas; without it no header
says who someone is.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

LOGGER = logging.getLogger("eldercare.web")
# Written as one, meant as both.
_THIS_MACHINE = [ip_network("127.0.0.0/8"), ip_network("::1/128")]

Network = IPv4Network | IPv6Network


def listed(words: str | None = None) -> list[Network]:
    """The networks in `words`, else in `ELDERCARE_PROXIES`. Raises `ValueError` for what is no address."""
    words = os.environ.get("ELDERCARE_PROXIES", "") if words is None else words
    found: list[Network] = []
    for word in filter(None, (part.strip() for part in words.split(","))):
        try:
            network = ip_network("127.0.0.1" if word == "localhost" else word, strict=False)
        except ValueError as error:
            raise ValueError(f"ELDERCARE_PROXIES 里的“{word}”不是地址或网段。") from error
        found += (
            _THIS_MACHINE
            if any(
                network.version == own.version and network.subnet_of(own) for own in _THIS_MACHINE
            )
            else [network]
        )
    return found


def _within(address: str, networks: Sequence[Network]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    return any(found in network for network in networks)


def _forwarded(headers: Headers) -> list[str]:
    """The chain of addresses a request says it came through, the last the nearest."""
    return [
        part.strip()
        for part in ", ".join(headers.getlist("x-forwarded-for")).split(",")
        if part.strip()
    ]


def is_from(scope: Scope, networks: Sequence[Network]) -> bool:
    """Whether the other end of the connection is in `networks`; not when only the request says so.

    For the peers it trusts, this machine unless `FORWARDED_ALLOW_IPS` says otherwise, uvicorn has already put the last
    address of `X-Forwarded-For` in the peer's place. It shows: no connection comes from port 0, and none from a port that
    the header itself names.
    """
    client = scope.get("client")
    if not client:
        return False
    if client[1] == 0:
        try:
            trusted = listed(os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1"))
        except ValueError:
            return False
        return bool(networks) and all(
            any(t.version == n.version and t.subnet_of(n) for n in networks) for t in trusted
        )
    named = {f"{client[0]}:{client[1]}", f"[{client[0]}]:{client[1]}"}
    return not named & {*_forwarded(Headers(scope=scope))} and _within(client[0], networks)


def visitor(scope: Scope, networks: Sequence[Network]) -> str:
    """The address to count a request for: what a listed proxy says, else the other end of the connection."""
    if is_from(scope, networks):
        for address in reversed(_forwarded(Headers(scope=scope))):
            if not _within(address, networks):
                return address
    return scope["client"][0] if scope.get("client") else "?"


class ListedProxies:
    """Takes headers that say who someone is from every request that no listed proxy sent."""

    def __init__(self, app: ASGIApp):
        self.app = app
        try:
            self.networks = listed()
        except ValueError as error:
            LOGGER.error("%s 没有一个代理被采信。", error)
            self.networks = []
        self.names = {
            name.lower().encode("latin-1")
            for name in config.get_option("server.trustedUserHeaders") or {}
        }
        if self.names and not self.networks:
            LOGGER.warning(
                "server.trustedUserHeaders 已设，但 ELDERCARE_PROXIES 没有列出代理的地址：请求头里的身份一律不采信。"
            )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            scope = {**scope, "visitor": visitor(scope, self.networks)}
            if self.names and not is_from(scope, self.networks):
                scope["headers"] = [
                    (name, value)
                    for name, value in scope["headers"]
                    if name.lower() not in self.names
                ]
        await self.app(scope, receive, send)
