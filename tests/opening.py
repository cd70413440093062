"""A page opened as a browser opens an address: by one run, with its parameters, inside the frame."""

from functools import cache

from menu import FRAME, PAGES
from streamlit.testing.v1 import AppTest


@cache
def _addresses() -> dict[str, str]:
    """What Streamlit calls each page; AppTest knows it only after a run of the frame, so it is asked once for all tests."""
    frame = AppTest.from_file(str(FRAME), default_timeout=90).run()
    return {page.script: frame.switch_page(page.script)._page_hash for page in PAGES}


def visit(script: str, **query: str | list[str]) -> AppTest:
    """The page of a script with these parameters in its address; it may show no error."""
    app = AppTest.from_file(str(FRAME), default_timeout=90)
    app._page_hash = _addresses()[script]
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert [error.message for error in app.exception] == []
    return app
