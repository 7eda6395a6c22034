"""Compares texts that say the same: in two languages, a resolution invokes the same instruments.

Where it does not, one of the two was read wrong, or the translation differs. No hyperlink is needed
to see it; paragraphs are held side by side by their part and number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from pursuant import dumping
from pursuant.batching import spread
from pursuant.document import Kind, Part, Status
from pursuant.errors import PursuantError
from pursuant.evaluating import attempt, gather
from pursuant.scoring import OTHER, kind
from pursuant.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pursuant.document import Document, Paragraph
    from pursuant.marked import Marked

_COLUMNS = (
    *("languages", "documents", "paragraphs", "equal", "percent"),
    *("equal resolutions", "percent resolutions"),
)
_DIFFERENCES = ("document", "languages", "unit", "only first", "only second", "first", "second")
_EXCERPT = 160  # characters


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph of one expression: its id, what it invokes, how it begins."""

    unit: str
    targets: frozenset[str]
    text: str

    @property
    def resolutions(self) -> frozenset[str]:
        """The resolutions among what it invokes."""
        return frozenset(target for target in self.targets if kind(target) != OTHER)


@dataclass(frozen=True, slots=True)
class Expression:
    """One resolution in one language: paragraphs by the section that they stand in.

    Attributes:
        sections: by "pp", "op1", "op2" ..., the paragraph and its points.
    """

    document: str
    language: str
    sections: Mapping[str, tuple[Side, ...]]


Pair = tuple[Side | None, Side | None]


@dataclass(frozen=True, slots=True)
class Parallel:
    """Some resolutions, each in several languages."""

    expressions: tuple[Expression, ...]

    def pairs(self) -> Iterator[tuple[str, tuple[str, str], list[Pair]]]:
        """Document, two languages, and the paragraphs of the two side by side."""
        by_document: dict[str, dict[str, Expression]] = defaultdict(dict)
        for expression in self.expressions:
            by_document[expression.document][expression.language] = expression
        for document, found in sorted(by_document.items()):
            for first, second in combinations(sorted(found), 2):
                aligned = list(align(found[first].sections, found[second].sections))
                yield document, (first, second), aligned

    def to_table(self) -> Table:
        """For each two languages, how many paragraphs give the same instruments in both."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for _, languages, aligned in self.pairs():
            for name in ("-".join(languages), "all"):
                counts[name]["documents"] += 1
                counts[name]["paragraphs"] += len(aligned)
                counts[name]["equal"] += sum(map(_is_equal, aligned))
                counts[name]["resolutions"] += sum(map(_has_equal_resolutions, aligned))
        in_order = sorted(counts.items(), key=lambda item: (item[0] == "all", item[0]))
        return Table(_COLUMNS, tuple(_row(name, count) for name, count in in_order))

    def differences(self) -> Table:
        """The paragraphs that do not give the same instruments, with what only one of them has."""
        rows = [
            (document, "-".join(languages), *_difference(first, second))
            for document, languages, aligned in self.pairs()
            for first, second in aligned
            if not _is_equal((first, second))
        ]
        return Table(_DIFFERENCES, tuple(rows))


def parallel(
    folder: Path,
    only: Collection[str] = (),
    seed: int = 0,
    *,
    track: Callable[[Iterable[Expression], int], Iterable[Expression]] = lambda items, _: items,
) -> Parallel:
    """Reads the Akoma Ntoso files of a folder as text dumps, to compare the languages.

    Args:
        folder: where the files are.
        only: languages to compare, all if empty.
        seed: chooses what varies in the dumps.
        track: told of the expressions as they are read, and of their number.

    Raises:
        PursuantError: no resolution is there in two languages.
    """
    documents = gather(folder, only, Counter())
    count = Counter(document.symbol for document in documents)
    several = [document for document in documents if count[document.symbol] > 1]
    if not several:
        raise PursuantError(f"{folder} holds no resolution in two languages")
    read = spread(partial(_expression, seed=seed), several)
    return Parallel(tuple(track(read, len(several))))


def _expression(document: Marked, seed: int) -> Expression:
    read, _ = attempt(dumping.dump(document, seed), f"{document.path}.txt")
    return Expression(document.symbol, document.language, sections(read) if read else {})


def sections(document: Document) -> dict[str, tuple[Side, ...]]:
    """The paragraphs of a document by part and number, points with the paragraph they belong to."""
    found: dict[str, list[Side]] = defaultdict(list)
    for paragraph in document.paragraphs:
        if paragraph.is_heading:
            continue  # one stands where an editor put it, and has no number to find it by
        name = paragraph.id.split("-")[0] if paragraph.part is not Part.PREAMBLE else "pp"
        found[name].append(Side(paragraph.id, _targets(paragraph), paragraph.text[:_EXCERPT]))
    return {name: tuple(sides) for name, sides in found.items()}


def _targets(paragraph: Paragraph) -> frozenset[str]:
    return frozenset(
        citation.target
        for citation in paragraph.citations
        if citation.target
        and citation.status is Status.RESOLVED
        and citation.kind is Kind.INSTRUMENT
    )


def align(
    first: Mapping[str, Sequence[Side]], second: Mapping[str, Sequence[Side]]
) -> Iterator[Pair]:
    """The paragraphs of two expressions side by side; None beside one that has no counterpart."""
    for name in dict.fromkeys([*first, *second]):
        a, b = first.get(name, ()), second.get(name, ())
        if len(a) == len(b):
            yield from zip(a, b, strict=True)
        else:
            yield from _aligned(a, b)


def _aligned(a: Sequence[Side], b: Sequence[Side]) -> Iterator[Pair]:
    """Paragraphs that invoke the same side by side, in their order, and the others alone."""
    matcher = SequenceMatcher(None, [s.targets for s in a], [s.targets for s in b], autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(a[i:i_end], b[j:j_end], strict=True)
        else:
            yield from ((side, None) for side in a[i:i_end])
            yield from ((None, side) for side in b[j:j_end])


def _is_equal(pair: Pair) -> bool:
    first, second = pair
    return first is not None and second is not None and first.targets == second.targets


def _has_equal_resolutions(pair: Pair) -> bool:
    first, second = pair
    return first is not None and second is not None and first.resolutions == second.resolutions


def _row(name: str, count: Counter[str]) -> tuple[str | int | float, ...]:
    whole = count["paragraphs"] or 1
    shares = (
        (count[what], round(100 * count[what] / whole, 2)) for what in ("equal", "resolutions")
    )
    (equal, percent), (resolutions, percent_resolutions) = shares
    numbers = count["documents"], count["paragraphs"]
    return name, *numbers, equal, percent, resolutions, percent_resolutions


def _difference(first: Side | None, second: Side | None) -> tuple[str | tuple[str, ...], ...]:
    side = first or second
    a, b = (each.targets if each else frozenset() for each in (first, second))
    texts = (each.text if each else "" for each in (first, second))
    return side.unit if side else "", tuple(sorted(a - b)), tuple(sorted(b - a)), *texts
