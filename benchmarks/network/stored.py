"""The same network as a store holds it: documents whose paragraphs cite, a graph for each."""

from __future__ import annotations

import hashlib
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from benchmarks.network.composing import SEED, ends, named
from pursuant import iri
from pursuant.content import Content
from pursuant.iri import ID, PREFIXES, UNCT, VOCAB
from pursuant.manifest import GraphRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pursuant.store import Store

_FUNCTIONS = ("recall", "reaffirm", "take-note", "implement", "stress", "welcome")
_PER_PARAGRAPH = 4
_TYPE = f"{PREFIXES['rdf']}type"


def fill(store: Store, nodes: int, edges: int, seed: int = SEED) -> None:
    """Writes a network to a store: each edge is a citation."""
    store.replace(_graphs(nodes, edges, seed))


def _graphs(nodes: int, edges: int, seed: int) -> Iterator[tuple[str, Content]]:
    slugs = [name.lower().replace("/", "-") for name, _ in named(nodes)]
    yield _graph("names", _names(nodes, slugs))
    for source, pairs in groupby(ends(nodes, edges, seed), itemgetter(0)):
        cited = [slugs[target] for _, target in pairs]
        yield _graph(f"{slugs[source]}.en", _document(slugs[source], cited))


def _names(nodes: int, slugs: list[str]) -> Iterator[str]:
    for slug, (name, facts) in zip(slugs, named(nodes), strict=True):
        thing = f"<{ID}doc/{slug}>"
        for kind in ("Citable", "Instrument", "Resolution"):
            yield f"{thing} <{_TYPE}> <{UNCT[kind]}>"
        yield f'{thing} <{UNCT.symbol}> "{name}"'
        yield f'{thing} <{PREFIXES["dcterms"]}title> "{facts["label"]}"@en'
        date = f"{facts['year']}-01-02"
        yield f'{thing} <{UNCT.adoptionDate}> "{date}"^^<{PREFIXES["xsd"]}date>'


def _document(slug: str, cited: list[str]) -> Iterator[str]:
    document = f"{ID}doc/{slug}"
    for place, target in enumerate(cited):
        number, nth = divmod(place, _PER_PARAGRAPH)
        unit = f"{document}/op{number + 1}"
        if not nth:
            yield f"<{unit}> <{UNCT.inDocument}> <{document}>"
        citation = f"<{unit}-cit-{target}>"
        function = _FUNCTIONS[place % len(_FUNCTIONS)]
        yield f"{citation} <{_TYPE}> <{UNCT.Citation}>"
        yield f"{citation} <{UNCT.statedIn}> <{unit}>"
        yield f"{citation} <{UNCT.cited}> <{ID}doc/{target}>"
        yield f"{citation} <{UNCT.function}> <{VOCAB}citation-function/{function}>"


def _graph(name: str, triples: Iterable[str]) -> tuple[str, Content]:
    graph = str(iri.graph(name))
    lines = sorted(f"{triple} <{graph}> .\n" for triple in triples)
    nquads = "".join(lines).encode()
    return graph, Content(nquads, GraphRecord(hashlib.sha256(nquads).hexdigest(), len(lines)))
