"""One document or unit, as programs and people are shown it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse, Response

from pursuant import held, iri
from pursuant.printing import document_to_json
from pursuant_api.legislation import head
from pursuant_api.pages import render
from pursuant_api.reading_page import reading_page

if TYPE_CHECKING:
    import pyoxigraph as ox

    from pursuant.store import Store
    from pursuant_api.documents import Place
    from pursuant_api.negotiation import Asked


def _read(told: Asked, place: Place) -> held.Held:
    wanted = told.request.query_params.get("text", told.language)
    return held.read(told.store, place.slug, wanted)


def object_of(told: Asked, place: Place) -> dict[str, Any]:
    """The object that extract prints, or the part of it that a unit is, with what is held of it."""
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


def page_of(told: Asked, place: Place) -> str | Response:
    """The reading page; for a unit, the way to its place there."""
    if place.unit:
        lang = told.request.url.query
        path = f"/documents/{place.slug}{f'?{lang}' if lang else ''}#{place.unit}"
        return RedirectResponse(path, 303)
    found = _read(told, place)
    page = reading_page(told.store, found, told.language)
    return render("reading.html", told.request, page=page, head=head(told, found))


def triples(store: Store, place: Place) -> set[ox.Triple]:
    """A document's graphs, or what they say of one unit."""
    names = [f"{place.slug}.{tag}" for tag in (*held.languages(store)[place.slug], "review")]
    own = str(iri.unit(place.slug, place.unit)) if place.unit else ""
    return {
        quad.triple
        for name in names
        for quad in store.quads(str(iri.graph(name)))
        if not own or _is_of(str(quad.subject).strip("<>"), own)
    }


def _is_of(subject: str, unit: str) -> bool:
    return subject == unit or subject.startswith(f"{unit}-")
