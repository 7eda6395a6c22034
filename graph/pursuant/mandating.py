"""Reads who is asked to do what: addressees, partners, beneficiaries, conditions, actions.

A verb that asks becomes a mandate only where its addressee is named; any other act of a paragraph
is a recognition. Both keep the words from the verb to the end of the act.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from pursuant.document import Evidence, Mandate, Partner, Recognition
from pursuant.folding import fold
from pursuant.timing import Calendar, Clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pursuant.acts import Act
    from pursuant.document import When
    from pursuant.languages import Language, Rule

_HIDDEN = "□"  # stands for each character of a name
_NESTED = 5  # names that may stand in the words that narrow the addressee
_NEAR = 60  # characters between a verb that decides and what it decides
# Acts by which a body sets up, renews or ends something itself.
_DECISIONS = frozenset({"decide", "establish", "extend", "authorize", "approve"})


class Named(NamedTuple):
    """A place of a text where a thing of the register is named.

    `is_proper` is false of groups, that are named in the common words of a sentence ("victims").
    """

    slug: str
    start: int
    end: int
    collection: str = "entity"
    is_actor: bool = True
    is_title: bool = False
    is_proper: bool = True


class _Told(TypedDict):
    """What is said of an action: fields of a mandate."""

    beneficiaries: tuple[str, ...]
    actions: tuple[str, ...]
    modalities: tuple[str, ...]
    through: tuple[str, ...]
    concerns: tuple[str, ...]
    when: When


@dataclass
class Reader:
    """Reads the acts of one paragraph.

    Attributes:
        unit: id of the paragraph.
        named: what the paragraph names, in the order of its text.
        cited: slugs of instruments and groups by the place of their words, in its order; known once
            the acts are, by which citations have their function.
        calendar: when and for whom the document speaks.
        folded: the text in half-width characters.
        actors: those named who can act, in the order of the text.
    """

    unit: str
    text: str
    language: Language
    named: Sequence[Named]
    cited: Sequence[tuple[int, str]] = ()
    calendar: Calendar = field(default_factory=Calendar)
    folded: str = field(init=False)
    actors: list[Named] = field(init=False)

    def __post_init__(self) -> None:
        self.folded = fold(self.text)
        self.actors = sorted((n for n in self.named if n.is_actor), key=lambda n: n.start)

    @cached_property
    def words(self) -> str:
        """The text for patterns to read: folded, and without what stands in titles.

        The words of a title ("…反恐协调契约") are not the paragraph's.
        """
        return _masked(self.folded, (n for n in self.named if n.is_title))

    @cached_property
    def unnamed(self) -> str:
        """The words without names: the Executive Directorate executes nothing by its name."""
        return _masked(self.words, (n for n in self.named if n.is_proper))

    @cached_property
    def likely(self) -> Mapping[str, list[Rule]]:
        """The rules about what is asked that there is reason to search for, by their table."""
        return self.language.asking.likely(self.words)

    @cached_property
    def means(self) -> list[Named]:
        """The programmes and platforms named, in the order of the text."""
        return [n for n in self.named if n.collection in ("programme", "platform")]

    def _actors(self, start: int, end: int) -> Iterator[Named]:
        return _between(self.actors, start, end)

    def addressed(self, offset: int) -> bool:
        """Whether an addressee stands behind this place."""
        if self.language.pronoun.match(self.folded, offset):
            return True
        return bool(self.addressees(offset, len(self.text))[0])

    def addressees(self, start: int, end: int) -> tuple[list[Named], str | None]:
        """Those addressed from this place on, and the words that narrow the first of them."""
        first = self._addressee(start, end)
        if not first:
            return [], None
        found = [first]
        while following := self._conjoined(self._narrowed(found[-1]), end):
            found.append(following)
        before, behind = (
            self.folded[place:stop].strip(" ,") or None
            for place, stop in ((start, first.start), (first.end, self._narrowed(first)))
        )
        return found, behind or before

    def _narrowed(self, name: Named) -> int:
        """Where the words end that narrow a name from behind it ("that have not yet done so")."""
        m = self.language.relative.match(self.folded, name.end)
        return m.end() if m else name.end

    def _addressee(self, start: int, end: int) -> Named | None:
        """Who is named next, if nothing but words that narrow stands before the name."""
        for actor in islice(self._actors(start, end), _NESTED):
            between = self.folded[start : actor.start]
            if between and not self.language.qualifier.fullmatch(between):
                continue
            if not self.language.beyond.match(self.folded, actor.end):
                return actor
        return self._unnamed(start)

    def _unnamed(self, start: int) -> Named | None:
        """Who is addressed in words that are a name only here ("all countries")."""
        for rule in self.language.addressees:
            if m := rule.pattern.match(self.folded, start):
                return Named(rule.id, m.start("name"), m.end("name"))
        return None

    def _conjoined(self, start: int, end: int) -> Named | None:
        """Who else is addressed: named behind "and", alone or with words that narrow it."""
        joint = self.language.conjunction.match(self.folded, start)
        return self._addressee(joint.end(), end) if joint else None

    def mandates(self, acts: Sequence[Act]) -> Iterator[Mandate | None]:
        """The mandate that each act gives; a pronoun stands for who was addressed last."""
        before: tuple[str, ...] = ()
        for act in acts:
            found = self.mandate(act, before)
            before = found.addressees if found else self._agents(act) or before
            yield found

    def _unregistered(self, act: Act) -> tuple[tuple[str, ...], Named | None]:
        """Who is addressed in words that only a noun of theirs tells: those of them known, or none.

        They stand right behind the verb; behind one that decides, before what they shall do.
        """
        m = self.language.unregistered.match(self.folded, act.body, act.end)
        if act.act == "decide":
            m = self.language.obliged.search(self.folded, act.body, act.end)
        if not m:
            return (), None
        start, end = m.span("name")
        known = tuple(dict.fromkeys(a.slug for a in self._actors(start, end) if a.end == end))
        return known, None if known else Named(self.text[start:end], start, end)

    def _agents(self, act: Act) -> tuple[str, ...]:
        named = self.addressees(act.body, act.end)[0] or list(self._actors(act.body, act.end))[:1]
        return tuple(a.slug for a in named)

    def mandate(self, act: Act, before: Sequence[str] = ()) -> Mandate | None:
        """The mandate that an act gives, or None where it asks nobody.

        Args:
            act: one of the paragraph.
            before: who was addressed last, for whom a pronoun stands.
        """
        if not act.is_directive:
            return None
        addressees, qualifier = self.addressees(act.body, act.end)
        asked = tuple(dict.fromkeys(a.slug for a in addressees))
        change = self._change(act) if act.act in _DECISIONS else None
        start = addressees[-1].end if addressees else act.body
        if act.is_anaphoric or self.language.pronoun.match(self.folded, act.body):
            asked, start, addressees = tuple(before), act.body, []
        addressed = None
        if not asked and not change:
            asked, addressed = self._unregistered(act)
            start = addressed.end if addressed else start
        if not asked and not addressed and (change or act.act == "decide"):
            asked = tuple(filter(None, (self.calendar.speaker,)))  # it addresses itself
        if not asked and not addressed:
            return None
        partners = self._partners(addressees[0].end if addressees else start, act.end)
        return Mandate(
            force=act.act,
            verb=act.verb,
            addressees=asked,
            addressed_as=addressed.slug if addressed else None,
            evidence=self._evidence(act),
            qualifier=qualifier,
            partners=partners,
            modifiers=act.modifiers,
            change=change.id if change else None,
            body=self._body(change, start, act.end) if change else None,
            conditions=self._matching("conditions", act.start, act.end),
            **self._told(asked, partners, act.start, start, act.end, changes=change is not None),
        )

    def inherited(self, chapeau: Mandate) -> Mandate:
        """The mandate of a point: the force and addressees of its chapeau, its own action."""
        end = len(self.text.rstrip("，；。,;.:：، \u200e\u200f"))
        partners = tuple(dict.fromkeys((*chapeau.partners, *self._partners(0, end))))
        conditions = dict.fromkeys((*chapeau.conditions, *self._matching("conditions", 0, end)))
        return Mandate(
            force=chapeau.force,
            verb=chapeau.verb,
            addressees=chapeau.addressees,
            addressed_as=chapeau.addressed_as,
            evidence=Evidence(self.unit, 0, end, self.text[:end]),
            qualifier=chapeau.qualifier,
            partners=partners,
            modifiers=chapeau.modifiers,
            inherited_from=chapeau.inherited_from or chapeau.evidence,
            conditions=tuple(conditions),
            **self._told(chapeau.addressees, partners, 0, 0, end),
        )

    def _told(
        self,
        asked: Sequence[str],
        partners: Sequence[Partner],
        verb: int,
        start: int,
        end: int,
        *,
        changes: bool = False,
    ) -> _Told:
        """What the words of a mandate say of the action; they begin behind the addressees."""
        told = [p.entity for p in partners if p.mode == "sharing"]
        return _Told(
            beneficiaries=self._beneficiaries(start, end, [*asked, *told]),
            actions=self._matching("actions", start, end) or ("other",),
            modalities=self._matching("modalities", start, end),
            through=self._through(verb, end),
            concerns=self._concerns(verb, end),
            when=Clock(self.language, self.calendar, self.likely).read(
                self.words, verb, end, changes=changes
            ),
        )

    def _change(self, act: Act) -> Rule | None:
        """What becomes of a body by this act: its first words say so, not a clause far behind."""
        for rule in self.likely["changes"]:
            m = rule.search(self.words, act.start, act.end)
            if m and m.start() <= act.body + _NEAR:
                return rule
        return None

    def _body(self, change: Rule, start: int, end: int) -> str | None:
        """The body named behind the words that renew it or set it up, or else before them."""
        m = change.search(self.words, start, end)
        place = m.start() if m else start
        behind = [n.slug for n in _between(self.actors, place, end)]
        before = [n.slug for n in _between(self.actors, start, place)]
        return next(iter([*behind, *reversed(before)]), None)

    def recognition(self, act: Act) -> Recognition:
        """What an act that asks nobody notes, welcomes or reaffirms, and who is said to do it."""
        agents = (a.slug for a in self.addressees(act.body, act.end)[0])
        return Recognition(
            function=act.act,
            verb=act.verb,
            evidence=self._evidence(act),
            agents=tuple(dict.fromkeys(agents)),
            through=self._through(act.start, act.end),
        )

    def _evidence(self, act: Act) -> Evidence:
        return Evidence(self.unit, act.start, act.end, self.text[act.start : act.end])

    def _within(self, start: int, end: int) -> list[str]:
        return [a.slug for a in self._actors(start, end) if a.end <= end]

    def _captured(self, rule: Rule, start: int, end: int) -> Iterator[tuple[int, int]]:
        for m in rule.finditer(self.words, start, end):
            yield from (m.span(group) for group in m.groupdict() if m[group] is not None)

    def _partners(self, start: int, end: int) -> tuple[Partner, ...]:
        found: dict[Partner, int] = {}
        for rule in self.likely["partners"]:
            for first, last in self._captured(rule, start, end):
                for slug in self._within(first, last):
                    found.setdefault(Partner(slug, rule.id), first)
        return tuple(sorted(found, key=lambda partner: found[partner]))

    def _beneficiaries(self, start: int, end: int, asked: Sequence[str]) -> tuple[str, ...]:
        found: dict[int, str] = {}
        for rule in self.likely["beneficiaries"]:
            for first, last in self._captured(rule, start, end):
                if slug := next(iter(self._within(first, last)), None):
                    found[first] = slug
        slugs = (slug for _, slug in sorted(found.items()))
        return tuple(slug for slug in dict.fromkeys(slugs) if slug not in asked)

    def _through(self, start: int, end: int) -> tuple[str, ...]:
        used = [
            n.slug
            for n in _between(self.means, start, end)
            if self.language.through.search(self.words[max(start, n.start - 60) : n.start])
        ]
        return tuple(dict.fromkeys(used))

    def _concerns(self, start: int, end: int) -> tuple[str, ...]:
        first = bisect_left(self.cited, start, key=lambda place: place[0])
        last = bisect_left(self.cited, end, key=lambda place: place[0])
        return tuple(dict.fromkeys(slug for _, slug in self.cited[first:last]))

    def _matching(self, table: str, start: int, end: int) -> tuple[str, ...]:
        """Ids of the rules of a table that match outside names, in the order of their words."""
        found: dict[str, int] = {}
        for rule in self.likely[table]:
            matches = rule.finditer(self.words, start, end)
            outside = (m.start() for m in matches if self.unnamed[m.start()] != _HIDDEN)
            if (at := next(outside, None)) is not None:
                found.setdefault(rule.id, at)
        return tuple(sorted(found, key=lambda slug: (found[slug], slug)))


def _masked(text: str, names: Iterable[Named]) -> str:
    """A text without names, as long as before."""
    words: list[str] = []
    for name in names:
        words = words or list(text)
        words[name.start : name.end] = _HIDDEN * (name.end - name.start)
    return "".join(words) or text


def _between(named: Sequence[Named], start: int, end: int) -> Iterator[Named]:
    """Those whose names begin in a stretch of the text."""
    index = bisect_left(named, start, key=lambda n: n.start)
    while index < len(named) and named[index].start < end:
        yield named[index]
        index += 1
