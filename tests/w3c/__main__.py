"""`python -m tests.w3c FOLDER`: the W3C's SPARQL 1.1 tests through HTTP, beside the engine itself.

The tests are the folder `sparql/sparql11` of https://github.com/w3c/rdf-tests.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import click
import pyoxigraph as ox

from pursuant.building import shipped_fingerprint
from pursuant.store import Store
from pursuant_api.graph_store import PATH
from tests.server import Served, running
from tests.w3c.asking import described, discussed, engine_answers, http_answers
from tests.w3c.judging import right, value_of
from tests.w3c.suite import Case, Suite

Answers = Callable[[Case], tuple[int, str, bytes]]
Verdicts = dict[str, str]
_TOKEN = "w3c"
_NONE_GIVEN = (
    "The W3C's tests are not part of this project, so none were run; say where they are: "
    "make w3c SUITE=/path/to/rdf-tests/sparql/sparql11"
)


def fault(case: Case, answers: Answers) -> str:
    """What is wrong with an answer; empty where nothing is."""
    try:
        status, media, content = answers(case)
        if case.result is None:
            return "" if (status == 200) == case.is_right else f"is answered {status}"
        if status != 200:
            return f"is answered {status}: {content[:80].decode(errors='replace')}"
        return "" if value_of(media, content) == right(case.result, case.base) else "another answer"
    except (ValueError, SyntaxError, OSError) as error:
        return f"{type(error).__name__}: {error}"


def told(title: str, verdicts: Verdicts) -> None:
    """Prints how many tests passed, and those that did not."""
    passed = sum(not wrong for wrong in verdicts.values())
    click.echo(f"{title}: {passed} of {len(verdicts)}")
    for name, wrong in verdicts.items():
        if wrong:
            click.echo(f"  {name}: {wrong}")


def queries(served: Served, suite: Suite, cases: Iterable[Case]) -> bool:
    """Runs the tests of queries; whether HTTP answers as many rightly as the engine."""
    kept = True
    both = (
        ("evaluation", [c for c in cases if c.result]),
        ("syntax", [c for c in cases if not c.result]),
    )
    for title, chosen in both:
        engine = {case.name: fault(case, engine_answers(suite)) for case in chosen}
        http = {case.name: fault(case, http_answers(served.url)) for case in chosen}
        told(f"{title}, engine", engine)
        told(f"{title}, HTTP", http)
        kept &= not {n for n, wrong in http.items() if wrong} - {n for n, w in engine.items() if w}
    return kept


def protocols(served: Served, suite: Suite, *, writing: bool) -> bool:
    """Runs the tests of the protocols; whether all that apply pass."""
    state = "writing on" if writing else "read-only"
    verdicts: Verdicts = {}
    for conversation in suite.conversations("protocol/manifest.ttl"):
        if writing or "update" not in conversation.name:
            verdicts[conversation.name] = discussed(
                conversation, served.url, "/sparql", _TOKEN if writing else None
            )
    told(f"protocol, {state}", verdicts)
    verdicts |= (description := described(served.url))
    told(f"service description, {state}", description)
    if writing:
        graph_store = {
            conversation.name: discussed(conversation, served.url, PATH, _TOKEN)
            for kind in ("direct", "indirect")
            for conversation in suite.conversations(f"graph-store-protocol/manifest-{kind}.ttl")
        }
        told("graph store protocol", graph_store)
        verdicts |= graph_store
    return not any(verdicts.values())


def run(folder: Path) -> bool:
    """Runs all tests of a folder; whether nothing fails that the engine itself can do."""
    suite = Suite(folder)
    cases = [*suite.cases(), *suite.cases("manifest-sparql11-results.ttl")]
    held = {
        name: [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES)]
        for conversation in suite.conversations("protocol/manifest.ttl")
        for name, path in conversation.graphs.items()
    }
    with tempfile.TemporaryDirectory() as place:
        store, log = Path(place) / "store", Path(place) / "log"
        Store(store).replace(held | suite.data, fingerprint=shipped_fingerprint())
        with running(store, log, cache_megabytes=0) as served:
            good = queries(served, suite, cases) & protocols(served, suite, writing=False)
        with running(store, log, write_token=_TOKEN) as served:
            return protocols(served, suite, writing=True) & good


if __name__ == "__main__":
    if len(sys.argv) < 2 or not sys.argv[1]:
        click.echo(_NONE_GIVEN)
    elif not (Path(sys.argv[1]) / "manifest-sparql11-query.ttl").exists():
        sys.exit(f"{sys.argv[1]} holds no manifest-sparql11-query.ttl; {_NONE_GIVEN}")
    else:
        sys.exit(not run(Path(sys.argv[1])))
