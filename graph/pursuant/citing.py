"""Finds what a text invokes: numbers by grammar, names by dictionary. Decides nothing.

What is found is turned into citations by `pursuant.resolving`; the two steps are kept apart, so
that a mention which cannot be resolved is still there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pursuant.cues import Cued
from pursuant.enumerating import cited_numbers
from pursuant.folding import fold, without_marks
from pursuant.numbering import in_order
from pursuant.register import dictionary, register

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pursuant.cited import Cited
    from pursuant.languages import Language, Rule

# Series of documents (UN Editorial Manual, document symbols): principal organs, bodies that report
# to them, and conferences of the parties to treaties.
_SERIES = (
    "A|S|E|T|ST|TD|DP|CD|CCW|NPT|BWC|APLC|CCM|FCCC|ICCD|UNEP|UNODC|CTOC|CAC|CRC|CCPR|CEDAW|CERD|CAT"
    "|CMW|CRPD|CED|HRI|SPLOS|ISBA|HSP|IDB|GC|UNW|UNFF|ICC|TRANS|LC|CEP|ECE|CBD|LOS|IPBES|ATT|TPNW|ICC-ASP"
)
_ISSUE = r"(?:Rev|Add|Corr|Amend|Res|Dec)\.\d{1,3}"
_SYMBOL = Cued(
    re.compile(
        rf"(?<![A-Za-z/])(?P<symbol>(?:{_SERIES})(?=[A-Z.()/-]{{1,60}}\d)"
        r"(?>(?:/(?:[A-Z0-9.]|Sub(?=\.\d)|-(?![A-Z]{1,5}/)|\(\d{1,3}\)){0,20}(?<=[A-Z0-9)])(?![A-Za-z])){1,10})"
        rf"(?>(?:/{_ISSUE}){{0,3}})"
        r"(?:\s?\((?:(?:19|20)\d\d|[IVXLC]{1,8}|SUPP|(?i:Part|Vol)[^()]{1,16})\))?"
        rf"(?:(?<=\))/{_ISSUE})?)"
    )
)
_ISSUES = re.compile(
    rf"(?P<issue>{_ISSUE}(?>(?:/{_ISSUE}){{0,2}}))(?:\s?[-–]\s?(?P<last>\d{{1,3}}))?"
)
_PARTED = re.compile(
    r"(?P<base>.{0,12}?\d)\s?(?P<letters>(?<=[\d\s])[^\d\s/(][^\d/(]{0,300}?)?"
    r"(?P<session>\s?\([^()]{0,20}\))?"
)
# The slug of a committee of the Security Council, by the resolution that set it up.
_FOUNDED = "sc-committee-{}"
_MOST = 20  # treaties with successive numbers that one citation names
_PINPOINTED = frozenset({"number", "symbol", "title", "ibid", "treaty-series"})
# How far before an instrument "paragraph 6 of" may begin, and how deep a part lies in it.
_NEAR, _DEPTH = 80, 3
_SUBTITLE = r"\s?(?:[:：]|[-–—]{1,2}(?=[\s—]))"
_SHORT = 4  # characters: what a title may hold without invoking the instrument of that name
_PLACE = re.compile(r"\d{1,3}(?:\s?\(?[a-z]{1,4}\))*|[IVXLC]+(?![a-z])")


class Found(NamedTuple):
    """Words that name something, and what is known of it from the words alone.

    Attributes:
        rule: the rule that found it.
        number: a resolution's number without its series, "72/194" or "2178 (2014)".
        cited: what stands beside the number: body, kind, date.
        slugs: what the dictionary has under the name.
        title: the words between title marks.
        treaty: (volume, registration number) in the Treaty Series.
        pinpoint: the part that is cited, "paragraph 6(a)".
        head: the noun that may stand for a body which is named by the resolution that set it up.
    """

    start: int
    end: int
    rule: str
    number: str | None = None
    cited: Cited | None = None
    symbol: str | None = None
    slugs: tuple[str, ...] = ()
    title: str | None = None
    treaty: tuple[int, int] | None = None
    pinpoint: str | None = None
    head: str | None = None


def find(text: str, language: Language) -> list[Found]:
    """All that a text names, in its order; nothing overlaps but a body and its resolution."""
    folded, places = without_marks(fold(text))
    taken = _Taken(len(folded))
    found: list[Found] = []
    for finder in (_treaties, _numbers, _symbols, _titles, _self):
        new = [item for item in finder(folded, language) if not taken.overlaps(item)]
        taken.add(new)
        found += new
    named = (*_names(folded, language), *_groups(folded, language), *_founded(folded, language))
    names = list(_longest(item for item in named if taken.leaves(item)))
    taken.add(names)
    short = [item for item in _anaphora(folded, language) if not taken.overlaps(item)]
    taken.add(short)
    strangers = [item for item in _strangers(folded, language) if not taken.overlaps(item)]
    found += [*names, *short, *strangers, *_defined(folded, language)]
    pinned = [part for item in found for part in _with_pinpoints(item, folded, language)]
    placed = [_placed(item, places) for item in pinned] if places else pinned
    return sorted(placed, key=lambda item: (item.start, item.end))


def _placed(item: Found, places: Sequence[int]) -> Found:
    """A find in a text without marks, where it stands in the text with them."""

    def end(offset: int) -> int:
        return places[offset - 1] + 1

    cited = item.cited
    if cited and cited.until:
        cited = replace(cited, until=(cited.until[0], end(cited.until[1])))
    return item._replace(start=places[item.start], end=end(item.end), cited=cited)


class _Taken:
    """The places of a text that are spoken for: a byte for each character."""

    def __init__(self, length: int) -> None:
        self.mask = bytearray(length)

    def add(self, found: Sequence[Found]) -> None:
        """Take the places of some finds; the names of bodies among them can still be found."""
        for item in found:
            self.mask[item.start : item.end] = b"\1" * (item.end - item.start)
        for start, end in (p for item in found if item.cited for p in item.cited.places):
            self.mask[start:end] = bytes(end - start)

    def overlaps(self, item: Found) -> bool:
        return 1 in self.mask[item.start : item.end]

    def leaves(self, item: Found) -> bool:
        """Whether a name may stand here: what is taken lies outside it, or all within it.

        "The Committee established pursuant to resolution 2140 (2014)" names a body and a number.
        """
        across = (self.mask[max(at - 1, 0) : at + 1] for at in (item.start, item.end))
        within = item.slugs and 0 in self.mask[item.start : item.end]
        return not self.overlaps(item) or (
            bool(within) and not any(all(m) for m in across if len(m) > 1)
        )


def _numbers(folded: str, language: Language) -> Iterator[Found]:
    for cited in cited_numbers(folded, language):
        mirrored = language.citation.mirrored
        number = in_order(cited.number, cited.date) if mirrored else cited.number
        for part in _parts(number, cited.more, language):
            yield Found(cited.start, cited.end, "number", part, cited)


def _parts(number: str, more: str, language: Language) -> Iterator[str]:
    """A resolution's number with the letter of each part that is cited: "31/6 A", "31/6 B"."""
    parted = _PARTED.fullmatch(number)
    if not parted or not (parted["letters"] or more):
        yield number
        return
    words, session = language.citation, parted["session"] or ""
    text = (parted["letters"] or "") + more
    found = list(words.letter.finditer(text))
    letters = [words.letters.get(m.group(), m.group()) for m in found]
    for index, letter in enumerate(letters):
        yield f"{parted['base']} {letter}{session}"
        if index + 1 < len(letters):
            between = text[found[index].end() : found[index + 1].start()]
            if words.range.fullmatch(between):
                skipped = range(ord(letter) + 1, ord(letters[index + 1]))
                yield from (f"{parted['base']} {chr(code)}{session}" for code in skipped)


