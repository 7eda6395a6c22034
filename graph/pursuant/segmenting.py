"""From lines to structure: header, wrapper, speaker, paragraphs, points, and where notes hang.

An operative paragraph is known by the next number; a preambular one by the mark that ends the one
before it and by its indent or its verb; a footnote marker by its place in the sequence of notes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pursuant.anchoring import WRAP, anchor, marked, without_markers
from pursuant.document import Part
from pursuant.errors import UnreadableSource
from pursuant.folding import fold
from pursuant.framing import Frame, is_frame_line, read_frame
from pursuant.labels import DASH, next_labels
from pursuant.paging import Line, Pages, join

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pursuant.languages import Language

_OPERATIVE = re.compile(r"(?P<number>\d{1,3})[.．](?:\s*(?=\S)(?P<text>.*)|\s*)")
_POINT = re.compile(
    r"\((?P<label>[a-z]{1,2}|[ivxl]{1,7}|[一二三四五六七八九十]{1,3}|[㈠-㈩]|-)\)\s*(?P<text>.*)"
)
_HEADING = 60  # characters


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or point as printed, with the places of its footnote markers."""

    id: str
    part: Part
    number: str | None
    order: int
    text: str
    markers: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's structure, before anything in it is read as law."""

    frame: Frame
    units: tuple[Unit, ...]
    notes: Mapping[int, str]
    links: tuple[str, ...]


def segment(pages: Pages, language: Language, source: str = "-") -> Outline:
    """The structure of a document whose pages are laid end to end.

    Args:
        pages: lines or blocks, notes and links, of whatever format.
        language: theirs.
        source: the name of their source, for errors.

    Raises:
        UnreadableSource: there are no paragraphs, or the text breaks off.
    """
    framed = read_frame(pages.body, language)
    body = [_labelled(line) for line in framed.body]
    numbered = any(_OPERATIVE.fullmatch(fold(line.text)) for line in body)
    indented = any(line.indent for line in body)
    units = _Paragraphs(language, indented=indented, numbered=numbered).read(body)
    units = _with_unnumbered_end(units, language)
    _refuse_fragments(source, units, language)
    notes = {number: join(lines) for number, lines in pages.notes.items()}
    return Outline(
        framed.frame, anchor(units, notes, given=pages.marked), notes, tuple(pages.links)
    )


def _labelled(line: Line) -> Line:
    """A line with its label and its markers in its text, as those of a dump have them."""
    text = marked(line.text, line.markers)
    return replace(line, text=f"{line.label} {text}" if line.label else text)


