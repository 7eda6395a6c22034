"""What the data set is: a page for people, VoID and DCAT for catalogues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from pursuant import describing, ontology
from pursuant.complaints import short
from pursuant.content import serialize
from pursuant.iri import UNCT, local
from pursuant_api.description import public_url
from pursuant_api.graph_views import SYNTAXES
from pursuant_api.negotiation import HTML, JSON, Asked, answer, suffix_of
from pursuant_api.ontology_pages import TWINS
from pursuant_api.pages import render
from pursuant_api.state import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

router = APIRouter()


@router.get("/dataset")
@router.get("/dataset.{suffix}", include_in_schema=False)
def dataset(request: Request) -> Response:
    """The data set: what it holds, where it leads to, how it is taken."""

    def described(media: str) -> Callable[[Asked], bytes]:
        return lambda told: _described(told, media)

    views: dict[str, Callable[[Asked], Any]] = {JSON: _object, HTML: _page}
    views |= {media: described(media) for media in SYNTAXES}
    return answer(asked(request), views, suffix_of(request))


def _described(told: Asked, media: str) -> bytes:
    base = public_url(told.request, told.request.app.state)
    return serialize(describing.dataset(base, told.store), SYNTAXES[media], describing.OWN)


def _object(told: Asked) -> dict[str, Any]:
    written = told.store.written
    common = {
        "title": describing.TITLES[told.language],
        "licence": describing.LICENCE,
        "revision": told.store.revision,
        "written": written and written.isoformat(timespec="seconds"),
    }
    counts = {"statements": 0, "classes": {}, "properties": {}, "links": []}
    if not told.store.is_remote:
        counted = describing.statistics(told.store)
        counts = {
            "statements": counted.statements,
            "classes": dict(counted.classes),
            "properties": {name: number for name, (number, _) in counted.properties.items()},
            "links": [
                {"property": name, "space": space, "number": number}
                for (name, space), number in counted.links.items()
            ],
        }
    return common | counts


def _page(told: Asked) -> str:
    counts = None if told.store.is_remote else describing.statistics(told.store)
    written = told.store.written
    return render(
        "dataset.html",
        told.request,
        titles=describing.TITLES,
        descriptions=describing.DESCRIPTIONS,
        rights=describing.RIGHTS,
        licence=describing.LICENCE,
        revision=told.store.revision,
        written=written and written.isoformat(timespec="seconds"),
        dumps=tuple(describing.DUMPS),
        twins=TWINS,
        counts=counts,
        classes=_rows(told, ((name, n) for name, n in counts.classes.items())) if counts else [],
        properties=_rows(told, ((n, *c) for n, c in counts.properties.items())) if counts else [],
        linked=_links(counts) if counts else [],
        canonical=f"{public_url(told.request, told.request.app.state)}/dataset",
    )


def _rows(told: Asked, counted: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Terms by what they are called, those of which there is most first."""
    known = ontology.ontology()

    def row(iri: str, *numbers: int) -> tuple[Any, ...]:
        name = local(iri)
        if iri.startswith(str(UNCT)) and name in known.terms:
            return (known.terms[name].labels[told.language], name, *numbers)
        return (short(iri), None, *numbers)

    return sorted((row(*each) for each in counted), key=lambda each: (-each[2], each[0]))


def _links(counts: describing.Statistics) -> list[tuple[Any, ...]]:
    return [(f"{local(name)} {space}", None, n) for (name, space), n in counts.links.items()]
