"""`/search`: paragraphs, titles and names by their words, with counts that narrow a search."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from markupsafe import Markup, escape
from starlette.exceptions import HTTPException

from pursuant.errors import BadQuery
from pursuant.indexing import FACETS
from pursuant.iri import ID, VOCAB, local
from pursuant.names import names_of
from pursuant.searching import DEEPEST
from pursuant.searching import search as found_by
from pursuant_api import paging
from pursuant_api.asking import asked_for
from pursuant_api.negotiation import CSV, HTML, JSON, XLSX, Asked, answer, suffix_of
from pursuant_api.pages import Words, render
from pursuant_api.paging import Page, page_of
from pursuant_api.state import asked
from pursuant_api.things import address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pursuant.names import Names
    from pursuant.searching import Found, Hit

router = APIRouter()
_USUAL = 20
_SHOWN = 12  # values of a facet that a page shows
_BEFORE, _AFTER = "\ue000", "\ue001"  # no text of a resolution has them


@router.get("/search")
@router.get("/search.{suffix}", include_in_schema=False)
def search(request: Request) -> Response:
    """Texts that have all the words of `?q=`."""
    said = asked_for(request, "q", *paging.NAMES, several=FACETS)
    told, forced = asked(request), suffix_of(request)
    page = page_of({"per_page": str(_USUAL)} | said)
    if "q" not in said:
        return answer(told, dict.fromkeys((JSON, CSV, XLSX), _refused) | {HTML: _empty}, forced)
    if page.offset + page.size > DEEPEST:
        raise HTTPException(404, f"only the best {DEEPEST:,} hits have pages; narrow the search")
    searching = _Searching(told, said["q"], page)
    views: dict[str, Callable[[Asked], Any]] = {
        JSON: lambda _: searching.found().to_json(),
        HTML: lambda _: _page(searching),
        CSV: lambda _: searching.found().to_table().to_csv(),
        XLSX: lambda _: _workbook(searching.found()),
    }
    answered = answer(told, views, forced)
    if searching.total is not None:
        reached = min(searching.total, DEEPEST - DEEPEST % page.size)
        told_of = paging.headers(request, page, reached)
        answered.headers.update(told_of | {"X-Total-Count": str(searching.total)})
    return answered


class _Searching:
    """A search that is asked for, and what it found once it is made."""

    def __init__(self, told: Asked, text: str, page: Page) -> None:
        self.told, self.text, self.page = told, text, page
        self.filters = {
            name: [value for value in told.request.query_params.getlist(name) if value]
            for name in FACETS
        }
        self.total: int | None = None

    def found(self) -> Found:
        """Asks the index, once it has the store's revision."""
        store = self.told.store
        self.told.request.app.state.search_index.wait(store)
        filters = {name: values for name, values in self.filters.items() if values}
        made = found_by(store, self.text, limit=self.page.size, offset=self.page.offset, **filters)
        self.total = made.total
        return made


def _empty(told: Asked) -> str:
    return render("search.html", told.request, text="", found=None, hits=[], facets=[], list=None)


def _refused(_: Asked) -> Any:
    raise BadQuery("the parameter q is missing: it has the words to look for")


def _workbook(found: Found) -> bytes:
    output = io.BytesIO()
    found.to_table().to_xlsx(output)
    return output.getvalue()


# The page


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of a facet: its name, how many texts have it, and where it leads."""

    label: str
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class _Shown:
    """A hit as it is shown."""

    label: str
    href: str | None
    fragment: str
    kind: str
    language: str
    snippet: Markup


def _page(searching: _Searching) -> str:
    told = searching.told
    found = searching.found()
    listed = _Pages(searching.page, found.total)
    return render(
        "search.html",
        told.request,
        text=searching.text,
        found=found,
        hits=[_shown(told, hit, found.labels) for hit in found.hits],
        facets=_facets(searching, found),
        list=listed,
    )


@dataclass(frozen=True, slots=True)
class _Pages:
    """What a pager needs to know."""

    page: Page
    total: int


def _shown(told: Asked, hit: Hit, labels: Mapping[str, str]) -> _Shown:
    collection, _, rest = hit.subject.removeprefix(str(ID)).partition("/")
    slug, _, unit = rest.partition("/")
    thing = f"{ID}{collection}/{slug}"
    is_text = hit.kind != "name"
    label = labels.get(thing, slug) if is_text else names_of(told.store).label(thing, told.language)
    return _Shown(
        f"{label} {unit}".strip(),
        f"/documents/{slug}" if is_text else address(thing, told.store),
        unit,
        hit.kind,
        hit.language,
        _marked(hit.snippet(_BEFORE, _AFTER)),
    )


def _marked(snippet: str) -> Markup:
    """A snippet with its hits marked up, and all else escaped."""
    safe = str(escape(snippet)).replace(_BEFORE, "<mark>").replace(_AFTER, "</mark>")
    return Markup(safe)  # noqa: S704 - escaped but for our own marks


def _facets(searching: _Searching, found: Found) -> list[tuple[str, list[_Value]]]:
    """The values by which a search can be narrowed, the most frequent first."""
    w, names = Words(searching.told.language), names_of(searching.told.store)
    facets = []
    for name, counts in found.facets.items():
        chosen = searching.filters[name]
        order = sorted(counts, key=lambda value: (value not in chosen, -counts[value], value))
        values = [
            _Value(
                _label(searching.told, names, w, name, value),
                counts[value],
                _toggled(searching.told, name, value),
                value in chosen,
            )
            for value in order[:_SHOWN]
        ]
        if values:
            facets.append((w[f"facet_{name}"], values))
    return facets


def _toggled(told: Asked, name: str, value: str) -> str:
    """The search with a value of a facet, or without where it has it."""
    url = told.request.url
    pairs = told.request.query_params.multi_items()
    kept = [(key, said) for key, said in pairs if (key, said) != (name, value) and key != "page"]
    if (name, value) not in pairs:
        kept.append((name, value))
    return f"{url.path.removesuffix('.html')}?{urlencode(kept)}"


def _label(told: Asked, names: Names, w: Words, facet: str, value: str) -> str:
    if facet in ("body", "entity"):
        return next(
            (
                names.label(f"{ID}{kind}/{value}", told.language)
                for kind in ("entity", "group", "doc")
                if f"{ID}{kind}/{value}" in names.labels
            ),
            value,
        )
    if facet in ("function", "force"):
        scheme = "citation-function" if facet == "function" else "force"
        return names.label(str(VOCAB[f"{scheme}/{value}"]), told.language)
    if facet == "language":
        return w[f"language_{value}"]
    if facet == "kind":
        return w[f"text_{value}"]
    return names.symbols.get(f"{ID}doc/{local(value)}", value)
