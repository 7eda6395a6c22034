"""Every IRI of the data leads to a page and to data that tell of it; others are not found."""

from __future__ import annotations

import warnings
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from lxml import html
from rdflib import Graph, URIRef

from pursuant.building import document_graphs
from pursuant.document import Paragraph, Part
from pursuant.iri import ID
from pursuant.store import Store
from pursuant_api import create_app
from tests.conftest import ENGLISH, composed

DOC = "/documents/e-res-2019-21"
OWN = "/id/doc/e-res-2019-21"
SUFFIXES = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
}
READERS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
THINGS = {
    OWN: (DOC, f"{DOC}.ttl"),
    f"{OWN}/draft": (DOC, f"{DOC}.ttl"),
    f"{OWN}/op24": (f"{DOC}#op24", f"{DOC}/op24.ttl"),
    f"{OWN}/pp3": (f"{DOC}#pp3", f"{DOC}/pp3.ttl"),
    f"{OWN}/fn8": (f"{DOC}#fn8", f"{DOC}/fn8.ttl"),
    f"{OWN}/op24-cit-crc": (f"{DOC}#op24", f"{DOC}/op24.ttl"),
    f"{OWN}/op24-cit-crc-ev1": (f"{DOC}#op24", f"{DOC}/op24.ttl"),
    f"{OWN}/op24-man1": (f"{DOC}#op24", f"{DOC}/op24.ttl"),
    f"{OWN}/op24-man1-ev1": (f"{DOC}#op24", f"{DOC}/op24.ttl"),
    f"{OWN}/op24-rev": (f"{DOC}#op24", f"{DOC}/op24.ttl"),
    "/id/expression/e-res-2019-21.zh": (f"{DOC}?text=zh", f"{DOC}.ttl?text=zh"),
    "/id/doc/crc": ("/instruments/crc", "/instruments/crc.ttl"),
    "/id/doc/a-res-60-288": ("/instruments/a-res-60-288", "/instruments/a-res-60-288.ttl"),
    "/id/group/ct-conventions": (
        "/instruments/ct-conventions",
        "/instruments/ct-conventions.ttl",
    ),
    "/id/entity/unodc": ("/entities/unodc", "/entities/unodc.ttl"),
    "/id/graph/register": ("/store/register?format=html", "/store/register?format=turtle"),
    "/id/graph/e-res-2019-21.zh": (
        "/store/e-res-2019-21.zh?format=html",
        "/store/e-res-2019-21.zh?format=turtle",
    ),
}


def led(client, path: str, accept: str) -> str:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 303, answer.text
    assert answer.headers["vary"].startswith("Accept, Accept-Language")
    return str(answer.headers["location"])


def parsed(data: bytes, suffix: str) -> Graph:
    with warnings.catch_warnings():  # rdflib's own use of what it deprecates
        warnings.simplefilter("ignore", DeprecationWarning)
        return Graph().parse(data=data, format=READERS[suffix])


@pytest.mark.parametrize(("path", "leads_to"), [(p, page) for p, (page, _) in THINGS.items()])
def test_people_are_led_to_a_page(client, path, leads_to):
    location = led(client, path, BROWSER)
    assert location == leads_to
    target, _, place = location.partition("#")
    answer = client.get(target, headers={"Accept": BROWSER})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert not place or html.document_fromstring(answer.content).xpath("//*[@id=$id]", id=place)


@pytest.mark.parametrize(("path", "leads_to"), [(p, data) for p, (_, data) in THINGS.items()])
def test_programs_are_led_to_data_that_tell_of_the_thing(client, path, leads_to):
    location = led(client, path, "text/turtle")
    assert location == leads_to
    told = parsed(client.get(location, headers={"Accept": "text/turtle"}).content, "ttl")
    thing = URIRef(str(ID) + path.removeprefix("/id/"))
    assert path.startswith("/id/graph/r") or (thing, None, None) in told


