"""A marked-up document as the text that software draws out of its PDF.

What such dumps have is made: lines wrapped, a space where a paragraph begins and behind each line,
pages with a form feed between them, footnotes below a rule at the foot of the page, symbol and page
number, footnote markers as bare numbers behind the words that they hang on. What only some have is
not: letters set apart by kerning, Arabic in the order of its glyphs, and the addresses of
hyperlinks at the foot of the page, which would give the answers away.
"""

from __future__ import annotations

import random
import re
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pursuant.document import Part
from pursuant.marked import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pursuant.marked import Marked, MarkedUnit

_PAGE = 44  # lines
_WIDTH, _WIDTHS = 92, {"zh": 38, "ar": 78}  # characters
_POINT = re.compile(r"\(([^()]*)\)$")
# Chinese breaks anywhere but inside a number or Latin word, and before a closing mark.
_CHINESE = "zh"
_PIECE = re.compile(r"[A-Za-z0-9./()\-]+[，。；、）》]?|.[，。；、）》]?")


def dump(marked: Marked, seed: int = 0, *, cover: bool = False) -> str:
    """The text dump of a document.

    Args:
        marked: the document.
        seed: chooses the page numbers; the same seed gives the same text.
        cover: whether to print the cover page and the close as well, which have the date.
    """
    chance = random.Random(f"{seed}{marked.symbol}{marked.language}")  # noqa: S311 - no secret
    printer = _Printer(marked, chance)
    for text, notes in _blocks(marked, cover=cover):
        printer.print(text, notes)
    return printer.finish()


def _blocks(marked: Marked, *, cover: bool) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The text of each block, with the notes that hang on it."""
    if cover:
        yield from ((line, ()) for line in marked.cover)
    yield f"{marked.symbol}. {marked.title}" if marked.title else marked.symbol, ()
    if marked.wrapper is not None:
        yield marked.speaker.rstrip(",，،"), ()
        yield marked.wrapper, ()
        yield marked.draft_speaker or "", ()
    elif marked.speaker:
        yield marked.speaker, ()
    for unit in marked.units:
        yield _printed(unit), tuple(number for _, number in unit.markers)
    if cover:
        yield from ((line, ()) for line in marked.close)


def _printed(unit: MarkedUnit) -> str:
    """A unit's text behind its number or label, with its markers."""
    text, last = "", 0
    for offset, note in unit.markers:
        text += f"{unit.text[last:offset]}{note} "
        last = offset
    text = clean(text + unit.text[last:])
    if unit.part is not Part.OPERATIVE or not unit.number:
        return text
    label = _POINT.search(unit.number)
    return f"({label[1]}) {text}" if label else f"{unit.number}. {text}"


@dataclass(slots=True)
class _Printer:
    """Fills pages with lines and notes."""

    marked: Marked
    chance: random.Random
    pages: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    notes: set[int] = field(default_factory=set)
    shown: set[int] = field(default_factory=set)

    def print(self, text: str, notes: tuple[int, ...]) -> None:
        for index, line in enumerate(_wrap(text, self.marked.language)):
            self.lines.append(("" if index else " ") + line + " ")
            self.show(note for note in notes if str(note) in line)
            if len(self.lines) >= _PAGE:
                self.turn()
        self.show(notes)
        self.lines.append("")

    def show(self, notes: Iterable[int]) -> None:
        """Notes that are to stand on this page, unless they stand on one before."""
        new = set(notes) - self.shown
        self.shown |= new
        self.notes |= new

    def turn(self) -> None:
        """The page, with its foot, is done."""
        if not self.lines:
            return
        foot: list[str] = []
        for number in sorted(self.notes):
            note = f"{number} {self.marked.notes[number].text}"
            foot += [f" {line} " for line in _wrap(note, self.marked.language)]
        if foot:
            foot = ["_" * 18 + " ", "", *foot]
        page = len(self.pages) + 1
        number_printed = (
            f"{page}/9"
            if self.chance.random() < 0.5
            else f"{20 + page}-{self.chance.randrange(10000, 99999)}"
        )
        self.pages.append("\n".join([*self.lines, *foot, "", self.marked.symbol, number_printed]))
        self.lines, self.notes = [], set()

    def finish(self) -> str:
        self.turn()
        return "\n\f".join(self.pages) + "\n"


def _wrap(text: str, language: str) -> list[str]:
    width = _WIDTHS.get(language, _WIDTH)
    if language != _CHINESE:
        return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if line and len(line) + len(piece) > width:
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line] if line else lines
