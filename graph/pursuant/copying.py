"""Moves a store: between folders, memory and SPARQL 1.1 endpoints, graph by graph.

An endpoint is written by the Graph Store Protocol, a whole graph at once, or else by SPARQL Update
in batches, in which a graph may be met half.
"""

from __future__ import annotations

import urllib.parse
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import networkx as nx
import pyoxigraph as ox

from pursuant.endpoint import Endpoint
from pursuant.errors import StoreProblem
from pursuant.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pursuant.transport import Service

    Tracking = Callable[[list[str]], Iterable[str]]

# As many statements as Virtuoso compiles in one request, with room.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Copied:
    """A graph and the number of its statements, where it was and where it is now."""

    graph: str
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Target:
    """An endpoint that may be written.

    Attributes:
        query: where it answers queries.
        update: where it takes SPARQL Update.
        graph_store: where it takes the Graph Store Protocol, which is preferred.
    """

    query: Service
    update: Service
    graph_store: Service | None = None

    @classmethod
    def at(
        cls, query: Service, update: str | None = None, graph_store: str | None = None
    ) -> Target:
        """The target with a query service.

        Without an address, updates go to `.../update` where queries go to `.../query`, else to the
        same place. An address without a login of its own is opened by that of the queries.
        """
        path, slash, last = query.url.rpartition("/")
        update = update or (f"{path}{slash}update" if last == "query" else query.url)
        return cls(query, query.beside(update), query.beside(graph_store) if graph_store else None)

    def put(self, graph: str, triples: list[ox.Triple]) -> None:
        """Replaces a graph.

        Raises:
            StoreProblem: the endpoint refuses, or does not answer.
        """
        if self.graph_store is not None:
            written = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            there = self.graph_store.url
            there += f"{'&' if '?' in there else '?'}graph={urllib.parse.quote(graph, safe='')}"
            form = {"Content-Type": "application/n-triples"}
            self.graph_store.beside(there).send("PUT", written, form)
            return
        self._do(f"DROP SILENT GRAPH <{graph}>")
        for batch in batches(triples):
            lines = (ox.serialize(batch, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
            # Data with blank nodes are a template: Virtuoso does not take them as DATA.
            self._do(f"INSERT {{ GRAPH <{graph}> {{\n{lines}}} }} WHERE {{}}")

    def _do(self, update: str) -> None:
        form = {"Content-Type": "application/sparql-update"}
        self.update.send("POST", update.encode(), form)


def copy(
    source: Store, target: Store | Target, track: Tracking = lambda names: names
) -> list[Copied]:
    """Replaces the graphs of a store that another has too, and adds the others; then counts.

    Args:
        source: what is read.
        target: what is written; its further graphs stay.
        track: passes the names on, and may tell how far it is.

    Raises:
        StoreProblem: there is nothing to copy, or one of both sides fails.
    """
    names = source.graphs()
    if not names:
        raise StoreProblem("there is nothing to copy: the source holds no graphs")
    if isinstance(target, Store):
        _into_store(source, target, names, track)
        after = _counts(target)
    else:
        for name in track(names):
            target.put(name, [quad.triple for quad in source.quads(name)])
        after = _counts(Store(None, Endpoint(target.query)))
    before = _counts(source)
    return [Copied(name, before.get(name, 0), after.get(name, 0)) for name in names]


def _into_store(source: Store, target: Store, names: list[str], track: Tracking) -> None:
    """One revision; two where some graphs came with the software, which stay marked so."""
    shipped = {n for n, record in source.manifest.graphs.items() if record.shipped}
    ordered = sorted(names, key=lambda name: name not in shipped)
    pairs = ((name, list(source.quads(name))) for name in track(ordered))
    if shipped:
        target.replace(islice(pairs, len(shipped)), fingerprint=source.fingerprint)
    target.replace(pairs)


def _counts(store: Store) -> dict[str, int]:
    """How many statements each graph holds, counted."""
    if not store.is_remote:
        return {name: sum(1 for _ in store.quads(name)) for name in store.graphs()}
    found = store.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return {str(row["g"]): int(str(row["n"])) for row in found}


def batches(triples: Iterable[ox.Triple], size: int = _BATCH) -> Iterator[list[ox.Triple]]:
    """Statements in lists of about a size; those that share a blank node are in the same one.

    Only within one request do two mentions of a blank node mean the same.
    """
    batch: list[ox.Triple] = []
    for together in _together(triples):
        if batch and len(batch) + len(together) > size:
            yield batch
            batch = []
        batch += together
    if batch:
        yield batch


def _together(triples: Iterable[ox.Triple]) -> Iterator[list[ox.Triple]]:
    links: nx.Graph[ox.BlankNode] = nx.Graph()
    held = []
    for triple in triples:
        blank = [n for n in (triple.subject, triple.object) if isinstance(n, ox.BlankNode)]
        if not blank:
            yield [triple]
            continue
        nx.add_path(links, blank)
        held.append((blank[0], triple))
    groups = list(nx.connected_components(links))
    number = {node: n for n, group in enumerate(groups) for node in group}
    lists: list[list[ox.Triple]] = [[] for _ in groups]
    for node, triple in held:
        lists[number[node]].append(triple)
    yield from lists
