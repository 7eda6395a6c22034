"""Checking of data, in the OpenAPI document."""

from __future__ import annotations

from pursuant_api.negotiation import HTML, JSON, TURTLE
from pursuant_api.openapi.parts import (
    LANGUAGE,
    MAYBE,
    NUMBER,
    PROBLEM,
    TEXT,
    Schema,
    object_of,
    ref,
)
from pursuant_api.validation import FIELDS, SYNTAXES
from pursuant_api.validation import TEXT as PLAIN

_EXAMPLE = "<https://example.org/a> a <https://w3id.org/unct/ontology#Resolution> ."


def paths() -> dict[str, Schema]:
    """The operations."""
    page = {"description": "The page with the form.", "content": {HTML: {"schema": TEXT}}}
    return {
        "/validate": {
            "get": {
                "summary": "A page on which to check data",
                "parameters": [LANGUAGE],
                "responses": {"200": page, "400": PROBLEM},
            },
            "post": _checking(),
        }
    }


def schemas() -> dict[str, Schema]:
    """What they answer."""
    flag: Schema = {"type": "boolean"}
    finding = object_of(
        dict.fromkeys(("severity", "focus", "constraint", "name", "message"), TEXT)
        | dict.fromkeys(("path", "value", "component", "label", "value_label", "source"), MAYBE)
        | {"line": {"type": ["integer", "null"], "minimum": 1}},
        ["severity", "focus", "constraint", "name", "message"],
    )
    counts = object_of(dict.fromkeys(("Violation", "Warning", "Info"), NUMBER), ["Violation"])
    each: Schema = {"type": "object"}
    report: dict[str, Schema] = {"conforms": flag, "counts": counts} | {
        name: {"type": "array", "items": each} for name in ("problems", "shapes", "unchecked")
    }
    report |= {name: {"type": "array", "items": ref("Finding")} for name in ("findings", "notices")}
    return {"Finding": finding, "ValidationReport": object_of(report, list(report))}


def _checking() -> Schema:
    forms: Schema = {
        "name": "format",
        "in": "query",
        "description": "The form of the report, instead of Accept; turtle is the W3C's.",
        "schema": TEXT | {"enum": ["json", "turtle", "table", "html", ""]},
        "example": "json",
    }
    media: dict[str, Schema] = {
        JSON: ref("ValidationReport"),
        TURTLE: TEXT,
        PLAIN: TEXT,
        HTML: TEXT,
    }
    content = {name: {"schema": schema} for name, schema in media.items()}
    refused = ("400", "406", "413", "415", "422", "503")
    return {
        "summary": "Is my data sound?",
        "description": "RDF is checked against this site's shapes, or those of the part `shapes`. "
        f"It may be {', '.join(SYNTAXES.values())}. Nothing is kept, nothing fetched.",
        "parameters": [forms, LANGUAGE],
        "requestBody": {"required": True, "content": _bodies()},
        "responses": {"200": {"description": "The report.", "content": content}}
        | dict.fromkeys(refused, PROBLEM),
    }


def _bodies() -> dict[str, Schema]:
    triples: Schema = TEXT | {"format": "n-triples", "example": _EXAMPLE}
    syntax = TEXT | {"description": f"{', '.join(SYNTAXES)}; anything else: as the text looks."}
    fields = {name: syntax if name.endswith("-syntax") else triples for name in FIELDS}
    either: Schema = {"anyOf": [{"required": ["data"]}, {"required": ["data-text"]}]}
    form = object_of(fields, []) | either
    raw: dict[str, Schema] = {"text/turtle": {"schema": triples}}
    return raw | {"multipart/form-data": {"schema": form}}
