"""How long a picture of each exhibit takes and how large it is.

`python -m benchmarks.pictures [--into FOLDER] [--json FILE]` opens every page, with each of its parts, tabs and views, and
makes the picture of every exhibit in both formats: seconds and kilobytes of each, the median and the largest. With
`--into` the pictures stay there, with contact sheets of twelve to look at. It fails when one cannot be made or is larger
than `MOST_KB`.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from benchmarks.machine import description, processor_times, steal_since
from benchmarks.pages import HERE, write
from eldercare.exhibits import Exhibit
from eldercare.faces import image
from eldercare.screen import blocks, taking
from eldercare.sentences import pages

MOST_KB = 600
# Filters that choose what is drawn; all others choose of whom.
CHOOSING = re.compile(r"\w+_(part|subject|view|definition|denominator|sort|age)")
# Addresses that no such filter offers.
SPECIAL = {
    "situation/city.py": [{"place": "310000"}, {"place": "330400"}, {"place": "310117"}],
    "institutions/directory.py": [{"demo": "true"}],
    "cooperation/pairing.py": [{"pairing_district": "上海市长宁区"}],
    "tasks/progress.py": [{"tasks_task": "TK001"}],
    "data/sources.py": [{"source": "W15"}, {"indicator": "institutions", "sources_competing": "false"}],
}  # fmt: skip
SHEET, ACROSS = 12, 3


def exhibits() -> Iterator[tuple[str, Exhibit]]:
    """Every exhibit of every page once, with the address it stands on."""
    seen: set[tuple[str, str]] = set()
    for script in pages.FILTERS:
        for query in addresses(script):
            for value in shown(script, query):
                if isinstance(value, Exhibit) and (value.key, value.spoken) not in seen:
                    seen.add((value.key, value.spoken))
                    if not value.rows.empty and not value.shape.empty:
                        yield f"{script}?{query}", value


def addresses(script: str) -> Iterator[dict[str, str]]:
    yield {}
    yield from SPECIAL.get(script, [])
    if script == "institutions/profile.py":
        yield from list(pages._special(script))[1:2]
    for name in {name for names in pages.FILTERS[script] for name in names}:
        if CHOOSING.fullmatch(name):
            yield from ({name: option} for option in pages.offered(pages.opened(script, {}), name))


def shown(script: str, query: dict[str, str]) -> list:
    """What a page gives its blocks to show."""
    given, kept = [], blocks.show

    def show(value, *positional, **named):
        given.append(value)
        return kept(value, *positional, **named)

    pages._frame()
    blocks.show = show
    try:
        pages.opened(script, query)
    finally:
        blocks.show = kept
    return given


def sheets(folder: Path, name: str, pictures: list[bytes]) -> None:
    """Twelve pictures each on one, small."""
    for first in range(0, len(pictures), SHEET):
        part = [Image.open(BytesIO(content)) for content in pictures[first : first + SHEET]]
        wide, high = part[0].width // 2, part[0].height // 2
        rows = -(-len(part) // ACROSS)
        sheet = Image.new("RGB", (ACROSS * (wide + 8), rows * (high + 8)), "#888888")
        for place, picture in enumerate(part):
            at = (place % ACROSS * (wide + 8), place // ACROSS * (high + 8))
            sheet.paste(picture.resize((wide, high)), at)
        sheet.save(folder / f"sheet-{name}-{first // SHEET + 1}.png")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pictures", description="seconds and kilobytes of a picture"
    )
    parser.add_argument("--into", type=Path, help="where the pictures and contact sheets stay")
    parser.add_argument(
        "--json", type=Path, help="raw results; default benchmarks/results/pictures-<time>.json"
    )
    options = parser.parse_args()
    before, found, faults = processor_times(), [], []
    drawn: dict[str, list[bytes]] = {format_.name: [] for format_ in image.FORMATS}
    for where, value in exhibits():
        for format_ in image.FORMATS:
            started, worked = time.perf_counter(), time.process_time()
            try:
                content = image.png(value, taking.stamp(value), format_)
            except Exception as error:
                faults.append(f"{where} {value.key} {format_.name}: {error!r}")
                continue
            seconds, kilobytes = time.perf_counter() - started, len(content) / 1e3
            told = {"where": where, "key": value.key, "kind": value.kind, "format": format_.name}
            worked = time.process_time() - worked
            found.append({**told, "s": seconds, "cpu_s": worked, "kb": kilobytes})
            drawn[format_.name].append(content)
            if kilobytes > MOST_KB:
                faults.append(f"{where} {value.key} {format_.name}: {kilobytes:.0f} kB")
            if options.into:
                options.into.mkdir(parents=True, exist_ok=True)
                name = f"{len(drawn[format_.name]):03}-{value.key}-{format_.name.replace(':', 'x')}"
                (options.into / f"{name}.png").write_bytes(content)
    if options.into:
        for name, pictures in drawn.items():
            sheets(options.into, name.replace(":", "x"), pictures)
    for format_ in image.FORMATS:
        own = [each for each in found if each["format"] == format_.name]
        print(format_.name, len(own), "pictures", end="")
        for name, unit in (("s", "s"), ("cpu_s", "processor s"), ("kb", "kB")):
            values = [each[name] for each in own]
            print(
                f"  {unit}: median {statistics.median(values):.2f}, most {max(values):.2f}", end=""
            )
        print()
    told = {"machine": description(), "steal": steal_since(before), "pictures": found}
    write(options.json or HERE / "results" / f"pictures-{datetime.now():%Y%m%d-%H%M%S}.json", told)
    print("\n".join(faults), file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
