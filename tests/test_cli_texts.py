from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from pursuant import SAMPLE
from pursuant.cli import main


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("texts") / "store"


@pytest.fixture
def run(store):
    return lambda *args: CliRunner().invoke(main, [*map(str, args), "--store", str(store)])


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    """The first document with one mandate made stronger, under another number."""
    file = tmp_path_factory.mktemp("later") / "later.txt"
    text = SAMPLE.read_text("utf-8").replace("鼓励会员国考虑批准", "敦促会员国考虑批准")
    file.write_text(text.replace("2019/21.", "2021/21."), "utf-8")
    return file


def test_a_held_document_and_a_file(run, later):
    told = json.loads(run("compare", "e-res-2019-21", later, "--format", "json").stdout)
    (changed,) = (p for p in told["paragraphs"] if p["state"] != "same")
    assert changed["after"]["id"] == "op2"
    assert [m["change"] for m in changed["mandates"]] == ["strengthened", "same"]
    assert told["after"]["symbol"] == "E/RES/2021/21"


def test_a_comparison_as_a_table_and_as_a_page(run, later):
    rows = list(
        csv.DictReader(io.StringIO(run("compare", SAMPLE, later, "--format", "csv").stdout))
    )
    assert rows[20]["mandates"] == "strengthened encourage > urge member-states"
    page = run("compare", SAMPLE, later, "--format", "html", "--language", "zh").stdout
    assert "<del>鼓励</del><ins>敦促</ins>" in page


def test_a_series(run, later):
    shown = run("compare", SAMPLE, later, later, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(shown)))
    assert rows[20]["agreed since"] == "E/RES/2021/21"
    assert rows[21]["agreed since"] == "E/RES/2019/21"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("E/RES/2019/21",), "Name two documents, or more (see"),
        ((SAMPLE, SAMPLE, SAMPLE, "--format", "html"), "html is for two documents (see"),
        (("E/RES/2019/21", "A/RES/1/999"), "no document is called 'A/RES/1/999'"),
        (("E/RES/2019/21", "un-charter"), "the text of un-charter is not held, only its name"),
    ],
)
def test_bad_use_is_told(run, words, message):
    result = run("compare", *words)
    assert result.exit_code == 2
    assert message in result.stderr
