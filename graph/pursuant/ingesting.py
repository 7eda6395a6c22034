"""Adds documents to a store. All that one call adds becomes one revision."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pursuant import content
from pursuant.batching import is_foreign, spread
from pursuant.building import document_triples, shipped_fingerprint, shipped_graphs
from pursuant.errors import StoreProblem, UnreadableSource
from pursuant.extracting import extract
from pursuant.finding import find
from pursuant.iri import local
from pursuant.store import Store, default_location, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pursuant.content import Content
    from pursuant.deriving import Triple
    from pursuant.finding import Found
    from pursuant.manifest import GraphRecord

    # A source's name, how far it came, what is wrong with it if anything, and its graphs.
    _Read = tuple[str, str, str | None, list[tuple[str, Content]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a source.

    Attributes:
        source: its name.
        graph: "e-res-2019-21.zh", or None where nothing was added.
        state: "added", "replaced", "unchanged", "unreadable" or "refused".
        problem: why it cannot be read, or which shape its graph breaks.
    """

    source: str
    graph: str | None
    state: str
    problem: str | None = None


def ingest(store: Store, sources: Iterable[Found], check: bool = True) -> list[Outcome]:
    """Adds the documents among some sources as one revision, and says what became of each.

    Of several sources of one document in one language, the last stays.

    Args:
        store: what they are added to.
        sources: where they come from.
        check: whether a document is refused whose graph has a Violation of the project's shapes.
    """
    outcomes: list[Outcome] = []
    read = spread(_read_and_checked if check else _read, sources, _unread, is_foreign)
    store.replace(_graphs(read, outcomes, dict(store.manifest.graphs)))
    return outcomes


def ingest_paths(store: Store, *paths: str | Path, check: bool = True) -> list[Outcome]:
    """Adds the documents in files, folders and zip archives as one revision.

    Args:
        store: what they are added to.
        paths: where they are.
        check: whether a document is refused whose graph has a Violation of the project's shapes.

    >>> import pursuant
    >>> store = pursuant.Store.memory(pursuant.build())
    >>> [outcome.state for outcome in pursuant.ingest(store, pursuant.SAMPLE)]
    ['unchanged']

    Raises:
        PursuantError: there is no such file, or nothing in it that could be a document.
    """
    return ingest(store, find(map(Path, paths)), check)


def _graphs(
    read: Iterable[_Read],
    outcomes: list[Outcome],
    held: dict[str, GraphRecord],
) -> Iterator[tuple[str, Content]]:
    """The graphs of the sources that can be added; tells the outcome of each on the way."""
    for source, state, problem, graphs in read:
        if problem is not None:
            outcomes.append(Outcome(source, None, state, problem))
        for name, made in graphs:
            known = held.get(name)
            same = known is not None and known.content == made.record.content
            state = "unchanged" if same else "replaced" if known else "added"
            outcomes.append(Outcome(source, local(name), state))
            held[name] = made.record
            yield name, made


def _read_and_checked(found: Found) -> _Read:
    return _read(found, check=True)


def _read(found: Found, check: bool = False) -> _Read:
    """A source's name, what is wrong with it if anything, and its graphs.

    A fault of ours in one file must not cost the others, so it is told like a fault of the file.
    """
    try:
        if found.problem:
            raise UnreadableSource(found.name, found.problem)
        document = extract(found.source, found.name)
        name, triples = document_triples(document)
        if check and (unsound := _unsound(triples)):
            return found.name, "refused", unsound, []
        return found.name, "read", None, [(str(name), content.read(str(name), triples))]
    except UnreadableSource as error:
        return error.source, "unreadable", error.problem, []
    except Exception as error:
        if os.environ.get("PURSUANT_DEBUG"):
            raise
        problem = f"it cannot be read: {type(error).__name__}: {error}"
        return found.name, "unreadable", problem, []


def _unread(found: Found, problem: str) -> _Read:
    return found.name, "unreadable", problem, []


def _unsound(triples: Iterable[Triple]) -> str | None:
    """Which shape a graph breaks, in a sentence."""
    from pursuant import checking  # slow to import, and used here alone

    found = checking.validate(triples, known=checking.registered()).findings
    broken = [finding for finding in found if finding.severity == "Violation"]
    if not broken:
        return None
    first = broken[0]
    more = f" ({len(broken) - 1} more)" if len(broken) > 1 else ""
    told = f"{local(first.focus)} {first.value or ''}".strip()
    return f"its graph is not sound: {told}: {first.message}{more}"


def prepare(store: Store, tell: Callable[[str], object]) -> bool:
    """Builds the shipped graph in a store that lacks it or holds an older one.

    A store that cannot be written is used as it is, unless it is empty; so is an endpoint.

    Args:
        store: on disk, in memory, or remote.
        tell: is called with one line when there is something to wait for.

    Returns:
        Whether the store was changed.
    """
    if store.is_remote or store.fingerprint == (shipped := shipped_fingerprint()):
        return False
    if store.fingerprint and store.is_frozen:
        return False
    tell("Building the graph from data/ ...")
    return store.replace({str(n): g for n, g in shipped_graphs().items()}, fingerprint=shipped)


def readable(
    location: str | Path | None = None, tell: Callable[[str], object] = lambda _: None
) -> Store:
    """The store at a location; where there is none yet, one is built from the shipped data.

    Args:
        location: a folder, or the URL of a SPARQL 1.1 endpoint; without one, `$PURSUANT_STORE`,
            else the user's data folder.
        tell: is called with a sentence before work that takes a while.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store = readable(folder)
    ...     [graph.rsplit("/", 1)[-1] for graph in store.graphs()][:2]
    ['e-res-2019-21.review', 'e-res-2019-21.zh']

    Raises:
        StoreProblem: there is something else at the location, or an endpoint does not answer.
    """
    store = open_store(location)
    prepare(store, tell)
    return store


def writable(location: str | None, tell: Callable[[str], object]) -> Store:
    """The store at a location, prepared.

    Raises:
        StoreProblem: it is remote, or cannot be written.
    """
    store = open_store(location)
    if store.is_frozen:
        raise StoreProblem(f"{location or default_location()} cannot be written")
    prepare(store, tell)
    return store
