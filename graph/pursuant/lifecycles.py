"""What became of bodies, missions and groups: established, renewed, modified, terminated, expired.

Each step is a mandate whose paragraph says so. Where a paragraph gives a term but no day, the term
is counted from the end of the one before, if that still ran, else from the day of adoption.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from pursuant.analysing import asked
from pursuant.periods import as_day, later

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from pursuant.mandated import Mandated

EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Step:
    """What a paragraph does to a body.

    Attributes:
        body: its IRI, or its name where the register lacks it.
        change: "establish", "renew", "modify" or "terminate"; "expired" where a term ran out, for
            which the paragraph that gave the term stands.
        day: when, if known.
        expires: until when the body has its mandate after this, if that is told.
        mandated: the mandate whose paragraph says so.
    """

    body: str
    change: str
    day: date | None
    expires: date | None
    mandated: Mandated


@dataclass(frozen=True, slots=True)
class Lifecycles:
    """The steps of each body in the order of their days, by its IRI or, without one, its name.

    Attributes:
        steps: by body.
        of_mandate: the step that a mandate is, by the IRI of the mandate.
    """

    steps: Mapping[str, Sequence[Step]]
    of_mandate: Mapping[str, Step]

    @classmethod
    def of(cls, mandates: Iterable[Mandated]) -> Lifecycles:
        """The life cycles that some mandates tell."""
        found: defaultdict[str, list[Mandated]] = defaultdict(list)
        known: dict[tuple[str, ...], str] = {}
        for each in sorted(mandates, key=lambda each: (each.adopted is None, each.adopted or "")):
            if each.change and (body := each.changed or _known_by_name(each, known)):
                found[body].append(each)
        steps = {body: tuple(_dated(body, found[body])) for body in sorted(found)}
        told = {step.mandated.mandate: step for each in steps.values() for step in each}
        return cls(steps, told)

    def by(self, body: str, day: date) -> list[Step]:
        """The steps of a body up to a day."""
        return [step for step in self.steps.get(body, ()) if step.day and step.day <= day]

    def state(self, body: str, day: date) -> str:
        """What a body is on a day: standing, terminated, expired, or unknown without steps."""
        steps = self.by(body, day)
        if not steps:
            return "unknown"
        last = steps[-1]
        if last.change == "terminate":
            return "terminated"
        return EXPIRED if last.expires and last.expires < day else "standing"

    def with_expiry(self, body: str, day: date) -> Iterator[Step]:
        """The steps of a body up to a day; where a term ran out before the next step, that too."""
        steps = self.by(body, day)
        for step, following in zip_longest(steps, steps[1:]):
            yield step
            until = following.day if following and following.day else day
            if step.expires and step.expires < until:
                yield replace(step, change=EXPIRED, day=step.expires)

    def in_force(self, each: Mandated, day: date) -> bool:
        """Whether a mandate is in force on a day; see the register's module."""
        if not each.adopted or as_day(each.adopted) > day:
            return False
        if own := self.of_mandate.get(each.mandate):
            return not self._is_over(own, day)
        gone = [self.state(body, day) in ("terminated", EXPIRED) for body in each.all("addressee")]
        return not (gone and all(gone))

    def _is_over(self, step: Step, day: date) -> bool:
        """Whether what a step gave has run out, or a later one replaced or ended it."""
        if step.change == "terminate":
            return False
        if step.expires and step.expires < day:
            return True
        steps = self.by(step.body, day)
        following = [s.change for s in steps[steps.index(step) + 1 :]]
        return "terminate" in following or (step.change == "renew" and "renew" in following)


def _known_by_name(each: Mandated, known: dict[tuple[str, ...], str]) -> str | None:
    """The first name of the body that a mandate names, in whatever form and language it does."""
    forms = [asked(name, language) for language, name in sorted(each.called.items())]
    if not forms:
        return None
    first = next((known[form] for form in forms if form in known), None)
    body = first or each.called.get(each.language) or min(each.called.values())
    known |= dict.fromkeys(forms, body)
    return body


def _dated(body: str, changes: Iterable[Mandated]) -> Iterator[Step]:
    """The steps of a body, each with the end of what it gives; they come in order of their days."""
    before: date | None = None
    for each in changes:
        day = as_day(each.adopted) if each.adopted else None
        told, term = each.one("expiryDate"), each.one("termLength")
        expires = as_day(told) if told else None
        if expires is None and term and day:
            expires = later(max(day, before or day), term)
        before = expires
        yield Step(body, each.change or "", day, expires, each)
