"""The resolution of tests/data/resolution.toml; `tests.writing` writes it in each format."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

_MARKUP = re.compile(
    r"\[\^(?P<again>\^?)(?P<note>\d)\]|\{(?P<words>[^|{}]+)\|(?P<symbol>[^|{}]+)\}"
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text: plain, linked to a symbol, or a marker."""

    text: str
    symbol: str | None = None
    note: int | None = None
    again: bool = False


@dataclass(frozen=True)
class Resolution:
    """A resolution: its labelled paragraphs as (label, depth, text); depth 0 is the preamble."""

    language: str
    number: str
    title: str
    speaker: str
    preamble: tuple[str, ...]
    operative: tuple[tuple[str, str], ...]
    meeting: str
    adopted: str
    annex: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def pieces(text: str) -> list[Piece]:
    """A text in its stretches."""
    found, last = [], 0
    for m in _MARKUP.finditer(text):
        if before := text[last : m.start()]:
            found.append(Piece(before))
        if m["note"]:
            found.append(Piece(m["note"], note=int(m["note"]), again=bool(m["again"])))
        else:
            found.append(Piece(m["words"], symbol=m["symbol"]))
        last = m.end()
    if text[last:]:
        found.append(Piece(text[last:]))
    return found


def plain(text: str) -> str:
    """A text without markers and links."""
    return "".join(piece.text for piece in pieces(text) if piece.note is None)


def markers(text: str) -> tuple[int, ...]:
    """The notes that a text invokes, in their order."""
    return tuple(piece.note for piece in pieces(text) if piece.note is not None)


def _read() -> dict[str, Resolution]:
    data = tomllib.loads((Path(__file__).parent / "data" / "resolution.toml").read_text("utf-8"))
    return {
        language: Resolution(
            language,
            preamble=tuple(facts.pop("preamble")),
            operative=tuple(map(tuple, facts.pop("operative"))),
            annex=tuple(map(tuple, facts.pop("annex"))),
            notes=tuple(facts.pop("notes")),
            **facts,
        )
        for language, facts in data.items()
    }


RESOLUTIONS = _read()
