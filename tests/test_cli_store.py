"""The commands that look after a store, as a person types them."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from pursuant.cli import main
from pursuant.store import open_store
from tests.engines import oxigraph

G, H = "http://e/graph/g", "http://e/graph/h"


def statements(*values: int) -> list[ox.Triple]:
    node = ox.NamedNode("http://e/s")
    return [ox.Triple(node, node, ox.Literal(value)) for value in values]


@pytest.fixture
def folder(tmp_path):
    """A store of three revisions, of one, two and three statements."""
    store = open_store(tmp_path / "store")
    for count in (1, 2, 3):
        store.replace({G: statements(*range(count)), H: statements(7)})
    return tmp_path / "store"


def run(*args: object):
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_revisions_are_listed(folder):
    rows = json.loads(run("revisions", "--store", folder, "--format", "json").stdout)
    assert [(r["revision"], r["graphs"], r["statements"], r["note"]) for r in rows] == [
        (3, 2, 4, "current"),
        (2, 2, 3, None),
        (1, 2, 2, None),
    ]
    assert open_store(folder).revision == f"3-{rows[0]['digest']}"


def test_rollback_goes_back_step_by_step_and_forward_again(folder):
    before = {1: 2, 2: 3, 3: 4}
    result = run("rollback", "--store", folder)
    assert result.exit_code == 0
    assert "is current, the same as 2; before, 3-" in result.stdout
    assert open_store(folder).count() == before[2]
    assert "the same as 1;" in run("rollback", "--store", folder).stdout
    assert open_store(folder).count() == before[1]
    result = run("rollback", "--store", folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "has no revision before 1 to go back to (it holds 1, 2, 3, 4, 5)" in result.stderr
    assert "the same as 3;" in run("rollback", "--to", 3, "--store", folder).stdout
    assert open_store(folder).count() == before[3]
    notes = [
        r["note"] for r in json.loads(run("revisions", "--store", folder, "--format=json").stdout)
    ]
    assert notes == ["current, same as 3", "same as 1", "same as 2", None, None, None]


def test_after_a_rollback_the_same_again_changes_nothing(folder):
    run("rollback", "--store", folder)
    store = open_store(folder)
    assert store.replace({G: statements(0, 1)}) is False
    assert store.replace({G: statements(0, 1, 9)}) is True
    assert run("revisions", "--store", folder, "--format", "csv").stdout.count("\n") == 4


def test_readers_keep_what_they_read_through_a_rollback(folder):
    reader = open_store(folder)
    run("rollback", "--store", folder)
    assert reader.count() == sum(1 for _ in reader.quads()) == 4
    assert reader.refreshed().count() == 3


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (
            ["rollback", "--store", "{none}"],
            "has no revision before 0 to go back to (it holds none)",
        ),
        (
            ["rollback", "--to", "9", "--store", "{store}"],
            "has no revision 9 to go back to (it holds 1, 2, 3)",
        ),
        (["rollback", "--store", "http://e/"], "name a folder"),
        (["revisions", "--store", "http://e/"], "name a folder"),
        (["copy", "{none}", "{other}"], "nothing to copy"),
        (["copy", "{store}", "ftp://u:secret@e/x"], "ftp://e/x is neither a folder nor"),
        (["copy", "{store}", "http://u:secret@127.0.0.1:1/x"], "http://127.0.0.1:1/x does not"),
        (["copy", "http://u:secret@127.0.0.1:1/x", "{store}"], "http://127.0.0.1:1/x does not"),
    ],
)
def test_what_cannot_be_done_is_one_line(folder, tmp_path, args, says):
    places = {"store": folder, "none": tmp_path / "none", "other": tmp_path / "other"}
    result = run(*(arg.format(**places) for arg in args))
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert "secret" not in result.stderr


def test_no_revisions_is_an_empty_table(tmp_path):
    assert json.loads(run("revisions", "--store", tmp_path, "--format", "json").stdout) == []


@pytest.mark.parametrize("way", [[], ["--graph-store", "{base}/store"]])
def test_copy_to_a_server_and_back(folder, tmp_path, way):
    with oxigraph(tmp_path) as server:
        base = server.query.removesuffix("/query")
        to = run("copy", folder, server.query, *(word.format(base=base) for word in way))
        assert (to.exit_code, to.stdout) == (0, "4 statements in 2 graphs\n")
        again = run("copy", folder, server.query)
        assert (again.exit_code, again.stdout) == (0, "4 statements in 2 graphs\n")
        back = run("copy", server.query, tmp_path / "back")
        assert (back.exit_code, back.stdout) == (0, "4 statements in 2 graphs\n")
    assert open_store(tmp_path / "back").manifest.digest == open_store(folder).manifest.digest


class Forgetful(BaseHTTPRequestHandler):
    """Takes graphs from whoever knows the secret, keeps none, and holds one statement of one."""

    proofs: set[str | None]

    def do_PUT(self):
        self.proofs.add(self.headers["Authorization"])
        self.answer(b"")

    def do_POST(self):
        row = {"g": {"type": "uri", "value": G}, "n": {"type": "literal", "value": "1"}}
        told = {"head": {"vars": ["g", "n"]}, "results": {"bindings": [row]}}
        self.answer(json.dumps(told).encode())

    def do_HEAD(self):
        self.answer(b"")

    def answer(self, body: bytes) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Keeps quiet."""


@contextmanager
def served(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("login", "options", "proof"),
    [("", ["--token", "s3cret"], "Bearer s3cret"), ("u:p%40w@", [], "Basic dTpwQHc=")],
)
def test_what_differs_afterwards_is_told(folder, login, options, proof):
    Forgetful.proofs = set()
    with served(Forgetful) as port:
        url = f"http://{login}127.0.0.1:{port}/"
        result = run("copy", folder, f"{url}query", "--graph-store", f"{url}store", *options)
    assert result.exit_code == 1
    assert f"{G}: 3 statements became 1" in result.stderr
    assert f"{H}: 1 statements became 0" in result.stderr
    assert Forgetful.proofs == {proof}
    assert "s3cret" not in result.output
