"""What the server adds to every answer, and what it never says."""

import gzip
import re
import shutil
import tomllib
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

import brotli
import pytest
from menu import PAGES

from benchmarks.serving import ROOT, Session, running
from eldercare.web import answers, front_end, known_pages, origins


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    names = {"ELDERCARE_HOSTS": "127.0.0.1, kanban.invalid"}
    with running(tmp_path_factory.mktemp("web") / "log.txt", environment=names) as server:
        yield server


def ask(address, **headers):
    """Status, headers (lower case) and body as they came over the wire; redirects are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_arguments):
            return None

    request = urllib.request.Request(address, headers=headers)
    try:
        answer = urllib.request.build_opener(Stay).open(request, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    return (
        answer.status,
        {name.lower(): value for name, value in answer.headers.items()},
        answer.read(),
    )


def bundle_path():
    """A script of Streamlit's front end, as a browser asks for it."""
    largest = max(
        (front_end.BUNDLES / "static" / "js").glob("*.js"), key=lambda file: file.stat().st_size
    )
    return f"/static/js/{largest.name}"


@pytest.mark.parametrize(
    "path", ["/", "/pairing", "/static/js", "/_stcore/health", "/no/such/page"]
)
def test_every_answer_carries_the_security_headers(path, server):
    _status, headers, _body = ask(server.url + path)
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "no-referrer"


def test_policy_names_no_other_host():
    words = answers.POLICY.replace(";", " ").split()
    assert [word for word in words if "." in word or "//" in word or word == "*"] == []


UNPACKED = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize("encoding", UNPACKED)
def test_bundle_arrives_whole_with_and_without_compression(encoding, server):
    """Without https a browser takes no brotli: an intranet gets gzip."""
    path = bundle_path()
    status, headers, body = ask(server.url + path, **{"Accept-Encoding": encoding})
    assert status == 200
    assert headers.get("content-encoding", "") == encoding
    assert "javascript" in headers["content-type"]
    assert headers["x-content-type-options"] == "nosniff"
    original = (front_end.BUNDLES / path.lstrip("/")).read_text(encoding="utf-8")
    assert UNPACKED[encoding](body).decode("utf-8") == front_end.older_language(original)
    assert len(body) < len(original) / 3 or not encoding


@pytest.mark.parametrize("path", ["/", "/pairing", "/city?place=320500"])
def test_the_first_page_is_in_chinese_and_names_the_browser_that_is_needed(path, server):
    status, headers, body = ask(server.url + path)
    words = body.decode("utf-8")
    assert (status, headers["cache-control"]) == (200, "no-cache")
    assert '<html lang="zh-CN">' in words and "<title>长三角养老一体化看板</title>" in words
    assert front_end.TOO_OLD in words and front_end.NO_SCRIPT in words
    assert "You need to enable JavaScript" not in words
    # What older engines lack stands before the first script that may call it.
    assert words.index("structuredClone") < words.index('type="module"')


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../__init__.py",
        "/static/%2e%2e/%2e%2e/__init__.py",
        "/static/js/../../../config.py",
    ],
)
def test_bundles_do_not_open_other_files(path, server):
    _status, _headers, body = ask(server.url + path, **{"Accept-Encoding": "br"})
    assert b"Streamlit Inc" not in body
    assert front_end.bundle(path) is None


def test_public_address_of_the_default_page_leads_there_with_its_parameters(server):
    status, headers, _body = ask(f"{server.url}/overview?cities=a&as_of=2021-01-01")
    assert status in (302, 307, 308)
    assert headers["location"] == "./?cities=a&as_of=2021-01-01"


@pytest.mark.parametrize(
    "query",
    ["", "?x=//elsewhere.invalid", "?//elsewhere.invalid", "?next=https://elsewhere.invalid"],
)
def test_the_redirect_never_leaves_the_site(query, server):
    _status, headers, _body = ask(f"{server.url}/overview{query}")
    asked = f"{server.url}/overview{query}"
    assert urljoin(asked, headers["location"]).partition("?")[0] == f"{server.url}/"


def test_pages_are_those_of_the_frame():
    assert {page.url: page.title for page in PAGES} == known_pages.PAGES


