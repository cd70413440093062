"""The command line of the intake: `python -m eldercare.intake check|apply|template`."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from eldercare import durable, releases
from eldercare.difference import CHANGED, GONE, NEW
from eldercare.intake import accepting, error_report, forms, reading, roles, submissions, templates, wording
from eldercare.intake.accepting import Evaluation
from eldercare.intake.checking import LEVELS
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source
from eldercare.intake.understood import Doubt
from eldercare.text import _, speak_anywhere
from eldercare.validation import BrokenDatasets

KIND_WORDS = {NEW: _("新增"), CHANGED: _("修改"), GONE: _("删除")}


def main(arguments: list[str] | None = None) -> int:
    speak_anywhere()
    options = _parser().parse_args(arguments)
    try:
        return {"check": check, "apply": apply, "template": template}[options.command](options)
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
        print(_("错误报告：{path}").format(path=options.report))
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
            _("没有可以接受的行；留作草稿 {id}。新增和修改的行要有来源：--unit 与 --date，或 --source。").format(id=draft.id),
            file=sys.stderr,
        )
        return 1
    handed_in = submissions.submit(draft.id, who)
    if not who.own_eyes_suffice:
        print(_("已提交 {id}，待另一位审核人接受。").format(id=handed_in.id))
        return 0
    if not options.yes and input(_("接受以上{n}处变化？[y/N] ").format(n=len(found.acceptable))).strip().lower() != "y":
        print(_("没有应用；报送 {id} 待审核。").format(id=handed_in.id))
        return 1
    chosen = None if not options.rows else {c.name for c in found.proposal.changes if c.line in options.rows}
    release = accepting.accept(accepting.evaluate(handed_in), who, options.reason, chosen)
    print(_("已启用版本 {id}（{version}）").format(id=release.short, version=release.version))
    return 0


def template(options: argparse.Namespace) -> int:
    """Writes the workbook to fill in."""
    context = accepting.current_context()
    durable.put(options.file, templates.template(forms.form(context.package.table(options.table)), context, options.filled))
    return 0


def print_evaluation(found: Evaluation) -> None:
    """Columns, findings and the difference, as plain lines."""
    checked = found.proposal.checked
    print(_("工作表“{sheet}”，{n}行").format(sheet=checked.sheet, n=len(checked.lines)))
    for use in checked.uses:
        title = checked.form.column(use.column).title
        print(
            _("  {letter}列“{heading}”→ {title}：{filled}格，{errors}处错误").format(
                letter=use.letter, heading=use.heading, title=title, filled=use.filled, errors=use.errors
            )
        )
    for finding in sorted(checked.findings, key=lambda f: (f.line, f.level)):
        place = _("第{line}行").format(line=finding.line) if finding.line else ""
        proposal = _("　建议：{words}").format(words=finding.proposal) if finding.proposal else ""
        print(f"{LEVELS[finding.level]} {place} {finding.column} “{finding.value}”：{finding.reason}{proposal}")
    for change in found.proposal.changes:
        fields = wording.of_change(change, found.context, found.proposal.rows[change.name])
        detail = "；".join(
            f"{title} “{was}”→“{now}”" if change.kind == CHANGED else f"{title} “{now}”"
            for title, was, now in fields
            if change.kind != GONE
        )
        which = (_("第{line}行").format(line=change.line) if change.line else "") if change.kind == NEW else " ".join(change.key)
        print(f"{KIND_WORDS[change.kind]} {which} {found.proposal.words[change.name]} {detail}".rstrip())
    print(
        _("{same}行没有变化，{n}处变化，{errors}处错误").format(
            same=found.proposal.unchanged, n=len(found.proposal.changes), errors=len(checked.errors)
        )
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
    source = Source(options.source or "", options.unit or "", options.date or "", options.title or "")
    return {"complete": options.complete, "within": within, "source": source, "reason": options.reason}


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > reading.MAX_BYTES:
        raise reading.Refused(_("文件超过上限 {n} MB").format(n=reading.MAX_BYTES // 2**20))
    return path.read_bytes()


def _person(options: argparse.Namespace) -> Person:
    """Who hands in: with roles the name that was stated, which the log says; nobody while the intake is off."""
    if roles.mode() == roles.OFF:
        raise roles.NotAllowed(_("数据更新没有开通：单机自用设 ELDERCARE_INTAKE=local，多人用设 ELDERCARE_INTAKE=roles。"))
    if roles.mode() == roles.LOCAL:
        return roles.local_person()
    if not options.author:
        raise roles.NotAllowed(_("配置了角色：请用 --author 写明报送人，接受由另一位审核人在页面上做。"))
    return roles.require_submitter(roles.signed_in(options.author))


def _bar(share: float) -> None:
    if sys.stderr.isatty():
        print(f"\r{_('检查')} {share:4.0%}", end="" if share < 1 else "\n", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eldercare.intake", description=_("检查和应用各单位报来的表"))
    commands = parser.add_subparsers(dest="command", required=True)
    blank = commands.add_parser("template", help=_("写出空白模板；--filled 带上现有数据"))
    blank.add_argument("--filled", action="store_true")
    looking = commands.add_parser("check", help=_("只检查，不改变任何东西"))
    looking.add_argument("--report", type=Path, help=_("错误报告写到这个 .xlsx"))
    applying = commands.add_parser("apply", help=_("检查、显示差异，确认后成为新版本"))
    applying.add_argument("--yes", action="store_true", help=_("不再询问"))
    applying.add_argument("--rows", type=lambda words: {int(n) for n in words.split(",")}, help=_("只接受这些行，如 3,5,8"))
    applying.add_argument("--author", help=_("配置了角色时的报送人"))
    for command in (blank, looking, applying):
        command.add_argument("file", type=Path)
        command.add_argument("--table", required=True, choices=forms.TABLES)
    for command in (looking, applying):
        command.add_argument("--unit", help=_("报送单位"))
        command.add_argument("--date", help=_("报送日期或数据日期"))
        command.add_argument("--title", help=_("报送材料的标题"))
        command.add_argument("--source", help=_("已有来源的编号"))
        command.add_argument("--reason", default="", help=_("新版本的说明"))
        command.add_argument("--complete", action="store_true", help=_("文件是完整名单：缺少的行视为删除"))
        command.add_argument("--within", action="append", default=[], help=_("完整名单只对这个地区而言，可重复"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
