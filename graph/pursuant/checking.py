"""Whether RDF data are sound: SHACL validation against the project's shapes, or against others.

The data are checked together with the ontology's class tree and the vocabularies' schemes. Each
constraint is one query over all of them (`setwise`); a shape that cannot be asked so is given to
pySHACL, and the report says which and why. Nothing is fetched: no owl:imports, no SERVICE.
"""

from __future__ import annotations

import functools
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
    from collections.abc import Iterable, Iterator

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
) -> Report:
    """Checks data against shapes.

    Args:
        data: what is checked, as a graph, a store or triples; it is not changed.
        shapes: the constraints; without them, the project's own.
        language: of names and messages; English where the shapes do not have it.
        known: what the data may point to, such as the register: believed, not reported on.
        engine: "sets" (one query for each constraint), or "pyshacl" (the reference, node by node).

    >>> from pursuant.iri import UNCT, document
    >>> data = Graph().add((document("a-res-81-7"), RDF.type, UNCT.Resolution))
    >>> report = validate(data)
    >>> report.conforms, report.findings[0].name, report.findings[0].severity
    (False, 'Symbol of a resolution', 'Violation')

    Raises:
        BadData: the shapes cannot be applied, or the data are not RDF.
    """
    ours = shapes is None
    shapes = own_shapes() if shapes is None else shapes
    _refuse_remote(shapes)
    given = data if isinstance(data, ox.Store) else list(data)
    store = ox.Store()
    _add(store, given)
    own = frozenset(quad.subject for quad in store) if known else None
    members = None if own is None else frozenset(to_rdflib(node) for node in own)
    classes = _classes(store)
    extra = [*background(), *_triples(known or ())]
    store.extend(ox.Quad(*triple) for triple in extra)
    read = Shapes(shapes)
    checked: list[Checked] = []
    if engine == "pyshacl":
        found = reference_engine.run(store, shapes, members)
    else:
        found, checked = _by_sets(read, store, given, extra, own, language)
    kept = sorted_results(r for r in found if members is None or r.focus in members)
    labels = Labels(store, language)
    findings = tuple(labels.on(result.finding(language), result) for result in kept)
    unchecked = _unchecked(classes, read, store) if checked else ()
    notices = [] if ours else [*lint(shapes, language), *without_focus(checked, shapes, language)]
    return Report(findings, tuple(kept), tuple(checked), unchecked, tuple(notices))


def results_of(data: Graph, shapes: Graph) -> list[Result]:
    """What shapes find in a graph, and nothing else; neither is trusted to be of this project."""
    store = ox.Store()
    _add(store, list(data))
    return sorted_results(_by_sets(Shapes(shapes), store, list(data), [], None, "en")[0])


def _by_sets(
    shapes: Shapes,
    store: ox.Store,
    given: Any,
    extra: list[ox.Triple],
    own: frozenset[Any] | None,
    language: str,
) -> tuple[list[Result], list[Checked]]:
    """The results, those of pySHACL for the shapes that have no queries among them."""
    applied = list(apply(shapes, store, own))
    members = None if own is None else frozenset(to_rdflib(node) for node in own)
    found = [result for each in applied for result in each.results]
    for lexical in (False, True):
        left = [each.shape.node for each in applied if each.reason and each.lexical == lexical]
        if left and lexical and not isinstance(given, ox.Store):
            whole = reference_engine.as_graph([*_triples(given), *extra])
            found += reference_engine.run(whole, shapes.graph, members, left)
        elif left:
            found += reference_engine.run(store, shapes.graph, members, left)
    return found, [_checked(each, shapes.graph, language) for each in applied]


def _checked(found: Found, shapes: Graph, language: str) -> Checked:
    node = found.shape.node
    name = in_language(language, shapes.objects(node, SH.name)) or local(told(node))  # type: ignore[arg-type]
    engine = "pySHACL" if found.reason else "SPARQL"
    return Checked(told(node), name, found.nodes, engine, found.reason)


def _classes(store: ox.Store) -> dict[str, int]:
    """How many members each class of the data has."""
    query = f"SELECT ?c (COUNT(DISTINCT ?x) AS ?n) {{ ?x <{RDF.type}> ?c }} GROUP BY ?c"
    rows: Any = store.query(query, use_default_graph_as_union=True)
    return {
        row["c"].value: int(row["n"].value) for row in rows if isinstance(row["c"], ox.NamedNode)
    }


def _unchecked(
    classes: dict[str, int], shapes: Shapes, store: ox.Store
) -> tuple[tuple[str, int], ...]:
    """The classes of the data that no shape is about, nor about one above them, largest first."""
    targets = {
        str(term)
        for shape in shapes.targeted()
        for kind, term in shape.targets
        if kind == "targetClass" and not shape.deactivated
    }
    about = {name for name in classes if targets & _above(name, store)}
    left = sorted((-count, name) for name, count in classes.items() if name not in about)
    return tuple((name, -count) for count, name in left[:_MOST_UNCHECKED])


def _above(name: str, store: ox.Store) -> set[str]:
    query = f"SELECT ?c {{ <{name}> <{RDFS.subClassOf}>* ?c }}"
    rows: Any = store.query(query, use_default_graph_as_union=True)
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


def _add(store: ox.Store, data: ox.Store | Iterable[Any]) -> None:
    if isinstance(data, ox.Store):
        store.bulk_extend(data)
    else:
        store.extend(ox.Quad(*triple) for triple in _triples(data))


def _triples(data: Iterable[Any]) -> Iterator[ox.Triple]:
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
