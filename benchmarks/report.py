"""What 57 pages and a whole report cost against one page, each in a process of its own.

`python -m benchmarks.report [--json FILE]` makes 一城一页 of one place, of all, and the report of one place, as PDF and
Word. Reported: processor seconds without the start of the process, the peak of memory, megabytes of the file, and each as a ratio to the one page.
Ratios count, absolute times do not. It fails when memory for all pages exceeds `MOST_MEMORY` times that of one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.exports import peak_mb
from benchmarks.machine import description, processor_times, steal_since
from benchmarks.pages import HERE, write
from eldercare.talks import place_books, reports
from eldercare.talks.files_of import File

ONE = "320500"
CASES = {
    "one page, pdf": ("book", (ONE,), "pdf"),
    "57 pages, pdf": ("book", (), "pdf"),
    "one page, docx": ("book", (ONE,), "docx"),
    "57 pages, docx": ("book", (), "docx"),
    "report of a city, docx": ("report", (ONE,), "docx"),
    "report of the delta, docx": ("report", (), "docx"),
}
MOST_MEMORY = 3.0


def measured(case: str) -> dict[str, Any]:
    """In this process: one file."""
    kind, codes, format_ = CASES[case]
    make = {"book": place_books.file, "report": reports.file}[kind]
    # What every process does once is none of the file's costs.
    list(place_books.steps((ONE,)))
    before = peak_mb()
    started = time.process_time()
    made = [step for step in make(codes, "", None, format_) if isinstance(step, File)]
    spent = time.process_time() - started
    return {"s": spent, "before_mb": before, "peak_mb": peak_mb(), "mb": len(made[0].content) / 1e6}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--case", choices=CASES)
    parser.add_argument("--json", type=Path, default=HERE / "results" / f"report-{datetime.now():%Y%m%d-%H%M}.json")  # fmt: skip
    options = parser.parse_args()
    if options.case:
        print(json.dumps(measured(options.case)))
        return 0
    before, found = processor_times(), {}
    for case in CASES:
        run = [sys.executable, "-m", "benchmarks.report", "--case", case]
        told = subprocess.run(run, check=True, capture_output=True, text=True).stdout
        found[case] = json.loads(told.splitlines()[-1])
        first = found[next(name for name in CASES if name.endswith(case[-4:].strip()))]
        each = found[case]
        print(
            f"{case:<26} {each['s']:6.2f} s ({each['s'] / first['s']:5.1f}×)  {each['peak_mb']:5.0f} MB"
            f" ({each['peak_mb'] / first['peak_mb']:4.2f}×)  {each['mb']:.2f} MB file",
            flush=True,
        )
    write(options.json, {"machine": description(), "steal": steal_since(before), "cases": found})
    grown = [found[f"57 pages, {f}"]["peak_mb"] / found[f"one page, {f}"]["peak_mb"] for f in ("pdf", "docx")]  # fmt: skip
    return int(max(grown) > MOST_MEMORY)


if __name__ == "__main__":
    sys.exit(main())
