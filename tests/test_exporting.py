from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from pursuant import exporting
from pursuant.content import by_graph
from pursuant.errors import PursuantError
from pursuant.rdf_formats import RDF_FORMATS
from pursuant.store import Store

SMALL = Path(__file__).parent / "data" / "small.trig"


@pytest.fixture(scope="module")
def store():
    return Store.memory(by_graph(ox.parse(path=SMALL)))


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_rdf_reads_back_whole(store, form):
    engine = RDF_FORMATS[form]
    parsed = list(ox.parse(exporting.graph(store, form), engine))
    if engine.supports_datasets:
        assert set(parsed) == set(store.quads())
    else:
        assert {q.triple for q in parsed} == {q.triple for q in store.quads()}


def test_mandates_are_written_in_each_format(store):
    assert b"A/RES/90/1,2060-03-04,op2,request,lamp-office" in exporting.mandates(store, "csv")
    assert json.loads(exporting.mandates(store, "json"))[0]["addressees"] == ["lamp-office"]
    assert exporting.mandates(store, "xlsx").startswith(b"PK")
    assert b"unct:reviews" in exporting.mandates(store, "turtle")


def test_unknown_format_is_said(store):
    with pytest.raises(PursuantError, match="'png' is not a format for this; choose turtle"):
        exporting.mandates(store, "png")


SCRIPT = """
import hashlib, sys, time
import pyoxigraph as ox
from pursuant import exporting
from pursuant.content import by_graph
from pursuant.rdf_formats import RDF_FORMATS, format_name
from pursuant.store import Store
quads = list(ox.parse(path=sys.argv[1]))
store = Store.memory(by_graph(reversed(quads) if sys.argv[2] == "1" else quads))
for what, forms in exporting.FORMATS.items():
    for form in forms:
        data = getattr(exporting, what)(store, form)
        print(what, form, hashlib.sha256(data).hexdigest())
"""


def test_bytes_are_the_same_in_every_process():
    def hashes(seed: str) -> str:
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}
        command = [sys.executable, "-c", SCRIPT, str(SMALL), seed]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return run.stdout

    first = hashes("1")
    assert len(first.splitlines()) == 15
    assert hashes("2") == hashes("3") == first
