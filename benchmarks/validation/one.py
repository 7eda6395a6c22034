"""One engine on one file, in a process of its own: prints what it took and a digest of the results.

python -m benchmarks.validation.one ENGINE DATA.nt SHAPES.ttl
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Timed = tuple["Clock", Any]


class Clock:
    """Seconds by the clock and of processor time, in two laps: reading, validating."""

    def __init__(self) -> None:
        self.laps = [self._now()]

    def lap(self) -> None:
        """Ends a lap."""
        self.laps.append(self._now())

    def seconds(self, lap: int) -> tuple[float, float]:
        """What a lap took, by the clock and of processor time."""
        (a, b), (c, d) = self.laps[lap : lap + 2]
        return c - a, d - b

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.perf_counter(), time.process_time()


def ours(data: str, shapes: str) -> Timed:
    """Reads into the engine, then one query for each constraint; to the last finding in words."""
    import pyoxigraph as ox
    from rdflib import Graph

    from pursuant.checking import validate

    given = Graph().parse(shapes)
    clock = Clock()
    store = ox.Store()
    store.bulk_load(path=data, format=ox.RdfFormat.N_TRIPLES)
    clock.lap()
    report = validate(store, given, taken=True)
    clock.lap()
    return clock, _keys(report.results)


def pyshacl(data: str, shapes: str) -> Timed:
    """Reads into an rdflib graph in memory, then pySHACL as it comes."""
    from rdflib import Graph

    from pursuant.findings import results

    given = Graph().parse(shapes)
    clock = Clock()
    graph = Graph().parse(data, format="nt")
    clock.lap()
    import pyshacl as engine

    _, found, _ = engine.validate(graph, shacl_graph=given)
    clock.lap()
    return clock, _keys(results(found, given))


def rudof(data: str, shapes: str) -> Timed:
    """Rudof's own engine; its results are counted, since they do not name the component alike."""
    from pyrudof import RDFFormat, Rudof, RudofConfig, ShaclFormat

    session = Rudof(RudofConfig())
    clock = Clock()
    session.read_data(data, format=RDFFormat.NTriples)
    session.read_shacl(shapes, format=ShaclFormat.Turtle)
    clock.lap()
    report = session.validate_shacl()
    clock.lap()
    return clock, len(report)


def _keys(results: Iterable[Any]) -> set[str]:
    """Focus, path, value, component, source shape, severity; blank nodes without their names."""
    from rdflib import BNode, Literal

    def known(part: Any) -> str:
        if isinstance(part, BNode):
            return "_:"
        if isinstance(part, Literal):
            return json.dumps([str(part), str(part.language or "").lower()])
        return str(part)

    return {json.dumps([known(part) for part in result.key]) for result in results}


ENGINES: dict[str, Callable[[str, str], Timed]] = {
    "ours": ours,
    "pyshacl": pyshacl,
    "rudof": rudof,
}


def _peak() -> float:
    """The most memory that this process has had; what a parent had is not counted."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main(engine: str, data: str, shapes: str) -> None:
    """Measures, and prints a line of JSON."""
    clock, found = ENGINES[engine](data, shapes)
    seconds, processor = clock.seconds(1)
    told = {
        "read": clock.seconds(0)[0],
        "seconds": seconds,
        "cpu": processor,
        "megabytes": _peak(),
        "results": found if isinstance(found, int) else len(found),
        "digest": None
        if isinstance(found, int)
        else hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest(),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], str(Path(sys.argv[2])), str(Path(sys.argv[3])))
