"""The command line of ledgers: `python -m eldercare.ledgers ask FOLDER settled_cases -o FILE.csv`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from eldercare import ledgers
from eldercare.ledgers import engines, making
from eldercare.text import speak_anywhere

DEMO = "演示数据"


def main(arguments: list[str] | None = None) -> int:
    speak_anywhere()
    parser = argparse.ArgumentParser(
        prog="python -m eldercare.ledgers",
        description="大台账的汇总：床位逐日、结算逐月，存成按月分文件夹的 Parquet；看板不读它们，只收汇总",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", help="造一份演示台账，用来测速；不是真实记录")
    make.add_argument("folder", type=Path, help="新建的文件夹")
    make.add_argument("--rows", type=int, default=1_000_000, help="每种台账的行数，默认一百万")
    make.add_argument("--seed", type=int, default=1, help="同一个数造出同样的台账")
    ask = commands.add_parser("ask", help="汇总一次，结果存成 CSV")
    ask.add_argument("folder", type=Path, help="台账所在的文件夹")
    ask.add_argument("question", choices=ledgers.questions(), help="问什么")
    ask.add_argument(
        "--engine",
        choices=engines.ENGINES,
        default="duckdb",
        help=f"spark 用 {engines.SPARK} 指定集群",
    )
    ask.add_argument("-o", "--output", type=Path, required=True, help="CSV 文件")
    options = parser.parse_args(arguments)
    try:
        if options.command == "make":
            making.make(options.folder, options.rows, options.seed)
            print(f"已造好演示台账：{options.folder}（每种{options.rows:,}行）")
            return 0
        answer = engines.ENGINES[options.engine](options.folder, options.question)
    except FileExistsError:
        print(f"{options.folder} 已经在了：请换一个新的文件夹名", file=sys.stderr)
        return 1
    except ValueError:
        print("行数至少是1", file=sys.stderr)
        return 1
    except engines.NotThere as fault:
        print(fault, file=sys.stderr)
        return 1
    told(answer, ledgers.demo(options.folder)).to_csv(options.output, index=False)
    print(
        f"{len(answer):,}行，已存为 {options.output}"
        + (f"（{DEMO}）" if ledgers.demo(options.folder) else "")
    )
    return 0


def told(answer: pd.DataFrame, demo: bool) -> pd.DataFrame:
    """As it leaves: made-up rows say so in each line, what is fewer than ten is no number."""
    if "under_ten" in answer:
        cases = answer["cases"].astype("Int64").astype("string")
        answer = answer.assign(cases=cases.mask(answer["under_ten"].astype(bool), "少于10"))
        answer = answer.drop(columns="under_ten")
    return answer.assign(note=DEMO) if demo else answer


if __name__ == "__main__":
    sys.exit(main())
