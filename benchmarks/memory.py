"""What is kept over many updates: memory and time of the last against the first.

`python -m benchmarks.memory [--updates 2000] [--page pairing]` plays visitors, one after another, who choose something else again and again,
and reports, for each tenth of the updates, milliseconds (median) and the memory of the server. The goal: the last tenth takes
at most 1.2 times as long as the second; memory stops to grow. `--updates 20000` is the long run.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from benchmarks.load import choice_of, memory_mb
from benchmarks.machine import description, processor_times, steal_since
from benchmarks.pages import HERE, scenarios, write
from benchmarks.serving import Session, running

GOAL = 1.2
PARTS = 10
# Updates of one visitor.
VISIT = 10


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.memory", description="memory and time over many updates"
    )
    parser.add_argument("--updates", type=int, default=2000)
    parser.add_argument("--page", default="pairing", help="the scenario of this name")
    parser.add_argument("--json", type=Path, help="raw results")
    options = parser.parse_args()
    (scene,) = (each for each in scenarios() if each["name"] == options.page)
    parts = []
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "server.log") as server:
        before = processor_times()
        for part in range(PARTS):
            waits: list[float] = []
            while len(waits) < options.updates // PARTS:
                # Who asks without a pause is disconnected: another visitor goes on.
                with Session(server.url, scene["url"], scene.get("query")) as visitor:
                    visitor.run()
                    for turn in range(VISIT):
                        choice = choice_of(visitor, scene, turn)
                        waits.append(visitor.choose(scene["filter"], choice).seconds)
            parts.append({"ms": statistics.median(waits) * 1e3, "memory_mb": memory_mb(server)})
            print(
                f"{(part + 1) * options.updates // PARTS} updates: {parts[-1]['ms']:.0f} ms, {parts[-1]['memory_mb']:.0f} MB",
                flush=True,
            )
        steal = steal_since(before)
    ratio = parts[-1]["ms"] / parts[1]["ms"]
    print(f"last against second tenth {ratio:.2f}, steal {steal:.1%}")
    name = f"memory-{datetime.now():%Y%m%d-%H%M%S}.json"
    found = {"machine": description(), "parts": parts, "ratio": ratio, "steal": steal}
    write(options.json or HERE / "results" / name, found)
    return 1 if ratio > GOAL else 0


if __name__ == "__main__":
    sys.exit(main())
