"""Whose page is drawn next: few at once, and first who has used least.

Python threads share one interpreter: thirty pages drawn together are all late, and who asks without end makes everybody
late. So a page waits for its turn. Whoever used much lately draws alone, when nobody else does, and while there are others
a rest follows before the next of those: all together they get a small share, however many they are.
"""

from __future__ import annotations

import asyncio
import math
import os
import time
from dataclasses import dataclass, field

AT_ONCE = max(1, min(4, os.cpu_count() or 2))
# Seconds: how long a turn may last before another begins beside it; after that time half of what was used is forgotten;
# who used more than this in the near past draws alone; what each newly opened connection of an address counts.
LONGEST = 2.0
HALF_LIFE = 20.0
MUCH = 6.0
OPENING = 0.3
# How many times as long as it was drawn for one who used much, before the next of those; while others drew within so many seconds.
REST = 4.0
LATELY = 10.0


@dataclass
class Use:
    """Seconds used lately; what is long ago counts less and less."""

    seconds: float = 0.0
    at: float = field(default_factory=time.monotonic)

    def now(self) -> float:
        """The present amount."""
        then, self.at = self.at, time.monotonic()
        self.seconds *= math.pow(0.5, (self.at - then) / HALF_LIFE)
        return self.seconds

    def add(self, seconds: float) -> None:
        """Counts what was used just now."""
        self.seconds = self.now() + seconds


@dataclass(eq=False)
class Seat:
    """One connection: what it used, and since when it has the turn."""

    use: Use = field(default_factory=Use)
    since: float | None = None
    finished: asyncio.Event = field(default_factory=asyncio.Event)
    ending: asyncio.TimerHandle | None = None


class Turns:
    """Gives turns to the seats that ask. Lives on the server's one event loop."""

    def __init__(self, at_once: int = AT_ONCE):
        self.at_once = at_once
        self.drawing: set[Seat] = set()
        self.waiting: dict[Seat, asyncio.Future[None]] = {}
        self.rest_until = 0.0
        self.others_at = -math.inf
        self.resting: asyncio.TimerHandle | None = None

    async def take(self, seat: Seat) -> None:
        """Returns when the seat may draw; a seat that is drawing first finishes, or has had its time."""
        while seat.since is not None:
            await seat.finished.wait()
        self.waiting[seat] = asyncio.get_running_loop().create_future()
        self._next()
        try:
            await self.waiting[seat]
        except asyncio.CancelledError:
            self.end(seat)
            raise
        finally:
            self.waiting.pop(seat, None)

    def end(self, seat: Seat) -> None:
        """The seat has drawn, or left."""
        if seat.since is None:
            return
        now = time.monotonic()
        if seat.use.now() <= MUCH:
            self.others_at = now
        elif now - self.others_at < LATELY:
            self.rest_until = now + REST * (now - seat.since)
        seat.use.add(now - seat.since)
        seat.since = None
        if seat.ending:
            seat.ending.cancel()
        seat.finished.set()
        self.drawing.discard(seat)
        self._next()

    def _next(self) -> None:
        asking = sorted(
            (
                (seat.use.now(), number)
                for number, (seat, turn) in enumerate(self.waiting.items())
                if not turn.done()
            )
        )
        seats = list(self.waiting)
        for used, number in asking:
            if len(self.drawing) >= (1 if used > MUCH else self.at_once):
                return
            if used > MUCH and (rest := self.rest_until - time.monotonic()) > 0:
                if self.resting:
                    self.resting.cancel()
                self.resting = asyncio.get_running_loop().call_later(rest, self._next)
                return
            seat = seats[number]
            seat.since = time.monotonic()
            seat.finished.clear()
            seat.ending = asyncio.get_running_loop().call_later(LONGEST, self.end, seat)
            self.drawing.add(seat)
            self.waiting[seat].set_result(None)
