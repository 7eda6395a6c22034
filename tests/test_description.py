from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from fastapi.testclient import TestClient
from rdflib import RDF, RDFS, SH, Graph, Namespace, URIRef

from pursuant.content import to_rdflib
from pursuant.store import Store
from pursuant_api import create_app
from pursuant_api.query_page import examples
from pursuant_api.settings import Settings

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
HERE = "http://testserver"
ENDPOINT = URIRef(f"{HERE}/sparql")


def described(client: TestClient, path: str = "/sparql", accept: str = "text/turtle") -> Graph:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 200
    form = ox.RdfFormat.from_media_type(answer.headers["content-type"])
    graph = Graph()
    for quad in ox.parse(answer.content, form):
        graph.add(tuple(to_rdflib(t) for t in (quad.subject, quad.predicate, quad.object)))  # type: ignore[arg-type]
    return graph


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json, text/turtle;q=0.5", "application/ld+json"),
    ],
)
def test_a_description_comes_in_each_form(client, path, accept, media):
    answer = client.get(path, headers={"Accept": accept})
    assert answer.headers["content-type"] == media
    assert len(described(client, path, accept)) == len(described(client, path))
    known = {"Accept": accept, "If-None-Match": answer.headers["etag"]}
    assert client.get(path, headers=known).status_code == 304
    assert client.head(path, headers={"Accept": accept}).content == b""


def test_the_service_says_what_it_can_do(client):
    told = described(client)
    (service,) = told.subjects(RDF.type, SD.Service)
    assert list(told.objects(service, SD.endpoint)) == [ENDPOINT]
    assert list(told.objects(service, SD.supportedLanguage)) == [SD.SPARQL11Query]
    assert list(told.objects(service, SD.feature)) == [SD.UnionDefaultGraph]
    formats = {str(each).rpartition("/")[2] for each in told.objects(service, SD.resultFormat)}
    assert {"SPARQL_Results_JSON", "SPARQL_Results_CSV", "Turtle", "JSON-LD"} < formats
    assert len(formats) == 10


def test_the_service_says_what_it_holds(client, shipped):
    told = described(client)
    (data,) = told.objects(None, SD.defaultDataset)
    counts = {
        str(told.value(named, SD.name)): told.value(told.value(named, SD.graph), VOID.triples)
        for named in told.objects(data, SD.namedGraph)
    }
    assert counts
    assert set(counts) == set(shipped.graphs())
    for name, number in counts.items():
        assert number == rdflib.Literal(len(list(shipped.quads(name))))


def test_updates_are_announced_where_they_may_be_sent():
    app = create_app(Store.memory(), Settings(write_token="secret"))
    assert (None, SD.supportedLanguage, SD.SPARQL11Update) in described(TestClient(app))


def test_each_example_is_named_asked_and_answered(client, shipped):
    told = described(client)
    listed = set(told.subjects(RDF.type, SH.SPARQLExecutable))
    assert len(listed) == len(examples()) >= 40
    for each in listed:
        assert {label.language for label in told.objects(each, RDFS.label)} == {"en", "zh"}  # type: ignore[attr-defined]
        text = told.value(each, SH.select)
        assert isinstance(text, rdflib.Literal)
        assert len(shipped.select(str(text)).columns)
        assert str(each).startswith(f"{ENDPOINT}?example=")


@pytest.mark.parametrize(("language", "first"), [("en", "Which preambular"), ("zh", "依次有哪些")])
def test_the_page_offers_the_examples(client, language, first):
    page = client.get(f"/sparql?lang={language}", headers={"Accept": "text/html"}).text
    assert first in page
    assert page.count('href="/sparql?example=') == len(examples())


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_an_example_is_asked_by_its_name(client, accept, media):
    name = "13-most-invoked"
    named = client.get(f"/sparql?example={name}", headers={"Accept": accept})
    asked = client.get(
        "/sparql", params={"query": examples()[name].text}, headers={"Accept": accept}
    )
    assert (named.status_code, named.headers["content-type"]) == (200, media)
    assert (named.content, named.headers["etag"]) == (asked.content, asked.headers["etag"])
    assert client.get(f"/sparql?example={name}&format=tsv").text.startswith(
        "?body\t?year\t?instrument"
    )


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        ("example=no-such", 404, "there is no example query 'no-such'"),
        ("example=a&example=b", 400, "more than once"),
        ("example=13-most-invoked&format=turtle", 406, "this comes as"),
    ],
)
def test_an_example_that_cannot_be_asked(client, asked, status, says):
    answer = client.get(f"/sparql?{asked}")
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert says in answer.json()["detail"]


def test_a_query_is_asked_rather_than_an_example(client):
    asked = client.get("/sparql?example=13-most-invoked&query=ASK%7B%7D")
    assert asked.json()["boolean"] is True


def test_the_service_describes_itself_whichever_graphs_are_chosen(client):
    address = "/sparql?default-graph-uri=http%3A%2F%2Fe%2Fnone"
    described = client.get(address, headers={"Accept": "text/turtle"})
    assert described.content == client.get("/sparql", headers={"Accept": "text/turtle"}).content
    assert client.get(f"{address}&qeury=ASK%7B%7D").status_code == 400
    assert client.get("/sparql?named-graph-uri=false").status_code == 400


def test_an_example_is_put_into_the_editor(client):
    page = client.get("/sparql?example=44-cited-but-not-held", headers={"Accept": "text/html"})
    assert "<textarea" in page.text
    assert "<tbody>" in page.text
    first = examples()["44-cited-but-not-held"].questions["en"]
    assert f"# {first}" in page.text.partition("<textarea")[2].partition("</textarea>")[0]


def test_the_data_set_says_where_it_is_asked(client, shipped):
    told = described(client, "/.well-known/void")
    (data,) = told.subjects(RDF.type, DCAT.Dataset)
    assert (data, RDF.type, VOID.Dataset) in told
    assert told.value(data, VOID.sparqlEndpoint) == ENDPOINT
    assert told.value(data, VOID.triples) == rdflib.Literal(shipped.count())
    assert str(told.value(data, VOID.uriSpace)) == "https://w3id.org/unct/id/"
    (service,) = told.subjects(RDF.type, DCAT.DataService)
    assert told.value(service, DCAT.endpointURL) == ENDPOINT
    assert told.value(service, DCAT.servesDataset) == data


def test_the_address_may_be_set():
    app = create_app(Store.memory(), Settings(public_url="https://example.org/graph/"))
    told = described(TestClient(app))
    assert set(told.objects(None, SD.endpoint)) == {URIRef("https://example.org/graph/sparql")}


@pytest.mark.parametrize("host", ["a b", "<x>", 'x"y'])
def test_a_host_that_is_none_is_refused(client, host):
    answer = client.get("/.well-known/void", headers={"Host": host})
    assert answer.status_code in {200, 400}
    assert f"<http://{host}" not in answer.text


def test_the_data_set_is_only_read(client):
    answer = client.post("/.well-known/void")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
