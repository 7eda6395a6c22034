"""Reads lists of resolutions: the numbers, and what kind, body, date and letters belong to each.

A text is cut into tokens (numbers, kinds, bodies, pronouns, dates), and what stands between two of
them tells whether they are parts of one citation, neighbours in a list, or strangers. Which words
do that is the language's; the grammar is the same for all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from pursuant.citation_words import Token, tokenize
from pursuant.cited import Cited, Date
from pursuant.numbering import security_council_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pursuant.citation_words import CitationWords
    from pursuant.languages import Language

# Between two tokens of one list stand no more characters than this; and between two numbers of
# which the second leans on the first's "resolutions".
_NEAR, _FAR = 120, 300
_RUNNING = re.compile(r"(?P<number>\d\d{0,5})\s?\(\s?(?P<year>\d{4})\s?\)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_THREE_DIGITS = 100
# How many bodies back a reader still looks for what "the Commission" is.
_MEMORY = 20
_DIGIT = re.compile(r"[0-9一二三四五六七八九]")
_QUOTES = re.compile("[“”„«»]")
_COMMA = re.compile("[,،，、]")
_SLASH = re.compile(r"\s?/\s?")
_SENTENCE_END = re.compile(r"[;；。؛]|\.(?=\s)")


class _Gap(Enum):
    """What the text between two tokens makes of them."""

    PART = "parts of one citation"
    LIST = "neighbours in a list"
    RANGE = "ends of a range"
    APART = "strangers"


def cited_numbers(folded: str, language: Language) -> list[Cited]:
    """All resolutions and decisions that a folded text cites by number, in its order.

    A quoted title does not part the words around it; it cites what it names by number.
    """
    words = language.citation
    if not _DIGIT.search(folded):
        return []
    if not (words.kind.search(folded) or ("(" in folded and _RUNNING.search(folded))):
        return []
    found = _read(_without_asides(folded, words), words)
    for quoted in language.quoted.finditer(folded):
        if words.kind.search(quoted.group()):
            inside = _read(_without_asides(_QUOTES.sub(" ", quoted.group()), words), words)
            found += [cited.moved(quoted.start()) for cited in inside]
    return found


def _without_asides(text: str, words: CitationWords) -> str:
    return words.aside.sub(lambda m: " " * len(m.group()), text)


def _read(text: str, words: CitationWords) -> list[Cited]:
    tokens = tokenize(text, words)
    if not any(token.is_number for token in tokens):
        return []
    return _Reader(text, words, tokens).read()


@dataclass(slots=True)
class _Member:
    """A number of a list: the places of its token and of those that are its own."""

    place: int
    own: list[int]
    loose: bool = False


@dataclass(slots=True)
class _Group:
    """The numbers that share one word "resolutions"."""

    kind: int
    members: list[_Member]


class _Reader:
    """Gives each number of a text its kind, bodies and date."""

    def __init__(self, text: str, words: CitationWords, tokens: Sequence[Token]) -> None:
        self.text, self.words, self.tokens = text, words, tokens
        self.gaps = [self.gap(a, b) for a, b in pairwise(tokens)]
        self.kinds = [i for i, token in enumerate(tokens) if token.type == "kind"]
        self.all_bodies = [i for i, token in enumerate(tokens) if token.type == "body"]

    def read(self) -> list[Cited]:
        found: list[Cited] = []
        carried: tuple[str, ...] = ()
        last = 0
        for group in self.groups():
            if _SENTENCE_END.search(self.text, last, self.tokens[group.members[0].place].start):
                carried = ()
            cited = self.described(group, carried)
            found += cited
            carried = next((c.bodies for c in reversed(cited) if c.bodies), carried)
            last = cited[-1].end
        return found

    def gap(self, before: Token, after: Token) -> _Gap:
        if after.start - before.end > _NEAR:
            return _Gap.APART
        between = (self.text, before.end, after.start)
        if self.words.filler.fullmatch(*between):
            return _Gap.PART
        if self.words.range.fullmatch(*between):
            return _Gap.RANGE
        return _Gap.LIST if self.words.separator.fullmatch(*between) else _Gap.APART

    def link(self, first: int, second: int) -> _Gap:
        """What joins two tokens by way of all that stand between them."""
        gaps = self.gaps[first:second]
        order = (_Gap.APART, _Gap.RANGE, _Gap.LIST)
        return next((gap for gap in order if gap in gaps), _Gap.PART)

    def groups(self) -> list[_Group]:
        """The numbers, each with the kind before it, or behind it, or that of its neighbour."""
        step = 1 if self.words.kind_before else -1
        groups: list[_Group] = []
        last: int | None = None
        numbered = (i for i, token in enumerate(self.tokens) if token.is_number)
        numbers = [i for i in numbered if not self.is_year(i)]
        for place in numbers[::step]:
            own = [*self.attached(place, -1)[::-1], place, *self.attached(place, 1)]
            member = _Member(place, own)
            if (kind := self.kind(member)) is not None:
                groups.append(_Group(kind, [member]))
            elif last is not None and self.joins(groups[-1], last, member):
                groups[-1].members.append(member)
            elif (loose := self.loose_kind(place)) is not None:
                member.loose = True
                groups.append(_Group(loose, [member]))
            else:
                continue
            last = place
        if step < 0:
            for group in groups:
                group.members.reverse()
        return groups[::step]

    def is_year(self, place: int) -> bool:
        """Whether digits are a year: what stands before them goes before no number ("of 1995")."""
        token = self.tokens[place]
        if token.type != "bare" or not place or not _YEAR.fullmatch(token.group("number")):
            return False
        words = self.text[self.tokens[place - 1].end : token.start].strip()
        if words == "/":  # "of 2024/2025"
            return self.is_year(place - 1)
        return bool(words) and self.gaps[place - 1] is _Gap.PART

    def kind(self, member: _Member) -> int | None:
        """The nearest: "the decision of the Council in its resolution 42/23" is a resolution."""
        kinds = (i for i in member.own if self.tokens[i].type == "kind")
        return min(kinds, key=lambda i: abs(i - member.place), default=None)

    def loose_kind(self, place: int) -> int | None:
        """The kind of a number that has none beside it: "its resolutions on this, the latest 72/1".

        A number of the Security Council with its right year needs none: it is its own place.
        """
        token = self.tokens[place]
        if found := _RUNNING.fullmatch(token.group("number")):
            known = security_council_year(int(found["number"]))
            if int(found["number"]) >= _THREE_DIGITS and known == int(found["year"]):
                return place
        before = bisect_left(self.kinds, place)
        if not before or token.type == "bare" or not self.words.kind_before:
            return None
        kind = self.kinds[before - 1]
        start, end = self.tokens[kind].end, token.start
        near = end - start <= _NEAR and not _SENTENCE_END.search(self.text, start, end)
        return kind if near else None

    def joins(self, group: _Group, last: int, member: _Member) -> bool:
        """Whether a number without a kind of its own goes on the list that the last one is in."""
        first, second = sorted((last, member.place))
        bare = self.tokens[member.place].type == "bare"
        link = self.link(first, second)
        if link is not _Gap.APART:
            # "resolution 1701 of 15 members": a number beside a number lists nothing.
            listed = link is not _Gap.PART and self.tokens[group.members[0].place].type == "bare"
            return not bare or listed or self.is_dated(member)
        start, end = self.tokens[first].end, self.tokens[second].start
        if bare or end - start > _FAR or _SENTENCE_END.search(self.text, start, end):
            return False
        member.loose = self.words.kind_before
        return member.loose or self.goes_on(start, end)

    def is_dated(self, member: _Member) -> bool:
        """Whether a bare number has its own date, of the year in which it was adopted."""
        date, number = self.date(member), self.tokens[member.place].group("number")
        return bool(date and number.isdigit() and date[0] == security_council_year(int(number)))

    def goes_on(self, start: int, end: int) -> bool:
        """Whether a list goes on with words about its next number, in the same clause."""
        between = self.words.separator.match(self.text, start)
        if between is None or self.words.filler.fullmatch(between.group()):
            return False
        return "，" not in self.text[between.end() : end]

    def attached(self, place: int, step: int) -> list[int]:
        """The tokens on one side of a number that are parts of the same citation."""
        before = self.words.kind_before
        foreign = {(True, 1): ("kind", "its"), (False, -1): ("kind",), (False, 1): ("its", "body")}
        found: list[int] = []
        while 0 <= (i := place + step * (len(found) + 1)) < len(self.tokens):
            token = self.tokens[i]
            if token.is_number or not self.is_part(i, step):
                break
            if token.type in foreign.get((before, step), ()):
                break
            found.append(i)
            if token.type == "kind" and not before:
                break
        return found

    def is_part(self, i: int, step: int) -> bool:
        """Whether a token goes with the one beside it; "resolutions of the Council, 34/24" does."""
        gap = self.gaps[min(i, i - step)]
        names_list = self.words.kind_before and step < 0 < i and self.tokens[i].type == "body"
        if gap is _Gap.LIST and names_list and self.tokens[i + 1].is_number:
            return self.tokens[i - 1].type == "kind" and self.gaps[i - 1] is _Gap.PART
        return gap is _Gap.PART

    def described(self, group: _Group, carried: tuple[str, ...]) -> list[Cited]:
        """The numbers of a group with all that stands beside each."""
        dates, before = self.dates(group), self.before(group)
        found = [
            self.cited(group, index, dates[index], carried, before)
            for index in range(len(group.members))
        ]
        return self.shared(group, found)

    def before(self, group: _Group) -> tuple[str, ...]:
        """The bodies that are named before a list, the nearest first."""
        first = min(group.kind, *(min(member.own) for member in group.members))
        last = bisect_left(self.all_bodies, first)
        nearest = self.all_bodies[max(0, last - _MEMORY) : last][::-1]
        return tuple(dict.fromkeys(self.tokens[i].text for i in nearest))

    def shared(self, group: _Group, found: list[Cited]) -> list[Cited]:
        """The numbers of a group with the bodies that stand beside another of them."""
        result: list[Cited] = []
        behind = [
            cited.bodies if self.is_behind(member) else ()
            for member, cited in zip(group.members, found, strict=True)
        ]
        for index, (member, cited) in enumerate(zip(group.members, found, strict=True)):
            before = result[-1] if result else None
            if not (cited.bodies or cited.its):
                if member.loose and before is None:
                    cited = self.leaning(cited, group.kind)
                elif member.loose and before:
                    cited = replace(cited, carried=before.bodies or before.carried)
                elif before and (before.its or before.bodies) and not behind[index - 1]:
                    cited = replace(cited, bodies=before.bodies, its=before.its)
                elif bodies := next(filter(None, behind[index + 1 :]), ()):
                    cited = replace(cited, bodies=bodies)
            result.append(cited)
        return result

    def leaning(self, cited: Cited, kind: int) -> Cited:
        """A number that leans on a word before it: "resolutions of the Council, the last 1/2"."""
        beside = [self.tokens[i] for step in (-1, 1) for i in self.attached(kind, step)]
        bodies = tuple(token.text for token in beside if token.type in ("body", "stranger"))
        its = any(token.type == "its" for token in beside)
        return replace(cited, carried=bodies or cited.carried, its=its)

    def is_behind(self, member: _Member) -> bool:
        """Whether the nearest body stands behind the number."""
        return next((i > member.place for i in self.bodies(member)), False)

    def bodies(self, member: _Member) -> list[int]:
        """The places of the bodies beside a number, the nearest first; "A and B resolutions"."""
        found = [i for i in member.own if self.tokens[i].type in ("body", "stranger")]
        found.sort(key=lambda i: abs(i - member.place))
        while found and (i := min(found)) > 0 and i < member.place:
            if self.tokens[i - 1].type != "body" or not self.is_joint(i):
                break
            found.append(i - 1)
        return found

    def is_joint(self, place: int) -> bool:
        """Whether two bodies share a list: those of "A and B resolutions", not of "A, and B"."""
        before, after = self.tokens[place - 1 : place + 1]
        between = self.text[before.end : after.start]
        return self.gaps[place - 1] is not _Gap.APART and not _COMMA.search(between)

    def cited(
        self,
        group: _Group,
        index: int,
        date: Date | None,
        carried: tuple[str, ...],
        before: tuple[str, ...],
    ) -> Cited:
        member = group.members[index]
        token, last = self.tokens[member.place], self.tokens[member.own[-1]]
        kind = self.tokens[group.kind].match
        single = len(group.members) == 1 and last.type == "kind"
        more = self.words.more.match(self.text, last.end) if single else None
        bodies = [self.tokens[i] for i in self.bodies(member)]
        return Cited(
            self.number(token),
            self.tokens[member.own[0]].start,
            more.end() if more else last.end,
            (kind and kind.lastgroup) or "resolution",
            bodies=tuple(body.text for body in bodies),
            places=tuple((body.start, body.end) for body in bodies),
            its=any(self.tokens[i].type == "its" for i in member.own),
            date=date,
            dated=self.date(member) is not None,
            carried=carried,
            before=before,
            until=self.until(group, index),
            more=more.group() if more else "",
            bare=token.type == "bare",
            loose=member.loose,
        )

    def number(self, token: Token) -> str:
        """A number in Latin letters: "72 / 194" is "72/194", "217 ألف (د-3)" is "217 A (III)"."""
        return self.words.latin(_SLASH.sub("/", token.group("number")))

    def until(self, group: _Group, index: int) -> tuple[str, int] | None:
        if index + 1 == len(group.members):
            return None
        first, second = group.members[index].place, group.members[index + 1].place
        last = self.tokens[second]
        is_range = self.link(first, second) is _Gap.RANGE
        return (self.number(last), last.end) if is_range else None

    def dates(self, group: _Group) -> list[Date | None]:
        """The date of each number: its own, or that of the neighbour that it is dated with."""
        own = [self.date(member) for member in group.members]
        order = range(len(own))
        if self.words.kind_before:
            order = order[::-1]
        year = None
        known: Date | None = None
        dates: list[Date | None] = [None] * len(own)
        for index in order:
            if found := own[index]:
                year = found[0] or year
                known = (year, found[1]) if year else None
            dates[index] = known
        return dates

    def date(self, member: _Member) -> tuple[int | None, int] | None:
        tokens = [self.tokens[i] for i in member.own]
        following = member.own[-1] + 1
        if self.words.kind_before and self.gaps[following - 1 : following] == [_Gap.LIST]:
            tokens.append(self.tokens[following])  # "72/194, of 19 December 2017,"
        for token in tokens:
            if token.type == "date" and (month := self.words.months.get(token.group("month"))):
                year = token.group("year")
                return int(year) if year else None, month
        return None
