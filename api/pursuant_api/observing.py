"""What each request was and what came of it: counted in metrics, told in the log, named by an id.

What only a route knows of its request it tells with `note`; all else is seen from outside.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import ClientDisconnect, Request
from starlette.routing import Mount, Route

from pursuant_api import logs
from pursuant_api.problems import problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from pursuant_api.metrics import Metrics

_REQUEST_ID = b"x-request-id"
CLIENT_LEFT = 499  # nothing was answered: the asker had gone, or was too slow
UNMATCHED = "unmatched"
_SANE = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_OUTCOMES = {
    200: "ok",
    204: "ok",
    304: "unchanged",
    400: "bad-query",
    406: "not-acceptable",
    413: "too-large",
    503: "busy",
    504: "timed-out",
    CLIENT_LEFT: "left",
}


@dataclass(slots=True)
class Seen:
    """One request, as far as it is known.

    Attributes:
        id: names the request in the answer and in the log.
        query: the first 12 hexadecimal digits of the SHA-256 of a SPARQL query or update.
        kind: what the query asks for: select, ask, construct, describe, update.
        rows: rows or triples of the answer.
        outcome: one word of a short list; where no one tells it, it follows from the status.
        revision: the revision of the store that answered.
        status: of the answer.
        size: bytes of its body.
        has_ended: whether all of the answer was sent.
    """

    id: str
    query: str | None = None
    kind: str | None = None
    rows: int | None = None
    outcome: str | None = None
    revision: str | None = None
    status: int = CLIENT_LEFT
    size: int = 0
    has_ended: bool = False


def note(scope: Mapping[str, Any], *, query: str | None = None, **known: Any) -> None:
    """Notes what a route knows of its request; a query's text is kept as its hash alone.

    Args:
        scope: the ASGI scope of the request.
        query: the text of a SPARQL query or update.
        known: `kind`, `rows`, `outcome` or `revision`, as `Seen` has them.
    """
    seen = seen_of(scope)
    if seen is None:
        return
    if query is not None:
        text = query.encode("utf-8", "surrogatepass")
        seen.query = hashlib.sha256(text).hexdigest()[:12]
    for name, value in known.items():
        setattr(seen, name, value)


def seen_of(scope: Mapping[str, Any]) -> Seen | None:
    """What is known of a request; None where nobody observes."""
    found: Seen | None = scope.get("state", {}).get("seen")
    return found


class Observed:
    """Counts, logs and names each request of an application."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics
        self._templates: dict[int, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        metrics = self.metrics
        metrics.in_progress += 1
        seen = Seen(_request_id(scope))
        scope.setdefault("state", {})["seen"] = seen

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
                message["headers"] = [*message.get("headers", ()), (_REQUEST_ID, seen.id.encode())]
            else:
                seen.size += len(message.get("body", b""))
                seen.has_ended = not message.get("more_body", False)
            await send(message)

        try:
            await self._answered(scope, receive, told, seen)
        except Exception:
            seen.status, seen.has_ended = 500, True
            raise
        finally:
            metrics.in_progress -= 1
            if not seen.has_ended:
                seen.status = CLIENT_LEFT
            self._tell(scope, seen, time.perf_counter() - began)

    async def _answered(self, scope: Scope, receive: Receive, send: Send, seen: Seen) -> None:
        try:
            await self.app(scope, receive, send)
        except ClientDisconnect:
            seen.outcome = "left"
        except asyncio.CancelledError:  # the time that a stop gives has passed
            seen.outcome = "stopped"
            if seen.status != CLIENT_LEFT:
                raise
            await problem(Request(scope), 503, "the server stops")(scope, receive, send)

    def _tell(self, scope: Scope, seen: Seen, seconds: float) -> None:
        if seen.query and not seen.outcome:
            seen.outcome = _OUTCOMES.get(seen.status, "failed")
        self.metrics.count(scope["method"], self._template(scope), seen, seconds)
        logs.access(scope["method"], scope["path"], seen, seconds)

    def _template(self, scope: Scope) -> str:
        """The path of the route that answered, with names for its parts."""
        route, endpoint = scope.get("route"), scope.get("endpoint")
        if route is not None:
            return str(getattr(route, "path_format", None) or UNMATCHED)
        if endpoint is None:
            return UNMATCHED
        if not self._templates:
            self._templates = _templates(scope["app"])
        return self._templates.get(id(endpoint), UNMATCHED)


def _templates(app: Starlette) -> dict[int, str]:
    found = {id(route.endpoint): route.path for route in app.routes if isinstance(route, Route)}
    return found | {id(route.app): route.path for route in app.routes if isinstance(route, Mount)}


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == _REQUEST_ID and _SANE.fullmatch(value):
            return str(value, "ascii")
    return f"{random.getrandbits(128):032x}"
