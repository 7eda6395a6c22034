"""The benchmark of validation: the same data and results each time; no test here asserts a time."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from benchmarks.validation import __main__ as bench
from benchmarks.validation import data, one
from rdflib import SH, Graph

from pursuant.checking import background

GOOD = Path(__file__).parent / "shapes" / "good.ttl"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "good.nt"
    graph = Graph().parse(GOOD)
    lines = sorted(graph.serialize(format="nt").splitlines(keepends=True))
    lines = [line for line in lines if "exact" not in line]
    lines += [f"{triple} .\n" for triple in background()]  # as `data.data` has it
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_ours_and_pyshacl_find_the_same(file, tmp_path, capsys):
    shapes = data.shapes(tmp_path, "core")
    told = []
    for engine in ("ours", "pyshacl"):
        one.main(engine, str(file), str(shapes))
        told.append(json.loads(capsys.readouterr().out))
    assert told[0]["results"] > 0
    assert told[0]["digest"] == told[1]["digest"]
    assert all(each["megabytes"] > 10 and each["cpu"] > 0 for each in told)


def test_core_shapes_have_no_queries(tmp_path):
    text = data.shapes(tmp_path, "core").read_text(encoding="utf-8")
    assert "sh:sparql" not in text
    assert text.count("sh:severity") > 40
    assert str(SH) in text


def test_what_a_run_tells(file, tmp_path):
    shapes = data.shapes(tmp_path, "core")
    assert bench._run(sys.executable, "ours", file, shapes, 0.01) == "ended after 0.01 s"
    assert str(bench._run("/nonexistent", "ours", file, shapes, 1)).startswith("not there: ")
    assert str(bench._run(sys.executable, "none", file, shapes, 60)).startswith("failed: KeyError")
