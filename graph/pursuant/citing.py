"""Finds what a text invokes: numbers by grammar, names by dictionary. Decides nothing.

What is found is turned into citations by `pursuant.resolving`; the two steps are kept apart, so
that a mention which cannot be resolved is still there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from string import ascii_uppercase
from typing import TYPE_CHECKING

from pursuant.folding import fold
from pursuant.register import dictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pursuant.languages import Language

# The numbers of resolutions, in the order in which they are tried (Editorial Manual of the UN):
# emergency and special sessions, sessions to the thirtieth, the Security Council, bodies that
# count by year, bodies that count by session.
ATOM = (
    r"(?:E?S-\d{1,2}/\d{1,3}"
    r"|\d{1,4}\s?[A-Z]?\s?\((?:(?:E?S-)?[IVXLC]+|ORG-\d{2})\)"
    r"|\d{1,4}\s?\((?:19|20)\d\d\)"
    r"|(?:19[6-9]\d|20\d\d)/\d{1,3}"
    r"|\d{1,3}/\d{1,3}(?:\s?[A-Z](?![A-Za-z]))?)"
)
_ATOM = re.compile(ATOM)
_SYMBOL = re.compile(
    r"(?<![A-Za-z/])(?P<symbol>(?:A|S|E|ST|T|TD|DP)/(?:[A-Z0-9.-]{1,20}/){0,9}"
    r"(?=[A-Z.-]{0,20}\d)[A-Z0-9.-]{1,20}"
    r"(?:/(?:Rev|Add|Corr|Amend)\.\d{1,3}){0,3}(?:\s?\((?:(?:19|20)\d\d|[IVXLC]+)\))?)(?<![.-])"
)
_LETTER = re.compile(r"[A-Z]")
_COUNTED = re.compile(r"(.*?)(\d+)(\s?\(\d{4}\)|)")
_NUMERALS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Found:
    """Words that name something, and what is known of it from the words alone.

    Attributes:
        rule: the rule that found it.
        number: a resolution's number without its series, "72/194" or "2178 (2014)".
        body: the body as printed, where one stands beside the number.
        its: a pronoun stands in the body's place.
        date: year and month beside the number.
        slugs: what the dictionary has under the name.
        title: the words between title marks.
        treaty: (volume, registration number) in the Treaty Series.
    """

    start: int
    end: int
    rule: str
    number: str | None = None
    body: str | None = None
    its: bool = False
    decision: bool = False
    date: tuple[int, int] | None = None
    symbol: str | None = None
    slugs: tuple[str, ...] = ()
    title: str | None = None
    treaty: tuple[int, int] | None = None
    pinpoint: str | None = None


def find(text: str, language: Language) -> list[Found]:
    """All that a text names, in its order; nothing overlaps but a body and its resolution."""
    folded = fold(text)
    taken = _Taken(len(folded))
    found: list[Found] = []
    for finder in (_treaties, _numbers, _symbols, _titles, _self):
        new = [item for item in finder(folded, language) if not taken.overlaps(item)]
        taken.add(new)
        found += new
    named = (*_names(folded, language), *_groups(folded, language))
    found += _longest(item for item in named if taken.allows_name(item))
    placed = (_with_pinpoint(item, folded, language) for item in found)
    return sorted(placed, key=lambda item: (item.start, item.end))


class _Taken:
    """The places of a text that are spoken for: a byte for each character."""

    def __init__(self, length: int) -> None:
        self.mask = bytearray(length)
        self.bodies: set[int] = set()

    def add(self, found: Iterable[Found]) -> None:
        for item in found:
            self.mask[item.start : item.end] = b"\1" * (item.end - item.start)
            if item.body:
                self.bodies.add(item.start)

    def overlaps(self, item: Found) -> bool:
        return 1 in self.mask[item.start : item.end]

    def allows_name(self, item: Found) -> bool:
        """Whether a name may stand here: alone, or as the body of a resolution."""
        return item.start in self.bodies or not self.overlaps(item)


@cache
def _run(language: Language) -> re.Pattern[str]:
    """A list of resolutions with all that frames it."""
    frame = {name: pattern.pattern for name, pattern in language.citation.items()}
    link = f"(?:{frame['separator']}|{frame['range']})"
    return re.compile(f"{frame['before']}(?P<list>{ATOM}(?:{link}{ATOM}){{0,99}}+){frame['after']}")


def _numbers(folded: str, language: Language) -> Iterator[Found]:
    for run in _run(language).finditer(folded):
        named = run.groupdict()
        atoms = list(_ATOM.finditer(folded, run.start("list"), run.end("list")))
        start = run.end() - len(run.group().lstrip())
        item = Found(
            start,
            run.end(),
            "number",
            body=named["body"],
            its=bool(named["pronoun"]),
            decision=named["kind"] == language.decision,
        )
        for index, atom in enumerate(atoms):
            last = index == len(atoms) - 1
            letters = (named["more"] if last else "") + (
                (named["letters"] or "") * (not index and last)
            )
            yield from (
                replace(
                    item,
                    number=number,
                    date=_date(
                        folded[atoms[index - 1].end() if index else start : atom.start()], language
                    ),
                    start=atom.start() if index else start,
                    end=run.end() if letters or len(atoms) == 1 else atom.end(),
                )
                for number in _parts(atom.group(), letters, language)
            )
            if not last:
                following = atoms[index + 1]
                between = folded[atom.end() : following.start()]
                for number in _range(atom.group(), between, following.group(), language):
                    yield replace(item, number=number, start=atom.start(), end=following.end())


def _date(before: str, language: Language) -> tuple[int, int] | None:
    """Year and month of the last date in the words before a number."""
    dates = list(language.date.finditer(before))
    return (int(dates[-1]["year"]), int(dates[-1]["month"])) if dates else None


def _parts(number: str, letters: str, language: Language) -> Iterator[str]:
    """A resolution's number with the letter of each part that is cited: "31/6 A", "31/6 B"."""
    if not letters:
        yield number
        return
    base = number.rstrip(ascii_uppercase).rstrip()
    found = list(_LETTER.finditer(number[len(base) :] + letters))
    for index, letter in enumerate(found):
        yield f"{base} {letter.group()}"
        if index + 1 < len(found):
            following = found[index + 1]
            between = letter.string[letter.end() : following.start()]
            if language.citation["range"].fullmatch(between):
                skipped = range(ord(letter.group()) + 1, ord(following.group()))
                yield from (f"{base} {chr(code)}" for code in skipped)


