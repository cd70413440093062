"""Screenshots of every page from the running app: light theme, 1440×900, into docs/images/.

Run from the root of the repository: `python docs/make_images.py [page …]`. Needs the development requirements and a
Chromium on the PATH. The server is started on the real data and ended afterwards.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from menu import PAGES  # noqa: E402

from benchmarks.serving import running  # noqa: E402

IMAGES = ROOT / "docs" / "images"
# What a page is opened with where its own beginning says little.
OPENED = {"city": "?place=341800"}
# Squares instead of outlines, which no map office has approved.
SQUARES = {"ELDERCARE_MAP_OUTLINES": "off"}
# Milliseconds; a busy machine draws slowly.
PATIENCE = 180_000
DRAWN = "[data-testid=stApp][data-test-script-state=notRunning]"


def browser_path() -> str:
    """The first Chromium on the PATH; ends the program with a sentence when there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    raise SystemExit("no Chromium on the PATH")


def settle(page: Page) -> None:
    """Wait until the page is drawn and stands still."""
    page.wait_for_selector(DRAWN, timeout=PATIENCE)
    page.wait_for_function(
        "!document.querySelector('[data-testid=stSkeleton],[data-stale=true]')", timeout=PATIENCE
    )
    page.wait_for_timeout(1200)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "pages", nargs="*", help="url paths of the pages; all of the menu without any"
    )
    chosen = parser.parse_args().pages or [page.url for page in PAGES]
    IMAGES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "log.txt", environment=SQUARES) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="zh-CN", color_scheme="light"
        )
        for url in chosen:
            page = context.new_page()
            page.goto(f"{server.url}/{url}{OPENED.get(url, '')}")
            settle(page)
            page.screenshot(path=IMAGES / f"{url}.png")
            page.close()
            print(f"docs/images/{url}.png")
        browser.close()


if __name__ == "__main__":
    main()
