"""From a store to the network that was chosen: row by row, then in columns."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from pursuant.errors import BadArgument
from pursuant.iri import local
from pursuant.names import INSTRUMENTS, Names, names_of
from pursuant.networks.columns import Network, plain
from pursuant.networks.selecting import About, Selection, selection
from pursuant.querying import question
from pursuant.store import solutions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pursuant.networks.choosing import Choice
    from pursuant.networks.columns import Column, Mask
    from pursuant.store import Store

UNIT = "TextUnit"
# The most telling first: a convention is also a treaty, an instrument and a citable thing.
_CLASSES = (
    "Charter",
    "Convention",
    "Protocol",
    "Treaty",
    "DraftResolution",
    "Resolution",
    "Decision",
    "PresidentialStatement",
    "Report",
    "Publication",
    "PolicyInstrument",
    "InstrumentGroup",
    "Programme",
    "Platform",
    "Instrument",
    "Citable",
)
_NOTHING = About(frozenset(), None, frozenset())


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of the store: of a document or of a part of it, by a unit of a document."""

    document: str
    unit: str
    target: str | None
    function: str
    part: str | None


@dataclass(slots=True)
class _Rows:
    """Citations in columns of numbers, while they are read; units by their names in what cites."""

    places: dict[str, int] = field(default_factory=dict)  # of the ends of citations, by IRI
    units: dict[str, int] = field(default_factory=dict)
    functions: dict[str, int] = field(default_factory=dict)
    columns: tuple[array[int], ...] = field(
        default_factory=lambda: tuple(array("i") for _ in range(4))
    )

    def add(self, source: str, target: str, function: str, unit: str) -> None:
        numbers = (
            self.places.setdefault(source, len(self.places)),
            self.places.setdefault(target, len(self.places)),
            self.functions.setdefault(function, len(self.functions)),
            self.units.setdefault(unit.removeprefix(source), len(self.units)),
        )
        for column, number in zip(self.columns, numbers, strict=True):
            column.append(number)


def gather(store: Store, choice: Choice, most: int | None = None) -> Network:
    """The network that is chosen, without measures.

    Args:
        store: what is asked.
        choice: what is wanted of it.
        most: how many citations it may have; one that is held in several languages counts in each.

    Raises:
        BadArgument: it has more.
        UnknownName: the choice names what is not held.
    """
    known, names = citables(store), names_of(store)
    chosen = selection(store, choice, known)
    centre = choice.ego and names.find(choice.ego, INSTRUMENTS, "instrument")
    rows = _Rows()
    for count, each in enumerate(citations(store, chosen), 1):
        if most is not None and count > most:
            raise BadArgument(f"the network has more than {most:,} citations; choose a part of it")
        if (pair := ends(each, choice)) is not None:
            rows.add(*pair, local(each.function), each.unit)
    if centre:
        rows.places.setdefault(centre, len(rows.places))
    network = _network(rows, _described(rows.places, known, names, choice.language))
    return around(network, centre, choice.steps) if centre else network


def citations(store: Store, chosen: Selection) -> Iterator[Cited]:
    """The resolved citations of a store that are let through, in no order."""
    for row in solutions(store.query(question("network_citations"))):
        document, unit, target, function = (
            row[name].value for name in ("document", "unit", "target", "function")
        )
        if chosen.takes(document, unit, target, function):
            part = row["part"]
            yield Cited(document, unit, target, function, part and part.value)


def citables(store: Store) -> dict[str, About]:
    """What is known of each thing that can be cited, by its IRI."""
    classes: defaultdict[str, set[str]] = defaultdict(set)
    bodies: defaultdict[str, set[str]] = defaultdict(set)
    years: dict[str, int] = {}
    for row in store.select(question("citables")):
        thing = str(row["thing"])
        classes[thing].add(local(str(row["class"])))
        if row["body"]:
            bodies[thing].add(str(row["body"]))
        if row["adopted"]:
            year = int(str(row["adopted"])[:4])
            years[thing] = min(year, years.get(thing, year))
    return {
        thing: About(frozenset(found), years.get(thing), frozenset(bodies[thing]))
        for thing, found in classes.items()
    }


