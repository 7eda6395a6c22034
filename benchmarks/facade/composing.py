"""Invented resolutions, each made from the seed and its number alone.

They have the shape of real ones: some forty units, a few old instruments that everybody invokes
and a long tail, verbs with their functions, mandates with addressees, forces and conditions, and
the words that prove each statement at their place in the text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pursuant.document import (
    Citation,
    CitationEvidence,
    Document,
    Evidence,
    Footnote,
    Kind,
    Mandate,
    Mention,
    Paragraph,
    Part,
    Partner,
    Recognition,
    Status,
    Via,
)
from pursuant.register import register
from pursuant.symbol import slug as slug_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pursuant.register import Thing

LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")
_FIRST, _LAST = dt.date(1990, 1, 1), dt.date(2024, 12, 31)
BODIES = ("ga", "sc", "ecosoc", "hrc")
_ACTIONS = ("cooperate", "train", "report", "implement", "legislate", "build-capacity", "other")
_MODES = ("cooperation", "coordination", "consultation", "partnership", "sharing")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a document needs to know of the others: the seed, and how many there will be."""

    seed: int
    documents: int

    def draw(self, number: int, purpose: str = "") -> random.Random:
        """The chances of one document."""
        return random.Random(f"{self.seed}:{number}:{purpose}")

    def adopted(self, number: int) -> dt.date:
        """Days of adoption follow the numbers, so that what is cited is older."""
        days = (_LAST - _FIRST).days * number // max(self.documents, 1)
        return min(_FIRST + dt.timedelta(days), _LAST)

    def body(self, number: int) -> str:
        """Slug of the body that adopts a document."""
        return self.draw(number, "body").choices(BODIES, (10, 4, 3, 3))[0]

    def symbol(self, number: int) -> str:
        """Symbol of a document; its number is far from those of real ones."""
        year, printed = self.adopted(number).year, 10_000 + number
        return {
            "ga": f"A/RES/{year - 1945}/{printed}",
            "sc": f"S/RES/{printed} ({year})",
            "ecosoc": f"E/RES/{year}/{printed}",
            "hrc": f"A/HRC/RES/{year - 1980}/{printed}",
        }[self.body(number)]

    def slug(self, number: int) -> str:
        """Last part of a document's IRI."""
        return slug_of(self.symbol(number))

    def title(self, number: int, language: str) -> str:
        """Title of a document in one of the six languages; no two are the same."""
        chosen = self.draw(number, "title").sample(range(16), 3)
        words = _words()[language]
        title: str = words["title"].format(*(words["topics"][i] for i in chosen), 10_000 + number)
        return title


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def phrases() -> list[str]:
    """What paragraphs speak of, in all languages."""
    return [phrase for words in _words().values() for phrase in words["filler"]]


@cache
def things(kind: str) -> tuple[Thing, ...]:
    """Things of the register: "dated" instruments by age, "group", "actor" or "publication"."""
    every = [thing for slug, thing in sorted(register().things.items()) if "/" not in slug]
    if kind == "dated":
        dated = [t for t in every if t.collection == "doc" and t.adopted]
        return tuple(sorted(dated, key=lambda t: (t.adopted or "", t.slug)))
    if kind == "actor":
        return tuple(t for t in every if t.collection == "entity")
    if kind == "publication":
        return tuple(t for t in every if "Publication" in t.types)
    return tuple(t for t in every if t.collection == kind)


def favourite(draw: random.Random, count: int) -> int:
    """A number below `count`, n as often as 1/(n+1): few are chosen often, most now and then."""
    return min(int((count + 1) ** draw.random()), count) - 1


@dataclass
class _Text:
    """A text that is put together, and knows where each piece stands."""

    between: str
    written: str = ""

    def put(self, words: str) -> tuple[int, int, str]:
        self.written += self.between if self.written else ""
        start = len(self.written)
        self.written += words
        return start, len(self.written), words


