from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from rdflib import RDF, BNode, Dataset, Graph, Literal, Namespace, URIRef

from pursuant import revisions
from pursuant.errors import BadData, BadQuery, StoreProblem
from pursuant.iri import UNCT
from pursuant.manifest import GraphRecord, Manifest
from pursuant.store import Store, default_location, open_store

E = Namespace("http://e/")
A, B, C = "http://e/graph/a", "http://e/graph/b", "http://e/graph/c"


def graph(*names: str, of: str = "thing") -> Graph:
    """A graph that says of each name what it is."""
    made = Graph()
    for name in names:
        made.add((E[name], RDF.type, E[of]))
    return made


def names(store: Store) -> list[str]:
    return [
        str(r["s"]).removeprefix("http://e/")
        for r in store.select("SELECT ?s { ?s a ?c } ORDER BY ?s")
    ]


@pytest.fixture
def store(tmp_path):
    made = open_store(tmp_path / "store")
    made.replace({A: graph("one", "two"), B: graph("three")}, fingerprint="f1")
    return made


def test_absent_folder_opens_empty_and_is_not_made(tmp_path):
    store = open_store(tmp_path / "none")
    assert (store.count(), store.graphs(), store.fingerprint, store.folder) == (0, [], None, None)
    assert not (tmp_path / "none").exists()


def test_what_is_written_is_read_by_another(store, tmp_path):
    other = open_store(tmp_path / "store")
    assert names(other) == ["one", "three", "two"]
    assert other.graphs() == [A, B]
    assert other.revision == store.revision
    assert other.fingerprint == "f1"
    assert other.count() == 3


def test_same_content_again_makes_no_revision(store, tmp_path):
    before = store.revision
    listing = sorted(p.name for p in (tmp_path / "store" / "revisions").iterdir())
    assert store.replace({B: graph("three"), A: graph("two", "one")}) is False
    assert store.replace({}, remove=[C]) is False
    assert store.revision == before
    assert sorted(p.name for p in (tmp_path / "store" / "revisions").iterdir()) == listing


def test_replacing_and_removing_is_one_revision(store, tmp_path):
    reader = open_store(tmp_path / "store")
    assert store.replace({A: graph("four"), C: graph("five")}, remove=[B]) is True
    assert names(store) == ["five", "four"]
    assert names(reader) == ["one", "three", "two"]
    assert names(reader.refreshed()) == ["five", "four"]
    assert store.refreshed() is store
    assert store.revision != reader.revision


def kept(folder) -> list[int]:
    """Numbers of the revisions that a folder holds, each with its manifest and lock."""
    found = sorted(p.name for p in (folder / "revisions").iterdir())
    numbers = [int(name) for name in found if name.isdecimal()]
    assert found == sorted(f"{n}{end}" for n in numbers for end in ("", ".json", ".lock"))
    return numbers


def test_two_revisions_back_are_kept(store, tmp_path):
    for name in ("x", "y", "z"):
        store.replace({C: graph(name)})
    assert kept(tmp_path / "store") == [2, 3, 4]
    assert store.folder == tmp_path / "store" / "revisions" / "4"


def test_a_revision_stays_until_its_last_reader_ends(store, tmp_path):
    folder = tmp_path / "store"
    first, second = open_store(folder), open_store(folder)
    for name in ("w", "x", "y"):
        store.replace({C: graph(name)})
    assert kept(folder) == [1, 2, 3, 4]
    del first
    store.replace({C: graph("z")})
    assert kept(folder) == [1, 3, 4, 5]
    assert names(second) == ["one", "three", "two"]
    with revisions.reading(folder, 1):
        second = second.refreshed()
        store.replace({C: graph("v")})
    assert kept(folder) == [1, 4, 5, 6]
    store.replace({C: graph("u")})
    assert kept(folder) == [5, 6, 7]
    assert names(second) == ["one", "three", "two", "z"]


def test_a_killed_removal_is_ended_by_the_next(store, tmp_path):
    folder = tmp_path / "store"
    for name in ("x", "y"):
        store.replace({C: graph(name)})
    revisions.manifest(folder, 1).unlink()
    store.replace({C: graph("z")})
    assert kept(folder) == [2, 3, 4]


def test_new_shipped_data_keeps_what_a_person_added(store):
    store.replace({C: graph("mine")})
    store.replace({A: graph("one", "new")}, fingerprint="f2")
    assert names(store) == ["mine", "new", "one"]
    assert store.fingerprint == "f2"


