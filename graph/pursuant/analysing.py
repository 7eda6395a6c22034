"""From texts and queries to the terms that a search compares.

Words are compared by their stems, without case and accents. Chinese, which has no spaces, is cut
into pairs of characters, each beginning with the second of the pair before: so any two characters
are found where they stand side by side, and longer words as a row of pairs.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import snowballstemmer

from pursuant.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# By the names that snowball has for them; Chinese has no stems.
STEMMERS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
_WIDE = "\u2e80-\u2fff\u3005\u3007\u3040-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_WIDE}]+|(?:(?![{_WIDE}])[\w\u0300-\u036f\u064b-\u065f\u0670])+")
_LONGEST = 64  # characters of a word that count


@dataclass(frozen=True, slots=True)
class Term:
    """What is compared, and the place of its words in the text: [start, end)."""

    text: str
    start: int
    end: int


def terms(text: str, language: str) -> Iterator[Term]:
    """The terms of a text, in their order.

    >>> [term.text for term in terms("Countering terrorists", "en")]
    ['counter', 'terrorist']
    >>> [term.text for term in terms("预防恐怖", "zh")]
    ['预防', '防恐', '恐怖', '怖']
    """
    stem = _stem(language)
    for word in _WORD.finditer(fold(text)):
        if word[0][0] >= "\u2e80":
            for start in range(word.start(), word.end()):
                end = min(start + 2, word.end())
                yield Term(text[start:end], start, end)
        else:
            yield Term(stem(word[0]), *word.span())


def asked(text: str, language: str) -> tuple[str, ...]:
    """The terms that a text with these words has in a row.

    >>> asked("恐怖主义", "zh"), asked("counter-terrorism", "en")
    (('恐怖', '怖主', '主义'), ('counter', 'terror'))
    """
    found = list(terms(text, language))
    # The last character of a Chinese word begins a pair that the words asked for do not tell.
    if len(found) > 1 and len(found[-1].text) == 1 and found[-2].end == found[-1].end:
        found.pop()
    return tuple(term.text for term in found)


@cache
def _stem(language: str) -> Callable[[str], str]:
    name = STEMMERS.get(language)
    stemmer = snowballstemmer.stemmer(name) if name else None

    @lru_cache(maxsize=100_000)
    def stem(word: str) -> str:
        plain = _plain(word.casefold()[:_LONGEST])
        return stemmer.stemWord(plain) if stemmer else plain

    return stem


def _plain(word: str) -> str:
    """A word without accents and vowel marks; a Cyrillic й is no и with a mark."""
    if word.isascii():
        return word
    kept = []
    for character in word:
        base = unicodedata.normalize("NFD", character)[0]
        if base < "\u0250":
            kept.append(base)
        elif not unicodedata.combining(character):
            kept.append(character)
    return "".join(kept).replace("ё", "е")
