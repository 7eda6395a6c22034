"""Whether a peer answers rightly: its answers to a sample against those of the engine."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError

import pyoxigraph as ox

from benchmarks.facade.questions import questions, sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.facade.generate import Made
    from benchmarks.facade.processes import Server
    from pursuant.store import Store

Rows = list[tuple[tuple[str, str], ...]]


def expected(graph: Made, store: Store) -> dict[str, list[Rows]]:
    """The answers to the samples of all questions, by the name of the question."""
    found: dict[str, list[Rows]] = {}
    for question in questions().values():
        found[question.name] = []
        for term in sample(question, graph):
            results = store.query(question.asked(term))
            assert not isinstance(results, ox.QueryTriples)
            written = results.serialize(format=ox.QueryResultsFormat.JSON) or b""
            found[question.name].append(rows(json.loads(written)))
    return found


@dataclass
class Compared:
    """What came of comparing a server's answers.

    Attributes:
        faults: what is wrong, by question; nothing where all are right.
        answers: how many were compared.
        all: how many there are; a slow server is not asked them all.
    """

    faults: dict[str, str] = field(default_factory=dict)
    answers: int = 0
    all: int = 0


def compared(
    graph: Made, server: Server, right: Mapping[str, list[Rows]], seconds: float
) -> Compared:
    """Compares a server's answers while there is time, each question before the next sample."""
    cases = [
        (place, question, question.asked(term), wanted)
        for question in questions().values()
        for place, (term, wanted) in enumerate(
            zip(sample(question, graph), right[question.name], strict=True)
        )
    ]
    found, until = Compared(all=len(cases)), time.monotonic() + seconds
    for _, question, query, wanted in sorted(cases, key=lambda case: case[0]):
        if time.monotonic() > until:
            break
        found.answers += 1
        if fault := _fault(server, query, wanted, seconds):
            found.faults.setdefault(question.name, fault)
    return found


def _fault(server: Server, query: str, wanted: Rows, seconds: float) -> str | None:
    try:
        given = rows(json.loads(server.ask(query, seconds)))
    except HTTPError as error:
        return f"answers {error.code}"
    except (OSError, ValueError) as error:
        return f"{type(error).__name__}"
    if len(given) != len(wanted):
        return f"{len(given)} rows, not {len(wanted)}"
    return None if given == wanted else "other rows"


def rows(answer: Mapping[str, Any]) -> Rows:
    """The rows of an answer, sorted, each as its bound names and values."""
    if "boolean" in answer:
        return [(("answer", str(answer["boolean"]).lower()),)]
    return sorted(
        tuple(sorted((name, term["value"]) for name, term in row.items()))
        for row in answer["results"]["bindings"]
    )
