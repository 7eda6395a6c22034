"""Every question of ontology/questions, on two engines, against answers read from the text.

Cells are the last segments of IRIs, or the words of literals. An answer is given whole, or by its
number of rows and some of them where it is long, or by some rows alone where the rules that make
it are still being refined.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, URIRef

from pursuant import building
from pursuant.checking import validate
from pursuant.deriving import derive
from pursuant.iri import ID, OA, UNCT, VOCAB, graph, local
from pursuant.paths import DATA, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rdflib.term import Identifier

QUESTIONS = ONTOLOGY / "questions"
FILES = sorted(QUESTIONS.glob("*.rq"))
ANSWERS = Path(__file__).parent / "data" / "questions.toml"
SECOND = Path(__file__).parent / "data" / "second.ttl"
SOURCE = DATA / "sources" / "e-res-2019-21.zh.txt"

Rows = list[tuple[str, ...]]

# rdflib warns of its own calls, whenever a Dataset is queried.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Dataset.(default_context|contexts):DeprecationWarning"
)


@dataclass(frozen=True)
class Case:
    """What a question is to answer; tests/data/questions.toml explains the fields."""

    question: int
    columns: str
    rows: str
    total: int | None = None
    documents: int = 1
    instead: tuple[tuple[str, str], ...] = ()

    @property
    def expected(self) -> set[tuple[str, ...]]:
        lines = self.rows.strip().splitlines()
        return {tuple(cell.strip() for cell in line.split("|")) for line in lines}

    @property
    def file(self) -> Path:
        return next(QUESTIONS.glob(f"{self.question:02d}-*.rq"))

    @property
    def text(self) -> str:
        text = self.file.read_text(encoding="utf-8")
        for old, new in self.instead:
            assert old in text, old
            text = text.replace(old, new)
        return text


CASES = [Case(**case) for case in tomllib.loads(ANSWERS.read_text(encoding="utf-8"))["case"]]


@cache
def graphs(documents: int) -> Mapping[URIRef, Graph]:
    """The shipped graphs, and with a second document the composed one."""
    if documents == 1:
        return building.shipped_graphs()
    name = graph("a-res-77-998.en")
    return {**graphs(1), name: derive(Graph(identifier=name).parse(SECOND))}


def cell(value: str | None, *, is_iri: bool) -> str:
    if value is None:
        return ""
    # An aggregate joins its words in whatever order the engine met them.
    return local(value) if is_iri else ", ".join(sorted(value.split(", ")))


# Both engines are built once for the session: rdflib's takes a second.
@cache
def oxigraph(documents: int) -> Callable[[str], tuple[list[str], Rows]]:
    store = ox.Store()
    for name, triples in graphs(documents).items():
        data = triples.serialize(format="nt", encoding="utf-8")
        store.bulk_load(data, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(str(name)))

    def asked(text: str) -> tuple[list[str], Rows]:
        found = store.query(text, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        return names, [tuple(of(row[name]) for name in names) for row in found]

    def of(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple | None) -> str:
        assert term is None or isinstance(term, ox.NamedNode | ox.Literal)
        return cell(term and term.value, is_iri=isinstance(term, ox.NamedNode))

    return asked


@cache
def rdflib(documents: int) -> Callable[[str], tuple[list[str], Rows]]:
    together = building.dataset(graphs(documents))

    def asked(text: str) -> tuple[list[str], Rows]:
        found = together.query(text)
        names = [str(name) for name in found.vars or ()]
        return names, [
            tuple(of(row.get(name)) for name in found.vars or ()) for row in found.bindings
        ]

    def of(term: Identifier | None) -> str:
        return cell(None if term is None else str(term), is_iri=isinstance(term, URIRef))

    return asked


def names_of(cases: list[Case]) -> list[str]:
    return [f"{case.file.stem}-{case.documents}" for case in cases]


@pytest.mark.parametrize("case", CASES, ids=names_of(CASES))
def test_question_has_its_answer(case: Case) -> None:
    names, rows = oxigraph(case.documents)(case.text)
    places = [names.index(column) for column in case.columns.split("|")]
    found = {tuple(row[place] for place in places) for row in rows}
    if case.total is None:
        assert found == case.expected
    else:
        assert case.expected <= found, case.expected - found
        assert case.total in {-1, len(rows)}


@pytest.mark.parametrize("case", CASES, ids=names_of(CASES))
def test_engines_agree_and_no_row_comes_twice(case: Case) -> None:
    names, rows = oxigraph(case.documents)(case.text)
    assert (names, rows) == rdflib(case.documents)(case.text)
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_question_is_answered_in_full_and_with_names(file: Path) -> None:
    cases = [case for case in CASES if case.file == file]
    assert any(oxigraph(case.documents)(case.text)[1] for case in cases), "no case has a row"
    for case in cases:
        names, rows = oxigraph(case.documents)(case.text)
        labels = [place for place, name in enumerate(names) if name.endswith("Label")]
        assert all(row[place] for row in rows for place in labels)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_question_is_written_for_readers(file: Path) -> None:
    english, chinese, *query = file.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"# [A-Z].*\?", english)
    assert re.fullmatch(r"# .*[一-鿿].*？", chinese)
    assert "ORDER BY" in query[-1]
    assert (
        len([line for line in query if line.strip() and not line.startswith(("PREFIX", "BASE"))])
        <= 24
    )
    listed = (QUESTIONS / "README.md").read_text(encoding="utf-8")
    row = f"| {file.stem[:2]} | [{file.stem[3:]}]({file.name}) | {english[2:]} | {chinese[2:]} |"
    assert row in listed.splitlines()


def test_every_term_in_use_is_declared() -> None:
    every = {str(subject) for triples in graphs(1).values() for subject in triples.subjects()}
    for file in FILES:
        query = file.read_text(encoding="utf-8")
        prefixes = dict(re.findall(r"PREFIX (\w+): <([^>]+)>", query))
        for prefix, name in re.findall(r"(?<![\w:])(\w+):([\w-]+)", query):
            iri = prefixes[prefix] + name
            assert iri in every or not iri.startswith(("https://w3id.org/unct/", str(VOCAB))), iri


@pytest.mark.parametrize("documents", [1, 2])
def test_nothing_points_at_what_is_not_described(documents: int) -> None:
    described = {
        thing for triples in graphs(documents).values() for thing in triples.subjects(RDF.type)
    }
    data = [triples for name, triples in graphs(documents).items() if name.startswith(str(ID))]
    # A unit that a pinpoint names is described where its text is held.
    pointed = {
        value
        for triples in data
        for _, name, value in triples
        if isinstance(value, URIRef) and name != UNCT.citedUnit
    }
    ours = {value for value in pointed if str(value).startswith((str(ID), str(VOCAB)))}
    assert ours - described == set()


@pytest.mark.parametrize("documents", [1, 2])
def test_spans_stand_where_they_say(documents: int) -> None:
    for triples in graphs(documents).values():
        for span in triples.subjects(RDF.type, UNCT.TextSpan):
            text = str(triples.value(triples.value(span, UNCT.inUnit), UNCT.text))
            start, end = (int(str(triples.value(span, edge))) for edge in (OA.start, OA.end))
            assert text[start:end] == str(triples.value(span, OA.exact)), span


def test_composed_document_conforms() -> None:
    found = validate(building.dataset(graphs(2))).findings
    assert [finding for finding in found if finding.severity != "Info"] == []


def test_answers_by_the_printed_text() -> None:
    printed = re.sub(r"\s", "", SOURCE.read_text(encoding="utf-8"))
    # As many paragraphs bind what is asked to a mandate as question 24 finds.
    paragraphs = re.split(r"(?:；|。)(?=\d{1,2}\.[^\d])", printed)
    limited = [paragraph for paragraph in paragraphs if "任务授权范围内" in paragraph]
    assert len(limited) == len(rows_of(24)) == 12
    # What question 8 finds in a footnote alone is printed once, between the two marks of the note.
    note = printed[printed.index("1大会第72/194") : printed.index("号决议。https")]
    for resolution, *_ in rows_of(8):
        number, year = resolution.split("-")[-2:]
        assert re.findall(rf"{number}[(（]{year}[)）]", note) == re.findall(
            rf"{number}[(（]{year}[)）]", printed
        )
    assert len(rows_of(8)) == len(re.findall(r"\d{4}[(（]20\d\d[)）]", note)) == 13


def rows_of(question: int) -> Rows:
    text = next(QUESTIONS.glob(f"{question:02d}-*.rq")).read_text(encoding="utf-8")
    return oxigraph(1)(text)[1]


def test_answers_come_in_order() -> None:
    units = [f"pp{n}" for n in range(1, 20)] + [f"op{n}" for n in range(1, 31)]
    assert [row[0] for row in rows_of(1)] == units
    strengths = [int(row[2]) for row in rows_of(26)]
    assert strengths == sorted(strengths, reverse=True)
    assert len(set(strengths)) == 4
