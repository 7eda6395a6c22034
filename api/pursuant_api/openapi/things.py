"""Instruments and entities, in the OpenAPI document."""

from __future__ import annotations

from pursuant.listing import ENTITY, INSTRUMENT
from pursuant.querying import CITED_BY
from pursuant_api.negotiation import HTML, JSON
from pursuant_api.openapi import mandates
from pursuant_api.openapi.parts import (
    GRAPHS,
    IRI,
    MAYBE,
    PAGING,
    SLUG,
    TEXT,
    TEXTS,
    VIA,
    Schema,
    dates,
    get,
    list_of,
    object_of,
    parameter,
    path,
    ref,
    rows,
    table,
)


def paths() -> dict[str, Schema]:
    """The operations."""
    instrument = path("slug", SLUG, "crc", "An instrument or group of instruments.")
    return {
        "/instruments": list_of(
            "The instruments and groups of them that are known",
            "ListedInstrument",
            named=True,
            parameters=[
                parameter("kind", "A class of the ontology.", "Convention"),
                *dates("1989-11-20"),
            ],
        ),
        "/instruments/{slug}": get(
            "An instrument or group, with a page of the paragraphs that invoke it",
            {JSON: ref("Instrument"), HTML: TEXT} | GRAPHS,
            [instrument, *PAGING],
            named=True,
        ),
        "/instruments/{slug}/cited-by": list_of(
            "The paragraphs that invoke an instrument",
            "CitingParagraph",
            [instrument, *_citing()],
            named=True,
        ),
    } | _entities()


def _entities() -> dict[str, Schema]:
    entity = path("slug", SLUG, "unodc", "A body, office or group of actors.")
    return {
        "/entities": list_of(
            "The bodies, offices and groups of actors that are known",
            "ListedEntity",
            named=True,
            parameters=[parameter("kind", "A class of the ontology.", "DeliberativeBody")],
        ),
        "/entities/{slug}": get(
            "A body, office or group of actors, with a page of what is asked of it",
            {JSON: ref("Entity"), HTML: TEXT} | GRAPHS,
            [entity, *PAGING],
            named=True,
        ),
        "/entities/{slug}/mandates": list_of(
            "What is asked of an entity",
            "AskedMandate",
            [entity, *mandates.further(), mandates.columns()],
            named=True,
        ),
    }


def _citing() -> list[Schema]:
    return [
        parameter("function", "How it is invoked.", "legal-obligation"),
        parameter("via", "Where the words stand that invoke it.", "text", VIA),
        *dates("2019-07-23", "By documents adopted")[1:],
    ]


def schemas() -> dict[str, Schema]:
    """What they answer."""
    return {
        "CitingParagraph": table(CITED_BY),
        "ListedInstrument": table(INSTRUMENT),
        "ListedEntity": table(ENTITY),
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
