"""The IRIs of things, in the OpenAPI document."""

from __future__ import annotations

from pursuant_api.openapi.parts import PROBLEM, Schema, get, path


def paths() -> dict[str, Schema]:
    """The operations."""
    thing = path("thing", "^[a-z]+/[a-z0-9.-]+$", "doc/crc", "The end of an IRI.")
    leads = get(
        "From the IRI of a thing to the page or data that tell of it, in the form asked for",
        {},
        [thing],
        named=True,
        redirects=303,
    )
    leads["get"]["responses"]["406"] = PROBLEM
    return {"/id/{thing}": leads}


def schemas() -> dict[str, Schema]:
    """What they answer."""
    return {}
