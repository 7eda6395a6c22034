"""What may be done at an address: told to who asks with OPTIONS, or tries something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Match

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.routing import BaseRoute
    from starlette.types import Scope

_ALLOWED_HEADERS = "Accept, Accept-Language, Content-Type, If-Modified-Since, If-None-Match"


def methods(routes: Iterable[BaseRoute], scope: Scope) -> list[str]:
    """The methods of the routes that an address is one of; empty where there is none."""
    asked = {**scope, "method": "GET"}
    found = {
        method
        for route in routes
        if route.matches(asked)[0] is not Match.NONE
        for method in getattr(route, "methods", None) or ("GET",)
    }
    if "GET" in found:
        found |= {"HEAD"}
    return sorted(found | {"OPTIONS"}) if found else []


def preflight(allowed: Iterable[str]) -> Response:
    """The answer to OPTIONS, which browsers ask before they ask from another origin."""
    told = ", ".join(allowed)
    headers = {
        "Allow": told,
        "Access-Control-Allow-Methods": told,
        "Access-Control-Allow-Headers": _ALLOWED_HEADERS,
        "Access-Control-Max-Age": "86400",
    }
    return Response(status_code=204, headers=headers)
