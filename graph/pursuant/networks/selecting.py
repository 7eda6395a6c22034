"""Which citations of a store belong to the network that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pursuant.errors import UnknownName
from pursuant.iri import VOCAB, local
from pursuant.names import ACTORS, Names, names_of
from pursuant.querying import question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pursuant.networks.choosing import Choice
    from pursuant.store import Store

_SCHEMES = {"function": "citation-function", "topic": "topic"}


@dataclass(frozen=True, slots=True)
class Selection:
    """A choice as a store's own terms: what is let through, by the IRIs of things.

    Attributes:
        documents: those whose citations are wanted; None for all.
        units: those whose citations are wanted; None for all.
        functions: those that are wanted; None for all.
        drafts: pairs of a document and the draft that it carries, which it does not cite.
    """

    documents: frozenset[str] | None
    units: frozenset[str] | None
    functions: frozenset[str] | None
    drafts: frozenset[tuple[str, str]]

    def takes(self, document: str, unit: str, target: str | None, function: str) -> bool:
        """Whether a citation belongs to the network."""
        return (
            (self.functions is None or function in self.functions)
            and (self.documents is None or document in self.documents)
            and (self.units is None or unit in self.units or document in self.units)
            and target != document
            and (document, target) not in self.drafts
        )


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a citable thing: the most telling of its classes, when and by whom."""

    classes: frozenset[str]
    year: int | None
    bodies: frozenset[str]

    def with_more(self, kind: str, year: int | None, body: str | None) -> About:
        """The same with a class, a year, of which the first counts, and a body, if any."""
        return About(
            self.classes | {kind},
            min((each for each in (self.year, year) if each is not None), default=None),
            self.bodies | ({body} if body else set()),
        )


def selection(store: Store, choice: Choice, known: Mapping[str, About]) -> Selection:
    """What a choice lets through in a store.

    Args:
        store: what is asked.
        choice: what is wanted.
        known: the citable things of the store.

    Raises:
        UnknownName: no body, function or topic is called so.
    """
    names = names_of(store)
    bodies = {names.find(body, ACTORS, "body") for body in choice.body}
    functions = _concepts(names, "function", choice.function)
    drafts = store.select(question("drafts")).rows
    return Selection(
        _documents(choice, known, bodies),
        _units(store, _concepts(names, "topic", choice.topic)),
        functions or None,
        frozenset((str(a), str(b)) for a, b in drafts),
    )


def _documents(
    choice: Choice, known: Mapping[str, About], bodies: set[str]
) -> frozenset[str] | None:
    tests: list[Callable[[About], bool]] = []
    if bodies:
        tests.append(lambda about: bool(about.bodies & bodies))
    if (first := choice.year_from) is not None:
        tests.append(lambda about: about.year is not None and about.year >= first)
    if (last := choice.year_to) is not None:
        tests.append(lambda about: about.year is not None and about.year <= last)
    if not tests:
        return None
    return frozenset(thing for thing, about in known.items() if all(test(about) for test in tests))


def _units(store: Store, topics: frozenset[str]) -> frozenset[str] | None:
    if not topics:
        return None
    rows = store.select(question("topics")).rows
    return frozenset(str(thing) for thing, topic in rows if topic in topics)


def _concepts(names: Names, what: str, wanted: Iterable[str]) -> frozenset[str]:
    """The concepts that are meant; a scheme is known even where the store holds no labels."""
    within = f"{VOCAB}{_SCHEMES[what]}/"
    found = set()
    for text in wanted:
        try:
            found.add(names.find(text, (within,), what))
        except UnknownName:
            if any(thing.startswith(within) for thing in names.labels):
                raise
            found.add(within + local(text))
    return frozenset(found)
