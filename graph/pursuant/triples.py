"""One graph's triples by subject and predicate, as text: for reading things back from a store."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from pursuant.iri import local

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pursuant.store import Store


class Triples:
    """The triples of one graph by subject and predicate, as text; all, or those of some properties.

    A document's graph has ten times as many as an index needs.
    """

    def __init__(self, store: Store, graph: str, predicates: Iterable[str] = ()) -> None:
        self._values: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._tagged: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for quad in chain.from_iterable(store.quads(graph, each) for each in predicates or (None,)):
            subject, predicate, value = (
                str(getattr(term, "value", term))
                for term in (quad.subject, quad.predicate, quad.object)
            )
            self._values[subject, predicate].append(value)
            if tag := getattr(quad.object, "language", None):
                self._tagged[subject, predicate].append((value, tag))

    def all(self, subject: str, predicate: str) -> list[str]:
        """The values of a property, sorted."""
        return sorted(self._values.get((subject, str(predicate)), ()))

    def one(self, subject: str, predicate: str) -> str | None:
        """The value of a property, or None."""
        return next(iter(self.all(subject, predicate)), None)

    def required(self, subject: str, predicate: str) -> str:
        """The value of a property that every such thing has."""
        return self.all(subject, predicate)[0]

    def locals(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Slugs of the values of a property."""
        return tuple(sorted(local(value) for value in self.all(subject, predicate)))

    def by_language(self, subject: str, predicate: str) -> dict[str, str]:
        """Texts of a property by their language."""
        return {language: text for text, language in self.tagged(subject, predicate)}

    def tagged(self, subject: str, predicate: str) -> list[tuple[str, str]]:
        """Texts of a property, each with its language; a text may have several."""
        return sorted(self._tagged.get((subject, str(predicate)), ()))

    def having(self, predicate: str) -> set[str]:
        """All that have a property."""
        return {subject for subject, name in self._values if name == str(predicate)}

    def subjects(self, predicate: str) -> dict[str, list[str]]:
        """Subjects of a property by its value."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for (subject, name), values in self._values.items():
            if name == str(predicate):
                for value in values:
                    found[value].append(subject)
        return dict(found)
