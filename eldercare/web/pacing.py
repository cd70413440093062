"""How much one visitor may ask: connections of an address, messages and bytes of a connection, and turns to draw.

A message too many is not thrown away, it waits, and so does the sender: the server stops reading the connection. Who
goes on for long without a pause is disconnected.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter

from google.protobuf.message import DecodeError
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from eldercare.web.turns import OPENING, Seat, Turns, Use

LOGGER = logging.getLogger("eldercare.web")
# Open connections: an office shares one address, behind a proxy that is not listed everybody does.
OF_AN_ADDRESS, OF_ALL = 300, 1000
# New connections of an address: at once, and then each second.
OPENED_AT_ONCE, OPENED_A_SECOND = 100.0, 3.0
# Messages of a connection: at once, and then each second. One more for each `PORTION` of bytes.
MESSAGES_AT_ONCE, MESSAGES_A_SECOND = 20.0, 2.0
PORTION = 100_000
# Seconds without a pause after which a connection that asks too much is ended.
ENDLESS = 20.0
# Seconds that each request counts which was there before the last was passed on: nobody thinks that fast.
HASTE = 2.0
POLICY = 1008
# The message that says a page is drawn is a few bytes; looking into larger ones would cost more than they tell.
_SMALL = 300
# Seconds within which a message was already waiting.
_AT_ONCE = 0.02
# Seconds that a message waits before its reader counts as slow.
_STUCK = 0.3


class Allowance:
    """So many at once, then so many a second."""

    def __init__(self, at_once: float, a_second: float):
        self.at_once, self.a_second = at_once, a_second
        self.left, self.at = at_once, time.monotonic()

    def wait(self, amount: float = 1.0) -> float:
        """Takes the amount; seconds until it would have been there."""
        now = time.monotonic()
        self.left = min(self.at_once, self.left + (now - self.at) * self.a_second) - amount
        self.at = now
        return max(0.0, -self.left / self.a_second)


class _Address:
    """What one address has open and opened lately."""

    def __init__(self) -> None:
        self.opening = Allowance(OPENED_AT_ONCE, OPENED_A_SECOND)
        self.opened = Use()


class Paced:
    """Keeps every websocket within its allowance and gives turns to draw."""

    def __init__(self, app: ASGIApp):
        self.app = app
        self.turns = Turns()
        self.open: Counter[str] = Counter()
        self.addresses: dict[str, _Address] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        who = scope.get("visitor", "?")
        if not self._may_open(who):
            answer = PlainTextResponse(
                "连接太多，请稍后再试。", status_code=503, headers={"retry-after": "10"}
            )
            await answer(scope, receive, send)
            return
        self.open[who] += 1
        seat = Seat()
        # Many new connections of one address take turns like one that asks much.
        address = self.addresses[who]
        seat.use.add(OPENING * max(0.0, address.opened.now() - 10))
        address.opened.add(1)
        try:
            taken = asyncio.Event()
            taken.set()
            await self.app(
                scope,
                self._receiver(receive, send, seat, taken, who),
                self._sender(send, seat, taken),
            )
        finally:
            self.turns.end(seat)
            self.open[who] -= 1
            if not self.open[who]:
                del self.open[who]

    def _may_open(self, who: str) -> bool:
        if who not in self.addresses and len(self.addresses) >= 10 * OF_ALL:
            # Those that have nothing open are forgotten, their past with them.
            self.addresses = {
                name: kept for name, kept in self.addresses.items() if name in self.open
            }
        opening = self.addresses.setdefault(who, _Address()).opening
        if self.open[who] >= OF_AN_ADDRESS or self.open.total() >= OF_ALL:
            return False
        if opening.wait() > 0:
            opening.left += 1
            return False
        return True

    def _receiver(
        self, receive: Receive, send: Send, seat: Seat, taken: asyncio.Event, who: str
    ) -> Receive:
        allowance = Allowance(MESSAGES_AT_ONCE, MESSAGES_A_SECOND)
        since: float | None = None
        has_asked = False

        async def receive_in_pace() -> Message:
            nonlocal since, has_asked
            asked = time.monotonic()
            message = await receive()
            data = message.get("bytes")
            if message["type"] != "websocket.receive" or data is None:
                return message
            wait = allowance.wait(1 + len(data) // PORTION)
            now = time.monotonic()
            since = (since or now) if wait else None
            if since is not None and now - since > ENDLESS:
                LOGGER.info("ended: %s asks without a pause", who)
                await send({"type": "websocket.close", "code": POLICY})
                return {"type": "websocket.disconnect", "code": POLICY}
            if wait:
                await asyncio.sleep(min(wait, ENDLESS))
            if _asks_to_draw(data):
                # Who has not taken the last page gets no other.
                await taken.wait()
                if has_asked and now - asked < _AT_ONCE:
                    seat.use.add(HASTE)
                has_asked = True
                await self.turns.take(seat)
            return message

        return receive_in_pace

    def _sender(self, send: Send, seat: Seat, taken: asyncio.Event) -> Send:
        async def send_and_note(message: Message) -> None:
            data = message.get("bytes")
            if (
                seat.since is not None
                and data is not None
                and len(data) < _SMALL
                and _is_drawn(data)
            ):
                self.turns.end(seat)
            taken.clear()
            # Who does not take what was drawn gives the turn back.
            waiting = asyncio.get_running_loop().call_later(_STUCK, self.turns.end, seat)
            try:
                await send(message)
            finally:
                waiting.cancel()
                taken.set()

        return send_and_note


class FewAtOnce:
    """Lets few requests at a time at an address that takes long to answer; a queue of some, and the rest may come later."""

    def __init__(self, app: ASGIApp, paths: set[str], at_once: int = 2, waiting: int = 20):
        self.app, self.paths, self.most = app, paths, at_once + waiting
        self.asked = 0
        self.turn = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].rstrip("/") not in self.paths:
            await self.app(scope, receive, send)
            return
        if self.asked >= self.most:
            await PlainTextResponse(
                "同时要的人太多，请稍后再试。", status_code=503, headers={"retry-after": "5"}
            )(scope, receive, send)
            return
        self.asked += 1
        try:
            async with self.turn:
                await self.app(scope, receive, send)
        finally:
            self.asked -= 1


def _asks_to_draw(data: bytes) -> bool:
    try:
        return BackMsg.FromString(data).WhichOneof("type") == "rerun_script"
    except DecodeError:
        # Streamlit ends such a connection.
        return False


def _is_drawn(data: bytes) -> bool:
    message = ForwardMsg.FromString(data)
    return (
        message.WhichOneof("type") == "script_finished"
        and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
    )
