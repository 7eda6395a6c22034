"""The register of mandates: who is asked to do what, filtered, and the reports on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from pursuant.errors import BadQuery
from pursuant.mandate_register import mandates
from pursuant.mandate_reports import expiring_soon, life_cycle, no_sunset
from pursuant.narrowing import check
from pursuant.networks import FORMS
from pursuant.overlapping import overlaps
from pursuant.partnering import WRITERS, partner_network, partners, written
from pursuant.registry_columns import un_registry
from pursuant_api import paging
from pursuant_api.asking import asked_for
from pursuant_api.lists import listed
from pursuant_api.mandate_pages import mandates_page, report_page
from pursuant_api.negotiation import answer, suffix_of
from pursuant_api.state import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pursuant.table import Table
    from pursuant_api.negotiation import Asked

FILTERS = (
    "addressee",
    "force",
    "topic",
    "document",
    "partner",
    "mode",
    "condition",
    "pillar",
    "due",
    "body",
    "year",
    "changes",
    "as_of",
)
COLUMNS: dict[str, Callable[..., Table]] = {"pursuant": mandates, "un-registry": un_registry}

router = APIRouter()


@router.get("/mandates")
@router.get("/mandates.{suffix}", include_in_schema=False)
def mandate_list(request: Request) -> Response:
    """Who is asked to do what: all, or those that pass filters."""
    said = asked_for(request, *FILTERS, "columns", *paging.NAMES)
    return register(request, said, suffix_of(request))


@router.get("/mandates/life-cycle")
@router.get("/mandates/life-cycle.{suffix}", include_in_schema=False)
def life_cycles(request: Request) -> Response:
    """What became of bodies, step by step."""
    return _report(request, "life-cycle", life_cycle)


@router.get("/mandates/no-sunset")
@router.get("/mandates/no-sunset.{suffix}", include_in_schema=False)
def without_sunset(request: Request) -> Response:
    """Which bodies were established without a term, and never reviewed."""
    return _report(request, "no-sunset", no_sunset)


@router.get("/mandates/expiring-soon")
@router.get("/mandates/expiring-soon.{suffix}", include_in_schema=False)
def expiring(request: Request) -> Response:
    """Which bodies' terms end within a period."""
    return _report(request, "expiring-soon", expiring_soon, "within")


@router.get("/mandates/overlaps")
@router.get("/mandates/overlaps.{suffix}", include_in_schema=False)
def overlapping(request: Request) -> Response:
    """Which resolutions ask the same of the same."""
    return _report(request, "overlaps", overlaps, "least")


@router.get("/mandates/partners")
@router.get("/mandates/partners.{suffix}")
def partnerships(request: Request, suffix: str = "") -> Response:
    """Who works with whom: as a list, or as a network in the form that the suffix names."""
    form = next((name for name in WRITERS if suffix in (name, FORMS[name].suffix)), None)
    if form is None:
        return _report(request, "partners", partners)
    told, filters = asked(request), _filters(asked_for(request, *FILTERS))

    def network(told: Asked) -> bytes:
        return written(partner_network(told.store, told.language, **filters), form)

    media = FORMS[form].media
    return answer(told, {media: network}, media)


def register(
    request: Request, said: Mapping[str, str], forced: str | None, addressee: str | None = None
) -> Response:
    """The mandates that pass the filters of an address; of one addressee, if it is about one."""
    told = asked(request)
    filters = _filters(said) | ({"addressee": addressee} if addressee else {})
    columns = said.get("columns", "pursuant")
    check("columns", columns, COLUMNS)

    def read() -> Table:
        return COLUMNS[columns](told.store, language=told.language, **filters)

    if columns != "pursuant":
        return listed(told, said, read, forced)
    own = tuple(name for name in FILTERS if name != "addressee" or not addressee)
    page = partial(mandates_page, filters=own, thing=addressee)
    return listed(told, said, read, forced, page)


def _report(
    request: Request, name: str, read: Callable[..., Table], further: str | None = None
) -> Response:
    names = (*FILTERS, *([further] if further else []))
    said = asked_for(request, *names, *paging.NAMES)
    told = asked(request)
    filters = _filters(said)
    if further and further in said:
        filters[further] = said[further] if further == "within" else _share(said[further])
    rows = partial(read, told.store, language=told.language, **filters)
    page = partial(report_page, report=name, filters=(*([further] if further else []), *FILTERS))
    return listed(told, said, rows, suffix_of(request), page)


def _filters(said: Mapping[str, str]) -> dict[str, Any]:
    return {name: said[name] for name in FILTERS if name in said}


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise BadQuery(f"least is a number above 0 and up to 1, not {text!r}")
    return share
