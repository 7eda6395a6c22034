from __future__ import annotations

import csv
import io
import sys

import pytest
from openpyxl import load_workbook
from rich.console import Console

from pursuant.document import Partner
from pursuant.errors import PursuantError
from pursuant.table import Table

TABLE = Table(
    ("unit", "targets", "partners", "count", "share", "held", "due"),
    (
        ("op1", ("crc", "untoc"), (Partner("ct-compact", "cooperation"),), 2, 0.5, True, None),
        ('=1+"1"', (), (), -3, 1.0, False, "@x"),
        ("援引，第“24”段\n下一行", ("儿童权利公约",), (), 0, 0.0, True, "A/75"),
    ),
)


def test_rows_are_mappings_in_the_order_of_the_columns():
    assert [list(row) for row in TABLE] == [list(TABLE.columns)] * 3
    assert next(iter(TABLE))["targets"] == ("crc", "untoc")
    assert len(TABLE) == 3


def test_json_keeps_types_and_lists():
    first, second, _ = TABLE.to_json()
    assert first == {
        "unit": "op1",
        "targets": ["crc", "untoc"],
        "partners": [{"entity": "ct-compact", "mode": "cooperation"}],
        "count": 2,
        "share": 0.5,
        "held": True,
        "due": None,
    }
    assert second["targets"] == []


def test_csv_reads_back():
    text = TABLE.to_csv()
    assert text.count("\r\n") == 4
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == list(TABLE.columns)
    assert rows[1] == ["op1", "crc; untoc", "ct-compact (cooperation)", "2", "0.5", "true", ""]
    assert rows[3][0] == "援引，第“24”段\n下一行"


@pytest.fixture
def sheet():
    file = io.BytesIO()
    TABLE.to_xlsx(file)
    return load_workbook(file)["pursuant"]


def test_xlsx_holds_values_of_their_types(sheet):
    rows = list(sheet.values)
    assert rows[0] == TABLE.columns
    assert rows[1] == ("op1", "crc; untoc", "ct-compact (cooperation)", 2, 0.5, True, None)
    assert rows[2][3] == -3


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_xlsx_text_is_never_a_formula(text):
    file = io.BytesIO()
    Table(("a",), ((text,), ((text, "b"),))).to_xlsx(file)
    one, several = (row[0] for row in load_workbook(file)["pursuant"].iter_rows(min_row=2))
    assert (one.data_type, one.value, one.quotePrefix) == ("s", text, True)
    assert (several.data_type, several.value) == ("s", f"{text}; b")


def test_xlsx_drops_characters_that_excel_refuses():
    file = io.BytesIO()
    Table(("a",), (("x\x00\x1by",),)).to_xlsx(file)
    assert load_workbook(file)["pursuant"]["A2"].value == "xy"


def test_text_lines_up_wide_characters():
    table = Table(("名称", "n"), (("儿童权利公约", 1), ("crc", 22)))
    assert table.to_text() == "名称          n\n儿童权利公约  1\ncrc           22"


def test_text_has_one_line_a_row_and_nothing_a_terminal_obeys():
    text = Table(("a",), (("x\n\x1b[31my\x9b2J",),)).to_text()
    assert text == "a\nx [31my2J"


def test_terminal_table_shows_markup_as_it_is():
    file = io.StringIO()
    console = Console(file=file, width=40)
    console.print(Table(("a",), (("[bold]\x1b]0;t\x07x[/bold]",),)).to_rich())
    shown = file.getvalue()
    assert "[bold]]0;tx[/bold]" in shown
    assert "\x1b" not in shown


def test_html_is_escaped():
    shown = Table(("<a>",), (("<script>",),))._repr_html_()
    assert "&lt;a&gt;" in shown
    assert "<script>" not in shown


def test_pandas_frame_has_the_columns_even_without_rows():
    assert list(Table(("a", "b"), ()).to_pandas().columns) == ["a", "b"]
    assert TABLE.to_pandas()["count"].sum() == -1


def test_pandas_missing_is_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(PursuantError, match=r"pandas is not installed; install pursuant\[pandas\]"):
        TABLE.to_pandas()


def test_polars_frame_has_lists_and_the_columns_even_without_rows():
    assert Table(("a", "b"), ()).to_polars().columns == ["a", "b"]
    table = Table(("unit", "to"), (("op1", ("crc", "untoc")), ("op2", ())))
    assert table.to_polars().to_dict(as_series=False) == {
        "unit": ["op1", "op2"],
        "to": [["crc", "untoc"], []],
    }


def test_polars_missing_is_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(PursuantError, match=r"polars is not installed; install pursuant\[polars\]"):
        TABLE.to_polars()


@pytest.mark.parametrize("text", ["=1+1", "+49", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_computed(text):
    table = Table(("words", "number"), ((text, -5),))
    told = io.StringIO(table.to_csv(), newline="")
    assert list(csv.reader(told))[1] == [f"'{text}", "-5"]
    written = io.BytesIO()
    table.to_xlsx(written)
    cell = load_workbook(written)["pursuant"]["A2"]
    assert cell.data_type == "s"


def test_columns_in_which_nothing_stands_are_left_out():
    table = Table(("a", "b", "c"), ((1, None, ()), (0, "", ())))
    assert table.without_empty() == Table(("a",), ((1,), (0,)))
    assert Table(("a",), ()).without_empty().columns == ("a",)
