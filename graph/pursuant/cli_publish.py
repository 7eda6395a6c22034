"""The commands that give the whole data set out: as one file, and described for catalogues."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pursuant.commands import Command
from pursuant.errors import PursuantError
from pursuant.rdf_formats import RDF_FORMATS
from pursuant.terminal import TABLE_FORMATS, give, say, show

_file = click.Path(path_type=Path, dir_okay=False, readable=False)
_store = click.option("--store", metavar="S", help="Folder of the store.  [env: PURSUANT_STORE]")


@click.command(cls=Command, example="pursuant dump --output pursuant.nq.gz")
@click.option(
    "--format", "form", type=click.Choice(("nquads", "trig")), default="nquads", show_default=True
)
@click.option("--output", metavar="F", type=_file, help="Write to a file, its checksum beside it.")
@_store
def dump(form: str, output: Path | None, store: str | None) -> None:
    """Give out the whole store as one file, compressed with gzip.

    The same content gives the same bytes, and a store of any size takes little memory. Beside
    FILE lies FILE.sha256, which sha256sum --check understands.
    """
    from pursuant import archiving
    from pursuant.ingesting import readable

    held = readable(store, say)
    if output is None:
        if sys.stdout.isatty():
            raise PursuantError("a dump is not for a terminal; name a file with --output")
        archiving.write(held, sys.stdout.buffer, form)
        return
    made = archiving.archive(held, output, form)
    give(made.checksum().encode(), "text", output.with_name(f"{output.name}.sha256"))
    click.echo(made.checksum(), nl=False)


@click.command(cls=Command, example="pursuant describe --base https://example.org")
@click.option(
    "--base",
    metavar="URL",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Address of the server that gives the data out.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(RDF_FORMATS)),
    default="turtle",
    show_default=True,
)
@click.option("--output", metavar="F", type=_file, help="Write to a file.")
@_store
def describe(base: str, form: str, output: Path | None, store: str | None) -> None:
    """Describe the data set for catalogues: VoID and DCAT.

    What it holds, by class and property; where it links to; how it is given out, and under which
    licence.
    """
    from pursuant.content import serialize
    from pursuant.describing import OWN, dataset
    from pursuant.ingesting import readable

    try:
        statements = list(dataset(base.rstrip("/"), readable(store, say)))
    except ValueError:
        raise PursuantError(f"{base!r} is no address of a server") from None
    give(serialize(statements, RDF_FORMATS[form], OWN), form, output)


@click.command("ontology", cls=Command, example="pursuant ontology hasUnit")
@click.argument("term", required=False)
@click.option(
    "--format", "form", type=click.Choice(TABLE_FORMATS), default="table", show_default=True
)
@click.option("--output", metavar="F", type=_file, help="Write to a file.")
@click.option("--language", type=click.Choice(("en", "zh")), default="en", show_default=True)
def terms(term: str | None, form: str, output: Path | None, language: str) -> None:
    """List the classes and properties of the ontology, or tell of one.

    With what they mean, what they are said of and what they lead to.
    """
    from pursuant import ontology

    show(ontology.terms(term, language), form, output)


COMMANDS = (dump, describe, terms)
