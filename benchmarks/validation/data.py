"""What is validated: the SPARQL benchmark's graph as one, with faults, and two sets of shapes."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import SH, Graph

from benchmarks.facade.generate import made
from pursuant.checking import background, own_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ONE_IN = 400  # triples that are left out, for there to be something to find
_NAMED_TWICE = 1.08  # some triples are in several of its graphs
_KEPT = (b"rdf-schema#subClassOf>", b"22-rdf-syntax-ns#type>")


def data(folder: Path, triples: int) -> Path:
    """A file of so many distinct triples or a few more (N-Triples), made now unless it is there.

    One in 400 of the composed triples is left out, by a checksum of its text: always the same ones.
    """
    source = made(folder, int(triples * _NAMED_TWICE)).path
    path = source.with_suffix(f".{_ONE_IN}.nt")
    if not path.exists():
        store = ox.Store()
        quads = ox.parse(path=str(source), format=ox.RdfFormat.N_QUADS)
        store.bulk_extend(ox.Quad(*quad.triple) for quad in quads)
        store.bulk_extend(ox.Quad(*triple) for triple in background())
        with path.open("wb") as output:
            output.writelines(_with_faults(store))
    return path


def _with_faults(store: ox.Store) -> Iterator[bytes]:
    for quad in store:
        line = f"{quad.triple} .\n".encode()
        if any(kept in line for kept in _KEPT) or zlib.crc32(line) % _ONE_IN:
            yield line


def shapes(folder: Path, which: str) -> Path:
    """The project's shapes as Turtle: "all", or "core", those without queries."""
    path = folder / f"shapes-{which}.ttl"
    graph = own_shapes()
    if which == "core":
        graph = _without_queries(graph)
    path.write_text(graph.serialize(format="turtle"), encoding="utf-8")
    return path


def _without_queries(graph: Graph) -> Graph:
    left = set(graph.subjects(SH.sparql))
    parts = {part for node in left for part in graph.objects(node, SH.sparql)}
    kept = Graph()
    for triple in graph:
        if triple[0] not in left | parts:
            kept.add(triple)
    return kept


def distinct(path: Path) -> int:
    """How many triples a file has."""
    with path.open("rb") as file:
        return sum(1 for _ in file)
