from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pursuant.extracting import extract
from pursuant.languages import languages
from pursuant.paging import Pages, join, lay_out
from pursuant.paths import DATA

if TYPE_CHECKING:
    from pursuant.document import Document

CHINESE = languages()["zh"]
TEXT = (DATA / "sources" / "e-res-2019-21.zh.txt").read_text("utf-8")
LINES = TEXT.split("\n")
FIRST = extract(TEXT.encode(), "f.txt")


def pages(text: str) -> Pages:
    return lay_out(text.split("\n"), CHINESE)


def body(text: str) -> list[str]:
    return [line.text for line in pages(text).body]


def notes(text: str) -> dict[int, str]:
    return {number: join(lines) for number, lines in pages(text).notes.items()}


def content(document: Document) -> object:
    """What was read, without what tells the file."""
    return document.paragraphs, document.footnotes, document.title, document.adopted


@pytest.mark.parametrize(
    ("pieces", "joined"),
    [
        ([], ""),
        (["", "a", ""], "a"),
        (["一切", "形式"], "一切形式"),
        (["第 2178", "(2014)"], "第 2178 (2014)"),
        (["第", "72/194"], "第72/194"),
        (["a", "b", "c"], "a b c"),
        (["“软”", "目标"], "“软”目标"),
    ],
)
def test_join(pieces: list[str], joined: str) -> None:
    assert join(pieces) == joined


@pytest.mark.parametrize(
    "foot",
    [
        "A/RES/72/284\n3/9\f",
        "19-12345 (C)\f",
        "A/RES/72/284\nPage 3\f",
        "\f",
    ],
)
def test_the_foot_of_a_page_falls_away(foot: str) -> None:
    assert body(f" 回顾其\n{foot}决议，\n") == ["回顾其", "决议，"]


def test_a_page_number_inside_the_text_stays() -> None:
    assert body(" 回顾第\n72/284\n号决议，\n 又回顾，") == [
        "回顾第",
        "72/284",
        "号决议，",
        "又回顾，",
    ]


def test_white_space_inside_a_line_is_one_space() -> None:
    assert body(" 第\u3000 72/194  号\t决议") == ["第 72/194 号 决议"]


def test_indent_and_page_top_are_told() -> None:
    lines = pages(" 回顾，\n重申，\n____\f 又").body
    assert [(line.indent, line.page_top) for line in pages(" 甲\n乙\n_____\n\f\n 丙").body] == [
        (True, True),
        (False, False),
        (True, True),
    ]
    assert lines[0].indent


@pytest.mark.parametrize(
    ("text", "expected", "rest"),
    [
        (" 甲，\n_____\n 1 见\n《乙》。\n 丙，", {1: "见《乙》。"}, ["甲，", "丙，"]),
        (" 甲，\n_____\n 1 见《乙》。\n 2 丙。\n丁，", {1: "见《乙》。", 2: "丙。丁，"}, ["甲，"]),
        ("甲，\n_____\n1 见《乙》。\n丙，", {1: "见《乙》。"}, ["甲，", "丙，"]),
        ("甲，\n_____\n1 见《乙》。\n\f丙，", {1: "见《乙》。"}, ["甲，", "丙，"]),
        ("甲，\n_____\n1 见\n\f丙，\n_____\n乙。\n\f丁", {1: "见乙。"}, ["甲，", "丙，", "丁"]),
        ("甲，\n_____\n3 见《乙》。\n丙，", {3: "见《乙》。"}, ["甲，", "丙，"]),
        (
            "甲，\n_____\n1 见《乙》。\n\f丙，\n_____\n3 丁。",
            {1: "见《乙》。", 3: "丁。"},
            ["甲，", "丙，"],
        ),
        ("甲，\n_____\n丙，", {}, ["甲，", "丙，"]),
    ],
    ids=[
        "note of two lines",
        "a line without indent belongs to the note",
        "without indents the full stop ends it",
        "a page ends it",
        "a note that goes on below the next rule",
        "a lost note",
        "a lost note between two",
        "a rule with no notes",
    ],
)
def test_notes(text: str, expected: dict[int, str], rest: list[str]) -> None:
    assert notes(text) == expected
    assert body(text) == rest


@pytest.mark.parametrize(
    ("line", "link"),
    [
        ("https://undocs.org/ch/A/RES/72/194", "A/RES/72/194"),
        ("http://www.undocs.org/A/RES/72/194", "A/RES/72/194"),
        ("https://docs.un.org/zh/S/RES/2178%20(2014)", "S/RES/2178 (2014)"),
        ("https://undocs.org/ch/S/RES/2178(2014)", "S/RES/2178 (2014)"),
    ],
)
def test_links(line: str, link: str) -> None:
    found = pages(f" 回顾其\n{line}\n决议，")
    assert found.links == [link]
    assert [each.text for each in found.body] == ["回顾其", "决议，"]


def test_other_addresses_are_no_text() -> None:
    found = pages(" 回顾其\nhttps://www.un.org/en/\n决议，\n_____\n 1 见\nhttps://www.un.org/a\n。")
    assert [line.text for line in found.body] == ["回顾其", "决议，"]
    assert join(found.notes[1]) == "见https://www.un.org/a。"


