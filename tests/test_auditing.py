from __future__ import annotations

import io

import openpyxl
import pytest

from pursuant.auditing import SECTIONS, asked, audit
from pursuant.errors import UnknownName
from pursuant.paths import QUERIES
from tests.series import series


@pytest.fixture(scope="module")
def found():
    return audit(series())


def test_cited_but_not_held_the_most_cited_first(found):
    table = found["cited-not-held"]
    counts = [row["paragraphs"] for row in table]
    assert counts == sorted(counts, reverse=True)
    told = {row["instrument"]: (row["paragraphs"], row["documents"]) for row in table}
    assert told["A/RES/60/288"] == (6, 4)
    assert told["S/RES/2322 (2016)"] == (4, 4)
    assert "A/RES/81/391" not in told
    assert "A/RES/74/175" not in told


def test_held_but_cited_by_no_other(found):
    assert [row["document"] for row in found["held-not-cited"]] == [
        "E/RES/2019/21",
        "S/RES/9103 (2029)",
        "S/RES/9104 (2030)",
        "A/RES/85/393",
    ]


def test_what_is_not_known_for_sure_with_reasons(found):
    rows = {row["exact"]: row for row in found["unresolved"]}
    assert rows["resolution 12/34"] == {
        "exact": "resolution 12/34",
        "status": "unresolved",
        "occurrences": 1,
        "documents": 1,
        "reasons": ("the body that adopted it is not named",),
        "candidates": (),
        "first": "A/RES/85/393 pp4",
    }
    assert "第12/34号决议" in rows


def test_reasons_are_told_in_the_language_asked_for():
    rows = audit(series(), "unresolved", "zh")["unresolved"]
    assert {row["reasons"] for row in rows} == {("未写明通过机构",)}


def test_a_reason_without_a_kind_is_told_as_it_stands(composed_client):
    table = audit(composed_client.app.state.store, "unresolved", "zh")["unresolved"]
    assert ("<no> such body",) in {row["reasons"] for row in table}


def test_candidates_are_told(composed_client):
    table = audit(composed_client.app.state.store)["unresolved"]
    rows = {row["exact"]: row for row in table}
    assert rows["the Rules & <Orders>"]["candidates"] == ("crc", "untoc")
    assert rows["the Rules & <Orders>"]["status"] == "ambiguous"


def test_languages_that_are_missing(found):
    rows = {row["document"]: (row["held"], row["missing"]) for row in found["languages"]}
    assert rows["S/RES/9102 (2028)"] == (("en", "zh"), ("ar", "es", "fr", "ru"))
    assert rows["S/RES/9101 (2027)"] == (("en",), ("ar", "es", "fr", "ru", "zh"))


def test_languages_that_disagree(found):
    assert list(found["language-differences"]) == [
        {
            "document": "A/RES/85/393",
            "unit": "pp4",
            "instrument": "uncac",
            "cited_in": "en",
            "not_in": ("zh",),
            "exact": "United Nations Convention against Corruption",
        }
    ]


def test_links_that_disagree(found):
    assert list(found["links"]) == [
        {
            "document": "S/RES/9104 (2030)",
            "unit": "pp1",
            "exact": "1373 (2001)",
            "read": "S/RES/1373 (2001)",
            "linked": "S/RES/1540 (2004)",
            "language": "en",
        }
    ]


def test_unverified_facts_of_what_is_cited_most_come_first(found):
    rows = list(found["unverified"])
    assert rows[0]["paragraphs"] >= rows[1]["paragraphs"] >= rows[-1]["paragraphs"] == 0
    facts = {row["thing"]: row["facts"] for row in rows}
    assert "producedBy" in facts["ct-compact"]


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_is_a_question_and_finds_something_here(found, section):
    assert asked(section).endswith("?")
    assert (QUERIES / f"{SECTIONS[section].query}.rq").is_file()
    assert len(found[section]) > 0
    assert audit(series(), section).sections.keys() == {section}


def test_sections_are_known_in_any_spelling(found):
    assert found["Cited_not held"] is found["cited-not-held"]
    for ask in (lambda: found["unresolvd"], lambda: audit(series(), "unresolvd")):
        with pytest.raises(UnknownName, match="called 'unresolvd'; did you mean unresolved"):
            ask()
    with pytest.raises(UnknownName, match="called 'x'; there are cited-not-held, held-not-cited"):
        audit(series(), "x")


def test_a_workbook_has_a_sheet_for_each_section(found):
    written = io.BytesIO()
    found.to_xlsx(written)
    book = openpyxl.load_workbook(written)
    assert book.sheetnames == ["summary", *SECTIONS]
    assert book["links"].freeze_panes == "A2"
    assert book["links"]["A2"].value == "S/RES/9104 (2030)"
    assert not found.is_clean
