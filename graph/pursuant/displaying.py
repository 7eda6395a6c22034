"""What a notebook shows of a document and of a paragraph: its words, and what they invoke and ask.

The words that prove a citation are marked where they stand; those of a footnote are told below.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pursuant.document import Document, Status
from pursuant.ontology import ontology
from pursuant.rendering import TEMPLATES, environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pursuant.document import Citation, CitationEvidence, Paragraph

# Resolved, ambiguous and unresolved words are told apart without their colour, too.
_LINES = {
    Status.RESOLVED: "solid #1769aa",
    Status.AMBIGUOUS: "dashed #a05a00",
    Status.UNRESOLVED: "dotted #b00020",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """HTML that a notebook displays."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


class Words:
    """The words round a text: of the vocabularies in a language, or their notations.

    Without a language, concepts are told as in the tables and in JSON: "recall", "unresolved", with
    the English sentence that says why.
    """

    def __init__(self, language: str | None = None) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """A word or two of `display.toml` with their values."""
        told = _words()[key]
        return told.get(self.language or "en", told["en"]).format(**values)

    def concept(self, scheme: str, notation: str) -> str:
        """What a concept is called."""
        if self.language is None:
            return notation
        labels = _labels(scheme).get(notation, {})
        return labels.get(self.language) or labels.get("en") or notation

    def reason(self, citation: Citation) -> str:
        """Why it is not known what is cited."""
        kind = citation.reason_kind
        told = self.concept("reason", kind) if self.language and kind else citation.reason
        return told or ""

    def target(self, citation: Citation) -> str:
        """What is cited, or why that is not known."""
        pinpoint = f", {citation.pinpoint}" if citation.pinpoint else ""
        if citation.target:
            return f"{citation.target}{pinpoint}"
        candidates = self("or").join(citation.candidates)
        status = self.concept("resolution", citation.status)
        return f"{status}: {candidates or self.reason(citation)}{pinpoint}"

    def invoked(self, citation: Citation) -> str:
        """How and what: "recall → A/RES/72/194"."""
        return f"{self.concept('citation-function', citation.function)} → {self.target(citation)}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph's text, and the citations whose words it is part of."""

    text: str
    citations: tuple[Citation, ...] = ()

    def told(self, words: Words) -> str:
        """What is cited and how: "recall → A/RES/72/194"."""
        return "; ".join(map(words.invoked, self.citations))

    @property
    def line(self) -> str:
        """How it is underlined, as CSS has it."""
        worst = max((c.status for c in self.citations), key=list(_LINES).index)
        return _LINES[worst]


def show(shown: Document | Paragraph, language: str = "en") -> Shown:
    """A document or a paragraph in a notebook, with the words round it in a language.

    Args:
        shown: what is shown.
        language: of what is said of it: functions, forces, reasons of doubt; English where there
            are no words in it. The text stays in its own.

    >>> import pursuant
    >>> shown = show(pursuant.extract(pursuant.SAMPLE)["op24"], "zh").html
    >>> 'title="作为义务来源 → crc"' in shown
    True
    """
    if isinstance(shown, Document):
        return Shown(document_html(shown, language))
    return Shown(paragraph_html(shown, language))


def paragraph_html(paragraph: Paragraph, language: str | None = None) -> str:
    """A paragraph as HTML: marked words, footnote numbers, and a line for each thing asked.

    >>> import pursuant
    >>> shown = paragraph_html(pursuant.extract(pursuant.SAMPLE)["op24"])
    >>> 'title="legal-obligation → crc"' in shown
    True
    """
    page = environment().get_template("paragraph.html")
    return page.render(paragraph=paragraph, pieces=list(pieces(paragraph)), w=Words(language))


def document_html(document: Document, language: str | None = None) -> str:
    """A document as HTML: what it is, and all its paragraphs."""
    page = environment().get_template("document.html")
    shown = (paragraph_html(each, language) for each in document.paragraphs)
    return page.render(document=document, shown=shown, w=Words(language))


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((TEMPLATES / "display.toml").read_text(encoding="utf-8"))


@cache
def _labels(scheme: str) -> Mapping[str, Mapping[str, str]]:
    return {each.notation: each.labels for each in ontology().schemes[scheme].concepts}


def pieces(paragraph: Paragraph) -> Iterator[Piece]:
    """The text of a paragraph in stretches, each with the citations that cover it."""
    found = [(e, c) for c in paragraph.citations for e in c.evidence if _is_here(e, paragraph)]
    cuts = {0, len(paragraph.text), *(place for e, _ in found for place in (e.start, e.end))}
    for start, end in pairwise(sorted(cuts)):
        covering = tuple(c for e, c in found if e.start <= start and end <= e.end)
        yield Piece(paragraph.text[start:end], covering)


def _is_here(evidence: CitationEvidence, paragraph: Paragraph) -> bool:
    return evidence.unit == paragraph.id
