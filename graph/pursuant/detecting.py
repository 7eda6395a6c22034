"""Tells the language of a text by its letters and its frequent words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pursuant.errors import BadData
from pursuant.languages import FOLDER, codes, described, language_named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pursuant.languages import Language

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPT_SHARE = 0.5
_WORDS_SHARE = 0.04
_ENOUGH = 5_000  # characters


@dataclass(frozen=True, slots=True)
class Looks:
    """What tells a text in a language from others: its letters, and its frequent words.

    `words` are its own (1), and those of its neighbours in the same script (-1).
    """

    letters: re.Pattern[str]
    words: Mapping[str, int]

    def share(self, words: Counter[str]) -> float:
        """The share of the language's words among some words, less those of its neighbours."""
        if not self.words:
            return 1.0
        own = self.words.keys() & words.keys()
        return sum(words[word] * self.words[word] for word in own) / words.total()


@cache
def looks() -> Mapping[str, Looks]:
    """How each language looks: known before its many patterns are compiled."""
    return {code: read(FOLDER / f"{code}.toml") for code in codes()}


def read(path: Path) -> Looks:
    """How a language looks, from its file.

    Raises:
        BadData: the file is no TOML, or lacks an entry.
    """
    data = described(path)
    try:
        words = dict.fromkeys(data["words"], 1) | dict.fromkeys(data["foreign"], -1)
        return Looks(re.compile(f"(?:{data['letters']})+"), words)
    except KeyError as error:
        raise BadData(f"{path.name}: the entry {error.args[0]} is missing") from error


def detect(text: str) -> Language | None:
    """The known language of a text; None where no language fits.

    Its letters make up most of the text, and its own frequent words are there in their number,
    less those of its neighbours in the same script.

    >>> detect("经济及社会理事会建议大会通过以下决议草案：").code
    'zh'
    >>> detect("The General Assembly, recalling its resolution").code
    'en'
    >>> detect("Lorem ipsum dolor sit amet") is None
    True
    """
    text = text[:_ENOUGH]
    found = _WORD.findall(text.lower())
    words, letters = Counter(found), sum(map(len, found))
    if not letters:
        return None
    shares = ((looks.share(words), code) for code, looks in looks().items())
    for share, code in sorted(shares, key=lambda pair: -pair[0]):
        if share < _WORDS_SHARE:
            break
        if sum(map(len, looks()[code].letters.findall(text))) / letters >= _SCRIPT_SHARE:
            return language_named(code)
    return None
