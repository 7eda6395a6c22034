"""A citation network, the same each time: what is newer cites what is older, the old more.

It is composed node by node and edge by edge, so that composing it takes no memory, and each engine
holds what it needs itself.
"""

from __future__ import annotations

import random
from array import array
from typing import TYPE_CHECKING

import numpy as np

from pursuant.networks.columns import Network, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pursuant.networks.columns import Fact

SEED = 2019
_FUNCTIONS = ("recall", "reaffirm", "recall; reaffirm", "take-note", "implement; stress", "welcome")


def named(count: int) -> Iterator[tuple[str, dict[str, Fact]]]:
    """The name of each node, and what is known of it."""
    width = len(str(count))
    for number in range(count):
        name = f"X/RES/{number:0{width}}"
        yield (
            name,
            {
                "label": f"Resolution {number} on something",
                "type": "Resolution",
                "iri": f"https://example.org/id/doc/x-res-{number}",
                "symbol": name,
                "year": 1946 + number * 80 // count,
            },
        )


def ends(nodes: int, edges: int, seed: int = SEED) -> Iterator[tuple[int, int]]:
    """The two ends of each edge as places of nodes, sorted; none comes twice."""
    chance = random.Random(seed)
    made = 0
    for source in range(1, nodes):
        wanted = min(source, edges * (source + 1) // nodes - made)
        cited: set[int] = set()
        while len(cited) < wanted:
            cited.add(int(source * chance.random() ** 2))
        yield from ((source, target) for target in sorted(cited))
        made += wanted


def known(place: int) -> dict[str, Fact]:
    """What is known of the edge at a place."""
    return {"functions": _FUNCTIONS[place % len(_FUNCTIONS)], "weight": 1 + place % 4}


def streamed(nodes: int, edges: int, seed: int = SEED) -> Stream:
    """The network as it comes."""
    names = [name for name, _ in named(nodes)]
    return Stream(
        {about: type(fact) for _, facts in named(1) for about, fact in facts.items()},
        {about: type(fact) for about, fact in known(0).items()},
        ((name, facts) for name, (_, facts) in zip(names, named(nodes), strict=True)),
        (
            (names[a], names[b], known(place))
            for place, (a, b) in enumerate(ends(nodes, edges, seed))
        ),
    )


def composed(nodes: int, edges: int, seed: int = SEED) -> Network:
    """The network in columns, as those that are gathered from a store have them."""
    names: list[str] = []
    columns: dict[str, list[Fact | None]] = {}
    for name, facts in named(nodes):
        names.append(name)
        for about, fact in facts.items():
            columns.setdefault(about, []).append(fact)
    source, target = array("i"), array("i")
    for a, b in ends(nodes, edges, seed):
        source.append(a)
        target.append(b)
    weights = 1 + np.arange(len(source), dtype=np.int32) % 4
    functions = [_FUNCTIONS[place % len(_FUNCTIONS)] for place in range(len(source))]
    return Network(
        names,
        columns,
        np.frombuffer(source, np.int32),
        np.frombuffer(target, np.int32),
        {"functions": functions, "weight": weights},
    )
