"""The graph of everything in data/: the same each time, sound, and loud where data are wrong."""

from __future__ import annotations

import shutil

import pytest
from rdflib import RDF, Graph

from pursuant import SAMPLE, building, content, iri, paths
from pursuant.errors import BadData
from pursuant.iri import UNCT


@pytest.fixture(scope="module")
def graphs():
    return building.shipped_graphs()


def test_what_is_shipped(graphs):
    assert sorted(name.rsplit("/", 1)[-1] for name in graphs) == [
        "e-res-2019-21.review",
        "e-res-2019-21.zh",
        "ontology",
        "register",
        "shapes",
        "vocabulary",
    ]


def test_building_twice_gives_the_same_bytes(graphs):
    again = building.shipped_graphs()
    for name, graph in graphs.items():
        assert content.read(str(name), graph).nquads == content.read(str(name), again[name]).nquads


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        (UNCT.PreambularParagraph, 19),
        (UNCT.OperativeParagraph, 30),
        (UNCT.Footnote, 10),
        (UNCT.Mandate, 36),
    ],
)
def test_counts(graphs, kind, count):
    graph = graphs[iri.graph("e-res-2019-21.zh")]
    assert len(set(graph.subjects(RDF.type, kind))) == count


def test_further_documents_are_built_with_it(tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(SAMPLE.read_text(encoding="utf-8").replace("2019/21.", "2031/21."), "utf-8")
    built = building.build([other])
    assert iri.graph("e-res-2031-21.zh") in {g.identifier for g in built.graphs()}


def test_data_move_to_another_base(graphs):
    moved = building.relocated(graphs, "https://law.example/")
    text = "".join(graph.serialize(format="nt") for graph in moved.values())
    assert "https://w3id.org/unct/id/" not in text
    assert "https://law.example/id/doc/e-res-2019-21/op24" in text
    assert "https://w3id.org/unct/ontology#Citation" in text


@pytest.fixture
def data(tmp_path, monkeypatch):
    shutil.copytree(paths.DATA, tmp_path / "data")
    monkeypatch.setattr(building, "DATA", tmp_path / "data")
    return tmp_path / "data"


def test_a_review_of_a_changed_text_fails_and_names_the_paragraph(data):
    source = data / "sources" / SAMPLE.name
    source.write_text(
        source.read_text("utf-8").replace("特别是最近的决", "尤其是最近的决"), "utf-8"
    )
    with pytest.raises(BadData, match="pp1"):
        building.shipped_graphs()


def test_a_review_of_nothing_fails(data):
    (data / "sources" / SAMPLE.name).unlink()
    with pytest.raises(BadData, match=r"e-res-2019-21 \(zh\) is not in data/sources"):
        building.shipped_graphs()


def test_a_broken_register_file_is_named(data):
    (data / "register" / "zz.ttl").write_text("this is no Turtle", encoding="utf-8")
    with pytest.raises(BadData, match=r"zz\.ttl"):
        building.shipped_graphs()


def test_the_fingerprint_tells_every_change(data):
    before = building.shipped_fingerprint()
    assert building.shipped_fingerprint() == before
    (data / "register" / "zz.ttl").write_text("", encoding="utf-8")
    assert building.shipped_fingerprint() != before


def test_the_graph_of_the_vocabulary_names_every_concept_that_is_used(graphs):
    used = graphs[iri.graph("e-res-2019-21.zh")] + graphs[iri.graph("e-res-2019-21.review")]
    concepts = {o for o in used.objects() if str(o).startswith(str(iri.VOCAB))}
    vocabulary: Graph = graphs[iri.graph("vocabulary")]
    assert {c for c in concepts if (c, RDF.type, None) not in vocabulary} == set()
