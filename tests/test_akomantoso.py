from __future__ import annotations

import pytest

from pursuant import outlining
from pursuant.document import Status
from pursuant.errors import UnreadableSource
from pursuant.extracting import extract
from pursuant.formats import akomantoso
from pursuant.reconciling import reconcile
from tests import writing
from tests.resolution import RESOLUTIONS

WRITTEN = writing.akomantoso(RESOLUTIONS["en"])
_NS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def statement(
    body: str, preamble: str = "", more: str = "", *, work: str = "unga", language: str = "eng"
) -> bytes:
    """A statement of the Assembly, with a symbol and a date."""
    return f"""<akomaNtoso xmlns="{_NS}"><statement name="resolution"><meta><identification>
<FRBRWork><FRBRthis value="/akn/un/statement/deliberation/{work}/2026-12-18/81-307/!main/"/>
</FRBRWork><FRBRExpression><FRBRlanguage language="{language}"/></FRBRExpression></identification>
</meta><coverPage><p><docNumber>A/RES/81/307*</docNumber></p></coverPage>
<preamble><formula><p>The General Assembly,</p></formula>{preamble}</preamble>
<mainBody>{body}</mainBody>{more}</statement></akomaNtoso>""".encode()


def paragraph(number: str, text: str, inner: str = "") -> str:
    return f"<paragraph><num>{number}</num><content><p>{text}</p></content>{inner}</paragraph>"


def link(symbol: str, words: str) -> str:
    return f'<a href="https://undocs.org/en/{symbol}">{words}</a>'


def units(data: bytes) -> list[tuple[str, str | None, str]]:
    return [(p.id, p.number, p.text) for p in extract(data, "f.xml").paragraphs]


def test_points_and_points_of_points() -> None:
    points = (
        "<list><intro><p>Requests:</p></intro>"
        "<point><num>(a)</num><content><p>One:</p></content></point>"
        "<sublist><point><num>(i)</num><content><p>Two;</p></content></point>"
        "<point><num>(ii)</num><content><p>Three;</p></content></point></sublist>"
        "<point><subheading>Part</subheading><num>(b)</num><content><p>Four:</p></content>"
        "<list><intro><p>namely</p></intro><point><num>–</num><content><p>Five;</p></content>"
        "</point></list></point><point><intro><p>A heading</p></intro></point></list>"
    )
    data = statement(f"<paragraph><num>1.</num>{points}</paragraph>")
    assert units(data) == [
        ("op1", "1", "Requests:"),
        ("op1-a", "1(a)", "One:"),
        ("op1-a-i", "1(a)(i)", "Two;"),
        ("op1-a-ii", "1(a)(ii)", "Three;"),
        ("h5", None, "Part"),
        ("op1-b", "1(b)", "Four: namely"),
        ("op1-b-1", "1(b)(-)", "Five;"),
        ("h8", None, "A heading"),
    ]


@pytest.mark.parametrize(
    ("language", "number", "label", "name"),
    [("ara", "1 -", "(ب)", "op1-b"), ("zho", "1.", "(b)", "op1-b"), ("rus", "1.", "b)", "op1-b")],
)
def test_labels_of_all_languages(language: str, number: str, label: str, name: str) -> None:
    first = {"(ب)": "(أ)", "(b)": "(a)", "b)": "a)"}[label]
    points = "".join(
        f"<point><num>{each}</num><content><p>x</p></content></point>" for each in (first, label)
    )
    data = statement(paragraph(number, "x:", f"<list>{points}</list>"), language=language)
    assert units(data)[2][0] == name


def test_headings_sections_and_paragraphs_without_number() -> None:
    body = (
        '<paragraph class="H1"><content><p>By class</p></content></paragraph>'
        "<paragraph><heading>By element</heading></paragraph>"
        '<paragraph><content><p><span class="italic">By type</span></p></content></paragraph>'
        + paragraph("1.", "Requests it;")
        + "<paragraph><content><p>And goes on;</p></content></paragraph>"
        "<section><num>II</num><heading>Second</heading>" + paragraph("1.", "Decides.")
        + "</section><container><p>Loose.</p></container>"
    )  # fmt: skip
    assert units(statement(body)) == [
        ("h1", None, "By class"),
        ("h2", None, "By element"),
        ("h3", None, "By type"),
        ("op1", "1", "Requests it;"),
        ("op1-p1", None, "And goes on;"),
        ("h6", None, "II"),
        ("h7", None, "Second"),
        ("op1s2", "1", "Decides."),
        ("op1-p2", None, "Loose."),
    ]


