"""The commands that list what is held and known, and who cites it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pursuant.commands import Command
from pursuant.terminal import TABLE_FORMATS, say, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from pursuant.store import Store

Asked = TypeVar("Asked", bound="Callable[..., None]")
_LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")
_SHARED = (
    click.option("--store", metavar="S", help="The store.  [env: PURSUANT_STORE]"),
    click.option(
        "--language",
        type=click.Choice(_LANGUAGES),
        default="en",
        show_default=True,
        help="Of titles and names.",
    ),
    click.option("--output", metavar="F", type=click.Path(path_type=Path), help="Write to a file."),
    click.option(
        "--format", "form", type=click.Choice(TABLE_FORMATS), default="table", show_default=True
    ),
)
_DATED = (
    click.option("--until", metavar="D", help="Adopted by the end of a year, month or day."),
    click.option("--since", metavar="D", help="Adopted from a year, month or day on."),
    click.option("--year", metavar="Y", help="Adopted in a year."),
)


def _opened(location: str | None) -> Store:
    from pursuant.ingesting import readable

    return readable(location, say)


def _shared(command: Asked) -> Asked:
    for option in _SHARED:
        command = option(command)
    return command


def _dated(command: Asked) -> Asked:
    for option in _DATED:
        command = option(command)
    return command


@click.command(cls=Command, example="pursuant documents --body ecosoc --since 2019")
@click.option("--body", metavar="B", help="Who adopted them: ga, sc, ecosoc, hrc ...")
@_dated
@click.option("--held-in", type=click.Choice(_LANGUAGES), help="Whose text is held in a language.")
@click.option("--topic", metavar="T", help="What a person found them to be about.")
@_shared
def documents(form: str, output: Path | None, store: str | None, **filters: Any) -> None:
    """The documents whose text is held, with their counts."""
    from pursuant import listing

    show(listing.documents(_opened(store), **filters), form, output)


@click.command(cls=Command, example="pursuant citations E/RES/2019/21 --function recall")
@click.argument("document", required=False)
@click.option("--function", metavar="F", help="How: recall, implement, legal-obligation ...")
@click.option("--status", metavar="S", help="resolved, ambiguous or unresolved.")
@click.option("--kind", metavar="K", help="instrument, group or self.")
@click.option("--target", metavar="I", help="What is cited.")
@click.option("--via", metavar="V", help="text, footnote or anaphora.")
@_shared
def citations(
    document: str | None, form: str, output: Path | None, store: str | None, **filters: Any
) -> None:
    """All that paragraphs cite: groups, the text itself and what is not resolved too."""
    from pursuant import listing

    show(listing.citations(_opened(store), document, **filters), form, output)


@click.command(cls=Command, example="pursuant instruments --kind Convention --until 1999")
@click.option("--kind", metavar="C", help="A class: Convention, Resolution, InstrumentGroup ...")
@_dated
@_shared
def instruments(form: str, output: Path | None, store: str | None, **filters: Any) -> None:
    """The instruments that are known, those first that most paragraphs invoke."""
    from pursuant import listing

    show(listing.instruments(_opened(store), **filters), form, output)


@click.command(cls=Command, example="pursuant entities --kind DeliberativeBody")
@click.option("--kind", metavar="C", help="A class: DeliberativeBody, ActorGroup ...")
@_shared
def entities(form: str, output: Path | None, store: str | None, **filters: Any) -> None:
    """The bodies, offices and groups that are known, those first that are asked most."""
    from pursuant import listing

    show(listing.entities(_opened(store), **filters), form, output)


@click.command(
    "cited-by", cls=Command, example='pursuant cited-by "S/RES/2178 (2014)" --format csv'
)
@click.argument("instrument")
@click.option("--function", metavar="F", help="How: recall, implement, legal-obligation ...")
@click.option("--via", metavar="V", help="text, footnote or anaphora.")
@click.option("--since", metavar="D", help="By documents adopted from a year, month or day on.")
@click.option("--until", metavar="D", help="By documents adopted by the end of one.")
@_shared
def cited_by(
    instrument: str,
    form: str,
    output: Path | None,
    store: str | None,
    **filters: Any,
) -> None:
    """Which paragraphs invoke an instrument, and since when."""
    from pursuant import querying

    show(querying.cited_by(_opened(store), instrument, **filters), form, output)


COMMANDS = (cited_by, documents, citations, instruments, entities)
