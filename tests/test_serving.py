"""The server as a process: what it logs, and how it stops."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote

import pytest

from pursuant.ingesting import readable
from tests.server import PURSUANT, running

# Some hundred million solutions, which are counted one by one.
LONG = quote("SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    place = tmp_path_factory.mktemp("store")
    readable(place)
    return place


def test_the_log_tells_each_request_and_no_query(store, tmp_path):
    with running(store, tmp_path / "log", log="json") as served:
        served.get("/readyz")
        served.get(f"/sparql?query={quote('ASK { ?secret ?p ?o }')}")
        request = urllib.request.Request(served.url + "/nothing?q=secret")
        request.add_header("X-Request-ID", "mine-1")
        with pytest.raises(HTTPError):
            urllib.request.urlopen(request, timeout=30)
        ready, asked, lost = served.requests(3)
        assert "secret" not in served.log.read_text()
    assert (ready["path"], ready["status"]) == ("/readyz", 200)
    assert (asked["method"], asked["path"], asked["status"]) == ("GET", "/sparql", 200)
    assert (len(asked["query"]), asked["outcome"]) == (12, "ok")
    assert asked["revision"]
    assert asked["bytes"] > 0
    assert 0 < asked["duration_ms"] < 10_000
    assert (lost["id"], lost["status"]) == ("mine-1", 404)


def test_it_stops_when_it_is_told_to(store, tmp_path):
    with running(store, tmp_path / "log", stop_seconds=20) as served:
        idle = socket.create_connection(("127.0.0.1", served.port))
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(30) == -signal.SIGTERM
        assert idle.recv(1) == b""
        idle.close()


def until(condition):
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_gone(process):
    """Whether a process has ended, and its sockets with it, though nobody may have asked how.

    The first thread may have ended before the last, which closes the sockets.
    """
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        return state == "Z" and len(tasks) == 1
    except (FileNotFoundError, ProcessLookupError):
        return True


def is_taking(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def _ask(url, told):
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            told.append((answer.status, answer.read()))
    except HTTPError as error:
        with error:
            told.append((error.code, error.read()))
    except (URLError, OSError) as error:
        told.append((0, error))


def _while_asking(served, path):
    told: list[tuple[int, object]] = []
    thread = threading.Thread(target=_ask, args=(served.url + path, told))
    thread.start()
    until(lambda: b'pursuant_workers{state="busy"} 1.0' in served.get("/metrics"))
    served.process.send_signal(signal.SIGTERM)
    return thread, told


def test_a_running_query_may_end(store, tmp_path):
    # It is ended by its own limit, and answered so, within the time that the stop gives.
    with running(store, tmp_path / "log", stop_seconds=20, query_seconds=4) as served:
        thread, told = _while_asking(served, f"/sparql?query={LONG}")
        until(lambda: not is_taking(served.port))
        assert served.process.poll() is None
        thread.join()
        assert [status for status, _ in told] == [504]
        assert served.process.wait(30) == -signal.SIGTERM


def test_a_query_that_runs_too_long_is_ended(store, tmp_path):
    with running(store, tmp_path / "log", stop_seconds=1) as served:
        began = time.monotonic()
        thread, told = _while_asking(served, f"/sparql?query={LONG}")
        assert served.process.wait(30) == -signal.SIGTERM
        assert 1 < time.monotonic() - began < 25  # less than a query may take
        thread.join()
        assert told[0][0] in (0, 503)
        assert "Traceback" not in served.log.read_text()
    until(lambda: not _workers_of(store))


def _workers_of(store):
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if str(store) in line]


def test_a_setting_that_makes_no_sense_is_one_line(store):
    command = [str(PURSUANT), "serve", "--port", "0", "--store", str(store)]
    done = subprocess.run(
        command,
        env={"PURSUANT_WORKERS": "many"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert "PURSUANT_WORKERS is a whole number, not 'many'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def counted(served):
    """Requests for `/healthz` that the metrics tell of."""
    lines = served.get("/metrics").decode().splitlines()
    sign = 'pursuant_requests_total{method="GET",route="/healthz",status="200"} '
    return sum(float(line.removeprefix(sign)) for line in lines if line.startswith(sign))


def dated(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.headers["Last-Modified"]


def test_processes_share_a_port_and_tell_what_all_of_them_counted(store, tmp_path):
    with running(store, tmp_path / "log", processes=3, workers=6, log="json") as served:
        assert len(served.parts()) == 3
        for _ in range(60):
            served.get("/healthz")
        assert {counted(served) for _ in range(12)} == {60}
        until(lambda: b'pursuant_workers{state="idle"} 9.0' in served.get("/metrics"))
        assert len({dated(f"{served.url}/documents") for _ in range(12)}) == 1
        told = served.get("/metrics").decode()
        assert told.count("pursuant_revision_info{") == 1
        assert told.count("# TYPE pursuant_request_duration_seconds histogram") == 1


def test_a_lost_process_is_replaced_while_the_others_answer(store, tmp_path):
    with running(store, tmp_path / "log", processes=2) as served:
        lost = served.parts()[0]
        os.kill(lost, signal.SIGKILL)
        until(lambda: is_gone(lost))  # what was sent to it is lost with it
        assert [served.get("/healthz") for _ in range(20)]
        until(lambda: len(served.parts()) == 2)
        until(lambda: b'pursuant_workers{state="idle"} 6.0' in served.get("/metrics"))
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(30) == -signal.SIGTERM
    assert "is replaced" in served.log.read_text()


def test_what_one_process_writes_all_others_answer_with(store, tmp_path):
    place = tmp_path / "store"
    shutil.copytree(store, place)
    with running(place, tmp_path / "log", processes=2, write_token="secret") as served:
        for number in range(6):
            request = urllib.request.Request(
                f"{served.url}/sparql",
                f"INSERT DATA {{ <urn:a> <urn:b> {number} }}".encode(),
                {"Content-Type": "application/sparql-update", "Authorization": "Bearer secret"},
            )
            urllib.request.urlopen(request, timeout=30).close()
            query = quote("SELECT (COUNT(*) AS ?n) { <urn:a> <urn:b> ?x }")
            for _ in range(4):
                answer = json.loads(served.get(f"/sparql?query={query}"))
                assert answer["results"]["bindings"][0]["n"]["value"] == str(number + 1)


def test_told_twice_it_stops_at_once(store, tmp_path):
    with running(store, tmp_path / "log", processes=2, stop_seconds=60) as served:
        thread, _ = _while_asking(served, f"/sparql?query={LONG}")
        time.sleep(0.3)
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(10) == -signal.SIGTERM
        thread.join()
    until(lambda: not _workers_of(store))


def test_an_interrupt_is_no_error(store, tmp_path):
    with running(store, tmp_path / "log", processes=2) as served:
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(30) == 0


def test_processes_that_cannot_start_are_one_error(tmp_path):
    (tmp_path / "file").write_text("no store")
    code = "from pursuant_api.supervising import supervise; supervise({!r}, '127.0.0.1', 0, 2)"
    done = subprocess.run(
        [sys.executable, "-c", code.format(str(tmp_path / "file"))],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert set(done.stderr.splitlines()) == {done.stderr.splitlines()[0]}
    assert str(tmp_path / "file") in done.stderr
    assert "Traceback" not in done.stderr
