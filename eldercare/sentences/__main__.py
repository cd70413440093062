"""The command line: `python -m eldercare.sentences [--patterns] [--page city] [-o FILE]`. Tab-separated, sorted, the same every time."""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from eldercare.sentences import Sentence, listing
from eldercare.sentences.patterns import patterns


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m eldercare.sentences",
        description="列出看板能说的每一句话、在哪里、依据哪些来源",
    )
    parser.add_argument(
        "--patterns",
        action="store_true",
        help="每种句式一行：去掉数字、日期与名称，附例句和最长、最大、最小的一句",
    )
    parser.add_argument(
        "--page", action="append", help="只列这些页面（脚本名，如 city）或 decks（演示）；可重复"
    )
    parser.add_argument("--jobs", type=int, default=2, help="同时用几个进程，默认2")
    parser.add_argument("-o", "--output", type=Path, help="写入文件；默认打印")
    options = parser.parse_args(arguments)
    parts = [
        part
        for part in listing.parts()
        if not options.page or listing.name_of(part) in options.page
    ]
    with ProcessPoolExecutor(
        options.jobs, mp_context=get_context("spawn"), initializer=listing.without_warnings
    ) as pool:
        told = [found for lines in pool.map(listing.lines, parts) for found in lines]
    lines = (
        _patterns(told)
        if options.patterns
        else ["\t".join(listing.HEAD), *("\t".join(line) for line in sorted(told))]
    )
    text = "".join(f"{line}\n" for line in lines)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


def _patterns(told: list[listing.Line]) -> list[str]:
    """Kind, how many sentences, the pattern; below it where it first stands, three examples and the extremes."""
    found = patterns(Sentence(*line[:5]) for line in told)
    lines = [f"# {len({line[2:5] for line in told})} sentences, {len(found)} patterns"]
    for each in found:
        lines.append(f"{each.kind}\t{each.count}\t{each.pattern}\t{each.where}")
        lines += [f"\t\t{words}" for words in each.examples]
        lines += [f"\t\t↕ {words}" for words in each.extremes]
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
