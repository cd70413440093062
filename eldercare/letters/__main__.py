"""The command line of letters: `python -m eldercare.letters -o FILE.zip` makes those to all 41 cities and 16 districts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from eldercare.faces.office_templates import UnusableTemplate
from eldercare.intake import accepting, dates
from eldercare.intake.understood import Doubt
from eldercare.letters import batch, requests


def main(arguments: list[str] | None = None) -> int:
    """Writes the archive; 1 when something stands in the way, which is said."""
    parser = argparse.ArgumentParser(
        prog="python -m eldercare.letters",
        description="商请补充数据函与核对表：每个地区、每个主管部门一份",
    )
    parser.add_argument(
        "--places", default="", help="地区代码，用逗号分开；默认全部41个城市和16个区"
    )
    parser.add_argument("--reply-by", default="", help="请回复日期，如 2027-01-15；不写则留空")
    parser.add_argument("-o", "--output", type=Path, default=Path("商请函.zip"), help="压缩包")
    options = parser.parse_args(arguments)
    try:
        asked = requests.every(options.places.split(",") if options.places else None)
        if not asked:
            raise ValueError(f"没有这些地区：{options.places}")
        data = batch.zipped(
            asked,
            accepting.current_context(),
            dates.single(options.reply_by),
            lambda share: print(f"\r{share:.0%}", end="", file=sys.stderr, flush=True),
        )
        options.output.write_bytes(data)
    except (UnusableTemplate, Doubt, ValueError, OSError) as error:
        print(f"没有生成：{error}", file=sys.stderr)
        return 1
    print(f"\n{options.output}：{len(asked)}封函，{len({each.place_code for each in asked})}个地区")
    return 0


if __name__ == "__main__":
    sys.exit(main())
