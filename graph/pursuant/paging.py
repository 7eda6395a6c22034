"""From the lines of a text dump to its body, its notes and its links: page furniture falls away.

A dump of a PDF interrupts a sentence with the foot of the page: a rule, the notes of the page, the
addresses of its hyperlinks, the symbol and the page number.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from pursuant.folding import bare
from pursuant.symbol import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pursuant.languages import Language

_RULE = re.compile(r"[_―─—-]{5,}")
_LINK = re.compile(
    r"https?://(?:www\.)?(?:undocs\.org|docs\.un\.org)/(?:[a-z]{2}/)?(?P<symbol>\S+)", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
# "1 Resolution", "1/ Resolution", "[1] Resolution"; "(1) القرار" and "1 () القرار".
_NOTE = re.compile(
    r"[(\[]{0,2}(?P<number>(?![0０٠])\d{1,3})(?:/|[)\]]{0,2}) (?:\( ?\) ?)?(?=\S)(?P<text>.*)"
)
_HYPHENS = "-\u2010\u2011"
_SKIPPED = 20  # notes that may stand on another page, or be lost
_JOB_NUMBER = r"(?:GE\.)?\d{2,3}-\d{4,6}(?: ?\([A-Z]\))?(?:\s+\d{6})?"
_FOOT = rf"(?:{_JOB_NUMBER}|\d{{1,3}}/\d{{1,3}}|Page \d+|\*\d{{7}}\*)"
_PAGE_NUMBER = re.compile(rf"{_FOOT}(?:\s+{_FOOT}){{0,3}}")
_JOB = re.compile(rf"{_JOB_NUMBER}(?:\s+{_FOOT}){{0,3}}|{_FOOT}\s+{_JOB_NUMBER}")
_TITLE_PAGE = 12  # lines
_SYMBOL = re.compile(r"[A-Z]{1,4}/[A-Z0-9./ ()-]+")
_DIGITS = re.compile(r"\d+")


class Line(NamedTuple):
    """One line of the body, or a whole block of it, and what its source tells of it.

    Attributes:
        text: without its label and its footnote markers, where the source sets them apart.
        indent: it began with a space, as the first line of a paragraph does, and behind a blank
            line where there are such.
        page_top: it is the first line behind the foot of a page.
        opens: whether it opens a paragraph, point or heading; None where the source does not tell.
        label: the number or label as printed ("3.", "(a)"), where the source sets it apart.
        markers: offset in the text, and number, of each footnote marker that the source sets apart.
        apart: a blank line stands before it, on the same page.
    """

    text: str
    indent: bool = False
    page_top: bool = False
    opens: bool | None = None
    label: str | None = None
    markers: tuple[tuple[int, int], ...] = ()
    apart: bool = False


@dataclass(slots=True)
class Pages:
    """What a source holds once its pages are laid end to end; each note still in its lines.

    Attributes:
        marked: the lines tell where the footnote markers stand: none is looked for in their text.
        furniture: lines that are no part of the text: page numbers, rules, addresses.
    """

    body: list[Line] = field(default_factory=list)
    notes: dict[int, list[str]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    marked: bool = False
    furniture: list[str] = field(default_factory=list)


def lay_out(lines: Sequence[str], language: Language) -> Pages:
    """Body, notes and links of a dump, in their order."""
    cut = _pages(lines)
    running = _running(cut)
    trimmed = [_trimmed(page, running, first=not index) for index, page in enumerate(cut)]
    pages = [page for page, _ in trimmed]
    indented = any(line[:1].isspace() for page in pages for line in page if line.strip())
    spaced = any(not line.strip() for page in pages for line in page[:-1])
    reader = _PageReader(language, delimited=len(pages) > 1, indented=indented, spaced=spaced)
    for page, furniture in trimmed:
        reader.read(page)
        reader.pages.furniture += furniture
    return reader.pages


def _pages(lines: Sequence[str]) -> list[list[str]]:
    """The pages, between form feeds; where there are none, behind a page's symbol and number."""
    pages: list[list[str]] = [[]]
    fed = any("\f" in line for line in lines)
    above = ""
    for line in lines:
        before, *rest = line.split("\f")
        pages[-1].append(before)
        if rest:
            pages += [[piece] for piece in rest]
        elif not fed:
            text = bare(line)
            if _ends_page(text, above):
                pages.append([])
            above = text or above
    return pages


