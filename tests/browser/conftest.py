"""A real Chromium, cut off from the network, in front of the real server."""

import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from benchmarks.serving import running

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but this machine can be reached, whoever asks.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
# Streamlit looks for its server under the page's path before it tries the root; that 404 is not ours.
OWN_PROBE = re.compile(r"/[a-z-]+/_stcore/(health|host-config)$")
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """A browser, or a skip with the reason; with REQUIRE_BROWSER=1 a missing browser is a failure."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        reason = f"no Chromium on this machine (looked for {', '.join(NAMES)})"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(chromium, tmp_path_factory):
    """The real server on the real data, for all browser tests that change nothing."""
    with running(tmp_path_factory.mktemp("server") / "log.txt") as server:
        yield server


# The front end remembers for all tabs that the menu was folded on a narrow screen: a new visitor has seen nothing yet.
NEWCOMER = """if (location.protocol === 'http:' && !sessionStorage.getItem('known')) {
    localStorage.clear();
    sessionStorage.setItem('known', 'true');
}"""


class Visitor:
    """A browser tab that keeps what it tried to load elsewhere and what it complained about."""

    def __init__(self, page, url):
        self.url = url
        self.page = page
        self.escapes = []
        self.complaints = []
        page.add_init_script(NEWCOMER)
        # Listening, not intercepting: playwright's routes switch the browser's cache off.
        page.on("request", lambda request: self._note(request.url))
        page.on("websocket", lambda socket: self._note(socket.url.replace("ws", "http", 1)))
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, address):
        if not address.startswith((f"{self.url}/", "data:", "blob:", "about:")):
            self.escapes.append(address)

    def _listen(self, message):
        if message.type == "error" and not OWN_PROBE.search(message.location.get("url", "")):
            self.complaints.append(f"{message.text} {message.location.get('url', '')}")

    def open(self, path=""):
        """Go to a path of the dashboard and wait until it is drawn."""
        self.page.goto(f"{self.url}/{path}")
        self.settle()
        return self.page

    def settle(self):
        """Wait until the script has run and the page stands still."""
        self.page.wait_for_selector(
            "[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000
        )
        self.page.wait_for_function(
            "!document.querySelector('[data-testid=stSkeleton],[data-stale=true]')", timeout=60_000
        )
        self.page.evaluate(
            "document.fonts.ready.then(() => new Promise(done => setTimeout(done, 300)))"
        )


@pytest.fixture(scope="session")
def window(chromium):
    """A function that opens a tab on a server; every tab is a visitor of its own."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    yield lambda server: Visitor(context.new_page(), server.url)
    context.close()


@pytest.fixture(autouse=True)
def tidy(chromium):
    """Tabs that a test opened are closed after it; two cores cannot draw fifty of them."""
    kept = [page for context in chromium.contexts for page in context.pages]
    yield
    for page in [page for context in chromium.contexts for page in context.pages]:
        if page not in kept:
            page.close()


@pytest.fixture
def visitor(window, server):
    """A tab on the shared server."""
    return window(server)
