"""The IRIs of everything: terms, concepts, documents, units, statements.

Data IRIs start with a base that an installation may change (`https://w3id.org/unct/`); terms,
shapes and vocabularies keep theirs, so that queries written for one installation work on another.
"""

from __future__ import annotations

import functools

from rdflib import Namespace, URIRef

from pursuant.bases import BASE, DATA, TERMS


class _Terms(Namespace):
    """A namespace each of whose terms is made once: documents use a few terms many times."""

    def __getattr__(self, name: str) -> URIRef:
        term = super().__getattr__(name)
        if not name.startswith("__"):
            self.__dict__[name] = term
        return term


UNCT = _Terms(TERMS)
SHAPES = Namespace(BASE + "shapes#")
VOCAB = Namespace(BASE + "vocab/")
ID = Namespace(DATA)
OA = _Terms("http://www.w3.org/ns/oa#")

PREFIXES = {
    "unct": str(UNCT),
    "unctsh": str(SHAPES),
    "vocab": str(VOCAB),
    "doc": str(ID) + "doc/",
    "entity": str(ID) + "entity/",
    "group": str(ID) + "group/",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": str(OA),
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def document(slug: str) -> URIRef:
    """IRI of a document, treaty or other instrument."""
    return ID[f"doc/{slug}"]


def unit(document_slug: str, unit_id: str) -> URIRef:
    """IRI of a paragraph, point or footnote of a document."""
    return ID[f"doc/{document_slug}/{unit_id}"]


def entity(slug: str) -> URIRef:
    """IRI of a body, office, organization or group of actors."""
    return ID[f"entity/{slug}"]


@functools.cache
def concept(scheme: str, slug: str) -> URIRef:
    """IRI of a concept of one of the vocabularies."""
    return VOCAB[f"{scheme}/{slug}"]


def expression(document_slug: str, language: str) -> URIRef:
    """IRI of a document in one language."""
    return ID[f"expression/{document_slug}.{language}"]


def graph(name: str) -> URIRef:
    """IRI of a named graph: `e-res-2019-21.zh`, `e-res-2019-21.review`, `register`, ..."""
    return ID[f"graph/{name}"]


def source(sha256: str) -> URIRef:
    """IRI of a source file, by the SHA-256 of its bytes."""
    return ID[f"source/{sha256[:16]}"]


def local(iri: str) -> str:
    """Last segment of an IRI.

    >>> local("https://w3id.org/unct/id/entity/unodc")
    'unodc'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
