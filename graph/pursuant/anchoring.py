"""Where footnotes hang: finds their markers among the numbers of the text and takes them out.

Notes are numbered in the order of their first markers, so a marker is a number glued to a word that
is next in that order; a note that is invoked again repeats its number behind a title. How likely a
number is a marker shows from what stands around it; the weights rank the candidates for one note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pursuant.folding import fold
from pursuant.paging import is_wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pursuant.paragraphs import Unit

# Stands where a line of Chinese ended in a digit: the space behind a marker is lost there.
WRAP = "\ue000"
# Stand around the number of a marker that the source sets apart.
_OPEN, _CLOSE = "\ue001", "\ue002"
_GIVEN = re.compile(f"{_OPEN}(?P<number>\\d{{1,3}}){_CLOSE}")

_NUMBER = re.compile(r"\d\d*")  # `re` looks for one digit quickly, for one or more slowly
_AFTER = r"(?=[\s\ue000，。；、：)》”’»“‘「,;:]|\.(?!\d)|$)"
_BEFORE = r"(?:(?<=[^\s\d(/.\[\ue000-])|(?<=[^\W\d]\.)|(?<=[)”’»]\.))"
# Behind a word or mark: "Office1 and", "Strategy,1", "respectively.1".
_GLUED = re.compile(rf"{_BEFORE}\d+{_AFTER}")
# Behind a space: only where nothing else explains the number, at the end or before a comma.
_APART = re.compile(r"(?<=[^\s\d] )\d+(?=$| [,.;])")
# Behind a title, with the next word glued to it: 《战略》1的.
_INNER = re.compile(r"(?<=[》”»])\d+(?=[\u3400-\u9fff《“])")
# Behind a year or a number: "in 20162", "resolution 60/2145". Only the last digits are the marker.
_LAST_DIGITS = re.compile(rf"(?<!,)\d{{2,7}}{_AFTER}")
# In brackets: "office(1)", and "office(1 )", whose brackets the United Nations hold for text.
_ROUND = re.compile(r"(?<=\S\()\d+(?P<inner> )?(?=\))")
_SQUARE = re.compile(r"(?<=\[)\d+(?=\])")
# As typewriters had it: "of 24 April 1996, 1/ and".
_SLASH = re.compile(r"(?:(?<=[\w,;:.)”’»])|(?<=[\w,;:.)”’»] ))\d+/(?=[\s,;:.)]|$)(?!\s?\d)")

_MARKS = "》”’»)，；。、,;.:：؛،"
_TITLE_END = "》”’»)"
_YEAR = re.compile(r"(?:19|20)\d\d$")
_DECIMAL = re.compile(r"\d[,、،]$")
_SPACES = (" ", WRAP)
_CLOSING = tuple(",.;:)，。；、：،؛")
_MOST = 3  # digits of the number of a note
_UNSEEN = 4  # characters in which a mark is looked for behind marks of direction
_LONGEST = 4  # digits of a number that is not grouped


@dataclass(frozen=True, slots=True)
class _Candidate:
    unit: int
    start: int
    end: int
    number: int
    before: str
    weight: int = 0

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
    units: Sequence[Unit], notes: Mapping[int, str], *, given: bool = False, spaced: str = ""
) -> tuple[Unit, ...]:
    """The units without their footnote markers, each knowing which notes hang where.

    Args:
        units: paragraphs as printed.
        notes: the footnotes of the document.
        given: all markers are set apart in the texts (`marked`): none is looked for.
        spaced: marks before which the language has a space.
    """
    found = _given(units) if given else _found(units, notes)
    by_unit: dict[int, list[_Candidate]] = {}
    for marker in found:
        by_unit.setdefault(marker.unit, []).append(marker)
    return tuple(_without(unit, by_unit.get(index, ()), spaced) for index, unit in enumerate(units))


def _given(units: Sequence[Unit]) -> Iterator[_Candidate]:
    for index, unit in enumerate(units):
        for m in _GIVEN.finditer(unit.text):
            yield _Candidate(index, m.start(), m.end(), int(m["number"]), "")


def _candidates(units: Sequence[Unit], notes: Mapping[int, str]) -> Iterator[_Candidate]:
    if not notes:
        return
    for index, unit in enumerate(units):
        text = fold(unit.text)
        found = {c.place: c for c in _in_text(index, text, notes)}
        yield from sorted(found.values(), key=lambda c: c.place)


def _in_text(unit: int, text: str, notes: Mapping[int, str]) -> Iterator[_Candidate]:
    for m in _NUMBER.finditer(text):
        start, end = m.span()
        if end - start <= _MOST and int(m.group()) in notes:
            for first, last, weight in _forms(text, start, end):
                free = _stands_free(text, last)
                yield _Candidate(
                    unit, first, last, int(m.group()), text[first - 1 : first], weight + free
                )
        if _LAST_DIGITS.match(text, start):
            yield from _behind_digits(unit, text, m, notes)


def _forms(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The forms of a marker that a number has: where it begins and ends, and how likely it is."""
    behind = text[max(start - 6, 0) : start]
    if _GLUED.match(text, start):
        yield start, end, _glued(behind)
    elif _INNER.match(text, start):
        yield start, end, 8
    elif _APART.match(text, start):
        yield start - 1, end, 5 if behind[-2:-1] in _MARKS else 2
    elif round_ := _ROUND.match(text, start):
        inner = bool(round_["inner"])
        yield start - (not inner), end + (not inner), 2 if behind[-2:-1] == " " else 9
    elif _SQUARE.match(text, start):
        both = behind.endswith("([")
        yield start - 1 - both - behind[: -1 - both].endswith(" "), end + 1 + both, 11
    elif _SLASH.match(text, start):
        yield start - behind.endswith(" "), end + 1, 11


