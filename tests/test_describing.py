"""What catalogues and crawlers are told of the data set."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from click.testing import CliRunner
from rdflib import DCTERMS, RDF, Graph, Namespace, URIRef

from pursuant import describing
from pursuant.cli import main
from pursuant.content import serialize
from pursuant.rdf_formats import RDF_FORMATS
from pursuant.store import Store, open_store

SHAPES = Path(__file__).parent / "shapes" / "catalogue.ttl"
VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
BASE = "https://example.org"
OWN = URIRef(f"{BASE}/.well-known/void#dataset")


def described(store: Store) -> Graph:
    data = serialize(describing.dataset(BASE, store), RDF_FORMATS["ntriples"])
    return Graph().parse(data=data, format="nt")


@pytest.fixture(scope="module")
def told(shipped):
    return described(shipped)


def checked(graph: Graph) -> tuple[bool, str]:
    conforms, _, report = pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES))
    return conforms, report


def test_a_catalogue_finds_what_it_must(told):
    conforms, report = checked(told)
    assert conforms, report


@pytest.mark.parametrize(
    "lost", [DCTERMS.title, DCTERMS.publisher, DCAT.accessURL, DCAT.endpointURL, VOID["class"]]
)
def test_the_check_would_find_what_is_missing(told, lost):
    less = Graph()
    for triple in told:
        if triple[1] != lost:
            less.add(triple)
    assert not checked(less)[0]


def test_classes_and_properties_are_counted(told, shipped):
    parts = {
        told.value(part, VOID["class"]): told.value(part, VOID.entities).toPython()
        for part in told.objects(OWN, VOID.classPartition)
    }
    asked = shipped.select("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    assert {str(name): number for name, number in parts.items()} == dict(asked.rows)
    paragraph = URIRef("https://w3id.org/unct/ontology#OperativeParagraph")
    assert parts[paragraph] == 30
    properties = {
        told.value(part, VOID.property): told.value(part, VOID.triples).toPython()
        for part in told.objects(OWN, VOID.propertyPartition)
    }
    assert properties[RDF.type] == sum(parts.values())


def test_links_to_other_data_sets_are_counted(told):
    links = {
        str(told.value(told.value(each, VOID.objectsTarget), DCTERMS.title)): told.value(
            each, VOID.triples
        ).toPython()
        for each in told.subjects(RDF.type, VOID.Linkset)
    }
    assert links["UNBIS Thesaurus"] == 10
    assert links["Official Document System of the United Nations"] > 100


def test_a_revision_is_counted_once_and_the_next_anew(shipped, monkeypatch):
    store = Store.memory({"urn:g": list(shipped.quads())[:3]})
    first = describing.statistics(store)
    assert describing.statistics(store) is first
    store.replace({"urn:g": list(shipped.quads())[:2]})
    assert describing.statistics(store).statements == 2


def test_a_store_on_disk_knows_when_it_was_made(shipped, tmp_path):
    store = open_store(tmp_path)
    graphs = {name: [q.triple for q in shipped.quads(name)] for name in shipped.graphs()}
    store.replace(graphs)
    graph = described(store)
    assert store.written is not None
    assert str(graph.value(OWN, DCTERMS.modified)) == store.written.isoformat(timespec="seconds")
    assert str(graph.value(OWN, DCAT.version)) == store.revision
    assert checked(graph)[0]


def test_the_command_line_tells_the_same(tmp_path):
    store = str(tmp_path / "store")
    run = CliRunner().invoke(main, ["describe", "--base", f"{BASE}/", "--store", store])
    assert run.exit_code == 0
    read = Graph().parse(data=run.stdout, format="turtle")
    assert checked(read)[0]
    again = CliRunner().invoke(main, ["describe", "--base", f"{BASE}/", "--store", store])
    assert again.stdout == run.stdout
    wrong = CliRunner().invoke(main, ["describe", "--base", "a b", "--store", store])
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "'a b' is no address of a server" in wrong.stderr


def test_the_command_line_writes_a_dump_and_its_checksum(tmp_path):
    store, path = str(tmp_path / "store"), tmp_path / "x.nq.gz"
    run = CliRunner().invoke(main, ["dump", "--output", str(path), "--store", store])
    assert run.exit_code == 0
    assert run.stdout == (tmp_path / "x.nq.gz.sha256").read_text()
    assert run.stdout.endswith("  x.nq.gz\n")
    piped = CliRunner().invoke(main, ["dump", "--store", store])
    assert piped.stdout_bytes == path.read_bytes()
