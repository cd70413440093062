"""Files are taken only from visits that may hand them in, and never more than fits: each refused before it is read."""

from __future__ import annotations

import asyncio
import re
from collections import Counter

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.runtime import Runtime

from eldercare.intake import admission
from eldercare.web.pacing import Allowance

MB = 1024 * 1024
# Files at the same time, one of each visit. Files of a visit at once and then each second. Bytes kept: of a visit, of all.
OF_ALL_AT_ONCE = 4
FILES_AT_ONCE, FILES_A_SECOND = 10.0, 0.1
KEPT, KEPT_OF_ALL = 60 * MB, 300 * MB
# Seconds for one file to arrive: 20 MB at 1.5 Mbit/s.
LONGEST = 120.0
# The frame around the file in the request.
_AROUND = MB
# Of a small file.
_FRAME = 4096
_PLACE = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+/?$")


class Uploads:
    """Stands before Streamlit's own address for files."""

    def __init__(self, app: ASGIApp):
        self.app = app
        self.arriving: dict[str, int] = {}
        self.allowances: dict[str, Allowance] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        place = (
            _PLACE.search(scope["path"])
            if scope["type"] == "http" and scope["method"] in ("PUT", "POST")
            else None
        )
        if place is None:
            await self.app(scope, receive, send)
            return
        visit = place[1]
        refused = self._refused(visit, Headers(scope=scope).get("content-length", ""))
        if refused:
            status, words = refused
            await PlainTextResponse(words, status_code=status, headers={"connection": "close"})(
                scope, receive, send
            )
            return
        has_begun = False

        async def send_noting(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        self.arriving[visit] = int(Headers(scope=scope)["content-length"])
        try:
            async with asyncio.timeout(LONGEST):
                await self.app(scope, receive, send_noting)
        except TimeoutError:
            if not has_begun:
                answer = PlainTextResponse(
                    "文件传得太慢，没有收下。", status_code=408, headers={"connection": "close"}
                )
                await answer(scope, receive, send)
        finally:
            del self.arriving[visit]

    def _refused(self, visit: str, length: str) -> tuple[int, str] | None:
        """Status and words for a file that is not taken; None for one that is."""
        if not admission.is_open_to(visit):
            return 403, "本页只读，不收文件。"
        if not length.isdecimal():
            return 411, "没有写明文件大小，不收。"
        if int(length) > config.get_option("server.maxUploadSize") * MB + _AROUND:
            return 413, "文件超过{n} MB，不收。".format(n=config.get_option("server.maxUploadSize"))
        most = admission.most_for(visit)
        if most is not None and int(length) > most + _FRAME:
            return 413, "文件太大，这里不收。"
        if visit in self.arriving or len(self.arriving) >= OF_ALL_AT_ONCE:
            return 429, "正在收别的文件，请稍后再传。"
        kept = _kept()
        if (
            kept[visit] + int(length) > KEPT
            or kept.total() + sum(self.arriving.values()) + int(length) > KEPT_OF_ALL
        ):
            return 429, "暂存的文件太多：请先移除传过的文件，或稍后再传。"
        self.allowances = {
            name: found for name, found in self.allowances.items() if admission.is_open_to(name)
        }
        if self.allowances.setdefault(visit, Allowance(FILES_AT_ONCE, FILES_A_SECOND)).wait() > 0:
            return 429, "传得太频繁，请稍后再传。"
        return None


def _kept() -> Counter[str]:
    """Bytes of files that Streamlit keeps in memory, by visit."""
    files = Runtime.instance().uploaded_file_mgr.file_storage
    return Counter(
        {
            visit: sum(len(file.data) for file in list(found.values()))
            for visit, found in list(files.items())
        }
    )
