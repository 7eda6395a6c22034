"""SHACL shapes as values, read from a shapes graph once.

A shape's constraints are kept as (component, parameter) pairs; what belongs to another constraint
(sh:flags, sh:ignoredProperties, the qualified counts) is in that constraint's `extra`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef

from pursuant.content import from_rdflib
from pursuant.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

# Parameters, and what SHACL calls the component of each (W3C Recommendation, section 4).
COMPONENTS = {
    name: SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"]
    for name in [
        "class",
        "datatype",
        "nodeKind",
        "minCount",
        "maxCount",
        "minExclusive",
        "minInclusive",
        "maxExclusive",
        "maxInclusive",
        "minLength",
        "maxLength",
        "pattern",
        "languageIn",
        "uniqueLang",
        "equals",
        "disjoint",
        "lessThan",
        "lessThanOrEquals",
        "not",
        "and",
        "or",
        "xone",
        "node",
        "closed",
        "hasValue",
        "in",
    ]
} | {
    "sparql": SH.SPARQLConstraintComponent,
    "qualifiedMinCount": SH.QualifiedMinCountConstraintComponent,
    "qualifiedMaxCount": SH.QualifiedMaxCountConstraintComponent,
}
LISTS = frozenset({"in", "languageIn", "and", "or", "xone"})
ONCE = frozenset(
    [
        "datatype",
        "nodeKind",
        "minCount",
        "maxCount",
        "minLength",
        "maxLength",
        "languageIn",
        "uniqueLang",
        "in",
        "closed",
        "qualifiedMinCount",
        "qualifiedMaxCount",
    ]
)
TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_EXTRAS = {
    "pattern": ("flags",),
    "closed": ("ignoredProperties",),
    "qualifiedMinCount": ("qualifiedValueShape", "qualifiedValueShapesDisjoint"),
    "qualifiedMaxCount": ("qualifiedValueShape", "qualifiedValueShapesDisjoint"),
}
_STEPS = {
    SH.inversePath: "^({})",
    SH.zeroOrMorePath: "({})*",
    SH.oneOrMorePath: "({})+",
    SH.zeroOrOnePath: "({})?",
}
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of a shape.

    Attributes:
        name: its parameter without the namespace, as "minCount".
        value: the parameter's value; of parameters that take lists, the members.
        extra: further parameters of the same component, by name.
        node: for sh:sparql, the constraint itself.
    """

    name: str
    value: Any
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def component(self) -> URIRef:
        """What SHACL calls its component."""
        return COMPONENTS[self.name]


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape.

    Attributes:
        node: the shape in its graph.
        path: its path in SPARQL; None for a node shape.
        steps: the same, a sequence taken apart.
        path_node: its path in its graph.
        severity: of its results.
        targets: (kind, term) pairs, where the kind is one of `TARGETS`.
        constraints: what it demands, without sh:property.
        properties: the property shapes that its value nodes are checked against.
        deactivated: whether it is to be passed over.
    """

    node: Node
    path: str | None
    steps: tuple[str, ...]
    path_node: Node | None
    severity: Node
    targets: tuple[tuple[str, Node], ...]
    constraints: tuple[Constraint, ...]
    properties: tuple[Node, ...]
    deactivated: bool


class Shapes:
    """The shapes of a graph, by their nodes."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._read: dict[Node, Shape] = {}
        self._implicit = _implicit(graph)

    def __getitem__(self, node: Node) -> Shape:
        if node not in self._read:
            self._read[node] = self._shape(node)
        return self._read[node]

    def targeted(self) -> list[Shape]:
        """The shapes that say themselves what they check, in a fixed order."""
        return [self[node] for node in targeted_nodes(self.graph)]

    def _shape(self, node: Node) -> Shape:
        paths = list(self.graph.objects(node, SH.path))
        if len(paths) > 1:
            raise BadData(f"The shapes cannot be applied: {told(node)} has more than one sh:path.")
        path_node = paths[0] if paths else None
        severity = self.graph.value(node, SH.severity) or SH.Violation
        steps = () if path_node is None else tuple(_steps(self.graph, path_node))
        return Shape(
            node=node,
            path="/".join(f"({step})" if len(steps) > 1 else step for step in steps) or None,
            steps=steps,
            path_node=path_node,
            severity=severity,
            targets=tuple(self._targets(node)),
            constraints=tuple(self._constraints(node)),
            properties=tuple(sorted(self.graph.objects(node, SH.property), key=str)),
            deactivated=is_true(self.graph.value(node, SH.deactivated)),
        )

    def _targets(self, node: Node) -> Iterator[tuple[str, Node]]:
        for kind in TARGETS:
            for term in sorted(self.graph.objects(node, SH[kind]), key=str):
                yield kind, term
        if node in self._implicit:
            yield "targetClass", node

    def _constraints(self, node: Node) -> Iterator[Constraint]:
        for name in COMPONENTS:
            values = sorted(self.graph.objects(node, SH[name]), key=str)
            if len(values) > 1 and name in ONCE:
                raise BadData(
                    f"The shapes cannot be applied: {told(node)} has more than one sh:{name}."
                )
            for value in values:
                extra = {
                    each: self._value(each, found)
                    for each in _EXTRAS.get(name, ())
                    if (found := self.graph.value(node, SH[each])) is not None
                }
                yield Constraint(name, self._value(name, value), extra)

    def _value(self, name: str, value: Node) -> Any:
        if name in LISTS or name == "ignoredProperties":
            return items(self.graph, value)
        return value