def _glued(behind: str) -> int:
    """How likely a number is a marker that stands directly behind a word or mark."""
    before = behind[-1:]
    if _DECIMAL.search(behind) and not _YEAR.search(behind[:-1]):
        return 2  # 1,5 per cent; 目标9、11
    if before in _MARKS:
        return 11
    return 4 if before.isupper() else 10  # G7, CO2


def _behind_digits(
    unit: int, text: str, m: re.Match[str], notes: Mapping[int, str]
) -> Iterator[_Candidate]:
    """Markers that may end a run of digits, likelier where a year stands before.

    A number that is likely with all its digits is left whole, unless a space shows the marker.
    """
    digits, end = m.group(), m.end()
    free = _stands_free(text, end)
    for size in (1, 2, 3):
        rest, marker = digits[:-size], digits[-size:]
        if not rest or marker[0] == "0" or int(marker) not in notes:
            continue
        is_year = bool(_YEAR.fullmatch(rest))
        if not (free or is_year or len(digits) > _LONGEST):
            continue
        weight = 9 if is_year else 5
        yield _Candidate(unit, end - size, end, int(marker), rest[-1], weight + free)


def _stands_free(text: str, end: int) -> int:
    """Whether a space stands behind a number where no word needs it: before a comma."""
    return 3 if text[end : end + 1] in _SPACES and text[end + 1 : end + 2] in _CLOSING else 0


def _found(units: Sequence[Unit], notes: Mapping[int, str]) -> list[_Candidate]:
    markers = _markers(list(_candidates(units, notes)), notes)
    return sorted([*markers, *_lost(units, notes, markers)], key=lambda c: c.place)


def _lost(
    units: Sequence[Unit], notes: Mapping[int, str], markers: Sequence[_Candidate]
) -> Iterator[_Candidate]:
    """Markers behind digits that only their place shows: "in its resolution 21/117 and".

    The notes before and behind have their markers, and one number between them ends in the number
    that is missing.
    """
    first: dict[int, _Candidate] = {}
    for marker in markers:
        first.setdefault(marker.number, marker)
    for number in notes:
        if number not in first and number - 1 in first and number + 1 in first:
            before, behind = first[number - 1], first[number + 1]
            ending = re.compile(rf"(?<=\d){number}{_AFTER}")
            found = list(_ending_between(units, ending, before, behind, number))
            if len(found) == 1:
                yield found[0]


