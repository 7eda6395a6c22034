"""Instruments and entities: who is cited, who is asked, by which paragraphs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from pursuant import listing
from pursuant.iri import VOCAB, local
from pursuant.mandate_register import mandates
from pursuant.names import ACTORS, INSTRUMENTS, names_of
from pursuant.querying import cited_by
from pursuant.symbol import slug as slug_of
from pursuant_api import list_pages, paging
from pursuant_api.asking import ALWAYS, asked_for
from pursuant_api.documents import redirect
from pursuant_api.graph_views import graph_views
from pursuant_api.lists import Listed, listed
from pursuant_api.mandate_pages import mandate_rows
from pursuant_api.mandates import FILTERS, register
from pursuant_api.negotiation import HTML, JSON, Asked, answer, split_suffix, suffix_of
from pursuant_api.pages import render
from pursuant_api.state import asked
from pursuant_api.things import Thing, about

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pyoxigraph as ox

    from pursuant.table import Table

_NO_FILTERS = (*paging.NAMES, *ALWAYS)
router = APIRouter()


@router.get("/instruments")
@router.get("/instruments.{suffix}", include_in_schema=False)
def instruments(request: Request) -> Response:
    """The instruments that are known."""
    said = asked_for(request, *list_pages.INSTRUMENTS, *paging.NAMES)
    return _list(request, said, listing.instruments, list_pages.instruments_page)


@router.get("/entities")
@router.get("/entities.{suffix}", include_in_schema=False)
def entities(request: Request) -> Response:
    """The bodies, offices and groups that are known."""
    said = asked_for(request, *list_pages.ENTITIES, *paging.NAMES)
    return _list(request, said, listing.entities, list_pages.entities_page)


def _list(
    request: Request,
    said: dict[str, str],
    read: Callable[..., Table],
    page: Callable[[Asked, Listed, list[str]], str],
) -> Response:
    told = asked(request)
    filters = {name: value for name, value in said.items() if name not in _NO_FILTERS}

    def shown(told: Asked, list_: Listed) -> str:
        kinds = {kind for row in read(told.store, language=told.language) for kind in _kinds(row)}
        return page(told, list_, sorted(kinds))

    def rows() -> Table:
        return read(told.store, language=told.language, **filters)

    return listed(told, said, rows, suffix_of(request), shown)


def _kinds(row: Mapping[str, Any]) -> tuple[str, ...]:
    kinds: tuple[str, ...] = row["types"]
    return kinds


@router.get("/instruments/{path:path}")
def instrument(request: Request, path: str) -> Response:
    """An instrument or group, with the paragraphs that invoke it; `.../cited-by` is these alone."""
    views = {JSON: _instrument_object, HTML: _instrument_page}
    return _answered(request, path, ("instruments", INSTRUMENTS, "instrument"), views, "cited-by")


@router.get("/entities/{path:path}")
def entity(request: Request, path: str) -> Response:
    """A body, office or group of actors, with what is asked of it; `.../mandates` is this alone."""
    views = {JSON: _entity_object, HTML: _entity_page}
    return _answered(request, path, ("entities", ACTORS, "entity"), views, "mandates")


def _answered(
    request: Request,
    path: str,
    kind: tuple[str, tuple[str, ...], str],
    views: Mapping[str, Callable[..., Any]],
    part: str,
) -> Response:
    """The answer on a thing, or on its part; another spelling is led to the canonical address."""
    place, within, what = kind
    name, forced = split_suffix(path)
    told, suffix = asked(request), path[len(name) :]
    wanted = name.removesuffix(f"/{part}")
    thing = names_of(told.store).find(wanted, within, what)
    canonical = f"/{place}/{local(thing)}{name[len(wanted) :]}{suffix}"
    if canonical != f"/{place}/{path}":
        return redirect(canonical, request, same=slug_of(wanted) == local(thing))
    if wanted == name:
        return _thing(told, thing, views, part, forced)
    if part == "cited-by":
        said = asked_for(request, *list_pages.CITING, *paging.NAMES)
        read = partial(_cited_by, told, thing, said)
        return listed(told, said, read, forced, partial(list_pages.citing_page, thing=thing))
    filters = (name for name in FILTERS if name != "addressee")
    said = asked_for(request, *filters, "columns", *paging.NAMES)
    return register(request, said, forced, thing)


def _thing(
    told: Asked,
    thing: str,
    views: Mapping[str, Callable[..., Any]],
    part: str,
    forced: str | None,
) -> Response:
    """The answer on a thing: of what cites or asks it, the page that is asked for."""
    said = asked_for(told.request, *paging.NAMES)
    read = partial(_cited_by, told, thing, {}) if part == "cited-by" else None
    list_ = Listed(read or partial(_mandates, told, thing), said)
    chosen = {media: partial(view, thing=thing, list_=list_) for media, view in views.items()}
    answered = answer(told, chosen | graph_views(partial(_described, thing=thing)), forced)
    if list_.is_read:
        answered.headers.update(paging.headers(told.request, list_.page, list_.total))
    return answered


def _cited_by(told: Asked, thing: str, said: Mapping[str, str]) -> Table:
    filters = {name: said[name] for name in list_pages.CITING if name in said}
    return cited_by(told.store, thing, told.language, **filters)


def _mandates(told: Asked, thing: str) -> Table:
    return mandates(told.store, thing, language=told.language)


def _object(thing: Thing) -> dict[str, Any]:
    return {
        "iri": thing.iri,
        "slug": thing.slug,
        "symbol": thing.symbol,
        "labels": {label.language: label.text for label in thing.labels},
        "unverifiedLabels": [label.language for label in thing.labels if label.unverified],
        "otherNames": [name.text for name in thing.other_names],
        "types": list(thing.types),
        "facts": {
            fact.property: [value.thing or value.text for value in fact.values]
            for fact in thing.facts
        },
        "unverified": [fact.property for fact in thing.facts if fact.unverified],
        "reviewStatus": thing.status,
    }


def _instrument_object(told: Asked, thing: str, list_: Listed) -> dict[str, Any]:
    told_of = about(told.store, thing, told.language)
    return _object(told_of) | {"held": told_of.is_held, "citedBy": list_.rows().to_json()}


def _entity_object(told: Asked, thing: str, list_: Listed) -> dict[str, Any]:
    rows = list_.rows().to_json()
    return _object(about(told.store, thing, told.language)) | {"mandates": rows}


def _instrument_page(told: Asked, thing: str, list_: Listed) -> str:
    names = names_of(told.store)
    rows = [
        row
        | {
            "slug": slug_of(str(row["document"])),
            "how": names.label(str(VOCAB[f"citation-function/{row['function']}"]), told.language),
        }
        for row in list_.rows().to_json()
    ]
    values = {"thing": about(told.store, thing, told.language), "rows": rows}
    return render("instrument.html", told.request, list=list_, **values)


def _entity_page(told: Asked, thing: str, list_: Listed) -> str:
    rows = mandate_rows(told, list_.rows())
    shown = about(told.store, thing, told.language)
    return render("entity.html", told.request, thing=shown, rows=rows, list=list_)


def _described(told: Asked, thing: str) -> Iterable[ox.Triple]:
    return told.store.query(f"DESCRIBE <{thing}>")  # type: ignore[return-value]