def around(network: Network, centre: str, steps: int) -> Network:
    """The part of a network that is some steps away from a thing, in either direction.

    Args:
        network: what it is part of.
        centre: IRI of a document or instrument; its paragraphs are where it is.
        steps: how many.
    """
    iris = network.nodes["iri"]
    reached: Mask = np.fromiter(
        (str(iri) == centre or str(iri).startswith(f"{centre}/") for iri in iris), bool, len(iris)
    )
    for _ in range(steps):
        touched = reached[network.source] | reached[network.target]
        before = reached.sum()
        reached[network.source[touched]] = True
        reached[network.target[touched]] = True
        if reached.sum() == before:
            break
    return network.within(reached)


def ends(each: Cited, choice: Choice) -> tuple[str, str] | None:
    """The IRIs of what cites and what is cited, at the level that is chosen; None at no such."""
    if each.target is None:
        return None
    if choice.level == "document":
        return each.document, each.target
    if choice.level == "paragraph":
        return each.unit, each.target
    return (each.unit, each.part) if each.part else None


def _described(
    things: Iterable[str], known: Mapping[str, About], names: Names, language: str
) -> list[tuple[str, dict[str, Any]]]:
    """The name of each thing, and what is known of it; two things are never called the same."""
    found, used = [], set()
    for thing in things:
        name, facts = _facts(thing, known, names, language)
        if name in used:
            name = thing
        used.add(name)
        found.append((name, facts))
    return found


def _facts(
    thing: str, known: Mapping[str, About], names: Names, language: str
) -> tuple[str, dict[str, Any]]:
    document, _, unit = thing.rpartition("/")
    if thing in known or document not in known:
        about = known.get(thing, _NOTHING)
        kind = next((name for name in _CLASSES if name in about.classes), "Citable")
        facts = {"label": names.label(thing, language), "symbol": names.symbols.get(thing)}
        name = names.target(thing)
    else:
        about, kind = known[document], UNIT
        name = f"{names.target(document)} {unit}"
        facts = {"label": name, "document": names.target(document), "unit": unit}
    body = min(map(local, about.bodies), default=None)
    return name, facts | {"type": kind, "iri": thing, "year": about.year, "body": body}


def _network(rows: _Rows, described: list[tuple[str, dict[str, Any]]]) -> Network:
    order = sorted(range(len(described)), key=lambda place: described[place][0])
    moved = np.empty(len(order), dtype=np.int64)
    moved[order] = np.arange(len(order))
    source, target, function, unit = (np.frombuffer(each, dtype=np.int32) for each in rows.columns)
    ends = moved[source] * len(order) + moved[target]
    pairs, weights = _counted(ends, unit)
    functions = _joined(ends, function, list(rows.functions))
    columns: dict[str, Column] = {
        name: [described[place][1].get(name) for place in order]
        for name in ("label", "type", "iri", "symbol", "year", "body", "document", "unit")
    }
    return Network(
        tuple(described[place][0] for place in order),
        {name: column for name, column in columns.items() if any(v is not None for v in column)}
        or columns,
        (pairs // max(len(order), 1)).astype(np.int32),
        (pairs % max(len(order), 1)).astype(np.int32),
        {"functions": functions, "weight": weights},
    )


def _counted(ends: Any, unit: Any) -> tuple[Any, Any]:
    """Each pair of ends once, with the number of units that stand behind it."""
    order = np.lexsort((unit, ends))
    ends, unit = ends[order], unit[order]
    new = np.ones(len(ends), dtype=bool)
    new[1:] = (ends[1:] != ends[:-1]) | (unit[1:] != unit[:-1])
    pairs, counts = np.unique(ends[new], return_counts=True)
    return pairs, counts.astype(np.int32)


def _joined(ends: Any, function: Any, names: list[str]) -> list[str]:
    """The functions of each pair of ends, in the order of the pairs; equal texts are one."""
    width = max(len(names), 1)
    both = np.unique(ends * width + function)
    starts = np.flatnonzero(np.diff(both // width, prepend=-1))
    codes = (both % width).astype(np.int32)
    known: dict[tuple[int, ...], str] = {}
    found = []
    for first, last in pairwise(chain(plain(starts), [len(codes)])):
        combination = tuple(codes[first:last].tolist())
        if (text := known.get(combination)) is None:
            text = known[combination] = "; ".join(sorted(names[code] for code in combination))
        found.append(text)
    return found
