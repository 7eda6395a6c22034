"""Where in its source a finding stands.

Turtle and TriG are read once more for their lines (`turtle_lines`), N-Triples and N-Quads have one
line for each statement; RDF/XML and JSON-LD give the file alone. Nothing is read again unless
something was found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef

from pursuant import loading
from pursuant.turtle_lines import Statement, statements, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rdflib.term import Node

    from pursuant.findings import Finding, Report, Result

_LISTS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_CELL = {f"{_LISTS}first", f"{_LISTS}rest"}
_LINE = re.compile(r'\s*(<[^<>\s]*>|_:\S+)\s*(<[^<>\s]*>)\s*(<[^<>\s]*>|_:\S+|"(?:[^"\\]|\\.)*")')
_WRITTEN = {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG}
_BY_LINE = {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS}


@dataclass(frozen=True)
class Source:
    """A text with statements.

    Attributes:
        name: what a person calls it.
        data: the text.
        syntax: what it is written in.
        base: what its relative IRIs are resolved against.
        number: of all sources; its blank nodes are named by it.
    """

    name: str
    data: bytes
    syntax: ox.RdfFormat
    base: str
    number: int = 0

    @classmethod
    def of(cls, path: Path, number: int = 0) -> Source:
        """A file.

        Raises:
            BadData: it cannot be read, is too large, or of no kind that is known.
        """
        return cls(
            path.name, loading.read(path), loading.syntax_of(path), path.absolute().as_uri(), number
        )

    def triples(self) -> Iterator[ox.Triple]:
        """Its statements; blank nodes have the same names each time.

        Raises:
            BadData: it is not in its format, or asks for something outside of it.
        """
        names: dict[str, ox.BlankNode] = {}

        def named(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> object:
            if isinstance(term, ox.BlankNode):
                known = f"s{self.number}b{len(names)}"
                return names.setdefault(term.value, ox.BlankNode(known))
            return term

        for quad in self._quads():
            yield ox.Triple(named(quad.subject), quad.predicate, named(quad.object))  # type: ignore[arg-type]

    def _quads(self) -> Iterator[ox.Quad]:
        return loading.parse(self.data, self.syntax, self.name, self.base, rename=False)

    @cached_property
    def places(self) -> _Places:
        """The lines of its statements."""
        if self.syntax in _BY_LINE:
            read = list(self._by_line())
        elif self.syntax in _WRITTEN:
            read = statements(self.data.decode("utf-8", "replace"), self.base)
        else:
            read = []
        return _Places(read, self._names(read) if read else {})

    def _by_line(self) -> Iterator[Statement]:
        text = self.data.decode("utf-8", "replace")
        for number, line in enumerate(text.split("\n"), start=1):
            if m := _LINE.match(line):
                s, p, o = (unescaped(part) for part in m.groups())
                yield Statement(s, p, o, number, number)

    def _names(self, read: Sequence[Statement]) -> dict[str, str]:
        """How the blank nodes that were read are named, by comparing with what was parsed."""
        triples = list(self.triples())
        mine = [s for s in read if "()" not in (s.subject, s.object)]
        if len(mine) < len(read):
            cells = {triple.subject for triple in triples if triple.predicate.value in _CELL}
            triples = [t for t in triples if t.subject not in cells and t.object not in cells]
        names: dict[str, str] = {}
        for statement, triple in zip(mine, triples, strict=False):
            if statement.predicate != str(triple.predicate):
                break
            ends = ((statement.subject, triple.subject), (statement.object, triple.object))
            names |= {ours: str(term) for ours, term in ends if isinstance(term, ox.BlankNode)}
        return names


class _Places:
    """Lines by what stands on them."""

    def __init__(self, read: Iterable[Statement], names: dict[str, str]) -> None:
        self._first: dict[str, int] = {}
        self._predicate: dict[tuple[str, str], int] = {}
        self._whole: dict[tuple[str, str, str], int] = {}
        self._value: dict[tuple[str, str], int] = {}
        for s, p, o, subject_line, line in read:
            subject, value = names.get(s, s), names.get(o, o)
            self._first.setdefault(subject, subject_line)
            self._predicate.setdefault((subject, p), line)
            self._whole.setdefault((subject, p, value), line)
            self._value.setdefault((subject, value), line)

    def nearest(
        self, subject: str, predicate: str | None, value: str | None
    ) -> tuple[int, int] | None:
        """How near the nearest line is (the value 0, the property 1, the subject 2), and it."""
        lines = (
            self._whole.get((subject, predicate, value))
            if predicate and value
            else self._value.get((subject, value or "")),
            self._predicate.get((subject, predicate or "")),
            self._first.get(subject),
        )
        return next(((near, line) for near, line in enumerate(lines) if line is not None), None)


def located(report: Report, sources: Sequence[Source]) -> Report:
    """The report, whose findings tell where in the sources they stand."""
    pairs = zip(report.findings, report.results, strict=True)
    return replace(report, findings=tuple(_placed(f, r, sources) for f, r in pairs))


def _placed(finding: Finding, result: Result, sources: Sequence[Source]) -> Finding:
    subject = _written(result.focus)
    predicate = f"<{result.path}>" if isinstance(result.path, URIRef) else None
    value = None if result.value in (None, result.focus) else _written(result.value)
    lines = [
        (*found, source.name)
        for source in sources
        if (found := source.places.nearest(subject, predicate, value))
    ]
    if lines:
        _, line, name = min(lines, key=lambda each: each[0])
        return replace(finding, source=name, line=line)
    return replace(finding, source=sources[0].name) if len(sources) == 1 else finding


def _written(node: Node | None) -> str:
    if isinstance(node, BNode):
        return f"_:{node}"
    return f'"{node}"' if isinstance(node, Literal) else f"<{node}>"