def _symbols(folded: str, language: Language) -> Iterator[Found]:
    for m in _SYMBOL.finditer(folded):
        yield Found(m.start(), m.end(), "symbol", symbol=m["symbol"])
        yield from _issues(folded, language, m["symbol"], m.end())


def _issues(folded: str, language: Language, symbol: str, end: int) -> Iterator[Found]:
    """The addenda and corrigenda that are named behind a document: "A/72/840 and Corr.1"."""
    base = re.split(r"/(?:Rev|Add|Corr|Amend)\.", symbol)[0]
    while (gap := language.citation.separator.match(folded, end)) and (
        m := _ISSUES.match(folded, gap.end())
    ):
        end, last = m.end(), m["last"]
        yield Found(m.start(), end, "symbol", symbol=f"{base}/{m['issue']}")
        name, _, first = m["issue"].rpartition(".")
        for number in range(int(first) + 1, min(int(last), 99) + 1) if last else ():
            yield Found(m.start(), end, "symbol", symbol=f"{base}/{name}.{number}")


def _treaties(folded: str, language: Language) -> Iterator[Found]:
    patterns = language.treaty
    for opening, rule in ((patterns["series"], "treaty-series"), (patterns["ibid"], "ibid")):
        for m in opening.finditer(folded):
            place = patterns["place"].pattern.match(folded, m.end())
            if place is None:
                continue
            for number in _listed(place["numbers"], language):
                for volume in _listed(place["volumes"], language):
                    yield Found(m.start(), place.end(), rule, treaty=(volume, number))


