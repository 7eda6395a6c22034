"""Whether RDF data are sound: SHACL validation that a person can read, and the W3C report.

The data are checked together with the ontology's class tree and the vocabularies' schemes, in a
pyoxigraph store, on which pyshacl answers SPARQL constraints much faster than on an rdflib graph.
Nothing is fetched: no import, no remote context, no external entity, no SERVICE.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph
import pyshacl
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, RuleLoadError, ShapeLoadError
from rdflib import RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.extras.shacl import build_shacl_path, parse_shacl_path

from pursuant import paths
from pursuant.errors import BadData
from pursuant.loading import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib.term import Node

SEVERITIES = ("Violation", "Warning", "Info")
_SHAPE_PROBLEMS = (ConstraintLoadError, ReportableRuntimeError, RuleLoadError, ShapeLoadError)
_OUTSIDE_CALL = re.compile(r"\bSERVICE\b|\\u", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a constraint found.

    Attributes:
        severity: "Violation" (wrong), "Warning" (doubtful) or "Info" (not done yet).
        focus: the resource it was found on.
        path: the property or path looked at, if the constraint has one.
        value: the value that was found, if any.
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
    """What validation found, for people (`findings`) and as the W3C report (`graph`)."""

    findings: tuple[Finding, ...]
    graph: Graph

    @property
    def conforms(self) -> bool:
        """Whether there is no Violation; Warnings and Infos are tolerated."""
        return all(finding.severity != "Violation" for finding in self.findings)

    def to_turtle(self) -> str:
        """The W3C report as Turtle, its results in the order of the findings."""
        return self.graph.serialize(format="turtle")

    def to_json(self) -> dict[str, Any]:
        """The findings as plain values, with their number by severity."""
        counts = Counter(finding.severity for finding in self.findings)
        return {
            "conforms": self.conforms,
            "counts": {severity: counts[severity] for severity in SEVERITIES},
            "findings": [asdict(finding) for finding in self.findings],
        }


def validate(
    data: Graph | pyoxigraph.Store,
    shapes: Graph | None = None,
    language: str = "en",
    known: Graph | None = None,
) -> Report:
    """Checks data against shapes.

    Args:
        data: what is to be checked; it is not changed.
        shapes: the constraints; without them, the project's own.
        language: of names and messages, where the shapes have it.
        known: what the data may point to, such as the register: taken as true, not reported on.

    Raises:
        BadData: the shapes cannot be applied, or the data cannot be written as RDF.
    """
    shapes = own_shapes() if shapes is None else shapes
    _refuse_outside_calls(shapes)
    store = _store_of(data)
    subjects = {str(quad.subject.value) for quad in store} if known is not None else None
    for extra in (background(), known):
        if extra is not None:
            _add(store, extra)
    results = _results(_run(store, shapes), shapes)
    return _report([r for r in results if subjects is None or str(r.focus) in subjects], language)
