"""Where footnotes hang: finds their markers among the numbers of the text and takes them out.

Notes are numbered in the order of their first markers, so a marker is a bare number behind a word
that is next in that order; a note that is invoked again repeats its number behind a title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pursuant.folding import fold
from pursuant.paging import is_wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pursuant.segmenting import Unit

# Stands where a line of Chinese ended in a digit: the space behind a marker is lost there.
WRAP = "\ue000"
_NUMBER = re.compile(
    r"(?<=[^\s\d(/.\[-])(?P<number>\d{1,3})(?=[\s\ue000，。；、：)》,;:]|\.(?!\d)|$)"
)
# Stand around the number of a marker that the source sets apart.
_OPEN, _CLOSE = "\ue001", "\ue002"
_GIVEN = re.compile(f"{_OPEN}(?P<number>\\d{{1,3}}){_CLOSE}")
_STRONG = "》”’)，；。,;."
_TITLE_END = "》”’)"


@dataclass(frozen=True, slots=True)
class _Candidate:
    unit: int
    start: int
    end: int
    number: int
    before: str

    @property
    def place(self) -> tuple[int, int]:
        return self.unit, self.start


@dataclass(frozen=True, slots=True)
class _Chain:
    """Markers that follow one another, the last first."""

    score: int
    marker: _Candidate
    before: _Chain | None


def marked(text: str, markers: Iterable[tuple[int, int]]) -> str:
    """A text with the markers that its source sets apart, so that `anchor` finds them there.

    >>> [ord(c) for c in marked("ab", [(1, 7)])]
    [97, 57345, 55, 57346, 98]
    """
    for offset, number in sorted(markers, reverse=True):
        text = f"{text[:offset]}{_OPEN}{number}{_CLOSE}{text[offset:]}"
    return text


def without_markers(text: str) -> str:
    """A text without the markers that its source sets apart."""
    return _GIVEN.sub("", text)


def anchor(
    units: Sequence[Unit], notes: Mapping[int, str], *, given: bool = False
) -> tuple[Unit, ...]:
    """The units without their footnote markers, each knowing which notes hang where.

    Args:
        units: paragraphs as printed.
        notes: the footnotes of the document.
        given: all markers are set apart in the texts (`marked`): none is looked for.
    """
    found = _given(units) if given else _markers(list(_candidates(units, notes)), notes)
    by_unit: dict[int, list[_Candidate]] = {}
    for marker in found:
        by_unit.setdefault(marker.unit, []).append(marker)
    return tuple(_without(unit, by_unit.get(index, ())) for index, unit in enumerate(units))


def _given(units: Sequence[Unit]) -> Iterator[_Candidate]:
    for index, unit in enumerate(units):
        for m in _GIVEN.finditer(unit.text):
            yield _Candidate(
                index, m.start(), m.end(), int(m["number"]), unit.text[: m.start()][-1:]
            )


def _candidates(units: Sequence[Unit], notes: Mapping[int, str]) -> Iterator[_Candidate]:
    for index, unit in enumerate(units):
        text = fold(unit.text)
        for m in _NUMBER.finditer(text):
            if int(m["number"]) in notes:
                number, before = int(m["number"]), text[m.start() - 1]
                yield _Candidate(index, m.start(), m.end(), number, before)


def _markers(candidates: Sequence[_Candidate], notes: Mapping[int, str]) -> list[_Candidate]:
    first = {marker.number: marker for marker in _sequence(candidates, sorted(notes))}
    repeated = [
        c
        for c in candidates
        if c.before in _TITLE_END and c.number in first and c.place > first[c.number].place
    ]
    return sorted({*first.values(), *repeated}, key=lambda c: c.place)


def _sequence(candidates: Sequence[_Candidate], numbers: Sequence[int]) -> list[_Candidate]:
    """The rising sequence of numbers that takes in most notes, at the likeliest places.

    One number that stands where no marker does must not cost the markers behind it.
    """
    rank = {number: index for index, number in enumerate(numbers)}
    best: list[_Chain | None] = [None] * len(numbers)
    for candidate in candidates:
        place = rank[candidate.number]
        before = max((c for c in best[:place] if c), key=lambda c: c.score, default=None)
        score = (before.score if before else 0) + (11 if candidate.before in _STRONG else 10)
        held = best[place]
        if held is None or score > held.score:
            best[place] = _Chain(score, candidate, before)
    chain = max((c for c in best if c), key=lambda c: c.score, default=None)
    found = []
    while chain:
        found.append(chain.marker)
        chain = chain.before
    return found[::-1]


def _without(unit: Unit, markers: Sequence[_Candidate]) -> Unit:
    pieces: list[str] = []
    markers_at, last, length = [], 0, 0
    for marker in markers:
        pieces.append(unit.text[last : marker.start].replace(WRAP, ""))
        length += len(pieces[-1])
        markers_at.append((length, marker.number))
        last = marker.end
        following = unit.text[last : last + 2]
        if following[:1] == " " and (
            is_wide(unit.text[marker.start - 1]) or is_wide(following[1:])
        ):
            last += 1
    text = "".join(pieces) + unit.text[last:].replace(WRAP, "")
    return replace(unit, text=text.rstrip(), markers=tuple(markers_at))
