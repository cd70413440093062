"""The server in a network namespace that holds nothing but itself: what is asked of it is answered, and nobody else is asked.

Where the kernel gives no namespace to this user the same walk runs with Python's own ways out cut off and noted, which it
does in any case: attempts of other code than Python's show only as a stall, and only in the namespace.
"""

import json
import subprocess
import sys

import pytest

from benchmarks.serving import ROOT

NAMESPACE = ["unshare", "--map-root-user", "--net"]
WALK = """
import fcntl, json, socket, struct, sys, time
from pathlib import Path

sys.path[:0] = ["tests", "."]
if sys.argv[2] == "namespace":
    with socket.socket() as any_:
        fcntl.ioctl(any_, 0x8914, struct.pack("16sh22x", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS: up and running
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=5)
    except OSError as error:
        assert error.errno == 101, error  # network is unreachable: there is no way out
    else:
        raise SystemExit("the namespace has a way out")

from benchmarks.serving import Session
from cut_off import cut_off
from menu import PAGES
from test_origins import FOREIGN, handshake

told = {"handshakes": [], "pages": {}}
with cut_off(Path(sys.argv[1])) as (server, attempts):
    for origin in FOREIGN:
        seconds, accepted = handshake(server, origin)
        told["handshakes"].append([origin, seconds, accepted])
    for page in PAGES:
        # The overview is the page without a name in the address.
        with Session(server.url, "" if page.url == "overview" else page.url, patience=180) as visitor:
            told["pages"][page.url] = list(map(str, visitor.run().faults()))
    told["attempts"] = attempts()
    told["log"] = Path(sys.argv[1], "log.txt").read_text(encoding="utf-8")
print(json.dumps(told))
"""


def has_namespaces() -> bool:
    try:
        return (
            subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0
        )
    except FileNotFoundError:
        return False


@pytest.mark.slow
def test_a_foreign_handshake_and_a_walk_over_all_pages_ask_nobody_outside(tmp_path):
    words = [
        sys.executable,
        "-c",
        WALK,
        str(tmp_path),
        "namespace" if has_namespaces() else "cut off",
    ]
    done = subprocess.run(
        [*NAMESPACE, *words] if words[-1] == "namespace" else words,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["attempts"] == [], words[-1]
    assert [
        (origin, accepted) for origin, _seconds, accepted in told["handshakes"] if accepted
    ] == []
    assert max(seconds for _origin, seconds, _accepted in told["handshakes"]) < 1.5, "a stall"
    assert len(told["pages"]) > 10 and not any(told["pages"].values()), told["pages"]
    assert "Traceback" not in told["log"]
