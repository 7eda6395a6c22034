"""The command that gives out the citation network, the mandates and the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pursuant.commands import Command
from pursuant.terminal import give, say, tracked, writing

if TYPE_CHECKING:
    from collections.abc import Iterable

_LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")


@click.command(
    cls=Command, example="pursuant export citations --format gexf --output citations.gexf"
)
@click.argument("what", type=click.Choice(("citations", "mandates", "graph")))
@click.option("--format", "form", required=True, metavar="FORMAT", help="See above.")
@click.option(
    "--level",
    metavar="L",
    help="What cites what: document (documents documents), paragraph (paragraphs documents), "
    "paragraph-to-paragraph (paragraphs the paragraphs that they name).  [default: document]",
)
@click.option("--body", multiple=True, metavar="B", help="Of documents of ga, sc, ecosoc, hrc ...")
@click.option("--year-from", type=int, metavar="Y", help="Of documents adopted in Y or later.")
@click.option("--year-to", type=int, metavar="Y", help="Of documents adopted in Y or before.")
@click.option("--function", multiple=True, metavar="F", help="Such as recall, reaffirm, implement.")
@click.option("--topic", multiple=True, metavar="T", help="Of paragraphs or documents about T.")
@click.option("--ego", metavar="D", help="The network round a document or instrument.")
@click.option("--steps", type=int, metavar="N", help="How many citations away.  [default: 1]")
@click.option(
    "--measures",
    multiple=True,
    metavar="M",
    help="Of each node: in-degree, out-degree, pagerank, hits, betweenness, co-citation, coupling, "
    "main-path, communities, or all; in graphml, gexf, gml, dot, cytoscape, json and zip.",
)
@click.option("--output", metavar="F", type=click.Path(path_type=Path), help="Write to a file.")
@click.option(
    "--language",
    type=click.Choice(_LANGUAGES),
    default="en",
    show_default=True,
    help="Of titles, and of the words shown where there is a choice.",
)
@click.option("--store", metavar="S", help="The store.  [env: PURSUANT_STORE]")
def export(
    what: str, form: str, output: Path | None, language: str, store: str | None, **chosen: Any
) -> None:
    """Give out the citation network, the mandates or the whole graph.

    Citations: graphml, gexf, gml, dot, svg, pajek, cytoscape, json (node-link), csv, zip (nodes.csv
    and edges.csv; in the folder that --output names where it does not end with .zip), cito, ris,
    bibtex, or RDF.

    Mandates: csv, json, xlsx, or RDF.

    RDF is turtle, trig, ntriples, nquads, jsonld or rdfxml.

    The filters and measures are of citations alone. Those that may be several are given again, or
    with commas: --body ga,sc.
    """
    asked = {name: value for name, value in chosen.items() if value not in (None, ())}
    if what == "citations":
        _citations(form, output, store, {"language": language, **asked})
    elif asked:
        named = ", ".join(f"--{name.replace('_', '-')}" for name in asked)
        raise click.UsageError(f"{named} cannot be used with {what}, only with citations.")
    else:
        _others(what, form, output, language, store)


def _citations(form: str, output: Path | None, store: str | None, asked: dict[str, Any]) -> None:
    from pursuant import networks
    from pursuant.ingesting import readable

    form, choice = networks.form_of(form), networks.choice_of(**asked)
    networks.check(form, choice)
    subject = networks.subject(readable(store, say), choice, _shown)
    if form == "zip" and output is not None and output.suffix != ".zip":
        networks.write_pair(subject, output)
        return
    with writing(form, output) as file:
        networks.write(subject, form, file)


def _others(what: str, form: str, output: Path | None, language: str, store: str | None) -> None:
    from pursuant import exporting
    from pursuant.ingesting import readable

    form = exporting.format_of(what, form)
    held = readable(store, say)
    if what == "mandates":
        data = exporting.mandates(held, form, language)
    else:
        data = exporting.graph(held, form)
    give(data, form, output)


def _shown(items: Iterable[Any], what: str, total: int) -> Iterable[Any]:
    return tracked(items, what, total)


COMMANDS = (export,)
