"""The command line of the intake: `python -m eldercare.intake template|check|apply|accept`."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from eldercare import releases
from eldercare.data import catalogue, durable
from eldercare.data.validation import BrokenDatasets
from eldercare.intake import (
    accepting,
    error_report,
    forms,
    reading,
    roles,
    submissions,
    templates,
    usage,
    wording,
)
from eldercare.intake.accepting import Evaluation
from eldercare.intake.checking import LEVELS
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source
from eldercare.intake.understood import Doubt
from eldercare.releases.difference import CHANGED, GONE, NEW
from eldercare.text import speak_anywhere

KIND_WORDS = {NEW: "新增", CHANGED: "修改", GONE: "删除"}


def main(arguments: list[str] | None = None) -> int:
    speak_anywhere()
    options = _parser().parse_args(arguments)
    try:
        return {"check": check, "apply": apply, "accept": accept, "template": template}[
            options.command
        ](options)
    except (
        reading.Refused,
        Doubt,
        BrokenDatasets,
        durable.NotWritten,
        releases.Overtaken,
        roles.NotAllowed,
        accepting.NothingToAccept,
        ValueError,
    ) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(durable.in_words(error), file=sys.stderr)
        return 1


def check(options: argparse.Namespace) -> int:
    """Prints what was understood, what is wrong and what would change; changes nothing. 1 when there are errors."""
    found = _checked_only(options)
    print_evaluation(found)
    if options.report:
        durable.put(options.report, error_report.report(found.proposal.checked, options.file.name))
        print(f"错误报告：{options.report}")
    return 1 if found.proposal.checked.errors else 0


def apply(options: argparse.Namespace) -> int:
    """Hands the file in and, where one pair of eyes suffices, accepts it after a question."""
    who = _person(options)
    draft = submissions.start(options.file.name, _bytes(options.file), options.table, who)
    if roles.mode() == roles.ROLES:
        submissions.note_command_line(draft, getpass.getuser())
    draft = submissions.change(draft.id, who, **_settings(options))
    found = accepting.evaluate(draft, _bar)
    print_evaluation(found)
    if not found.acceptable:
        print(
            f"没有可以接受的行；留作草稿 {draft.id}。新增和修改的行要有来源：--unit 与 --date，或 --source。",
            file=sys.stderr,
        )
        return 1
    handed_in = submissions.submit(draft.id, who)
    if not who.own_eyes_suffice:
        print(f"已提交 {handed_in.id}，待另一位审核人接受。")
        return 0
    return _accepted(accepting.evaluate(handed_in), who, options)


def accept(options: argparse.Namespace) -> int:
    """Accepts what was handed in before and waits; without a number it lists what waits. Only in the single-user mode."""
    waiting = {s.id: s for s in submissions.listed(submissions.SUBMITTED)}
    if not options.submission:
        for submission in waiting.values():
            what = submission.filename or "更正一格"
            print(f"{submission.id}　{what}　{submission.table}　{submission.by}报送")
        print(f"待审核{len(waiting)}份。接受一份：python -m eldercare.intake accept 报送编号")
        return 0
    if roles.mode() == roles.ROLES:
        raise roles.NotAllowed(
            "配置了角色：命令行不能证明您是谁；接受请由另一位审核人登录后，在“数据更新”的“审核”里做。"
        )
    who = _person(options)
    if options.submission not in waiting:
        raise ValueError(_missing(options.submission))
    found = accepting.evaluate(waiting[options.submission], _bar)
    print_evaluation(found)
    return _accepted(found, who, options)


def _missing(identifier: str) -> str:
    """Why a submission cannot be accepted: there is none, or it does not wait."""
    try:
        found = submissions.read(identifier)
    except submissions.NotFound:
        return f"没有编号为“{identifier}”的报送；不写编号就列出待审核的。"
    return f"报送 {identifier} 现在是“{found.state_words}”，不在待审核里。"


def _accepted(found: Evaluation, who: Person, options: argparse.Namespace) -> int:
    """Asks once, and makes the release. 1 when nothing was accepted."""
    lines = {change.line for change in found.acceptable}
    if unknown := sorted((options.rows or set()) - lines):
        raise ValueError("第{lines}行没有可以接受的变化".format(lines="、".join(map(str, unknown))))
    chosen = (
        None if not options.rows else {c.name for c in found.acceptable if c.line in options.rows}
    )
    count = len(found.acceptable) if chosen is None else len(chosen)
    if count and not options.yes and input(f"接受以上{count}处变化？[y/N] ").strip().lower() != "y":
        print(f"没有应用；报送 {found.submission.id} 待审核。")
        return 1
    release = accepting.accept(found, who, options.reason, chosen)
    print(f"已启用版本 {release.short}（{release.version}）")
    return 0


def template(options: argparse.Namespace) -> int:
    """Writes the workbook to fill in."""
    context = accepting.current_context()
    durable.put(
        options.file,
        templates.template(
            forms.form(context.package.table(options.table)), context, options.filled
        ),
    )
    return 0


def print_evaluation(found: Evaluation) -> None:
    """Columns, findings and the difference, as plain lines."""
    checked = found.proposal.checked
    print(f"工作表“{checked.sheet}”，{len(checked.lines)}行")
    for use in checked.uses:
        title = checked.form.column(use.column).title
        print(f"  {use.letter}列“{use.heading}”→ {title}：{use.filled}格，{use.errors}处错误")
    for finding in sorted(checked.findings, key=lambda f: (f.line, f.level)):
        place = checked.place_of(finding.line) if finding.line else ""
        proposal = f"　建议：{finding.proposal}" if finding.proposal else ""
        print(
            f"{LEVELS[finding.level]} {place} {finding.column} “{finding.value}”：{finding.reason}{proposal}"
        )
    for change in found.proposal.changes:
        fields = wording.of_change(change, found.context, found.proposal.rows[change.name])
        detail = "；".join(
            f"{title} “{was}”→“{now}”" if change.kind == CHANGED else f"{title} “{now}”"
            for title, was, now in fields
            if change.kind != GONE
        )
        which = (
            (checked.place_of(change.line) if change.line else "")
            if change.kind == NEW
            else " ".join(change.key)
        )
        print(
            f"{KIND_WORDS[change.kind]} {which} {found.proposal.words[change.name]} {detail}".rstrip()
        )
    print(
        f"{found.proposal.unchanged}行没有变化，{len(found.proposal.changes)}处变化，{len(checked.errors)}处错误"
    )


def _checked_only(options: argparse.Namespace) -> Evaluation:
    """The evaluation of a file that is not handed in: nothing is kept."""
    name, data = options.file.name, _bytes(options.file)
    reading.checked_suffix(name)
    draft = submissions.unsaved(name, options.table, **_settings(options))
    return accepting.evaluate(draft, _bar, data)


def _settings(options: argparse.Namespace) -> dict[str, object]:
    gazetteer = accepting.current_context().gazetteer
    within = tuple(gazetteer.code(name) for name in options.within)
    source = Source(
        options.source or "", options.unit or "", options.date or "", options.title or ""
    )
    return {
        "complete": options.complete,
        "within": within,
        "source": source,
        "reason": getattr(options, "reason", ""),
    }


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > reading.MAX_BYTES:
        raise reading.Refused(f"文件超过上限 {reading.MAX_BYTES // 2**20} MB")
    return path.read_bytes()


def _person(options: argparse.Namespace) -> Person:
    """Who hands in: with roles the name that was stated, which the log says; nobody while the intake is off."""
    if roles.mode() == roles.OFF:
        raise roles.NotAllowed(
            "数据更新没有开通：单机自用设 ELDERCARE_INTAKE=local，多人用设 ELDERCARE_INTAKE=roles。"
        )
    if roles.mode() == roles.LOCAL:
        return roles.local_person()
    if not options.author:
        raise roles.NotAllowed(
            "配置了角色：请用 --author 写明报送人，接受由另一位审核人在页面上做。"
        )
    return roles.require_submitter(roles.signed_in(options.author))


def _bar(share: float) -> None:
    if sys.stderr.isatty():
        print(f"\r检查 {share:4.0%}", end="" if share < 1 else "\n", file=sys.stderr, flush=True)


def _rows(words: str) -> set[int]:
    return {int(number) for number in words.split(",")}


def _parser() -> argparse.ArgumentParser:
    parser = usage.Parser(
        prog="python -m eldercare.intake", description="检查、应用和接受各单位报来的表"
    )
    commands = parser.add_subparsers(dest="command", required=True, title="命令", metavar="命令")
    blank = commands.add_parser("template", help="写出空白模板；--filled 带上现有数据")
    blank.add_argument("--filled", action="store_true")
    looking = commands.add_parser("check", help="只检查，不改变任何东西")
    looking.add_argument("--report", metavar="文件", type=Path, help="错误报告写到这个 .xlsx")
    applying = commands.add_parser("apply", help="检查、显示差异，确认后成为新版本")
    accepting_ = commands.add_parser("accept", help="接受一份待审核的报送；不写编号就列出待审核的")
    accepting_.add_argument("submission", nargs="?", metavar="报送编号", help="如 20241008-1a2b3c")
    for command in (applying, accepting_):
        command.add_argument("--yes", action="store_true", help="不再询问")
        command.add_argument("--rows", type=_rows, metavar="行号", help="只接受这些行，如 3,5,8")
        command.add_argument("--reason", default="", metavar="说明", help="新版本的说明")
    applying.add_argument("--author", metavar="姓名或账号", help="配置了角色时的报送人")
    package = catalogue.read_package()
    for command in (blank, looking, applying):
        command.add_argument("file", type=Path, metavar="文件", help="报来的表，或模板写到哪里")
        tables = "、".join(f"{name}（{package.table(name).title}）" for name in forms.TABLES)
        command.add_argument(
            "--table", required=True, choices=forms.TABLES, metavar="数据表", help=tables
        )
    for command in (looking, applying):
        command.add_argument("--unit", metavar="单位", help="报送单位")
        command.add_argument("--date", metavar="日期", help="报送日期或数据日期")
        command.add_argument("--title", metavar="标题", help="报送材料的标题")
        command.add_argument("--source", metavar="来源编号", help="已有来源的编号")
        command.add_argument(
            "--complete", action="store_true", help="文件是完整名单：缺少的行视为删除"
        )
        command.add_argument(
            "--within",
            metavar="地区",
            action="append",
            default=[],
            help="完整名单只对这个地区而言，可重复",
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
