"""What the first visitors of a freshly started server meet.

`python -m benchmarks.load [--sessions 30] [--starts 3] [--json FILE]` starts the real server several times and
opens all sessions at once, each on one of the pages in turn, as soon as the server answers. Reported per start:
seconds from start to healthy, seconds until the median and the last session had its page, the number of sessions
with an error, and lines in the server's output that speak of an error (half-imported modules first of all).

`--crowd 1 10 50 100` measures something else on one server: so many viewers at a time, each choosing something else on its
page every five seconds. Reported per crowd: waiting (median and 95th percentile), processor seconds of the server per update,
memory per session, errors, steal. `--opened 500` opens and closes so many sessions after that and says what memory they leave.

`--viewers 10 --attack` measures something else on one server: that many viewers look at a page, think about five seconds
and look again, in turn without and with `benchmarks.attacking` beside them. The goal: the 95th percentile of their waiting
at most doubles.

Then it opens the start page once in Chromium with an empty cache and counts the kilobytes on the wire: HTTP bodies
and headers as encoded, and websocket messages (Streamlit does not compress those). The goal is 3 MB.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.machine import description, processor_seconds, processor_times, steal_since
from benchmarks.pages import HERE, scenarios, write
from benchmarks.serving import Server, Session, running

TROUBLE = re.compile(r"partially initialized|Traceback|Error\b|Exception\b")
GOAL_KB = 3000
GOAL_RATIO = 2.0
THOUGHT = 5.0


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

    path = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
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
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on(
            "Network.requestWillBeSent",
            lambda event: addresses.update({event["requestId"]: event["request"]["url"]}),
        )
        network.on("Network.loadingFinished", loaded)
        network.on("Network.webSocketFrameReceived", received)
        started = time.perf_counter()
        page.goto(server.url)
        page.wait_for_selector(
            "[data-testid=stApp][data-test-script-state=notRunning] .js-plotly-plot .main-svg",
            timeout=120_000,
        )
        seconds = time.perf_counter() - started
        page.wait_for_timeout(2000)
        browser.close()
    largest = sorted(
        ((size, address.rpartition("/")[2]) for address, size in files.items()), reverse=True
    )[:5]
    return {
        "http_kb": sizes["http"] / 1e3,
        "websocket_kb": sizes["websocket"] / 1e3,
        "total_kb": sum(sizes.values()) / 1e3,
        "requests": len(files),
        "first_chart_s": seconds,
        "largest_kb": largest,
    }


def viewing(server: Server, viewers: int, seconds: float, is_attacked: bool) -> dict[str, Any]:
    """Viewers with thought for so many seconds: what each look took, what the attack met, what the server used."""
    pages = [scenario["url"] for scenario in scenarios()]
    until = time.monotonic() + seconds

    def view(number: int) -> list[float]:
        # Each begins at another moment and keeps a pace of its own.
        pace = random.Random(number)
        waits = []
        with Session(server.url, pages[number % len(pages)], patience=120) as visitor:
            visitor.run()
            time.sleep(THOUGHT * number / viewers)
            while time.monotonic() < until:
                waits.append(visitor.run().seconds)
                time.sleep(THOUGHT * pace.uniform(0.8, 1.2))
        return waits

    before = processor_seconds(server.process.pid)
    attacker = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.attacking", server.url, str(seconds)]
        if is_attacked
        else ["true"],
        cwd=HERE.parent,
        stdout=subprocess.PIPE,
        # Linux shares processors out by session: the attacker gets no part of the server's.
        start_new_session=True,
    )
    with ThreadPoolExecutor(viewers) as pool:
        waits = [wait for found in pool.map(view, range(viewers)) for wait in found]
    said = attacker.communicate(timeout=60)[0]
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    return {
        "waits_s": waits,
        "attack": json.loads(said) if is_attacked else {},
        "processor": (processor_seconds(server.process.pid) - before) / seconds,
        "memory_mb": int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1000,
    }


def crowded(server: Server, viewers: int, seconds: float) -> dict[str, Any]:
    """So many viewers who choose something else on their page, think and choose again; known choices and new ones as they come."""
    scenes = [scenario for scenario in scenarios() if not scenario.get("institutions")]
    faults: list[str] = []
    ready = threading.Barrier(viewers + 1)
    until = [0.0]

    def view(number: int) -> list[float]:
        scene, pace, waits = scenes[number % len(scenes)], random.Random(number), []
        try:
            with Session(server.url, scene["url"], scene.get("query"), patience=120) as visitor:
                visitor.run()
                ready.wait()
                time.sleep(THOUGHT * number / viewers)
                for turn in range(1_000_000):
                    if time.monotonic() > until[0]:
                        return waits
                    run = visitor.choose(scene["filter"], choice_of(visitor, scene, turn))
                    waits.append(run.seconds)
                    faults.extend(str(fault) for fault in run.faults())
                    time.sleep(THOUGHT * pace.uniform(0.8, 1.2))
        except Exception as error:
            faults.append(f"{scene['name']}: {type(error).__name__}: {error}")
            ready.abort()
        return waits

    memory = memory_mb(server)
    with ThreadPoolExecutor(viewers) as pool:
        visits = [pool.submit(view, number) for number in range(viewers)]
        until[0] = time.monotonic() + 600
        ready.wait()
        before, busy = processor_times(), processor_seconds(server.process.pid)
        until[0] = time.monotonic() + seconds
        waits = [wait for visit in visits for wait in visit.result()]
        busy = processor_seconds(server.process.pid) - busy
        steal = steal_since(before)
        grown = memory_mb(server) - memory
    return {
        "viewers": viewers,
        "looks": len(waits),
        "p50_ms": statistics.median(waits) * 1e3,
        "p95_ms": statistics.quantiles(waits, n=20)[-1] * 1e3,
        "processor_ms": busy / len(waits) * 1e3,
        "memory_mb_a_session": grown / viewers,
        "errors": len(faults),
        "faults": sorted(set(faults))[:5],
        "steal": steal,
    }


def choice_of(visitor: Session, scene: dict[str, Any], turn: int) -> list[str] | str | bool:
    """The next choice of a scenario as the widget takes it."""
    choice = scene["choices"][turn % len(scene["choices"])]
    if isinstance(choice, bool):
        return choice
    words = visitor.offered[scene["filter"]][choice]
    return words if scene["filter"] in visitor.takes_one else [words]


def memory_mb(server: Server) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1000


def opened_and_closed(server: Server, sessions: int) -> dict[str, Any]:
    """Memory before and after so many visits of the start page, ten at a time."""
    before = memory_mb(server)

    def visit(_number: int) -> int:
        with Session(server.url, patience=120) as visitor:
            return len(visitor.run().faults())

    with ThreadPoolExecutor(10) as pool:
        errors = sum(pool.map(visit, range(sessions)))
    # Streamlit forgets a visitor who does not come back only after a while.
    time.sleep(5)
    return {
        "sessions": sessions,
        "errors": errors,
        "memory_mb": {"before": before, "after": memory_mb(server)},
    }


def crowds(sizes: list[int], seconds: float, sessions: int, log: Path) -> dict[str, Any]:
    """Each crowd in turn on one server that has prepared its pages; a crowd beside which another machine was busy is marked."""
    with running(log) as server:
        crowded(server, 1, THOUGHT * 2)
        found: dict[str, Any] = {"crowds": []}
        for viewers in sizes:
            crowd = crowded(server, viewers, seconds)
            found["crowds"].append(crowd)
            faults = f"; {'; '.join(crowd['faults'])}" if crowd["faults"] else ""
            print(
                f"{viewers} viewers: p50 {crowd['p50_ms']:.0f} ms, p95 {crowd['p95_ms']:.0f} ms, {crowd['processor_ms']:.0f} ms of processor an update, "
                f"{crowd['memory_mb_a_session']:.1f} MB a session, {crowd['errors']} errors, steal {crowd['steal']:.1%}{faults}",
                flush=True,
            )
        if sessions:
            found["opened"] = opened_and_closed(server, sessions)
            print(json.dumps(found["opened"]))
        lines = server.printed().splitlines()
        found["log_lines_of_trouble"] = [line for line in lines if TROUBLE.search(line)]
    return found


def under_attack(viewers: int, seconds: float, rounds: int, log: Path) -> dict[str, Any]:
    """Quiet and attacked in turn, so that what else the machine does meets both alike."""
    before = processor_times()
    with running(log) as server:
        viewing(server, viewers, THOUGHT, False)
        found = [
            (attacked, viewing(server, viewers, seconds, attacked))
            for _ in range(rounds)
            for attacked in (False, True)
        ]
        printed = server.printed()
    waits = {
        attacked: [w for was, phase in found if was == attacked for w in phase["waits_s"]]
        for attacked in (False, True)
    }
    quiet, attacked = (statistics.quantiles(waits[was], n=20)[-1] for was in (False, True))
    return {
        "viewers": viewers,
        "looks": {"quiet": len(waits[False]), "attacked": len(waits[True])},
        "p50_s": {
            "quiet": statistics.median(waits[False]),
            "attacked": statistics.median(waits[True]),
        },
        "p95_s": {"quiet": quiet, "attacked": attacked},
        "ratio": attacked / quiet,
        "log_lines_of_trouble": [line for line in printed.splitlines() if TROUBLE.search(line)],
        "phases": [phase for _was, phase in found],
        "steal": steal_since(before),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.load",
        description="what the first visitors of a cold server meet",
    )
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument(
        "--json", type=Path, help="raw results; default benchmarks/results/load-<time>.json"
    )
    parser.add_argument("--viewers", type=int, default=10, help="with --attack: how many look on")
    parser.add_argument(
        "--attack",
        action="store_true",
        help="measure viewers beside an attack instead of a cold start",
    )
    parser.add_argument(
        "--seconds", type=float, default=60, help="with --attack and --crowd: length of a phase"
    )
    parser.add_argument(
        "--rounds",
        type=int,
        default=2,
        help="with --attack: how often quiet and attacked follow each other",
    )
    parser.add_argument("--crowd", type=int, nargs="*", help="how many viewers at a time")
    parser.add_argument(
        "--opened", type=int, default=0, help="with --crowd: sessions opened and closed at the end"
    )
    options = parser.parse_args()
    if options.crowd is not None:
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "server.log"
            found = crowds(options.crowd, options.seconds, options.opened, log)
        name = f"crowd-{datetime.now():%Y%m%d-%H%M%S}.json"
        write(options.json or HERE / "results" / name, {"machine": description(), **found})
        print(*found["log_lines_of_trouble"][:5], sep="\n")
        failed = any(crowd["errors"] for crowd in found["crowds"]) or found["log_lines_of_trouble"]
        return 1 if failed else 0
    if options.attack:
        with tempfile.TemporaryDirectory() as folder:
            found = under_attack(
                options.viewers, options.seconds, options.rounds, Path(folder) / "server.log"
            )
        print(
            json.dumps(
                {name: value for name, value in found.items() if name != "phases"},
                ensure_ascii=False,
            )
        )
        for phase in found["phases"]:
            print(
                f"  processor {phase['processor']:.0%}, memory {phase['memory_mb']:.0f} MB, {phase['attack'] or 'quiet'}"
            )
        name = f"attack-{datetime.now():%Y%m%d-%H%M%S}.json"
        write(options.json or HERE / "results" / name, {"machine": description(), **found})
        return 1 if found["ratio"] > GOAL_RATIO or found["log_lines_of_trouble"] else 0
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
