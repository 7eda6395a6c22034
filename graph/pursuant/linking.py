"""Hyperlinks as evidence: what the publisher's links say beside what the words say.

A link is taken as it stands. Where the words are read alike, it is one more piece of evidence;
where they tell no body or more than one, the link tells it; where they name another document, both
are kept and the difference is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pursuant.citing import Found
from pursuant.document import Disagreement, Kind, Status
from pursuant.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pursuant.formats.blocks import Link
    from pursuant.resolving import Resolved, Resolver

RULE = "link"
_YEAR = re.compile(r"(?<=\d) \((?:19|20)\d\d\)$")
_LETTER = re.compile(r"(?<=\d) [A-Z](?:-[A-Z])?$")
_SUPPLEMENT = "(SUPP)"  # a report as a supplement of the Official Records: the same text


@dataclass(frozen=True, slots=True)
class Linked:
    """What a text invokes once its links are taken in, and where they differ from its words."""

    resolved: list[Resolved]
    disagreements: tuple[Disagreement, ...]


def take_in(
    unit: str,
    text: str,
    resolved: Sequence[Resolved],
    links: Iterable[Link],
    resolver: Resolver,
) -> Linked:
    """What a unit's words invoke, together with what its hyperlinks lead to.

    Args:
        unit: its id.
        text: its text.
        resolved: what its words mean.
        links: those that lie on its words.
        resolver: of the document.
    """
    items = list(resolved)
    disagreements = []
    for link in links:
        target = _target(link, resolver)
        beside = [item for item in items if _overlaps(item, link)]
        read = [r for r in beside if r.status is Status.RESOLVED and r.kind is Kind.INSTRUMENT]
        agreeing = next((r for r in read if _same(r.target, target.target)), None)
        if agreeing:
            items.append(agreeing._replace(found=target.found, short=False))
            continue
        exact = text[link.start : link.end]
        if read and not _is_linked(read, items):
            other = read[0].target or ""
            disagreements.append(
                Disagreement(unit, exact, other, link.symbol, link.start, link.end)
            )
        told = [r for r in beside if _is_told(r, target.target, exact)]
        items = [item for item in items if item not in told]
        items.append(target)
    items.sort(key=lambda item: item.found.start)
    return Linked(items, tuple(disagreements))


def _target(link: Link, resolver: Resolver) -> Resolved:
    symbol = link.symbol if link.symbol.isascii() else resolver.language.citation.latin(link.symbol)
    found = Found(link.start, link.end, "symbol", symbol=symbol)
    (resolved,) = resolver.resolve([found])
    return resolved._replace(found=found._replace(rule=RULE))


def _overlaps(item: Resolved, link: Link) -> bool:
    return item.is_citation and item.found.start < link.end and link.start < item.found.end


def _same(one: str | None, other: str | None) -> bool:
    """Whether two symbols name one document: a link may leave out a year or a part's letter.

    >>> _same("S/RES/2178 (2014)", "S/RES/2178"), _same("A/RES/53/243 A", "A/RES/53/243")
    (True, True)
    >>> _same("A/48/42", "A/48/42(SUPP)"), _same("S/RES/2161 (2014)", "S/RES/2161 (2015)")
    (True, False)
    """
    if not one or not other:
        return False
    whole = [symbol.removesuffix(_SUPPLEMENT).strip() for symbol in (one, other)]
    bare = [_LETTER.sub("", _YEAR.sub("", symbol)) for symbol in whole]
    return whole[0] == whole[1] or (bare[0] == bare[1] and any(w in bare for w in whole))


def _is_linked(read: Iterable[Resolved], items: Iterable[Resolved]) -> bool:
    """Whether another link lies on the same words already."""
    spans = {(r.found.start, r.found.end) for r in read}
    return any(r.found.rule == RULE and (r.found.start, r.found.end) in spans for r in items)


def _is_told(item: Resolved, target: str | None, exact: str) -> bool:
    """Whether a link tells what the words leave open: a body, or one of several candidates."""
    if item.status is not Status.RESOLVED:
        return True
    if item.found.cited and item.found.cited.bodies:
        return False  # they name the body, so they leave nothing open
    number = fold(exact).replace(" ", "")
    return item.found.rule == "number" and (target or "").replace(" ", "").endswith(f"/{number}")
