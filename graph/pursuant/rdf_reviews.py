"""From a person's reading of a document to triples: what stands beside the machine's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import PROV, RDF, Graph, Literal, URIRef

from pursuant import iri
from pursuant.iri import UNCT, concept
from pursuant.rdf import PARTNER, thing_iri

if TYPE_CHECKING:
    from pursuant.register import Register
    from pursuant.reviewing import MandateReview, Reviews, UnitReview


def review_graph(reviews: Reviews, register: Register) -> Graph:
    """The triples of a person's reading: summaries, topics and corrections beside the machine's."""
    graph = Graph(identifier=iri.graph(f"{reviews.document}.review"))
    node = URIRef(str(graph.identifier))
    graph.add((node, PROV.wasDerivedFrom, iri.expression(reviews.document, reviews.language)))
    texts = {unit.id: unit.text for unit in reviews.units}
    every: tuple[UnitReview | MandateReview, ...] = (*reviews.units, *reviews.mandates)
    for review in every:
        subject = iri.unit(reviews.document, review.id)
        target = iri.unit(reviews.document, f"{review.id}-rev")
        graph.add((target, RDF.type, UNCT.Review))
        graph.add((target, UNCT.reviews, subject))
        graph.add((target, UNCT.reviewer, Literal(reviews.reviewer)))
        graph.add((target, UNCT.reviewStatus, Literal(reviews.status)))
        graph.add((target, UNCT.reviewedText, Literal(texts[review.id.partition("-man")[0]])))
        _review(graph, target, review, register)
    return graph


def _review(
    graph: Graph, target: URIRef, review: UnitReview | MandateReview, register: Register
) -> None:
    for language, text in review.summary.items():
        graph.add((target, UNCT.summary, Literal(text, lang=language)))
    for name in ("topic", "pillar", "action", "condition"):
        for slug in getattr(review, f"{name}s", None) or ():
            graph.add((target, UNCT[name], concept(name, slug)))
    for slug in getattr(review, "beneficiaries", ()):
        graph.add((target, UNCT.beneficiary, thing_iri(slug, register)))
    for slug in getattr(review, "focus", ()):
        graph.add((target, UNCT.focusGroup, thing_iri(slug, register)))
    for partner in getattr(review, "partners", None) or ():
        graph.add((target, PARTNER[partner.mode], thing_iri(partner.entity, register)))
