"""Compares the hyperlinks that a source carries with the citations found in its text.

The two were made apart from each other, so where they agree both are trusted, and where they do not
somebody should look: a link that no words cite, or a citation that the publisher did not link.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pursuant.document import Kind, Status
from pursuant.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pursuant.document import Citation, Document

# The rules that read a number or symbol; the others know an instrument by its name.
_BY_SYMBOL = frozenset({"number", "symbol"})


@dataclass(frozen=True, slots=True)
class Unlinked:
    """An instrument that is cited without a hyperlink.

    Attributes:
        target: its symbol, or its slug in the register.
        paragraphs: ids of the paragraphs that cite it, in their order.
        by_symbol: whether a number or symbol is printed, which a publisher would link.
    """

    target: str
    paragraphs: tuple[str, ...]
    by_symbol: bool


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Where the hyperlinks and the citations of a document agree, and where they do not.

    Attributes:
        agreed: by symbol of a link, the paragraphs that cite it.
        without_citation: symbols that are linked and not cited.
        without_link: instruments that are cited and not linked.
        repeated: symbols that are linked more than once.
        differing: (linked, read as, paragraph) where a link's own words name another document.
    """

    agreed: dict[str, tuple[str, ...]]
    without_citation: tuple[str, ...]
    without_link: tuple[Unlinked, ...]
    repeated: tuple[str, ...]
    differing: tuple[tuple[str, str, str], ...] = ()

    def to_table(self) -> Table:
        """A row for each difference: its kind, the symbol, the paragraphs that cite it."""
        return Table(("kind", "symbol", "paragraphs"), tuple(self._rows()))

    def _rows(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        yield from (("linked, not cited", symbol, ()) for symbol in self.without_citation)
        for item in self.without_link:
            kind = "cited, not linked" if item.by_symbol else "named by title, not linked"
            yield kind, item.target, item.paragraphs
        for symbol in self.repeated:
            yield "linked more than once", symbol, self.agreed.get(symbol, ())
        for linked, read, unit in self.differing:
            yield f"linked from words that read {read}", linked, (unit,)


def reconcile_all(documents: Iterable[Document]) -> Table:
    """The differences in each of some documents, one after another."""
    rows = [
        (document.symbol or document.source, *row)
        for document in documents
        for row in reconcile(document).to_table().rows
    ]
    return Table(("document", "kind", "symbol", "paragraphs"), tuple(rows))


def reconcile(document: Document) -> Reconciliation:
    """The hyperlinks of a document beside its citations.

    A link without part letter (A/RES/53/243) covers the parts that are cited (A/RES/53/243 A).
    """
    links = Counter(document.links)
    agreed: dict[str, list[str]] = {}
    unlinked: dict[str, list[tuple[str, bool]]] = {}
    for unit, target, citation in _cited(document):
        if link := next((link for link in (target, _whole(target)) if link in links), None):
            agreed.setdefault(link, []).append(unit)
        else:
            by_symbol = any(e.rule in _BY_SYMBOL for e in citation.evidence)
            unlinked.setdefault(target, []).append((unit, by_symbol))
    return Reconciliation(
        agreed={link: tuple(dict.fromkeys(units)) for link, units in agreed.items()},
        without_citation=tuple(link for link in links if link not in agreed),
        without_link=tuple(
            Unlinked(target, tuple(dict.fromkeys(u for u, _ in found)), any(s for _, s in found))
            for target, found in unlinked.items()
        ),
        repeated=tuple(link for link, count in links.items() if count > 1),
        differing=tuple((d.linked, d.read, d.unit) for d in document.disagreements),
    )


def _cited(document: Document) -> Iterator[tuple[str, str, Citation]]:
    for paragraph in document.paragraphs:
        for citation in paragraph.citations:
            known = citation.status is Status.RESOLVED and citation.kind is Kind.INSTRUMENT
            if known and citation.target:
                yield paragraph.id, citation.target, citation


def _whole(symbol: str) -> str:
    """A resolution's symbol without the letter of its part.

    >>> _whole("A/RES/53/243 A"), _whole("A/RES/72/194"), _whole("A/RES/377 A(V)")
    ('A/RES/53/243', 'A/RES/72/194', 'A/RES/377 A(V)')
    """
    whole, _, letter = symbol.rpartition(" ")
    return whole if len(letter) == 1 and letter.isupper() else symbol
