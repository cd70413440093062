"""What grows with the number of homes: build, first view, known view, new view, search.

`python -m benchmarks.growth [--homes 631 8000 100000]` makes a demo list of each size, builds it in a process of its own
(seconds, peak memory), then opens the finder on a server of its own and measures, in milliseconds: the first view, a choice that
was made before, one that was not, and the search of the site. All sizes are measured in one run; ratios are against the first.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.load import choice_of
from benchmarks.machine import description, processor_times, steal_since
from benchmarks.pages import HERE, scenarios, write
from benchmarks.serving import ROOT, Session, running

REPEATS = 9
BUILD = """
import resource, sys, time
from pathlib import Path
from eldercare.data import build
started = time.perf_counter()
build.build(Path(sys.argv[1]), Path(sys.argv[2]))
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def grown(homes: int, scratch: Path) -> dict[str, Any]:
    """One size: its build, and the finder on it."""
    folder, built = scratch / f"datasets-{homes}", scratch / f"built-{homes}"
    maker = ROOT / "datasets" / "demo" / "make_institutions.py"
    subprocess.run(
        [sys.executable, str(maker), "--count", str(homes), "--into", str(folder)], check=True
    )
    before = processor_times()
    said = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder), str(built)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    build_s, build_mb = map(float, said.split())
    (scene,) = (each for each in scenarios() if each["name"] == "finder-8000")
    environment = {"ELDERCARE_DATASETS": str(folder), "ELDERCARE_BUILD": str(built)}
    with running(scratch / "server.log", environment=environment, patience=600) as server:
        time.sleep(10)
        with Session(server.url, scene["url"], scene["query"]) as visitor:
            first = visitor.run().seconds
            new = [
                visitor.choose(scene["filter"], choice_of(visitor, scene, turn)).seconds
                for turn in range(len(scene["choices"]))
            ]
            known = [
                visitor.choose(scene["filter"], choice_of(visitor, scene, turn)).seconds
                for turn in range(REPEATS)
            ]
            searched = []
            for words in ("松江", "nt", "护理院", "changning", "嘉善", "福利院"):
                visitor.query["search"] = words
                searched.append(visitor.run().seconds)
    return {
        "homes": homes,
        "build_s": build_s,
        "build_mb": build_mb,
        "first_ms": first * 1e3,
        "known_ms": statistics.median(known) * 1e3,
        "new_ms": statistics.median(new) * 1e3,
        "search_ms": statistics.median(searched) * 1e3,
        "steal": steal_since(before),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.growth", description="what grows with the number of homes"
    )
    parser.add_argument("--homes", type=int, nargs="+", default=[631, 8_000, 100_000])
    parser.add_argument("--json", type=Path, help="raw results")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sizes = []
        for homes in options.homes:
            sizes.append(size := grown(homes, Path(folder)))
            against = " ".join(
                f"{name} {value:.1f} (×{value / sizes[0][name]:.2f})"
                for name, value in size.items()
                if name not in ("homes", "steal")
            )
            print(f"{homes} homes: {against}, steal {size['steal']:.1%}", flush=True)
    name = f"growth-{datetime.now():%Y%m%d-%H%M%S}.json"
    write(options.json or HERE / "results" / name, {"machine": description(), "sizes": sizes})
    return 0


if __name__ == "__main__":
    sys.exit(main())
