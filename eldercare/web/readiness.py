"""`/ready`: whether a visitor would be answered now, which data is in service, and what an administrator has to look at."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from eldercare import releases, store


def ready(_request: Request) -> Response:
    """200 when the data in service answers with all its rows, else 503. `faults` are said on the pages too and do not stop service."""
    faults = [releases.pointer_fault()]
    try:
        served = store.of(releases.active_id() or store.LIVE)
        wrong = served.unanswered()
        faults.append(str(served.fault or ""))
    except Exception as error:
        wrong, served = [type(error).__name__], None
    state = {
        "ready": not wrong,
        "release": (served.release if served else None) or "",
        "unanswered": wrong,
        "faults": [words for words in faults if words],
    }
    return JSONResponse(
        state, status_code=503 if wrong else 200, headers={"cache-control": "no-store"}
    )
