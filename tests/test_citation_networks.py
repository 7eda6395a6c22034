"""Citation networks over HTTP: what the command line gives, within bounds."""

from __future__ import annotations

import io
import threading
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from fastapi.testclient import TestClient

from pursuant import networks
from pursuant.networks import FORMS
from pursuant.store import Store
from pursuant_api import citation_networks, create_app, headers

CHOICES: list[dict[str, Any]] = [
    {},
    {"level": "paragraph", "function": "legal-obligation", "measures": "all"},
    {"ego": "crc", "steps": "2", "measures": "pagerank,hits"},
    {"body": ["ecosoc", "ga"], "year_from": "2019", "topic": "technical-assistance"},
]


@pytest.mark.parametrize("chosen", CHOICES)
@pytest.mark.parametrize("form", [form for form in FORMS if form != "svg"])
def test_what_is_given_is_what_the_library_gives(client, shipped, form, chosen):
    if not FORMS[form].is_measured:
        chosen = {name: value for name, value in chosen.items() if name != "measures"}
    answer = client.get(f"/citations.{FORMS[form].suffix}", params=chosen)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == FORMS[form].media
    asked = {k: int(v) if k in ("steps", "year_from") else v for k, v in chosen.items()}
    output = io.BytesIO()
    networks.write(networks.subject(shipped, networks.choice_of(**asked)), form, output)
    assert answer.content == output.getvalue()


MEASURED = "graphml, gexf, gml, dot, cytoscape, json, zip"


@pytest.mark.parametrize("form", [form for form in FORMS if not FORMS[form].is_measured])
def test_measures_are_never_dropped_in_silence(client, form):
    answer = client.get(f"/citations.{FORMS[form].suffix}?measures=in-degree&ego=crc")
    assert (answer.status_code, answer.json()["detail"]) == (
        404,
        f"{form} has no place for measures; leave them out, or choose {MEASURED}",
    )
    page = client.get("/citations.html?measures=in-degree&ego=crc").text
    assert f'href="/citations.{FORMS[form].suffix}?ego=crc"' in page
    assert 'href="/citations.gexf?measures=in-degree&amp;ego=crc"' in page


def test_a_citation_in_several_languages_counts_once(shipped, monkeypatch):
    quads = list(shipped.quads())
    graph = next(quad.graph_name for quad in quads if "e-res-2019-21.zh" in str(quad.graph_name))
    again = [quad.triple for quad in quads if quad.graph_name == graph]
    given = {name: [q.triple for q in shipped.quads(name)] for name in shipped.graphs()}
    for language in ("en", "fr"):
        given[str(graph.value).removesuffix("zh") + language] = again
    held = Store.memory(given)
    network = networks.network(held, level="paragraph")
    monkeypatch.setattr(citation_networks, "MOST_CITATIONS", network.number_of_edges())
    several = TestClient(create_app(held))
    assert several.get("/citations.gexf").status_code == 200
    assert several.get("/citations.gexf?level=paragraph").status_code == 200
    monkeypatch.setattr(citation_networks, "MOST_CITATIONS", network.number_of_edges() - 1)
    answer = several.get("/citations.gexf")
    assert (answer.status_code, "has more than" in answer.json()["detail"]) == (400, True)


def test_names_of_forms_are_suffixes_too(client):
    assert client.get("/citations.bibtex").content == client.get("/citations.bib").content


def test_programs_get_json_and_people_a_page(client):
    network = nx.node_link_graph(client.get("/citations").json(), edges="edges")
    assert network.edges["E/RES/2019/21", "crc"]["functions"] == "legal-obligation"
    page = client.get("/citations", headers={"Accept": "text/html"})
    assert client.get("/citations.html").status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<a href="/instruments/un-charter">Charter of the United Nations</a>' in page.text
    assert '<script src="/static/vendor/cytoscape-3.34.4.min.js" defer>' in page.text
    for form in FORMS.values():
        assert f'href="/citations.{form.suffix}"' in page.text


def test_only_the_page_of_the_network_may_run_scripts(client):
    allowed = client.get("/citations.html").headers["Content-Security-Policy"]
    assert allowed == f"{headers.POLICY}; script-src 'self'; connect-src 'self'"
    assert client.get("/mandates").headers["Content-Security-Policy"] == headers.POLICY


