"""Validation as a library: reports, languages, foreign shapes, and files that are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, Dataset, Graph, URIRef
from rdflib.compare import isomorphic

from pursuant import loading
from pursuant.checking import Finding, lint, load, validate
from pursuant.content import from_rdflib
from pursuant.errors import BadData, PursuantError

if TYPE_CHECKING:
    from rdflib.term import Node

GOOD = Path(__file__).parent / "shapes" / "good.ttl"
PREFIXES = """
@prefix e: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix unct: <https://w3id.org/unct/ontology#> .
"""
# A shape without IRI and with messages in English only, as analysts write them.
SHAPES = (
    PREFIXES
    + """
e:Shape a sh:NodeShape ; sh:targetClass e:Office ; sh:name "Office"@en ;
    sh:property [ sh:path e:head ; sh:maxCount 1 ; sh:message "One head."@en ] ,
        [ sh:path e:city ; sh:in ( "Vienna" "New York" ) ; sh:severity sh:Warning ;
          sh:message "Not in {?value}."@en , "不在{?value}。"@zh ] ,
        [ sh:path ( e:part e:name ) ; sh:minCount 1 ; sh:severity sh:Info ] .
"""
)
OFFICE = """
e:a a e:Office ; e:head e:x , e:y ; e:city "Vienna" , "Atlantis" .
"""


def turtle(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def quad(triple: tuple[Node, Node, Node], graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    s, p, o = (from_rdflib(node) for node in triple)
    return ox.Quad(s, p, o, graph)  # type: ignore[arg-type]


def shapes(text: str = SHAPES) -> Graph:
    return Graph().parse(data=text, format="turtle")


def test_findings_of_foreign_shapes_worst_first() -> None:
    report = validate(turtle(OFFICE), shapes())
    a, shape = "http://example.org/a", "http://example.org/Shape"
    path = "<http://example.org/part>/<http://example.org/name>"
    assert report.findings == (
        Finding("Violation", a, "http://example.org/head", None, shape, "Office", "One head."),
        Finding(
            "Warning", a, "http://example.org/city", "Atlantis", shape, "Office", "Not in Atlantis."
        ),
        Finding("Info", a, path, None, shape, "Office", report.findings[2].message),
    )
    assert report.findings[2].message == (
        "There must be at least 1 of <http://example.org/part>/<http://example.org/name>. "
        "Add what is missing."
    )
    assert not report.conforms


@pytest.mark.parametrize(
    ("language", "message"),
    [("zh", "不在Atlantis。"), ("en", "Not in Atlantis."), ("fr", "Not in Atlantis.")],
)
def test_language_of_messages(language: str, message: str) -> None:
    assert validate(turtle(OFFICE), shapes(), language).findings[1].message == message


def test_warnings_are_tolerated() -> None:
    report = validate(
        turtle('e:a a e:Office ; e:city "Atlantis" ; e:part [ e:name "x" ] .'), shapes()
    )
    assert [finding.severity for finding in report.findings] == ["Warning"]
    assert report.conforms


def test_w3c_report() -> None:
    report = validate(turtle(OFFICE), shapes())
    graph = Graph().parse(data=report.to_turtle(), format="turtle")
    assert isomorphic(graph, report.graph)
    assert len(list(graph.subjects(RDF.type, SH.ValidationResult))) == 3
    messages = {str(m) for m in graph.objects(None, SH.resultMessage)}
    assert {"One head.", "Not in Atlantis.", "不在Atlantis。"} < messages
    assert report.to_turtle() == validate(turtle(OFFICE), shapes()).to_turtle()


def test_json_report() -> None:
    values = json.loads(json.dumps(validate(turtle(OFFICE), shapes()).to_json()))
    assert values["conforms"] is False
    assert values["counts"] == {"Violation": 1, "Warning": 1, "Info": 1}
    assert values["findings"][0]["message"] == "One head."


def test_data_are_not_changed() -> None:
    data = turtle(OFFICE)
    before = set(data)
    validate(data)
    assert set(data) == before


def test_stores_and_datasets_are_checked_as_one_graph() -> None:
    dataset, store = Dataset(), ox.Store()
    for number, line in enumerate(("e:a a e:Office .", "e:a e:head e:x .", "e:a e:head e:y .")):
        name = f"http://example.org/g{number}"
        for triple in turtle(line):
            dataset.graph(URIRef(name)).add(triple)
            store.add(quad(triple, ox.NamedNode(name)))
    expected = validate(turtle("e:a a e:Office ; e:head e:x , e:y ."), shapes()).findings
    assert len(expected) == 2
    assert validate(dataset, shapes()).findings == expected
    assert validate(store, shapes()).findings == expected
    assert len(store) == 3


@pytest.mark.parametrize(
    ("path", "found"), [("( e:head e:name )", 0), ("[ sh:zeroOrMorePath e:head ]", 2)]
)
def test_paths_through_literals(path: str, found: int) -> None:
    kind = "sh:nodeKind sh:Literal"
    text = f"e:S a sh:PropertyShape ; sh:targetClass e:Office ; sh:path {path} ; {kind} ."
    findings = validate(
        turtle('e:a a e:Office ; e:head "x" , e:y .'), shapes(PREFIXES + text)
    ).findings
    assert len(findings) == found


def test_a_literal_where_a_concept_belongs() -> None:
    graph = turtle('e:c a unct:Recognition ; unct:function "welcome" .')
    assert "S77" in {finding.constraint[-3:] for finding in validate(graph).findings}


def test_a_day_that_there_is_not(capfd: pytest.CaptureFixture[str]) -> None:
    graph = turtle('e:r a unct:Instrument ; unct:adoptionDate "2030-02-31"^^xsd:date .')
    assert {finding.constraint[-3:] for finding in validate(graph).findings} == {"S03"}
    assert "Traceback" not in capfd.readouterr().err


def test_what_is_known_is_believed_and_not_reported_on() -> None:
    protocol = """<https://w3id.org/unct/id/doc/crc-opac> a unct:Protocol ;
        unct:untsRegistration "27531" ; unct:supplements <https://w3id.org/unct/id/doc/crc> ;
        <http://www.w3.org/2004/02/skos/core#prefLabel> "OPAC"@en ."""
    register = turtle("<https://w3id.org/unct/id/doc/crc> a unct:Convention .")
    alone, together = (
        {
            (f.constraint[-3:], f.focus[-8:])
            for f in validate(turtle(protocol), known=known).findings
        }
        for known in (None, register)
    )
    assert alone == {("S41", "crc-opac"), ("S59", "crc-opac")}
    assert together == {("S59", "crc-opac")}


