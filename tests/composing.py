"""Resolutions composed from the examples in the language files, and ways to damage them."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from pursuant.paths import DATA

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

FILES = sorted((DATA / "languages").glob("*.toml"))
CODES = [path.stem for path in FILES]
_SYMBOLS = ["A/RES/81/7", "S/RES/2999 (2027)", "E/RES/2027/2", "A/HRC/RES/61/3", "81/7", ""]
_PIECES = [
    *("\n", "\f", " ", "\n\n ", "\u3000", "\u200f", "\u00ad", "\ufeff", "\x00", "\ud7ff"),
    *("(", ")", "（", "）", "《", "》", "“", "”", "«", "[", "]", "_", "—", "/", ".", "；"),
    *("1.", "2.", "(a)", "(i)", "12", "2178 (2014)", "72/194", "S-10/2", "3", "A/", "九", "٣"),
    *("_" * 18, "https://undocs.org/A/1", "1 ", "A/RES/377 A (V)"),
]


@cache
def _data(code: str) -> dict[str, Any]:
    return tomllib.loads((DATA / "languages" / f"{code}.toml").read_text("utf-8"))


def _examples(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for each in value for text in _examples(each)]
    if isinstance(value, dict):
        return [
            text
            for name, each in value.items()
            for text in ([each] if "example" in name and isinstance(each, str) else _examples(each))
        ]
    return []


@cache
def examples(code: str) -> list[str]:
    """All examples in a language file."""
    listed = [text for text in _data(code)["citation"].get("examples", ()) if isinstance(text, str)]
    return [*_examples(_data(code)), *listed]


def resolution(code: str, chance: random.Random) -> str:
    """A text dump of a resolution in a language."""
    wide = code == "zh"
    comma, stop = ("，", "。") if wide else (",", ".")
    words = examples(code)
    speaker = _data(code)["frame"]["speaker_example"]
    lines = [f" {chance.choice(_SYMBOLS)}. {chance.choice(words)}", "", f" {speaker}", ""]
    notes = chance.randrange(4)
    for index in range(chance.randrange(6)):
        marker = str(index + 1) if index < notes else ""
        lines += [f" {chance.choice(words)}{comma}{marker}", ""]
    count = chance.randrange(1, 9)
    for number in range(1, count + 1):
        lines += [f" {number}. {chance.choice(words)}{stop if number == count else ';'}", ""]
        for label in "abc"[: chance.randrange(4) if number < count else 0]:
            lines += [f" ({label}) {chance.choice(words)};", ""]
    if notes:
        lines += ["_" * 18, ""]
        lines += [f" {number} {chance.choice(words)}{stop}" for number in range(1, notes + 1)]
    return "\n".join(wrapped for line in lines for wrapped in _wrap(line, 38 if wide else 92))


def _wrap(line: str, width: int) -> list[str]:
    return [line[i : i + width] for i in range(0, len(line), width)] or [""]


def cut(text: str, chance: random.Random) -> bytes:
    """A part of a text, cut anywhere in its bytes."""
    data = text.encode()
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[start:] if chance.random() < 0.3 else data[:end]


def shuffled(text: str, chance: random.Random) -> bytes:
    """Lines left out, repeated, and put elsewhere."""
    lines = [x for x in text.split("\n") for _ in range(chance.choice([0, 1, 1, 1, 1, 1, 2]))]
    if chance.random() < 0.3:
        chance.shuffle(lines)
    return "\n".join(lines).encode()


def mixed(text: str, chance: random.Random) -> bytes:
    """Pieces put in that mean something to the grammar, and characters taken out."""
    for _ in range(chance.randrange(1, 30)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(_PIECES) + text[at + chance.randrange(3) :]
    return text.encode()


def foreign(text: str, chance: random.Random) -> bytes:
    """Lines of other languages between its own."""
    lines = text.split("\n")
    for _ in range(chance.randrange(1, 12)):
        other = chance.choice(CODES)
        lines.insert(chance.randrange(len(lines)), f" {chance.choice(examples(other))}")
    return "\n".join(lines).encode()


def flipped(text: str, chance: random.Random) -> bytes:
    """Bytes changed, or another encoding."""
    if chance.random() < 0.2:
        return text.encode(chance.choice(["utf-16", "utf-8-sig", "utf-16-le"]))
    data = bytearray(text.encode())
    for _ in range(chance.choice([1, 5, 50])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def repeated(text: str, chance: random.Random) -> bytes:
    """One piece of it, or of the grammar, many times."""
    size = chance.randrange(1, 60)
    at = chance.randrange(len(text))
    piece = chance.choice([text[at : at + size], chance.choice(_PIECES) * 3])
    return (text[:at] + piece * chance.randrange(2, 200) + text[at:]).encode()


def whole(text: str, chance: random.Random) -> bytes:
    """As it is."""
    return text.encode()


DAMAGES: list[Callable[[str, random.Random], bytes]] = [
    *(whole, cut, shuffled, mixed, foreign, flipped, repeated)
]
