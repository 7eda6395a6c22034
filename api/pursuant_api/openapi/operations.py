"""What tells how the server is, in the OpenAPI document."""

from __future__ import annotations

from copy import deepcopy

from pursuant_api.negotiation import JSON
from pursuant_api.openapi.parts import NUMBER, TEXT, Schema, get


def paths() -> dict[str, Schema]:
    """The operations."""
    alive: Schema = {"type": "object", "required": ["status"], "properties": {"status": TEXT}}
    ready = deepcopy(alive)
    ready["properties"] |= {"revision": TEXT, "documents": NUMBER}
    return {
        "/healthz": get("Says that the server lives", {JSON: alive}, fixed=True),
        "/readyz": get("Says that it answers queries", {JSON: ready}, fixed=True, busy=True),
        "/metrics": get(
            "What the server counts and measures, for Prometheus", {"text/plain": TEXT}, fixed=True
        ),
    }


def schemas() -> dict[str, Schema]:
    """What they answer."""
    return {}
