"""The SPARQL 1.1 Protocol's query operation, on the store.

A query runs in a thread, and its answer is written to a passing file before the first byte is
sent: what fails while it is answered is an error to the asker too, never half an answer.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pyoxigraph as ox
from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse
from starlette.routing import Route

from pursuant.endpoint import Chosen
from pursuant.errors import BadQuery, PursuantError
from pursuant.iri import ID, PREFIXES
from pursuant.store import plain, solutions
from pursuant_api.negotiation import HTML, VARY, chosen, preferred
from pursuant_api.pages import render
from pursuant_api.state import store_of

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from pursuant.endpoint import Results

MAX_QUERY = 1_000_000
MAX_ANSWER = 256_000_000
AT_ONCE = 8
ROWS_SHOWN = 500
EXAMPLE = """SELECT ?unit ?instrument ?how WHERE {
  ?citation unct:statedIn ?unit ;
    unct:cited ?instrument ;
    unct:function ?how .
}
ORDER BY ?unit
LIMIT 50"""

_IN_MEMORY = 4_000_000
_CHUNK = 65_536
_MAX_BODY = 3 * MAX_QUERY  # a form writes each byte as three characters
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
}
FORMATS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "nquads": "application/n-quads",
    "trig": "application/trig",
    "html": HTML,
}


class _Answer:
    """A file that a query's answer is written to, up to a limit."""

    def __init__(self) -> None:
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - outlives us
        self.size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > MAX_ANSWER:
            raise BadQuery(f"the answer has more than {MAX_ANSWER:,} bytes; add a LIMIT")
        return self.file.write(data)

    def flush(self) -> None:
        """Nothing to flush: the file is read by us alone."""

    def chunks(self) -> Iterator[bytes]:
        self.file.seek(0)
        with self.file:
            while chunk := self.file.read(_CHUNK):
                yield chunk


async def sparql(request: Request) -> Response:
    """Answers a query that comes by GET, in a form, or as itself."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=_PREFLIGHT)
    operation = await _operation(request)
    if operation.query is None:
        if request.method == "GET" and _is_for_people(request, None):
            return _page(request, "")
        raise HTTPException(400, "the parameter query is missing")
    if len(operation.query.encode()) > MAX_QUERY:
        raise HTTPException(413, f"the query has more than {MAX_QUERY:,} bytes")
    return await run_in_threadpool(_answered, request, operation.query, operation)


_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, POST, OPTIONS",
}


@dataclass(frozen=True, slots=True)
class _Operation:
    """A query, the graphs that it is asked of, if they are chosen, and the form of its answer."""

    query: str | None
    graphs: Chosen | None
    form: str | None


async def _operation(request: Request) -> _Operation:
    pairs = list(request.query_params.multi_items())
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in (_FORM, _QUERY):
            raise HTTPException(415, f"a query is posted as {_FORM} or as {_QUERY}")
        text = await _body(request)
        pairs += [("query", text)] if kind == _QUERY else parse_qsl(text, keep_blank_values=True)
    names = [name for name, _ in pairs]
    if "update" in names:
        raise BadQuery("updates are refused: the store answers queries only")
    if names.count("query") > 1:
        raise HTTPException(400, "the parameter query is given more than once")
    default, named = (
        tuple(value for name, value in pairs if name == f"{kind}-graph-uri")
        for kind in ("default", "named")
    )
    graphs = Chosen(default, named) if default or named else None
    told = dict(pairs)
    return _Operation(told.get("query"), graphs, told.get("format"))


async def _body(request: Request) -> str:
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > _MAX_BODY:
            raise HTTPException(413, f"the body has more than {_MAX_BODY:,} bytes")
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise HTTPException(400, "the body is not UTF-8") from None


def _answered(request: Request, query: str, operation: _Operation) -> Response:
    form = operation.form
    if form is not None and form not in FORMATS:
        raise HTTPException(400, f"format is one of {', '.join(FORMATS)}, not {form!r}")
    places: threading.Semaphore = request.app.state.places
    if not places.acquire(blocking=False):
        busy = "as many queries as are taken at once are being answered; ask again in a moment"
        raise HTTPException(503, busy, {"Retry-After": "1"})
    forced = FORMATS[form] if form else None
    try:
        store, graphs = store_of(request), operation.graphs
        return _written(request, query, store.query(query, chosen=graphs), forced)
    except (PursuantError, HTTPException) as error:
        refusal = error
    finally:
        places.release()
    # Results must end in the thread that they began in, and the traceback holds them.
    refusal.__traceback__ = refusal.__context__ = None
    if isinstance(refusal, BadQuery) and _is_for_people(request, forced):
        return _page(request, query, 400, problem=str(refusal))
    raise refusal


def _is_for_people(request: Request, forced: str | None) -> bool:
    accept = forced or ", ".join(request.headers.getlist("accept"))
    return preferred(accept, ("application/json", HTML)) == HTML


def _written(request: Request, query: str, results: Results, forced: str | None) -> Response:
    formats = GRAPHS if isinstance(results, ox.QueryTriples) else TABLES
    media = chosen(request, (*formats, HTML), forced)
    if media == HTML:
        return _page(request, query, **_shown(results))
    answer = _Answer()
    try:
        if isinstance(results, ox.QueryTriples):
            _write_graph(results, answer, GRAPHS[media])
        else:
            results.serialize(answer, TABLES[media])  # type: ignore[arg-type]
    except Exception:
        answer.file.close()
        raise
    typed = f"{media}; charset=utf-8" if media.startswith("text/") else media
    headers = {"Vary": VARY, "Content-Length": str(answer.size)}
    return StreamingResponse(answer.chunks(), media_type=typed, headers=headers)


def _write_graph(triples: ox.QueryTriples, answer: _Answer, form: ox.RdfFormat) -> None:
    prefixed = form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML)
    ox.serialize(triples, answer, form, prefixes=PREFIXES if prefixed else None)  # type: ignore[arg-type]


def _shown(results: Results) -> dict[str, Any]:
    """What the page shows of an answer."""
    if isinstance(results, ox.QueryBoolean):
        return {"columns": ["answer"], "rows": [[str(bool(results)).lower()]], "more": False}
    if isinstance(results, ox.QueryTriples):
        columns = ["subject", "predicate", "object"]
        rows = [[plain(each) for each in triple] for triple in islice(results, ROWS_SHOWN + 1)]
    else:
        columns = [variable.value for variable in results.variables]
        taken = islice(solutions(results), ROWS_SHOWN + 1)
        rows = [[plain(row[name]) for name in columns] for row in taken]
    return {"columns": columns, "rows": rows[:ROWS_SHOWN], "more": len(rows) > ROWS_SHOWN}


def _page(request: Request, query: str, status: int = 200, **shown: Any) -> Response:
    empty = {
        "columns": None,
        "rows": (),
        "more": False,
        "problem": None,
        "example": EXAMPLE,
        "base": str(ID),
    }
    page = render("sparql.html", request, query=query, formats=_offered(shown), **empty | shown)
    return Response(page, status, {"Vary": VARY}, f"{HTML}; charset=utf-8")


def _offered(shown: dict[str, Any]) -> tuple[str, ...]:
    graph = shown.get("columns") == ["subject", "predicate", "object"]
    return ("turtle", "jsonld", "ntriples") if graph else ("json", "csv", "tsv")


ROUTES = [Route("/sparql", sparql, methods=["GET", "POST", "OPTIONS"])]
