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
        # ASGI has no word for "end it now"; closing would first wait until all is read.
        transport = getattr(getattr(send, "__self__", None), "transport", None)
        has_ended = False

        async def send_or_drop(message: Message) -> None:
            nonlocal has_ended
            waiting = math.inf
            while not has_ended:
                try:
                    async with asyncio.timeout(PATIENCE):
                        # Uvicorn waits before it writes, never after: what was cut short was not sent.
                        return await send(message)
                except TimeoutError:
                    left = transport.get_write_buffer_size() if transport else 0
                    if left < waiting:
                        waiting = left
                        continue
                    LOGGER.info("dropped: %s does not read", scope.get("visitor"))
                    if transport:
                        transport.abort()
                    has_ended = True
                except OSError:
                    # Gone by itself. Nothing is raised here or above: Streamlit would take it for a fault of its own and
                    # print it; it learns of the end when it next receives.
                    if scope["type"] == "http":
                        raise
                    has_ended = True
            return None

        async def receive_unless_ended() -> Message:
            # What it asked before is no longer wanted.
            return {"type": f"{scope['type']}.disconnect", "code": 1006} if has_ended else await receive()

        await self.app(scope, receive_unless_ended, send_or_drop)
