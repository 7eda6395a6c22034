"""Each form of the citation network, read back by a reader that is not ours."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pyoxigraph as ox
import pytest
import rdflib
import rispy
from lxml import etree
from pybtex.database import parse_string

from pursuant import networks
from pursuant.content import by_graph
from pursuant.errors import BadArgument, PursuantError
from pursuant.networks import bibliographies, drawing
from pursuant.networks.columns import Network, Stream, stream_of
from pursuant.networks.plain_forms import write_dot
from pursuant.networks.xml_forms import write_gexf, write_graphml
from pursuant.rdf_formats import RDF_FORMATS
from pursuant.store import Store

DATA = Path(__file__).parent / "data"
SMALL = DATA / "small.trig"
CITO = rdflib.Namespace("http://purl.org/spar/cito/")
DOC = rdflib.Namespace("https://w3id.org/unct/id/doc/")
UNCT = rdflib.Namespace("https://w3id.org/unct/ontology#")
LEVELS = ("document", "paragraph", "paragraph-to-paragraph")


@pytest.fixture(scope="module")
def store():
    return Store.memory(by_graph(ox.parse(path=SMALL)))


def given(store, form, **chosen) -> bytes:
    output = io.BytesIO()
    networks.write(networks.subject(store, networks.choice_of(**chosen)), form, output)
    return output.getvalue()


def by_igraph(data: bytes, form: str, tmp_path: Path) -> igraph.Graph:
    path = tmp_path / f"network.{form}"
    path.write_bytes(data)
    return igraph.Graph.Read(str(path), format=form)


def renamed(graph: Any) -> Any:
    """What GraphML calls by its slug, by its name."""
    return nx.relabel_nodes(graph, {n: facts.pop("name") for n, facts in graph.nodes(data=True)})


def of_tables(data: bytes) -> Any:
    archive = zipfile.ZipFile(io.BytesIO(data))
    graph: Any = nx.DiGraph()
    for row in csv.DictReader(io.TextIOWrapper(archive.open("nodes.csv"), "utf-8", newline="")):
        graph.add_node(row["Id"], **row)
    for row in csv.DictReader(io.TextIOWrapper(archive.open("edges.csv"), "utf-8", newline="")):
        assert row["Type"] == "Directed"
        graph.add_edge(row["Source"], row["Target"], weight=row["Weight"], **row)
    return graph


READERS = {
    "graphml": lambda data: renamed(nx.parse_graphml(data.decode())),
    "gexf": lambda data: nx.read_gexf(io.BytesIO(data), version="1.3"),
    "gml": lambda data: nx.parse_gml(data.decode()),
    "pajek": lambda data: nx.parse_pajek(data.decode()),
    "cytoscape": lambda data: nx.cytoscape_graph(json.loads(data)),
    "json": lambda data: nx.node_link_graph(json.loads(data), edges="edges"),
    "zip": of_tables,
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("form", READERS)
def test_networks_read_back_whole(store, form, level):
    network: Any = networks.network(store, level=level)
    read: Any = READERS[form](given(store, form, level=level))
    assert set(read.nodes) == set(network.nodes)
    assert {edge[:2] for edge in read.edges} == set(network.edges)
    weights = {edge[:2]: int(edge[2]) for edge in read.edges(data="weight")}
    assert weights == {edge[:2]: edge[2] for edge in network.edges(data="weight")}
    assert read.is_directed()


@pytest.mark.parametrize("form", ["graphml", "gexf", "cytoscape", "json"])
def test_what_is_known_and_measured_is_read_back(store, form):
    network: Any = networks.network(store, measures="all", language="zh")
    read: Any = READERS[form](given(store, form, measures="all", language="zh"))
    for name, facts in network.nodes(data=True):
        assert {key: read.nodes[name][key] for key in facts} == facts
    for a, b, facts in network.edges(data=True):
        assert {key: read.edges[a, b][key] for key in facts} == facts
    assert read.nodes["charter-of-lamps"]["label"] == "灯火宪章"


def test_gml_and_tables_have_it_too(store):
    gml = nx.parse_gml(given(store, "gml", language="zh", measures="in-degree").decode())
    assert gml.nodes["charter-of-lamps"]["title"] == "灯火宪章"
    assert gml.nodes["charter-of-lamps"]["in_degree"] == 2
    row = of_tables(given(store, "zip", measures="pagerank")).nodes["charter-of-lamps"]
    assert (row["Label"], row["year"], row["pagerank"]) == (
        "Charter of Lamps",
        "1950",
        "0.35223880597",
    )


@pytest.mark.parametrize("form", ["graphml", "gml", "pajek"])
def test_igraph_reads_them(store, form, tmp_path):
    read = by_igraph(given(store, form), form, tmp_path)
    assert (read.is_directed(), read.vcount(), read.ecount()) == (True, 5, 4)
    assert sorted(read.degree(mode="in")) == [0, 0, 1, 1, 2]
    if form == "graphml":
        assert {"label", "type", "year", "name"} <= set(read.vs.attributes())
        assert max(read.es["weight"]) == 3


STRANGE = Network(
    ("A <&> \"B\" 'c'", "A/RES/1", "a-res-1", "灯 火", "\x01bell"),
    {"label": ["<b>&amp;</b>", "two\nlines\t ", None, "灯", "\x0bx\ufffe"], "year": [None] * 5},
    np.array([0, 1, 3], dtype=np.int32),
    np.array([1, 2, 4], dtype=np.int32),
    {"weight": [1, 2, 3], "on_main_path": [True, None, False]},
)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_xml_is_valid_by_the_schema(store, form, tmp_path):
    write = {"graphml": write_graphml, "gexf": write_gexf}[form]
    strange = io.BytesIO()
    write(STRANGE.stream(), strange)
    empty = given(store, form, year_to=1900)
    every = [given(store, form, level=level, measures="all") for level in LEVELS]
    schema = etree.XMLSchema(file=DATA / "schemas" / f"{form}.xsd")
    for data in (strange.getvalue(), empty, *every):
        schema.assertValid(etree.fromstring(data))
        path = tmp_path / f"x.{form}"
        path.write_bytes(data)
        if xmllint := shutil.which("xmllint"):
            command = [xmllint, "--noout", "--schema", str(DATA / "schemas" / f"{form}.xsd"), path]
            subprocess.run(command, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("form", "broken"),
    [
        ("graphml", ('id="a-res-90-1"', 'id="A/RES/90/1"')),
        ("graphml", ('key="n1"', 'key="n77"')),
        ("gexf", ('source="A/RES/90/1"', 'source="A/RES/90/9"')),
        ("gexf", ('type="long"', 'type="number"')),
    ],
)
def test_the_schemas_find_what_is_wrong(store, form, broken):
    schema = etree.XMLSchema(file=DATA / "schemas" / f"{form}.xsd")
    wrong = given(store, form).decode().replace(*broken).encode()
    assert not schema.validate(etree.fromstring(wrong))


def test_names_that_differ_keep_apart():
    output = io.BytesIO()
    write_graphml(STRANGE.stream(), output)
    read = renamed(nx.parse_graphml(output.getvalue().decode()))
    assert set(read.edges) == {
        ("A <&> \"B\" 'c'", "A/RES/1"),
        ("A/RES/1", "a-res-1"),
        ("灯 火", "bell"),
    }
    assert read.edges["灯 火", "bell"]["on_main_path"] is False
    assert read.nodes["A/RES/1"]["label"] == "two\nlines\t "


def test_a_network_of_networkx_is_streamed_as_it_is():
    graph: Any = nx.DiGraph([("a", "b", {"weight": 2})])
    graph.add_node("c", label="C", year=1999)
    stream = stream_of(graph)
    assert (stream.node_fields, stream.edge_fields) == (
        {"label": str, "year": int},
        {"weight": int},
    )
    output = io.BytesIO()
    write_gexf(stream, output)
    assert nx.read_gexf(io.BytesIO(output.getvalue()), version="1.3").edges["a", "b"]["weight"] == 2


def test_a_stream_is_written_as_it_comes():
    """A million edges are never there together: each is made when it is written."""
    alive = 0

    class Edge(dict[str, int]):
        def __init__(self) -> None:
            nonlocal alive
            alive += 1
            assert alive < 10
            super().__init__(weight=1)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    for write in (write_graphml, write_gexf):
        nodes: Any = ((name, {}) for name in "ab")
        edges = (("a", "b", Edge()) for _ in range(2000))
        output = io.BytesIO()
        write(Stream({}, {"weight": int}, nodes, edges), output)
        assert len(etree.fromstring(output.getvalue()).findall(".//{*}edge")) == 2000


def test_dot_quotes_what_it_must(store):
    dot = given(store, "dot").decode()
    assert '"A/RES/90/2" -> "charter-of-lamps" [functions="welcome", weight="1"];' in dot
    strange = io.BytesIO()
    write_dot(STRANGE.stream(), strange)
    assert b'"A <&> \\"B\\" \'c\'" -> "A/RES/1"' in strange.getvalue()


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")
def test_dot_and_svg_are_drawn(store):
    drawn = ET.fromstring(given(store, "svg", language="zh"))
    titles = [each.text for each in drawn.iter("{http://www.w3.org/2000/svg}title")]
    assert "A/RES/90/2->charter-of-lamps" in titles
    assert len(titles) == 1 + 5 + 4
    with pytest.raises(drawing.NoDrawing, match=r"cannot draw the network: .*syntax error"):
        drawing._drawn(shutil.which("dot") or "", b"digraph {")


def test_what_cannot_be_drawn_is_said(store, monkeypatch, tmp_path):
    monkeypatch.setattr(drawing, "LARGEST", 100)
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/false")
    with pytest.raises(drawing.NoDrawing, match="too large to be drawn; choose a part of it"):
        given(store, "svg")
    monkeypatch.setattr(drawing, "SECONDS", 0.1)
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 5\n")
    slow.chmod(0o755)
    with pytest.raises(drawing.NoDrawing, match=r"did not draw the network in 0\.1 seconds"):
        drawing._drawn(str(slow), b"")
    monkeypatch.undo()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(drawing.NoDrawing, match="Graphviz, which is not installed"):
        given(store, "svg")


def test_csv_has_a_line_for_each_citation(store):
    rows = list(csv.reader(io.StringIO(given(store, "csv").decode())))
    assert rows[0] == ["citing", "unit", "cited", "function", "via", "exact"]
    assert ["A/RES/90/1", "op2-a", "charter-of-lamps", "request", "anaphora", "the Charter"] in rows
    assert len(rows) == 7
    chosen = list(csv.reader(io.StringIO(given(store, "csv", function="welcome").decode())))
    assert [row[0] for row in chosen[1:]] == ["A/RES/90/2"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own, of itself
@pytest.mark.parametrize("form", RDF_FORMATS)
def test_rdflib_reads_the_citations_with_their_evidence(store, form):
    names = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
    data = given(store, form)
    read = rdflib.Dataset(default_union=True)
    read.parse(data=data, format=names.get(form, form))
    assert (DOC["a-res-90-2"], UNCT.documentCites, DOC["charter-of-lamps"]) in read
    words = {
        str(word) for word in read.objects(None, rdflib.URIRef("http://www.w3.org/ns/oa#exact"))
    }
    assert {"CoL", "《灯火宪章》", "resolution 5 of the Guild"} <= words
    assert "Requests the Lamp Office to train" not in words
    labels = set(read.objects(DOC["charter-of-lamps"], rdflib.SKOS.prefLabel))
    assert rdflib.Literal("灯火宪章", lang="zh") in labels


def test_rdf_is_of_what_was_chosen(store):
    def citations(**chosen) -> set[str]:
        read = rdflib.Graph().parse(data=given(store, "turtle", **chosen), format="turtle")
        return {
            str(each).rpartition("/")[2] for each in read.subjects(rdflib.RDF.type, UNCT.Citation)
        }

    assert citations(function="stress") == {
        "op10-cit-charter-of-lamps",
        "op10-cit-lamp-instruments",
    }
    assert citations(ego="S/RES/9001 (2050)") == {"pp1-cit-s-res-9001-2050"}
    assert citations(level="paragraph", ego="lamp-instruments") == {"op10-cit-lamp-instruments"}
    paragraphs = rdflib.Graph().parse(data=given(store, "nt", level="paragraph"), format="nt")
    assert (DOC["a-res-90-1/op10"], UNCT.cites, DOC["charter-of-lamps"]) in paragraphs
    assert (DOC["a-res-90-1"], UNCT.documentCites, None) not in paragraphs


def test_cito_has_the_functions_that_it_knows(store):
    read = rdflib.Graph().parse(data=given(store, "cito"), format="turtle")
    cites = set(read.subject_objects(CITO.cites))
    assert cites == {
        (DOC["a-res-90-1"], DOC["charter-of-lamps"]),
        (DOC["a-res-90-1"], DOC["s-res-9001-2050"]),
        (DOC["a-res-90-1"], rdflib.URIRef("https://w3id.org/unct/id/group/lamp-instruments")),
        (DOC["a-res-90-2"], DOC["charter-of-lamps"]),
    }
    pair = (DOC["a-res-90-2"], DOC["charter-of-lamps"])
    assert list(read.subject_objects(CITO.agreesWith)) == [pair]
    assert set(read.subject_objects(CITO.obtainsBackgroundFrom)) == {
        (DOC["a-res-90-1"], DOC["charter-of-lamps"]),
        (DOC["a-res-90-1"], DOC["s-res-9001-2050"]),
    }
    assert str(read.value(DOC["charter-of-lamps"], rdflib.DCTERMS.date)) == "1950"


def test_ris_is_read_by_rispy(store):
    entries = {
        each["id"]: each for each in rispy.loads(given(store, "ris", language="zh").decode())
    }
    assert set(entries) == {"a-res-90-1", "a-res-90-2", "s-res-9001-2050", "charter-of-lamps"}
    assert entries["charter-of-lamps"]["type_of_reference"] == "LEGAL"
    assert entries["charter-of-lamps"]["title"] == "灯火宪章"
    assert entries["a-res-90-1"] == {
        "type_of_reference": "GOVDOC",
        "id": "a-res-90-1",
        "title": "Lamps for all",
        "year": "2060",
        "publisher": "United Nations",
        "number": "A/RES/90/1",
        "urls": ["https://undocs.org/A/RES/90/1"],
    }


def test_bibtex_is_read_by_pybtex(store):
    entries = parse_string(given(store, "bibtex").decode(), "bibtex").entries
    assert entries["s-res-9001-2050"].fields["number"] == "S/RES/9001 (2050)"
    assert entries["charter-of-lamps"].fields["title"] == "{Charter of Lamps}"
    assert entries["charter-of-lamps"].fields["year"] == "1950"
    assert "publisher" not in entries["charter-of-lamps"].fields


def test_bibtex_escapes_what_latex_obeys():
    escaped = bibliographies._braced("title", r"50% of A_B & {C} \ ~ #1 $2 ^3")
    assert escaped == (
        r"{50\% of A\_B \& \{C\} \textbackslash{} \textasciitilde{} \#1 \$2 \textasciicircum{}3}"
    )


@pytest.mark.parametrize("form", [*RDF_FORMATS, "cito", "csv", "ris", "bibtex", "pajek", "svg"])
def test_a_form_without_a_place_for_measures_refuses_them(store, form):
    with pytest.raises(BadArgument, match=f"^{form} has no place for measures; leave them out, or"):
        given(store, form, measures="in-degree")


def test_a_form_that_there_is_not_is_said(store):
    with pytest.raises(BadArgument, match="citations cannot be given as 'png'; choose graphml"):
        given(store, "png")


def test_a_folder_that_cannot_be_written_is_said(store, tmp_path):
    (tmp_path / "file").touch()
    subject = networks.subject(store, networks.choice_of())
    with pytest.raises(PursuantError, match="file cannot be written"):
        networks.write_pair(subject, tmp_path / "file")


SCRIPT = """
import hashlib, io, sys
import pyoxigraph as ox
from pursuant import networks
from pursuant.content import by_graph
from pursuant.store import Store
quads = list(ox.parse(path=sys.argv[1]))
store = Store.memory(by_graph(reversed(quads) if sys.argv[2] == "1" else quads))
for level in ("document", "paragraph"):
    bare, measured = (
        networks.subject(store, networks.choice_of(level=level, measures=measures))
        for measures in ("", "all")
    )
    for form, each in networks.FORMS.items():
        output, subject = io.BytesIO(), measured if each.is_measured else bare
        if form != "svg":
            networks.write(subject, form, output)
        print(level, form, hashlib.sha256(output.getvalue()).hexdigest())
"""


def test_bytes_are_the_same_in_every_process():
    def hashes(seed: str) -> str:
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}
        command = [sys.executable, "-c", SCRIPT, str(SMALL), seed]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return run.stdout

    first = hashes("1")
    assert len(first.splitlines()) == 2 * len(networks.FORMS)
    assert hashes("2") == first
