"""`/compare`: what became of a document in another one, or in several that follow it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from pursuant import held, iri
from pursuant.comparing import Comparison, compare
from pursuant.comparison_page import Words
from pursuant.errors import BadQuery, UnknownName
from pursuant.lineage import Series, lineages
from pursuant.names import ACTORS, FORCES, FUNCTIONS, INSTRUMENTS, names_of
from pursuant.symbol import slug as slug_of
from pursuant_api.asking import asked_for
from pursuant_api.negotiation import CSV, HTML, JSON, LANGUAGES, XLSX, Asked, answer, suffix_of
from pursuant_api.pages import render
from pursuant_api.state import asked
from pursuant_api.things import OFFICIAL

if TYPE_CHECKING:
    from collections.abc import Callable

router = APIRouter()
_MOST = 20  # documents in one series
_OFFERED = 2000  # symbols that the form offers while one types
_KINDS = {
    "entity": ACTORS,
    "instrument": INSTRUMENTS,
    "force": FORCES,
    "citation-function": FUNCTIONS,
}


@router.get("/compare")
@router.get("/compare.{suffix}", include_in_schema=False)
def comparison(request: Request) -> Response:
    """What became of `?a=` in `?b=`; with more, `?c=`, how language came down through all."""
    said = asked_for(request, "a", "b", "text", several=("c",))
    told, forced = asked(request), suffix_of(request)
    more = [name for name in request.query_params.getlist("c") if name]
    names = [*filter(None, (said.get("a"), said.get("b"))), *more]
    if not names:
        refused = dict.fromkeys((JSON, CSV, XLSX), lambda _: _named(names))
        return answer(told, {**refused, HTML: _empty}, forced)
    wanted = said.get("text", told.language)

    def made(told: Asked) -> Comparison | Series:
        documents = held.together(told.store, _named(names), wanted)
        return compare(*documents) if len(documents) == 2 else lineages(documents)

    views: dict[str, Callable[[Asked], Any]] = {
        JSON: lambda told: made(told).to_json(),
        HTML: lambda told: _page(told, names, made(told)),
        CSV: lambda told: made(told).to_table().to_csv(),
        XLSX: lambda told: _workbook(made(told)),
    }
    return answer(told, views, forced)


def _named(names: list[str]) -> list[str]:
    """The documents, where they are as many as can be compared.

    Raises:
        BadQuery: they are not.
    """
    if len(names) < 2:
        raise BadQuery("two documents are compared: name them as a and b, and more of them as c")
    if len(names) > _MOST:
        raise BadQuery(f"{len(names)} documents are too many; at most {_MOST} are compared")
    return names


def _workbook(made: Comparison | Series) -> bytes:
    output = io.BytesIO()
    made.to_table().to_xlsx(output)
    return output.getvalue()


def _empty(told: Asked) -> str:
    return _rendered(told, [], made=None, title="")


def _page(told: Asked, names: list[str], made: Comparison | Series) -> str:
    words = Words(told.language)
    if isinstance(made, Comparison):
        return _rendered(told, names, made=made, title=words.title(made), t=words)
    slugs = dict(zip(made.documents, map(slug_of, made.documents), strict=True))
    title = " · ".join(made.documents)
    wanted = told.request.query_params.get("text") or told.language
    language = held.together(told.store, names, wanted)[0].language
    shown = {"title": title, "t": words, "slugs": slugs, "language": language}
    return _rendered(told, names, made=made, is_series=True, **shown)


def _rendered(told: Asked, names: list[str], **values: Any) -> str:
    known = sorted(_symbols(told).items(), key=lambda each: each[1])
    wanted = told.request.query_params.get("text", "")
    shown = {"is_series": False, "slugs": {}, "t": Words(told.language)} | values
    shown |= {"tongues": OFFICIAL, "wanted": wanted}
    shown["called"] = lambda kind, name: _called(told, kind, name)
    shown["led"] = lambda symbol, unit: _led(told, wanted, symbol, unit)
    return render("compare.html", told.request, names=names, known=known, **shown)


def _led(told: Asked, wanted: str, symbol: str, unit: str) -> str:
    """The address of a paragraph, in the language in which the texts are compared."""
    chosen = told.request.query_params.get("lang", "")
    said = {"lang": chosen if chosen in LANGUAGES else "", "text": wanted}
    query = urlencode({name: value for name, value in said.items() if value})
    return f"/documents/{slug_of(symbol)}{f'?{query}' if query else ''}#{unit}"


def _called(told: Asked, kind: str, name: str) -> str:
    """What a person calls a thing that a comparison names by its slug; a symbol stays one."""
    names = names_of(told.store)
    try:
        thing = names.find(name, _KINDS[kind], kind)
    except UnknownName:
        return name
    symbol = names.symbols.get(thing) if kind == "instrument" else None
    return symbol or names.label(thing, told.language)


def _symbols(told: Asked) -> dict[str, str]:
    names = names_of(told.store)
    slugs = list(held.languages(told.store))[:_OFFERED]
    return {slug: names.target(str(iri.document(slug))) for slug in slugs}
