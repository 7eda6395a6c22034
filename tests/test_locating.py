"""On which line a finding stands: prefixes, blank nodes, long literals, comments, graphs."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from rdflib import Graph

from pursuant.checking import validate
from pursuant.locating import Source, located
from pursuant.turtle_lines import statements

SHAPES = Graph().parse(
    data="""
@prefix e: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
e:S a sh:NodeShape ; sh:targetClass e:T ;
    sh:property [ sh:path e:p ; sh:maxCount 0 ] ;
    sh:property [ sh:path e:q ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path e:r ; sh:minCount 1 ] .
"""
)
TTL = ox.RdfFormat.TURTLE
HEAD = "@prefix e: <http://example.org/> .\n@prefix : <http://example.org/> .\n"
CASES = [
    ("the property", HEAD + "e:x a e:T ;\n  e:r 1 ;\n  e:p 1 .", TTL, [5]),
    ("the value", HEAD + 'e:x a e:T ; e:r 1 ;\n  e:q e:y ,\n   "no" ,\n  3 .', TTL, [5, 6]),
    ("what is missing, by its subject", HEAD + "\n\ne:x\n  a e:T .", TTL, [5]),
    ("prefixes", HEAD + "PREFIX f: <http://example.org/>\nf:x a :T ;\n f:p 1 ; :r 1 .", TTL, [5]),
    ("base", "@base <http://example.org/> .\n<x> a <T> ; <r> 1 ;\n <p> 1 .", TTL, [3]),
    (
        "a prefix that is declared anew",
        "@prefix e: <http://other.org/> .\ne:x e:p 1 .\n@prefix e: <http://example.org/> .\n"
        "e:x a e:T ; e:r 1 ;\ne:p 1 .",
        TTL,
        [5],
    ),
    (
        "comments",
        HEAD + "# e:x e:p 1 .\ne:x a e:T ; e:r 1 ; # e:p 2 ;\n # . ; [\n e:p 1 . # end",
        TTL,
        [6],
    ),
    (
        "long literals",
        HEAD + "e:x a e:T ; e:r \"\"\"one\n e:p 5 .\n \"\" three\"\"\" ;\n e:p '''a\n'' b''' .",
        TTL,
        [6],
    ),
    ("signs in literals", HEAD + 'e:x e:r "a . ; # \\" [" ; a e:T ;\n e:p 1 .', TTL, [4]),
    ("escapes", HEAD + 'e:x a e:T ; e:r 1 ;\n e:q "\\u4eba\\n" , "b" .', TTL, [4, 4]),
    (
        "escapes in names",
        HEAD + "e:x a e:T ; e:r 1 .\ne:\\u0078 e:p 1 .".replace("\\u0078", "x"),
        TTL,
        [4],
    ),
    ("dots in names", HEAD + "e:x.y a e:T ; e:r 1 . e:x.y\n e:p 1.5 .", TTL, [4]),
    (
        "tags and datatypes",
        HEAD + 'e:x a e:T ; e:r "a"@en-GB , "b"^^e:t ;\n e:q "c"@zh .',
        TTL,
        [4],
    ),
    ("a blank node with a label", HEAD + "_:b a e:T ; e:r 1 .\n\n_:b e:p 1 .", TTL, [5]),
    ("a blank node without", HEAD + "e:z e:p [ e:r 1 ;\n a e:T ;\n e:p 5 ] .", TTL, [5]),
    (
        "blank nodes within blank nodes",
        HEAD + "e:z e:p [ e:p [ a e:T ; e:r 1 ;\n e:p 5 ] ; e:q 2 ;\n a e:T ] ; e:q [] .",
        TTL,
        [3, 4, 4, 3],
    ),
    (
        "a blank node as subject, and one alone",
        HEAD
        + "[] a e:T ; e:r 1 ;\n e:p 1 .\n[ a e:T ; e:r 1 ;\n e:p 2 ] .\n[ a e:T ] e:r 1 ;\n e:p 3 .",
        TTL,
        [4, 6, 8],
    ),
    (
        "after lists",
        HEAD
        + "e:z e:l ( 1 [ e:k ( 2 ) ] () e:y ) .\n( 1 ) e:l ( ) .\n[] a e:T ; e:r 1 ;\n e:p 5 .",
        TTL,
        [6],
    ),
    (
        "after RDF-star, the file alone",
        HEAD + "<< e:a e:b e:c >> e:d 1 .\ne:x a e:T ;\n e:p 1 .",
        TTL,
        [None, None],
    ),
    ("Windows line ends", HEAD.replace("\n", "\r\n") + "e:x a e:T ; e:r 1 ;\r\n e:p 1 .", TTL, [4]),
    (
        "graphs",
        HEAD + "e:g {\n e:x a e:T ; e:r 1 .\n}\nGRAPH e:h { e:x\n e:p 1 }\n{ e:x e:p 2 . }",
        ox.RdfFormat.TRIG,
        [7],
    ),
    (
        "N-Triples",
        "# first\n<http://example.org/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/T> .\n\n"
        '<http://example.org/x> <http://example.org/p> "a" .\n<http://example.org/x> <http://example.org/r> _:b .',
        ox.RdfFormat.N_TRIPLES,
        [4],
    ),
    (
        "N-Quads with blank nodes",
        "_:a <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/T> <http://example.org/g> .\n"
        '_:c <http://example.org/p> _:a .\n_:a <http://example.org/q> "x \\" y"@en <http://example.org/g> .',
        ox.RdfFormat.N_QUADS,
        [1, 3],
    ),
    (
        "RDF/XML, the file alone",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
        '<e:T rdf:about="http://example.org/x"/></rdf:RDF>',
        ox.RdfFormat.RDF_XML,
        [None],
    ),
]


def found(text: str, syntax: ox.RdfFormat) -> list[int | None]:
    source = Source("given", text.encode(), syntax, "http://example.org/base")
    report = located(validate(list(source.triples()), SHAPES), [source])
    assert {finding.source for finding in report.findings} == {"given"}
    return [finding.line for finding in report.findings]


@pytest.mark.parametrize(
    ("text", "syntax", "lines"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_lines(text: str, syntax: ox.RdfFormat, lines: list[int | None]) -> None:
    assert sorted(map(str, found(text, syntax))) == sorted(map(str, lines))


def test_of_two_files_the_one_that_says_it() -> None:
    texts = ("e:x a e:T .", "_:b e:p 2 .\n_:b a e:T ; e:r 1 .", "e:x e:p 3 ; e:r 1 .\n_:b e:q 4 .")
    sources = [
        Source(f"{number}.ttl", (HEAD + text).encode(), TTL, "http://example.org/", number)
        for number, text in enumerate(texts)
    ]
    triples = [triple for source in sources for triple in source.triples()]
    report = located(validate(triples, SHAPES), sources)
    assert {(f.source, f.line) for f in report.findings} == {("1.ttl", 3), ("2.ttl", 3)}


def test_every_statement_of_the_shapes_is_followed() -> None:
    from pursuant import paths

    text = (paths.ONTOLOGY / "shapes.ttl").read_text(encoding="utf-8")
    read = statements(text, "http://example.org/")
    last = [s for s in read if s.predicate == "<http://www.w3.org/ns/shacl#path>"][-1]
    assert text.split("\n")[last.line - 1].strip().startswith("sh:path")
    assert last.line > 800


def test_nests_that_are_too_deep_are_left() -> None:
    assert statements("[" * 100_000, "http://example.org/") == []
