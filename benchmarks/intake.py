"""What the check of an uploaded list costs: its time against a bare `pandas.read_csv` of the same bytes, its memory.

`python -m benchmarks.intake [--rows 10000] [--turns 5]` makes two lists of homes, one with four columns and one with ten
whose words repeat as they do in real lists, and checks each against the repository's data. Both sides take turns in one
process and the least processor time of each counts, since others use the machine too: ratios count, seconds do not.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import time
from collections.abc import Callable

import pandas as pd

from benchmarks.machine import description
from eldercare.intake import accepting, submissions

PLACES = (
    "松江区",
    "嘉兴市",
    "昆山市",
    "杭州市",
    "合肥市",
    "苏州市",
    "黄浦区",
    "宁波市",
    "芜湖市",
    "南通市",
)


def narrow(rows: int) -> bytes:
    """Names that are all different in one place, one in fifty with a number in doubt."""
    lines = [f"测试第{n}院,松江区,{'约9' if n % 50 == 0 else 9}," for n in range(rows)]
    return "\n".join(["机构名称,所在地区,总床位,备注", *lines]).encode()


def wide(rows: int) -> bytes:
    """Ten columns of a list as it is published."""
    draw = random.Random(1)
    lines = ["机构名称,所在地区,地址,运营性质,总床位,对外开放床位,入住人数,月费下限,月费上限,日期"]
    for n in range(rows):
        beds, kind = draw.randint(20, 400), draw.choice(("公建公营", "民建民营", "公建民营"))
        prices = f"{draw.randint(10, 40) * 100},{draw.randint(40, 90) * 100}"
        lines.append(
            f"测试第{n}养老院,{draw.choice(PLACES)},测试路{n}号,{kind},{beds},{beds // 2},{beds // 3},{prices},2024年9月"
        )
    return "\n".join(lines).encode()


def least(turns: int, *steps: Callable[[], object]) -> list[float]:
    """The least processor time of each step, in seconds; the steps take turns."""
    times: list[list[float]] = [[] for _ in steps]
    for _turn in range(turns):
        for step, mine in zip(steps, times, strict=True):
            started = time.process_time()
            step()
            mine.append(time.process_time() - started)
    return [min(mine) for mine in times]


def peak() -> int:
    """The most memory this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def check(data: bytes) -> accepting.Evaluation:
    """The whole check, as the page does it; nothing is kept."""
    return accepting.evaluate(submissions.unsaved("list.csv", "institutions"), data=data)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=5)
    options = parser.parse_args(arguments)
    print(description())
    check(narrow(10))
    for make in (narrow, wide):
        data, before = make(options.rows), peak()
        bare, whole = least(
            options.turns,
            lambda data=data: pd.read_csv(io.BytesIO(data)),
            lambda data=data: check(data),
        )
        print(
            f"{make.__name__}: read_csv {bare * 1000:.1f} ms, check {whole:.2f} s, {whole / bare:.0f} times; +{peak() - before} MB at most"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
