"""The OpenAPI document is true: whatever may be asked by it is answered as it says."""

from __future__ import annotations

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st

from pursuant import building
from pursuant.store import Store
from pursuant_api import create_app
from pursuant_api.application import SUBJECTS
from pursuant_api.dumps import PATHS
from pursuant_api.settings import Settings

_GRAPHS = {str(name): graph for name, graph in building.shipped_graphs().items()}
APP = create_app(Store.memory(_GRAPHS), Settings(query_seconds=5, answer_rows=5000))
_TERMS = st.sampled_from(["?s", "?p", "?o", "unct:symbol", "doc:crc", "'x'@en", "3", "<a:b>"])
_TRIPLE = st.tuples(st.sampled_from(["?s", "doc:crc"]), st.sampled_from(["?p", "a"]), _TERMS)
_PATTERN = st.lists(_TRIPLE.map(" ".join), max_size=2).map(" . ".join)
_FORMS = {
    "SELECT *": " LIMIT 20",
    "ASK": "",
    "CONSTRUCT { ?s ?p ?o }": " LIMIT 20",
    "DESCRIBE doc:crc": "",
}
_QUERY = st.builds(
    lambda form, pattern: f"{form} WHERE {{ {pattern} }}{_FORMS[form]}",
    st.sampled_from(sorted(_FORMS)),
    _PATTERN,
)
_IRIS = ("https://w3id.org/unct/id/graph/register", "urn:a:b")
schemathesis.openapi.format("sparql-query", _QUERY)
_WORDS = st.sampled_from(["恐怖主义", "terrorism", "囚", '"the words"', "-no lamps", "конвенция"])
schemathesis.openapi.format("words", st.lists(_WORDS, min_size=1, max_size=3).map(" ".join))
schemathesis.openapi.format("iri", st.sampled_from(_IRIS))
_IRI = st.sampled_from(["<u:x>", "<https://w3id.org/unct/ontology#Resolution>"])
_TRIPLES = st.lists(st.tuples(_IRI, _IRI, _IRI).map(" ".join).map("{} .\n".format), min_size=1)
schemathesis.openapi.format("n-triples", _TRIPLES.map("".join))
APIS = [route for subject in SUBJECTS for route in subject.router.routes]
DIRECT = {"/sparql", "/.well-known/void", *PATHS}
schema = schemathesis.openapi.from_asgi("/openapi.json", APP)


@schemathesis.serializer("application/sparql-query", "text/turtle")
def _as_it_is(context, value):
    return str(value).encode("utf-8", "replace")


def bounded(examples):
    checks = list(HealthCheck)
    return settings(max_examples=examples, deadline=None, suppress_health_check=checks)


@schema.parametrize()
@bounded(5)
@seed(1)
def test_what_may_be_asked_is_answered_as_the_document_says(case):
    case.call_and_validate()


@pytest.mark.fuzz
@schema.parametrize()
@bounded(500)
def test_at_length(case):
    case.call_and_validate()


def test_every_route_is_in_the_document():
    described = schema.raw_schema["paths"]
    routes = {each.path for each in APIS if each.include_in_schema}
    for path in {route.partition("{")[0] for route in routes}:
        assert any(each.partition("{")[0] == path for each in described), path
    for path in set(described) - DIRECT:
        assert any(each.partition("{")[0] == path.partition("{")[0] for each in routes), path


@pytest.mark.parametrize("path", sorted(schema.raw_schema["paths"]))
def test_each_example_is_answered(path):
    parameters = schema.raw_schema["paths"][path]["get"].get("parameters", ())
    given = {each["name"]: each["example"] for each in parameters if "example" in each}
    query = {name: value for name, value in given.items() if f"{{{name}}}" not in path}
    client = TestClient(APP, follow_redirects=False)
    assert client.get(path.format(**given), params=query).status_code in {200, 303, 307}
