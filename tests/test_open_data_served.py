"""Open data from the real server: the documentation's own commands, and whatever else its description allows to be asked."""

import json
import re
import shlex
import subprocess
import sys
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from benchmarks.serving import ROOT, running
from eldercare.opendata import listing
from eldercare.web import open_data

COMMANDS = [
    line
    for block in re.findall(
        "```bash\n(.*?)```", (ROOT / "docs" / "open-data.md").read_text(encoding="utf-8"), re.S
    )
    for line in block.splitlines()
]
HERE = "http://localhost:8501/"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(tmp_path_factory.mktemp("served") / "log.txt") as server:
        yield server


def test_the_documentation_has_commands():
    assert len(COMMANDS) >= 10 and all(line.startswith("curl ") for line in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_documentation_runs(command, server, tmp_path):
    done = subprocess.run(
        shlex.split(command.replace(HERE, f"{server.url}/")),
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert done.stdout or [file for file in tmp_path.iterdir() if file.stat().st_size]
    if "age=61" in command:
        assert "可用：60、65、80" in json.loads(done.stdout)["fault"]


@pytest.mark.parametrize("tool", ["curl", "Python"])
@pytest.mark.parametrize(
    "entry", ["questions/place_records", "tables/demo_institutions", "exhibits/pair_cards"]
)
def test_an_example_of_the_page_runs(tool, entry, server, tmp_path):
    """R and Excel are not here; what they are told is the same address."""
    code = listing.example(entry, tool, f"{server.url}/")
    command = ["bash", "-c", code] if tool == "curl" else [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, text=True)
    assert done.returncode == 0, done.stderr
    for other in ("R", "Excel"):
        (address,) = re.findall(r'"(http[^"]*)"', listing.example(entry, other, f"{server.url}/"))
        assert address in listing.example(entry, "curl", f"{server.url}/")


def _values(schema: dict, example: object) -> st.SearchStrategy[str]:
    """Values a parameter allows, mixed with what nobody should send."""
    one = schema.get("items", schema)
    allowed = (
        [st.just(",".join(example) if isinstance(example, list) else str(example))]
        if example
        else []
    )
    if "enum" in one:
        allowed.append(st.sampled_from([str(word) for word in one["enum"]]))
    if one.get("type") in ("integer", "number"):
        allowed.append(st.integers(-(10**12), 10**12).map(str))
    wild = st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            ["' or 1=1 --", "../../etc/passwd", "NaN", "1e309", "\x00", "９", "-0", ";", "%", ","]
        ),
    )
    return st.one_of(*allowed, wild) if allowed else wild


def test_nothing_that_can_be_asked_breaks_the_server(real_data, monkeypatch):
    """By the OpenAPI description: a fault inside would be raised here, and every refusal is a sentence."""
    monkeypatch.setattr(open_data, "SECONDS_AT_ONCE", 1e6)
    asked = TestClient(Starlette(routes=open_data.routes()))
    paths = sorted(asked.get("/data/v1/openapi.json").json()["paths"].items())

    @settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def ask(data):
        path, operations = data.draw(st.sampled_from(paths))
        query = []
        for each in operations["get"]["parameters"]:
            if each["in"] == "path":
                path = path.replace("{ending}", data.draw(st.sampled_from(each["schema"]["enum"])))
            elif each["required"] or data.draw(st.integers(0, 3)) == 0:
                words = data.draw(_values(each["schema"], each.get("example")))
                query.append((each["name"], words))
        address = f"/data/v1{path}?{urlencode(query, errors='surrogatepass', quote_via=quote)}"
        answer = asked.get(address)
        assert answer.status_code in (200, 400), address
        if answer.status_code == 400:
            assert re.search("[\u4e00-\u9fff].*。$", answer.json()["fault"])

    ask()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/data/v1/questions/place_records.json?place=%FF%FE", 400),
        ("/data/v1/questions/search.json?words=%00", 400),
        ("/data/v1/questions/elder_share.json?limit=" + "9" * 4000, 400),
        ("/data/v1/../../datasets/places.csv", 404),
        ("/data/v1/%2e%2e/%2e%2e/dashboard.py", 404),
        ("//data/v1/tables/places.csv", 404),
        ("/data/v1/tables/%E2%80%AE.csv", 404),
        ("/data/v1/tables/%C0%AE%C0%AE/store.csv", 404),
    ],
)
def test_what_the_line_may_carry_is_refused_in_words(path, status, server):
    done = subprocess.run(
        ["curl", "-sS", "--path-as-is", "-w", "\n%{http_code}", server.url + path],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    body, _line, code = done.stdout.rpartition("\n")
    assert int(code) == status
    assert re.search("[\u4e00-\u9fff]", body), body
