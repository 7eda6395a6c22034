"""The command that checks RDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pursuant.commands import WRONG, Command
from pursuant.terminal import give, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pursuant.findings import Report

_path = click.Path(path_type=Path, readable=False)


@click.command(cls=Command, example="pursuant validate mine.ttl --format html --output report.html")
@click.argument("files", nargs=-1, type=_path, metavar="[FILE...]")
@click.option("--shapes", metavar="F", type=_path, multiple=True, help="Other shapes.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "turtle", "json", "html")),
    default="table",
    show_default=True,
    help="turtle is the W3C's report.",
)
@click.option("--coverage", is_flag=True, help="In the table, all shapes with their nodes.")
@click.option(
    "--engine",
    type=click.Choice(("sets", "pyshacl")),
    default="sets",
    show_default=True,
    help="One query for each constraint, or the reference, node by node.",
)
@click.option("--output", metavar="F", type=click.Path(path_type=Path), help="Write to a file.")
@click.option(
    "--language",
    "--lang",
    type=click.Choice(("en", "zh")),
    default="en",
    show_default=True,
    help="Of names and messages.",
)
@click.option("--store", metavar="S", help="The store.  [env: PURSUANT_STORE]")
def validate(
    files: tuple[Path, ...],
    form: str,
    coverage: bool,
    output: Path | None,
    language: str,
    **how: Any,
) -> int:
    """Check RDF files, or the store, against SHACL shapes.

    Turtle, TriG, N-Triples, N-Quads, RDF/XML and JSON-LD, told apart by suffix. What files say of
    things in the register is checked with what the register says of them. Nothing is fetched.

    The exit status is 1 where a Violation is found; Warnings and Infos are told and tolerated.
    """
    from pursuant.validating import rendered

    report = _report(files, language, **how)
    given = ", ".join(path.name for path in files)
    give(rendered(report, form, language, given, coverage).encode(), form, output)
    if output is not None:
        say(", ".join(f"{count} {severity}" for severity, count in report.counts.items()))
    return 0 if report.conforms else WRONG


def _report(
    files: tuple[Path, ...], language: str, shapes: tuple[Path, ...], engine: str, store: str | None
) -> Report:
    from pursuant import checking
    from pursuant.locating import Source
    from pursuant.validating import graph_of, validate_sources

    others = [Source.of(path) for path in shapes]
    if files:
        return validate_sources([Source.of(path) for path in files], others, language, engine)
    given = graph_of(others) if others else None
    return checking.validate(_of_store(store), given, language, engine=engine)


def _of_store(location: str | None) -> Iterator[Any]:
    """What a store says, without the shapes, which are not data."""
    from pursuant.ingesting import readable
    from pursuant.iri import graph
    from pursuant.store import default_location

    held = readable(location or default_location(), say)
    for name in held.graphs():
        if name != str(graph("shapes")):
            yield from held.quads(name)


COMMANDS = (validate,)
