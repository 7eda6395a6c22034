"""From a store to the network that was chosen: row by row, by way of a spool."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from pursuant.errors import BadArgument
from pursuant.iri import local
from pursuant.names import INSTRUMENTS, Names, names_of
from pursuant.networks.selecting import About, Selection, selection
from pursuant.networks.spooling import Spool
from pursuant.querying import question
from pursuant.store import solutions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pursuant.networks.choosing import Choice
    from pursuant.store import Store

Follow: TypeAlias = Callable[[Iterable[Any], str, int], Iterable[Any]]

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


def unfollowed(items: Iterable[Any], what: str, total: int) -> Iterable[Any]:  # noqa: ARG001 - what others show
    """The items, of which nothing is shown."""
    return items


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of the store: of a document or of a part of it, by a unit of a document."""

    document: str
    unit: str
    target: str | None
    function: str
    part: str | None


def gather(
    store: Store, choice: Choice, most: int | None = None, follow: Follow = unfollowed
) -> Spool:
    """The network that is chosen, without measures; what it takes in memory are its things.

    Args:
        store: what is asked.
        choice: what is wanted of it.
        most: how many citations may be looked through.
        follow: how progress is shown.

    Raises:
        BadArgument: there are more.
        UnknownName: the choice names what is not held.
        PursuantError: there is no room for them in the folder for temporary files.
    """
    known, names = citables(store), names_of(store)
    chosen = selection(store, choice, known)
    centre = choice.ego and names.find(choice.ego, INSTRUMENTS, "instrument")
    spool = Spool()
    spool.fill(_rows(citations(store, chosen, follow), choice), partial(_check, spool, most))
    if centre:
        spool.keep_around(centre, choice.steps)
    things, count = spool.things()
    facts = (_facts(thing, known, names, choice.language) for thing in things)
    spool.describe(follow(facts, "Names", count))
    return spool


def _rows(cited: Iterable[Cited], choice: Choice) -> Iterator[tuple[str, str, str, str]]:
    for each in cited:
        if (pair := ends(each, choice)) is not None:
            yield *pair, local(each.function), each.unit.removeprefix(pair[0])


def _check(spool: Spool, most: int | None, rows: int) -> None:
    """Refuses too many citations; they are only counted when there may be too many."""
    if most is not None and rows > most and spool.citations() > most:
        raise BadArgument(f"the network has more than {most:,} citations; choose a part of it")


def citations(store: Store, chosen: Selection, follow: Follow = unfollowed) -> Iterator[Cited]:
    """The resolved citations of a store that are let through, in no order.

    One that is held in several languages comes once; one with several functions once for each.
    """
    rows = solutions(store.query(question("network_citations")))
    for row in follow(rows, "Citations", _resolved(store, follow)):
        document, unit, target, function = (
            row[name].value for name in ("document", "unit", "target", "function")
        )
        if chosen.takes(document, unit, target, function):
            part = row["part"]
            yield Cited(document, unit, target, function, part and part.value)


def _resolved(store: Store, follow: Follow) -> int:
    """About how many there are, where somebody wants to know."""
    if follow is unfollowed:
        return 0
    return int(str(store.select(question("counted_citations")).rows[0][0]))


def citables(store: Store) -> dict[str, About]:
    """What is known of each thing that can be cited, by its IRI."""
    found: dict[str, About] = {}
    same: dict[About, About] = {}  # thousands of documents differ in little but their year
    for row in solutions(store.query(question("citables"))):
        thing, adopted, body = row["thing"].value, row["adopted"], row["body"]
        about = found.get(thing, _NOTHING).with_more(
            local(row["class"].value),
            int(adopted.value[:4]) if adopted else None,
            body.value if body else None,
        )
        found[thing] = same.setdefault(about, about)
    return found


def ends(each: Cited, choice: Choice) -> tuple[str, str] | None:
    """The IRIs of what cites and what is cited, at the level that is chosen; None at no such."""
    if each.target is None:
        return None
    if choice.level == "document":
        return each.document, each.target
    if choice.level == "paragraph":
        return each.unit, each.target
    return (each.unit, each.part) if each.part else None


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
