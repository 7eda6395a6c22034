"""Names that a document gives to instruments, in texts composed here."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from pursuant.aliasing import Aliases, title_before
from pursuant.citing import find
from pursuant.document import Status
from pursuant.extracting import extract
from pursuant.framing import Frame
from pursuant.languages import languages
from pursuant.paths import DATA
from pursuant.register import register
from pursuant.resolving import Resolver

if TYPE_CHECKING:
    from pursuant.resolving import Resolved

ENGLISH = languages()["en"]
DATA_OF = tomllib.loads((DATA / "languages" / "en.toml").read_text("utf-8"))["alias"]
FRAME = Frame(symbol="A/RES/75/200", speaker="ga", adopted_by="ga")


def read(*texts: str, note: str = "", about: str = "") -> list[list[tuple[str | None, str]]]:
    """What is invoked by a document's own names, paragraph by paragraph; | bears the note."""
    resolver = Resolver(ENGLISH, register(), FRAME)
    aliases = Aliases(
        ENGLISH, frozenset(r.slug or "" for r in resolver.resolve(find(about, ENGLISH)))
    )
    invoked = resolver.resolve(find(note, ENGLISH))
    result = []
    for text in texts:
        plain = text.replace("|", "")
        notes = {text.index("|"): invoked} if "|" in text else {}
        found: list[Resolved] = aliases.read(
            plain, resolver.resolve(find(plain, ENGLISH), notes), notes
        )
        result.append([(r.target, r.found.title or "") for r in found if r.found.rule == "alias"])
    return result


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (DATA_OF["title_example"], "Lakeside Declaration and Programme of Work"),
        (
            "Reaffirming the Charter of the United Nations and the Lakeside Declaration",
            "Lakeside Declaration",
        ),
        (
            "the Lakeside Framework for Small Works 2015–2030",
            "Lakeside Framework for Small Works 2015–2030",
        ),
        (
            "the Declaration on the Rights of Small Works,",
            "Declaration on the Rights of Small Works",
        ),
        ("the Declaration", None),
        ("the report of the Secretary-General", None),
        ("Committee of the Parties to the Convention", None),
        ("the Lakeside Declaration of last year", None),
        ("", None),
    ],
)
def test_the_title_before_a_marker(text: str, title: str | None) -> None:
    assert title_before(text, len(text), ENGLISH.aliases) == title


def test_a_note_defines_the_title_before_it() -> None:
    """From there on, and in that document only."""
    first, second = read(
        "Recalling the Lakeside Declaration,|",
        "the goals of the Lakeside Declaration and Lakeside Declarations",
        note="Resolution 73/195, annex.",
    )
    assert (first, second) == ([], [("A/RES/73/195", "Lakeside Declaration")])
    assert read("the goals of the Lakeside Declaration") == [[]]


@pytest.mark.parametrize(
    "note", ["Resolutions 73/195 and 73/196.", "United Nations publication.", "See resolution 1/2."]
)
def test_a_note_that_means_two_things_or_none_defines_nothing(note: str) -> None:
    assert read("the Lakeside Declaration|", "the Lakeside Declaration", note=note)[1] == []


WORKS = "the Lakeside Programme of Action for Small Works 2020–2030"


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["the Lakeside Programme of Action"], ["Lakeside Programme of Action"]),
        (["the Lakeside Programme of Action for Large Works"], []),
        (["the Lakeside Programme of Actions"], []),
    ],
)
def test_the_beginning_of_a_title_stands_for_it(texts: list[str], names: list[str]) -> None:
    found = read(f"{WORKS}|", WORKS, *texts, note="Resolution 73/195, annex.")[2]
    assert found == [("A/RES/73/195", name) for name in names]


def test_the_beginning_of_two_titles_stands_for_none() -> None:
    resolver, aliases = Resolver(ENGLISH, register(), FRAME), Aliases(ENGLISH)
    for number, works in (("73/195", "Small"), ("73/196", "Large")):
        note = resolver.resolve(find(f"Resolution {number}.", ENGLISH))
        text = f"the Lakeside Programme of Action for {works} Works"
        aliases.read(text, [], {len(text): note})
        aliases.read(text, [], {})
    found = aliases.read("the Lakeside Programme of Action", [], {})
    assert found == []


def test_words_in_brackets_define_a_name() -> None:
    assert DATA_OF["defined_example"].endswith("(“the Works Declaration”)")
    text = "the United Nations Convention against Corruption (“the Corruption Treaty”)"
    assert read(text, "the goals of the Corruption Treaty")[1] == [("uncac", "Corruption Treaty")]