def _range(first: str, between: str, last: str, language: Language) -> Iterator[str]:
    """The numbers that "72/194 to 72/197" leaves out, where both belong to one session or year."""
    a, b = _COUNTED.fullmatch(first), _COUNTED.fullmatch(last)
    if a and b and language.citation["range"].fullmatch(between) and a[1] == b[1] and a[3] == b[3]:
        skipped = range(int(a[2]) + 1, min(int(b[2]), int(a[2]) + 100))
        yield from (f"{a[1]}{number}{a[3]}" for number in skipped)


def _symbols(folded: str, _: Language) -> Iterator[Found]:
    for m in _SYMBOL.finditer(folded):
        yield Found(m.start(), m.end(), "symbol", symbol=m["symbol"])


def _treaties(folded: str, language: Language) -> Iterator[Found]:
    patterns = language.treaty
    for opening, rule in ((patterns["series"], "treaty-series"), (patterns["ibid"], "ibid")):
        for m in opening.finditer(folded):
            place = patterns["place"].match(folded, m.end())
            if place is None:
                continue
            for number in _NUMERALS.findall(place["numbers"]):
                for volume in _NUMERALS.findall(place["volumes"]):
                    key = (int(volume), int(number))
                    yield Found(m.start(), place.end(), rule, treaty=key)


def _titles(folded: str, language: Language) -> Iterator[Found]:
    """Titles between their marks: a name inside a longer title is not that name."""
    names = dictionary(language.code, language.spelling).names
    quoted = _quoted(folded, language)
    for start, end in _bracketed(folded, *language.titles):
        if not quoted[start]:
            title = folded[start + 1 : end - 1]
            yield Found(start, end, "title", title=title, slugs=names.get(title, ()))


def _quoted(folded: str, language: Language) -> bytearray:
    """Which characters stand in the quoted title of a document."""
    mask = bytearray(len(folded))
    for m in language.quoted.finditer(folded):
        mask[m.start() : m.end()] = b"\1" * len(m.group())
    return mask


def _bracketed(folded: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    depth, start = 0, 0
    for index, character in enumerate(folded):
        if character in opening:
            start = start if depth else index
            depth += 1
        elif character in closing and depth:
            depth -= 1
            if not depth:
                yield start, index + 1


def _self(folded: str, language: Language) -> Iterator[Found]:
    for m in language.frame["self"].finditer(folded):
        yield Found(m.start(), m.end(), "self")


def _longest(named: Iterable[Found]) -> Iterator[Found]:
    """Names and groups, leftmost and longest: "United Nations resolutions" is no organization."""
    last = 0
    for item in sorted(named, key=lambda item: (item.start, -item.end, item.rule == "group")):
        if item.start >= last:
            last = item.end
            yield item


def _names(folded: str, language: Language) -> Iterator[Found]:
    quoted = _quoted(folded, language)
    for start, end, slugs in dictionary(language.code, language.spelling).find(folded):
        if not quoted[start]:
            yield Found(start, end, "name", slugs=slugs)
    for anaphora in language.anaphora:
        for m in anaphora.pattern.finditer(folded):
            yield Found(m.start(), m.end(), "anaphora", title=anaphora.id or m["head"])


def _groups(folded: str, language: Language) -> Iterator[Found]:
    rules = language.groups
    matches = [(m.span(), rule.id) for rule in rules for m in rule.pattern.finditer(folded)]
    last = 0
    for (start, end), slug in sorted(matches, key=lambda x: (x[0][0], -x[0][1])):
        if start >= last:
            last = end
            yield Found(start, end, "group", slugs=(slug,))


def _with_pinpoint(item: Found, folded: str, language: Language) -> Found:
    if item.rule not in ("number", "symbol", "title", "ibid", "treaty-series"):
        return item
    for rule in language.pinpoints:
        if m := rule.pattern.match(folded, item.end):
            named = m.groupdict()
            place = named.get("number") or named.get("numeral")
            part = f"{rule.id} {place.replace(' ', '')}" if place else rule.id
            return replace(item, pinpoint=part)
    return item
