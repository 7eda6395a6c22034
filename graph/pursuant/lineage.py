"""How the language of paragraphs came down through a series of resolutions.

A series is the same subject year after year. A lineage is one paragraph of it, through all the
texts in which it came back; language that a text left out and a later one took up again is one
lineage with a gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pursuant.aligning import align
from pursuant.errors import BadQuery
from pursuant.table import Table
from pursuant.wording import body

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pursuant.document import Document, Paragraph


@dataclass(frozen=True, slots=True)
class Step:
    """A paragraph of a lineage in one document.

    Attributes:
        document: symbol, or the name of the source where it has none.
        likeness: with the step before, from 0 to 1; None at the first.
    """

    document: str
    paragraph: Paragraph
    likeness: float | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """One paragraph through a series of documents, the earliest first."""

    steps: tuple[Step, ...]

    @property
    def agreed_since(self) -> str:
        """The document since which its words have not changed."""
        text = body(self.steps[-1].paragraph.text)
        same = self.steps[-1]
        for step in reversed(self.steps):
            if body(step.paragraph.text) != text:
                break
            same = step
        return same.document


@dataclass(frozen=True, slots=True)
class Series:
    """Documents in the order of their adoption, and the lineages of their paragraphs.

    Lineages stand in the order of the last document, then those that had ended before it.
    """

    documents: tuple[str, ...]
    lineages: tuple[Lineage, ...]

    def to_table(self) -> Table:
        """A row for each lineage: where it stands in each document, and since when unchanged."""
        columns = (*self.documents, "versions", "agreed since", "text")
        return Table(columns, tuple(self._row(lineage) for lineage in self.lineages))

    def to_json(self) -> dict[str, Any]:
        """The series as a JSON object."""
        return {
            "documents": list(self.documents),
            "lineages": [
                {
                    "agreed_since": lineage.agreed_since,
                    "steps": [
                        {
                            "document": step.document,
                            "unit": step.paragraph.id,
                            "likeness": step.likeness,
                            "text": step.paragraph.text,
                        }
                        for step in lineage.steps
                    ],
                }
                for lineage in self.lineages
            ],
        }

    def _row(self, lineage: Lineage) -> tuple[str | int | None, ...]:
        units = {step.document: step.paragraph.id for step in lineage.steps}
        versions = len({body(step.paragraph.text) for step in lineage.steps})
        text = lineage.steps[-1].paragraph.text
        return (*map(units.get, self.documents), versions, lineage.agreed_since, text)


def lineages(documents: Iterable[Document]) -> Series:
    r"""How each paragraph's language came down through a series.

    Args:
        documents: of one language, in any order; those without a date stay where they stand.

    >>> from pursuant import extract
    >>> text = "A/RES/80/1. A\n大会，\n 1. 鼓励会员国合作；\n 2. 请秘书长报告。"
    >>> later = text.replace("80/1", "81/1").replace("秘书长报告", "秘书长再次报告")
    >>> series = lineages(extract(each.encode()) for each in (text, later))
    >>> [(line.steps[-1].paragraph.id, line.agreed_since) for line in series.lineages]
    [('op1', 'A/RES/80/1'), ('op2', 'A/RES/81/1')]

    Raises:
        BadQuery: the documents are not of one language.
    """
    ordered = _ordered(list(documents))
    found: list[list[Step]] = []
    names = _names(ordered)
    for name, document in zip(names, ordered, strict=True):
        _continue(found, name, document.paragraphs)
    last = names[-1] if names else ""
    living = [steps for steps in found if steps[-1].document == last]
    living.sort(key=lambda steps: _place(ordered[-1], steps[-1].paragraph))
    ended = [steps for steps in found if steps[-1].document != last]
    return Series(names, tuple(Lineage(tuple(steps)) for steps in [*living, *ended]))


def _ordered(documents: Sequence[Document]) -> list[Document]:
    languages = sorted({document.language for document in documents})
    if len(languages) > 1:
        raise BadQuery(
            f"lineages are of words, so the texts must be in one language, not {languages}"
        )
    if all(document.adopted for document in documents):
        return sorted(documents, key=lambda document: document.adopted or "")
    return list(documents)


def _names(documents: Sequence[Document]) -> tuple[str, ...]:
    """A name for each document; a second one of the same symbol is told by its place."""
    names: list[str] = []
    for place, document in enumerate(documents, 1):
        name = document.symbol or document.source
        names.append(f"{name} ({place})" if name in names else name)
    return tuple(names)


def _continue(found: list[list[Step]], name: str, paragraphs: Sequence[Paragraph]) -> None:
    """Puts each paragraph of a document behind the lineage that it continues, or begins one."""
    tips = [steps[-1].paragraph.text for steps in found]
    matched = {match.after: match for match in align(tips, [p.text for p in paragraphs])}
    for place, paragraph in enumerate(paragraphs):
        match = matched.get(place)
        if match is None:
            found.append([Step(name, paragraph, None)])
        else:
            found[match.before].append(Step(name, paragraph, match.likeness))


def _place(document: Document, paragraph: Paragraph) -> int:
    return document.paragraphs.index(paragraph)
