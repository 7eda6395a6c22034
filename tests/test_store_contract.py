"""What a store promises, wherever it lies: in memory, in a folder, behind two SPARQL servers.

What engines are free to do otherwise, and do, is said where it is tested.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from pursuant import querying
from pursuant.copying import Target, copy
from pursuant.endpoint import Chosen
from pursuant.errors import BadQuery, StoreProblem
from pursuant.iri import ID, graph
from pursuant.mandate_register import mandates
from pursuant.store import Store, open_store
from pursuant.transport import Service
from tests.engines import oxigraph, virtuoso

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNTOC = ox.NamedNode(ID["doc/untoc"])
ODD = "http://example.org/graph/odd"
TWIN = "http://example.org/graph/twin"
E = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"

# One value a property: Virtuoso takes 1 and true of one property for the same statement.
ODD_TURTLE = """
@prefix e: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:s e:chinese "《儿童权利公约》"@zh-Hant ; e:arabic "قرار"@ar ; e:clef "𝄞 \\" \\\\ \\n" ;
  e:int 7 ; e:decimal 1.5 ; e:true true ; e:day "2019-07-23"^^xsd:date ; e:text "007" ;
  e:own "x"^^e:kind ; e:knows _:a .
_:a e:knows _:b . _:b e:name "b" .
e:shared e:in e:both .
"""
TWIN_TURTLE = "<http://example.org/shared> <http://example.org/in> <http://example.org/both> ."


def turtle(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)]


@pytest.fixture(scope="session")
def model(shipped) -> Store:
    """What every store holds: the shipped graphs, and two of odd things."""
    store = Store.memory()
    assert all(one.source == one.target for one in copy(shipped, store))
    store.replace({ODD: turtle(ODD_TURTLE), TWIN: turtle(TWIN_TURTLE)})
    return store


SERVERS = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@pytest.fixture(
    scope="module",
    params=[
        "memory",
        "folder",
        "oxigraph",
        pytest.param("virtuoso", marks=pytest.mark.virtuoso),
    ],
)
def store(request, model, tmp_path_factory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp(request.param)
    with ExitStack() as servers:
        if request.param == "memory":
            yield model
        elif request.param == "folder":
            made = open_store(folder / "store")
            assert [one for one in copy(model, made) if one.source != one.target] == []
            yield made
        else:
            server = servers.enter_context(SERVERS[request.param](folder))
            target = Target.at(Service.at(server.query), server.update, server.graph_store)
            assert [one for one in copy(model, target) if one.source != one.target] == []
            yield open_store(server.query)


def triples(results: object) -> set[ox.Triple]:
    assert isinstance(results, ox.QueryTriples)
    return set(results)


def test_graphs_and_counts(store, model):
    assert store.graphs() == model.graphs()
    assert store.count() == model.count()


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: querying.invokes(s, "E/RES/2019/21"),
        lambda s: querying.invokes(s, "E/RES/2019/21", everything=True, language="zh"),
        lambda s: querying.invokes(s, "e-res-2019-21", "op24"),
        lambda s: querying.cited_by(s, "S/RES/2178 (2014)"),
        lambda s: querying.cited_by(s, "crc", "zh"),
        lambda s: mandates(s),
        lambda s: mandates(s, addressee="unodc", force="call-upon", language="zh"),
        lambda s: mandates(s, document="E/RES/2019/21"),
    ],
    ids=["all", "everything", "op24", "resolution", "crc", "mandates", "unodc", "document"],
)
def test_analysts_get_the_same_table(store, model, ask):
    assert ask(model).rows != ()
    assert ask(store) == ask(model)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?o { e:s e:int ?o }", [(7,)]),
        ("SELECT ?o { e:s e:decimal ?o }", [(1.5,)]),
        ("SELECT ?o { e:s e:true ?o }", [(True,)]),
        ("SELECT ?o { e:s e:day ?o }", [("2019-07-23",)]),
        ("SELECT ?o { e:s e:text ?o }", [("007",)]),
        ("SELECT ?o { e:s e:own ?o }", [("x",)]),
        ("SELECT (DATATYPE(?o) AS ?d) { e:s e:own ?o }", [(f"{E}kind",)]),
        ('SELECT ?s { ?s e:day ?o FILTER(?o < "2020-01-01"^^xsd:date) }', [(f"{E}s",)]),
        ("SELECT (?o + 1 AS ?n) { e:s e:int ?o }", [(8,)]),
        ("SELECT ?o { e:s e:arabic ?o }", [("قرار",)]),
        ("SELECT ?o { e:s e:clef ?o }", [('𝄞 " \\ \n',)]),
        ('SELECT ?s { ?s e:chinese ?o FILTER(LANGMATCHES(LANG(?o), "zh")) }', [(f"{E}s",)]),
        ("SELECT ?n { e:s e:knows/e:knows/e:name ?n }", [("b",)]),
        ("SELECT ?g { GRAPH ?g { e:shared e:in ?o } } ORDER BY ?g", [(ODD,), (TWIN,)]),
        ("SELECT DISTINCT ?o { e:shared e:in ?o }", [(f"{E}both",)]),
        (f"SELECT ?s FROM <{TWIN}> {{ ?s ?p ?o }}", [(f"{E}shared",)]),
        (f"SELECT ?g FROM NAMED <{TWIN}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", [(TWIN,)]),
        ("SELECT ?s { ?s e:nothing ?o }", []),
        ("SELECT (COUNT(*) AS ?n) { ?s e:nothing ?o }", [(0,)]),
        ("SELECT ?a ?b { e:s e:int ?a OPTIONAL { e:s e:nothing ?b } }", [(7, None)]),
    ],
)
def test_select(store, query, rows):
    text = f"PREFIX e: <{E}> PREFIX xsd: <{XSD}>\n{query}"
    assert list(store.select(text).rows) == rows


def test_language_tags_come_in_small_letters(store):
    # SPARQL compares them without case; all our engines keep them so.
    found = store.query(f"SELECT ?o {{ <{E}s> <{E}chinese> ?o }}")
    assert [row["o"].language for row in found] == ["zh-hant"]


@pytest.mark.parametrize(("name", "told"), [("int", True), ("nothing", False)])
def test_ask(store, name, told):
    answer = store.query(f"ASK {{ <{E}s> <{E}{name}> ?o }}")
    assert isinstance(answer, ox.QueryBoolean)
    assert bool(answer) is told


def test_construct(store, model):
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . FILTER(?s = doc:untoc) }"
    assert triples(store.query(text)) == triples(model.query(text)) != set()
    assert triples(store.query("CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p <urn:none> }")) == set()


def test_describe_tells_at_least_what_is_said_of_a_thing(store, model):
    # Virtuoso also tells what is said of other things that point at it.
    text = "DESCRIBE doc:untoc"
    assert triples(store.query(text)) >= triples(model.query(text)) != set()


def test_substitutions(store):
    text = "SELECT ?s ?o { ?s unct:adoptionDate ?o }"
    assert store.select(text, substitutions={"s": UNTOC}).rows == ((UNTOC.value, "2000-11-15"),)
    date = ox.Literal("2000-11-15", datatype=ox.NamedNode(f"{XSD}date"))
    found = store.select(text, substitutions={"o": date}).rows
    assert UNTOC.value in {row[0] for row in found}
    strange = ox.Literal('"} #')
    assert store.select(text, substitutions={"o": strange}).rows == ()


def test_base(store):
    assert bool(store.query("ASK { <s> <int> ?o }", base_iri=E))


def test_chosen_graphs(store):
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    chosen = Chosen((TWIN,), ())
    assert [row["n"].value for row in store.query(text, chosen=chosen)] == ["1"]
    inside = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    chosen = Chosen((), (ODD, TWIN))
    assert {row["g"].value for row in store.query(inside, chosen=chosen)} == {ODD, TWIN}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("SELECT * {\n ?s ?p }", 2, 9), ("SELECT * { ?s nope:x ?o }", 1, None), ("SELEC", 1, None)],
)
def test_wrong_query_says_where(store, text, line, column):
    with pytest.raises(BadQuery, match=f"line {line}, column") as caught:
        store.query(text)
    assert caught.value.line == line
    assert column in (None, caught.value.column)


@pytest.mark.parametrize(
    "text", ["SELECT * { SERVICE <x:y> {} }", "INSERT DATA { <x:a> <x:b> <x:c> }"]
)
def test_what_is_refused_everywhere(store, text):
    with pytest.raises(BadQuery, match=r"refused|refuses"):
        store.query(text)


def test_quads_and_dump(store, model):
    for name in model.graphs():
        held = ox.Dataset(ox.Quad(*q.triple) for q in store.quads(name))
        meant = ox.Dataset(ox.Quad(*q.triple) for q in model.quads(name))
        for each in (held, meant):
            each.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        assert {str(q) for q in held} == {str(q) for q in meant}, name
    data = store.dump(ox.RdfFormat.N_QUADS)
    assert sum(1 for _ in ox.parse(data, ox.RdfFormat.N_QUADS)) == model.count()


def test_a_store_goes_round(store, model, tmp_path):
    """From wherever it lies, into a folder and on into memory."""
    folder, memory = open_store(tmp_path / "store"), Store.memory()
    for source, target in ((store, folder), (folder, memory)):
        copied = copy(source, target)
        assert [one for one in copied if one.source != one.target] == []
    assert memory.manifest.digest == model.manifest.digest


@pytest.mark.parametrize("name", ["oxigraph", pytest.param("virtuoso", marks=pytest.mark.virtuoso)])
def test_updates_write_the_same_as_whole_graphs(name, model, tmp_path):
    few = Store.memory({g: list(model.quads(g)) for g in (ODD, TWIN, str(graph("shapes")))})
    with SERVERS[name](tmp_path) as server:
        target = Target.at(Service.at(server.query), server.update)
        for _ in range(2):
            assert [one for one in copy(few, target) if one.source != one.target] == []
        back = Store.memory()
        copy(open_store(server.query), back)
    assert back.manifest.digest == few.manifest.digest


@pytest.mark.virtuoso
def test_an_answer_that_virtuoso_cuts_is_a_problem(tmp_path, model):
    with virtuoso(tmp_path, rows=5000) as server:
        target = Target.at(Service.at(server.query), graph_store=server.graph_store)
        copy(model, target)
        store = open_store(server.query)
        with pytest.raises(StoreProblem, match="no more than 5000 rows"):
            store.select("SELECT * { ?s ?p ?o }")
        assert len(store.select("SELECT * { ?s a unct:Mandate }").rows) == 36
