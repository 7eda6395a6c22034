"""The operative and preambular verbs of a language, and how they are found.

A form is a sequence of words ("calls upon"). Modifiers stand before it, behind it or between its
words ("calls once again upon"); words of less weight only between them ("expresses its deep
concern"). The words of all forms make one tree, so that a thousand forms cost no more than one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from pursuant.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_LABEL = re.compile(r"\d{1,3}\s?-\s+")
_MODIFIED = 7  # words that the modifiers of a verb may have
_KEPT = 4096  # sequences of words whose reading is kept: most verbs come again and again


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of an operative or preambular verb.

    Attributes:
        form: its words, without modifiers.
        act: concept of the citation-function scheme.
        opens: whether it may open a second act inside a paragraph.
        is_preambular: whether it is a participle, which opens preambular paragraphs.
        addressed: whether it opens a second act only before an addressee.
    """

    form: str
    act: str
    opens: bool
    is_preambular: bool = False
    addressed: bool = False


class FoundVerb(NamedTuple):
    """A verb in its place: from `start` to `end`, its modifiers included.

    `modifiers` are what they mean, in their order: "strongly" for "firmly".
    """

    verb: Verb
    start: int
    end: int
    is_preambular: bool
    modifiers: tuple[str, ...] = ()


@dataclass(slots=True)
class _Node:
    """What may follow some words: further words; or a form or modifier that ends here."""

    children: dict[str, _Node] = field(default_factory=dict)
    verb: Verb | None = None
    meaning: str | None = None

    def grown(self, words: list[str]) -> _Node:
        node = self
        for word in words:
            node = node.children.setdefault(word, _Node())
        return node

    def words(self) -> Iterator[str]:
        """All words that may follow, at any depth."""
        for word, child in self.children.items():
            yield word
            yield from child.words()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A verb, the number of words up to its end, and what its modifiers mean."""

    verb: Verb
    count: int
    meanings: tuple[str, ...]


class Verbs:
    """All verbs of a language, from the tables [verbs] and [[verb]] of its file.

    Attributes:
        forms: the verbs, in the order of the file.
        modifiers: what each modifying word means.
        clause: finds where a second act may open: its mark and connectives.
        initials: letters with which a verb may begin, in any place; none where that is not known.
        subordinate: words that say why, not what is done.

    Raises:
        KeyError: an entry is missing.
        re.error: a pattern does not compile.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        table = data["verbs"]
        self._word = re.compile(table["word"])
        space = re.compile(table["space"])
        self._run = re.compile(f"(?P<word>{self._word.pattern})(?P<space>{space.pattern})?")
        self._silent = re.compile(table["silent"]) if "silent" in table else None
        self._participle = re.compile(table["participle"]) if "participle" in table else None
        self._capital: bool = table["capital"]
        self._behind: bool = table["behind"]
        self.modifiers: Mapping[str, str] = {
            word: meaning for meaning, words in table["modifiers"].items() for word in words
        }
        self.connectives = tuple(table["connectives"])
        self.subordinate = tuple(table["subordinate"])
        self.clause = re.compile(_clause(data))
        self.forms = tuple(_forms(data))
        self._tree, self._modifying, self._lesser = _Node(), _Node(), _Node()
        self._most = _MODIFIED + max(len(self._split(verb.form)) for verb in self.forms)
        for verb in self.forms:
            self._tree.grown(self._split(verb.form)).verb = verb
        for word, meaning in self.modifiers.items():
            self._modifying.grown(self._split(word)).meaning = meaning
            self._lesser.grown(self._split(word)).meaning = meaning
        for word in table["inner"]:
            self._lesser.grown(self._split(word)).meaning = ""
        self._first = self._tree.children.keys() | self._modifying.children.keys()
        # Few clauses begin with a verb: most are told by their first letter, where all are written.
        told = not (self._silent or self._participle)
        self.initials = "".join({word[0] for word in self._first}) if told else ""
        self._known = {
            word for node in (self._tree, self._modifying, self._lesser) for word in node.words()
        }
        self._reading = lru_cache(_KEPT)(self._read)

    def match(self, text: str) -> FoundVerb | None:
        """The verb at the start of a folded paragraph, with a capital where that is the custom.

        A number that is printed again before the words ("7 - ") is passed over.
        """
        label = _LABEL.match(text)
        start = label.end() if label else 0
        first = text[start : start + 1]
        if self._capital and not first.isupper():
            return None
        lower = text[:start] + first.lower() + text[start + 1 :]
        return self.at(lower if self._capital else text, start)

    def at(self, text: str, place: int) -> FoundVerb | None:
        """The verb that stands at a place of a folded text; the longest, if several do."""
        participle = self._participle.match(text, place) if self._participle else None
        found = self._at(text, participle.end(), place) if participle else None
        return found._replace(is_preambular=True) if found else self._at(text, place, place)

    def _at(self, text: str, place: int, start: int) -> FoundVerb | None:
        if self.initials and text[place : place + 1] not in self.initials:
            return None
        first = self._word.match(text, place)
        if first is None or self._plain(first.group()) not in self._first:
            return None
        words, ends = self._words(text, place)
        reading = self._reading(tuple(words))
        if reading is None:
            return None
        verb = reading.verb
        end = ends[reading.count - 1]
        return FoundVerb(verb, start, end, verb.is_preambular, reading.meanings)

    def _words(self, text: str, place: int) -> tuple[list[str], list[int]]:
        """The next words that any form or modifier has, as the tree has them, and their ends."""
        words: list[str] = []
        ends: list[int] = []
        for m in islice(self._run.finditer(text, place), self._most):
            word = self._plain(m["word"])
            if m.start() != place or word not in self._known:
                break
            words.append(word)
            ends.append(m.end("word"))
            place = m.end()
            if m["space"] is None:
                break
        return words, ends

    def _read(self, words: tuple[str, ...]) -> _Reading | None:
        """The verb that some words begin with, modifiers before and behind it allowed."""
        reading = self._modified(words, 0, ())
        if reading is None:
            return None
        count, meanings = reading.count, reading.meanings
        following = self._modifying if self._behind else _Node()
        while behind := next(self._skips(following, words, count), None):
            count, meanings = behind[0], (*meanings, behind[1])
        modifiers = tuple(dict.fromkeys(meaning for meaning in meanings if meaning))
        return _Reading(reading.verb, count, modifiers)

    def _modified(
        self, words: Sequence[str], at: int, meanings: tuple[str, ...]
    ) -> _Reading | None:
        """The form from a word on, modifiers before it allowed."""
        if reading := self._form(words, at, self._tree, meanings):
            return reading
        for after, meaning in self._skips(self._modifying, words, at):
            if reading := self._modified(words, after, (*meanings, meaning)):
                return reading
        return None

    def _form(
        self, words: Sequence[str], at: int, node: _Node, meanings: tuple[str, ...]
    ) -> _Reading | None:
        """The longest form from a word on, lesser words between its words allowed."""
        found = [_Reading(node.verb, at, meanings)] if node.verb else []
        child = node.children.get(words[at]) if at < len(words) else None
        if child and (reading := self._form(words, at + 1, child, meanings)):
            found.append(reading)
        if node.children and node is not self._tree and at < len(words):
            onward = _Node(node.children)
            for after, meaning in self._skips(self._lesser, words, at):
                if reading := self._form(words, after, onward, (*meanings, meaning)):
                    found.append(reading)
        return max(found, key=lambda reading: reading.count, default=None)

    @staticmethod
    def _skips(node: _Node, words: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
        """Where modifiers end that begin with a word, the longest first, and what they mean."""
        found = []
        while at < len(words) and (child := node.children.get(words[at])):
            node, at = child, at + 1
            if node.meaning is not None:
                found.append((at, node.meaning))
        yield from reversed(found)

    def _plain(self, word: str) -> str:
        word = self._silent.sub("", word) if self._silent else word
        return word.replace("’", "'") if "’" in word else word

    def _split(self, text: str) -> list[str]:
        return [self._plain(m.group()) for m in self._word.finditer(fold(text))]


def _clause(data: Mapping[str, Any]) -> str:
    """A mark, connectives behind it, and perhaps a pronoun for who was addressed before."""
    table = data["verbs"]
    pronouns = _either(data["addressees"]["pronouns"])
    apart = _either(table["connectives"])
    onto = _either(table.get("attached", ()))
    joints = f"(?:\\s*(?:{apart}{table['apart']}|{onto})[，,،]?){{0,3}}\\s*"
    return f"(?:{data['clause']}){joints}(?:(?P<pronoun>{pronouns})(?:(?<=’)|\\s+))?"


def _either(words: Iterable[str]) -> str:
    longest = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest))})" if longest else "(?!)"


def _forms(data: Mapping[str, Any]) -> Iterator[Verb]:
    for entry in data["verb"]:
        for mood in ("forms", "participles"):
            for form in entry.get(mood, ()):
                addressed = entry.get("addressed", False)
                is_preambular = mood == "participles"
                yield Verb(form, entry["act"], entry["opens"], is_preambular, addressed)
