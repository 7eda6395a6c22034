"""A SPARQL 1.1 endpoint somewhere else, asked over HTTP and never written to."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pursuant.errors import BadQuery, StoreProblem
from pursuant.iri import PREFIXES
from pursuant.sparql import keywords

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pursuant.content import Term

TIMEOUT = 60.0
MAX_ANSWER = 1_000_000_000
Results = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

_ACCEPT_TABLE = "application/sparql-results+json"
_ACCEPT_GRAPH = "application/n-triples"


@dataclass(frozen=True, slots=True)
class Chosen:
    """IRIs of the graphs that are the default graph together, and of those that GRAPH sees."""

    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint, by its URL; `graphs` are asked as one where its own default graph is empty."""

    url: str
    timeout: float = TIMEOUT
    graphs: tuple[str, ...] = ()

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
        graph = bool({"CONSTRUCT", "DESCRIBE"} & keywords(text))
        fields = [("query", _complete(text, substitutions or {}))]
        if chosen is None and "FROM" not in keywords(text):
            chosen = Chosen(self.graphs, self.graphs)
        if chosen is not None:
            fields += [("default-graph-uri", g) for g in chosen.default]
            fields += [("named-graph-uri", g) for g in chosen.named]
        request = urllib.request.Request(  # noqa: S310 - open_store lets only http and https pass
            self.url,
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Accept": _ACCEPT_GRAPH if graph else _ACCEPT_TABLE},
        )
        try:
            return _parsed(self._send(request), graph)
        except (SyntaxError, ValueError) as error:
            raise StoreProblem(f"{self.url} answers with something else than SPARQL") from error

    def graph_names(self) -> list[str]:
        """IRIs of its named graphs, sorted."""
        rows = self.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        return sorted(row["g"].value for row in rows)  # type: ignore[union-attr]

    def reached(self) -> Endpoint:
        """This endpoint, with the names of its graphs where its default graph is empty."""
        filled = bool(self.ask("ASK { ?s ?p ?o }"))
        return self if filled else replace(self, graphs=tuple(self.graph_names()))

    def _send(self, request: urllib.request.Request) -> bytes:
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                data: bytes = answer.read(MAX_ANSWER + 1)
        except urllib.error.HTTPError as error:
            raise _refusal(self.url, error) from error
        except (OSError, ValueError) as error:
            raise StoreProblem(f"{self.url} does not answer: {_cause(error)}") from error
        if len(data) > MAX_ANSWER:
            raise StoreProblem(f"{self.url} answers with more than {MAX_ANSWER:,} bytes")
        return data


def _complete(text: str, substitutions: Mapping[str, Term]) -> str:
    """The query with the prefixes that everybody may use, and terms in place of variables."""
    known = "".join(f"PREFIX {k}: <{v}> " for k, v in PREFIXES.items() if f"{k}:" in text)
    if not substitutions:
        return known + text
    names = " ".join(f"?{name}" for name in substitutions)
    terms = " ".join(str(term) for term in substitutions.values())
    return f"{known}{text}\nVALUES ({names}) {{ ({terms}) }}"


def _parsed(data: bytes, graph: bool) -> Results:
    if not graph:
        return ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
    received = ox.Store()
    received.load(data, ox.RdfFormat.N_TRIPLES)
    return received.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


def _refusal(url: str, error: urllib.error.HTTPError) -> BadQuery | StoreProblem:
    with error:
        said = " ".join(error.read(500).decode("utf-8", "replace").split())
    if error.code == 400:
        return BadQuery(f"{url} refuses the query: {said or error.reason}")
    return StoreProblem(f"{url} answers {error.code} {error.reason}")


def _cause(error: Exception) -> object:
    return error.reason if isinstance(error, urllib.error.URLError) else error
