"""The store: named graphs on disk, in memory, or behind a SPARQL endpoint.

The only module that knows an engine. A store on disk is a folder of revisions
(`pursuant.revisions`); each is a RocksDB folder that is never written again once it is current.

Each statement lies in its named graph and once more in the default graph, which is the merge of
them all. An engine's "union" default graph would give a statement of two graphs twice, and a query
that joins such statements every combination of them.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox
import rdflib

from pursuant import content, revisions
from pursuant.drafting import Draft
from pursuant.endpoint import Chosen, Endpoint, Results
from pursuant.errors import BadQuery, StoreProblem
from pursuant.iri import PREFIXES
from pursuant.manifest import Manifest
from pursuant.sparql import refuse_elsewhere, syntax_problem
from pursuant.table import Table, Value
from pursuant.transport import TIMEOUT, Service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pursuant.content import Content, Given, Term

_NUMBERS: dict[str, Callable[[str], float]] = {
    "integer": int,
    "decimal": float,
    "double": float,
    "float": float,
}
_XSD = PREFIXES["xsd"]


class Store:
    """Named graphs that can be asked, and replaced as one.

    Get one from `open_store`, or from `Store.memory` for a passing one.
    """

    def __init__(self, location: Path | None, endpoint: Endpoint | None = None) -> None:
        """Opens a folder, an endpoint, or an empty store in memory."""
        self._folder = location
        self._endpoint = endpoint
        self._number = 0
        self._manifest = Manifest()
        self._engine = ox.Store()
        self._held = ExitStack()
        if location is not None:
            self._open_current(location)

    @classmethod
    def memory(cls, graphs: rdflib.Dataset | Mapping[str, Given] | None = None) -> Store:
        """A store that lives as long as the object."""
        store = cls(None)
        store.replace(
            content.by_graph(graphs) if isinstance(graphs, rdflib.Dataset) else graphs or {}
        )
        return store

    @property
    def revision(self) -> str:
        """Name of the state that this object answers from; another content has another name."""
        return f"{self._number}-{self._manifest.digest}" if self._endpoint is None else "remote"

    @property
    def fingerprint(self) -> str | None:
        """Fingerprint of the shipped data that the store was built with, or None."""
        return self._manifest.fingerprint

    @property
    def manifest(self) -> Manifest:
        """What the store holds, by graph; empty for an endpoint."""
        return self._manifest

    @property
    def is_remote(self) -> bool:
        """Whether this is somebody else's endpoint."""
        return self._endpoint is not None

    @property
    def is_frozen(self) -> bool:
        """Whether it cannot be written: an endpoint, or a folder of somebody else's."""
        folder = self._folder
        held = folder is not None and folder.is_dir() and not os.access(folder, os.W_OK)
        return self.is_remote or held

    @property
    def location(self) -> Path | None:
        """Folder of all revisions; None for a store in memory or an endpoint."""
        return self._folder

    @property
    def folder(self) -> Path | None:
        """Folder of the revision, which any number of processes may open read-only."""
        return revisions.path(self._folder, self._number) if self._folder and self._number else None

    @property
    def written(self) -> datetime | None:
        """When the revision was written; None where nobody knows: in memory, or behind a URL."""
        if self._folder is None or not self._number:
            return None
        try:
            seconds = revisions.manifest(self._folder, self._number).stat().st_mtime
        except OSError:  # removed meanwhile
            return None
        return datetime.fromtimestamp(seconds, UTC)

    def refreshed(self) -> Store:
        """This store, or one on the current revision where a writer has made a newer one."""
        if self._folder is None or revisions.current(self._folder) == self._number:
            return self
        return Store(self._folder)

    def query(
        self,
        text: str,
        *,
        base_iri: str | None = None,
        substitutions: Mapping[str, Term] | None = None,
        chosen: Chosen | None = None,
    ) -> Results:
        """Answers a SPARQL query, whose default graph is all named graphs together.

        Args:
            text: a SELECT, ASK, CONSTRUCT or DESCRIBE query.
            base_iri: what relative IRIs are resolved against.
            substitutions: terms by the names of the selected variables that they stand for.
            chosen: the graphs that are asked, whatever the query says.

        Raises:
            BadQuery: the query is wrong, is an update, or asks what is not held here.
        """
        holds = (self._endpoint or self._manifest).holds if chosen is None else None
        refuse_elsewhere(text, base_iri, holds)
        if self._endpoint is not None:
            based = f"BASE <{ox.NamedNode(base_iri).value}> {text}" if base_iri else text
            return self._endpoint.ask(based, substitutions, chosen)
        try:
            return self._engine.query(
                text,
                default_graph=[ox.NamedNode(g) for g in chosen.default] if chosen else None,
                named_graphs=[ox.NamedNode(g) for g in chosen.named] if chosen else None,
                base_iri=base_iri,
                prefixes={name: iri for name, iri in PREFIXES.items() if name in text},
                substitutions={ox.Variable(k): v for k, v in (substitutions or {}).items()},
            )
        except SyntaxError as error:
            raise syntax_problem(text, error) from None
        except (ValueError, OSError, RuntimeError) as error:
            raise BadQuery(f"the query cannot be answered: {error}") from error

    def select(self, text: str, *, substitutions: Mapping[str, Term] | None = None) -> Table:
        """Answers a SELECT query with a table of plain values; IRIs are strings."""
        return as_table(self.query(text, substitutions=substitutions))

    def graphs(self) -> list[str]:
        """IRIs of the named graphs, sorted."""
        if self._endpoint is None:
            return sorted(
                g.value for g in self._engine.named_graphs() if isinstance(g, ox.NamedNode)
            )
        return self._endpoint.graph_names()

    def quads(self, graph: str | None = None, predicate: str | None = None) -> Iterator[ox.Quad]:
        """All statements of the named graphs, or of one graph, or of a property, in no order."""
        name, by = (ox.NamedNode(each) if each else None for each in (graph, predicate))
        if self._endpoint is None:
            for each in (name,) if name else self._engine.named_graphs():
                yield from self._engine.quads_for_pattern(None, by, None, each)
            return
        given = {key: term for key, term in (("g", name), ("p", by)) if term}
        results = self.query("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }", substitutions=given)
        assert isinstance(results, ox.QuerySolutions)
        for s, p, o, g in results:
            yield ox.Quad(s, by or p, o, name or g)

    def count(self) -> int:
        """Number of statements in the named graphs; one that two graphs state counts twice."""
        if self._endpoint is None:
            return sum(record.triples for record in self._manifest.graphs.values())
        table = self.select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
        return int(str(table.rows[0][0]))

    def dump(self, form: ox.RdfFormat, output: IO[bytes] | None = None) -> bytes | None:
        """Everything as N-Quads or TriG, as the engine streams it: in no order."""
        return ox.serialize(self.quads(), output, form, prefixes=PREFIXES)

    def write_graph(self, graph: str, output: IO[bytes]) -> None:
        """One named graph as N-Triples, as the engine streams it: in no order."""
        if self._endpoint is None:
            name = ox.NamedNode(graph)
            self._engine.dump(output, ox.RdfFormat.N_TRIPLES, from_graph=name)
        else:
            triples = (quad.triple for quad in self.quads(graph))
            ox.serialize(triples, output, ox.RdfFormat.N_TRIPLES)

    def replace(
        self,
        graphs: Mapping[str, Given] | Iterable[tuple[str, Given]],
        remove: Iterable[str] = (),
        fingerprint: str | None = None,
    ) -> bool:
        """Replaces and removes whole graphs, all of them or none.

        Args:
            graphs: new content by graph IRI; pairs are written as they come, so that they need
                not fit into memory together, and of two with the same IRI the last stays.
            remove: IRIs of graphs to remove; those that are not held are passed over.
            fingerprint: given when `graphs` is the shipped data: graphs shipped before and no
                longer among them are removed too.

        Returns:
            Whether anything changed; if not, no revision is made.
        """
        if self._endpoint is not None:
            raise StoreProblem(f"{self._endpoint.url} is a remote store, which is only read")
        pairs = graphs.items() if isinstance(graphs, Mapping) else graphs
        contents = ((name, content.read(name, given)) for name, given in pairs)
        if self._folder is None:
            draft = Draft(self._manifest, lambda: self._engine)
            after = draft.written(list(contents), tuple(remove), fingerprint)
            changed = after != self._manifest
            self._manifest, self._number = after, self._number + changed
            return changed
        with revisions.writing(self._folder) as number:
            self._open(self._folder, number)
            changed = self._write(self._folder, number + 1, contents, tuple(remove), fingerprint)
        self._open_current(self._folder)
        return changed

    def _write(
        self,
        folder: Path,
        number: int,
        contents: Iterable[tuple[str, Content]],
        remove: tuple[str, ...],
        fingerprint: str | None,
    ) -> bool:
        def start() -> ox.Store:
            target = revisions.path(folder, number)
            if number > 1:
                self._engine.backup(target)
            return ox.Store(target)

        draft = Draft(self._manifest, start)
        after = draft.written(contents, remove, fingerprint)
        if after == self._manifest:
            return False
        draft.close()
        text = after.dated(self._manifest).to_json()
        revisions.write_durably(revisions.manifest(folder, number), text)
        revisions.promote(folder, number)
        revisions.prune(folder)
        return True

    def roll_back(self, to: int | None = None) -> int:
        """Makes an earlier revision current again, under a new number; tells which it was.

        Args:
            to: a number; without one, the revision before this one. Rolling back again goes on
                from there, to the one before that.

        Raises:
            StoreProblem: it is not there, or this is not a store on disk.
        """
        folder = self._folder
        if folder is None:
            raise StoreProblem("only a store in a folder has revisions to go back to")
        with revisions.writing(folder) as number:
            self._open(folder, number)
            since = self._manifest.restores or number
            earlier = [n for n in revisions.held(folder) if n < (number if to else since)]
            wanted = to or max(earlier, default=0)
            if wanted not in earlier:
                which = f"revision {to}" if to else f"revision before {since}"
                there = ", ".join(map(str, revisions.held(folder))) or "none"
                raise StoreProblem(f"{folder} has no {which} to go back to (it holds {there})")
            before = self._manifest
            self._open(folder, wanted)
            self._engine.backup(revisions.path(folder, number + 1))
            text = replace(self._manifest, restores=wanted).dated(before).to_json()
            revisions.write_durably(revisions.manifest(folder, number + 1), text)
            revisions.promote(folder, number + 1)
        self._open_current(folder)
        return wanted

    def _open_current(self, folder: Path) -> None:
        for _ in range(5):
            try:
                return self._open(folder, revisions.current(folder))
            except FileNotFoundError:
                continue  # two writers have passed between the number and the folder
        raise StoreProblem(f"{folder} names a revision that is not there")

    def _open(self, folder: Path, number: int) -> None:
        if number == self._number and number:
            return
        if not number:
            self._engine, self._manifest, self._number = ox.Store(), Manifest(), 0
            return
        try:
            with ExitStack() as holding:
                place = holding.enter_context(revisions.reading(folder, number))
                text = revisions.manifest(folder, number).read_text(encoding="utf-8")
                manifest = Manifest.from_json(text)
                engine = ox.Store.read_only(str(place))
                held = holding.pop_all()
        except FileNotFoundError:
            raise
        except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
            raise StoreProblem(f"{folder} cannot be read as a store: {error}") from error
        self._held.close()
        self._held = held
        self._engine, self._manifest, self._number = engine, manifest, number


