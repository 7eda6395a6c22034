"""Instruments and entities, in the OpenAPI document."""

from __future__ import annotations

from pursuant.querying import CITED_BY
from pursuant_api.negotiation import HTML, JSON, TURTLE
from pursuant_api.openapi.parts import (
    IRI,
    MAYBE,
    SLUG,
    TEXT,
    TEXTS,
    Schema,
    get,
    object_of,
    path,
    ref,
    rows,
    table,
)


def paths() -> dict[str, Schema]:
    """The operations."""
    instrument = path("slug", SLUG, "crc", "An instrument or group of instruments.")
    entity = path("slug", SLUG, "unodc", "A body, office or group of actors.")
    return {
        "/instruments/{slug}": get(
            "An instrument or group, with the paragraphs that invoke it",
            {JSON: ref("Instrument"), HTML: TEXT, TURTLE: TEXT},
            [instrument],
            named=True,
        ),
        "/instruments/{slug}/cited-by": get(
            "The paragraphs that invoke an instrument",
            {JSON: rows("CitingParagraph")},
            [instrument],
            named=True,
        ),
        "/entities/{slug}": get(
            "A body, office or group of actors, with what is asked of it",
            {JSON: ref("Entity"), HTML: TEXT, TURTLE: TEXT},
            [entity],
            named=True,
        ),
        "/entities/{slug}/mandates": get(
            "What is asked of an entity", {JSON: rows("AskedMandate")}, [entity], named=True
        ),
    }


def schemas() -> dict[str, Schema]:
    """What they answer."""
    return {
        "CitingParagraph": table(CITED_BY),
        "Instrument": object_of(
            _THING | {"held": {"type": "boolean"}, "citedBy": rows("CitingParagraph")}
        ),
        "Entity": object_of(_THING | {"mandates": rows("AskedMandate")}),
    }


_THING: dict[str, Schema] = {
    "iri": IRI,
    "slug": TEXT,
    "symbol": MAYBE,
    "labels": {"type": "object", "additionalProperties": TEXT},
    "unverifiedLabels": TEXTS,
    "otherNames": TEXTS,
    "types": TEXTS,
    "facts": {"type": "object", "additionalProperties": TEXTS},
    "unverified": TEXTS,
    "reviewStatus": MAYBE,
}
