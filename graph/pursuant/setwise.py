"""SHACL over a whole store at once: each constraint is one query of the engine.

A shape that has no such queries is told apart, with the reason: `checking` gives it to pySHACL.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rdflib.extras.shacl import parse_shacl_path
from rdflib.term import URIRef

from pursuant.compiling import Compiler, Query
from pursuant.content import to_rdflib
from pursuant.findings import Result, Wording
from pursuant.value_conditions import Uncompilable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox
    from rdflib.term import Node

    from pursuant.shapes import Shape, Shapes


@dataclass(frozen=True, slots=True)
class Found:
    """What one shape found.

    Attributes:
        shape: the shape.
        results: of its queries; none where it has no queries.
        nodes: how many focus nodes it has.
        reason: why it has no queries, if so.
        lexical: whether that is because the engine does not keep how literals are written.
    """

    shape: Shape
    results: tuple[Result, ...]
    nodes: int
    reason: str | None = None
    lexical: bool = False


def apply(shapes: Shapes, store: ox.Store, own: frozenset[Any] | None = None) -> Iterator[Found]:
    """What each shape that has targets finds in the default graph of a store.

    Args:
        shapes: the shapes.
        store: what is checked.
        own: nodes of the engine; others are found too, but not counted. None for all.

    Raises:
        BadData: a shape is not well-formed.
    """
    compiler = Compiler(shapes, store)
    count = functools.cache(lambda focus: _count(store, focus, own))
    for shape in shapes.targeted():
        if shape.deactivated:
            continue
        nodes = count(compiler.focus(shape))
        try:
            queries = compiler.queries(shape) if nodes else []
        except Uncompilable as problem:
            yield Found(shape, (), nodes, str(problem), problem.lexical)
            continue
        found = tuple(r for query in queries for r in _results(query, shapes, store))
        yield Found(shape, found, nodes)


def _count(store: ox.Store, focus: str, own: frozenset[Any] | None) -> int:
    if own is not None:
        rows: Any = store.query(f"SELECT ?this {{ {focus} }}")
        return len({row["this"] for row in rows} & own)
    query = f"SELECT (COUNT(DISTINCT ?this) AS ?nodes) {{ {focus} }}"
    (row,) = store.query(query)  # type: ignore[misc]
    return int(row["nodes"].value)


def _results(query: Query, shapes: Shapes, store: ox.Store) -> Iterator[Result]:
    shape, constraint = query.shape, query.constraint
    is_query = constraint.name == "sparql"
    wording = Wording(
        shapes.graph, shape.node, constraint.component, constraint.value if is_query else None
    )
    path = None if shape.path_node is None else parse_shacl_path(shapes.graph, shape.path_node)
    solutions: Any = store.query(query.text)
    names = [variable.value for variable in solutions.variables]
    for row in solutions:
        values = {name: to_rdflib(row[name]) for name in names if row[name] is not None}
        focus: Node | None = values.pop("focus", None) or values.get("this")
        if focus is None:
            continue
        value = values.get("value", focus if query.own_value else None)
        found = values.get("path")
        seen = found if isinstance(found, URIRef) else path
        told = {**values, "this": focus, "value": value, "path": "" if seen is None else seen.n3()}
        yield Result(
            shape.severity,
            focus,
            seen,
            value,
            constraint.component,
            shape.node,
            wording.constraint,
            wording.names,
            wording.messages(told),
        )
