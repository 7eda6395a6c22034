"""What went wrong, told to programs as RFC 9457 problem+json and to people as a page."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from pursuant.errors import (
    BadArgument,
    BadData,
    BadQuery,
    PursuantError,
    StoreProblem,
    UnknownName,
    UnreadableSource,
)
from pursuant_api.limits import LimitReached
from pursuant_api.methods import methods
from pursuant_api.negotiation import HTML, VARY, preferred
from pursuant_api.pages import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI, Request

PROBLEM = "application/problem+json"
_STATUS: tuple[tuple[type[PursuantError], int], ...] = (
    (UnknownName, 404),
    (BadArgument, 400),
    (BadQuery, 400),
    (UnreadableSource, 422),
    (StoreProblem, 503),
    (BadData, 500),
    (PursuantError, 500),
)
_log = logging.getLogger("pursuant_api")


def handle(app: FastAPI) -> None:
    """Makes an application answer every failure with a problem."""
    app.add_exception_handler(PursuantError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unforeseen)


def refusal(request: Request, error: Exception) -> Response:
    """The answer to a request that failed, where no handler of the framework sees the error."""
    if isinstance(error, PursuantError):
        return _refused(request, error)
    return (_http if isinstance(error, HTTPException) else _unforeseen)(request, error)


def problem(
    request: Request,
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Response:
    """A failure in the form that the asker prefers."""
    title = HTTPStatus(status).phrase
    told = {"Vary": VARY, **(headers or {})}
    accept = ", ".join(request.headers.getlist("accept"))
    if preferred(accept, (PROBLEM, "application/json", HTML)) == HTML:
        page = render("problem.html", request, status=status, detail=detail, kind=_kind(status))
        return Response(page, status, told, f"{HTML}; charset=utf-8")
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail, **members}
    if (named := request.scope.get("state", {}).get("seen")) is not None:
        content["instance"] = f"#{named.id}"
    told["Content-Language"] = "en"
    return Response(json.dumps(content, ensure_ascii=False), status, told, PROBLEM)


def _kind(status: int) -> str:
    """What went wrong, as the interface has words for it."""
    if status in (404, 503):
        return str(status)
    return "asked" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "here"


def _refused(request: Request, error: Exception) -> Response:
    if isinstance(error, LimitReached):
        return _limited(request, error)
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    members: dict[str, Any] = {}
    if isinstance(error, BadQuery) and error.line is not None:
        members = {"line": error.line, "column": error.column}
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s %s: %s", request.method, request.url.path, error)
    headers = {"Retry-After": "10"} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return problem(request, status, str(error), headers, **members)


def _limited(request: Request, error: LimitReached) -> Response:
    if (seen := request.scope.get("state", {}).get("seen")) is not None:
        seen.outcome = error.slug
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
    return problem(request, error.status, str(error), headers, limit=error.slug)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail, headers = error.detail, error.headers
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {"Allow": _allowed(request, headers)}
    if detail == HTTPStatus(error.status_code).phrase:
        detail = _usual(request, error.status_code)
    return problem(request, error.status_code, detail, headers)


def _allowed(request: Request, headers: Mapping[str, str] | None) -> str:
    """All that may be done at the address: a route of the framework knows of itself alone."""
    routes = getattr(request.scope.get("app"), "described", ())
    allowed = methods(routes, request.scope)
    return ", ".join(allowed) if allowed else (headers or {}).get("Allow", "")


def _usual(request: Request, status: int) -> str:
    path, method = request.url.path, request.method
    told = {404: f"nothing is at {path}", 405: f"{method} is not done at {path}"}
    return told.get(status, HTTPStatus(status).phrase)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [f"{each['loc'][-1]}: {each['msg']}" for each in error.errors()]
    return problem(request, 422, "; ".join(wrong))


def _unforeseen(request: Request, error: Exception) -> Response:
    _log.error("%s %s", request.method, request.url.path, exc_info=error)
    return problem(request, 500, "something went wrong here; the log says what")
