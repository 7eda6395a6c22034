from __future__ import annotations

import csv
import functools
import io
import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from pursuant import SAMPLE, __version__
from pursuant.cli import main
from pursuant.commands import Commands
from pursuant.errors import PursuantError
from pursuant.paths import DATA
from pursuant.store import open_store

SOURCE = DATA / "sources" / "e-res-2019-21.zh.txt"
PROGRAM = [sys.executable, "-c", "from pursuant.cli import main; main()"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A store that the command line built when it was first asked something."""
    folder = tmp_path_factory.mktemp("built") / "store"
    result = CliRunner().invoke(main, ["invokes", "E/RES/2019/21", "24", "--store", str(folder)])
    assert result.exit_code == 0
    assert result.stderr == "Building the graph from data/ ...\n"
    return folder


@pytest.fixture
def run(built, monkeypatch):
    monkeypatch.setenv("PURSUANT_STORE", str(built))
    return lambda *args, **kwargs: CliRunner().invoke(main, [str(a) for a in args], **kwargs)


def process(*args: object, **kwargs: Any) -> subprocess.Popen[bytes]:
    environment = os.environ | kwargs.pop("env", {})
    return subprocess.Popen([*PROGRAM, *map(str, args)], env=environment, **kwargs)


def test_help_lists_each_command_under_a_heading(run):
    shown = run("--help").stdout
    listed = [name for names in main.headings.values() for name in names]
    assert sorted(listed) == sorted(main.commands)
    assert [heading in shown for heading in ("Read:", "Ask:", "Give out:", "Check:", "Serve:")]
    assert "Exit status: 0 done" in shown


@pytest.mark.parametrize("name", sorted(main.commands))
def test_each_command_explains_itself_with_an_example(run, name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"Example:\n  pursuant {name}" in result.stdout
    assert "\\b" not in result.stdout


def test_version(run):
    assert run("--version").stdout == f"pursuant, version {__version__}\n"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["nope"], "No such command 'nope' (see pursuant --help)"),
        (["invokes"], "Missing argument 'DOCUMENT' (see pursuant invokes --help)"),
        (["invokes", "E/RES/2019/99"], "no document is called 'E/RES/2019/99'; did you mean"),
        (["invokes", "E/RES/2019/21", "zz"], "'zz' does not name a paragraph"),
        (["mandates", "--force", "requets"], "no force is called 'requets'; did you mean request?"),
        (["query"], "Give the query either as an argument or with --file"),
        (["query", "ASK {", "--store", "x://y"], "neither a folder nor an http(s) URL"),
        (["query", "ASK {"], "the query is wrong at line 1, column 6"),
        (["query", "ASK {}", "--format", "turtle"], "the answer is a table; choose one of table"),
        (["query", "ASK {}", "--format", "png"], "the answer is a table; choose one of table"),
        (["query", "CONSTRUCT WHERE {?s ?p ?o}", "--format", "csv"], "the answer is a graph"),
        (["query", "DROP ALL"], "updates are refused"),
        (["export", "graph", "--format", "gexf"], "graph cannot be given as 'gexf'"),
        (["export", "graph", "--format", "nq", "--output", "/dev/null/x"], "cannot be written"),
        (["export", "graph", "--format", "nq", "--body", "ga"], "--body cannot be used with graph"),
        (["export", "mandates", "--format", "csv", "--year-to", "1"], "--year-to cannot be used"),
        (["export", "citations", "--format", "png"], "citations cannot be given as 'png'"),
        (["export", "citations", "--format", "csv", "--level", "x"], "there is no level 'x'"),
        (["export", "citations", "--format", "csv", "--steps", "99"], "steps are 0 to 20, not 99"),
        (["export", "citations", "--format", "gml", "--measures", "x"], "there is no measure 'x'"),
        (["export", "citations", "--format", "gml", "--ego", "x"], "no instrument is called 'x'"),
        (
            ["export", "citations", "--format", "gml", "--output", "/dev/null/x"],
            "cannot be written",
        ),
        (["export", "citations", "--format", "zip", "--output", "/dev/null"], "cannot be written"),
        (["validate", "/nonexistent.ttl"], "nonexistent.ttl"),
        (["serve", "--port", "70000"], "Invalid value for '--port'"),
        (["ingest", "x.txt", "--store", "/dev/null"], "is a file, not a store's folder"),
        (["ingest", "x.txt", "--store", "http://127.0.0.1:1/"], "does not answer"),
    ],
)
def test_bad_use_is_one_line_and_status_2(run, args, says):
    result = run(*args)
    assert result.exit_code == 2
    assert result.stderr.startswith("pursuant: error: ")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


@click.group(cls=Commands)
def faulty() -> None:
    """Commands that go wrong."""


faulty.headings = {"All": ("crash", "refuse", "stop")}


@faulty.command(example="faulty crash")
def crash() -> None:
    raise RecursionError("too\ndeep")


@faulty.command(example="faulty refuse")
def refuse() -> None:
    raise PursuantError("no\nway")


@faulty.command(example="faulty stop")
def stop() -> None:
    raise KeyboardInterrupt


def test_no_error_ends_in_a_traceback_unless_asked_for(monkeypatch):
    result = CliRunner().invoke(faulty, ["crash"])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "RecursionError: too deep" in result.stderr
    assert CliRunner().invoke(faulty, ["refuse"]).stderr == "pursuant: error: no way\n"
    assert CliRunner().invoke(faulty, ["stop"]).exit_code == 130
    monkeypatch.setenv("PURSUANT_DEBUG", "1")
    assert isinstance(CliRunner().invoke(faulty, ["crash"]).exception, RecursionError)


def test_the_store_is_not_built_twice(run):
    result = run("cited-by", "CRC", "--format", "csv")
    assert result.stderr == ""
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert ("E/RES/2019/21", "op24") in {(row["document"], row["unit"]) for row in rows}


def test_tables_come_in_each_format(run, tmp_path):
    args = ("invokes", "e-res-2019-21", "OP24")
    found = json.loads(run(*args, "--format", "json").stdout)
    assert [row["target"] for row in found] == ["crc", "crc-opac"]
    assert found[0]["footnote"] == 8
    assert run(*args).stdout.splitlines()[1].startswith("op24  crc ")
    book = tmp_path / "x.xlsx"
    assert run(*args, "--format", "xlsx", "--output", book).stdout == ""
    sheet = load_workbook(book)["pursuant"]
    assert [row[1] for row in sheet.values] == ["target", "crc", "crc-opac"]
    assert run(*args, "--format", "xlsx").stdout_bytes.startswith(b"PK")


def test_options_reach_the_questions(run):
    everything = json.loads(run("invokes", "E/RES/2019/21", "24", "--all", "--format=json").stdout)
    assert {row["kind"] for row in everything} > {"instrument"}
    chinese = run("invokes", "E/RES/2019/21", "24", "--language", "zh", "--format", "json").stdout
    assert json.loads(chinese)[0]["title"] == "儿童权利公约"
    asked = run(
        "mandates", "--addressee", "UNODC", "--force", "calls upon", "--document", "E/RES/2019/21",
        "--format", "json",
    )  # fmt: skip
    rows = json.loads(asked.stdout)
    assert rows
    assert all("unodc" in row["addressees"] and row["force"] == "call-upon" for row in rows)


QUERY = "SELECT ?n { <https://w3id.org/unct/id/doc/e-res-2019-21> unct:symbol ?n }"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("table", "n\nE/RES/2019/21\n"),
        ("csv", "n\r\nE/RES/2019/21\r\n"),
        ("tsv", '?n\n"E/RES/2019/21"\n'),
    ],
)
def test_query_answers_in_each_format(run, form, expected):
    assert run("query", QUERY, "--format", form).stdout_bytes.decode() == expected


def test_query_reads_files_and_standard_input(run, tmp_path):
    file = tmp_path / "q.rq"
    file.write_text(QUERY)
    expected = "n\nE/RES/2019/21\n"
    assert run("query", "--file", file).stdout == expected
    assert run("query", "--file", "-", input=QUERY).stdout == expected
    answer = json.loads(run("query", QUERY, "--format", "json").stdout)
    assert answer["results"]["bindings"][0]["n"]["value"] == "E/RES/2019/21"
    assert "<literal>E/RES/2019/21</literal>" in run("query", QUERY, "--format", "xml").stdout


@pytest.mark.parametrize("form", [None, "N-Triples", "json-ld", "rdfxml"])
def test_query_gives_graphs(run, form):
    text = "CONSTRUCT { ?m a unct:Mandate } WHERE { ?m a unct:Mandate } LIMIT 3"
    result = run("query", text, *(["--format", form] if form else []))
    names = {None: ox.RdfFormat.TURTLE, "N-Triples": ox.RdfFormat.N_TRIPLES}
    names |= {"json-ld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML}
    assert len(list(ox.parse(result.stdout_bytes, names[form]))) == 3


@pytest.mark.parametrize(
    ("args", "begins"),
    [
        (["citations", "--format", "graphml"], "<?xml version"),
        (["citations", "--format", "csv", "--language", "zh"], "citing,unit,cited"),
        (["citations", "--format", "gexf", "--level", "paragraph"], "<?xml version"),
        (["citations", "--format", "bib", "--ego", "crc"], "@misc{e-res-2019-21,"),
        (
            ["citations", "--format", "json", "--measures", "all", "--body", "ga,ecosoc"],
            '{"dir',
        ),
        (["mandates", "--format", "csv"], "document,adopted,unit,force"),
        (["graph", "--format", "N-Quads"], "<https://w3id.org/unct/"),
        (["graph", "--format", "ttl"], "@prefix"),
    ],
)
def test_export(run, tmp_path, args, begins):
    shown = run("export", *args).stdout_bytes
    assert shown.decode().startswith(begins)
    file = tmp_path / "out"
    assert run("export", *args, "--output", file).stdout == ""
    assert file.read_bytes() == shown


def test_export_of_two_tables(run, tmp_path):
    args = ("export", "citations", "--format", "zip", "--measures", "in-degree", "--output")
    assert run(*args, tmp_path / "network.zip").exit_code == 0
    assert run(*args, tmp_path / "network").exit_code == 0
    archive = zipfile.ZipFile(tmp_path / "network.zip")
    for name in ("nodes.csv", "edges.csv"):
        assert (tmp_path / "network" / name).read_bytes() == archive.read(name)
    assert archive.read("nodes.csv").startswith(b"Id,Label,type,iri,symbol,year,")


def test_export_into_what_is_no_file(run):
    assert run("export", "citations", "--format", "gexf", "--output", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


def test_extract_prints_one_line_a_file_in_their_order(run, tmp_path):
    bad, odd = tmp_path / "bad.txt", tmp_path / "odd\udce9.txt"
    bad.write_text("no resolution at all")
    odd.write_bytes(b"\xff\xff")
    result = run("extract", SOURCE, bad, odd, tmp_path / "none.txt", SOURCE)
    objects = [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]
    assert [o.get("symbol") for o in objects] == ["E/RES/2019/21", *[None] * 3, "E/RES/2019/21"]
    assert [sorted(o) for o in objects[1:4]] == [["error", "source"]] * 3
    assert objects[1]["source"] == "bad.txt"
    assert result.exit_code == 1
    assert result.stderr.count("pursuant: error: ") == 3
    assert "none.txt: no such file" in result.stderr


def test_extract_reads_standard_input(run):
    result = run("extract", "-", input=SOURCE.read_bytes())
    assert json.loads(result.stdout)["source"] == "-"
    assert result.exit_code == 0


def test_extract_of_many_files_keeps_their_order(tmp_path):
    files = []
    for number in range(60):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text("nothing" if number % 7 else SOURCE.read_text())
    with process("extract", *files, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as many:
        assert many.stdout is not None
        objects = [json.loads(line) for line in many.stdout]
    assert [o["source"] for o in objects] == [f.name for f in files]
    assert ["error" in o for o in objects] == [bool(n % 7) for n in range(60)]
    assert many.returncode == 1


def other(number: int) -> str:
    """A resolution that the shipped data do not have."""
    return SOURCE.read_text().replace("2019/21", f"2019/{number}")


def test_ingest_adds_files_folders_and_archives_and_nothing_twice(run, tmp_path):
    store = tmp_path / "store"
    folder = tmp_path / "received" / "deep"
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text(other(101))
    (folder / "notes.md").write_text("not read")
    (folder / ".hidden.txt").write_text("not read")
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("../../escape.txt", other(102))
        archive.writestr("__MACOSX/x.txt", "not read")
    args = ("ingest", folder.parent, tmp_path / "two.zip", "--store", store)
    first = run(*args)
    assert first.exit_code == 0, first.stderr
    assert first.stdout.splitlines() == [
        "added      e-res-2019-101.zh  one.txt",
        "added      e-res-2019-102.zh  two.zip/escape.txt",
    ]
    revision = open_store(store).revision
    assert [line.split()[0] for line in run(*args).stdout.splitlines()] == ["unchanged"] * 2
    assert open_store(store).revision == revision
    assert not (tmp_path.parent / "escape.txt").exists()
    shown = run("invokes", "E/RES/2019/101", "24", "--store", store, "--format", "csv").stdout
    assert shown.count("\n") == 3
    (folder / "one.txt").write_text(other(101).replace("五", "六"))
    assert run(*args).stdout.startswith("replaced ")


def test_ingest_refuses_a_document_whose_graph_breaks_a_shape(tmp_path):
    text = SOURCE.read_text(encoding="utf-8")
    (tmp_path / "good.txt").write_text(text.replace("2019/21", "2019/31"), encoding="utf-8")
    # No resolution of the Security Council is named without its year.
    wrong = "S/RES/2178\n\n" + text.replace("2019/21.", "", 1)
    (tmp_path / "wrong.txt").write_text(wrong, encoding="utf-8")
    sources = [str(tmp_path / name) for name in ("good.txt", "wrong.txt")]
    store = tmp_path / "store"
    result = CliRunner().invoke(main, ["ingest", *sources, "--store", str(store)])
    assert result.exit_code == 1
    assert result.stdout == "added      e-res-2019-31.zh  good.txt\n"
    assert "wrong.txt: its graph is not sound: s-res-2178 S/RES/2178: A resolution" in result.stderr
    forced = CliRunner().invoke(main, ["ingest", *sources, "--force", "--store", str(store)])
    assert forced.exit_code == 0
    assert "added      s-res-2178.zh  wrong.txt\n" in forced.stdout


def test_ingest_tells_what_it_cannot_read_and_adds_the_rest(run, tmp_path):
    store = tmp_path / "store"
    (tmp_path / "good.txt").write_text(other(103))
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "empty").mkdir()
    paths = [tmp_path / name for name in ("good.txt", "broken.zip", "empty", "none.txt")]
    result = run("ingest", *paths, "--store", store)
    assert result.exit_code == 1
    assert result.stdout.startswith("added      e-res-2019-103.zh")
    errors = [line for line in result.stderr.splitlines() if line.startswith("pursuant: error:")]
    assert [word in line for word, line in zip(("zip", "no doc", "none"), errors, strict=True)]
    assert run("invokes", "E/RES/2019/103", "--store", store).exit_code == 0


def test_an_archive_larger_than_the_limit_is_refused(run, tmp_path, monkeypatch):
    monkeypatch.setattr("pursuant.finding.MAX_ARCHIVE", 100_000)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", b"0" * 10_000_000)
    result = run("ingest", tmp_path / "bomb.zip", "--store", tmp_path / "store")
    assert "it holds more than 100,000 bytes" in result.stderr


def test_build_into_files_is_the_same_every_time(run, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        assert run("build", "--output", folder).exit_code == 0
    names = sorted(p.name for p in one.iterdir())
    assert {"pursuant.nq", "register.ttl", "e-res-2019-21.zh.ttl"} <= set(names)
    assert [(one / n).read_bytes() for n in names] == [(two / n).read_bytes() for n in names]


def test_a_store_that_cannot_be_written_is_read_as_it_is(run, tmp_path, monkeypatch):
    store = tmp_path / "store"
    run("build", "--store", store)
    small = {"http://e/g": [ox.Triple(ox.BlankNode(), ox.NamedNode("http://e/p"), ox.Literal(1))]}
    open_store(store).replace(small, fingerprint="of an older version")
    monkeypatch.setattr("os.access", lambda path, mode: False)
    result = run("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--store", store)
    assert (result.stdout, result.stderr) == ("n\n1\n", "")
    assert "cannot be written" in run("ingest", SOURCE, "--store", store).stderr


def test_build_into_a_store_keeps_what_was_added(run, tmp_path):
    store = tmp_path / "store"
    (tmp_path / "x.txt").write_text(other(104))
    run("ingest", tmp_path / "x.txt", "--store", store)
    result = run("build", "--store", store)
    assert "statements in" in result.stdout
    assert run("invokes", "E/RES/2019/104", "--store", store).exit_code == 0


@pytest.fixture
def unsound(tmp_path):
    file = tmp_path / "mine.ttl"
    file.write_text(
        "@prefix unct: <https://w3id.org/unct/ontology#> .\n"
        "<https://w3id.org/unct/id/doc/a-res-1-1> a unct:Resolution ; unct:symbol 'A/RES/1/2' .\n"
    )
    return file


def test_validate_finds_what_is_wrong_with_a_file(run, unsound):
    result = run("validate", unsound)
    assert result.exit_code == 1
    assert "Violation: IRI agrees with symbol (1) [unctsh:S05]" in result.stdout
    report = json.loads(run("validate", unsound, "--format", "json").stdout)
    assert report["conforms"] is False
    turtle = run("validate", unsound, "--format", "turtle", "--language", "zh").stdout
    assert "sh:ValidationReport" in turtle


def test_validate_knows_the_register_that_files_point_into(run, tmp_path):
    run("build", "--output", tmp_path)
    assert run("validate", tmp_path / "e-res-2019-21.zh.ttl").exit_code == 0


def test_validate_takes_other_shapes(run, unsound, tmp_path):
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "@prefix unct: <https://w3id.org/unct/ontology#> .\n"
        "[] a sh:NodeShape ; sh:targetClass unct:Resolution ;\n"
        "   sh:property [ sh:path unct:symbol ; sh:minCount 1 ] .\n"
    )
    assert run("validate", unsound, "--shapes", shapes).exit_code == 0


def test_validate_without_files_checks_the_store(run):
    result = run("validate", "--format", "json")
    assert json.loads(result.stdout)["conforms"] is True
    assert result.exit_code == 0


def test_serve_says_that_a_port_is_taken(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--port", taken.getsockname()[1])
    assert result.exit_code == 2
    assert "cannot be listened on" in result.stderr


def test_a_reader_who_leaves_early_is_no_error(built):
    args = ("export", "graph", "--format", "nquads", "--store", built)
    with process(*args, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.read(10)
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 0


def test_interrupted_is_status_130():
    # What a shell runs in the background ignores the signal, and so would what it starts.
    heeding = functools.partial(signal.signal, signal.SIGINT, signal.default_int_handler)
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    with process("extract", "-", **pipes, preexec_fn=heeding) as program:
        time.sleep(2.5)
        program.send_signal(signal.SIGINT)
        assert program.stderr is not None
        assert b"Traceback" not in program.stderr.read()
        assert program.wait() == 130


def on_a_terminal(*args) -> str:
    """What a person sees on a terminal 100 columns wide."""
    ours, theirs = pty.openpty()
    with process(*args, stdout=theirs, stderr=theirs, env={"COLUMNS": "100"}) as program:
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 65536):
                shown += chunk
        except OSError:  # how Linux says that the other side is closed
            pass
        program.wait()
    os.close(ours)
    return shown.decode()


def test_a_terminal_gets_a_boxed_table_and_no_workbook(built):
    args = ("invokes", "E/RES/2019/21", "24", "--store", built)
    assert "┏━" in on_a_terminal(*args)
    assert "xlsx is not for a terminal" in on_a_terminal(*args, "--format", "xlsx")


def test_a_terminal_gets_a_progress_bar(built):
    assert "Reading" in on_a_terminal("ingest", SOURCE, "--store", built)


def test_commands_start_fast_without_what_they_do_not_need():
    script = "import sys, pursuant.cli; print([m for m in sys.modules if m in sys.argv])"
    slow = ["networkx", "openpyxl", "pyshacl", "pandas", "uvicorn", "fastapi"]
    command = [sys.executable, "-c", script, *slow]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_reconcile_tells_what_is_linked_and_not_cited_and_the_other_way_round(run):
    rows = json.loads(run("reconcile", str(SAMPLE), "--format", "json").stdout)
    found = {(row["kind"], row["symbol"]) for row in rows}
    assert ("linked, not cited", "E/2019/30") in found
    assert ("cited, not linked", "S/RES/2368 (2017)") in found
    assert {s for kind, s in found if kind == "linked more than once"} == {
        "A/RES/72/194",
        "A/RES/72/284",
        "S/RES/2178 (2014)",
        "S/RES/2347 (2017)",
    }
    assert {row["document"] for row in rows} == {"E/RES/2019/21"}
