"""What the first visitors of a freshly started server meet.

`python -m benchmarks.load [--sessions 30] [--starts 3] [--json FILE]` starts the real server several times and
opens all sessions at once, each on one of the pages in turn, as soon as the server answers. Reported per start:
seconds from start to healthy, seconds until the median and the last session had its page, the number of sessions
with an error, and lines in the server's output that speak of an error (half-imported modules first of all).

Then it opens the start page once in Chromium with an empty cache and counts the kilobytes on the wire: HTTP bodies
and headers as encoded, and websocket messages (Streamlit does not compress those). The goal is 3 MB.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.machine import description, processor_times, steal_since
from benchmarks.pages import HERE, scenarios, write
from benchmarks.serving import Session, running

TROUBLE = re.compile(r"partially initialized|Traceback|Error\b|Exception\b")
GOAL_KB = 3000


def cold_start(sessions: int, log: Path) -> dict[str, Any]:
    """Start a server and open all sessions at the same moment."""
    pages = [scenario["url"] for scenario in scenarios()]
    together = threading.Barrier(sessions)

    def visit(number: int) -> tuple[float, list[str]]:
        together.wait()
        started = time.perf_counter()
        try:
            with Session(server.url, pages[number % len(pages)], patience=120) as visitor:
                run = visitor.run()
            return time.perf_counter() - started, [str(fault) for fault in run.faults()]
        except Exception as error:
            return time.perf_counter() - started, [f"{type(error).__name__}: {error}"]

    before, began = processor_times(), time.perf_counter()
    with running(log) as server:
        healthy = time.perf_counter() - began
        with ThreadPoolExecutor(sessions) as pool:
            visits = list(pool.map(visit, range(sessions)))
        printed = server.printed()
    seconds = [visit[0] for visit in visits]
    return {
        "sessions": sessions,
        "healthy_s": healthy,
        "median_s": statistics.median(seconds),
        "last_s": max(seconds),
        "sessions_with_error": sum(bool(visit[1]) for visit in visits),
        "errors": sorted({error for visit in visits for error in visit[1]}),
        "log_lines_of_trouble": [line for line in printed.splitlines() if TROUBLE.search(line)],
        "steal": steal_since(before),
    }


def first_visit(log: Path) -> dict[str, Any]:
    """Kilobytes a browser with an empty cache receives for the start page; needs Chromium."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        return {"skipped": "no Chromium on this machine"}
    sizes = {"http": 0.0, "websocket": 0.0}
    files: dict[str, float] = {}
    addresses: dict[str, str] = {}

    def loaded(event: dict[str, Any]) -> None:
        sizes["http"] += event["encodedDataLength"]
        files[addresses.get(event["requestId"], "?")] = event["encodedDataLength"] / 1e3

    def received(event: dict[str, Any]) -> None:
        frame = event["response"]
        # Binary frames are given in base 64.
        sizes["websocket"] += len(frame["payloadData"]) * (3 / 4 if frame["opcode"] == 2 else 1)

    with running(log) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]}))
        network.on("Network.loadingFinished", loaded)
        network.on("Network.webSocketFrameReceived", received)
        started = time.perf_counter()
        page.goto(server.url)
        page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning] .js-plotly-plot .main-svg", timeout=120_000)
        seconds = time.perf_counter() - started
        page.wait_for_timeout(2000)
        browser.close()
    largest = sorted(((size, address.rpartition("/")[2]) for address, size in files.items()), reverse=True)[:5]
    return {
        "http_kb": sizes["http"] / 1e3,
        "websocket_kb": sizes["websocket"] / 1e3,
        "total_kb": sum(sizes.values()) / 1e3,
        "requests": len(files),
        "first_chart_s": seconds,
        "largest_kb": largest,
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description="what the first visitors of a cold server meet")
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--json", type=Path, help="raw results; default benchmarks/results/load-<time>.json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        starts = [cold_start(options.sessions, log) for _ in range(options.starts)]
        visit = first_visit(log)
    for start in starts:
        print(
            f"{start['sessions']} sessions at once: healthy after {start['healthy_s']:.1f} s, median {start['median_s']:.1f} s, last {start['last_s']:.1f} s, "
            f"{start['sessions_with_error']} with an error, {len(start['log_lines_of_trouble'])} lines of trouble, steal {start['steal']:.1%}"
        )
        print(*start["errors"], *start["log_lines_of_trouble"], sep="\n", end="")
    print("first visit:", json.dumps(visit, ensure_ascii=False))
    write(
        options.json or HERE / "results" / f"load-{datetime.now():%Y%m%d-%H%M%S}.json",
        {"machine": description(), "starts": starts, "first_visit": visit},
    )
    failed = any(start["sessions_with_error"] or start["log_lines_of_trouble"] for start in starts)
    return 1 if failed or visit.get("total_kb", 0) > GOAL_KB else 0


if __name__ == "__main__":
    sys.exit(main())
