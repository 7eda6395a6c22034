"""What became of a text in a later one: paragraph by paragraph, in words, citations and mandates.

Two documents of one language are aligned by their words, so that a paragraph is found where it
moved to. In two languages paragraphs are paired by their numbers, and words are not compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from pursuant.aligning import Match, align
from pursuant.strengths import rank
from pursuant.symbol import slug
from pursuant.table import Table
from pursuant.wording import Change, body, differences, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pursuant.document import Citation, Document, Mandate, Paragraph

State = Literal["same", "changed", "added", "removed"]
CITED = ("gained", "lost", "other function")
ASKED = ("gained", "lost", "strengthened", "weakened", "changed", "same")
COLUMNS = ("before", "after", "state", "moved", "likeness", "wording", "citations", "mandates")


@dataclass(frozen=True, slots=True)
class CitationChange:
    """An instrument or group that only one of two paragraphs invokes, or both in other ways."""

    target: str
    kind: Literal["gained", "lost", "other function"]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class MandateChange:
    """What became of a mandate: by force first, then by modality, then by anything else.

    Attributes:
        addressees: slugs of who is asked, later if both ask.
        before: the earlier mandate, None where it is new.
        after: the later one, None where it is gone.
    """

    kind: Literal["gained", "lost", "strengthened", "weakened", "changed", "same"]
    addressees: tuple[str, ...]
    before: Mandate | None
    after: Mandate | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph and what became of it; one of the two is None where it is new or gone.

    Attributes:
        likeness: how much of the words is the same, from 0 to 1; None for two languages.
        moved: whether it stands in another order.
        words: the changes from one wording to the other.
    """

    before: Paragraph | None
    after: Paragraph | None
    likeness: float | None
    moved: bool
    words: tuple[Change, ...]
    citations: tuple[CitationChange, ...]
    mandates: tuple[MandateChange, ...]

    @property
    def state(self) -> State:
        """Whether the paragraph is new, gone, changed or the same but for its final mark."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        if self.likeness is None:
            is_same = not self.citations and all(m.kind == "same" for m in self.mandates)
        else:
            is_same = body(self.before.text) == body(self.after.text)
        return "same" if is_same else "changed"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents, paragraph by paragraph, in the order of the later one."""

    before: Document
    after: Document
    pairs: tuple[Pair, ...]

    @property
    def gained(self) -> tuple[str, ...]:
        """What only the later document invokes."""
        return _missing(self.after, self.before)

    @property
    def lost(self) -> tuple[str, ...]:
        """What only the earlier document invokes."""
        return _missing(self.before, self.after)

    def to_table(self) -> Table:
        """A row for each pair; removed words stand in [-…-], added ones in {+…+}."""
        return Table(COLUMNS, tuple(_row(pair) for pair in self.pairs))

    def to_json(self) -> dict[str, Any]:
        """The comparison as a JSON object."""
        return {
            "before": _about(self.before),
            "after": _about(self.after),
            "citations": {"gained": list(self.gained), "lost": list(self.lost)},
            "paragraphs": [_pair_to_json(pair) for pair in self.pairs],
        }


def compare(before: Document, after: Document) -> Comparison:
    r"""What became of a document's paragraphs, citations and mandates in another document.

    Args:
        before: the earlier document.
        after: the later one.

    >>> from pursuant import extract
    >>> text = "A/RES/80/1. A\n大会，\n 1. 鼓励会员国考虑合作；\n 2. 请秘书长报告。"
    >>> old = extract(text.encode())
    >>> new = extract(text.replace("鼓励会员国考虑", "敦促会员国").encode())
    >>> for pair in compare(old, new).pairs:
    ...     print(pair.after.id, pair.before.id, pair.moved, [m.kind for m in pair.mandates])
    op1 op1 False ['strengthened']
    op2 op2 False ['same']
    """
    old, new = before.paragraphs, after.paragraphs
    if before.language == after.language:
        matches = align([p.text for p in old], [p.text for p in new])
    else:
        matches = _by_number(old, new)
    pairs = _in_reading_order(old, new, matches)
    worded = before.language == after.language
    return Comparison(before, after, tuple(_pair(*pair, worded) for pair in pairs))


def _by_number(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Match]:
    places = {paragraph.id: index for index, paragraph in enumerate(old)}
    return [
        Match(places[paragraph.id], index, 1.0)
        for index, paragraph in enumerate(new)
        if paragraph.id in places
    ]


def _in_reading_order(
    old: Sequence[Paragraph], new: Sequence[Paragraph], matches: Iterable[Match]
) -> Iterator[tuple[Paragraph | None, Paragraph | None, bool]]:
    """All paragraphs in the later text's order; what is gone stands behind what it followed."""
    by_after = {match.after: match for match in matches}
    gone = set(range(len(old))) - {match.before for match in by_after.values()}
    passed = iter(sorted(gone))
    waiting = next(passed, None)
    for index, paragraph in enumerate(new):
        match = by_after.get(index)
        while match and not match.moved and waiting is not None and waiting < match.before:
            yield old[waiting], None, False
            waiting = next(passed, None)
        yield (old[match.before] if match else None), paragraph, bool(match and match.moved)
    for place in chain([] if waiting is None else [waiting], passed):
        yield old[place], None, False


