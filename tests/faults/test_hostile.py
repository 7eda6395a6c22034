"""Hostile queries, each while eight clients work: it ends in time, and they are served."""

from __future__ import annotations

import json
import statistics
import sys
import threading
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, IncompleteRead
from pathlib import Path
from urllib.parse import quote

import pytest

from pursuant_api.settings import Settings
from tests.faults.hostile import BROKEN, HOSTILE, Hostile, built
from tests.server import Served, running

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
LIMIT = 2.0
CLIENTS = 8
USUAL = (
    "ASK {}",
    "SELECT ?o { <http://e/%d> <http://e/knows> ?o }",
    "SELECT ?t { <http://e/%d> <http://e/knows>/<http://e/knows>/<http://e/says> ?t }",
    "SELECT (COUNT(*) AS ?n) { <http://e/%d> <http://e/knows>/^<http://e/knows> ?o . ?o ?p ?q }",
    "CONSTRUCT WHERE { <http://e/%d> ?p ?o }",
)


class Clients:
    """Eight clients who ask usual questions one after the other."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.times: list[tuple[float, float]] = []
        self.failed: list[str] = []
        self._over = threading.Event()

    @contextmanager
    def working(self):
        threads = [threading.Thread(target=self._work, args=(each,)) for each in range(CLIENTS)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def p99(self, since: float, until: float) -> float:
        """The time within which 99 of 100 answers came that were asked for in a span."""
        taken = [taken for asked, taken in self.times if since <= asked < until]
        return statistics.quantiles(taken, n=100)[-1] if len(taken) > 10 else float("nan")

    def _work(self, number: int) -> None:
        connection = HTTPConnection("127.0.0.1", self.served.port, timeout=30)
        while not self._over.is_set():
            number += 1
            query = USUAL[number % len(USUAL)].replace("%d", str(number % 4000))
            began = time.monotonic()
            try:
                connection.request("GET", f"/sparql?query={quote(query)}")
                with connection.getresponse() as answer:
                    content = answer.read()
                if answer.status != 200:
                    self.failed.append(f"{answer.status} {content[:200]!r}")
            except (OSError, HTTPException) as error:
                self.failed.append(repr(error))
                connection.close()
            self.times.append((began, time.monotonic() - began))
        connection.close()


def ended(served: Served, hostile: Hostile) -> tuple[int, float]:
    """What a query came to, as a status, and the seconds that it took."""
    connection = HTTPConnection("127.0.0.1", served.port, timeout=60)
    began = time.monotonic()
    status = BROKEN
    try:
        headers = {"Content-Type": "application/sparql-query", "Accept-Encoding": "identity"}
        connection.request("POST", "/sparql", hostile.query.encode(), headers)
    except (BrokenPipeError, ConnectionResetError):
        pass  # answered before the text was whole
    try:
        with connection.getresponse() as answer:
            while answer.read(1 << 20):
                pass
            status = answer.status
    except (IncompleteRead, ConnectionResetError):
        pass
    finally:
        connection.close()
    return status, time.monotonic() - began


def memory(served: Served) -> int:
    """Bytes that the server and all that it started hold, pages they share counted once."""
    return sum(_held(process) for process in family(served.process.pid))


def settled(served: Served) -> int:
    """Memory once the engine's caches are filled: it has not grown in the last two seconds."""
    held = 0
    for _ in range(20):
        now = memory(served)
        if now < 1.01 * held:
            return now
        held = now
        time.sleep(2)
    return held


def family(process: int) -> list[int]:
    children: list[str] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # it has just ended
            children += task.read_text().split()
    return [process, *(each for child in children for each in family(int(child)))]


def _held(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def workers(served: Served) -> dict[str, float]:
    lines = served.get("/metrics").decode().splitlines()
    told = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {
        state: float(told[f'pursuant_workers{{state="{state}"}}']) for state in ("busy", "idle")
    }


def all_back(served: Served) -> bool:
    """Whether nothing runs, and there are workers for all places, and some that were aside."""
    now = workers(served)
    usual = Settings().workers + Settings().processes
    return now["busy"] == 0 and usual <= now["idle"] <= usual + Settings().workers


@pytest.fixture(scope="module", params=[20_000, 300_000])
def served(request, tmp_path_factory):
    place = tmp_path_factory.mktemp(f"hostile-{request.param}")
    store = built(place / "store", request.param)
    bounds = {"query_seconds": LIMIT, "query_megabytes": 256, "answer_megabytes": 64}
    with running(store, place / "log", cache_megabytes=0, **bounds) as server:
        yield server


def test_each_ends_in_time_and_others_are_served(served, record_property):
    with Clients(served).working() as clients:
        before = settled(served)
        began = time.monotonic()
        time.sleep(4)
        usual = clients.p99(began, time.monotonic())
        found = {}
        for hostile in HOSTILE:
            began = time.monotonic()
            status, seconds = ended(served, hostile)
            found[hostile] = status, seconds, clients.p99(began, time.monotonic())
            time.sleep(0.5)
        time.sleep(1)
        after = memory(served)
    told = [
        {"query": hostile.name, "status": status, "seconds": seconds, "p99 ratio": p99 / usual}
        for hostile, (status, seconds, p99) in found.items()
    ]
    summary = {"p99": usual, "answers": len(clients.times), "memory": (before, after)}
    sys.stdout.write("\n".join(map(json.dumps, (summary, *told))) + "\n")
    record_property("hostile", told)
    assert clients.failed == []
    wrong = {each.name: found[each][0] for each in found if found[each][0] not in each.ends}
    assert wrong == {}
    late = {each.name: found[each][1] for each in found if found[each][1] > LIMIT + 0.5}
    assert late == {}
    assert after < 1.1 * before
    assert all_back(served)


def test_those_who_leave_take_their_query_with_them(served):
    for _ in range(10):
        connection = HTTPConnection("127.0.0.1", served.port, timeout=5)
        connection.request(
            "POST", "/sparql", HOSTILE[0].query, {"Content-Type": "application/sparql-query"}
        )
        time.sleep(0.05)
        connection.close()
    time.sleep(0.7)
    assert workers(served)["busy"] == 0


def test_more_hostile_queries_than_workers(served):
    """As many as want to: each is ended or sent away, and afterwards all is as before."""
    statuses = []

    def ask() -> None:
        statuses.append(ended(served, HOSTILE[0])[0])

    threads = [threading.Thread(target=ask) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {413, 503, 504}
    assert len(statuses) - statuses.count(503) >= 4
    time.sleep(1)
    assert all_back(served)
    assert json.loads(served.get("/sparql?query=ASK%20%7B%7D"))["boolean"]
