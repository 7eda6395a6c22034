"""Accounts for every character of a source: what became of it, and what is in nothing.

Each is in a paragraph, a heading or a footnote, or it is a label, a marker, the frame (title page,
formulas, date) or page furniture. White space is not counted. The paragraphs' texts are looked for
in the source, and the source's text is read a second time by the shortest way; so a character that
was lost shows, and so does one that was invented.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, deque
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pursuant.errors import UnreadableSource
from pursuant.extracting import language_of, structure
from pursuant.folding import fold
from pursuant.formats.blocks import Block, Role
from pursuant.formats.plain import plain_text
from pursuant.formats.sniffing import Format
from pursuant.paging import lay_out
from pursuant.reading import file_bytes, read_bytes
from pursuant.table import Table
from pursuant.tracing import squeezed, trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pursuant.finding import Found
    from pursuant.paging import Pages
    from pursuant.segmenting import Outline
    from pursuant.tracing import Trace


COLUMNS = ("source", "kind", "characters", "place", "text")


class Kind(StrEnum):
    """What a character of a source is part of."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    FOOTNOTE = "footnote"
    LABEL = "label"
    MARKER = "marker"
    FRAME = "frame"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some characters, and where they stand: "line 3", "page 2, line 7", "op3"."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of the characters of a source.

    Attributes:
        source: its name.
        characters: how many it has, without white space.
        counts: how many of them are of which kind.
        leftovers: what is of none.
        invented: what was read that the source does not have.
    """

    source: str
    characters: int
    counts: Mapping[Kind, int]
    leftovers: tuple[Stretch, ...] = ()
    invented: tuple[Stretch, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every character is accounted for, and none was invented."""
        return not self.leftovers and not self.invented

    def to_table(self) -> Table:
        """A row for each kind, then one for each leftover and each invention."""
        return Table(COLUMNS, tuple(self._rows()))

    def _rows(self) -> Iterator[tuple[str, str, int, str | None, str | None]]:
        for kind in Kind:
            yield self.source, str(kind), self.counts.get(kind, 0), None, None
        for name, stretches in (("leftover", self.leftovers), ("invented", self.invented)):
            for each in stretches:
                yield self.source, name, len(squeezed(each.text)), each.place, each.text


def account(data: bytes, name: str = "-") -> Coverage:
    """What becomes of the characters of a source when it is read.

    Raises:
        UnreadableSource: it cannot be read.
    """
    source = read_bytes(data, name)
    language = language_of(source)
    outline = structure(source, language)
    lost: list[Stretch] = []
    if source.content:
        blocks, marked = source.content.blocks, source.content.marked
    else:
        blocks, lost = _dumped(source.lines, lay_out(source.lines, language))
        marked = False
    counted = _Account(source.format, outline, trace(blocks, outline, marked=marked), lost)
    counted.body()
    for block in blocks:
        counted.apart(block)
    counted.notes(blocks)
    counted.compare(blocks, plain_text(data, source))
    return Coverage(
        name,
        counted.characters,
        dict(counted.counts),
        tuple(counted.leftovers),
        tuple(counted.invented),
    )


def account_all(sources: Iterable[Found]) -> Iterator[Coverage]:
    """What becomes of the characters of some sources, in their order.

    Raises:
        UnreadableSource: one cannot be read.
    """
    for found in sources:
        if found.problem:
            raise UnreadableSource(found.name, found.problem)
        source = found.source
        data = source if isinstance(source, bytes) else file_bytes(source)
        yield account(data, found.name)


def together(coverages: Iterable[Coverage]) -> Table:
    """The tables of some coverages as one."""
    rows = [row for coverage in coverages for row in coverage.to_table().rows]
    return Table(COLUMNS, tuple(rows))


_FURNITURE = re.compile(
    r"[_―─—-]{5,}|https?://\S+|\d{1,3}/\d{1,3}|\d{2}-\d{4,6}(?: ?\([A-Z]\))?|Page \d+"
    r"|[A-Z]{1,4}/[A-Z0-9./ ()-]+"
)
_LABEL = re.compile(r"\W{0,2}\w{1,8}\W{0,3}|\W{1,3}")


