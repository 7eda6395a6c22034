"""The servers that are compared, each over the same N-Quads, with what makes it answer fairly.

All are asked over the union of the named graphs. `engine` is the `oxigraph` server on the very
folder that ours serves, so that it tells what the facade costs, apart from how the data lie.
"""

from __future__ import annotations

import shutil
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.facade.generate import by_graph
from benchmarks.facade.processes import Failed, free_port, run, served
from pursuant import building
from pursuant.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from benchmarks.facade.generate import Made
    from benchmarks.facade.processes import Server

_HERE = Path(__file__).parent
_FOUND_IN = (_HERE.parents[1] / "build" / "peers" / "bin", Path(sys.executable).parent)


class Missing(Exception):
    """A peer that is not installed."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A server that is measured.

    Attributes:
        name: what it is called on the command line.
        title: what it is called in tables.
        is_small: whether it is measured on the small graph.
        is_slow: whether some questions take it minutes.
        serve: runs it on a graph, in a folder of its own.
    """

    name: str
    title: str
    is_small: bool
    serve: Callable[[Made, Path], AbstractContextManager[Server]]
    is_slow: bool = False


def program(name: str, package: str) -> Path:
    """Where a program is.

    Raises:
        Missing: nowhere; the sentence says what to install.
    """
    for folder in _FOUND_IN:
        if (folder / name).exists():
            return folder / name
    if found := shutil.which(name):
        return Path(found)
    raise Missing(f"{name} is not installed ({package})")


def our_store(graph: Made, folder: Path) -> Store:
    """The store that ours serves, made once.

    It bears the fingerprint of the shipped data, lest the server build that into it.
    """
    fingerprint = building.shipped_fingerprint()
    store = Store(folder / "store")
    if (store.count(), store.fingerprint) != (graph.triples, fingerprint):
        shutil.rmtree(folder / "store", ignore_errors=True)
        store = Store(folder / "store")
        store.replace(by_graph(graph.path), fingerprint=fingerprint)
    return store


@contextmanager
def _ours(graph: Made, folder: Path) -> Iterator[Server]:
    since = time.monotonic()
    our_store(graph, folder)
    port = free_port()
    command = (program("pursuant", "this project"), "serve", "--port", str(port))
    where = ("--store", folder / "store")
    url = f"http://127.0.0.1:{port}/sparql"
    with served((*command, *where), url, folder / "ours.log", since=since) as server:
        yield server


@contextmanager
def _oxigraph(graph: Made, folder: Path) -> Iterator[Server]:
    since, at = time.monotonic(), folder / "oxigraph"
    binary, log = program("oxigraph", "pip install oxigraph"), folder / "oxigraph.log"
    if not (folder / "oxigraph.done").exists():
        shutil.rmtree(at, ignore_errors=True)
        run((binary, "load", "--location", at, "--file", graph.path), log)
        (folder / "oxigraph.done").touch()
    port = free_port()
    bind = ("--location", at, "--bind", f"127.0.0.1:{port}", "--union-default-graph")
    url = f"http://127.0.0.1:{port}/query"
    with served((binary, "serve", *bind), url, log, since=since) as server:
        yield server


@contextmanager
def _engine(graph: Made, folder: Path) -> Iterator[Server]:
    binary = program("oxigraph", "pip install oxigraph")
    at = our_store(graph, folder).folder
    port = free_port()
    bind = ("--location", str(at), "--bind", f"127.0.0.1:{port}")
    url = f"http://127.0.0.1:{port}/query"
    with served((binary, "serve-read-only", *bind), url, folder / "engine.log") as server:
        yield server


def _rdflib(store: str) -> Callable[[Made, Path], AbstractContextManager[Server]]:
    @contextmanager
    def serve(graph: Made, folder: Path) -> Iterator[Server]:
        binary, port = program("rdflib-endpoint", "pip install rdflib-endpoint"), free_port()
        if store == "oxigraph" and not list(binary.parents[1].glob("lib/*/*/oxrdflib")):
            raise Missing("oxrdflib is not installed (pip install oxrdflib)")
        bind = ("--host", "127.0.0.1", "--port", str(port), "--store", store)
        url, log = f"http://127.0.0.1:{port}/", folder / f"rdflib-{store}.log"
        with served((binary, "serve", *bind, graph.path), url, log, seconds=900) as server:
            yield server

    return serve


@contextmanager
def _virtuoso(graph: Made, folder: Path) -> Iterator[Server]:
    binary = program("virtuoso-t", "apt-get install virtuoso-opensource")
    isql = program("isql-vt", "apt-get install virtuoso-opensource")
    since, at, log = time.monotonic(), folder / "virtuoso", folder / "virtuoso.log"
    is_loaded = (folder / "virtuoso.done").exists()
    if not is_loaded:
        shutil.rmtree(at, ignore_errors=True)
    at.mkdir(exist_ok=True)
    port, sql_port = free_port(), free_port()
    template = (_HERE / "virtuoso.ini").read_text(encoding="ascii")
    places = {"folder": at, "allowed": graph.path.parent, "port": port, "sql_port": sql_port}
    settings = template.format(**places)
    (at / "virtuoso.ini").write_text(settings, encoding="ascii")
    url = f"http://127.0.0.1:{port}/sparql"
    command = (binary, "-f", "-c", at / "virtuoso.ini")
    with served(command, url, log, since=since) as server:
        if not is_loaded:
            _bulk_load(isql, sql_port, graph.path, log)
            (folder / "virtuoso.done").touch()
        yield type(server)(server.url, server.pid, time.monotonic() - since)


def _bulk_load(isql: Path, port: int, path: Path, log: Path) -> None:
    statements = (
        f"ld_dir('{path.parent}', '{path.name}', 'urn:default'); rdf_loader_run(); checkpoint;"
    )
    run((isql, f"127.0.0.1:{port}", "dba", "dba", f"EXEC={statements}"), log)


PEERS = {
    peer.name: peer
    for peer in (
        Peer("ours", "ours", False, _ours),
        Peer("oxigraph", "oxigraph serve", False, _oxigraph),
        Peer("engine", "oxigraph, our folder", False, _engine),
        Peer("virtuoso", "Virtuoso", False, _virtuoso),
        Peer("ours-small", "ours (small graph)", True, _ours),
        Peer("rdflib", "rdflib-endpoint", True, _rdflib("default"), is_slow=True),
        Peer("oxrdflib", "rdflib-endpoint, oxrdflib", True, _rdflib("oxigraph"), is_slow=True),
    )
}

__all__ = ["PEERS", "Failed", "Missing", "Peer", "our_store", "program"]
