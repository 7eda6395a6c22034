from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
import uvicorn
from fastapi.testclient import TestClient

import pursuant_api
from pursuant.document import Mandate, Mention
from pursuant.errors import BadData
from pursuant.extracting import extract
from pursuant.paths import DATA
from pursuant.store import Store, open_store
from pursuant_api import create_app, held, sparql
from pursuant_api.negotiation import preferred
from pursuant_api.things import question

if TYPE_CHECKING:
    from httpx2 import Response

SOURCE = DATA / "sources" / "e-res-2019-21.zh.txt"
DOC = "/documents/e-res-2019-21"
SELECT = "SELECT ?d WHERE { ?d unct:symbol 'E/RES/2019/21' }"
CONSTRUCT = "CONSTRUCT { ?d unct:symbol ?s } WHERE { ?d unct:symbol ?s }"
PROBLEM = "application/problem+json"
TSV = "text/tab-separated-values"
ITSELF = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}


def asked(client: TestClient, query: str, accept: str = "*/*", **parameters: str) -> Response:
    return client.get("/sparql", params={"query": query, **parameters}, headers={"Accept": accept})


# The application


def run(code: str, store: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PURSUANT_STORE": str(store)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_importing_opens_nothing_and_app_is_made_when_asked_for(tmp_path):
    store = tmp_path / "file"
    store.write_text("no store")
    assert run("import pursuant_api", store).returncode == 0
    assert "is a file, not a store" in run("from pursuant_api import app", store).stderr
    code = "from pursuant_api import app; import pursuant_api; print(app is pursuant_api.app)"
    assert run(code, tmp_path / "none").stdout == "True\n"


def test_app_is_on_the_store_that_the_environment_names(tmp_path, monkeypatch):
    monkeypatch.setenv("PURSUANT_STORE", str(tmp_path / "store"))
    pursuant_api._made.cache_clear()
    assert TestClient(pursuant_api.app).get("/documents").json() == []
    pursuant_api._made.cache_clear()


def test_exported_names():
    assert pursuant_api.__all__ == ["app", "create_app"]
    with pytest.raises(AttributeError, match="no attribute 'site'"):
        _ = pursuant_api.site


def test_an_ingest_of_another_process_is_seen_at_once(tmp_path, shipped):
    client = TestClient(create_app(open_store(tmp_path)))
    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz").headers["Retry-After"] == "10"
    assert client.get("/documents").json() == []
    assert "no document yet" in client.get("/documents", headers={"Accept": "text/html"}).text
    graphs = {name: [q.triple for q in shipped.quads(name)] for name in shipped.graphs()}
    open_store(tmp_path).replace(graphs)
    assert client.get("/readyz").json()["documents"] == 1
    assert client.get(f"{DOC}/op24").json()["number"] == "24"


def test_a_remote_store_answers_as_the_store_it_is(client, shipped):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(create_app(shipped), port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        for _ in range(200):
            if server.started:
                break
            time.sleep(0.05)
        remote = TestClient(create_app(open_store(f"http://127.0.0.1:{port}/sparql")))
        answer = remote.get(f"{DOC}/op24")
        assert answer.json() == client.get(f"{DOC}/op24").json()
        assert "ETag" not in answer.headers
        assert remote.get("/readyz").json()["revision"] == "remote"
        for graph, said in (("register", "true"), ("shapes", "false")):
            chosen = {"default-graph-uri": f"https://w3id.org/unct/id/graph/{graph}"}
            query = "ASK { doc:crc unct:untsVolume ?n }"
            assert asked(remote, query, "text/csv", **chosen).text == said
    finally:
        server.should_exit = True
        thread.join()


# SPARQL


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
    assert int(answer.headers["content-length"]) == len(answer.content)


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
        ("GET", {}, 400, "query is missing"),
        ("GET", {"params": {"query": "INSERT DATA { <a:a> <a:a> <a:a> }"}}, 400, "updates are"),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 400, "updates are refused"),
        ("GET", {"params": {"query": "SELECT * { SERVICE <http://e/> {} }"}}, 400, "SERVICE is"),
        ("GET", {"params": [("query", SELECT), ("query", SELECT)]}, 400, "more than once"),
        ("GET", {"params": {"query": SELECT, "format": "yaml"}}, 400, "not 'yaml'"),
        ("GET", {"params": {"query": SELECT, "named-graph-uri": "<>"}}, 400, "cannot be answered"),
        ("POST", {"content": "#" * 1_000_001, "headers": ITSELF}, 413, "1,000,000 bytes"),
        ("POST", {"data": {"query": "#" * 1_100_000}}, 413, "3,000,000 bytes"),
        ("POST", {"content": b"\xff", "headers": ITSELF}, 400, "UTF-8"),
        ("POST", {"json": {"query": SELECT}}, 415, "application/sparql-query"),
        ("POST", {"content": "CLEAR ALL", "headers": UPDATE}, 415, "posted as"),
        ("PUT", {}, 405, "PUT is not done at /sparql"),
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
    assert client.post("/documents").headers["allow"] == "GET"


def test_any_origin_may_ask(client):
    answer = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-methods"] == "GET, POST"
    for told in (answer, asked(client, SELECT), asked(client, "SELEC")):
        assert told.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in told.headers


def test_when_all_places_are_taken_the_asker_is_told_when_to_come_back(shipped):
    app = create_app(shipped)
    client = TestClient(app)
    for _ in range(sparql.AT_ONCE):
        app.state.places.acquire()
    busy = asked(client, SELECT)
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "1")
    app.state.places.release()
    for query in (SELECT, "SELEC", SELECT):
        assert asked(client, query).status_code != 503


