"""The page that shows the OpenAPI document, in it."""

from __future__ import annotations

from pursuant_api.negotiation import HTML
from pursuant_api.openapi.parts import TEXT, Schema, get


def paths() -> dict[str, Schema]:
    """The operations."""
    return {"/docs": get("This document, for people", {HTML: TEXT})}


def schemas() -> dict[str, Schema]:
    """What they answer."""
    return {}
