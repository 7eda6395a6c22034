"""The same resolution in each format gives the same paragraphs, notes and instruments."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from pursuant.accounting import account
from pursuant.extracting import extract
from pursuant.folding import fold
from tests import writing
from tests.resolution import RESOLUTIONS, markers, pieces, plain

if TYPE_CHECKING:
    from pathlib import Path

    from pursuant.document import Document
    from tests.resolution import Resolution

WRITERS = {
    "txt": writing.text,
    "akn": writing.akomantoso,
    "html": writing.html,
    "docx": writing.docx,
}
READ = {
    (language, form): extract(write(resolution), f"{language}.{form}")
    for language, resolution in RESOLUTIONS.items()
    for form, write in WRITERS.items()
}
ALL = pytest.mark.parametrize("key", READ, ids="-".join)


def squeezed(text: str) -> str:
    """A text without white space: typesetting puts some between Chinese and Latin letters."""
    return "".join(text.split())


def expected(resolution: Resolution) -> list[tuple[str, tuple[int, ...]]]:
    """The text and the notes of each paragraph and heading."""
    labelled = (*resolution.operative, *resolution.annex)
    texts = [*resolution.preamble, *(text for _, text in labelled)]
    return [(squeezed(plain(text)), markers(text)) for text in texts]


def read(document: Document) -> list[tuple[str, tuple[int, ...]]]:
    return [(squeezed(p.text), p.footnotes) for p in document.paragraphs]


def names(document: Document) -> list[tuple[str, str, str | None]]:
    """Ids, parts and numbers; labels are printed in each language's own letters."""
    return [(p.id, p.part, p.number and p.number.partition("(")[0]) for p in document.paragraphs]


def instruments(document: Document) -> dict[str, set[str]]:
    """What each paragraph invokes."""
    return {p.id: {c.target for c in p.citations if c.target} for p in document.paragraphs}


@ALL
def test_paragraphs_and_their_notes(key: tuple[str, str]) -> None:
    resolution = RESOLUTIONS[key[0]]
    assert read(READ[key]) == expected(resolution)


@ALL
def test_ids_and_numbers_are_those_of_every_format_and_language(key: tuple[str, str]) -> None:
    assert names(READ[key]) == names(READ["en", "akn"])


@ALL
def test_footnotes(key: tuple[str, str]) -> None:
    notes = [(note.number, squeezed(note.text)) for note in READ[key].footnotes]
    assert notes == list(enumerate((squeezed(plain(n)) for n in RESOLUTIONS[key[0]].notes), 1))


@ALL
def test_each_paragraph_invokes_the_same(key: tuple[str, str]) -> None:
    assert instruments(READ[key]) == instruments(READ[key[0], "akn"])


@ALL
def test_what_is_linked_is_invoked(key: tuple[str, str]) -> None:
    resolution, document = RESOLUTIONS[key[0]], READ[key]
    found = list(instruments(document).values())
    labelled = (*resolution.operative, *resolution.annex)
    for index, text in enumerate([*resolution.preamble, *(text for _, text in labelled)]):
        notes = [resolution.notes[number - 1] for number in markers(text)]
        linked = {piece.symbol for each in [text, *notes] for piece in pieces(each) if piece.symbol}
        assert linked <= found[index]


@ALL
def test_the_frame(key: tuple[str, str]) -> None:
    document = READ[key]
    assert document.symbol == "A/RES/81/307"
    assert document.title == RESOLUTIONS[key[0]].title
    assert (document.language, document.adopted_by, document.speaker) == (key[0], "ga", "ga")
    assert (document.adopted, document.meeting) == (writing.ADOPTED, "64")
    assert document.format == key[1]


@pytest.mark.parametrize("key", [k for k in READ if k[1] != "txt"], ids="-".join)
def test_hyperlinks_are_evidence(key: tuple[str, str]) -> None:
    document = READ[key]
    second = document.paragraphs[1]
    rules = {c.target: [e.rule for e in c.evidence] for c in second.citations}
    assert rules["A/RES/72/194"] == ["number", "link"]
    assert document.links.count("A/RES/60/288") == 1
    assert not document.disagreements
    for paragraph in document.paragraphs:
        for citation in paragraph.citations:
            for words in citation.evidence:
                assert document.unit_text(words.unit)[words.start : words.end] == words.exact


def test_akoma_ntoso_tells_its_metadata() -> None:
    for language in RESOLUTIONS:
        document = READ[language, "akn"]
        assert document.subjects == ("WATER",)
        annex = [p for p in document.paragraphs if p.part == "annex"]
        assert [p.id for p in annex] == ["annex-h1", "annex-h2", "annex-1", "annex-2"]
        assert [c.target for c in annex[3].citations] == ["A/RES/70/175"]


FORMS = {"pdf": "pdf", "docx": "docx:MS Word 2007 XML", "html": "html:HTML (StarWriter)"}


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the resolution in each language as LibreOffice writes it in each format."""
    folder = tmp_path_factory.mktemp("libreoffice")
    sources = [folder / f"{language}.fodt" for language in RESOLUTIONS]
    for source in sources:
        source.write_bytes(writing.opendocument(RESOLUTIONS[source.stem]))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for form in FORMS.values():
        command = ["soffice", "--headless", profile, "--convert-to", form, "--outdir", str(folder)]
        subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=200)
    return folder


@pytest.mark.libreoffice
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", RESOLUTIONS)
def test_what_libreoffice_writes(converted: Path, language: str, form: str) -> None:
    resolution = RESOLUTIONS[language]
    path = converted / f"{language}.{form}"
    document = extract(path)
    assert read(document) == expected(resolution)
    assert names(document) == names(READ[language, "akn"])
    assert instruments(document) == instruments(READ[language, "akn"])
    notes = [squeezed(fold(note.text)) for note in document.footnotes]
    assert notes == [squeezed(fold(plain(note))) for note in resolution.notes]
    assert account(path.read_bytes(), path.name).is_complete
