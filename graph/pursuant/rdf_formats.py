"""The formats of RDF, by the names that we and other people give them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Mapping

RDF_FORMATS: Mapping[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_ALIASES = {
    "ttl": "turtle",
    "nt": "ntriples",
    "nq": "nquads",
    "rdf": "rdfxml",
    "net": "pajek",
    "cyjs": "cytoscape",
    "cytoscapejson": "cytoscape",
}


def format_name(text: str) -> str:
    """Our name of a format, from what people call it.

    >>> format_name("JSON-LD"), format_name(".ttl"), format_name("N-Triples")
    ('jsonld', 'turtle', 'ntriples')
    """
    plain = re.sub(r"[^a-z]", "", text.lower())
    return _ALIASES.get(plain, plain)
