"""Load by wrk: so many connections, each sending a query as soon as the last is answered.

A server that takes minutes for some questions would so be measured by its quick ones alone. It is
sent whole rounds of a load instead, each question once, and has all the time up to a bound.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from benchmarks.facade.peers import program
from benchmarks.facade.processes import JSON, Failed, Watch, settle

if TYPE_CHECKING:
    from benchmarks.facade.generate import Made
    from benchmarks.facade.processes import Server
    from benchmarks.facade.questions import Load

_SCRIPT = Path(__file__).with_name("load.lua")
_FEW, _LONGER = 40, 6


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of one load on one server.

    Attributes:
        rate: right answers per second.
        p50: milliseconds that half of the answers took at most.
        p99: milliseconds that all but one in a hundred took at most.
        work: milliseconds of processor time that the server took for an answer.
        megabytes: the most memory that the server's processes held.
        answers: how many came.
        refused: answers with another status than 200.
        broken: connections that failed or timed out.
        is_bound: whether a round was not ended in time, so that the rate is not more than this.
    """

    rate: float
    p50: float
    p99: float
    work: float
    megabytes: float
    answers: int
    refused: int
    broken: int
    is_bound: bool = False


def measure(server: Server, graph: Made, load: Load, clients: int, seconds: float) -> Measured:
    """Warms the server up and measures it; a slow one longer, lest only quick queries count."""
    lines = load.paths(graph, server.path)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        _wrk(server, Path(file.name), load, clients, max(1.0, seconds / 4))
        settle(server.pid)
        with Watch(server.pid) as watch:
            told = _wrk(server, Path(file.name), load, clients, seconds)
        if told["answers"] < _FEW:
            settle(server.pid)
            with Watch(server.pid) as watch:
                told = _wrk(server, Path(file.name), load, clients, _LONGER * seconds)
    settle(server.pid)
    return Measured(
        rate=(told["answers"] - told["refused"]) / (told["microseconds"] / 1e6),
        p50=told["p50"] / 1e3,
        p99=told["p99"] / 1e3,
        work=1e3 * watch.seconds / max(told["answers"], 1),
        megabytes=watch.peak,
        answers=told["answers"],
        refused=told["refused"],
        broken=told["broken"],
    )


def measure_rounds(
    server: Server, graph: Made, load: Load, clients: int, seconds: float, patience: float
) -> Measured:
    """Sends rounds of a load for some seconds at least, and waits for their last answer.

    Args:
        server: what is asked.
        graph: what its questions are about.
        load: what is sent.
        clients: how many ask at once.
        seconds: after which no round is begun any more.
        patience: seconds after which what is not answered is given up. All that was sent then
            counts as if it had been answered at that moment: no server so slow is faster.
    """
    queries, size = load.queries(graph), len(load.questions)
    began = time.monotonic()
    times: list[float | None] = []

    def ended(query: str) -> float | None:
        since = time.monotonic()
        try:
            server.ask(query, max(0.1, began + patience - since))
        except OSError:
            return None
        return time.monotonic() - since

    with Watch(server.pid) as watch, ThreadPoolExecutor(clients) as pool:
        while not times or (None not in times and time.monotonic() - began < seconds):
            at = len(times) % len(queries)
            times += pool.map(ended, queries[at : at + size])
    taken = sorted(each for each in times if each is not None)
    cuts = quantiles(taken, n=100) if len(taken) > 1 else [*taken, 0.0] * 99
    return Measured(
        rate=len(times) / (time.monotonic() - began),
        p50=1e3 * cuts[49],
        p99=1e3 * cuts[98],
        work=1e3 * watch.seconds / len(times),
        megabytes=watch.peak,
        answers=len(taken),
        refused=0,
        broken=len(times) - len(taken),
        is_bound=len(taken) < len(times),
    )


def _wrk(server: Server, file: Path, load: Load, clients: int, seconds: float) -> dict[str, int]:
    parts = urlsplit(server.url)
    duration = max(1, round(seconds))
    command: list[str | Path] = [
        program("wrk", "apt-get install wrk"),
        "-t1",
        f"-c{clients}",
        f"-d{duration}s",
    ]
    command += ["--timeout", "60s", "-s", _SCRIPT, "-H", f"Accept: {JSON}"]
    command += [f"{parts.scheme}://{parts.netloc}", "--", file]
    mark = [] if load.repeats else [uuid4().hex]
    done = subprocess.run(
        [*command, *mark], capture_output=True, text=True, timeout=duration + 120, check=False
    )
    for line in done.stdout.splitlines():
        if line.startswith("result "):
            told: dict[str, int] = json.loads(line.removeprefix("result "))
            return told
    raise Failed(f"wrk: {done.stderr.strip() or done.stdout.strip()}")
