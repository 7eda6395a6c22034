"""What differs between two wordings, word by word.

A word is what stands between spaces and marks; in scripts that set none (Chinese), a character. A
difference is given in whole words: what two wordings share by chance between two changes (a space,
a mark, one Chinese character) is part of the change, so that a reader meets phrases, not crumbs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Letters with the marks that are written onto them: accents, and the vowels of Arabic.
_WIDE = "\u2e80-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_WIDE}]|(?:(?![{_WIDE}])[\w\u0300-\u036f\u064b-\u065f\u0670])+|\s+|\S")
_CRUMB = re.compile(rf"\s*(?:[{_WIDE}]|[^\w\s]*)\s*")
# Beyond this, the middle of two wordings is given as one change: the search takes their product.
_MOST = 4_000_000

_MARKS = " ,;.:，；。：،؛"

Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that both wordings have, or only the earlier, or only the later."""

    kind: Kind
    text: str


def words(text: str) -> list[str]:
    """The words, marks and spaces of a text, in their order; joined they are the text.

    >>> words("吁请 2 States,")
    ['吁', '请', ' ', '2', ' ', 'States', ',']
    """
    return _WORD.findall(text)


def differences(before: str, after: str) -> tuple[Change, ...]:
    """What became of a wording.

    Without what was added the changes make up the earlier text, without what was removed the later.

    >>> for change in differences("Requests the Office to report", "Urges the Office to report"):
    ...     print(change.kind, repr(change.text))
    removed 'Requests'
    added 'Urges'
    same ' the Office to report'
    >>> [change.text for change in differences("加强国际合作", "推动国际合作")]
    ['加强', '推动', '国际合作']
    """
    a, b = words(before), words(after)
    return tuple(_changes(_without_crumbs(_blocks(a, b))))


def body(text: str) -> str:
    """A paragraph's words without the mark behind them, which tells its place and nothing more.

    >>> body("Requests a report;") == body("Requests a report.")
    True
    """
    return text.rstrip(_MARKS)


def likeness(before: str, after: str) -> float:
    """How much of two wordings is the same, in the same order: from 0 to 1.

    >>> likeness("Calls upon all States", "Urges all States"), likeness("a", "b")
    (0.57, 0.0)
    """
    return round(Indel.normalized_similarity(*coded((before, after))), 2)


def coded(texts: Iterable[str]) -> list[str]:
    """Texts as strings in which each letter stands for a word: fast to compare.

    Spaces are left out.
    """
    letters: dict[str, str] = {}
    return [
        "".join(letters.setdefault(w, chr(0x100 + len(letters))) for w in words(text) if w.strip())
        for text in texts
    ]


_Block = tuple[str, str, str]  # what was removed, what was added, what is the same behind both


def _blocks(a: Sequence[str], b: Sequence[str]) -> Iterator[_Block]:
    i = j = 0
    for first, second, size in _matches(a, b):
        yield "".join(a[i:first]), "".join(b[j:second]), "".join(a[first : first + size])
        i, j = first + size, second + size


def _matches(a: Sequence[str], b: Sequence[str]) -> Iterable[tuple[int, int, int]]:
    """Runs that both have; of very long texts, what they begin and end with."""
    if len(a) * len(b) <= _MOST:
        return SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    most = min(len(a), len(b))
    start = next((n for n in range(most) if a[n] != b[n]), most)
    end = next((n for n in range(most - start) if a[-1 - n] != b[-1 - n]), most - start)
    return [(0, 0, start), (len(a) - end, len(b) - end, end)]


def _without_crumbs(blocks: Iterable[_Block]) -> list[_Block]:
    """Blocks between which more than a space, a mark or one Chinese character is the same."""
    found: list[_Block] = []
    for removed, added, same in blocks:
        if (
            found
            and (removed or added)
            and _CRUMB.fullmatch(found[-1][2])
            and _is_change(found[-1])
        ):
            gone, come, crumb = found.pop()
            found.append((gone + crumb + removed, come + crumb + added, same))
        else:
            found.append((removed, added, same))
    return found


def _is_change(block: _Block) -> bool:
    return bool(block[0] or block[1])


def _changes(blocks: Iterable[_Block]) -> Iterator[Change]:
    for removed, added, same in blocks:
        if removed:
            yield Change("removed", removed)
        if added:
            yield Change("added", added)
        if same:
            yield Change("same", same)
