"""What machines that read pages are told of a document."""

from __future__ import annotations

import json
import re
import warnings
from typing import Any

import pytest
from lxml import html
from rdflib import RDF, Graph, Literal, Namespace, URIRef

DOC = "/documents/e-res-2019-21"
SCHEMA = Namespace("https://schema.org/")
WORK = URIRef("https://w3id.org/unct/id/doc/e-res-2019-21")


def page(client, path: str) -> Any:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def block(client, path: str) -> str:
    [text] = page(client, path).xpath("//script[@type='application/ld+json']/text()")
    return str(text)


def read(text: str) -> Graph:
    with warnings.catch_warnings():  # rdflib's own use of what it deprecates
        warnings.simplefilter("ignore", DeprecationWarning)
        return Graph().parse(data=text, format="json-ld")


def test_the_block_is_read_without_fetching_anything(client, monkeypatch):
    monkeypatch.setattr("urllib.request.urlopen", None)
    told = read(block(client, f"{DOC}?lang=en"))
    assert told.value(WORK, RDF.type) == SCHEMA.Legislation
    assert set(told.objects(WORK, SCHEMA.legislationIdentifier)) == {
        Literal("E/RES/2019/21"),
        Literal("/akn/un/statement/deliberation/unecosoc/2019-07-23/2019-21/"),
    }
    date = told.value(WORK, SCHEMA.legislationDate)
    assert date == Literal("2019-07-23", datatype=SCHEMA.Date)
    assert list(told.objects(WORK, SCHEMA.legislationType)) == [Literal("Resolution")]
    body = told.value(WORK, SCHEMA.legislationPassedBy)
    assert body == URIRef("https://w3id.org/unct/id/entity/ecosoc")
    assert told.value(body, SCHEMA.name) == Literal("Economic and Social Council")
    assert told.value(WORK, SCHEMA.inLanguage) == Literal("zh")
    assert told.value(WORK, SCHEMA.sameAs) == URIRef("https://undocs.org/E/RES/2019/21")
    assert told.value(WORK, SCHEMA.url) == URIRef(f"http://testserver{DOC}")


def test_its_citations_are_those_of_the_document(client, shipped):
    told = read(block(client, DOC))
    asked = client.get(f"{DOC}/instruments.json?per_page=100").json()
    cited = {str(iri) for iri in told.objects(WORK, SCHEMA.citation)}
    assert len(cited) == len({row["target"] for row in asked}) == 33
    assert "https://w3id.org/unct/id/doc/crc" in cited
    crc = URIRef("https://w3id.org/unct/id/doc/crc")
    assert told.value(crc, SCHEMA.name) == Literal("Convention on the Rights of the Child")


def test_its_addresses_are_there(client):
    told = json.loads(block(client, DOC))
    for each in told["encoding"]:
        answer = client.get(each["contentUrl"])
        assert answer.headers["content-type"].startswith(each["encodingFormat"])
    for each in told["workExample"]:
        assert client.get(each["url"]).status_code == 200


@pytest.mark.parametrize(("path", "text"), [("/documents/a-res-90-1", "Lamps & <lanterns>")])
def test_no_text_gets_out_of_the_block(composed_client, path, text):
    shown = composed_client.get(f"{path}?text=en", headers={"Accept": "text/html"}).text
    [raw] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown, re.DOTALL)
    assert not set("<>&") & set(raw)
    assert json.loads(raw)["name"] == text
    assert html.document_fromstring(shown).xpath("//meta[@name='DC.title']/@content") == [text]


def test_what_is_not_known_is_left_out(composed_client):
    told = json.loads(block(composed_client, "/documents/a-res-90-1?text=ar"))
    assert told["inLanguage"] == "ar"
    assert told["legislationIdentifier"] == ["A/RES/90/1"]
    assert "legislationDate" not in told
    assert {each["inLanguage"] for each in told["workExample"]} == {"ar", "en"}
    shown = page(composed_client, "/documents/a-res-90-1?text=ar")
    assert shown.xpath("//meta[@name='citation_publication_date']") == []


def test_reference_managers_find_their_names(client):
    shown = page(client, f"{DOC}?lang=en")
    told = {meta.get("name"): meta.get("content") for meta in shown.xpath("//meta[@name]")}
    assert told["citation_author"] == "Economic and Social Council"
    assert told["citation_publication_date"] == "2019/07/23"
    assert told["citation_technical_report_number"] == told["DC.identifier"] == "E/RES/2019/21"
    assert told["DC.source"] == "https://undocs.org/zh/E/RES/2019/21"
    assert told["citation_title"].startswith("联合国毒品和犯罪问题办公室")
    assert told["DC.publisher"] == "United Nations"


@pytest.mark.parametrize("path", [DOC, "/instruments/crc", "/entities/unodc"])
def test_each_page_names_its_twins(client, path):
    links = page(client, f"{path}?lang=zh").xpath("//link[@rel='alternate']")
    assert len(links) == 5
    for each in links:
        answer = client.get(each.get("href"))
        assert answer.headers["content-type"].startswith(each.get("type"))


def test_the_page_has_one_address_whatever_is_read_of_it(client):
    for query in ("", "?lang=zh", "?lang=en&text=zh"):
        [link] = page(client, DOC + query).xpath("//link[@rel='canonical']/@href")
        assert link == f"http://testserver{DOC}"


def test_agents_are_shown_the_way_in_the_header(client):
    told = client.get(DOC, headers={"Accept": "text/html"}).headers["link"]
    assert f'<{WORK}>; rel="cite-as"' in told
    assert '<https://schema.org/Legislation>; rel="type"' in told
    twins = re.findall(r'<([^>]*)>; rel="describedby"; type="([^"]*)"', told)
    assert len(twins) == 5
    for address, media in twins:
        assert client.get(address).headers["content-type"].startswith(media)
    unit = client.get(f"{DOC}/op24.ttl").headers["link"]
    assert f'<{WORK}/op24>; rel="cite-as"' in unit


def test_people_see_the_identifiers_and_the_official_text(client):
    text = page(client, f"{DOC}?lang=en").text_content()
    assert "https://undocs.org/zh/E/RES/2019/21" in text
    assert "/akn/un/statement/deliberation/unecosoc/2019-07-23/2019-21/zho@/" in text
    shown = page(client, "/instruments/a-res-60-288?lang=en")
    assert shown.xpath("//dd/a/@href[. = 'https://undocs.org/A/RES/60/288']")
    assert "/akn/un/statement/deliberation/unga/2006-09-08/60-288/" in shown.text_content()