def test_an_answer_that_is_too_long_is_refused_whole(client, monkeypatch):
    monkeypatch.setattr(sparql, "MAX_ANSWER", 10_000)
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        answer = asked(client, query)
        assert answer.status_code == 400
        assert "more than 10,000 bytes; add a LIMIT" in answer.json()["detail"]


def test_an_answer_longer_than_memory_is_given_whole(client, monkeypatch):
    monkeypatch.setattr(sparql, "_IN_MEMORY", 1000)
    lines = asked(client, "SELECT * { GRAPH ?g { ?s ?p ?o } }", "text/tab-separated-values").text
    assert len(lines.splitlines()) > 10_000


# Documents, instruments, entities


def in_sets(value: object) -> object:
    """A value without what a graph does not keep.

    That is: the order of lists, the rule of each mention, that a mandate concerns its own text.
    """
    if isinstance(value, Mandate) and "e-res-2019-21" in value.concerns:
        value = replace(value, concerns=())
    if isinstance(value, Mention):
        return (value.entity, value.kind, value.evidence)
    if isinstance(value, tuple):
        return frozenset(map(in_sets, value))
    if is_dataclass(value):
        return tuple((f.name, in_sets(getattr(value, f.name))) for f in fields(value))
    return value


def test_a_document_is_read_back_as_it_was_read(shipped):
    found = held.read(shipped, "e-res-2019-21", "zh").document
    source = extract(SOURCE)
    for now, was in zip(found.paragraphs, source.paragraphs, strict=True):
        assert in_sets(now) == in_sets(was)
        assert {c.evidence for c in now.citations} == {c.evidence for c in was.citations}
        assert [m.evidence for m in now.mandates] == [m.evidence for m in was.mandates]
    assert in_sets(found) == in_sets(source)


def test_the_list_of_documents(client):
    (told,) = client.get("/documents?lang=zh").json()
    counts = {kind: told.pop(kind) for kind in ("paragraphs", "citations", "mandates")}
    assert counts["paragraphs"] == 49
    assert min(counts.values()) > 30
    assert told == {
        "symbol": "E/RES/2019/21",
        "slug": "e-res-2019-21",
        "iri": "https://w3id.org/unct/id/doc/e-res-2019-21",
        "title": "联合国毒品和犯罪问题办公室在反恐方面提供的技术援助",
        "adopted": "2019-07-23",
        "adoptedBy": "ecosoc",
        "languages": ["zh"],
    }


def test_a_document_is_the_object_that_extract_prints(client):
    told = client.get(DOC).json()
    printed = extract(SOURCE).to_json()
    for name in ("source", "symbol", "language", "title", "adopted", "adoptedBy", "speaker"):
        assert told[name] == printed[name]
    for now, was in zip(told["paragraphs"], printed["paragraphs"], strict=True):
        assert {k: now[k] for k in ("id", "part", "number", "text", "footnotes")} == {
            k: was[k] for k in ("id", "part", "number", "text", "footnotes")
        }
        assert sorted(now["citations"], key=str) == sorted(was["citations"], key=str)
    assert told["summaries"]["op24"]["status"] == "reviewed"


def test_a_unit_is_its_paragraph_with_what_a_person_says_of_it(client):
    told = client.get(f"{DOC}/op24").json()
    assert told["id"] == "op24"
    assert {"crc", "crc-opac"} <= {each["target"] for each in told["citations"]}
    assert set(told["summaries"]) == {"op24", "op24-man1"}
    assert client.get(f"{DOC}/fn8").json()["anchors"] == ["op24"]


