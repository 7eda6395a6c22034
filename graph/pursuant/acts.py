"""Finds what a paragraph does: each operative or preambular verb in its place.

A verb counts at the start of a paragraph, and behind a comma or semicolon where the language's
data say that it may open a second act. "吁请" inside "其中大会…吁请" is reported, and does not.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from pursuant.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pursuant.languages import Language
    from pursuant.verbs import FoundVerb, Verbs

# The acts that ask somebody for something (concepts of the force scheme).
FORCES = frozenset(
    {"decide", "adopt", "establish", "authorize", "approve", "demand", "instruct", "request"}
    | {"urge", "call-upon", "appeal", "recommend", "invite", "encourage", "extend"}
)


class Act(NamedTuple):
    """One verb of a paragraph.

    Attributes:
        act: concept of the citation-function scheme; for FORCES also of the force scheme.
        verb: as printed, with its modifiers ("又请").
        start: where the verb begins.
        body: where the words behind it begin.
        end: where the act ends, without the mark behind it.
        modifiers: what its modifiers mean ("strongly").
        is_anaphoric: whether a pronoun before the verb stands for who was addressed before.
    """

    act: str
    verb: str
    start: int
    body: int
    end: int
    modifiers: tuple[str, ...] = ()
    is_anaphoric: bool = False

    @property
    def is_directive(self) -> bool:
        """Whether the verb is one that asks."""
        return self.act in FORCES


def find_acts(text: str, language: Language, addressed: Callable[[int], bool]) -> list[Act]:
    """The acts of a paragraph, in their order.

    Args:
        text: of the paragraph.
        language: whose verbs to look for.
        addressed: whether an addressee stands at this place; inside a paragraph a verb that asks
            counts only before one, where it might be part of other words.
    """
    folded = fold(text)
    starts = list(_starts(folded, language.opening, addressed))
    last = len(text.rstrip("，；。,;. \u200e\u200f"))
    ends = [*(clause for clause, *_ in starts[1:]), last][: len(starts)]
    return [
        Act(
            found.verb.act,
            text[found.start : found.end],
            found.start,
            found.end,
            max(end, found.end),
            found.modifiers,
            is_anaphoric,
        )
        for (_, found, is_anaphoric), end in zip(starts, ends, strict=True)
    ]


def _starts(
    folded: str, verbs: Verbs, addressed: Callable[[int], bool]
) -> Iterator[tuple[int, FoundVerb, bool]]:
    """Where each act's clause begins, its verb, and whether a pronoun says whom it addresses.

    All are of one mood, finite or participle.
    """
    first = verbs.match(folded)
    if first:
        yield 0, first, False
    for clause in verbs.clause.finditer(folded, first.end if first else 0):
        end = clause.end()
        if verbs.initials and folded[end : end + 1] not in verbs.initials:
            continue
        found = verbs.at(folded, end)
        if not found or not found.verb.opens:
            continue
        if folded[clause.start() :].lstrip("，,، ").startswith(verbs.subordinate):
            continue
        if first and found.is_preambular != first.is_preambular:
            continue
        if not found.verb.addressed or addressed(found.end):
            yield clause.start(), found, clause["pronoun"] is not None


def governing(acts: list[Act], offset: int) -> str:
    """The act within which a place lies; "mention" where no verb governs it."""
    at = bisect_right(acts, offset, key=lambda act: act.start)
    return acts[at - 1].act if at else "mention"
