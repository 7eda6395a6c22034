"""Gathers what one paragraph invokes: one citation for each instrument, with all its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pursuant.acts import Act, governing
from pursuant.document import Citation, CitationEvidence, Reason, Status, Via
from pursuant.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pursuant.languages import Language
    from pursuant.paragraphs import Unit
    from pursuant.resolving import Resolved

# How far from an instrument a word still says how it is invoked.
_NEAR = 80
# The rules that find numbers, which stand in lists.
_COUNTED = frozenset({"number", "range", "corrected-year"})
# Why a place where a note says that something was printed is not known.
_PLACES = frozenset({Reason.BODY_NOT_NAMED, Reason.TREATY_UNKNOWN})
_ORDER = {Via.TEXT: 0, Via.ANAPHORA: 1, Via.FOOTNOTE: 2}


class Invocation(NamedTuple):
    """Some words that invoke something: in the paragraph, or in a note whose marker it carries.

    Attributes:
        unit: the unit in which the words stand.
        offset: where in the paragraph's text they stand, or their note's marker does.
    """

    resolved: Resolved
    unit: str
    offset: int
    footnote: int | None = None

    @property
    def via(self) -> Via:
        """How the paragraph names the thing."""
        if self.footnote is not None:
            return Via.FOOTNOTE
        return Via.ANAPHORA if self.resolved.short else Via.TEXT


def collect(
    unit: Unit,
    notes: Mapping[int, str],
    invocations: Sequence[Invocation],
    acts: list[Act],
    language: Language,
) -> list[Citation]:
    """The citations of a paragraph, in the order in which a reader meets them."""
    if not invocations:
        return []
    invocations = [_told(item, invocations) for item in invocations]
    folded, citations = fold(unit.text), []
    lists = _lists(invocations, folded, language)
    for group in _groups(invocations):
        ordered = sorted(group, key=lambda i: (_ORDER[i.via], i.offset, i.resolved.found.start))
        first = ordered[0].resolved
        citations.append(
            Citation(
                target=first.target,
                slug=first.slug,
                kind=first.kind,
                status=first.status,
                function=_function(
                    _subject(ordered[0], invocations), lists, folded, acts, language
                ),
                evidence=tuple(_evidence(i, _text(i, unit, notes)) for i in ordered),
                footnote=next((i.footnote for i in ordered if i.footnote), None),
                pinpoint=next((p for i in ordered if (p := i.resolved.found.pinpoint)), None),
                candidates=first.candidates,
                reason=first.reason,
                reason_kind=first.reason_kind,
            )
        )
    return citations


def _groups(invocations: Iterable[Invocation]) -> list[list[Invocation]]:
    """Invocations of the same thing together; of two parts of it ("paragraph 6", "annex") apart."""
    groups: dict[tuple[object, ...], list[Invocation]] = {}
    in_order = sorted(invocations, key=lambda i: (i.offset, _ORDER[i.via], i.resolved.found.start))
    for item in in_order:
        resolved = item.resolved
        if resolved.status is not Status.RESOLVED:
            key: tuple[object, ...] = (item.unit, resolved.found.start, resolved.found.end)
        else:
            key = (resolved.kind, resolved.slug)
        groups.setdefault(key, []).append(item)
    return [part for group in groups.values() for part in _by_pinpoint(group)]


def _by_pinpoint(group: list[Invocation]) -> list[list[Invocation]]:
    parts: dict[str, list[Invocation]] = {}
    for item in group:
        if pinpoint := item.resolved.found.pinpoint:
            parts.setdefault(pinpoint, []).append(item)
    if len(parts) < 2:
        return [group]
    whole = [item for item in group if not item.resolved.found.pinpoint]
    first, *others = parts.values()
    return [[*whole, *first], *others]


def _text(invocation: Invocation, unit: Unit, notes: Mapping[int, str]) -> str:
    return unit.text if invocation.footnote is None else notes[invocation.footnote]


def _evidence(invocation: Invocation, text: str) -> CitationEvidence:
    found = invocation.resolved.found
    exact = text[found.start : found.end]
    return CitationEvidence(
        invocation.unit, found.start, found.end, exact, invocation.via, found.rule
    )


def _subject(item: Invocation, invocations: Sequence[Invocation]) -> Invocation:
    """The words of the paragraph that a note belongs to: the title right before its marker."""
    if item.footnote is None:
        return item
    in_text = (i for i in invocations if i.footnote is None)
    before = [i for i in in_text if 0 <= item.offset - i.resolved.found.end < 12]
    return max(before, key=lambda i: i.offset, default=item)


def _told(item: Invocation, invocations: Sequence[Invocation]) -> Invocation:
    """What a note says of the title before its marker, where the title alone tells what it is.

    "Rio Declaration", and in its note "Report of the Conference ..., resolution 1, annex I": the
    conference's resolutions are not known, but the declaration is.
    """
    if item.footnote is None or item.resolved.reason_kind not in _PLACES:
        return item
    meant = _subject(item, invocations).resolved
    if meant.status is not Status.RESOLVED or meant.found.rule in _COUNTED:
        return item
    return item._replace(resolved=meant._replace(found=item.resolved.found._replace(pinpoint=None)))


def _lists(
    invocations: Iterable[Invocation], folded: str, language: Language
) -> dict[int, tuple[int, int]]:
    """Where the list begins and ends in which a number stands, by where the number begins."""
    found = (i.resolved.found for i in invocations if i.footnote is None)
    numbers = sorted({(f.start, f.end) for f in found if f.rule in _COUNTED})
    runs: list[list[tuple[int, int]]] = []
    for start, end in numbers:
        between = folded[runs[-1][-1][1] : start] if runs else ""
        if between and language.citation.separator.fullmatch(between):
            runs[-1].append((start, end))
        else:
            runs.append([(start, end)])
    return {start: (run[0][0], run[-1][1]) for run in runs for start, _ in run}


def _function(
    item: Invocation,
    lists: Mapping[int, tuple[int, int]],
    folded: str,
    acts: list[Act],
    language: Language,
) -> str:
    """The verb that governs the words, unless something nearer says how they are invoked.

    What stands before a list of numbers or behind it says it of all of them.
    """
    start = item.offset
    end = start if item.footnote is not None else item.resolved.found.end
    if item.footnote is None:
        start, end = lists.get(item.resolved.found.start, (start, end))
    before, after = folded[max(0, start - _NEAR) : start], folded[end : end + _NEAR]
    for rule in language.functions.likely(f"{before}\n{after}"):
        if rule.search(before if rule.where == "before" else after):
            return rule.id
    return governing(acts, item.offset)
