from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, quote_plus
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from hypothesis import example, given
from hypothesis import strategies as st

from pursuant.store import Store, open_store
from pursuant_api import create_app, protocol
from pursuant_api.negotiation import accepts_gzip
from pursuant_api.settings import Settings

if TYPE_CHECKING:
    from httpx2 import Response

SELECT = "SELECT ?d WHERE { ?d unct:symbol 'E/RES/2019/21' }"
CONSTRUCT = "CONSTRUCT { ?d unct:symbol ?s } WHERE { ?d unct:symbol ?s }"
EVERYTHING = "SELECT * { GRAPH ?g { ?s ?p ?o } }"
PROBLEM = "application/problem+json"
TSV = "text/tab-separated-values"
ITSELF = {"Content-Type": "application/sparql-query"}
UTF_16 = {"Content-Type": "application/sparql-query; charset=UTF-16"}
UPDATE = {"Content-Type": "application/sparql-update"}
PLAIN = {"Accept-Encoding": "identity"}


def asked(client: TestClient, query: str, accept: str = "*/*", **parameters: str) -> Response:
    return client.get("/sparql", params={"query": query, **parameters}, headers={"Accept": accept})


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv;q=0.4, application/xml;q=0.6", "application/xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/csv;q=0.5, text/tab-separated-values", f"{TSV}; charset=utf-8"),
        (SELECT, "text/turtle, application/*;q=0.1", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        (SELECT, "text/html, */*;q=0.8", "text/html; charset=utf-8"),
        ("ASK {}", "*/*", "application/sparql-results+json"),
        ("ASK {}", "text/html", "text/html; charset=utf-8"),
        (CONSTRUCT, "*/*", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/n-quads", "application/n-quads"),
        (CONSTRUCT, "application/trig", "application/trig"),
        (CONSTRUCT, "text/html", "text/html; charset=utf-8"),
        ("DESCRIBE doc:crc", "text/turtle, text/csv;q=0.1", "text/turtle; charset=utf-8"),
    ],
)  # fmt: skip
def test_an_answer_comes_in_the_form_asked_for(client, query, accept, media):
    answer = asked(client, query, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert "Accept" in answer.headers["vary"]
    plain = client.get("/sparql", params={"query": query}, headers={"Accept": accept} | PLAIN)
    assert int(plain.headers["content-length"]) == len(plain.content) == len(answer.content)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_every_form_of_a_table_tells_the_same(client, form):
    answer = asked(client, SELECT, "text/html", format=form)
    iri = "https://w3id.org/unct/id/doc/e-res-2019-21"
    if form == "json":
        assert answer.json()["results"]["bindings"] == [{"d": {"type": "uri", "value": iri}}]
    elif form == "xml":
        assert [e.text for e in ET.fromstring(answer.text).iter() if e.tag.endswith("uri")] == [iri]
    else:
        shown = {"csv": iri, "tsv": f"<{iri}>"}[form]
        assert answer.text.split() == [{"csv": "d", "tsv": "?d"}[form], shown]


@pytest.mark.parametrize("form", ["turtle", "ntriples", "jsonld", "rdfxml", "nquads", "trig"])
def test_every_form_of_a_graph_tells_the_same(client, form):
    answer = asked(client, CONSTRUCT, format=form)
    media = answer.headers["content-type"].partition(";")[0]
    parsed = ox.parse(answer.content, ox.RdfFormat.from_media_type(media))
    expected = ox.parse(
        asked(client, CONSTRUCT, "application/n-triples").content, ox.RdfFormat.N_TRIPLES
    )
    assert {q.triple for q in parsed} == {q.triple for q in expected}
    assert len(asked(client, CONSTRUCT).content) > 1000


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"query": SELECT}},
        {"content": SELECT, "headers": {"Content-Type": "application/sparql-query"}},
        {"content": SELECT, "headers": {"Content-Type": "Application/SPARQL-Query; charset=UTF-8"}},
    ],
)
def test_a_query_may_be_posted(client, sent):
    answer = client.post("/sparql", **sent)
    assert len(answer.json()["results"]["bindings"]) == 1


def test_plain_queries_see_all_graphs_and_from_chooses(client):
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s a unct:Citation }}"
    chosen = count.format("FROM <https://w3id.org/unct/id/graph/e-res-2019-21.zh>")
    other = count.format("FROM <https://w3id.org/unct/id/graph/register>")
    numbers = [
        asked(client, query, "text/csv").text.split()[1]
        for query in (count.format(""), chosen, other)
    ]
    assert numbers[0] == numbers[1] != "0"
    assert numbers[2] == "0"


