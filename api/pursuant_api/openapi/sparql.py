"""SPARQL and what describes it, in the OpenAPI document."""

from __future__ import annotations

from pursuant_api import query_page
from pursuant_api.answering import GRAPHS, TABLES
from pursuant_api.negotiation import HTML, TURTLE
from pursuant_api.openapi.parts import IRI, PROBLEM, TEXT, Schema, get

_QUERY: Schema = TEXT | {"format": "sparql-query", "minLength": 1}
_GRAPHS: Schema = {"type": "array", "items": IRI}

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


def paths() -> dict[str, Schema]:
    """The operations."""
    answers: Schema = {
        "description": "The answer, in the form that is asked for.",
        "content": {media: {} for media in (*TABLES, *GRAPHS, HTML)},
    }
    refusals = {str(status): PROBLEM for status in (400, 406, 413, 415, 503, 504)}
    unchanged = {"304": {"description": "The asker has the answer already."}}
    return {
        "/sparql": {
            "get": {
                "summary": "Answers a query of the SPARQL 1.1 Protocol, or describes the service",
                "operationId": "query",
                "parameters": _asked(),
                "responses": {"200": answers, "404": PROBLEM} | unchanged | refusals,
            },
            "post": {
                "summary": "Answers a query that is too long for an address",
                "operationId": "query_posted",
                "requestBody": {"required": True, "content": _POSTED},
                "responses": {"200": answers} | refusals,
            },
        },
        "/.well-known/void": get(
            "What the data set is, in the terms of VoID", {TURTLE: TEXT, "application/ld+json": {}}
        ),
    }


def _asked() -> list[Schema]:
    """What may be asked in an address."""
    query = {
        "name": "query",
        "in": "query",
        "description": "Without one, and without an example, the service describes itself.",
        "schema": _QUERY,
        "example": "SELECT ?s { ?s a unct:Citation } LIMIT 3",
    }
    example = {
        "name": "example",
        "in": "query",
        "description": "Name of an example query, which is asked where there is no other.",
        "schema": TEXT | {"enum": list(query_page.examples())},
    }
    names = ("default-graph-uri", "named-graph-uri")
    return [query, example, *({"name": name, "in": "query", "schema": _GRAPHS} for name in names)]


def schemas() -> dict[str, Schema]:
    """What they answer."""
    return {}