@pytest.mark.parametrize(
    ("path", "targets"),
    [
        (f"{DOC}/op24/instruments", ["crc", "crc-opac"]),
        (f"{DOC}/pp4/instruments", ["un-charter"]),
        (f"{DOC}/pp2/instruments", []),
    ],
)
def test_what_a_paragraph_invokes(client, path, targets):
    assert [row["target"] for row in client.get(path).json()] == targets


def test_what_a_document_invokes(client):
    units = {row["unit"] for row in client.get(f"{DOC}/instruments").json()}
    assert {"pp1", "op24", "op29"} <= units


def test_an_instrument_tells_its_names_facts_and_citations(client):
    told = client.get("/instruments/crc").json()
    assert set(told["labels"]) == {"en", "zh", "fr", "es", "ru", "ar"}
    assert told["facts"]["untsVolume"] == ["1577"]
    assert told["facts"]["untsRegistration"] == ["27531"]
    assert told["facts"]["adoptionDate"] == ["1989-11-20"]
    assert "untsVolume" not in told["unverified"]
    assert told["citedBy"] == client.get("/instruments/crc/cited-by").json()
    assert [row["unit"] for row in told["citedBy"]] == ["op24"]


def test_an_entity_tells_what_is_asked_of_it(client):
    told = client.get("/entities/secretary-general").json()
    assert [row["unit"] for row in told["mandates"]] == ["op29", "op30"]
    assert told["mandates"] == client.get("/entities/secretary-general/mandates").json()
    assert told["labels"]["zh"] == "秘书长"


@pytest.mark.parametrize(
    ("filters", "units"),
    [
        ({"addressee": "secretary-general"}, {"op29", "op30"}),
        ({"addressee": "秘书长", "force": "请"}, {"op29", "op30"}),
        ({"addressee": "secretary-general", "force": "urge"}, set()),
        ({"force": "urge", "document": "E/RES/2019/21"}, {"op1", "op27"}),
    ],
)
def test_mandates_are_filtered(client, filters, units):
    assert {row["unit"] for row in client.get("/mandates", params=filters).json()} == units


@pytest.mark.parametrize(
    ("path", "leads_to", "status"),
    [
        ("/", "/documents", 307),
        ("/?lang=zh", "/documents?lang=zh", 307),
        ("/documents/E/RES/2019/21", DOC, 308),
        ("/documents/E%2FRES%2F2019%2F21?lang=zh", f"{DOC}?lang=zh", 308),
        ("/documents/E-RES-2019-21.json", f"{DOC}.json", 308),
        ("/documents/E/RES/2019/21/OP24", f"{DOC}/op24", 308),
        ("/documents/e-res-2019-21/24/instruments", f"{DOC}/op24/instruments", 308),
        ("/documents/E/RES/2019", DOC, 307),
        ("/instruments/A/RES/60/288", "/instruments/a-res-60-288", 308),
        ("/instruments/S/RES/2178", "/instruments/s-res-2178-2014", 307),
        ("/instruments/儿童权利公约/cited-by", "/instruments/crc/cited-by", 307),
        ("/entities/UNODC.ttl", "/entities/unodc.ttl", 308),
        ("/id/doc/e-res-2019-21", DOC, 303),
        ("/id/doc/e-res-2019-21/draft", DOC, 303),
        ("/id/doc/e-res-2019-21/op24?lang=zh", f"{DOC}/op24?lang=zh", 303),
        ("/id/doc/e-res-2019-21/op24-cit-crc", f"{DOC}/op24", 303),
        ("/id/doc/e-res-2019-21/op24-man1-ev1", f"{DOC}/op24", 303),
        ("/id/expression/e-res-2019-21.zh", DOC, 303),
        ("/id/doc/crc", "/instruments/crc", 303),
        ("/id/group/ct-conventions", "/instruments/ct-conventions", 303),
        ("/id/entity/unodc", "/entities/unodc", 303),
    ],
)
def test_other_addresses_lead_to_the_one(client, path, leads_to, status):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (status, leads_to)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/documents/e-res-2019-12", "did you mean E/RES/2019/21"),
        ("/documents/A/RES/90/11", "no document is called 'A/RES/90/11'"),
        ("/documents/crc", "the text of crc is not held"),
        ("/documents/crc/op1", "the text of crc is not held"),
        (f"{DOC}/op31", "E/RES/2019/21 has no op31; did you mean op3"),
        (f"{DOC}/op24/x", "no document is called"),
        (f"{DOC}/x", "'x' does not name a paragraph"),
        ("/instruments/crcc", "did you mean crc"),
        ("/entities/unodcc/mandates", "did you mean unodc"),
        ("/mandates?force=requets", "did you mean request"),
        ("/id/entity/nobody", "nothing is called https://w3id.org/unct/id/entity/nobody"),
        ("/id/source/1234", "nothing is called"),
        ("/nowhere", "nothing is at /nowhere"),
        ("/static/none.css", "nothing is at /static/none.css"),
    ],
)
def test_what_is_not_there_is_said_with_near_names(client, path, says):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM)
    assert says in answer.json()["detail"]


