"""The command line of decks: `python -m eldercare.talks export --deck city:320500 --format pptx -o FILE`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from eldercare.data import durable
from eldercare.data.validation import BrokenDatasets
from eldercare.faces.fonts import MissingFont
from eldercare.faces.native import DOCX, FORMATS
from eldercare.faces.office_templates import UnusableTemplate
from eldercare.talks import decks, files_of, making, meetings, place_books, reports
from eldercare.talks.decks import UnknownDeck
from eldercare.talks.files_of import File
from eldercare.text import speak_anywhere

ALL_CITIES = "cities"
BAR = 24


def main(arguments: list[str] | None = None) -> int:
    speak_anywhere()
    parser = argparse.ArgumentParser(
        prog="python -m eldercare.talks",
        description="论坛演示：按数据版本导出演示文稿、简报、工作簿与网页",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    export = commands.add_parser("export", help="导出一份演示，或全部41个城市（--deck cities）")
    export.add_argument(
        "--deck",
        help="region、province:330000、city:320500、pair:310117|330400、own:图表,图表；cities 为全部城市；后面加 ;tiles 不含地图",
    )
    export.add_argument("--file", type=Path, help="用页面上下载的演示文件（.json）代替 --deck")
    export.add_argument("--format", required=True, choices=FORMATS, help="文件种类")
    _frozen(export)
    export.add_argument(
        "-o", "--output", type=Path, help="文件；--deck cities 时是文件夹。默认在当前文件夹"
    )
    report = commands.add_parser("report", help="养老数据报告：长三角、一个省或几个地区")
    report.add_argument(
        "--places",
        default="",
        help="地区代码，用逗号分开，如 330000 或 320500,330400；默认是长三角",
    )
    report.add_argument("--format", default=DOCX, choices=reports.FORMATS, help="文件种类")
    _frozen(report)
    report.add_argument("-o", "--output", type=Path, help="文件；默认在当前文件夹")
    book = commands.add_parser("book", help="一城一页：41个城市与上海16个区，一个文件")
    book.add_argument("--places", default="", help="只做这些地区（代码，用逗号分开）；默认全部57个")
    book.add_argument("--format", default=place_books.PDF, choices=place_books.WRITERS, help="文件种类")  # fmt: skip
    _frozen(book)
    book.add_argument("-o", "--output", type=Path, help="文件；默认在当前文件夹")
    meeting = commands.add_parser(
        "meeting", help="会议包：简报、演示、任务单、口径卡、数据，一个 zip"
    )
    meeting.add_argument(
        "--since", required=True, help="上次会议：日期（2025-11-22）或数据版本编号（至少8位）"
    )
    _frozen(meeting)
    meeting.add_argument("-o", "--output", type=Path, help="文件；默认在当前文件夹")
    commands.add_parser("charts", help="列出自选图表的名称")
    options = parser.parse_args(arguments)
    if options.command == "charts":
        for name, maker in decks.MAKERS.items():
            print(
                f"{name}{'@' + '|'.join(['地区代码'] * abs(maker.places)) if maker.places else ''}"
                f"{'|地区代码…' if maker.places == decks.MANY else ''}　{maker.title}"
            )
        return 0
    try:
        return run(options) if options.command == "export" else long_work(options)
    except (
        UnknownDeck,
        UnusableTemplate,
        MissingFont,
        BrokenDatasets,
        durable.NotWritten,
    ) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(durable.in_words(error))


def run(options: argparse.Namespace) -> int:
    """Carries out an export; the exit status is returned."""
    if bool(options.deck) == bool(options.file):
        return _fail("请用 --deck 或 --file 指明一份演示（二选一）")
    if options.deck == ALL_CITIES:
        folder = options.output or Path()
        folder.mkdir(parents=True, exist_ok=True)
        for done, total, path in files_of.batch(
            folder, options.format, options.release, options.as_of
        ):
            print(f"\r{bar(done, total)} {path.name:<44}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        print(f"{total}个文件在 {folder}")
        return 0
    if options.file:
        read = decks.from_json(options.file.read_bytes())
        deck = decks.parse(
            read.words,
            options.release or read.release,
            options.as_of or (read.as_of.isoformat() if read.as_of else ""),
        )
    else:
        deck = decks.parse(options.deck, options.release, options.as_of)
    talk = making.talk(deck)
    content = files_of.made(talk, options.format)
    path = options.output or Path(making.file_name(talk, deck, options.format))
    durable.put(path, content)
    print(f"{path}　{len(talk.exhibits)}张图表　{len(content) / 1e6:.2f} MB　{talk.dated}　内容指纹 {talk.fingerprint}")  # fmt: skip
    return 0


def _frozen(command: argparse.ArgumentParser) -> None:
    """What ties a file to one release and one date."""
    command.add_argument("--release", default="", help="数据版本编号（至少8位）；默认是当前版本")
    command.add_argument(
        "--as-of", default="", help="时限按哪一天计算，如 2026-11-22；默认是版本的数据日期"
    )


def long_work(options: argparse.Namespace) -> int:
    """Makes a report, a book or a pack under a bar; the exit status is returned."""
    if options.command == "meeting":
        day = decks.day_of(options.as_of)
        return _written(meetings.file(options.since, options.release, day), options.output)
    codes = tuple(filter(None, options.places.split(",")))
    make = {"report": reports.file, "book": place_books.file}[options.command]
    day = decks.day_of(options.as_of)
    return _written(make(codes, options.release, day, options.format), options.output)


def _written(steps: Iterator[tuple[int, int] | File], output: Path | None) -> int:
    """Makes a file under a bar and puts it where it was asked for."""
    for step in steps:
        if isinstance(step, File):
            path = output or Path(step.name)
            durable.put(path, step.content)
            print(f"\n{path}　{len(step.content) / 1e6:.2f} MB")
        else:
            print(f"\r{bar(*step)}", end="", file=sys.stderr, flush=True)
    return 0


def bar(done: int, total: int) -> str:
    """[██████░░░░] 12/41"""
    full = BAR * done // max(total, 1)
    return f"[{'█' * full}{'░' * (BAR - full)}] {done}/{total}"


def _fail(words: str) -> int:
    print(words, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
