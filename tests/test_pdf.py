from __future__ import annotations

import time

import pypdfium2 as pdfium
import pytest
from fpdf import FPDF

from pursuant.errors import UnreadableSource
from pursuant.extracting import extract
from pursuant.formats import pdf
from pursuant.formats.blocks import Role
from pursuant.formats.layout import Character, Page, laid_out
from tests import writing
from tests.resolution import RESOLUTIONS
from tests.test_formats import READ, expected, instruments, names, read, squeezed

ENGLISH = RESOLUTIONS["en"]
WRITTEN = writing.pdf(ENGLISH)
DOCUMENT = extract(WRITTEN, "f.pdf")


def blank(pages: int) -> bytes:
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(100, 100)
    import io

    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def encrypted() -> bytes:
    document = FPDF()
    document.set_encryption(owner_password="owner", user_password="user")
    document.add_page()
    return bytes(document.output())


def test_a_pdf_reads_as_the_same_resolution_in_other_formats() -> None:
    assert read(DOCUMENT) == expected(ENGLISH)
    assert names(DOCUMENT) == names(READ["en", "akn"])
    assert instruments(DOCUMENT) == instruments(READ["en", "akn"])
    notes = [squeezed(note.text) for note in DOCUMENT.footnotes]
    assert notes == [squeezed(note.text) for note in READ["en", "akn"].footnotes]
    assert sorted(DOCUMENT.links) == sorted(READ["en", "docx"].links)
    assert DOCUMENT.reader.startswith("pdf 1 (pypdfium2 ")


def problem_of(data: bytes) -> str | None:
    try:
        extract(data, "f.pdf")
    except UnreadableSource as error:
        return error.problem
    return None


def test_what_each_page_repeats_is_furniture() -> None:
    blocks = pdf.read(WRITTEN, "f.pdf").blocks
    furniture = [block.text for block in blocks if block.role is Role.FURNITURE]
    assert furniture == ["A/RES/81/307", "1/9", "A/RES/81/307", "2/9", "A/RES/81/307", "3/9"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (WRITTEN[:100], "this PDF is damaged: PDFium cannot open it"),
        (b"%PDF-1.7\n" + b"\0" * 100, "this PDF is damaged: PDFium cannot open it"),
        (encrypted(), "this PDF is encrypted; save it without a password"),
        (blank(2), "this PDF has no text layer: its pages are images"),
        (blank(pdf.MAX_PAGES + 1), "this PDF has 1,001 pages; the limit is 1,000"),
    ],
    ids=["truncated", "zeros", "encrypted", "images", "many-pages"],
)
def test_what_cannot_be_read_is_told(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableSource, match=r"f\.pdf: ") as error:
        extract(data, "f.pdf")
    assert problem in error.value.problem


def test_ten_thousand_pages_are_refused_at_once() -> None:
    data = blank(10_000)
    begun = time.process_time()
    with pytest.raises(UnreadableSource, match="10,000 pages"):
        extract(data, "f.pdf")
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("name", "limit", "problem"),
    [
        ("MAX_CHARACTERS", 100, "more than 100 characters"),
        ("MAX_SECONDS", 0.0, "takes more than 0 seconds"),
    ],
)
def test_bounds(monkeypatch, name: str, limit: float, problem: str) -> None:
    monkeypatch.setattr(pdf, name, limit)
    with pytest.raises(UnreadableSource, match=problem):
        pdf.read(WRITTEN, "f.pdf")


@pytest.mark.parametrize("cut", range(400, len(WRITTEN), 997))
def test_a_damaged_pdf_is_read_or_refused(cut: int) -> None:
    for data in (WRITTEN[:cut], WRITTEN[:cut] + b"\xff" * 40 + WRITTEN[cut + 40 :]):
        problem = problem_of(data)
        assert problem is None or "\n" not in problem


def line(text: str, y: float, size: float = 10.0, x: float = 50.0) -> list[Character]:
    return [Character(c, size, x + 5 * i, y) for i, c in enumerate(text)]


def texts(*characters: list[Character]) -> list[str]:
    page = Page([c for each in characters for c in each])
    return [block.text for block in laid_out([page]).blocks]


def test_a_raised_number_is_a_marker_and_a_power_is_none() -> None:
    raised = [Character("7", 6.0, 100.0, 703.0)]
    power = [Character("2", 6.0, 100.0, 663.0)]
    content = laid_out([Page([*line("rivers,", 700), *raised, *line("12 km", 660), *power])])
    first, second = content.blocks
    assert (first.text, first.markers, first.apart) == ("rivers,", ((7, 7),), "7")
    assert (second.text, second.markers) == ("12 km2", ())


def test_gaps_between_scripts_are_no_spaces() -> None:
    gap = [Character(" ", 1.0, 60.0, 700.0, made=True)]
    assert texts(line("第", 700), gap, line("72/194", 700, x=60)) == ["第72/194"]
    assert texts(line("in", 700), gap, line("2019", 700, x=60)) == ["in 2019"]


def test_the_order_of_arabic_letters_is_not_that_of_the_words() -> None:
    content = laid_out([Page(line("قرار الجمعية العامة", 700))])
    assert content.display_only
    assert "for display" in content.remarks[0]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("،إن الجمعية العامة", "إن الجمعية العامة،"),
        ("ترحب بالتقدم؛ - 12", "12 - ترحب بالتقدم؛"),
        (".The Assembly", ".The Assembly"),
    ],
)
def test_labels_and_marks_of_arabic_lines_stand_where_they_are_read(printed, read) -> None:
    assert texts(line(printed, 700)) == [read]


def test_an_arabic_text_that_shows_no_numbers_is_displayed(monkeypatch) -> None:
    lines = ("A/RES/81/307", "إن الجمعية العامة،", "تشير إلى قرارها 72/194 المؤرخ", "تطلب إليه أن")
    page = Page([c for i, text in enumerate(lines) for c in line(text, 700 - 30 * i)])
    linked = Page(page.characters, (((50.0, 630.0, 300.0, 660.0), "A/RES/72/194"),))
    monkeypatch.setattr(pdf, "_pages", lambda data, name: [linked])
    document = extract(b"%PDF-1.7", "f.pdf")
    assert document.display_only
    assert [p.part for p in document.paragraphs] == ["operative"] * len(document.paragraphs)
    assert [c.target for p in document.paragraphs for c in p.citations] == ["A/RES/72/194"]
    assert {e.rule for p in document.paragraphs for c in p.citations for e in c.evidence} == {
        "link"
    }
    assert "".join(p.text for p in document.paragraphs).count("تطلب") == 1
