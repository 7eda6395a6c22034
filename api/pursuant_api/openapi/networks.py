"""Citation networks, in the OpenAPI document."""

from __future__ import annotations

from pursuant.networks import FORMS, MEASURES
from pursuant.networks.choosing import ALL, LEVELS, MOST_STEPS
from pursuant_api.negotiation import HTML, JSON
from pursuant_api.openapi.parts import BYTES, NUMBER, PROBLEM, TEXT, Schema, get, object_of, ref

# Whole numbers, or nothing: as forms send what nobody fills in.
_YEAR: Schema = TEXT | {"pattern": "^(?:[0-9]{1,4})?$"}
_STEPS: Schema = TEXT | {"enum": ["", *map(str, range(MOST_STEPS + 1))]}
_MEASURE = f"(?:{'|'.join((*MEASURES, ALL))})"
_LISTED: Schema = TEXT | {"pattern": f"^(?:{_MEASURE}(?:,{_MEASURE})*)?$"}


def paths() -> dict[str, Schema]:
    """The operations."""
    forms: dict[str, Schema] = {form.media: BYTES for form in FORMS.values()}
    whole = get(
        "Who cites whom, as a page or as node-link JSON",
        {JSON: ref("Network"), HTML: TEXT},
        _parameters(),
    )
    formed = get(
        "Who cites whom, in a form that other tools read",
        forms | {HTML: TEXT},
        [_suffix(), *_parameters()],
    )
    for operation in (whole, formed):
        operation["get"]["responses"]["404"] = PROBLEM
    return {"/citations": whole, "/citations.{suffix}": formed}


def schemas() -> dict[str, Schema]:
    """What they answer."""
    node = {"type": "object", "required": ["id"], "properties": {"id": TEXT}}
    edge = object_of(
        {"source": TEXT, "target": TEXT, "functions": TEXT, "weight": NUMBER},
        ["source", "target"],
    )
    network: dict[str, Schema] = {
        "directed": {"type": "boolean"},
        "multigraph": {"type": "boolean"},
        "graph": {"type": "object"},
        "nodes": {"type": "array", "items": node},
        "edges": {"type": "array", "items": edge | {"additionalProperties": True}},
    }
    return {"Network": object_of(network, list(network))}


def _suffix() -> Schema:
    return {
        "name": "suffix",
        "in": "path",
        "required": True,
        "description": "The form: " + ", ".join(f"{f.suffix} ({n})" for n, f in FORMS.items()),
        "schema": TEXT | {"enum": [form.suffix for form in FORMS.values() if form.suffix != "svg"]},
        "example": "graphml",
    }


def _parameters() -> list[Schema]:
    return [
        _one("level", "What cites what.", TEXT | {"enum": [*LEVELS, ""]}, "paragraph"),
        _several("body", "Who adopted the citing document.", "ecosoc"),
        _one("year_from", "The first year of its adoption.", _YEAR, "2000"),
        _one("year_to", "The last one.", _YEAR, "2030"),
        _several("function", "How it cites.", "legal-obligation"),
        _several("topic", "What the citing paragraph, or its document, is about.", None),
        _one("ego", "The document or instrument round which it is.", TEXT, "crc"),
        _one("steps", "How many citations away from it.", _STEPS, "2"),
        _several(
            "measures",
            f"Of each node: {', '.join(MEASURES)}, or {ALL}; 404 where the form, such as RDF, has "
            "no place for them.",
            "pagerank",
            _LISTED,
        ),
    ]


def _one(name: str, text: str, schema: Schema, example: object) -> Schema:
    return {"name": name, "in": "query", "description": text, "schema": schema, "example": example}


def _several(name: str, text: str, example: str | None, each: Schema = TEXT) -> Schema:
    made: Schema = {
        "name": name,
        "in": "query",
        "description": f"{text} May be given again, or several with commas.",
        "schema": {"type": "array", "items": each},
        "explode": True,
    }
    return made | ({"example": [example]} if example else {})
