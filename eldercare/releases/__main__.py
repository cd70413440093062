"""The command line of releases: `python -m eldercare.releases`."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from eldercare import releases
from eldercare.data import catalogue, durable
from eldercare.data.validation import BrokenDatasets
from eldercare.releases import Release, journal, ledger, making, upgrades
from eldercare.releases.difference import CHANGED, GONE, NEW, Change
from eldercare.text import speak_anywhere

KIND_WORDS = {NEW: "新增", CHANGED: "修改", GONE: "删除"}


def main(arguments: list[str] | None = None) -> int:
    speak_anywhere()
    parser = argparse.ArgumentParser(
        prog="python -m eldercare.releases", description="数据版本：列出、比较、启用、退回"
    )
    parser.add_argument("--author", default=getpass.getuser(), help="操作人，默认是登录名")
    stated = "以管理员身份直接改动，不经第二人审核；记入日志。没有设 ELDERCARE_INTAKE=local 时，改动必须写明"
    parser.add_argument("--as-administrator", action="store_true", help=stated)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="列出全部版本")
    compare = commands.add_parser("difference", help="两个版本之间的变化")
    compare.add_argument("before")
    compare.add_argument("after", nargs="?", help="默认是当前版本")
    activate = commands.add_parser("activate", help="启用一个版本")
    activate.add_argument("release")
    activate.add_argument("--reason", required=True)
    back = commands.add_parser("rollback", help="退回上一个版本")
    back.add_argument("--reason", required=True)
    commands.add_parser(
        "create", help="把仓库 datasets/ 存为一个版本，并启用（仅当还没有任何版本）"
    )
    offered = commands.add_parser(
        "candidate", help="仓库 datasets/ 与当前版本来源的差异；--accept 时合并为新版本"
    )
    offered.add_argument("--accept", action="store_true")
    offered.add_argument("--reason", default="合并仓库更新")
    commands.add_parser("verify", help="核对每个版本的每个文件")
    commands.add_parser("log", help="打印日志，一个动作一行 JSON")
    options = parser.parse_args(arguments)
    changes_something = options.command in ("activate", "rollback", "create") or (
        options.command == "candidate" and options.accept
    )
    if changes_something and os.environ.get("ELDERCARE_INTAKE", "").strip().lower() != "local":
        if not options.as_administrator:
            return _fail(
                "这会绕过页面上的审核。单机自用请设 ELDERCARE_INTAKE=local；管理员确要直接改动，请写 --as-administrator（记入日志）。"
            )
        options.author = f"管理员 {options.author}（命令行）"
    try:
        return run(options)
    except KeyError as error:
        return _fail(
            f"没有完好的版本 {error.args[0]}（请给出至少8位编号；releases verify 列出不完整的）"
        )
    except (BrokenDatasets, durable.NotWritten, releases.Overtaken, LookupError) as error:
        return _fail(str(error))


def run(options: argparse.Namespace) -> int:
    """Carries out one command; the exit status is returned."""
    if options.command == "list":
        now = releases.active_id()
        for release in releases.listed():
            print(line(release, release.id == now))
        if now is None:
            print(f"没有启用任何版本：看板直接使用 {releases.repository_datasets()}")
    elif options.command == "difference":
        after = releases.find(options.after) if options.after else releases.active()
        folder = after.datasets if after else releases.repository_datasets()
        print_changes(releases.changes(releases.find(options.before).datasets, folder))
    elif options.command == "activate":
        print(
            line(
                releases.activate(
                    releases.find(options.release).id, options.author, options.reason
                ),
                True,
            )
        )
    elif options.command == "rollback":
        print(line(releases.roll_back(options.author, options.reason), True))
    elif options.command == "create":
        if releases.active_id():
            return _fail("已有启用的版本；仓库的变化请用 candidate")
        first = making.snapshot(options.author)
        print(line(releases.activate(first.id, options.author, "首个版本", expected=None), True))
    elif options.command == "candidate":
        found = upgrades.candidate()
        if found is None:
            print("仓库 datasets/ 没有当前版本未包含的变化")
            return 0
        print_changes(found.changes)
        for conflict in found.conflicts:
            print(
                "冲突　"
                + upgrades.conflict_words(
                    conflict, catalogue.read_package(releases.repository_datasets())
                )
            )
        if options.accept:
            print(line(upgrades.accept(found, options.author, options.reason), True))
    elif options.command == "log":
        for words in ledger.lines(releases.home()):
            print(words)
    elif options.command == "verify":
        wrong = {name[:8]: ["release.json"] for name in releases.unreadable()}
        wrong |= {
            release.short: releases.faults(release) or releases.built_faults(release)
            for release in releases.listed()
        }
        fault = releases.pointer_fault()
        if broken := journal.broken(releases.home()):
            fault += "日志第{lines}行与前一行对不上：文件可能被改动过。".format(
                lines="、".join(map(str, broken[:10]))
            )
        if fault:
            print(fault)
        for short, names in wrong.items():
            print(short, "完好" if not names else "、".join(names))
        return 1 if fault or any(wrong.values()) else 0
    return 0


def line(release: Release, is_active: bool) -> str:
    """One release in one line."""
    mark = "*" if is_active else " "
    kind = releases.KINDS[release.kind]
    return f"{mark} {release.short}  {release.created[:16]}  {release.version:<10} {kind}  {release.author}  {release.reason}"


def print_changes(changes: list[Change]) -> None:
    """Every change, one line each, field by field."""
    for change in changes:
        detail = (
            ""
            if change.kind != CHANGED
            else "：" + "；".join(f"{n} “{b}”→“{a}”" for n, b, a in change.fields)
        )
        print(f"{KIND_WORDS[change.kind]}  {change.table}  {' '.join(change.key)}{detail}")
    print(f"共{len(changes)}行")


def _fail(words: str) -> int:
    print(words, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
