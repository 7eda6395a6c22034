"""What every reader gives: blocks of text, what each is, and what its source tells of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate

from pursuant.folding import clean
from pursuant.paging import Line, Pages

_METRE = re.compile(r"(?<![^\W\d])[kcdm]?m$")


class Role(StrEnum):
    """What a block is to the reader of a document, before anything is known of law."""

    BODY = "body"
    NOTE = "note"
    FRAME = "frame"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a document: [start, end) of a block's text, and its symbol."""

    start: int
    end: int
    symbol: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a source, or a line of one.

    Attributes:
        place: where it stands, for people: "line 3", "page 2", "paragraph 14".
        text: without its label and its footnote markers, where the source sets them apart.
        role: body, note, frame (number, title, dates) or furniture (page numbers, rules).
        opens: whether it opens a paragraph, point or heading; None where the source does not tell.
        label: the number or label as printed, where the source sets it apart.
        number: a note's number.
        level: of a heading, from 1; 0 for what is none.
        markers: offset in the text, and number, of each footnote marker.
        links: in the order of the text.
        apart: characters of the source that are set apart from the text: printed markers.
    """

    place: str
    text: str
    role: Role = Role.BODY
    opens: bool | None = True
    label: str | None = None
    number: int | None = None
    level: int = 0
    markers: tuple[tuple[int, int], ...] = ()
    links: tuple[Link, ...] = ()
    indent: bool = False
    page_top: bool = False
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found in a source.

    Attributes:
        blocks: in the order of the source.
        marked: the blocks tell where the footnote markers stand.
        linked: symbols of links that belong to no words.
        display_only: the text is for the eye: its order is not that of the words.
        remarks: what a person should know of how it was read, a sentence each.
    """

    blocks: tuple[Block, ...]
    marked: bool = True
    linked: tuple[str, ...] = ()
    display_only: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def links(self) -> tuple[str, ...]:
        """Symbols of all links, in the order of the source."""
        symbols: list[str] = []
        before, end = "", -1
        for block in self.blocks:
            for link in block.links:
                if link.symbol != before or link.start > end + 1:
                    symbols.append(link.symbol)
                before, end = link.symbol, link.end
            end -= len(block.text)  # a link may go on in the next line
        return (*symbols, *self.linked)

    def pages(self) -> Pages:
        """The same for `pursuant.segmenting`: body, notes and links."""
        notes: dict[int, list[str]] = {}
        for block in self.blocks:
            if block.role is Role.NOTE and block.number is not None:
                notes.setdefault(block.number, []).append(block.text)
        body = [line(block) for block in self.blocks if block.role is Role.BODY and block.text]
        return Pages(body, notes, list(self.links), marked=self.marked)


def is_power(before: str) -> bool:
    """Whether a raised number behind some text is a power, not a marker: m², km³.

    >>> is_power("an area of 30 km"), is_power("the system")
    (True, False)
    """
    return bool(_METRE.search(before.rstrip()))


def line(block: Block) -> Line:
    """A block of the body as a line."""
    return Line(block.text, block.indent, block.page_top, block.opens, block.label, block.markers)


@dataclass(slots=True)
class Gatherer:
    r"""Collects the text of a block, and where markers and links stand in it.

    White space is folded to one space, and dropped at both ends:

    >>> gathered = Gatherer()
    >>> gathered.add("\tRecalling\n  resolution "); start = gathered.length
    >>> gathered.add("72/194"); gathered.link(start, "A/RES/72/194"); gathered.mark(3)
    >>> gathered.add(" , ")
    >>> gathered.text, gathered.markers, gathered.links
    ('Recalling resolution 72/194 ,', ((27, 3),), (Link(start=21, end=27, symbol='A/RES/72/194'),))
    """

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[tuple[int, int]] = field(default_factory=list)
    anchors: list[tuple[int, int, str]] = field(default_factory=list)
    apart: str = ""

    def add(self, text: str | None) -> None:
        """Appends some text."""
        if text:
            piece = clean(text)
            self.pieces.append(piece)
            self.length += len(piece)

    def mark(self, number: int, printed: str = "") -> None:
        """Notes that a footnote's marker stands here, and how it is printed."""
        self.marks.append((self.length, number))
        self.apart += printed

    def link(self, start: int, symbol: str) -> None:
        """Notes that the text from an offset to here leads to a document."""
        self.anchors.append((start, self.length, symbol))

    @property
    def raw(self) -> str:
        """The text as it was added."""
        return "".join(self.pieces)

    @property
    def text(self) -> str:
        """The text with single spaces."""
        return " ".join(self.raw.split())

    @property
    def markers(self) -> tuple[tuple[int, int], ...]:
        """Offsets in the text, and numbers, of the markers."""
        ends = _Ends(self.raw)
        return tuple((ends.before(offset), number) for offset, number in self.marks)

    @property
    def links(self) -> tuple[Link, ...]:
        """The links, without those that have no words."""
        ends = _Ends(self.raw)
        found = (Link(ends.after(s), ends.before(e), symbol) for s, e, symbol in self.anchors)
        return tuple(link for link in found if link.start < link.end)

    @property
    def bare(self) -> tuple[str, ...]:
        """Symbols of the links that have no words."""
        ends = _Ends(self.raw)
        return tuple(s for start, end, s in self.anchors if ends.after(start) >= ends.before(end))


class _Ends:
    """Offsets in a text whose white space is folded, from offsets in the text as it was."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        words = raw.split()
        self.starts: list[int] = []
        at = 0
        for word in words:
            at = raw.index(word, at)
            self.starts.append(at)
            at += len(word)
        self.lengths = [len(word) for word in words]
        self.folded = [0, *accumulate(length + 1 for length in self.lengths)]

    def before(self, offset: int) -> int:
        """Right behind the last character before an offset."""
        word = bisect_right(self.starts, offset - 1) - 1
        if word < 0:
            return 0
        return self.folded[word] + min(offset - self.starts[word], self.lengths[word])

    def after(self, offset: int) -> int:
        """At the first character at or behind an offset."""
        word = bisect_right(self.starts, offset) - 1
        if word >= 0 and offset < self.starts[word] + self.lengths[word]:
            return self.folded[word] + offset - self.starts[word]
        return self.folded[word + 1] if word + 1 < len(self.lengths) else self.folded[-1]
