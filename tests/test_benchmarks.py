"""The benchmark's graph and questions; no test here asserts a time."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyoxigraph as ox
import pytest
from benchmarks.facade import answers, generate
from benchmarks.facade.composing import LANGUAGES, Plan, compose
from benchmarks.facade.measuring import Measured, measure_rounds
from benchmarks.facade.processes import Failed, Watch, ask, family, free_port, served, settle
from benchmarks.facade.questions import loads, questions, sample
from benchmarks.facade.report import Outcome, as_json, ratios, tables
from rich.console import Console

from pursuant.checking import validate
from pursuant.iri import OA, UNCT, document
from pursuant.store import Store

TRIPLES = 40_000
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Facts:
    """A graph as plain Python: values by property and thing, and the other way round."""

    def __init__(self, triples):
        self.forward: Any = defaultdict(lambda: defaultdict(set))
        self.backward: Any = defaultdict(lambda: defaultdict(set))
        for subject, predicate, value in triples:
            self.forward[predicate.value][subject.value].add(value.value)
            self.backward[predicate.value][value.value].add(subject.value)

    def of(self, thing, name, namespace=UNCT):
        return self.forward[f"{namespace}{name}"][thing]

    def having(self, name, value, namespace=UNCT):
        return self.backward[f"{namespace}{name}"][value]


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return generate.made(tmp_path_factory.mktemp("graph"), TRIPLES)


@pytest.fixture(scope="module")
def store(graph):
    return Store.memory(dict(generate.by_graph(graph.path)))


@pytest.fixture(scope="module")
def facts(graph):
    return Facts({t for _, triples in generate.by_graph(graph.path) for t in triples})


def written(triples, seed):
    output = io.BytesIO()
    counts = generate.write(output, triples, seed)
    return counts, output.getvalue()


def test_same_seed_gives_same_bytes(graph):
    counts, data = written(TRIPLES, graph.plan.seed)
    assert data == graph.path.read_bytes()
    assert counts == {"documents": graph.documents, "triples": data.count(b"\n")}
    assert graph.triples >= TRIPLES
    assert len(set(data.splitlines())) == graph.triples


def test_other_seed_gives_other_documents():
    assert compose(Plan(1, 50), 7) != compose(Plan(2, 50), 7)
    assert compose(Plan(1, 50), 7) == compose(Plan(1, 50), 7)


def test_made_once(graph, monkeypatch):
    monkeypatch.setattr(generate, "write", None)
    assert generate.made(graph.path.parent, TRIPLES) == graph


def test_is_sound(graph):
    data = ox.Store()
    for name, triples in generate.by_graph(graph.path):
        if not name.endswith("/ontology"):
            data.extend(ox.Quad(*triple) for triple in triples)
    found = Counter(finding.severity for finding in validate(data).findings)
    assert (found["Violation"], found["Warning"]) == (0, 0)


def test_shape():
    plan = Plan(5, 200)
    documents = [compose(plan, number) for number in range(100, 200)]
    units = [len(d.paragraphs) for d in documents]
    assert 30 <= sum(units) / len(units) <= 46
    assert {d.language for d in documents} == set(LANGUAGES)
    paragraphs = [p for d in documents for p in d.paragraphs]
    cited = Counter(c.slug for p in paragraphs for c in p.citations if c.slug)
    often = sum(count for _, count in cited.most_common(len(cited) // 10))
    assert 0.4 <= often / cited.total() <= 0.8
    assert len({c.function for p in paragraphs for c in p.citations}) >= 10
    mandates = [m for p in paragraphs for m in p.mandates]
    assert len({m.force for m in mandates}) == 5
    assert 0.3 <= sum(bool(m.conditions) for m in mandates) / len(mandates) <= 0.7
    assert {c.status for p in paragraphs for c in p.citations} == {
        "resolved",
        "ambiguous",
        "unresolved",
    }


def test_names_in_six_languages(graph, store):
    for number in range(graph.documents):
        table = store.select(
            f"SELECT (LANG(?name) AS ?language) {{ <{document(graph.plan.slug(number))}> "
            "skos:altLabel ?name }"
        )
        assert sorted(row[0] for row in table.rows) == sorted(LANGUAGES)


def _instruments_of_a_paragraph(facts, term):
    return {
        (instrument, function, words)
        for citation in facts.having("statedIn", term)
        for instrument in facts.of(citation, "cited")
        for function in facts.of(citation, "function")
        for span in facts.of(citation, "evidence")
        for words in facts.of(span, "exact", OA)
    }


def _cited_by(facts, term):
    return {
        (day, document, unit, function)
        for citation in facts.having("cited", term)
        for unit in facts.of(citation, "statedIn")
        for function in facts.of(citation, "function")
        for document in facts.of(unit, "inDocument")
        for day in facts.of(document, "adoptionDate")
    }


def _counted(pairs, limit):
    counts = Counter(thing for thing, _ in set(pairs))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {
        (*(thing if isinstance(thing, tuple) else (thing,)), str(count))
        for thing, count in ordered[:limit]
    }


def _invoked_together(facts, term):
    units = facts.having("cites", term)
    return _counted(((o, u) for u in units for o in facts.of(u, "cites") - {term}), 50)


def _reachable(facts, term):
    found, edge = set(), {term}
    for _ in range(3):
        edge = {cited for one in edge for cited in facts.of(one, "documentCites")}
        found |= edge
    return {(one,) for one in found}


def _mandates_by_year(facts, term):
    found = Counter(
        (day[:4], speaker, force)
        for mandate, forces in facts.forward[str(UNCT.force)].items()
        for force in forces
        for unit in facts.of(mandate, "statedIn")
        for speaker in facts.of(unit, "speaker")
        for document in facts.of(unit, "inDocument")
        for day in facts.of(document, "adoptionDate")
    )
    return {(*named, str(count)) for named, count in found.items() if int(named[0]) >= int(term)}


def _words_in_paragraphs(facts, term):
    found = [
        (day, unit, text)
        for unit in facts.backward[TYPE][str(UNCT.OperativeParagraph)]
        for text in facts.of(unit, "text")
        for document in facts.of(unit, "inDocument")
        for day in facts.of(document, "adoptionDate")
        if term in text.lower()
    ]
    found.sort(key=lambda row: row[1])
    found.sort(key=lambda row: row[0], reverse=True)
    return set(found[:100])


def _unresolved(facts, term):
    states = facts.forward[str(UNCT.resolution)]
    return _counted(
        (
            ((words, reason), citation)
            for citation, state in states.items()
            if not any(each.endswith("/resolved") for each in state)
            for reason in facts.of(citation, "reason")
            for span in facts.of(citation, "evidence")
            for words in facts.of(span, "exact", OA)
            for unit in facts.of(citation, "statedIn")
            for document in facts.of(unit, "inDocument")
            if term in facts.of(document, "adoptedBy")
        ),
        50,
    )


def _mandates_of_an_entity(facts, term):
    def perhaps(mandate, name):
        return facts.of(mandate, name) or {None}

    found = [
        (mandate, body, force, action, condition, partner, beneficiary)
        for mandate in facts.having("addressee", term)
        for force in facts.of(mandate, "force")
        for action in facts.of(mandate, "action")
        for unit in facts.of(mandate, "statedIn")
        for document in facts.of(unit, "inDocument")
        for body in facts.of(document, "adoptedBy")
        for condition in perhaps(mandate, "condition")
        for partner in perhaps(mandate, "partner")
        for beneficiary in perhaps(mandate, "beneficiary")
    ]
    found.sort(key=lambda row: [(cell is not None, cell or "") for cell in (row[0], *row[3:])])
    return set(found[:200])


def _tiny(facts, term):
    return {(str(any(term in known for known in facts.forward.values())),)}


COUNTED = {
    "instruments-of-a-paragraph": _instruments_of_a_paragraph,
    "cited-by": _cited_by,
    "mandates-of-an-entity": _mandates_of_an_entity,
    "reachable": _reachable,
    "invoked-together": _invoked_together,
    "mandates-by-year": _mandates_by_year,
    "words-in-paragraphs": _words_in_paragraphs,
    "unresolved": _unresolved,
    "tiny": _tiny,
}


@pytest.mark.parametrize("name", COUNTED)
def test_answers_are_those_of_a_plain_count(name, graph, store, facts):
    question, filled = questions()[name], 0
    for term in sample(question, graph, 60):
        rows = store.select(question.asked(term)).rows
        expected = COUNTED[name](facts, term.strip('"<>'))
        assert {tuple(c if c is None else str(c) for c in row) for row in rows} == expected
        assert len(rows) == len(expected)
        filled += bool(rows)
    assert filled >= 4
    assert question.why


def test_every_question_is_tested():
    assert set(COUNTED) == set(questions())


@pytest.mark.parametrize("load", loads().values(), ids=lambda load: load.name)
def test_loads(load, graph, store):
    queries = load.queries(graph)
    assert len(queries) == load.each * len(load.questions)
    assert load.queries(graph) == queries
    for query in queries[:8]:
        store.query(query)
    assert all(path.startswith("/sparql?query=") for path in load.paths(graph, "/sparql"))


def test_answers_are_compared(graph, store):
    right = answers.expected(graph, store)
    assert set(right) == set(questions())
    given = {"results": {"bindings": [{"a": {"value": "2"}}, {"a": {"value": "1"}}]}}
    assert answers.rows(given) == [(("a", "1"),), (("a", "2"),)]
    assert answers.rows({"boolean": True}) == [(("answer", "true"),)]


SERVER = """
import http.server, signal, sys, subprocess
signal.signal(signal.SIGTERM, signal.default_int_handler)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"boolean": true}')
try:
    http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
