"""What is measured, each in a process of its own: `python -m benchmarks.network.tasks NAME ...`.

Each prints one JSON object: seconds of the processor, wall-clock seconds, and megabytes of the
process at its peak: the interpreter, the modules, the network and what is done with it. All take
the same network from the same generator, which keeps nothing, and each holds of it what it needs to
write the file: ours nothing but the names of the nodes, networkx its graph. What `pursuant export`
does is measured too, and told apart ("columns"): a network in columns, as it is gathered from a
store, and then written. The seconds of networkx and of columns are those of writing or ranking
alone, without filling; those of writing as it comes have the generator's in them, against us.

Of a store on disk, what `pursuant export` takes to gather and write its network is told beside what
the engine takes to answer the one query of it, whose rows are dropped.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from benchmarks.network.composing import composed, ends, known, named, streamed
from benchmarks.network.stored import fill
from pursuant import networks
from pursuant.networks.gathering import citations
from pursuant.networks.ranking import pagerank
from pursuant.networks.selecting import Selection
from pursuant.networks.xml_forms import write_gexf, write_graphml
from pursuant.store import Store

if TYPE_CHECKING:
    from pursuant.networks.columns import Stream

Prepare: TypeAlias = Callable[[int, int, Path], Callable[[], object]]
ROUNDS = 5


def _ours(write: Callable[[Stream, IO[bytes]], None]) -> Prepare:
    def prepared(nodes: int, edges: int, file: Path) -> Callable[[], object]:
        def written() -> None:
            with file.open("wb") as output:
                write(streamed(nodes, edges), output)

        return written

    return prepared


def _columns(write: Callable[[Stream, IO[bytes]], None]) -> Prepare:
    def prepared(nodes: int, edges: int, file: Path) -> Callable[[], object]:
        network = composed(nodes, edges)

        def written() -> None:
            with file.open("wb") as output:
                write(network.stream(), output)

        return written

    return prepared


def _networkx(writer: str) -> Prepare:
    def prepared(nodes: int, edges: int, file: Path) -> Callable[[], object]:
        import networkx as nx

        graph = _graph(nodes, edges)
        write = getattr(nx, writer)
        return lambda: write(graph, file)

    return prepared


def _graph(nodes: int, edges: int) -> Any:
    """The network as networkx has it; equal values are one object, as they are with ours."""
    import networkx as nx

    graph: Any = nx.DiGraph()
    graph.add_nodes_from(named(nodes))
    names = list(graph)
    for place, (a, b) in enumerate(ends(nodes, edges)):
        graph.add_edge(names[a], names[b], **known(place))
    return graph


def _pagerank_ours(nodes: int, edges: int, _: Path) -> Callable[[], object]:
    network = composed(nodes, edges)
    return lambda: pagerank(network, weighted=False)


def _pagerank_networkx(nodes: int, edges: int, _: Path) -> Callable[[], object]:
    import networkx as nx

    graph = _graph(nodes, edges)
    return lambda: nx.pagerank(graph, weight=None)


def _pagerank_rustworkx(nodes: int, edges: int, _: Path) -> Callable[[], object]:
    import rustworkx

    graph: Any = rustworkx.PyDiGraph(multigraph=False)
    graph.add_nodes_from(range(nodes))
    graph.extend_from_edge_list(list(ends(nodes, edges)))
    return lambda: rustworkx.pagerank(graph)


def _pagerank_igraph(nodes: int, edges: int, _: Path) -> Callable[[], object]:
    import igraph

    graph = igraph.Graph(n=nodes, edges=ends(nodes, edges), directed=True)
    pagerank: Callable[[], object] = graph.pagerank
    return pagerank


TASKS: dict[str, Prepare] = {
    "graphml pursuant": _ours(write_graphml),
    "graphml columns": _columns(write_graphml),
    "graphml networkx": _networkx("write_graphml"),
    "gexf pursuant": _ours(write_gexf),
    "gexf columns": _columns(write_gexf),
    "gexf networkx": _networkx("write_gexf"),
    "pagerank pursuant": _pagerank_ours,
    "pagerank networkx": _pagerank_networkx,
    "pagerank rustworkx": _pagerank_rustworkx,
    "pagerank igraph": _pagerank_igraph,
}


def _fill(nodes: int, edges: int, folder: Path) -> Callable[[], object]:
    return lambda: fill(Store(folder), nodes, edges)


def _query(_nodes: int, _edges: int, folder: Path) -> Callable[[], object]:
    """What the engine takes by itself: its answer is read, and each row is dropped."""
    store = Store(folder)
    everything = Selection(None, None, None, frozenset())
    return lambda: deque(citations(store, everything), maxlen=0)


def _export(_nodes: int, _edges: int, folder: Path) -> Callable[[], object]:
    store = Store(folder)

    def exported() -> None:
        with (folder / "network.graphml").open("wb") as output:
            networks.write(networks.subject(store, networks.choice_of()), "graphml", output)

    return exported


# On a store in a folder, which the first of them fills.
STORED: dict[str, Prepare] = {"fill": _fill, "query": _query, "export": _export}


def measure(name: str, nodes: int, edges: int, file: Path) -> dict[str, float]:
    """The best of some rounds of a task (of one, where it writes)."""
    run = (TASKS | STORED)[name](nodes, edges, file)
    rounds = ROUNDS if name.startswith("pagerank") else 1
    found = min(_timed(run) for _ in range(rounds))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"processor": found[0], "seconds": found[1], "megabytes": peak}


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    processor, begun = time.process_time(), time.perf_counter()
    run()
    return time.process_time() - processor, time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))))
