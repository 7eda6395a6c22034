"""From the lines of a text dump to its body, its notes and its links: page furniture falls away.

A dump of a PDF interrupts a sentence with the foot of the page: a rule, the notes of the page, the
addresses of its hyperlinks, the symbol and the page number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pursuant.symbol import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pursuant.languages import Language

_RULE = re.compile(r"[_―─—-]{5,}")
_LINK = re.compile(
    r"https?://(?:www\.)?(?:undocs\.org|docs\.un\.org)/(?:[a-z]{2}/)?(?P<symbol>\S+)", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_NOTE = re.compile(r"(?P<number>\d{1,3}) (?=\S)(?P<text>.*)")
_SKIPPED = 20  # notes that may stand on another page, or be lost
_PAGE_NUMBER = re.compile(r"\d{1,3}/\d{1,3}|\d{2}-\d{4,6}(?: ?\([A-Z]\))?|Page \d+")
_SYMBOL = re.compile(r"[A-Z]{1,4}/[A-Z0-9./ ()-]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the body, or a whole block of it, and what its source tells of it.

    Attributes:
        text: without its label and its footnote markers, where the source sets them apart.
        indent: it began with a space, as the first line of a paragraph does, and behind a blank
            line where there are such.
        page_top: it is the first line behind the foot of a page.
        opens: whether it opens a paragraph, point or heading; None where the source does not tell.
        label: the number or label as printed ("3.", "(a)"), where the source sets it apart.
        markers: offset in the text, and number, of each footnote marker that the source sets apart.
    """

    text: str
    indent: bool = False
    page_top: bool = False
    opens: bool | None = None
    label: str | None = None
    markers: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Pages:
    """What a source holds once its pages are laid end to end; each note still in its lines.

    Attributes:
        marked: the lines tell where the footnote markers stand: none is looked for in their text.
    """

    body: list[Line] = field(default_factory=list)
    notes: dict[int, list[str]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    marked: bool = False


def lay_out(lines: Sequence[str], language: Language) -> Pages:
    """Body, notes and links of a dump, in their order."""
    pages = list(_pages(lines))
    indented = any(line[:1].isspace() for page in pages for line in page if line.strip())
    spaced = any(not line.strip() for page in pages for line in page[:-1])
    reader = _PageReader(language, delimited=len(pages) > 1, indented=indented, spaced=spaced)
    for page in pages:
        reader.read(page)
    return reader.pages


def _pages(lines: Sequence[str]) -> Iterator[list[str]]:
    page: list[str] = []
    for line in lines:
        before, *rest = line.split("\f")
        page.append(before)
        for piece in rest:
            yield _without_footer(page)
            page = [piece]
    yield _without_footer(page)


def _without_footer(page: list[str]) -> list[str]:
    """The page without the symbol and the page number at its foot."""
    end = len(page)
    while end and not page[end - 1].strip():
        end -= 1
    if end and _PAGE_NUMBER.fullmatch(page[end - 1].strip()):
        end -= 1
        if end and _SYMBOL.fullmatch(page[end - 1].strip()):
            end -= 1
    return page[:end]


class _PageReader:
    """Reads line after line, knowing whether it is in the body or in the notes."""

    def __init__(
        self, language: Language, *, delimited: bool, indented: bool, spaced: bool
    ) -> None:
        self.language = language
        self.spaced = spaced
        self.delimited = delimited
        self.indented = indented
        self.pages = Pages()
        self.note: int | None = None
        self.in_notes = False
        self.page_top = False

    def read(self, page: Iterable[str]) -> None:
        self.in_notes, self.note, self.page_top = False, None, True
        apart = True
        for line in page:
            if line.strip():
                self.line(line, apart=apart or not self.spaced)
            apart = not line.strip()

    def line(self, line: str, *, apart: bool) -> None:
        text = " ".join(line.split())
        if _RULE.fullmatch(text):
            self.in_notes = True
        elif link := _LINK.fullmatch(text):
            self.pages.links.append(canonical(unquote(link["symbol"])))
            self.leave_notes()
        elif self.in_notes and self.is_note(line):
            self.add_note(text)
        elif _ADDRESS.fullmatch(text):
            self.leave_notes()
        else:
            if self.in_notes:
                self.leave_notes()
            indent = (apart or self.page_top) and line[:1].isspace()
            self.pages.body.append(Line(text, indent, self.page_top))
            self.page_top = False

    def leave_notes(self) -> None:
        self.in_notes, self.note, self.page_top = False, None, True

    def is_note(self, line: str) -> bool:
        """Whether a line below the rule belongs to the notes.

        In a dump without form feeds, the body goes on right behind the last note's full stop.
        """
        if self.opens_note(" ".join(line.split())):
            return True
        if self.note is None:
            last = max(self.pages.notes, default=None)
            self.note = last if last and not self.is_complete(last) else None
            return self.note is not None
        complete = self.is_complete(self.note)
        return self.delimited or not complete or (self.indented and not line[:1].isspace())

    def is_complete(self, note: int) -> bool:
        return bool(self.language.sentence_end.search(self.pages.notes[note][-1]))

    def opens_note(self, text: str) -> re.Match[str] | None:
        """A new note: below a rule any that is missing so far, then those that follow it."""
        found = _NOTE.fullmatch(text)
        if not found or (number := int(found["number"])) in self.pages.notes:
            return None
        if self.note is None:
            last = max(self.pages.notes, default=0)
            return found if number <= last + _SKIPPED + 1 else None
        skipped = number - self.note - 1
        follows = not skipped or (0 < skipped <= _SKIPPED and self.is_complete(self.note))
        return found if follows else None

    def add_note(self, text: str) -> None:
        if found := self.opens_note(text):
            self.note = int(found["number"])
            self.pages.notes[self.note] = [found["text"]]
        elif self.note is not None:
            self.pages.notes[self.note].append(text)


def join(pieces: Iterable[str], wrap: str = "") -> str:
    """Wrapped text as one line: with spaces, but none beside a Chinese character or mark.

    Args:
        pieces: the lines.
        wrap: put where a line ended in a digit and no space follows: it may be a footnote's marker.

    >>> join(["最近的决", "议"]), join(["第 2178", "(2014)"]), join(["the", "General", "Assembly"])
    ('最近的决议', '第 2178 (2014)', 'the General Assembly')
    """
    joined: list[str] = []
    for piece in filter(None, pieces):
        if joined and not (is_wide(joined[-1][-1]) or is_wide(piece[0])):
            joined.append(" ")
        elif joined and joined[-1][-1].isdigit():
            joined.append(wrap)
        joined.append(piece)
    return "".join(joined)


def is_wide(character: str) -> bool:
    """Whether a character is a Chinese one or a mark of Chinese typesetting."""
    return character >= "\u2e80" or character in "“”‘’…—·"
