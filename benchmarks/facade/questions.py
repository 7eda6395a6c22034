"""The analysts' questions, and requests for them with constants drawn from the graph."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.facade.composing import BODIES, favourite, phrases, things
from pursuant import iri

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.facade.generate import Made

TINY = "tiny"
QUICK = (TINY, f"{TINY}-repeated")  # what no server needs long for


@dataclass(frozen=True, slots=True)
class Question:
    """A query with one constant.

    Attributes:
        name: of its file.
        words: the question, as people ask it.
        why: it stands for what analysts ask.
        constant: what stands for <urn:constant>: a paragraph, an instrument, ...
        template: the query.
    """

    name: str
    words: str
    why: str
    constant: str
    template: str

    def asked(self, term: str) -> str:
        """The query about one term."""
        return self.template.replace("<urn:constant>", term).replace('"urn:constant"', term)


@cache
def questions() -> dict[str, Question]:
    """The eight questions and the tiny one, by name."""
    found = {}
    for path in sorted((Path(__file__).parent / "queries").glob("*.rq")):
        words, why, constant, template = path.read_text(encoding="utf-8").split("\n", 3)
        found[path.stem] = Question(
            path.stem,
            words.removeprefix("# "),
            why.removeprefix("# why: "),
            constant.removeprefix("# constant: "),
            template,
        )
    return found


def draw(kind: str, graph: Made, chance: random.Random) -> str:
    """A term of a kind that the graph holds, as SPARQL writes it."""
    plan = graph.plan

    def paragraph() -> str:
        unit = chance.choice(("pp1", "pp2", "pp3", "pp4", "op1", "op2", "op3", "op4"))
        return iri.unit(plan.slug(chance.randrange(graph.documents)), unit).n3()

    def instrument() -> str:
        if chance.random() < 0.4:
            old = things("dated")
            return iri.document(old[favourite(chance, len(old))].slug).n3()
        return iri.document(plan.slug(favourite(chance, graph.documents))).n3()

    kinds: dict[str, Callable[[], str]] = {
        "paragraph": paragraph,
        "instrument": instrument,
        "document": lambda: iri.document(plan.slug(chance.randrange(graph.documents))).n3(),
        "entity": lambda: iri.entity(chance.choice(things("actor")).slug).n3(),
        "body": lambda: iri.entity(chance.choice(BODIES)).n3(),
        "words": lambda: f'"{chance.choice(phrases()).lower()}"',
        "year": lambda: str(chance.randint(1990, 2020)),
    }
    return kinds[kind]()


def sample(question: Question, graph: Made, count: int = 4) -> list[str]:
    """A few terms, the same for each peer, about which the answers are compared."""
    chance = random.Random(f"{graph.plan.seed}:{question.name}:sample")
    return [draw(question.constant, graph, chance) for _ in range(count)]


@dataclass(frozen=True, slots=True)
class Load:
    """What a measurement sends.

    Attributes:
        name: of the load.
        questions: names of those that are sent in turn.
        each: how many constants of each.
        repeats: whether the same texts come again, so that kept answers serve.
    """

    name: str
    questions: tuple[str, ...]
    each: int = 250
    repeats: bool = False

    def queries(self, graph: Made) -> list[str]:
        """The queries, in the order in which they are sent, round and round."""
        chance = random.Random(f"{graph.plan.seed}:{self.name}")
        known = questions()
        return [
            known[name].asked(draw(known[name].constant, graph, chance))
            for _ in range(self.each)
            for name in self.questions
        ]

    def paths(self, graph: Made, path: str) -> list[str]:
        """The same as targets of GET requests."""
        return [f"{path}?query={quote(query, safe='')}" for query in self.queries(graph)]


def loads() -> dict[str, Load]:
    """Every load by name: each question, the mix, the tiny query; new texts and repeated ones."""
    eight = tuple(name for name in questions() if name != TINY)
    every = [Load(name, (name,)) for name in eight]
    every += [
        Load("mix", eight),
        Load("mix-repeated", eight, 4, repeats=True),
        Load(TINY, (TINY,)),
        Load("tiny-repeated", (TINY,), 4, repeats=True),
    ]
    return {load.name: load for load in every}