def _ends_page(text: str, above: str) -> bool:
    if _JOB.fullmatch(text):
        return True
    return bool(_SYMBOL.fullmatch(above) and _PAGE_NUMBER.fullmatch(text))


def _running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Lines at the top or the foot of most pages, without their digits."""
    edges = [_edges(page) for page in pages]
    counts = Counter(edge for page in edges[1:] for edge in page)
    own = {_plain(line) for line in pages[0][:_TITLE_PAGE] if _SYMBOL.fullmatch(bare(line))}
    often = max(2, len(pages) // 2)
    return frozenset(edge for edge, count in counts.items() if count >= often or edge in own)


def _edges(page: Sequence[str]) -> set[str]:
    printed = [line for line in page if line.strip()]
    return {_plain(line) for line in (*printed[:1], *printed[-1:])}


def _plain(line: str) -> str:
    return _DIGITS.sub("#", " ".join(bare(line).split()))


def _trimmed(
    page: list[str], running: frozenset[str], *, first: bool
) -> tuple[list[str], list[str]]:
    """A page without what stands at its head and foot on every page, and those lines."""
    start, end = 0, len(page)
    taken: list[str] = []
    while end and (not (text := bare(page[end - 1])) or _is_foot(text, running, bool(taken))):
        taken += [text] if text else []
        end -= 1
    while not first and start < end and not page[start].strip():
        start += 1
    if not first and start < end and _plain(page[start]) in running:
        taken.append(bare(page[start]))
        start += 1
    return page[start:end], taken


def _is_foot(text: str, running: frozenset[str], below: bool) -> bool:
    """Whether a line is a page's number or symbol, with nothing but such lines below it."""
    if _PAGE_NUMBER.fullmatch(text) or _plain(text) in running:
        return True
    return below and bool(_SYMBOL.fullmatch(text))


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
        plain = bare(text)
        if _RULE.fullmatch(plain):
            self.in_notes = True
            self.pages.furniture.append(plain)
        elif "://" in plain and (link := _LINK.fullmatch(plain)):
            self.pages.links.append(canonical(unquote(link["symbol"])))
            self.pages.furniture.append(plain)
            self.leave_notes()
        elif self.in_notes and self.is_note(line):
            self.add_note(text)
        elif "://" in plain and _ADDRESS.fullmatch(plain):
            self.pages.furniture.append(plain)
            self.leave_notes()
        else:
            if self.in_notes:
                self.leave_notes()
            indent = (apart or self.page_top) and line[:1].isspace()
            behind_blank = apart and self.spaced and not self.page_top
            self.pages.body.append(Line(text, indent, self.page_top, apart=behind_blank))
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
        return bool(self.language.sentence_end.search(bare(self.pages.notes[note][-1])))

    def opens_note(self, text: str) -> re.Match[str] | None:
        """A new note: below a rule any that is missing so far, then those that follow it."""
        found = _NOTE.fullmatch(bare(text))
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


def join(pieces: Iterable[str], wrap: str = "", suspended: re.Pattern[str] | None = None) -> str:
    """Wrapped text as one line: with spaces, but none beside a Chinese character or mark.

    Args:
        pieces: the lines.
        wrap: put where a line ended in a digit and no space follows: it may be a footnote's marker.
        suspended: words before which a hyphen at the end of a line ends a word ("short- and");
            before any other it stands in the middle of one. Not looked at where it is not given.

    >>> join(["最近的决", "议"]), join(["第 2178", "(2014)"]), join(["the", "General", "Assembly"])
    ('最近的决议', '第 2178 (2014)', 'the General Assembly')
    >>> join(["short-", "and long-", "term"], "", re.compile("and"))
    'short- and long-term'
    """
    joined: list[str] = []
    for piece in filter(None, pieces):
        if joined and suspended and _is_cut(joined[-1], piece, suspended):
            pass
        elif joined and not (is_wide(joined[-1][-1]) or is_wide(piece[0])):
            joined.append(" ")
        elif joined and joined[-1][-1].isdigit():
            joined.append(wrap)
        joined.append(piece)
    return "".join(joined)


def _is_cut(before: str, piece: str, suspended: re.Pattern[str]) -> bool:
    """Whether a word goes on over the end of a line, behind its hyphen."""
    if before[-1] not in _HYPHENS or not before[-2:-1].isalpha():
        return False
    return piece[0].isalnum() and not suspended.match(piece)


def is_wide(character: str) -> bool:
    """Whether a character is a Chinese one or a mark of Chinese typesetting."""
    return character >= "\u2e80" or character in "“”‘’…—·"
