"""The IRIs of things, in the OpenAPI document."""

from __future__ import annotations

from pursuant_api.openapi.parts import Schema, get, path


def paths() -> dict[str, Schema]:
    """The operations."""
    thing = path("thing", "^[a-z]+/[a-z0-9.-]+$", "doc/crc", "The end of an IRI.")
    return {
        "/id/{thing}": get(
            "From the IRI of a thing to the page or data that tell of it",
            {},
            [thing],
            named=True,
            redirects=303,
        ),
    }


def schemas() -> dict[str, Schema]:
    """What they answer."""
    return {}
