"""What follows from the ontology: superclasses, superproperties and inverses, written out.

Plain SPARQL sees no hierarchy, and no reasoner runs when an analyst asks; so each graph carries
what the ontology makes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, Graph

from pursuant.iri import UNCT
from pursuant.paths import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib import URIRef
    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Proper ancestors of each class and property, and inverses of properties."""

    classes: Mapping[Node, frozenset[Node]]
    properties: Mapping[Node, frozenset[Node]]
    inverses: Mapping[Node, Node]


@cache
def hierarchy() -> Hierarchy:
    """The hierarchy of our own terms, without their alignments to other vocabularies."""
    ontology = Graph().parse(ONTOLOGY / "unct.ttl")
    inverses = dict(ontology.subject_objects(OWL.inverseOf))
    return Hierarchy(
        _ancestors(ontology, RDFS.subClassOf),
        _ancestors(ontology, RDFS.subPropertyOf),
        inverses | {b: a for a, b in inverses.items()},
    )


def _ancestors(ontology: Graph, relation: URIRef) -> dict[Node, frozenset[Node]]:
    return {
        term: frozenset(
            ancestor
            for ancestor in ontology.transitive_objects(term, relation)
            if ancestor and ancestor != term and str(ancestor).startswith(str(UNCT))
        )
        for term in set(ontology.subjects(relation))
    }


def derive(graph: Graph) -> Graph:
    """Add to a graph what the ontology makes of its triples; the same graph is given back."""
    for triple in list(derived(graph)):
        graph.add(triple)
    return graph


def derived(triples: Iterable[Triple]) -> Iterator[Triple]:
    """What the ontology makes of some triples, and what they are; some come more than once."""
    known = hierarchy()
    for subject, predicate, value in triples:
        if predicate == RDF.type:
            yield subject, predicate, value
            for ancestor in known.classes.get(value, ()):
                yield subject, predicate, ancestor
            continue
        for term in (predicate, *known.properties.get(predicate, ())):
            yield subject, term, value
            if inverse := known.inverses.get(term):
                yield value, inverse, subject
