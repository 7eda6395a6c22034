"""The register: what texts name, with names in six languages and the numbers that identify it.

Read from data/register/*.ttl. Extraction knows instruments, entities, programmes and publications
through it alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
from ahocorasick_rs import AhoCorasick, MatchKind

from pursuant import bases
from pursuant.errors import BadData
from pursuant.folding import fold, without_marks
from pursuant.paths import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NAMES = (_SKOS + "prefLabel", _SKOS + "altLabel", _SKOS + "hiddenLabel")

# Marks of Arabic vowels, which a text may write or not.

# Their own title tells what a document is about; only its other names invoke it.
_KNOWN_BY_SYMBOL = frozenset({"Resolution", "Decision", "Report", "PresidentialStatement"})


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that the register knows.

    Attributes:
        slug: last part of its IRI.
        collection: "doc", "entity", "group", "programme" or "platform".
        types: local names of its classes.
        names: by language, the preferred one first.
        shorts: by language, what a text calls it once it has named it: "the Global Plan of Action".
        treaty: (volume, registration number) pairs in the United Nations Treaty Series.
    """

    slug: str
    collection: str
    types: frozenset[str] = frozenset()
    symbol: str | None = None
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shorts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    treaty: frozenset[tuple[int, int]] = frozenset()
    adopted: str | None = None

    @property
    def target(self) -> str:
        """What `extract` prints for it: its symbol, or its slug where it has none."""
        return self.symbol or self.slug

    @property
    def is_actor(self) -> bool:
        """Whether it can be asked to act, or be worked with."""
        return self.collection == "entity" or "CollaborationFramework" in self.types

    def invoked_by(self, language: str) -> tuple[str, ...]:
        """The names in a language by which a text invokes it."""
        names = self.names.get(language, ())
        return names[1:] if self.types & _KNOWN_BY_SYMBOL else names


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """How a language writes names in a sentence; there is one value for each language.

    Attributes:
        guards: words that contain a name but are not it.
        prefixes: words that are written onto the front of the next one (Arabic "and", "by").
        contractions: beginnings of names that change behind a prefix, and what they become; the
            first that fits.
    """

    guards: tuple[str, ...] = ()
    prefixes: frozenset[str] = frozenset()
    contractions: tuple[tuple[str, str], ...] = ()

    def written(self, name: str) -> Iterator[str]:
        """A name as it may stand in a text, folded and without vowel marks."""
        plain, _ = without_marks(fold(name))
        yield plain
        for beginning, contracted in self.contractions:
            if plain.startswith(beginning):
                yield contracted + plain.removeprefix(beginning)
                return


