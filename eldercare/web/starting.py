"""Before the first visitor: what is built and imported, and what a start that fails says."""

from __future__ import annotations

import gc
import importlib
import logging
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

import eldercare
from eldercare import releases, store
from eldercare.data import durable
from eldercare.faces import office_templates
from eldercare.intake import roles
from eldercare.releases import ledger
from eldercare.screen.desk import signing_in
from eldercare.web import preparing
from eldercare.web.front_end import BUNDLES, COMPRESSIBLE, served

LOGGER = logging.getLogger("eldercare.web")


class PlainStartFault:
    """Datasets that cannot be loaded stop the start with what to mend instead of a traceback."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_plainly(message: Message) -> None:
            if message["type"] == "lifespan.startup.failed" and (fault := store.current().fault):
                message = {**message, "message": f"数据没有载入，没有启动。请改正后再试：\n{fault}"}
            await send(message)

        await self.app(scope, receive, send_plainly if scope["type"] == "lifespan" else send)


def _import_everything() -> None:
    """Every module a page may come to need: what is imported after the freeze is walked by each later collection."""
    import plotly.graph_objects  # noqa: F401

    for found in pkgutil.walk_packages(eldercare.__path__, "eldercare."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Before the first visitor: build the data, import what is heavy, then freeze the garbage collector.

    Without the imports several first visitors at once meet half-imported modules; without the freeze
    every later collection walks all of them again (2.5 times slower updates). The pages are prepared right after.
    """
    _import_everything()
    from eldercare import maps

    try:
        ledger.prepared(releases.home())
    except durable.NotWritten as error:
        LOGGER.warning(error)
    if fault := releases.pointer_fault():
        LOGGER.error(fault)
    store.current().refresh()
    if roles.mode() == roles.ROLES:
        for words in filter(None, [*roles.lists()[1], signing_in.fault()]):
            LOGGER.warning(words)
    for setting in (office_templates.SLIDES, office_templates.PAPER):
        if words := office_templates.fault(setting):
            LOGGER.error(words)
    maps.outlines()
    for file in sorted((BUNDLES / "static" / "js").glob("*")):
        if file.suffix in COMPRESSIBLE and file.stat().st_size > 400_000:
            served(file, "br")
    gc.collect()
    gc.freeze()
    preparing.begin()
    yield
