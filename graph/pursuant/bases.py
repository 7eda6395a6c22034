"""With what IRIs begin, and those that extraction prints: texts, which need no RDF library."""

from __future__ import annotations

BASE = "https://w3id.org/unct/"
TERMS = BASE + "ontology#"
DATA = BASE + "id/"


def document(slug: str) -> str:
    """IRI of a document, treaty or other instrument."""
    return f"{DATA}doc/{slug}"


def unit(document_slug: str, unit_id: str) -> str:
    """IRI of a paragraph, point or footnote of a document."""
    return f"{DATA}doc/{document_slug}/{unit_id}"


def group(slug: str) -> str:
    """IRI of a group of instruments."""
    return f"{DATA}group/{slug}"
