"""Which host names this server answers to, and from which pages a browser may call it."""

from __future__ import annotations

import os


def hosts() -> list[str]:
    """The host names this server answers to: those in `ELDERCARE_HOSTS`, separated by commas; any when it is not set."""
    return [name.strip() for name in os.environ.get("ELDERCARE_HOSTS", "").split(",") if name.strip()] or ["*"]
