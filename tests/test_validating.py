"""Validation for people: the command, its formats, its languages, what it says of shapes."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import SH, Graph

from pursuant.checking import results_of
from pursuant.cli import main
from pursuant.errors import BadData
from pursuant.locating import Source
from pursuant.shape_lint import _shapes_of_shapes
from pursuant.validating import rendered, validate_sources

TURTLE = ox.RdfFormat.TURTLE
TTL = """\
@prefix unct: <https://w3id.org/unct/ontology#> .
@prefix doc: <https://w3id.org/unct/id/doc/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
# typed in by hand <b>
doc:a-res-99-1 a unct:Resolution ; unct:symbol "A/RES/99/1" ;
    unct:adoptionDate "2017-12-32"^^xsd:date ;
    unct:adoptedBy <https://w3id.org/unct/id/entity/ga> .
doc:a-res-99-2 a unct:Resolution ; unct:symbol "A/RES/99/<script>" ;
    unct:adoptedBy <https://w3id.org/unct/id/entity/ga> .
[] a unct:Offfice .
"""
SHAPES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix unct: <https://w3id.org/unct/ontology#> .
unct:S a sh:NodeShape ; sh:targetClass unct:Resolution ; sh:severity sh:Warning ;
   sh:property [ sh:path unct:adoptionDate ; sh:minCount 1 ; sh:minCuont 2 ; sh:severity sh:Warning ] ;
   sh:property [ sh:path unct:symbol ; sh:pattern "(?=A)" ; sh:severity sh:Warning ] .
unct:Left a sh:NodeShape ; sh:targetClass unct:Nothing ; sh:nodeKind sh:IRI .
"""
# What this report must be valid against, from the words of the Recommendation's section 3.6.
REPORT = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<u:report> sh:targetClass sh:ValidationReport ;
  sh:property [ sh:path sh:conforms ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] ,
    [ sh:path sh:result ; sh:class sh:ValidationResult ] .