def test_what_the_page_needs_is_served_with_its_licence(client):
    for name in ("network.js", "network.css", "vendor/cytoscape-3.34.4.min.js"):
        assert client.get(f"/static/{name}").status_code == 200
    licence = client.get("/static/vendor/cytoscape-3.34.4.LICENSE").text
    assert "Permission is hereby granted, free of charge" in licence


def test_the_page_in_chinese_of_paragraphs(client):
    page = client.get("/citations.html?lang=zh&level=paragraph&function=recall").text
    assert "段落援引文件" in page
    assert '<option value="paragraph" selected>' in page
    assert 'href="/citations.gexf?lang=zh&amp;level=paragraph&amp;function=recall"' in page


def test_pages_of_nothing_and_of_too_much(client, monkeypatch):
    assert "No citations are like that." in client.get("/citations.html?year_to=1900").text
    monkeypatch.setattr("pursuant_api.network_page.DRAWN", 3)
    page = client.get("/citations.html").text
    assert "too large to be drawn here" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("?level=x", 400, "there is no level 'x'; choose document"),
        ("?yearfrom=2", 400, "has no parameter 'yearfrom'; did you mean year_from"),
        ("?year_from=x", 400, "year_from is a whole number, not 'x'"),
        ("?year_from=9999999", 400, "year_from is a whole number"),
        ("?steps=99", 400, "steps are 0 to 20, not 99"),
        ("?steps=1&steps=2", 400, "the parameter steps is given more than once"),
        ("?measures=pagerang", 400, "did you mean pagerank"),
        ("?ego=zzz", 404, "no instrument is called 'zzz'"),
        ("?function=recal", 404, "did you mean recall"),
        (".png", 404, "nothing is at /citations.png; there is .graphml, .gexf"),
    ],
)
def test_bad_arguments_are_problems(client, query, status, said):
    answer = client.get(f"/citations{query}")
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert said in answer.json()["detail"]
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_asker_who_has_it_is_told(client):
    tag = client.get("/citations.gexf").headers["ETag"]
    assert client.get("/citations.gexf", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/citations.gexf?lang=zh").headers["ETag"] != tag


def test_what_would_cost_too_much_is_refused(client, monkeypatch):
    monkeypatch.setattr(citation_networks, "MOST_EDGES", 10)
    answer = client.get("/citations.json?measures=betweenness,pagerank,communities")
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(
        "betweenness, communities is worked out here for networks of at most 10 edges"
    )
    assert client.get("/citations.json?measures=pagerank,in-degree,hits").status_code == 200
    assert client.get("/citations.json?measures=all&ego=crc").status_code == 200
    monkeypatch.setattr(citation_networks, "MOST_CITATIONS", 10)
    answer = client.get("/citations.gexf")
    assert answer.json()["detail"] == "the network has more than 10 citations; choose a part of it"


def test_one_network_is_worked_out_at_a_time(client, monkeypatch):
    monkeypatch.setattr(citation_networks, "_PATIENCE", 0.05)
    with citation_networks._WORKING:
        answer = client.get("/citations.gexf?level=paragraph")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    monkeypatch.setattr(citation_networks, "_WAITING", threading.BoundedSemaphore(1))
    with citation_networks._WAITING:
        assert client.get("/citations.gexf?level=paragraph").status_code == 503
    assert client.get("/citations.gexf?level=paragraph").status_code == 200


def test_a_drawing(client, monkeypatch):
    answer = client.get("/citations.svg?ego=crc")
    if answer.status_code == 200:
        assert ET.fromstring(answer.text).tag == "{http://www.w3.org/2000/svg}svg"
    monkeypatch.setenv("PATH", "/nowhere")
    answer = client.get("/citations.svg?ego=crc-opac")
    assert answer.status_code == 400
    assert "Graphviz, which is not installed" in answer.json()["detail"]


@pytest.mark.parametrize("language", ["", "?lang=zh"])
def test_an_instrument_leads_to_the_network_round_it(client, language):
    shown = client.get(f"/instruments/crc{language}", headers={"Accept": "text/html"}).text
    address = f"/citations{language}{'&amp;' if language else '?'}ego=crc"
    assert f'href="{address}"' in shown
    found = client.get(address.replace("&amp;", "&"), headers={"Accept": "application/json"}).json()
    assert {node["id"] for node in found["nodes"]} == {"crc", "E/RES/2019/21"}
