"""Held documents and their units: lists, objects for programs, the reading page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from pursuant import held, listing
from pursuant.errors import UnknownName
from pursuant.names import DOCUMENTS, names_of, near
from pursuant.querying import invokes, unit_order
from pursuant.symbol import slug as slug_of
from pursuant.symbol import unit_id
from pursuant_api import paging
from pursuant_api.asking import asked_for
from pursuant_api.document_views import object_of, page_of, triples
from pursuant_api.graph_views import graph_views
from pursuant_api.legislation import signposts
from pursuant_api.list_pages import CITED, FILTERS, citations_page, documents_page
from pursuant_api.lists import listed
from pursuant_api.negotiation import HTML, JSON, Asked, answer, split_suffix, suffix_of
from pursuant_api.state import asked

if TYPE_CHECKING:
    from pursuant.store import Store
    from pursuant.table import Table

router = APIRouter()
PARTS = ("instruments", "citations")


@dataclass(frozen=True, slots=True)
class Place:
    """A document, or one unit of it, or what either cites, by canonical names.

    Attributes:
        part: "instruments" or "citations", where the list of them is meant; else empty.
    """

    slug: str
    unit: str | None
    part: str = ""

    @property
    def path(self) -> str:
        """The canonical address."""
        parts = [self.slug, self.unit, self.part]
        return "/documents/" + "/".join(part for part in parts if part)


@router.get("/")
def home(request: Request) -> Response:
    """Leads to the list of documents."""
    return RedirectResponse(_with_query("/documents", request), 307)


@router.get("/documents")
@router.get("/documents.{suffix}", include_in_schema=False)
def documents(request: Request) -> Response:
    """The documents whose text is held."""
    said = asked_for(request, *FILTERS, *paging.NAMES)
    filters = {name: said[name] for name in FILTERS if name in said}
    told = asked(request)

    def read() -> Table:
        return listing.documents(told.store, language=told.language, **filters)

    return listed(told, said, read, suffix_of(request), documents_page)


@router.get("/documents/{path:path}")
def document(request: Request, path: str) -> Response:
    """A document, `{slug}/{unit}`, or what they cite, in any spelling."""
    name, forced = split_suffix(path)
    told = asked(request)
    place = find(told.store, name)
    suffix = path[len(name) :]
    if f"/documents/{path}" != place.path + suffix:
        return redirect(place.path + suffix, request, same=slug_of(name).startswith(place.slug))
    if place.part:
        return _part(told, place, forced)
    asked_for(request, "text")
    views = {
        JSON: lambda told: object_of(told, place),
        HTML: lambda told: page_of(told, place),
        **graph_views(lambda told: triples(told.store, place)),
    }
    answered = answer(told, views, forced)
    answered.headers["Link"] = signposts(told, place)
    return answered


def _part(told: Asked, place: Place, forced: str | None) -> Response:
    """What a document or a unit invokes, or all that it cites."""
    if place.part == "instruments":
        said = asked_for(told.request, *paging.NAMES)

        def read() -> Table:
            return invokes(told.store, place.slug, place.unit, language=told.language)
    else:
        said = asked_for(told.request, *CITED, *paging.NAMES)
        filters = {name: said[name] for name in CITED if name in said}

        def read() -> Table:
            return listing.citations(
                told.store, place.slug, unit=place.unit, language=told.language, **filters
            )

    return listed(told, said, read, forced, partial(citations_page, place=place))


def redirect(path: str, request: Request, same: bool) -> Response:
    """To the canonical address: for good where it is the same name, else for now."""
    return RedirectResponse(_with_query(path, request), 308 if same else 307)


def _with_query(path: str, request: Request) -> str:
    return f"{path}?{request.url.query}" if request.url.query else path


def find(store: Store, path: str) -> Place:
    """What the end of an address means, in any spelling, slashes in symbols included.

    Raises:
        UnknownName: no held document or unit is called so.
    """
    parts = path.strip("/").split("/")
    part = parts.pop() if len(parts) > 1 and parts[-1] in PARTS else ""
    try:
        return Place(held.find(store, "/".join(parts)), None, part)
    except UnknownName:
        if len(parts) == 1 or not _is_named(store, "/".join(parts[:-1])):
            raise
    slug = held.find(store, "/".join(parts[:-1]))
    return Place(slug, _unit(store, slug, parts[-1]), part)


def _is_named(store: Store, name: str) -> bool:
    try:
        return bool(names_of(store).find(name, DOCUMENTS, "document"))
    except UnknownName:
        return False


def _unit(store: Store, slug: str, name: str) -> str:
    document = held.read(store, slug, "").document
    units = [p.id for p in document.paragraphs] + [note.id for note in document.footnotes]
    if name in units:  # headings and parts of annexes have names that nobody types
        return name
    if (unit := unit_id(name)) not in units:
        offered = near(unit, {each: each for each in sorted(units, key=unit_order)})
        raise UnknownName(f"{document.symbol} has no {unit}{offered}")
    return unit
