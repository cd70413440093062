"""Nobody freezes the others: floods wait, who does not read is dropped, files are taken only where and when they fit."""

import asyncio
import contextlib
import http.client
import threading
import time
import urllib.request
from urllib.parse import urlsplit

import psutil
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.attacking import Deaf
from benchmarks.machine import processor_seconds
from benchmarks.serving import Session, running
from eldercare.intake import admission
from eldercare.web import pacing, turns, uploads
from eldercare.web.turns import Seat, Turns


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("pacing")
    with running(
        home / "log.txt",
        environment={"ELDERCARE_HOME": str(home / "var"), "ELDERCARE_INTAKE": "local"},
    ) as server:
        yield server


def rerun():
    message = BackMsg()
    message.rerun_script.page_name = "pairing"
    return message.SerializeToString()


def is_dropped(server, client, within=60):
    """Whether the server gives a connection up; the other end of it learns that only when it reads."""
    port, until = client.socket.getsockname()[1], time.monotonic() + within
    while time.monotonic() < until:
        if not any(
            found.raddr and found.raddr.port == port
            for found in psutil.Process(server.process.pid).net_connections()
        ):
            return True
        time.sleep(0.2)
    return False


# A whole server


@pytest.mark.slow
def test_a_flood_from_clients_that_do_not_read_leaves_the_others_their_pace(server):
    with Session(server.url, "pairing") as visitor:
        visitor.run()
        quiet = max(visitor.run().seconds for _ in range(5))
        deaf = [Deaf(server.url) for _ in range(3)]
        flooding = [
            threading.Thread(target=client.ask, args=(300,), kwargs={"pause": 0.02}, daemon=True)
            for client in deaf
        ]
        for thread in flooding:
            thread.start()
        flooded = []
        for _ in range(10):
            flooded.append(visitor.run().seconds)
            time.sleep(0.5)
    # The machine may be busy with other things; a server that works off the flood first takes a minute.
    assert max(flooded) < 4 * quiet + 2
    assert all(is_dropped(server, client) for client in deaf)
    before = processor_seconds(server.process.pid)
    time.sleep(3)
    assert processor_seconds(server.process.pid) - before < 1


@pytest.mark.slow
def test_a_server_stops_although_someone_does_not_read(tmp_path):
    with running(tmp_path / "log.txt") as server:
        deaf = Deaf(server.url)
        deaf.ask(200)
        assert is_dropped(server, deaf)
        server.process.terminate()
        assert server.process.wait(timeout=15) is not None
    assert "Traceback" not in server.printed()


# Turns


def in_turn(seats, at_once, seconds=0.01):
    """Who draws when all ask at the same moment, in order."""
    order = []

    async def everybody():
        found = Turns(at_once)

        async def draw(name, seat):
            await found.take(seat)
            order.append(name)
            await asyncio.sleep(seconds)
            found.end(seat)

        await asyncio.gather(*(draw(name, seat) for name, seat in seats.items()))
        assert not found.drawing and not found.waiting

    asyncio.run(everybody())
    return order


def seat(used):
    found = Seat()
    found.use.add(used)
    return found


def test_who_used_least_is_next():
    assert in_turn({"first": seat(0), "much": seat(5), "some": seat(2), "little": seat(1)}, 1) == [
        "first",
        "little",
        "some",
        "much",
    ]


