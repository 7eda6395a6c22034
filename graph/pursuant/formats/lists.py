"""The labels that a word processor makes for list paragraphs: "1.", "(a)", "(ii)", "（一）"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pursuant.formats.xml import attribute, local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml.etree import _Element

_LEVEL = re.compile(r"%(\d)")
_ROMANS = tuple(
    zip(
        (100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
        strict=True,
    )
)
_CHINESE = "零一二三四五六七八九"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: "(%1)" in Roman numerals from 1."""

    text: str
    form: str
    start: int = 1


@dataclass(slots=True)
class Lists:
    """The lists of a document, and how far each has been counted.

    Attributes:
        levels: by list and level, how it is numbered.
        same: by list, the one with which it shares its counters.
        counted: by shared list and level, the last number given.
    """

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    by_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    counted: dict[tuple[str, int], int] = field(default_factory=dict)

    def label(self, key: str, depth: int) -> str | None:
        """The label of the next paragraph of a list; None where the list has no such level."""
        level = self.levels.get((key, depth))
        if level is None or level.form == "none":
            return None
        if level.form == "bullet":
            return "-"
        shared = self.same.get(key, key)
        start = self.restarts.pop((key, depth), None)
        before = self.counted.get((shared, depth), level.start - 1)
        self.counted[shared, depth] = before + 1 if start is None else start
        for deeper in range(depth + 1, 10):
            self.counted.pop((shared, deeper), None)
        return _LEVEL.sub(lambda m: self.numeral(key, int(m[1]) - 1), level.text).strip() or None

    def numeral(self, key: str, depth: int) -> str:
        """The current numeral of one level of a list."""
        level = self.levels.get((key, depth), Level("", "decimal"))
        shared = self.same.get(key, key)
        return numeral(self.counted.get((shared, depth), level.start), level.form)


def numeral(number: int, form: str) -> str:
    """A number in one of the forms of WordprocessingML (ST_NumberFormat).

    >>> [numeral(4, f) for f in ("decimal", "lowerLetter", "lowerRoman", "chineseCounting")]
    ['4', 'd', 'iv', '四']
    >>> numeral(28, "lowerLetter"), numeral(2, "arabicAbjad"), numeral(21, "chineseCounting")
    ('bb', 'ب', '二十一')
    """
    write = _FORMS.get(form.removesuffix("Thousand"))
    return write(number) if write and 0 < number < 400 else str(number)


def _letters(alphabet: str) -> Callable[[int], str]:
    def write(number: int) -> str:
        times, place = divmod(number - 1, len(alphabet))
        return alphabet[place] * (times + 1)

    return write


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMANS:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _chinese(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    written = f"{_CHINESE[hundreds]}百" if hundreds else ""
    if tens:
        written += ("" if tens == 1 and not hundreds else _CHINESE[tens]) + "十"
    elif hundreds and ones:
        written += _CHINESE[0]
    return written + (_CHINESE[ones] if ones else "")


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters("abcdefghijklmnopqrstuvwxyz"),
    "upperLetter": _letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "chineseCounting": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "ideographDigital": _chinese,
    "arabicAbjad": _letters(_ABJAD),
    "arabicAlpha": _letters(_ALPHA),
    "russianLower": _letters(_CYRILLIC),
    "russianUpper": _letters(_CYRILLIC.upper()),
}


def read(numbering: _Element | None) -> Lists:
    """The lists of a document, from its numbering part."""
    lists = Lists()
    if numbering is None:
        return lists
    abstract = {attribute(e, "abstractNumId"): e for e in numbering.iterfind("{*}abstractNum")}
    for num in numbering.iterfind("{*}num"):
        key = attribute(num, "numId")
        shared = _child(num, "abstractNumId")
        lists.same[key] = shared
        if shared in abstract:
            _add_levels(lists, key, abstract[shared])
        for override in num.iterfind("{*}lvlOverride"):
            _override(lists, key, override)
    return lists


def _add_levels(lists: Lists, key: str, holder: _Element) -> None:
    for depth, level, style in _levels(holder):
        lists.levels[key, depth] = level
        if style:
            lists.by_style.setdefault(style, (key, depth))


def _override(lists: Lists, key: str, override: _Element) -> None:
    depth = _int(attribute(override, "ilvl"), 0)
    if start := _child(override, "startOverride"):
        lists.restarts[key, depth] = _int(start, 1)
    _add_levels(lists, key, override)


def _levels(holder: _Element) -> Iterator[tuple[int, Level, str]]:
    for level in holder.iterfind("{*}lvl"):
        facts: Mapping[str, str] = {local(child): attribute(child, "val") for child in level}
        yield (
            _int(attribute(level, "ilvl"), 0),
            Level(
                facts.get("lvlText", ""),
                facts.get("numFmt", "decimal"),
                _int(facts.get("start", ""), 1),
            ),
            facts.get("pStyle", ""),
        )


def _child(element: _Element, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return attribute(found, "val") if found is not None else ""


def _int(text: str, default: int) -> int:
    return int(text) if text.isdecimal() else default
