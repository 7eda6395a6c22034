"""What the service tells of itself: Service Description at `/sparql`, VoID and DCAT.

The example queries are described as SHACL's SPARQL executables, so that tools list them too.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from pursuant.describing import OWN, a, dataset, term, triple
from pursuant.sparql import keywords
from pursuant.store import Store
from pursuant_api import query_page
from pursuant_api.answering import GRAPHS
from pursuant_api.formats import NAMED, content_type
from pursuant_api.negotiation import HTML, held_tags, preferred
from pursuant_api.replying import Reply, guarded

if TYPE_CHECKING:
    from starlette.datastructures import State
    from starlette.types import Receive, Scope, Send

    from pursuant_api.protocol import Operation

_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N-Quads", "TriG"),
)
_VARY = "Accept, Accept-Language, Accept-Encoding"

Describe = Callable[[str, Store], Iterator[ox.Triple]]


async def described(request: Request, state: State, asked: Operation) -> Response:
    """The page for queries to people, the Service Description to programs.

    Raises:
        HTTPException: 400, the asker takes neither: a query is missing.
    """
    accept = NAMED[asked.form] if asked.form else ", ".join(request.headers.getlist("accept"))
    media = preferred(accept, (*GRAPHS, HTML))
    if media is None:
        raise HTTPException(400, "the parameter query is missing")
    if media == HTML:
        return await query_page.empty(request)
    return await _answered(request, state, media, partial(service, state=state))


class Void:
    """`/.well-known/void`, as an ASGI application."""

    def __init__(self, state: State) -> None:
        self.state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        await guarded(self._answer, scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, reply: Reply) -> None:
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        request = Request(scope, receive)
        accept = ", ".join(request.headers.getlist("accept"))
        # A description is worth more in Turtle than refused.
        media = preferred(accept, tuple(GRAPHS)) or "text/turtle"
        await reply.response(await _answered(request, self.state, media, dataset))


async def _answered(request: Request, state: State, media: str, describe: Describe) -> Response:
    store = state.store = state.store.refreshed()
    base = public_url(request, state)

    def written() -> tuple[str, bytes]:
        triples = sorted(describe(base, store), key=str)
        # Not of the text: the engine declares prefixes in an order of chance.
        told = "\n".join(map(str, (media, *triples)))
        digest = hashlib.blake2b(told.encode(), digest_size=12).hexdigest()
        prefixed = media not in {"application/n-triples", "application/n-quads"}
        prefixes = OWN if prefixed else None
        return digest, ox.serialize(triples, format=GRAPHS[media], prefixes=prefixes) or b""

    digest, content = await asyncio.to_thread(written)
    headers = {"Vary": _VARY, "Cache-Control": "no-cache", "ETag": f'W/"{digest}"'}
    if f'"{digest}"' in held_tags(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return Response(content, 200, headers | {"Content-Type": content_type(media)})


def public_url(request: Request, state: State) -> str:
    """The address of the server, without a slash at its end.

    Raises:
        HTTPException: 400, the request names a host that cannot be one.
    """
    told = state.settings.public_url or f"{request.url.scheme}://{request.url.netloc}"
    try:
        return ox.NamedNode(told.rstrip("/")).value
    except ValueError:
        raise HTTPException(400, "the host of the request is no host") from None


def service(base: str, store: Store, state: State) -> Iterator[ox.Triple]:
    """What the endpoint can do, what it holds, and what may be asked to begin with."""
    endpoint = ox.NamedNode(f"{base}/sparql")
    own, data, merge = (ox.BlankNode(name) for name in ("service", "data", "merge"))
    languages = ["SPARQL11Query"] + ["SPARQL11Update"] * bool(state.settings.write_token)
    yield a(own, "sd:Service")
    yield triple(own, "sd:endpoint", endpoint)
    yield from (triple(own, "sd:supportedLanguage", term(f"sd:{each}")) for each in languages)
    yield from (triple(own, "sd:resultFormat", term(f"formats:{each}")) for each in _FORMATS)
    yield triple(own, "sd:feature", term("sd:UnionDefaultGraph"))
    yield triple(own, "sd:defaultDataset", data)
    yield a(data, "sd:Dataset")
    yield triple(data, "sd:defaultGraph", merge)
    yield a(merge, "sd:Graph")
    for number, (name, count) in enumerate(_counts(store)):
        named, graph = ox.BlankNode(f"n{number}"), ox.BlankNode(f"g{number}")
        yield triple(data, "sd:namedGraph", named)
        yield a(named, "sd:NamedGraph")
        yield triple(named, "sd:name", ox.NamedNode(name))
        yield triple(named, "sd:graph", graph)
        yield a(graph, "sd:Graph")
        if count is not None:
            yield triple(graph, "void:triples", ox.Literal(count))
    yield from _examples(endpoint)


def _counts(store: Store) -> list[tuple[str, int | None]]:
    """The named graphs, and how many triples each has where that is known without counting."""
    if store.is_remote:
        return [(name, None) for name in store.graphs()]
    return [(name, record.triples) for name, record in sorted(store.manifest.graphs.items())]


def _examples(endpoint: ox.NamedNode) -> Iterator[ox.Triple]:
    for example in query_page.examples().values():
        own = ox.NamedNode(f"{endpoint.value}?example={example.name}")
        form = next(
            f for f in ("select", "ask", "construct") if f.upper() in keywords(example.text)
        )
        yield a(own, "sh:SPARQLExecutable")
        yield a(own, f"sh:SPARQL{form.title()}Executable")
        yield triple(own, f"sh:{form}", ox.Literal(example.text))
        yield triple(own, "schema:target", endpoint)
        for language, text in example.questions.items():
            yield triple(own, "rdfs:label", ox.Literal(text, language=language))
