"""The filters that several tables share: when something was, and what it is one of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pursuant.errors import BadQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def between(year: str | None, since: str | None, until: str | None) -> Callable[[object], bool]:
    """Whether a date lies in a year, and from one day on to another; no date lies nowhere.

    A month or a year stands for all its days.

    >>> when = between(None, "2019-07", "2020")
    >>> [when(date) for date in ("2019-06-30", "2019-07-01", "2020-12-31", None)]
    [False, True, True, False]

    Raises:
        BadQuery: one of the three is no year, month or day.
    """
    for name, value in (("year", year), ("since", since), ("until", until)):
        if value and not _DAY.fullmatch(value):
            raise BadQuery(f"{name} is a year, or as 2019-07-23, not {value!r}")
    if not (year or since or until):
        return lambda _: True
    start, end = max(since or "", year or ""), min(until or "9999", year or "9999")
    return lambda date: bool(date) and start <= str(date) and str(date)[: len(end)] <= end


def check(name: str, value: str | None, known: Iterable[str]) -> None:
    """Refuses a value that is not one of those known.

    Raises:
        BadQuery: it is not.
    """
    if value and value not in (there := [str(each) for each in known]):
        raise BadQuery(f"{name} is one of {', '.join(there)}, not {value!r}")
