"""Ways to damage a composed resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.extraction.composing import CODES, examples

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

_PIECES = [
    *("\n", "\f", " ", "\n\n ", "\u3000", "\u200f", "\u00ad", "\ufeff", "\x00", "\ud7ff"),
    *("(", ")", "（", "）", "《", "》", "“", "”", "«", "[", "]", "_", "—", "/", ".", "；"),
    *("1.", "2.", "(a)", "(i)", "12", "2178 (2014)", "72/194", "S-10/2", "3", "A/", "九", "٣"),
    *("_" * 18, "https://undocs.org/A/1", "1 ", "A/RES/377 A (V)"),
]


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


def truncated(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """Cut off, as a transfer is that broke."""
    return data[: chance.randrange(len(data))]


def altered(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """Some bytes changed."""
    changed = bytearray(data)
    for _time in range(chance.choice([1, 3, 10, 100])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def spliced(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Its beginning, a piece of another file, and its end."""
    other = chance.choice(others)
    at, piece = chance.randrange(len(data)), chance.randrange(len(other))
    skipped = chance.choice([0, 0, 10, 1000])
    return data[:at] + other[piece : piece + chance.randrange(1, 2000)] + data[at + skipped :]


def holed(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """Pieces taken out, or written twice."""
    for _time in range(chance.randrange(1, 6)):
        start = chance.randrange(len(data))
        piece = data[start : start + chance.randrange(1, 400)]
        data = data[:start] + piece * chance.choice([0, 2, 5]) + data[start + len(piece) :]
    return data


def renumbered(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """Its numbers changed: of objects, lengths, offsets and sizes, where it has them in digits."""
    places = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    changed = bytearray(data)
    for at in chance.sample(places, min(len(places), chance.choice([1, 4, 20]))):
        changed[at] = 48 + chance.randrange(10)
    return bytes(changed)


BINARY_DAMAGES: list[Callable[[bytes, random.Random, Sequence[bytes]], bytes]] = [
    *(truncated, altered, spliced, holed, renumbered)
]
