"""Tests asked: of the engine in this process, and of a server through HTTP."""

from __future__ import annotations

import json
from functools import cache
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox
from rdflib import RDF, Graph, Namespace
from rdflib.compare import isomorphic

from tests.w3c.judging import TABLES, TRIPLES, media_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.w3c.suite import Case, Conversation, Request, Suite

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_EMPTY = "urn:empty"
_UNKNOWN = b"is not supported"
_STATUSES = {"OK": 200, "Created": 201, "NoContent": 204, "BadRequest": 400, "NotFound": 404}
_MEDIA = {
    "boolean": ("sparql-results",),
    "tabular": ("sparql-results", "text/csv", "text/tab-separated-values"),
    "RDF": ("text/turtle", "rdf+xml", "n-triples", "ld+json"),
}
Answer = tuple[int, str, bytes]


def engine_answers(suite: Suite) -> Callable[[Case], Answer]:
    """The engine alone, with a store for each test, as the tests describe it."""

    def answers(case: Case) -> Answer:
        store = ox.Store()
        for iri in case.default:
            store.extend(
                ox.Quad(triple.subject, triple.predicate, triple.object)
                for triple in suite.data[iri]
            )
        for iri in (*case.named, *case.said):
            name = ox.NamedNode(iri)
            store.add_graph(name)
            store.extend(
                ox.Quad(triple.subject, triple.predicate, triple.object, name)
                for triple in suite.data[iri]
            )
        try:
            results = store.query(case.query)
        except SyntaxError as error:
            return 400, "", str(error).encode()
        except RuntimeError as error:  # its syntax is right, and its function unknown
            return 200, "", str(error).encode()
        if isinstance(results, ox.QueryTriples):
            return 200, TRIPLES, results.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        media = media_of(case.result) if case.result else next(iter(TABLES))
        return 200, media, results.serialize(format=TABLES[media]) or b""

    return answers


def http_answers(url: str) -> Callable[[Case], Answer]:
    """A server, told by the protocol which graphs a test is asked of."""

    def answers(case: Case) -> Answer:
        graphs = [("named-graph-uri", iri) for iri in case.named]
        graphs += [("default-graph-uri", iri) for iri in case.default or (_EMPTY,)]
        media = media_of(case.result) if case.result else next(iter(TABLES))
        headers = {"Accept": f"{media}, {TRIPLES}", "Content-Type": "application/sparql-query"}
        path = "/sparql" if case.said else f"/sparql?{urlencode(graphs)}"
        status, media, content, _ = sent(url, "POST", path, headers, case.query.encode())
        # As of the engine: its syntax is right, and its function unknown.
        return 200 if _UNKNOWN in content else status, media, content

    return answers


def sent(
    url: str, method: str, path: str, headers: dict[str, str], body: bytes | None
) -> tuple[int, str, bytes, str]:
    """One request: its status, media type, content and location."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    connection.request(method, path, body, headers)
    with connection.getresponse() as answer:
        media = answer.headers.get("Content-Type", "").partition(";")[0]
        found = answer.status, media, answer.read(), answer.headers.get("Location", "")
    connection.close()
    return found


def discussed(conversation: Conversation, url: str, path: str, token: str | None) -> str:
    """What is wrong with a server's answers to a test of a protocol; empty where nothing is."""
    rights = {"Authorization": f"Bearer {token}"} if token else {}
    if token:
        _prepare(conversation, url, path, rights)
    places: dict[str, str] = {}
    for number, request in enumerate(conversation.requests, 1):
        where, body = _placed(request.path, places, path), request.body
        for name, place in places.items():
            body = body and body.replace(name.encode(), place.encode())
        answer = sent(url, request.method, where, {**request.headers, **rights}, body)
        if wrong := _wrong(request, answer, places):
            return f"request {number}, {request.method}: {wrong}"
        if request.location:
            places[request.location] = answer[3]
    return ""


def _prepare(conversation: Conversation, url: str, path: str, rights: dict[str, str]) -> None:
    """Puts the graphs there that a test needs, and removes those that it will make."""
    for name, file in conversation.graphs.items():
        headers = {"Content-Type": TRIPLES, **rights}
        _put(url, name, file, headers)
    for request in conversation.requests:
        if request.method in {"PUT", "POST"} and request.path.startswith(("/gsp?", "/gsp/")):
            sent(url, "DELETE", _placed(request.path, {}, path), rights, None)


def _put(url: str, name: str, file: Path, headers: dict[str, str]) -> None:
    path = f"{_graph_store()}?graph={quote(name, safe='')}"
    status, _, content, _ = sent(url, "PUT", path, headers, file.read_bytes())
    assert status in {200, 201, 204}, content


@cache
def _graph_store() -> str:
    from pursuant_api.graph_store import PATH

    return PATH


def _placed(path: str, places: dict[str, str], own: str) -> str:
    for name, place in places.items():
        path = path.replace(f"={name}", f"={quote(place, safe='')}")
        path = path.replace(name, urlsplit(place)._replace(scheme="", netloc="").geturl())
    for theirs in ("/sparql/", "$GRAPHSTORE$", "/gsp"):
        if path.startswith(theirs):
            return own + path.removeprefix(theirs)
    return path


def _wrong(request: Request, answer: tuple[int, str, bytes, str], places: dict[str, str]) -> str:
    status, media, content, location = answer
    if not any(_is_status(told, status) for told in request.statuses):
        return f"answered {status}, not {' or '.join(sorted(request.statuses))}"
    if request.boolean is not None and json.loads(content)["boolean"] != request.boolean:
        return f"not {request.boolean}"
    if request.form and not any(part in media for part in _MEDIA[request.form]):
        return f"answered {media}, not {request.form}"
    if request.location and not location:
        return "no location is told"
    if request.graph is None or request.method == "HEAD":
        return ""
    text = request.graph
    for name, place in places.items():
        text = text.replace(name, place)
    expected = Graph().parse(data=text, format="turtle")
    same = isomorphic(expected, Graph().parse(data=content, format=media))
    return "" if same else "another graph"


def _is_status(told: str, status: int) -> bool:
    if told.startswith("StatusCode"):
        return told == f"StatusCode{status // 100}xx"
    return _STATUSES[told] == status


def described(url: str) -> dict[str, str]:
    """The W3C's three tests of a service description, which it tells in words."""
    status, media, content, _ = sent(url, "GET", "/sparql", {"Accept": "text/turtle"}, None)
    graph = Graph().parse(data=content, format="turtle") if media == "text/turtle" else Graph()
    services = list(graph.subjects(RDF.type, SD.Service))
    endpoints = [str(each) for each in graph.objects(None, SD.endpoint)]
    return {
        "returns-rdf": "" if status == 200 and len(graph) else f"answered {status} {media}",
        "has-endpoint-triple": "" if f"{url}/sparql" in endpoints else f"{endpoints}",
        "conforms-to-schema": ""
        if len(services) == 1 and (services[0], SD.supportedLanguage, None) in graph
        else f"{len(services)} services",
    }
