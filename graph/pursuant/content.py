"""RDF in and out of the store: the same content is the same triples, and the same bytes."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
import rdflib

from pursuant.errors import BadData
from pursuant.iri import PREFIXES, UNCT
from pursuant.manifest import GraphRecord

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_SOURCE = ox.NamedNode(str(UNCT.sourceHash))
_STRING = ox.NamedNode(str(rdflib.XSD.string))

_DECLARATIONS = (
    re.compile(rb"\A(?:@prefix [^\n]*\n)+"),
    re.compile(rb"(?<=<rdf:RDF)(?: xmlns:[^ >]*)+"),
)
_DECLARATION = re.compile(rb"@prefix [^\n]*\n| xmlns:[^ >]*")


@dataclass(frozen=True, slots=True)
class Content:
    """One named graph as sorted, canonical N-Quads, and what a manifest records of it."""

    nquads: bytes
    record: GraphRecord


Nodes = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]
Given = Content | rdflib.Graph | Iterable[ox.Quad] | Iterable[ox.Triple] | Iterable[Nodes]


def read(graph: str, given: Given) -> Content:
    """The content of a graph from what a caller hands in.

    Blank nodes get names that depend on the content and the graph alone: the same graph read twice
    is the same, and two graphs never share a blank node.

    Raises:
        BadData: a term is not RDF, as an IRI with a space.
    """
    if isinstance(given, Content):
        return given
    try:
        quads = _unblanked(ox.NamedNode(graph), _triples(given))
    except (ValueError, TypeError) as error:
        raise BadData(f"graph {graph} holds what is not RDF: {error}") from error
    lines = sorted((ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(True))
    sources = {q.object.value for q in quads if q.predicate == _SOURCE}  # type: ignore[union-attr]
    nquads = b"".join(lines)
    digest = hashlib.sha256(nquads).hexdigest()
    return Content(nquads, GraphRecord(digest, len(quads), tuple(sorted(sources))))


def by_graph(given: rdflib.Dataset | Iterable[ox.Quad]) -> dict[str, Given]:
    """The filled named graphs of a dataset, by their IRIs."""
    if isinstance(given, rdflib.Dataset):
        return {str(g.identifier): g for g in given.graphs() if len(g)}
    graphs: defaultdict[str, list[ox.Triple]] = defaultdict(list)
    for quad in given:
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs[quad.graph_name.value].append(quad.triple)
    return dict(graphs)


def serialize(
    statements: Iterable[ox.Triple | ox.Quad],
    form: ox.RdfFormat,
    prefixes: Mapping[str, str] = PREFIXES,
) -> bytes:
    """Statements in a format, sorted, with the same declarations of prefixes each time."""
    if not form.supports_datasets:
        statements = {s.triple if isinstance(s, ox.Quad) else s for s in statements}
    ordered: list[Any] = sorted(statements, key=_sorting)
    written = ox.serialize(ordered, None, form, prefixes=dict(prefixes)) or b""
    for declarations in _DECLARATIONS:
        written = declarations.sub(_in_order, written, count=1)
    return written


def _in_order(declarations: re.Match[bytes]) -> bytes:
    """Prefixes sorted; the engine declares them in an order of chance."""
    return b"".join(sorted(_DECLARATION.findall(declarations[0])))


def _sorting(statement: ox.Triple | ox.Quad) -> tuple[str, ...]:
    graph_name = str(statement.graph_name) if isinstance(statement, ox.Quad) else ""
    return graph_name, str(statement.subject), str(statement.predicate), str(statement.object)


def to_rdflib(term: Term) -> rdflib.term.Node:
    """The same term in rdflib."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        plain = term.language or term.datatype == _STRING
        kind = None if plain else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=kind)
    return rdflib.BNode(str(term).removeprefix("_:"))


def from_rdflib(node: rdflib.term.Node) -> Term:
    """The same term in the store's engine."""
    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        kind = node.datatype and ox.NamedNode(str(node.datatype))
        return ox.Literal(str(node), datatype=kind or None)
    return ox.BlankNode(str(node))


def _triples(given: Iterable[ox.Quad | ox.Triple | Nodes]) -> set[ox.Triple]:
    """The same triples in the store's engine; an IRI that comes again is made once."""
    made: dict[rdflib.URIRef, ox.NamedNode] = {}

    def term(node: rdflib.term.Node) -> Any:
        if not isinstance(node, rdflib.URIRef):
            return from_rdflib(node)
        if (known := made.get(node)) is None:
            known = made[node] = ox.NamedNode(str(node))
        return known

    found = set()
    for each in given:
        if isinstance(each, ox.Quad):
            found.add(each.triple)
        elif isinstance(each, ox.Triple):
            found.add(each)
        else:
            s, p, o = each
            found.add(ox.Triple(term(s), term(p), term(o)))
    return found


def _unblanked(graph: ox.NamedNode, triples: set[ox.Triple]) -> list[ox.Quad]:
    if not any(isinstance(node, ox.BlankNode) for t in triples for node in (t.subject, t.object)):
        return [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples]
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    prefix = "b" + hashlib.sha256(graph.value.encode()).hexdigest()[:8]
    return [
        ox.Quad(_renamed(q.subject, prefix), q.predicate, _renamed(q.object, prefix), graph)  # type: ignore[arg-type]
        for q in dataset
    ]


def _renamed(term: Term, prefix: str) -> Term:
    return ox.BlankNode(prefix + term.value) if isinstance(term, ox.BlankNode) else term
