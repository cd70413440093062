"""How long a deck's files take and how large they are, and whether a batch stays small in memory.

`python -m benchmarks.exports [--rounds 3] [--cities 41] [--json FILE]` makes the deck of the delta and of three cities
(the one with most records, a middling one, the one with hardly any) in every format, interleaved, on the data of the
repository. Reported per deck: exhibits and milliseconds for the talk itself (all its questions); per file: milliseconds
for making it from the talk, megabytes.

Then every city's file in every format is written by a fresh process each, which reports its peak memory after the first
quarter and at the end. Ratios count, absolute times do not. It fails when a file cannot be made, when one is larger than
`MOST_MB`, or when the second figure exceeds the first by more than `GROWTH`: a batch must not keep what it has written.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.machine import description, processor_times, steal_since
from benchmarks.pages import HERE, write
from eldercare.faces.native import FORMATS
from eldercare.talks import decks, files_of, making

DECKS = ("region", "city:310000", "city:320500", "city:321200")
MOST_MB = 3.0
GROWTH = 1.25


def deck_times(words: str, rounds: int) -> dict[str, Any]:
    """Medians over the rounds; formats take turns so that a busy second hits them alike."""
    talks, seconds, sizes = [], {format_: [] for format_ in FORMATS}, {}
    for _round in range(rounds):
        started = time.perf_counter()
        talk = making.talk(decks.parse(words))
        talks.append(time.perf_counter() - started)
        for format_ in FORMATS:
            started = time.perf_counter()
            content = files_of.made(talk, format_)
            seconds[format_].append(time.perf_counter() - started)
            sizes[format_] = len(content) / 1e6
    return {
        "deck": words,
        "exhibits": len(talk.exhibits),
        "talk_s": statistics.median(talks),
        "files": {
            format_: {"s": statistics.median(seconds[format_]), "mb": sizes[format_]}
            for format_ in FORMATS
        },
    }


def peak_mb() -> float:
    """The most memory this process has held so far. `getrusage` would tell the starting process's peak too."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1e3


def batch(format_: str, cities: int) -> dict[str, Any]:
    """In this process: every city's file, with the peak of memory after a quarter of them and after all."""
    with tempfile.TemporaryDirectory() as folder:
        started, early, sizes = time.perf_counter(), 0.0, []
        for done, total, path in files_of.batch(Path(folder), format_):
            sizes.append(path.stat().st_size / 1e6)
            path.unlink()
            if done == max(1, min(cities, total) // 4):
                early = peak_mb()
            if done == cities:
                break
        return {
            "format": format_,
            "files": len(sizes),
            "s": time.perf_counter() - started,
            "mb": sum(sizes),
            "largest_mb": max(sizes),
            "peak_mb_early": early,
            "peak_mb": peak_mb(),
        }


def batch_apart(format_: str, cities: int) -> dict[str, Any]:
    """`batch` in a process of its own: a peak is never given back."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.exports",
        "--batch",
        format_,
        "--cities",
        str(cities),
    ]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.exports", description="seconds and megabytes of a deck's files"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--cities", type=int, default=41, help="how many of the cities the batch makes"
    )
    parser.add_argument("--batch", choices=FORMATS, help=argparse.SUPPRESS)
    parser.add_argument(
        "--json", type=Path, help="raw results; default benchmarks/results/exports-<time>.json"
    )
    options = parser.parse_args()
    if options.batch:
        print(json.dumps(batch(options.batch, options.cities)))
        return 0
    before = processor_times()
    found = [deck_times(words, options.rounds) for words in DECKS]
    for deck in found:
        print(
            f"{deck['deck']:<14}{deck['exhibits']:>3} exhibits  talk {deck['talk_s']:.2f} s", end=""
        )
        print(
            "".join(
                f"   {format_} {file['s']:.2f} s {file['mb']:.2f} MB"
                for format_, file in deck["files"].items()
            )
        )
    batches = [batch_apart(format_, options.cities) for format_ in FORMATS]
    for made in batches:
        print(
            f"{made['files']} cities {made['format']}: {made['s']:.1f} s, {made['mb']:.1f} MB in all, "
            f"peak memory {made['peak_mb_early']:.0f} MB after a quarter, {made['peak_mb']:.0f} MB at the end"
        )
    stolen = steal_since(before)
    print(f"steal {stolen:.1%}")
    write(
        options.json or HERE / "results" / f"exports-{datetime.now():%Y%m%d-%H%M%S}.json",
        {"machine": description(), "steal": stolen, "decks": found, "batches": batches},
    )
    large = [made["format"] for made in batches if made["largest_mb"] > MOST_MB]
    large += [
        f"{deck['deck']}.{name}"
        for deck in found
        for name, file in deck["files"].items()
        if file["mb"] > MOST_MB
    ]
    growing = [
        made["format"] for made in batches if made["peak_mb"] > GROWTH * made["peak_mb_early"]
    ]
    print(
        *(f"too large: {name}" for name in large),
        *(f"memory grows: {name}" for name in growing),
        sep="\n",
        end="",
    )
    return 1 if large or growing else 0


if __name__ == "__main__":
    sys.exit(main())
