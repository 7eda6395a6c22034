"""The forms in which a query's answer may come, and which of them an asker wants.

>>> forms("text/csv, text/turtle;q=0.5", None)
Forms(table='text/csv', graph='text/turtle')
>>> forms("text/csv", None).graph is None
True
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pursuant_api.answering import GRAPHS, TABLES
from pursuant_api.negotiation import HTML, preferred

NAMED = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "nquads": "application/n-quads",
    "trig": "application/trig",
    "html": HTML,
}


@dataclass(frozen=True, slots=True)
class Forms:
    """The media type of an answer if it is a table, and if it is a graph; None where none fits."""

    table: str | None
    graph: str | None


@lru_cache(maxsize=1024)
def forms(accept: str, name: str | None) -> Forms:
    """What an Accept header prefers, or what `?format=` names, whatever the header says."""
    asked = NAMED[name] if name else accept
    return Forms(preferred(asked, (*TABLES, HTML)), preferred(asked, (*GRAPHS, HTML)))


@lru_cache(maxsize=1024)
def is_for_people(accept: str, name: str | None) -> bool:
    """Whether the asker reads pages rather than data."""
    return preferred(NAMED[name] if name else accept, ("application/json", HTML)) == HTML


def content_type(media: str) -> str:
    """A media type as a header says it."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
