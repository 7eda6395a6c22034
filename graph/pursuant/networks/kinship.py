"""Which nodes belong together: cited together, citing the same, between others, in a community."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pursuant.networks.ranking import adjacency

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pursuant.networks.columns import Network

SEED = 0
EXACT = 2_000_000_000  # nodes times edges: some seconds
PIVOTS = 64
_BLOCK = 512


def together(network: Network, cited: bool) -> tuple[list[int], list[str | None]]:
    """How strongly each node is tied to others, and to which most.

    Args:
        network: who cites whom.
        cited: tied by being cited in the same place (co-citation), else by citing the same
            (bibliographic coupling).

    Returns:
        For each node the number of ties: of pairs of another node and a place that both share. And
        the other node that shares most, the first by name of several; None where there is none.
    """
    shares = adjacency(network, weighted=False).astype(np.int64)
    shares = shares.T.tocsr() if cited else shares
    sizes = np.diff(shares.T.tocsr().indptr)
    ties = shares @ (sizes - 1) if len(sizes) else sizes
    nearest: list[str | None] = []
    for first in range(0, len(network.names), _BLOCK):
        places = _nearest(shares, first)
        nearest += [network.names[place] if place >= 0 else None for place in places]
    return ties.astype(int).tolist(), nearest


def _nearest(shares: Any, first: int) -> list[int]:
    """For some rows, the other row with which each shares most; -1 where it shares nothing."""
    block = (shares[first : first + _BLOCK] @ shares.T).tocsr()
    block.sort_indices()
    found = []
    for row in range(block.shape[0]):
        own = slice(block.indptr[row], block.indptr[row + 1])
        others = block.indices[own] != first + row
        places, counts = block.indices[own][others], block.data[own][others]
        found.append(int(places[counts.argmax()]) if len(places) else -1)
    return found


def betweenness(network: Network) -> NDArray[np.float64]:
    """How often each node is on the shortest ways between others, as a share of all pairs.

    Exact where nodes times edges are at most `EXACT`; above, estimated from `PIVOTS` nodes that
    are drawn with a fixed seed.
    """
    count = len(network.names)
    if count * len(network.source) > EXACT:
        import networkx as nx

        sampled = nx.betweenness_centrality(_numbered(network, nx.DiGraph()), k=PIVOTS, seed=SEED)
        return np.array([sampled[place] for place in range(count)])
    import rustworkx

    graph: Any = rustworkx.PyDiGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.extend_from_edge_list(_pairs(network))
    exact = rustworkx.betweenness_centrality(graph)
    return np.array([exact[place] for place in range(count)])


def communities(network: Network) -> list[int]:
    """The community of each node, by Louvain's method; the largest is 1.

    Directions are left aside: an edge each way weighs twice. It is seeded: the same network has the
    same communities.
    """
    import networkx as nx

    graph = _numbered(network, nx.Graph())
    found = nx.community.louvain_communities(graph, seed=SEED)
    numbers = np.zeros(len(network.names), dtype=int)
    for number, members in enumerate(sorted(found, key=lambda each: (-len(each), min(each))), 1):
        numbers[list(members)] = number
    return numbers.tolist()


def _numbered(network: Network, graph: Any) -> Any:
    """The network with places for names: the same in every process."""
    graph.add_nodes_from(range(len(network.names)))
    for (a, b), weight in zip(_pairs(network), network.weights.tolist(), strict=True):
        known = graph.get_edge_data(a, b, {"weight": 0})["weight"]
        graph.add_edge(a, b, weight=known + weight)
    return graph


def _pairs(network: Network) -> list[tuple[int, int]]:
    return list(zip(network.source.tolist(), network.target.tolist(), strict=True))
