from __future__ import annotations

import pytest
from rdflib import SKOS, Graph

from pursuant.building import document_graphs
from pursuant.classifying import pillars, topics
from pursuant.extracting import extract
from pursuant.iri import OA, UNCT, concept, local, unit
from pursuant.paths import ONTOLOGY
from tests.series import SERIES

LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")


def named(text: str, language: str) -> list[tuple[str, str]]:
    return [(t.slug, text[t.start : t.end]) for t in topics(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "to counter terrorist financing", [("terrorist-financing", "terrorist financing")]),
        ("en", "Victims of Terrorism", [("victims", "Victims of Terrorism")]),
        ("en", "the victims of a flood", []),
        ("en", "women and gender", [("women-and-gender", "women and gender")]),
        ("zh", "加强边境管理", [("border-management", "边境管理")]),
        ("zh", "外国恐怖主义战斗人员", [("foreign-terrorist-fighters", "外国恐怖主义战斗人员")]),
        ("fr", "la coopération technique", [("technical-assistance", "coopération technique")]),
        ("es", "los derechos humanos", [("human-rights", "derechos humanos")]),
        ("ru", "защита прав человека", [("human-rights", "прав человека")]),
        ("ru", "техническую помощь", [("technical-assistance", "техническую помощь")]),
        ("ar", "حقوق الإنسان", [("human-rights", "حقوق الإنسان")]),
        ("xx", "human rights", []),
    ],
)  # fmt: skip
def test_topics_are_named_in_any_form_of_their_words(language, text, found):
    assert named(text, language) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_label_names_its_topic(language):
    graph = Graph().parse(ONTOLOGY / "vocab" / "topic.ttl")
    labels = [
        (local(str(topic)), str(label))
        for name in (SKOS.prefLabel, SKOS.altLabel)
        for topic, label in graph.subject_objects(name)
        if getattr(label, "language", None) == language and (topic, SKOS.notation, None) in graph
    ]
    assert len(labels) >= 28
    assert [pair for pair in labels if pair[0] not in dict(named(pair[1], language))] == []


def test_a_topic_of_a_mandate_has_its_words_and_no_pillar_without_the_strategy():
    document = extract(SERIES / "s-res-9101.en.txt")
    (graph,) = document_graphs(document).values()
    node = unit("s-res-9101-2027", "op2-top-border-management")
    span = graph.value(node, UNCT.evidence)
    assert str(graph.value(span, OA.exact)) == "border security"
    mandate = unit("s-res-9101-2027", "op2-man1")
    told = {concept("topic", slug) for slug in ("biometrics", "border-management", "reporting")}
    assert set(graph.objects(mandate, UNCT.topic)) == told
    assert set(graph.objects(unit("s-res-9101-2027", "op2"), UNCT.topic)) == told
    assert (None, UNCT.pillar, None) not in graph


def test_a_document_that_invokes_the_strategy_is_put_under_its_pillars(shipped):
    rows = shipped.select(
        "SELECT DISTINCT ?m ?p { GRAPH <https://w3id.org/unct/id/graph/e-res-2019-21.zh> {"
        " ?m a unct:Mandate ; unct:pillar ?p } }"
    )
    found = {(str(m).rsplit("/", 1)[-1], str(p).rsplit("/", 1)[-1]) for m, p in rows.rows}
    assert ("op1-man2", "iii") in found
    assert ("op11-man1", "iv") in found
    assert pillars()["terrorist-financing"] == "ii"


def test_how_far_the_words_agree_with_a_person(shipped):
    """Topics of mandates by their words, beside those that the first document's reader gave."""
    rows = shipped.select(
        "SELECT DISTINCT ?m ?topic ?who { { ?m a unct:Mandate ; unct:topic ?topic BIND(1 AS ?who) }"
        " UNION { ?r unct:reviews ?m ; unct:topic ?topic . ?m a unct:Mandate BIND(2 AS ?who) } }"
    ).rows
    machine, person = ({row[:2] for row in rows if row[2] == who} for who in (1, 2))
    both = len(machine & person)
    assert both / len(machine) >= 0.85
    assert both / len(person) >= 0.75
