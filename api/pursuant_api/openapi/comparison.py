"""Comparison, in the OpenAPI document."""

from __future__ import annotations

from pursuant_api.negotiation import CSV, HTML, JSON, XLSX
from pursuant_api.openapi.parts import (
    BYTES,
    MAYBE,
    TEXT,
    TEXTS,
    Schema,
    get,
    object_of,
    parameter,
    ref,
    rows,
)

_LIKENESS: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}


def paths() -> dict[str, Schema]:
    """The operations."""
    more = {
        "name": "c",
        "in": "query",
        "description": "One more document, or several: then lineages are told.",
        "schema": {"type": "array", "items": TEXT, "maxItems": 18},
    }
    compared: Schema = {"oneOf": [ref("Comparison"), ref("Lineages")]}
    return {
        "/compare": get(
            "What became of a document's paragraphs, citations and mandates in another",
            {JSON: compared, HTML: TEXT, CSV: TEXT, XLSX: BYTES},
            [
                _document("a", "The earlier document."),
                _document("b", "The later document."),
                more,
                parameter("text", "The language of the texts, where all have it.", "zh"),
            ],
            named=True,
        )
    }


def _document(name: str, text: str) -> Schema:
    schema = TEXT | {"minLength": 1}
    return parameter(name, text, "e-res-2019-21") | {"required": True, "schema": schema}


def schemas() -> dict[str, Schema]:
    """What they answer."""
    step = {"document": TEXT, "unit": TEXT, "likeness": _LIKENESS, "text": TEXT}
    lineage = {"agreed_since": TEXT, "steps": {"type": "array", "items": object_of(step)}}
    return {
        "Comparison": object_of(
            {
                "before": ref("ComparedDocument"),
                "after": ref("ComparedDocument"),
                "citations": object_of({"gained": TEXTS, "lost": TEXTS}),
                "paragraphs": rows("ComparedParagraph"),
            }
        ),
        "ComparedDocument": object_of(
            dict.fromkeys(("symbol", "slug", "title", "adopted"), MAYBE) | {"language": TEXT}
        ),
        "ComparedParagraph": object_of(_paragraph()),
        "Lineages": object_of(
            {"documents": TEXTS, "lineages": {"type": "array", "items": object_of(lineage)}}
        ),
    }


def _paragraph() -> dict[str, Schema]:
    unit = {"id": TEXT, "number": MAYBE, "text": TEXT}
    mandate = {"force": TEXT, "modalities": TEXTS, "exact": TEXT}
    citation = {"target": TEXT, "change": TEXT, "before": MAYBE, "after": MAYBE}
    change = {
        "change": TEXT,
        "addressees": TEXTS,
        "before": _maybe(mandate),
        "after": _maybe(mandate),
    }
    return {
        "before": _maybe(unit),
        "after": _maybe(unit),
        "state": {"enum": ["same", "changed", "added", "removed"]},
        "moved": {"type": "boolean"},
        "likeness": _LIKENESS,
        "words": {"type": "array", "items": object_of({"kind": TEXT, "text": TEXT})},
        "citations": {"type": "array", "items": object_of(citation)},
        "mandates": {"type": "array", "items": object_of(change)},
    }


def _maybe(properties: dict[str, Schema]) -> Schema:
    return {"oneOf": [object_of(properties), {"type": "null"}]}
