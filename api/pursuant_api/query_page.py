"""The page for queries: an editor, example queries, and the first rows of an answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from starlette.responses import Response

from pursuant.iri import ID, PREFIXES
from pursuant.paths import ONTOLOGY
from pursuant.store import plain
from pursuant_api.limits import LimitReached
from pursuant_api.negotiation import HTML, VARY
from pursuant_api.pages import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from pursuant.errors import PursuantError
    from pursuant_api.pool import Answer

# Forms of one line for each row, so that the first rows can be taken from a long answer.
TABLE = "text/tab-separated-values"
GRAPH = "application/n-triples"
ROWS_SHOWN = 500
_NEVER_IN_IRIS = frozenset(' <>"{}|\\^`\n')
EXAMPLE = """SELECT ?unit ?instrument ?how WHERE {
  ?citation unct:statedIn ?unit ;
    unct:cited ?instrument ;
    unct:function ?how .
}
ORDER BY ?unit
LIMIT 50"""


@dataclass(frozen=True, slots=True)
class Example:
    """A named query: what it asks, by language, and its text."""

    name: str
    questions: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The first lines of an answer, and whether it is a graph."""

    content: bytes
    is_graph: bool


@cache
def examples() -> Mapping[str, Example]:
    """The ontology's competency questions, by name."""
    found = {}
    for path in sorted((ONTOLOGY / "questions").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        english, chinese = (line.removeprefix("# ") for line in text.split("\n")[:2])
        found[path.stem] = Example(path.stem, {"en": english, "zh": chinese}, text)
    return found


async def rows(answer: Answer) -> Rows:
    """The lines of an answer that a page shows, and one more; the rest is not waited for."""
    lines, wanted = b"", ROWS_SHOWN + 2
    async for piece in answer:
        lines += piece
        if lines.count(b"\n") >= wanted:
            break
    kept = lines if answer.rows is not None else lines[: lines.rfind(b"\n") + 1]
    return Rows(b"".join(kept.splitlines(keepends=True)[:wanted]), answer.kind == "graph")


async def answered(request: Request, query: str, found: Rows) -> bytes:
    """The page with the first rows of an answer."""
    return await asyncio.to_thread(lambda: _page(request, query, **_shown(found)))


async def refused(request: Request, query: str, error: PursuantError) -> Response:
    """The page with what is wrong with a query."""
    status = error.status if isinstance(error, LimitReached) else 400
    headers = {"Vary": VARY}
    if isinstance(error, LimitReached) and error.retry_after:
        headers["Retry-After"] = str(error.retry_after)
    page = await asyncio.to_thread(lambda: _page(request, query, problem=str(error)))
    return Response(page, status, headers, f"{HTML}; charset=utf-8")


async def empty(request: Request) -> Response:
    """The page with an example to start from."""
    page = await asyncio.to_thread(lambda: _page(request, ""))
    return Response(page, 200, {"Vary": VARY}, f"{HTML}; charset=utf-8")


def _shown(found: Rows) -> dict[str, Any]:
    """What the page shows of an answer."""
    if found.is_graph:
        columns = ["subject", "predicate", "object"]
        triples = ox.parse(found.content, ox.RdfFormat.N_TRIPLES)
        taken = [[plain(each) for each in quad.triple] for quad in triples]
    else:
        results = ox.parse_query_results(found.content, ox.QueryResultsFormat.TSV)
        if isinstance(results, ox.QueryBoolean):
            return {"columns": ["answer"], "rows": [[str(bool(results)).lower()]], "more": False}
        columns = [variable.value for variable in results.variables]
        taken = [[plain(row[name]) for name in columns] for row in islice(results, ROWS_SHOWN + 1)]
    return {"columns": columns, "rows": taken[:ROWS_SHOWN], "more": len(taken) > ROWS_SHOWN}


def _page(request: Request, query: str, **shown: Any) -> bytes:
    told = {
        "columns": None,
        "rows": (),
        "more": False,
        "problem": None,
        "example": EXAMPLE,
        "examples": examples().values(),
        "base": str(ID),
        "short": _short,
    }
    forms = _offered(shown)
    return render("sparql.html", request, query=query, formats=forms, **told | shown).encode()


def _short(value: str) -> str:
    """An IRI of the site with the prefix that queries may use for it; anything else as it is."""
    fitting = [(space, prefix) for prefix, space in PREFIXES.items() if value.startswith(space)]
    space, prefix = max(fitting, default=("", ""), key=lambda each: len(each[0]))
    rest = value.removeprefix(space)
    return f"{prefix}:{rest}" if prefix and not set(rest) & _NEVER_IN_IRIS else value


def _offered(shown: dict[str, Any]) -> tuple[str, ...]:
    graph = shown.get("columns") == ["subject", "predicate", "object"]
    return ("turtle", "jsonld", "ntriples") if graph else ("json", "csv", "tsv")
