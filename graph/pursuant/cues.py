"""Which characters a pattern cannot do without, so that most texts need not be searched for it.

A search runs through a text once for each pattern; looking for a few words first is ten times as
quick, and for most patterns and texts it is all that is needed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from pursuant.beginnings import places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_parser: Any = import_module("re._parser")  # the only reader of what `re` compiles
_MOST = 16  # cues of a pattern; more cost as much as the search that they save

Cues = frozenset[str]


@dataclass(frozen=True)
class Cued:
    """A pattern that is searched for only where one of its cues stands in the text.

    There it is tried only where a match may begin. Both are worked out for the first text.
    """

    pattern: re.Pattern[str]

    @cached_property
    def cues(self) -> tuple[str, ...]:
        """Words of which one is in every text with a match."""
        return self._known[0]

    @cached_property
    def first(self) -> re.Pattern[str] | None:
        """Finds the first character of each match, where `re` does not look for it by itself."""
        return re.compile(self._known[1]) if self._known[1] else None

    @cached_property
    def _known(self) -> tuple[tuple[str, ...], str | None]:
        if self.pattern.flags & re.IGNORECASE:
            return (), None
        parsed = _parser.parse(self.pattern.pattern, self.pattern.flags)
        return _cues(parsed), places(parsed)

    def may_be_in(self, text: str, *span: int) -> bool:
        """Whether there is reason to search, within a span where one is given."""
        for cue in self.cues:
            if text.find(cue, *span) >= 0 if span else cue in text:
                return True
        return not self.cues

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """The first match, within a span where one is given."""
        if not self.may_be_in(text, *span):
            return None
        return (
            self.pattern.search(text, *span)
            if self.first is None
            else next(self._all(text, *span), None)
        )

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """All matches, within a span where one is given."""
        return self.each(text, *span) if self.may_be_in(text, *span) else iter(())

    def each(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """All matches, in a text that is known to have a cue."""
        return self.pattern.finditer(text, *span) if self.first is None else self._all(text, *span)

    def _all(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        match, end, last = self.pattern.match, span[1:], 0
        for place in self.first.finditer(text, *span) if self.first else ():
            at = place.start()
            if at >= last and (found := match(text, at, *end)):
                yield found
                last = found.end()

    def sub(self, replaced: Callable[[re.Match[str]], str], text: str) -> str:
        """The text with each match replaced."""
        return self.pattern.sub(replaced, text) if self.may_be_in(text) else text


C = TypeVar("C", bound=Cued)


class Table(tuple[C, ...]):
    """Patterns of which one pass over a text tells the few that may be in it."""

    @cached_property
    def _index(self) -> tuple[AhoCorasick, list[int], frozenset[int]]:
        """Finds all cues; whose each is; and the patterns that have none."""
        found = [(cue, at) for at, cued in enumerate(self) for cue in cued.cues]
        always = frozenset(at for at, cued in enumerate(self) if not cued.cues)
        words, owners = [cue for cue, _ in found], [at for _, at in found]
        return AhoCorasick(words, implementation=Implementation.DFA), owners, always

    def likely(self, text: str) -> list[C]:
        """The patterns that there is reason to search for, in the order of the table."""
        return [self[at] for at in self.places(text)]

    def places(self, text: str) -> list[int]:
        """The places in the table of the patterns that there is reason to search for."""
        automaton, owners, always = self._index
        matches = automaton.find_matches_as_indexes(text, overlapping=True)
        return sorted(always.union(owners[cue] for cue, *_ in matches))


class Tables(Generic[C]):
    """Several tables by name, of whose patterns one pass over a text tells the few that may be."""

    def __init__(self, tables: Mapping[str, Table[C]]) -> None:
        """Take the tables."""
        self._names = [name for name, table in tables.items() for _ in table]
        self._all = Table(cued for table in tables.values() for cued in table)

    def likely(self, text: str) -> defaultdict[str, list[C]]:
        """By table, the patterns that there is reason to search for, in the order of the table."""
        found: defaultdict[str, list[C]] = defaultdict(list)
        for at in self._all.places(text):
            found[self._names[at]].append(self._all[at])
        return found


def cues(pattern: re.Pattern[str]) -> tuple[str, ...]:
    r"""Words of which at least one stands in every text that a pattern matches.

    Args:
        pattern: any; what its matches look at but do not take in is left out of account.

    Returns:
        The fewest and longest such words; none where there are too many, or the case is ignored.

    >>> cues(re.compile(r"(?:all )?(?:State|count(?:y|rie))s? \w+")), cues(re.compile(r"\d*"))
    (('State', 'count'), ())
    """
    return Cued(pattern).cues


def _cues(parsed: Any) -> tuple[str, ...]:
    return tuple(sorted(_best(parsed) or ()))


def _best(sequence: Iterable[tuple[Any, Any]]) -> Cues | None:
    required = (_shortest(each) for each in _required(sequence) if each)
    found = [each for each in required if len(each) <= _MOST]
    return max(found, key=_worth, default=None)


def _shortest(found: Cues) -> Cues:
    """Without the words that hold another: where they stand, it stands."""
    return Cues(a for a in found if not any(b in a for b in found if b != a))


def _worth(found: Cues) -> tuple[bool, float]:
    """Long words are rarer than short ones, and each costs a look."""
    shortest = min(map(len, found))
    return shortest > 1, shortest / len(found) ** 0.5


def _required(sequence: Iterable[tuple[Any, Any]]) -> Iterator[Cues | None]:
    """The cues of each part of a pattern that every match goes through."""
    literal = ""
    for name, value in sequence:
        if name is _parser.LITERAL:
            literal += chr(value)
            continue
        yield Cues({literal} - {""})
        literal = ""
        yield _part(str(name), value)
    yield Cues({literal} - {""})


def _part(name: str, value: Any) -> Cues | None:
    if name == "SUBPATTERN":
        _, flags, _, inside = value
        return None if flags & re.IGNORECASE else _best(inside)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, _, inside = value
        return _best(inside) if least else None
    if name == "ATOMIC_GROUP":
        return _best(value)
    if name == "BRANCH":
        branches = [_best(branch) for branch in value[1]]
        known = [branch for branch in branches if branch]
        return Cues().union(*known) if len(known) == len(branches) else None
    return None