def default_location() -> str:
    """`$PURSUANT_STORE`, else the user's data folder."""
    if named := os.environ.get("PURSUANT_STORE"):
        return named
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return str(Path(home) / "pursuant" / "store")


def open_store(
    location: str | Path | None = None, *, token: str | None = None, timeout: float = TIMEOUT
) -> Store:
    """Opens a folder, which need not exist yet, or the URL of a SPARQL 1.1 endpoint.

    Args:
        location: without one, `default_location`; a URL may carry `user:password@`.
        token: a bearer token for the endpoint.
        timeout: seconds that the endpoint has for each answer.

    Raises:
        StoreProblem: there is something else, or no answer.
    """
    name = str(location or default_location())
    if "://" in name:
        return Store(None, Endpoint(Service.at(name, token, timeout)).reached())
    path = Path(name).expanduser()
    if path.exists() and not path.is_dir():
        raise StoreProblem(f"{path} is a file, not a store's folder")
    return Store(path)


def as_table(results: Results) -> Table:
    """An answer as a table of plain values; IRIs are strings.

    Raises:
        BadQuery: the answer is a graph.
    """
    if isinstance(results, ox.QueryBoolean):
        return Table(("answer",), ((bool(results),),))
    if isinstance(results, ox.QueryTriples):
        raise BadQuery("the query gives a graph, not a table")
    columns = tuple(variable.value for variable in results.variables)
    rows = tuple(tuple(plain(row[name]) for name in columns) for row in solutions(results))
    return Table(columns, rows)


def solutions(results: Results) -> Iterator[ox.QuerySolution]:
    """The rows of an answer; what fails while they are read is a BadQuery too."""
    try:
        yield from results  # type: ignore[misc]
    except (OSError, ValueError, RuntimeError) as error:
        raise BadQuery(f"the query cannot be answered: {error}") from error


def plain(term: Term | None) -> Value:
    """A term as a plain value: numbers and truth values as such, all else as text."""
    if not isinstance(term, ox.Literal):
        return None if term is None else str(getattr(term, "value", term))
    kind = term.datatype.value.removeprefix(_XSD)
    if kind == "boolean":
        return term.value in {"true", "1"}
    return _number(term.value, _NUMBERS[kind]) if kind in _NUMBERS else term.value


def _number(text: str, kind: Callable[[str], float]) -> Value:
    try:
        number = kind(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text
