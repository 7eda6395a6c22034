"""The commands that look into texts: what changed from one to another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pursuant.commands import Command
from pursuant.comparing import Comparison
from pursuant.comparing import compare as compared
from pursuant.lineages import lineages
from pursuant.terminal import TABLE_FORMATS, give, say, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pursuant.document import Document
    from pursuant.lineages import Series

_LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")


@click.command(cls=Command, example="pursuant compare E/RES/2017/18 E/RES/2019/21 --format html")
@click.argument("documents", nargs=-1, required=True, metavar="A B [C...]")
@click.option(
    "--format",
    "form",
    type=click.Choice((*TABLE_FORMATS, "html")),
    default="table",
    show_default=True,
)
@click.option("--output", metavar="F", type=click.Path(path_type=Path), help="Write to a file.")
@click.option(
    "--language",
    type=click.Choice(_LANGUAGES),
    default="en",
    show_default=True,
    help="In which the texts are compared where they are held in it; and of the words around.",
)
@click.option("--store", metavar="S", help="The store.  [env: PURSUANT_STORE]")
def compare(
    documents: tuple[str, ...], form: str, output: Path | None, language: str, store: str | None
) -> None:
    """What became of a text: its paragraphs, their words, citations and mandates.

    A and B are documents of the store, in any spelling, or files. With more than two, it is told
    how each paragraph came down through all of them, and since when its words are agreed.

    In the table, [-removed-] and {+added+} words are marked; a mandate is strengthened or weakened
    by its force, then by its manner ("consider").
    """
    if len(documents) < 2:
        raise click.UsageError("Name two documents, or more.")
    read = list(_documents(documents, language, store))
    if len(read) == 2:
        _show(compared(*read), form, output, language)
    elif form == "html":
        raise click.UsageError("html is for two documents.")
    else:
        _show(lineages(read), form, output, language)


def _show(told: Comparison | Series, form: str, output: Path | None, language: str) -> None:
    if form == "json":
        data = json.dumps(told.to_json(), ensure_ascii=False, indent=1) + "\n"
        give(data.encode(), form, output)
    elif form == "html" and isinstance(told, Comparison):
        from pursuant.comparison_page import to_html

        give(to_html(told, language).encode(), form, output)
    else:
        show(told.to_table(), form, output)


def _documents(names: Sequence[str], language: str, store: str | None) -> Iterator[Document]:
    """Files as they are read, the others from the store, which is opened for them alone."""
    from pursuant import held
    from pursuant.extracting import extract
    from pursuant.ingesting import readable

    opened = None
    for name in names:
        if Path(name).is_file():
            yield extract(Path(name))
            continue
        opened = opened or readable(store, say)
        yield held.read(opened, held.find(opened, name), language).document


COMMANDS = (compare,)
