"""The graph: ontology, register, invented resolutions, and their names in six languages.

The library's own writer makes the triples, so the graph is in our model by construction. It is
written as N-Quads, a graph after the other and each sorted; no more than a few are in memory. The
lines are put together here: a graph of rdflib would take more time than all else.
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
from rdflib import SKOS, XSD, Graph, Literal, URIRef

from benchmarks.facade.composing import LANGUAGES, Plan, compose
from pursuant import building, content, iri, rdf
from pursuant.deriving import derive
from pursuant.paths import DATA, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]

SEED = 20_190_723
_PER_DOCUMENT = 2_150  # triples, about; the plan of days needs to know how many there will be
_NAMES = len(LANGUAGES) + 4
_AT_ONCE = 16
_PROCESSES = 2
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"})


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
    return _nquads(*building.document_triples(compose(plan, number)))


def _names(plan: Plan, numbers: list[int]) -> bytes:
    """Titles in six languages; what cites a document has named it by its symbol in two."""
    named: list[Triple] = []
    for number in numbers:
        node = iri.document(plan.slug(number))
        titles = [Literal(plan.title(number, each), lang=each) for each in LANGUAGES]
        symbols = [Literal(plan.symbol(number), lang=each) for each in LANGUAGES[2:]]
        named += [(node, SKOS.altLabel, title) for title in titles]
        named += [(node, SKOS.prefLabel, symbol) for symbol in symbols]
    return _nquads(iri.graph("names"), named)


def _nquads(name: URIRef, triples: Iterable[Triple]) -> bytes:
    end = f"<{name}> .\n"
    return "".join(sorted(f"<{s}> <{p}> {_term(o)} {end}" for s, p, o in triples)).encode()


def _term(term: Node) -> str:
    if not isinstance(term, Literal):
        return f"<{term}>"
    quoted = f'"{term.translate(_ESCAPES)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype in {None, XSD.string} else f"{quoted}^^<{term.datatype}>"


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
