"""Phrases of the interface for values of the data: periods, parts cited, rules."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pursuant_api.pages import Words

_PERIOD = re.compile(r"P(?P<number>\d+)(?P<unit>[DWMY])")
_PART = re.compile(r"\b(?:annex|article|chapter|paragraph|section)\b")


def period(w: Words, value: str) -> str:
    """A period as people say it ("12 months"); anything else as it is."""
    m = _PERIOD.fullmatch(value)
    if m is None:
        return value
    one = "one_" if m["number"] == "1" else ""
    return w[f"period_{one}{m['unit']}"].format(number=m["number"])


def part(w: Words, pinpoint: str) -> str:
    """The part of an instrument that is cited ("annex I paragraph 3"), in the reader's language."""
    starts = [m.start() for m in _PART.finditer(pinpoint)]
    if not starts:
        return pinpoint
    pieces = [pinpoint[: starts[0]].strip()]
    for start, end in pairwise([*starts, len(pinpoint)]):
        name, _, number = pinpoint[start:end].strip().partition(" ")
        pieces.append(w["part_" + name].format(number=number).strip())
    return w["part_joint"].join(filter(None, pieces))


def rule(w: Words, slug: str) -> str:
    """What the rule is called that found words; one that the interface does not know, by its id."""
    return w.get("rule_" + slug, slug)
