"""Mandates: who is asked to do what, by which paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from pursuant.iri import VOCAB
from pursuant.names import ACTORS, names_of
from pursuant.querying import mandates
from pursuant.symbol import slug as slug_of
from pursuant_api.negotiation import HTML, JSON, Asked, answer, split_suffix
from pursuant_api.pages import render
from pursuant_api.state import asked
from pursuant_api.things import address

if TYPE_CHECKING:
    from collections.abc import Callable

    from pursuant.table import Table

router = APIRouter()


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


def _mandates_page(told: Asked, table: Table, chosen: tuple[str | None, ...]) -> str:
    rows = mandate_rows(told, table)
    return render("mandates.html", told.request, rows=rows, chosen=[each or "" for each in chosen])


def mandate_rows(told: Asked, table: Table) -> list[dict[str, Any]]:
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
