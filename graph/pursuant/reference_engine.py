"""pySHACL, the reference: shape by shape and node by node.

Over an Oxigraph store it answers SPARQL constraints much faster than over an rdflib graph.
"""

from __future__ import annotations

import logging
import re
import warnings
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pyshacl
from pyshacl.errors import ReportableRuntimeError, ShapeRecursionWarning
from pyshacl.graph_abstraction import OxigraphDataGraph
from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal

from pursuant.content import to_rdflib
from pursuant.errors import BadData
from pursuant.findings import results
from pursuant.shapes import TARGETS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from rdflib.term import Node

    from pursuant.findings import Result

# Both write tracebacks to standard error of what is raised, or reported, all the same.
logging.getLogger("pyshacl-validate").disabled = True
logging.getLogger("rdflib").addHandler(logging.NullHandler())

_ASKED = (RDF.first, SH.hasValue)
_REFUSALS = (ReportableRuntimeError, SyntaxError, re.error, AssertionError, RecursionError)


def run(
    data: ox.Store | Graph,
    shapes: Graph,
    own: frozenset[Node] | None = None,
    only: Sequence[Node] | None = None,
) -> list[Result]:
    """What pySHACL finds.

    Args:
        data: what is checked.
        shapes: the constraints.
        own: of a class only these members are checked; all, if None.
        only: the shapes whose targets are checked; all, if None.

    Raises:
        BadData: the shapes cannot be applied.
    """
    wanted = shapes if only is None else _only(shapes, only)
    graph: Any = data
    if isinstance(data, ox.Store):
        graph, wanted = _Data(data, own), _typed(wanted)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ShapeRecursionWarning)
            _, found, _ = pyshacl.validate(graph, shacl_graph=wanted)
    except _REFUSALS as problem:
        raise BadData(f"The shapes cannot be applied: {_one_line(problem)}.") from problem
    if not isinstance(found, Graph):
        raise BadData(f"The shapes cannot be applied: {_one_line(found)}.")
    return results(found, shapes)


def as_graph(triples: Iterable[ox.Triple]) -> Graph:
    """The same triples in rdflib, with literals as they are written."""
    graph = Graph()
    for triple in triples:
        graph.add(tuple(to_rdflib(term) for term in triple))  # type: ignore[arg-type]
    return graph


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


def _only(shapes: Graph, wanted: Sequence[Node]) -> Graph:
    """The shapes, of which only the wanted have targets."""
    kept, copy = frozenset(wanted), Graph()
    targets = {SH[kind] for kind in TARGETS}
    for s, p, o in shapes:
        implicit = p == RDF.type and o in {RDFS.Class, OWL.Class} and s not in kept
        if not implicit and (p not in targets or s in kept):
            copy.add((s, p, o))
    return copy


def _typed(shapes: Graph) -> Graph:
    """The shapes with xsd:string on the values they ask for, as Oxigraph's terms have it."""
    copy = Graph()
    for s, p, o in shapes:
        plain = p in _ASKED and isinstance(o, Literal) and not (o.datatype or o.language)
        copy.add((s, p, Literal(str(o), datatype=XSD.string) if plain else o))
    return copy


def _one_line(problem: object) -> str:
    return " ".join(str(getattr(problem, "message", problem)).split()).rstrip(".")
