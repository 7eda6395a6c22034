"""From the pages of a source to the structure of a resolution: frame, paragraphs, notes.

What is said around the paragraphs is read by `framing`, the paragraphs themselves by `paragraphs`,
and the places where notes hang by `anchoring`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pursuant.anchoring import anchor, marked
from pursuant.document import Part
from pursuant.errors import UnreadableSource
from pursuant.framing import Frame, read_frame
from pursuant.paging import Line, Pages, join
from pursuant.paragraphs import Unit, is_whole, read_paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pursuant.languages import Language


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
    framed = read_frame(pages.body, language)
    units = read_paragraphs([_labelled(line) for line in framed.body], language)
    _refuse_fragments(source, units, language)
    notes = {number: join(lines) for number, lines in pages.notes.items()}
    return Outline(
        framed.frame,
        anchor(units, notes, given=pages.marked, spaced=language.spaced),
        notes,
        tuple(pages.links),
        framed.furniture,
    )


def _labelled(line: Line) -> Line:
    """A line with its label and its markers in its text, as those of a dump have them."""
    if not (line.label or line.markers):
        return line
    text = marked(line.text, line.markers)
    return replace(line, text=f"{line.label} {text}" if line.label else text)


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
