"""The main path: the chain of citations along which most of the others run.

Search path counts after Batagelj (2003), "Efficient algorithms for citation network analysis":
an edge counts the ways, from what nothing cites to what cites nothing, that run over it; the main
path is the way whose edges count most together. Citations that run in a circle are left out.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from pursuant.networks.ranking import adjacency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pursuant.networks.columns import Network

Neighbours = list[list[int]]


def main_path(network: Network) -> list[int]:
    """The places of the nodes on the main path, the oldest first; none where nothing is cited.

    Of several equal ways it is the one whose nodes come first by name.
    """
    cited, citing = _without_circles(network)
    order = tuple(TopologicalSorter(dict(enumerate(citing))).static_order())
    to_here = _ways(order, citing)
    onward = _ways(order[::-1], cited)
    best, step = [0] * len(order), [-1] * len(order)
    for place in order[::-1]:
        for other in cited[place]:
            count = best[other] + to_here[place] * onward[other]
            if count > best[place]:
                best[place], step[place] = count, other
    place = max(range(len(best)), key=best.__getitem__, default=-1)
    path = []
    while place >= 0:
        path.append(place)
        place = step[place]
    return path[::-1] if len(path) > 1 else []


def _ways(order: Sequence[int], before: Neighbours) -> list[int]:
    """In how many ways each node is reached, from those that have none before them."""
    ways = [1] * len(order)
    for place in order:
        ways[place] = sum(ways[other] for other in before[place]) or 1
    return ways


def _without_circles(network: Network) -> tuple[Neighbours, Neighbours]:
    """What each node cites, and what cites it, without the edges that are part of a circle."""
    from scipy.sparse.csgraph import connected_components

    _, circle = connected_components(adjacency(network), connection="strong")
    kept = circle[network.source] != circle[network.target]
    cited: Neighbours = [[] for _ in network.names]
    citing: Neighbours = [[] for _ in network.names]
    ends = zip(network.source[kept].tolist(), network.target[kept].tolist(), strict=True)
    for a, b in ends:
        cited[a].append(b)
        citing[b].append(a)
    return cited, citing