@dataclass(frozen=True, slots=True)
class _Cited:
    """Something that can be cited: what its IRI, its symbol and its name are made from."""

    slug: str
    target: str
    name: str
    kind: Kind = Kind.INSTRUMENT


def compose(plan: Plan, number: int) -> Document:
    """One invented resolution."""
    return _Composer(plan, number).document()


@dataclass
class _Composer:
    """Writes one document."""

    plan: Plan
    number: int
    notes: list[Footnote] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.draw = self.plan.draw(self.number)
        self.language = self.draw.choices(LANGUAGES, (8, 4, 2, 2, 2, 2))[0]
        self.words = _words()[self.language]
        adopted = self.plan.adopted(self.number)
        self.older = [t for t in things("dated") if (t.adopted or "") < adopted.isoformat()]

    def document(self) -> Document:
        plan, number, body = self.plan, self.number, self.plan.body(self.number)
        units = max(12, min(80, int(self.draw.gauss(38, 12))))
        return Document(
            source=f"{plan.slug(number)}.txt",
            sha256=hashlib.sha256(f"{plan.seed}:{number}".encode()).hexdigest(),
            reader="benchmark 1",
            symbol=plan.symbol(number),
            language=self.language,
            title=plan.title(number, self.language),
            adopted=plan.adopted(number).isoformat(),
            adopted_by=body,
            speaker=body,
            draft=False,
            paragraphs=(*self.preamble(units // 3), *self.operative(units - units // 3)),
            footnotes=tuple(self.notes),
        )

    def preamble(self, count: int) -> list[Paragraph]:
        return [
            self.paragraph(f"pp{order}", Part.PREAMBLE, None, order)
            for order in range(1, count + 1)
        ]

    def operative(self, count: int) -> list[Paragraph]:
        found: list[Paragraph] = []
        while len(found) < count:
            label = sum("-" not in p.id for p in found) + 1
            found.append(self.paragraph(f"op{label}", Part.OPERATIVE, str(label), len(found) + 1))
            for letter in "abc"[: self.draw.choices((0, 2, 3), (12, 1, 1))[0]]:
                name, printed = f"op{label}-{letter}", f"{label}({letter})"
                found.append(self.paragraph(name, Part.OPERATIVE, printed, len(found) + 1))
        return found

    def paragraph(self, name: str, part: Part, printed: str | None, order: int) -> Paragraph:
        draw, text = self.draw, _Text(self.words["between"])
        asks = part is Part.OPERATIVE and draw.random() < 0.65
        verbs = self.words["asking" if asks else "opening"]
        function = list(verbs)[favourite(draw, len(verbs))]
        verb = text.put(verbs[function])[2]
        mentioned = [self.mentioned(name, text) for _ in range(draw.choices((0, 1), (2, 1))[0])]
        asked = self.asked(text) if asks else {}
        cited = self.cited(name, text, function, draw.choices((0, 1, 2, 4), (3, 4, 2, 1))[0])
        for _ in range(draw.randint(4, 14)):
            text.put(draw.choice(self.words["filler"]))
        evidence = Evidence(name, 0, len(text.written), text.written)
        mandates = (Mandate(function, verb, evidence=evidence, **asked),) if asks else ()
        return Paragraph(
            name,
            part,
            printed,
            order,
            text.written,
            tuple(note.number for note in self.notes if name in note.anchors),
            tuple(cited),
            mandates,
            () if asks or part is Part.PREAMBLE else (self.recognized(function, verb, evidence),),
            tuple(mentioned),
        )

    def cited(self, unit: str, text: _Text, function: str, count: int) -> list[Citation]:
        chosen = {c.slug: c for c in (self.target() for _ in range(count))}
        found = [self.citation(unit, text, function, each) for each in chosen.values()]
        if self.draw.random() < 0.06:
            found.append(self.doubtful(unit, text, function))
        return found

    def target(self) -> _Cited:
        draw, chance = self.draw, self.draw.random()
        if chance < 0.04:
            thing = draw.choice(things("group"))
            return _Cited(thing.slug, thing.slug, self.name(thing), Kind.GROUP)
        if chance < 0.45 or self.number == 0:
            thing = self.older[favourite(draw, len(self.older))]
            return _Cited(thing.slug, thing.target, thing.symbol or self.name(thing))
        number = favourite(draw, self.number)
        number = self.number - 1 - number if chance > 0.75 else number
        return _Cited(self.plan.slug(number), self.plan.symbol(number), self.plan.symbol(number))

    def name(self, thing: Thing) -> str:
        return next(iter(thing.names.get(self.language) or thing.names["en"]))

    def citation(self, unit: str, text: _Text, function: str, cited: _Cited) -> Citation:
        start, end, exact = text.put(cited.name)
        words = [CitationEvidence(unit, start, end, exact, Via.TEXT, "benchmark")]
        note = None
        if self.draw.random() < 0.2:
            note = self.note(unit, cited, words)
        return Citation(
            cited.target,
            cited.slug,
            cited.kind,
            Status.RESOLVED,
            function,
            tuple(words),
            footnote=note,
        )

    def note(self, unit: str, cited: _Cited, words: list[CitationEvidence]) -> int:
        number, text = len(self.notes) + 1, _Text(" ")
        text.put(self.words["see"])
        start, end, exact = text.put(cited.name)
        words.append(CitationEvidence(f"fn{number}", start, end, exact, Via.FOOTNOTE, "benchmark"))
        self.notes.append(Footnote(number, text.written, (unit,)))
        return number

    def doubtful(self, unit: str, text: _Text, function: str) -> Citation:
        start, end, exact = text.put(f"{self.draw.randint(1, 60)}/{self.draw.randint(1, 300)}")
        words = (CitationEvidence(unit, start, end, exact, Via.TEXT, "benchmark"),)
        candidates = tuple(t.slug for t in self.draw.sample(self.older, 2))
        ambiguous = self.draw.random() < 0.3
        return Citation(
            None,
            None,
            Kind.INSTRUMENT,
            Status.AMBIGUOUS if ambiguous else Status.UNRESOLVED,
            function,
            words,
            candidates=candidates if ambiguous else (),
            reason="the body is not named",
        )

    def asked(self, text: _Text) -> dict[str, Any]:
        draw = self.draw
        actors = self.actors(4)
        addressed = actors[: draw.choices((1, 2), (3, 1))[0]]
        others = actors[2:]
        phrases = self.words["conditions"]
        for thing in addressed:
            text.put(self.name(thing))
        partners = others[: draw.choices((0, 1), (3, 1))[0]]
        conditions = draw.sample(sorted(phrases), draw.choices((0, 1, 2), (4, 3, 1))[0])
        for condition in conditions:
            text.put(phrases[condition])
        return {
            "addressees": tuple(t.slug for t in addressed),
            "partners": tuple(Partner(t.slug, draw.choice(_MODES)) for t in partners),
            "beneficiaries": tuple(t.slug for t in others[1 : draw.choices((1, 2), (2, 1))[0]]),
            "conditions": tuple(conditions),
            "actions": tuple(draw.sample(_ACTIONS, draw.choices((1, 2), (3, 1))[0])),
            "modalities": (draw.choice(("continue", "strengthen")),) if draw.random() < 0.3 else (),
        }

    def actors(self, count: int) -> Sequence[Thing]:
        """Different actors, of whom few are asked often."""
        pool, found = things("actor"), dict[str, "Thing"]()
        while len(found) < count:
            thing = pool[favourite(self.draw, len(pool))]
            found[thing.slug] = thing
        return tuple(found.values())

    def mentioned(self, unit: str, text: _Text) -> Mention:
        thing = self.draw.choice(things("publication"))
        start, end, exact = text.put(self.name(thing))
        return Mention(thing.slug, "publication", Evidence(unit, start, end, exact), "benchmark")

    def recognized(self, function: str, verb: str, evidence: Evidence) -> Recognition:
        return Recognition(function, verb, evidence, tuple(t.slug for t in self.actors(1)))