@pytest.mark.parametrize(
    ("default", "named", "seen", "seen_by_name"),
    [
        ([], [], {"zh", "register"}, {"zh", "register"}),
        (["zh"], [], {"zh"}, set()),
        (["zh", "register"], [], {"zh", "register"}, set()),
        ([], ["register"], set(), {"register"}),
        (["zh"], ["register"], {"zh"}, {"register"}),
        (["none"], [], set(), set()),
    ],
)
def test_the_request_chooses_the_graphs_whatever_the_query_says(
    client, default, named, seen, seen_by_name
):
    graph = "https://w3id.org/unct/id/graph/"
    names = {"zh": f"{graph}e-res-2019-21.zh", "register": f"{graph}register", "none": f"{graph}x"}
    asks = {"zh": "?s a unct:Citation", "register": "doc:crc unct:untsVolume ?n"}
    sent = {
        "default-graph-uri": [names[each] for each in default],
        "named-graph-uri": [names[each] for each in named],
    }
    other = f"FROM <{graph}shapes> FROM NAMED <{graph}shapes>" if default or named else ""
    for which, pattern in asks.items():
        plain = client.post("/sparql", data={"query": f"ASK {other} {{ {pattern} }}"} | sent)
        assert plain.json()["boolean"] == (which in seen)
        by_name = f"ASK {other} {{ GRAPH ?g {{ {pattern} }} }}"
        told = client.get("/sparql", params={"query": by_name} | sent)
        assert told.json()["boolean"] == (which in seen_by_name)


