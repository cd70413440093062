"""Who may open a connection: pages of this server only, decided here, and nobody else is asked."""

import threading
import time
import urllib.request

import pytest
from cut_off import STALL, cut_off
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from eldercare.web import origins

FOREIGN = [
    "https://elsewhere.invalid",
    "http://127.0.0.1:1",  # another program on this machine
    "http://localhost.elsewhere.invalid",
    "null",
    "http://[::1",
    "http://127.0.0.1:8501@elsewhere.invalid",
    "file://",
    "",
]


@pytest.fixture(scope="module")
def server_and_attempts(tmp_path_factory):
    with cut_off(
        tmp_path_factory.mktemp("origins"), ELDERCARE_HOSTS="127.0.0.1,localhost,kanban.invalid"
    ) as found:
        yield found


def handshake(server, origin, **headers):
    """Seconds until the handshake was answered, and whether it was accepted."""
    address = server.url.replace("http", "ws", 1) + "/_stcore/stream"
    started = time.perf_counter()
    try:
        with connect(address, additional_headers={"Origin": origin, **headers}, open_timeout=20):
            accepted = True
    except InvalidStatus as refused:
        accepted = False
        assert refused.response.status_code == 403
    return time.perf_counter() - started, accepted


@pytest.mark.slow
def test_a_page_of_another_site_is_refused_at_once_and_nobody_outside_is_asked(server_and_attempts):
    server, attempts = server_and_attempts
    for origin in FOREIGN:
        seconds, accepted = handshake(server, origin)
        assert (origin, accepted, seconds < STALL / 2) == (origin, False, True)
    assert attempts() == []


def test_handshakes_of_other_sites_do_not_make_the_others_wait(server_and_attempts):
    server, attempts = server_and_attempts
    done = threading.Event()

    def knock():
        while not done.is_set():
            handshake(server, "https://elsewhere.invalid")

    threads = [threading.Thread(target=knock) for _ in range(3)]
    for thread in threads:
        thread.start()
    waits = []
    for _ in range(20):
        started = time.perf_counter()
        with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=30) as answer:
            assert answer.status == 200
        waits.append(time.perf_counter() - started)
    done.set()
    for thread in threads:
        thread.join()
    assert max(waits) < STALL / 2
    assert attempts() == []


@pytest.mark.parametrize("origin", ["https://kanban.invalid", "https://KANBAN.invalid:443"])
def test_a_page_behind_a_proxy_that_asks_under_another_name_is_one_of_ours(
    origin, server_and_attempts
):
    server, attempts = server_and_attempts
    assert handshake(server, origin)[1]
    assert attempts() == []


def test_what_another_site_sends_changes_nothing(server_and_attempts):
    server, _attempts = server_and_attempts
    for method in ("PUT", "POST", "DELETE"):
        request = urllib.request.Request(
            f"{server.url}/_stcore/upload_file/x/y",
            b"x",
            {"Origin": "https://elsewhere.invalid"},
            method=method,
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=20)
        assert (refused.value.code, "只接受" in refused.value.read().decode()) == (403, True)


@pytest.mark.slow
def test_a_start_for_the_whole_network_asks_nobody_outside(tmp_path):
    with cut_off(tmp_path, address="0.0.0.0") as (server, attempts):
        assert server.healthy()
    assert attempts() == []


@pytest.mark.parametrize(
    ("origin", "host", "netloc"),
    [
        ("http://127.0.0.1:8501", "127.0.0.1:8501", "127.0.0.1:8501"),
        ("http://[::1]:8501", "[::1]:8501", "[::1]:8501"),
        ("https://kanban.example.cn", "kanban.example.cn:443", "kanban.example.cn"),
        ("https://kanban.example.cn", "10.0.0.5:8501", "kanban.example.cn"),
        ("https://a.dept.example.cn", "10.0.0.5:8501", "a.dept.example.cn"),
        ("https://dept.example.cn.evil.cn", "10.0.0.5:8501", None),
        ("https://kanban.example.cn:8443", "10.0.0.5:8501", None),
        ("http://localhost:3000", "localhost:8501", None),
        ("http://localhost", "10.0.0.5:8501", None),
        ("http://127.0.0.1:8501", None, None),
        ("http://kanban.example.cn:x", "10.0.0.5:8501", None),
    ],
)
def test_which_pages_are_ours(origin, host, netloc):
    names = ["localhost", "127.0.0.1", "kanban.example.cn", "*.dept.example.cn"]
    assert origins.admitted(origin, host, names) == netloc
