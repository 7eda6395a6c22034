"""Documents and their units, in the OpenAPI document."""

from __future__ import annotations

import json
from copy import deepcopy

from pursuant.document import Kind, Status
from pursuant.listing import CITATION, DOCUMENT
from pursuant.paths import DATA
from pursuant.querying import INVOKES
from pursuant_api.negotiation import HTML, JSON
from pursuant_api.openapi.parts import (
    GRAPHS,
    IRI,
    MAYBE,
    SLUG,
    TEXT,
    TEXTS,
    UNIT,
    VIA,
    Schema,
    dates,
    get,
    list_of,
    object_of,
    parameter,
    path,
    ref,
    table,
)


def paths() -> dict[str, Schema]:
    """The operations."""
    slug = path("slug", SLUG, "e-res-2019-21", "A document: its slug.")
    unit = path("unit", UNIT, "op24", "A paragraph, point or footnote of it.")
    texts = parameter("text", "The language of the text, where it is held in several.", "zh")
    return {
        "/": get("Leads to the list of documents", {}, redirects=307),
        "/documents": list_of(
            "The documents whose text is held", "ListedDocument", _filters(), named=True
        ),
        "/documents/{slug}": get(
            "A document: the object that extract prints, a page to read, or its graphs",
            {JSON: ref("HeldDocument"), HTML: TEXT} | GRAPHS,
            [slug, texts],
            named=True,
        ),
        "/documents/{slug}/instruments": list_of(
            "What a document invokes", "InvokedInstrument", [slug], named=True
        ),
        "/documents/{slug}/citations": list_of(
            "All that a document cites: groups, the text itself and what is not resolved too",
            "Citation",
            [slug, *_cited()],
            named=True,
        ),
        "/documents/{slug}/{unit}": get(
            "A unit of a document, and what its graphs say of it",
            {JSON: ref("HeldUnit"), HTML: TEXT} | GRAPHS,
            [slug, unit, texts],
            named=True,
        ),
        "/documents/{slug}/{unit}/instruments": list_of(
            "What a unit invokes", "InvokedInstrument", [slug, unit], named=True
        ),
        "/documents/{slug}/{unit}/citations": list_of(
            "All that a unit cites", "Citation", [slug, unit, *_cited()], named=True
        ),
    }


def _filters() -> list[Schema]:
    return [
        parameter("body", "Slug or name of who adopted them.", "ecosoc"),
        *dates("2019-07-23"),
        parameter("held_in", "A language in which the text is held.", "zh"),
        parameter("topic", "What a person found them to be about.", "prisons"),
    ]


def _cited() -> list[Schema]:
    return [
        parameter("function", "How it is cited.", "implement"),
        parameter("status", "Whether it is known what is cited.", "resolved", Status),
        parameter("kind", "What kind of thing is cited.", "instrument", Kind),
        parameter("target", "What is cited.", "A/RES/60/288"),
        parameter("via", "Where the words stand that cite it.", "text", VIA),
    ]


def schemas() -> dict[str, Schema]:
    """What they answer; the parts of a document are those of `extract`'s own schema."""
    defined: dict[str, Schema] = _of_extract()
    whole = defined.pop("document")
    read = deepcopy(whole)
    del defined["error"]
    note = deepcopy(defined["footnote"])
    note["properties"]["id"] = {"$ref": "#/components/schemas/unit"}
    whole["properties"]["footnotes"] = {"type": "array", "items": ref("HeldFootnote")}
    whole["properties"] |= _COMMON
    whole["required"] = [*whole["required"], *_COMMON]
    return defined | {
        "HeldDocument": whole,
        "ReadDocument": read,
        "HeldFootnote": note,
        "HeldUnit": _held_unit(defined["paragraph"], note),
        "ListedDocument": table(DOCUMENT),
        "Citation": table(CITATION),
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
