"""What is measured, each in a process of its own: `python -m benchmarks.network.tasks NAME ...`.

Each prints one JSON object: seconds of the processor, wall-clock seconds, and megabytes of the
process at its peak, which for those of networkx is the network and the writing.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from benchmarks.network.composing import composed
from pursuant.networks.ranking import pagerank
from pursuant.networks.xml_forms import write_gexf, write_graphml

if TYPE_CHECKING:
    from collections.abc import Callable

    from pursuant.networks.columns import Network

ROUNDS = 5


def _ours(write: Callable[..., None]) -> Any:
    def prepared(network: Network, file: Path) -> Callable[[], object]:
        def written() -> None:
            with file.open("wb") as output:
                write(network.stream(), output)

        return written

    return prepared


def _networkx(write: Callable[..., None]) -> Any:
    def prepared(network: Network, file: Path) -> Callable[[], object]:
        graph = network.to_networkx()
        return lambda: write(graph, file)

    return prepared


def _pagerank_networkx(network: Network, _: Path) -> Callable[[], object]:
    graph = network.to_networkx()
    return lambda: nx.pagerank(graph, weight=None)


def _pagerank_rustworkx(network: Network, _: Path) -> Callable[[], object]:
    import rustworkx

    graph: Any = rustworkx.PyDiGraph(multigraph=False)
    graph.add_nodes_from(range(len(network.names)))
    graph.extend_from_edge_list(_pairs(network))
    return lambda: rustworkx.pagerank(graph)


def _pagerank_igraph(network: Network, _: Path) -> Callable[[], object]:
    import igraph

    graph = igraph.Graph(n=len(network.names), edges=_pairs(network), directed=True)
    pagerank: Callable[[], object] = graph.pagerank
    return pagerank


def _pairs(network: Network) -> list[tuple[int, int]]:
    return list(zip(network.source.tolist(), network.target.tolist(), strict=True))


TASKS: dict[str, Any] = {
    "graphml pursuant": _ours(write_graphml),
    "graphml networkx": _networkx(nx.write_graphml),
    "gexf pursuant": _ours(write_gexf),
    "gexf networkx": _networkx(nx.write_gexf),
    "pagerank pursuant": lambda network, _: lambda: pagerank(network, weighted=False),
    "pagerank networkx": _pagerank_networkx,
    "pagerank rustworkx": _pagerank_rustworkx,
    "pagerank igraph": _pagerank_igraph,
}


def measure(name: str, nodes: int, edges: int, file: Path) -> dict[str, float]:
    """The best of some rounds of a task (of one, where it writes)."""
    run = TASKS[name](composed(nodes, edges), file)
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
