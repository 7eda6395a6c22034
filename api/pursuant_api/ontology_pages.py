"""The ontology, its vocabularies and its shapes: pages for people, their files for programs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from pursuant import ontology
from pursuant.content import serialize
from pursuant.errors import UnknownName
from pursuant.iri import PREFIXES, VOCAB
from pursuant.names import near
from pursuant.paths import ONTOLOGY
from pursuant_api import diagrams
from pursuant_api.description import public_url
from pursuant_api.negotiation import HTML, JSON, TURTLE, Asked, answer, split_suffix, suffix_of
from pursuant_api.pages import Words, render
from pursuant_api.state import asked
from pursuant_api.things import OFFICIAL

if TYPE_CHECKING:
    from collections.abc import Callable

    View = Callable[[Asked], Any]

router = APIRouter()
TWINS = {
    ".ttl": TURTLE,
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".json": JSON,
}
_SYNTAXES = {
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_FILES = {"ontology": "unct.ttl", "alignments": "alignments.ttl", "shapes": "shapes.ttl"}


@router.get("/ontology")
@router.get("/ontology.{suffix}", include_in_schema=False)
def whole(request: Request) -> Response:
    """The ontology: its page, its file, or its terms as a list."""
    views: dict[str, View] = {
        **_file_views(_FILES["ontology"]),
        HTML: _page,
        JSON: lambda told: ontology.terms(language=told.language).to_json(),
    }
    return answer(asked(request), views, suffix_of(request))


@router.get("/ontology/{name:path}")
def part(request: Request, name: str) -> Response:
    """A version of the ontology, its alignments, or a term, which has its place on the page."""
    wanted, forced = split_suffix(name)
    known = ontology.ontology()
    if wanted == known.version:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/ontology{name.removeprefix(wanted)}{query}", 303)
    if wanted == "alignments":
        return answer(asked(request), _file_views(_FILES["alignments"]), forced)
    if wanted in known.terms:
        return RedirectResponse(_placed(request, "/ontology", wanted), 303)
    offered = near(wanted, {each: each for each in (*known.terms, known.version, "alignments")})
    raise UnknownName(f"the ontology has no term or version {wanted!r}{offered}")


@router.get("/shapes")
@router.get("/shapes.{suffix}", include_in_schema=False)
def shapes(request: Request) -> Response:
    """What is asked of the data: in words, or as SHACL."""
    views = _file_views(_FILES["shapes"]) | {HTML: _shapes_page, JSON: _shapes_list}
    return answer(asked(request), views, suffix_of(request))


@router.get("/vocab")
def vocabularies(request: Request) -> Response:
    """Leads to the list of vocabularies."""
    return RedirectResponse(_placed(request, "/ontology", "vocabularies"), 303)


@router.get("/vocab/{path:path}")
def vocabulary(request: Request, path: str) -> Response:
    """A vocabulary, as page or data; a concept leads to its place in it."""
    name, forced = split_suffix(path)
    wanted, _, notation = name.partition("/")
    known = ontology.ontology().schemes
    if wanted not in known:
        offered = near(wanted, {each: each for each in known})
        raise UnknownName(f"there is no vocabulary {wanted!r}{offered}")
    scheme = known[wanted]
    if notation:
        if notation not in {concept.notation for concept in scheme.concepts}:
            raise UnknownName(f"{VOCAB[wanted]} has no concept {notation!r}")
        suffix = path[len(name) :]
        return RedirectResponse(_placed(request, f"/vocab/{wanted}{suffix}", notation), 303)
    views = _file_views(f"vocab/{wanted}.ttl") | {
        HTML: lambda told: _vocabulary_page(told, scheme),
        JSON: lambda told: _concepts(told, scheme),
    }
    return answer(asked(request), views, forced)


def _placed(request: Request, path: str, place: str) -> str:
    return f"{path}{f'?{request.url.query}' if request.url.query else ''}#{place}"


def _file_views(name: str) -> dict[str, View]:
    """A file of ours as it is, and in other syntaxes."""

    def view(media: str) -> View:
        return lambda _: _written(name, media)

    own: dict[str, View] = {TURTLE: lambda _: (ONTOLOGY / name).read_bytes()}
    return own | {media: view(media) for media in _SYNTAXES}


@cache
def _written(name: str, media: str) -> bytes:
    parser = ox.parse(path=ONTOLOGY / name)
    quads = list(parser)
    return serialize(quads, _SYNTAXES[media], PREFIXES | parser.prefixes)


def _canonical(told: Asked) -> str:
    """The address of a page, whatever form and language of it are asked for."""
    path, _ = split_suffix(told.request.url.path)
    return public_url(told.request, told.request.app.state) + path


def _page(told: Asked) -> str:
    known = ontology.ontology()
    w = Words(told.language)
    return render(
        "ontology.html",
        told.request,
        known=known,
        overview=diagrams.overview(known, told.language, w["under"]),
        trees=diagrams.trees(known, told.language),
        twins=TWINS,
        canonical=_canonical(told),
    )


def _shapes_page(told: Asked) -> str:
    return render(
        "shapes.html",
        told.request,
        known=ontology.ontology(),
        twins=TWINS,
        canonical=_canonical(told),
    )


def _vocabulary_page(told: Asked, scheme: ontology.Scheme) -> str:
    return render(
        "vocabulary.html",
        told.request,
        known=ontology.ontology(),
        scheme=scheme,
        ranked=any(concept.strength for concept in scheme.concepts),
        official=OFFICIAL,
        twins=TWINS,
        canonical=_canonical(told),
    )


def _concepts(told: Asked, scheme: ontology.Scheme) -> list[dict[str, Any]]:
    return [
        {
            "notation": concept.notation,
            "iri": concept.iri,
            "labels": dict(concept.labels),
            "definition": concept.definitions.get(told.language),
            "strength": concept.strength and int(concept.strength),
            "matches": [{"how": match.how, "iri": match.term} for match in concept.matches],
        }
        for concept in scheme.concepts
    ]


def _shapes_list(told: Asked) -> list[dict[str, Any]]:
    return [
        {
            "shape": shape.name,
            "iri": shape.iri,
            "title": shape.titles.get(told.language),
            "message": shape.messages.get(told.language),
            "severity": shape.severity,
            "targets": list(shape.targets),
            "path": shape.path,
        }
        for shape in ontology.ontology().shapes
    ]
