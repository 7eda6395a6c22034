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
    from collections.abc import Iterator, Mapping, Sequence

    from pursuant.segmenting import Unit

_NUMBER = re.compile(r"(?<=[^\s\d(/.\[-])(?P<number>\d{1,3})(?=[\s，。；、：)》,;:.]|$)")
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


def anchor(units: Sequence[Unit], notes: Mapping[int, str]) -> tuple[Unit, ...]:
    """The units without their footnote markers, each knowing which notes hang where."""
    by_unit: dict[int, list[_Candidate]] = {}
    for marker in _markers(list(_candidates(units, notes)), notes):
        by_unit.setdefault(marker.unit, []).append(marker)
    return tuple(_without(unit, by_unit.get(index, ())) for index, unit in enumerate(units))


def _candidates(units: Sequence[Unit], notes: Mapping[int, str]) -> Iterator[_Candidate]:
    for index, unit in enumerate(units):
        text = fold(unit.text)
        for m in _NUMBER.finditer(text):
            if int(m["number"]) in notes:
                number, before = int(m["number"]), text[m.start() - 1]
                yield _Candidate(index, m.start(), m.end(), number, before)


def _markers(candidates: Sequence[_Candidate], notes: Mapping[int, str]) -> list[_Candidate]:
    first: dict[int, _Candidate] = {}
    by_number: dict[int, list[_Candidate]] = {}
    for candidate in candidates:
        by_number.setdefault(candidate.number, []).append(candidate)
    last = (-1, -1)
    for number in sorted(notes):
        later = [c for c in by_number.get(number, ()) if c.place > last]
        strong = [c for c in later if c.before in _STRONG]
        if chosen := next(iter(strong or later), None):
            first[number], last = chosen, chosen.place
    repeated = [
        c
        for c in candidates
        if c.before in _TITLE_END and c.number in first and c.place > first[c.number].place
    ]
    return sorted({*first.values(), *repeated}, key=lambda c: c.place)


def _without(unit: Unit, markers: Sequence[_Candidate]) -> Unit:
    pieces: list[str] = []
    markers_at, last, length = [], 0, 0
    for marker in markers:
        pieces.append(unit.text[last : marker.start])
        length += len(pieces[-1])
        markers_at.append((length, marker.number))
        last = marker.end
        following = unit.text[last : last + 2]
        if following[:1] == " " and (
            is_wide(unit.text[marker.start - 1]) or is_wide(following[1:])
        ):
            last += 1
    text = "".join(pieces) + unit.text[last:]
    return replace(unit, text=text.rstrip(), markers=tuple(markers_at))
