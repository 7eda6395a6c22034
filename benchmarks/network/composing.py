"""A citation network, the same each time: what is newer cites what is older, the old more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pursuant.networks.columns import Network

if TYPE_CHECKING:
    from pursuant.networks.columns import Places

SEED = 2019
_FUNCTIONS = ("recall", "reaffirm", "recall; reaffirm", "take-note", "implement; stress", "welcome")
_FIRST = 10


def composed(nodes: int, edges: int, seed: int = SEED) -> Network:
    """A network of as many nodes and edges, with the columns that ours have."""
    source, target = _ends(nodes, edges, np.random.default_rng(seed))
    order = np.arange(len(source))
    width = len(str(nodes))
    names = [f"X/RES/{number:0{width}}" for number in range(nodes)]
    return Network(
        names,
        {
            "label": [f"Resolution {number} on something" for number in range(nodes)],
            "type": ["Resolution"] * nodes,
            "iri": [f"https://example.org/id/doc/x-res-{number}" for number in range(nodes)],
            "symbol": names,
            "year": [1946 + number * 80 // nodes for number in range(nodes)],
        },
        source,
        target,
        {
            "functions": [_FUNCTIONS[place % len(_FUNCTIONS)] for place in order.tolist()],
            "weight": (1 + order % 4).tolist(),
        },
    )


def _ends(nodes: int, edges: int, chance: np.random.Generator) -> tuple[Places, Places]:
    found = np.zeros(0, dtype=np.int64)
    while len(found) < edges:
        source = chance.integers(_FIRST, nodes, size=edges)
        target = (source * chance.random(edges) ** 2).astype(np.int64)
        found = np.union1d(found, source * nodes + target)
    kept = np.sort(chance.permutation(found)[:edges])
    return (kept // nodes).astype(np.int32), (kept % nodes).astype(np.int32)
