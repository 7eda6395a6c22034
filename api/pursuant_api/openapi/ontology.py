"""The ontology, its vocabularies and its shapes, in the OpenAPI document."""

from __future__ import annotations

from pursuant.ontology import COLUMNS
from pursuant_api.negotiation import HTML, JSON, JSONLD, NTRIPLES, RDFXML, TURTLE
from pursuant_api.openapi.parts import (
    IRI,
    MAYBE,
    TEXT,
    TEXTS,
    Schema,
    get,
    object_of,
    path,
    rows,
    table,
)

_GRAPH: dict[str, Schema] = {TURTLE: TEXT, JSONLD: {}, NTRIPLES: TEXT, RDFXML: TEXT}


def paths() -> dict[str, Schema]:
    """The operations."""
    scheme = path("scheme", "^[a-z]+(-[a-z]+)*$", "force", "A vocabulary.")
    name = path("name", "^[A-Za-z0-9.]+$", "hasUnit", "A term, a version, or alignments.")
    concept = path("concept", "^[a-z]+(-[a-z]+)*$", "request", "A concept: its notation.")
    return {
        "/ontology": get(
            "The ontology: its terms as a list, a page, or its file",
            _GRAPH | {JSON: rows("Term"), HTML: TEXT},
        ),
        "/ontology/{name}": get(
            "A term or a version, which lead to their places; the alignments as data",
            _GRAPH,
            [name],
            named=True,
        ),
        "/shapes": get(
            "What is asked of the data: a list, a page, or SHACL",
            _GRAPH | {JSON: rows("Shape"), HTML: TEXT},
        ),
        "/vocab": get("Leads to the list of vocabularies", {}, redirects=303),
        "/vocab/{scheme}": get(
            "A vocabulary: its concepts with labels in six languages",
            _GRAPH | {JSON: rows("Concept"), HTML: TEXT},
            [scheme],
            named=True,
        ),
        "/vocab/{scheme}/{concept}": get(
            "From a concept to its place in its vocabulary",
            {},
            [scheme, concept],
            named=True,
            redirects=303,
        ),
    }


def schemas() -> dict[str, Schema]:
    """What they answer."""
    matches: Schema = {"type": "array", "items": object_of({"how": TEXT, "iri": IRI})}
    labels: Schema = {"type": "object", "additionalProperties": TEXT}
    strength: Schema = {"type": ["integer", "null"]}
    return {
        "Term": table(COLUMNS),
        "Concept": object_of(
            {
                "notation": TEXT,
                "iri": IRI,
                "labels": labels,
                "definition": MAYBE,
                "strength": strength,
                "matches": matches,
            }
        ),
        "Shape": object_of(
            {
                "shape": TEXT,
                "iri": IRI,
                "title": TEXT,
                "message": TEXT,
                "severity": TEXT,
                "targets": TEXTS,
                "path": MAYBE,
            }
        ),
    }
