"""The content of a named graph, in a form that is the same whenever the content is the same."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
import rdflib

from pursuant.errors import BadData
from pursuant.iri import UNCT
from pursuant.manifest import GraphRecord

Given = rdflib.Graph | Iterable[ox.Quad] | Iterable[ox.Triple]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_SOURCE = ox.NamedNode(str(UNCT.sourceHash))


@dataclass(frozen=True, slots=True)
class Content:
    """The triples of one named graph, and what a manifest records of them."""

    triples: tuple[ox.Triple, ...]
    record: GraphRecord


def read(graph: str, given: Given) -> Content:
    """The content of a graph from what a caller hands in.

    Blank nodes get names that depend on the content and the graph alone: the same graph read twice
    is the same, and two graphs never share a blank node.

    Raises:
        BadData: a term is not RDF, as an IRI with a space.
    """
    try:
        ox.NamedNode(graph)
        triples = _unblanked(graph, {_triple(t) for t in given})
    except (ValueError, TypeError) as error:
        raise BadData(f"graph {graph} holds what is not RDF: {error}") from error
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    lines = sorted(text.splitlines())
    sources = {t.object.value for t in triples if t.predicate == _SOURCE}  # type: ignore[union-attr]
    digest = hashlib.sha256(b"\n".join(lines)).hexdigest()
    return Content(triples, GraphRecord(digest, len(triples), tuple(sorted(sources))))


def by_graph(given: rdflib.Dataset | Iterable[ox.Quad]) -> dict[str, Given]:
    """The filled named graphs of a dataset, by their IRIs."""
    if isinstance(given, rdflib.Dataset):
        return {str(g.identifier): g for g in given.graphs() if len(g)}
    graphs: defaultdict[str, list[ox.Triple]] = defaultdict(list)
    for quad in given:
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs[quad.graph_name.value].append(quad.triple)
    return dict(graphs)


def to_rdflib(term: Term) -> rdflib.term.Node:
    """The same term in rdflib."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        kind = None if term.language else rdflib.URIRef(term.datatype.value)
        kind = None if kind == rdflib.XSD.string else kind
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


def _triple(given: ox.Quad | ox.Triple | tuple[rdflib.term.Node, ...]) -> ox.Triple:
    if isinstance(given, ox.Quad):
        return given.triple
    if isinstance(given, ox.Triple):
        return given
    s, p, o = (from_rdflib(node) for node in given)
    return ox.Triple(s, p, o)  # type: ignore[arg-type]


def _unblanked(graph: str, triples: set[ox.Triple]) -> tuple[ox.Triple, ...]:
    if not any(isinstance(node, ox.BlankNode) for t in triples for node in (t.subject, t.object)):
        return tuple(triples)
    dataset = ox.Dataset(ox.Quad(*t) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    prefix = "b" + hashlib.sha256(graph.encode()).hexdigest()[:8]
    return tuple(
        ox.Triple(_renamed(q.subject, prefix), q.predicate, _renamed(q.object, prefix))  # type: ignore[arg-type]
        for q in dataset
    )


def _renamed(term: Term, prefix: str) -> Term:
    return ox.BlankNode(prefix + term.value) if isinstance(term, ox.BlankNode) else term
