"""The default view of a page is made before its first visitor comes."""

import logging

import pytest
from streamlit.testing.v1 import AppTest

from eldercare import store
from eldercare.data.catalogue import ROOT
from eldercare.web import preparing


def asked() -> set:
    """What is kept of the present build: exhibits and the like, and answers."""
    answers = store.current().answers
    return {*answers.values._values, *answers._kept._values}


def test_the_first_visitor_of_a_prepared_page_asks_nothing_new(real_data, caplog):
    preparing.prepare([preparing.FIRST])
    assert not [record for record in caplog.records if "not prepared" in record.message]
    made = {key for key in asked() if not isinstance(key, str)}
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=120).run()
    assert not app.exception and len(made) > 5
    # The frame around the page has a foot and a day of its own.
    new = {key[0].__name__ for key in asked() - made if not isinstance(key, str)}
    assert new <= {"_foot_of_page"}


def test_a_page_that_fails_is_said_in_the_log_and_stops_no_other(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(preparing, "ROOT", tmp_path)
    bad, good = tmp_path / "bad.py", tmp_path / "good.py"
    bad.write_text("raise SystemExit(3)", encoding="utf-8")
    good.write_text(f"open({str(tmp_path / 'made')!r}, 'w').close()", encoding="utf-8")
    with caplog.at_level(logging.WARNING, logger="eldercare.web"):
        preparing.prepare([bad, good])
    assert "bad.py" in caplog.text and (tmp_path / "made").exists()


@pytest.mark.slow
def test_all_pages_can_be_prepared(real_data, caplog):
    with caplog.at_level(logging.WARNING, logger="eldercare.web"):
        preparing.prepare(preparing.pages())
    assert len(preparing.pages()) > 15 and "not prepared" not in caplog.text
