"""Which part of the citation network is asked for, in words."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, get_args

from pursuant.errors import BadArgument
from pursuant.names import near
from pursuant.networks.measuring import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable

Level = Literal["document", "paragraph", "paragraph-to-paragraph"]
LEVELS: tuple[Level, ...] = get_args(Level)
ALL = "all"
MOST_STEPS = 20
LAST_YEAR = 9999
_SEVERAL = ("body", "function", "topic", "measures")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted of the citation network; each filter left empty lets everything through.

    Attributes:
        level: what cites what: documents documents, paragraphs documents, or paragraphs the
            paragraphs and annexes that they name.
        body: who adopted the citing document: ga, sc, ecosoc, hrc ...
        year_from: the first year of adoption of the citing document.
        year_to: the last one.
        function: how it is cited: recall, reaffirm, implement ...
        topic: what the citing paragraph, or its document, is about.
        ego: the document or instrument round which the network is drawn.
        steps: how many citations away from it, in either direction.
        measures: what is worked out for each node; "all" for all.
        language: of the labels.
    """

    level: Level = "document"
    body: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    function: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    ego: str | None = None
    steps: int = 1
    measures: tuple[str, ...] = ()
    language: str = "en"

    def __post_init__(self) -> None:
        """Refuse what cannot be served.

        Raises:
            BadArgument: says which and why.
        """
        if self.level not in LEVELS:
            raise BadArgument(f"there is no level {self.level!r}; choose {', '.join(LEVELS)}")
        if not 0 <= self.steps <= MOST_STEPS:
            raise BadArgument(f"steps are 0 to {MOST_STEPS}, not {self.steps}")
        for year in (self.year_from, self.year_to):
            if year is not None and not 0 <= year <= LAST_YEAR:
                raise BadArgument(f"a year is 0 to {LAST_YEAR}, not {year}")
        for name in self.measures:
            if name not in MEASURES:
                offered = near(name, {each: each for each in MEASURES}, 0.5)
                raise BadArgument(f"there is no measure {name!r}{offered or _listed(MEASURES)}")


def choice_of(**chosen: Any) -> Choice:
    """A choice from what people give: one text or several, separated by commas or apart.

    >>> choice_of(body="ga,sc", measures=["pagerank", "all"]).measures[:2]
    ('in-degree', 'out-degree')

    Raises:
        BadArgument: it cannot be served.
    """
    known = [field.name for field in fields(Choice)]
    for name in chosen:
        if name not in known:
            raise BadArgument(f"a network is not chosen by {name!r}{_listed(known)}")
    several = {name: tuple(_several(chosen[name])) for name in _SEVERAL if name in chosen}
    if ALL in several.get("measures", ()):
        several["measures"] = tuple(MEASURES)
    return Choice(**{**chosen, **several})


def _several(given: str | Iterable[str]) -> list[str]:
    texts = [given] if isinstance(given, str) else given
    return [each.strip() for text in texts for each in text.split(",") if each.strip()]


def _listed(names: Iterable[str]) -> str:
    return f"; choose {', '.join(names)}"
