"""What validation found: findings that a person can read, and the W3C report.

Names and messages are looked up in the shapes, in all their languages, whichever engine it was that
found something; the report is written anew, in a fixed order.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.extras.shacl import build_shacl_path, parse_shacl_path
from rdflib.paths import Path

from pursuant import complaints
from pursuant.iri import local

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rdflib.term import Node

SEVERITIES = ("Violation", "Warning", "Info")
_HOLE = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a constraint found.

    Attributes:
        severity: "Violation" (wrong), "Warning" (doubtful) or "Info" (not done yet).
        focus: the resource it was found on.
        path: the property or path that was looked at, if the constraint has one.
        value: what was found there, if anything.
        constraint: IRI of the constraint.
        name: the constraint's name, in the language asked for.
        message: what is expected, what was found, how to mend it.
        component: what SHACL calls this kind of constraint, as "MinCount".
        label: what the focus is called, in the language asked for, where the data say.
        value_label: what the value is called.
        source: name of the file that says it.
        line: the line of that file, from 1, where its syntax has lines.
    """

    severity: str
    focus: str
    path: str | None
    value: str | None
    constraint: str
    name: str
    message: str
    component: str | None = field(default=None, compare=False)
    label: str | None = field(default=None, compare=False)
    value_label: str | None = field(default=None, compare=False)
    source: str | None = field(default=None, compare=False)
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """The findings of one constraint, together.

    Attributes:
        severity: theirs.
        constraint: IRI of the constraint.
        name: its name.
        message: what they all say; None where each says something of its own.
        findings: the findings.
    """

    severity: str
    constraint: str
    name: str
    message: str | None
    findings: tuple[Finding, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.findings)


@dataclass(frozen=True, slots=True)
class Checked:
    """How a shape was applied.

    Attributes:
        shape: the shape, by IRI.
        name: its name, in the language asked for.
        nodes: how many focus nodes it had.
        engine: "SPARQL", or "pySHACL" where it has no queries.
        reason: why it has none.
    """

    shape: str
    name: str
    nodes: int
    engine: str = "SPARQL"
    reason: str | None = None


