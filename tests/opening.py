"""A page opened as a browser opens an address: by one run, with its parameters, inside the frame."""

import json
from functools import cache

from streamlit.testing.v1 import AppTest

from eldercare.sentences import pages


def visit(script: str, **query: str | list[str]) -> AppTest:
    """The page of a script with these parameters in its address; it may show no error."""
    return pages.opened(script, query)


def seen(script: str, **query: str | list[str]) -> AppTest:
    """The same for tests that only look at the real data: each address is run once in a process for all of them."""
    return _seen(script, json.dumps(query, sort_keys=True))


@cache
def _seen(script: str, query: str) -> AppTest:
    return visit(script, **json.loads(query))