class Dictionary:
    """Finds all names of one language in a text in one pass, leftmost and longest."""

    def __init__(
        self, names: Mapping[str, tuple[str, ...]], spelling: Spelling | None = None
    ) -> None:
        """Take slugs by name, and how the language writes names."""
        self._spelling = spelling or Spelling()
        written = self._spelling.written
        self.names = {form: slugs for name, slugs in names.items() for form in written(name)}
        guards = {form for guard in self._spelling.guards for form in written(guard)}
        self._patterns = [*self.names, *sorted(guards - set(self.names))]
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)

    def find(self, folded: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Start, end and slugs of each name in a folded text; a name is never part of a word."""
        plain, places = without_marks(folded)
        for index, start, end in self._automaton.find_matches_as_indexes(plain):
            slugs = self.names.get(self._patterns[index])
            if slugs and not (self._inside(plain, start) or _splits(plain, end)):
                yield (places[start], places[end - 1] + 1, slugs) if places else (start, end, slugs)

    def _inside(self, text: str, at: int) -> bool:
        """Whether a name that begins here would begin inside a word."""
        if not _splits(text, at):
            return False
        begin = at
        while _splits(text, begin):
            begin -= 1
        return text[begin:at] not in self._spelling.prefixes


def _splits(text: str, at: int) -> bool:
    """Whether a word of an alphabet with spaces goes on across this place."""
    if not 0 < at < len(text):
        return False
    before, behind = text[at - 1], text[at]
    return before.isalpha() and behind.isalpha() and max(before, behind) < "\u2e80"


@dataclass(frozen=True, slots=True)
class Register:
    """All things by slug, and treaties by volume and registration number."""

    things: Mapping[str, Thing]
    treaties: Mapping[tuple[int, int], str]

    def names(self, language: str) -> dict[str, tuple[str, ...]]:
        """Slugs by name, for the names by which a language's texts invoke things."""
        found: dict[str, tuple[str, ...]] = {}
        for slug, thing in sorted(self.things.items()):
            for name in thing.invoked_by(language):
                found[name] = (*found.get(name, ()), slug)
        return found


def read(paths: Iterable[Path]) -> Register:
    """The register in some Turtle files.

    Raises:
        BadData: a file is not Turtle, or two treaties have the same volume and number.
    """
    facts: dict[str, dict[str, list[ox.Literal | ox.NamedNode]]] = {}
    for path in paths:
        try:
            for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                subject = triple.subject.value
                facts.setdefault(subject, {}).setdefault(triple.predicate.value, []).append(
                    triple.object
                )
        except SyntaxError as error:
            raise BadData(f"{path.name}, line {error.lineno}: {error.msg}") from error
    ours = ((iri, f) for iri, f in facts.items() if iri.startswith(bases.DATA))
    things = [_thing(iri, f) for iri, f in ours if _TYPE in f]
    return Register({thing.slug: thing for thing in things}, _treaties(things))


def _treaties(things: Iterable[Thing]) -> dict[tuple[int, int], str]:
    treaties: dict[tuple[int, int], str] = {}
    for thing in things:
        for key in thing.treaty:
            if key in treaties:
                first, second = sorted((treaties[key], thing.slug))
                raise BadData(
                    f"register: {first} and {second} both have volume {key[0]}, No. {key[1]}"
                )
            treaties[key] = thing.slug
    return treaties


def _thing(iri: str, facts: Mapping[str, list[ox.Literal | ox.NamedNode]]) -> Thing:
    collection, _, slug = iri.removeprefix(bases.DATA).partition("/")

    def values(term: str) -> list[str]:
        return [value.value for value in facts.get(bases.TERMS + term, ())]

    volumes, numbers = values("untsVolume"), values("untsRegistration")
    return Thing(
        slug=slug,
        collection=collection,
        types=frozenset(t.value.rsplit("#", 1)[-1] for t in facts[_TYPE]),
        symbol=next(iter(values("symbol")), None),
        names=_names(facts, _NAMES),
        shorts=_names(facts, (bases.TERMS + "shortTitle",)),
        treaty=frozenset((int(v), int(n)) for v in volumes for n in numbers),
        adopted=next(iter(values("adoptionDate")), None),
    )


def _names(
    facts: Mapping[str, list[ox.Literal | ox.NamedNode]], predicates: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for predicate in predicates:
        for value in sorted(facts.get(predicate, ()), key=str):
            if isinstance(value, ox.Literal) and value.language:
                names.setdefault(value.language, []).append(value.value)
    return {language: tuple(found) for language, found in names.items()}


@cache
def register() -> Register:
    """The register that comes with Pursuant."""
    return read(sorted((DATA / "register").glob("*.ttl")))


@cache
def dictionary(language: str, spelling: Spelling | None = None) -> Dictionary:
    """The dictionary of a language's names in the register."""
    return Dictionary(register().names(language), spelling)


@cache
def shortened() -> frozenset[str]:
    """Slugs of the things that have short titles, by which texts call them once they are named."""
    return frozenset(slug for slug, thing in register().things.items() if thing.shorts)


@cache
def short_titles(language: str, spelling: Spelling | None = None) -> Dictionary:
    """The dictionary of a language's short titles in the register."""
    found: dict[str, tuple[str, ...]] = {}
    for slug in sorted(shortened()):
        for title in register().things[slug].shorts.get(language, ()):
            found[title] = (*found.get(title, ()), slug)
    return Dictionary(found, spelling)
