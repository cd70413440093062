"""`/data/v1/`: open data over HTTP. Each answer is made once for a release and its parameters, few at a time, and nobody gets more than a share."""

from __future__ import annotations

import asyncio
import hashlib
import re
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from eldercare import releases, store
from eldercare.opendata import answers, descriptions, exhibited, offers, parameters
from eldercare.opendata.formats import FORMATS, as_json
from eldercare.opendata.parameters import Refused
from eldercare.web.pacing import Allowance

VERSION = "v1/"
# Answers made at the same time, those that wait for it, and those of one address.
AT_ONCE, WAITING, OF_AN_ADDRESS = 2, 30, 4
# Seconds of the processor for an address: at once, and then each second; each request counts as so much at least.
SECONDS_AT_ONCE, SECONDS_A_SECOND, LEAST = 15.0, 0.2, 0.05
# Addresses remembered, bytes of answers kept.
ADDRESSES, KEPT_BYTES = 2_000, 64_000_000
# An answer may be used for so long before it is asked for again.
CACHE = "public, max-age=60"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_ENDING = re.compile(r"(tables|questions|exhibits)/([a-z][a-z0-9_]*)\.([a-z]+)")


@dataclass(frozen=True)
class Made:
    """An answer as it goes out."""

    body: bytes = field(repr=False)
    media_type: str
    headers: Mapping[str, str]
    etag: str


class Kept:
    """Answers already made, the longest unused forgotten first; who asks for one that is being made waits for it."""

    def __init__(self, most: int = KEPT_BYTES):
        self.most = most
        self._kept: OrderedDict[str, Made] = OrderedDict()
        self._making: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: str, make: Callable[[], Made]) -> Made:
        """What is kept under the key, else what `make` gives."""
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        try:
            with making:
                with self._lock:
                    if found := self._kept.get(key):
                        self._kept.move_to_end(key)
                        return found
                made = make()
                with self._lock:
                    self._kept[key] = made
                    while sum(len(each.body) for each in self._kept.values()) > self.most:
                        self._kept.popitem(last=False)
                return made
        finally:
            with self._lock:
                self._making.pop(key, None)


class Shares:
    """What each address may use. Lives on the server's one event loop."""

    def __init__(self) -> None:
        self.turn = asyncio.Semaphore(AT_ONCE)
        self.asking: Counter[str] = Counter()
        self.allowances: OrderedDict[str, Allowance] = OrderedDict()

    async def give(self, who: str, make: Callable[[], Response]) -> Response:
        """What `make` gives, in turn; a refusal for who has had enough for now."""
        if (wait := self._wait(who)) > 0 or self.asking[who] >= OF_AN_ADDRESS:
            return fault(429, "要得太频繁，请稍后再要；大的数据请一次取全，不要逐行取。", wait)
        if self.asking.total() >= AT_ONCE + WAITING:
            return fault(503, "同时要数据的人太多，请稍后再试。", 5)
        self.asking[who] += 1
        try:
            async with self.turn:
                answer, seconds = await run_in_threadpool(_timed, make)
                self.allowances[who].wait(max(seconds, LEAST))
                return answer
        finally:
            self.asking[who] -= 1
            if not self.asking[who]:
                del self.asking[who]

    def _wait(self, who: str) -> float:
        """Seconds until the address may ask again."""
        found = self.allowances.pop(who, None) or Allowance(SECONDS_AT_ONCE, SECONDS_A_SECOND)
        self.allowances[who] = found
        while len(self.allowances) > ADDRESSES:
            self.allowances.popitem(last=False)
        return found.wait(0.0)


_kept = Kept()


