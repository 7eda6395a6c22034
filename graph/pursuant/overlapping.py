"""Where several resolutions ask the same of the same: mandates alike in their words.

Words are compared by their stems (`pursuant.analysing`), within one language. Each counts the more
the fewer mandates have it (TF-IDF), and two mandates are alike as far as the cosine of their words
is near 1. What both have in a row is told, so that a person sees why.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pursuant.analysing import terms
from pursuant.iri import local
from pursuant.mandate_register import Filters, listed
from pursuant.names import names_of
from pursuant.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Unpack

    from pursuant.analysing import Term
    from pursuant.mandated import Mandated
    from pursuant.names import Names
    from pursuant.store import Store
    from pursuant.table import Value

OVERLAPS = (
    "addressee",
    "likeness",
    "earlier",
    "earlier_unit",
    "later",
    "later_unit",
    "actions",
    "shared",
    "earlier_exact",
    "later_exact",
)
LIKENESS = 0.5
_TOLD = 5  # phrases that two mandates share


@dataclass(frozen=True, slots=True)
class _Words:
    """A mandate, its terms in their order, and the weight of each, of length 1 together."""

    mandated: Mandated
    terms: Sequence[Term]
    weights: Mapping[str, float]


def overlaps(
    store: Store, least: float = LIKENESS, language: str = "en", **filters: Unpack[Filters]
) -> Table:
    """Pairs of mandates of different documents for the same addressee, the most alike first.

    Args:
        store: what is asked.
        least: how alike they must be, above 0 and up to 1: the cosine of their words.
        language: whose words are compared where a mandate is held in it; the others are compared
            in the language that they are held in.
        filters: those of `mandates`, which both must pass.

    Raises:
        UnknownName: a filter names what is not known.
    """
    names = names_of(store)
    by_language: defaultdict[str, list[Mandated]] = defaultdict(list)
    for each in listed(store, names, language, filters):
        by_language[each.language].append(each)
    found = [
        (likeness, one, other)
        for _, mandates in sorted(by_language.items())
        for likeness, one, other in _pairs(_weighed(mandates), least)
    ]
    rows = [
        _row(likeness, *_in_order(one, other), addressee, names)
        for likeness, one, other in found
        for addressee in sorted(_addressees(one) & _addressees(other))
    ]
    rows.sort(key=lambda row: (-float(str(row[1])), *map(str, row)))
    return Table(OVERLAPS, tuple(rows))


def _addressees(words: _Words) -> set[str]:
    return set(words.mandated.all("addressee"))


def _in_order(one: _Words, other: _Words) -> tuple[_Words, _Words]:
    """The earlier document's first; those without a date last."""
    first, second = sorted(
        (one, other), key=lambda w: (w.mandated.adopted or "9", w.mandated.document)
    )
    return first, second


def _weighed(mandates: Sequence[Mandated]) -> list[_Words]:
    """Each mandate with the weights of its words among them all."""
    split = [list(terms(each.exact, each.language)) for each in mandates]
    common = Counter(text for found in split for text in {term.text for term in found})
    return [
        _Words(each, found, _weights(found, common, len(mandates)))
        for each, found in zip(mandates, split, strict=True)
    ]


def _weights(found: Sequence[Term], common: Counter[str], total: int) -> dict[str, float]:
    counted = Counter(term.text for term in found)
    raw = {
        text: (1 + math.log(count)) * (1 + math.log((1 + total) / (1 + common[text])))
        for text, count in counted.items()
    }
    length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    return {text: weight / length for text, weight in raw.items()}


def _pairs(words: Sequence[_Words], least: float) -> Iterator[tuple[float, _Words, _Words]]:
    """Pairs that are alike enough, found by what is rare in them.

    What is left of a mandate behind its rarest words is too short to be alike enough by itself, so
    two such mandates share one of these words (the prefix filter of all-pairs search).
    """
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(words):
        met = {earlier for text in each.weights for earlier in holding[text]}
        for earlier in sorted(met):
            other = words[earlier]
            if other.mandated.document == each.mandated.document:
                continue
            if not _addressees(other) & _addressees(each):
                continue
            likeness = _cosine(each.weights, other.weights)
            if likeness >= least:
                yield likeness, other, each
        for text in _telling(each.weights, least):
            holding[text].append(place)


def _telling(weights: Mapping[str, float], least: float) -> Iterator[str]:
    left = 1.0
    for text, weight in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0])):
        if math.sqrt(max(left, 0.0)) < least:
            return
        yield text
        left -= weight * weight


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(weight * other.get(text, 0.0) for text, weight in one.items())


def _row(
    likeness: float, earlier: _Words, later: _Words, addressee: str, names: Names
) -> tuple[Value, ...]:
    one, other = earlier.mandated, later.mandated
    actions = set(one.all("action")) & set(other.all("action"))
    return (
        names.target(addressee),
        round(likeness, 2),
        names.target(one.document),
        one.unit,
        names.target(other.document),
        other.unit,
        tuple(sorted(map(local, actions))),
        tuple(shared(earlier, later)),
        one.exact,
        other.exact,
    )


def shared(earlier: _Words, later: _Words) -> list[str]:
    """The phrases of the later words that the earlier have too, those that weigh most first."""
    rows = set(pairwise(term.text for term in earlier.terms))
    found: list[list[Term]] = []
    for term in later.terms:
        if term.text not in earlier.weights:
            continue
        last = found[-1][-1] if found else None
        behind = last and (last.text, term.text) in rows and term.start - last.end <= 1
        if behind:
            found[-1].append(term)
        else:
            found.append([term])
    telling = [run for run in found if len(run) > 1] or found  # a lone word is seldom a reason
    heaviest = sorted(telling, key=lambda run: -sum(later.weights[term.text] for term in run))
    text = later.mandated.exact
    return list(dict.fromkeys(text[run[0].start : run[-1].end] for run in heaviest))[:_TOLD]
