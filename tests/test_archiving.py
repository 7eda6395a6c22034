"""Everything in one file: whole, the same each time, however large."""

from __future__ import annotations

import gzip
import hashlib
import io
import random
import subprocess
import warnings
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from pursuant import archiving
from pursuant.content import by_graph
from pursuant.copying import Target, copy
from pursuant.errors import PursuantError
from pursuant.store import Store, open_store
from pursuant.transport import Service
from tests.engines import oxigraph

SMALL = Path(__file__).parent / "data" / "small.trig"
BLANK = '@prefix ex: <urn:x:> . GRAPH ex:g { ex:a ex:b [ ex:c "d\\ne"@en ] , "ü" . }'


@pytest.fixture
def store():
    held = Store.memory(by_graph(ox.parse(path=SMALL)))
    held.replace(by_graph(ox.parse(BLANK, ox.RdfFormat.TRIG)))
    return held


def packed(store, form="nquads") -> bytes:
    output = io.BytesIO()
    archiving.write(store, output, form)
    return output.getvalue()


def parsed(data: bytes, form: str) -> rdflib.Dataset:
    read = rdflib.Dataset()
    with warnings.catch_warnings():  # rdflib's own use of what it deprecates
        warnings.simplefilter("ignore", DeprecationWarning)
        read.parse(data=gzip.decompress(data), format=form)
    return read


@pytest.mark.parametrize(("form", "name"), [("nquads", "nquads"), ("trig", "trig")])
def test_another_reader_finds_all_of_it(store, form, name):
    read = parsed(packed(store, form), name)
    found = {graph.identifier: len(graph) for graph in read.graphs() if len(graph)}
    held = {rdflib.URIRef(name): len(list(store.quads(name))) for name in store.graphs()}
    assert found == held
    assert len(held) > 3


@pytest.mark.parametrize("form", archiving.FORMS)
def test_the_same_content_gives_the_same_bytes(store, form, tmp_path):
    again = Store.memory()
    for name in random.Random(3).sample(store.graphs(), len(store.graphs())):
        triples = sorted((q.triple for q in store.quads(name)), key=str, reverse=True)
        again.replace({name: triples})
    on_disk = open_store(tmp_path / "store")
    on_disk.replace({name: [q.triple for q in store.quads(name)] for name in store.graphs()})
    assert packed(again, form) == packed(store, form) == packed(on_disk, form)


def test_statements_are_in_order_graph_by_graph(store):
    found = gzip.decompress(packed(store)).splitlines()
    ordered = sorted(found, key=lambda line: (line.rsplit(b" <", 1)[1], line))
    assert found == ordered
    assert found[0].endswith(b" .")


@pytest.mark.parametrize("run", [1, 2, 7])
@pytest.mark.parametrize("form", archiving.FORMS)
def test_what_does_not_fit_into_memory_is_sorted_through_files(store, form, run, monkeypatch):
    whole = packed(store, form)
    monkeypatch.setattr(archiving, "RUN", run)
    monkeypatch.setattr(archiving, "_BATCH", 3)
    assert packed(store, form) == whole


def test_nothing_gives_an_empty_file():
    assert gzip.decompress(packed(Store.memory())) == b""
    assert len(parsed(packed(Store.memory(), "trig"), "trig")) == 0


def test_an_archive_has_a_checksum_that_others_check(store, tmp_path):
    path = tmp_path / "all.nq.gz"
    made = archiving.archive(store, path)
    assert (made.path, made.size) == (path, path.stat().st_size)
    assert made.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    (tmp_path / "sums").write_text(made.checksum())
    checked = subprocess.run(
        ["/usr/bin/sha256sum", "--check", "sums"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (checked.returncode, checked.stdout) == (0, "all.nq.gz: OK\n")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["all.nq.gz", "sums"]


def test_a_file_that_cannot_be_written_is_one_sentence(store, tmp_path):
    with pytest.raises(PursuantError, match=r"nowhere/all.nq.gz cannot be written: No such file"):
        archiving.archive(store, tmp_path / "nowhere" / "all.nq.gz")


def test_what_fails_midway_leaves_nothing(store, tmp_path, monkeypatch):
    def broken(name, output):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "write_graph", broken)
    with pytest.raises(PursuantError, match="No space left"):
        archiving.archive(store, tmp_path / "all.nq.gz")
    assert list(tmp_path.iterdir()) == []


def test_another_server_is_written_out_too(tmp_path):
    held = Store.memory(by_graph(ox.parse(path=SMALL)))
    with oxigraph(tmp_path) as server:
        copy(held, Target.at(Service.at(server.query), server.update, None))
        assert packed(open_store(server.query)) == packed(held)
