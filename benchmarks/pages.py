"""The time of a filter change, per page, against what it must at least cost.

`python -m benchmarks.pages [--repeats 15] [--json FILE]` starts the real server, changes the filter of each
scenario over a websocket and measures, in milliseconds from request to the last message:

- update:   the real page after a filter change;
- first:    the same where nobody has made this choice before since the server started, so that no answer is kept;
- floor:    the page's own questions, each asked once and written as JSON, in one process without a server;
- constant: a rerun of a page that sends the same elements from a recording, on a server like the real one.

The others are taken in turn, so that they meet the same machine; a turn in which another machine took more than 5 %
of the processor is dropped and repeated. Reported are medians, the ratios update/floor and
update/(floor + constant), the same for first, processor milliseconds per update and kilobytes sent: by an update,
by the page's first run, and in the largest message of that.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsgList
from streamlit.testing.v1 import AppTest

from benchmarks.machine import description, processor_seconds, processor_times, steal_since
from benchmarks.serving import ROOT, Server, Session, running
from eldercare import store

HERE = Path(__file__).parent
MOST_STEAL = 0.05
Question = tuple[str, dict[str, Any]]


def scenarios() -> list[dict[str, Any]]:
    return tomllib.loads((HERE / "scenarios.toml").read_text(encoding="utf-8"))["page"]


@contextmanager
def data_of(size: int | None, scratch: Path) -> Iterator[dict[str, str]]:
    """The environment of the server: the project's own data, or a copy whose demo list has `size` institutions; used here too."""
    if size is None:
        yield {}
        return
    folder = scratch / f"datasets-{size}"
    maker = ROOT / "datasets" / "demo" / "make_institutions.py"
    subprocess.run(
        [sys.executable, str(maker), "--count", str(size), "--into", str(folder)], check=True
    )
    os.environ["ELDERCARE_DATASETS"] = str(folder)
    store.current.cache_clear()
    try:
        store.current().refresh()
        yield {"ELDERCARE_DATASETS": str(folder)}
    finally:
        del os.environ["ELDERCARE_DATASETS"]
        store.current.cache_clear()


def widget(app: AppTest, key: str) -> Any:
    """The widget with this key, whatever its kind."""
    for kind in ("selectbox", "multiselect", "button_group", "toggle"):
        for candidate in app.get(kind):
            if candidate.key == key:
                return candidate
    raise KeyError(key)


def asked_by(scenario: dict[str, Any]) -> tuple[list[str | list[str]], list[list[Question]]]:
    """The values of the filter, and for each the questions the page asks after it was chosen."""
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=120)
    for name, value in scenario.get("query", {}).items():
        app.query_params[name] = value
    app.run()
    app.switch_page(scenario["script"]).run()
    values, questions = [], []
    original = store.Store.ask
    for choice in scenario["choices"]:
        found = widget(app, scenario["filter"])
        value = choice if isinstance(choice, bool) else found.options[choice]
        heard: list[Question] = []

        def listen(
            self: store.Store, question: str, _heard: list[Question] = heard, **parameters: Any
        ) -> Any:
            _heard.append((question, parameters))
            return original(self, question, **parameters)

        # What is kept is asked for as well: the floor is all that the page rests on.
        answers = store.current().answers
        answers.values = type(answers.values)(answers.values.most)
        store.Store.ask = listen
        try:
            found.set_value([value] if found.type == "multiselect" else value)
            app.run()
        finally:
            store.Store.ask = original
        assert not app.exception, app.exception
        # A select box sends one word, a switch a truth value, the others a list.
        values.append(value if found.type in ("selectbox", "toggle") else [value])
        questions.append(heard)
    return values, questions


def distinct(questions: list[Question]) -> list[Question]:
    """Each question with each set of parameters once."""
    return list(
        {
            f"{name} {sorted(map(str, parameters.items()))}": (name, parameters)
            for name, parameters in questions
        }.values()
    )


def floor(questions: list[Question]) -> tuple[float, int]:
    """Seconds to answer the questions and write the rows as JSON, and how many rows that is.

    Straight from the database: an answer that was kept would make the yardstick shorter, not the page faster.
    """
    started = time.perf_counter()
    rows = 0
    for name, parameters in questions:
        values = {
            key: list(value) if isinstance(value, tuple | set) else value
            for key, value in parameters.items()
        }
        with store.current().cursor() as cursor:
            answer = cursor.execute(store.sql(name), values).df()
        rows += len(answer)
        answer.to_json(orient="records", date_format="iso", force_ascii=False)
    return time.perf_counter() - started, rows


