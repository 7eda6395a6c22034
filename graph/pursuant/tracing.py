"""Where in its source each unit stands: texts are compared without white space, in their order.

Segmenting may join lines and take labels and markers out of them; what is left must be found again
in the source. So nothing needs to be carried along, and what is not found was invented.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from pursuant.formats.blocks import Link, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pursuant.formats.blocks import Block
    from pursuant.segmenting import Outline


def squeezed(text: str) -> str:
    """A text without its white space.

    >>> squeezed(" 第 2178 (2014)")
    '第2178(2014)'
    """
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Found:
    """A text in a stream: where it begins, and which of the text's characters stand there.

    Attributes:
        offsets: for each character of the stream from `start`, its offset in the text, or -1 for a
            character of a marker.
    """

    start: int
    offsets: tuple[int, ...]

    @property
    def end(self) -> int:
        """Behind its last character in the stream."""
        return self.start + len(self.offsets)

    def offset(self, position: int) -> int | None:
        """The offset in the text of a position in the stream."""
        inside = self.start <= position < self.end
        offset = self.offsets[position - self.start] if inside else -1
        return None if offset < 0 else offset


@dataclass(slots=True)
class Stream:
    """Some texts of a source, laid end to end without white space."""

    texts: Sequence[str]
    text: str = ""
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        pieces = [squeezed(text) for text in self.texts]
        self.text = "".join(pieces)
        self.starts = [0, *accumulate(map(len, pieces))]

    def position(self, index: int, offset: int) -> int:
        """The place in the stream of an offset in one of the texts."""
        return self.starts[index] + len(squeezed(self.texts[index][:offset]))

    def index(self, position: int) -> int:
        """Which text stands at a place in the stream."""
        return bisect_right(self.starts, position, hi=len(self.texts)) - 1

    def find(self, text: str, markers: Iterable[tuple[int, int]], start: int) -> Found | None:
        """A text in the stream at or behind a place, or before it where it is not behind.

        Args:
            text: as it was read.
            markers: (offset, number) of those that the stream has printed in it.
            start: where to begin.
        """
        printed, offsets = _printed(text, dict(markers))
        at = self.text.find(printed, start)
        if at < 0:
            at = self.text.find(printed)
        return Found(at, offsets) if at >= 0 and printed else None


def _printed(text: str, markers: Mapping[int, int]) -> tuple[str, tuple[int, ...]]:
    """A text as it stands in a stream, and the offset of each character of that."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset in range(len(text) + 1):
        for digit in str(markers[offset]) if offset in markers else "":
            characters.append(digit)
            offsets.append(-1)
        if offset < len(text) and not text[offset].isspace():
            characters.append(text[offset])
            offsets.append(offset)
    return "".join(characters), tuple(offsets)


@dataclass(frozen=True, slots=True)
class Trace:
    """Where the units of a document stand in the body of its source.

    Attributes:
        body: the body's blocks.
        stream: their texts.
        units: by id, those that were found.
        missing: ids of those that were not.
    """

    body: Sequence[Block]
    stream: Stream
    units: Mapping[str, Found]
    missing: tuple[str, ...]


def trace(blocks: Sequence[Block], outline: Outline, *, marked: bool) -> Trace:
    """Finds the units of an outline in the blocks that it was made of.

    Args:
        blocks: all of a source.
        outline: what was read from them.
        marked: the blocks have no markers in their texts.
    """
    body = [block for block in blocks if block.role is Role.BODY]
    stream = Stream([block.text for block in body])
    units: dict[str, Found] = {}
    missing = []
    position = 0
    for unit in outline.units:
        if found := stream.find(unit.text, () if marked else unit.markers, position):
            units[unit.id] = found
            position = max(position, found.end)
        elif unit.text:
            missing.append(unit.id)
    return Trace(body, stream, units, tuple(missing))


def place_links(
    blocks: Sequence[Block], outline: Outline, *, marked: bool
) -> dict[str, tuple[Link, ...]]:
    """The hyperlinks of each unit ("op3") and note ("fn2"), at their places in its text."""
    placed: dict[str, list[Link]] = {}
    if any(block.links for block in blocks):
        traced = trace(blocks, outline, marked=marked)
        for unit, link in [*_in_units(traced), *_in_notes(blocks, outline)]:
            placed.setdefault(unit, []).append(link)
    return {unit: tuple(_joined(links)) for unit, links in placed.items()}


def _in_units(traced: Trace) -> Iterator[tuple[str, Link]]:
    in_order = sorted(traced.units.items(), key=lambda pair: pair[1].start)
    starts = [found.start for _, found in in_order]
    for index, block in enumerate(traced.body):
        for link in block.links:
            position = traced.stream.position(index, link.start)
            at = bisect_right(starts, position) - 1
            if at >= 0 and (placed := _placed(traced.stream, index, link, in_order[at][1])):
                yield in_order[at][0], placed


def _in_notes(blocks: Sequence[Block], outline: Outline) -> Iterator[tuple[str, Link]]:
    for number, text in outline.notes.items():
        lines = [b for b in blocks if b.role is Role.NOTE and b.number == number]
        stream = Stream([block.text for block in lines])
        found = stream.find(text, (), 0) if any(block.links for block in lines) else None
        for index, block in enumerate(lines):
            for link in block.links:
                if found and (placed := _placed(stream, index, link, found)):
                    yield f"fn{number}", placed


def _placed(stream: Stream, index: int, link: Link, found: Found) -> Link | None:
    """A link of a block at its place in the text that was found in the stream."""
    start = found.offset(stream.position(index, link.start))
    last = found.offset(stream.position(index, link.end) - 1)
    return None if start is None or last is None else replace(link, start=start, end=last + 1)


def _joined(links: Iterable[Link]) -> Iterator[Link]:
    """Links in their order; one that was broken at the end of a line is one again."""
    last: Link | None = None
    for link in sorted(links, key=lambda each: each.start):
        if last and link.symbol == last.symbol and link.start - last.end <= 1:
            last = replace(last, end=link.end)
            continue
        if last:
            yield last
        last = link
    if last:
        yield last