COMPONENT = (
    '<components><component><statement name="draft"><preamble><formula><p>The General Assembly,'
    "</p></formula><container><p>Recalling it,</p></container></preamble><mainBody>"
    f"{paragraph('1.', 'Requests it.')}</mainBody></statement></component></components>"
)
EMBEDDED = (
    "<paragraph><content><p>Recommends this:</p><embeddedStructure>"
    '<container name="formula"><p>The General Assembly,</p></container>'
    f"<container><p>Recalling it,</p></container>{paragraph('1.', 'Requests it.')}"
    "</embeddedStructure></content></paragraph>"
)


@pytest.mark.parametrize(
    "data",
    [
        statement(
            "<paragraph><content><p>Recommends this:</p></content></paragraph>",
            more=COMPONENT,
            work="unecosoc",
        ),
        statement(EMBEDDED, work="unecosoc"),
    ],
    ids=["component", "embedded"],
)
def test_a_draft_that_is_recommended_has_the_paragraphs(data: bytes) -> None:
    document = extract(data, "f.xml")
    assert [(p.id, p.text) for p in document.paragraphs] == [
        ("pp1", "Recalling it,"),
        ("op1", "Requests it."),
    ]
    assert (document.draft, document.adopted_by, document.speaker) == (True, "ecosoc", "ga")


def test_a_draft_beside_paragraphs_is_an_annex() -> None:
    document = extract(
        statement(paragraph("1.", "Decides it;") + paragraph("2.", "Adopts it."), more=COMPONENT)
    )
    assert [p.id for p in document.paragraphs] == ["op1", "op2", "annex-p1", "annex-1"]
    assert not document.draft


def test_tables_and_lists_in_paragraphs() -> None:
    table = "<table><tr><th><p>Head</p></th></tr><tr><td><p>Cell</p></td></tr></table>"
    preamble = (
        "<container><blockList><listIntroduction>Recalling:</listIntroduction>"
        "<item><num>(a)</num><p> One,</p></item></blockList></container>"
    )
    data = statement(paragraph("1.", f"Table:{table}"), preamble)
    assert [text for _, _, text in units(data)] == ["Recalling:(a) One,", "Table:", "Head", "Cell"]


def note(marker: str, text: str) -> str:
    return f'<authorialNote marker="{marker}"><p>{text}</p></authorialNote>'


def test_notes_and_superscripts() -> None:
    text = (
        f"Rivers,{note('1', 'See one.')} wells{note('', 'See two.')} of 30 km<sup>2</sup>, "
        "springs<sup>(1)</sup> and CO<sub>2</sub><sup>9</sup>."
    )
    document = extract(statement(paragraph("1.", text)))
    (unit,) = document.paragraphs
    assert unit.text == "Rivers, wells of 30 km2, springs and CO29."
    assert unit.footnotes == (1, 2, 1)
    assert [(n.number, n.text) for n in document.footnotes] == [(1, "See one."), (2, "See two.")]


@pytest.mark.parametrize(
    ("text", "targets", "differing"),
    [
        (f"resolution {link('A/RES/72/194', '72/194')}.", {"A/RES/72/194": "number"}, []),
        # The words leave the body open, or a reader takes the speaker for it: the link tells.
        (f"resolution {link('A/HRC/RES/37/42', '37/42')}.", {"A/HRC/RES/37/42": "link"},
         ["A/RES/37/42"]),
        (f"the report{link('A/72/840', ' of the Secretary-General')}.", {"A/72/840": "link"}, []),
        # The words name another document than the link: both are kept, and somebody should look.
        (f"resolution {link('A/RES/72/195', '72/194')}.",
         {"A/RES/72/194": "number", "A/RES/72/195": "link"}, ["A/RES/72/194"]),
        (f"General Assembly resolution {link('A/RES/53/243', '53/243 A')}.",
         {"A/RES/53/243 A": "number"}, []),
    ],
)  # fmt: skip
def test_links_beside_words(text: str, targets: dict[str, str], differing: list[str]) -> None:
    document = extract(statement(paragraph("1.", f"Recalls {text}")))
    (unit,) = document.paragraphs
    found = {
        c.target: c.evidence[0].rule for c in unit.citations if c.target != "secretary-general"
    }
    assert found == targets
    assert [each.read for each in document.disagreements] == differing
    assert [read for _, read, _ in reconcile(document).differing] == differing
    assert all(c.status is Status.RESOLVED for c in unit.citations)


