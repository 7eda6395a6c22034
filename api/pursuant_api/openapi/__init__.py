"""The OpenAPI document: what programs may ask, and the form of what they get.

Written by hand where the framework cannot know it: most addresses accept any spelling of a name,
and the answer's form is negotiated. Each subject is a module with `paths()` and `schemas()`; one
more subject is one more line here.
"""

from __future__ import annotations

from functools import cache

from pursuant_api.negotiation import HTML
from pursuant_api.openapi import (
    audits,
    comparison,
    dereferencing,
    docs,
    documents,
    examples,
    extraction,
    mandates,
    networks,
    ontology,
    operations,
    publishing,
    search,
    sparql,
    things,
    validation,
)
from pursuant_api.openapi.parts import TEXT, Schema, object_of, ref

SUBJECTS = (
    documents,
    things,
    mandates,
    search,
    comparison,
    audits,
    networks,
    dereferencing,
    ontology,
    publishing,
    sparql,
    validation,
    extraction,
    docs,
    operations,
)


@cache
def document(version: str) -> Schema:
    """The OpenAPI document of the application in a version."""
    paths: Schema = {}
    schemas: Schema = {"Problem": _problem()}
    for subject in SUBJECTS:
        paths |= subject.paths()
        schemas |= subject.schemas()
    examples.show(paths)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pursuant",
            "version": version,
            "summary": "Which instruments resolutions invoke, and whom they ask to do what.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": schemas, "responses": {"Problem": _problem_response()}},
    }


def _problem_response() -> Schema:
    content = {"application/problem+json": {"schema": ref("Problem")}, HTML: {"schema": TEXT}}
    return {"description": "What is wrong, as RFC 9457 has it.", "content": content}


def _problem() -> Schema:
    own: dict[str, Schema] = {
        "type": TEXT | {"format": "uri-reference"},
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": TEXT,
    }
    more: dict[str, Schema] = {
        "instance": TEXT | {"format": "uri-reference"},
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "limit": TEXT,
    }
    return object_of(own | more, list(own))
