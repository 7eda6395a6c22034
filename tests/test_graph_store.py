from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from pursuant import iri
from pursuant.applying import Application
from pursuant.endpoint import Chosen
from pursuant.errors import BadQuery, TookTooLong
from pursuant.store import Store, open_store
from pursuant.updating import DEFAULT, Update, endings, update
from pursuant_api import create_app
from pursuant_api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from httpx2 import Response

TOKEN = "a long secret"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
TURTLE = {"Content-Type": "text/turtle"}
JSON_LD = {"Content-Type": "application/ld+json"}
RDF_XML = {"Content-Type": "application/rdf+xml"}
UPDATE = {"Content-Type": "application/sparql-update"}
ONE, TWO = "<http://e/a> <http://e/p> 1 .", "<http://e/a> <http://e/p> 2 ."
NAMED: dict[str, Any] = {"params": {"graph": "http://e/g"}}
DIRECT = "https://w3id.org/unct/id/graph/mine"


def application(store: Store, **bounds: Any) -> TestClient:
    settings = Settings(**{"write_token": TOKEN, **bounds})
    return TestClient(create_app(store, settings), follow_redirects=False)


@pytest.fixture
def store() -> Store:
    return Store.memory()


@pytest.fixture
def writer(store: Store) -> TestClient:
    """A client that sends the token with each request."""
    client = application(store)
    client.headers.update(BEARER)
    return client


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[TestClient]:
    """The same, on a store on disk."""
    with application(open_store(tmp_path / "store")) as client:
        client.headers.update(BEARER)
        yield client


def put(
    client: TestClient, text: str, method: str = "PUT", path: str = "/store", **sent: Any
) -> Response:
    return client.request(
        method, path, content=text, headers=TURTLE | sent.pop("headers", {}), **sent
    )


def statements(answer: Response) -> set[str]:
    assert answer.status_code == 200
    return set(answer.text.splitlines())


def held(client: TestClient, path: str = "/store", **sent: Any) -> set[str]:
    return statements(client.get(path, headers={"Accept": "application/n-triples"}, **sent))


INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"
LINE_ONE, LINE_TWO = (f'<http://e/a> <http://e/p> "{n}"{INTEGER} .' for n in (1, 2))


@pytest.mark.parametrize("client", ["writer", "shelf"])
@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/store", {"params": {"graph": "http://e/g"}}),
        ("/store", {"params": {"graph": DIRECT}}),
        ("/store/mine", {}),
    ],
)
def test_a_graph_is_created_replaced_extended_and_removed(request, client, path, sent):
    client = request.getfixturevalue(client)
    assert client.get(path, **sent).status_code == 404
    assert put(client, ONE, path=path, **sent).status_code == 201
    assert held(client, path, **sent) == {LINE_ONE}
    assert put(client, TWO, path=path, **sent).status_code == 204
    assert held(client, path, **sent) == {LINE_TWO}
    assert put(client, ONE, "POST", path, **sent).status_code == 204
    assert held(client, path, **sent) == {LINE_ONE, LINE_TWO}
    assert client.delete(path, **sent).status_code == 204
    assert client.get(path, **sent).status_code == 404
    assert client.delete(path, **sent).status_code == 404


def test_direct_and_indirect_names_are_one(writer):
    put(writer, ONE, path="/store/mine")
    assert held(writer, params={"graph": DIRECT}) == {LINE_ONE}
    told = writer.get("/id/graph/mine")
    assert (told.status_code, told.headers["location"]) == (303, "/store/mine")


def test_what_is_posted_without_a_name_gets_one(writer):
    made = put(writer, ONE, "POST")
    assert made.status_code == 201
    name = made.headers["location"]
    assert name.startswith("https://w3id.org/unct/id/graph/")
    assert held(writer, params={"graph": name}) == {LINE_ONE}
    assert put(writer, ONE, "POST").headers["location"] != name


def test_the_default_graph_is_one_of_the_merge(writer, store):
    assert held(writer, params={"default": ""}) == set()
    put(writer, ONE, **NAMED)
    assert put(writer, TWO, params={"default": ""}).status_code == 201
    assert held(writer, params={"default": ""}) == {LINE_TWO}
    assert store.graphs() == ["http://e/g", DEFAULT]
    seen = writer.get("/sparql", params={"query": "SELECT ?o { ?s ?p ?o }", "format": "csv"})
    assert sorted(seen.text.split()) == ["1", "2", "o"]
    assert writer.delete("/store", params={"default": ""}).status_code == 204
    assert writer.delete("/store", params={"default": ""}).status_code == 204
    assert store.graphs() == ["http://e/g"]


