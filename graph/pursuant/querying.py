"""The tables that analysts ask for: what is invoked, and by whom.

The questions are SPARQL files in `queries/`, whose first line says what they ask. Only terms are
put into them, never text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from pursuant.errors import UnknownName
from pursuant.iri import local
from pursuant.names import DOCUMENTS, FUNCTIONS, INSTRUMENTS, Names, likeliest, names_of, near
from pursuant.narrowing import between, check
from pursuant.paths import QUERIES
from pursuant.symbol import unit_id
from pursuant.table import Table, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pursuant.store import Store

INVOKES = (
    "unit",
    "target",
    "title",
    "kind",
    "function",
    "via",
    "footnote",
    "pinpoint",
    "exact",
    "status",
)
CITED_BY = ("document", "unit", "function", "via", "exact", "adopted")
_VIA = ("text", "anaphora", "footnote")
_PARTS = ("pp", "op", "annex", "fn")
_HEADING = re.compile(r"h\d+")
_UNIT = re.compile(r"(pp|op|annex|fn)-?(\d*+)(?>(?:s(\d++))?)((?>(?:-?\w)*))")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Invocation:
    """One citation of one paragraph, by the evidence that a reader meets first."""

    document: str
    unit: str
    target: str | None
    kind: str
    function: str
    status: str
    via: str
    footnote: int | None
    pinpoint: str | None
    exact: str
    start: int


def question(name: str) -> str:
    """The text of one of our queries.

    >>> question("units").splitlines()[0]
    '# Which paragraphs, points and footnotes does a document have?'
    """
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def invokes(
    store: Store,
    document: str,
    unit: str | None = None,
    everything: bool = False,
    language: str = "en",
) -> Table:
    """Which instruments a document or one of its paragraphs invokes, in the order of the text.

    Args:
        store: what is asked.
        document: symbol, slug or title.
        unit: a paragraph with its points, or a footnote, in any spelling.
        everything: also groups of instruments, the document itself, and what is not resolved.
        language: of titles, and of the words shown where there is a choice.

    >>> import pursuant
    >>> store = pursuant.Store.memory(pursuant.build())
    >>> for row in invokes(store, "E/RES/2019/21", "29"):
    ...     print(row["unit"], row["target"], row["function"], row["via"], row["footnote"])
    op29 A/RES/60/288 implement text 4

    Raises:
        UnknownName: the document or unit is not held.
    """
    names = names_of(store)
    work = names.find(document, DOCUMENTS, "document")
    held = units_of(store, work, names)
    wanted = _known_unit(unit, held, names.target(work)) if unit else None
    rows = [
        invocation_row(each, names, language)
        for each in invocations(store, work, language)
        if (everything or (each.kind == "instrument" and each.target is not None))
        and (wanted is None or is_in(each.unit, each.footnote, wanted))
    ]
    return Table(INVOKES, tuple(rows))


def cited_by(
    store: Store,
    instrument: str,
    language: str = "en",
    *,
    function: str | None = None,
    via: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Table:
    """Which paragraphs invoke an instrument, oldest document first.

    Args:
        store: what is asked.
        instrument: symbol, slug or name.
        language: of the words shown where there is a choice.
        function: slug or name of how it is invoked.
        via: text, footnote or anaphora.
        since: a year, month or day from which on the citing documents were adopted.
        until: the year, month or day with which that ends.

    >>> import pursuant
    >>> store = pursuant.Store.memory(pursuant.build())
    >>> [row["unit"] for row in cited_by(store, "Charter of the United Nations")]
    ['pp4', 'pp6', 'op4']

    Raises:
        UnknownName: nothing is called so.
        BadQuery: a day is none, or there is no such via.
    """
    names = names_of(store)
    target = names.find(instrument, INSTRUMENTS, "instrument")
    how = function and local(names.find(function, FUNCTIONS, "function"))
    check("via", via, _VIA)
    when = between(None, since, until)
    rows = _citing(store, target, names, language)
    rows = [row for row in rows if how in (None, "", row[2]) and via in (None, "", row[3])]
    rows = [row for row in rows if when(row[5])]
    rows.sort(key=lambda row: (row[5] is None, row[5], row[0], unit_order(row[1])))
    return Table(CITED_BY, tuple(rows))


def _citing(store: Store, target: str, names: Names, language: str) -> list[tuple[Any, ...]]:
    found = grouped(select(store, "cited_by", target=ox.NamedNode(target)), "citation")
    first = (_first_evidence(citation, language) for citation in found)
    return [
        (
            names.target(row["document"]),
            local(row["unit"]),
            local(row["function"]),
            local(row["via"]),
            row["exact"],
            row["adopted"],
        )
        for row in first
        if row["document"] != target
    ]


def invocations(store: Store, document: str | None, language: str) -> list[Invocation]:
    """The citations of a document, or of all, in the order of the text; one a unit and target."""
    terms = {"document": ox.NamedNode(document)} if document else {}
    merged: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _citations(store, terms):
        merged[row["unit"], row["target"] or row["citation"]].append(row)
    found = [_invocation(rows, language) for rows in merged.values()]
    return sorted(found, key=_reading_order)


def _citations(store: Store, terms: Mapping[str, ox.NamedNode]) -> Iterator[Row]:
    """A row for each piece of evidence of each citation, and for each thing that it cites."""
    facts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in select(store, "cited_things", **terms):
        facts[row["citation"]][local(row["property"])].append(row["value"])
    groups = {row["group"] for row in select(store, "groups")}
    drafts = {(row["document"], row["draft"]) for row in select(store, "drafts", **terms)}
    for row in select(store, "citations", **terms):
        about = facts[row["citation"]]
        targets: list[str | None] = [*about["cited"]]
        for target in targets or [None]:
            yield row | {
                "target": target,
                "group": target in groups,
                "self": (row["document"], target) in drafts,
                "pinpoint": min(about["citedPart"], default=None),
                "footnotes": about["viaFootnote"],
            }


def unit_order(unit: str) -> tuple[int, int, tuple[tuple[int, int, str], ...]]:
    """A key that sorts units as they stand in a document.

    >>> sorted(["fn1", "op10", "op3-b", "op3", "op3-a-iv", "op3-a-ii", "pp2"], key=unit_order)
    ['pp2', 'op3', 'op3-a-ii', 'op3-a-iv', 'op3-b', 'op10', 'fn1']
    """
    m = _UNIT.fullmatch(unit)
    if not m:
        return len(_PARTS), 0, ((0, 0, unit),)
    points = m[4].split("-")[1:]
    steps = tuple((_roman(p) if depth else 0, len(p), p) for depth, p in enumerate(points))
    number = int(m[2] or 0) + 1000 * (int(m[3] or 1) - 1)  # sections may count from 1 again
    return _PARTS.index(m[1]), number, steps if m[2] else ((0, 0, unit),)


def in_document_order(units: Iterable[str]) -> list[str]:
    """Units as they stand in a document; the number of a heading is its place among all.

    >>> in_document_order(["h3", "fn1", "op1", "pp2", "pp1", "h5", "op2"])
    ['pp1', 'pp2', 'h3', 'op1', 'h5', 'op2', 'fn1']
    """
    ordered = sorted(units, key=unit_order)
    places = sorted(int(unit[1:]) for unit in ordered if _HEADING.fullmatch(unit))
    ordered = [unit for unit in ordered if not _HEADING.fullmatch(unit)]
    for place in places:
        ordered.insert(place - 1, f"h{place}")
    return ordered


def _roman(numeral: str) -> int:
    digits = [_ROMAN.get(letter, 0) for letter in numeral]
    following = [*digits[1:], 0]
    return sum(-d if d < after else d for d, after in zip(digits, following, strict=True))


def select(store: Store, name: str, **terms: ox.NamedNode) -> list[Row]:
    """The rows that one of our queries gives; `terms` stand for some of its variables."""
    return list(store.select(question(name), substitutions=terms))


def select_among(
    store: Store, name: str, variable: str, things: Iterable[str], **terms: ox.NamedNode
) -> list[Row]:
    """The rows of one of our queries in which a variable is one of some things, by their IRIs."""
    named = " ".join(str(ox.NamedNode(thing)) for thing in things)
    text = question(name).replace("WHERE {", f"WHERE {{ VALUES ?{variable} {{ {named} }}", 1)
    return list(store.select(text, substitutions=terms))


def units_of(store: Store, document: str, names: Names) -> set[str]:
    """Ids of the units of a document, by its IRI.

    Raises:
        UnknownName: its text is not held.
    """
    rows = select(store, "units", document=ox.NamedNode(document))
    if not rows:
        raise UnknownName(f"the text of {names.target(document)} is not held, only its name")
    return {local(row["unit"]) for row in rows}


def _known_unit(text: str, held: set[str], document: str) -> str:
    unit = unit_id(text)
    if unit not in held:
        offered = near(unit, {name: name for name in sorted(held, key=unit_order)}, 0.6)
        raise UnknownName(f"{document} has no {unit}{offered}")
    return unit


def is_in(unit: str, footnote: int | None, wanted: str) -> bool:
    """Whether what a unit cites, by a footnote or without, is of a unit that is asked for."""
    if wanted.startswith("fn"):
        return footnote == int(wanted[2:])
    return unit == wanted or unit.startswith(f"{wanted}-")


def grouped(rows: Iterable[Row], column: str) -> Iterator[list[Row]]:
    """The rows that have the same value in a column, together."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return iter(groups.values())


