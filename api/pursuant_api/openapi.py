"""The OpenAPI document: what programs may ask, and the form of what they get.

Written by hand where the framework cannot know it: most addresses accept any spelling of a name,
and the answer's form is negotiated. The parts of a document are those of `extract`'s own schema.
"""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import Any

from pursuant.paths import DATA
from pursuant.querying import CITED_BY, INVOKES, MANDATES
from pursuant_api.answering import GRAPHS, TABLES
from pursuant_api.negotiation import HTML, JSON, LANGUAGES, TURTLE

Schema = dict[str, Any]
_SLUG = "^[a-z0-9]+([.-][a-z0-9]+)*$"
_UNIT = "^(pp|op|annex|fn)[0-9]+(-[a-zа-я]+)*$"
_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_QUERY: Schema = _TEXT | {"format": "sparql-query", "minLength": 1}
_GRAPHS: Schema = {"type": "array", "items": _TEXT | {"format": "iri"}}


@cache
def document(version: str) -> Schema:
    """The OpenAPI document of the application in a version."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pursuant",
            "version": version,
            "summary": "Which instruments resolutions invoke, and whom they ask to do what.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": _documents() | _things() | _sparql() | _operations(),
        "components": {
            "schemas": _schemas(),
            "responses": {"Problem": _problem_response()},
        },
    }


_FORM: Schema = {
    "type": "object",
    "required": ["query"],
    "properties": {
        "query": _QUERY,
        "default-graph-uri": _GRAPHS,
        "named-graph-uri": _GRAPHS,
    },
}
_POSTED: Schema = {
    "application/x-www-form-urlencoded": {"schema": _FORM},
    "application/sparql-query": {"schema": _QUERY},
}


# Paths


def _documents() -> dict[str, Schema]:
    slug = _path("slug", _SLUG, "e-res-2019-21", "A document: its slug.")
    unit = _path("unit", _UNIT, "op24", "A paragraph, point or footnote of it.")
    texts = _parameter("text", "The language of the text, where it is held in several.", "zh")
    invoked = {JSON: _rows("InvokedInstrument")}
    return {
        "/": _get("Leads to the list of documents", {}, redirects=307),
        "/documents": _get(
            "The documents whose text is held",
            {JSON: _rows("ListedDocument"), HTML: _TEXT},
        ),
        "/documents/{slug}": _get(
            "A document: the object that extract prints, a page to read, or its graphs",
            {JSON: _ref("HeldDocument"), HTML: _TEXT, TURTLE: _TEXT},
            [slug, texts],
            named=True,
        ),
        "/documents/{slug}/instruments": _get(
            "What a document invokes", invoked, [slug], named=True
        ),
        "/documents/{slug}/{unit}": _get(
            "A unit of a document, and what its graphs say of it",
            {JSON: _ref("HeldUnit"), HTML: _TEXT, TURTLE: _TEXT},
            [slug, unit, texts],
            named=True,
        ),
        "/documents/{slug}/{unit}/instruments": _get(
            "What a unit invokes", invoked, [slug, unit], named=True
        ),
    }


def _things() -> dict[str, Schema]:
    instrument = _path("slug", _SLUG, "crc", "An instrument or group of instruments.")
    entity = _path("slug", _SLUG, "unodc", "A body, office or group of actors.")
    thing = _path("thing", "^[a-z]+/[a-z0-9.-]+$", "doc/crc", "The end of an IRI.")
    return {
        "/instruments/{slug}": _get(
            "An instrument or group, with the paragraphs that invoke it",
            {JSON: _ref("Instrument"), HTML: _TEXT, TURTLE: _TEXT},
            [instrument],
            named=True,
        ),
        "/instruments/{slug}/cited-by": _get(
            "The paragraphs that invoke an instrument",
            {JSON: _rows("CitingParagraph")},
            [instrument],
            named=True,
        ),
        "/entities/{slug}": _get(
            "A body, office or group of actors, with what is asked of it",
            {JSON: _ref("Entity"), HTML: _TEXT, TURTLE: _TEXT},
            [entity],
            named=True,
        ),
        "/entities/{slug}/mandates": _get(
            "What is asked of an entity", {JSON: _rows("AskedMandate")}, [entity], named=True
        ),
        "/mandates": _get(
            "Who is asked to do what",
            {JSON: _rows("AskedMandate"), HTML: _TEXT},
            _filters(),
            named=True,
        ),
        "/id/{thing}": _get(
            "From the IRI of a thing to the page or data that tell of it",
            {},
            [thing],
            named=True,
            redirects=303,
        ),
    }


def _filters() -> list[Schema]:
    return [
        _parameter("addressee", "Who is asked.", "unodc"),
        _parameter("force", "How strongly.", "request"),
        _parameter("document", "Where.", "e-res-2019-21"),
    ]


def _sparql() -> dict[str, Schema]:
    answers: Schema = {
        "description": "The answer, in the form that is asked for.",
        "content": {media: {} for media in (*TABLES, *GRAPHS, HTML)},
    }
    refusals = {str(status): _PROBLEM for status in (400, 406, 413, 415, 503, 504)}
    unchanged = {"304": {"description": "The asker has the answer already."}}
    names = ("default-graph-uri", "named-graph-uri")
    graphs = [{"name": name, "in": "query", "schema": _GRAPHS} for name in names]
    asked = {
        "name": "query",
        "in": "query",
        "required": True,
        "schema": _QUERY,
        "example": "SELECT ?s { ?s a unct:Citation } LIMIT 3",
    }
    return {
        "/sparql": {
            "get": {
                "summary": "Answers a query of the SPARQL 1.1 Protocol",
                "operationId": "query",
                "parameters": [asked, *graphs],
                "responses": {"200": answers} | unchanged | refusals,
            },
            "post": {
                "summary": "Answers a query that is too long for an address",
                "operationId": "query_posted",
                "requestBody": {"required": True, "content": _POSTED},
                "responses": {"200": answers} | refusals,
            },
        },
        "/.well-known/void": _get(
            "What the data set is, in the terms of VoID", {TURTLE: _TEXT, "application/ld+json": {}}
        ),
    }


def _operations() -> dict[str, Schema]:
    alive: Schema = {"type": "object", "required": ["status"], "properties": {"status": _TEXT}}
    ready = deepcopy(alive)
    ready["properties"] |= {"revision": _TEXT, "documents": _NUMBER}
    return {
        "/healthz": _get("Says that the server lives", {JSON: alive}, fixed=True),
        "/readyz": _get("Says that it answers queries", {JSON: ready}, fixed=True, busy=True),
        "/metrics": _get(
            "What the server counts and measures, for Prometheus", {"text/plain": _TEXT}, fixed=True
        ),
    }


def _get(
    summary: str,
    media: dict[str, Schema],
    parameters: list[Schema] | None = None,
    *,
    named: bool = False,
    redirects: int | None = None,
    fixed: bool = False,
    busy: bool = False,
) -> Schema:
    """An operation whose answer has a schema for each media type, or only leads elsewhere.

    Where something is `named`, it may not be there, or have another spelling. A `fixed` answer has
    one form and no language.
    """
    answers: dict[str, Schema] = {}
    if media:
        content = {name: {"schema": schema} for name, schema in media.items()}
        answers["200"] = {"description": "The answer.", "content": content}
    if media and not fixed:
        answers |= {"304": {"description": "The asker has it already."}, "406": _PROBLEM}
    if named:
        answers["404"] = _PROBLEM
    led = [redirects] if redirects else [303, 307, 308] if named else []
    answers |= {str(status): _LED for status in led}
    if busy or not fixed:
        answers["503"] = _PROBLEM
    lang = [] if fixed else [_LANGUAGE]
    return {
        "get": {
            "summary": summary,
            "parameters": [*(parameters or []), *lang],
            "responses": answers,
        }
    }


# Parts


_PROBLEM: Schema = {"$ref": "#/components/responses/Problem"}
_LED: Schema = {
    "description": "Leads to the address that has it.",
    "headers": {"Location": {"required": True, "schema": _TEXT | {"format": "uri-reference"}}},
}
_LANGUAGE: Schema = {
    "name": "lang",
    "in": "query",
    "description": f"Language of names and pages ({', '.join(LANGUAGES)}); any other: as the "
    "request's Accept-Language has it.",
    "schema": _TEXT,
    "example": "zh",
}


def _parameter(name: str, text: str, example: str) -> Schema:
    return {
        "name": name,
        "in": "query",
        "description": text,
        "schema": _TEXT,
        "example": example,
    }


def _path(name: str, pattern: str, example: str, text: str) -> Schema:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": text + " Other spellings lead to this one.",
        "schema": _TEXT | {"pattern": pattern},
        "example": example,
    }


def _problem_response() -> Schema:
    content = {"application/problem+json": {"schema": _ref("Problem")}, HTML: {"schema": _TEXT}}
    return {"description": "What is wrong, as RFC 9457 has it.", "content": content}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _rows(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


# Schemas


def _schemas() -> dict[str, Schema]:
    defined: dict[str, Schema] = _of_extract()
    whole = defined.pop("document")
    del defined["error"]
    note = deepcopy(defined["footnote"])
    note["properties"]["id"] = {"$ref": "#/components/schemas/unit"}
    whole["properties"]["footnotes"] = {"type": "array", "items": _ref("HeldFootnote")}
    whole["properties"] |= _COMMON
    whole["required"] = [*whole["required"], *_COMMON]
    return defined | {
        "HeldDocument": whole,
        "HeldFootnote": note,
        "HeldUnit": _held_unit(defined["paragraph"], note),
        "ListedDocument": _object(_LISTED),
        "InvokedInstrument": _object({name: _COLUMNS.get(name, _MAYBE) for name in INVOKES}),
        "CitingParagraph": _object({name: _COLUMNS.get(name, _MAYBE) for name in CITED_BY}),
        "AskedMandate": _object({name: _COLUMNS.get(name, _MAYBE) for name in MANDATES}),
        "Instrument": _object(
            _THING | {"held": {"type": "boolean"}, "citedBy": _rows("CitingParagraph")}
        ),
        "Entity": _object(_THING | {"mandates": _rows("AskedMandate")}),
        "Problem": _problem(),
    }


def _of_extract() -> dict[str, Schema]:
    text = (DATA / "extract.schema.json").read_text(encoding="utf-8")
    found: dict[str, Schema] = json.loads(text.replace("#/$defs/", "#/components/schemas/"))
    return dict(found["$defs"])


def _object(properties: dict[str, Schema], required: list[str] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }


def _held_unit(paragraph: Schema, note: Schema) -> Schema:
    about = _COMMON | {"document": _MAYBE, "language": _TEXT, "speaker": _MAYBE}
    forms = [_object(each["properties"] | about) for each in (paragraph, note)]
    return {"oneOf": forms, "description": "A paragraph, or a footnote."}


def _problem() -> Schema:
    own: dict[str, Schema] = {
        "type": _TEXT | {"format": "uri-reference"},
        "title": _TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": _TEXT,
    }
    more: dict[str, Schema] = {
        "instance": _TEXT | {"format": "uri-reference"},
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "limit": _TEXT,
    }
    return _object(own | more, list(own))


_COMMON: dict[str, Schema] = {
    "slug": _TEXT,
    "iri": _TEXT | {"format": "iri"},
    "languages": _TEXTS,
    "summaries": {
        "type": "object",
        "additionalProperties": _object(
            {"text": {"type": "object", "additionalProperties": _TEXT}, "status": _TEXT}
        ),
    },
}
_LISTED: dict[str, Schema] = {
    "symbol": _MAYBE,
    "slug": _TEXT,
    "iri": _TEXT | {"format": "iri"},
    "title": _MAYBE,
    "adopted": _MAYBE,
    "adoptedBy": _MAYBE,
    "languages": _TEXTS,
    "paragraphs": _NUMBER,
    "citations": _NUMBER,
    "mandates": _NUMBER,
}
_COLUMNS: dict[str, Schema] = {
    "footnote": {"type": ["integer", "null"]},
    "partners": {"type": "array", "items": _object({"entity": _TEXT, "mode": _TEXT})},
    **dict.fromkeys(("addressees", "beneficiaries", "conditions", "actions", "modalities"), _TEXTS),
}
_THING: dict[str, Schema] = {
    "iri": _TEXT | {"format": "iri"},
    "slug": _TEXT,
    "symbol": _MAYBE,
    "labels": {"type": "object", "additionalProperties": _TEXT},
    "unverifiedLabels": _TEXTS,
    "otherNames": _TEXTS,
    "types": _TEXTS,
    "facts": {"type": "object", "additionalProperties": _TEXTS},
    "unverified": _TEXTS,
    "reviewStatus": _MAYBE,
}
