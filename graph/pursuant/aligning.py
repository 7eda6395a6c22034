"""Which paragraph of one text is which of another: by their words, wherever they stand."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from pursuant.wording import coded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Two paragraphs less alike than this are two paragraphs, not two versions of one. Paragraphs of one
# resolution share their formulas ("in accordance with international law") but less than this.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """A paragraph of the earlier text that came back in the later one.

    Attributes:
        before: its place in the earlier text, from 0.
        after: its place in the later one.
        likeness: how much of the words is the same, from 0 to 1.
        moved: whether it stands in another order among the others that came back.
    """

    before: int
    after: int
    likeness: float
    moved: bool = False


def align(before: Sequence[str], after: Sequence[str], alike: float = ALIKE) -> list[Match]:
    """The paragraphs that came back, in the order of the later text; none is used twice.

    >>> old = ["Urges all States to join", "Requests the Secretary-General to report"]
    >>> new = ["Requests the Secretary-General to report again", "Urges all States to join"]
    >>> [(m.before, m.after, m.likeness, m.moved) for m in align(old, new)]
    [(1, 0, 0.93, True), (0, 1, 1.0, False)]
    """
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for likeness, _, i, j in sorted(_candidates(before, after, alike), key=_best_first):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            found.append(Match(i, j, round(likeness, 2)))
    found.sort(key=lambda match: match.after)
    stayed = _in_order([match.before for match in found])
    return [
        match if index in stayed else Match(match.before, match.after, match.likeness, moved=True)
        for index, match in enumerate(found)
    ]


_Candidate = tuple[float, float, int, int]


def _candidates(before: Sequence[str], after: Sequence[str], alike: float) -> Iterable[_Candidate]:
    """Likeness, distance, and the places in both texts of all pairs that are alike enough."""
    letters = coded([*before, *after])
    old, new = letters[: len(before)], letters[len(before) :]
    for i, first in enumerate(old):
        for j, second in enumerate(new):
            found = Indel.normalized_similarity(first, second, score_cutoff=alike)
            if found:
                yield found, abs(i / len(old) - j / len(new)), i, j


def _best_first(candidate: _Candidate) -> tuple[float, float, int, int]:
    likeness, distance, i, j = candidate
    return -likeness, distance, i, j


def _in_order(places: Sequence[int]) -> set[int]:
    """Indexes of a longest rising sequence: the paragraphs that kept their order."""
    tails: list[int] = []
    last: list[int] = []
    link: list[int | None] = []
    for index, place in enumerate(places):
        at = bisect_left(tails, place)
        link.append(last[at - 1] if at else None)
        tails[at : at + 1] = [place]
        last[at : at + 1] = [index]
    kept: set[int] = set()
    at_end = last[-1] if last else None
    while at_end is not None:
        kept.add(at_end)
        at_end = link[at_end]
    return kept
