"""From the IRIs of things to what tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from pursuant import held, iri
from pursuant.errors import UnknownName
from pursuant.names import names_of
from pursuant_api.state import asked
from pursuant_api.things import COLLECTIONS

if TYPE_CHECKING:
    from pursuant.store import Store

router = APIRouter()


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
