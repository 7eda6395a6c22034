"""Whether RDF data are sound: SHACL validation against the project's shapes, or against others.

The data are checked together with the ontology's class tree and the vocabularies' schemes. Each
constraint is one query over all of them (`setwise`); a shape that cannot be asked so is given to
pySHACL, and the report says which and why. Nothing is fetched: no owl:imports, no SERVICE.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, SKOS, Graph, URIRef

from pursuant import paths, reference_engine
from pursuant.content import from_rdflib, to_rdflib
from pursuant.errors import BadData
from pursuant.findings import SEVERITIES, Checked, Finding, Report, in_language, sorted_results
from pursuant.iri import local
from pursuant.loading import load
from pursuant.names_in_data import Labels
from pursuant.setwise import apply
from pursuant.shape_lint import lint, without_focus
from pursuant.shapes import Shapes, told
from pursuant.sparql import refuse_remote_calls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from pursuant.findings import Result
    from pursuant.setwise import Found

__all__ = ["SEVERITIES", "Finding", "Report", "lint", "load", "validate"]

_TREE = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.inScheme)
_MOST_UNCHECKED = 50


def validate(
    data: ox.Store | Iterable[Any],
    shapes: Graph | None = None,
    language: str = "en",
    known: Iterable[Any] | None = None,
    engine: str = "sets",
    taken: bool = False,
) -> Report:
    """Checks data against shapes.

    Args:
        data: what is checked, as a graph, a store or triples; it is not changed. Of triples that
            can be gone through once only, nobody can tell how their numbers were written.
        shapes: the constraints; without them, the project's own.
        language: of names and messages; English where the shapes do not have it.
        known: what the data may point to, such as the register: believed, not reported on.
        engine: "sets" (one query for each constraint), or "pyshacl" (the reference, node by node).
        taken: whether a store may be used as it is, without a copy; the class tree is then in it.

    >>> from pursuant.iri import UNCT, document
    >>> data = Graph().add((document("a-res-81-7"), RDF.type, UNCT.Resolution))
    >>> report = validate(data)
    >>> report.conforms, report.findings[0].name, report.findings[0].severity
    (False, 'Symbol of a resolution', 'Violation')

    Raises:
        BadData: the shapes cannot be applied, or the data are not RDF.
    """
    asked = own_shapes() if shapes is None else shapes
    _refuse_remote(asked)
    together = _together(data, known, taken)
    checked: list[Checked] = []
    if engine == "pyshacl":
        found = reference_engine.run(together.store, asked, together.members)
    else:
        found, checked = _by_sets(Shapes(asked), together, language)
    return _report(found, checked, together, shapes, language)


def _report(
    found: list[Result],
    checked: list[Checked],
    together: _Together,
    shapes: Graph | None,
    language: str,
) -> Report:
    kept = sorted_results(r for r in found if together.has(r.focus))
    labels = Labels(together.store, language)
    asked = Shapes(own_shapes() if shapes is None else shapes)
    return Report(
        findings=tuple(labels.on(result.finding(language), result) for result in kept),
        results=tuple(kept),
        shapes=tuple(checked),
        unchecked=_unchecked(together, asked) if checked else (),
        notices=() if shapes is None else tuple(_notices(shapes, checked, language)),
    )


@dataclass(frozen=True, slots=True)
class _Together:
    """The data with what they may point to.

    Attributes:
        store: all of it.
        given: the data as they were given, where they can be gone through again.
        extra: what was added to them.
        own: the subjects of the data; None if all is to be reported on.
        classes: how many members each class of the data has.
    """

    store: ox.Store
    given: Iterable[Any] | None
    extra: tuple[ox.Triple, ...]
    own: frozenset[Any] | None
    classes: dict[str, int]

    @property
    def members(self) -> frozenset[Node] | None:
        """The subjects of the data in rdflib."""
        return None if self.own is None else frozenset(to_rdflib(node) for node in self.own)

    def has(self, node: Node) -> bool:
        """Whether a node is reported on."""
        return self.own is None or from_rdflib(node) in self.own


def _together(
    data: ox.Store | Iterable[Any], known: Iterable[Any] | None, taken: bool
) -> _Together:
    if taken and isinstance(data, ox.Store):
        store = data
    else:
        store = ox.Store()
        store.bulk_extend(ox.Quad(*triple) for triple in _triples(data))
    own = frozenset(quad.subject for quad in store) if known else None
    classes = _classes(store)
    extra = (*background(), *_triples(known or ()))
    store.bulk_extend(ox.Quad(*triple) for triple in extra)
    again = None if isinstance(data, (Iterator, ox.Store)) else data
    return _Together(store, again, extra, own, classes)


def _notices(shapes: Graph, checked: list[Checked], language: str) -> Iterator[Finding]:
    yield from lint(shapes, language)
    yield from without_focus(checked, shapes, language)


def results_of(data: Graph, shapes: Graph) -> list[Result]:
    """What shapes find in a graph, and nothing besides."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in _triples(data))
    found, _ = _by_sets(Shapes(shapes), _Together(store, data, (), None, {}), "en")
    return sorted_results(found)


