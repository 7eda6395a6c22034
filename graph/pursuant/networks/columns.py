"""A citation network as a value: columns, so that a million edges take some dozen megabytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import networkx as nx

    DiGraph: TypeAlias = nx.DiGraph[str]

Fact: TypeAlias = str | int | float | bool
Column: TypeAlias = Sequence[Fact | None] | NDArray[Any]
Places: TypeAlias = NDArray[np.int32]
_BLOCK = 4096  # numbers that are made objects of Python at a time


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """A network as it is written: the fields first, then all nodes, then all edges.

    Attributes:
        node_fields: what may be known of a node, and its type.
        edge_fields: what may be known of an edge, and its type.
        nodes: each node's name and what is known of it; read once.
        edges: each edge's two names and what is known of it; read once.
    """

    node_fields: Mapping[str, type]
    edge_fields: Mapping[str, type]
    nodes: Iterable[tuple[str, Mapping[str, Fact]]]
    edges: Iterable[tuple[str, str, Mapping[str, Fact]]]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Who cites whom, with what is known of each.

    Attributes:
        names: what the nodes are called, sorted: symbols, slugs, a document's and its paragraph's.
        nodes: columns of what is known of the nodes; None where it is not. A column of numbers may
            be an array.
        source: the citing end of each edge, as a place in `names`; edges are sorted by their ends.
        target: the cited end of each edge.
        edges: columns of what is known of the edges.
    """

    names: Sequence[str]
    nodes: Mapping[str, Column]
    source: Places
    target: Places
    edges: Mapping[str, Column]

    @property
    def weights(self) -> NDArray[np.float64]:
        """How many paragraphs stand behind each edge, 1 where that is not known."""
        given = self.edges.get("weight")
        return np.ones(len(self.source)) if given is None else np.asarray(given, dtype=float)

    @property
    def node_count(self) -> int:
        """How many nodes there are."""
        return len(self.names)

    @property
    def edge_count(self) -> int:
        """How many edges there are."""
        return len(self.source)

    def iris(self) -> Iterator[str]:
        """The IRIs of the nodes."""
        return map(str, self.nodes["iri"])

    def citing(self) -> Iterator[tuple[str, str]]:
        """IRI and type of each node that cites."""
        iris, types = self.nodes["iri"], self.nodes["type"]
        return ((str(iris[place]), str(types[place])) for place in set(self.source.tolist()))

    def knowing(
        self, nodes: Mapping[str, Column] | None = None, edges: Mapping[str, Column] | None = None
    ) -> Network:
        """The same network with more columns."""
        more, further = {**self.nodes, **(nodes or {})}, {**self.edges, **(edges or {})}
        return replace(self, nodes=more, edges=further)

    def stream(self) -> Stream:
        """The nodes and edges one after the other."""
        ends = zip(plain(self.source), plain(self.target), strict=True)
        names = self.names
        return Stream(
            _fields(self.nodes),
            _fields(self.edges),
            zip(names, _rows(self.nodes, len(names)), strict=True),
            (
                (names[a], names[b], facts)
                for (a, b), facts in zip(ends, _rows(self.edges, len(self.source)), strict=True)
            ),
        )

    def to_networkx(self) -> DiGraph:
        """The same as networkx has it: names as nodes, columns as attributes."""
        import networkx as nx

        graph: DiGraph = nx.DiGraph()
        stream = self.stream()
        graph.add_nodes_from((name, dict(facts)) for name, facts in stream.nodes)
        graph.add_edges_from((a, b, dict(facts)) for a, b, facts in stream.edges)
        return graph


def stream_of(graph: DiGraph) -> Stream:
    """A network of networkx as a stream, in the order that it has."""
    nodes: Any = graph.nodes(data=True)
    edges: Any = graph.edges(data=True)
    return Stream(
        _types(facts for _, facts in nodes), _types(facts for *_, facts in edges), nodes, edges
    )


def _types(rows: Iterable[Mapping[str, Fact]]) -> dict[str, type]:
    found: dict[str, type] = {}
    for row in rows:
        for name, value in row.items():
            found.setdefault(name, type(value))
    return found


def _fields(columns: Mapping[str, Column]) -> dict[str, type]:
    """The type of each column that knows anything."""
    known = (
        (name, next((type(v) for v in plain(column) if v is not None), None))
        for name, column in columns.items()
    )
    return {name: kind for name, kind in known if kind is not None}


def _rows(columns: Mapping[str, Column], count: int) -> Iterator[dict[str, Fact]]:
    if not columns:
        yield from ({} for _ in range(count))
    names = tuple(columns)
    for values in zip(*map(plain, columns.values()), strict=True):
        yield {name: v for name, v in zip(names, values, strict=True) if v is not None}


def plain(column: Column) -> Iterable[Any]:
    """The values of a column as Python has them, those of an array a block at a time."""
    if not isinstance(column, np.ndarray):
        return column
    starts = range(0, len(column), _BLOCK)
    return chain.from_iterable(column[start : start + _BLOCK].tolist() for start in starts)