def _listed(numbers: str, language: Language) -> Iterator[int]:
    """The numbers of a list with ranges: "970-973", "970 à 973"."""
    found = list(re.finditer(r"\d+", numbers))
    for first, last in zip(found, [*found[1:], None], strict=True):
        yield int(first.group())
        between = numbers[first.end() : last.start()].strip() if last else ""
        if last and (between in ("-", "–") or language.citation.range.fullmatch(between)):
            skipped = range(int(first.group()) + 1, int(last.group()))
            yield from skipped if len(skipped) < _MOST else ()


def _titles(folded: str, language: Language) -> Iterator[Found]:
    """Titles between their marks, and in those that are not known the names of instruments.

    A short title is told apart by the words before it: "《Final Document》 of the 2000 Conference".
    """
    names = dictionary(language.code, language.spelling).names
    bracketed = list(_bracketed(folded, *language.titles))
    quoted = _quoted(folded, language) if bracketed else b""
    for start, end in bracketed:
        if quoted[start]:
            continue
        title = folded[start + 1 : end - 1]
        if not (slugs := names.get(title, ())):
            title = _qualifier(folded, start, end, language) + title
            slugs = names.get(title) or names.get(re.split(_SUBTITLE, title, maxsplit=1)[0], ())
        yield Found(start, end, "title", title=title, slugs=slugs)
        if not slugs and language.aliases.within.match(folded, start):
            yield from _inner_names(folded, start, end, language)


def _qualifier(folded: str, start: int, end: int, language: Language) -> str:
    found = language.aliases.qualified.search(folded, max(0, start - _NEAR), end)
    return found["of"] if found else ""


def _inner_names(folded: str, start: int, end: int, language: Language) -> Iterator[Found]:
    """The instruments that are named in a title which is not known as a whole."""
    title = folded[start + 1 : end - 1]
    for first, last, slugs in dictionary(language.code, language.spelling).find(title):
        if last - first > _SHORT and any(map(_is_instrument, slugs)):
            place = start + 1
            yield Found(place + first, place + last, "name", slugs=slugs)


def _quoted(folded: str, language: Language) -> bytearray:
    """Which characters stand in the quoted title of a document."""
    mask = bytearray(len(folded))
    for m in language.quoted.finditer(folded):
        mask[m.start() : m.end()] = b"\1" * len(m.group())
    return mask


