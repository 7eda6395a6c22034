"""Decides what each mention is: instrument, group, entity; resolved, ambiguous or unresolved.

Works through a document in its order, since a short title or an "ibid." means what stands before
it. Nothing is guessed: two candidates are ambiguous, and an unknown body is unresolved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pursuant.antecedents import Antecedents, full_titles
from pursuant.document import Kind, Reason, Status
from pursuant.numbering import Evidence, between, symbols, year_of
from pursuant.symbol import canonical, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pursuant.cited import Cited
    from pursuant.citing import Found
    from pursuant.framing import Frame
    from pursuant.languages import Language
    from pursuant.register import Register, Thing


# A part letter glued to its number: 377A(V).
_GLUED = re.compile(r"(?<=\d)([A-Z])(?=\s?\(|$)")
_OLD_PART = re.compile(r"(?P<base>.*\d) ?(?P<part>[A-Z])(?P<session>\([IVXLCES-]+\))")
_YEARLY = re.compile(r"(\d+)\s?\(\d{4}\)")
_YEAR = re.compile(r"\((\d{4})\s?\)")
_SERIES = re.compile(r".*?/(?:RES|DEC|PRST)/")


class Resolved(NamedTuple):
    """One thing that some words mean, or that they may mean, or why that is not known.

    `collection` is the register's ("doc", "entity", "group", ...); instruments are in "doc".
    `quoted` are words between title marks that are no title ("so-called “conflict minerals”").
    """

    found: Found
    status: Status
    kind: Kind = Kind.INSTRUMENT
    target: str | None = None
    slug: str | None = None
    collection: str = "doc"
    types: frozenset[str] = frozenset()
    candidates: tuple[str, ...] = ()
    reason: str | None = None
    reason_kind: Reason | None = None
    short: bool = False
    quoted: bool = False

    @property
    def is_citation(self) -> bool:
        """Whether it is an instrument or a group, not an entity, publication or programme."""
        return self.collection in ("doc", "group") and "Publication" not in self.types


@dataclass(slots=True)
class Resolver:
    """Resolves mentions in the order of a document, remembering the titles that it has met."""

    language: Language
    register: Register
    frame: Frame
    titles: dict[str, tuple[Resolved, ...]] = field(default_factory=dict)
    defined: dict[str, set[str]] = field(default_factory=dict)
    antecedents: Antecedents = field(init=False)
    year: int | None = None
    about: frozenset[str] = frozenset()
    learned: dict[str, set[str]] = field(default_factory=dict)
    near: set[str] = field(default_factory=set)
    again: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    settled: dict[str, tuple[Resolved, ...]] = field(default_factory=dict)
    told: dict[tuple[str, ...], set[str | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.antecedents = Antecedents(self.language)
        self.year = year_of(self.frame.symbol or "", self.frame.adopted)

    def resolve(
        self, found: Sequence[Found], notes: Mapping[int, Sequence[Resolved]] | None = None
    ) -> list[Resolved]:
        """What each mention of a text means.

        Args:
            found: the mentions, in the order of the text.
            notes: by the offset of a marker, what the note behind it invokes; none for a note
                itself, whose names are not remembered.
        """
        resolved: list[Resolved] = []
        self.again = {title for title in self.near if title in self.seen}
        self.seen |= self.near
        self.near = set()
        self.antecedents.begin()
        for item in found:
            if item.rule in ("title", "name"):
                behind = _note_behind(item, notes or {}) or _note_of_all(item, notes or {})
                named = self._founded(item) if item.head else self._named(item, behind)
                resolved += named
                if notes is not None and named:
                    self.remember(named[-1])
            elif item.rule == "anaphora":
                resolved += self._anaphora(item)
            elif item.rule == "defined":
                self.antecedents.define(item.title or "", item.start)
            else:
                numbered = self._numbered(item)
                if item.cited and item.cited.loose and numbered.status is not Status.RESOLVED:
                    continue  # nothing tells that "2/3" is a number of a resolution
                resolved += [numbered, *self._between(item, numbered.target)]
        return resolved

    def _between(self, item: Found, first: str | None) -> Iterator[Resolved]:
        """The members of a range that the register knows: the others are not made up."""
        if not (item.number and item.cited and item.cited.until and first):
            return
        last, end = item.cited.until
        prefix = _SERIES.match(first)
        if prefix is None:
            return
        for number in between(item.number, last):
            key = slug(canonical(prefix.group() + number))
            if key in self.register.things:
                found = item._replace(end=end, number=number, rule="range")
                yield self._thing(found, self.register.things[key])

    def _thing(self, item: Found, thing: Thing, *, short: bool = False) -> Resolved:
        kind = Kind.GROUP if thing.collection == "group" else Kind.INSTRUMENT
        return Resolved(
            item,
            Status.RESOLVED,
            kind,
            thing.target,
            thing.slug,
            thing.collection,
            thing.types,
            short=short,
        )

    def _numbered(self, item: Found) -> Resolved:
        if item.rule == "self":
            own = (
                f"{slug(self.frame.symbol or '')}/draft" if self.frame.draft else self.frame.symbol
            )
            if not self.frame.symbol:
                return _unresolved(
                    item, Reason.OWN_SYMBOL_UNKNOWN, "the document's own symbol is not known"
                )
            return Resolved(item, Status.RESOLVED, Kind.SELF, own, slug(self.frame.symbol))
        if item.treaty:
            return self._treaty(item, item.treaty)
        if item.rule == "group":
            return self._group(item)
        found = (item.symbol,) if item.symbol else self._symbols(item)
        if len(found) == 1:
            return self._document(*_whole(_checked(item, found[0]), canonical(found[0])))
        if found:
            return ambiguous(item, (slug(canonical(symbol)) for symbol in found))
        if item.cited and item.cited.bodies:
            named = item.cited.bodies[0]
            return _unresolved(
                item, Reason.SERIES_UNKNOWN, f"the series of {named} {item.number} is not known"
            )
        return _unresolved(
            item, Reason.BODY_NOT_NAMED, f"the body that adopted {item.number} is not named"
        )

    def _document(self, item: Found, symbol: str) -> Resolved:
        key = slug(symbol)
        thing = self.register.things.get(key)
        if thing and thing.collection == "doc":
            return self._thing(item, thing)
        return Resolved(item, Status.RESOLVED, Kind.INSTRUMENT, symbol, key)

    def _symbols(self, item: Found) -> tuple[str, ...]:
        """What a number may be, by its shape, its date, and who is named or speaks."""
        cited = item.cited
        if cited is None:
            return ()
        named = self._bodies(cited, cited.bodies)
        if cited.bodies and not named:
            return ()
        number = _GLUED.sub(r" \1", item.number or "")
        evidence = Evidence(
            named,
            cited.its,
            self.frame.speaker,
            self._bodies(cited, cited.carried),
            cited.date,
            cited.dated,
            cited.kind,
            self.year,
            self._learned(number),
        )
        return symbols(number, evidence)

    def _learned(self, number: str) -> frozenset[str]:
        """What a number is elsewhere in the text, or else what the others of its session are."""
        if known := self.learned.get(number):
            return frozenset(known)
        session = number[: number.find("/") + 1]
        return frozenset(
            symbol.removesuffix(other) + number
            for other, symbols_ in self.learned.items()
            if session and other.startswith(session)
            for symbol in symbols_
        )

    def _bodies(self, cited: Cited, names: Iterable[str]) -> tuple[str, ...]:
        """What the names of bodies may mean here."""
        meant, frame = self.language.bodies.may_mean, self.frame
        return tuple(
            body
            for name in names
            for body in meant(name, frame.speaker, frame.adopted_by, cited.before)
        )

    def learn(self, found: Iterable[Found]) -> None:
        """Take note of the numbers whose body is named or dated: it holds for the whole text."""
        for item in found:
            cited = item.cited
            if item.number and cited and (cited.bodies or cited.dated or cited.its):
                symbol = self._symbols(item)
                if len(symbol) == 1:
                    number = _GLUED.sub(r" \1", item.number)
                    self.learned.setdefault(number, set()).update(symbol)
                    if bare := _YEARLY.fullmatch(number):
                        self.learned.setdefault(bare[1], set()).update(symbol)

    def _treaty(self, item: Found, key: tuple[int, int]) -> Resolved:
        if known := self.register.treaties.get(key):
            return self._thing(item, self.register.things[known])
        return _unresolved(
            item,
            Reason.TREATY_UNKNOWN,
            f"no treaty with volume {key[0]}, No. {key[1]} is registered here",
        )

    def _group(self, item: Found) -> Resolved:
        key = item.slugs[0]
        thing = self.register.things.get(key)
        if thing:
            return self._thing(item, thing)
        return Resolved(item, Status.RESOLVED, Kind.GROUP, key, key, "group")

    def _named(self, item: Found, behind: Sequence[Resolved]) -> list[Resolved]:
        things = [self.register.things[key] for key in item.slugs]
        if len(things) > 1:
            # A joint title ("Declaration and Programme of Action on ..."): the note tells.
            told = {r.slug for r in behind} & {t.slug for t in things}
            meant = told or self.told.get(item.slugs)
            if not meant:
                return [ambiguous(item, (t.slug for t in things))]
            self.told.setdefault(item.slugs, meant)
            things = [t for t in things if t.slug in meant]
        if things:
            resolved = [self._thing(item, thing) for thing in things]
            if item.rule == "title":
                self.titles[item.title or ""] = tuple(resolved)
                self.near.add(item.title or "")
            return resolved
        return self._short_title(item, behind)

    def _short_title(self, item: Found, behind: Sequence[Resolved]) -> list[Resolved]:
        """A title that the register lacks: short for one met before, or defined by its note.

        Of several it is that of the same paragraph, of the document's own title, or one that was
        named again in the paragraph before; else it goes on meaning what it meant last.
        """
        title = item.title or ""
        targets = {r.slug: r._replace(found=item) for r in behind if r.slug and r.is_citation}
        if title in self.titles:
            return self._again(item, title, targets)
        meant = self._meant(title, self.titles)
        near = self._meant(title, self.near)
        own = {slugs: named for slugs, named in meant.items() if self.about.issuperset(slugs)}
        again = self._meant(title, self.again)
        meant = next((each for each in (near, own, meant, again) if len(each) == 1), meant)
        if len(meant) == 1:
            self.settled[title] = next(iter(meant.values()))
        if len(meant) == 1 or (meant and title in self.settled):
            return [r._replace(found=item, short=True) for r in self.settled[title]]
        if len(meant) > 1:
            return [ambiguous(item, {key for slugs in meant for key in slugs})]
        if targets:
            self.titles[title] = tuple(targets.values())
            self.defined[title] = set(targets)
            return list(targets.values())
        unknown = f"the title {title} is not in the register"
        quoted = not self.language.aliases.titled.search(title)
        return [_unresolved(item, Reason.TITLE_UNKNOWN, unknown)._replace(quoted=quoted)]

    def _meant(
        self, short: str, titles: Collection[str]
    ) -> dict[tuple[str, ...], tuple[Resolved, ...]]:
        """What a short title may stand for, of some that were met before, by its slugs."""
        full = [self.titles[name] for name in full_titles(short, titles)]
        return {tuple(r.slug or "" for r in named): named for named in full}

    def _again(self, item: Found, title: str, targets: Mapping[str, Resolved]) -> list[Resolved]:
        """A title that was met before: what it meant then, unless notes give it several meanings.

        "The Final Document" may be of this conference here, and of that one there.
        """
        defined = self.defined.get(title)
        if defined and targets and defined.isdisjoint(targets):
            defined |= set(targets)
            return list(targets.values())
        first = {r.slug for r in self.titles[title]}
        if defined and not defined <= first and not targets:
            return [ambiguous(item, defined)]
        return [r._replace(found=item) for r in self.titles[title]]

    def remember(self, named: Resolved) -> None:
        """Keep who was named, the last one last."""
        thing = self.register.things.get(named.slug or "")
        if thing and thing.is_actor:
            self.antecedents.remember(thing, named.found.end, named.found.head)

    def _anaphora(self, item: Found) -> list[Resolved]:
        """What "该办公室" is: the entity named last whose name has that word for its head.

        Where none is, it may be one that needs no other name in the texts of who speaks.
        """
        head = item.title or ""
        thing = self.antecedents.find(head)
        presumed = self.language.presumed.get(self.frame.speaker or "", {})
        if thing is None and (key := presumed.get(head)):
            thing = self.register.things[key]
        known = thing is not None and thing.slug in self.register.things
        return [self._thing(item, thing, short=True)] if thing and known else []

    def _founded(self, item: Found) -> list[Resolved]:
        """The body that a resolution set up; one that is not known is kept for who it is not."""
        if thing := self.register.things.get(item.slugs[0]):
            return [self._thing(item, thing)]
        self.antecedents.stranger(item.slugs[0], item.end, item.head or "")
        return []


def _whole(item: Found, symbol: str) -> tuple[Found, str]:
    """The document that a part of an old resolution stands in: 217 A (III) is part A of 217 (III).

    The parts were published as one document and have no symbols of their own.
    """
    if found := _OLD_PART.fullmatch(symbol):
        part = " ".join(filter(None, (found["part"], item.pinpoint)))
        return item._replace(pinpoint=part), found["base"] + found["session"]
    return item, symbol


def _checked(item: Found, symbol: str) -> Found:
    """The mention, marked where the year printed behind a number is not that of the number."""
    printed, known = (_YEAR.search(text or "") for text in (item.number, symbol))
    if printed and known and printed[1] != known[1]:
        return item._replace(rule="corrected-year")
    return item


def _note_behind(item: Found, notes: Mapping[int, Sequence[Resolved]]) -> Sequence[Resolved]:
    """What the note invokes whose marker stands right behind a mention, or behind its bracket."""
    for offset in range(item.end, item.end + 3):
        if offset in notes:
            return notes[offset]
    return ()


def _note_of_all(item: Found, notes: Mapping[int, Sequence[Resolved]]) -> Sequence[Resolved]:
    """What the note invokes that stands farther behind a joint title and means all of it."""
    if len(item.slugs) < 2:
        return ()
    slugs = set(item.slugs)
    for offset, invoked in sorted(notes.items()):
        if offset > item.end and slugs <= {r.slug for r in invoked}:
            return invoked
    return ()


def _unresolved(item: Found, kind: Reason, reason: str) -> Resolved:
    return Resolved(item, Status.UNRESOLVED, reason=reason, reason_kind=kind)


def ambiguous(item: Found, candidates: Iterable[str]) -> Resolved:
    """Words that may mean any of several things, given by their slugs."""
    found = tuple(sorted(candidates))
    reason = f"the words may mean any of {', '.join(found)}"
    kind = Reason.SEVERAL_MEANINGS
    return Resolved(item, Status.AMBIGUOUS, candidates=found, reason=reason, reason_kind=kind)
