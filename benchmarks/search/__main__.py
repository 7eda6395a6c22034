"""`python -m benchmarks.search`: our full-text search and SQLite FTS5, on invented paragraphs.

Both get the same paragraphs of invented resolutions in six languages and the same queries, in one
run. Ours is asked as an analyst asks it: with hits, their texts from the store, snippets and
facets. FTS5 gives the best 20 with their texts, and in a second query the counts of one facet.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.facade.composing import LANGUAGES, Plan, compose
from pursuant.analysing import asked, terms
from pursuant.building import document_triples, shipped_graphs
from pursuant.indexing import index_of
from pursuant.searching import search
from pursuant.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pursuant.document import Document

_PER_DOCUMENT = 38
# What is asked: a kind, a query, and our filters.
QUERIES: list[tuple[str, str, dict[str, str]]] = [
    *(("two characters", word, {}) for word in ("证据", "边境", "儿童", "监狱", "培训", "条约")),
    *(
        ("phrase", f'"{words}"', {})
        for words in ("within existing programmes", "in law and in practice")
    ),
    *(("phrase", f'"{words}"', {}) for words in ("加强机构", "联合行动")),
    *(("words", words, {}) for words in ("border evidence", "training prisons", "证据 培训")),
    *(("faceted", word, {"force": "urge"}) for word in ("evidence", "证据", "борьбы")),
    *(("faceted", word, {"body": "ga", "year": "2019"}) for word in ("justice", "儿童")),
    ("rare", "90210", {}),
]


@click.command()
@click.option("--paragraphs", default=400_000, show_default=True)
@click.option("--seed", default=20_190_723, show_default=True)
@click.option("--rounds", default=20, show_default=True, help="How often each query is asked.")
@click.option("--keep", type=click.Path(path_type=Path), help="Folder to keep what is made in.")
def main(paragraphs: int, seed: int, rounds: int, keep: Path | None) -> None:
    """Measure our search, and SQLite FTS5 beside it."""
    console = Console(width=None if sys.stdout.isatty() else 120)
    with tempfile.TemporaryDirectory() as folder:
        place = keep or Path(folder)
        peer, store = Peer(place / "fts5.sqlite"), Store(place / "store")
        if not peer.is_filled:
            console.print(_made(place, store, peer, Plan(seed, paragraphs // _PER_DOCUMENT)))
        console.print(_asked(store, peer, rounds))


def _made(place: Path, store: Store, peer: Peer, plan: Plan) -> Table:
    size = _fill(store, peer, plan)
    seconds = _timed(lambda: index_of(store))
    peer.finish()
    told = Table("", "index, of the text", "built in", title=f"{size:,} bytes of text")
    told.add_row(
        "Pursuant (Tantivy)", _share(_bytes(place / "store/search"), size), f"{seconds:.0f} s"
    )
    told.add_row("SQLite FTS5", _share(peer.bytes(), size), f"{peer.seconds:.0f} s")
    return told


def _fill(store: Store, peer: Peer, plan: Plan) -> int:
    size = 0

    def graphs() -> Iterator[tuple[str, object]]:
        nonlocal size
        for name, graph in shipped_graphs().items():  # what filters and facets are called
            yield str(name), graph
        for number in track(range(plan.documents), "Composing", transient=True):
            document = compose(plan, number)
            size += sum(len(p.text.encode()) for p in document.paragraphs)
            peer.add(document)
            name, triples = document_triples(document)
            yield str(name), triples

    store.replace(graphs())  # type: ignore[arg-type]
    return size


class Peer:
    """FTS5 over the same terms as ours, with the texts beside."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seconds = 0.0
        self.is_filled = path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.base = sqlite3.connect(path)
        self.base.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE IF NOT EXISTS texts (id INTEGER PRIMARY KEY, body, year, force, text);"
            "CREATE VIRTUAL TABLE IF NOT EXISTS words"
            " USING fts5(terms, content='', tokenize='unicode61');"
        )
        self.count = 0

    def add(self, document: Document) -> None:
        """The paragraphs of a document."""
        start = time.perf_counter()
        for paragraph in document.paragraphs:
            self.count += 1
            force = paragraph.mandates[0].force if paragraph.mandates else None
            row = (self.count, document.adopted_by, (document.adopted or "")[:4], force)
            self.base.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", (*row, paragraph.text))
            told = " ".join(t.text for t in terms(paragraph.text, document.language))
            self.base.execute("INSERT INTO words (rowid, terms) VALUES (?, ?)", (self.count, told))
        self.seconds += time.perf_counter() - start

    def finish(self) -> None:
        """Puts the index in order."""
        self.seconds += _timed(
            lambda: self.base.execute("INSERT INTO words (words) VALUES ('optimize')")
        )
        self.base.commit()

    def bytes(self) -> int:
        """Size of the index without the texts."""
        told = self.base.execute("SELECT SUM(pgsize) FROM dbstat WHERE name LIKE 'words%'")
        return int(told.fetchone()[0])

    def ask(self, query: str, filters: dict[str, str]) -> None:
        """The best 20 with their texts, and how many there are of each body."""
        match = _fts(query)
        where = "".join(f" AND {name} = '{value}'" for name, value in filters.items())
        joined = f"FROM words JOIN texts ON id = words.rowid WHERE words MATCH ?{where}"
        self.base.execute(f"SELECT text {joined} ORDER BY rank LIMIT 20", (match,)).fetchall()
        self.base.execute(f"SELECT body, COUNT(*) {joined} GROUP BY body", (match,)).fetchall()


def _fts(query: str) -> str:
    clauses = [query.strip('"')] if query.startswith('"') else query.split()
    told = []
    for clause in clauses:
        rows = dict.fromkeys(filter(None, (asked(clause, language) for language in LANGUAGES)))
        told.append("(" + " OR ".join('"' + " ".join(row) + '"' for row in rows) + ")")
    return " AND ".join(told)


def _asked(store: Store, peer: Peer, rounds: int) -> Table:
    table = Table("queries", "Pursuant p50", "p95", "FTS5 p50", "p95", "ratio of p95", title="ms")
    for kind in dict.fromkeys(kind for kind, _, _ in QUERIES):
        ours: list[float] = []
        theirs: list[float] = []
        for _, query, filters in [each for each in QUERIES if each[0] == kind]:
            ask = partial(search, store, query, **filters)  # type: ignore[arg-type]
            ours += [_timed(ask) for _ in range(rounds)]
            asked_peer = partial(peer.ask, query, filters)
            theirs += [_timed(asked_peer) for _ in range(max(3, rounds // 5))]
        numbers = [1000 * n for n in (*_quantiles(ours), *_quantiles(theirs))]
        table.add_row(kind, *(f"{n:.1f}" for n in numbers), f"{numbers[3] / numbers[1]:.1f}x")
    return table


def _quantiles(seconds: list[float]) -> tuple[float, float]:
    return statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}x"


if __name__ == "__main__":
    main()
