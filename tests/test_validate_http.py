"""POST /validate: the same report as on the command line; hostile uploads are refused in words."""

from __future__ import annotations

import gzip
import io
import json
import os
import time
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from rdflib import SH, Graph

from pursuant.store import Store
from pursuant_api import create_app
from pursuant_api.settings import Settings

PREFIXES = """@prefix unct: <https://w3id.org/unct/ontology#> .
@prefix e: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
DATA = PREFIXES + 'e:x a unct:Resolution ;\n  unct:symbol "A/RES/99/<b>1" .\n'
BOMB = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY a "aaaaaaaaaa">%s]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="u:x">
<e:p xmlns:e="u:">&z;</e:p></rdf:Description></rdf:RDF>"""
LAUGHS = "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghij", "bcdefghijz", strict=True)
)
FETCHING = '<!ENTITY z SYSTEM "file:///etc/passwd">'
CONTEXT = '{"@context": "http://example.org/context", "@id": "u:x", "name": "x"}'
TURTLE = {"Content-Type": "text/turtle"}


def served(seconds: float) -> TestClient:
    """Generous where a test is not about time: a busy machine takes many times longer."""
    settings = Settings(
        try_megabytes=2, try_seconds=seconds, try_memory_megabytes=300, try_triples=20_000
    )
    return TestClient(create_app(Store.memory(), settings))


@pytest.fixture(scope="module")
def client():
    with served(60) as client:
        yield client


@pytest.fixture(scope="module")
def hurried():
    with served(2) as client:
        yield client


