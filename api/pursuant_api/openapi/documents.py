"""Documents and their units, in the OpenAPI document."""

from __future__ import annotations

import json
from copy import deepcopy

from pursuant.paths import DATA
from pursuant.querying import INVOKES
from pursuant_api.negotiation import HTML, JSON, TURTLE
from pursuant_api.openapi.parts import (
    IRI,
    MAYBE,
    NUMBER,
    SLUG,
    TEXT,
    TEXTS,
    UNIT,
    Schema,
    get,
    object_of,
    parameter,
    path,
    ref,
    rows,
    table,
)


def paths() -> dict[str, Schema]:
    """The operations."""
    slug = path("slug", SLUG, "e-res-2019-21", "A document: its slug.")
    unit = path("unit", UNIT, "op24", "A paragraph, point or footnote of it.")
    texts = parameter("text", "The language of the text, where it is held in several.", "zh")
    invoked = {JSON: rows("InvokedInstrument")}
    return {
        "/": get("Leads to the list of documents", {}, redirects=307),
        "/documents": get(
            "The documents whose text is held",
            {JSON: rows("ListedDocument"), HTML: TEXT},
        ),
        "/documents/{slug}": get(
            "A document: the object that extract prints, a page to read, or its graphs",
            {JSON: ref("HeldDocument"), HTML: TEXT, TURTLE: TEXT},
            [slug, texts],
            named=True,
        ),
        "/documents/{slug}/instruments": get(
            "What a document invokes", invoked, [slug], named=True
        ),
        "/documents/{slug}/{unit}": get(
            "A unit of a document, and what its graphs say of it",
            {JSON: ref("HeldUnit"), HTML: TEXT, TURTLE: TEXT},
            [slug, unit, texts],
            named=True,
        ),
        "/documents/{slug}/{unit}/instruments": get(
            "What a unit invokes", invoked, [slug, unit], named=True
        ),
    }


def schemas() -> dict[str, Schema]:
    """What they answer; the parts of a document are those of `extract`'s own schema."""
    defined: dict[str, Schema] = _of_extract()
    whole = defined.pop("document")
    del defined["error"]
    note = deepcopy(defined["footnote"])
    note["properties"]["id"] = {"$ref": "#/components/schemas/unit"}
    whole["properties"]["footnotes"] = {"type": "array", "items": ref("HeldFootnote")}
    whole["properties"] |= _COMMON
    whole["required"] = [*whole["required"], *_COMMON]
    return defined | {
        "HeldDocument": whole,
        "HeldFootnote": note,
        "HeldUnit": _held_unit(defined["paragraph"], note),
        "ListedDocument": object_of(_LISTED),
        "InvokedInstrument": table(INVOKES),
    }


def _of_extract() -> dict[str, Schema]:
    text = (DATA / "extract.schema.json").read_text(encoding="utf-8")
    found: dict[str, Schema] = json.loads(text.replace("#/$defs/", "#/components/schemas/"))
    return dict(found["$defs"])


def _held_unit(paragraph: Schema, note: Schema) -> Schema:
    about = _COMMON | {"document": MAYBE, "language": TEXT, "speaker": MAYBE}
    forms = [object_of(each["properties"] | about) for each in (paragraph, note)]
    return {"oneOf": forms, "description": "A paragraph, or a footnote."}


_COMMON: dict[str, Schema] = {
    "slug": TEXT,
    "iri": IRI,
    "languages": TEXTS,
    "summaries": {
        "type": "object",
        "additionalProperties": object_of(
            {"text": {"type": "object", "additionalProperties": TEXT}, "status": TEXT}
        ),
    },
}
_LISTED: dict[str, Schema] = {
    "symbol": MAYBE,
    "slug": TEXT,
    "iri": IRI,
    "title": MAYBE,
    "adopted": MAYBE,
    "adoptedBy": MAYBE,
    "languages": TEXTS,
    "paragraphs": NUMBER,
    "citations": NUMBER,
    "mandates": NUMBER,
}
