from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import uvicorn
from fastapi.testclient import TestClient

import pursuant_api
from pursuant import held
from pursuant.document import Mandate, Mention
from pursuant.errors import BadData
from pursuant.extracting import extract
from pursuant.paths import DATA
from pursuant.store import Store, open_store
from pursuant_api import create_app
from pursuant_api.negotiation import preferred
from pursuant_api.things import question

if TYPE_CHECKING:
    from httpx2 import Response

SOURCE = DATA / "sources" / "e-res-2019-21.zh.txt"
DOC = "/documents/e-res-2019-21"
PROBLEM = "application/problem+json"


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
    with TestClient(create_app(open_store(tmp_path))) as client:
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
        ("/id/expression/e-res-2019-21.zh", f"{DOC}?text=zh", 303),
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
    for sent in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        again = client.get(path, headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    in_chinese = client.get(path, headers={"Accept-Language": "zh-CN"})
    assert in_chinese.headers["etag"] != tag
    assert "Accept-Language" in first.headers["vary"]


def test_a_page_is_compressed_for_those_who_take_it(client):
    taken = client.get(DOC, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    plain = client.get(DOC, headers={"Accept": "text/html", "Accept-Encoding": "identity"})
    assert taken.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in taken.headers["vary"]
    assert taken.text == plain.text


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


@pytest.mark.parametrize("name", ["things_said", "terms"])
def test_each_query_says_what_it_asks_and_finds_something(shipped: Store, name):
    assert question(name).startswith("# ")
    assert question(name).splitlines()[0].endswith("?")
    assert len(shipped.select(question(name)))
