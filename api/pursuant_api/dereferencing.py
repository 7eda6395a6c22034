"""From the IRIs of things to what tells of them: a page for people, data for programs.

A thing of the graph is no document, so its IRI answers 303 and names one that tells of it: in the
form that is asked for, or, where any will do, at the address that negotiates it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from pursuant import held, iri
from pursuant.errors import UnknownName
from pursuant.iri import local
from pursuant_api import graph_store
from pursuant_api.formats import NAMED
from pursuant_api.negotiation import HTML, JSON, JSONLD, NTRIPLES, RDFXML, TURTLE, VARY, chosen
from pursuant_api.state import asked
from pursuant_api.things import COLLECTIONS, question

if TYPE_CHECKING:
    from pursuant.store import Store

router = APIRouter()
_ANY = "application/octet-stream"  # matched by */* alone
_SUFFIXES = {
    _ANY: "",
    HTML: "",
    TURTLE: ".ttl",
    JSONLD: ".jsonld",
    JSON: ".json",
    NTRIPLES: ".nt",
    RDFXML: ".rdf",
}
_STATEMENT = re.compile(r"-(?:cit-|men-|man\d|rec\d|dis-|top-|rev$|ev\d).*")


@router.get("/id/{path:path}")
def dereferenced(request: Request, path: str) -> Response:
    """From the IRI of a thing to the page or data that tell of it."""
    store = asked(request).store
    media = chosen(request, tuple(_SUFFIXES))
    target = _target(store, path, media)
    if target is None:
        raise UnknownName(f"nothing is called {iri.ID}{path}")
    place, _, fragment = target.partition("#")
    queries = [request.url.query] if request.url.query else []
    place, _, own = place.partition("?")
    query = "&".join([own] * bool(own) + queries)
    location = place + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
    return RedirectResponse(location, 303, {"Vary": VARY})


def _target(store: Store, path: str, media: str) -> str | None:
    """Where a thing is told of in a form, None where the store does not say a word of it."""
    collection, _, name = path.partition("/")
    if collection == "graph":
        return _graph(store, name, media)
    if not _is_held(store, str(iri.ID[path])):
        return None
    if collection == "source":
        document = _derived(store, str(iri.ID[path]))
        return document and document + _SUFFIXES[media]
    if collection == "expression":
        slug, _, language = name.rpartition(".")
        return f"/documents/{slug}{_SUFFIXES[media]}?text={language}"
    slug, _, unit = name.partition("/")
    if collection == "doc" and slug in held.languages(store):
        return _document(slug, _STATEMENT.sub("", unit), media)
    if collection not in COLLECTIONS:
        return None
    return f"/{COLLECTIONS[collection]}/{slug}{_SUFFIXES[media]}"


def _document(slug: str, unit: str, media: str) -> str:
    """A unit has its place on the page of its document; a draft is the whole of it."""
    if unit in {"", "draft"}:
        return f"/documents/{slug}{_SUFFIXES[media]}"
    if media == HTML:
        return f"/documents/{slug}#{unit}"
    return f"/documents/{slug}/{unit}{_SUFFIXES[media]}"


def _graph(store: Store, name: str, media: str) -> str | None:
    if str(iri.graph(name)) not in store.graphs():
        return None
    form = next((form for form, named in NAMED.items() if named == media), None)
    form = "jsonld" if media == JSON else form
    return f"{graph_store.PATH}/{name}{f'?format={form}' if form else ''}"


def _is_held(store: Store, thing: str) -> bool:
    """Whether anything is said of a thing."""
    try:
        return bool(store.query(f"ASK {{ {ox.NamedNode(thing)} ?p ?o }}"))
    except ValueError:  # no IRI
        return False


def _derived(store: Store, source: str) -> str | None:
    """The page of the document that was read from a source."""
    rows = store.select(question("read_from"), substitutions={"source": ox.NamedNode(source)}).rows
    return f"/documents/{local(str(rows[0][1]))}" if rows else None
