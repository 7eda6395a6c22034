"""`/docs`: the OpenAPI document for people, by the vendored Swagger UI, or as a list without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from pursuant import __version__
from pursuant_api import openapi
from pursuant_api.asking import asked_for
from pursuant_api.headers import POLICY
from pursuant_api.negotiation import HTML, answer
from pursuant_api.pages import render
from pursuant_api.state import asked

if TYPE_CHECKING:
    from pursuant_api.openapi.parts import Schema

router = APIRouter()
VENDORED = "/static/vendor/swagger-ui-5.35.0"
# Its scripts and what they fetch are ours too; nothing is loaded from elsewhere.
_POLICY = f"{POLICY}; script-src 'self'; connect-src 'self'"


@router.get("/docs")
def docs(request: Request) -> Response:
    """The page."""
    asked_for(request)
    told = openapi.document(__version__)
    listed = [(tag, _operations(told["paths"], tag["name"])) for tag in told["tags"]]
    page = render("docs.html", request, listed=listed, vendored=VENDORED)
    answered = answer(asked(request), {HTML: lambda _: page})
    answered.headers["Content-Security-Policy"] = _POLICY
    return answered


def _operations(paths: Schema, tag: str) -> list[tuple[str, str, str]]:
    """Method, path and summary of the operations of a tag."""
    return [
        (method.upper(), path, operation["summary"])
        for path, operations in paths.items()
        for method, operation in operations.items()
        if tag in operation["tags"]
    ]