@dataclass(frozen=True)
class Report:
    """What validation found: for people (`findings`), and as the W3C report (`graph`).

    The W3C report's sh:conforms is false where there is any result, of whatever severity.

    Attributes:
        findings: worst first.
        results: the same with all languages.
        shapes: how each shape was applied, and to how many nodes.
        unchecked: classes of the data that no shape is about, with how many members each has.
        notices: what is doubtful in the shapes themselves.
    """

    findings: tuple[Finding, ...]
    results: tuple[Result, ...] = field(default=(), repr=False)
    shapes: tuple[Checked, ...] = ()
    unchecked: tuple[tuple[str, int], ...] = ()
    notices: tuple[Finding, ...] = ()

    @cached_property
    def graph(self) -> Graph:
        """The W3C report."""
        return as_graph(self.results)

    @property
    def conforms(self) -> bool:
        """Whether there is no Violation; Warnings and Infos are tolerated."""
        return all(finding.severity != "Violation" for finding in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        counts = Counter(finding.severity for finding in self.findings)
        return {severity: counts[severity] for severity in SEVERITIES}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The findings by constraint, worst first."""
        return tuple(
            _problem(tuple(found)) for _, found in groupby(self.findings, key=_constraint_of)
        )

    def to_turtle(self) -> str:
        """The W3C report in Turtle, results in the order of the findings."""
        return self.graph.serialize(format="turtle")

    def to_json(self) -> dict[str, Any]:
        """Everything as plain values."""
        problems = [
            {k: getattr(each, k) for k in ("severity", "constraint", "name", "message", "count")}
            for each in self.problems
        ]
        return {
            "conforms": self.conforms,
            "counts": self.counts,
            "problems": problems,
            "findings": [asdict(finding) for finding in self.findings],
            "shapes": [asdict(each) for each in self.shapes],
            "unchecked": [{"class": name, "members": count} for name, count in self.unchecked],
            "notices": [asdict(each) for each in self.notices],
        }


def _constraint_of(finding: Finding) -> tuple[str, str, str]:
    return finding.severity, finding.constraint, finding.name


def _problem(found: tuple[Finding, ...]) -> Problem:
    severity, constraint, name = _constraint_of(found[0])
    messages = {finding.message for finding in found}
    return Problem(
        severity, constraint, name, messages.pop() if len(messages) == 1 else None, found
    )


@dataclass(frozen=True, slots=True)
class Result:
    """One result of an engine, with names and messages in all languages.

    Attributes:
        severity: as in the shape.
        focus: the node that was looked at.
        path: the path of the shape, or the property of a closed one.
        value: what was found there.
        component: the kind of constraint.
        shape: the shape that has the constraint.
        constraint: the nearest to it that has an IRI.
        names: of the constraint.
        messages: what is wrong and how to mend it.
    """

    severity: Node
    focus: Node
    path: URIRef | Path | None
    value: Node | None
    component: Node
    shape: Node
    constraint: Node
    names: tuple[Literal, ...]
    messages: tuple[Literal, ...]

    def finding(self, language: str) -> Finding:
        """What a person reads of it, in a language."""
        return Finding(
            severity=local(str(self.severity)),
            focus=str(self.focus),
            path=self.path.n3() if isinstance(self.path, Path) else self.path and str(self.path),
            value=None if self.value is None else str(self.value),
            constraint=str(self.constraint),
            name=in_language(language, self.names) or local(str(self.constraint)),
            message=in_language(language, self.messages),
            component=local(str(self.component)).removesuffix("ConstraintComponent"),
        )

    @property
    def key(self) -> tuple[Node, str, Node | None, Node, Node, Node]:
        """What makes it this result and no other."""
        return self.focus, _n3(self.path), self.value, self.component, self.shape, self.severity


def _n3(path: URIRef | Path | None) -> str:
    return "" if path is None else path.n3()


class Wording:
    """Names and messages of one constraint of a shape, to be filled for each result."""

    def __init__(self, shapes: Graph, shape: Node, component: Node, query: Node | None) -> None:
        owners = _owners(shapes, query or shape)
        self.constraint = next((o for o in owners if isinstance(o, URIRef)), shape)
        self.names = _first(shapes, owners, SH.name)
        own = _first(shapes, owners, SH.message)
        if not own:
            own = complaints.messages(component, shapes, shape)
        if not self.names:
            self.names = complaints.names(component)
        self._messages = tuple(sorted(own))
        self._plain = not any(_HOLE.search(text) for text in own)

    def messages(self, values: Mapping[str, Any]) -> tuple[Literal, ...]:
        """The messages with their holes filled."""
        if self._plain:
            return self._messages
        return tuple(sorted(_filled(text, values) for text in self._messages))


def sorted_results(found: Iterable[Result]) -> list[Result]:
    """The distinct results, worst first, then by constraint and focus."""
    return sorted({result.key: result for result in found}.values(), key=_order)


def results(engine: Graph, shapes: Graph) -> list[Result]:
    """The results in a report of pySHACL."""
    return [_result(engine, shapes, node) for node in engine.objects(None, SH.result)]


def _order(result: Result) -> tuple[int, str, str, str, str, str]:
    severity = local(str(result.severity))
    place = SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
    others = (result.constraint, result.focus, result.path, result.value, result.component)
    return (place, *(str(each) for each in others))  # type: ignore[return-value]


def _result(engine: Graph, shapes: Graph, node: Node) -> Result:
    facts: dict[Any, Any] = dict(engine.predicate_objects(node))
    shape, component = facts[SH.sourceShape], facts[SH.sourceConstraintComponent]
    path = facts.get(SH.resultPath)
    path = None if path is None else parse_shacl_path(engine, path)
    wording = Wording(shapes, shape, component, facts.get(SH.sourceConstraint))
    values = {"this": facts[SH.focusNode], "value": facts.get(SH.value), "path": _n3(path)}
    return Result(
        severity=facts[SH.resultSeverity],
        focus=facts[SH.focusNode],
        path=path,
        value=_plain(facts.get(SH.value)),
        component=component,
        shape=shape,
        constraint=wording.constraint,
        names=wording.names,
        messages=wording.messages(values) or tuple(sorted(engine.objects(node, SH.resultMessage))),  # type: ignore[arg-type]
    )


def _plain(value: Node | None) -> Node | None:
    """A string without its datatype, as rdflib has it where the engine does not."""
    is_string = isinstance(value, Literal) and value.datatype == XSD.string
    return Literal(str(value)) if is_string else value


def _first(shapes: Graph, owners: Iterable[Node], predicate: URIRef) -> tuple[Any, ...]:
    """What the nearest owner that has it says."""
    return next((t for o in owners if (t := tuple(shapes.objects(o, predicate)))), ())


def _owners(shapes: Graph, node: Node) -> list[Node]:
    """A constraint or shape and, while it has no IRI, what it is part of."""
    owners = [node]
    while isinstance(owners[-1], BNode):
        owner = next(shapes.subjects(None, owners[-1]), None)
        if owner is None or owner in owners:
            break
        owners.append(owner)
    return owners


def _filled(text: Any, values: Mapping[str, Any]) -> Literal:
    full = _HOLE.sub(lambda hole: _said(values.get(hole[1], hole[0])), text)
    return Literal(full, lang=text.language)


def _said(value: Any) -> str:
    if isinstance(value, URIRef):
        return complaints.short(str(value))
    return complaints.short(value) if type(value) is str else str(value)


def in_language(language: str, texts: Iterable[Literal]) -> str:
    """The text in a language; in English, without language, or any where that is all there is."""
    by_language = {text.language: str(text) for text in sorted(texts, reverse=True)}
    wanted = [lang for lang in (language, "en", None) if lang in by_language]
    return by_language[wanted[0]] if wanted else next(iter(by_language.values()), "")


def as_graph(found: Sequence[Result]) -> Graph:
    """The W3C report on results that are in their order."""
    graph = Graph()
    graph.bind("sh", SH)
    node = BNode("report")
    graph.add((node, RDF.type, SH.ValidationReport))
    graph.add((node, SH.conforms, Literal(not found)))
    for number, result in enumerate(found, start=1):
        each = BNode(f"result{number:07}")
        graph.add((node, SH.result, each))
        _write(graph, each, result)
    return graph


def _write(graph: Graph, node: BNode, result: Result) -> None:
    graph.add((node, RDF.type, SH.ValidationResult))
    graph.add((node, SH.resultSeverity, result.severity))
    graph.add((node, SH.focusNode, result.focus))
    graph.add((node, SH.sourceShape, result.constraint))
    graph.add((node, SH.sourceConstraintComponent, result.component))
    if result.path is not None:
        graph.add((node, SH.resultPath, build_shacl_path(result.path, graph)[0]))
    if result.value is not None:
        graph.add((node, SH.value, result.value))
    for message in result.messages:
        graph.add((node, SH.resultMessage, message))
