"""The command that measures this installation on documents whose answers are known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pursuant.commands import WRONG, Command
from pursuant.terminal import TABLE_FORMATS, say, show, tracked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pursuant.evaluating import Evaluation
    from pursuant.scoring import DocumentScore
    from pursuant.table import Table

_file = click.Path(path_type=Path, dir_okay=False)
_LANGUAGES = frozenset({"zh", "en", "fr", "es", "ru", "ar"})


def _only(_: click.Context, __: click.Parameter, value: str) -> frozenset[str]:
    names = frozenset(filter(None, (part.strip() for part in value.split(","))))
    if unknown := names - _LANGUAGES:
        raise click.BadParameter(f"{min(unknown)!r} is none of {', '.join(sorted(_LANGUAGES))}")
    return names


@click.command(cls=Command, example="pursuant evaluate marked-up/ --only zh,en --misses misses.csv")
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--only", default="", callback=_only, metavar="L,L", help="Languages to measure.")
@click.option("--sample", type=click.IntRange(0), default=0, metavar="N", help="So many documents.")
@click.option("--seed", type=int, default=0, metavar="S", help="Chooses sample and page layout.")
@click.option("--cover", is_flag=True, help="Dumps with cover page and date of adoption.")
@click.option("--misses", type=_file, metavar="F", help="Write what was missed: CSV, JSON, XLSX.")
@click.option("--save", type=_file, metavar="F.json", help="Keep the result.")
@click.option("--against", type=_file, metavar="F.json", help="Compare with a result kept before.")
@click.option("--parallel", is_flag=True, help="Compare the languages with one another.")
@click.option(
    "--format", "form", type=click.Choice(TABLE_FORMATS), default="table", show_default=True
)
@click.option("--output", metavar="F", type=_file, help="Write to a file.")
def evaluate(
    folder: Path,
    only: frozenset[str],
    sample: int,
    seed: int,
    cover: bool,
    misses: Path | None,
    save: Path | None,
    against: Path | None,
    parallel: bool,
    form: str,
    output: Path | None,
) -> int:
    """Measure this installation on marked-up documents of your own (Akoma Ntoso).

    Each is printed as the text dump of a PDF and read; paragraphs are compared with their text, and
    citations with the editors' hyperlinks. FOLDER may also be a result that was kept with --save.

    With --against the table is of gains and losses, and the exit status is 1 where there is a loss.

    With --parallel no links are needed: the same resolution in two languages should give the same
    instruments in each paragraph.
    """
    if parallel:
        return _compare_languages(folder, only, seed, misses, form, output)
    from pursuant import evaluating

    measured = _measured(folder, only, sample, seed, cover=cover)
    if save:
        evaluating.save(measured, save)
    if misses:
        write(measured.misses(), misses)
    _tell_skipped(measured)
    if against:
        return _show_changes(measured, evaluating.load(against), form, output)
    show(measured.to_table(), form, output)
    return 0


def _measured(
    folder: Path, only: frozenset[str], sample: int, seed: int, *, cover: bool
) -> Evaluation:
    from pursuant import evaluating

    if folder.is_file() and folder.suffix == ".json":
        return evaluating.load(folder)

    def track(items: Iterable[DocumentScore], total: int) -> Iterable[DocumentScore]:
        return tracked(items, "Measuring", total)

    return evaluating.evaluate(folder, only, sample, seed, cover=cover, track=track)


def _compare_languages(
    folder: Path,
    only: frozenset[str],
    seed: int,
    misses: Path | None,
    form: str,
    output: Path | None,
) -> int:
    from pursuant.paralleling import parallel

    compared = parallel(
        folder, only, seed, track=lambda items, total: tracked(items, "Reading", total)
    )
    if misses:
        write(compared.differences(), misses)
    show(compared.to_table(), form, output)
    return 0


def _show_changes(new: Evaluation, old: Evaluation, form: str, output: Path | None) -> int:
    changes = new.against(old)
    show(changes, form, output)
    counts = Counter(str(row["change"]) for row in changes)
    words = ("gain", "loss", "more", "fewer")
    told = ", ".join(f"{counts[word]} {word}" for word in words)
    common = new.common(old)
    say(f"{told} in {common} document{'s' * (common != 1)}")
    return WRONG if counts["loss"] else 0


def _tell_skipped(measured: Evaluation) -> None:
    for reason, count in measured.skipped.items():
        files = "1 file was" if count == 1 else f"{count} files were"
        say(f"pursuant: {files} not measured on: {reason}")


def write(table: Table, path: Path) -> None:
    """A table to a file, in the format of its suffix; CSV where it has another."""
    suffix = path.suffix.removeprefix(".")
    show(table, suffix if suffix in TABLE_FORMATS else "csv", path)


COMMANDS = (evaluate,)
