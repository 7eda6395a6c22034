"""Queries that mean harm, or might as well, on the stores that `built` makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pursuant.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BROKEN = 0  # the answer had begun when the bound was reached: it is broken off
_DONE, _BAD, _LARGE, _LATE = 200, 400, 413, 504
_ENDED = (_LATE, _LARGE)


def built(folder: Path, triples: int) -> Path:
    """A store of people who know one another, with a text each."""
    Store(folder).replace({"http://e/people": _people(triples // 5)})
    return folder


def _people(number: int) -> Iterator[ox.Triple]:
    knows, says = ox.NamedNode("http://e/knows"), ox.NamedNode("http://e/says")
    for each in range(number):
        person = ox.NamedNode(f"http://e/{each}")
        for other in (each + 1, each * 7919 + 3, each * 104_729 + 5, each // 2):
            yield ox.Triple(person, knows, ox.NamedNode(f"http://e/{other % number}"))
        yield ox.Triple(person, says, ox.Literal(f"{'a' * 40} person {each} of {number}!"))


@dataclass(frozen=True)
class Hostile:
    """A query, and what it may come to."""

    name: str
    query: str
    ends: tuple[int, ...]


def _nested(depth: int, start: str, middle: str, end: str) -> str:
    return start * depth + middle + end * depth


_P = "<http://e/knows>"
_SAYS = "<http://e/says>"
_CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_DOUBLED = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))

HOSTILE = (
    Hostile("cross product", f"SELECT (COUNT(*) AS ?n) {_CROSS}", _ENDED),
    Hostile("cross product, streamed", f"SELECT * {_CROSS}", (BROKEN, *_ENDED)),
    Hostile("unbounded path", f"SELECT (COUNT(*) AS ?n) {{ ?a {_P}* ?b }}", _ENDED),
    Hostile(
        "path of all but",
        "SELECT (COUNT(*) AS ?n) { ?a (!<http://e/x>|^!<http://e/y>)+ ?b }",
        _ENDED,
    ),
    Hostile(
        "nested paths",
        f"SELECT (COUNT(*) AS ?n) {{ ?a {_nested(12, '(', f'{_P}|^{_P}', ')*')} ?b }}",
        _ENDED,
    ),
    Hostile(
        "pattern that is large when compiled",
        f'SELECT * {{ ?s {_SAYS} ?t FILTER REGEX(?t, "(\\\\w{{1,500}}){{1,500}}$") }}',
        (_DONE, *_ENDED),
    ),
    Hostile(
        "patterns on a cross product",
        f'SELECT (COUNT(*) AS ?n) {{ ?s {_SAYS} ?t . ?u {_SAYS} ?v '
        'FILTER REGEX(CONCAT(?t, ?v), "^(([a-z])+.)+[A-Z]([a-z])+$", "i") }',
        _ENDED,
    ),
    Hostile(
        "huge VALUES",
        f"SELECT (COUNT(*) AS ?n) {{ ?s {_P} ?o VALUES ?a {{ {'1 ' * 400_000} }} }}",
        _ENDED,
    ),
    Hostile("deep parentheses", f"ASK {{ FILTER({_nested(100_000, '(', '1', ')')}) }}", (_LARGE,)),
    Hostile("deep groups", f"ASK {_nested(100_000, '{', '', '}')}", (_LARGE,)),
    Hostile("deep signs", f"ASK {{ FILTER({'!' * 300_000}true) }}", (_LARGE,)),
    Hostile(
        "deep OPTIONAL",
        f"SELECT * {{ {_nested(20_000, 'OPTIONAL { ?s ?p ?o . ', '', '}')} }}",
        _ENDED,
    ),
    Hostile(
        "giant CONSTRUCT", f"CONSTRUCT {{ ?a ?h ?f . ?d ?e ?i }} WHERE {_CROSS}", (BROKEN, *_ENDED)
    ),
    Hostile("ORDER BY everything", f"SELECT * {_CROSS} ORDER BY ?i ?f ?c", _ENDED),
    Hostile(
        "GROUP_CONCAT of everything",
        f"SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i))) AS ?x) {_CROSS}",
        _ENDED,
    ),
    Hostile(
        "DISTINCT of everything",
        f"SELECT DISTINCT ?a ?d ?g {_CROSS} OFFSET 1000000000",
        _ENDED,
    ),
    Hostile("doubled text", f'SELECT ?x40 {{ BIND("aaaaaaaa" AS ?x0) {_DOUBLED} }}', _ENDED),
    Hostile(
        "NOT EXISTS of everything",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c FILTER NOT EXISTS "
        "{ ?d ?e ?f . ?g ?h ?i FILTER(?c = ?f + ?i) } }",
        _ENDED,
    ),
    Hostile(
        "MINUS of everything",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f MINUS { ?a ?e ?x . ?d ?b ?y . ?z ?v ?w } }",
        _ENDED,
    ),
    Hostile(
        "many branches",
        f"SELECT (COUNT(*) AS ?n) {{ {' UNION '.join(['{ ?s ?p ?o }'] * 5_000)} }}",
        _ENDED,
    ),
    Hostile(
        "long path",
        f"SELECT (COUNT(*) AS ?n) {{ ?a {'/'.join([_P] * 3000)} ?b }}",
        _ENDED,
    ),
    Hostile("10 MB of text", f"ASK {{ {'?s ?p ?o . ' * 1_000_000} }}", (_LARGE,)),
    Hostile("10 MB of comment", f"ASK {{}} #{'#' * 10_000_000}", (_LARGE,)),
    Hostile("quotes without end", "SELECT * { " + "'''" * 300_000, (_BAD, _LATE)),
    Hostile("another endpoint", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", (_BAD,)),
    Hostile("a remote graph", "SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }", (_BAD,)),
)  # fmt: skip
