"""A table of answers, and the forms in which people want it.

openpyxl, pandas and rich are slow to load, and imported where they are used: few need them.
"""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from rich.cells import cell_len

from pursuant.document import Partner
from pursuant.errors import PursuantError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd
    import polars as pl
    from openpyxl.worksheet.worksheet import Worksheet
    from rich.table import Table as RichTable

Value = str | int | float | bool | None | tuple[str | Partner, ...]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_WIDEST = 60
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which a cell that is computed begins


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values under named columns.

    >>> table = Table(("unit", "targets"), (("op1", ("crc", "untoc")),))
    >>> print(table.to_text())
    unit  targets
    op1   crc; untoc
    >>> list(table)
    [{'unit': 'op1', 'targets': ('crc', 'untoc')}]
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows, each a mapping from column to value."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.rows)

    def without_empty(self) -> Table:
        """The table without the columns in which nothing stands, if there are rows at all."""
        kept = [
            index
            for index in range(len(self.columns))
            if not self.rows or any(row[index] not in (None, (), "") for row in self.rows)
        ]
        rows = tuple(tuple(row[index] for index in kept) for row in self.rows)
        return Table(tuple(self.columns[index] for index in kept), rows)

    def to_json(self) -> list[dict[str, Any]]:
        """The rows as a list of JSON objects; what has several values is a list."""
        return [{column: _json(value) for column, value in row.items()} for row in self]

    def to_csv(self) -> str:
        """CSV as RFC 4180 has it, with a header line.

        A text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP
        advises against CSV injection.
        """
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.columns)
        writer.writerows([_inert(value) for value in row] for row in self.rows)
        return out.getvalue()

    def to_xlsx(self, target: str | Path | BinaryIO) -> None:
        """Writes an Excel workbook; no text becomes a formula."""
        write_workbook({"pursuant": self}, target)

    def to_rich(self) -> RichTable:
        """A table for a terminal."""
        from rich.table import Table as RichTable
        from rich.text import Text

        table = RichTable(header_style="bold", row_styles=["", "dim"])
        for column in self.columns:
            table.add_column(column, overflow="fold")
        for row in self.rows:
            table.add_row(*(Text(_one_line(value)) for value in row))
        return table

    def to_text(self) -> str:
        """Plain aligned columns, nothing cut off: for pipes and files."""
        lines = [list(self.columns), *([_one_line(value) for value in row] for row in self.rows)]
        widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            "  ".join(
                text + " " * (width - cell_len(text))
                for text, width in zip(line, widths, strict=True)
            ).rstrip()
            for line in lines
        )

    def to_pandas(self) -> pd.DataFrame:
        """A pandas DataFrame.

        Raises:
            PursuantError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise PursuantError("pandas is not installed; install pursuant[pandas]") from None
        return pd.DataFrame(list(self), columns=list(self.columns))

    def to_polars(self) -> pl.DataFrame:
        """A polars DataFrame; what has several values is a list.

        Raises:
            PursuantError: polars is not installed.
        """
        try:
            import polars as pl
        except ImportError:
            raise PursuantError("polars is not installed; install pursuant[polars]") from None
        rows = [tuple(row.values()) for row in self.to_json()]
        return pl.DataFrame(rows, list(self.columns), orient="row", infer_schema_length=None)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(column)}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(as_text(v))}</td>" for v in row) + "</tr>"
            for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def write_workbook(tables: Mapping[str, Table], target: str | Path | BinaryIO) -> None:
    """Writes tables as the sheets of an Excel workbook; no text becomes a formula.

    Each has a header that stays in view, and columns as wide as what stands in them.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook["Sheet"])
    for name, table in tables.items():
        _fill_sheet(workbook.create_sheet(name), table)
    written = io.BytesIO()
    workbook.save(written)
    _write_timeless(written, target)


def as_text(value: Value) -> str:
    """A value as people read it: nothing for None, "; " between several.

    >>> as_text(("unodc", Partner("ct-compact", "cooperation"))), as_text(True), as_text(None)
    ('unodc; ct-compact (cooperation)', 'true', '')
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case tuple():
            return "; ".join(v if isinstance(v, str) else f"{v.entity} ({v.mode})" for v in value)
        case _:
            return str(value)


def _inert(value: Value) -> str:
    """A cell of a CSV file that no spreadsheet computes; numbers stay as they are."""
    text = as_text(value)
    is_number = isinstance(value, (int, float))
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text


def _json(value: Value) -> Any:
    if not isinstance(value, tuple):
        return value
    return [v if isinstance(v, str) else {"entity": v.entity, "mode": v.mode} for v in value]


def _one_line(value: Value) -> str:
    """Without line breaks and without what a terminal would obey."""
    return _CONTROL.sub("", " ".join(as_text(value).split()))


def _fill_sheet(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for index, column in enumerate(table.columns, 1):
        sheet.cell(1, index, column).font = Font(bold=True)
        texts = [column, *(_one_line(row[index - 1]) for row in table.rows)]
        width = min(_WIDEST, max(map(cell_len, texts)) + 2)
        sheet.column_dimensions[get_column_letter(index)].width = width
    for line, row in enumerate(table.rows, 2):
        for index, value in enumerate(row, 1):
            _fill(sheet, line, index, value)


def _fill(sheet: Worksheet, line: int, column: int, value: Value) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    if isinstance(value, (int, float)):
        sheet.cell(line, column, value)
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", as_text(value))
    cell = sheet.cell(line, column, text or None)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if text.startswith(_FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True


def _write_timeless(workbook: BinaryIO, target: str | Path | BinaryIO) -> None:
    """Copies a workbook without the time of its making: the same table is the same file."""
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _TIME.sub(b"1980-01-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
