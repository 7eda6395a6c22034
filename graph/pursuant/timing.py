"""Reads when something is to be done: sessions, dates, periods and how often.

Periods are ISO 8601 durations ("P90D"), dates ISO dates, sessions the beginning of the symbols of
their resolutions ("A/75"). What lies before the document is a reference, and no deadline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pursuant.document import When
from pursuant.numerals import to_int

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pursuant.languages import Language, Rule

_PREFIX = {"ga": "A", "ecosoc": "E", "hrc": "A/HRC"}
_SESSION = re.compile(r"(?P<prefix>A/HRC|A|E)/RES/(?P<session>\d+)/")


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a document speaks, and for whom: what its "next session" and "its" mean.

    Attributes:
        speaker: slug of the body in whose name it speaks.
        symbol: its own, which tells the session.
        adopted: ISO date of its adoption.
    """

    speaker: str | None = None
    symbol: str | None = None
    adopted: str | None = None

    def session(self, prefix: str) -> int | None:
        """The session (of the Economic and Social Council the year) in which a body adopted it."""
        own = _SESSION.match(self.symbol or "")
        return int(own["session"]) if own and own["prefix"] == prefix else None

    def is_past(self, day: str) -> bool:
        """Whether a day is not after the adoption."""
        return bool(self.adopted) and day <= (self.adopted or "")


def ordinal(text: str, values: Mapping[str, int]) -> int | None:
    """The number that an ordinal in words means; None where a word is unknown.

    >>> ordinal("seventy-fifth", {"seventy": 70, "fifth": 5})
    75
    >>> ordinal("75th", {"fifth": 5})
    75
    """
    if not values:
        return to_int(text)
    if digits := re.match(r"\d+", text):
        return int(digits.group())
    total, place = 0, 0
    for m in _any_of(tuple(values)).finditer(text):
        if re.search(r"\w{3}", text[place : m.start()]):
            return None
        total, place = total + values[m.group()], m.end()
    return total if total and not text[place:].strip() else to_int(text)


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@dataclass(frozen=True, slots=True)
class Clock:
    """Reads times in the words of one language, for one document.

    Attributes:
        likely: what `Language.asking` tells of the words that are read.
    """

    language: Language
    calendar: Calendar
    likely: Mapping[str, Sequence[Rule]]

    def read(self, words: str, start: int, end: int, *, changes: bool) -> When:
        """When the act in a stretch of a folded text is to be done.

        Args:
            words: the folded text.
            start: where the act begins.
            end: where it ends.
            changes: whether it gives or renews a mandate, which then has a term.
        """
        return When(
            due=self._session(words, start, end),
            due_date=None if changes else self._date("until", words, start, end),
            within=self._period("within", words, start, end),
            recurrence=self._recurrence(words, start, end),
            duration=self._period("period", words, start, end) if changes else None,
            expires=self._date("expires", words, start, end) if changes else None,
        )

    def _session(self, words: str, start: int, end: int) -> str | None:
        for m in self._found("session", words, start, end):
            found = _groups(m)
            slug = self.language.bodies.names.get(found.get("body", ""))
            body = self.calendar.speaker if "pronoun" in found and not slug else slug
            if (prefix := _PREFIX.get(body or "")) and (number := self._number(found, prefix)):
                return f"{prefix}/{number}"
        return None

    def _number(self, found: Mapping[str, str], prefix: str) -> int | None:
        now = self.calendar.session(prefix)
        if "next" in found:
            return now + 1 if now else None
        number = ordinal(found["numeral"].lower(), self.language.ordinals)
        return None if number and now and number < now else number

    def _date(self, name: str, words: str, start: int, end: int) -> str | None:
        days = (self.language.day(m) for m in self._found(name, words, start, end))
        return next((day for day in days if day and not self.calendar.is_past(day)), None)

    def _period(self, name: str, words: str, start: int, end: int) -> str | None:
        for m in self._found(name, words, start, end):
            number = ordinal((m["number"] or "1").lower(), self.language.numbers)
            if number:
                return f"P{number}{self.language.units[m['unit'].lower()]}"
        return None

    def _recurrence(self, words: str, start: int, end: int) -> str | None:
        rules = self.likely["recurrences"]
        often = (rule.id for rule in rules if rule.search(words, start, end))
        return next(often, None) or self._period("every", words, start, end)

    def _found(self, name: str, words: str, start: int, end: int) -> Iterator[re.Match[str]]:
        for rule in self.likely[name]:
            yield from rule.finditer(words, start, end)


def _groups(m: re.Match[str]) -> dict[str, str]:
    """Groups that matched, under their names without the digit that keeps names apart."""
    return {name.rstrip("0123456789"): text for name, text in m.groupdict().items() if text}