finally:
    child.kill()
"""


def test_servers_are_watched_and_ended(tmp_path):
    port = free_port()
    command, url = (sys.executable, "-c", SERVER, str(port)), f"http://127.0.0.1:{port}/"
    with served(command, url, tmp_path / "log") as server:
        assert json.loads(server.ask("ASK {}")) == {"boolean": True}
        assert len(family(server.pid)) == 2
        with Watch(server.pid) as watch:
            for _ in range(100):
                ask(url, "ASK {}", 30)
        assert watch.peak > 10
        assert watch.seconds > 0
        assert settle(server.pid, 20)
    assert not Path(f"/proc/{server.pid}").exists()


@pytest.mark.parametrize(("slow", "most"), [("", 80), ("COUNT", 8), ("SELECT", 8)])
def test_a_slow_server_is_given_its_time_and_no_more(graph, slow, most):
    """Rounds of eight questions, of which none, some or all are never answered."""

    def asked(query: str, seconds: float) -> bytes:
        if slow and slow in query:
            time.sleep(seconds)
            raise TimeoutError
        time.sleep(0.1)
        return b"{}"

    load = loads()["mix"]
    server: Any = SimpleNamespace(ask=asked, pid=os.getpid())
    found = measure_rounds(server, graph, load, 8, 0.01, 1.0)
    assert found.broken == sum(bool(slow) and slow in query for query in load.queries(graph)[:8])
    assert found.is_bound == bool(found.broken) == bool(slow)
    assert found.answers + found.broken == 8
    assert 0 < found.rate <= most


def test_a_server_that_ends_is_told(tmp_path):
    with (
        pytest.raises(Failed, match="ended; see log"),
        served((sys.executable, "-c", ""), "http://127.0.0.1:9/", tmp_path / "log"),
    ):
        pass


def test_report():
    fast, slow = (Measured(rate, 1.0, 2.0, 3.0, 50.0, 100, 0, 0) for rate in (300.0, 2.0))
    wrong = answers.Compared({"names": "other rows"}, 36, 36)
    outcomes = {
        "ours": Outcome(10, measured={("mix", 8): fast}),
        "oxigraph": Outcome(10, measured={("mix", 8): slow}, compared=wrong),
        "virtuoso": Outcome(10, problem="virtuoso-t is not installed"),
    }
    (ratio,) = ratios(outcomes)
    bound = replace(slow, rate=0.027, broken=3, is_bound=True)
    least = {"ours-small": outcomes["ours"], "rdflib": Outcome(10, measured={("mix", 8): bound})}
    assert [(each.value > 10_000, each.is_least) for each in ratios(least)] == [(True, True)]
    page = Console(width=200, file=io.StringIO(), record=True)
    page.print(*tables(least))
    assert re.search(r"<= 0\.0270 .* 3 not ended", text := page.export_text())
    assert ">= 11,111 (reaches 100)" in text
    assert (ratio.peer, ratio.value, ratio.goal) == ("oxigraph", 150.0, 0.95)
    assert outcomes["oxigraph"].is_wrong("mix-repeated")
    assert not outcomes["oxigraph"].is_wrong("tiny")
    told = as_json(outcomes, {"seconds": 1})
    assert json.loads(json.dumps(told))["servers"]["virtuoso"]["problem"].startswith("virtuoso-t")
    assert [table.row_count for table in tables(outcomes)] == [3, 3, 1]
