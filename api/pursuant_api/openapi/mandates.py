"""Mandates, in the OpenAPI document."""

from __future__ import annotations

from pursuant.querying import MANDATES
from pursuant_api.negotiation import HTML, JSON
from pursuant_api.openapi.parts import TEXT, Schema, get, parameter, rows, table


def paths() -> dict[str, Schema]:
    """The operations."""
    return {
        "/mandates": get(
            "Who is asked to do what",
            {JSON: rows("AskedMandate"), HTML: TEXT},
            _filters(),
            named=True,
        ),
    }


def schemas() -> dict[str, Schema]:
    """What they answer."""
    return {"AskedMandate": table(MANDATES)}


def _filters() -> list[Schema]:
    return [
        parameter("addressee", "Who is asked.", "unodc"),
        parameter("force", "How strongly.", "request"),
        parameter("document", "Where.", "e-res-2019-21"),
    ]