def _by_sets(
    shapes: Shapes, together: _Together, language: str
) -> tuple[list[Result], list[Checked]]:
    """The results, those of pySHACL for the shapes that have no queries among them."""
    applied = list(apply(shapes, together.store, together.own))
    found = [result for each in applied for result in each.results]
    for lexical in (False, True):
        left = [each.shape.node for each in applied if each.reason and each.lexical == lexical]
        data: ox.Store | Graph = together.store
        if left and lexical and together.given is not None:
            triples = (*_triples(together.given), *together.extra)
            data = reference_engine.as_graph(triples)
        if left:
            found += reference_engine.run(data, shapes.graph, together.members, left)
    return found, [_checked(each, shapes.graph, language) for each in applied]


def _checked(found: Found, shapes: Graph, language: str) -> Checked:
    node = found.shape.node
    name = in_language(language, shapes.objects(node, SH.name)) or local(told(node))  # type: ignore[arg-type]
    engine = "pySHACL" if found.reason else "SPARQL"
    return Checked(told(node), name, found.nodes, engine, found.reason)


def _classes(store: ox.Store) -> dict[str, int]:
    """How many members each class of the data has."""
    query = f"SELECT ?c (COUNT(DISTINCT ?x) AS ?n) {{ ?x <{RDF.type}> ?c }} GROUP BY ?c"
    rows: Any = store.query(query)
    return {
        row["c"].value: int(row["n"].value) for row in rows if isinstance(row["c"], ox.NamedNode)
    }


def _unchecked(together: _Together, shapes: Shapes) -> tuple[tuple[str, int], ...]:
    """The classes of the data that no shape is about, nor about one above them, largest first."""
    targets = {
        str(term)
        for shape in shapes.targeted()
        for kind, term in shape.targets
        if kind == "targetClass" and not shape.deactivated
    }
    classes = together.classes
    about = {name for name in classes if targets & _above(name, together.store)}
    left = sorted((-count, name) for name, count in classes.items() if name not in about)
    return tuple((name, -count) for count, name in left[:_MOST_UNCHECKED])


def _above(name: str, store: ox.Store) -> set[str]:
    query = f"SELECT ?c {{ <{name}> <{RDFS.subClassOf}>* ?c }}"
    rows: Any = store.query(query)
    return {row["c"].value for row in rows if isinstance(row["c"], ox.NamedNode)}


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


def _triples(data: ox.Store | Iterable[Any]) -> Iterator[ox.Triple]:
    try:
        for each in data:
            if isinstance(each, ox.Quad):
                yield each.triple
            else:
                yield each if isinstance(each, ox.Triple) else _triple(*each[:3])
    except (TypeError, ValueError) as problem:
        raise BadData(f"The data hold what is not RDF: {problem}.") from problem


def _triple(subject: Node, predicate: Node, obj: Node) -> ox.Triple:
    return ox.Triple(*(from_rdflib(node) for node in (subject, predicate, obj)))  # type: ignore[arg-type]


def _refuse_remote(shapes: Graph) -> None:
    for predicate in (SH.select, SH.ask, SH.construct, SH.update):
        for text in shapes.objects(None, predicate):
            refuse_remote_calls(str(text))