def test_links_with_a_session_in_the_letters_of_the_language() -> None:
    linked = link("A/RES/2625(د-25)", "2625(د-25)")
    text = f"تؤكد من جديد المبادئ التي أعلنتها الجمعية العامة في قرارها {linked}"
    document = extract(statement(paragraph("1 -", f"{text}."), language="ara"))
    (unit,) = document.paragraphs
    assert {c.target for c in unit.citations} == {"A/RES/2625(XXV)"}
    assert document.disagreements == ()


def test_links_that_lead_to_no_document_or_have_no_words() -> None:
    text = f"Recalls <a href='about:blank'>it</a> {link('A/72/1', '')}{link('A/72/2', 'x')}."
    document = extract(statement(paragraph("1.", text)))
    assert document.links == ("A/72/2", "A/72/1")


BOMB = f"""<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><akomaNtoso xmlns="{_NS}">&c;</akomaNtoso>"""


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (WRITTEN[:2000], "the file is not well-formed XML in line"),
        (BOMB.encode(), "the file declares a document type, which is not read"),
        (f'<akomaNtoso xmlns="{_NS}"/>'.encode(), "there is no statement in this Akoma Ntoso file"),
        (statement(""), "there is no paragraph in it"),
        (statement(paragraph("1.", "<b>" * 300 + "</b>" * 300)), "is not well-formed XML"),
        (statement(paragraph("1.", "x"), language="tlh"), "its language is none of those known"),
        (WRITTEN.replace(b"<!-- composed -->", b"<!-- a -- \n\n b -->"), "hyphen within comment"),
        (b"<?xml version='1.0'?><feed/>", "this is XML, but neither Akoma Ntoso nor HTML"),
    ],
    ids=["truncated", "bomb", "empty", "no-paragraph", "deep", "language", "comment", "feed"],
)
def test_what_cannot_be_read_is_told(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableSource) as error:
        extract(data, "f.xml")
    assert problem in error.value.problem
    assert "\n" not in error.value.problem


def test_a_file_outside_is_not_opened(tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    data = f"""<!DOCTYPE a [<!ENTITY s SYSTEM "{secret.as_uri()}">]>
<akomaNtoso xmlns="{_NS}"><statement>&s;</statement></akomaNtoso>"""
    with pytest.raises(UnreadableSource, match="document type"):
        akomantoso.read(data.encode(), "f.xml")


def test_several_annexes_have_their_numbers() -> None:
    body = "".join(
        f"<paragraph><content><p>{heading}</p></content></paragraph>"
        f"<paragraph><content><p>Agenda of the meeting</p></content></paragraph>"
        f"{paragraph('1.', 'Opening.')}<paragraph><content><p>It is so.</p></content></paragraph>"
        for heading in ("Annex I", "Annex II")
    )
    annex = f"<attachment><doc><mainBody>{body}</mainBody></doc></attachment>"
    attached = f"<attachments>{annex}</attachments>"
    found = units(statement(paragraph("1.", "Decides."), more=attached))
    assert [name for name, _, _ in found] == [
        "op1",
        *("annex-i-h1", "annex-i-h2", "annex-i-1", "annex-i-p1"),
        *("annex-ii-h1", "annex-ii-h2", "annex-ii-1", "annex-ii-p1"),
    ]


@pytest.mark.parametrize(("printed", "label"), [("(a),", "a"), ("A/RES/1 " * 9, "-"), ("•", "-")])
def test_a_damaged_label_is_a_mere_mark(printed, label):
    assert outlining._point(printed) == label


@pytest.mark.parametrize(
    ("line", "adopted"),
    [
        ("Resolution adopted by the General Assembly on 18 December 2026", "2026-12-18"),
        ("Distr.: General 21 December 2026", None),
    ],
)
def test_a_day_that_only_fills_a_place(line: str, adopted: str | None) -> None:
    written = statement(paragraph("1.", "Requests it."), language="eng").decode()
    written = written.replace("2026-12-18", "0001-01-01")
    data = written.replace("</coverPage>", f"<p>{line}</p></coverPage>").encode()
    assert extract(data, "f.xml").adopted == adopted