@pytest.mark.parametrize(
    ("method", "sent", "status", "says"),
    [
        ("GET", {"params": {"query": "SELECT ?s\nWHERE { ?s ?p }"}}, 400, "line 2, column"),
        ("GET", {"headers": {"Accept": "text/csv"}}, 400, "query is missing"),
        ("POST", {"data": {"default-graph-uri": "a:a"}}, 400, "query is missing"),
        ("GET", {"params": {"update": "CLEAR ALL"}}, 400, "never sent by GET"),
        ("POST", {"data": {"query": SELECT, "update": "CLEAR ALL"}}, 400, "not both"),
        ("GET", {"params": {"query": "INSERT DATA { <a:a> <a:a> <a:a> }"}}, 400, "updates are"),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403, "writing is switched off"),
        ("GET", {"params": {"query": "SELECT * { SERVICE <http://e/> {} }"}}, 400, "SERVICE is"),
        ("GET", {"params": [("query", SELECT), ("query", SELECT)]}, 400, "more than once"),
        ("GET", {"params": {"query": SELECT, "format": "yaml"}}, 400, "not 'yaml'"),
        ("GET", {"params": {"query": SELECT, "named-graph-uri": "<>"}}, 400, "cannot be answered"),
        ("POST", {"content": "#" * 1_000_001, "headers": ITSELF}, 413, "1,000,000 bytes"),
        ("POST", {"data": {"query": "#" * 1_100_000}}, 413, "3,000,000 bytes"),
        ("POST", {"content": b"\xff", "headers": ITSELF}, 400, "UTF-8"),
        ("GET", {"params": "a=&" * 1001}, 400, "more than 1000 parameters"),
        ("POST", {"content": SELECT.encode("utf-16"), "headers": UTF_16}, 415, "not as utf-16"),
        ("POST", {"json": {"query": SELECT}}, 415, "application/sparql-query"),
        ("POST", {"content": SELECT, "headers": {"Content-Type": "text/plain"}}, 415, "posted as"),
        ("POST", {"content": "CLEAR ALL", "headers": UPDATE}, 403, "writing is switched off"),
        ("PUT", {}, 405, "PUT is not done at /sparql"),
        ("PATCH", {}, 405, "PATCH is not done at /sparql"),
        ("DELETE", {}, 405, "DELETE is not done"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_a_problem(client, method, sent, status, says):
    answer = client.request(method, "/sparql", **sent)
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    assert told["status"] == status
    assert told["title"]
    assert says in told["detail"]


def test_an_address_is_read_strictly(client):
    told = client.get("/sparql?query=%ff")
    assert (told.status_code, told.json()["detail"]) == (400, "the parameters are not UTF-8")


@pytest.mark.parametrize(
    ("query", "accept", "offered"),
    [(SELECT, "image/png", "text/csv"), (CONSTRUCT, "text/csv", "text/turtle")],
)
def test_a_form_that_there_is_not_is_refused_with_those_that_there_are(
    client, query, accept, offered
):
    answer = asked(client, query, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (406, PROBLEM)
    assert offered in answer.json()["detail"]
    assert answer.json()["detail"].endswith(f"not as {accept}")


def test_a_syntax_error_tells_its_place(client):
    told = asked(client, "SELECT ?s\nWHERE { ?s ?p }").json()
    assert (told["line"], told["column"]) == (2, 16)


def test_other_methods_are_told_which_there_are(client):
    allowed = client.put("/sparql").headers["allow"].split(", ")
    assert {"GET", "HEAD", "POST"} <= set(allowed)
    assert client.post("/documents").status_code == 405
    assert client.post("/documents").headers["allow"] == "GET, HEAD, OPTIONS"


def test_any_origin_may_ask(client):
    answer = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
    for told in (answer, asked(client, SELECT), asked(client, "SELEC")):
        assert told.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in told.headers


def within(shipped: Store, **bounds: Any) -> TestClient:
    """The application on the shipped graph, within other bounds."""
    return TestClient(create_app(shipped, Settings(**bounds)))


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_an_answer_that_is_too_long_is_refused_whole(shipped, query):
    answer = asked(within(shipped, answer_rows=100), query)
    assert answer.status_code == 413
    assert "more than 100 rows; add a LIMIT" in answer.json()["detail"]


def test_people_are_told_of_a_bound_on_the_page(shipped):
    answer = asked(within(shipped, answer_rows=100), EVERYTHING, "text/html")
    assert (answer.status_code, answer.headers["content-type"]) == (413, "text/html; charset=utf-8")
    assert "more than 100 rows" in answer.text
    assert "GRAPH ?g" in answer.text


def test_a_wrong_query_stays_on_the_page(client):
    answer = asked(client, "SELECT ?s WHERE { ?s ?p }", "text/html")
    assert answer.status_code == 400
    assert "line 1, column" in answer.text
    assert "SELECT ?s WHERE" in answer.text


@pytest.mark.parametrize(
    ("query", "shown", "more"),
    [
        (EVERYTHING, 500, True),
        ("CONSTRUCT WHERE { ?s ?p ?o }", 500, True),
        (f"{EVERYTHING} LIMIT 500", 500, False),
        ("SELECT ?s { ?s unct:nothing ?o }", 0, False),
        ("CONSTRUCT WHERE { ?s unct:nothing ?o }", 0, False),
    ],
)
def test_the_page_shows_the_first_rows(client, query, shown, more):
    page = asked(client, query, "text/html").text
    assert page.count("<tr>") == shown + 1
    assert ("The first 500 rows" in page) == more


def test_a_relative_iri_is_one_of_our_data(client):
    answer = asked(client, "SELECT ?n { <doc/crc> unct:untsVolume ?n }", "text/csv")
    assert len(answer.text.split()) == 2


# What the asker has already


def test_who_has_the_answer_is_told_that_it_is_unchanged(client):
    answer = asked(client, SELECT)
    tag = answer.headers["etag"]
    assert answer.headers["cache-control"] == "no-cache"
    strong = tag.removeprefix("W/")
    for known, status in ((tag, 304), (strong, 304), (f'"x", {tag}', 304), ('"x"', 200)):
        again = client.get(
            "/sparql", params={"query": SELECT}, headers={"Accept": "*/*", "If-None-Match": known}
        )
        assert (again.status_code, again.headers["etag"]) == (status, tag)
        assert bool(again.content) == (status == 200)


def test_a_posted_query_is_answered_whatever_the_asker_has(client):
    known = {"If-None-Match": asked(client, SELECT).headers["etag"]}
    assert client.post("/sparql", data={"query": SELECT}, headers=known).status_code == 200


def test_each_answer_has_its_own_tag(client, shipped):
    graph = {"default-graph-uri": "https://w3id.org/unct/id/graph/register"}
    other = Store.memory({name: shipped.quads(name) for name in shipped.graphs()[:1]})
    asks: list[Response] = [
        asked(client, SELECT),
        asked(client, SELECT, "text/csv"),
        asked(client, SELECT, **graph),
        asked(client, CONSTRUCT),
        asked(client, SELECT, "text/html"),
        asked(client, SELECT, "text/html", lang="zh"),
        asked(TestClient(create_app(other)), SELECT),
    ]
    tags = [each.headers["etag"] for each in asks]
    assert len(set(tags)) == len(tags)
    assert asked(client, SELECT).headers["etag"] == tags[0]


@pytest.mark.parametrize("call", ["NOW()", "rand ()", "UUID()", "STRUUID()"])
def test_what_changes_by_itself_has_no_tag(client, call):
    assert "etag" not in asked(client, f"SELECT ({call} AS ?x) {{}}").headers


# Compression


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip", True),
        ("GZIP;q=0.5, br", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("identity", False),
    ],
)
def test_gzip_is_sent_to_those_who_take_it(client, accepted, taken):
    assert accepts_gzip(accepted) == taken
    parameters = {"query": EVERYTHING, "format": "csv"}
    told = client.get("/sparql", params=parameters, headers={"Accept-Encoding": accepted})
    assert ("content-encoding" in told.headers) == taken
    assert "Accept-Encoding" in told.headers["vary"]
    plain = client.get("/sparql", params=parameters, headers=PLAIN)
    assert sorted(told.text.splitlines()) == sorted(plain.text.splitlines())


def test_a_small_answer_is_not_compressed(client):
    answer = client.get("/sparql", params={"query": SELECT}, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers


# HEAD


@pytest.mark.parametrize("query", [SELECT, CONSTRUCT, EVERYTHING, "SELEC"])
def test_head_tells_what_get_would(client, query):
    got = client.get("/sparql", params={"query": query}, headers=PLAIN)
    head = client.head("/sparql", params={"query": query}, headers=PLAIN)
    assert (head.status_code, head.content) == (got.status_code, b"")
    for name in ("content-type", "etag", "vary"):
        assert head.headers.get(name) == got.headers.get(name)


# A long answer on its way, and an asker who goes


Message = dict[str, Any]
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="session")
def shelved(shipped, tmp_path_factory) -> Store:
    """The graph that Pursuant ships, on disk."""
    store = open_store(tmp_path_factory.mktemp("shelved") / "store")
    store.replace({name: [q.triple for q in shipped.quads(name)] for name in shipped.graphs()})
    return store


def heard(store: Store, query: str, leaves_after: float = 60.0, **bounds: Any) -> list[Message]:
    """What an asker hears, in ASGI's own words, until all is said or the asker goes."""
    app = create_app(store, Settings(workers=1, **bounds))
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/sparql",
        "query_string": f"query={quote(query)}".encode(),
        "headers": [(b"accept", b"text/csv")],
        "scheme": "http",
        "server": ("test", 80),
        "root_path": "",
    }
    said: list[Message] = []
    requests = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Message:
        if (first := next(requests, None)) is not None:
            return first
        await asyncio.sleep(leaves_after)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        said.append(dict(message))

    async def hold() -> None:
        async with app.router.lifespan_context(app):
            await app(scope, receive, send)

    asyncio.run(hold())
    return said


def test_a_long_answer_comes_in_pieces(shelved, client):
    start, *pieces = heard(shelved, EVERYTHING)
    assert b"content-length" not in dict(start["headers"])
    assert len(pieces) > 3
    *others, last = (piece.get("more_body", False) for piece in pieces)
    assert all(others)
    assert not last
    whole = b"".join(piece["body"] for piece in pieces).decode()
    expected = asked(client, EVERYTHING, "text/csv").text
    assert sorted(whole.splitlines()) == sorted(expected.splitlines())


def test_an_answer_that_goes_beyond_a_bound_on_its_way_is_broken_off(shelved):
    start, *pieces = heard(shelved, EVERYTHING, answer_rows=5000)
    assert start["status"] == 200
    assert all(piece["more_body"] for piece in pieces)


@given(
    st.text(min_size=1),
    st.sampled_from([quote, quote_plus, lambda text: quote(text, safe="=/?:@{}!*")]),
)
@example("ASK { ?s ?p 'a=b' } ", quote_plus)
@example("%zz", lambda text: text)
@example("%", lambda text: text)
def test_a_query_that_stands_alone_is_read_as_among_others(text, quoting):
    raw = f"query={quoting(text)}".encode()
    assert protocol._got(raw) == protocol._operation(protocol._pairs(raw))
    assert [("query", protocol._got(raw).query)] == parse_qsl(raw.decode())


def test_who_goes_ends_the_query(shelved):
    began = time.monotonic()
    assert heard(shelved, SLOW, leaves_after=0.1) == []
    assert time.monotonic() - began < 20


def test_time_is_bounded_and_said(shelved):
    start, body = heard(shelved, SLOW, query_seconds=0.3)
    assert start["status"] == 504
    assert json.loads(body["body"])["status"] == 504
