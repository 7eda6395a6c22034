"""The commands that report on the whole store: the register of mandates, and the audit."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pursuant.commands import WRONG, Command
from pursuant.terminal import TABLE_FORMATS, give, say, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from pursuant.store import Store
    from pursuant.table import Table

_LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")
_NETWORKS = ("graphml", "gexf", "gml", "dot", "pajek", "cytoscape")
_language = click.option(
    "--language",
    type=click.Choice(_LANGUAGES),
    default="en",
    show_default=True,
    help="Of summaries, and of the words shown where there is a choice.",
)
_format = click.option(
    "--format", "form", type=click.Choice(TABLE_FORMATS), default="table", show_default=True
)
_output = click.option(
    "--output", metavar="F", type=click.Path(path_type=Path), help="Write to a file."
)
_store = click.option("--store", metavar="S", help="The store.  [env: PURSUANT_STORE]")


@click.command(
    cls=Command,
    example="pursuant mandates --addressee unodc --force request --format xlsx --output unodc.xlsx",
)
@click.option("--addressee", metavar="E", help="Who is asked: unodc, member-states ...")
@click.option("--force", metavar="F", help="How strongly: request, call-upon, encourage ...")
@click.option("--document", metavar="D", help="In which document.")
@click.option("--partner", metavar="E", help="With whom: cted, interpol ...")
@click.option("--mode", metavar="M", help="How with them: cooperation, coordination, through ...")
@click.option("--condition", metavar="C", help="Under which condition: upon-request ...")
@click.option("--topic", metavar="T", help="On what: terrorist-financing, victims ...")
@click.option("--pillar", metavar="P", help="Pillar of the Counter-Terrorism Strategy: i to iv.")
@click.option("--due", metavar="S", help="To report at a session: A/75, or 75 of any body.")
@click.option("--body", metavar="B", help="Adopted by: ga, sc, ecosoc, hrc ...")
@click.option("--year", metavar="Y", type=int, help="Adopted in.")
@click.option("--changes", metavar="E", help="That establishes, renews or ends an entity.")
@click.option("--as-of", metavar="DAY", help="In force on a day: 2024-06-30; of a report, its day.")
@click.option(
    "--report",
    type=click.Choice(("life-cycle", "no-sunset", "expiring-soon", "overlaps", "partners")),
    help="Something else of these mandates: see above.",
)
@click.option("--within", metavar="PERIOD", help="Of expiring-soon.  [default: 6 months]")
@click.option(
    "--least",
    metavar="N",
    type=click.FloatRange(0, 1, min_open=True),
    help="Of overlaps: how alike.  [default: 0.5]",
)
@click.option(
    "--columns",
    type=click.Choice(("pursuant", "un-registry")),
    default="pursuant",
    show_default=True,
)
@click.option(
    "--format",
    "form",
    type=click.Choice((*TABLE_FORMATS, *_NETWORKS)),
    default="table",
    show_default=True,
)
@_output
@_language
@_store
def mandates(
    form: str, output: Path | None, language: str, store: str | None, **asked: Any
) -> None:
    """Who is asked to do what, with whom, for whom, on which conditions, until when.

    Names are known in any spelling: UNODC, unodc, 毒品和犯罪问题办公室. A table leaves out the
    columns in which nothing stands.

    Reports, on the mandates that pass the filters: "life-cycle", what became of bodies, step by
    step; "no-sunset", those established without a term and never reviewed; "expiring-soon", those
    whose term ends --within a period; "overlaps", pairs of resolutions that ask the same of the
    same; "partners", who works with whom, also as a network (graphml, gexf, gml, dot, pajek,
    cytoscape).
    """
    report, columns = asked.pop("report"), asked.pop("columns")
    _check(report, columns, form, asked)
    from pursuant.ingesting import readable

    held = readable(store, say)
    if form in _NETWORKS:
        give(_network(held, form, language, asked), form, output)
        return
    chosen = {name: value for name, value in asked.items() if value is not None}
    table = _tables(report or columns)(held, language=language, **chosen)
    show(table.without_empty() if form == "table" else table, form, output)


def _check(report: str | None, columns: str, form: str, asked: dict[str, Any]) -> None:
    for name, of in (("within", "expiring-soon"), ("least", "overlaps")):
        if report != of and asked[name] is not None:
            raise click.UsageError(f"--{name} goes with --report {of}.")
    if report and columns != "pursuant":
        raise click.UsageError(f"A report has its own columns, not those of {columns}.")
    if form in _NETWORKS and report != "partners":
        raise click.UsageError(f"{form} is for --report partners.")


def _network(store: Store, form: str, language: str, asked: dict[str, Any]) -> bytes:
    from pursuant.partnering import partner_network, written

    chosen = {name: value for name, value in asked.items() if value is not None}
    return written(partner_network(store, language, **chosen), form)


def _tables(name: str) -> Callable[..., Table]:
    from pursuant.mandate_register import mandates as register
    from pursuant.mandate_reports import expiring_soon, life_cycle, no_sunset
    from pursuant.overlapping import overlaps
    from pursuant.partnering import partners
    from pursuant.registry_columns import un_registry

    tables: dict[str, Callable[..., Table]] = {
        "pursuant": register,
        "un-registry": un_registry,
        "life-cycle": life_cycle,
        "no-sunset": no_sunset,
        "expiring-soon": expiring_soon,
        "overlaps": overlaps,
        "partners": partners,
    }
    return tables[name]


@click.command(
    cls=Command, example="pursuant audit unresolved --format csv --output unresolved.csv"
)
@click.argument("section", required=False)
@click.option("--strict", is_flag=True, help="Exit status 1 where something is found.")
@_format
@_output
@_language
@_store
def audit(
    section: str | None,
    strict: bool,
    form: str,
    output: Path | None,
    language: str,
    store: str | None,
) -> int:
    """What the store lacks, and where it contradicts itself.

    Without a SECTION: how much there is of each. As JSON or XLSX: all of it, each section a list
    or a sheet. The sections are cited-not-held, held-not-cited, unresolved, languages,
    language-differences, links and unverified.

    The exit status is 0, whatever is found: this is a report. With --strict it is 1 then.
    """
    from pursuant import auditing
    from pursuant.ingesting import readable

    found = auditing.audit(readable(store, say), section, language)
    if section:
        show(found[section], form, output)
    elif form == "json":
        data = json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n"
        give(data.encode(), form, output)
    elif form == "xlsx":
        workbook = io.BytesIO()
        found.to_xlsx(workbook)
        give(workbook.getvalue(), form, output)
    else:
        show(found.summary(), form, output)
    return WRONG if strict and not found.is_clean else 0


COMMANDS = (mandates, audit)