def test_manifest_names_the_source_files(store):
    made = graph("doc")
    made.add((E.file, UNCT.sourceHash, Literal("ab" * 32)))
    store.replace({C: made})
    assert store.manifest.graphs[C].sources == ("ab" * 32,)
    assert store.manifest.graphs[C].triples == 2


def test_leftovers_of_a_killed_writer_go(store, tmp_path):
    (tmp_path / "store" / "revisions" / "2").mkdir()
    (tmp_path / "store" / "revisions" / "2" / "junk").write_text("x")
    (tmp_path / "store" / "revisions" / "7.json").write_text("{")
    assert names(open_store(tmp_path / "store")) == ["one", "three", "two"]
    store.replace({C: graph("five")})
    assert names(open_store(tmp_path / "store")) == ["five", "one", "three", "two"]
    assert not (tmp_path / "store" / "revisions" / "7.json").exists()


def test_blank_nodes_are_compared_by_content_and_never_shared():
    def listed(value: str) -> Graph:
        made = Graph()
        node = BNode("same")
        made.add((E.s, E.p, node))
        made.add((node, E.q, Literal(value)))
        return made

    store = Store.memory({A: listed("a"), B: listed("b")})
    assert len(store.select("SELECT ?v { ?s <http://e/p> ?n . ?n <http://e/q> ?v }")) == 2
    fresh = Graph().parse(data=listed("a").serialize(format="nt"), format="nt")
    assert store.replace({A: fresh}) is False


def test_dataset_and_quads_are_taken():
    dataset = Dataset()
    dataset.graph(URIRef(A)).add((E.s, E.p, Literal("x", lang="zh")))
    quad = ox.Quad(ox.NamedNode("http://e/t"), ox.NamedNode("http://e/p"), ox.Literal(1))
    store = Store.memory(dataset)
    store.replace({B: [quad]})
    assert store.select("SELECT ?o { ?s ?p ?o } ORDER BY ?s").rows == (("x",), (1,))
    assert {q.graph_name for q in store.quads(B)} == {ox.NamedNode(B)}


def test_term_that_is_not_rdf_is_refused():
    bad = Graph()
    bad.add((URIRef("http://e/with space"), RDF.type, E.thing))
    with pytest.raises(BadData, match="graph http://e/graph/a holds what is not RDF"):
        Store.memory({A: bad})


def test_values_are_plain():
    table = Store.memory().select(
        """SELECT * { VALUES (?i ?d ?t ?b ?n ?x ?iri ?u) {
        (7 1.5 "w"@en true "NaN"^^xsd:double "z"^^xsd:integer skos:Concept UNDEF) } }"""
    )
    assert dict(next(iter(table))) == {
        "i": 7,
        "d": 1.5,
        "t": "w",
        "b": True,
        "n": "NaN",
        "x": "z",
        "iri": "http://www.w3.org/2004/02/skos/core#Concept",
        "u": None,
    }


def test_ask_is_a_table_and_construct_is_not(store):
    assert store.select("ASK { ?s a ?c }").rows == ((True,),)
    with pytest.raises(BadQuery, match="gives a graph"):
        store.select("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }")


def test_from_is_obeyed(store):
    assert len(store.select(f"SELECT ?s FROM <{A}> {{ ?s a ?c }}")) == 2
    assert len(store.select("SELECT ?s { ?s a ?c }")) == 3


@pytest.mark.parametrize(
    ("text", "name", "line", "column"),
    [
        ("SELECT * FROM <http://e/no> { ?s ?p ?o }", "http://e/no", 1, 15),
        ("ASK\n from  named <file:///etc/passwd> { ?s ?p ?o }", "file:///etc/passwd", 2, 14),
        (f"DESCRIBE <{A}> FROM <{A}> FROM <a/b> WHERE {{}}", "http://base/a/b", 1, 58),
        ("BASE <http://e/x/> BASE <y/> ASK FROM <../z> {}", "http://e/x/z", 1, 39),
        ("PREFIX e: <http://e/> # SELECT\nASK FROM # <x:y>\n NAMED e:no {}", "http://e/no", 3, 8),
        ("ASK FROM unct:no {}", "https://w3id.org/unct/ontology#no", 1, 10),
    ],
)
def test_a_graph_from_elsewhere_is_refused(store, text, name, line, column):
    said = (
        f"<{name}>, named by FROM at line {line}, column {column}, is not held: nothing is fetched"
    )
    with pytest.raises(BadQuery, match=re.escape(said)) as caught:
        store.query(text, base_iri="http://base/x")
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?from { ?from a <http://e/FROM> . ?s ?p 'FROM <http://e/no>' } # FROM <http://e/no>",
        f"PREFIX e: <{A}> ASK FROM e: FROM NAMED <{B}> {{}}",
    ],
)
def test_no_graph_from_elsewhere(store, text):
    store.query(text)


