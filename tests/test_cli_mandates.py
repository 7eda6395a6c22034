from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from click.testing import CliRunner

from pursuant.cli import main
from tests.series import series


@pytest.fixture
def run():
    return lambda *args: CliRunner().invoke(main, [*args, "--store", str(series().location)])


def test_filters_and_a_table_without_empty_columns(run):
    shown = run("mandates", "--addressee", "panel-of-experts", "--as-of", "2028-06-01").stdout
    header, *rows = shown.splitlines()
    assert header.split()[:4] == ["document", "adopted", "unit", "force"]
    assert "beneficiaries" not in header
    assert len(rows) == 2


def test_reports(run):
    asked = ("mandates", "--report", "expiring-soon", "--within", "1 year")
    (row,) = json.loads(
        run(
            *asked, "--as-of", "2028-06-01", "--changes", "Panel of Experts", "--format", "json"
        ).stdout
    )
    assert (row["body"], row["days"]) == ("panel-of-experts", 287)
    told = run("mandates", "--report", "overlaps", "--least", "0.9", "--format", "csv").stdout
    assert {row["addressee"] for row in csv.DictReader(io.StringIO(told))} >= {"unodc"}
    assert "cooperation" in run("mandates", "--report", "partners", "--body", "sc").stdout
    assert (
        "panel-of-experts"
        in run("mandates", "--report", "partners", "--body", "sc", "--format", "graphml").stdout
    )


def test_the_columns_of_the_registry(run):
    told = run("mandates", "--columns", "un-registry", "--body", "sc", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(told)))
    assert rows[0]["full_document_symbol"] == "S/RES/9101 (2027)"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--within", "P1M"), "--within goes with --report expiring-soon"),
        (("--least", "0.4", "--report", "partners"), "--least goes with --report overlaps"),
        (("--report", "overlaps", "--columns", "un-registry"), "A report has its own columns"),
        (("--format", "gexf"), "gexf is for --report partners"),
        (("--topic", "lamps"), "no topic is called 'lamps'"),
        (("--as-of", "x"), "'x' is no day"),
    ],
)
def test_bad_use_is_told(run, words, says):
    result = run("mandates", *words)
    assert result.exit_code == 2
    assert says in result.stderr


def test_the_audit(run, tmp_path):
    assert "language-differences  1" in run("audit").stdout
    result = run("audit", "links")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2)
    assert run("audit", "links", "--strict").exit_code == 1
    assert json.loads(run("audit", "--format", "json").stdout)["links"][0]["unit"] == "pp1"
    book = tmp_path / "audit.xlsx"
    assert run("audit", "--format", "xlsx", "--output", str(book)).exit_code == 0
    assert openpyxl.load_workbook(book).sheetnames[0] == "summary"
    wrong = run("audit", "lnks")
    assert (wrong.exit_code, "did you mean links" in wrong.stderr) == (2, True)
