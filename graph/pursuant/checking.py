"""Whether RDF data are sound: SHACL validation against the project's shapes, or against others.

The data are checked together with the ontology's class tree and the vocabularies' schemes, in an
Oxigraph store, on which pyshacl answers SPARQL constraints much faster than on an rdflib graph.
Nothing is fetched: no owl:imports, no SERVICE.
"""

from __future__ import annotations

import functools
import logging
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pyshacl
from pyshacl.errors import ReportableRuntimeError
from pyshacl.graph_abstraction import OxigraphDataGraph
from rdflib import RDF, RDFS, SH, SKOS, XSD, Graph, Literal, URIRef

from pursuant import paths
from pursuant.content import from_rdflib, to_rdflib
from pursuant.errors import BadData
from pursuant.findings import SEVERITIES, Finding, Report, report, results
from pursuant.loading import load
from pursuant.sparql import refuse_remote_calls

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from rdflib.term import Node

__all__ = ["SEVERITIES", "Finding", "Report", "lint", "load", "validate"]

# Both write tracebacks to standard error of what is raised, or reported, all the same.
logging.getLogger("pyshacl-validate").disabled = True
logging.getLogger("rdflib").addHandler(logging.NullHandler())

_TREE = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.inScheme)
_UNKNOWN = {
    "en": ("Unknown SHACL term", "{} is not a SHACL term, so it checks nothing. Correct it."),
    "zh": ("未知的 SHACL 词项", "{} 不是 SHACL 词项，不起任何约束作用。请改正。"),
}
_ASKED = (RDF.first, SH.hasValue)
_REFUSALS = (ReportableRuntimeError, SyntaxError, re.error)


def validate(
    data: ox.Store | Iterable[Any],
    shapes: Graph | None = None,
    language: str = "en",
    known: Iterable[Any] | None = None,
) -> Report:
    """Checks data against shapes.

    Args:
        data: what is checked, as a graph, a store or triples; it is not changed.
        shapes: the constraints; without them, the project's own.
        language: of names and messages; English where the shapes do not have it.
        known: what the data may point to, such as the register: believed, not reported on.

    >>> from pursuant.iri import UNCT, document
    >>> data = Graph().add((document("a-res-81-7"), RDF.type, UNCT.Resolution))
    >>> report = validate(data)
    >>> report.conforms, report.findings[0].name, report.findings[0].severity
    (False, 'Symbol of a resolution', 'Violation')

    Raises:
        BadData: the shapes cannot be applied, or the data are not RDF.
    """
    shapes = own_shapes() if shapes is None else shapes
    store = ox.Store()
    _add(store, data)
    own = frozenset(to_rdflib(quad.subject) for quad in store) if known else None
    _add(store, background())
    _add(store, known or ())
    found = results(_run(_Data(store, own), shapes), shapes)
    return report([r for r in found if own is None or r.focus in own], language)


def lint(shapes: Graph, language: str = "en") -> list[Finding]:
    """Terms that look like SHACL and are not: an engine ignores them, and everything conforms."""
    name, message = _UNKNOWN.get(language, _UNKNOWN["en"])
    return sorted(
        (
            Finding("Warning", str(s), str(p), str(o), term, name, message.format(term))
            for s, p, o in shapes
            for term in (str(p), str(o))
            if term.startswith(str(SH)) and term not in SH
        ),
        key=lambda finding: (finding.focus, finding.constraint),
    )


class _Data(OxigraphDataGraph):
    """A store as pyshacl asks it, mended in three places.

    It is true without being counted, a literal has nothing where the engine raises an error, and
    of a class only those members are found, to be checked, that are not merely known.
    """

    def __init__(self, store: ox.Store, own: frozenset[Node] | None = None) -> None:
        super().__init__(store)
        self.own = own

    def __bool__(self) -> bool:
        return True

    def objects(  # type: ignore[override]
        self, subject: Any, predicate: Any, unique: bool = False
    ) -> Generator[Any, None, None]:
        if not isinstance(subject, Literal):
            yield from super().objects(subject, predicate, unique)

    def subjects(  # type: ignore[override]
        self, predicate: Any, object_: Any, unique: bool = False
    ) -> Generator[Any, None, None]:
        found = super().subjects(predicate, object_, unique)
        if self.own is None or predicate != RDF.type:
            yield from found
        else:
            yield from (subject for subject in found if subject in self.own)

    def predicate_objects(  # type: ignore[override]
        self, subject: Any, unique: bool = False
    ) -> Generator[Any, None, None]:
        if not isinstance(subject, Literal):
            yield from super().predicate_objects(subject, unique)


@functools.cache
def own_shapes() -> Graph:
    """The project's shapes."""
    return load([paths.ONTOLOGY / "shapes.ttl"])


@functools.cache
def registered() -> tuple[ox.Triple, ...]:
    """What the register says of things that documents point to."""
    graph = load(sorted((paths.DATA / "register").glob("*.ttl")))
    return tuple(_triple(s, p, o) for s, p, o in graph)


@functools.cache
def background() -> tuple[ox.Triple, ...]:
    """What data need not repeat: the tree of classes and properties, the schemes of concepts."""
    graph = load([paths.ONTOLOGY / "unct.ttl", *sorted((paths.ONTOLOGY / "vocab").glob("*.ttl"))])
    return tuple(_triple(s, p, o) for s, p, o in graph if p in _TREE and isinstance(o, URIRef))


def _add(store: ox.Store, data: ox.Store | Iterable[Any]) -> None:
    if isinstance(data, ox.Store):
        store.extend(data)
        return
    try:
        triples = (t if isinstance(t, ox.Triple) else _triple(*t[:3]) for t in data)
        store.extend(ox.Quad(*t) for t in triples)
    except (TypeError, ValueError) as problem:
        raise BadData(f"The data hold what is not RDF: {problem}.") from problem


def _triple(subject: Node, predicate: Node, obj: Node) -> ox.Triple:
    return ox.Triple(*(from_rdflib(node) for node in (subject, predicate, obj)))  # type: ignore[arg-type]


def _run(data: _Data, shapes: Graph) -> Graph:
    for predicate in (SH.select, SH.ask, SH.construct, SH.update):
        for text in shapes.objects(None, predicate):
            refuse_remote_calls(str(text))
    try:
        _, found, _ = pyshacl.validate(data, shacl_graph=_typed(shapes))
    except _REFUSALS as problem:
        raise BadData(f"The shapes cannot be applied: {_one_line(problem)}.") from problem
    if not isinstance(found, Graph):
        raise BadData(f"The shapes cannot be applied: {_one_line(found)}.")
    return found


def _typed(shapes: Graph) -> Graph:
    """The shapes with xsd:string on the values they ask for, as Oxigraph's terms have it."""
    copy = Graph()
    for s, p, o in shapes:
        plain = p in _ASKED and isinstance(o, Literal) and not (o.datatype or o.language)
        copy.add((s, p, Literal(str(o), datatype=XSD.string) if plain else o))
    return copy


def _one_line(problem: object) -> str:
    return " ".join(str(getattr(problem, "message", problem)).split()).rstrip(".")
