"""Citations on their way to a network, in a temporary database: a million take no more memory.

SQLite keeps it in some megabytes of memory, and what is more in a file without a name, in the
folder that `SQLITE_TMPDIR` or `TMPDIR` names; it is gone with the object.
"""

from __future__ import annotations

import sqlite3
import weakref
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from pursuant.errors import PursuantError
from pursuant.networks.columns import Network, Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pursuant.networks.columns import Column, Fact

FACTS = ("label", "type", "iri", "symbol", "year", "body", "document", "unit")
_BATCH = 10_000  # rows
_KNOWN = 4096
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -8192;
CREATE TABLE cited (source TEXT, target TEXT, function TEXT, unit TEXT);
CREATE TABLE thing (iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE described (name TEXT, label, type, iri TEXT, symbol, year, body, document, unit);
CREATE TABLE node (place INTEGER PRIMARY KEY,
                   name TEXT, label, type, iri TEXT UNIQUE, symbol, year, body, document, unit);
CREATE TABLE edge (source INTEGER, target INTEGER, functions TEXT, weight INTEGER);
"""
_THINGS = """
INSERT OR IGNORE INTO thing SELECT source FROM cited UNION SELECT target FROM cited
"""
# What is nearer by a step, in either direction.
_NEIGHBOURS = """
INSERT OR IGNORE INTO thing
SELECT target FROM cited WHERE source IN thing UNION SELECT source FROM cited WHERE target IN thing
"""
# Two things are never called the same: the second is called by its IRI.
_NODES = """
INSERT INTO node
SELECT NULL, iif(row_number() OVER (PARTITION BY name ORDER BY iri) > 1, iri, name) AS own,
       label, type, iri, symbol, year, body, document, unit
FROM described ORDER BY own
"""
_EDGES = """
INSERT INTO edge
SELECT a.place, b.place, group_concat(DISTINCT function), count(DISTINCT cited.unit)
FROM cited JOIN node AS a ON a.iri = cited.source JOIN node AS b ON b.iri = cited.target
GROUP BY a.place, b.place ORDER BY a.place, b.place
"""


class Spool:
    """The citations that are chosen; then, once they are `described`, a network's nodes and edges.

    Attributes:
        node_count: how many nodes there are.
        edge_count: how many edges there are.
    """

    def __init__(self) -> None:
        """An empty one."""
        # Autocommit; used by one thread at a time, and closed by whichever comes last.
        self._held = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._held.close)
        self._held.executescript(_SCHEMA)
        self.node_count = self.edge_count = 0

    def fill(
        self,
        rows: Iterable[tuple[str, str, str, str]],
        watch: Callable[[int], object] = lambda _: None,
    ) -> None:
        """Takes in citations, in any order; of those that come again each counts once.

        Args:
            rows: the IRIs of what cites and what is cited, the function, and the citing unit.
            watch: is told from time to time how many rows there are.
        """
        coming, count = iter(rows), 0
        with _room():
            while batch := list(islice(coming, _BATCH)):
                self._held.execute("BEGIN")
                self._held.executemany("INSERT INTO cited VALUES (?, ?, ?, ?)", batch)
                self._held.execute("COMMIT")
                count += len(batch)
                watch(count)
            self._held.execute(_THINGS)

    def citations(self) -> int:
        """How many citations there are: what a unit cites twice, or in two languages, is one."""
        with _room():
            return self._number(
                "SELECT count(*) FROM (SELECT DISTINCT source, unit, target FROM cited)"
            )

    def keep_around(self, centre: str, steps: int) -> None:
        """Forgets what is farther away from a thing than some citations, in either direction.

        Args:
            centre: IRI of a document or instrument; its paragraphs are where it is.
            steps: how many.
        """
        with _room():
            self._held.execute("INSERT OR IGNORE INTO thing VALUES (?)", (centre,))
            self._held.execute(
                "DELETE FROM thing WHERE iri <> ? AND substr(iri, 1, ?) <> ?",
                (centre, len(centre) + 1, f"{centre}/"),
            )
            for _ in range(steps):
                if not self._held.execute(_NEIGHBOURS).rowcount:
                    break
            self._held.execute("DELETE FROM cited WHERE source NOT IN thing OR target NOT IN thing")

    def things(self) -> tuple[Iterator[str], int]:
        """The IRIs of what cites or is cited, sorted, and how many they are."""
        found = self._held.execute("SELECT iri FROM thing ORDER BY iri")
        return (iri for (iri,) in found), self._number("SELECT count(*) FROM thing")

    def describe(self, things: Iterable[tuple[str, Mapping[str, Fact | None]]]) -> None:
        """Takes in the name and `FACTS` of each thing, and makes nodes and edges."""
        marks = ", ".join("?" * (1 + len(FACTS)))
        with _room():
            self._held.execute("BEGIN")
            self._held.executemany(
                f"INSERT INTO described VALUES ({marks})",  # noqa: S608 - question marks
                ((name, *(facts.get(each) for each in FACTS)) for name, facts in things),
            )
            self._held.execute(_NODES)
            self._held.execute("DROP TABLE described")
            self.node_count = self._number("SELECT count(*) FROM node")
            self._held.execute(_EDGES)
            self._held.execute("DROP TABLE cited")
            self.edge_count = self._number("SELECT count(*) FROM edge")
            self._held.execute("COMMIT")

    def stream(self) -> Stream:
        """The nodes, sorted by name, and the edges, by their ends, as they are read."""
        known = self._known()
        return Stream(
            {name: int if name == "year" else str for name in known},
            {"functions": str, "weight": int} if self.edge_count else {},
            ((name, _said(known, facts)) for name, *facts in self._rows("name", *known)),
            (
                (a, b, {"functions": _functions(functions), "weight": weight})
                for a, b, functions, weight in self._held.execute(
                    "SELECT a.name, b.name, functions, weight FROM edge "
                    "JOIN node AS a ON a.place = source JOIN node AS b ON b.place = target "
                    "ORDER BY edge.rowid"
                )
            ),
        )

    def network(self) -> Network:
        """The same in columns, for what needs all of it at once."""
        columns: dict[str, Column] = {
            name: [value for (value,) in self._rows(name)] for name in self._known() or FACTS
        }
        names = tuple(name for (name,) in self._rows("name"))
        source, target, weight = (
            np.fromiter(
                (number for (number,) in self._held.execute(f"SELECT {what} FROM edge")),  # noqa: S608 - ours
                np.int32,
                self.edge_count,
            )
            for what in ("source - 1", "target - 1", "weight")
        )
        functions = [
            _functions(each) for (each,) in self._held.execute("SELECT functions FROM edge")
        ]
        return Network(names, columns, source, target, {"functions": functions, "weight": weight})

    def iris(self) -> Iterator[str]:
        """The IRIs of the nodes."""
        return (iri for (iri,) in self._rows("iri"))

    def citing(self) -> Iterator[tuple[str, str]]:
        """IRI and type of each node that cites."""
        yield from self._held.execute(
            "SELECT iri, type FROM node WHERE place IN (SELECT source FROM edge)"
        )

    def _known(self) -> list[str]:
        """Those of `FACTS` that are known of any node."""
        counts = self._held.execute(
            f"SELECT {', '.join(f'count({name})' for name in FACTS)} FROM node"  # noqa: S608 - ours
        ).fetchone()
        return [name for name, count in zip(FACTS, counts, strict=True) if count]

    def _rows(self, *columns: str) -> Iterator[Any]:
        yield from self._held.execute(f"SELECT {', '.join(columns)} FROM node ORDER BY place")  # noqa: S608 - ours

    def _number(self, question: str) -> int:
        return int(self._held.execute(question).fetchone()[0])


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise PursuantError(
            f"the citations cannot be kept in the folder for temporary files: {error}"
        ) from error


def _said(known: Iterable[str], facts: Iterable[Fact | None]) -> dict[str, Fact]:
    return {name: fact for name, fact in zip(known, facts, strict=True) if fact is not None}


@lru_cache(maxsize=_KNOWN)
def _functions(joined: str) -> str:
    """The functions of an edge in their order; equal texts are one."""
    return "; ".join(sorted(joined.split(",")))
