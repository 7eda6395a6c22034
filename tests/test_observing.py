"""Metrics, request ids and the log, as far as an application without a process shows them."""

from __future__ import annotations

import hashlib
import io
import json
import logging
from types import SimpleNamespace
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from pursuant_api import create_app, logs
from pursuant_api.observing import Seen, note, seen_of
from pursuant_api.settings import Settings


@pytest.fixture
def own(shipped):
    return TestClient(create_app(shipped, Settings()), follow_redirects=False)


def series(client):
    """Values by name and labels."""
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def counted(found, **labels):
    wanted = set(labels.items())
    return sum(
        value
        for (name, *have), value in found.items()
        if name == "pursuant_requests_total" and wanted <= set(have)
    )


@pytest.mark.parametrize(
    ("method", "path", "route", "status"),
    [
        ("GET", "/documents", "/documents", "200"),
        ("HEAD", "/documents", "/documents", "200"),
        ("GET", "/documents/e-res-2019-21/op24", "/documents/{path}", "200"),
        ("GET", "/documents/a-b-c", "/documents/{path}", "404"),
        ("POST", "/documents", "/documents", "405"),
        ("GET", "/id/doc/crc", "/id/{path}", "303"),
        ("GET", "/sparql?query=ASK{}", "/sparql", "200"),
        ("POST", "/sparql", "/sparql", "415"),
        ("GET", "/static/pursuant.css", "/static", "200"),
        ("GET", "/healthz", "/healthz", "200"),
        ("GET", "/openapi.json", "/openapi.json", "200"),
        ("GET", "/any/thing", "unmatched", "404"),
    ],
)
def test_a_request_is_counted_under_its_route(own, method, path, route, status):
    own.request(method, path)
    found = series(own)
    assert counted(found, route=route, method=method, status=status) == 1
    assert counted(found) == 1
    assert found["pursuant_request_duration_seconds_count", ("route", route)] == 1


def test_clients_cannot_make_series(own):
    def kinds():
        return {key for key in series(own) if key[0].startswith("pursuant_")}

    for path in ("/documents/x", "/x", "/static/x", "/sparql"):
        own.get(path)
        own.request("BREW", path)
    before = kinds() and kinds()
    for _ in range(20):
        name = uuid4().hex
        own.get(f"/documents/{name}")
        own.get(f"/{name}")
        own.get(f"/static/{name}")
        own.get("/sparql", headers={"X-Request-ID": name})
        own.request(name, f"/{name}")
        own.request(name, "/documents/x")
    assert len(kinds()) <= len(before) + 12  # a route that no one had asked so before
    assert not any(name in str(key) for key in kinds())


@pytest.mark.parametrize(
    ("query", "outcome"),
    [
        ("ASK {}", "ok"),
        ("ASK {", "bad-query"),
        (f"ASK {{}} #{'a' * 1_000_001}", "query-text"),
        ("SELECT * { ?s ?p ?o }", "answer-size"),
    ],
)
def test_a_query_is_counted_by_what_came_of_it(shipped, query, outcome):
    own = TestClient(create_app(shipped, Settings(answer_rows=1000)))
    own.post("/sparql", data={"query": query})
    assert series(own)["pursuant_queries_total", ("outcome", outcome)] == 1


def test_what_serves_is_told(own, shipped):
    found = series(own)
    assert found["pursuant_revision_info", ("revision", shipped.revision)] == 1
    assert found["pursuant_resident_memory_bytes", ("process", "server")] > 10_000_000
    assert found["pursuant_workers", ("state", "busy")] == 0
    assert found["pursuant_workers", ("state", "idle")] > 0
    assert found["pursuant_requests_in_progress",] == 1


# Request ids


@pytest.mark.parametrize(
    ("sent", "is_kept"),
    [("a-1_B.2", True), ("a" * 64, True), ("a" * 65, False), ("a b", False), ("<a>", False)],
)
def test_a_sane_request_id_is_kept(own, sent, is_kept):
    answer = own.get("/nothing", headers={"X-Request-ID": sent})
    given = answer.headers["x-request-id"]
    assert (given == sent) == is_kept
    assert len(given) <= 64
    assert answer.json()["instance"] == f"#{given}"


