"""Whose programs we stand on: under which licences, and with which known weaknesses. Not part of the server.

    python -m eldercare.supply licences    every package that is installed here, what needs it, its licence
    python -m eldercare.supply audit       asks pip-audit, where the network allows; says plainly what it could not check

Ends with 0 when all is well, 1 when something is not, 2 when it could not be found out.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from eldercare.data.catalogue import ROOT

# What a public body may use, change and pass on without asking, and without having to publish what it adds.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "HPND", "ISC", "MIT", "MIT-0", "MIT-CMU",
    "MPL-2.0", "PSF-2.0", "Unlicense", "Zlib",
}  # fmt: skip
# Other licences, each with the reason why it is no burden. Only for tools that are not delivered.
EXCEPTIONS = {"text-unidecode": "Artistic，只由开发工具 frictionless 用到，不随看板交付"}
# How packages write what they mean; looked for in this order.
_MEANT = {
    r"\bApache\b": "Apache-2.0",
    r"Mozilla Public License 2|MPL.?2": "MPL-2.0",
    r"\bBSD.?3|3.Clause BSD": "BSD-3-Clause",
    r"\bBSD.?2|2.Clause BSD": "BSD-2-Clause",
    r"\bBSD\b": "BSD",
    r"\bISC\b": "ISC",
    r"\bMIT\b|Permission is hereby granted, free of charge": "MIT",
    r"Python Software Foundation|\bPSF\b": "PSF-2.0",
}
GROUPS = {
    "requirements.txt": "运行",
    "requirements-auth.txt": "登录",
    "requirements-dev.txt": "开发",
}
OTHERS = "其他"
WELL, NOT_WELL, UNKNOWN = 0, 1, 2


@dataclass(frozen=True)
class Package:
    """An installed package. `group`: what needs it first, of running, signing in and developing."""

    name: str
    version: str
    group: str
    licence: str

    @property
    def fits(self) -> bool:
        """Whether its licence is on the list, or it is a named exception outside what is delivered."""
        return may_be_used(self.licence) or (
            self.name in EXCEPTIONS and self.group in (GROUPS["requirements-dev.txt"], OTHERS)
        )


def licence_of(found: Distribution) -> str:
    """The licence as an SPDX expression, from what the package says of itself; "?" when it says nothing understandable."""
    said = found.metadata
    if expression := said.get("License-Expression"):
        return str(expression)
    classified = [
        words.rpartition("::")[2]
        for words in said.get_all("Classifier") or []
        if words.startswith("License ::")
    ]
    # A whole licence text in place of its name begins with the name, if at all.
    for words in (*classified, (said.get("License") or "")[:100], _enclosed(found)):
        for pattern, meant in _MEANT.items():
            if re.search(pattern, words):
                return meant
    return "; ".join(classified).strip() or "?"


def _enclosed(found: Distribution) -> str:
    """How the licence text that a package brings along begins: some name it nowhere else."""
    return (found.read_text("licenses/LICENSE") or "")[:300]


def may_be_used(licence: str) -> bool:
    """Whether an SPDX expression is met by licences of the list: one side of OR, both sides of AND."""
    return any(
        all(part.strip(" ()") in ALLOWED for part in re.split(r"\bAND\b", choice))
        for choice in re.split(r"\bOR\b", licence)
    )


def packages() -> list[Package]:
    """Every installed package, by name."""
    installed = {canonicalize_name(found.metadata["Name"]): found for found in distributions()}
    groups: dict[str, str] = {}
    for file, group in GROUPS.items():
        for name in _needed(
            _required((ROOT / file).read_text(encoding="utf-8").splitlines()), installed
        ):
            groups.setdefault(name, group)
    return [
        Package(name, found.version, groups.get(name, OTHERS), licence_of(found))
        for name, found in sorted(installed.items())
    ]


def _required(lines: Iterable[str]) -> list[Requirement]:
    return [Requirement(line) for line in lines if line.strip() and not line.startswith(("#", "-"))]


def _needed(wanted: list[Requirement], installed: dict[str, Distribution]) -> set[str]:
    """The installed packages that these require, directly or through others."""
    found: set[str] = set()
    waiting = [
        (requirement, extra) for requirement in wanted for extra in ("", *requirement.extras)
    ]
    seen = set()
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if (name, extra) in seen or name not in installed:
            continue
        seen.add((name, extra))
        found.add(name)
        for line in installed[name].requires or []:
            inner = Requirement(line)
            if inner.marker is None or inner.marker.evaluate({"extra": extra}):
                waiting += [(inner, more) for more in ("", *inner.extras)]
    return found


def licences() -> int:
    """Prints the list; `NOT_WELL` when a licence is not on the list of those that may be used."""
    found = packages()
    for package in found:
        mark = (
            ""
            if may_be_used(package.licence)
            else EXCEPTIONS.get(package.name, "")
            if package.fits
            else "不在许可清单里"
        )
        print(
            f"{package.name}\t{package.version}\t{package.group}\t{package.licence}\t{mark}".rstrip()
        )
    bad = [package.name for package in found if not package.fits]
    if bad:
        print(
            "{n}个程序库的许可不在清单里：{names}".format(n=len(bad), names="、".join(bad)),
            file=sys.stderr,
        )
        return NOT_WELL
    print(f"共{len(found)}个程序库，许可都在清单里。")
    return WELL


def audit() -> int:
    """Asks pip-audit about every package; `UNKNOWN` when even one could not be checked."""
    program = (
        [sys.executable, "-m", "pip_audit"]
        if find_spec("pip_audit")
        else [shutil.which("pip-audit") or ""]
    )
    if not program[-1]:
        print(
            "没有检查：这里没有 pip-audit（装在另一个环境里即可：pip install pip-audit）。",
            file=sys.stderr,
        )
        return UNKNOWN
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder) / "installed.txt"
        pins.write_text(
            "".join(f"{package.name}=={package.version}\n" for package in packages()),
            encoding="utf-8",
        )
        command = [
            *program,
            "-r",
            str(pins),
            "--no-deps",
            "--disable-pip",
            "--format",
            "json",
            "--progress-spinner",
            "off",
        ]
        try:
            said = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        except subprocess.TimeoutExpired:
            print("没有检查：漏洞库十分钟没有答复。", file=sys.stderr)
            return UNKNOWN
    try:
        checked = json.loads(said.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (said.stderr.strip().splitlines() or [""])[-1]
        print(
            f"没有检查：pip-audit 没有得到结果（多半是连不上漏洞库）。{last[:300]}", file=sys.stderr
        )
        return UNKNOWN
    weak = [(one["name"], one["version"], flaw) for one in checked for flaw in one.get("vulns", [])]
    for name, version, flaw in weak:
        mended = "、".join(flaw.get("fix_versions", [])) or "尚无"
        print(
            "{name} {version}：{id}，已修复的版本：{mended}".format(
                name=name, version=version, id=flaw["id"], mended=mended
            )
        )
    # It calls "none found" also what it could not look up.
    skipped = [one["name"] for one in checked if "skip_reason" in one]
    if skipped:
        words = "没有查到{n}个（共{all}个）：漏洞库里没有，或连不上：{names}"
        print(
            words.format(n=len(skipped), all=len(checked), names="、".join(skipped)),
            file=sys.stderr,
        )
    if weak:
        return NOT_WELL
    if skipped or not checked:
        return UNKNOWN
    print(f"查了{len(checked)}个程序库，没有已知漏洞。")
    return WELL


def main(words: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m eldercare.supply", description="程序库的许可与已知漏洞"
    )
    parser.add_argument("what", choices=["licences", "audit"])
    return {"licences": licences, "audit": audit}[parser.parse_args(words).what]()


if __name__ == "__main__":
    sys.exit(main())