def _dumped(lines: Sequence[str], pages: Pages) -> tuple[tuple[Block, ...], list[Stretch]]:
    """The lines of a text dump with the roles that paging gave them; and those it gave none."""
    body = deque(line.text for line in pages.body)
    notes = deque((n, text) for n, texts in pages.notes.items() for text in texts)
    blocks, lost = [], []
    for index, line in enumerate((p for each in lines for p in each.split("\f")), 1):
        text, place = " ".join(line.split()), f"line {index}"
        if body and text == body[0]:
            blocks.append(Block(place, body.popleft()))
        elif notes and text and text.endswith(notes[0][1]):
            number, note = notes.popleft()
            apart = text.removesuffix(note)
            blocks.append(Block(place, note, Role.NOTE, number=number, apart=apart))
        elif text and _FURNITURE.fullmatch(text):
            blocks.append(Block(place, text, Role.FURNITURE))
        elif text:
            lost.append(Stretch(place, text))
    return tuple(blocks), lost


_DIRECTION = str.maketrans("", "", "\u200e\u200f")


def _shown(text: str) -> str:
    """A text without white space and marks of direction, which print nothing."""
    return squeezed(text).translate(_DIRECTION)


class _Account:
    """Counts characters by their kind, and keeps what is of none."""

    def __init__(
        self, form: Format, outline: Outline, traced: Trace, lost: Iterable[Stretch]
    ) -> None:
        self.form = form
        self.outline = outline
        self.traced = traced
        self.lost = tuple(lost)
        self.leftovers = list(lost)
        self.invented: list[Stretch] = []
        self.counts: Counter[Kind] = Counter()
        self.characters = 0
        self.around = {squeezed(line) for line in outline.furniture}

    def add(self, kind: Kind, text: str) -> None:
        self.counts[kind] += len(_shown(text))

    def body(self) -> None:
        """The units, and what stands between them in the body."""
        texts = {unit.id: unit.text for unit in self.outline.units}
        headings = {unit.id for unit in self.outline.units if unit.is_heading}
        position = 0
        for unit, found in sorted(self.traced.units.items(), key=lambda pair: pair[1].start):
            self.between(position, found.start)
            printed = sum(offset < 0 for offset in found.offsets)
            self.counts[Kind.MARKER] += printed
            kind = Kind.HEADING if unit in headings else Kind.PARAGRAPH
            self.add(kind, self.traced.stream.text[max(found.start, position) : found.end])
            self.counts[kind] -= printed
            position = max(position, found.end)
        self.between(position, len(self.traced.stream.text))
        self.invented += [Stretch(unit, texts[unit]) for unit in self.traced.missing]

    def between(self, start: int, end: int) -> None:
        """What stands between two units: labels, or lines of the frame."""
        stream = self.traced.stream
        while start < end:
            index = stream.index(start)
            stop = min(end, stream.starts[index + 1])
            text, block = stream.text[start:stop], self.traced.body[index]
            if squeezed(block.text) in self.around:
                self.add(Kind.FRAME, text)
            elif stop == end and _LABEL.fullmatch(fold(text)):
                self.add(Kind.LABEL, text)
            else:
                self.leftovers.append(Stretch(block.place, text))
            start = stop

    def apart(self, block: Block) -> None:
        """What a block has beside its text, and blocks that are no text."""
        self.add(Kind.MARKER, block.apart)
        if self.form is Format.AKN:  # in other formats the label is not in the text
            self.add(Kind.LABEL, block.label or "")
        if block.role is Role.FRAME:
            self.add(Kind.FRAME, block.text)
        elif block.role is Role.FURNITURE:
            self.add(Kind.FURNITURE, block.text)

    def notes(self, blocks: Sequence[Block]) -> None:
        """The footnotes: each is what its lines hold."""
        for number, text in self.outline.notes.items():
            lines = [b for b in blocks if b.role is Role.NOTE and b.number == number]
            held, read = squeezed("".join(line.text for line in lines)), squeezed(text)
            if held == read:
                self.add(Kind.FOOTNOTE, text)
            else:
                self.leftovers.append(Stretch(f"note {number}", held))
                self.invented.append(Stretch(f"fn{number}", text))
        for block in blocks:
            if block.role is Role.NOTE and block.number not in self.outline.notes:
                self.leftovers.append(Stretch(block.place, block.text))

    def compare(self, blocks: Iterable[Block], plain: str) -> None:
        """The blocks beside the whole text, character by character, in whatever order."""
        printed = "".join(block.text + block.apart for block in blocks)
        if self.form is Format.AKN:
            printed += "".join(block.label or "" for block in blocks)
        printed += "".join(each.text for each in self.lost)
        whole, read = (
            Counter(unicodedata.normalize("NFD", _shown(text))) for text in (plain, printed)
        )
        self.characters = len(_shown(unicodedata.normalize("NFC", plain)))
        for stretches, missing in ((self.leftovers, whole - read), (self.invented, read - whole)):
            if missing:
                text = "".join(sorted(missing.elements()))
                stretches.append(Stretch("somewhere", text))
