"""What crawlers are told: which pages there are, since when, and where they need not go.

After the protocol of sitemaps.org: an index names files, each of at most 50,000 addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response

from pursuant import held, ontology
from pursuant.errors import UnknownName
from pursuant.iri import local
from pursuant.names import names_of
from pursuant_api.description import public_url
from pursuant_api.negotiation import answer
from pursuant_api.state import asked
from pursuant_api.things import COLLECTIONS, address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pursuant.store import Store
    from pursuant_api.negotiation import Asked

Entry: TypeAlias = tuple[str, str | None]  # a path, and since when what is there is as it is

router = APIRouter()
MOST = 50_000
XML = "application/xml"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Pages without end, made from what is asked.
_ASKED = ("/sparql", "/store", "/search", "/compare")


@router.get("/sitemap.xml")
def index(request: Request) -> Response:
    """The files in which the addresses of all pages are."""
    return answer(asked(request), {XML: _index}, XML)


@router.get("/sitemap-{number}.xml")
def part(request: Request, number: str) -> Response:
    """One of these files."""
    return answer(asked(request), {XML: lambda told: _part(told, number)}, XML)


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """Where crawlers need not go, and where the list of pages is."""
    told = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in _ASKED),
        f"Sitemap: {public_url(request, request.app.state)}/sitemap.xml",
    ]
    return Response("\n".join(told) + "\n", media_type="text/plain; charset=utf-8")


def pages(store: Store) -> list[Entry]:
    """The paths of all pages that do not depend on what is asked, and since when each is as it is.

    That is known of documents, by the graphs that tell of them; what an instrument's page shows
    comes from every document that cites it.
    """
    known = ontology.ontology()
    fixed = ["/documents", "/instruments", "/entities", "/mandates", "/dataset"]
    fixed += ["/ontology", "/shapes", *(f"/vocab/{name}" for name in known.schemes)]
    things = {address(thing, store) for thing in names_of(store).labels if _has_page(thing)}
    since = _since(store)
    documents = [(f"/documents/{slug}", since.get(slug)) for slug in held.languages(store)]
    others = sorted(path for path in things if path)
    return [*((path, None) for path in fixed), *documents, *((path, None) for path in others)]


def _since(store: Store) -> dict[str, str]:
    """When what is held of each document changed, by its slug; the last of its graphs counts."""
    found: dict[str, str] = {}
    for name, record in store.manifest.graphs.items():
        slug = local(name).rpartition(".")[0]
        found[slug] = max(found.get(slug, ""), record.changed or "")
    return {slug: changed for slug, changed in found.items() if changed}


def _has_page(thing: str) -> bool:
    """Whether a thing has a page of its own, as units of a document have not."""
    collection, _, name = thing.partition("/id/")[2].partition("/")
    return collection in COLLECTIONS and "/" not in name


def _parts(store: Store) -> list[list[Entry]]:
    every = pages(store)
    return [every[start : start + MOST] for start in range(0, len(every), MOST)]


def _index(told: Asked) -> str:
    parts = (
        (f"/sitemap-{number}.xml", max((since for _, since in part if since), default=None))
        for number, part in enumerate(_parts(told.store), 1)
    )
    return _written(told, "sitemapindex", "sitemap", parts)


def _part(told: Asked, number: str) -> str:
    parts = {str(place): part for place, part in enumerate(_parts(told.store), 1)}
    if number not in parts:
        raise UnknownName(f"there is no sitemap {number!r}; there are {len(parts)}")
    return _written(told, "urlset", "url", parts[number])


def _written(told: Asked, root: str, entry: str, entries: Iterable[Entry]) -> str:
    return "".join(_pieces(told, root, entry, entries))


def _pieces(told: Asked, root: str, entry: str, entries: Iterable[Entry]) -> Iterator[str]:
    base = escape(public_url(told.request, told.request.app.state))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'
    for path, since in entries:
        told_since = f"<lastmod>{since}</lastmod>" if since else ""
        yield f"<{entry}><loc>{base}{escape(path)}</loc>{told_since}</{entry}>\n"
    yield f"</{root}>\n"
