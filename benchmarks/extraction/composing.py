"""Texts to measure on, each made from its seed alone: resolutions, and opinions of courts.

Resolutions are put together from the examples in data/languages: no sentence of a real one.
"""

from __future__ import annotations

import textwrap
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from pursuant.paths import DATA

if TYPE_CHECKING:
    import random

CODES = sorted(path.stem for path in (DATA / "languages").glob("*.toml"))
_SYMBOLS = ("A/RES/81/7", "S/RES/2999 (2027)", "E/RES/2027/2", "A/HRC/RES/61/3", "81/7", "")
_NAMES = ("Acker", "Bowen", "Castle", "Dunmore", "Ellis", "Fairfax", "Greene", "Holt", "Ives")
_REPORTERS = ("U.S.", "S. Ct.", "F.2d", "F.3d", "F. Supp. 2d", "Cal. 4th", "N.Y.2d", "P.3d")
_HOLDS = (
    *("The court held that the statute does not reach conduct of this kind",),
    *("That rule has been followed in every circuit that has considered the question",),
    *("The parties agree that the standard of review is settled",),
    *("We are not persuaded that a different reading is required by the text",),
)


@cache
def _data(code: str) -> dict[str, Any]:
    return tomllib.loads((DATA / "languages" / f"{code}.toml").read_text("utf-8"))


def _examples(value: Any, named: bool = False) -> list[str]:
    if isinstance(value, str):
        return [value] if named else []
    if isinstance(value, list):
        return [text for each in value for text in _examples(each, named)]
    if isinstance(value, dict):
        return [t for name, each in value.items() for t in _examples(each, "example" in name)]
    return []


@cache
def examples(code: str) -> list[str]:
    """All examples in a language file."""
    return _examples(_data(code))


def resolution(code: str, chance: random.Random, paragraphs: int = 9) -> str:
    """A text dump of a resolution in a language, with up to so many operative paragraphs."""
    comma, stop = ("，", "。") if code == "zh" else (",", ".")
    words = examples(code)
    lines = [f" {chance.choice(_SYMBOLS)}. {chance.choice(words)}", ""]
    lines += [f" {_data(code)['frame']['speaker_example']}", ""]
    notes = chance.randrange(4)
    for index in range(chance.randrange(paragraphs)):
        marker = str(index + 1) if index < notes else ""
        lines += [f" {chance.choice(words)}{comma}{marker}", ""]
    count = chance.randrange(1, paragraphs)
    for number in range(1, count + 1):
        lines += [f" {number}. {chance.choice(words)}{stop if number == count else ';'}", ""]
        for label in "abc"[: chance.randrange(4) if number < count else 0]:
            lines += [f" ({label}) {chance.choice(words)};", ""]
    if notes:
        lines += ["_" * 18, ""]
        lines += [f" {number} {chance.choice(words)}{stop}" for number in range(1, notes + 1)]
    width = 38 if code == "zh" else 92
    return "\n".join(line[i : i + width] for line in lines for i in _starts(line, width))


def _starts(line: str, width: int) -> range:
    return range(0, max(len(line), 1), width)


def long_resolution(code: str, chance: random.Random, size: int) -> str:
    """A resolution of about so many bytes."""
    text = resolution(code, chance)
    paragraphs = 9
    while len(text.encode()) < size and paragraphs < 400:
        paragraphs = int(paragraphs * 1.3)
        text = resolution(code, chance, paragraphs)
    return text


def opinion(chance: random.Random, size: int) -> str:
    """An opinion of a court in English, of about so many bytes, as extractors of case law read."""
    pieces: list[str] = []
    length = 0
    while length < size:
        pieces.append(f"{chance.choice(_HOLDS)}. {_cited(chance)}")
        length += len(pieces[-1]) + 1
    return "\n".join(textwrap.wrap(" ".join(pieces), 92)) + "\n"


def _cited(chance: random.Random) -> str:
    first, second = chance.sample(_NAMES, 2)
    volume, page, year = (
        chance.randrange(1, 600),
        chance.randrange(1, 999),
        chance.randrange(80, 99),
    )
    reporter = chance.choice(_REPORTERS)
    return chance.choice(
        (
            f"{first} v. {second}, {volume} {reporter} {page}, {page + 7} (19{year}).",
            f"See {first}, {volume} {reporter} at {page}.",
            f"Id. at {page}.",
            f"{chance.randrange(1, 50)} U.S.C. § {page}.",
        )
    )