def test_an_empty_graph_is_not_held(store):
    store.replace({B: []})
    with pytest.raises(BadQuery, match="is not held"):
        store.query(f"ASK FROM <{B}> {{}}")


@pytest.mark.parametrize("text", ["ASK FROM {}", "ASK FROM e:x {}", "FROM <http://e/no>"])
def test_what_is_wrong_besides_goes_before(store, text):
    with pytest.raises(BadQuery, match="the query is wrong"):
        store.query(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * WHERE {\n ?s ?p }", "line 2, column 9, near '?s ?p }'"),
        ("SELECT * { ?s nope:x ?o }", "prefix not found"),
        ("SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o }", "variable that is unbound"),
        ("SELECT * { ?s ?p ", "line 1, column 18, near 'SELECT * { ?s ?p', where it ends"),
        ("", "line 1, column 1, which is empty"),
        ("PREFIX e: <http://e/> INSERT DATA { e:a e:b e:c }", "updates are refused"),
        ("DELETE WHERE { ?s ?p ?o }", "updates are refused"),
        ("DROP ALL", "updates are refused"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * { service silent ?x { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * { <http://e/\\u0041'> ?p ?o SERVICE <x:y> {} ?s ?q 'x' }", "SERVICE is refused"),
        ('SELECT * { ?s ?p """"a\\"""", 1 SERVICE <x:y> {} }', "SERVICE is refused"),
    ],
)
def test_wrong_query_is_one_line_that_says_where(store, text, says):
    with pytest.raises(BadQuery) as caught:
        store.select(text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?service a <http://e/SERVICE> }",
        "SELECT * { ?s ?p 'SERVICE', \"it's a SERVICE\" } # SERVICE",
        "SELECT * { ?s entity:SERVICE '''a 'SERVICE' ''' }",
    ],
)
def test_the_word_service_elsewhere_is_no_call(store, text):
    assert len(store.select(text)) == 0


def test_substitution_is_a_term_never_text(store):
    term = ox.Literal('x" } INSERT')
    assert store.select("SELECT * { ?s ?p ?o }", substitutions={"o": term}).rows == ()
    one = ox.NamedNode("http://e/one")
    assert store.select("SELECT ?s ?c { ?s a ?c }", substitutions={"s": one}).rows == (
        (one.value, "http://e/thing"),
    )


def test_dump_holds_everything(store):
    dumped = ox.Dataset(ox.parse(store.dump(ox.RdfFormat.N_QUADS), ox.RdfFormat.N_QUADS))
    assert len(dumped) == 3


@pytest.mark.parametrize("content", ["x\n", "", "9\n"])
def test_broken_store_is_one_sentence(store, tmp_path, content):
    (tmp_path / "store" / "current").write_text(content)
    with pytest.raises(StoreProblem, match="store"):
        open_store(tmp_path / "store")


def test_broken_revision_is_one_sentence(store, tmp_path):
    (tmp_path / "store" / "revisions" / "1" / "CURRENT").write_text("junk")
    with pytest.raises(StoreProblem, match="cannot be read as a store"):
        open_store(tmp_path / "store")


def test_folder_with_other_files_is_not_written_into(tmp_path):
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(StoreProblem, match="holds other files"):
        open_store(tmp_path).replace({A: graph("one")})
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_file_and_odd_url_are_refused(tmp_path):
    (tmp_path / "f").write_text("x")
    with pytest.raises(StoreProblem, match="is a file"):
        open_store(tmp_path / "f")
    with pytest.raises(StoreProblem, match="neither a folder nor"):
        open_store("ftp://example.org/sparql")


def test_default_location_is_read_when_asked(monkeypatch, tmp_path):
    monkeypatch.setenv("PURSUANT_STORE", "/somewhere")
    assert default_location() == "/somewhere"
    monkeypatch.delenv("PURSUANT_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_location() == str(tmp_path / "pursuant" / "store")
    monkeypatch.delenv("XDG_DATA_HOME")
    assert default_location().endswith("/.local/share/pursuant/store")


def test_two_writers_take_turns(store, tmp_path):
    def write(name: str) -> None:
        open_store(tmp_path / "store").replace({f"http://e/graph/{name}": graph(name)})

    threads = [threading.Thread(target=write, args=(f"w{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names(store.refreshed()) == ["one", "three", "two", "w0", "w1", "w2", "w3"]


WRITER = """
import sys
from rdflib import Graph, Literal, URIRef
from pursuant.store import open_store
made = Graph()
for i in range(3000):
    made.add((URIRef(f"http://e/s{i}"), URIRef("http://e/value"), Literal(int(sys.argv[2]))))
store = open_store(sys.argv[1])
print("ready", flush=True)
store.replace({f"http://e/graph/{n}": made for n in "abc"}, remove=["http://e/graph/none"])
print("done", flush=True)
"""


@contextmanager
def writer_of(folder, value: int):
    """A process that has read its data and is about to write; gives it and what it says next."""
    command = [sys.executable, "-c", WRITER, str(folder), str(value)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        yield writer, writer.stdout.read


def values(folder) -> set[tuple[int, int]]:
    table = open_store(folder).select(
        "SELECT ?v (COUNT(*) AS ?n) { GRAPH ?g { ?s <http://e/value> ?v } } GROUP BY ?v"
    )
    return set(table.rows)  # type: ignore[arg-type]


def test_a_writer_killed_at_any_moment_leaves_the_old_or_the_new(tmp_path):
    folder = tmp_path / "store"
    with writer_of(folder, 0) as (_, says):
        started = time.monotonic()
        assert says() == "done\n"
        whole = time.monotonic() - started
    old, chance, outcomes = 0, random.Random(7), set()
    for value in range(1, 21):
        with writer_of(folder, value) as (writer, _):
            time.sleep(chance.uniform(0, whole * 1.1))
            os.kill(writer.pid, signal.SIGKILL)
        held = values(folder)
        assert held in ({(old, 9000)}, {(value, 9000)})
        outcomes.add(held == {(value, 9000)})
        old = value if held == {(value, 9000)} else old
    assert False in outcomes, "no writer was killed before it was done"
    with writer_of(folder, 99) as (_, says):
        assert says() == "done\n"
    assert values(folder) == {(99, 9000)}
    numbers = [int(p.name) for p in (folder / "revisions").iterdir() if p.is_dir()]
    assert max(numbers) == revisions.current(folder)
    assert len(numbers) <= 3


class Sparql(BaseHTTPRequestHandler):
    """A SPARQL 1.1 endpoint in a few lines, whose default graph is empty unless asked for."""

    data: ox.Store

    def do_POST(self):
        fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
            ox.NamedNode(name) for name in fields.get("default-graph-uri", [])
        ]
        try:
            results = self.data.query(fields["query"][0], default_graph=default or None)
        except SyntaxError as error:
            return self.answer(400, str(error).encode())
        graph = isinstance(results, ox.QueryTriples)
        form = ox.RdfFormat.N_TRIPLES if graph else ox.QueryResultsFormat.JSON
        body = results.serialize(format=form)  # type: ignore[arg-type]
        return self.answer(200, body or b"")

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Keeps quiet."""


@contextmanager
def served(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def remote(store):
    Sparql.data = ox.Store.read_only(str(store.folder))
    with served(Sparql) as url:
        yield open_store(url)


def test_remote_endpoint_answers_as_the_folder_does(store, remote):
    assert remote.is_remote
    assert names(remote) == names(store)
    assert remote.graphs() == [A, B]
    assert remote.count() == 3
    assert set(remote.quads(B)) == set(store.quads(B))
    assert set(remote.quads()) == set(store.quads())
    one = ox.NamedNode("http://e/one")
    assert remote.select("SELECT ?s ?c { ?s a ?c }", substitutions={"s": one}).rows == (
        (one.value, "http://e/thing"),
    )
    assert bool(remote.query("ASK { <one> a ?c }", base_iri="http://e/"))
    assert len(list(remote.query("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }"))) == 3


def test_remote_endpoint_is_only_read(remote):
    with pytest.raises(StoreProblem, match="only read"):
        remote.replace({A: graph("one")})
    with pytest.raises(BadQuery, match="refuses the query"):
        remote.select("SELECT * {")
    with pytest.raises(BadQuery, match="SERVICE"):
        remote.select("SELECT * { SERVICE <x:y> {} }")


class Broken(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>")

    def log_message(self, *args):
        """Keeps quiet."""


class Failing(Broken):
    def do_POST(self):
        self.send_error(503)


@pytest.mark.parametrize(("handler", "says"), [(Broken, "something else"), (Failing, "503")])
def test_endpoint_that_is_none_is_a_store_problem(handler, says):
    with served(handler) as url, pytest.raises(StoreProblem, match=says):
        open_store(url)


def test_endpoint_that_is_not_there_is_a_store_problem():
    with pytest.raises(StoreProblem, match="does not answer"):
        open_store("http://127.0.0.1:1/sparql")


def test_a_graph_changed_when_its_content_did():
    records = {name: GraphRecord(content, 1) for name, content in (("a", "x"), ("b", "x"))}
    first = Manifest(None, records).dated(Manifest(), datetime(2020, 1, 1, tzinfo=UTC))
    now = Manifest(None, records | {"b": GraphRecord("y", 1), "c": GraphRecord("x", 1)})
    second = now.dated(first, datetime(2021, 1, 1, tzinfo=UTC))
    assert [each.changed for each in second.graphs.values()] == [
        "2020-01-01T00:00:00+00:00",
        "2021-01-01T00:00:00+00:00",
        "2021-01-01T00:00:00+00:00",
    ]
    assert Manifest.from_json(second.to_json()).graphs["a"].changed == "2020-01-01T00:00:00+00:00"


def test_what_a_roll_back_changes_changed_then(store, tmp_path):
    store.replace({B: graph("four")})
    for path in store.folder.parent.glob("*.json"):
        path.write_text(re.sub(r'"changed": "[^"]*"', '"changed": "2020"', path.read_text()))
    other = open_store(tmp_path / "store")
    other.roll_back()
    changed = {name: record.changed for name, record in other.manifest.graphs.items()}
    assert changed[A] == "2020"
    assert str(changed[B]) > "2025"


def test_manifest_reads_back(store):
    text = (store.folder.parent / "1.json").read_text()
    assert json.loads(text)["fingerprint"] == "f1"
    assert store.manifest.from_json(text) == store.manifest


def test_pairs_are_written_as_they_come_and_the_last_of_a_name_stays(store, monkeypatch):
    monkeypatch.setattr("pursuant.drafting._BATCH", 1)
    pairs = ((name, graph(*says)) for name, says in ((C, ["x"]), (A, ["y", "z"]), (C, ["w"])))
    assert store.replace(pairs, remove=[B]) is True
    assert names(store) == ["w", "y", "z"]
    assert store.manifest.graphs[C].triples == 1


def test_what_changes_and_changes_back_is_no_revision(store, monkeypatch):
    monkeypatch.setattr("pursuant.drafting._BATCH", 0)
    before = store.revision
    assert store.replace(iter([(B, graph("x")), (B, graph("three"))])) is False
    assert store.revision == before
    store.replace({C: graph("x")})
    assert names(store) == ["one", "three", "two", "x"]


def test_a_writer_that_fails_leaves_the_store_as_it_was(store, tmp_path):
    def failing():
        yield C, graph("x")
        raise BadData("the register is wrong")

    with pytest.raises(BadData):
        store.replace(failing())
    assert names(open_store(tmp_path / "store")) == ["one", "three", "two"]
    memory = Store.memory({A: graph("one")})
    with pytest.raises(BadData):
        memory.replace(failing())
    assert names(memory) == ["one"]


SHARED = "<urn:s> <urn:p> <urn:shared> ."
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("steps", "count"),
    [
        ([{"urn:a": SHARED, "urn:b": SHARED}], 1),
        ([{"urn:a": SHARED + "<urn:s> <urn:p> 1 .", "urn:b": SHARED}], 2),
        ([{"urn:a": SHARED, "urn:b": SHARED}, {"urn:a": "<urn:s> <urn:p> 1 ."}], 2),
        ([{"urn:a": SHARED}, {"urn:a": "<urn:s> <urn:p> 1 ."}], 1),
        ([{"urn:a": SHARED, "urn:b": SHARED}, {"urn:b": ""}], 1),
    ],
)
@pytest.mark.parametrize("where", ["memory", "folder"])
def test_the_default_graph_is_the_merge_of_the_named_ones(tmp_path, where, steps, count):
    store = Store.memory() if where == "memory" else open_store(tmp_path / "store")
    for step in steps:
        graphs = {name: list(ox.parse(text, ox.RdfFormat.TURTLE)) for name, text in step.items()}
        store.replace({name: [quad.triple for quad in quads] for name, quads in graphs.items()})
    assert store.select(COUNT).rows == ((count,),)


def test_a_store_of_another_layout_is_refused_with_what_to_do(tmp_path):
    open_store(tmp_path).replace({"urn:a": [ox.Triple(*[ox.NamedNode("urn:x")] * 3)]})
    manifest = revisions.manifest(tmp_path, 1)
    manifest.write_text(manifest.read_text().replace('"layout": 2', '"layout": 1'))
    with pytest.raises(StoreProblem, match="another version wrote it; remove the folder"):
        open_store(tmp_path)