def routes() -> list[Route]:
    """All addresses of open data; what is none of them is told so in Chinese."""
    shares = Shares()

    async def give(request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return fault(405, "开放数据只读：请用 GET。")
        return await shares.give(request.scope.get("visitor", "?"), lambda: _answer(request))

    async def to_index(request: Request) -> Response:
        # Relative, so that it holds behind a proxy that strips a prefix.
        return RedirectResponse("v1/" if request.url.path.endswith("v1") else "data/v1/")

    return [
        Route("/data", to_index),
        Route("/data/v1", to_index),
        Route("/data/{path:path}", give, methods=METHODS),
    ]


def fault(status: int, words: str, wait: float = 0.0) -> Response:
    """What is wrong and how to mend it, in a sentence."""
    headers = {"cache-control": "no-store"} | (
        {"retry-after": str(int(wait) + 1)} if status in (429, 503) else {}
    )
    return JSONResponse({"fault": words}, status_code=status, headers=headers)


def _timed(make: Callable[[], Response]) -> tuple[Response, float]:
    began = time.thread_time()
    answer = make()
    return answer, time.thread_time() - began


def _answer(request: Request) -> Response:
    path = request.path_params["path"]
    query = request.scope["query_string"].decode("latin-1")
    if len(query) > parameters.LONGEST:
        return fault(400, f"网址太长：参数至多{parameters.LONGEST}个字符。")
    asked = parse_qsl(query, keep_blank_values=True)
    with store.frozen(releases.active_id() or store.LIVE) as served:
        served.refresh()
        try:
            made = _made(path, asked)
        except Refused as refused:
            return fault(400, str(refused))
        except KeyError:
            return fault(404, "没有这个地址。有哪些数据见 /data/v1/ 与页面“下载与接口”。")
    headers = {"etag": made.etag, "cache-control": CACHE, **made.headers}
    if made.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(made.body, media_type=made.media_type, headers=headers)


def _made(path: str, asked: list[tuple[str, str]]) -> Made:
    """The answer at a path; raises `KeyError` where there is none, and `Refused`."""
    if not path.startswith(VERSION):
        raise KeyError(path)
    path = path.removeprefix(VERSION)
    release = answers.release()
    common = {"x-release": release.id, "x-as-of": release.as_of.isoformat()}

    def keep(key: str, make: Callable[[], tuple[bytes, str, dict[str, str]]]) -> Made:
        def finished() -> Made:
            body, media_type, headers = make()
            mark = hashlib.sha256(body).hexdigest()[:24]
            return Made(body, media_type, {**common, **headers}, f'"{mark}"')

        return _kept.get(f"{release.id} {key}", finished)

    if path in descriptions.DESCRIPTIONS:
        parameters.read((), asked)
        describe, media_type = descriptions.DESCRIPTIONS[path]
        return keep(path, lambda: (as_json(describe()), media_type, {}))
    named = _ENDING.fullmatch(path)
    if named is None:
        raise KeyError(path)
    kind, name, ending = named.groups()
    if kind == "exhibits":
        media_type, write = exhibited.ENDINGS[ending]
        values = exhibited.read(name, asked)
        return keep(f"{path} {values!r}", lambda: (write(name, values), media_type, {}))
    offer, form = offers.offered()[kind][name], FORMATS[ending]
    values = parameters.read(offer.paged, asked)

    def make() -> tuple[bytes, str, dict[str, str]]:
        found = answers.answer(offer, values, form.most)
        return form.write(found), form.media_type, _headers(found, asked, f"{name}.{ending}")

    return keep(f"{path} {values!r}", make)


def _headers(found: answers.Answer, asked: list[tuple[str, str]], name: str) -> dict[str, str]:
    headers = {
        "x-total-count": str(found.total),
        "x-left-out": str(found.left_out),
        "content-disposition": f'{"inline" if name.endswith("json") else "attachment"}; filename="{name}"',
    }
    headers |= {"x-demo": "true"} if found.demo else {}
    headers |= {"x-unverified": "true"} if found.unverified else {}
    if found.next_offset is not None:
        others = [(key, word) for key, word in asked if key != "offset"]
        query = urlencode([*others, ("offset", str(found.next_offset))])
        headers["link"] = f'<{name}?{query}>; rel="next"'
    return headers
