"""Servers, workers and their parent killed at random moments: what is left answers, or starts."""

from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote

import pytest

from pursuant.store import open_store
from pursuant_api.settings import Settings
from tests.faults.hostile import built
from tests.faults.test_hostile import family, workers
from tests.server import Served, running

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]
KILLS = int(os.environ.get("N", "40"))
COUNT = "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
ALL = "/sparql?query=" + quote("SELECT * { ?s ?p ?o }")


def counted(served: Served) -> int:
    (row,) = json.loads(served.get(COUNT))["results"]["bindings"]
    return int(row["n"]["value"])


@contextmanager
def asking(served: Served):
    """Four clients who go on whatever happens, with small queries and with large answers."""
    over = threading.Event()

    def ask(path: str) -> None:
        while not over.is_set():
            try:
                served.get(path)
            except (OSError, HTTPException):
                time.sleep(0.01)

    threads = [threading.Thread(target=ask, args=(path,)) for path in (COUNT, ALL) * 2]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def until(condition, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def is_alive(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def answers(served: Served, number: int) -> bool:
    try:
        places = Settings().workers
        return counted(served) == number and workers(served)["idle"] >= places
    except (OSError, HTTPException):
        return False


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store that has been served, so that it holds what is shipped too."""
    place = tmp_path_factory.mktemp("kills")
    folder = built(place / "store", 20_000)
    with running(folder, place / "log"):
        return folder


def test_a_killed_process_is_replaced(store, tmp_path):
    """Workers, their parents, and now and then one of the servers themselves."""
    chance, held = random.Random(1), open_store(store).count()
    with running(store, tmp_path / "log", cache_megabytes=0, processes=2) as served:
        for number in range(KILLS // 2):
            with asking(served):
                time.sleep(chance.uniform(0, 0.5))
                servers = served.parts()
                parents = [family(server)[1] for server in servers if family(server)[1:]]
                others = family(served.process.pid)[1:]
                chosen = (servers, parents, others, others)[number % 4]
                killed = chance.choice(chosen or others)
                os.kill(killed, signal.SIGKILL)
                time.sleep(chance.uniform(0, 0.1))
            assert until(lambda: answers(served, held), 20), f"kill {number}"
            assert not is_alive(killed)


def test_a_killed_server_leaves_nothing_behind_and_starts_again(store, tmp_path):
    chance, held = random.Random(2), open_store(store).count()
    for number in range(KILLS - KILLS // 2):
        everyone: set[int] = set()
        with running(store, tmp_path / "log", cache_megabytes=0) as served:
            assert counted(served) == held
            with asking(served):
                everyone.update(family(served.process.pid))
                time.sleep(chance.uniform(0, 0.5))
                everyone.update(family(served.process.pid))
                served.process.kill()
        assert until(lambda left=everyone: not any(map(is_alive, left)), 5), f"kill {number}"
        assert open_store(store).count() == held
