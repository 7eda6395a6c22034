"""Citation networks: chosen, measured, in the forms of `pursuant export citations`, and as a page.

What one request may cost is bounded: how many citations it takes, how large a network is whose
measures take long, and how many networks are worked out at once.
"""

from __future__ import annotations

import io
import threading
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from pursuant import networks
from pursuant.errors import BadArgument
from pursuant.networks import FORMS, Choice, Subject, choice_of
from pursuant_api.asking import asked_for
from pursuant_api.headers import POLICY
from pursuant_api.negotiation import HTML, JSON, SUFFIXES, answer
from pursuant_api.network_page import page
from pursuant_api.state import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pursuant.networks.columns import Network
    from pursuant_api.negotiation import Asked

MOST_CITATIONS = 200_000
MOST_EDGES = 20_000  # of a network whose slow measures are asked for
SLOW = frozenset({"betweenness", "co-citation", "coupling", "main-path", "communities"})
SCRIPTS = "script-src 'self'; connect-src 'self'"  # the drawing, and what it draws
SEVERAL = ("body", "function", "topic", "measures")
ONCE = ("level", "year_from", "year_to", "ego", "steps")
_WAITING = threading.BoundedSemaphore(8)
_WORKING = threading.Lock()
_PATIENCE = 5.0

router = APIRouter()


@router.get("/citations")
@router.get("/citations.{suffix}")
def citations(request: Request, suffix: str = "") -> Response:
    """Who cites whom: a page for people, node-link JSON, or any other form by its suffix."""
    told, choice = asked(request), _choice(request)
    if suffix in ("", "html"):
        views: dict[str, Callable[[Asked], Any]] = {
            JSON: partial(_written, choice, "json"),
            HTML: partial(_page, choice),
        }
        answered = answer(told, views, SUFFIXES.get(f".{suffix}"))
        answered.headers["Content-Security-Policy"] = f"{POLICY}; {SCRIPTS}"
        return answered
    form = _form(suffix)
    _check(form, choice)
    media = FORMS[form].media
    return answer(told, {media: partial(_written, choice, form)}, media)


def _form(suffix: str) -> str:
    named = next((form for form, each in FORMS.items() if suffix in (form, each.suffix)), None)
    if named is None:
        there = ", ".join(f".{each.suffix}" for each in FORMS.values())
        raise HTTPException(404, f"nothing is at /citations.{suffix}; there is {there}")
    return named


def _check(form: str, choice: Choice) -> None:
    try:
        networks.check(form, choice)
    except BadArgument as error:
        raise HTTPException(404, str(error)) from None  # each may be asked for, but not there


def _choice(request: Request) -> Choice:
    """What the query of an address chooses.

    Raises:
        BadQuery: a parameter is not known.
        BadArgument: it cannot be served.
    """
    said: dict[str, Any] = dict(asked_for(request, *ONCE, several=SEVERAL))
    said.pop("lang", None)
    for name in ("year_from", "year_to", "steps"):
        if name in said:
            said[name] = _number(name, said[name])
    for name in SEVERAL:
        if name in said:
            said[name] = request.query_params.getlist(name)
    return choice_of(**said, language=asked(request).language)


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.lstrip("-").isdecimal() and len(text) < 6):
        raise BadArgument(f"{name} is a whole number, not {text!r}")
    return int(text)


def _page(choice: Choice, told: Asked) -> str:
    with _in_turn():
        return page(told, choice, _network(choice, told, ("in-degree", "pagerank")))


def _written(choice: Choice, form: str, told: Asked) -> bytes:
    output = io.BytesIO()
    with _in_turn():
        network = _network(choice, told, choice.measures)
        networks.write(Subject(told.store, choice, network), form, output)
    return output.getvalue()


def _network(choice: Choice, told: Asked, measures: tuple[str, ...]) -> Network:
    network = networks.gather(told.store, choice, MOST_CITATIONS).network()
    if (edges := len(network.source)) > MOST_EDGES and (slow := SLOW.intersection(measures)):
        raise BadArgument(
            f"{', '.join(sorted(slow))} is worked out here for networks of at most {MOST_EDGES:,} "
            f"edges, and this one has {edges:,}; choose a part of it"
        )
    return networks.measured(network, measures)


@contextmanager
def _in_turn() -> Iterator[None]:
    """One network is worked out at a time; a few may wait, for some seconds.

    Raises:
        HTTPException: 503, others were first.
    """
    busy = HTTPException(503, "other networks are being worked out", {"Retry-After": "10"})
    if not _WAITING.acquire(blocking=False):
        raise busy
    try:
        if not _WORKING.acquire(timeout=_PATIENCE):
            raise busy
        try:
            yield
        finally:
            _WORKING.release()
    finally:
        _WAITING.release()
