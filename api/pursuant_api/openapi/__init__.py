"""The OpenAPI document: what programs may ask, and the form of what they get.

Written by hand where the framework cannot know it: most addresses accept any spelling of a name,
and the answer's form is negotiated. Each subject is a module with `paths()` and `schemas()`; one
more subject is one more name here, under the tag that readers find it by.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from types import ModuleType


@dataclass(frozen=True, slots=True)
class Subject:
    """A group of operations, as readers see it: its name, a line on it, and its modules."""

    name: str
    description: str
    modules: tuple[ModuleType, ...]

    def paths(self) -> Schema:
        """The operations, each with the subject's name for its tag."""
        paths = {at: each for module in self.modules for at, each in module.paths().items()}
        for operations_ in paths.values():
            for operation in operations_.values():
                operation["tags"] = [self.name]
        return paths


# In the order in which readers meet them.
SUBJECTS = (
    Subject("Documents", "Documents, their paragraphs, and what each invokes.", (documents,)),
    Subject(
        "Instruments and entities",
        "What texts cite and whom they address: who cites it, and what they are asked.",
        (things,),
    ),
    Subject(
        "Mandates",
        "The register of mandates with its filters, and reports on bodies, overlaps and partners.",
        (mandates,),
    ),
    Subject("Search", "Paragraphs, titles and names by their words, in six languages.", (search,)),
    Subject(
        "Comparison",
        "What became of each paragraph of a text, its words, citations and mandates.",
        (comparison,),
    ),
    Subject("Citation networks", "Who cites whom, filtered, measured, in many forms.", (networks,)),
    Subject("Audit", "What the store lacks, and where it contradicts itself.", (audits,)),
    Subject(
        "Your own files",
        "Files that are read or checked, and not kept.",
        (extraction, validation),
    ),
    Subject(
        "SPARQL", "Queries by the SPARQL 1.1 protocol, and what it is that answers.", (sparql,)
    ),
    Subject(
        "Linked data",
        "IRIs of the data, the terms of the ontology, and everything as one file.",
        (dereferencing, ontology, publishing),
    ),
    Subject("Server", "This document, and how the server is.", (docs, operations)),
)


@cache
def document(version: str) -> Schema:
    """The OpenAPI document of the application in a version."""
    paths: Schema = {}
    schemas: Schema = {"Problem": _problem()}
    for subject in SUBJECTS:
        paths |= subject.paths()
        for module in subject.modules:
            schemas |= module.schemas()
    examples.show(paths)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pursuant",
            "version": version,
            "summary": "Which instruments resolutions invoke, and whom they ask to do what.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "tags": [{"name": each.name, "description": each.description} for each in SUBJECTS],
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
