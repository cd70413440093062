"""The dashboard under /yanglao/: by `server.baseUrlPath`, and behind a proxy that strips the prefix."""

import asyncio
import re
import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest

from benchmarks.serving import free_port, running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PREFIX = "/yanglao"
# One page of each section of the menu.
PAGES = ["", "city", "institutions", "pairing", "tasks", "present", "downloads"]


async def strip(reader, writer, port: int) -> None:
    """One connection of a proxy as `location /yanglao/ { proxy_pass http://…/; }` makes it."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        method, path, rest = head.split(b" ", 2)
        if not path.startswith(f"{PREFIX}/".encode()):
            writer.write(
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            return
        if b"upgrade: websocket" not in head.lower():
            rest = re.sub(rb"(?i)\r\nconnection:[^\r]*", b"", rest)
            rest = rest.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", port)
        server_writer.write(b" ".join([method, path.removeprefix(PREFIX.encode()), rest]))

        async def pipe(source, target) -> None:
            while data := await source.read(65536):
                target.write(data)
                await target.drain()
            target.close()

        await asyncio.gather(pipe(reader, server_writer), pipe(server_reader, writer))
    except (ConnectionError, asyncio.IncompleteReadError):
        return
    finally:
        writer.close()


@contextmanager
def stripped(port: int):
    """A proxy before a server; gives its port."""
    # In a thread from the start: playwright has a loop of its own in this one.
    loop, front = asyncio.new_event_loop(), free_port()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listening = asyncio.start_server(lambda r, w: strip(r, w, port), "127.0.0.1", front)
    asyncio.run_coroutine_threadsafe(listening, loop).result(timeout=10)
    yield front

    async def end() -> None:
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    asyncio.run_coroutine_threadsafe(end(), loop).result(timeout=10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


@pytest.fixture(scope="module", params=["baseUrlPath", "proxy"])
def under(request, tmp_path_factory):
    """A server whose address ends with the prefix."""
    log = tmp_path_factory.mktemp("under") / "log.txt"
    own = {"STREAMLIT_SERVER_BASE_URL_PATH": PREFIX.strip("/")}
    with running(log, environment=own if request.param == "baseUrlPath" else {}) as server:
        if request.param == "baseUrlPath":
            yield replace(server, url=server.url + PREFIX)
            return
        port = int(server.url.rpartition(":")[2])
        with stripped(port) as front:
            yield replace(server, url=f"http://127.0.0.1:{front}{PREFIX}")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_each_section_opens_and_asks_for_nothing_outside(under, window, path):
    visitor = window(under)
    page = visitor.open(path)
    assert page.locator("h1").first.inner_text()
    assert page.url.startswith(f"{under.url}/")
    assert visitor.escapes == [] and visitor.complaints == []


def test_links_slides_and_downloads_stay_under_the_prefix(under, window):
    visitor = window(under)
    page = visitor.open("overview")
    assert page.url == f"{under.url}/"
    page.get_by_test_id("stSidebarNavLink").filter(has_text="城市结对").click()
    page.wait_for_url(f"{under.url}/pairing*")
    visitor.settle()
    page = visitor.open("present")
    slides = page.get_by_role("link", name=re.compile("放映"))
    assert page.evaluate("e => e.href", slides.element_handle()).startswith(f"{under.url}/slides?")
    assert page.request.get(f"{under.url}/slides?deck=region").status == 200
    page = visitor.open("downloads")
    link = page.get_by_role("link", name="CSV", exact=True)
    address = page.evaluate("e => e.href", link.element_handle())
    assert address.startswith(f"{under.url}/data/v1/")
    assert page.request.get(address).headers["x-total-count"] == "57"
    assert page.request.get(f"{under.url}/Pairing").url == f"{under.url}/pairing"
    assert page.request.get(f"{under.url}/no/such").status == 404
    assert visitor.escapes == []
