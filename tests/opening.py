"""A page opened as a browser opens an address: by one run, with its parameters, inside the frame."""

from streamlit.testing.v1 import AppTest

from eldercare.sentences import pages


def visit(script: str, **query: str | list[str]) -> AppTest:
    """The page of a script with these parameters in its address; it may show no error."""
    return pages.opened(script, query)
