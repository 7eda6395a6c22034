"""The W3C's SPARQL 1.1 tests, read from their manifests: queries, protocol, graph stores."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pyoxigraph as ox
from rdflib import RDF, RDFS, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
DAWG = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
BASE = "http://w3c.test/"
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>")
_EVALUATION = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}
_POSITIVE = {MF.PositiveSyntaxTest, MF.PositiveSyntaxTest11}
_NEGATIVE = {MF.NegativeSyntaxTest, MF.NegativeSyntaxTest11}
_FORMATS = {"rdf": ox.RdfFormat.RDF_XML, "nt": ox.RdfFormat.N_TRIPLES}


@dataclass(frozen=True)
class Case:
    """One test of a query.

    Attributes:
        name: folder and name.
        query: its text, with the base that its relative IRIs need.
        default: graphs, by their IRIs, that are the default graph together.
        named: graphs that GRAPH sees.
        said: graphs that the query itself names by FROM; then there are no others.
        result: file of the right answer; None where only the syntax is tested.
        base: what the relative IRIs in that file are resolved against.
        is_right: whether the query's syntax is.
    """

    name: str
    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    result: Path | None = None
    base: str = BASE
    is_right: bool = True


@dataclass(frozen=True)
class Request:
    """One request of a protocol test, and what may be answered.

    Attributes:
        statuses: ends of the IRIs of the statuses that are right.
        boolean: the right truth value, if one is told.
        form: "boolean", "tabular" or "RDF", if it is told.
        location: stands, in later requests, for the address that is answered.
        graph: the right graph in Turtle, if one is told.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None
    form: str | None
    location: str | None
    graph: str | None


@dataclass(frozen=True)
class Conversation:
    """One test of a protocol: graphs that are there before, and requests in their order."""

    name: str
    graphs: dict[str, Path]
    requests: tuple[Request, ...]


class Suite:
    """A folder of tests, and the data that they need, by IRI."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data: dict[str, list[ox.Triple]] = {}

    def cases(self, manifest: str = "manifest-sparql11-query.ttl") -> Iterator[Case]:
        """Tests of queries in a manifest and in those that it includes."""
        graph, name = self._manifest(self.folder / manifest)
        for included in _listed(graph, next(graph.objects(None, MF.include), None)):
            yield from self.cases(self._path(included).relative_to(self.folder).as_posix())
        for test in _entries(graph):
            if (case := self._case(graph, test, name)) is not None:
                yield case

    def conversations(self, manifest: str) -> Iterator[Conversation]:
        """Tests of a protocol in a manifest."""
        graph, name = self._manifest(self.folder / manifest)
        for test in _entries(graph):
            held = {
                str(graph.value(each, RDFS.label)): self._path(graph.value(each, UT.graph))
                for each in graph.objects(test, UT.graphData)
            }
            sent = _listed(graph, graph.value(graph.value(test, MF.action), HT.requests))
            title = f"{name}/{str(test).rpartition('#')[2]}"
            yield Conversation(title, held, tuple(_request(graph, each) for each in sent))

    def _manifest(self, path: Path) -> tuple[Graph, str]:
        graph = Graph().parse(path, format="turtle", publicID=self._iri(path))
        return graph, path.parent.name

    def _iri(self, path: Path) -> str:
        return BASE + path.relative_to(self.folder).as_posix()

    def _path(self, iri: Node | None) -> Path:
        return self.folder / str(iri).removeprefix(BASE)

    def _case(self, graph: Graph, test: Node, folder: str) -> Case | None:
        kinds = set(graph.objects(test, RDF.type))
        if graph.value(test, DAWG.approval) in (DAWG.Withdrawn, DAWG.Obsoleted):
            return None
        name = f"{folder}/{str(test).rpartition('#')[2]}"
        action = graph.value(test, MF.action)
        if kinds & (_POSITIVE | _NEGATIVE):
            return Case(name, self._query(action), is_right=bool(kinds & _POSITIVE))
        if not kinds & _EVALUATION or (action, QT.serviceData, None) in graph:
            return None  # an update, or a question to other servers, which are refused
        query, result = graph.value(action, QT.query), graph.value(test, MF.result)
        text = self._query(query)
        return Case(
            name,
            text,
            tuple(self._loaded(each) for each in graph.objects(action, QT.data)),
            tuple(self._named(graph, each) for each in graph.objects(action, QT.graphData)),
            tuple(self._loaded(URIRef(urljoin(str(query), each))) for each in _FROM.findall(text)),
            self._path(result),
            str(result),
        )

    def _query(self, iri: Node | None) -> str:
        return f"BASE <{iri}>\n{self._path(iri).read_text(encoding='utf-8')}"

    def _named(self, graph: Graph, data: Node) -> str:
        if isinstance(data, BNode):
            return self._loaded(graph.value(data, QT.graph), str(graph.value(data, RDFS.label)))
        return self._loaded(data)

    def _loaded(self, data: Node | None, name: str | None = None) -> str:
        path, iri = self._path(data), str(data)
        form = _FORMATS.get(path.suffix[1:], ox.RdfFormat.TURTLE)
        if (name or iri) not in self.data:
            parsed = ox.parse(path=path, format=form, base_iri=iri)
            self.data[name or iri] = [quad.triple for quad in parsed]
        return name or iri


def _entries(graph: Graph) -> list[Node]:
    return _listed(graph, next(graph.objects(None, MF.entries), None))


def _listed(graph: Graph, head: Node | None) -> list[Node]:
    return [] if head is None else list(Collection(graph, head))


def _request(graph: Graph, told: Node) -> Request:
    response, content = graph.value(told, HT.resp), graph.value(told, HT.body)
    right = graph.value(response, HT.body)
    boolean = graph.value(response, MF.expectedBoolean)
    form, location = (
        graph.value(response, term) for term in (MF.expectedFormat, MF.expectedLocation)
    )
    charset = str(graph.value(content, CNT.characterEncoding) or "UTF-8")
    return Request(
        str(graph.value(told, HT.methodName)),
        str(graph.value(told, HT.absolutePath)),
        {
            str(graph.value(each, HT.fieldName)).lower(): str(graph.value(each, HT.fieldValue))
            for each in _listed(graph, graph.value(told, HT.headers))
        },
        None if content is None else str(graph.value(content, CNT.chars)).encode(charset),
        frozenset(
            str(each).rpartition("#")[2] for each in graph.objects(response, MF.expectedStatus)
        ),
        None if boolean is None else bool(boolean.toPython()),  # type: ignore[attr-defined]
        None if form is None else str(form),
        None if location is None else str(location),
        None if right is None else str(graph.value(right, CNT.chars)),
    )
