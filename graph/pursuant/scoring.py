"""Compares what was read from a dump with what the editors marked: exact texts, linked citations.

A hyperlink is what editors marked, not all that a paragraph cites. So `found` over `linked` is the
recall, and the share of what was found that carries a link is a lower bound of the precision.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pursuant.document import Part, Status
from pursuant.symbol import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pursuant.document import Document, Paragraph
    from pursuant.marked import Marked, MarkedUnit

FACTS = ("symbol", "language", "title", "adopted", "adoptedBy")
OTHER = "document"
_RESOLUTION = re.compile(r"(?P<body>[ASE]|A/HRC|A/C\.\d)/RES/")
_SECURITY_COUNCIL = re.compile(r"(S/RES/\d+).*")
_LETTER = re.compile(r"([AE]/RES/[^ ]{0,40}\d) ?[A-Z](?:-[A-Z])?")
# The rules that read a number or symbol; the others know an instrument by its name.
_BY_NUMBER = frozenset({"number", "symbol"})
_EXCERPT = 160  # characters


@dataclass(frozen=True, slots=True)
class ParagraphScore:
    """What was found of one paragraph.

    Attributes:
        unit: "pp3" or "op3(a)": its part, with its place or its number.
        exact: whether a paragraph with this text, spaces aside, was read.
        found: symbols that are linked, and were cited.
        missed: symbols that are linked, and were not.
        unlinked: resolutions that were cited and are not linked.
        named: those of the unlinked that are cited by a title alone, which editors seldom link.
        text: how the paragraph begins.
    """

    unit: str
    exact: bool
    found: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """What was found of one document.

    Attributes:
        right: for each fact (FACTS) that the dump tells, whether it was read right.
        printed: number of paragraphs that were read.
        problem: why nothing was read, if so.
    """

    document: str
    language: str
    right: dict[str, bool]
    paragraphs: tuple[ParagraphScore, ...]
    printed: int
    problem: str | None = None

    def to_json(self) -> dict[str, Any]:
        """A JSON object; `from_json` takes it back."""
        return {
            "document": self.document,
            "language": self.language,
            "right": self.right,
            "printed": self.printed,
            "problem": self.problem,
            "paragraphs": [
                [
                    p.unit,
                    p.exact,
                    list(p.found),
                    list(p.missed),
                    list(p.unlinked),
                    list(p.named),
                    p.text,
                ]
                for p in self.paragraphs
            ],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> DocumentScore:
        """The score in a JSON object.

        Raises:
            KeyError: something is missing.
        """
        paragraphs = (
            ParagraphScore(
                unit, exact, tuple(found), tuple(missed), tuple(unlinked), tuple(named), text
            )
            for unit, exact, found, missed, unlinked, named, text in value["paragraphs"]
        )
        fields = {name: value[name] for name in ("document", "language", "right", "printed")}
        return cls(paragraphs=tuple(paragraphs), problem=value["problem"], **fields)


def score(
    marked: Marked, document: Document | None, *, dated: bool = False, problem: str | None = None
) -> DocumentScore:
    """How a document was read.

    Args:
        marked: what its editors marked.
        document: what was read, or None where nothing could be.
        dated: whether the dump tells the date of adoption.
        problem: why nothing was read, if so.
    """
    paragraphs = document.paragraphs if document else ()
    kept = [p for p in paragraphs if p.part in (Part.PREAMBLE, Part.OPERATIVE)]
    cited: dict[str, dict[str, bool]] = {}
    for paragraph in kept:
        known = cited.setdefault(bare(paragraph.text), {})
        for target, by_number in _targets(paragraph):
            known[target] = known.get(target, False) or by_number
    own = same(marked.symbol)
    return DocumentScore(
        document=marked.symbol,
        language=marked.language,
        right=_right(marked, document, dated=dated),
        paragraphs=tuple(
            _paragraph(marked, unit, name, cited, own)
            for name, unit in _named(marked.units)
            if unit.text
        ),
        printed=len(kept),
        problem=problem,
    )


def _right(marked: Marked, document: Document | None, *, dated: bool) -> dict[str, bool]:
    right = {
        "symbol": same(document.symbol or "") == same(marked.symbol) if document else False,
        "language": document is not None and document.language == marked.language,
        "title": document is not None and _heading(document.title or "") == _heading(marked.title),
        "adoptedBy": document is not None and document.adopted_by == marked.body,
    }
    if dated and marked.adopted:
        right["adopted"] = document is not None and document.adopted == marked.adopted
    return right


def _named(units: Iterable[MarkedUnit]) -> Iterator[tuple[str, MarkedUnit]]:
    """The units with names that are the same whatever was read: by place, or by number."""
    taken: dict[str, int] = {}
    for unit in units:
        name = f"op{unit.number or ''}" if unit.part is Part.OPERATIVE else "pp"
        taken[name] = taken.get(name, 0) + 1
        if unit.part is Part.PREAMBLE:
            yield f"pp{taken[name]}", unit
        else:
            yield name if taken[name] == 1 else f"{name}#{taken[name]}", unit


def _paragraph(
    marked: Marked, unit: MarkedUnit, name: str, cited: dict[str, dict[str, bool]], own: str
) -> ParagraphScore:
    key = bare(unit.text)
    expected = {same(symbol) for symbol in marked.cited(unit)} - {own}
    read = cited.get(key, {})
    found = set(read) - {own}
    unlinked = set() if unit.opaque else {s for s in found - expected if kind(s) != OTHER}
    return ParagraphScore(
        unit=name,
        exact=key in cited,
        found=tuple(sorted(expected & found)),
        missed=tuple(sorted(expected - found)),
        unlinked=tuple(sorted(unlinked)),
        named=tuple(sorted(symbol for symbol in unlinked if not read[symbol])),
        text=unit.text[:_EXCERPT] if key not in cited or expected - found or unlinked else "",
    )


def _targets(paragraph: Paragraph) -> Iterator[tuple[str, bool]]:
    """What a paragraph is read to cite, and whether a number or symbol says so."""
    for citation in paragraph.citations:
        if citation.target and citation.status is Status.RESOLVED:
            by_number = any(words.rule in _BY_NUMBER for words in citation.evidence)
            yield same(citation.target), by_number


def bare(text: str) -> str:
    """A text without the differences that only typesetting makes: width and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _heading(title: str) -> str:
    """A title without the dash that stands between number and title in some languages."""
    return bare(title).lstrip("-–—.")


def same(symbol: str) -> str:
    """A symbol as links give it: no year behind a Security Council number, no part letter.

    >>> same("S/RES/2178 (2014)"), same("A/RES/53/243 A"), same("A/RES/217 A(III)")
    ('S/RES/2178', 'A/RES/53/243', 'A/RES/217 A(III)')
    """
    whole = canonical(symbol).upper()
    for pattern in (_SECURITY_COUNCIL, _LETTER):
        if found := pattern.fullmatch(whole):
            return found[1]
    return whole


def kind(symbol: str) -> str:
    """The body whose resolution a symbol is ("A", "S", "E", "A/HRC"), or "document".

    >>> kind("S/RES/2178"), kind("A/HRC/RES/37/42"), kind("A/75/729")
    ('S', 'A/HRC', 'document')
    """
    found = _RESOLUTION.match(symbol)
    return found["body"] if found else OTHER
