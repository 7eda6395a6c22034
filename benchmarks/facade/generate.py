"""The graph: ontology, register, invented resolutions, and their names in six languages.

The library's own writer makes the triples, so the graph is in our model by construction. It is
written as N-Quads, a graph after the other and each sorted; no more than a few are in memory.
"""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox
from rdflib import SKOS, Graph, Literal

from benchmarks.facade.composing import LANGUAGES, Plan, compose
from pursuant import building, content, iri, rdf
from pursuant.deriving import derive
from pursuant.paths import DATA, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20_190_723
_PER_DOCUMENT = 2_150  # triples, about; the plan of days needs to know how many there will be
_NAMES = len(LANGUAGES) + 4
_AT_ONCE = 16
_PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Made:
    """A graph on disk."""

    path: Path
    plan: Plan
    documents: int
    triples: int

    @property
    def key(self) -> str:
        """A short name of it."""
        return f"{self.triples}-{self.plan.seed}"


def made(folder: Path, triples: int, seed: int = SEED) -> Made:
    """The graph of so many triples, made now unless the same code has made it here before."""
    path = folder / f"{triples}-{seed}-{_code()}.nq"
    told = path.with_suffix(".json")
    plan = planned(triples, seed)
    if told.exists():
        return Made(path, plan, **json.loads(told.read_text(encoding="utf-8")))
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as output:
        counts = write(output, triples, seed)
    told.write_text(json.dumps(counts), encoding="utf-8")
    return Made(path, plan, **counts)


def planned(triples: int, seed: int = SEED) -> Plan:
    """The plan of a graph of so many triples."""
    return Plan(seed, max(1, triples // _PER_DOCUMENT))


def write(output: IO[bytes], triples: int, seed: int = SEED) -> dict[str, int]:
    """Writes a graph of at least so many triples; the same arguments give the same bytes."""
    plan = planned(triples, seed)
    written = 0
    for graph in _shipped():
        output.write(graph)
        written += graph.count(b"\n")
    documents = 0
    for graph in _documents(plan):
        if written >= triples:
            break
        output.write(graph)
        written += graph.count(b"\n") + _NAMES
        documents += 1
    for numbers in _slices(range(documents), 1000):
        output.write(_names(plan, numbers))
    return {"documents": documents, "triples": written}


def by_graph(path: Path) -> Iterator[tuple[str, list[ox.Triple]]]:
    """The graphs of such a file, one after the other; names of the same graph stand together."""
    name, triples = "", list[ox.Triple]()
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
        assert isinstance(quad.graph_name, ox.NamedNode)
        if quad.graph_name.value != name:
            if triples:
                yield name, triples
            name, triples = quad.graph_name.value, []
        triples.append(quad.triple)
    yield name, triples


def _shipped() -> Iterator[bytes]:
    """Ontology, vocabularies and register, without what is read from texts by changing rules."""
    for name, paths in _files().items():
        graph = Graph()
        for path in paths:
            graph.parse(path, format="turtle")
        if name == "register":
            derive(graph)
        yield content.read(str(iri.graph(name)), graph).nquads


def _files() -> dict[str, list[Path]]:
    return {
        "ontology": [ONTOLOGY / "unct.ttl"],
        "register": sorted((DATA / "register").glob("*.ttl")),
        "vocabulary": sorted((ONTOLOGY / "vocab").glob("*.ttl")),
    }


def _documents(plan: Plan) -> Iterator[bytes]:
    with ProcessPoolExecutor(_PROCESSES) as pool:
        for first in count(0, _AT_ONCE):
            yield from pool.map(partial(_document, plan), range(first, first + _AT_ONCE))


def _document(plan: Plan, number: int) -> bytes:
    graphs = building.document_graphs(compose(plan, number))
    return b"".join(content.read(str(name), graph).nquads for name, graph in graphs.items())


def _names(plan: Plan, numbers: list[int]) -> bytes:
    """Titles in six languages; what cites a document has named it by its symbol in two."""
    graph = Graph()
    for number in numbers:
        node = iri.document(plan.slug(number))
        for language in LANGUAGES:
            graph.add((node, SKOS.altLabel, Literal(plan.title(number, language), lang=language)))
        for language in LANGUAGES[2:]:
            graph.add((node, SKOS.prefLabel, Literal(plan.symbol(number), lang=language)))
    return content.read(str(iri.graph("names")), graph).nquads


def _slices(numbers: range, size: int) -> Iterator[list[int]]:
    waiting = iter(numbers)
    while taken := list(islice(waiting, size)):
        yield taken


def _code() -> str:
    """Short hash of what the graph is made from."""
    here, library = Path(__file__).parent, Path(rdf.__file__).parent
    paths = [path for each in _files().values() for path in each]
    paths += [here / name for name in ("composing.py", "generate.py", "words.toml")]
    paths += [library / name for name in ("rdf.py", "deriving.py", "content.py")]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
