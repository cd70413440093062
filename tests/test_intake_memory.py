"""What a check may cost: memory in megabytes for whatever is uploaded, work that grows with the rows and not with their square."""

import json
import subprocess
import sys

import pytest
from hostile_files import FILES, REFUSED

from benchmarks.serving import ROOT

# The most that one check may add to the memory of the server, stated in docs/operations.md.
MOST_MB = 700
# Each file in a process of its own that has everything imported and has checked a small file before.
MEASURING = """
import json, os, resource, sys
from pathlib import Path
from eldercare.intake import accepting, reading, submissions

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

def check(name, data):
    try:
        found = accepting.evaluate(submissions.unsaved(name, "institutions"), data=data)
        return f"{len(found.proposal.changes)} changes, {len(found.proposal.checked.errors)} errors"
    except reading.Refused as refused:
        return str(refused)

check("a.csv", "机构名称,所在地区\\n测试院,松江区\\n".encode())
path = Path(sys.argv[1])
data = path.read_bytes()
before = peak()
said = check(path.name, data)
print(json.dumps([len(data) / 2**20, peak() - before, said]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("case", FILES)
def test_no_file_takes_more_memory_than_is_said(case, tmp_path, monkeypatch, record_property):
    name, make = FILES[case]
    (tmp_path / name).write_bytes(make())
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "var"))
    done = subprocess.run(
        [sys.executable, "-c", MEASURING, str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    megabytes, grown, said = json.loads(done.stdout)
    record_property("measured", f"{megabytes:.1f} MB: +{grown} MB, {said[:60]}")
    assert grown < MOST_MB, said
    if case in REFUSED:
        assert REFUSED[case] in said
    else:
        assert " changes, " in said or said == "表头下面没有数据", said
    print(f"{case}: {megabytes:.1f} MB, +{grown} MB, {said[:70]}")