def test_a_form_holds_several_parts(writer):
    files = [
        ("one", ("one.ttl", ONE, "text/turtle")),
        ("two", ("two.nt", TWO.replace("2", "<http://e/b>"), "application/n-triples")),
    ]
    assert writer.post("/store", files=files, **NAMED).status_code == 201
    assert held(writer, **NAMED) == {LINE_ONE, "<http://e/a> <http://e/p> <http://e/b> ."}


def test_blank_nodes_of_two_writes_stay_two(writer):
    for _ in range(2):
        put(writer, "_:x <http://e/p> 1 .", "POST", **NAMED)
    subjects = {line.split()[0] for line in held(writer, **NAMED)}
    assert len(subjects) == 2


@pytest.mark.parametrize(
    ("media", "accept"),
    [
        ("text/turtle; charset=utf-8", "*/*"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml, text/turtle;q=0.9"),
        ("application/trig", "application/trig"),
    ],
)
def test_a_graph_comes_in_the_form_asked_for(writer, media, accept):
    put(writer, ONE, **NAMED)
    told = writer.get("/store", headers={"Accept": accept}, **NAMED)
    assert (told.status_code, told.headers["content-type"]) == (200, media)
    form = ox.RdfFormat.from_media_type(media)
    assert {str(quad.object.value) for quad in ox.parse(told.content, form)} == {"1"}
    head = writer.head("/store", headers={"Accept": accept}, **NAMED)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == media
    known = {"Accept": accept, "If-None-Match": told.headers["etag"]}
    assert writer.get("/store", headers=known, **NAMED).status_code == 304
    put(writer, TWO, **NAMED)
    assert writer.get("/store", headers=known, **NAMED).status_code == 200


@pytest.mark.parametrize(
    "media", ["application/ld+json", "application/rdf+xml", "application/n-triples"]
)
def test_a_graph_is_taken_in_each_form(writer, media):
    triple = ox.Triple(ox.NamedNode("http://e/a"), ox.NamedNode("http://e/p"), ox.Literal(1))
    text = ox.serialize([triple], format=ox.RdfFormat.from_media_type(media))
    assert text
    put(writer, text.decode(), headers={"Content-Type": media}, **NAMED)
    assert held(writer, **NAMED) == {LINE_ONE}


def test_relative_iris_are_resolved_against_the_graph(writer):
    put(writer, "<#a> <http://e/p> 1 .", **NAMED)
    assert held(writer, **NAMED) == {LINE_ONE.replace("http://e/a", "http://e/g#a")}


REMOTE = json.dumps({"@context": "http://e/context", "@id": "http://e/a"})
ENTITY = '<!DOCTYPE r [<!ENTITY x "y">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
OWN_GRAPH = json.dumps({"@id": "http://e/h", "@graph": [{"@id": "http://e/a", "http://e/p": 1}]})


@pytest.mark.parametrize(
    ("method", "sent", "status", "says"),
    [
        ("PUT", {"content": "<a> <b>", "headers": TURTLE}, 400, "line 1"),
        ("PUT", {"content": "{}", "headers": {"Content-Type": "application/json"}}, 415, "sent as"),
        ("PUT", {"content": ONE}, 415, "sent as"),
        ("PUT", {"content": REMOTE, "headers": JSON_LD}, 400, "context"),
        ("PUT", {"content": ENTITY, "headers": RDF_XML}, 400, "DOCTYPE"),
        ("PUT", {"content": OWN_GRAPH, "headers": JSON_LD}, 400, "own"),
        ("PUT", {"content": "#" * 1_000_001, "headers": TURTLE}, 413, "1,000,000 bytes"),
        ("PUT", {"content": ONE, "headers": TURTLE, "params": {}}, 400, "names one graph"),
        ("PUT", {"content": ONE, "headers": TURTLE, "params": {"graph": "g"}}, 400, "absolute IRI"),
        ("GET", {"params": {"graph": "http://e/g", "default": ""}}, 400, "names one graph"),
        ("GET", {"params": {"graph": ["http://e/g", "http://e/h"]}}, 400, "names one graph"),
        ("GET", {}, 404, "no graph http://e/g"),
        ("DELETE", {}, 404, "no graph http://e/g"),
        ("PATCH", {"content": ONE}, 405, "PATCH is not done at /store"),
        ("POST", {"files": [("a", ("a", "x", "text/plain"))]}, 415, "a part is sent as"),
        ("POST", {"content": "x", "headers": {"Content-Type": "multipart/form-data"}}, 400, "form"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_a_problem(store, method, sent, status, says):
    client = application(store, upload_megabytes=1)
    client.headers.update(BEARER)
    answer = client.request(method, "/store", **({"params": {"graph": "http://e/g"}} | sent))
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert says in answer.json()["detail"]
    assert store.graphs() == []


# Who may write


WRITES = [
    ("PUT", "/store?graph=http://e/g", {"content": ONE, "headers": TURTLE}),
    ("POST", "/store", {"content": ONE, "headers": TURTLE}),
    ("DELETE", "/store?default", {}),
    ("POST", "/sparql", {"data": {"update": "INSERT DATA { <a:a> <a:a> <a:a> }"}}),
    ("POST", "/sparql", {"content": "CLEAR ALL", "headers": UPDATE}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "sent"), WRITES)
@pytest.mark.parametrize(
    ("kept", "given", "status"),
    [
        (None, None, 403),
        (None, "Bearer ", 403),
        (None, "Bearer None", 403),
        ("", "Bearer ", 403),
        (TOKEN, None, 401),
        (TOKEN, "", 401),
        (TOKEN, "Bearer", 401),
        (TOKEN, f"Bearer {TOKEN}x", 401),
        (TOKEN, f"Bearer {TOKEN[:-1]}", 401),
        (TOKEN, f"Basic {TOKEN}", 401),
        (TOKEN, TOKEN, 401),
        (TOKEN, f"bearer {TOKEN}", 204),
    ],
)
def test_who_has_not_the_token_writes_nothing(store, method, path, sent, kept, given, status):
    client = application(store, write_token=kept)
    named = {"Authorization": given} if given is not None else {}
    answer = client.request(method, path, **(sent | {"headers": sent.get("headers", {}) | named}))
    assert answer.status_code == (
        201 if status == 204 and "content" in sent and path != "/sparql" else status
    )
    assert ("www-authenticate" in answer.headers) == (status == 401)
    if status != 204:
        assert store.graphs() == []


def test_all_may_read(store, writer):
    put(writer, ONE, **NAMED)
    assert held(application(store), **NAMED) == {LINE_ONE}
    told = application(store).options("/store")
    assert told.status_code == 204
    assert "Authorization" in told.headers["access-control-allow-headers"]


def test_two_writers_lose_nothing(shelf):
    def write(number: int) -> None:
        assert put(shelf, ONE.replace("1", str(number)), "POST", **NAMED).status_code in {201, 204}

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(held(shelf, **NAMED)) == 6


# Updates


G, H = "http://e/g", "http://e/h"


@pytest.mark.parametrize("client", ["writer", "shelf"])
def test_an_update_is_one_revision(request, client):
    client = request.getfixturevalue(client)
    put(client, ONE, **NAMED)
    store = client.app.state.store.refreshed()
    before = store.revision
    text = (
        f"INSERT DATA {{ GRAPH <{H}> {{ {TWO} }} }} ; DELETE WHERE {{ GRAPH <{G}> {{ ?s ?p ?o }} }}"
    )
    assert client.post("/sparql", data={"update": text}).status_code == 204
    store = client.app.state.store.refreshed()
    assert store.graphs() == [H]
    assert int(store.revision.partition("-")[0]) == int(before.partition("-")[0]) + 1
    csv = client.get("/sparql", params={"query": "SELECT ?o { ?s ?p ?o }", "format": "csv"})
    assert csv.text.split() == ["o", "2"]
    wrong = client.post("/sparql", data={"update": "INSERT DATA {\n<a:a> <a:a> }"})
    assert (wrong.status_code, wrong.json()["line"]) == (400, 2)


@pytest.mark.parametrize("kind", ["memory", "disk"])
@pytest.mark.parametrize(
    ("text", "using", "expected"),
    [
        ("INSERT DATA { <a:a> <a:p> 1 }", None, {G: 1, H: 1, DEFAULT: 1}),
        ("DELETE DATA { <a:g> <a:p> 1 }", None, {G: 1, H: 1}),
        ("DELETE WHERE { ?s ?p ?o }", None, {G: 1, H: 1}),
        (f"DELETE WHERE {{ GRAPH <{G}> {{ ?s ?p ?o }} }}", None, {H: 1}),
        (f"WITH <{G}> INSERT {{ ?s ?p 2 }} WHERE {{ ?s ?p ?o }}", None, {G: 2, H: 1}),
        (f"CLEAR GRAPH <{G}>", None, {H: 1}),
        (f"COPY <{G}> TO DEFAULT", None, {G: 1, H: 1, DEFAULT: 1}),
        (f"MOVE <{G}> TO <{H}>", None, {H: 1}),
        ("INSERT DATA { <a:a> <a:p> 1 } ; CLEAR DEFAULT", None, {G: 1, H: 1}),
        ("CLEAR DEFAULT", None, {G: 1, H: 1}),
        ("CLEAR ALL", None, {}),
        ("INSERT { ?s ?p 5 } WHERE { ?s ?p ?o }", Chosen((G, H), ()), {G: 1, H: 1, DEFAULT: 2}),
        ("INSERT { ?s ?p 5 } WHERE { ?s ?p ?o }", Chosen((), (G,)), {G: 1, H: 1}),
        (
            "INSERT { ?s ?p 'WHERE' } WHERE { GRAPH ?g { ?s ?p ?o } } # WHERE",
            Chosen((), (G,)),
            {G: 1, H: 1, DEFAULT: 1},
        ),
        (
            f"INSERT DATA {{ GRAPH <{DEFAULT}> {{ <a:a> <a:p> 1 }} }}",
            None,
            {G: 1, H: 1, DEFAULT: 1},
        ),
    ],
)  # fmt: skip
def test_an_update_changes_what_it_names(tmp_path, kind, text, using, expected):
    store = Store.memory() if kind == "memory" else open_store(tmp_path / "store")
    one = ox.Literal(1)
    store.replace(
        {
            name: [ox.Triple(ox.NamedNode(f"a:{name[-1]}"), ox.NamedNode("a:p"), one)]
            for name in (G, H)
        }
    )
    update(store, Update(text, using=using))
    assert {name: len(list(store.quads(name))) for name in store.graphs()} == expected
    merged = {tuple(row) for row in store.select("SELECT * { ?s ?p ?o }").rows}
    named = {tuple(row) for row in store.select("SELECT * { GRAPH ?g { ?s ?p ?o } }").rows}
    assert len(merged) == len({row[-3:] for row in named} if named else named)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("INSERT DATA { GRAPH <http://E/One> { <a:a> <a:p> 2 } }", "http://E/One"),
        ("INSERT DATA { GRAPH <one> { <a:a> <a:p> 2 } }", "http://base/dir/one"),
        ("INSERT DATA { GRAPH <#one> { <a:a> <a:p> 2 } }", "http://base/dir/#one"),
        ("INSERT DATA { GRAPH <../one> { <a:a> <a:p> 2 } }", "http://base/one"),
        ("INSERT DATA { GRAPH <> { <a:a> <a:p> 2 } }", "http://base/dir/"),
        ("BASE <http://e/> INSERT DATA { GRAPH <one> { <a:a> <a:p> 2 } }", "http://e/one"),
        (r"INSERT DATA { GRAPH <http://e/\u006Fne> { <a:a> <a:p> 2 } }", "http://e/one"),
        ("PREFIX e: <http://e/on> CREATE SILENT GRAPH e:e ; CLEAR GRAPH e:e", "http://e/one"),
        (r"PREFIX e: <http://e/> CLEAR GRAPH e:\-one", "http://e/-one"),
        ("PREFIX e: <http://e/one> CLEAR GRAPH e:", "http://e/one"),
        ("PREFIX e: <http://e/> # GRAPH\nWITH e:one.two DELETE{?s ?p 1}WHERE{?s ?p 1}", "http://e/one.two"),
        ("PREFIX : <http://e/> MOVE :one TO :none", "http://e/one"),
        ("DROP NAMED", "http://e/one"),
        ("INSERT { GRAPH # which\n?g { ?s ?p 2 } } WHERE { GRAPH ?g { ?s ?p 1 } }", "http://e/one"),
        ("DELETE { GRAPH $g { ?s ?p 1 } } WHERE { GRAPH $g { ?s ?p 1 } }", "http://e/one"),
        ("INSERT DATA { GRAPH doc:one { <a:a> <a:p> 2 } }", str(iri.document("one"))),
    ],
)  # fmt: skip
def test_what_an_update_writes_is_found_however_it_is_named(tmp_path, text, name):
    store = open_store(tmp_path / "store")
    held = [ox.Triple(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(1))]
    store.replace(dict.fromkeys((name, "http://other/x"), held))
    assert update(store, Update(text, base="http://base/dir/"))
    assert len(list(store.quads(name))) != 1
    assert len(list(store.quads("http://other/x"))) in {0, 1, 2}


def test_what_an_update_cannot_write_is_not_looked_through():
    text = "PREFIX e: <http://e/> INSERT DATA { GRAPH e:one { <a:a> rdf:type e:two. } } # ALL"
    asked = Application(text, None, {}, DEFAULT, endings(text))
    assert [asked.may_write(f"http://e/{name}") for name in ("one", "two", "three")] == [1, 1, 0]
    assert asked.may_write(DEFAULT)


@pytest.mark.parametrize(
    ("text", "using", "says"),
    [
        ("LOAD <http://e/x>", None, "LOAD is refused"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <a:a> { ?s ?p ?o } }", None, "SERVICE is refused"),
        ("CLEAR XYZ", None, "line 1, column 10"),
        ("SELECT * {}", None, "line 1"),
        (f"WITH <{G}> DELETE {{ ?s ?p 1 }} WHERE {{ ?s ?p 1 }}", Chosen((), (G,)), "chosen twice"),
        ("DELETE WHERE { ?s ?p ?o }", Chosen((G,), ()), "DELETE WHERE"),
        ("CLEAR ALL", Chosen(("no iri",), ()), "no IRI"),
    ],
)  # fmt: skip
def test_what_an_update_may_not(store, text, using, says):
    store.replace({G: [ox.Triple(ox.NamedNode("a:a"), ox.NamedNode("a:p"), ox.Literal(1))]})
    revision = store.revision
    with pytest.raises(BadQuery, match=says):
        update(store, Update(text, using=using))
    assert store.revision == revision


def test_an_update_ends_in_time_and_changes_nothing(tmp_path):
    store = open_store(tmp_path / "store")
    nodes = [ox.NamedNode(f"a:{n}") for n in range(300)]
    store.replace({G: [ox.Triple(node, ox.NamedNode("a:p"), ox.Literal(1)) for node in nodes]})
    revision = store.revision
    slow = (
        f"INSERT {{ ?a ?p ?d }} USING <{G}> WHERE {{ ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?t ?h }}"
    )
    with pytest.raises(TookTooLong, match="longer than 1 s"):
        update(store, Update(slow, seconds=1))
    assert open_store(tmp_path / "store").revision == revision
    client = application(open_store(tmp_path / "store"), query_seconds=1)
    assert client.post("/sparql", data={"update": slow}, headers=BEARER).status_code == 504


def test_the_memory_of_an_update_is_what_it_takes_beyond_an_open_store(tmp_path):
    store = open_store(tmp_path / "store")
    small = Update("INSERT DATA { <urn:a> <urn:b> 1 }", megabytes=100)
    assert update(store, small)
    values = " ".join(map(str, range(300)))
    cube = " ".join(f"VALUES {variable} {{ {values} }}" for variable in ("?x", "?y", "?z"))
    large = (
        "INSERT { <urn:c> <urn:d> ?all } WHERE { SELECT (GROUP_CONCAT(CONCAT(STR(?x), STR(?y),"
        f" STR(?z))) AS ?all) {{ {cube} }} }}"
    )
    with pytest.raises(BadQuery, match="more than 100 MB of memory"):
        update(store.refreshed(), Update(large, megabytes=100))
    assert len(list(store.refreshed().quads())) == 1
