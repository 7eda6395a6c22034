"""From a document to triples: what is said, under which IRIs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import RDF, SKOS, XSD, Literal, URIRef

from pursuant import SAMPLE, building, extract, iri, rdf
from pursuant.deriving import derive
from pursuant.errors import BadData, UnreadableSource
from pursuant.iri import OA, UNCT
from pursuant.register import register

TEXT = """A/RES/81/7. 反恐合作

大会，

 回顾其第72/194号决议、《无人登记的公约》、人权事务理事会第3/4号决议和A/DEC/74/543，

 又回顾S/PRST/2018/9、人权理事会第37/42号决议、第74/543号决定、第2178(2014)号决议第6(a)段和《和平文化宣言和行动纲领》，

 1. 请秘书长：

 (a) 依请求向会员国提供技术援助；

 (b) 与国际刑事警察组织合作；

 2. 决定将反恐怖主义委员会的任务期限延长十二个月，至2030年12月17日；

 3. 请秘书长在90天内向大会第八十二届会议并在2029年6月30日之前每两年提交报告。
"""
DOC = str(iri.document("a-res-81-7"))


@pytest.fixture(scope="module")
def graph():
    return derive(rdf.document_graph(extract(TEXT.encode(), "a.txt"), register()))


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("", RDF.type, UNCT.Resolution),
        ("", UNCT.adoptedBy, iri.entity("ga")),
        ("", UNCT.hasUnit, URIRef(f"{DOC}/pp1")),
        ("", UNCT.documentCites, iri.document("a-res-72-194")),
        ("/pp1", RDF.type, UNCT.TextUnit),
        ("/pp1", UNCT.number, Literal(1)),
        ("/pp1", UNCT.cites, iri.document("a-res-72-194")),
        ("/pp1-cit-a-res-72-194", UNCT.cited, iri.document("a-res-72-194")),
        ("/pp1-cit-a-res-72-194", UNCT.statedIn, URIRef(f"{DOC}/pp1")),
        ("/pp1-cit-a-res-72-194", UNCT.function, iri.concept("citation-function", "recall")),
        ("/pp1-cit-a-res-72-194-ev1", OA.exact, Literal("其第72/194号决议")),
        ("/pp1-cit-a-res-72-194-ev1", UNCT.via, iri.concept("via", "text")),
        ("/pp1-cit-u1", UNCT.resolution, iri.concept("resolution", "unresolved")),
        ("/pp1-cit-u1", UNCT.reason, Literal("the title 无人登记的公约 is not in the register")),
        ("/pp1-cit-u1", UNCT.reasonKind, iri.concept("reason", "title-unknown")),
        ("/pp2-cit-a-hrc-res-37-42", UNCT.cited, iri.document("a-hrc-res-37-42")),
        ("/pp2-cit-s-res-2178-2014", UNCT.citedPart, Literal("paragraph 6(a)")),
        ("/pp2-cit-s-res-2178-2014", UNCT.citedUnit, iri.unit("s-res-2178-2014", "op6-a")),
        ("/pp2-cit-u1", UNCT.resolution, iri.concept("resolution", "ambiguous")),
        ("/pp2-cit-u1", UNCT.candidate, iri.document("a-res-53-243-a")),
        ("/op1-b", RDF.type, UNCT.Point),
        ("/op1-b", RDF.type, UNCT.Paragraph),
        ("/op1-b", UNCT.partOf, URIRef(f"{DOC}/op1")),
        ("/op1-b", UNCT.label, Literal("1(b)")),
        ("/op1-b-man1", UNCT.force, iri.concept("force", "request")),
        ("/op1-b-man1", UNCT.addressee, iri.entity("secretary-general")),
        ("/op1-b-man1", UNCT.inheritsFrom, URIRef(f"{DOC}/op1-man1")),
        ("/op1-b-man1-ev1", OA.exact, Literal("与国际刑事警察组织合作")),
        ("/op2-man1", UNCT.change, iri.concept("change", "renew")),
        ("/op2-man1", UNCT.changesBody, iri.entity("ctc")),
        ("/op2-man1", UNCT.addressee, iri.entity("ga")),
        ("/op2-man1", UNCT.termLength, Literal("P12M")),
        ("/op2-man1", UNCT.expiryDate, Literal("2030-12-17", datatype=XSD.date)),
        ("/op3-man1", UNCT.due, Literal("A/82")),
        ("/op3-man1", UNCT.recurrence, Literal("P2Y")),
        ("/op3-man1", UNCT.deadline, Literal("2029-06-30", datatype=XSD.date)),
        ("/op3-man1", UNCT.deadlinePeriod, Literal("P90D")),
    ],
)
def test_says(graph, subject, predicate, value):
    assert (URIRef(DOC + subject), predicate, value) in graph


@pytest.mark.parametrize(
    ("slug", "kind", "symbol"),
    [
        ("a-hrc-res-37-42", UNCT.Resolution, "A/HRC/RES/37/42"),
        ("a-dec-74-543", UNCT.Decision, "A/DEC/74/543"),
        ("s-prst-2018-9", UNCT.PresidentialStatement, "S/PRST/2018/9"),
    ],
)
def test_describes_what_the_register_lacks(graph, slug, kind, symbol):
    node = iri.document(slug)
    assert (node, RDF.type, kind) in graph
    assert (node, UNCT.symbol, Literal(symbol)) in graph
    assert (node, SKOS.prefLabel, Literal(symbol, lang="en")) in graph


def test_nothing_unresolved_is_cited(graph):
    unresolved = graph.subjects(UNCT.resolution, iri.concept("resolution", "unresolved"))
    assert [node for node in unresolved if graph.value(node, UNCT.cited)] == []


def test_the_recommended_draft_is_no_document_of_its_own():
    graph = rdf.document_graph(extract(SAMPLE), register())
    draft = iri.unit("e-res-2019-21", "draft")
    cited = iri.unit("e-res-2019-21", "op30-cit-self")
    assert (cited, UNCT.cited, draft) in graph
    assert (iri.document("e-res-2019-21"), UNCT.documentCites, draft) not in graph
    assert (iri.document("e-res-2019-21"), UNCT.recommendsAdoptionOf, draft) in graph


def test_a_document_without_symbol_has_no_address():
    text = TEXT.replace("A/RES/81/7. 反恐合作", "反恐合作")
    with pytest.raises(UnreadableSource, match=r"^a\.txt: its symbol was not found"):
        building.document_graphs(extract(text.encode(), "a.txt"))


def test_a_slug_that_nobody_knows_is_refused():
    with pytest.raises(BadData, match="no-such-body"):
        rdf.thing_iri("no-such-body", register())


LINKED = b"""<html><body><p>A/RES/81/9. Lamps</p><p>The General Assembly,</p>
<p>1. Recalls resolution <a href="https://undocs.org/A/RES/72/195">72/194</a> and again
<a href="https://undocs.org/A/RES/72/195">72/194</a>;</p>
<p>2. Requests the Secretary-General to report to it.</p></body></html>"""


def test_a_link_that_disagrees_is_a_statement_of_its_own():
    document = extract(LINKED, "a.html")
    assert [(d.read, d.linked) for d in document.disagreements] == [
        ("A/RES/72/194", "A/RES/72/195")
    ] * 2
    graph = derive(rdf.document_graph(document, register()))
    node = iri.unit("a-res-81-9", "op1-dis-a-res-72-194-a-res-72-195")
    assert (node, RDF.type, UNCT.Statement) in graph
    assert (node, UNCT.statedIn, iri.unit("a-res-81-9", "op1")) in graph
    assert (node, UNCT.readAs, iri.document("a-res-72-194")) in graph
    assert (node, UNCT.linkedTo, iri.document("a-res-72-195")) in graph
    spans = set(graph.objects(node, UNCT.evidence))
    assert {str(graph.value(span, OA.exact)) for span in spans} == {"72/194"}
    assert len(spans) == 2


def test_subjects_and_remarks_are_stated():
    document = replace(
        extract(TEXT.encode(), "a.txt"), subjects=("LAMPS", "RIVERS"), remarks=("Read by eye.",)
    )
    graph = rdf.document_graph(document, register())
    assert set(graph.objects(URIRef(DOC), UNCT.subjectHeading)) == {
        Literal("LAMPS"),
        Literal("RIVERS"),
    }
    expression = iri.expression("a-res-81-7", "zh")
    assert list(graph.objects(expression, UNCT.remark)) == [Literal("Read by eye.")]
