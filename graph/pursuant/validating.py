"""Validation of texts: RDF in any syntax against our shapes or others, with lines and remedies."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from rdflib import Graph

from pursuant import checking
from pursuant.content import to_rdflib
from pursuant.locating import located
from pursuant.validation_report import to_html, to_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pursuant.findings import Report
    from pursuant.locating import Source

FORMATS = ("table", "turtle", "json", "html")


def validate_sources(
    sources: Sequence[Source],
    shapes: Sequence[Source] = (),
    language: str = "en",
    engine: str = "sets",
) -> Report:
    """Checks what texts say.

    What they say of things in the register is checked with what the register says of them, unless
    other shapes are given.

    Args:
        sources: the texts.
        shapes: other shapes than the project's own.
        language: of names and messages.
        engine: as in `checking.validate`.

    Raises:
        BadData: a text is not RDF, or the shapes cannot be applied.
    """
    numbered = [replace(source, number=number) for number, source in enumerate(sources)]
    triples = [triple for source in numbered for triple in source.triples()]
    given = graph_of(shapes) if shapes else None
    known = None if shapes else checking.registered()
    report = checking.validate(triples, given, language, known, engine)
    return located(report, numbered)


def graph_of(sources: Sequence[Source]) -> Graph:
    """The statements of texts together.

    Raises:
        BadData: a text is not RDF.
    """
    graph = Graph()
    for number, source in enumerate(sources):
        for triple in replace(source, number=1000 + number).triples():
            graph.add(tuple(to_rdflib(term) for term in triple))  # type: ignore[arg-type]
    return graph


def rendered(
    report: Report, form: str, language: str, given: str = "", coverage: bool = False
) -> str:
    """A report in one of the `FORMATS`."""
    if form == "turtle":
        return report.to_turtle()
    if form == "json":
        return json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n"
    if form == "html":
        return to_html(report, language, given)
    return to_text(report, language, coverage)
