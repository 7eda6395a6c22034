"""The ontology as people and programs get it, and as the library reads it."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pytest
from lxml import html
from pyoxigraph import RdfFormat, parse
from rdflib import OWL, RDF, SKOS, Graph, URIRef
from rdflib.compare import isomorphic

from pursuant import ontology
from pursuant.errors import UnknownName
from pursuant.iri import UNCT
from pursuant.paths import ONTOLOGY
from pursuant_api import diagrams

KNOWN = ontology.ontology()
FILES = {
    "/ontology": "unct.ttl",
    "/ontology/alignments": "alignments.ttl",
    "/shapes": "shapes.ttl",
    "/vocab/topic": "vocab/topic.ttl",
    "/vocab/force": "vocab/force.ttl",
}
SYNTAXES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}
SUFFIXES = {"text/turtle": ".ttl", "application/n-triples": ".nt", "application/rdf+xml": ".rdf"}


def page(client, path: str) -> Any:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return html.document_fromstring(answer.content)


@pytest.mark.parametrize("media", SYNTAXES)
@pytest.mark.parametrize("path", FILES)
def test_each_file_comes_in_each_syntax(client, path, media):
    answer = client.get(path, headers={"Accept": media})
    assert answer.headers["content-type"].startswith(media)
    assert answer.headers["vary"].startswith("Accept, Accept-Language")
    with warnings.catch_warnings():  # rdflib's own use of what it deprecates
        warnings.simplefilter("ignore", DeprecationWarning)
        read = Graph().parse(data=answer.content, format=SYNTAXES[media])
    assert isomorphic(read, Graph().parse(ONTOLOGY / FILES[path]))
    if media in SUFFIXES:
        assert client.get(path + SUFFIXES[media]).content == answer.content


def test_turtle_is_the_file_itself(client):
    for path, name in FILES.items():
        assert client.get(f"{path}.ttl").content == (ONTOLOGY / name).read_bytes()


def test_json_ld_brings_its_context(client):
    told = client.get("/ontology.jsonld").json()
    contexts = [told.get("@context", {})] if isinstance(told, dict) else []
    assert all(isinstance(context, dict) for context in contexts)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_term_has_its_place_and_words_in_both_languages(client, language):
    shown = page(client, f"/ontology?lang={language}")
    graph = Graph().parse(ONTOLOGY / "unct.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    declared = {str(term) for kind in kinds for term in graph.subjects(RDF.type, kind)}
    assert {term.iri for term in KNOWN.terms.values()} == declared
    for iri in declared:
        [place] = shown.xpath("//section[@id=$name]", name=iri.removeprefix(str(UNCT)))
        text = place.text_content()
        for kind in (SKOS.prefLabel, SKOS.definition):
            for words in graph.objects(URIRef(iri), kind):
                assert str(words) in text, iri


def test_every_link_within_the_page_leads_somewhere(client):
    for path in ("/ontology", "/shapes", "/vocab/action"):
        shown = page(client, path)
        ids = shown.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {href[1:] for href in shown.xpath("//a/@href[starts-with(., '#')]")} <= set(ids)


def test_links_to_other_pages_of_the_ontology_lead_somewhere(client):
    for path in ("/ontology", "/shapes", "/vocab/action"):
        for href in set(page(client, path).xpath("//a/@href[starts-with(., '/')]")):
            target, _, place = href.partition("#")
            answer = client.get(target, headers={"Accept": "text/html, */*;q=0.1"})
            assert answer.status_code in {200, 303}, href
            if place:
                assert html.document_fromstring(answer.content).xpath("//*[@id=$id]", id=place), (
                    href
                )


def test_domain_range_and_inverse_are_told(client):
    shown = page(client, "/ontology?lang=en")
    [place] = shown.xpath("//section[@id='hasUnit']")
    told = {dt.text: dt.getnext().text_content() for dt in place.xpath(".//dt")}
    assert told == {
        "Said of": "Instrument",
        "Leads to": "Text Unit",
        "The other way round": "is in document",
    }
    [treaty] = shown.xpath("//section[@id='Treaty']")
    told = {dt.text: dt.getnext().text_content() for dt in treaty.xpath(".//dt")}
    assert told["is a kind of"] == "Instrument"
    assert told["Kinds of it"] == "Charter; Convention; Protocol"
    assert "depositary" in told["Properties"]


def test_the_version_is_told_and_led_to(client):
    shown = page(client, "/ontology?lang=en").text_content()
    assert KNOWN.version_iri in shown
    assert "none, this is the first" in shown
    path = KNOWN.version_iri.removeprefix("https://w3id.org/unct")
    answer = client.get(f"{path}.ttl?lang=zh")
    assert (answer.status_code, answer.headers["location"]) == (303, "/ontology.ttl?lang=zh")


def test_an_earlier_version_would_be_told(tmp_path):
    for path in ONTOLOGY.rglob("*.ttl"):
        target = tmp_path / path.relative_to(ONTOLOGY)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    with (tmp_path / "unct.ttl").open("a") as file:
        file.write("<https://w3id.org/unct/ontology> owl:priorVersion <urn:before> .\n")
    assert ontology.ontology(tmp_path).prior == "urn:before"
    assert KNOWN.prior is None


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/ontology/hasUnit", "/ontology#hasUnit"),
        ("/ontology/Treaty?lang=zh", "/ontology?lang=zh#Treaty"),
        ("/vocab", "/ontology#vocabularies"),
        ("/vocab/topic/biometrics", "/vocab/topic#biometrics"),
        ("/vocab/topic/biometrics.ttl?lang=en", "/vocab/topic.ttl?lang=en#biometrics"),
    ],
)
def test_terms_and_concepts_lead_to_their_places(client, path, location):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, location)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/ontology/hasUnits", "did you mean hasUnit?"),
        ("/ontology/9.9.9", "the ontology has no term or version '9.9.9'"),
        ("/vocab/topics", "there is no vocabulary 'topics'; did you mean topic?"),
        ("/vocab/topic/9", "has no concept '9'"),
        ("/ontology.xyz", "nothing is at /ontology.xyz"),
    ],
)
def test_what_there_is_not_is_not_found(client, path, told):
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert told in answer.json()["detail"]


@pytest.mark.parametrize("scheme", KNOWN.schemes)
def test_a_vocabulary_shows_every_concept_in_six_languages(client, scheme):
    shown = page(client, f"/vocab/{scheme}")
    rows = shown.xpath("//tbody/tr")
    assert len(rows) == len(KNOWN.schemes[scheme].concepts) > 1
    for row in rows:
        assert row.xpath(".//bdi/@lang") == ["en", "zh", "fr", "es", "ru", "ar"]
    told = client.get(f"/vocab/{scheme}.json").json()
    assert {each["notation"] for each in told} == {row.get("id") for row in rows}


def test_strengths_are_shown_where_a_vocabulary_has_them(client):
    [row] = page(client, "/vocab/force").xpath("//tr[@id='request']")
    assert row.xpath("td[@class='number']/text()") == ["7"]
    assert page(client, "/vocab/topic").xpath("//td[@class='number']") == []


def test_matches_with_unbis_are_shown(client):
    shown = page(client, "/vocab/topic?lang=en")
    [link] = shown.xpath("//tr[@id='children']//a/@href")
    assert link == "http://metadata.un.org/thesaurus/1000952"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_constraint_is_told_in_words(client, language):
    shown = page(client, f"/shapes?lang={language}")
    told = client.get(f"/shapes.json?lang={language}").json()
    assert len(told) == len(shown.xpath("//tbody/tr")) > 80
    for each in told:
        [row] = shown.xpath("//tr[@id=$name]", name=each["shape"])
        assert each["message"] in row.text_content()
        assert each["title"] in row.text_content()


def test_every_named_shape_of_the_file_is_there():
    said = parse(path=ONTOLOGY / "shapes.ttl", format=RdfFormat.TURTLE)
    named = {q.subject.value for q in said if q.predicate.value.endswith("#severity")}
    assert named == {shape.iri for shape in KNOWN.shapes}


def test_the_list_of_terms_is_the_command_lines(client):
    told = client.get("/ontology.json").json()
    assert told == ontology.terms().to_json()
    assert json.dumps(told)


def test_a_term_is_found_in_any_spelling():
    for name in ("hasUnit", "hasunit", "unct:hasUnit", str(UNCT.hasUnit)):
        assert [row["term"] for row in ontology.terms(name)] == ["hasUnit"]
    with pytest.raises(UnknownName, match="did you mean"):
        ontology.terms("hasUnitt")


# Pictures


def ancestors(name: str) -> set[str]:
    found, pending = set(), [str(UNCT[name])]
    while pending:
        found.add(iri := pending.pop())
        pending += KNOWN.terms[iri.removeprefix(str(UNCT))].within
    return found


@pytest.mark.parametrize("arrow", diagrams.plan()["arrow"], ids=lambda a: f"{a['from']}-{a['by']}")
def test_each_arrow_of_the_overview_is_true(arrow):
    if arrow["by"] == "subClassOf":
        assert str(UNCT[arrow["to"]]) in ancestors(arrow["from"])
        return
    term = KNOWN.terms[arrow["by"]]
    assert ancestors(arrow["from"]) & set(term.domain)
    assert ancestors(arrow["to"]) & set(term.range)


def test_every_class_is_in_a_tree_or_stands_alone():
    shown = {box.name for tree in diagrams.trees(KNOWN, "en") for box in tree.boxes}
    alone = {c.name for c in KNOWN.of_kind("class") if not c.within and not KNOWN.under(c.name)}
    assert shown | alone == {c.name for c in KNOWN.of_kind("class")}
    assert not shown & alone


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pictures_are_told_in_words_and_keep_within_their_frame(client, language):
    shown = page(client, f"/ontology?lang={language}")
    figures = shown.xpath("//figure")
    assert len(figures) == 1 + len(diagrams.trees(KNOWN, language))
    for figure in figures:
        [svg] = figure.xpath(".//svg")
        _, _, width, height = map(float, svg.get("viewbox", svg.get("viewBox")).split())
        assert figure.xpath(".//*[@id=$id]", id=svg.get("aria-labelledby"))[0].text_content()
        words = figure.xpath(".//ul[@id=$id]/li/text()", id=svg.get("aria-describedby"))
        assert len(words) == len(figure.xpath(".//line[contains(@class, 'edge')]")) or words
        for rect in figure.xpath(".//rect"):
            assert float(rect.get("x")) + float(rect.get("width")) <= width
            assert float(rect.get("y")) + float(rect.get("height")) <= height
        assert "style=" not in html.tostring(figure, encoding="unicode")


def test_boxes_do_not_cover_one_another():
    for diagram in (diagrams.overview(KNOWN, "en", "is"), *diagrams.trees(KNOWN, "en")):
        for number, a in enumerate(diagram.boxes):
            for b in diagram.boxes[number + 1 :]:
                apart = a.x + a.width <= b.x or b.x + b.width <= a.x
                assert apart or a.y + a.height <= b.y or b.y + b.height <= a.y
