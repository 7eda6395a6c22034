"""Whether an answer is right, however its blank nodes are called and its numbers written."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "text/csv": ox.QueryResultsFormat.CSV,
}
TRIPLES = "application/n-triples"
_RESULTS = {".srx": 1, ".srj": 0, ".tsv": 2, ".csv": 3}
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_XSD = "http://www.w3.org/2001/XMLSchema#"

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = bool | frozenset[str] | list[list[str]]


def media_of(result: Path) -> str:
    """The media type in which the answer is asked for, as far as it is a table."""
    return list(TABLES)[_RESULTS[result.suffix] if result.suffix in {".tsv", ".csv"} else 0]


def value_of(media: str, content: bytes) -> Value:
    """What an answer says."""
    if media == "text/csv":
        return _cells(content.decode())
    if media in TABLES:
        return _told(ox.parse_query_results(content, TABLES[media]))
    form = ox.RdfFormat.from_media_type(media)
    assert form is not None, media
    return _graph(quad.triple for quad in ox.parse(content, form))


def right(result: Path, base: str) -> Value:
    """What the file of the right answer says."""
    if result.suffix in _RESULTS:
        return value_of(list(TABLES)[_RESULTS[result.suffix]], result.read_bytes())
    form = ox.RdfFormat.from_extension(result.suffix[1:])
    triples = [quad.triple for quad in ox.parse(path=result, format=form, base_iri=base)]
    told = {str(triple.object) for triple in triples}
    return _result_set(triples) if f"<{_RS}ResultSet>" in told else _graph(triples)


def _told(results: ox.QueryBoolean | ox.QuerySolutions) -> Value:
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    names = [variable.value for variable in results.variables]
    return _rows({name: row[name] for name in names if row[name] is not None} for row in results)


def _rows(rows: Iterable[Mapping[str, Term]]) -> frozenset[str]:
    triples = []
    for row in rows:
        node = ox.BlankNode()
        triples.append(ox.Triple(node, ox.NamedNode("urn:row"), ox.Literal(len(row))))
        triples += [
            ox.Triple(node, ox.NamedNode(f"urn:name:{name}"), term) for name, term in row.items()
        ]
    return _graph(triples)


def _graph(triples: Iterable[ox.Triple]) -> frozenset[str]:
    dataset = ox.Dataset(
        ox.Quad(each.subject, each.predicate, _plain(each.object)) for each in triples
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, dataset))


def _plain(term: Term) -> Term:
    """A term whose number is written in one way."""
    if not isinstance(term, ox.Literal):
        return term
    if term.language:
        return ox.Literal(term.value, language=term.language.lower())
    kind = term.datatype.value.removeprefix(_XSD)
    try:
        if kind == "boolean":
            return ox.Literal(term.value in {"true", "1"})
        if kind in {"double", "float"}:
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
        if kind in {"decimal", "integer"}:
            number = format(Decimal(term.value).normalize(), "f")
            return ox.Literal(number, datatype=term.datatype)
    except (ArithmeticError, ValueError):
        pass  # no number, whatever it says
    return term


def _result_set(triples: list[ox.Triple]) -> Value:
    """A table, or a truth value, that is written as a graph."""

    def objects(subject: Term, name: str) -> list[Term]:
        wanted = ox.NamedNode(_RS + name)
        return [t.object for t in triples if t.subject == subject and t.predicate == wanted]

    (table,) = {t.subject for t in triples if t.object == ox.NamedNode(_RS + "ResultSet")}
    for value in objects(table, "boolean"):
        return str(value).startswith('"true"')
    return _rows(
        {
            objects(binding, "variable")[0].value: objects(binding, "value")[0]  # type: ignore[union-attr]
            for binding in objects(row, "binding")
        }
        for row in objects(table, "solution")
    )


def _cells(text: str) -> list[list[str]]:
    """The rows of a CSV file, sorted, as its columns are, blank nodes without their names."""
    heading, *rows = csv.reader(io.StringIO(text))
    order = sorted(range(len(heading)), key=heading.__getitem__)
    plain = [["_:" if row[at].startswith("_:") else row[at] for at in order] for row in rows]
    return [sorted(heading), *sorted(plain)]
