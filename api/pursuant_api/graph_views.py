"""Triples in the syntaxes that programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from pursuant.content import serialize
from pursuant_api.negotiation import JSONLD, NTRIPLES, RDFXML, TURTLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pursuant_api.negotiation import Asked

SYNTAXES = {
    TURTLE: ox.RdfFormat.TURTLE,
    JSONLD: ox.RdfFormat.JSON_LD,
    NTRIPLES: ox.RdfFormat.N_TRIPLES,
    RDFXML: ox.RdfFormat.RDF_XML,
}


def graph_views(
    read: Callable[[Asked], Iterable[ox.Triple]],
) -> dict[str, Callable[[Asked], bytes]]:
    """By media type, what writes the triples that `read` gives, in a fixed order."""

    def view(media: str) -> Callable[[Asked], bytes]:
        return lambda told: written(read(told), media)

    return {media: view(media) for media in SYNTAXES}


def written(triples: Iterable[ox.Triple], media: str) -> bytes:
    """Triples in the syntax of a media type."""
    return serialize(triples, SYNTAXES[media])
