"""Held documents and their units: lists, objects for programs, the reading page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from pursuant import held, iri
from pursuant.errors import UnknownName
from pursuant.iri import PREFIXES, local
from pursuant.names import DOCUMENTS, names_of, near
from pursuant.printing import document_to_json
from pursuant.querying import invokes, unit_order
from pursuant.symbol import slug as slug_of
from pursuant.symbol import unit_id
from pursuant_api.negotiation import HTML, JSON, TURTLE, Asked, answer, split_suffix
from pursuant_api.pages import render
from pursuant_api.reading_page import reading_page
from pursuant_api.state import asked
from pursuant_api.things import question

if TYPE_CHECKING:
    from pursuant.store import Store

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Place:
    """A document, or one unit of it, or what either invokes, by canonical names."""

    slug: str
    unit: str | None
    listing: bool

    @property
    def path(self) -> str:
        """The canonical address."""
        parts = [self.slug, self.unit, "instruments" if self.listing else None]
        return "/documents/" + "/".join(part for part in parts if part)


@router.get("/")
def home(request: Request) -> Response:
    """Leads to the list of documents."""
    return RedirectResponse(_with_query("/documents", request), 307)


@router.get("/documents")
@router.get("/documents.json", include_in_schema=False)
def documents(request: Request) -> Response:
    """The documents whose text is held."""
    _, forced = split_suffix(request.url.path)
    return answer(asked(request), {JSON: documents_list, HTML: _list_page}, forced)


@router.get("/documents/{path:path}")
def document(request: Request, path: str) -> Response:
    """A document, `{slug}/{unit}`, or what they invoke, `.../instruments`, in any spelling."""
    name, forced = split_suffix(path)
    told = asked(request)
    place = find(told.store, name)
    suffix = path[len(name) :]
    if f"/documents/{path}" != place.path + suffix:
        return redirect(place.path + suffix, request, same=slug_of(name).startswith(place.slug))
    if place.listing:
        return answer(told, {JSON: lambda told: _instruments(told, place)}, forced)
    views = {
        JSON: lambda told: _object(told, place),
        HTML: lambda told: _page(told, place),
        TURTLE: lambda told: turtle(told.store, place),
    }
    return answer(told, views, forced)


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
    listing = len(parts) > 1 and parts[-1] == "instruments"
    if listing:
        parts.pop()
    try:
        return Place(held.find(store, "/".join(parts)), None, listing)
    except UnknownName:
        if len(parts) == 1 or not _is_named(store, "/".join(parts[:-1])):
            raise
    slug = held.find(store, "/".join(parts[:-1]))
    return Place(slug, _unit(store, slug, parts[-1]), listing)


def _is_named(store: Store, name: str) -> bool:
    try:
        return bool(names_of(store).find(name, DOCUMENTS, "document"))
    except UnknownName:
        return False


def _unit(store: Store, slug: str, name: str) -> str:
    document = held.read(store, slug, "").document
    units = [p.id for p in document.paragraphs] + [note.id for note in document.footnotes]
    if (unit := unit_id(name)) not in units:
        offered = near(unit, {each: each for each in sorted(units, key=unit_order)})
        raise UnknownName(f"{document.symbol} has no {unit}{offered}")
    return unit


def documents_list(told: Asked) -> list[dict[str, Any]]:
    """The held documents with their titles and counts."""
    names = names_of(told.store)
    counts: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for work, kind, number in told.store.select(question("document_counts")).rows:
        counts[local(str(work))][str(kind)] = number
    titles: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for row in told.store.select(question("document_titles")):
        titles[local(str(row["document"]))][str(row["language"] or "")] = row
    found = []
    for slug, languages in held.languages(told.store).items():
        rows = titles[slug]
        row = rows.get(told.language) or rows[min(rows)]
        work = str(iri.document(slug))
        found.append(
            {
                "symbol": names.symbols.get(work),
                "slug": slug,
                "iri": work,
                "title": row["title"],
                "adopted": row["adopted"],
                "adoptedBy": local(str(row["body"])) if row["body"] else None,
                "languages": list(languages),
            }
            | {kind: counts[slug].get(kind, 0) for kind in ("paragraphs", "citations", "mandates")}
        )
    return found


def _list_page(told: Asked) -> str:
    names = names_of(told.store)
    rows = documents_list(told)
    bodies = {
        row["adoptedBy"]: names.label(str(iri.entity(row["adoptedBy"])), told.language)
        for row in rows
        if row["adoptedBy"]
    }
    return render("documents.html", told.request, documents=rows, bodies=bodies)


def _read(told: Asked, place: Place) -> held.Held:
    wanted = told.request.query_params.get("text", told.language)
    return held.read(told.store, place.slug, wanted)


def _object(told: Asked, place: Place) -> dict[str, Any]:
    found = _read(told, place)
    whole = document_to_json(found.document)
    common = {
        "slug": place.slug,
        "iri": str(iri.document(place.slug)),
        "languages": list(held.languages(told.store)[place.slug]),
    }
    notes = [{"id": f"fn{note['number']}", **note} for note in whole["footnotes"]]
    if place.unit is None:
        return common | whole | {"footnotes": notes, "summaries": _summaries(found, None)}
    units = {each["id"]: each for each in (*whole["paragraphs"], *notes)}
    about = {
        "iri": str(iri.unit(place.slug, place.unit)),
        "document": whole["symbol"],
        "language": whole["language"],
        "speaker": whole["speaker"],
        "summaries": _summaries(found, place.unit),
    }
    unit: dict[str, Any] = units[place.unit]
    return common | about | unit


def _summaries(found: held.Held, unit: str | None) -> dict[str, Any]:
    return {
        name: {"text": dict(summary.texts), "status": summary.status}
        for name, summary in sorted(found.summaries.items())
        if unit is None or name == unit or name.startswith(f"{unit}-man")
    }


def _instruments(told: Asked, place: Place) -> list[dict[str, Any]]:
    return invokes(told.store, place.slug, place.unit, language=told.language).to_json()


def _page(told: Asked, place: Place) -> str | Response:
    if place.unit:
        lang = told.request.url.query
        path = f"/documents/{place.slug}{f'?{lang}' if lang else ''}#{place.unit}"
        return RedirectResponse(path, 303)
    page = reading_page(told.store, _read(told, place), told.language)
    return render("reading.html", told.request, page=page)


def turtle(store: Store, place: Place) -> bytes:
    """A document's graphs, or what they say of one unit, as Turtle."""
    names = [f"{place.slug}.{tag}" for tag in (*held.languages(store)[place.slug], "review")]
    own = str(iri.unit(place.slug, place.unit)) if place.unit else ""
    triples = {
        quad.triple
        for name in names
        for quad in store.quads(str(iri.graph(name)))
        if not own or _is_of(str(quad.subject).strip("<>"), own)
    }
    made = ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    return made or b""


def _is_of(subject: str, unit: str) -> bool:
    return subject == unit or subject.startswith(f"{unit}-")
