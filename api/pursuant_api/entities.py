"""Instruments, entities and mandates: who is cited, who is asked, by which paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from pursuant import held, iri
from pursuant.errors import UnknownName
from pursuant.iri import PREFIXES, VOCAB, local
from pursuant.names import ACTORS, INSTRUMENTS, names_of
from pursuant.querying import cited_by, mandates
from pursuant.symbol import slug as slug_of
from pursuant_api.documents import redirect
from pursuant_api.negotiation import HTML, JSON, TURTLE, Asked, answer, split_suffix
from pursuant_api.pages import render
from pursuant_api.state import asked
from pursuant_api.things import COLLECTIONS, Thing, about, address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pursuant.store import Store
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


@router.get("/mandates")
@router.get("/mandates.json", include_in_schema=False)
def mandate_list(
    request: Request,
    addressee: str | None = None,
    force: str | None = None,
    document: str | None = None,
) -> Response:
    """Who is asked to do what: all, or those of an addressee, a force, a document."""
    _, forced = split_suffix(request.url.path)

    def rows(told: Asked) -> Table:
        chosen = (addressee or None, force or None, document or None)
        return mandates(told.store, *chosen, language=told.language)

    views: dict[str, Callable[[Asked], Any]] = {
        JSON: lambda told: rows(told).to_json(),
        HTML: lambda told: _mandates_page(told, rows(told), (addressee, force, document)),
    }
    return answer(asked(request), views, forced)


@router.get("/id/{path:path}")
def dereferenced(request: Request, path: str) -> Response:
    """From the IRI of a thing to the page or data that tell of it."""
    store = asked(request).store
    if (target := _target(store, path)) is None:
        raise UnknownName(f"nothing is called {iri.ID}{path}")
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(target + query, 303)


def _target(store: Store, path: str) -> str | None:
    collection, _, name = path.partition("/")
    if collection == "expression":
        collection, name = "doc", name.rpartition(".")[0]
    slug, _, unit = name.partition("/")
    known = str(iri.ID[f"{collection}/{slug}"]) in names_of(store).labels
    if collection == "doc" and slug in held.languages(store):
        unit = "" if unit == "draft" else unit.partition("-cit-")[0].partition("-men-")[0]
        unit = unit.partition("-man")[0].partition("-rec")[0]
        return f"/documents/{slug}/{unit}" if unit else f"/documents/{slug}"
    return f"/{COLLECTIONS[collection]}/{slug}" if known and collection in COLLECTIONS else None


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
    rows = _mandate_rows(told, _mandates(told, thing))
    shown = about(told.store, thing, told.language)
    return render("entity.html", told.request, thing=shown, rows=rows)


def _mandates_page(told: Asked, table: Table, chosen: tuple[str | None, ...]) -> str:
    rows = _mandate_rows(told, table)
    return render("mandates.html", told.request, rows=rows, chosen=[each or "" for each in chosen])


def _mandate_rows(told: Asked, table: Table) -> list[dict[str, Any]]:
    """Mandates with names for slugs, for people."""
    names = names_of(told.store)

    def actor(slug: str) -> dict[str, str | None]:
        thing = names.find(slug, ACTORS, "entity")
        return {"label": names.label(thing, told.language), "href": address(thing, told.store)}

    def concept(scheme: str, slug: str) -> str:
        return names.label(str(VOCAB[f"{scheme}/{slug}"]), told.language)

    return [
        row
        | {
            "slug": slug_of(row["document"]),
            "asks": concept("force", row["force"]),
            "who": [actor(slug) for slug in row["addressees"]],
            "with": [actor(partner["entity"]) for partner in row["partners"]],
            "under": [concept("condition", slug) for slug in row["conditions"]],
        }
        for row in table.to_json()
    ]


def _described(told: Asked, thing: str) -> bytes:
    described = told.store.query(f"DESCRIBE <{thing}>")
    triples = sorted(described, key=str)  # type: ignore[arg-type]
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
