"""Instruments and entities: who is cited, who is asked, by which paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from pursuant.iri import PREFIXES, VOCAB, local
from pursuant.names import ACTORS, INSTRUMENTS, names_of
from pursuant.querying import cited_by, mandates
from pursuant.symbol import slug as slug_of
from pursuant_api.documents import redirect
from pursuant_api.mandates import mandate_rows
from pursuant_api.negotiation import HTML, JSON, TURTLE, Asked, answer, split_suffix
from pursuant_api.pages import render
from pursuant_api.state import asked
from pursuant_api.things import Thing, about

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pursuant.table import Table

router = APIRouter()


@router.get("/instruments/{path:path}")
def instrument(request: Request, path: str) -> Response:
    """An instrument or group, with the paragraphs that invoke it; `.../cited-by` is these alone."""
    views = {JSON: _instrument_object, HTML: _instrument_page, TURTLE: _described}
    return _answered(request, path, ("instruments", INSTRUMENTS, "instrument"), views, "cited-by")


@router.get("/entities/{path:path}")
def entity(request: Request, path: str) -> Response:
    """A body, office or group of actors, with what is asked of it; `.../mandates` is this alone."""
    views = {JSON: _entity_object, HTML: _entity_page, TURTLE: _described}
    return _answered(request, path, ("entities", ACTORS, "entity"), views, "mandates")


def _answered(
    request: Request,
    path: str,
    kind: tuple[str, tuple[str, ...], str],
    views: Mapping[str, Callable[[Asked, str], Any]],
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
    if wanted != name:
        listed = _cited_by if part == "cited-by" else _mandates
        return answer(told, {JSON: lambda told: listed(told, thing).to_json()}, forced)
    chosen = {media: _bound(view, thing) for media, view in views.items()}
    return answer(told, chosen, forced)


def _bound(view: Callable[[Asked, str], Any], thing: str) -> Callable[[Asked], Any]:
    return lambda told: view(told, thing)


def _cited_by(told: Asked, thing: str) -> Table:
    return cited_by(told.store, thing, told.language)


def _mandates(told: Asked, thing: str) -> Table:
    return mandates(told.store, thing, language=told.language)


def _object(thing: Thing) -> dict[str, Any]:
    return {
        "iri": thing.iri,
        "slug": thing.slug,
        "symbol": thing.symbol,
        "labels": {label.language: label.text for label in thing.labels},
        "unverifiedLabels": [label.language for label in thing.labels if label.unverified],
        "otherNames": list(thing.other_names),
        "types": list(thing.types),
        "facts": {
            fact.property: [value.thing or value.text for value in fact.values]
            for fact in thing.facts
        },
        "unverified": [fact.property for fact in thing.facts if fact.unverified],
        "reviewStatus": thing.status,
    }


def _instrument_object(told: Asked, thing: str) -> dict[str, Any]:
    told_of = about(told.store, thing, told.language)
    return _object(told_of) | {"held": told_of.is_held, "citedBy": _cited_by(told, thing).to_json()}


def _entity_object(told: Asked, thing: str) -> dict[str, Any]:
    rows = _mandates(told, thing).to_json()
    return _object(about(told.store, thing, told.language)) | {"mandates": rows}


def _instrument_page(told: Asked, thing: str) -> str:
    names = names_of(told.store)
    rows = [
        row
        | {
            "slug": slug_of(str(row["document"])),
            "how": names.label(str(VOCAB[f"citation-function/{row['function']}"]), told.language),
        }
        for row in _cited_by(told, thing).to_json()
    ]
    values = {"thing": about(told.store, thing, told.language), "rows": rows}
    return render("instrument.html", told.request, **values)


def _entity_page(told: Asked, thing: str) -> str:
    rows = mandate_rows(told, _mandates(told, thing))
    shown = about(told.store, thing, told.language)
    return render("entity.html", told.request, thing=shown, rows=rows)


def _described(told: Asked, thing: str) -> bytes:
    described = told.store.query(f"DESCRIBE <{thing}>")
    triples = sorted(described, key=str)  # type: ignore[arg-type]
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