def test_what_was_used_is_forgotten(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(turns.time, "monotonic", lambda: now[0])
    use = turns.Use(at=now[0])
    use.add(8)
    now[0] += turns.HALF_LIFE
    assert use.now() == pytest.approx(4)


def test_who_used_much_draws_only_when_nobody_else_does():
    async def story():
        found, busy, busier, thinker = Turns(2), seat(turns.MUCH + 1), seat(turns.MUCH + 2), seat(0)
        await found.take(busy)
        second = asyncio.create_task(found.take(busier))
        await asyncio.sleep(0)
        assert busier.since is None
        await asyncio.wait_for(found.take(thinker), 1)
        found.end(busy)
        await asyncio.sleep(0)
        assert busier.since is None
        await asyncio.sleep(0.05)
        found.end(thinker)
        await asyncio.wait_for(second, 1)
        assert busier.since is not None

    asyncio.run(story())


@pytest.mark.parametrize(("others", "rests"), [(True, 3 * turns.REST), (False, 0)])
def test_those_who_used_much_get_a_small_share_however_many_they_are_while_there_are_others(
    others, rests
):
    seats = {str(number): seat(turns.MUCH + 1) for number in range(4)} | (
        {"other": seat(0)} if others else {}
    )
    began = time.monotonic()
    order = in_turn(dict(reversed(seats.items())), 1, 0.05)
    took = time.monotonic() - began
    assert (order[0] == "other") == others
    assert took > 0.05 * (4 + rests) * 0.9 and (others or took < 0.05 * (4 + 2 * turns.REST))


def test_a_turn_ends_by_itself_and_a_seat_that_leaves_keeps_none(monkeypatch):
    monkeypatch.setattr(turns, "LONGEST", 0.05)

    async def story():
        found, one, two, gone = Turns(1), Seat(), Seat(), Seat()
        await found.take(one)
        leaving = asyncio.create_task(found.take(gone))
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.wait_for(found.take(two), 1)
        await asyncio.wait_for(found.take(two), 1)
        assert found.drawing == {two} and not found.waiting

    asyncio.run(story())


# One connection


class Wire:
    """A websocket without a network: what arrives, what is sent, how long it took."""

    def __init__(self, *arriving):
        self.arriving = list(arriving)
        self.sent = []

    async def receive(self):
        await asyncio.sleep(0.001)
        return (
            self.arriving.pop(0)
            if self.arriving
            else {"type": "websocket.disconnect", "code": 1000}
        )

    async def send(self, message):
        self.sent.append(message)


def served(wires, who="7.7.7.7", finishes=True):
    """Runs an application that reads all and says after each message that the page is drawn; seconds, and messages read."""
    drawn = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY).SerializeToString()
    read = []

    async def application(_scope, receive, send):
        while (message := await receive())["type"] != "websocket.disconnect":
            read.append(message)
            if finishes:
                await send({"type": "websocket.send", "bytes": drawn})

    async def everybody():
        paced = pacing.Paced(application)
        scope = {"type": "websocket", "visitor": who, "extensions": {"websocket.http.response": {}}}
        await asyncio.gather(*(paced(scope, wire.receive, wire.send) for wire in wires))
        assert not paced.open and not paced.turns.drawing

    began = time.monotonic()
    asyncio.run(everybody())
    return time.monotonic() - began, len(read)


def asking(times, data=None):
    return Wire(*({"type": "websocket.receive", "bytes": data or rerun()} for _ in range(times)))


def test_as_many_messages_as_a_person_sends_pass_at_once():
    seconds, read = served([asking(int(pacing.MESSAGES_AT_ONCE))])
    assert (seconds < 1, read) == (True, pacing.MESSAGES_AT_ONCE)


@pytest.mark.slow
def test_more_messages_wait_and_none_is_lost():
    more = 4
    seconds, read = served([asking(int(pacing.MESSAGES_AT_ONCE) + more)])
    assert read == pacing.MESSAGES_AT_ONCE + more
    assert seconds >= more / pacing.MESSAGES_A_SECOND * 0.9


def test_who_asks_before_the_last_page_is_drawn_takes_turns_like_one_who_used_much():
    seen = []

    async def application(_scope, receive, _send):
        while (await receive())["type"] != "websocket.disconnect":
            seen.append(seats[0].use.now())

    paced, seats = pacing.Paced(application), []
    take = paced.turns.take

    async def noting(seat):
        seats.append(seat)
        await take(seat)
        paced.turns.end(seat)

    paced.turns.take = noting
    wire = asking(8)
    asyncio.run(paced({"type": "websocket", "visitor": "7.7.7.7"}, wire.receive, wire.send))
    assert seen[0] < 1 and seen[-1] > turns.MUCH


@pytest.mark.slow
def test_large_messages_count_more():
    seconds, read = served([asking(3, b"x" * int(pacing.PORTION * pacing.MESSAGES_AT_ONCE / 2))])
    assert (seconds > 1, read) == (True, 3)


def test_who_asks_without_a_pause_is_ended(monkeypatch):
    monkeypatch.setattr(pacing, "ENDLESS", 0.5)
    monkeypatch.setattr(pacing, "MESSAGES_A_SECOND", 10.0)
    wire = asking(60)
    _seconds, read = served([wire])
    assert read < 40
    assert wire.sent[-1] == {"type": "websocket.close", "code": pacing.POLICY}


def test_what_is_no_message_of_ours_goes_on_to_streamlit():
    assert served([asking(2, b"\xff\xff\xff")])[1] == 2


def test_an_address_opens_no_more_connections_than_it_may(monkeypatch):
    monkeypatch.setattr(pacing, "OF_AN_ADDRESS", 2)
    wires = [asking(1) for _ in range(5)]
    served(wires)
    statuses = [wire.sent[0].get("status") for wire in wires if wire.sent]
    assert statuses.count(503) == 3


