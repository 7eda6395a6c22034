"""Reads who is asked to do what: addressees, partners, beneficiaries, conditions, actions.

A verb that asks becomes a mandate only where its addressee is named; any other act of a paragraph
is a recognition. Both keep the words from the verb to the end of the act.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pursuant.document import Evidence, Mandate, Partner, Recognition
from pursuant.folding import fold
from pursuant.numerals import to_int

if TYPE_CHECKING:
    from pursuant.acts import Act
    from pursuant.languages import Language, Rule

_PREFIX = {"ga": "A", "ecosoc": "E", "hrc": "A/HRC", "sc": "S"}


@dataclass(frozen=True, slots=True)
class Named:
    """A place of a text where a thing of the register is named."""

    slug: str
    start: int
    end: int
    collection: str = "entity"
    is_actor: bool = True
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the acts of one paragraph.

    Attributes:
        unit: id of the paragraph.
        named: what the paragraph names, in the order of its text.
        cited: slugs of instruments and groups by the place of their words.
    """

    unit: str
    text: str
    language: Language
    named: Sequence[Named]
    cited: Sequence[tuple[int, str]] = ()

    @property
    def words(self) -> str:
        """The text for patterns to read: folded, with titles blanked, since the words of a title
        ("…反恐协调契约") are not the paragraph's."""
        words = fold(self.text)
        for title in (n for n in self.named if n.is_title):
            words = words[: title.start] + "□" * (title.end - title.start) + words[title.end :]
        return words

    @property
    def actors(self) -> list[Named]:
        """Those named who can act."""
        return [n for n in self.named if n.is_actor]

    def addressed(self, offset: int) -> bool:
        """Whether an addressee stands behind this place."""
        return bool(self.addressees(offset, len(self.text))[0])

    def addressees(self, start: int, end: int) -> tuple[list[Named], str | None]:
        """Those addressed from this place on, and the words that narrow the first of them."""
        first = next((a for a in self.actors if start <= a.start < end), None)
        if not first:
            return [], None
        between = fold(self.text)[start : first.start]
        if between and not self.language.qualifier.fullmatch(between):
            return [], None
        found = [first]
        while following := self._conjoined(found[-1].end, end):
            found.append(following)
        return found, between or None

    def _conjoined(self, start: int, end: int) -> Named | None:
        """Who else is addressed: named behind "and", alone or with words that narrow it."""
        joint = self.language.conjunction.match(fold(self.text), start)
        if not joint:
            return None
        nearest = next((a for a in self.actors if joint.end() <= a.start < end), None)
        if not nearest:
            return None
        between = fold(self.text)[joint.end() : nearest.start]
        fits = not between or self.language.qualifier.fullmatch(between)
        return nearest if fits else None

    def mandate(self, act: Act) -> Mandate | None:
        """The mandate that an act gives, or None where it asks nobody."""
        addressees, qualifier = self.addressees(act.body, act.end)
        if not act.is_directive or not addressees:
            return None
        text = self.words[: act.end]
        asked = tuple(dict.fromkeys(a.slug for a in addressees))
        partners = self._partners(text, addressees[0].end)
        return Mandate(
            force=act.act,
            verb=act.verb,
            addressees=asked,
            evidence=self._evidence(act),
            qualifier=qualifier,
            partners=partners,
            beneficiaries=self._beneficiaries(
                text, addressees[-1].end, [*asked, *(p.entity for p in partners if p.mode == "sharing")]
            ),
            conditions=_matching(self.language.conditions, text, act.start),
            actions=_matching(self.language.actions, text, addressees[-1].end) or ("other",),
            modalities=_matching(self.language.modalities, text, addressees[-1].end),
            through=self._through(act),
            concerns=tuple(dict.fromkeys(s for at, s in self.cited if act.start <= at < act.end)),
            due=self._due(text, act.start),
        )

    def recognition(self, act: Act) -> Recognition:
        """What an act that asks nobody notes, welcomes or reaffirms, and who it names in it."""
        agents = [a.slug for a in self.actors if act.start <= a.start < act.end]
        return Recognition(
            function=act.act,
            verb=act.verb,
            evidence=self._evidence(act),
            agents=tuple(dict.fromkeys(agents)),
            through=self._through(act),
        )

    def _evidence(self, act: Act) -> Evidence:
        return Evidence(self.unit, act.start, act.end, self.text[act.start : act.end])

    def _within(self, start: int, end: int) -> list[str]:
        return [a.slug for a in self.actors if start <= a.start and a.end <= end]

    def _partners(self, text: str, start: int) -> tuple[Partner, ...]:
        found: dict[Partner, int] = {}
        for rule in self.language.partners:
            for at, end in _captured(rule, text, start):
                for slug in self._within(at, end):
                    found.setdefault(Partner(slug, rule.id), at)
        return tuple(sorted(found, key=lambda partner: found[partner]))

    def _beneficiaries(self, text: str, start: int, asked: Sequence[str]) -> tuple[str, ...]:
        found: dict[int, str] = {}
        for rule in self.language.beneficiaries:
            for at, end in _captured(rule, text, start):
                found |= {at: slug for slug in self._within(at, end)[:1]}
        slugs = (slug for _, slug in sorted(found.items()))
        return tuple(slug for slug in dict.fromkeys(slugs) if slug not in asked)

    def _through(self, act: Act) -> tuple[str, ...]:
        used = [
            n.slug
            for n in self.named
            if n.collection in ("programme", "platform")
            and act.start <= n.start < act.end
            and self.language.through.search(self.words[act.start : n.start])
        ]
        return tuple(dict.fromkeys(used))

    def _due(self, text: str, start: int) -> str | None:
        """The session at which to report: "A/75" for the seventy-fifth of the Assembly."""
        m = self.language.due.search(text, start)
        body = m and self.language.bodies.names.get(m["body"] or "")
        prefix = _PREFIX.get(body or "")
        session = to_int(m["numeral"]) if m else None
        return f"{prefix}/{session}" if prefix and session else None


def _captured(rule: Rule, text: str, start: int) -> Iterable[tuple[int, int]]:
    for m in rule.pattern.finditer(text, start):
        for group in m.groupdict():
            if m[group] is not None:
                yield m.span(group)


def _matching(rules: Sequence[Rule], text: str, start: int) -> tuple[str, ...]:
    """Ids of the rules that match, in the order of their first words."""
    found: Mapping[str, int] = {
        rule.id: m.start() for rule in reversed(rules) if (m := rule.pattern.search(text, start))
    }
    return tuple(sorted(found, key=lambda slug: (found[slug], slug)))

