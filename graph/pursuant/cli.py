"""The command line. Each command is a few lines around a function of the library.

What is slow to import and used by one command is imported in that command.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pursuant import (
    cli_evaluate,
    cli_export,
    cli_lists,
    cli_mandates,
    cli_publish,
    cli_serve,
    cli_store,
    cli_texts,
    cli_validate,
)
from pursuant.commands import WRONG, Commands
from pursuant.terminal import (
    ANSWER_FORMATS,
    TABLE_FORMATS,
    interruptible,
    say,
    say_error,
    show,
    show_answer,
    tracked,
)
from pursuant.version import __version__

if TYPE_CHECKING:
    from typing import TextIO

    from pursuant.store import Store

_LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")

_path = click.Path(path_type=Path, readable=False)
_file = click.Path(path_type=Path, dir_okay=False, readable=False)
_store = click.option(
    "--store",
    metavar="S",
    help="Folder of the store, or URL of a SPARQL 1.1 endpoint.  [env: PURSUANT_STORE]",
)
_output = click.option("--output", metavar="F", type=_file, help="Write to a file.")
_language = click.option(
    "--language",
    type=click.Choice(_LANGUAGES),
    default="en",
    show_default=True,
    help="Of titles, messages, and the words shown where there is a choice.",
)
_format = click.option(
    "--format", "form", type=click.Choice(TABLE_FORMATS), default="table", show_default=True
)


@click.group("pursuant", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pursuant")
def main() -> None:
    """Reads UN resolutions: which instruments they invoke, and whom they ask to do what.

    Answers come with the words that prove them. Nothing is sent anywhere.

    Exit status: 0 done, 1 something was found to be wrong, 2 bad use or bad input.
    """


main.headings = {
    "Read": ("extract", "ingest", "build"),
    "Ask": ("invokes", "cited-by", "mandates", "search", "compare", "query"),
    "List": ("documents", "citations", "instruments", "entities"),
    "Give out": ("export", "dump", "describe", "ontology"),
    "Check": ("validate", "audit", "reconcile", "account", "evaluate"),
    "Serve": ("serve",),
    "Look after": ("index", "copy", "revisions", "rollback"),
}
for _module in (
    cli_evaluate,
    cli_export,
    cli_lists,
    cli_mandates,
    cli_publish,
    cli_serve,
    cli_store,
    cli_texts,
    cli_validate,
):
    for _command in _module.COMMANDS:
        main.add_command(_command)


@main.command(example="pursuant extract resolution.txt | jq '.paragraphs[] | {id, citations}'")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(readable=False)
)
def extract(files: tuple[str, ...]) -> int:
    """Read files and print one JSON object a line for each, in their order.

    TXT, PDF, DOCX, HTML and Akoma Ntoso are told apart by their content. Folders and zip archives
    stand for the documents in them. Nothing is stored. For a file that cannot be read the object
    has an "error", and the exit status is 1. "-" is standard input.
    """
    from pursuant.batching import extracted

    out = sys.stdout.buffer
    failed = False
    lines = extracted(files)
    for line, problem in lines if sys.stdout.isatty() else tracked(lines, "Reading", len(files)):
        out.write(line + b"\n")
        out.flush()
        if problem:
            failed = True
            say_error(problem)
    return WRONG if failed else 0


@main.command("ingest", example="pursuant ingest received/ resolution.txt session-73.zip")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=_path)
@click.option("--force", is_flag=True, help="Do not check the graphs: faster, and takes all.")
@_store
def add(paths: tuple[Path, ...], force: bool, store: str | None) -> int:
    """Add documents to the store: files, folders, zip archives.

    Adding the same again changes nothing. All that one call adds appears at once; if the call is
    killed, the store is as it was.

    A document whose graph breaks a shape (see validate) is refused, and the others are added.
    """
    from pursuant.finding import find
    from pursuant.ingesting import ingest, writable

    held = writable(store, say)
    outcomes = ingest(held, tracked(find(paths), "Reading"), check=not force)
    for outcome in outcomes:
        if outcome.graph is None:
            say_error(f"{outcome.source}: {outcome.problem}")
        else:
            click.echo(f"{outcome.state:9}  {outcome.graph}  {outcome.source}")
    return WRONG if any(outcome.graph is None for outcome in outcomes) else 0


@main.command(example="pursuant build --output build/")
@click.option(
    "--output",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write N-Quads, and a Turtle file for each named graph, instead of filling the store.",
)
@_store
def build(output: Path | None, store: str | None) -> None:
    """Build the graph from data/, into the store or into files.

    Documents that were added to the store stay in it. The same data give the same files.
    """
    from pursuant.ingesting import prepare, writable
    from pursuant.store import Store

    if output is None:
        held = writable(store, say)
        click.echo(f"{held.count():,} statements in {len(held.graphs())} graphs, {held.revision}")
        return
    from pursuant.exporting import write_folder

    held = Store.memory()
    prepare(held, say)
    for path in write_folder(held, output):
        click.echo(path)


@main.command(example="pursuant invokes E/RES/2019/21 op24")
@click.argument("document")
@click.argument("unit", required=False)
@click.option("--all", "everything", is_flag=True, help="Also groups, itself, the unresolved.")
@_format
@_output
@_language
@_store
def invokes(
    document: str,
    unit: str | None,
    everything: bool,
    form: str,
    output: Path | None,
    language: str,
    store: str | None,
) -> None:
    """Which instruments a document, or one paragraph, invokes.

    Documents and paragraphs are known in any spelling: E/RES/2019/21, e-res-2019-21, op24, 24.
    """
    from pursuant import querying

    table = querying.invokes(_opened(store), document, unit, everything, language)
    show(table, form, output)


@main.command(example="pursuant query 'SELECT ?d { ?d a unct:Resolution } LIMIT 5'")
@click.argument("sparql", required=False)
@click.option("--file", "file", type=click.File(encoding="utf-8"), help='Read it; "-" is stdin.')
@click.option(
    "--format",
    "form",
    metavar="FORMAT",
    help=f"{', '.join(ANSWER_FORMATS)}.  [default: table, or turtle where the answer is a graph]",
)
@_output
@_store
def query(
    sparql: str | None,
    file: TextIO | None,
    form: str | None,
    output: Path | None,
    store: str | None,
) -> None:
    """Ask any SPARQL 1.1 query.

    The default graph is all graphs together. Common prefixes (unct, skos, dcterms ...) need not be
    declared.
    """
    from pursuant.rdf_formats import format_name

    if (sparql is None) == (file is None):
        raise click.UsageError("Give the query either as an argument or with --file.")
    text = sparql if file is None else file.read()
    held = _opened(store)
    with interruptible():
        show_answer(held.query(text or ""), form and format_name(form), output)


@main.command(example="pursuant reconcile received/resolution.txt --format csv")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=_file)
@_format
@_output
def reconcile(files: tuple[Path, ...], form: str, output: Path | None) -> None:
    """Where a source's hyperlinks and the citations of its text differ.

    A link that no words cite, a citation that the publisher did not link, a link made twice.
    """
    from pursuant.extracting import extract
    from pursuant.reconciling import reconcile_all

    show(reconcile_all(map(extract, files)), form, output)


@main.command(example="pursuant account received/resolution.pdf")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=_path)
@_format
@_output
def account(files: tuple[Path, ...], form: str, output: Path | None) -> int:
    """What became of every character of some files: nothing is lost, nothing invented.

    Each is in a paragraph, heading or footnote, or is a label, a marker, the frame (title page,
    formulas, date) or page furniture. The exit status is 1 where a character is in none, or where
    something was read that the file does not have.
    """
    from pursuant.accounting import account_all, together
    from pursuant.finding import find

    coverages = list(account_all(find(files)))
    show(together(coverages), form, output)
    return 0 if all(coverage.is_complete for coverage in coverages) else WRONG


def _opened(location: str | None) -> Store:
    """The store at a location; where there is none yet, one is built."""
    from pursuant.ingesting import readable

    return readable(location, say)