def test_subclasses_are_checked_as_their_classes() -> None:
    report = validate(turtle("e:a a unct:WorkingGroup ."))
    assert {f.constraint[-3:] for f in report.findings} == {"S35", "S36", "S59"}


SELECT = """
e:S a sh:NodeShape ; sh:targetClass e:Office ;
    sh:sparql [ sh:message "x"@en ; sh:select \"\"\"%s\"\"\" ] .
"""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (SELECT % "SELECT $this WHERE { SERVICE <http://e.org/> { $this ?p ?o } }", "SERVICE"),
        (SELECT % "SELECT $this WHERE { $this ?p }", "The shapes cannot be applied: "),
        (SELECT % "SELECT $this WHERE { $this ?p ?o VALUES ?o { 1 } }", "VALUES"),
        (
            "e:S a sh:NodeShape ; sh:targetClass e:Office ; sh:property [ sh:minCount 1 ] .",
            "not a well-formed SHACL PropertyShape",
        ),
        (
            "e:S a sh:PropertyShape ; sh:targetClass e:Office ; sh:path e:p ; sh:minCount 1 , 2 .",
            "sh:minCount",
        ),
        (
            'e:S a sh:PropertyShape ; sh:targetClass e:Office ; sh:path e:city ; sh:pattern "(" .',
            "unterminated",
        ),
    ],
    ids=["service", "syntax", "values", "no path", "two counts", "pattern"],
)
def test_shapes_that_cannot_be_applied(
    text: str, problem: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(PursuantError, match=problem) as refusal:
        validate(turtle(OFFICE), shapes(PREFIXES + text))
    assert "\n" not in str(refusal.value)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "triple",
    [
        (URIRef("http://example.org/a b"), RDF.type, URIRef("http://example.org/c")),
        (URIRef("http://example.org/a"), RDF.type, URIRef("no scheme")),
    ],
)
def test_data_that_are_not_rdf(triple: tuple[URIRef, URIRef, URIRef]) -> None:
    data = Graph()
    data.add(triple)
    with pytest.raises(BadData, match="The data hold what is not RDF"):
        validate(data)


S = "e:S a sh:NodeShape ; sh:targetClass e:Office ;"
P = "e:S a sh:PropertyShape ; sh:targetClass e:Office ; sh:path e:p ;"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("e:S a sh:NodeShape ; sh:class e:Office ; sh:in ( 1 ) ; sh:targetClass e:Office .", []),
        (
            f"{S} sh:property [ sh:path e:p ; sh:minCuont 1 ] .",
            [
                (
                    "http://www.w3.org/ns/shacl#minCuont is not a SHACL term, so it "
                    "checks nothing. Did you mean sh:minCount?"
                )
            ],
        ),
        (
            "e:S a sh:Nodeshape ; sh:targetClas e:Office ; sh:Qqq 1 .",
            [
                (
                    "http://www.w3.org/ns/shacl#Nodeshape is not a SHACL term, so it "
                    "checks nothing. Did you mean sh:NodeShape?"
                ),
                (
                    "http://www.w3.org/ns/shacl#Qqq is not a SHACL term, so it checks nothing. "
                    "Correct it."
                ),
                (
                    "http://www.w3.org/ns/shacl#targetClas is not a SHACL term, so it "
                    "checks nothing. Did you mean sh:targetClass?"
                ),
            ],
        ),
        (f'{P} sh:minCount "1" .', ["1 is not what sh:minCount takes here. Correct it."]),
        (
            f"{P} sh:nodeKind e:IRI .",
            ["http://example.org/IRI is not what sh:nodeKind takes here. Correct it."],
        ),
        (
            f"{P} sh:closed true ; sh:severity 3 .",
            ["3 is not what sh:severity takes here. Correct it."],
        ),
        (
            "e:S a sh:NodeShape ; sh:nodeKind sh:IRI .",
            [
                (
                    "http://example.org/S has no target, and no other shape refers to it, so it is "
                    "never applied. Give it a target such as sh:targetClass, or refer to it."
                )
            ],
        ),
    ],
)
def test_doubtful_shapes(text: str, messages: list[str]) -> None:
    findings = lint(shapes(PREFIXES + text))
    assert [finding.message for finding in findings] == messages
    assert {finding.severity for finding in findings} <= {"Warning"}


