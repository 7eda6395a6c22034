"""Typographic folding that keeps every offset.

Grammar and dictionaries read folded text; what is shown and quoted is the text as printed. One
character stays one character, so a span found in the one holds in the other.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    # Chinese punctuation is not Latin punctuation: these marks keep their meaning.
    for mark in "，；：？！":
        del table[ord(mark)]
    for code in (0xA0, 0x2002, 0x2003, 0x2009, 0x200A, 0x202F, 0x205F, 0x3000, 0x2007, 0x2008):
        table[code] = " "
    table |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212, 0xFE63), "-")
    table |= dict.fromkeys((0x2044, 0x2215), "/")
    table |= dict.fromkeys((0x27, 0x02BC), "’")
    for digits in ("⁰¹²³⁴⁵⁶⁷⁸⁹", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"):
        table |= {ord(digit): str(value) for value, digit in enumerate(digits)}
    return table


_FOLD = _table()
_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]")
_CONTROLS = (*range(0x09), *range(0x0E, 0x20), 0x7F)
_MARKS = (*range(0x200B, 0x200E), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF)
# `re` looks for one character quickly, for one or more of them slowly: hence twice.
_MARKS_TAKEN = r"[\u00ad\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
_MARKED = re.compile(f"{_MARKS_TAKEN}{_MARKS_TAKEN}*")
# Brackets that a PDF in a script from right to left has the wrong way round: 1373 )2001(.
_MIRRORED = re.compile(
    r"\)(?:(?<=\d.)|(?<=\d\s.))((?:19|20)\d\d|[IVXLC]{1,8}|\w{1,3}-\d{1,2})\((?!\w)"
)
_UNSEEN = re.escape("".join(map(chr, (*_CONTROLS, *_MARKS, 0xAD))))
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_UNCLEAN = re.compile(f"[{_UNSEEN}\u0640\u200e\u200f]")
_DIRECTION = frozenset("\u200e\u200f")
_EDGES = re.compile(r"^[\s\u200e\u200f]+|[\s\u200e\u200f]+$")
# A lengthened line prints, as part of the Arabic letter before it; anywhere else it is noise.
_STRAY = re.compile("(?<![\u0620-\u065f\u0670])\u0640+")


def _folded(found: re.Match[str]) -> str:
    return _FOLD[ord(found.group())]


@lru_cache(maxsize=64)
def fold(text: str) -> str:
    """The text with half-width digits, brackets, slashes, letters and spaces; as long as before.

    >>> fold("第 2368（2017）号"), fold("l'homme"), fold("1373 )2001(")
    ('第 2368(2017)号', 'l’homme', '1373 (2001)')
    """
    # Of ASCII, only this mark is folded.
    folded = text.replace("'", "’") if text.isascii() else _FOLDED.sub(_folded, text)
    return _MIRRORED.sub(r"(\1)", folded) if ")" in folded else folded


@lru_cache(maxsize=16)
def without_marks(text: str) -> tuple[str, Sequence[int]]:
    """A text without what Arabic words have or have not, vowel marks and lengthened lines.

    Marks that do not print, of direction or of where a word may be broken, are taken away too.

    Returns:
        The text, and the place that each of its characters had; no places where nothing was taken.
    """
    if text.isascii() or not _MARKED.search(text):
        return text, ()
    kept: list[int] = []
    last = 0
    for marks in _MARKED.finditer(text):
        kept += range(last, marks.start())
        last = marks.end()
    return _MARKED.sub("", text), (*kept, *range(last, len(text)))


def is_clean(text: str) -> bool:
    """Whether no line of a text has anything to `clean` away, nor a mark of direction."""
    return unicodedata.is_normalized("NFC", text) and not _UNCLEAN.search(text)


def clean(text: str) -> str:
    r"""A line without characters that do not print (soft hyphens, joiners), composed.

    Marks of direction stay: they tell how Arabic with Latin numbers is laid out, and one that
    begins or ends a line may stand in the middle of a paragraph.

    >>> clean("2178\u200b (2014)")
    '2178 (2014)'
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _STRAY.sub("", text) if "\u0640" in text else text


def bare(line: str) -> str:
    r"""A line without spaces and marks of direction at its ends.

    >>> bare(" \u200f2/5\u200e ")
    '2/5'
    """
    text = line.strip()
    unseen = text[:1] in _DIRECTION or text[-1:] in _DIRECTION
    return _EDGES.sub("", text) if text and unseen else text