def _pair(before: Paragraph | None, after: Paragraph | None, moved: bool, worded: bool) -> Pair:
    first, second = (before.text if before else ""), (after.text if after else "")
    alike = likeness(first, second) if worded and before and after else None
    return Pair(
        before,
        after,
        alike,
        moved,
        differences(first, second) if worded or not (before and after) else (),
        tuple(_citations(_cited(before), _cited(after))),
        tuple(_mandates(_asked(before), _asked(after))),
    )


def _asked(paragraph: Paragraph | None) -> tuple[Mandate, ...]:
    return paragraph.mandates if paragraph else ()


def _cited(paragraph: Paragraph | None) -> dict[str, Citation]:
    """Citations of a paragraph by their target; a paragraph's own document is no change."""
    citations = paragraph.citations if paragraph else ()
    return {c.target: c for c in citations if c.target and c.kind != "self"}


def _citations(
    before: Mapping[str, Citation], after: Mapping[str, Citation]
) -> Iterator[CitationChange]:
    for target in dict.fromkeys([*before, *after]):
        old = before[target].function if target in before else None
        new = after[target].function if target in after else None
        if old is None:
            yield CitationChange(target, "gained", None, new)
        elif new is None:
            yield CitationChange(target, "lost", old, None)
        elif old != new:
            yield CitationChange(target, "other function", old, new)


def _mandates(before: Sequence[Mandate], after: Sequence[Mandate]) -> Iterator[MandateChange]:
    """Mandates of two paragraphs, paired by who is asked, then by their words."""
    old = list(before)
    for mandate in after:
        earlier = max(old, key=lambda each: _nearness(each, mandate), default=None)
        if earlier is None or not _nearness(earlier, mandate)[0]:
            yield MandateChange("gained", mandate.addressees, None, mandate)
            continue
        old.remove(earlier)
        yield MandateChange(_became(earlier, mandate), mandate.addressees, earlier, mandate)
    for mandate in old:
        yield MandateChange("lost", mandate.addressees, mandate, None)


def _nearness(before: Mandate, after: Mandate) -> tuple[int, float]:
    shared = set(before.addressees) & set(after.addressees)
    return len(shared), likeness(before.evidence.exact, after.evidence.exact)


def _became(
    before: Mandate, after: Mandate
) -> Literal["strengthened", "weakened", "changed", "same"]:
    old, new = rank(before.force, before.modalities), rank(after.force, after.modalities)
    if old != new:
        return "strengthened" if new > old else "weakened"
    return "same" if _terms(before) == _terms(after) else "changed"


def _terms(mandate: Mandate) -> tuple[object, ...]:
    """What a mandate says, in no particular words or order."""
    return (
        mandate.force,
        frozenset(mandate.addressees),
        frozenset(mandate.partners),
        frozenset(mandate.beneficiaries),
        frozenset(mandate.conditions),
        frozenset(mandate.actions),
        frozenset(mandate.modalities),
        mandate.due,
    )


def _missing(here: Document, there: Document) -> tuple[str, ...]:
    others = {target for paragraph in there.paragraphs for target in _cited(paragraph)}
    own = [target for paragraph in here.paragraphs for target in _cited(paragraph)]
    return tuple(target for target in dict.fromkeys(own) if target not in others)


def _row(pair: Pair) -> tuple[str | float | bool | tuple[str, ...] | None, ...]:
    return (
        pair.before.id if pair.before else None,
        pair.after.id if pair.after else None,
        pair.state,
        pair.moved,
        pair.likeness,
        marked(pair.words),
        tuple(f"{change.kind} {change.target}" for change in pair.citations),
        tuple(_told(change) for change in pair.mandates if change.kind != "same"),
    )


def marked(words: Iterable[Change]) -> str:
    """Changes in one line, as wdiff writes them.

    >>> marked(differences("Requests a report", "Requests a short report"))
    'Requests a {+short +}report'
    """
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[word.kind].format(word.text) for word in words)


def _told(change: MandateChange) -> str:
    forces = dict.fromkeys(m.force for m in (change.before, change.after) if m)
    return f"{change.kind} {' > '.join(forces)} {', '.join(change.addressees)}"


def _about(document: Document) -> dict[str, Any]:
    return {
        "symbol": document.symbol,
        "slug": slug(document.symbol) if document.symbol else None,
        "title": document.title,
        "language": document.language,
        "adopted": document.adopted,
    }


def _pair_to_json(pair: Pair) -> dict[str, Any]:
    return {
        "before": _unit_to_json(pair.before),
        "after": _unit_to_json(pair.after),
        "state": pair.state,
        "moved": pair.moved,
        "likeness": pair.likeness,
        "words": [{"kind": word.kind, "text": word.text} for word in pair.words],
        "citations": [
            {"target": c.target, "change": c.kind, "before": c.before, "after": c.after}
            for c in pair.citations
        ],
        "mandates": [_mandate_to_json(change) for change in pair.mandates],
    }


def _unit_to_json(paragraph: Paragraph | None) -> dict[str, Any] | None:
    if paragraph is None:
        return None
    return {"id": paragraph.id, "number": paragraph.number, "text": paragraph.text}


def _mandate_to_json(change: MandateChange) -> dict[str, Any]:
    def told(mandate: Mandate | None) -> dict[str, Any] | None:
        if mandate is None:
            return None
        words = {"force": mandate.force, "modalities": list(mandate.modalities)}
        return words | {"exact": mandate.evidence.exact}

    return {
        "change": change.kind,
        "addressees": list(change.addressees),
        "before": told(change.before),
        "after": told(change.after),
    }
