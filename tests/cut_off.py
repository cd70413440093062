"""A server that cannot leave its machine: every attempt is written down, and waits as long as a silent network lets it wait."""

from contextlib import contextmanager
from pathlib import Path

from benchmarks.serving import running

STALL = 3.0
# Python runs it in the server's own process before anything else.
_PATCH = """
import os, socket, time

_NOTES = {notes!r}
_lookup, _connect, _connect_ex = socket.getaddrinfo, socket.socket.connect, socket.socket.connect_ex


def _stays(host):
    name = host.decode() if isinstance(host, bytes) else host
    return name in (None, "", "localhost", "0.0.0.0", "::", "::1") or str(name).startswith("127.")


def _refused(what):
    with open(_NOTES, "a") as notes:
        notes.write(f"{{what}}\\n")
    time.sleep({stall})
    raise OSError("cut off")


def getaddrinfo(host, *rest, **named):
    return _lookup(host, *rest, **named) if _stays(host) else _refused(host)


def _guarded(original):
    def connect(self, address):
        inside = not isinstance(address, tuple) or _stays(address[0])
        return original(self, address) if inside else _refused(address)

    return connect


socket.getaddrinfo = getaddrinfo
socket.socket.connect, socket.socket.connect_ex = _guarded(_connect), _guarded(_connect_ex)
"""


@contextmanager
def cut_off(folder: Path, address: str = "127.0.0.1", **settings):
    """The real server and a function that lists what it tried to reach."""
    notes = folder / "attempts.txt"
    (folder / "sitecustomize.py").write_text(
        _PATCH.format(notes=str(notes), stall=STALL), encoding="utf-8"
    )
    with running(
        folder / "log.txt", environment={"PYTHONPATH": str(folder), **settings}, address=address
    ) as server:
        yield (
            server,
            lambda: notes.read_text(encoding="utf-8").splitlines() if notes.exists() else [],
        )
