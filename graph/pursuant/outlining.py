"""From a marked-up statement to the outline that segmenting would find in its text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pursuant import labels
from pursuant.document import Part
from pursuant.folding import fold
from pursuant.formats.blocks import Role
from pursuant.framing import Frame, adoption_day, read_frame
from pursuant.labels import DASH, Step
from pursuant.paging import join
from pursuant.paragraphs import Unit, looks_like_heading
from pursuant.segmenting import Outline, annex_name

if TYPE_CHECKING:
    from pursuant.formats.akomantoso import Item, Statement
    from pursuant.languages import Language
    from pursuant.paging import Line, Pages

_COVER = 40  # blocks that a title page may take
_LABEL = re.compile(r"[a-z0-9]{1,7}")  # what may stand in the id of a unit
_PRINTED = re.compile(r"(?P<number>\d{1,3})\.?\s(?=\D)")  # a number that is not marked as one


def outline(statement: Statement, language: Language) -> Outline:
    """The outline of a statement: parts, numbers and texts as they are marked up."""
    operative = [item for item in statement.items if item.part is Part.OPERATIVE]
    headed = sum(_heads_annex(item, language) for item in statement.items)
    named = _Names(language, numbered=any(map(_number, operative)), annexes=headed)
    units = tuple(map(named.unit, statement.items))
    blocks = statement.content.blocks
    notes = {b.number: b.text for b in blocks if b.role is Role.NOTE and b.number is not None}
    return Outline(_frame(statement, language), units, notes, statement.content.links)


def displayed(pages: Pages, language: Language) -> Outline:
    """The outline of a text that is only for display: a unit for each paragraph that shows.

    Args:
        pages: of a source that does not hold its letters in the order of the words.
        language: of the source.
    """
    framed = read_frame(pages.body, language)
    paragraphs: list[list[Line]] = []
    for line in framed.body:
        if not paragraphs or line.opens or line.indent:
            paragraphs.append([])
        paragraphs[-1].append(line)
    units = tuple(
        Unit(f"op{order}", Part.OPERATIVE, None, order, join(line.text for line in lines))
        for order, lines in enumerate(paragraphs, 1)
    )
    notes = {number: join(lines) for number, lines in pages.notes.items()}
    return Outline(framed.frame, units, notes, tuple(pages.links), framed.furniture)


def _frame(statement: Statement, language: Language) -> Frame:
    about = statement.metadata
    found = language.frame["speaker"].match(fold(statement.enacting or ""))
    speaker = language.bodies.names.get(found["speaker"]) if found else None
    return Frame(
        symbol=about.symbol,
        title=about.title,
        adopted_by=about.adopted_by,
        speaker=speaker or (None if statement.is_draft else about.adopted_by),
        draft=statement.is_draft,
        adopted=about.adopted or _printed_day(statement, language),
        meeting=about.meeting,
    )


def _printed_day(statement: Statement, language: Language) -> str | None:
    return adoption_day([block.text for block in statement.content.blocks[:_COVER]], language)


@dataclass(slots=True)
class _Names:
    """Gives units their ids and whole numbers, as `paragraphs` does in a text."""

    language: Language
    numbered: bool
    annexes: int
    annex: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    orders: Counter[Part] = field(default_factory=Counter)
    number: int = 0
    section: int = 1
    base: str = ""
    steps: tuple[Step, ...] = ()
    dashes: int = 0

    def unit(self, item: Item) -> Unit:
        """A unit with its id; no two of one document have the same."""
        block, part = item.block, item.part
        self.orders[part] += 1
        name, number = self.name(item)
        self.counts[name] += 1
        if self.counts[name] > 1:
            name += f"-x{self.counts[name]}"
        return Unit(name, part, number, self.orders[part], block.text, block.markers)

    def name(self, item: Item) -> tuple[str, str | None]:
        """The id of a unit, and its number as printed."""
        prefix = self.prefix(item)
        if prefix and not self.base.startswith(prefix):
            self.number, self.section, self.base, self.steps = 0, 1, prefix, ()
        self.counts[f"{prefix}units"] += 1
        if _is_heading(item, self.language):
            return f"{prefix}h{self.counts[f'{prefix}units']}", None
        if counted := _number(item) or self._printed(item):
            return self.numbered_name(prefix, counted)
        if item.block.label and item.part is not Part.PREAMBLE:
            return self.point_name(item, item.block.label)
        return self.unnumbered(item.part, prefix), item.block.label

    def _printed(self, item: Item) -> int | None:
        """The number that a paragraph without label begins with, where it is the next one."""
        found = _PRINTED.match(item.block.text)
        if found is None or item.block.label or item.part is not Part.OPERATIVE or item.depth:
            return None
        following = self.number + 1
        return following if self.number and int(found["number"]) == following else None

    def prefix(self, item: Item) -> str:
        """What the ids of an annex begin with: its number where there are several."""
        if item.part is not Part.ANNEX:
            return ""
        self.annex += _heads_annex(item, self.language)
        return f"annex-{annex_name(max(self.annex, 1))}-" if self.annexes > 1 else "annex-"

    def numbered_name(self, prefix: str, number: int) -> tuple[str, str]:
        if number <= self.number:
            self.section += 1
        again = f"s{self.section}" if self.section > 1 else ""
        self.number, self.steps, self.dashes = number, (), 0
        self.base = f"{prefix or 'op'}{number}{again}"
        return self.base, str(number)

    def point_name(self, item: Item, printed: str) -> tuple[str, str]:
        """The name of a point: its label tells where it belongs, or else its depth does."""
        label = _point(printed)
        nested = (*self.steps[: max(item.depth - 1, 0)], Step(label, _kind(label)))
        self.steps = labels.follow(self.steps, label, surely=True) or nested
        self.dashes = self.dashes + 1 if label == DASH else 0
        names = labels.names(tuple(step for step in self.steps if step.kind != DASH))
        names += [str(self.dashes)] if self.dashes else []
        number = str(self.number) if self.numbered and self.number else ""
        number += "".join(f"({step.label})" for step in self.steps)
        return "-".join([self.base.rstrip("-") or "op1", *names]), number

    def unnumbered(self, part: Part, prefix: str) -> str:
        if part is Part.PREAMBLE:
            parent, between = "pp", ""
        elif prefix:
            parent, between = prefix, "p"
        elif self.numbered:
            parent, between = f"op{self.number}", "-p"
        else:
            parent, between = "op", ""
        self.counts[f"{parent} unnumbered"] += 1
        self.base = f"{parent}{between}{self.counts[f'{parent} unnumbered']}"
        self.steps, self.dashes = (), 0
        return self.base


def _heads_annex(item: Item, language: Language) -> bool:
    """Whether a unit is the heading of an annex: the word, or the word with its number."""
    return item.part is Part.ANNEX and bool(language.frame["annex"].match(fold(item.block.text)))


def _is_heading(item: Item, language: Language) -> bool:
    """Whether a unit is a heading: by its markup, or as `paragraphs` knows one."""
    if item.block.level or item.block.label or item.part is Part.PREAMBLE:
        return bool(item.block.level)
    return looks_like_heading(item.block.text, language)


def _number(item: Item) -> int | None:
    """The number of a paragraph; None for a point, and for what has none."""
    digits = fold(item.block.label or "").strip(" .-")
    return int(digits) if digits.isdecimal() and not item.depth else None


def _point(printed: str) -> str:
    """The label of a point without its brackets; a dash for a mere mark."""
    folded = fold(printed).strip()
    found = labels.point(f"{folded} ")
    mark = folded.strip(" (),.-–—‘’'•").lower()
    return found.text if found else mark if _LABEL.fullmatch(mark) else DASH


def _kind(label: str) -> str:
    """The series of a label that follows no other; that of letters, where it is of none."""
    kinds = ("letter", "roman", "chinese", "digit", "arabic", "cyrillic")
    return next((kind for kind in kinds if labels.place(label, kind) > 0), "letter")