MUTATIONS = {
    "full-width brackets": TEXT.replace("(", "（").replace(")", "）"),
    "full-width digits": TEXT.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}),
    "no-break spaces": TEXT.replace(" ", "\u00a0"),
    "thin spaces": TEXT.replace(" ", "\u2009"),
    "ideographic spaces": TEXT.replace(" ", "\u3000"),
    "zero-width spaces": "\u200b".join(TEXT),
    "direction marks": TEXT.replace("(", "\u200e(\u200f"),
    "stripped lines": "\n".join(line.strip() for line in LINES),
    "no blank lines": "\n".join(line for line in LINES if line.strip()),
    "doubled spaces": TEXT.replace(" ", "  "),
    "tabs": TEXT.replace(" ", "\t"),
    "carriage returns": TEXT.replace("\n", "\r\n"),
    "no addresses": "\n".join(line for line in LINES if not line.startswith("https://")),
    "stripped and dense": "\n".join(line.strip() for line in LINES if line.strip()),
    "a short rule": TEXT.replace("__________________", "_____"),
    "a dashed rule": TEXT.replace("__________________", "――――――――"),
}


def instruments(document: Document) -> list[tuple[object, ...]]:
    return [
        (p.id, p.footnotes, [(c.target, c.function, c.pinpoint) for c in p.citations])
        for p in document.paragraphs
    ]


def mandates(document: Document) -> list[tuple[object, ...]]:
    return [
        (p.id, [(m.force, m.addressees, m.partners, m.conditions) for m in p.mandates])
        for p in document.paragraphs
    ]


@pytest.mark.parametrize("name", MUTATIONS)
def test_typography_changes_nothing(name: str) -> None:
    read = extract(MUTATIONS[name].encode(), "f.txt")
    assert instruments(read) == instruments(FIRST)
    assert mandates(read) == mandates(FIRST)
    assert (read.symbol, read.adopted, read.meeting) == ("E/RES/2019/21", "2019-07-23", "36")
    assert len(read.footnotes) == 10


def lines_of_the_body() -> list[int]:
    """Where a page may end: behind the lines of the paragraphs but the last."""
    found: list[int] = []
    inside = True
    for index, line in enumerate(LINES):
        if line.startswith("____"):
            inside = False
        elif line.startswith(("https://", " 7 ")):  # the seventh note ends a page without links
            inside = True
        elif line.startswith(" 30. "):
            break
        elif inside and line.strip():
            found.append(index)
    return found


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(lines_of_the_body()), st.booleans())
@example(lines_of_the_body()[0], True)
def test_a_page_may_end_anywhere(index: int, link: bool) -> None:
    """A foot of a page between any two lines of the body changes nothing."""
    foot = ["", "__________________", ""] + ["https://undocs.org/ch/A/RES/72/194"] * link
    dump = "\n".join([*LINES[: index + 1], *foot, *LINES[index + 1 :]])
    assert content(extract(dump.encode(), "f.txt")) == content(FIRST)


ENGLISH = languages()["en"]


def english(text: str) -> Pages:
    return lay_out(text.split("\n"), ENGLISH)


@pytest.mark.parametrize(
    ("pieces", "joined"),
    [
        (["the long-", "term"], "the long-term"),
        (["the Secretary-", "General"], "the Secretary-General"),
        (["short-", "and long-term"], "short- and long-term"),
        (["resolution ES-", "10/15"], "resolution ES-10/15"),
        (["2015 -", "2030"], "2015 - 2030"),
    ],
)
def test_a_word_goes_on_behind_its_hyphen(pieces: list[str], joined: str) -> None:
    assert join(pieces, "", ENGLISH.suspended) == joined


PAGE = "A/RES/81/7\n Lamps for all people\n"


@pytest.mark.parametrize(
    "feet",
    [
        ("2/4 26-12345\f\nA/RES/81/7 Lamps\n", "26-12345 3/4\f\nA/RES/81/7 Lamps\n"),
        ("A/RES/81/7\n2/4\f", "A/RES/81/7\n3/4\f"),
        ("GE.26-12345\f\nA/RES/81/7\n", "GE.26-12345\f\nA/RES/81/7\n"),
        ("26-12345 2/4\n", "26-12345 3/4\n"),
        ("A/RES/81/7\n2/4\n", "A/RES/81/7\n3/4\n"),
        ("*2612345*\n26-12345\f", "26-12345\f"),
    ],
)
def test_running_heads_and_feet_fall_away(feet: tuple[str, str]) -> None:
    text = f"{PAGE} Recalling the lamps\n{feet[0]}of the city and\n{feet[1]}of the land,\n"
    found = english(text)
    assert [line.text for line in found.body[2:]] == [
        "Recalling the lamps",
        "of the city and",
        "of the land,",
    ]
    kept = " ".join([*(line.text for line in found.body), *found.furniture])
    assert sorted(kept.split()) == sorted(text.replace("\f", "\n").split())


@pytest.mark.parametrize(
    "note",
    [
        "1 Resolution 72/194.",
        "1/ Resolution 72/194.",
        "[1] Resolution 72/194.",
        "([1]) Resolution 72/194.",
        "(1) Resolution 72/194.",
        "1 () Resolution 72/194.",
    ],
)
def test_forms_of_notes(note: str) -> None:
    assert english(f" Recalling,\n_____\n{note}\n").notes == {1: ["Resolution 72/194."]}


def test_notes_may_stand_in_another_order_than_their_pages() -> None:
    found = english(" a,\n_____\n1 One.\n4 Four.\n\f b,\n_____\n2 Two.\n3 Three.\n\f c.\n")
    assert found.notes == {1: ["One."], 4: ["Four."], 2: ["Two."], 3: ["Three."]}
    assert [line.text for line in found.body] == ["a,", "b,", "c."]


def test_blank_lines_are_seen_where_nothing_is_indented() -> None:
    found = english("a,\n\nb\nc,\n\f\nd.\n")
    assert [(line.text, line.apart) for line in found.body] == [
        ("a,", False),
        ("b", True),
        ("c,", False),
        ("d.", False),
    ]
