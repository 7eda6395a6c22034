"""The measures of a network, each as more columns of its nodes or edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pursuant.networks import kinship, ranking
from pursuant.networks.main_path import main_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from pursuant.networks.columns import Network, Places

_DIGITS = 12  # what the engines of different machines agree on


def measured(network: Network, measures: Iterable[str]) -> Network:
    """The network with some of `MEASURES` as columns; the same network has the same values."""
    for name in measures:
        network = MEASURES[name](network)
    return network


def _degree(column: str, ends: Callable[[Network], Places]) -> Callable[[Network], Network]:
    def counted(network: Network) -> Network:
        counts = np.bincount(ends(network), minlength=len(network.names))
        return network.knowing({column: counts.tolist()})

    return counted


def _pagerank(network: Network) -> Network:
    return network.knowing({"pagerank": _rounded(ranking.pagerank(network))})


def _hits(network: Network) -> Network:
    hubs, authorities = ranking.hubs_and_authorities(network)
    return network.knowing({"hub": _rounded(hubs), "authority": _rounded(authorities)})


def _betweenness(network: Network) -> Network:
    return network.knowing({"betweenness": _rounded(kinship.betweenness(network))})


def _co_citation(network: Network) -> Network:
    ties, nearest = kinship.together(network, cited=True)
    return network.knowing({"co_citation": ties, "co_cited_with": nearest})


def _coupling(network: Network) -> Network:
    ties, nearest = kinship.together(network, cited=False)
    return network.knowing({"coupling": ties, "coupled_with": nearest})


def _main_path(network: Network) -> Network:
    path = main_path(network)
    steps = {place: step for step, place in enumerate(path, 1)}
    followed = set(zip(path[1:], path, strict=False))
    ends = zip(network.source.tolist(), network.target.tolist(), strict=True)
    return network.knowing(
        {"main_path": [steps.get(place) for place in range(len(network.names))]},
        {"on_main_path": [True if pair in followed else None for pair in ends]},
    )


def _communities(network: Network) -> Network:
    return network.knowing({"community": kinship.communities(network)})


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return [round(value, _DIGITS) for value in values.tolist()]


MEASURES: Mapping[str, Callable[[Network], Network]] = {
    "in-degree": _degree("in_degree", lambda network: network.target),
    "out-degree": _degree("out_degree", lambda network: network.source),
    "pagerank": _pagerank,
    "hits": _hits,
    "betweenness": _betweenness,
    "co-citation": _co_citation,
    "coupling": _coupling,
    "main-path": _main_path,
    "communities": _communities,
}