def measure(
    scenario: dict[str, Any], real: Server, constant: Server, recordings: Path, repeats: int
) -> dict[str, Any]:
    """The measurements of one page; raises `ValueError` when the page is not the one the scenario describes."""
    values, asked = asked_by(scenario)
    floors = [distinct(questions) for questions in asked]
    rows = floor(floors[0])[1]
    query = scenario.get("query")
    with Session(real.url, scenario["url"], query) as visitor:
        visitor.run()
        firsts = [(update := visitor.choose(scenario["filter"], values[0])).seconds]
        elements = sum(update.elements().values())
        if faults := update.faults():
            raise ValueError(
                f"{scenario['name']}: the page shows an error: {faults}\n{real.printed()}"
            )
        if (rows, elements) != (scenario["rows"], scenario["elements"]):
            raise ValueError(
                f"{scenario['name']}: rows = {rows} and elements = {elements} are not those of scenarios.toml"
            )
    turns, dropped = [], 0
    with (
        Session(real.url, scenario["url"], query) as visitor,
        Session(constant.url, query={"page": scenario["name"]}) as idle,
    ):
        first = visitor.run()
        (recordings / scenario["name"]).write_bytes(
            ForwardMsgList(
                messages=[m for m in first.messages if m.WhichOneof("type") == "delta"]
            ).SerializeToString()
        )
        idle.run()
        for value in values:
            seconds = visitor.choose(scenario["filter"], value).seconds
            firsts += [seconds] if value != values[0] else []
            idle.run()
        while len(turns) < repeats and dropped < 4 * repeats:
            number = len(turns) % len(values)
            before, busy = processor_times(), processor_seconds(real.process.pid)
            update = visitor.choose(scenario["filter"], values[number])
            busy = processor_seconds(real.process.pid) - busy
            turn = {
                "update_ms": update.seconds * 1e3,
                "floor_ms": floor(floors[number])[0] * 1e3,
                "constant_ms": idle.run().seconds * 1e3,
                "processor_ms": busy * 1e3,
                "sent_kb": update.bytes / 1e3,
                "steal": steal_since(before),
            }
            if turn["steal"] > MOST_STEAL:
                dropped += 1
            else:
                turns.append(turn)
    if len(turns) < repeats:
        raise ValueError(f"{scenario['name']}: only {len(turns)} of {repeats} turns without steal")
    medians = {name: statistics.median(turn[name] for turn in turns) for name in turns[0]}
    # Ticks of processor time are ten milliseconds: only the mean over many turns says something.
    medians["processor_ms"] = statistics.mean(turn["processor_ms"] for turn in turns)
    medians["first_ms"] = statistics.median(firsts) * 1e3
    least = medians["floor_ms"] + medians["constant_ms"]
    return {
        "page": scenario["name"],
        "filter": scenario["filter"],
        "rows": rows,
        "elements": elements,
        "questions": len(asked[0]),
        "questions_distinct": len(floors[0]),
        **medians,
        "ratio_floor": medians["update_ms"] / medians["floor_ms"],
        "ratio_floor_and_constant": medians["update_ms"] / least,
        "ratio_first": medians["first_ms"] / least,
        "page_kb": first.bytes / 1e3,
        "largest_message_kb": max(message.ByteSize() for message in first.messages) / 1e3,
        "turns_dropped_for_steal": dropped,
        "turns": turns,
    }


def table(results: list[dict[str, Any]]) -> str:
    head = {
        "page": "page",
        "rows": "rows",
        "elements": "elements",
        "questions": "questions",
        "update_ms": "update ms",
        "first_ms": "first ms",
        "floor_ms": "floor ms",
        "constant_ms": "constant ms",
        "ratio_floor": "upd/floor",
        "ratio_floor_and_constant": "upd/(fl+c)",
        "ratio_first": "first/(fl+c)",
        "processor_ms": "proc. ms",
        "sent_kb": "update kB",
        "page_kb": "page kB",
        "largest_message_kb": "largest kB",
        "steal": "steal",
    }
    lines = [" ".join(f"{words:>13}" for words in head.values())]
    for result in results:
        lines.append(
            " ".join(
                f"{result[n]:>13.2f}" if isinstance(result[n], float) else f"{result[n]:>13}"
                for n in head
            )
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pages", description="time of a filter change against its floor"
    )
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--page", help="only the scenario of this name")
    parser.add_argument(
        "--json", type=Path, help="raw results; default benchmarks/results/pages-<time>.json"
    )
    options = parser.parse_args()
    store.current().refresh()
    results, refused = [], []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        recordings = {"CONSTANT_PAGES": folder}
        chosen = [scenario for scenario in scenarios() if options.page in (None, scenario["name"])]
        constant_environment = {**recordings, "PYTHONPATH": str(ROOT)}
        with running(
            scratch / "constant.log",
            entry="benchmarks/constant_server.py",
            environment=constant_environment,
        ) as constant:
            for size in dict.fromkeys(scenario.get("institutions") for scenario in chosen):
                with (
                    data_of(size, scratch) as data,
                    running(scratch / "real.log", environment=data, patience=600) as real,
                ):
                    for scenario in chosen:
                        if scenario.get("institutions") == size:
                            try:
                                results.append(
                                    measure(scenario, real, constant, scratch, options.repeats)
                                )
                            except ValueError as error:
                                refused.append(str(error))
    print(table(results))
    print("\n".join(refused), file=sys.stderr)
    write(
        options.json or HERE / "results" / f"pages-{datetime.now():%Y%m%d-%H%M%S}.json",
        {"machine": description(), "pages": results},
    )
    return 1 if refused else 0


def write(path: Path, results: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
