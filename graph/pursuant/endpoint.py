"""A SPARQL 1.1 endpoint somewhere else, asked over HTTP and never written to."""

from __future__ import annotations

import json
import re
import urllib.parse
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pursuant.errors import BadQuery, StoreProblem
from pursuant.iri import PREFIXES
from pursuant.sparql import form, keywords, syntax_problem
from pursuant.transport import Refusal, Service

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pursuant.content import Term
    from pursuant.transport import Answer

Results = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

_ACCEPT_TABLE = "application/sparql-results+json"
_ACCEPT_GRAPH = "application/n-triples"
# Virtuoso's names of blank nodes, which are none, and its 1 and 0 for true and false.
_BLANK = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://')
_TRUTH = re.compile(rb'(XMLSchema#boolean"\s*,\s*"value"\s*:\s*")([01])"')
# Virtuoso keeps graphs about itself, and answers plain queries from them too.
_VIRTUOSO = "http://www.openlinksw.com/schemas/virtrdf#"
_VIRTUOSOS = (_VIRTUOSO, "http://www.w3.org/ns/ldp#", "http://www.w3.org/2002/07/owl#", "urn:core:")


@dataclass(frozen=True, slots=True)
class Chosen:
    """IRIs of the graphs that are the default graph together, and of those that GRAPH sees."""

    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint; `graphs` are asked as one where its own default graph is not their merge."""

    service: Service
    graphs: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Its address, without credentials."""
        return self.service.url

    def ask(
        self,
        text: str,
        substitutions: Mapping[str, Term] | None = None,
        chosen: Chosen | None = None,
    ) -> Results:
        """Answers a query.

        Raises:
            BadQuery: the endpoint refuses the query.
            StoreProblem: the endpoint does not answer, or not with SPARQL results.
        """
        kind = form(text)
        is_graph = kind in {"CONSTRUCT", "DESCRIBE"}
        fields = [("query", _complete(text, substitutions or {}))]
        if chosen is None and "FROM" not in keywords(text):
            chosen = Chosen(self.graphs, self.graphs)
        if chosen is not None:
            fields += [("default-graph-uri", g) for g in chosen.default]
            fields += [("named-graph-uri", g) for g in chosen.named]
        headers = {
            "Accept": _ACCEPT_GRAPH if is_graph else _ACCEPT_TABLE,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            answer = self.service.send("POST", urllib.parse.urlencode(fields).encode(), headers)
            self._check_whole(answer)
            return _graph(answer.body) if is_graph else _table(answer.body, kind == "ASK")
        except Refusal as refusal:
            raise (self._refused(text, refusal) if refusal.status == 400 else refusal) from None
        except (SyntaxError, ValueError) as error:
            raise StoreProblem(f"{self.url} answers with something else than SPARQL") from error

    def holds(self, graph: str) -> bool:
        """Whether there is a graph of a name, and something in it."""
        asked = f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        return bool(self.ask(asked, chosen=Chosen((), (graph,))))

    def graph_names(self) -> list[str]:
        """IRIs of its named graphs, sorted; not of those that an engine keeps for itself."""
        rows = self.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        names = sorted(row["g"].value for row in rows)  # type: ignore[union-attr]
        if _VIRTUOSO not in names:
            return names
        origin = urllib.parse.urljoin(self.url, "/")
        own = (*_VIRTUOSOS, f"{origin}sparql", f"{origin}DAV")
        return [name for name in names if not name.startswith(own)]

    def reached(self) -> Endpoint:
        """This endpoint, with the names of its graphs where they must be named to be asked."""
        own = bool(self.ask(f"ASK {{ GRAPH <{_VIRTUOSO}> {{ ?s ?p ?o }} }}"))
        if not own and bool(self.ask("ASK { ?s ?p ?o }")):
            return self
        return replace(self, graphs=tuple(self.graph_names()))

    def _refused(self, text: str, refusal: Refusal) -> BadQuery:
        """What is wrong with a query, by our own parser's line and column where it sees it too."""
        try:
            ox.Store().query(text, prefixes=PREFIXES)
        except SyntaxError as error:
            problem = syntax_problem(text, error)
            said = f"{self.url} refuses the query: {problem}"
            return BadQuery(said, problem.line, problem.column)
        except (ValueError, OSError, RuntimeError):
            pass
        return BadQuery(f"{self.url} refuses the query: {refusal.said or 'it does not say why'}")

    def _check_whole(self, answer: Answer) -> None:
        """Refuses an answer that was cut: by Virtuoso's limits, or by a server that died."""
        if state := answer.headers.get("X-SQL-State"):
            raise StoreProblem(f"{self.url} gives a part of the answer ({state}): its time was up")
        limit = answer.headers.get("X-SPARQL-MaxRows", "")
        if "Content-Length" in answer.headers and not limit.isdecimal():
            return
        if answer.body.lstrip().startswith(b"{"):
            rows = json.loads(answer.body).get("results", {}).get("bindings", ())
            if limit.isdecimal() and len(rows) >= int(limit):
                raise StoreProblem(f"{self.url} gives no more than {limit} rows of an answer")


def _complete(text: str, substitutions: Mapping[str, Term]) -> str:
    """The query with the prefixes that everybody may use, and terms in place of variables."""
    known = "".join(f"PREFIX {k}: <{v}> " for k, v in PREFIXES.items() if f"{k}:" in text)
    if not substitutions:
        return known + text
    names = " ".join(f"?{name}" for name in substitutions)
    terms = " ".join(str(term) for term in substitutions.values())
    return f"{known}{text}\nVALUES ({names}) {{ ({terms}) }}"


def _graph(data: bytes) -> ox.QueryTriples:
    received = ox.Store()
    received.load(data, ox.RdfFormat.N_TRIPLES)
    triples = received.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(triples, ox.QueryTriples)
    return triples


def _table(data: bytes, is_truth: bool) -> Results:
    if b"nodeID://" in data:
        data = _BLANK.sub(rb"\1", data)
    if b"XMLSchema#boolean" in data:
        data = _TRUTH.sub(lambda m: m[1] + (b'true"' if m[2] == b"1" else b'false"'), data)
    results = ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
    if is_truth and isinstance(results, ox.QuerySolutions):
        # Virtuoso says yes by a row of a variable, and no by none.
        said = json.dumps({"head": {}, "boolean": any(True for _ in results)})
        return ox.parse_query_results(said, ox.QueryResultsFormat.JSON)
    return results
