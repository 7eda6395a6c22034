"""`/store`: the SPARQL 1.1 Graph Store HTTP Protocol.

A graph is named by `?graph=IRI`, or directly: `/store/NAME` is our graph `id/graph/NAME`.
`?default` is `id/graph/default`: what is written without a name. It is one graph of the merge that
plain queries see, and no other one can be written through it.

All may read; who sends the token of the installation may write. Each write is one revision. What
is written is RDF, and is not checked against the shapes: `pursuant validate` does that.
"""

from __future__ import annotations

import uuid
from email import message_from_bytes
from email.message import Message
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.exceptions import HTTPException

from pursuant import iri
from pursuant.endpoint import Chosen
from pursuant.errors import BadData, UnknownName
from pursuant.loading import parse
from pursuant.updating import DEFAULT
from pursuant_api.protocol import Operation, body, header, media_type, parameters
from pursuant_api.replying import Reply, guarded
from pursuant_api.sparql import answer_query, options
from pursuant_api.writing import refuse_strangers, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.datastructures import State
    from starlette.types import Receive, Scope, Send

    from pursuant.store import Store

PATH = "/store"
METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_MULTIPART = "multipart/form-data"
_MOST_PARTS = 100
_SYNTAXES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


class GraphStore:
    """The graphs of the store, as an ASGI application."""

    def __init__(self, state: State) -> None:
        self.state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, whatever comes of it."""
        await guarded(self._answer, scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, reply: Reply) -> None:
        method = scope["method"]
        if method == "OPTIONS":
            return await reply.whole(204, options(METHODS), b"")
        if method in {"GET", "HEAD"}:
            return await self._read(scope, receive, reply)
        if method not in {"PUT", "POST", "DELETE"}:
            raise HTTPException(405, headers={"Allow": METHODS})
        refuse_strangers(scope, self.state)
        if method == "DELETE":
            await written(self.state, partial(_removed, name=_named(scope)))
            return await reply.whole(204, [], b"")
        return await self._write(scope, receive, reply)

    async def _read(self, scope: Scope, receive: Receive, reply: Reply) -> None:
        name = _named(scope)
        store = self.state.store = self.state.store.refreshed()
        if name != DEFAULT and not _holds(store, name):
            raise UnknownName(f"there is no graph {name}")
        form = dict(parameters(scope)).get("format")
        asked = Operation(_EVERYTHING, None, Chosen((name,), ()), None, form, is_bare=False)
        await answer_query(self.state, scope, receive, reply, asked, _EVERYTHING)

    async def _write(self, scope: Scope, receive: Receive, reply: Reply) -> None:
        method = scope["method"]
        is_new = method == "POST" and not _is_named(scope)
        name = str(iri.graph(uuid.uuid4().hex)) if is_new else _named(scope)
        kind = media_type(scope)
        if kind not in _SYNTAXES and kind != _MULTIPART:
            offered = ", ".join((*_SYNTAXES, _MULTIPART))
            raise HTTPException(415, f"a graph is sent as {offered}")
        data = await body(receive, self.state.settings.upload_megabytes * 1_000_000)
        parts = _parts(header(scope, b"content-type"), data) if kind == _MULTIPART else None
        write = partial(_put, name=name, parts=parts or [(kind, data)], adding=method == "POST")
        was_there = await written(self.state, write)
        headers = [(b"location", name.encode())] if is_new else []
        await reply.whole(204 if was_there else 201, headers, b"")


def _is_named(scope: Scope) -> bool:
    return scope["path"] != PATH or any(n in {"graph", "default"} for n, _ in parameters(scope))


def _named(scope: Scope) -> str:
    """The IRI of the graph that a request is about.

    Raises:
        HTTPException: 400, it names none, several, or what is no absolute IRI.
    """
    pairs = parameters(scope)
    names = [value for key, value in pairs if key == "graph"]
    names += [DEFAULT for key, value in pairs if key == "default" and not value]
    if scope["path"] != PATH:
        names.append(str(iri.graph(scope["path"].removeprefix(f"{PATH}/"))))
    if len(names) != 1:
        raise HTTPException(400, "a request names one graph: ?graph=IRI, ?default or /store/NAME")
    try:
        return ox.NamedNode(names[0]).value
    except ValueError:
        raise HTTPException(400, f"a graph has an absolute IRI, not {names[0]!r}") from None


def _holds(store: Store, name: str) -> bool:
    return name in store.graphs() if store.is_remote else name in store.manifest.graphs


def _removed(store: Store, name: str) -> None:
    if not store.replace({}, remove=[name]) and name != DEFAULT:
        raise UnknownName(f"there is no graph {name}")


def _put(store: Store, name: str, parts: list[tuple[str, bytes]], *, adding: bool) -> bool:
    """Replaces or extends a graph; says whether it was there.

    Raises:
        HTTPException: 400, what was sent is not what it is said to be.
    """
    try:
        triples = [triple for kind, data in parts for triple in _triples(kind, data, name)]
    except BadData as error:
        raise HTTPException(400, str(error)) from None
    was_there = False

    def content() -> Iterator[tuple[str, list[ox.Triple]]]:
        """Read while the store is locked, so that no other writer comes between."""
        nonlocal was_there
        was_there = name in store.manifest.graphs
        held = [quad.triple for quad in store.quads(name)] if adding and was_there else []
        yield name, held + triples

    store.replace(content())
    return was_there


def _triples(kind: str, data: bytes, base: str) -> Iterator[ox.Triple]:
    for quad in parse(data, _SYNTAXES[kind], "the body", base):
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            raise BadData("the body: it names graphs of its own; send one graph at a time.")
        yield quad.triple


def _parts(kind: str, data: bytes) -> list[tuple[str, bytes]]:
    """The graphs in a form.

    Raises:
        HTTPException: 400 or 415, it is no form, or holds something else.
    """
    message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode("latin-1") + data)
    payload = message.get_payload()
    if not isinstance(payload, list) or len(payload) > _MOST_PARTS:
        raise HTTPException(400, f"the body is not a form of at most {_MOST_PARTS} parts")
    found = []
    for part in payload:
        assert isinstance(part, Message)
        content = part.get_payload(decode=True)
        if part.get_content_type() not in _SYNTAXES or not isinstance(content, bytes):
            raise HTTPException(415, f"a part is sent as {', '.join(_SYNTAXES)}")
        found.append((part.get_content_type(), content))
    return found
