"""What else the world calls a document."""

from __future__ import annotations

import pytest
from rdflib import RDFS

from pursuant import iri
from pursuant.formats.addresses import symbol_of
from pursuant.identifying import akoma_ntoso, undocs
from pursuant.iri import UNCT


@pytest.mark.parametrize(
    ("symbol", "adopted", "language", "name"),
    [
        ("S/RES/2178 (2014)", "2014-09-24", None, "unsc/2014-09-24/2178-2014/"),
        ("A/RES/72/194", "2017-12-19", "zh", "unga/2017-12-19/72-194/zho@/"),
        ("A/RES/53/243 A", "1999-09-13", "ar", "unga/1999-09-13/53-243A/ara@/"),
        ("A/HRC/RES/37/42", "2018-03-23", "fr", "unga-hrc/2018-03-23/37-42/fra@/"),
        ("E/RES/2019/21", "2019-07-23", "ru", "unecosoc/2019-07-23/2019-21/rus@/"),
    ],
)
def test_identifiers_are_those_of_the_published_markup(symbol, adopted, language, name):
    prefix = "/akn/un/statement/deliberation/"
    assert akoma_ntoso(symbol, adopted, language) == prefix + name


@pytest.mark.parametrize(
    "symbol",
    ["A/RES/3034(XXVII)", "A/RES/ES-10/20", "E/DEC/2019/210", "E/CN.15/2019/5", "A/72/840"],
)
def test_no_identifier_is_made_up(symbol):
    assert akoma_ntoso(symbol, "1972-12-18") is None


@pytest.mark.parametrize(
    "symbol",
    [
        "A/RES/72/194",
        "S/RES/2178 (2014)",
        "A/RES/3034(XXVII)",
        "A/RES/57/228 B",
        "E/CN.15/2019/5",
        "A/HRC/RES/37/42",
        "A/C.3/74/L.5/Rev.1",
    ],
)
@pytest.mark.parametrize("language", [None, "zh", "ar"])
def test_an_address_leads_back_to_its_symbol(symbol, language):
    assert symbol_of(undocs(symbol, language)) == symbol


def test_what_stands_in_an_address_cannot_break_out_of_it():
    assert undocs('A/72/"><b>?x=1#y') == "https://undocs.org/A/72/%22%3E%3Cb%3E%3Fx%3D1%23y"


def test_the_graph_tells_them_of_works_and_texts(shipped):
    told = {
        (quad.subject.value, quad.predicate.value): quad.object.value
        for quad in shipped.quads(str(iri.graph("e-res-2019-21.zh")))
    }
    work, text = str(iri.document("e-res-2019-21")), str(iri.expression("e-res-2019-21", "zh"))
    name = "/akn/un/statement/deliberation/unecosoc/2019-07-23/2019-21/"
    assert told[work, str(UNCT.akomaNtosoIdentifier)] == name
    assert told[text, str(UNCT.akomaNtosoIdentifier)] == f"{name}zho@/"
    assert told[work, str(RDFS.seeAlso)] == "https://undocs.org/E/RES/2019/21"
    assert told[text, str(RDFS.seeAlso)] == "https://undocs.org/zh/E/RES/2019/21"


def test_the_register_has_them_where_symbol_and_date_are_known(shipped):
    graph = {quad.triple for quad in shipped.quads(str(iri.graph("register")))}
    told = {
        t.subject.value: t.object.value
        for t in graph
        if t.predicate.value == str(UNCT.akomaNtosoIdentifier)
    }
    assert told[str(iri.document("a-res-60-288"))].startswith("/akn/un/statement/")
    assert str(iri.document("crc")) not in told
