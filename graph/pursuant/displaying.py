"""What a notebook shows of a document and of a paragraph: its words, and what they invoke and ask.

The words that prove a citation are marked where they stand; those of a footnote are told below.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pursuant.document import Status
from pursuant.rendering import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pursuant.document import Citation, CitationEvidence, Document, Paragraph

# Resolved, ambiguous and unresolved words are told apart without their colour, too.
_LINES = {
    Status.RESOLVED: "solid #1769aa",
    Status.AMBIGUOUS: "dashed #a05a00",
    Status.UNRESOLVED: "dotted #b00020",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph's text, and the citations whose words it is part of."""

    text: str
    citations: tuple[Citation, ...] = ()

    @property
    def told(self) -> str:
        """What is cited and how: "recall → A/RES/72/194"."""
        return "; ".join(f"{c.function} → {_target(c)}" for c in self.citations)

    @property
    def line(self) -> str:
        """How it is underlined, as CSS has it."""
        worst = max((c.status for c in self.citations), key=list(_LINES).index)
        return _LINES[worst]


def paragraph_html(paragraph: Paragraph) -> str:
    """A paragraph as HTML: marked words, footnote numbers, and a line for each thing asked.

    >>> import pursuant
    >>> shown = paragraph_html(pursuant.extract(pursuant.SAMPLE)["op24"])
    >>> 'title="legal-obligation → crc"' in shown
    True
    """
    page = environment().get_template("paragraph.html")
    return page.render(paragraph=paragraph, pieces=list(pieces(paragraph)), target=_target)


def document_html(document: Document) -> str:
    """A document as HTML: what it is, and all its paragraphs."""
    page = environment().get_template("document.html")
    return page.render(document=document, shown=map(paragraph_html, document.paragraphs))


def pieces(paragraph: Paragraph) -> Iterator[Piece]:
    """The text of a paragraph in stretches, each with the citations that cover it."""
    found = [(e, c) for c in paragraph.citations for e in c.evidence if _is_here(e, paragraph)]
    cuts = {0, len(paragraph.text), *(place for e, _ in found for place in (e.start, e.end))}
    for start, end in pairwise(sorted(cuts)):
        covering = tuple(c for e, c in found if e.start <= start and end <= e.end)
        yield Piece(paragraph.text[start:end], covering)


def _is_here(evidence: CitationEvidence, paragraph: Paragraph) -> bool:
    return evidence.unit == paragraph.id


def _target(citation: Citation) -> str:
    pinpoint = f", {citation.pinpoint}" if citation.pinpoint else ""
    if citation.target:
        return f"{citation.target}{pinpoint}"
    candidates = " or ".join(citation.candidates)
    return f"{citation.status}: {candidates or citation.reason}{pinpoint}"
