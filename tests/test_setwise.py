"""Both engines find the same: queries over the whole store, and pySHACL on an rdflib graph."""

from __future__ import annotations

from functools import cache

import pytest
from rdflib import BNode, Graph

from pursuant import checking, reference_engine
from pursuant.checking import background, own_shapes, validate
from pursuant.shapes import COMPONENTS
from tests.shacl_cases import CASES, LEFT, OFFICES, PREFIXES
from tests.test_shapes import BAD, broken, keys


def read(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


@cache
def tree() -> Graph:
    return reference_engine.as_graph(background())


def by_reference(data: Graph, shapes: Graph) -> set[tuple[object, ...]]:
    """What pySHACL finds on a plain rdflib graph."""
    return keys(reference_engine.run(data + tree(), shapes))


@pytest.mark.parametrize(("shapes", "count"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_constraint(shapes: str, count: int) -> None:
    data, asked = read(OFFICES), read(shapes)
    report = validate(data, asked)
    assert keys(report.results) == by_reference(data, asked)
    assert len(report.results) == count
    assert [each.reason for each in report.shapes] in ([None], [])


@pytest.mark.parametrize(
    ("shapes", "data", "count", "reason"), [c[1:] for c in LEFT], ids=[c[0] for c in LEFT]
)
def test_what_has_no_queries(shapes: str, data: str, count: int, reason: str) -> None:
    graph, asked = read(data), read(shapes)
    report = validate(graph, asked)
    assert keys(report.results) == by_reference(graph, asked)
    assert len(report.results) == count
    (left,) = report.shapes
    assert left.engine == "pySHACL"
    assert reason in str(left.reason)


def test_there_is_a_case_of_each_component() -> None:
    text = " ".join(shapes for _, shapes, *_ in CASES)
    assert [name for name in COMPONENTS if f"sh:{name}" not in text] == []


def test_all_that_breaks_our_shapes_at_once_on_rdflib() -> None:
    data = broken(*BAD[::4])
    report = validate(data)
    assert keys(report.results) == by_reference(data, own_shapes())
    assert len(report.results) > len(BAD) / 4


def test_blank_nodes_keep_their_names() -> None:
    data = read("_:x a e:Office .")
    (node,) = data.subjects()
    report = validate(data, read(CASES[0][1]))
    assert [result.focus for result in report.results] == [BNode(str(node))]


def test_members_that_are_merely_known_are_not_counted() -> None:
    data, known = read("e:x a e:Office ."), read("e:y a e:Office .")
    report = checking.validate(data, read(CASES[0][1]), known=known)
    assert [each.nodes for each in report.shapes] == [1]
    assert [finding.focus for finding in report.findings] == ["http://example.org/x"]
