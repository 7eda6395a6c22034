"""From the lines of a text to its paragraphs, points and headings.

An operative paragraph is known by the next number; a preambular one by the mark that ends the one
before it and by its indent or its verb; a point by the label that follows the one before it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pursuant import labels
from pursuant.anchoring import WRAP, without_markers
from pursuant.document import Part
from pursuant.folding import bare, fold
from pursuant.framing import is_frame_line
from pursuant.labels import DASH, Label, Step
from pursuant.paging import Line, join
from pursuant.symbol import is_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pursuant.languages import Language

_HEADING = 160  # characters
_HEADING_LINES = 4
_UNSEEN = " \u200e\u200f"
_TELLING = 0.6  # of the blank lines that stand behind the end of a paragraph
_SHORT = 0.7  # of the longest line: a shorter one was not full
_QUOTED = 3  # paragraphs that a quoted draft has at least
_MARKER = re.compile(r"\d{1,3}$")
_LOST = 2  # numbers that may be missing before one that is indented


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, point or heading as printed, with the places of its footnote markers."""

    id: str
    part: Part
    number: str | None
    order: int
    text: str
    markers: tuple[tuple[int, int], ...] = ()

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return is_heading(self.id)


def looks_like_heading(text: str, language: Language) -> bool:
    """Whether a block without a number is a heading: short, no verb first, no mark at its end."""
    if len(text) > _HEADING:
        return False
    return not (language.final.search(ending(text)) or language.opening.match(fold(bare(text))))


def read_paragraphs(
    lines: Sequence[Line], language: Language, *, annex: str = "", spaced: bool = True
) -> tuple[Unit, ...]:
    """The paragraphs, points and headings in some lines, each with an id of its own.

    Args:
        lines: those between head and close of a resolution, or those of an annex.
        language: theirs.
        annex: what the ids of an annex begin with ("annex-ii-"); nothing for the resolution itself.
        spaced: where nothing is indented, blank lines tell paragraphs (`blank_lines_tell`).
    """
    lines = without_quotes(lines, language)
    indented = any(line.indent for line in lines)
    reader = _Reader(
        language,
        annex,
        indented=indented,
        spaced=spaced and not indented,
        numbered=any(
            labels.may_begin(line.text) and labels.number(fold(line.text)) for line in lines
        ),
    )
    units = reader.read(lines)
    return tuple(_unique(units if annex else _with_unnumbered_end(units, language)))


def blank_lines_tell(lines: Sequence[Line], language: Language) -> bool:
    """Whether blank lines stand between paragraphs, and not between all lines of each."""
    short = _SHORT * max((len(line.text) for line in lines), default=0)
    before = [last.text for last, line in pairwise(lines) if line.apart]
    ended = sum(len(text) < short or bool(language.final.search(ending(text))) for text in before)
    return ended >= _TELLING * len(before) > 0


def ending(text: str) -> str:
    """The last characters of a text, folded, without a footnote marker behind them."""
    last = fold(without_markers(text[-24:])[-12:]).rstrip(_UNSEEN)
    return _MARKER.sub("", last).rstrip(_UNSEEN)


def without_quotes(lines: Sequence[Line], language: Language) -> Sequence[Line]:
    """The lines of a draft that is quoted: a mark of quotation opens each of its paragraphs."""
    quoted = [at for at, line in enumerate(lines) if line.text[:1] in _QUOTES]
    opening = {at for at in quoted if _opens(lines[at].text[1:].lstrip(), language)}
    if len(opening) < _QUOTED or len(opening) < len(quoted) / 2:
        return lines
    freed = [_unquoted(line) if at in opening else line for at, line in enumerate(lines)]
    last = freed[-1]
    return [*freed[:-1], last._replace(text=re.sub(r"(?<=[.。])[”»\"]$", "", last.text))]


_QUOTES = ("“", "«", '"', "「")


def _opens(text: str, language: Language) -> bool:
    folded = fold(text)
    return bool(labels.number(folded) or labels.point(folded) or language.opening.match(folded))


def _unquoted(line: Line) -> Line:
    text = line.text[1:].lstrip()
    cut = len(line.text) - len(text)
    moved = tuple((max(offset - cut, 0), number) for offset, number in line.markers)
    return line._replace(text=text, markers=moved)


@dataclass(slots=True)
class _Block:
    """A paragraph, point or heading whose lines are still being collected."""

    part: Part
    id: str | None
    number: str | None
    pieces: list[str]
    labelled: bool = False


