"""Finds what a paragraph does: each operative or preambular verb in its place.

A verb counts at the start of a paragraph, and behind a comma or semicolon where the language's
data say that it may open a second act. "吁请" inside "其中大会…吁请" is reported, and does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pursuant.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pursuant.languages import Language

# The acts that ask somebody for something (concepts of the force scheme).
FORCES = frozenset(
    {"decide", "adopt", "establish", "authorize", "approve", "demand", "instruct", "request"}
    | {"urge", "call-upon", "appeal", "recommend", "invite", "encourage", "extend"}
)


@dataclass(frozen=True, slots=True)
class Act:
    """One verb of a paragraph.

    Attributes:
        act: concept of the citation-function scheme; for FORCES also of the force scheme.
        verb: as printed, with its modifiers ("又请").
        start: where the verb begins.
        body: where the words behind it begin.
        end: where the act ends, without the mark behind it.
    """

    act: str
    verb: str
    start: int
    body: int
    end: int

    @property
    def is_directive(self) -> bool:
        """Whether the verb is one that asks."""
        return self.act in FORCES


@cache
def _clause_opening(language: Language) -> re.Pattern[str]:
    connectives = "|".join(sorted(map(re.escape, language.connectives), key=len, reverse=True))
    return re.compile(f"{language.clause}\\s*(?:(?:{connectives})[，,]?)?")


def find_acts(text: str, language: Language, addressed: Callable[[int], bool]) -> list[Act]:
    """The acts of a paragraph, in their order.

    Args:
        text: of the paragraph.
        language: whose verbs to look for.
        addressed: whether an addressee stands at this place; inside a paragraph a verb that asks
            counts only before one.
    """
    folded = fold(text)
    starts = list(_starts(folded, language, addressed))
    last = len(text.rstrip("，；。,;. "))
    ends = [*(clause for clause, _ in starts[1:]), last][: len(starts)]
    return [
        Act(
            language.verbs[m["verb"]].act,
            text[m.start() : m.end()],
            m.start(),
            m.end(),
            max(end, m.end()),
        )
        for (_, m), end in zip(starts, ends, strict=True)
    ]


def _starts(
    folded: str, language: Language, addressed: Callable[[int], bool]
) -> Iterator[tuple[int, re.Match[str]]]:
    if first := language.opening.match(folded):
        yield 0, first
    for clause in _clause_opening(language).finditer(folded):
        if folded.startswith(language.subordinate, clause.start() + 1):
            continue
        if not (m := language.opening.match(folded, clause.end())):
            continue
        verb = language.verbs[m["verb"]]
        if verb.opens and (verb.act not in FORCES or addressed(m.end())):
            yield clause.start(), m


def governing(acts: list[Act], offset: int) -> str:
    """The act within which a place lies; "mention" where no verb governs it."""
    at = bisect_right(acts, offset, key=lambda act: act.start)
    return acts[at - 1].act if at else "mention"
