"""The full-text index of a store: paragraphs, titles and names, kept in step with its graphs.

It lies beside the revisions of a store in a folder, and in memory for any other store. What it
holds of each graph, it knows by the graph's fingerprint; so it is brought up to date by the graphs
that changed, and what it answers from is the store's current revision. It holds no text: only
terms, where they stand, and what hits are counted by.
"""

from __future__ import annotations

import fcntl
import shutil
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import tantivy

from pursuant import iri
from pursuant.analysing import terms
from pursuant.errors import StoreProblem
from pursuant.iri import PREFIXES, UNCT
from pursuant.triples import Triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pursuant.store import Store

FACETS = ("body", "year", "function", "force", "entity", "language", "kind", "document")
# Of how the index is laid out: another number is another folder, and the index is built anew.
_LAYOUT = 1
_BUFFER = 100_000_000  # bytes of memory that a build may fill before it writes
_TITLE = PREFIXES["dcterms"] + "title"
_LABELS = (PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel")
_STATED = {
    str(UNCT.function): "function",
    str(UNCT.force): "force",
    str(UNCT.addressee): "entity",
    str(UNCT.names): "entity",
    **dict.fromkeys(
        (
            str(UNCT[name])
            for name in (
                "inCooperationWith", "inCoordinationWith", "inConsultationWith",
                "inPartnershipWith", "sharingWith", "throughActor", "beneficiary",
            )
        ),
        "entity",
    ),
}  # fmt: skip
# All that is read of a document.
_READ = (
    *_STATED,
    _TITLE,
    *(str(UNCT[name]) for name in ("adoptedBy", "adoptionDate", "inDocument", "statedIn", "text")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One text that can be found.

    Attributes:
        subject: IRI of the paragraph, document or thing.
        kind: "paragraph", "title" or "name".
        facets: what it is counted and filtered by.
    """

    subject: str
    kind: str
    text: str
    language: str
    facets: Mapping[str, set[str]] = field(default_factory=dict)


_open: WeakKeyDictionary[Store, Index] = WeakKeyDictionary()
_lock = Lock()


def schema() -> tantivy.Schema:
    """What the index knows of an entry."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    for name in ("graph", "subject", "content"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(
            name, stored=name in ("kind", "language"), fast=True, tokenizer_name="raw",
            index_option="basic",
        )  # fmt: skip
    return builder.build()


class Index:
    """An index, open for one store."""

    def __init__(self, folder: Path | None) -> None:
        """Opens the index in a folder, or begins one there or in memory.

        Raises:
            StoreProblem: the folder cannot be written or read as an index.
        """
        self.folder = folder
        self.schema = schema()
        self._revision: str | None = None
        try:
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            self.engine = tantivy.Index(self.schema, path=str(folder) if folder else None)
        except (OSError, ValueError) as error:
            raise StoreProblem(f"the search index in {folder} cannot be opened: {error}") from error

    def searcher(self) -> tantivy.Searcher:
        """What answers from the index as it is now."""
        self.engine.reload()
        return self.engine.searcher()

    def contents(self) -> dict[str, str]:
        """Fingerprint of what the index holds of each graph."""
        searcher = self.searcher()
        marks = tantivy.Query.term_query(self.schema, "kind", "graph")
        found = searcher.search(marks, limit=max(searcher.num_docs, 1))
        held = (searcher.doc(address) for _, address in found.hits)
        return {str(each.get_first("graph")): str(each.get_first("content")) for each in held}

    def update(self, store: Store) -> bool:
        """Brings the index to the store's graphs; whether anything had to be done."""
        if self._revision == store.revision and not store.is_remote:
            return False
        wanted = _contents(store)
        is_behind = self.contents() != wanted
        if is_behind:
            with _writing(self.folder):
                self._write(store, wanted)
        self._revision = store.revision
        return is_behind

    def _write(self, store: Store, wanted: Mapping[str, str]) -> None:
        held = self.contents()
        changed = [g for g in sorted({*held, *wanted}) if held.get(g) != wanted.get(g)]
        writer = self.engine.writer(_BUFFER, 1)
        for graph in changed:
            writer.delete_documents_by_term("graph", graph)
            if graph in wanted:
                self._add(writer, store, graph, wanted[graph])
        writer.commit()
        writer.wait_merging_threads()

    def _add(self, writer: tantivy.IndexWriter, store: Store, graph: str, content: str) -> None:
        for entry in entries(store, graph):
            document = tantivy.Document()
            document.add_text("text", " ".join(t.text for t in terms(entry.text, entry.language)))
            document.add_text("graph", graph)
            document.add_text("subject", entry.subject)
            document.add_text("kind", entry.kind)
            document.add_text("language", entry.language)
            for name, values in entry.facets.items():
                for value in sorted(values):
                    document.add_text(name, value)
            writer.add_document(document)
        mark = tantivy.Document()
        mark.add_text("kind", "graph")
        mark.add_text("graph", graph)
        mark.add_text("content", content)
        writer.add_document(mark)


def index_of(store: Store) -> Index:
    """The index of a store, up to date; one that is damaged is begun anew.

    Raises:
        StoreProblem: it cannot be opened or written.
    """
    with _lock:
        try:
            return _current(store)
        except (OSError, ValueError):  # removed or damaged since it was opened
            _open.pop(store, None)
        try:
            return _current(store)
        except (OSError, ValueError) as error:
            raise StoreProblem(f"the search index cannot be written: {error}") from error


def searching(store: Store) -> tuple[Index, tantivy.Searcher]:
    """The index of a store, up to date, and what answers from it.

    Raises:
        StoreProblem: it cannot be opened or written.
    """
    index = index_of(store)
    try:
        return index, index.searcher()
    except (OSError, ValueError):  # removed since it was opened
        with _lock:
            _open.pop(store, None)
    index = index_of(store)
    return index, index.searcher()


def rebuild(store: Store) -> Index:
    """The index of a store, built anew from nothing."""
    with _lock:
        _open.pop(store, None)
        if (folder := _folder(store)) is not None:
            _clear(folder)
    return index_of(store)


def _current(store: Store) -> Index:
    index = _open.get(store)
    if index is None:
        index = _open[store] = _opened(_folder(store))
    index.update(store)
    return index


def _opened(folder: Path | None) -> Index:
    try:
        return Index(folder)
    except StoreProblem:
        if folder is None or not folder.is_dir():
            raise
    _clear(folder)  # all that it held is in the store
    return Index(folder)


def _clear(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _writing(folder):
        shutil.rmtree(folder, ignore_errors=True)


def entries(store: Store, graph: str) -> Iterator[Entry]:
    """The texts in one graph that can be found."""
    name = graph.removeprefix(str(iri.graph("")))
    slug, dot, language = name.rpartition(".")
    if name == "register":
        yield from _names(store, graph)
    elif dot and language != "review":
        yield from _texts(store, graph, slug, language)


def _texts(store: Store, graph: str, slug: str, language: str) -> Iterator[Entry]:
    """The title and the units of a document, and what is stated in each."""
    # An endpoint is asked once.
    said = Triples(store, graph, () if store.is_remote else _READ)
    work = str(iri.document(slug))
    about = {
        "document": {slug},
        "body": set(said.locals(work, UNCT.adoptedBy)),
        "year": {date[:4] for date in said.all(work, UNCT.adoptionDate)},
    }
    for title in said.all(work, _TITLE):
        yield Entry(work, "title", title, language, about)
    stated = said.subjects(UNCT.statedIn)
    for unit in sorted(said.subjects(UNCT.inDocument).get(work, ())):
        text = said.required(unit, UNCT.text)
        yield Entry(unit, "paragraph", text, language, about | _stated(said, stated.get(unit, ())))


def _stated(said: Triples, statements: Iterable[str]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for statement in statements:
        for term, facet in _STATED.items():
            found[facet].update(said.locals(statement, term))
    return found


def _names(store: Store, graph: str) -> Iterator[Entry]:
    """The names of each thing of the register, in each language."""
    said = Triples(store, graph)
    for thing in sorted(said.having(_LABELS[0])):
        found: defaultdict[str, list[str]] = defaultdict(list)
        for label in _LABELS:
            for name, language in said.tagged(thing, label):
                if name not in found[language]:
                    found[language].append(name)
        for language, names in sorted(found.items()):
            yield Entry(thing, "name", "; ".join(names), language)


def _contents(store: Store) -> dict[str, str]:
    """A fingerprint of each graph; of an endpoint's, how many statements it has."""
    if not store.is_remote:
        return {name: record.content for name, record in store.manifest.graphs.items()}
    counted = store.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return {str(graph): str(count) for graph, count in counted.rows}


def _folder(store: Store) -> Path | None:
    location = store.location
    return None if location is None or store.is_frozen else location / "search" / str(_LAYOUT)


@contextmanager
def _writing(folder: Path | None) -> Iterator[None]:
    """Keeps other processes from writing the index meanwhile."""
    if folder is None:
        yield
        return
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