@dataclass(slots=True)
class _Reader:
    """Collects lines into paragraphs and points."""

    language: Language
    annex: str
    indented: bool
    spaced: bool
    numbered: bool
    units: list[Unit] = field(default_factory=list)
    block: _Block | None = None
    counts: Counter[str] = field(default_factory=Counter)
    number: int = 0
    base: str = ""  # id of the paragraph that the next points belong to
    section: int = 1
    steps: tuple[Step, ...] = ()
    dashes: int = 0
    keeps_labels: bool = False

    def read(self, lines: Sequence[Line]) -> list[Unit]:
        for line in lines:
            if not (labels.may_begin(line.text) and self.opens_label(line, fold(line.text))):
                self.add(line)
        self.close()
        return self.units

    def opens_label(self, line: Line, folded: str) -> bool:
        return self.opens_number(line, folded) or self.opens_point(line, folded)

    @property
    def part(self) -> Part:
        if self.annex:
            return Part.ANNEX
        return Part.OPERATIVE if self.number else Part.PREAMBLE

    def ended(self, mark: re.Pattern[str] | None = None) -> bool:
        """Whether the paragraph so far ends with a mark that may end one, or a marker behind it."""
        if self.block is None:
            return True
        return bool((mark or self.language.final).search(ending(join(self.block.pieces[-2:]))))

    def breaks(self, line: Line) -> bool:
        """Whether the source sets a line off from the one before: by indent, or a blank line."""
        return bool(line.opens or line.indent or (line.apart and self.spaced))

    def is_below_heading(self) -> bool:
        block = self.block
        if not block or len(block.pieces) > _HEADING_LINES:
            return False
        return self.is_heading(block, join(block.pieces))

    def start(self, block: _Block) -> None:
        self.close()
        self.block = block

    def close(self) -> None:
        """Makes a unit of the lines so far; only now it shows whether they are a heading."""
        if not (block := self.block):
            return
        self.block = None
        text = join(block.pieces, WRAP, self.language.suspended).lstrip(_UNSEEN)
        self.counts[block.part] += 1
        if self.is_heading(block, text):
            name = f"{self.annex}h{len(self.units) + 1}"
        else:
            name = block.id or self.unnumbered(block.part)
            if not block.labelled:
                self.base = name
        order = self.counts[block.part]
        self.units.append(Unit(name, block.part, block.number, order, text))

    def unnumbered(self, part: Part) -> str:
        """The id of a paragraph without a number."""
        parent = f"op{self.number}" if part is Part.OPERATIVE else f"{self.annex}" or "pp"
        self.counts[parent] += 1
        number = self.counts[parent]
        if part is Part.PREAMBLE:
            return f"pp{number}"
        return f"{parent}p{number}" if part is Part.ANNEX else f"{parent}-p{number}"

    def is_heading(self, block: _Block, text: str) -> bool:
        """Whether a block is a heading: short, without number, verb or a mark at its end."""
        return block.number is None and looks_like_heading(text, self.language)

    def opens_number(self, line: Line, folded: str) -> bool:
        label = labels.number(folded)
        if not label or not self.follows(int(label.text), line, folded[label.end :]):
            return False
        self.close()
        if int(label.text) <= self.number:
            self.section += 1
        self.number, self.steps, self.dashes = int(label.text), (), 0
        again = f"s{self.section}" if self.section > 1 else ""
        name = f"{self.annex or 'op'}{self.number}{again}"
        text = self.text_behind(line, folded, label)
        self.start(_Block(self.part, name, label.text, [text]))
        self.base = name
        return True

    def follows(self, number: int, line: Line, behind: str) -> bool:
        """Whether a number continues the count, or begins it again below a heading."""
        ended, breaks = self.ended(), self.breaks(line)
        if number == self.number + 1:
            return ended or breaks or bool(self.language.opening.match(bare(behind)))
        if not (ended or breaks):
            return False
        if number == 1 and breaks and self.is_below_heading():
            return True
        surely = line.opens or (ended and breaks)
        return bool(surely) and self.number < number <= self.number + 1 + _LOST

    def text_behind(self, line: Line, folded: str, label: Label) -> str:
        kept = self.language.kept_number
        self.keeps_labels = bool(kept and kept.match(folded))
        return line.text if self.keeps_labels else line.text[label.end :]

    def opens_point(self, line: Line, folded: str) -> bool:
        if not (label := labels.point(folded)):
            return False
        ended = self.ended()
        if not (ended or (self.breaks(line) and not line.page_top) or line.opens):
            return False
        surely = bool(line.opens or (ended and self.breaks(line)))
        found = labels.follow(self.steps, label.text, surely=surely)
        if not found or not (self.number or self.annex or self.has_points()):
            return False
        self.close()
        self.steps = found
        self.dashes = self.dashes + 1 if found[-1].kind == DASH else 0
        text = line.text if self.keeps_labels else line.text[label.end :]
        self.start(_Block(self.part, *self.point(), [text], labelled=True))
        return True

    def point(self) -> tuple[str, str]:
        """Id and number of the point at which the reader is."""
        names = labels.names(self.steps[:-1] if self.dashes else self.steps)
        last = [str(self.dashes)] if self.dashes else []
        number = str(self.number) if self.numbered and self.number else ""
        number += "".join(f"({step.label})" for step in self.steps)
        return "-".join([self.base, *names, *last]), number

    def has_points(self) -> bool:
        """Whether the paragraph so far may have points though no operative paragraph began.

        It is preambular where the operative ones are numbered, or where its verb says so; else it
        is the first of operative paragraphs without numbers.
        """
        if not self.block and not self.units:
            return False
        if self.block and not self.block.labelled:
            first = self.block.pieces[0]
            if not ending(join(self.block.pieces[-2:])).endswith((":", "：", "﹕")):
                return False
            verb = self.language.opening.match(fold(bare(first)))
            if not self.numbered and not (verb and verb.is_preambular):
                self.begin_unnumbered()
        return True

    def begin_unnumbered(self) -> None:
        self.close()
        self.number, self.base = 1, "op1"
        self.counts[Part.OPERATIVE] += 1
        self.units[-1] = replace(self.units[-1], id="op1", part=Part.OPERATIVE, order=1)

    def add(self, line: Line) -> None:
        if self.opens_paragraph(line):
            self.steps, self.dashes = (), 0
            self.start(_Block(self.part, None, None, [line.text]))
        elif self.block:
            self.block.pieces.append(line.text)

    def opens_paragraph(self, line: Line) -> bool:
        """Whether a paragraph without number, or a heading, begins with a line."""
        if not self.block:
            return True
        if line.opens is not None:
            return line.opens
        if not self.indented:
            return self.opens_apart(line)
        if self.part is Part.PREAMBLE:
            return line.indent and (self.ended() or not line.page_top)
        if line.page_top:
            return line.indent and self.ended(self.language.act_end)
        return line.indent and (self.ended() or self.block.number is None)

    def opens_act(self, text: str) -> bool:
        return bool(self.language.opening.match(bare(fold(text))))

    def opens_apart(self, line: Line) -> bool:
        """The same where nothing is indented: a blank line tells, or else the verb."""
        verb = self.part is not Part.OPERATIVE and self.opens_act(line.text)
        if line.apart and self.spaced:
            return bool(verb) or self.ended() or self.is_below_heading()
        return bool(verb) and self.ended()


def _with_unnumbered_end(units: list[Unit], language: Language) -> list[Unit]:
    """The units of a resolution whose operative part has no numbers: one paragraph, or a few.

    A preambular paragraph ends in a comma; the first that does not begins the operative part.
    """
    if not units or units[-1].part is not Part.PREAMBLE:
        return units
    start = len(units)
    while start and language.act_end.search(ending(units[start - 1].text)):
        start -= 1
    if start == len(units) or not is_whole(units[-1].text, language):
        return units
    operative = [
        replace(unit, id=f"op{order}", part=Part.OPERATIVE, order=order)
        for order, unit in enumerate(units[start:], 1)
    ]
    return units[:start] + operative


def is_whole(text: str, language: Language) -> bool:
    """Whether the last paragraph of a document is all there."""
    return bool(language.sentence_end.search(ending(text)) or is_frame_line(text, language))


def _unique(units: Sequence[Unit]) -> list[Unit]:
    """Units no two of which have one id, as a label that is printed twice would make them."""
    seen: Counter[str] = Counter()
    named = []
    for unit in units:
        seen[unit.id] += 1
        again = seen[unit.id]
        named.append(replace(unit, id=f"{unit.id}-x{again}") if again > 1 else unit)
    return named
