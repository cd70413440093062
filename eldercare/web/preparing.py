"""The default view of every page, worked out right after the start: the first visitor finds it made.

A page is a script. Run without a visitor it draws for nobody, but what it asks and prepares is kept as for everyone.
"""

from __future__ import annotations

import gc
import logging
import runpy
import threading
from collections.abc import Iterable
from pathlib import Path

from streamlit.runtime.scriptrunner_utils import script_run_context

from eldercare.data.catalogue import ROOT

LOGGER = logging.getLogger("eldercare.web")
PAGES = ROOT / "pages"
# Where visitors arrive, first of all.
FIRST = PAGES / "situation" / "overview.py"
_NAME = "preparing"


def pages() -> list[Path]:
    """The scripts of all pages, the one where visitors arrive first."""
    return sorted(PAGES.glob("*/*.py"), key=lambda path: (path != FIRST, path))


def begin() -> threading.Thread:
    """Prepares all pages beside the server, which answers meanwhile: who comes earlier waits for what is in the making, and no more."""
    thread = threading.Thread(target=_all, name=_NAME, daemon=True)
    thread.start()
    return thread


def prepare(scripts: Iterable[Path]) -> None:
    """Runs the pages without a visitor; a page that fails says so in the log and to its first visitor, and stops nobody."""
    # Streamlit warns at every call that nobody is looking.
    quiet = logging.getLogger(script_run_context.__name__)
    quiet.addFilter(_is_of_visitors)
    try:
        for path in scripts:
            try:
                # Not as `__main__`: that is the page of the visitor of another thread.
                runpy.run_path(str(path), run_name=_NAME)
            # A page may end itself by what is no `Exception`.
            except BaseException:
                LOGGER.warning("not prepared: %s", path.relative_to(ROOT), exc_info=True)
    finally:
        quiet.removeFilter(_is_of_visitors)


def _all() -> None:
    prepare(pages())
    # What is kept now stays: no later collection needs to walk it.
    gc.collect()
    gc.freeze()


def _is_of_visitors(record: logging.LogRecord) -> bool:
    return record.threadName != _NAME
