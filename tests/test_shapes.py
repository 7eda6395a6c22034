"""The shapes: a good graph conforms, and each way to break it fires the constraint it should.

`shapes/bad/S17-two-functions.ru` breaks `shapes/good.ttl` (whose prefixes it uses) so that S17
fires, and nothing else but what its first line names after "Also:".
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import OWL, RDF, SH, Graph, Literal, URIRef
from rdflib.namespace import split_uri

from pursuant import paths
from pursuant.checking import Finding, Report, background, lint, own_shapes, validate
from pursuant.content import to_rdflib

HERE = Path(__file__).parent / "shapes"
BAD = sorted((HERE / "bad").glob("*.ru"))
CONSTRAINTS = sorted(
    str(shape)
    for shape in own_shapes().subjects(SH.severity, unique=True)
    if isinstance(shape, URIRef)
)


@cache
def good() -> Graph:
    return Graph().parse(HERE / "good.ttl")


def broken(*updates: Path) -> Graph:
    graph = Graph()
    for prefix, namespace in good().namespaces():
        graph.bind(prefix, namespace)
    graph += good()
    for update in updates:
        graph.update(update.read_text(encoding="utf-8"))
    return graph


def fired(report: Report) -> set[str]:
    return {split_uri(finding.constraint)[1] for finding in report.findings}


def keys(results) -> set[tuple[object, ...]]:
    """Focus, path, value, component, source shape and severity; numbers by their value."""
    return {tuple(map(_known, result.key)) for result in results}


def _known(part: object) -> object:
    if isinstance(part, Literal) and part.value is not None and not part.ill_typed:
        return part.value, part.datatype, part.language and part.language.lower()
    return part


def expected(update: Path) -> set[str]:
    first_line = update.read_text(encoding="utf-8").splitlines()[0]
    also = re.search(r"Also: (.*)\.$", first_line)
    return {update.name[:3], *(also[1].split() if also else ())}


def test_the_good_graph_conforms() -> None:
    assert validate(good()).findings == ()


@pytest.mark.parametrize("update", BAD, ids=lambda update: update.stem)
def test_a_bad_graph_fires_its_constraint(update: Path) -> None:
    graph = broken(update)
    report = validate(graph)
    assert fired(report) == expected(update)
    assert not any("{?" in finding.message for finding in report.findings)
    assert {each.engine for each in report.shapes} == {"SPARQL"}
    assert keys(report.results) == keys(validate(graph, engine="pyshacl").results)


def test_every_constraint_is_fired() -> None:
    assert {name[:3] for name in (update.name for update in BAD)} == {
        split_uri(constraint)[1] for constraint in CONSTRAINTS
    }


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_a_constraint_is_described(constraint: str) -> None:
    shapes, shape = own_shapes(), URIRef(constraint)
    query = shapes.value(shape, SH.sparql)
    for node, predicate in ((shape, SH.name), (query or shape, SH.message)):
        texts = [t for t in shapes.objects(node, predicate) if isinstance(t, Literal)]
        assert sorted(str(t.language) for t in texts) == ["en", "zh"]
    assert shapes.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}
    assert query is None or "SELECT $this ?value" in str(shapes.value(query, SH.select))


def test_shapes_use_no_misspelt_term() -> None:
    assert lint(own_shapes()) == []


def test_targets_and_terms_are_of_the_ontology() -> None:
    shapes, ontology = own_shapes(), Graph().parse(paths.ONTOLOGY / "unct.ttl")
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    assert set(shapes.objects(None, SH.targetClass)) <= classes
    assert set(shapes.objects(None, SH["class"])) <= classes
    text = (paths.ONTOLOGY / "shapes.ttl").read_text(encoding="utf-8")
    namespace = "https://w3id.org/unct/ontology#"
    terms = {f"{namespace}{name}" for name in re.findall(r"\bunct:(\w+)", text)}
    assert terms <= {str(term) for term in ontology.subjects()}


def test_shapes_are_shacl() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=own_shapes(), meta_shacl=True)
    assert conforms, text


def test_both_engines_find_the_same() -> None:
    names = ("S05-other-slug", "S17-two-functions", "S25-offset-by-one", "S36-no-framework")
    graph = broken(*(HERE / "bad" / f"{name}.ru" for name in names))
    findings = validate(graph).findings
    for triple in background():
        graph.add(tuple(to_rdflib(term) for term in triple))  # type: ignore[arg-type]
    _, report, _ = pyshacl.validate(graph, shacl_graph=own_shapes())
    assert isinstance(report, Graph)
    places = {
        (str(report.value(r, SH.sourceShape)), str(report.value(r, SH.focusNode)))
        for r in report.objects(None, SH.result)
    }
    assert {(f.constraint, f.focus) for f in findings} == places


def test_messages_in_chinese() -> None:
    report = validate(broken(HERE / "bad" / "S05-other-slug.ru"), language="zh")
    assert report.findings == (
        Finding(
            severity="Violation",
            focus="https://w3id.org/unct/id/doc/a-res-85-12",
            path=None,
            value="A/RES/85/13",
            constraint="https://w3id.org/unct/shapes#S05",
            name="IRI 与文号一致",
            message="IRI 须以文号的缩略形式结尾（如 A/RES/53/243 A 为 a-res-53-243-a），"
            "此 IRI 与 A/RES/85/13 不符。请改正有误的一方。",
        ),
    )
