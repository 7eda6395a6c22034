"""The OpenAPI document is true: whatever may be asked by it is answered as it says."""

from __future__ import annotations

import hashlib
import json
import os
import re

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from pursuant import building
from pursuant.store import Store
from pursuant_api import create_app, docs_page
from pursuant_api.application import SUBJECTS
from pursuant_api.dumps import PATHS
from pursuant_api.openapi import examples
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
_SAID = ["鼓励会员国合作", "请秘书长报告", "回顾第72/194号决议", "敦促各国合作"]


def resolution(said):
    paragraphs = "；\n".join(f" {number}. {each}" for number, each in enumerate(said, 1))
    return f"A/RES/81/7. 合作\n大会，\n{paragraphs}。"


_RESOLUTION = st.lists(st.sampled_from(_SAID), min_size=1, max_size=4).map(resolution)
schemathesis.openapi.format("resolution", _RESOLUTION)
APIS = [route for subject in SUBJECTS for route in subject.router.routes]
DIRECT = {"/sparql", "/.well-known/void", *PATHS}
schema = schemathesis.openapi.from_asgi("/openapi.json", APP)


@schemathesis.serializer("application/sparql-query", "text/turtle", "text/plain")
def _as_it_is(context, value):
    return str(value).encode("utf-8", "replace")


def bounded(examples):
    checks = list(HealthCheck)
    return settings(max_examples=examples, deadline=None, suppress_health_check=checks)


@pytest.fixture(scope="module", autouse=True)
def _forked():
    """The first file that is sent waits until the sandbox has loaded all: longer than others."""
    TestClient(APP).post("/extract", content=resolution(_SAID).encode())


@schema.parametrize()
@bounded(5)
@seed(1)
def test_what_may_be_asked_is_answered_as_the_document_says(case):
    case.call_and_validate()


@pytest.mark.fuzz
@pytest.mark.timeout(3600)
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


_PASSING = {"/readyz", "/dataset"}  # counts that change with every word that is read


def get_operations():
    return {
        path: operations["get"]
        for path, operations in sorted(schema.raw_schema["paths"].items())
        if "get" in operations
    }


@pytest.mark.parametrize("path", get_operations())
def test_each_example_is_answered_as_it_is_shown(path):
    """The file is written anew by this test where WRITE_EXAMPLES is set."""
    operation = get_operations()[path]
    address = examples.request(path, operation)
    answer = TestClient(APP, follow_redirects=False).get(address, headers={"Accept": "*/*"})
    assert str(answer.status_code) in operation["responses"]
    assert answer.status_code in {200, 303, 307}, answer.text
    if answer.status_code != 200:
        return
    media = answer.headers["content-type"].partition(";")[0]
    shown = operation["responses"]["200"]["content"][media]
    if media == "application/json":
        defined = {"components": schema.raw_schema["components"], **shown["schema"]}
        Draft202012Validator(defined).validate(answer.json())
        is_shown = len(answer.content) < 12_000 and path not in _PASSING
        if os.environ.get("WRITE_EXAMPLES") and is_shown:
            told = examples.kept() | {address: answer.json()}
            ordered = dict(sorted(told.items()))
            text = json.dumps(ordered, ensure_ascii=False, indent=1) + "\n"
            examples.FILE.write_text(text, encoding="utf-8")
            return
        assert shown.get("example", answer.json()) == answer.json()


def test_every_kept_example_is_one_of_an_operation():
    asked = {examples.request(path, told) for path, told in get_operations().items()}
    assert set(examples.kept()) <= asked
    assert len(examples.kept()) >= 10


def test_the_document_is_valid_openapi():
    OpenAPIV31SpecValidator(schema.raw_schema).validate()


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        (
            "swagger-ui-bundle.js",
            "e6a898692f2d768e807c3ba4626068a69a2c5dd960dd6c76f3e4d3a3de180af2",
        ),
        ("swagger-ui.css", "5ed08757e53da3e026d6cbecc61fe5d43585c9560b302d534ad56692519a273d"),
    ],
)
def test_swagger_ui_is_the_published_one(name, digest):
    content = TestClient(APP).get(f"{docs_page.VENDORED}/{name}").content
    assert hashlib.sha256(content).hexdigest() == digest
    assert TestClient(APP).get(f"{docs_page.VENDORED}/LICENSE").status_code == 200


def test_the_page_of_the_document_loads_nothing_from_elsewhere():
    answer = TestClient(APP).get("/docs?lang=zh")
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", answer.text)
    assert "'unsafe" not in answer.headers["content-security-policy"]
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert all(f"GET {path}" in answer.text for path in get_operations())


def test_operations_are_grouped_by_subject_in_the_order_of_the_tags():
    told = schema.raw_schema
    names = [tag["name"] for tag in told["tags"]]
    assert all(tag["description"].endswith(".") for tag in told["tags"])
    used = [each["tags"] for of in told["paths"].values() for each in of.values()]
    assert {len(tags) for tags in used} == {1}
    assert list(dict.fromkeys(tags[0] for tags in used)) == names
    page = TestClient(APP).get("/docs").text
    assert re.findall(r"<h2 lang=\"en\">(.*?)</h2>", page) == names
