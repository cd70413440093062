"""Whoever asks and does not read is dropped: what waits for them would fill the memory, and keep a stopping server waiting."""

from __future__ import annotations

import asyncio
import logging
import math

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGGER = logging.getLogger("eldercare.web")
# Seconds; twice in a row without one byte taken is the end. A slow line takes some.
PATIENCE = 5.0


class SlowReadersDropped:
    """Ends a connection whose other side takes nothing for twice `PATIENCE` seconds; must be the outermost, next to the server."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        line = _Line(receive, send, scope)
        checking = asyncio.create_task(line.check()) if line.transport else None
        try:
            await self.app(scope, line.receive, line.send)
        finally:
            if checking:
                checking.cancel()
                # A close is polite: it waits until all is read.
                asyncio.get_running_loop().call_later(2 * PATIENCE, line.transport.abort)


class _Line:
    """One connection as the application sees it. Once it has ended, what is sent is dropped and what is received is the end.

    Nothing is raised for it: Streamlit would take that for a fault of its own and print it.
    """

    def __init__(self, receive: Receive, send: Send, scope: Scope):
        self._receive, self._send, self._scope = receive, send, scope
        self.has_ended = False
        # ASGI has no word for "end it now". The server's own object has; for HTTP Starlette hides it.
        self.transport = getattr(getattr(send, "__self__", None), "transport", None)

    async def receive(self) -> Message:
        """What the other side sends; what it asked before it was dropped is no longer wanted."""
        return (
            {"type": f"{self._scope['type']}.disconnect", "code": 1006}
            if self.has_ended
            else await self._receive()
        )

    async def send(self, message: Message) -> None:
        """Sends, or drops who takes nothing."""
        waiting = math.inf
        while not self.has_ended:
            if self.transport and self.transport.is_closing():
                self._drop("is closing")
                return
            try:
                async with asyncio.timeout(PATIENCE):
                    # Uvicorn waits before it writes, never after: what was cut short was not sent.
                    await self._send(message)
                self.has_ended = message["type"] == "websocket.close"
                return
            except TimeoutError:
                left = self.transport.get_write_buffer_size() if self.transport else 0
                if left >= waiting:
                    self._drop("does not read")
                waiting = left
            except OSError:
                # Gone by itself.
                self.has_ended = True
                if self._scope["type"] == "http":
                    raise

    async def check(self) -> None:
        """The server closes who does not answer, politely; who does not read either is dropped."""
        while not self.transport.is_closing():
            await asyncio.sleep(PATIENCE)
        await asyncio.sleep(PATIENCE)
        self._drop("does not answer")

    def _drop(self, why: str) -> None:
        LOGGER.info("dropped: %s %s", (self._scope.get("client") or "?")[0], why)
        self.has_ended = True
        if self.transport:
            self.transport.abort()