@pytest.mark.parametrize(
    "path",
    ["/nosuch", "/pairings", "/no/such/page", "/pairing/more", "/%3Cscript%3E", "/projections"],
)
def test_an_address_that_is_no_page_is_told_in_chinese_with_a_way_on(path, server):
    status, headers, body = ask(server.url + path)
    words = body.decode("utf-8")
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "没有这个页面" in words
    (link,) = re.findall('<a href="([^"]*)">城市结对</a>', words)
    assert urljoin(server.url + path, link) == f"{server.url}/pairing"
    assert "<script" not in words


@pytest.mark.parametrize("path", ["/Pairing", "/PAIRING", "/pairing/", "//pairing"])
def test_a_page_is_found_however_it_is_written(path, server):
    status, headers, _body = ask(f"{server.url}{path}?cities=a&as_of=2021-01-01")
    led = urljoin(f"{server.url}{path}", headers["location"])
    assert (status, led) == (307, f"{server.url}/pairing?cities=a&as_of=2021-01-01")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/pairing",
        "/bed-trends",
        "/_stcore/health",
        "/pairing/_stcore/health",
        "/media/x",
        "/favicon.png",
        "/slides",
        "/static/js/a.js",
    ],
)
def test_what_is_a_page_or_a_part_of_one_is_left_alone(path):
    assert known_pages.unknown_page(path) is None


@pytest.mark.parametrize(
    ("name", "status"), [("127.0.0.1", 200), ("kanban.invalid", 200), ("elsewhere.invalid", 400)]
)
def test_only_the_named_hosts_are_answered(name, status, server):
    assert ask(server.url, Host=name)[0] == status


def test_without_names_any_host_is_answered(monkeypatch):
    monkeypatch.delenv("ELDERCARE_HOSTS", raising=False)
    assert origins.hosts() == ["*"]
    monkeypatch.setenv("ELDERCARE_HOSTS", " , ")
    assert origins.hosts() == ["*"]


def test_configuration_keeps_quiet_and_stays_at_home():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["client"]["showErrorLinks"] == "false"
    assert settings["server"]["enableXsrfProtection"] is True
    assert settings["server"]["enableCORS"] is True
    assert settings["server"]["address"] == "127.0.0.1"


def test_the_front_end_is_told_to_send_no_statistics(server):
    with Session(server.url) as visitor:
        (start,) = [
            m.new_session for m in visitor.run().messages if m.WhichOneof("type") == "new_session"
        ][:1]
    assert start.config.gather_usage_stats is False


def test_a_websocket_from_another_site_is_refused(server):
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import connect

    address = server.url.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(address, origin=server.url):
        pass
    with pytest.raises(InvalidStatus):
        connect(address, origin="https://elsewhere.invalid")


@pytest.fixture
def tree(tmp_path) -> Path:
    """A copy of the project that a test may break."""
    ignored = shutil.ignore_patterns(
        ".git", ".venv", ".build", "var", "tests", "benchmarks", "__pycache__", ".*_cache"
    )
    return shutil.copytree(ROOT, tmp_path / "tree", ignore=ignored)


def test_a_fault_in_a_page_shows_no_path_and_no_code_to_the_reader(tree, tmp_path):
    (tree / "queries" / "place_stages.sql").write_text(
        "-- 坏\nselect secret_column from observations where $as_of is null", encoding="utf-8"
    )
    (tree / "pages" / "cooperation" / "pairing.py").write_text(
        "secret_name = 1 / 0\n", encoding="utf-8"
    )
    with running(tmp_path / "log.txt", tree) as server:
        for page, reason in (("", "secret_column"), ("pairing", "ZeroDivisionError")):
            with Session(server.url, page) as visitor:
                seen = visitor.run()
            assert len(seen.faults()) == 1
            # Streamlit's opening message names the script it runs to every browser; nothing draws it.
            shown = "\n".join(
                str(m) for m in seen.messages if m.WhichOneof("type") != "new_session"
            )
            leaks = [
                word
                for word in (
                    str(tree),
                    "secret_",
                    "Traceback",
                    '.py"',
                    ".sql",
                    "select ",
                    "ZeroDivision",
                )
                if word in shown
            ]
            assert leaks == []
            assert reason in server.printed()
            # The rest of the page and of the menu stays usable.
            with Session(server.url, "bed-trends") as other:
                assert other.run().faults() == []