def shaped(shape: str) -> dict[str, tuple[str, str]]:
    return {"data": ("d.ttl", DATA), "shapes": ("s.ttl", PREFIXES + shape)}


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../x", content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("path", "accept", "media"),
    [
        ("/validate", "application/json", "application/json"),
        ("/validate", "text/turtle", "text/turtle; charset=utf-8"),
        ("/validate", "text/plain", "text/plain; charset=utf-8"),
        ("/validate", "text/html", "text/html; charset=utf-8"),
        ("/validate?format=json", "text/html", "application/json"),
        ("/validate?format=turtle&lang=zh", "*/*", "text/turtle; charset=utf-8"),
        ("/validate?format=table&lang=zh", "*/*", "text/plain; charset=utf-8"),
        ("/validate?format=html&lang=zh", "*/*", "text/html; charset=utf-8"),
    ],
)
def test_forms(client, path, accept, media):
    answer = client.post(path, content=DATA, headers=TURTLE | {"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    if "json" in media:
        report = answer.json()
        assert report["counts"]["Violation"] == 3
        assert {finding["line"] for finding in report["findings"]} == {4, 5}
    if "turtle" in media:
        graph = Graph().parse(data=answer.text, format="turtle")
        assert len(list(graph.objects(None, SH.result))) == 3
    if "plain" in media:
        assert "body:5  " in answer.text
    if "html" in media:
        assert "A/RES/99/&lt;b&gt;1" in answer.text
        assert '<span class="severity violation">' in answer.text
        assert "<script" not in answer.text
    assert ("文号" in answer.text) == ("zh" in path or "turtle" in media)


SAMES = [
    ("text/turtle", '<u:x> <u:p> "1" .'),
    ("application/trig", '<u:g> { <u:x> <u:p> "1" . }'),
    ("application/n-triples", '<u:x> <u:p> "1" .'),
    ("application/n-quads", '<u:x> <u:p> "1" <u:g> .'),
    ("application/rdf+xml", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="u:"><rdf:Description rdf:about="u:x" u:p="1"/></rdf:RDF>'),
    ("application/ld+json", '{"@id": "u:x", "u:p": "1"}'),
    ("application/json", '[{"@id": "u:x", "u:p": "1"}]'),
]  # fmt: skip
SHAPE = "e:S a sh:NodeShape ; sh:targetSubjectsOf <u:p> ; sh:property [ sh:path <u:p> ; sh:maxLength 0 ] ."


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(("kind", "text"), SAMES)
def test_syntaxes_by_name_or_by_how_they_begin(client, kind, text, named):
    data = ("file", text, kind) if named else ("file", text, "application/octet-stream")
    files = {"data": data, "shapes": ("s.ttl", PREFIXES + SHAPE)}
    report = client.post("/validate?format=json", files=files).json()
    assert [f["value"] for f in report["findings"]] == ["1"]


def test_a_form_without_files(client):
    typed = {"data-text": DATA.replace("\n", "\r\n"), "data-syntax": "turtle", "shapes-text": ""}
    for sent in ({"data": typed}, {"data": typed, "files": {"data": ("", b"")}}):
        page = client.post("/validate", headers={"Accept": "text/html"}, **sent)
        assert page.status_code == 200
        assert "text:5" in page.text


@pytest.mark.parametrize(("lang", "words"), [("en", "Check data"), ("zh", "检查数据")])
def test_the_page(client, lang, words):
    page = client.get(f"/validate?lang={lang}")
    assert page.status_code == 200
    assert f"<h1>{words}</h1>" in page.text
    assert "<script" not in page.text


CYCLE = "e:S a sh:NodeShape ; sh:targetClass unct:Resolution ; sh:node e:S2 . e:S2 a sh:NodeShape ; sh:node e:S ; sh:not e:S2 ."
REFUSED = [
    ("nothing", {"content": "  "}, 400, "nothing was sent"),
    ("no form", {"content": "x", "headers": {"Content-Type": "multipart/form-data"}}, 400, "form cannot be read"),
    ("a form without data", {"data": {"shapes-text": "y"}}, 400, "nothing was sent"),
    ("a part that there is not", {"data": {"data-txt": "y"}}, 400, "there is no part 'data-txt'; there are data, "),
    ("malformed", {"content": "<u:x> <u:p> .", "headers": TURTLE}, 422, "body, line 1: "),
    ("no UTF-8", {"content": b"\xff\xfe\x00", "headers": TURTLE}, 422, "UTF-8"),
    ("huge", {"content": b"# " + b"x" * 2_000_001}, 413, "more than 2 MB were sent"),
    ("huge, without its length", {"content": iter([b"#" * 1_000_000] * 3)}, 413, "more than 2 MB were sent"),
    ("many triples", {"content": "".join(f"<u:{i}> a <u:c> .\n" for i in range(20_001))}, 422, "more than 20,000 triples"),
    ("gzip", {"content": gzip.compress(b"x" * 10_000_000)}, 415, "compressed (gzip)"),
    ("a coding of HTTP", {"content": gzip.compress(DATA.encode()), "headers": TURTLE | {"Content-Encoding": "gzip"}}, 415, "compressed (gzip)"),
    ("zip", {"files": {"data": ("../../x", zipped(b"x" * 50_000_000))}}, 415, "x is compressed (zip)"),
    ("a billion laughs", {"content": BOMB % LAUGHS}, 422, "a DOCTYPE is refused"),
    ("an entity from outside", {"content": BOMB % FETCHING}, 422, "a DOCTYPE is refused"),
    ("an entity bomb in UTF-16", {"content": (BOMB % LAUGHS).encode("utf-16"), "headers": {"Content-Type": "application/rdf+xml"}}, 422, "a DOCTYPE is refused"),
    ("a context from outside", {"content": CONTEXT}, 422, "the context http://example.org/context is not in the file"),
    ("deep JSON", {"content": "[" * 500_000, "headers": {"Content-Type": "application/ld+json"}}, 422, ""),
    ("deep Turtle", {"content": "<u:x> <u:p> " + "[ <u:p> " * 200_000}, 422, ""),
    ("a list that is a ring", {"files": shaped("e:S a sh:NodeShape ; sh:targetClass unct:Resolution ; sh:in _:l . _:l <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> 1 ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:l .")}, 422, "no well-formed list"),
    ("a path that is a ring", {"files": shaped("e:S a sh:PropertyShape ; sh:targetClass unct:Resolution ; sh:path _:p ; sh:minCount 1 . _:p sh:inversePath _:p .")}, 422, "no well-formed path"),
    ("SERVICE", {"files": shaped('e:S a sh:NodeShape ; sh:targetClass unct:Resolution ; sh:sparql [ sh:select "SELECT $this WHERE { SERVICE <http://127.0.0.1/> { $this ?p ?o } }" ] .')}, 422, "SERVICE"),
    ("a query that fills the memory", {"files": {"data": ("d", "".join(f"<u:{i}> <u:p> {i} .\n" for i in range(2000))), "shapes": ("s", PREFIXES + 'e:S a sh:NodeShape ; sh:targetSubjectsOf <u:p> ; sh:sparql [ sh:select "SELECT $this (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?value) WHERE { $this ?p ?o . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY $this" ] .')}}, 422, "memory"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "status", "words"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_is_refused(client, sent, status, words):
    refused(client, sent, status, words)


def refused(client, sent, status, words):
    began = time.monotonic()
    answer = client.post(
        "/validate", headers={"Accept": "application/json"} | sent.pop("headers", {}), **sent
    )
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = json.loads(answer.text)
    assert problem["status"] == status
    assert words in problem["detail"]
    assert "\n" not in problem["detail"]
    assert "/work" not in problem["detail"]
    assert time.monotonic() - began < 60
    assert client.get("/healthz").status_code == 200


ENDLESS = [
    ("a pattern that explodes", {"files": {"data": ("d", f'<u:x> <u:p> "{"a" * 60}!" .'), "shapes": ("s", PREFIXES + 'e:S a sh:PropertyShape ; sh:targetSubjectsOf <u:p> ; sh:path <u:p> ; sh:pattern "^(?=a)(a+)+$" .')}}),
    ("a query without end", {"files": {"data": ("d", "".join(f"<u:{i}> <u:p> {i} .\n" for i in range(2000))), "shapes": ("s", PREFIXES + 'e:S a sh:NodeShape ; sh:targetSubjectsOf <u:p> ; sh:sparql [ sh:select "SELECT $this WHERE { $this ?p ?o . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c + ?f + ?i < 0) }" ] .')}}),
]  # fmt: skip


@pytest.mark.parametrize("sent", [r[1] for r in ENDLESS], ids=[r[0] for r in ENDLESS])
def test_what_takes_too_long_is_ended(hurried, sent):
    refused(hurried, sent, 422, "more than 2 seconds")


@pytest.mark.parametrize(
    "shape",
    [
        CYCLE,
        "e:S a sh:NodeShape ; sh:targetClass unct:Resolution ; sh:property e:P . e:P a sh:PropertyShape ; sh:path e:n ; sh:node e:S .",
    ],
)
def test_shapes_that_refer_to_themselves_are_answered(client, shape):
    answer = client.post("/validate", files=shaped(shape), headers={"Accept": "application/json"})
    assert answer.status_code in (200, 422), answer.text
    if answer.status_code == 200:
        assert answer.json()["shapes"][0]["engine"] == "pySHACL"


def test_lists_in_the_data_that_are_rings(client):
    data = (
        DATA
        + "_:l <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> 1 ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:l ; a unct:Resolution ."
    )
    assert client.post("/validate?format=json", content=data, headers=TURTLE).status_code == 200


def test_data_that_no_shape_concerns_are_not_called_right(client):
    data = "<urn:a> <urn:b> <urn:c> ."
    page = client.post("/validate", content=data, headers={"Accept": "text/html"} | TURTLE)
    assert "None of the shapes concerns these data" in page.text
    page = client.post("/validate", content=DATA, headers={"Accept": "text/html"} | TURTLE)
    assert "None of the shapes concerns these data" not in page.text


def test_a_refusal_on_the_page(client):
    page = client.post("/validate", content="<u:x>", headers={"Accept": "text/html"} | TURTLE)
    assert page.status_code == 422
    assert '<span lang="en">what was sent: body, line 1' in page.text
    assert "<strong>not checked</strong>" in page.text
    assert "<form" in page.text


def test_names_are_for_people_alone(client):
    files = {"data": ("../../etc/x.ttl", DATA)}
    report = client.post("/validate?format=json", files=files).json()
    assert {finding["source"] for finding in report["findings"]} == {"x.ttl"}


@pytest.mark.parametrize("path", ["/validate?format=pdf", "/validate?form=json"])
def test_what_cannot_be_asked(client, path):
    assert client.post(path, content=DATA, headers=TURTLE).status_code == 400


def test_one_more_is_told_to_come_back():
    app = create_app(Store.memory(), Settings(tries=1))
    with TestClient(app) as client:
        app.state.sandbox._free = 0
        answer = client.post("/validate", content=DATA, headers=TURTLE)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_the_processes_are_gone_and_the_memory_is_back(client):
    def held():
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    client.post("/validate", content=DATA, headers=TURTLE)
    before = held()
    for _ in range(5):
        text = "".join(f"<u:{i}> a <u:c> .\n" for i in range(15_000))
        assert client.post("/validate?format=json", content=text).status_code == 200
    assert held() - before < 30_000_000
