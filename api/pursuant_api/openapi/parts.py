"""What the parts of the OpenAPI document are made of: operations, parameters, common schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pursuant_api.negotiation import (
    CSV,
    HTML,
    JSON,
    JSONLD,
    LANGUAGES,
    NTRIPLES,
    RDFXML,
    TURTLE,
    XLSX,
)
from pursuant_api.paging import MOST, USUAL

if TYPE_CHECKING:
    from collections.abc import Iterable

Schema = dict[str, Any]
SLUG = "^[a-z0-9]+([.-][a-z0-9]+)*$"
UNIT = "^(pp|op|annex|fn)[0-9]+(-[a-zа-я]+)*$"
TEXT: Schema = {"type": "string"}
MAYBE: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "integer", "minimum": 0}
BYTES: Schema = {}
GRAPHS: dict[str, Schema] = {TURTLE: TEXT, JSONLD: {}, NTRIPLES: TEXT, RDFXML: TEXT}
TEXTS: Schema = {"type": "array", "items": TEXT}
IRI: Schema = TEXT | {"format": "iri"}
PROBLEM: Schema = {"$ref": "#/components/responses/Problem"}
LED: Schema = {
    "description": "Leads to the address that has it.",
    "headers": {"Location": {"required": True, "schema": TEXT | {"format": "uri-reference"}}},
}
LANGUAGE: Schema = {
    "name": "lang",
    "in": "query",
    "description": f"Language of names and pages ({', '.join(LANGUAGES)}); any other: as the "
    "request's Accept-Language has it.",
    "schema": TEXT,
    "example": "zh",
}


PAGING: list[Schema] = [
    {
        "name": "page",
        "in": "query",
        "description": "Which page of the list, from 1. CSV and XLSX have all of it, unless a "
        "page is asked for.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1},
        "example": 1,
    },
    {
        "name": "per_page",
        "in": "query",
        "description": "How many things a page has.",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
        "example": 2,
    },
]
PAGED: Schema = {
    "Link": {
        "description": "Where the first, previous, next and last page are (RFC 8288).",
        "schema": TEXT,
    },
    "X-Total-Count": {
        "description": "How many things the whole list has.",
        "schema": {"type": "integer"},
    },
}


def get(
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
        answers |= {"304": {"description": "The asker has it already."}, "406": PROBLEM}
        answers["400"] = PROBLEM
    if named:
        answers["404"] = PROBLEM
    led = [redirects] if redirects else [303, 307, 308] if named else []
    answers |= {str(status): LED for status in led}
    if busy or not fixed:
        answers["503"] = PROBLEM
    lang = [] if fixed else [LANGUAGE]
    return {
        "get": {
            "summary": summary,
            "parameters": [*(parameters or []), *lang],
            "responses": answers,
        }
    }


def list_of(
    summary: str,
    row: str,
    parameters: list[Schema] | None = None,
    *,
    named: bool = False,
    page: bool = True,
) -> Schema:
    """An operation whose answer is a page of a list; each thing on it is a `row`."""
    media = {JSON: rows(row)} | ({HTML: TEXT} if page else {}) | {CSV: TEXT, XLSX: BYTES}
    made = get(summary, media, [*(parameters or []), *PAGING], named=named)
    made["get"]["responses"]["200"]["headers"] = PAGED
    return made


def parameter(name: str, text: str, example: str, choices: Iterable[str] = ()) -> Schema:
    """A parameter of an address's query that may be left out; one of the `choices`, if any."""
    schema = TEXT | {"enum": [*choices, ""]} if choices else TEXT
    return {"name": name, "in": "query", "description": text, "schema": schema, "example": example}


def path(name: str, pattern: str, example: str, text: str) -> Schema:
    """A parameter of an address's path; `text` says what it names."""
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": text + " Other spellings lead to this one.",
        "schema": TEXT | {"pattern": pattern},
        "example": example,
    }


def ref(name: str) -> Schema:
    """The schema of a name among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def rows(name: str) -> Schema:
    """A list of what a schema among the components describes."""
    return {"type": "array", "items": ref(name)}


def object_of(properties: dict[str, Schema], required: list[str] | None = None) -> Schema:
    """An object that has these properties, all of them unless `required` names some."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }


VIA = ("text", "footnote", "anaphora")


def dates(example: str, what: str = "Adopted") -> list[Schema]:
    """The parameters that narrow a list to a time; the example is a day."""
    told = {
        "year": ("in a year", example[:4]),
        "since": ("from a year, month or day on", example[:7]),
        "until": ("by the end of a year, month or day", example),
    }
    schema = TEXT | {"pattern": "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"}
    return [
        parameter(name, f"{what} {text}.", shown) | {"schema": schema}
        for name, (text, shown) in told.items()
    ]


_COLUMNS: dict[str, Schema] = {
    "footnote": {"type": ["integer", "null"]},
    "likeness": {"type": "number", "minimum": 0, "maximum": 1.01},
    "year": {"type": ["integer", "null"]},
    **dict.fromkeys(("paragraphs", "documents", "mandates", "citations"), NUMBER),
    **dict.fromkeys(("days", "paragraph_level", "occurrences", "found"), NUMBER),
    "partners": {"type": "array", "items": object_of({"entity": TEXT, "mode": TEXT})},
    **dict.fromkeys(
        (
            "types",
            "languages",
            "addressees",
            "beneficiaries",
            "conditions",
            "actions",
            "modalities",
            "topics",
            "pillars",
            "units",
            "shared",
            "assignee",
            "assignee_normalized",
            "assignee_type",
            "mentioned_entity",
            "mentioned_entity_normalized",
            "mentioned_entity_type",
            "deliverable_normalized",
            "reasons",
            "candidates",
            "held",
            "missing",
            "not_in",
            "facts",
        ),
        TEXTS,
    ),
}


def table(columns: Iterable[str]) -> Schema:
    """The schema of a row of a table whose columns have the library's names."""
    return object_of({name: _COLUMNS.get(name, MAYBE) for name in columns})
