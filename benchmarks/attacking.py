"""Small clients that behave badly, each in its own way; `python -m benchmarks.attacking URL SECONDS` runs all of them.

Three that ask for pages without end and never read, two whose page belongs to another site, two that send files of 100 MB.
What they did is printed as JSON.
"""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg

FILE_MB = 100
ROOM = 32 * 1024


class Deaf:
    """A websocket that sends and never reads; what the library does beside us must not read either, so it is by hand."""

    def __init__(self, server_url: str, origin: str | None = None):
        parts = urlsplit(server_url)
        self.socket = socket.socket()
        # Little room, so that the server notices soon.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, ROOM)
        self.socket.settimeout(60)
        self.socket.connect((parts.hostname, parts.port))
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            "GET /_stcore/stream HTTP/1.1",
            f"Host: {parts.netloc}",
            f"Origin: {origin or server_url}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: streamlit",
            f"Sec-WebSocket-Key: {key}",
        ]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.status = int(self.socket.recv(200).split()[1])

    def send(self, data: bytes) -> None:
        """One binary message. Raises `OSError` when the server has ended the connection or takes nothing for a minute."""
        mask = os.urandom(4)
        size = (
            struct.pack("!B", 0x80 | len(data))
            if len(data) < 126
            else struct.pack("!BH", 0x80 | 126, len(data))
        )
        self.socket.sendall(
            b"\x82" + size + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))
        )

    def ask(self, times: int, page: str = "pairing", pause: float = 0.0) -> int:
        """Asks for a page again and again, with a pause of so many seconds; how often until the server had enough."""
        message = BackMsg()
        message.rerun_script.page_name = page
        data = message.SerializeToString()
        for done in range(times):
            try:
                self.send(data)
            except OSError:
                return done
            time.sleep(pause)
        return times

    def close(self) -> None:
        self.socket.close()


def flood(server_url: str) -> str:
    """Three hundred requests for a page from someone who does not read."""
    deaf = Deaf(server_url)
    if deaf.status != 101:
        deaf.close()
        return f"flood: {deaf.status}"
    done = deaf.ask(300, pause=0.05)
    time.sleep(5)
    deaf.close()
    return "flood: 300 asked" if done == 300 else "flood: ended by the server"


def foreign_handshake(server_url: str) -> str:
    """The page of another site opens a connection."""
    deaf = Deaf(server_url, "https://elsewhere.invalid")
    deaf.close()
    time.sleep(0.05)
    return f"foreign handshake: {deaf.status}"


def large_upload(server_url: str) -> str:
    """A file of 100 MB for an invented visit, sent whatever the server answers."""
    parts = urlsplit(server_url)
    head = f"PUT /_stcore/upload_file/x/y HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: {FILE_MB << 20}\r\n\r\n"
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        connection.sendall(head.encode())
        try:
            for _ in range(FILE_MB):
                connection.sendall(bytes(1 << 20))
        except OSError:
            time.sleep(0.2)
            return "upload: ended by the server"
        return "upload: read to its end"


def attack(server_url: str, seconds: float) -> Counter[str]:
    """All of them at once for so many seconds; what came of it, counted."""
    found: Counter[str] = Counter()
    until = time.monotonic() + seconds

    def go_on(behave: Callable[[str], str]) -> None:
        while time.monotonic() < until:
            try:
                found[behave(server_url)] += 1
            except (OSError, IndexError) as error:
                found[f"{behave.__name__}: {type(error).__name__}"] += 1

    threads = [
        threading.Thread(target=go_on, args=[what], daemon=True)
        for what in (*[flood] * 3, *[foreign_handshake] * 2, *[large_upload] * 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()) + 5)
    return found


if __name__ == "__main__":
    # An attacker's processors are elsewhere: what it costs to attack must not be taken for what the attack does.
    os.nice(19)
    print(json.dumps(attack(sys.argv[1], float(sys.argv[2]))))
