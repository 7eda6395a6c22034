"""Days and periods: a day some months later, and the periods that people type.

Periods are ISO 8601 durations of one unit, as the documents' terms are held: "P12M".
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from pursuant.errors import BadArgument
from pursuant.languages import languages

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = re.compile(r"^([0-9]{4})-([0-9]{2})-([0-9]{2})$")
_ISO = re.compile(r"P(?P<number>\d{1,4})(?P<unit>[DWMY])")
_TYPED = re.compile(r"(?P<number>\d{1,4})\s*(?P<unit>[^\W\d_]+)")


def as_day(text: str | date) -> date:
    """The day that an ISO date means.

    >>> as_day("2024-06-30").year
    2024

    Raises:
        BadArgument: it is no ISO date.
    """
    if isinstance(text, date):
        return text
    try:
        return date(*(int(part) for part in _DAY.findall(text.strip())[0]))
    except (ValueError, IndexError):
        raise BadArgument(f"{text!r} is no day; write it as 2024-06-30") from None


def as_period(text: str) -> str:
    """The ISO duration that a person means.

    >>> as_period("6 months"), as_period("90天"), as_period("P1Y")
    ('P6M', 'P90D', 'P1Y')

    Raises:
        BadArgument: it is no period of days, weeks, months or years.
    """
    if _ISO.fullmatch(told := text.strip().upper()):
        return told
    m = _TYPED.fullmatch(text.strip().lower())
    if not m or m["unit"] not in _units():
        raise BadArgument(f"{text!r} is no period; write it as 6 months, 90 days or P6M")
    return f"P{m['number']}{_units()[m['unit']]}"


def later(day: date, period: str) -> date:
    """The day a period later; what has no such day of the month becomes its last.

    >>> later(date(2024, 8, 31), "P6M").isoformat(), later(date(9999, 1, 1), "P2Y").isoformat()
    ('2025-02-28', '9999-12-31')

    Raises:
        BadArgument: it is no ISO duration of one unit.
    """
    m = _ISO.fullmatch(period)
    if not m:
        raise BadArgument(f"{period!r} is no period of days, weeks, months or years")
    try:
        return _moved(day, int(m["number"]), m["unit"])
    except (ValueError, OverflowError):  # beyond the year 9999
        return date.max


def _moved(day: date, number: int, unit: str) -> date:
    if unit in "DW":
        return day + timedelta(number * (7 if unit == "W" else 1))
    months = day.month - 1 + number * (12 if unit == "Y" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@cache
def _units() -> Mapping[str, str]:
    return {
        word: unit for language in languages().values() for word, unit in language.units.items()
    }