def test_a_misspelt_term_in_chinese() -> None:
    (finding, *_) = lint(turtle("e:S sh:minCuont 1 ."), "zh")
    assert finding.message == (
        f"{SH}minCuont 不是 SHACL 词项，不起任何约束作用。是否应为 sh:minCount？"
    )


def test_a_target_that_the_data_do_not_have() -> None:
    report = validate(
        turtle(OFFICE), shapes(f"{PREFIXES}{S.replace('Office', 'Ofice')} sh:nodeKind sh:IRI .")
    )
    assert report.conforms
    (notice,) = report.notices
    assert notice.message.startswith("http://example.org/S is about http://example.org/Ofice, of ")
    assert report.unchecked == (("http://example.org/Office", 1),)


@pytest.mark.parametrize("suffix", [*loading.FORMATS, ".TTL"])
def test_files_of_every_kind(tmp_path: Path, suffix: str) -> None:
    good, form = Graph().parse(GOOD), loading.FORMATS[suffix.lower()]
    name = ox.NamedNode("http://example.org/g") if form.supports_datasets else ox.DefaultGraph()
    data = [quad(triple, name) for triple in good]
    path = tmp_path / f"good{suffix}"
    ox.serialize(data if form.supports_datasets else (q.triple for q in data), path, format=form)
    assert set(load([path])) == set(good)


def test_blank_nodes_of_two_files_stay_two(tmp_path: Path) -> None:
    for name in ("a.nt", "b.nt"):
        (tmp_path / name).write_text(f'_:x <http://example.org/p> "{name}" .\n')
    assert len(set(load([tmp_path / "a.nt", tmp_path / "b.nt"]).subjects())) == 2


BOMB = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">
<rdf:Description rdf:about="http://example.org/a"><e:p>&b;</e:p></rdf:Description></rdf:RDF>"""
NAMED = '{"@context": %s, "@id": "http://example.org/a", "http://example.org/p": "x"}'


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "a.ttl",
            b"@prefix e: <http://example.org/> .\ne:a e:b\n  e:c e:d .",
            r"^a\.ttl, line 3: .+\.$",
        ),
        (
            "a.nt",
            b"<http://e.org/a> <http://e.org/b> <http://e.org/c> .\n<x y> .",
            r"^a\.nt, line 2: ",
        ),
        ("a.ttl", b"\xff\xfe\x00", r"^a\.ttl, line 1: .*UTF-8"),
        (
            "a.rdf",
            b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><a></rdf:RDF>",
            "^a.rdf: ",
        ),
        ("a.rdf", BOMB.encode(), "^a.rdf: a DOCTYPE is refused"),
        ("a.xml", BOMB.encode("utf-16"), "^a.xml: a DOCTYPE is refused"),
        ("a.jsonld", b'{"@id": ', r"^a\.jsonld, line 1: "),
        ("a.jsonld", b"[" * 100_000, r"^a\.jsonld: "),
        ("a.jsonld", b"\xff{}", r"^a\.jsonld: "),
        (
            "a.jsonld",
            (NAMED % '"http://e.org/c"').encode(),
            "context http://e.org/c is not in the file",
        ),
        ("a.jsonld", (NAMED % '[{}, "c.jsonld"]').encode(), "context c.jsonld is not in the file"),
        (
            "a.jsonld",
            (NAMED % '{"@import": "http://e.org/c"}').encode(),
            "http://e.org/c is not in",
        ),
        (
            "a.jsonld",
            (NAMED % '{"p": {"@id": "http://e.org/p", "@context": "http://e.org/c"}}').encode(),
            "http://e.org/c is not in",
        ),
        ("a.docx", b"PK", r"^a\.docx: not a kind of RDF file known here \(\.ttl "),
        ("a", b"", r"^a: not a kind of RDF file"),
    ],
)
def test_files_that_are_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadData, match=message) as refusal:
        load([tmp_path / name])
    assert "\n" not in str(refusal.value)
    assert str(tmp_path) not in str(refusal.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"^gone\.ttl: No such file or directory\.$"):
        load([tmp_path / "gone.ttl"])


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.nt"
    with path.open("wb") as file:
        file.truncate(loading.MOST_BYTES + 1)
    with pytest.raises(BadData, match=r"^large\.nt: larger than 50 MB\.$"):
        load([path])