def _bracketed(folded: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    depth, start = 0, 0
    if not any(mark in folded for mark in opening):
        return
    for m in re.finditer(f"[{opening}{closing}]", folded):
        if m.group() in opening:
            start = start if depth else m.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, m.end()


def _self(folded: str, language: Language) -> Iterator[Found]:
    for m in language.present.finditer(folded):
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


def _founded(folded: str, language: Language) -> Iterator[Found]:
    """Bodies that are named by the first of the resolutions that set them up."""
    for rule in language.founded.likely(folded):
        for m in rule.finditer(folded):
            slugs = (_FOUNDED.format(m["number"]),)
            yield Found(m.start(), m.end(), "name", slugs=slugs, head=rule.id)


def _strangers(folded: str, language: Language) -> Iterator[Found]:
    """Bodies that are named and not known: the noun alone may stand for them from there on."""
    for rule in language.strangers.likely(folded):
        for m in rule.finditer(folded):
            head = m.groupdict().get("head") or rule.id
            yield Found(m.start(), m.end(), "name", slugs=(m.group(),), head=head)


def _defined(folded: str, language: Language) -> Iterator[Found]:
    """Where a text says what it will call a body: "(hereinafter “the Committee”)"."""
    for rule in language.defining.likely(folded):
        for m in rule.finditer(folded):
            yield Found(m.start(), m.end(), "defined", title=m.groupdict().get("head") or rule.id)


def _anaphora(folded: str, language: Language) -> Iterator[Found]:
    """What stands for a name that was named before: "the Office"."""
    for anaphora in language.anaphora:
        for m in anaphora.finditer(folded):
            yield Found(m.start(), m.end(), "anaphora", title=anaphora.id or m["head"])


def _groups(folded: str, language: Language) -> Iterator[Found]:
    likely = language.groups.likely(folded)
    matches = [(m.span(), rule.id) for rule in likely for m in rule.each(folded)]
    last = 0
    for (start, end), slug in sorted(matches, key=lambda x: (x[0][0], -x[0][1])):
        if start >= last:
            last = end
            yield Found(start, end, "group", slugs=(slug,))


def _with_pinpoints(item: Found, folded: str, language: Language) -> Sequence[Found]:
    """The mention, once for each part that is cited: "paragraphs 4 and 5 of resolution 72/1"."""
    if item.rule not in _PINPOINTED and not any(map(_is_instrument, item.slugs)):
        return (item,)
    parts = _behind(folded, item.end, language) or _before(folded, item.start, language)
    return [item._replace(pinpoint=part) for part in parts] or (item,)


def _is_instrument(slug: str) -> bool:
    thing = register().things.get(slug)
    return thing is not None and thing.collection == "doc"


def _behind(folded: str, end: int, language: Language) -> list[str]:
    """The parts that are named behind an instrument, the greater first: "annex, para. 9"."""
    found = [""]
    for _ in range(_DEPTH):
        if (part := _next_part(folded, end, language)) is None:
            break
        rule, m = part
        found = [f"{found[0]} {part}".strip() for part in _places(rule.id, m, language)]
        end = m.end()
    return [part for part in found if part]


def _next_part(folded: str, place: int, language: Language) -> tuple[Rule, re.Match[str]] | None:
    for rule in language.pinpoints:
        if rule.where != "before" and (m := rule.pattern.match(folded, place)):
            return rule, m
    return None


def _before(folded: str, start: int, language: Language) -> list[str]:
    before = folded[max(0, start - _NEAR) : start]
    for rule in language.pinpoints:
        if rule.where == "before" and (m := rule.search(before)):
            return list(_places(rule.id, m, language))
    return []


def _places(part: str, match: re.Match[str], language: Language) -> Iterator[str]:
    """Each part that a pinpoint names: "paragraph 4" and "paragraph 5"."""
    named = match.groupdict()
    if numbers := named.get("numbers"):
        places = list(_PLACE.finditer(numbers))
        for first, second in zip(places, [*places[1:], None], strict=True):
            yield f"{part} {first.group().replace(' ', '')}"
            between = numbers[first.end() : second.start()] if second else ""
            if second and (between in "-–" or language.citation.range.fullmatch(between)):
                yield from (f"{part} {number}" for number in _skipped(first, second))
        return
    place = named.get("number") or named.get("numeral")
    yield f"{part} {place.replace(' ', '')}" if place else part


def _skipped(first: re.Match[str], second: re.Match[str]) -> range:
    if first.group().isdigit() and second.group().isdigit():
        return range(int(first.group()) + 1, min(int(second.group()), int(first.group()) + 100))
    return range(0)
