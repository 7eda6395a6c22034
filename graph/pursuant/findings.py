"""What validation found: findings that a person can read, and the W3C report.

The engine's own report loses the language of SPARQL constraints' messages and does not fill them;
so names and messages are looked up in the shapes, and the report is written anew, in a fixed order.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.extras.shacl import build_shacl_path, parse_shacl_path
from rdflib.paths import Path

from pursuant.iri import local

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

SEVERITIES = ("Violation", "Warning", "Info")
_HOLE = re.compile(r"\{[?$](this|value)\}")


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
    """

    severity: str
    focus: str
    path: str | None
    value: str | None
    constraint: str
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found: for people (`findings`), and as the W3C report (`graph`).

    The W3C report's sh:conforms is false where there is any result, of whatever severity.
    """

    findings: tuple[Finding, ...]
    graph: Graph

    @property
    def conforms(self) -> bool:
        """Whether there is no Violation; Warnings and Infos are tolerated."""
        return all(finding.severity != "Violation" for finding in self.findings)

    def to_turtle(self) -> str:
        """The W3C report in Turtle, results in the order of the findings."""
        return self.graph.serialize(format="turtle")

    def to_json(self) -> dict[str, Any]:
        """The findings as plain values, and how many there are of each severity."""
        counts = Counter(finding.severity for finding in self.findings)
        return {
            "conforms": self.conforms,
            "counts": {severity: counts[severity] for severity in SEVERITIES},
            "findings": [asdict(finding) for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Result:
    """One result of the engine, with names and messages in all languages."""

    severity: Node
    focus: Node
    path: URIRef | Path | None
    value: Node | None
    component: Node
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
            name=_in(language, self.names) or local(str(self.constraint)),
            message=_in(language, self.messages),
        )


def results(engine: Graph, shapes: Graph) -> list[Result]:
    """The distinct results in an engine's report, worst first, then by constraint and focus."""
    found = {_result(engine, shapes, node) for node in engine.objects(None, SH.result)}
    return sorted(found, key=_order)


def _order(result: Result) -> tuple[int, str, str, str, str]:
    severity = local(str(result.severity))
    place = SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
    return place, str(result.constraint), str(result.focus), str(result.path), str(result.value)


def _result(engine: Graph, shapes: Graph, node: Node) -> Result:
    facts: dict[Any, Any] = dict(engine.predicate_objects(node))
    owners = _owners(shapes, facts.get(SH.sourceConstraint, facts[SH.sourceShape]))
    texts = _first(shapes, owners, SH.message) or engine.objects(node, SH.resultMessage)
    values = {"this": facts[SH.focusNode], "value": facts.get(SH.value)}
    path = facts.get(SH.resultPath)
    return Result(
        severity=facts[SH.resultSeverity],
        focus=facts[SH.focusNode],
        path=None if path is None else parse_shacl_path(engine, path),
        value=facts.get(SH.value),
        component=facts[SH.sourceConstraintComponent],
        constraint=next((o for o in owners if isinstance(o, URIRef)), facts[SH.sourceShape]),
        names=_first(shapes, owners, SH.name),
        messages=tuple(sorted(_filled(text, values) for text in texts)),
    )


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


def _filled(text: Any, values: dict[str, Any]) -> Literal:
    full = _HOLE.sub(lambda hole: str(values[hole[1]]), text)
    return Literal(full, lang=text.language)


def _in(language: str, texts: Iterable[Literal]) -> str:
    """The text in a language; in English, without language, or any where that is all there is."""
    by_language = {text.language: str(text) for text in sorted(texts, reverse=True)}
    wanted = [lang for lang in (language, "en", None) if lang in by_language]
    return by_language[wanted[0]] if wanted else next(iter(by_language.values()), "")


def report(found: list[Result], language: str) -> Report:
    """The report on results that are in their order, with findings in a language."""
    graph = Graph()
    graph.bind("sh", SH)
    node = BNode("report")
    graph.add((node, RDF.type, SH.ValidationReport))
    graph.add((node, SH.conforms, Literal(not found)))
    for number, result in enumerate(found, start=1):
        each = BNode(f"result{number:07}")
        graph.add((node, SH.result, each))
        _write(graph, each, result)
    return Report(tuple(result.finding(language) for result in found), graph)


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
