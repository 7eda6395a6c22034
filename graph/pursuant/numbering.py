"""Whose resolution a number is: by its shape, by who is named or speaks, and by its date.

The Assembly and the Human Rights Council count by session (72/194, 37/42), the Economic and Social
Council by year (2019/21), the Security Council on and on (2178 (2014)): Editorial Manual of the UN.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

# The series in which a body numbers its resolutions and decisions.
_SERIES = {
    ("ga", False): "A/RES",
    ("ga", True): "A/DEC",
    ("ecosoc", False): "E/RES",
    ("ecosoc", True): "E/DEC",
    ("hrc", False): "A/HRC/RES",
    ("hrc", True): "A/HRC/DEC",
    ("chr", False): "E/CN.4/RES",
    ("chr", True): "E/CN.4/DEC",
}
_SECURITY_COUNCIL = re.compile(r"\d+\s?\((?:19|20)\d\d\)")
_BY_YEAR = re.compile(r"(?:19|20)\d\d/")
_BY_SESSION = re.compile(r"(?P<session>\d{1,3})/")
_COUNCIL_BEGAN = 2006
_LAST_COUNCIL_SESSION = 70

Date = tuple[int, int]


def symbol(
    number: str,
    named: Collection[str],
    speaker: str | None,
    date: Date | None = None,
    decision: bool = False,
) -> str | None:
    """The whole symbol of a number, or None where nothing tells whose it is.

    Args:
        number: without its series.
        named: the bodies that the words beside it may mean; empty where none is named.
        speaker: the body that speaks in the text.
        date: year and month of adoption, if they are given beside it.
        decision: whether it is a decision's number.

    >>> symbol("2178 (2014)", (), "ga"), symbol("72/194", (), "ga"), symbol("37/42", {"hrc"}, "ga")
    ('S/RES/2178 (2014)', 'A/RES/72/194', 'A/HRC/RES/37/42')
    >>> symbol("47/9", (), "ga", (2021, 7)), symbol("72/194", (), "hrc"), symbol("37/42", (), "sc")
    ('A/HRC/RES/47/9', 'A/RES/72/194', None)
    """
    if _SECURITY_COUNCIL.fullmatch(number):
        return f"S/RES/{number}"
    series = _SERIES.get((_body(number, named, speaker, date) or "", decision))
    return f"{series}/{number}" if series else None


def _body(
    number: str, named: Collection[str], speaker: str | None, date: Date | None
) -> str | None:
    if _BY_YEAR.match(number):
        return _one({"ecosoc", "chr"}, named) or "ecosoc"
    if by_session := _BY_SESSION.match(number):
        return _by_session(int(by_session["session"]), named, speaker, date)
    if number.startswith("ES-"):
        return "ga"
    return next(iter(named)) if len(named) == 1 else None if named else speaker


def _by_session(
    session: int, named: Collection[str], speaker: str | None, date: Date | None
) -> str | None:
    possible = {"ga", "hrc"} if session <= _LAST_COUNCIL_SESSION else {"ga"}
    if named and not set(named) & {"ga", "hrc", "ecosoc"}:
        return None
    if only := _one(possible, named):
        return only
    if date and (dated := _dated(session, date)):
        return dated
    return _one(possible, possible) or (speaker if speaker in possible else None)


def _one(possible: set[str], named: Collection[str]) -> str | None:
    both = possible & set(named)
    return both.pop() if len(both) == 1 else None


def _dated(session: int, date: Date) -> str | None:
    """The body that had this session at this time.

    The Assembly's begin in September, the first in 1946 (resumed from 1945); the Council has three
    a year since 2006.
    """
    year, month = date
    if session in (year - 1945, year - 1946) and (session == year - 1945 or month <= 9):
        return "ga"
    if 0 <= session - 3 * (year - _COUNCIL_BEGAN) <= 4 and year >= _COUNCIL_BEGAN:
        return "hrc"
    return None
