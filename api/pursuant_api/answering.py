"""The answer to one query, written in the form asked for, up to the bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pursuant.endpoint import Chosen
from pursuant.errors import BadQuery, PursuantError
from pursuant.iri import ID, PREFIXES
from pursuant_api.limits import AnswerTooLarge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pursuant.endpoint import Results
    from pursuant.store import Store

TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
}
_PREFIXED = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML)

# What comes once for each row, and how many of them come besides.
_MARKS = {
    ox.QueryResultsFormat.JSON: (b'}},{"', -1),
    ox.QueryResultsFormat.XML: (b"<result>", 0),
    ox.QueryResultsFormat.CSV: (b"\n", 1),
    ox.QueryResultsFormat.TSV: (b"\n", 1),
}
_NO_ROWS = b'"bindings":[]}}'
_FIRST = 262_144  # a refusal that comes before so many bytes has a status of its own
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Job:
    """A query, and what its asker wants.

    Attributes:
        query: its text.
        table: media type (a key of TABLES) of the answer if it is a table; None: not wanted.
        graph: media type (a key of GRAPHS) of the answer if it is a graph; None: not wanted.
        default_graphs: IRIs of the graphs that are the default graph together.
        named_graphs: IRIs of the graphs that GRAPH sees.
    """

    query: str
    table: str | None
    graph: str | None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None

    @property
    def chosen(self) -> Chosen | None:
        """The graphs that are asked, where the asker chooses them."""
        if self.default_graphs is None and self.named_graphs is None:
            return None
        return Chosen(self.default_graphs or (), self.named_graphs or ())


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long an answer may be: rows or triples, and bytes."""

    rows: int
    size: int


class _Output:
    """The file that the engine writes to: counts, and passes on in large pieces."""

    def __init__(self, bounds: Bounds, send: Callable[[bytes, bool], None]) -> None:
        self.bounds = bounds
        self.send = send
        self.mark, self.besides = b"", 0
        self.rows = 0
        self._marks = 0
        self._passed = 0
        self._held: list[bytes] = []
        self._size = 0
        self._room = _FIRST
        self._tail = b""
        self.is_csv, self._quoted = False, 0

    def write(self, data: bytes) -> int:
        self._held.append(data)
        self._size += len(data)
        if self._size >= self._room:
            self._pass_on(last=False)
            self._room = _PIECE
        return len(data)

    def flush(self) -> None:
        """Nothing: what is held goes on when it is much, or the last."""

    def end(self) -> None:
        self._pass_on(last=True)

    def _pass_on(self, *, last: bool) -> None:
        piece = b"".join(self._held)
        self._held.clear()
        self._passed += self._size
        self._size = 0
        if self.mark:
            self._count(piece)
        if self._passed > self.bounds.size:
            raise AnswerTooLarge(
                f"the answer has more than {self.bounds.size:,} bytes; add a LIMIT"
            )
        self.send(piece, last)

    def _count(self, piece: bytes) -> None:
        self._marks += sum(part.count(self.mark) for part in self._unquoted(self._tail + piece))
        self._tail = piece[-(len(self.mark) - 1) :] if len(self.mark) > 1 else b""
        self.rows = 0 if piece.endswith(_NO_ROWS) else self._marks - self.besides
        if self.rows > self.bounds.rows:
            raise _too_many(self.bounds.rows)

    def _unquoted(self, piece: bytes) -> list[bytes]:
        """The parts where a mark is one: CSV alone has line breaks within quotes."""
        if not self.is_csv:
            return [piece]
        parts = piece.split(b'"')
        outside = parts[self._quoted :: 2]
        self._quoted ^= (len(parts) - 1) & 1
        return outside


def answer(
    store: Store,
    job: Job,
    bounds: Bounds,
    begin: Callable[[str, str], None],
    send: Callable[[bytes, bool], None],
) -> int:
    """Answers a query; all in the thread that calls, where the engine's results must end too.

    Args:
        store: what is asked.
        job: the query and the forms that its asker takes.
        bounds: how long the answer may be.
        begin: told the kind of the answer, "table" or "graph", and its media type, before it is
            sent; the media type is empty where the asker takes none, and the answer is then too.
        send: given the pieces of the answer, and whether a piece is the last one.

    Returns:
        Rows or triples of the answer; for a truth value 1.

    Raises:
        BadQuery: the query cannot be answered.
        AnswerTooLarge: the answer goes beyond the bounds; some pieces may have been sent.
    """
    results = store.query(job.query, chosen=job.chosen, base_iri=str(ID))
    is_graph = isinstance(results, ox.QueryTriples)
    media = job.graph if is_graph else job.table
    begin("graph" if is_graph else "table", media or "")
    if media is None:
        send(b"", True)
        return 0
    output = _Output(bounds, send)
    try:
        _write(results, media, output)
    except PursuantError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise BadQuery(f"the query cannot be answered: {error}") from error
    output.end()
    return output.rows


def _write(results: Results, media: str, output: _Output) -> None:
    if isinstance(results, ox.QueryTriples):
        return _write_graph(results, GRAPHS[media], output)
    if isinstance(results, ox.QueryBoolean):
        output.rows = 1
    else:
        output.mark, output.besides = _MARKS[TABLES[media]]
        output.is_csv = media == "text/csv"
    results.serialize(output, TABLES[media])  # type: ignore[arg-type]
    return None


def _write_graph(triples: ox.QueryTriples, form: ox.RdfFormat, output: _Output) -> None:
    def counted() -> Iterator[ox.Triple]:
        for output.rows, triple in enumerate(triples, 1):
            if output.rows > output.bounds.rows:
                raise _too_many(output.bounds.rows)
            yield triple

    prefixes = PREFIXES if form in _PREFIXED else None
    ox.serialize(counted(), output, form, prefixes=prefixes)  # type: ignore[arg-type]


def _too_many(rows: int) -> AnswerTooLarge:
    return AnswerTooLarge(f"the answer has more than {rows:,} rows; add a LIMIT")
