"""How strong a mandate is: the editorial ranks of forces and modalities in the vocabularies.

The ranks serve comparison; they say nothing of legal effect.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pursuant.iri import UNCT, VOCAB
from pursuant.paths import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STRENGTH = str(UNCT.strength)
_PLAIN = 5  # of an act whose manner is not told


@cache
def strengths(scheme: str) -> Mapping[str, int]:
    """Rank from 1 (weakest) to 10 of each concept of a scheme that has one, by slug.

    >>> strengths("force")["encourage"] < strengths("force")["request"]
    True
    """
    prefix = f"{VOCAB}{scheme}/"
    path = ONTOLOGY / "vocab" / f"{scheme}.ttl"
    return {
        triple.subject.value.removeprefix(prefix): int(triple.object.value)
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        if triple.predicate.value == _STRENGTH
    }


def rank(force: str, modalities: Iterable[str]) -> tuple[int, int]:
    """Rank of a mandate: of its force, and among the same forces of its weakest modality.

    >>> rank("urge", ["consider"]) < rank("urge", []) < rank("request", ["consider"])
    True
    """
    manner = strengths("modality")
    return strengths("force").get(force, 0), min(
        (manner.get(m, _PLAIN) for m in modalities), default=_PLAIN
    )
