"""What the command line prints, and where: people, pipes and files each get what suits them.

Each command imports this, so what only some need is imported where they do.
"""

from __future__ import annotations

import io
import json
import signal
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, TypeVar

import click
import pyoxigraph as ox

from pursuant.errors import BadQuery, PursuantError
from pursuant.rdf_formats import RDF_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pursuant.endpoint import Results
    from pursuant.table import Table

T = TypeVar("T")

TABLE_FORMATS = ("table", "json", "csv", "xlsx")
RESULT_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
ANSWER_FORMATS = ("table", *RESULT_FORMATS, *RDF_FORMATS)
_BINARY = frozenset({"xlsx", "zip"})


def say(message: str) -> None:
    """One line on standard error."""
    click.echo(message, err=True)


def say_error(problem: object) -> None:
    """One line on standard error that says what went wrong."""
    say(f"pursuant: error: {' '.join(str(problem).split())}")


def show(table: Table, form: str, output: Path | None) -> None:
    """A table in a format: to a file, a terminal or a pipe."""
    if form == "table" and output is None and sys.stdout.isatty():
        from rich.console import Console

        Console().print(table.to_rich())
    else:
        give(_rendered(table, form), form, output)


def give(data: bytes, form: str, output: Path | None) -> None:
    """Bytes to a file or to standard output.

    Raises:
        PursuantError: they would upset a terminal, or the file cannot be written.
    """
    if output is not None:
        try:
            output.write_bytes(data)
        except OSError as error:
            raise PursuantError(f"{output} cannot be written: {error.strerror}") from error
        return
    if form in _BINARY and sys.stdout.isatty():
        raise PursuantError(f"{form} is not for a terminal; name a file with --output")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


@contextmanager
def writing(form: str, output: Path | None) -> Iterator[IO[bytes]]:
    """A file that is written piece by piece, or standard output; one that fails leaves no file.

    Raises:
        PursuantError: it would upset a terminal, or the file cannot be written.
    """
    if output is None:
        if form in _BINARY and sys.stdout.isatty():
            raise PursuantError(f"{form} is not for a terminal; name a file with --output")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    whole = output.resolve()
    is_special = whole.exists() and not whole.is_file()  # a pipe, a terminal, /dev/null
    part = whole if is_special else whole.with_name(f".{whole.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(whole)
    except OSError as error:
        raise PursuantError(f"{output} cannot be written: {error.strerror}") from error
    finally:
        if part != whole and part.exists():
            part.unlink()


def show_answer(results: Results, form: str | None, output: Path | None) -> None:
    """What a SPARQL query gave: a table, or a graph in Turtle, unless a format is named.

    Raises:
        BadQuery: the format is for the other kind.
    """
    if isinstance(results, ox.QueryTriples):
        if (form := form or "turtle") not in RDF_FORMATS:
            raise BadQuery(f"the answer is a graph; choose one of {', '.join(RDF_FORMATS)}")
        from pursuant.content import serialize

        give(serialize(set(results), RDF_FORMATS[form]), form, output)
    elif form in RESULT_FORMATS:
        data = results.serialize(format=RESULT_FORMATS[form]) or b""
        give(data if data.endswith(b"\n") else data + b"\n", form, output)
    elif form in (None, "table"):
        from pursuant.store import as_table

        show(as_table(results), "table", output)
    else:
        raise BadQuery(f"the answer is a table; choose one of table, {', '.join(RESULT_FORMATS)}")


def tracked(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """The items, with a progress bar while a person looks on."""
    if not sys.stderr.isatty():
        return iter(items)
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return iter(track(items, what, total=total, console=console, transient=True))


def _rendered(table: Table, form: str) -> bytes:
    if form == "json":
        return (json.dumps(table.to_json(), ensure_ascii=False, indent=1) + "\n").encode()
    if form == "csv":
        return table.to_csv().encode()
    if form == "xlsx":
        workbook = io.BytesIO()
        table.to_xlsx(workbook)
        return workbook.getvalue()
    return (table.to_text() + "\n").encode()


@contextmanager
def interruptible() -> Iterator[None]:
    """Lets Ctrl-C end the process at once: the engine does not return to Python for it."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
