"""From the pages of a source to the structure of a resolution: frame, paragraphs, notes.

What is said around the paragraphs is read by `framing`, the paragraphs themselves by `paragraphs`,
and the places where notes hang by `anchoring`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pursuant.anchoring import anchor, marked
from pursuant.document import Part
from pursuant.errors import UnreadableSource
from pursuant.framing import Frame, annexes, read_frame
from pursuant.numerals import to_roman
from pursuant.paging import Line, Pages, join
from pursuant.paragraphs import (
    Unit,
    blank_lines_tell,
    ending,
    is_whole,
    read_paragraphs,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pursuant.languages import Language


_ROMAN = 39  # annexes that are called by Roman numerals
_TAIL, _LINE = 3, 120  # lines of a close that is not known, and characters of one


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's structure, before anything in it is read as law.

    Attributes:
        furniture: lines that are no part of its text: title page, formulas, close.
    """

    frame: Frame
    units: tuple[Unit, ...]
    notes: Mapping[int, str]
    links: tuple[str, ...]
    furniture: tuple[str, ...] = ()


def segment(pages: Pages, language: Language, source: str = "-") -> Outline:
    """The structure of a document whose pages are laid end to end.

    Args:
        pages: lines or blocks, notes and links, of whatever format.
        language: theirs.
        source: the name of their source, for errors.

    Raises:
        UnreadableSource: there are no paragraphs, or the text breaks off.
    """
    lines = [_labelled(line) for line in pages.body]
    starts = annexes(lines, language)
    framed = read_frame(lines[: starts[0]] if starts else lines, language)
    spaced = blank_lines_tell(lines, language)
    units = list(read_paragraphs(framed.body, language, spaced=spaced))
    behind = _behind_the_text(units, language)
    units = units[: len(units) - len(behind)]
    _refuse_fragments(source, units, language)
    for prefix, annex in _annexes(lines, starts):
        units += read_paragraphs(annex, language, annex=prefix, spaced=spaced)
    title = Unit("title", Part.PREAMBLE, None, 0, framed.frame.title or "")
    notes = {number: join(texts, "", language.suspended) for number, texts in pages.notes.items()}
    title, *anchored = anchor((title, *units), notes, given=pages.marked, spaced=language.spaced)
    return Outline(
        replace(framed.frame, title=title.text or None),
        tuple(anchored),
        notes,
        tuple(pages.links),
        (*pages.furniture, *framed.furniture, *behind),
    )


def _annexes(lines: Sequence[Line], starts: Sequence[int]) -> Iterator[tuple[str, Sequence[Line]]]:
    """The lines of each annex, and what the ids of its units begin with."""
    for order, (start, end) in enumerate(pairwise([*starts, len(lines)]), 1):
        heading = lines[start]._replace(opens=True)
        prefix = f"annex-{annex_name(order)}-" if len(starts) > 1 else "annex-"
        yield prefix, (heading, *lines[start + 1 : end])


def annex_name(order: int) -> str:
    """What an annex is called in ids, by its place among the annexes, from 1.

    >>> annex_name(1), annex_name(4)
    ('i', 'iv')
    """
    return to_roman(order).lower() if order <= _ROMAN else str(order)


def _labelled(line: Line) -> Line:
    """A line with its label and its markers in its text, as those of a dump have them."""
    if not (line.label or line.markers):
        return line
    text = marked(line.text, line.markers)
    return line._replace(text=f"{line.label} {text}" if line.label else text)


def _behind_the_text(units: Sequence[Unit], language: Language) -> tuple[str, ...]:
    """What stands without a number behind a text that has ended: a close of some other wording."""
    last = next((at for at in reversed(range(len(units))) if units[at].number), len(units))
    tail = units[last + 1 :]
    if not tail or len(tail) > _TAIL:
        return ()
    if not language.sentence_end.search(ending(units[last].text)):
        return ()
    short = all(len(u.text) <= _LINE and not is_whole(u.text, language) for u in tail)
    return tuple(u.text for u in tail) if short else ()


def _refuse_fragments(source: str, units: Sequence[Unit], language: Language) -> None:
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
    if not is_whole(last.text, language):
        raise UnreadableSource(
            source,
            f"the text breaks off in operative paragraph {last.number}: …{last.text[-20:]}",
        )
