"""`/sparql`: the SPARQL 1.1 Protocol, answered from the raw request.

A small answer costs little more than its query, so the endpoint stands before the framework: it
reads the request itself, and sends head and body in two messages.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request

from pursuant import __version__
from pursuant.errors import BadQuery
from pursuant_api import description, query_page, updates
from pursuant_api.answering import GRAPHS, TABLES, Job
from pursuant_api.formats import Forms, content_type, forms, is_for_people
from pursuant_api.limits import LimitReached
from pursuant_api.negotiation import HTML, held_tags, language
from pursuant_api.observing import note
from pursuant_api.protocol import Operation, header, operation
from pursuant_api.replying import RawHeaders, Reply, UntilLeft, guarded, stream
from pursuant_api.writing import may_write

if TYPE_CHECKING:
    from starlette.datastructures import State
    from starlette.types import Receive, Scope, Send

    from pursuant.endpoint import Chosen

METHODS = "GET, HEAD, POST, OPTIONS"
PREFLIGHT: RawHeaders = [
    (b"access-control-allow-headers", b"Accept, Authorization, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
]
_ANY: RawHeaders = [
    (b"vary", b"Accept, Accept-Language, Accept-Encoding"),
    (b"cache-control", b"no-cache"),
]
# Their answers change though the store does not.
_PASSING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\s*\(", re.IGNORECASE)


class Sparql:
    """The endpoint, as an ASGI application."""

    def __init__(self, state: State) -> None:
        self.state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, whatever comes of it."""
        await guarded(self._answer, scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, reply: Reply) -> None:
        method, state = scope["method"], self.state
        if method == "OPTIONS":
            return await reply.whole(204, options(METHODS), b"")
        if method not in {"GET", "HEAD", "POST"}:
            raise HTTPException(405, headers={"Allow": METHODS})
        asked = await operation(scope, receive, _most(state, scope))
        if asked.example is not None and asked.query is None and method != "POST":
            asked = _exemplified(asked, asked.example)
        if asked.query is not None:
            return await answer_query(state, scope, receive, reply, asked, asked.query)
        request = Request(scope)
        if asked.update is not None:
            return await reply.response(await updates.updated(request, state, asked))
        if method == "POST" or not asked.is_bare:
            raise HTTPException(400, "the parameter query is missing")
        _refuse_strange(asked.graphs)
        return await reply.response(await description.described(request, state, asked))


def _refuse_strange(graphs: Chosen | None) -> None:
    """Refuses graphs whose names are no IRIs, of which no query is asked."""
    for name in (*graphs.default, *graphs.named) if graphs else ():
        try:
            ox.NamedNode(name)
        except ValueError:
            raise HTTPException(400, f"a graph's name is no IRI: {name!r}") from None


def _exemplified(asked: Operation, name: str) -> Operation:
    """What asks the example query of a name.

    Raises:
        HTTPException: 404, there is none.
    """
    if (example := query_page.examples().get(name)) is None:
        raise HTTPException(404, f"there is no example query {name!r}; /sparql lists them")
    return replace(asked, query=example.text)


def options(methods: str) -> RawHeaders:
    """What a browser, or a person, is told of the methods that there are."""
    allowed = methods.encode()
    return [(b"allow", allowed), (b"access-control-allow-methods", allowed), *PREFLIGHT]


def _most(state: State, scope: Scope) -> int:
    """Bytes that the text may have: many for those alone who may write."""
    settings = state.settings
    if may_write(scope, settings):
        return int(max(settings.query_bytes, settings.upload_megabytes * 1_000_000))
    return int(settings.query_bytes)


async def answer_query(
    state: State, scope: Scope, receive: Receive, reply: Reply, asked: Operation, query: str
) -> None:
    """Answers a query in the form that is preferred, or says that nothing has changed."""
    note(scope, query=query)
    accept = header(scope, b"accept")
    wanted = forms(accept, asked.form)
    if scope["method"] != "POST" and (held := header(scope, b"if-none-match")):
        tag = _tag(state.pool.revision, scope, asked, wanted)
        if tag and tag in held_tags(held):
            return await reply.whole(304, _headers(tag), b"")
    try:
        return await _answered(state, scope, receive, reply, asked, wanted)
    except (BadQuery, LimitReached) as error:
        if reply.has_begun or not is_for_people(accept, asked.form):
            raise
        return await reply.response(await query_page.refused(Request(scope), query, error))


async def _answered(
    state: State, scope: Scope, receive: Receive, reply: Reply, asked: Operation, wanted: Forms
) -> None:
    graphs, page = asked.graphs, None
    job = Job(
        asked.query or "",
        query_page.TABLE if wanted.table == HTML else wanted.table,
        query_page.GRAPH if wanted.graph == HTML else wanted.graph,
        graphs.default if graphs else None,
        graphs.named if graphs else None,
    )
    with UntilLeft(receive):
        async with state.pool.ask(job) as answer:
            media = wanted.graph if answer.kind == "graph" else wanted.table
            if media is None:
                offered = ", ".join((*(GRAPHS if answer.kind == "graph" else TABLES), HTML))
                accept = header(scope, b"accept")
                raise HTTPException(406, f"this comes as {offered}, not as {asked.form or accept}")
            headers = _headers(_tag(answer.revision, scope, asked, wanted))
            headers.append((b"content-type", content_type(media).encode()))
            content = answer.whole
            if media == HTML:
                page = await query_page.rows(answer)
            elif content is None:
                content = await stream(reply, headers, aiter(answer))
    note(scope, rows=answer.rows, revision=answer.revision)
    if page is not None:
        content = await query_page.answered(Request(scope), job.query, page)
    if content is None:
        return await reply.end()
    return await reply.whole(200, headers, content)


def _headers(tag: str) -> RawHeaders:
    # An answer that comes compressed is the same answer: the tag is weak.
    return [*_ANY, (b"etag", b"W/" + tag.encode())] if tag else list(_ANY)


def _tag(revision: str, scope: Scope, asked: Operation, wanted: Forms) -> str:
    """An entity tag of all that an answer depends on; none where it changes by itself."""
    query = asked.query or ""
    if revision == "remote" or ("(" in query and _PASSING.search(query)):
        return ""
    is_page = HTML in (wanted.table, wanted.graph)
    spoken = language(Request(scope)) if is_page else ""
    key = _besides(revision, asked.graphs, wanted, spoken)
    digest = hashlib.blake2b(query.encode("utf-8", "replace"), digest_size=12, key=key)
    return f'"{digest.hexdigest()}"'


@lru_cache(maxsize=256)
def _besides(revision: str, graphs: Chosen | None, wanted: Forms, spoken: str) -> bytes:
    """All that an answer depends on besides the query, as a key for its hash."""
    told = [__version__, revision, str(wanted.table), str(wanted.graph), str(graphs), spoken]
    return hashlib.blake2b("\n".join(told).encode("utf-8", "replace"), digest_size=16).digest()
