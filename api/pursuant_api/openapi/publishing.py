"""The whole data set, and what catalogues and crawlers are told, in the OpenAPI document."""

from __future__ import annotations

from typing import Any

from pursuant_api.dumps import FORMS, SUM
from pursuant_api.negotiation import HTML, JSON
from pursuant_api.openapi.parts import (
    BYTES,
    GRAPHS,
    NUMBER,
    PROBLEM,
    TEXT,
    Schema,
    get,
    object_of,
    path,
    ref,
)
from pursuant_api.sitemap import XML


def paths() -> dict[str, Schema]:
    """The operations."""
    number = path("number", "^[1-9][0-9]{0,5}$", "1", "Which of the files.")
    return {
        "/dataset": get(
            "What the data set holds, where it leads to and how it is taken: VoID and DCAT",
            GRAPHS | {JSON: ref("Dataset"), HTML: TEXT},
        ),
        **{name: _file(name) for name in FORMS},
        **{name + SUM: _checksum(name) for name in FORMS},
        "/sitemap.xml": get("The files in which the addresses of all pages are", {XML: BYTES}),
        "/sitemap-{number}.xml": get(
            "At most 50,000 of these addresses", {XML: BYTES}, [number], named=True
        ),
        "/robots.txt": get(
            "Where crawlers need not go, and where the list of pages is",
            {"text/plain": TEXT},
            fixed=True,
        ),
    }


def _file(name: str) -> Schema:
    content: Schema = {"application/gzip": {"schema": BYTES}}
    answers: dict[str, Any] = {
        "200": {"description": "The whole file.", "content": content},
        "206": {"description": "The part that is asked for.", "content": content},
        "304": {"description": "The asker has it already."},
        "404": PROBLEM,
        "416": {"description": "The file is not so long."},
        "503": PROBLEM,
    }
    summary = f"Everything as one compressed file ({FORMS[name]}), the same bytes for a revision"
    return {"get": {"summary": summary, "responses": answers}}


def _checksum(name: str) -> Schema:
    answers: dict[str, Any] = {
        "200": {
            "description": "A line that sha256sum --check understands.",
            "content": {"text/plain": {"schema": TEXT}},
        },
        "304": {"description": "The asker has it already."},
        "404": PROBLEM,
        "503": PROBLEM,
    }
    return {"get": {"summary": f"The checksum of {name}", "responses": answers}}


def schemas() -> dict[str, Schema]:
    """What they answer."""
    counts: Schema = {"type": "object", "additionalProperties": NUMBER}
    link = object_of({"property": TEXT, "space": TEXT, "number": NUMBER})
    return {
        "Dataset": object_of(
            {
                "title": TEXT,
                "licence": TEXT,
                "revision": TEXT,
                "written": {"type": ["string", "null"]},
                "statements": NUMBER,
                "classes": counts,
                "properties": counts,
                "links": {"type": "array", "items": link},
            }
        )
    }