def _ending_between(
    units: Sequence[Unit],
    ending: re.Pattern[str],
    before: _Candidate,
    behind: _Candidate,
    number: int,
) -> Iterator[_Candidate]:
    for unit in range(before.unit, behind.unit + 1):
        text = fold(units[unit].text)
        for m in ending.finditer(text):
            place = unit, m.start()
            is_year = _YEAR.search(text, max(m.end() - _LONGEST, 0), m.end())
            if (before.unit, before.end) < place < behind.place and not is_year:
                yield _Candidate(unit, m.start(), m.end(), number, "")


def _markers(candidates: Sequence[_Candidate], notes: Mapping[int, str]) -> list[_Candidate]:
    first = {marker.number: marker for marker in _sequence(candidates, sorted(notes))}
    taken = {marker.place for marker in first.values()}
    repeated = [
        c
        for c in candidates
        if c.before in _TITLE_END and c.number in first and c.place > first[c.number].place
    ]
    return sorted(
        {*first.values(), *(c for c in repeated if c.place not in taken)}, key=lambda c: c.place
    )


def _sequence(candidates: Sequence[_Candidate], numbers: Sequence[int]) -> list[_Candidate]:
    """The rising sequence of numbers that takes in most notes, at the likeliest places.

    One number that stands where no marker does must not cost the markers behind it.
    """
    rank = {number: index for index, number in enumerate(numbers, 1)}
    best = _Best(len(numbers))
    for candidate in candidates:
        place = rank[candidate.number]
        before = best.up_to(place - 1)
        best.offer(
            place, _Chain((before.score if before else 0) + candidate.weight, candidate, before)
        )
    chain = best.up_to(len(numbers))
    found = []
    while chain:
        found.append(chain.marker)
        chain = chain.before
    return found[::-1]


class _Best:
    """The best chain that ends at or before each note, in a Fenwick tree."""

    def __init__(self, size: int) -> None:
        self.tree: list[_Chain | None] = [None] * (size + 1)

    def up_to(self, place: int) -> _Chain | None:
        best: _Chain | None = None
        while place:
            held = self.tree[place]
            if held and (best is None or held.score > best.score):
                best = held
            place &= place - 1
        return best

    def offer(self, place: int, chain: _Chain) -> None:
        while place < len(self.tree):
            held = self.tree[place]
            if held is None or chain.score > held.score:
                self.tree[place] = chain
            place += place & -place


def _without(unit: Unit, markers: Sequence[_Candidate], spaced: str) -> Unit:
    if not markers and WRAP not in unit.text and unit.text == unit.text.rstrip():
        return replace(unit, markers=()) if unit.markers else unit
    pieces: list[str] = []
    markers_at, last, length = [], 0, 0
    for marker in markers:
        pieces.append(unit.text[last : marker.start].replace(WRAP, ""))
        length += len(pieces[-1])
        markers_at.append((length, marker.number))
        last = marker.end + _closed_up(unit.text, marker, spaced)
    text = "".join(pieces) + unit.text[last:].replace(WRAP, "")
    return replace(unit, text=text.rstrip(), markers=tuple(markers_at))


def _closed_up(text: str, marker: _Candidate, spaced: str) -> int:
    """Whether the space behind a marker goes too: before a mark that has none, or in Chinese."""
    space = text[marker.end : marker.end + 1]
    following = text[marker.end + 1 : marker.end + 1 + _UNSEEN].lstrip("\u200e\u200f")[:1]
    if space != " ":
        return 0
    closing = following in ",.;:)]،؛" and following not in spaced
    return int(closing or is_wide(text[marker.start - 1]) or is_wide(following or " "))
