"""What things are called, and which thing a person means by what they type."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from pursuant.errors import UnknownName
from pursuant.iri import ID, PREFIXES, UNCT, VOCAB, local
from pursuant.paths import QUERIES
from pursuant.symbol import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pursuant.store import Store

INSTRUMENTS = tuple(str(ID) + name for name in ("doc/", "group/", "programme/", "platform/"))
DOCUMENTS = (str(ID) + "doc/",)
ACTORS = tuple(str(ID) + name for name in ("entity/", "doc/", "group/"))
FORCES, CONDITIONS, TOPICS, PILLARS, FUNCTIONS = (
    (str(VOCAB) + f"{scheme}/",)
    for scheme in ("force", "condition", "topic", "pillar", "citation-function")
)
ENTITIES = (str(ID) + "entity/",)

_SYMBOL = str(UNCT.symbol)
_PREFERRED = (PREFIXES["skos"] + "prefLabel", PREFIXES["dcterms"] + "title")
_FALLBACK = ("en", "zh", "fr", "es", "ru", "ar")
_QUOTES = re.compile(r"[《》“”\"«»]")

_known: WeakKeyDictionary[Store, tuple[str, Names]] = WeakKeyDictionary()


def likeliest(languages: Iterable[str], wanted: str) -> str:
    """Of some languages the one that is wanted, else the one that most readers know.

    >>> likeliest(["ar", "en", "fr"], "fr"), likeliest(["ar", "en", "fr"], "zh")
    ('fr', 'en')
    """
    order = (wanted, *_FALLBACK)
    return min(languages, key=lambda tag: (order.index(tag) if tag in order else len(order), tag))


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The names of everything in a store.

    Attributes:
        symbols: symbol by IRI.
        labels: preferred label by language, by IRI.
        meant: IRIs by folded name, what is preferred apart from what is an alias.
    """

    symbols: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]
    meant: tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]

    def target(self, thing: str) -> str:
        """Canonical symbol, or slug where there is none."""
        return self.symbols.get(thing) or local(thing)

    def label(self, thing: str, language: str) -> str:
        """Label in a language, else in the first that there is, else the symbol or slug."""
        labels = self.labels.get(thing)
        return (labels and labels[likeliest(labels, language)]) or self.target(thing)

    def find(self, text: str, within: tuple[str, ...], what: str) -> str:
        """The IRI that a person means.

        Args:
            text: a symbol, slug, label, alias or IRI, in any spelling.
            within: beginnings of the IRIs looked for.
            what: what is looked for, for the message.

        Raises:
            UnknownName: nothing is called so, or several things are.
        """
        for spelling in (text, re.sub(r"[-_]+", " ", text)):
            for found in self._candidates(spelling, within):
                if len(found) == 1:
                    return found.pop()
                if found:
                    several = ", ".join(sorted(map(self.target, found))[:5])
                    raise UnknownName(f"{text!r} names more than one {what}: {several}")
        raise UnknownName(f"no {what} is called {text!r}{self._near(text, within)}")

    def _candidates(self, text: str, within: tuple[str, ...]) -> Iterable[set[str]]:
        name = slug(text)
        yield {prefix + name for prefix in within if prefix + name in self.labels} or (
            {text} & set(self.labels) if text.startswith(within) else set()
        )
        for meant in self.meant:
            yield {thing for thing in meant.get(folded(text), ()) if thing.startswith(within)}
        yield {
            thing
            for thing in self.symbols
            if thing.startswith(within) and local(thing).startswith(f"{name}-")
        }

    def _near(self, text: str, within: tuple[str, ...]) -> str:
        spellings: dict[str, str] = {}
        for thing in self.labels:
            if thing.startswith(within):
                shown = self.target(thing)
                spellings |= {local(thing): shown, folded(shown): shown}
        for meant in self.meant:
            for name, things in meant.items():
                for thing in things:
                    if thing.startswith(within):
                        spellings.setdefault(name, self.target(thing))
        return near(text, spellings)


def near(text: str, spellings: Mapping[str, str], likeness: float = 0.7) -> str:
    """The end of a message that offers up to three names like the one that was typed.

    >>> near("opp3", {"op3": "op3", "pp3": "pp3", "fn8": "fn8"})
    '; did you mean pp3, op3?'
    """
    names = [slug(text), folded(text)]
    matches = [m for name in names for m in difflib.get_close_matches(name, spellings, 6, likeness)]
    shown = list(dict.fromkeys(spellings[match] for match in matches))[:3]
    return f"; did you mean {', '.join(shown)}?" if shown else ""


def folded(text: str) -> str:
    """A name without what people type differently: case, width, spaces, quotation marks.

    >>> folded(" 《Convention  on the Rights》")
    'convention on the rights'
    """
    plain = _QUOTES.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(plain.casefold().split())


def names_of(store: Store) -> Names:
    """The names in a store; read once for each revision."""
    known = _known.get(store)
    if known is None or known[0] != store.revision:
        known = _known[store] = (store.revision, _read(store))
    return known[1]


def _read(store: Store) -> Names:
    symbols: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    meant: tuple[dict[str, set[str]], ...] = (defaultdict(set), defaultdict(set))
    table = store.select((QUERIES / "names.rq").read_text(encoding="utf-8"))
    for row in sorted(table.rows, key=lambda row: (row[1] == _PREFERRED[1], str(row))):
        thing, kind, name, language = map(str, row)
        if not thing.startswith((str(ID), str(VOCAB))) or "/source/" in thing:
            continue
        tags = labels[thing]
        if kind == _SYMBOL:
            symbols[thing] = name
        elif kind in _PREFERRED:
            tags.setdefault(language, name)
        meant[kind not in (*_PREFERRED, _SYMBOL)][folded(name)].add(thing)
    first, second = ({name: frozenset(s) for name, s in each.items()} for each in meant)
    return Names(symbols, dict(labels), (first, second))