def preferred(rows: Sequence[Row], language: str) -> Row:
    """The row in the language asked for, else in the likeliest; the same one every time."""
    chosen = likeliest({row["language"] for row in rows}, language)
    return min((row for row in rows if row["language"] == chosen), key=str)


def _first_evidence(rows: Sequence[Row], language: str) -> Row:
    told = preferred(rows, language)["language"]
    same = [row for row in rows if row["language"] == told]
    return min(same, key=lambda row: (_VIA.index(local(row["via"])), row["start"], str(row)))


def _invocation(rows: Sequence[Row], language: str) -> Invocation:
    first = _first_evidence(rows, language)
    notes = sorted(int(local(note)[2:]) for row in rows for note in row["footnotes"])
    return Invocation(
        document=first["document"],
        unit=local(first["unit"]),
        target=first["target"],
        kind=_kind(first),
        function=local(first["function"]),
        status=local(first["resolution"]),
        via=local(first["via"]),
        footnote=notes[0] if notes else None,
        pinpoint=min((r["pinpoint"] for r in rows if r["pinpoint"]), default=None),
        exact=first["exact"],
        start=first["start"],
    )


def _kind(row: Row) -> str:
    if row["target"] and row["group"]:
        return "group"
    if row["target"] and (row["self"] or row["target"] == row["document"]):
        return "self"
    return "instrument"


def _reading_order(each: Invocation) -> tuple[Any, ...]:
    in_note = each.via == "footnote"
    place = (in_note, (each.footnote or 0) if in_note else 0, each.start)
    return each.document, unit_order(each.unit), place, each.target or "", each.exact


def invocation_row(each: Invocation, names: Names, language: str) -> tuple[Value, ...]:
    """An invocation under the columns of INVOKES."""
    target = each.document if each.kind == "self" else each.target
    return (
        each.unit,
        names.target(target) if target else None,
        names.label(target, language) if target else None,
        each.kind,
        each.function,
        each.via,
        each.footnote,
        each.pinpoint,
        each.exact,
        each.status,
    )
