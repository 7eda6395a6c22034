"""What a notebook shows of what was read."""

from __future__ import annotations

import pytest
from lxml import html

from pursuant import SAMPLE, extract, show
from pursuant.displaying import Words, pieces


@pytest.fixture(scope="module")
def document():
    return extract(SAMPLE)


def text(*operative: str) -> bytes:
    lines = "".join(f"{n}. {each}\n" for n, each in enumerate(operative, 1))
    return f"A/RES/80/1. Trade\nThe General Assembly,\nRecalling its work,\n{lines}".encode()


def test_the_pieces_are_the_text(document):
    for paragraph in document.paragraphs:
        assert "".join(piece.text for piece in pieces(paragraph)) == paragraph.text


# unit, the words that are marked, and what they are said to invoke
MARKED = [
    ("op24", "《儿童权利公约》", "legal-obligation → crc"),
    ("pp10", "《联合国全球反恐战略》", "reaffirm → A/RES/60/288"),
]


@pytest.mark.parametrize(("unit", "words", "told"), MARKED)
def test_the_words_that_prove_a_citation_are_marked(document, unit, words, told):
    shown = html.fromstring(document[unit]._repr_html_())
    assert [span.get("title") for span in shown.iter("span") if span.text == words] == [told]


# what a paragraph says; the words marked, how they are underlined, what is said of them
DOUBTFUL = [
    (
        "Recalls resolution 12/34.",
        "resolution 12/34",
        "dotted",
        "recall → unresolved: the body that adopted 12/34 is not named",
    ),
    ("Recalls Assembly resolution 70/1, annex.", "70/1", "solid", "recall → A/RES/70/1, annex"),
]


@pytest.mark.parametrize(("said", "words", "line", "told"), DOUBTFUL)
def test_what_is_not_resolved_is_marked_and_told(said, words, line, told):
    paragraph = extract(text(said), "t.txt")["op1"]
    (marked,) = [piece for piece in pieces(paragraph) if piece.citations]
    assert words in marked.text
    assert marked.line.startswith(line)
    assert marked.told(Words()) == told


# the language asked for, and what is said of "resolution 12/34", in a sentence that asks UNODC
SAID = [
    (
        "en",
        "recalls → unresolved: the body that adopted it is not named",
        "requests: unodc (within its mandate)",
    ),
    ("zh", "回顾 → 未确定: 未写明通过机构", "请: unodc (在任务授权范围内)"),
    ("fr", "", "l’organe qui l’a adopté n’est pas nommé"),
    ("tlh", "unresolved: the body that adopted it is not named", ""),
]


@pytest.mark.parametrize(("language", "told", "also"), SAID)
def test_words_round_a_text_are_in_the_language_asked_for(language, told, also):
    sentence = (
        "Requests the United Nations Office on Drugs and Crime, within its mandate, to support "
        "Member States, in line with resolution 12/34."
    )
    document = extract(text("Recalls resolution 12/34.", sentence), "t.txt")
    shown = show(document, language)._repr_html_()
    assert told in shown
    assert also in shown


def test_a_paragraph_is_shown_in_chinese(document):
    shown = show(document["op24"], "zh").html
    assert "脚注8" in shown
    assert "footnote" not in shown
    whole = show(document, "zh").html
    assert "49段，10条脚注" in whole


def test_nothing_in_a_text_becomes_markup():
    shown = extract(text("Notes <script>alert(1)</script> with concern."), "t.txt")._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_a_document_has_all_its_paragraphs(document):
    shown = html.fromstring(document._repr_html_())
    assert len(shown.findall(".//p[@dir]")) == len(document.paragraphs)
    assert "49 paragraphs, 10 footnotes" in "".join(map(str, shown.itertext()))
