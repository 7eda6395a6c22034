"""What was named so far, for words that stand for a name: "the Committee", "该办公室"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pursuant.register import Thing

if TYPE_CHECKING:
    from collections.abc import Collection

    from pursuant.languages import Language

# How far behind a name the brackets may begin in which a text says what it will call it.
_NEAR = 90
# So often must a word have meant one thing that another which is named beside it changes nothing.
_SETTLED = 3


@dataclass(slots=True)
class Antecedents:
    """Those named in a text, the last one last, and what a word has meant in their place.

    Attributes:
        actors: by slug; one that the register lacks has a thing of its own, without a name.
        known: those that the register has.
        heads: the nouns that may stand for a name, where its pattern and not its words tell them.
        here: slugs of those that the paragraph has named so far, and where their names end.
        unknown: slugs of those that are not known here.
        defined: by noun, what the text says it stands for.
        fitting: by noun that was met, those whom it may stand for, the last one last.
        meant: by noun, how often it stood for each.
        usual: by noun and by whether they are known here, for whom it stood most often.
    """

    language: Language
    actors: dict[str, Thing] = field(default_factory=dict)
    known: dict[str, Thing] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    here: dict[str, int] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    defined: dict[str, str] = field(default_factory=dict)
    fitting: dict[str, dict[str, None]] = field(default_factory=dict)
    meant: dict[str, Counter[str]] = field(default_factory=dict)
    usual: dict[tuple[str, bool], str] = field(default_factory=dict)

    def begin(self) -> None:
        """A new paragraph: nobody is named in it yet."""
        self.here = {}

    def remember(self, thing: Thing, end: int, head: str | None = None) -> None:
        """Keep who was named.

        Args:
            thing: who was named.
            end: where the name ends in its paragraph.
            head: the noun that may stand for it.
        """
        slug = thing.slug
        self.actors.pop(slug, None)
        self.actors[slug] = thing
        if thing.names:
            self.known[slug] = thing
        if head:
            self.heads[slug] = head
        self.here.pop(slug, None)
        self.here[slug] = end
        for noun, fitting in self.fitting.items():
            if slug in fitting or self._fits(thing, noun):
                fitting.pop(slug, None)
                fitting[slug] = None

    def stranger(self, slug: str, end: int, head: str) -> None:
        """Keep that somebody was named who is not known here, if it is no part of a known name."""
        code = self.language.code
        longer = (t for t in self.known.values() if any(slug in n for n in t.names.get(code, ())))
        known = next(longer, None)
        if known is None:
            self.unknown.add(slug)
        self.remember(known or Thing(slug, "entity"), end, head)

    def define(self, head: str, start: int) -> None:
        """Take note that a text calls who was named last by a noun: (“the Committee”)."""
        slug = next(reversed(self._fitting(head)), None)
        if slug and 0 <= start - self.here.get(slug, -_NEAR) < _NEAR:
            self.defined[head] = slug

    def find(self, head: str) -> Thing | None:
        """Who a noun stands for; None where nobody was named whom it fits.

        It is whom the text said, or else for whom it has stood again and again, or who is named in
        the paragraph, or for whom it stood before, or who was named last.
        """
        if slug := self.defined.get(head):
            return self.actors[slug]
        fitting = self._fitting(head)
        near = next((slug for slug in reversed(self.here) if slug in fitting), None)
        usual = self.usual.get((head, True)) or self.usual.get((head, False))
        uses = self.meant.setdefault(head, Counter())
        settled = usual and (uses[usual] >= _SETTLED or near in self.unknown)
        found = usual if settled or not near else near
        found = found or next(reversed(fitting), None)
        return self._used(head, found) if found else None

    def _used(self, head: str, slug: str) -> Thing:
        uses, key = self.meant[head], (head, slug not in self.unknown)
        uses[slug] += 1
        if uses[slug] > uses[self.usual.get(key, "")]:
            self.usual[key] = slug
        return self.actors[slug]

    def _fitting(self, head: str) -> dict[str, None]:
        """Slugs of those whom a noun may stand for, the last one last."""
        if head not in self.fitting:
            fitting = [t for t in self.actors.values() if self._fits(t, head)]
            self.fitting[head] = dict.fromkeys(thing.slug for thing in fitting)
        return self.fitting[head]

    def _fits(self, thing: Thing, head: str) -> bool:
        if self.heads.get(thing.slug) == head:
            return True
        pattern, names = self.language.headed(head), thing.names.get(self.language.code, ())
        return any(pattern.search(name) for name in names)


def full_titles(short: str, titles: Collection[str]) -> list[str]:
    """The titles met before that a short one may stand for.

    They end in it; or else they hold its characters in their order and end with the same one.
    """
    endings = [title for title in titles if title.endswith(short)]
    return endings or [t for t in titles if t[-1:] == short[-1:] and _is_subsequence(short, t)]


def _is_subsequence(short: str, title: str) -> bool:
    rest = iter(title)
    return all(character in rest for character in short)
