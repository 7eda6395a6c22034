"""Numerals that are not digits.

>>> to_int("七十五"), to_int("二〇一九"), to_int("XXV"), to_int("75")
(75, 2019, 25, 75)
"""

from __future__ import annotations

import re
import unicodedata

_NOT_LATIN = re.compile(r"[^\sA-Z()]+")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def to_int(numeral: str) -> int | None:
    """The number that a Chinese, Roman or decimal numeral writes; None where it is none.

    >>> to_int("十"), to_int("一百零三"), to_int("abc") is None, to_int("") is None
    (10, 103, True, True)
    """
    if numeral.isdecimal():
        return int(numeral)
    if numeral and all(c in _ROMAN for c in numeral):
        return _roman(numeral)
    if numeral and all(c in _DIGITS or c in _UNITS for c in numeral):
        return _chinese(numeral)
    return None


def _roman(numeral: str) -> int:
    values = [_ROMAN[c] for c in numeral]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))


def _chinese(numeral: str) -> int:
    if not any(c in _UNITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total = digit = 0
    for c in numeral:
        if c in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[c], 0
        else:
            digit = _DIGITS[c]
    return total + digit


def to_roman(number: int) -> str:
    """A number from 1 to 89 as a Roman numeral.

    >>> to_roman(25), to_roman(4), to_roman(19)
    ('XXV', 'IV', 'XIX')
    """
    tens = "L" * (number >= 50) + "X" * (number % 50 // 10)
    if number >= 40 and number < 50:
        tens = "XL"
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return tens + units[number % 10]


def in_digits(number: str) -> str:
    """A number that may be in words, with digits; Latin letters and brackets stay.

    >>> in_digits("二一七 A (三)"), in_digits("2625 (XXV)")
    ('217 A (3)', '2625 (XXV)')
    """
    plain = unicodedata.normalize("NFKC", number)
    return _NOT_LATIN.sub(lambda m: str(to_int(m.group()) or m.group()), plain)
