"""The commands that look after a store: where it is, and which of its revisions is current."""

from __future__ import annotations

from pathlib import Path

import click

from pursuant import revisions
from pursuant.commands import WRONG, Command
from pursuant.errors import StoreProblem
from pursuant.manifest import Manifest
from pursuant.terminal import TABLE_FORMATS, say_error, show, tracked

_store = click.option("--store", metavar="S", help="Folder of the store.  [env: PURSUANT_STORE]")
_REVISIONS = ("revision", "digest", "graphs", "statements", "note")


@click.command(
    cls=Command, example="pursuant copy ~/store http://user:password@localhost:7878/query"
)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--update", metavar="URL", help="Where TO takes SPARQL Update, if elsewhere.")
@click.option(
    "--graph-store", metavar="URL", help="Where TO takes whole graphs; better than updates."
)
@click.option(
    "--token",
    metavar="T",
    envvar="PURSUANT_TOKEN",
    help="Bearer token that TO asks for.  [env: PURSUANT_TOKEN]",
)
def copy(
    source: str, target: str, update: str | None, graph_store: str | None, token: str | None
) -> int:
    """Copy all graphs of a store into another, and compare the counts.

    FROM and TO are folders or URLs of SPARQL 1.1 endpoints; a URL may carry user:password@, which
    is never told. Graphs of the same name are replaced, the others of TO stay.

    The exit status is 1 where a graph has another number of statements afterwards.
    """
    from pursuant.copying import Target, copy
    from pursuant.store import open_store
    from pursuant.transport import Service

    held = open_store(source)
    to = (
        Target.at(Service.at(target, token), update, graph_store)
        if "://" in target
        else open_store(target)
    )
    copied = copy(held, to, lambda names: tracked(names, "Copying", len(names)))
    wrong = [each for each in copied if each.source != each.target]
    for each in wrong:
        say_error(f"{each.graph}: {each.source:,} statements became {each.target:,}")
    click.echo(f"{sum(each.target for each in copied):,} statements in {len(copied)} graphs")
    return WRONG if wrong else 0


@click.command("revisions", cls=Command, example="pursuant revisions --format csv")
@click.option(
    "--format", "form", type=click.Choice(TABLE_FORMATS), default="table", show_default=True
)
@_store
def listed(form: str, store: str | None) -> None:
    """List the revisions of a store that are kept, newest first."""
    from pursuant.table import Table

    folder = _folder(store)
    rows = []
    for number in reversed(revisions.held(folder)):
        text = revisions.manifest(folder, number).read_text(encoding="utf-8")
        held = Manifest.from_json(text)
        notes = ["current"] if number == revisions.current(folder) else []
        notes += [f"same as {held.restores}"] if held.restores else []
        statements = sum(record.triples for record in held.graphs.values())
        rows.append((number, held.digest, len(held.graphs), statements, ", ".join(notes) or None))
    show(Table(_REVISIONS, tuple(rows)), form, None)


@click.command(cls=Command, example="pursuant rollback")
@click.option("--to", metavar="N", type=int, help="Number of a revision.  [default: one back]")
@_store
def rollback(to: int | None, store: str | None) -> None:
    """Make an earlier revision of a store current again.

    It gets a new number, and what was current stays, so that --to goes forward again. Who reads
    meanwhile sees the one or the other.
    """
    from pursuant.store import open_store

    held = open_store(_folder(store))
    before = held.revision
    wanted = held.roll_back(to)
    click.echo(f"revision {held.revision} is current, the same as {wanted}; before, {before} was")


def _folder(store: str | None) -> Path:
    from pursuant.store import default_location

    location = store or default_location()
    if "://" in location:
        raise StoreProblem("an endpoint's revisions are its own; name a folder")
    return Path(location).expanduser()


COMMANDS = (copy, listed, rollback)