@pytest.mark.parametrize(
    ("texts", "target"),
    [
        (("the Convention on the Rights of the Child", DATA_OF["short_example"]), "crc"),
        (("the Convention on the Rights of the Child", "the Convention on small works"), None),
        (("the Convention on the Rights of the Child", "the Convention on 1 July"), "crc"),
        (("the Convention on the Rights of the Child", "parties to the Convention to act"), "crc"),
        (("the Convention on the Rights of the Child", "the Convention to Combat Works"), None),
        (("the Convention on the Rights of the Child", "the Convention in 2019"), "crc"),
        (("the Convention on the Rights of the Child", "the Convention and Protocol"), None),
        (("the Convention on the Rights of the Child", "the Strategy"), None),
        (
            (
                "the Small Works Convention and the Convention on the Rights of the Child",
                "the Convention",
            ),
            None,
        ),
        (("the Convention on Small Works", "the Convention"), None),
        (
            (
                "the Small Works Convention",
                "the Convention on the Rights of the Child: the Convention",
            ),
            "crc",
        ),
    ],
)
def test_a_head_means_the_one_that_was_named(texts: tuple[str, ...], target: str | None) -> None:
    found = read(*texts)[-1]
    assert [each[0] for each in found] == ([target] if target else [])


TRAFFICKING = "the United Nations Global Plan of Action to Combat Trafficking in Persons"


@pytest.mark.parametrize(
    ("texts", "targets"),
    [
        (["the Global Plan of Action"], []),
        ([TRAFFICKING, "the Global Plan of Action"], ["A/RES/64/293"]),
        ([TRAFFICKING, "the Global Plan of Action for Small Works"], []),
        ([f"{TRAFFICKING}, adopted with the Global Plan of Action"], ["A/RES/64/293"]),
        (
            [
                "the Durban Declaration and Programme of Action",
                "the Declaration and Programme of Action",
            ],
            ["durban-declaration-and-programme-of-action"],
        ),
        (
            [
                "the Durban Declaration and Programme of Action",
                "the Vienna Declaration and Programme of Action",
                "the Declaration and Programme of Action",
            ],
            [],
        ),
    ],
)
def test_a_registered_short_title_holds_once_it_was_named(
    texts: list[str], targets: list[str]
) -> None:
    assert [target for target, _ in read(*texts)[-1]] == targets


def test_a_short_title_of_two_instruments_means_both() -> None:
    """The note tells it of the full title, which names them together."""
    full = "the Declaration and Programme of Action on a Culture of Peace, adopted in 1999,|"
    note = "Resolutions 53/243 A and B."
    (_, found) = read(full, "the Declaration and Programme of Action", note=note)
    assert [target for target, _ in found] == ["A/RES/53/243 A", "A/RES/53/243 B"]


TWO = (
    "the Convention on the Rights of the Child, the United Nations Convention against Corruption",
    "the provisions of the Convention",
)


def test_a_head_of_two_is_the_one_that_the_document_is_about() -> None:
    assert read(*TWO, about="Convention on the Rights of the Child")[1] == [("crc", "Convention")]


def test_a_head_of_two_is_ambiguous() -> None:
    resolver, aliases = Resolver(ENGLISH, register(), FRAME), Aliases(ENGLISH)
    for text in TWO:
        found = aliases.read(text, resolver.resolve(find(text, ENGLISH)), {})
    (head,) = found
    assert (head.status, head.candidates) == (Status.AMBIGUOUS, ("crc", "uncac"))
    assert head.reason == "the words may mean any of crc, uncac"


def test_a_quoted_title_invokes_nothing() -> None:
    text = "resolution 72/1, entitled “Goals of the Convention”"
    assert read("the Convention on the Rights of the Child", text)[1] == []


def test_a_document_is_read_with_its_own_names() -> None:
    lines = [
        "A/RES/75/200. Small works",
        "",
        " The General Assembly,",
        "",
        " Recalling the Lakeside Declaration,1 ",
        "",
        " 1. Requests the Secretary-General to report on the Lakeside Declaration.",
        "",
        "__________________",
        "",
        " 1 Resolution 73/195, annex.",
    ]
    document = extract("\n".join(lines).encode(), "composed.txt")
    (citation,) = document["op1"].citations
    assert (citation.target, citation.evidence[0].rule) == ("A/RES/73/195", "alias")