@dataclass(slots=True)
class _Paragraphs:
    """Collects lines into paragraphs and points."""

    language: Language
    indented: bool
    numbered: bool
    units: list[Unit] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    counts: Counter[Part] = field(default_factory=Counter)
    operative: int = 0
    labels: list[str] = field(default_factory=list)
    dashes: int = 0

    def read(self, lines: Sequence[Line]) -> list[Unit]:
        for line in lines:
            if not (self.opens_operative(line) or self.opens_point(line)):
                self.add(line)
        self.close()
        return self.units

    def ended(self) -> bool:
        """Whether the paragraph so far ends with a mark that may end one, or a marker behind it."""
        if not self.units:
            return True
        return bool(self.language.final.search(_ending(join(self.pieces[-2:]))))

    def start(self, part: Part, number: str | None, unit_id: str, text: str) -> None:
        self.close()
        self.counts[part] += 1
        self.units.append(Unit(unit_id, part, number, self.counts[part], ""))
        self.pieces.append(text)

    def close(self) -> None:
        if self.pieces:
            last = replace(self.units[-1], text=join(self.pieces, WRAP))
            self.units[-1] = (
                replace(last, id=f"h{len(self.units)}") if self.is_heading(last) else last
            )
            self.pieces = []

    def is_heading(self, unit: Unit) -> bool:
        """Whether a block is a heading: short, without number, verb or a mark at its end."""
        text = fold(unit.text)
        is_sentence = self.language.final.search(_ending(text)) or self.language.opening.match(text)
        return unit.number is None and len(text) <= _HEADING and not is_sentence

    def opens_operative(self, line: Line) -> bool:
        found = _OPERATIVE.fullmatch(fold(line.text))
        if not found or int(found["number"]) != self.operative + 1:
            return False
        if not (self.ended() or line.indent or line.opens):
            return False
        self.operative, self.labels = self.operative + 1, []
        text = line.text[found.start("text") :] if found["text"] else ""
        self.start(Part.OPERATIVE, found["number"], f"op{found['number']}", text)
        return True

    def opens_point(self, line: Line) -> bool:
        begins = self.ended() or (line.indent and not line.page_top) or line.opens
        found = _POINT.fullmatch(fold(line.text)) if begins else None
        if not found or (labels := next_labels(self.labels, found["label"])) is None:
            return False
        if not (self.operative or self.begins_unnumbered()):
            return False
        self.labels = labels
        number = (str(self.operative) if self.numbered else "") + "".join(f"({x})" for x in labels)
        text = line.text[found.start("text") :]
        self.dashes = self.dashes + 1 if labels[-1] == DASH else 0
        names = [*labels[:-1], str(self.dashes)] if self.dashes else labels
        self.start(Part.OPERATIVE, number, "-".join([f"op{self.operative}", *names]), text)
        return True

    def begins_unnumbered(self) -> bool:
        """Whether the paragraph so far is operative though nothing is numbered: it has points."""
        if self.numbered or not self.units:
            return False
        self.close()
        self.operative = 1
        self.units[-1] = replace(self.units[-1], id="op1", part=Part.OPERATIVE, order=1)
        self.counts[Part.OPERATIVE] += 1
        return True

    def add(self, line: Line) -> None:
        if not self.operative and self.opens_preambular(line):
            self.start(Part.PREAMBLE, None, f"pp{len(self.units) + 1}", line.text)
        elif self.operative and (self.indented or line.opens) and self.opens_unnumbered(line):
            self.start(Part.OPERATIVE, None, f"op{self.operative}-p{len(self.units)}", line.text)
        else:
            self.pieces.append(line.text)

    def opens_unnumbered(self, line: Line) -> bool:
        """Whether a heading, or a paragraph that has no number, begins in the operative part."""
        if line.opens is not None:
            return line.opens
        return line.indent and not line.page_top and (self.ended() or self.units[-1].number is None)

    def opens_preambular(self, line: Line) -> bool:
        if not self.units:
            return True
        if line.opens is not None:
            return line.opens
        verb = self.language.opening.match(fold(line.text))
        if not self.indented:
            return bool(verb) and self.ended()
        return line.indent and (self.ended() or not line.page_top)


def _with_unnumbered_end(units: list[Unit], language: Language) -> list[Unit]:
    """The units of a resolution whose operative part has no numbers: one paragraph, or a few.

    A preambular paragraph ends in a comma; the first that does not begins the operative part.
    """
    if not units or units[-1].part is not Part.PREAMBLE:
        return units
    start = len(units)
    while start and language.act_end.search(_ending(units[start - 1].text)):
        start -= 1
    if start == len(units) or not _is_whole(units[-1].text, language):
        return units
    operative = [
        replace(unit, id=f"op{order}", part=Part.OPERATIVE, order=order)
        for order, unit in enumerate(units[start:], 1)
    ]
    return units[:start] + operative


def _is_whole(text: str, language: Language) -> bool:
    """Whether the last paragraph of a document is all there."""
    ended = language.sentence_end.search(_ending(text))
    return bool(ended or is_frame_line(text, language))


def _ending(text: str) -> str:
    """The last characters of a text, without a footnote marker behind them."""
    return re.sub(r"\d{1,3}$", "", fold(without_markers(text[-16:])[-8:])).rstrip()


def _refuse_fragments(source: str, units: list[Unit], language: Language) -> None:
    """Refuse a text without operative paragraphs, or one that breaks off.

    Raises:
        UnreadableSource: says where the text ends.
    """
    if not units:
        raise UnreadableSource(source, "there is no paragraph in it")
    last = units[-1]
    if last.part is Part.PREAMBLE:
        raise UnreadableSource(
            source,
            f"no operative paragraph was found; the text ends after {len(units)} preambular ones",
        )
    if not _is_whole(last.text, language):
        raise UnreadableSource(
            source,
            f"the text breaks off in operative paragraph {last.number}: …{last.text[-20:]}",
        )
