"""Search, in the OpenAPI document."""

from __future__ import annotations

from pursuant_api.negotiation import CSV, HTML, JSON, XLSX
from pursuant_api.openapi.parts import (
    BYTES,
    IRI,
    MAYBE,
    NUMBER,
    PAGED,
    PAGING,
    TEXT,
    Schema,
    get,
    object_of,
    ref,
)

_FACETS = {
    "body": ("Slug or name of who adopted the document.", "ecosoc"),
    "year": ("Year of adoption.", "2019"),
    "function": ("With a citation of this function.", "recall"),
    "force": ("With a mandate of this force.", "request"),
    "entity": ("That names or asks an entity.", "unodc"),
    "language": ("Of the text.", "zh"),
    "kind": ("paragraph, title or name.", "paragraph"),
    "document": ("In a document.", "e-res-2019-21"),
}


def paths() -> dict[str, Schema]:
    """The operations."""
    words = {
        "name": "q",
        "in": "query",
        "required": True,
        "description": "Words that a text must all have; “words in a row”; -word to leave out.",
        "schema": TEXT | {"format": "words", "minLength": 1, "maxLength": 1000},
        "example": "恐怖主义",
    }
    made = get(
        "Paragraphs, titles and names by their words, with counts that narrow a search",
        {JSON: ref("Found"), HTML: TEXT, CSV: TEXT, XLSX: BYTES},
        [words, *(_facet(name, *told) for name, told in _FACETS.items()), *PAGING],
        named=True,
    )
    made["get"]["responses"]["200"]["headers"] = PAGED
    return {"/search": made}


def _facet(name: str, text: str, example: str) -> Schema:
    return {
        "name": name,
        "in": "query",
        "description": f"{text} May be given more than once: any of them.",
        "schema": {"type": "array", "items": TEXT},
        "example": [example],
    }


def schemas() -> dict[str, Schema]:
    """What they answer."""
    hit = {
        "document": TEXT,
        "unit": MAYBE,
        "language": TEXT,
        "kind": {"enum": ["paragraph", "title", "name"]},
        "score": {"type": "number"},
        "snippet": TEXT,
        "iri": IRI,
        "text": TEXT,
        "spans": {
            "type": "array",
            "description": "Where in the text the words stand that were found: code points.",
            "items": {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2},
        },
    }
    counts: Schema = {"type": "object", "additionalProperties": NUMBER}
    facets = object_of(dict.fromkeys(_FACETS, counts))
    hits: Schema = {"type": "array", "items": object_of(hit)}
    return {"Found": object_of({"total": NUMBER, "hits": hits, "facets": facets})}