@pytest.mark.parametrize("path", [DOC, f"{DOC}/op24", "/instruments/crc", "/entities/unodc"])
def test_turtle_tells_of_the_thing(client, path):
    answers = [
        client.get(f"{path}.ttl"),
        client.get(path, headers={"Accept": "text/turtle"}),
    ]
    assert answers[0].content == answers[1].content
    triples = list(ox.parse(answers[0].content, ox.RdfFormat.TURTLE))
    end = path.removeprefix("/documents").removeprefix("/instruments").removeprefix("/entities")
    assert any(str(q.subject).endswith(f"{end}>") for q in triples)
    assert "unct:" in answers[0].text


def test_turtle_of_a_unit_tells_of_no_other(client):
    triples = ox.parse(client.get(f"{DOC}/op2.ttl").content, ox.RdfFormat.TURTLE)
    units = {str(q.subject).split("/")[-1].split("-")[0].strip(">") for q in triples}
    assert units == {"op2"}


@pytest.mark.parametrize(
    "path",
    [
        "/documents",
        DOC,
        f"{DOC}.ttl",
        f"{DOC}/op24",
        f"{DOC}/op24/instruments",
        "/instruments/crc",
        "/instruments/crc/cited-by",
        "/entities/unodc",
        "/mandates?force=urge",
    ],
)
def test_what_the_asker_has_already_is_not_sent_again(client, path):
    first = client.get(path)
    tag = first.headers["etag"]
    for sent in (tag, f'"other", W/{tag}'):
        again = client.get(path, headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    in_chinese = client.get(path, headers={"Accept-Language": "zh-CN"})
    assert in_chinese.headers["etag"] != tag
    assert "Accept-Language" in first.headers["vary"]


def test_head_is_get_without_the_body(client):
    for path in (DOC, "/healthz", "/sparql?query=ASK{}"):
        answer = client.head(path)
        assert answer.status_code == 200
        assert answer.content == b""
        assert answer.headers["content-length"] == client.get(path).headers["content-length"]


def test_health(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["documents"] == 1


# Failures


def test_what_fails_inside_is_a_problem_too(shipped):
    app = create_app(shipped)
    raised = {"bad": BadData("wrong data"), "bug": ZeroDivisionError("secret")}

    @app.get("/fails/{name}")
    def fails(name: str, number: int) -> int:
        if number:
            raise raised[name]
        return number

    client = TestClient(app, raise_server_exceptions=False)
    told = client.get("/fails/bad?number=1").json()
    assert (told["status"], told["detail"]) == (500, "wrong data")
    answer = client.get("/fails/bug?number=1")
    assert answer.headers["content-type"] == PROBLEM
    assert "secret" not in answer.text
    told = client.get("/fails/bug?number=x").json()
    assert told["status"] == 422
    assert told["detail"].startswith("number: ")
    assert client.get("/fails/bug?number=0").json() == 0


def test_a_store_that_breaks_is_a_problem(tmp_path):
    client = TestClient(create_app(open_store(tmp_path)))
    (tmp_path / "current").write_text("what")
    answer = client.get("/documents")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("accept", "offered", "chosen"),
    [
        ("", ("a/a", "a/b"), "a/a"),
        ("a/b", ("a/a", "a/b"), "a/b"),
        ("a/*;q=0.5, a/b;q=0.4", ("a/b", "a/a"), "a/a"),
        ("*/*;q=0.1, a/a;q=0", ("a/a", "a/b"), "a/b"),
        ("a/a;q=0", ("a/a",), None),
        ("A/A ; Q=0.5 , , a/b;v=1;q=0.4", ("a/b", "a/a"), "a/a"),
        ("a/a;q=much, a/b;q=0.1", ("a/a", "a/b"), "a/b"),
        ("c/c", ("a/a", "a/b"), None),
    ],
)
def test_accept_is_weighed(accept, offered, chosen):
    assert preferred(accept, offered) == chosen


@pytest.mark.parametrize("name", ["things_said", "terms", "document_counts", "document_titles"])
def test_each_query_says_what_it_asks_and_finds_something(shipped: Store, name):
    assert question(name).startswith("# ")
    assert question(name).splitlines()[0].endswith("?")
    assert len(shipped.select(question(name)))