def targeted_nodes(graph: Graph) -> list[Node]:
    """The shapes of a graph that say themselves what they check, in a fixed order."""
    named = {node for kind in TARGETS for node in graph.subjects(SH[kind])}
    return sorted(named | _implicit(graph), key=str)


def _implicit(graph: Graph) -> set[Node]:
    """The shapes that are classes, and so are about their own members."""
    classes = {RDFS.Class, *graph.transitive_subjects(RDFS.subClassOf, RDFS.Class)}
    return {
        node
        for kind in (SH.NodeShape, SH.PropertyShape)
        for node in graph.subjects(RDF.type, kind)
        if isinstance(node, URIRef) and classes & set(graph.objects(node, RDF.type))
    }


def items(graph: Graph, head: Node) -> tuple[Node, ...]:
    """The members of an RDF list.

    Raises:
        BadData: it is not a list, or one that does not end.
    """
    found: list[Node] = []
    seen: set[Node] = set()
    while head != RDF.nil:
        first = graph.value(head, RDF.first)
        if first is None or head in seen:
            raise BadData(f"The shapes cannot be applied: {told(head)} is no well-formed list.")
        seen.add(head)
        found.append(first)
        head = graph.value(head, RDF.rest) or RDF.nil
    return tuple(found)


def _steps(graph: Graph, node: Node) -> Iterator[str]:
    if graph.value(node, RDF.first) is None:
        yield sparql_path(graph, node)
        return
    for step in _members(graph, node):
        yield from _steps(graph, step)


def sparql_path(graph: Graph, node: Node, depth: int = 0) -> str:
    """A SHACL path as one of SPARQL.

    Raises:
        BadData: it is not well-formed.
    """
    if isinstance(node, URIRef):
        return str(from_rdflib(node))
    if isinstance(node, Literal) or depth > _DEEPEST:
        raise BadData(f"The shapes cannot be applied: {told(node)} is no well-formed path.")
    if graph.value(node, RDF.first) is not None:
        return _joined(graph, node, "/", depth)
    if (choices := graph.value(node, SH.alternativePath)) is not None:
        return _joined(graph, choices, "|", depth)
    for predicate, form in _STEPS.items():
        if (step := graph.value(node, predicate)) is not None:
            return form.format(sparql_path(graph, step, depth + 1))
    raise BadData(f"The shapes cannot be applied: {told(node)} is no well-formed path.")


def _joined(graph: Graph, head: Node, sign: str, depth: int) -> str:
    return sign.join(f"({sparql_path(graph, s, depth + 1)})" for s in _members(graph, head))


def _members(graph: Graph, head: Node) -> tuple[Node, ...]:
    members = items(graph, head)
    if len(members) < 2:
        raise BadData("The shapes cannot be applied: a path's list has two members or more.")
    return members


def is_true(value: Node | None) -> bool:
    """Whether a parameter is set."""
    return isinstance(value, Literal) and value.value is True


def told(node: Node) -> str:
    """A node as a person is told of it."""
    return "a blank node" if isinstance(node, BNode) else str(node)
