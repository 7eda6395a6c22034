"""Builds the graph from data/: ontology, vocabularies, register, documents, reviews.

Each part is a named graph of its own. Nothing in it tells when or where it was built, so building
twice gives the same bytes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rdflib import Dataset, Graph, Literal, URIRef

from pursuant import iri, rdf, reviewing
from pursuant.deriving import derive, derived
from pursuant.errors import BadData, UnreadableSource
from pursuant.extracting import extract
from pursuant.identifying import identified
from pursuant.loading import load
from pursuant.paths import DATA, ONTOLOGY
from pursuant.rdf_reviews import review_graph
from pursuant.register import register
from pursuant.symbol import slug
from pursuant.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pursuant.deriving import Triple
    from pursuant.document import Document

_SHIPPED = {
    "ontology": ("unct.ttl", "alignments.ttl"),
    "vocabulary": ("vocab/*.ttl",),
    "shapes": ("shapes.ttl",),
}


def shipped_fingerprint() -> str:
    """SHA-256 over everything that the shipped graph is made from, and over the version."""
    digest = hashlib.sha256(__version__.encode())
    for folder in (ONTOLOGY, DATA):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def shipped_graphs() -> dict[URIRef, Graph]:
    """The graphs that come with Pursuant, by their IRIs.

    Raises:
        BadData: a file is wrong, or a review no longer agrees with the text it speaks of.
    """
    graphs = [_parsed(name, ONTOLOGY, patterns) for name, patterns in _SHIPPED.items()]
    graphs.append(_register())
    documents = [extract(path) for path in sorted((DATA / "sources").glob("*.txt"))]
    found = {URIRef(str(graph.identifier)): graph for graph in graphs}
    for document in documents:
        found |= document_graphs(document)
    return found | _reviews(documents)


def _register() -> Graph:
    graph = derive(_parsed("register", DATA / "register", ("*.ttl",)))
    for triple in list(identified(graph)):
        graph.add(triple)
    return graph


def _parsed(name: str, folder: Path, patterns: Iterable[str]) -> Graph:
    paths = sorted(path for pattern in patterns for path in folder.glob(pattern))
    return load(paths, Graph(identifier=iri.graph(name)))


def document_graphs(document: Document) -> dict[URIRef, Graph]:
    """The named graph of one document, by its IRI.

    Raises:
        UnreadableSource: the document has no symbol to make addresses from.
    """
    name, triples = document_triples(document)
    graph = Graph(identifier=name)
    for triple in triples:
        graph.add(triple)
    return {name: graph}


def document_triples(document: Document) -> tuple[URIRef, set[Triple]]:
    """The name of a document's graph, and its triples with all that follows from them.

    Raises:
        UnreadableSource: the document has no symbol to make addresses from.
    """
    if not document.symbol:
        raise UnreadableSource(document.source, "its symbol was not found, so it has no address")
    name, triples = rdf.document_triples(document, register())
    # The register may have the symbol already, and the graph then lacks it.
    own = (iri.document(slug(document.symbol)), iri.UNCT.symbol, Literal(document.symbol))
    return name, {*derived(triples), *identified({*triples, own})}


def _reviews(documents: Iterable[Document]) -> dict[URIRef, Graph]:
    by_name = {(slug(d.symbol or ""), d.language): d for d in documents}
    graphs = {}
    for path in sorted((DATA / "reviews").glob("*.toml")):
        reviews = reviewing.load(path)
        document = by_name.get((reviews.document, reviews.language))
        if document is None:
            raise BadData(
                f"{path.name}: {reviews.document} ({reviews.language}) is not in data/sources"
            )
        reviewing.check(reviews, document)
        graph = derive(review_graph(reviews, register()))
        graphs[URIRef(str(graph.identifier))] = graph
    return graphs


def dataset(graphs: Mapping[URIRef, Graph]) -> Dataset:
    """Named graphs as one dataset whose default graph is their union."""
    together = Dataset(default_union=True)
    for name, graph in graphs.items():
        own = together.graph(name)
        together.addN((*triple, own) for triple in graph)
    return together


def build(documents: Iterable[Path] = ()) -> Dataset:
    """The shipped graph, and further documents with it.

    >>> sorted(iri.local(graph.identifier) for graph in build().graphs() if len(graph))[:2]
    ['e-res-2019-21.review', 'e-res-2019-21.zh']

    Raises:
        UnreadableSource: a file cannot be read as a resolution.
        BadData: the shipped data are wrong.
    """
    graphs = shipped_graphs()
    for path in documents:
        graphs |= document_graphs(extract(path))
    return dataset(graphs)


def relocated(graphs: Mapping[URIRef, Graph], base: str) -> dict[URIRef, Graph]:
    """The same graphs with their data IRIs under another base; terms and concepts keep theirs.

    >>> from rdflib import RDF
    >>> g = Graph(); _ = g.add((iri.entity("unodc"), RDF.type, iri.UNCT.Entity))
    >>> moved = relocated({iri.graph("x"): g}, "https://example.org/")
    >>> [str(s) for graph in moved.values() for s in graph.subjects()]
    ['https://example.org/id/entity/unodc']
    """
    return {
        _moved(name, base): _moved_graph(graph, _moved(name, base), base)
        for name, graph in graphs.items()
    }


def _moved_graph(graph: Graph, name: URIRef, base: str) -> Graph:
    moved = Graph(identifier=name)
    for subject, predicate, value in graph:
        target = _moved(value, base) if isinstance(value, URIRef) else value
        moved.add(
            (_moved(subject, base) if isinstance(subject, URIRef) else subject, predicate, target)
        )
    return moved


def _moved(node: URIRef, base: str) -> URIRef:
    text = str(node)
    if not text.startswith(str(iri.ID)):
        return node
    return URIRef(f"{base.rstrip('/')}/id/{text.removeprefix(str(iri.ID))}")
