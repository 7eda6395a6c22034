"""From characters on pages to lines of text: markers, notes and page furniture by their geometry.

A marker is a small raised number. The notes of a page are its last lines, smaller than the body or
begun with a raised number, and counted on from those before. Furniture is what stands at the same
place on several pages, with nothing but digits changed. What was measured: a marker is below three
quarters of the size of its line.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from pursuant.folding import clean, fold
from pursuant.formats.blocks import Block, Content, Gatherer, Link, Role, is_power
from pursuant.paging import is_wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Rectangle = tuple[float, float, float, float]

_RAISED = 0.75
_SMALL = 0.93
_SAME_LINE = 0.6
_APART = 1.25
_SHORT = 0.2  # of the width
_EDGE = 3  # how many lines at the top and at the foot of a page may be furniture
_NOTE = re.compile(r"[(\[]?(?P<number>\d{1,3})[)\]]?\s*(?=[^\d\s])")
_NUMBERING = re.compile(
    r"\d{1,3} ?/ ?\d{1,3}|\*?\d{2}-?\d{5,6}(?: ?\(.\))?(?: \d{6})?\*?|\*\d{7}\*"
    r"|Page \d+|[-–] ?\d+ ?[-–]"
)
_LABEL_LAST = re.compile(r"(?P<dash>\s{0,9}-\s{0,9})(?P<number>\d{1,3})\s{0,9}$")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")

_BACKWARDS = (
    "an Arabic PDF does not hold its letters in the order of its words: the text is for display,"
    " and the instruments are those of its hyperlinks"
)


class Character(NamedTuple):
    """A character: its size in points, the origin of its baseline, whether it is no glyph."""

    text: str
    size: float
    x: float
    y: float
    made: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The characters of a page, and the links that lie on it."""

    characters: Sequence[Character]
    links: tuple[tuple[Rectangle, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line on a page.

    Attributes:
        size: of most of its characters.
        end: where its last character begins.
        raised: offset and number of each raised number in it, which its text does not have.
        head: a raised number before anything else.
    """

    page: int
    text: str
    size: float
    x: float
    y: float
    end: float = 0.0
    raised: tuple[tuple[int, int], ...] = ()
    links: tuple[Link, ...] = ()
    apart: str = ""

    @property
    def head(self) -> int | None:
        """A raised number at its very beginning."""
        return self.raised[0][1] if self.raised and self.raised[0][0] == 0 else None


def laid_out(pages: Sequence[Page]) -> Content:
    """The lines of some pages as blocks: body, notes and furniture."""
    rows = [row for number, page in enumerate(pages, 1) for row in _rows(number, page)]
    blocks = tuple(_blocks(rows))
    letters = [c for row in rows for c in row.text if c.isalpha()]
    backwards = 2 * sum(1 for c in letters if _ARABIC.match(c)) > len(letters)
    return Content(
        blocks,
        marked=any(block.markers for block in blocks),
        display_only=backwards,
        remarks=(_BACKWARDS,) * backwards,
    )


def _rows(number: int, page: Page) -> Iterator[Row]:
    """The lines of a page: a raised number is in the line beside whose baseline it stands."""
    current: list[Character] = []
    size = base = 0.0
    for character in page.characters:
        apart = abs(character.y - base) >= _SAME_LINE * max(size, character.size)
        if current and apart and not character.made:
            yield from _row(number, page, current)
            current, size = [], 0.0
        current.append(character)
        if character.size > size * _RAISED and not character.made:
            size, base = max(size, character.size), character.y
    yield from _row(number, page, current)


def _row(number: int, page: Page, line: Sequence[Character]) -> Iterator[Row]:
    """A row, if anything stands in it."""
    glyphs = [c for c in line if not c.made and not c.text.isspace()]
    if not glyphs:
        return
    line = _righted(list(_without_gaps(line)))
    size = _usual(c.size for c in glyphs)
    base = _usual(c.y for c in glyphs if c.size == size)
    gathered = Gatherer()
    places: list[tuple[int, Character]] = []
    for run in _runs(line, size, base):
        raised = fold("".join(c.text for c in run)).strip(" ()[]")
        counts = raised.isdecimal() and len(raised) < 4 and not is_power(gathered.raw)
        if counts and _is_raised(run[0], size, base):
            gathered.mark(int(raised), "".join(c.text for c in run))
            run = [c for c in run if c.text.isspace()]
        _gather(run, gathered, places)
    for start, end, symbol in _links(page, places, gathered.length):
        gathered.anchors.append((start, end, symbol))
    yield Row(
        page=number,
        text=gathered.text,
        size=size,
        x=glyphs[0].x,
        y=base,
        end=glyphs[-1].x,
        raised=gathered.markers,
        links=gathered.links,
        apart=gathered.apart,
    )


def _gather(
    run: Sequence[Character], gathered: Gatherer, places: list[tuple[int, Character]]
) -> None:
    """Adds a stretch of a line, and tells where each of its characters stands in the text."""
    text = "".join(character.text for character in run)
    if len(clean(text)) == len(run):
        places += enumerate(run, gathered.length)
        gathered.add(text)
        return
    for character in run:
        places.append((gathered.length, character))
        gathered.add(character.text)


def _runs(line: Sequence[Character], size: float, base: float) -> Iterator[list[Character]]:
    """Stretches of a line that are raised, or not; a space belongs to what stands before it."""
    run: list[Character] = []
    for character in line:
        blank = character.made or character.text.isspace()
        if (
            run
            and not blank
            and _is_raised(character, size, base) != _is_raised(run[0], size, base)
        ):
            yield run
            run = []
        run.append(character)
    if run:
        yield run


def _is_raised(character: Character, size: float, base: float) -> bool:
    return character.size < size * _RAISED and character.y > base - size * 0.1


def _without_gaps(line: Sequence[Character]) -> Iterator[Character]:
    """A line without the gaps that typesetting leaves between Chinese and Latin letters."""
    for index, character in enumerate(line):
        if character.made:
            beside = [*line[max(0, index - 1) : index], *line[index + 1 : index + 2]]
            if any(c.text and is_wide(c.text) for c in beside):
                continue
        yield character


def _righted(line: list[Character]) -> list[Character]:
    """An Arabic line whose label and closing mark stand at the wrong ends, as PDF has them."""
    text = "".join(character.text or " " for character in line)
    if len(text) != len(line) or 2 * len(_ARABIC.findall(text)) < len(text.replace(" ", "")):
        return line
    if label := _LABEL_LAST.search(text):
        dash, number = label.span("dash"), label.span("number")
        line = [*line[slice(*number)], *line[slice(*dash)], *line[: label.start()]]
    lead = len(text) - len(text.lstrip("،؛.:"))
    return [*line[lead:], *line[:lead]] if not label else line


def _links(
    page: Page, places: Sequence[tuple[int, Character]], length: int
) -> Iterator[tuple[int, int, str]]:
    """The parts of a line over which links lie."""
    ends = [offset for offset, _ in places[1:]] + [length]
    for (left, bottom, right, top), symbol in page.links:
        under = [
            (start, end)
            for (start, c), end in zip(places, ends, strict=True)
            if left - 0.5 <= c.x < right - 0.5 and bottom - 2 <= c.y <= top and not c.made
        ]
        if under:
            yield under[0][0], under[-1][1], symbol


def _usual(values: Iterable[float]) -> float:
    """The most frequent of some values; 0 where there are none."""
    counted = Counter(round(value, 1) for value in values)
    return max(counted, key=lambda value: (counted[value], value), default=0.0)


def _furniture(rows: Sequence[Row]) -> set[int]:
    """Which rows are page furniture, by their place in the list."""
    edges = {index for page in _by_page(rows) for index in (*page[:_EDGE], *page[-_EDGE:])}
    pages: dict[tuple[str, int], set[int]] = {}
    for index in edges:
        pages.setdefault(_standing(rows[index]), set()).add(rows[index].page)
    often = max(2, (rows[-1].page - 1) // 2 if rows else 2)
    return {
        index
        for index in edges
        if len(pages[_standing(rows[index])]) >= often
        or _NUMBERING.fullmatch(fold(rows[index].text))
    }


def _by_page(rows: Sequence[Row]) -> Iterator[list[int]]:
    """The places of the rows of each page, from its top to its foot."""
    for _, page in groupby(range(len(rows)), key=lambda index: rows[index].page):
        yield sorted(page, key=lambda index: -rows[index].y)


def _standing(row: Row) -> tuple[str, int]:
    """What a row has in common with those that stand at its place on other pages."""
    return re.sub(r"\d+", "#", fold(row.text)), round(row.y / 3)


@dataclass(frozen=True, slots=True)
class _Note:
    """A line of a note: the note's number, and how much of the line is that number."""

    number: int
    cut: int = 0


def _notes(rows: Sequence[Row], free: Sequence[int], size: float) -> dict[int, _Note]:
    """The rows of notes, by their place in the list.

    Args:
        rows: all of them.
        free: the places of those that are no furniture.
        size: of the body.
    """
    noted: dict[int, _Note] = {}
    last = 0
    for _, group in groupby(free, key=lambda index: rows[index].page):
        page = list(group)
        first = len(page)
        while first and rows[page[first - 1]].size <= size * _SMALL:
            first -= 1
        found = dict(_numbered(rows, page[first:], last))
        goes_on = last and found and min(found) > page[first]
        for index in page[first:]:
            note = found.get(index)
            last = note.number if note else last
            if note or (last and (index > min(found, default=index + 1) or goes_on)):
                noted[index] = note or _Note(last)
    return noted


def _numbered(rows: Sequence[Row], page: Sequence[int], last: int) -> Iterator[tuple[int, _Note]]:
    """The rows of a page that begin the next note, and the next."""
    for index in page:
        row = rows[index]
        found = _NOTE.match(fold(row.text))
        if row.head == last + 1:
            yield index, _Note(last := last + 1)
        elif found and int(found["number"]) == last + 1 and row.head is None:
            yield index, _Note(last := last + 1, found.end())


def _blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """Each row with its role; those of the body say where paragraphs begin."""
    standing = _furniture(rows)
    size = _usual(row.size for row in rows for _ in row.text)
    notes = _notes(rows, [i for i in range(len(rows)) if i not in standing], size)
    body = [row for i, row in enumerate(rows) if i not in standing and i not in notes]
    opening = _Opening.of(body, size)
    lines: Counter[int] = Counter()
    before: Row | None = None
    for index, row in enumerate(rows):
        lines[row.page] += 1
        place = f"page {row.page}, line {lines[row.page]}"
        if index in standing:
            yield Block(place, row.text, Role.FURNITURE, links=row.links, apart=row.apart)
        elif note := notes.get(index):
            yield _note_block(place, row, note)
        else:
            yield _body_block(place, row, before, opening)
            before = row


def _note_block(place: str, row: Row, note: _Note) -> Block:
    links = (replace(k, start=k.start - note.cut, end=k.end - note.cut) for k in row.links)
    kept = tuple(link for link in links if link.start >= 0)
    text, apart = row.text[note.cut :], row.text[: note.cut] + row.apart
    return Block(place, text, Role.NOTE, number=note.number, links=kept, apart=apart)


def _body_block(place: str, row: Row, before: Row | None, opening: _Opening) -> Block:
    page_top = before is None or before.page != row.page
    return Block(
        place,
        row.text,
        opens=opening.opens(before, row),
        markers=row.raised,
        links=row.links,
        indent=row.x > opening.margin + opening.size * 0.8,
        page_top=page_top,
        apart=row.apart,
    )


@dataclass(frozen=True, slots=True)
class _Opening:
    """What tells in a document that a line begins a paragraph.

    Attributes:
        leading: the distance of the lines of one paragraph; None where paragraphs are no further
            apart than lines.
        margin: where most lines begin.
        right: how far the widest line goes.
    """

    size: float
    leading: float | None
    margin: float
    right: float

    @classmethod
    def of(cls, body: Sequence[Row], size: float) -> _Opening:
        """What tells in a document with some body lines."""
        gaps = [a.y - b.y for a, b in pairwise(body) if a.page == b.page and a.y > b.y]
        leading = min((gap for gap in gaps if gap > size * 0.9), default=0.0)
        apart = sum(gap > leading * _APART for gap in gaps)
        spaced = leading and apart * 10 > len(gaps)
        right = max((row.end for row in body), default=0.0)
        return cls(size, leading if spaced else None, _usual(row.x for row in body), right)

    def opens(self, before: Row | None, row: Row) -> bool | None:
        """Whether a line begins a paragraph; None where it cannot be told."""
        if before is None or self.leading is None:
            return None
        if before.page != row.page:
            # At the top of a page, only the line before tells: a short one was a last one.
            return True if before.end < self.right - _SHORT * (self.right - self.margin) else None
        return before.y - row.y > self.leading * _APART
