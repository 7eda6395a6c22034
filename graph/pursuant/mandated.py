"""What the store holds of mandates, one value for each: what reports on mandates are made from.

A mandate that is held in several languages is one value, with the words of the language asked for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pursuant.iri import local
from pursuant.names import DOCUMENTS
from pursuant.querying import grouped, preferred, select, unit_order, units_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
        return self.called.get(self.language) or min(self.called.values(), default=None)


def gather(
    store: Store, names: Names, document: str | None = None, language: str = "en"
) -> list[Mandated]:
    """The mandates of a document, or of all, by document and in the order of the text.

    The language is that of summaries, and of the words where there is a choice.

    Raises:
        UnknownName: no such document is held.
    """
    terms = _of_document(store, document, names)
    parts = _parts(select(store, "mandate_parts", **terms))
    topics = _topics(select(store, "mandate_topics"))
    summaries = _summaries(select(store, "mandate_summaries"), language)
    adoptions = _adoptions(select(store, "mandate_documents"))
    called = _called(select(store, "mandate_changed"))
    chosen = [
        preferred(rows, language) for rows in grouped(select(store, "mandates", **terms), "mandate")
    ]
    ordered = sorted(chosen, key=lambda row: _order(row, names))
    return [
        Mandated(
            mandate=(mandate := row["mandate"]),
            document=row["document"],
            unit=local(row["unit"]),
            adopted=adoptions[row["document"]].day,
            bodies=adoptions[row["document"]].bodies,
            force=row["force"],
            exact=row["exact"],
            language=row["language"],
            parts=parts[row["graph"], mandate] | topics.get(mandate, {}),
            summary=summaries.get(mandate),
            called=called.get(mandate, {}),
        )
        for row in ordered
    ]


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


def _topics(rows: Iterable[Row]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Topics and pillars by mandate: a person's where a person read it, else the machine's."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for together in grouped(rows, "mandate"):
        reviewed = [row for row in together if row["review"]]
        values: defaultdict[str, set[str]] = defaultdict(set)
        for row in reviewed or together:
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
