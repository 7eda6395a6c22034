from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest

from pursuant import exporting
from pursuant.content import by_graph
from pursuant.errors import PursuantError
from pursuant.iri import UNCT
from pursuant.rdf_formats import RDF_FORMATS
from pursuant.store import Store

SMALL = Path(__file__).parent / "data" / "small.trig"


@pytest.fixture(scope="module")
def store():
    return Store.memory(by_graph(ox.parse(path=SMALL)))


def test_documents_cite_instruments_and_groups_but_not_themselves(store):
    network = exporting.citation_network(store)
    assert dict(network.edges) == {
        ("A/RES/90/1", "S/RES/9001 (2050)"): {"functions": "recall", "weight": 1},
        ("A/RES/90/1", "charter-of-lamps"): {"functions": "recall; request; stress", "weight": 3},
        ("A/RES/90/1", "lamp-instruments"): {"functions": "stress", "weight": 1},
        ("A/RES/90/2", "charter-of-lamps"): {"functions": "welcome", "weight": 1},
    }
    assert network.nodes["charter-of-lamps"] == {
        "label": "Charter of Lamps",
        "type": "Convention",
        "iri": "https://w3id.org/unct/id/doc/charter-of-lamps",
        "year": 1950,
    }
    assert network.nodes["A/RES/90/1"]["symbol"] == "A/RES/90/1"
    assert network.nodes["lamp-instruments"]["type"] == "InstrumentGroup"


def test_paragraphs_cite_with_their_function(store):
    network = exporting.citation_network(store, "paragraph", language="zh")
    edge = network.edges["A/RES/90/1 op2-a", "charter-of-lamps"]
    assert edge == {"functions": "request", "weight": 1}
    assert network.nodes["A/RES/90/1 op2-a"]["type"] == "TextUnit"
    assert network.nodes["charter-of-lamps"]["label"] == "灯火宪章"
    assert network.number_of_edges() == 6


READERS = {
    "graphml": lambda data: nx.parse_graphml(data.decode()),
    "gexf": lambda data: nx.read_gexf(io.BytesIO(data)),
    "gml": lambda data: nx.parse_gml(data.decode()),
    "pajek": lambda data: nx.parse_pajek(data.decode()),
    "cytoscape": lambda data: nx.cytoscape_graph(json.loads(data)),
}


@pytest.mark.parametrize("level", ["document", "paragraph"])
@pytest.mark.parametrize("form", READERS)
def test_networks_read_back(store, form, level):
    network: Any = exporting.citation_network(store, level)
    read: Any = READERS[form](exporting.citations(store, form, level))
    assert set(read.nodes) == set(network.nodes)
    assert {edge[:2] for edge in read.edges} == set(network.edges)
    weights = {edge[:2]: int(edge[2]) for edge in read.edges(data="weight")}
    assert weights == {edge[:2]: edge[2] for edge in network.edges(data="weight")}


def test_labels_survive_in_gephi_formats(store):
    gexf = nx.read_gexf(io.BytesIO(exporting.citations(store, "gexf", language="zh")))
    assert gexf.nodes["charter-of-lamps"]["label"] == "灯火宪章"
    gml = nx.parse_gml(exporting.citations(store, "gml", language="zh").decode())
    assert gml.nodes["charter-of-lamps"]["title"] == "灯火宪章"
    assert b"lastmodifieddate" not in exporting.citations(store, "gexf")


def test_dot_quotes_what_it_must(store):
    dot = exporting.citations(store, "dot").decode()
    assert '"A/RES/90/2" -> "charter-of-lamps" [functions="welcome", weight="1"];' in dot
    assert exporting._quoted('a "b" \\\n c') == '"a \\"b\\" \\\\ c"'


def test_csv_has_a_line_for_each_citation(store):
    rows = list(csv.reader(io.StringIO(exporting.citations(store, "csv").decode())))
    assert rows[0] == ["citing", "unit", "cited", "function", "via", "exact"]
    expected = ["A/RES/90/1", "op2-a", "charter-of-lamps", "request", "anaphora", "the Charter"]
    assert rows[4] == expected or expected in rows
    assert len(rows) == 7


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_rdf_reads_back_whole(store, form):
    engine = RDF_FORMATS[form]
    parsed = list(ox.parse(exporting.graph(store, form), engine))
    if engine.supports_datasets:
        assert set(parsed) == set(store.quads())
    else:
        assert {q.triple for q in parsed} == {q.triple for q in store.quads()}


def test_citations_as_rdf_hold_citations_evidence_and_shortcuts(store):
    triples = list(ox.parse(exporting.citations(store, "turtle"), ox.RdfFormat.TURTLE))
    used = {t.predicate.value.removeprefix(str(UNCT)) for t in triples}
    assert {"cited", "statedIn", "via", "documentCites", "cites", "symbol"} <= used
    assert "addressee" not in used


def test_mandates_are_written_in_each_format(store):
    assert b"A/RES/90/1,op2,request,lamp-office" in exporting.mandates(store, "csv")
    assert json.loads(exporting.mandates(store, "json"))[0]["addressees"] == ["lamp-office"]
    assert exporting.mandates(store, "xlsx").startswith(b"PK")
    assert b"unct:reviews" in exporting.mandates(store, "turtle")


def test_unknown_format_is_said(store):
    with pytest.raises(PursuantError, match="'png' is not a format for this; choose turtle"):
        exporting.citations(store, "png")


SCRIPT = """
import hashlib, sys, time
import pyoxigraph as ox
from pursuant import exporting
from pursuant.content import by_graph
from pursuant.rdf_formats import RDF_FORMATS, format_name
from pursuant.store import Store
quads = list(ox.parse(path=sys.argv[1]))
store = Store.memory(by_graph(reversed(quads) if sys.argv[2] == "1" else quads))
for what, forms in exporting.FORMATS.items():
    for form in forms:
        data = getattr(exporting, what)(store, form)
        print(what, form, hashlib.sha256(data).hexdigest())
"""


def test_bytes_are_the_same_in_every_process():
    def hashes(seed: str) -> str:
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}
        command = [sys.executable, "-c", SCRIPT, str(SMALL), seed]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return run.stdout

    first = hashes("1")
    assert len(first.splitlines()) == 28
    assert hashes("2") == hashes("3") == first
