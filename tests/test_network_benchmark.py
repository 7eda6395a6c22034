"""The benchmark's network and its comparison; no test here asserts a time."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from benchmarks.network.__main__ import GOALS, compared, gathered, measurements, tables
from benchmarks.network.composing import composed, ends
from benchmarks.network.tasks import TASKS, measure
from rich.console import Console

import pursuant
from pursuant.store import Store


def test_the_network_is_the_same_each_time_and_runs_from_new_to_old():
    one, other = composed(500, 4000), composed(500, 4000)
    assert (len(one.names), len(one.source)) == (500, 4000)
    assert np.array_equal(one.source, other.source)
    assert np.array_equal(one.target, other.target)
    assert (one.source > one.target).all()
    assert len(set(zip(one.source.tolist(), one.target.tolist(), strict=True))) == 4000
    assert not np.array_equal(one.target, composed(500, 4000, seed=1).target)


@pytest.mark.parametrize("name", TASKS)
def test_each_task_is_measured(name, tmp_path):
    found = measure(name, 200, 1000, tmp_path / "network")
    assert found["megabytes"] > 10
    assert found["processor"] >= 0


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_both_write_the_same_network(form, tmp_path):
    read = nx.read_graphml if form == "graphml" else partial(nx.read_gexf, version="1.3")
    for who in ("pursuant", "columns", "networkx"):
        measure(f"{form} {who}", 50, 200, Path(tmp_path / who))
    assert (tmp_path / "pursuant").read_bytes() == (tmp_path / "columns").read_bytes()
    ours = read(tmp_path / "pursuant")
    theirs = nx.read_gexf(tmp_path / "networkx") if form == "gexf" else read(tmp_path / "networkx")
    assert (len(ours), ours.number_of_edges()) == (len(theirs), theirs.number_of_edges())


def test_a_store_holds_the_same_network(tmp_path):
    measure("fill", 100, 300, tmp_path / "store")
    network: Any = pursuant.network(Store(tmp_path / "store"))
    edges = {(f"X/RES/{a:03}", f"X/RES/{b:03}") for a, b in ends(100, 300)}
    assert set(network.edges) == edges
    assert network.nodes["X/RES/001"]["year"] == 1946
    for name in ("query", "export"):
        assert measure(name, 100, 300, tmp_path / "store")["megabytes"] > 10
    written = nx.read_graphml(tmp_path / "store" / "network.graphml")
    assert written.number_of_edges() == 300


def test_exports_of_two_stores_are_measured(tmp_path):
    found = gathered(1000, tmp_path)
    assert list(found) == [
        "query, 100 citations",
        "export, 100 citations",
        "query, 1,000 citations",
        "export, 1,000 citations",
    ]
    page = Console(width=120, file=io.StringIO(), record=True)
    page.print(measurements(found, "Some"))
    assert "export, 1,000 citations" in page.export_text()


def test_ours_is_compared_with_the_best_of_the_others():
    found = {name: {"processor": 4.0, "seconds": 1.0, "megabytes": 100.0} for name in TASKS}
    found["pagerank pursuant"]["processor"] = 6.0
    found["pagerank igraph"]["processor"] = 3.0
    ratios = compared(found)
    assert ratios["pagerank processor"] == 2.0
    assert set(ratios) == {f"{what} {unit}" for what, unit in GOALS}
    page = Console(width=120, file=io.StringIO(), record=True)
    page.print(*tables(found, ratios, 10, 20))
    text = page.export_text()
    assert "10 nodes, 20 edges" in text
    assert "missed" in text
    assert "reached" in text