def test_an_address_opens_no_more_connections_a_second_than_it_may(monkeypatch):
    monkeypatch.setattr(pacing, "OPENED_AT_ONCE", 3.0)
    wires = [asking(1) for _ in range(5)]
    served(wires)
    assert [wire.sent[0].get("status") for wire in wires].count(503) == 2


def test_a_deck_is_made_for_few_at_once_and_the_rest_may_come_later():
    at_once, most = [0], [0]

    async def application(_scope, _receive, send):
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        await asyncio.sleep(0.01)
        at_once[0] -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def everybody():
        few = pacing.FewAtOnce(application, {"/slides"}, at_once=2, waiting=3)
        wires = [Wire() for _ in range(9)]
        scope = {"type": "http", "method": "GET", "path": "/slides", "headers": []}
        await asyncio.gather(*(few(scope, wire.receive, wire.send) for wire in wires))
        await few({**scope, "path": "/slides/"}, wires[0].receive, wires[0].send)
        return [wire.sent[0]["status"] for wire in wires]

    assert (sorted(asyncio.run(everybody())), most[0]) == ([200] * 5 + [503] * 4, 2)


# Files


class Sender:
    """A browser that may have been shown the field for files."""

    def __init__(self, server, page="intake"):
        self.server = server
        with urllib.request.urlopen(f"{server.url}/_stcore/health") as answer:
            self.token = answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0].strip('"')
        self.session = Session(server.url, page)

    def __enter__(self):
        self.session.__enter__()
        run = self.session.run()
        (self.visit,) = [
            m.new_session.initialize.session_id
            for m in run.messages
            if m.WhichOneof("type") == "new_session"
        ][:1]
        return self

    def __exit__(self, *rest):
        self.session.__exit__(*rest)

    def put(self, megabytes, name="a", size=None, chunked=False):
        """Status of the answer to a file."""
        parts = urlsplit(self.server.url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
        body = head + bytes(int(megabytes * uploads.MB)) + b"\r\n--x--\r\n"
        headers = {
            "Content-Type": "multipart/form-data; boundary=x",
            "X-Xsrftoken": self.token,
            "Cookie": f"_streamlit_xsrf={self.token}",
            "Origin": self.server.url,
        }
        if not chunked:
            headers["Content-Length"] = str(size or len(body))
        address = f"/_stcore/upload_file/{self.visit}/{name}"
        # A server that refuses does not wait for the rest.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.request(
                "PUT", address, iter([body]) if chunked else body, headers, encode_chunked=chunked
            )
        return connection.getresponse().status


@pytest.mark.slow
def test_files_are_taken_only_from_who_was_shown_the_field(server):
    with Sender(server, "pairing") as reader:
        assert reader.put(0.1) == 403
    with Sender(server) as clerk:
        assert clerk.put(0.1) == 204
        assert clerk.put(0.1, size=100 * uploads.MB) == 413
        assert clerk.put(0.1, chunked=True) == 411


def test_what_a_visit_keeps_and_how_often_it_sends_is_limited(server):
    with Sender(server) as clerk:
        assert [clerk.put(19, name) for name in "abcd"] == [204, 204, 204, 429]
    with Sender(server) as clerk:
        statuses = [clerk.put(0.01, "same") for _ in range(14)]
        assert statuses[:10] == [204] * 10 and statuses[-1] == 429


def test_files_at_the_same_time_and_in_all_are_limited(monkeypatch):
    monkeypatch.setattr(
        uploads, "_kept", lambda: pacing.Counter({"other": uploads.KEPT_OF_ALL - uploads.MB})
    )
    monkeypatch.setattr(uploads.config, "get_option", lambda _name: 20)
    found = uploads.Uploads(None)
    for visit in ("one", "two", "closed"):
        admission.decide(visit, visit != "closed")
    assert found._refused("closed", "1")[0] == 403
    assert found._refused("one", str(uploads.MB // 2)) is None
    admission.decide("deck", True, 1000)
    assert found._refused("deck", "1200") is None
    assert found._refused("deck", "9000")[0] == 413
    found.arriving["one"] = uploads.MB
    assert found._refused("one", "1")[0] == 429
    assert found._refused("two", "1")[0] == 429
    monkeypatch.setattr(uploads, "_kept", pacing.Counter)
    assert found._refused("two", "1") is None
    found.arriving.update({str(n): 1 for n in range(uploads.OF_ALL_AT_ONCE)})
    assert found._refused("two", "1")[0] == 429


@pytest.mark.slow
def test_a_closed_intake_takes_no_file(tmp_path):
    with (
        running(
            tmp_path / "log.txt", environment={"ELDERCARE_HOME": str(tmp_path / "var")}
        ) as server,
        Sender(server) as reader,
    ):
        assert reader.put(0.1) == 403
