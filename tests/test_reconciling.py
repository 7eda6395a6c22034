from __future__ import annotations

from pursuant.extracting import extract
from pursuant.paths import DATA
from pursuant.reconciling import Unlinked, reconcile

FIRST = reconcile(extract(DATA / "sources" / "e-res-2019-21.zh.txt"))


def test_the_report_that_is_linked_is_not_in_the_text() -> None:
    assert FIRST.without_citation == ("E/2019/30",)


def test_what_is_cited_by_symbol_without_a_link() -> None:
    by_symbol = [item for item in FIRST.without_link if item.by_symbol]
    assert by_symbol == [Unlinked("S/RES/2368 (2017)", ("pp1",), True)]


def test_what_is_named_by_title_alone() -> None:
    by_title = {item.target: item.paragraphs for item in FIRST.without_link if not item.by_symbol}
    assert by_title == {
        "un-charter": ("pp4", "pp6", "op4"),
        "ct-compact": ("pp16", "op1", "op9", "op13", "op14", "op25", "op27"),
        "untoc": ("op2",),
        "untoc-trafficking": ("op2",),
        "untoc-smuggling": ("op2",),
        "untoc-firearms": ("op2",),
        "crc": ("op24",),
        "crc-opac": ("op24",),
    }


def test_links_that_a_line_broke_are_repeated() -> None:
    assert {"S/RES/2178 (2014)", "S/RES/2347 (2017)"} <= set(FIRST.repeated)
    # Two more are linked on two pages, in the first note and in the paragraphs.
    assert set(FIRST.repeated) == {
        "S/RES/2178 (2014)",
        "S/RES/2347 (2017)",
        "A/RES/72/194",
        "A/RES/72/284",
    }


def test_a_link_without_letter_covers_the_parts() -> None:
    assert FIRST.agreed["A/RES/53/243"] == ("pp7",)
    assert FIRST.agreed["A/RES/60/288"] == ("pp10", "pp11", "op29")


def test_the_table_has_a_row_for_each_difference() -> None:
    table = FIRST.to_table()
    assert table.columns == ("kind", "symbol", "paragraphs")
    assert table.rows[:2] == (
        ("linked, not cited", "E/2019/30", ()),
        ("cited, not linked", "S/RES/2368 (2017)", ("pp1",)),
    )
    assert ("named by title, not linked", "un-charter", ("pp4", "pp6", "op4")) in table.rows
    assert ("linked more than once", "A/RES/72/284", ("pp1", "pp10")) in table.rows
    assert len(table.rows) == 1 + 9 + 4


def test_a_document_without_links() -> None:
    dump = " 大会，\n\n 1. 重申第72/194号决议和某机构第1/2号意见。\n"
    found = reconcile(extract(dump.encode(), "x"))
    assert (found.without_citation, found.repeated, found.agreed) == ((), (), {})
    assert found.without_link == (Unlinked("A/RES/72/194", ("op1",), True),)
