"""The commands that look into texts: what they say where, and what changed in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pursuant.commands import Command
from pursuant.terminal import TABLE_FORMATS, give, say, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pursuant.comparing import Comparison
    from pursuant.document import Document
    from pursuant.lineage import Series

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
    from pursuant.comparing import compare as compared
    from pursuant.lineage import lineages

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
    from pursuant.comparing import Comparison

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


@click.command(cls=Command, example='pursuant search "恐怖主义" --force urge --facets')
@click.argument("text", nargs=-1, required=True, metavar="TEXT...")
@click.option("--in", "language", multiple=True, type=click.Choice(_LANGUAGES), help="Language.")
@click.option("--body", multiple=True, metavar="B", help="Adopted by: ga, sc, ecosoc, hrc ...")
@click.option("--year", multiple=True, metavar="Y", help="Adopted in.")
@click.option("--function", multiple=True, metavar="F", help="With a citation of this function.")
@click.option("--force", multiple=True, metavar="F", help="With a mandate of this force.")
@click.option("--entity", multiple=True, metavar="E", help="That names or asks an entity.")
@click.option("--document", multiple=True, metavar="D", help="In a document.")
@click.option(
    "--kind", multiple=True, type=click.Choice(("paragraph", "title", "name")), help="Of texts."
)
@click.option("--facets", is_flag=True, help="How many texts there are of each kind instead.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, metavar="N")
@click.option(
    "--offset", type=click.IntRange(0), default=0, metavar="N", help="Pass over the best N."
)
@click.option(
    "--format", "form", type=click.Choice(TABLE_FORMATS), default="table", show_default=True
)
@click.option("--output", metavar="F", type=click.Path(path_type=Path), help="Write to a file.")
@click.option("--store", metavar="S", help="The store.  [env: PURSUANT_STORE]")
def search(
    text: tuple[str, ...],
    facets: bool,
    limit: int,
    offset: int,
    form: str,
    output: Path | None,
    store: str | None,
    **filters: tuple[str, ...],
) -> None:
    """Find paragraphs, titles and names by their words, in six languages.

    All words must be there, in any of their forms; "words in quotation marks" in a row; a word
    behind "-" must not. Filters take symbols or slugs, and may be given more than once.
    """
    from pursuant.ingesting import readable
    from pursuant.searching import search as found_by

    held = readable(store, say)
    found = found_by(held, " ".join(text), limit=limit, offset=offset, **filters)
    show(found.counts() if facets else found.to_table(), form, output)
    if form == "table" and not facets:
        say(f"{found.total:,} found" if found.total > len(found.hits) else f"{found.total} found")


@click.command(cls=Command, example="pursuant index")
@click.option("--store", metavar="S", help="The store.  [env: PURSUANT_STORE]")
def index(store: str | None) -> None:
    """Build the search index of a store anew.

    It is brought up to date whenever it is asked, so this is for an index that was damaged.
    """
    from pursuant.indexing import rebuild
    from pursuant.ingesting import readable

    built = rebuild(readable(store, say))
    click.echo(f"{built.searcher().num_docs:,} texts are indexed")


COMMANDS = (compare, search, index)
