"""What the store holds of mandates, one value for each: what reports on mandates are made from.

A mandate that is held in several languages is one value, with the words of the language asked for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pursuant.iri import UNCT, local
from pursuant.names import DOCUMENTS, likeliest
from pursuant.querying import (
    grouped,
    preferred,
    select,
    select_among,
    unit_order,
    units_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from pursuant.names import Names
    from pursuant.querying import Row
    from pursuant.store import Store

MODES = {
    "inCooperationWith": "cooperation",
    "inCoordinationWith": "coordination",
    "inConsultationWith": "consultation",
    "inPartnershipWith": "partnership",
    "sharingWith": "sharing",
    "throughActor": "through",
}
# How many mandates a query names: of more, the engine would rather read all that there are.
AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Mandated:
    """One mandate; things and concepts are IRIs, dates ISO dates, periods ISO durations.

    Attributes:
        mandate: its IRI.
        document: whose paragraph gives it.
        unit: id of the paragraph.
        adopted: when the document was adopted, if known.
        bodies: which adopted it.
        exact: the words that give it, in `language`.
        parts: values by the name of the property: "addressee", "inCooperationWith", "topic" ...
        summary: a person's one line.
        called: what the body is called that this changes, if the register lacks it: the name by
            language.
    """

    mandate: str
    document: str
    unit: str
    adopted: str | None
    bodies: tuple[str, ...]
    force: str
    exact: str
    language: str
    parts: Mapping[str, tuple[str, ...]]
    summary: str | None = None
    called: Mapping[str, str] = field(default_factory=dict)

    def all(self, part: str) -> tuple[str, ...]:
        """The values of a property, sorted."""
        return self.parts.get(part, ())

    def one(self, part: str) -> str | None:
        """The value of a property that has one, or None."""
        return next(iter(self.all(part)), None)

    @property
    def partners(self) -> tuple[tuple[str, str], ...]:
        """IRI and mode of each with whom to act."""
        return tuple((thing, mode) for part, mode in MODES.items() for thing in self.all(part))

    @property
    def change(self) -> str | None:
        """What becomes of a body by this: "establish", "renew", "modify" or "terminate"."""
        found = self.one("change")
        return local(found) if found else None

    @property
    def changed(self) -> str | None:
        """IRI of the body that this establishes, renews, modifies or terminates, if known."""
        return self.one("changesBody")

    @property
    def changed_name(self) -> str | None:
        """What that body is called, where the register lacks it: in `language` if it can be."""
        if not self.called:
            return None
        return self.called[likeliest(self.called, self.language)]


def having(store: Store, part: str, value: str | None = None) -> frozenset[str]:
    """IRIs of the mandates that have a property, with a value or with any, in any language."""
    terms = {"part": ox.NamedNode(str(UNCT[part]))}
    if value is not None:
        terms["value"] = ox.NamedNode(value)
    return frozenset(row["mandate"] for row in select(store, "mandates_with", **terms))


def gather(
    store: Store,
    names: Names,
    document: str | None = None,
    language: str = "en",
    among: Collection[str] | None = None,
) -> list[Mandated]:
    """The mandates of a document, or of all, by document and in the order of the text.

    Args:
        store: what is asked.
        names: the names in it.
        document: keeps to one.
        language: of summaries, and of the words where there is a choice.
        among: IRIs of the mandates that are wanted; None for all. Nothing is read but what is
            said of them.

    Raises:
        UnknownName: no such document is held.
    """
    terms = _of_document(store, document, names)
    told = _asking(among)(store, "mandates", **terms)
    wanted = {row["mandate"] for row in told if among is None or row["mandate"] in among}
    asked = _asking(wanted if terms or among is not None else None)
    said = _Said(
        _parts(asked(store, "mandate_parts", **terms)),
        _topics(asked(store, "mandate_topics"), asked(store, "mandate_topics_reviewed")),
        _summaries(asked(store, "mandate_summaries"), language),
        _adoptions(asked(store, "mandate_documents")),
        _called(asked(store, "mandate_changed")),
    )
    chosen = (preferred(rows, language) for rows in grouped(told, "mandate"))
    ordered = sorted(chosen, key=lambda row: _order(row, names))
    return [said.of(row) for row in ordered if row["mandate"] in wanted]


@dataclass(frozen=True, slots=True)
class _Said:
    """What several queries told of mandates."""

    parts: Mapping[tuple[str, str], dict[str, tuple[str, ...]]]
    topics: Mapping[str, dict[str, tuple[str, ...]]]
    summaries: Mapping[str, str]
    adoptions: Mapping[str, _Adoption]
    called: Mapping[str, dict[str, str]]

    def of(self, row: Row) -> Mandated:
        mandate, adoption = row["mandate"], self.adoptions[row["document"]]
        return Mandated(
            mandate=mandate,
            document=row["document"],
            unit=local(row["unit"]),
            adopted=adoption.day,
            bodies=adoption.bodies,
            force=row["force"],
            exact=row["exact"],
            language=row["language"],
            parts=self.parts[row["graph"], mandate] | self.topics.get(mandate, {}),
            summary=self.summaries.get(mandate),
            called=self.called.get(mandate, {}),
        )


def _asking(mandates: Collection[str] | None) -> Callable[..., list[Row]]:
    """Asks our queries about some mandates alone, some at once; about all where it is None."""
    if mandates is None:
        return select
    things = sorted(mandates)
    parts = [things[start : start + AT_ONCE] for start in range(0, len(things), AT_ONCE)]

    def asked(store: Store, name: str, **terms: ox.NamedNode) -> list[Row]:
        found = (select_among(store, name, "mandate", part, **terms) for part in parts)
        return list(chain.from_iterable(found))

    return asked


@dataclass(frozen=True, slots=True)
class _Adoption:
    day: str | None
    bodies: tuple[str, ...]


def _adoptions(rows: Iterable[Row]) -> dict[str, _Adoption]:
    return {
        together[0]["document"]: _Adoption(
            min((row["adopted"] for row in together if row["adopted"]), default=None),
            tuple(sorted({row["body"] for row in together if row["body"]})),
        )
        for together in grouped(rows, "document")
    }


def _of_document(store: Store, document: str | None, names: Names) -> dict[str, ox.NamedNode]:
    """The term by which a query keeps to one held document, if any."""
    if not document:
        return {}
    work = names.find(document, DOCUMENTS, "document")
    units_of(store, work, names)
    return {"document": ox.NamedNode(work)}


def _parts(rows: Iterable[Row]) -> defaultdict[tuple[str, str], dict[str, tuple[str, ...]]]:
    parts: defaultdict[tuple[str, str], defaultdict[str, set[str]]]
    parts = defaultdict(lambda: defaultdict(set))
    for row in rows:
        parts[row["graph"], row["mandate"]][local(row["part"])].add(row["value"])
    sorted_parts = {key: _sorted(values) for key, values in parts.items()}
    return defaultdict(dict, sorted_parts)


def _topics(rows: Iterable[Row], reviewed: Iterable[Row]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Topics and pillars by mandate: a person's where a person read it, else the machine's."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for together in chain(grouped(rows, "mandate"), grouped(reviewed, "mandate")):
        values: defaultdict[str, set[str]] = defaultdict(set)
        for row in together:
            values[local(row["part"])].add(row["value"])
        found[together[0]["mandate"]] = _sorted(values)
    return found


def _sorted(values: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted(found)) for name, found in values.items()}


def _called(rows: Iterable[Row]) -> dict[str, dict[str, str]]:
    """Names by language, by mandate."""
    return {
        together[0]["mandate"]: {row["language"]: row["name"] for row in together}
        for together in grouped(rows, "mandate")
    }


def _summaries(rows: Iterable[Row], language: str) -> dict[str, str]:
    return {
        together[0]["mandate"]: preferred(together, language)["summary"]
        for together in grouped(rows, "mandate")
    }


def _order(row: Row, names: Names) -> tuple[object, ...]:
    ordinal = int(local(row["mandate"]).rpartition("-man")[2] or 0)
    return names.target(row["document"]), unit_order(local(row["unit"])), ordinal