def test_each_request_has_an_id_of_its_own(own):
    paths = ("/healthz", "/healthz", "/sparql?query=ASK{}", "/sparql?query=ASK", "/static/x", "/x")
    given = [own.get(path).headers["x-request-id"] for path in paths]
    assert len(set(given)) == len(paths)


# The log


@pytest.fixture
def lines(capsys):
    """Lines that are logged once `configure` was called."""
    kept = logging.getLogger().handlers[:]
    yield lambda: capsys.readouterr().err.splitlines()
    logging.getLogger().handlers[:] = kept
    logs._as_line = None
    for name in ("pursuant", "pursuant_api", "uvicorn"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_a_request_is_a_line_of_json(own, lines):
    logs.configure("json")
    query = "ASK { ?secret ?p ?o }"
    own.get("/sparql", params={"query": query}, headers={"X-Request-ID": "one"})
    (line,) = lines()
    told = json.loads(line)
    assert set(told) == {"time", "level", "logger", "id", "method", "path", "status", "bytes"} | {
        "duration_ms", "query", "kind", "rows", "outcome", "revision",
    }  # fmt: skip
    assert told["query"] == hashlib.sha256(query.encode()).hexdigest()[:12]
    assert (told["id"], told["path"], told["outcome"]) == ("one", "/sparql", "ok")
    assert "secret" not in line


def test_a_request_is_a_line_of_text(own, lines):
    logs.configure("text")
    own.get("/healthz?q=secret", headers={"X-Request-ID": "one"})
    own.get("/sparql", params={"query": "ASK { ?secret ?p ?o }"})
    plain, asked = lines()
    assert " info GET /healthz 200 " in plain
    assert plain.endswith("id=one")
    assert " outcome=ok" in asked
    assert "secret" not in plain + asked


@pytest.mark.parametrize("form", ["json", "text"])
def test_nothing_that_is_sent_begins_a_line(own, lines, form):
    logs.configure(form)
    own.get("/a%0A2026 info GET /forged%1B[2J%E2%80%AE")
    (line,) = lines()
    assert line.isprintable()


def test_where_another_logs_a_request_is_a_record(own, caplog):
    with caplog.at_level(logging.INFO, "pursuant.access"):
        own.get("/healthz", headers={"X-Request-ID": "one"})
    (record,) = (each for each in caplog.records if each.name == "pursuant.access")
    assert record.getMessage() == "GET /healthz"
    assert record.request["id"] == "one"


def test_a_log_that_nobody_reads_is_no_reason_not_to_answer(own, lines, monkeypatch):
    logs.configure("text")
    monkeypatch.setattr("sys.stderr", closed := io.StringIO())
    closed.close()
    assert own.get("/healthz").status_code == 200


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_failure_is_told_with_its_traceback(lines, form):
    logs.configure(form)
    try:
        raise ValueError("inside")
    except ValueError as error:
        logging.getLogger("pursuant_api").error("outside", exc_info=error)
    first, *rest = lines()
    assert "outside" in first
    assert "ValueError: inside" in "".join([first, *rest])


def test_a_text_that_is_no_unicode_has_a_hash():
    scope = {"state": {"seen": Seen("one")}}
    note(scope, query="ASK \ud800", rows=3)
    seen = seen_of(scope)
    assert seen is not None
    assert (len(seen.query or ""), seen.rows) == (12, 3)


def test_where_nobody_observes_nothing_is_noted():
    note({}, query="ASK {}")
    assert seen_of({}) is None


def test_an_unforeseen_failure_is_counted(shipped):
    app = create_app(shipped, Settings())
    client = TestClient(app, raise_server_exceptions=False)
    app.state.store = SimpleNamespace(refreshed=lambda: 1 / 0, revision="x")
    assert client.get("/documents").status_code == 500
    app.state.store = shipped
    assert counted(series(client), route="/documents", status="500") == 1
