"""SHACL constraints as SPARQL: one query for each, which finds all that fail it in the whole store.

A shape's focus nodes are a graph pattern, and each of its constraints is a pattern or a condition
on them. A shape that others refer to (sh:node, sh:not, sh:or ...) is a condition: the disjunction
of what may fail. Each condition is true or false of any term, never an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import SH, BNode, Graph, URIRef

from pursuant.constraint_queries import prebindable, select_text
from pursuant.failing_patterns import Row, combined, different, exists, filtered, select
from pursuant.focus_nodes import THIS, TYPE, Targets
from pursuant.shapes import Constraint, Shape, Shapes, is_true, told
from pursuant.value_conditions import Uncompilable, in_sparql, iri, value_fails, wanted_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

_ORDERS = {"lessThan": "<", "lessThanOrEquals": "<="}
_PAIRED = 3  # so many different values are found as pairs; more are counted


@dataclass(frozen=True, slots=True)
class Query:
    """One constraint, compiled.

    Attributes:
        text: the query; it has a row for each failure, `?this` and where there is one `?value`
            and `?path`.
        shape: whose constraint it is.
        constraint: the constraint.
        own_value: whether the value is the focus node where the row has none.
    """

    text: str
    shape: Shape
    constraint: Constraint
    own_value: bool = False


class Compiler:
    """Compiles shapes for one store: which classes are filled is looked up in it."""

    def __init__(self, shapes: Shapes, store: ox.Store) -> None:
        self._shapes = shapes
        self._store = store
        self._targets = Targets(store)
        self.focus = self._targets.focus
        self._open: list[Node] = []

    def queries(self, shape: Shape) -> list[Query]:
        """The queries of a shape that has targets.

        Raises:
            Uncompilable: one of its constraints has none.
        """
        return [] if shape.deactivated else list(self._of(shape, self._targets.focus(shape), THIS))

    def _of(self, shape: Shape, focus: str, this: str) -> Iterator[Query]:
        """The queries of a shape and of its property shapes, on the nodes that a pattern finds."""
        with self._guarded(shape):
            for constraint in shape.constraints:
                yield from self._constraint(shape, constraint, focus, this)
            if not shape.properties:
                return
            value = this
            if shape.path is not None:
                value = self._name()
                focus = f"{focus} {this} {shape.path} {value} ."
            for node in shape.properties:
                if not (inner := self._property(node)).deactivated:
                    yield from self._of(inner, focus, value)

    def _guarded(self, shape: Shape) -> _Opened:
        if shape.node in self._open:
            raise Uncompilable("it refers to itself")
        return _Opened(self._open, shape.node)

    def _property(self, node: Node) -> Shape:
        shape = self._shapes[node]
        if shape.path is None:
            raise Uncompilable(f"{told(node)} is not a well-formed SHACL PropertyShape")
        return shape

    def _constraint(
        self, shape: Shape, constraint: Constraint, focus: str, this: str
    ) -> Iterator[Query]:
        if constraint.name == "sparql":
            if is_true(self._shapes.graph.value(constraint.value, SH.deactivated)):
                return
            text = self._select(shape, constraint, focus, this)
            yield Query(text, shape, constraint, own_value=shape.path is None)
            return
        counted = self._counted(shape, constraint, focus, this)
        if counted is not None:
            yield Query(counted, shape, constraint)
            return
        for row in self._rows(shape, constraint, this):
            yield Query(select(focus, row, this), shape, constraint)

    def _counted(self, shape: Shape, constraint: Constraint, focus: str, this: str) -> str | None:
        """The query that counts values, where there are too many to be found as pairs."""
        name, path = constraint.name, shape.path
        if path is None or name not in _COUNTS:
            return None
        number, is_most = wanted_number(constraint), name.endswith("axCount")
        if number + is_most < _PAIRED:
            return None
        value = self._name()
        fits = ""
        if name.startswith("qualified"):
            fits = filtered(self._qualified(shape, constraint, value))
        sign = ">" if is_most else "<"
        return (
            f"SELECT ({this} AS ?focus) {{ {focus} OPTIONAL {{ {this} {path} {value} {fits} }} }} "
            f"GROUP BY {this} HAVING (COUNT(DISTINCT {value}) {sign} {number})"
        )

    def _rows(self, shape: Shape, constraint: Constraint, this: str) -> list[Row]:
        """The ways in which a node fails a constraint."""
        name = constraint.name
        if name in _COUNTS:
            return self._counts(shape, constraint, this)
        if name == "hasValue":
            return [self._has_value(shape, constraint.value, this)]
        if name == "uniqueLang":
            return self._unique(shape, constraint.value, this)
        if name in _PAIRS:
            return list(self._pairs(shape.path, constraint, this))
        if name == "closed":
            return self._closed(shape, constraint, this)
        if shape.path is None:
            return [Row("", self._bad(constraint, this), this)]
        value = self._name()
        bad = self._bad(constraint, value)
        return [Row(f"{this} {shape.path} {value} .", bad, value, steps=shape.steps)]

    def _bad(self, constraint: Constraint, value: str) -> str:
        """The condition that a value fails a constraint that looks at each value alone."""
        name, given = constraint.name, constraint.value
        match name:
            case "class":
                return self._class(given, value)
            case "pattern":
                return self._pattern(constraint, value)
            case "not" | "node":
                inner = self._fails(self._shapes[given], value)
                return f"!({inner})" if name == "not" else inner
            case "and" | "or" | "xone":
                return combined(name, [self._fails(self._shapes[n], value) for n in given])
        return value_fails(name, given, value)

    def _fails(self, shape: Shape, node: str) -> str:
        """The condition that a node does not conform to a shape."""
        if shape.deactivated:
            return "false"
        with self._guarded(shape):
            ways = [
                row.as_condition(node, self._name)
                for constraint in shape.constraints
                for row in self._rows(shape, self._conditional(constraint), node)
            ]
            ways += self._property_ways(shape, node)
        return f"({' || '.join(ways)})" if ways else "false"

    def _conditional(self, constraint: Constraint) -> Constraint:
        if constraint.name == "sparql":
            raise Uncompilable("a query (sh:sparql) within sh:node, sh:not, sh:and, sh:or, sh:xone")
        return constraint

    def _property_ways(self, shape: Shape, node: str) -> Iterator[str]:
        for each in shape.properties:
            if (inner := self._property(each)).deactivated:
                continue
            if shape.path is None:
                yield self._fails(inner, node)
            else:
                value = self._name()
                fails = self._fails(inner, value)
                yield exists(node, shape.steps, value, fails, self._name)

    def _class(self, kind: Node, value: str) -> str:
        members = self._targets.members(kind)
        if len(members) == 1:
            return f"NOT EXISTS {{ {value} {TYPE} {members[0]} }}"
        found = self._name()
        return (
            f"NOT EXISTS {{ {value} {TYPE} {found} . FILTER({found} IN ({', '.join(members)})) }}"
        )

    def _pattern(self, constraint: Constraint, value: str) -> str:
        flags = constraint.extra.get("flags")
        arguments = (
            f"{_quoted(constraint.value)}, {_quoted(flags)}" if flags else _quoted(constraint.value)
        )
        (row,) = self._store.query(f'SELECT (REGEX("", {arguments}) AS ?works) {{}}')  # type: ignore[misc]
        if row["works"] is None:
            raise Uncompilable("a regular expression that the engine does not take")
        return f"(isBlank({value}) || !REGEX(STR({value}), {arguments}))"

    def _counts(self, shape: Shape, constraint: Constraint, this: str) -> list[Row]:
        if shape.path is None:
            raise Uncompilable(f"sh:{constraint.name} on a node shape")
        number, is_most = wanted_number(constraint), constraint.name.endswith("axCount")
        wanted = number + is_most
        if wanted == 0:
            return []
        if wanted > _PAIRED:
            raise Uncompilable(
                f"a count of {number} within sh:node, sh:not, sh:and, sh:or, sh:xone"
            )
        values = [self._name() for _ in range(wanted)]
        fits = [
            self._qualified(shape, constraint, value)
            for value in values
            if constraint.name.startswith("qualified")
        ]
        found = different(this, shape.steps, values, fits, self._name)
        return [Row("", found if is_most else f"!{found}")]

    def _qualified(self, shape: Shape, constraint: Constraint, value: str) -> str:
        """The condition that a value counts."""
        wanted = constraint.extra.get("qualifiedValueShape")
        if wanted is None:
            raise Uncompilable("a qualified count without sh:qualifiedValueShape")
        fits = f"!({self._fails(self._shapes[wanted], value)})"
        if is_true(constraint.extra.get("qualifiedValueShapesDisjoint")):
            for sibling in _siblings(self._shapes.graph, shape.node, wanted):
                fits += f" && ({self._fails(self._shapes[sibling], value)})"
        return fits

    def _has_value(self, shape: Shape, wanted: Node, this: str) -> Row:
        if isinstance(wanted, BNode):
            return Row("", "true")
        if shape.path is None:
            return Row("", f"!SAMETERM({this}, {in_sparql(wanted)})")
        return Row("", f"!{exists(this, shape.steps, in_sparql(wanted), '', self._name)}")

    def _unique(self, shape: Shape, wanted: Node, this: str) -> list[Row]:
        if shape.path is None:
            raise Uncompilable("sh:uniqueLang on a node shape")
        if not is_true(wanted):
            return []
        one, other = self._name(), self._name()
        same = f'LANG({one}) != "" && LCASE(LANG({one})) = LCASE(LANG({other}))'
        return [Row("", different(this, shape.steps, [one, other], ["true", same], self._name))]

    def _pairs(self, path: str | None, constraint: Constraint, this: str) -> Iterator[Row]:
        other, value, name = iri(constraint.value), self._name(), constraint.name
        own = f"{this} {path} {value} ." if path else f"BIND({this} AS {value})"
        if name == "disjoint":
            yield Row(f"{own} FILTER EXISTS {{ {this} {other} {value} }}", "", value)
        elif name == "equals":
            yield Row(f"{own} FILTER NOT EXISTS {{ {this} {other} {value} }}", "", value)
            missing = (
                f"NOT EXISTS {{ {this} {path} {value} }}" if path else f"!SAMETERM({this}, {value})"
            )
            yield Row(f"{this} {other} {value} .", missing, value)
        elif path is None:
            raise Uncompilable(f"sh:{name} on a node shape")
        else:
            compared = self._name()
            holds = f"!COALESCE({value} {_ORDERS[name]} {compared}, false)"
            yield Row(f"{own} {this} {other} {compared} .", holds, value)

    def _closed(self, shape: Shape, constraint: Constraint, this: str) -> list[Row]:
        if not is_true(constraint.value):
            return []
        allowed = set(constraint.extra.get("ignoredProperties", ()))
        allowed |= {self._property(node).path_node for node in shape.properties}
        iris = sorted(iri(each) for each in allowed if isinstance(each, URIRef))
        node, own = this, ""
        if shape.path is not None:
            node = self._name()
            own = f"{this} {shape.path} {node} ."
        predicate, value = self._name(), self._name()
        strange = f"{predicate} NOT IN ({', '.join(iris)})" if iris else "true"
        return [Row(f"{own} {node} {predicate} {value} .", strange, value, predicate)]

    def _select(self, shape: Shape, constraint: Constraint, focus: str, this: str) -> str:
        text = select_text(self._shapes.graph, constraint.value, shape.path)
        if reason := prebindable(text.full):
            raise Uncompilable(reason)
        if this != THIS:
            focus = f"{{ SELECT DISTINCT ({this} AS {THIS}) {{ {focus} }} }}"
        elif text.groups:
            focus = f"{{ SELECT DISTINCT {THIS} {{ {focus} }} }}"
        elif " UNION " in focus:
            focus = f"{{ {focus} }}" if not focus.startswith("{") else focus
        return text.joined_to(focus)

    def _name(self) -> str:
        return self._targets.name()


class _Opened:
    """A shape while it is compiled: whoever refers to it within itself has no query."""

    def __init__(self, stack: list[Node], node: Node) -> None:
        self._stack, self._node = stack, node

    def __enter__(self) -> None:
        self._stack.append(self._node)

    def __exit__(self, *_: object) -> None:
        self._stack.pop()


_COUNTS = frozenset({"minCount", "maxCount", "qualifiedMinCount", "qualifiedMaxCount"})
_PAIRS = frozenset({"equals", "disjoint", *_ORDERS})


def _siblings(graph: Graph, node: Node, wanted: Node) -> list[Node]:
    """The shapes that values of a property must not also conform to (section 4.7.3)."""
    shapes = {
        sibling
        for parent in graph.subjects(SH.property, node)
        for each in graph.objects(parent, SH.property)
        for sibling in graph.objects(each, SH.qualifiedValueShape)
    }
    return sorted(shapes - {wanted}, key=str)


def _quoted(term: Any) -> str:
    return str(ox.Literal(str(term)))
