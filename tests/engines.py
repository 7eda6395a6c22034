"""SPARQL servers that tests start on the loopback, each with a folder of its own, and end."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 60.0
_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
[URIQA]
DefaultHost = 127.0.0.1:{http}
[SPARQL]
ResultSetMaxRows = {rows}
"""


@dataclass(frozen=True)
class Server:
    """Where a server takes queries, updates and whole graphs."""

    query: str
    update: str
    graph_store: str


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@contextmanager
def running(command: list[str], url: str, log: Path) -> Iterator[None]:
    """A server process, from when it answers; it is ended by its id, in bounded time."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        end = time.monotonic() + _PATIENCE
        while not _answers(url):
            assert process.poll() is None, log.read_text(errors="replace")
            assert time.monotonic() < end, f"{command[0]} does not answer: {log.read_text()}"
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """`oxigraph serve`, whose default graph is empty: its union of graphs overrules FROM."""
    (port,) = free_ports(1)
    base = f"http://127.0.0.1:{port}"
    program = str(Path(sys.executable).parent / "oxigraph")
    command = [program, "serve", "--location", str(folder / "data")]
    with running([*command, "--bind", f"127.0.0.1:{port}"], base, folder / "log"):
        yield Server(f"{base}/query", f"{base}/update", f"{base}/store")


@contextmanager
def virtuoso(folder: Path, rows: int = 1_000_000) -> Iterator[Server]:
    """Debian's Virtuoso, whose `dba` may write after Digest, and which anyone may ask."""
    program = shutil.which("virtuoso-t")
    assert program, "Virtuoso is needed: apt-get install virtuoso-opensource"
    sql, http = free_ports(2)
    settings = folder / "virtuoso.ini"
    settings.write_text(_VIRTUOSO.format(folder=folder, sql=sql, http=http, rows=rows))
    base = f"http://127.0.0.1:{http}"
    command = [program, "+foreground", "+configfile", str(settings)]
    with running(command, f"{base}/sparql", folder / "log"):
        owner = f"http://dba:dba@127.0.0.1:{http}"
        crud = f"{owner}/sparql-graph-crud-auth"
        yield Server(f"{base}/sparql", f"{owner}/sparql-auth", crud)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except urllib.error.HTTPError as error:
        error.close()
        return True
    except OSError:
        return False
