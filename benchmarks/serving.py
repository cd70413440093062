"""Starts the real server and talks to it as a browser does, without one.

Benchmarks use it, and so do the tests that need a whole server.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from google.protobuf.text_format import MessageToString
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parent.parent


class NotServing(RuntimeError):
    """The server ended, or did not answer in time; the text is what it printed."""


@dataclass
class Server:
    """A server of our own: its address, process and what it prints (standard output and errors together)."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def printed(self) -> str:
        """Everything the server has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def healthy(self) -> bool:
        """Whether the server accepts visitors now."""
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(entry: str = "dashboard.py", port: int = 8501, address: str = "127.0.0.1") -> list[str]:
    """What the README tells people to run, with an address of our own."""
    return [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        entry,
        "--server.port",
        str(port),
        "--server.address",
        address,
    ]


@contextmanager
def running(
    log: Path,
    tree: Path = ROOT,
    entry: str = "dashboard.py",
    environment: Mapping[str, str] | None = None,
    patience: float = 120,
    address: str = "127.0.0.1",
    port: int | None = None,
) -> Iterator[Server]:
    """The server of the project in `tree`, up and healthy; ended on the way out.

    `log` receives what it prints; `patience` is in seconds; `port` is a free one when not given. Raises `NotServing`.
    """
    port = port or free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command(entry, port, address),
            cwd=tree,
            env={**os.environ, **(environment or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        until = time.monotonic() + patience
        while not server.healthy():
            if process.poll() is not None or time.monotonic() > until:
                raise NotServing(server.printed())
            time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass
class Run:
    """One script run as the visitor receives it. `seconds`: from request to last message; `bytes`: on the wire."""

    seconds: float
    bytes: int
    messages: list[ForwardMsg] = field(repr=False)

    def elements(self) -> Counter[str]:
        """How many elements of each kind the run sent; an unchanged element counts like a new one."""
        return Counter(kind for kind, _element in self.sent())

    def sent(self) -> list[tuple[str, object]]:
        """The elements in the order sent: kind (containers are `block`, unchanged ones `unchanged`) and message."""
        found: list[tuple[str, object]] = []
        for message in self.messages:
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                found.append(("unchanged", message.ref_hash))
            elif kind == "delta" and message.delta.HasField("add_block"):
                found.append(("block", message.delta.add_block))
            elif kind == "delta" and message.delta.HasField("new_element"):
                element = message.delta.new_element
                name = element.WhichOneof("type")
                found.append((name, getattr(element, name)))
        return found

    def faults(self) -> list[object]:
        """The exceptions the visitor was shown, and a page that was not found."""
        found = [element for kind, element in self.sent() if kind == "exception"]
        return found + [
            m.page_not_found for m in self.messages if m.WhichOneof("type") == "page_not_found"
        ]

    def text(self) -> str:
        """All that was sent, as one string to search in."""
        return "\n".join(MessageToString(message, as_utf8=True) for message in self.messages)


class Session:
    """One visitor: a websocket that sends what Streamlit's own front end sends.

    Like the front end it answers with all widget values it holds and names the large elements it has kept.
    """

    def __init__(
        self,
        server_url: str,
        page: str = "",
        query: Mapping[str, object] | None = None,
        patience: float = 60,
        headers: Mapping[str, str] | None = None,
        subprotocols: Sequence[str] = ("streamlit",),
    ):
        self.page = page
        self.query = dict(query or {})
        self.patience = patience
        self.widgets: dict[str, WidgetState] = {}
        # What each widget offers, as the visitor reads it, and whether it takes one word or several.
        self.offered: dict[str, list[str]] = {}
        self.takes_one: set[str] = set()
        self._ids: dict[str, str] = {}
        self._kept: set[str] = set()
        self._page_hash = ""
        self._address = f"ws://{urlsplit(server_url).netloc}/_stcore/stream"
        # A browser always names the page that opens the connection.
        self._headers = {"Origin": server_url, **(headers or {})}
        self._subprotocols = [*subprotocols]
        self._closing = ExitStack()

    def __enter__(self) -> Session:
        self._socket = self._closing.enter_context(
            connect(
                self._address,
                subprotocols=self._subprotocols,
                additional_headers=self._headers,
                max_size=None,
                open_timeout=self.patience,
                compression=None,
            )
        )
        return self

    def __exit__(self, *_exception: object) -> None:
        self._closing.close()

    def run(self) -> Run:
        """Run the page, first or again, with the present query and widget values."""
        request = BackMsg()
        state = request.rerun_script
        state.query_string = urlencode(self.query, doseq=True)
        state.page_name = self.page
        state.page_script_hash = self._page_hash
        state.widget_states.widgets.extend(self.widgets.values())
        state.cached_message_hashes.extend(self._kept)
        state.context_info.timezone = "Asia/Shanghai"
        state.context_info.locale = "zh-CN"
        data = request.SerializeToString()
        started = time.perf_counter()
        self._socket.send(data)
        return self._receive(started)

    def choose(self, key: str, value: list[str] | str | bool) -> Run:
        """Set the widget with the given key as a visitor would, and run; the URL follows as it does in a browser."""
        state = WidgetState(id=self._ids[key])
        if isinstance(value, bool):
            state.bool_value = value
        elif isinstance(value, str):
            state.string_value = value
        else:
            state.string_array_value.data.extend(value)
        self.widgets[key] = state
        self.query[key] = value
        return self.run()

    def _receive(self, started: float) -> Run:
        messages: list[ForwardMsg] = []
        size = 0
        while True:
            data = self._socket.recv(timeout=self.patience)
            size += len(data)
            message = ForwardMsg.FromString(data)
            messages.append(message)
            self._remember(message)
            if (
                message.WhichOneof("type") == "script_finished"
                and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return Run(time.perf_counter() - started, size, messages)

    def _remember(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable:
            self._kept.add(message.hash)
        kind = message.WhichOneof("type")
        if kind == "page_info_changed":
            # The script changed the address.
            self.query = parse_qs(message.page_info_changed.query_string)
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "delta" and message.delta.HasField("new_element"):
            element = message.delta.new_element
            identifier = getattr(getattr(element, element.WhichOneof("type")), "id", "")
            # A widget's id is "$$ID-<hash>-<key>".
            if identifier.startswith("$$ID-"):
                key = identifier.split("-", 2)[2]
                self._ids[key] = identifier
                self._remember_offer(key, element)

    def _remember_offer(self, key: str, element: Element) -> None:
        kind = element.WhichOneof("type")
        options = getattr(getattr(element, kind), "options", ())
        self.offered[key] = [
            each if isinstance(each, str) else getattr(each, "content", "") for each in options
        ]
        if kind == "selectbox":
            self.takes_one.add(key)