@pytest.mark.parametrize("media", SUFFIXES)
@pytest.mark.parametrize("path", [f"{OWN}/op24", "/id/doc/crc", "/id/entity/unodc"])
def test_each_syntax_tells_the_same(client, path, media):
    location = led(client, path, media)
    assert location.endswith(f".{SUFFIXES[media]}")
    answer = client.get(location)
    assert answer.headers["content-type"].startswith(media)
    first = parsed(client.get(led(client, path, "text/turtle")).content, "ttl")
    assert set(parsed(answer.content, SUFFIXES[media])) == set(first)
    assert client.get(location).content == answer.content


def test_json_is_ours_and_the_source_is_told_of_by_what_was_read_from_it(client, shipped):
    assert led(client, f"{OWN}/op24", "application/json") == f"{DOC}/op24.json"
    [[source]] = shipped.select("SELECT ?s { ?s unct:sourceHash ?h }").rows
    assert led(client, str(source).removeprefix("https://w3id.org/unct"), "text/turtle") == (
        f"{DOC}.ttl"
    )


def test_where_any_form_will_do_the_address_negotiates(client):
    assert led(client, f"{OWN}/op24?lang=zh", "*/*") == f"{DOC}/op24?lang=zh"
    assert led(client, f"{OWN}/op24?lang=zh", BROWSER) == f"{DOC}?lang=zh#op24"
    assert led(client, "/id/expression/e-res-2019-21.zh?lang=en", "*/*") == (
        f"{DOC}?text=zh&lang=en"
    )
    assert led(client, f"{OWN}/op24", "text/turtle;q=0.3, application/ld+json") == (
        f"{DOC}/op24.jsonld"
    )


@pytest.mark.parametrize(
    "path",
    [
        "/id/doc/a-res-90-999",
        f"{OWN}/op99",
        f"{OWN}/op24-cit-untoc",
        f"{OWN}/op24-man9",
        "/id/entity/nobody",
        "/id/group/",
        "/id/graph/none",
        "/id/source/1234",
        "/id/expression/e-res-2019-21.fr",
        "/id/doc/crc.ttl",
        "/id/doc/a%20b",
        "/id/doc/%3E%20%3Fp%20%3Fo%20%7D%20%23",
        "/id/",
    ],
)
def test_what_is_not_held_is_not_found(client, path):
    answer = client.get(path, headers={"Accept": "text/turtle, application/json;q=0.5"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "nothing is called https://w3id.org/unct/id/" in answer.json()["detail"]


def test_a_form_that_there_is_not_is_refused(client):
    answer = client.get(OWN, headers={"Accept": "image/png"})
    assert answer.status_code == 406


def test_headings_and_annexes_have_names_that_nobody_types(shipped):
    whole = composed("en", ENGLISH)
    heading = Paragraph("h1", Part.OPERATIVE, None, 1, "Of lamps")
    annex = Paragraph("annex-ii-1", Part.ANNEX, "1", 1, "Lamps are lit.")
    graphs = document_graphs(replace(whole, paragraphs=(heading, *whole.paragraphs, annex)))
    store = Store.memory({str(name): graph for name, graph in graphs.items()})
    client = TestClient(create_app(store), follow_redirects=False)
    for unit in ("h1", "annex-ii-1", "op1-a"):
        assert led(client, f"/id/doc/a-res-90-1/{unit}", BROWSER).endswith(f"#{unit}")
        location = led(client, f"/id/doc/a-res-90-1/{unit}", "application/n-triples")
        assert f"<https://w3id.org/unct/id/doc/a-res-90-1/{unit}>" in client.get(location).text


def test_every_thing_that_a_document_names_leads_somewhere(client, shipped):
    said = {
        str(quad.subject).strip("<>")
        for name in shipped.graphs()
        if name.endswith(("e-res-2019-21.zh", "e-res-2019-21.review"))
        for quad in shipped.quads(name)
    }
    own = sorted(iri for iri in said if iri.startswith(str(ID)))
    assert len(own) > 200
    for iri in own[::9]:
        location = led(client, iri.removeprefix("https://w3id.org/unct"), "application/n-triples")
        told = client.get(location).text
        assert f"<{iri}>" in told, iri
