"""The focus nodes of a shape, as a graph pattern."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import RDF, RDFS, BNode

from pursuant.value_conditions import Uncompilable, in_sparql, iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from pursuant.shapes import Shape

THIS = "?this"
TYPE = f"<{RDF.type}>"
_TREE = f"<{RDFS.subClassOf}>"


class Targets:
    """The targets of shapes in one store: which classes are filled is looked up in it."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._fresh = itertools.count()
        self._members: dict[Node, list[str]] = {}

    def name(self) -> str:
        """A variable that was not used before."""
        return f"?_{next(self._fresh)}"

    def focus(self, shape: Shape) -> str:
        """The pattern that binds ?this to the shape's focus nodes."""
        parts = [part for kind, term in shape.targets for part in self._target(kind, term)]
        parts = list(dict.fromkeys(parts))
        if len(parts) == 1:
            return parts[0]
        return " UNION ".join(f"{{ {part} }}" for part in parts) or "FILTER(false)"

    def _target(self, kind: str, term: Node) -> Iterator[str]:
        match kind:
            case "targetClass":
                yield from (f"{THIS} {TYPE} {each} ." for each in self.members(term))
            case "targetNode":
                if isinstance(term, BNode):
                    raise Uncompilable("a blank node as sh:targetNode")
                yield f"VALUES {THIS} {{ {in_sparql(term)} }}"
            case "targetSubjectsOf":
                yield f"{THIS} {iri(term)} {self.name()} ."
            case _:
                yield f"{self.name()} {iri(term)} {THIS} ."

    def members(self, kind: Node) -> list[str]:
        """The classes whose members are all that are SHACL instances of a class.

        A subclass that is empty, or whose members all have the class itself too, is left out.
        """
        if kind not in self._members:
            own = iri(kind)
            query = f"SELECT DISTINCT ?c {{ ?c {_TREE}+ {own} }}"
            rows = self._store.query(query)
            below = sorted(str(row["c"]) for row in rows if isinstance(row["c"], ox.NamedNode))  # type: ignore[union-attr]
            self._members[kind] = [own, *(c for c in below if c != own and self._adds(c, own))]
        return self._members[kind]

    def _adds(self, below: str, kind: str) -> bool:
        query = f"ASK {{ ?x {TYPE} {below} FILTER NOT EXISTS {{ ?x {TYPE} {kind} }} }}"
        return bool(self._store.query(query))
