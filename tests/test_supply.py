"""The programs we stand on: every licence may be used by a public body, and what was not checked is not called sound."""

import json
import stat
import sys

import pytest

from eldercare import supply

RUNNING, SIGNING_IN, DEVELOPING = supply.GROUPS.values()


def test_every_installed_package_has_a_licence_that_may_be_used(capsys):
    assert [
        (package.name, package.licence) for package in supply.packages() if not package.fits
    ] == []
    assert supply.main(["licences"]) == supply.WELL
    shown = capsys.readouterr().out
    assert {"streamlit", "duckdb", "pandas", "plotly", "authlib", "pytest"} <= {
        line.split("\t")[0] for line in shown.splitlines()
    }


def test_what_is_delivered_needs_no_exception():
    found = supply.packages()
    assert {package.group for package in found} >= {RUNNING, SIGNING_IN, DEVELOPING}
    groups = {package.name: package.group for package in found}
    assert (groups["streamlit"], groups["uvicorn"], groups["cryptography"], groups["pytest"]) == (
        RUNNING,
        RUNNING,
        SIGNING_IN,
        DEVELOPING,
    )
    assert [
        package
        for package in found
        if package.group in (RUNNING, SIGNING_IN) and not supply.may_be_used(package.licence)
    ] == []


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-2-Clause", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", True),
        ("AGPL-3.0-or-later", False),
        ("GNU General Public License (GPL)", False),
        ("?", False),
        ("", False),
    ],
)
def test_which_licences_may_be_used(licence, may):
    assert supply.may_be_used(licence) is may


class Said(dict):
    """What a package says of itself."""

    def get_all(self, name):
        return self.get(name)


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        ({"License-Expression": "MIT"}, "MIT"),
        (
            {
                "License": "Copyright (c) 2020",
                "Classifier": ["License :: OSI Approved :: BSD License"],
            },
            "BSD",
        ),
        ({"License": "3-Clause BSD License"}, "BSD-3-Clause"),
        (
            {"Classifier": ["License :: OSI Approved :: GNU Affero General Public License v3"]},
            "GNU Affero General Public License v3",
        ),
        ({"License": "Proprietary"}, "?"),
        (
            {"enclosed": "Copyright (C) 2024\n\nPermission is hereby granted, free of charge, to"},
            "MIT",
        ),
        ({}, "?"),
    ],
)
def test_a_licence_is_what_the_package_says(said, licence):
    class Found:
        metadata = Said(said)

        def read_text(self, _name):
            return said.get("enclosed")

    assert supply.licence_of(Found()) == licence


@pytest.fixture
def pip_audit(tmp_path, monkeypatch):
    """A function that puts a program named pip-audit on the path, which answers as the real one does."""

    def answering(said, code=0):
        program = tmp_path / "pip-audit"
        program.write_text(
            f"#!{sys.executable}\nimport sys\nprint({said!r})\nsys.exit({code})\n", encoding="utf-8"
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(supply, "find_spec", lambda _name: None)

    return answering


FOUND = {"name": "a", "version": "1", "vulns": []}
WEAK = {"name": "b", "version": "2", "vulns": [{"id": "CVE-2026-1", "fix_versions": ["2.1"]}]}
# Word for word what pip-audit 2.10.1 says where it reaches no database: with the code 0 and "No known vulnerabilities found".
SKIPPED = {
    "name": "c",
    "skip_reason": "Dependency not found on PyPI and could not be audited: c (3)",
}


@pytest.mark.parametrize(
    ("said", "code", "ends", "words"),
    [
        (json.dumps({"dependencies": [FOUND]}), 0, supply.WELL, "没有已知漏洞"),
        (json.dumps({"dependencies": [FOUND, WEAK]}), 1, supply.NOT_WELL, "CVE-2026-1"),
        (json.dumps({"dependencies": [FOUND, SKIPPED]}), 0, supply.UNKNOWN, "没有查到1个（共2个）"),
        (json.dumps({"dependencies": [WEAK, SKIPPED]}), 1, supply.NOT_WELL, "没有查到1个"),
        (json.dumps({"dependencies": []}), 0, supply.UNKNOWN, ""),
        ("ConnectionError", 1, supply.UNKNOWN, "没有检查"),
    ],
)
def test_what_could_not_be_checked_is_said_and_never_sound(
    said, code, ends, words, pip_audit, capsys
):
    pip_audit(said, code)
    assert supply.main(["audit"]) == ends
    shown = "".join(capsys.readouterr())
    assert words in shown
    assert ("没有已知漏洞" in shown) == (ends == supply.WELL)


def test_without_pip_audit_it_says_that_nothing_was_checked(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(supply, "find_spec", lambda _name: None)
    assert supply.main(["audit"]) == supply.UNKNOWN
    assert "没有检查" in capsys.readouterr().err
