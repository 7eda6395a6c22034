from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from pursuant import building, listing
from pursuant.cli import main
from pursuant.errors import BadQuery, UnknownName
from pursuant.querying import cited_by
from pursuant.store import Store


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, True),
        ({"body": "ecosoc"}, True),
        ({"body": "经济及社会理事会"}, True),
        ({"body": "ga"}, False),
        ({"year": "2019"}, True),
        ({"year": "2018"}, False),
        ({"since": "2019-07-23", "until": "2019-07-23"}, True),
        ({"since": "2019-07", "until": "2019-07"}, True),
        ({"since": "2019-07-24"}, False),
        ({"until": "2018"}, False),
        ({"year": "2019", "since": "2019-08"}, False),
        ({"held_in": "zh"}, True),
        ({"held_in": "en"}, False),
        ({"topic": "prisons"}, True),
        ({"topic": "reporting", "body": "ECOSOC", "held_in": "zh"}, True),
        ({"topic": "prisons", "year": "2020"}, False),
    ],
)
def test_documents_are_filtered(shipped: Store, filters, found):
    rows = list(listing.documents(shipped, **filters))
    assert [row["slug"] for row in rows] == ["e-res-2019-21"] * found


def test_documents_carry_the_title_in_the_language_and_counts(shipped: Store):
    (row,) = listing.documents(shipped, language="zh")
    assert row["title"] == "联合国毒品和犯罪问题办公室在反恐方面提供的技术援助"
    assert (row["paragraphs"], row["mandates"]) == (49, 36)


@pytest.mark.parametrize(
    ("filters", "units"),
    [
        ({"target": "crc"}, {"op24"}),
        ({"target": "联合国宪章"}, {"pp4", "pp6", "op4"}),
        ({"unit": "OP24"}, {"op24"}),
        ({"unit": "fn9"}, {"op24"}),
        ({"function": "legal-obligation", "kind": "instrument"}, {"op24"}),
        ({"kind": "self", "via": "footnote"}, set()),
    ],
)
def test_citations_are_filtered(shipped: Store, filters, units):
    rows = listing.citations(shipped, "E/RES/2019/21", **filters)
    assert {row["unit"] for row in rows} == units


def test_citations_of_all_documents_name_their_document(shipped: Store):
    rows = list(listing.citations(shipped, status="resolved"))
    assert {row["document"] for row in rows} == {"E/RES/2019/21"}
    assert len(rows) == len(listing.citations(shipped, "e-res-2019-21", status="resolved"))


def test_instruments_are_known_by_kind_and_date(shipped: Store):
    every = list(listing.instruments(shipped))
    assert every[0]["paragraphs"] == max(row["paragraphs"] for row in every) > 2
    assert all("/" not in row["slug"] for row in every)
    rows = listing.instruments(shipped, kind="Protocol", since="2000-11-15", until="2001")
    assert {"untoc-trafficking", "untoc-smuggling"} <= {row["target"] for row in rows}
    assert all(row["adopted"] >= "2000-11-15" for row in rows)
    groups = {row["target"] for row in listing.instruments(shipped, kind="InstrumentGroup")}
    assert "ct-conventions" in groups


def test_entities_are_known_by_kind(shipped: Store):
    every = list(listing.entities(shipped))
    assert "unodc" in {row["slug"] for row in every[:3]}
    bodies = {row["slug"] for row in listing.entities(shipped, kind="DeliberativeBody")}
    assert {"ga", "sc", "ecosoc"} <= bodies < {row["slug"] for row in every}


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"function": "legal-obligation"}, 1),
        ({"function": "recall"}, 0),
        ({"via": "text", "since": "2019", "until": "2019-07"}, 1),
        ({"via": "footnote"}, 0),
        ({"since": "2020"}, 0),
    ],
)
def test_citing_paragraphs_are_filtered(shipped: Store, filters, count):
    assert len(cited_by(shipped, "crc", **filters)) == count


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (lambda s: listing.documents(s, body="ecosok"), UnknownName, "did you mean"),
        (lambda s: listing.documents(s, topic="prison"), UnknownName, "did you mean prisons"),
        (lambda s: listing.documents(s, year="20"), BadQuery, "year is a year, or as 2019-07-23"),
        (lambda s: listing.documents(s, since="2019-7"), BadQuery, "since is"),
        (lambda s: listing.citations(s, status="lost"), BadQuery, "status is one of resolved"),
        (lambda s: listing.citations(s, kind="x"), BadQuery, "kind is one of instrument"),
        (lambda s: listing.citations(s, function="x"), UnknownName, "no function is called 'x'"),
        (lambda s: listing.citations(s, "crc"), UnknownName, "the text of crc is not held"),
        (
            lambda s: listing.instruments(s, kind="Konvention"),
            UnknownName,
            "did you mean Convention",
        ),
        (lambda s: listing.entities(s, kind="Foo"), UnknownName, "DeliberativeBody"),
        (lambda s: cited_by(s, "crc", via="air"), BadQuery, "via is one of text"),
    ],
)
def test_a_filter_that_is_wrong_is_refused(shipped: Store, ask, error, says):
    with pytest.raises(error, match=says):
        ask(shipped)


def test_a_list_is_read_anew_after_a_write():
    store = Store.memory()
    assert len(listing.entities(store)) == 0
    store.replace({str(name): graph for name, graph in building.shipped_graphs().items()})
    assert len(listing.entities(store)) > 100


@pytest.mark.parametrize(
    ("command", "first"),
    [
        (["documents", "--year", "2019"], {"symbol": "E/RES/2019/21"}),
        (["citations", "e-res-2019-21", "--target", "crc"], {"unit": "op24"}),
        (["instruments", "--kind", "Charter"], {"target": "un-charter"}),
        (["entities"], {"slug": "unodc"}),
        (["cited-by", "crc", "--since", "2019"], {"unit": "op24"}),
    ],
)
def test_the_commands_print_the_lists(tmp_path_factory, command, first):
    store = tmp_path_factory.getbasetemp() / "listing"
    told = CliRunner().invoke(main, [*command, "--format", "json", "--store", str(store)])
    row = json.loads(told.stdout)[0]
    assert {name: row[name] for name in first} == first