<u:result> sh:targetClass sh:ValidationResult ;
  sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ,
    [ sh:path sh:value ; sh:maxCount 1 ] ,
    [ sh:path sh:sourceShape ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ,
    [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path sh:resultMessage ; sh:nodeKind sh:Literal ] .
"""


@pytest.fixture
def files(tmp_path):
    for name, text in (("mine.ttl", TTL), ("shapes.ttl", SHAPES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, ["validate", *map(str, arguments)])


def test_the_table(files):
    result = run(files / "mine.ttl")
    assert result.exit_code == 1
    assert (
        "Violation: Adoption date (1) [unctsh:S03]\n"
        '  An adoption date is one xsd:date, such as "2019-07-23"^^xsd:date. Correct it, or leave '
        "it out if it is not known.\n"
        "    line        on                           property           value\n"
        "    mine.ttl:6  doc:a-res-99-1 (A/RES/99/1)  unct:adoptionDate  2017-12-32\n"
    ) in result.stdout
    assert "3 wrong, 0 doubtful, 0 not done yet\n" in result.stdout
    assert "    unct:Offfice  1\n" in result.stdout


def test_the_table_in_chinese(files):
    result = run(files / "mine.ttl", "--lang", "zh")
    assert "错误: 通过日期 (1) [unctsh:S03]\n" in result.stdout
    assert "数据中无形状涉及的类" in result.stdout


def test_each_shape_with_its_nodes(files):
    lines = run(files / "mine.ttl", "--coverage").stdout.splitlines()
    (line,) = [line for line in lines if line.startswith("unctsh:S01 ")]
    assert line.split() == ["unctsh:S01", "Symbol", "of", "a", "resolution", "2", "SPARQL"]


def test_other_shapes_and_what_is_doubtful_in_them(files):
    result = run(files / "mine.ttl", "--shapes", files / "shapes.ttl")
    assert result.exit_code == 0
    assert "unct:S was checked by pySHACL, node by node: a regular expression" in result.stdout
    assert "Did you mean sh:minCount?" in result.stdout
    assert "unct:Left is about unct:Nothing, of which the data have nothing" in result.stdout
    assert "There must be at least 1 of unct:adoptionDate. Add what is missing.\n" in result.stdout


def test_json(files):
    report = json.loads(run(files / "mine.ttl", "--format", "json").stdout)
    assert report["counts"] == {"Violation": 3, "Warning": 0, "Info": 0}
    assert [problem["count"] for problem in report["problems"]] == [1, 1, 1]
    wrong = next(f for f in report["findings"] if f["constraint"].endswith("S03"))
    assert (wrong["source"], wrong["line"], wrong["label"]) == ("mine.ttl", 6, "A/RES/99/1")
    assert report["unchecked"] == [
        {"class": "https://w3id.org/unct/ontology#Offfice", "members": 1}
    ]
    assert len(report["shapes"]) > 70


@pytest.mark.parametrize("engine", ["sets", "pyshacl"])
def test_the_w3c_report_is_one(files, engine):
    text = run(files / "mine.ttl", "--format", "turtle", "--engine", engine).stdout
    graph = Graph().parse(data=text, format="turtle")
    assert len(list(graph.objects(None, SH.result))) == 3
    assert results_of(graph, Graph().parse(data=REPORT, format="turtle")) == []


def test_a_page_that_stands_alone(files):
    written = files / "report.html"
    result = run(files / "mine.ttl", "--format", "html", "--output", written, "--lang", "zh")
    assert result.stderr == "3 Violation, 0 Warning, 0 Info\n"
    page = written.read_text(encoding="utf-8")
    assert "<script" not in page
    assert "A/RES/99/&lt;script&gt;" in page
    assert "mine.ttl:6" in page
    assert "通过日期" in page
    assert "http" not in "".join(
        part for part in page.split('"') if part.startswith(("src", "href"))
    )
    ElementTree.fromstring(
        page.replace("<!doctype html>", "")
        .replace('<meta charset="utf-8">', "")
        .replace('initial-scale=1">', 'initial-scale=1"/>')
        .replace('content="light dark">', 'content="light dark"/>')
        .replace("<br>", "<br/>")
        .replace(" open>", ">")
    )


def test_text_of_several_severities_and_messages():
    source = Source("x.ttl", TTL.encode(), TURTLE, "http://example.org/")
    report = validate_sources([source])
    assert rendered(report, "table", "fr").startswith("Violation: ")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("unct:S a sh:PropertyShape ; sh:targetClass unct:Resolution ; sh:path ( unct:a ) ; sh:minCount 1 .",
         "a path's list has two members or more"),
        ("unct:S a sh:PropertyShape ; sh:targetClass unct:Resolution ; sh:path 3 ; sh:minCount 1 .",
         "3 is no well-formed path"),
        ("unct:S a sh:PropertyShape ; sh:targetClass unct:Resolution ; sh:path [ sh:inversPath unct:a ] ; sh:minCount 1 .",
         "a blank node is no well-formed path"),
        ("unct:S a sh:PropertyShape ; sh:targetClass unct:Resolution ; sh:path unct:a , unct:b ; sh:minCount 1 .",
         "has more than one sh:path"),
        ("unct:S a sh:NodeShape ; sh:targetClass unct:Resolution ; sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .",
         "is no well-formed list"),
        ("unct:S a sh:NodeShape ; sh:targetClass unct:Resolution ; sh:in _:l . _:l rdf:rest _:l .",
         "is no well-formed list"),
        ("unct:S a sh:NodeShape ; sh:targetClass unct:Resolution ; sh:in ( 1 ) , ( 2 ) .",
         "has more than one sh:in"),
    ],
)  # fmt: skip
def test_shapes_that_are_refused(text, problem):
    prefixes = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    shapes = Source(
        "s.ttl",
        (prefixes + SHAPES + text.replace("unct:S ", "unct:T ")).encode(),
        TURTLE,
        "http://e.org/",
        1,
    )
    data = Source("x.ttl", TTL.encode(), TURTLE, "http://e.org/")
    with pytest.raises(BadData, match=problem):
        validate_sources([data], [shapes])


def test_shapes_for_shapes_are_asked_as_queries():
    from pursuant import paths
    from pursuant.checking import validate

    report = validate(Graph().parse(paths.ONTOLOGY / "shapes.ttl"), _shapes_of_shapes())
    assert report.conforms
    assert {each.engine for each in report.shapes if each.nodes} == {"SPARQL"}
