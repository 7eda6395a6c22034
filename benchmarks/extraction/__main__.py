"""`python -m benchmarks.extraction`: makes texts, extracts them, prints what it took."""

from __future__ import annotations

import json
import random
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from benchmarks.extraction.composing import CODES, long_resolution, opinion, resolution
from benchmarks.extraction.measuring import Run, extraction, eyecite, seconds_for, stages
from benchmarks.extraction.pages import LINES, pdf
from pursuant import SAMPLE
from pursuant.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOLDER = Path(__file__).parents[2] / "build" / "extraction"
_PEER = Path(__file__).parents[2] / "build" / "peers-extraction" / "bin" / "python"
_SIZE = 18_000  # bytes: the mean of a resolution's text dump
_END = 12  # lines with the last paragraph and the close: a text that breaks off there is refused

Row = tuple[str, float | int | str, str]


@click.command()
@click.option("--documents", default=5_000, show_default=True, help="Resolutions to extract.")
@click.option("--seed", default=0, show_default=True)
@click.option("--peer", default=_PEER, type=click.Path(path_type=Path), help="Python with eyecite.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Write it for machines.")
def main(documents: int, seed: int, peer: Path, target: Path | None) -> None:
    """Measure extraction on composed resolutions in six languages, with eyecite as yardstick."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    files = _written(documents, seed)
    rows = [*_speed(extraction(files, _FOLDER), files), *_one_pdf(seed)]
    rows += _beside_eyecite(peer, min(documents, 500), seed)
    sample = [file.read_bytes() for file in files[:120]]
    rows += [(f"stage: {stage}", round(100 * s, 1), "%") for stage, s in stages(sample).items()]
    table = Table(("what", "measured", "unit"), tuple(rows))
    Console().print(table.to_rich())
    if target:
        target.write_text(json.dumps(table.to_json(), indent=1) + "\n", "utf-8")


def _written(documents: int, seed: int) -> list[Path]:
    """Resolutions: E/RES/2019/21 with lines left out, and composed ones, turn about."""
    lines = SAMPLE.read_text("utf-8").split("\n")
    body, end = lines[:-_END], lines[-_END:]
    files = []
    for number in range(documents):
        chance = random.Random(f"{seed}:{number}")
        code = CODES[number % len(CODES)]
        if code == "zh":
            text = "\n".join([*(x for x in body if chance.random() > 0.01), *end])
        else:
            text = long_resolution(code, chance, _SIZE)
        files.append(_FOLDER / f"{number:05}.txt")
        files[-1].write_text(text, "utf-8")
    return files


def _speed(ran: Run, files: Sequence[Path]) -> list[Row]:
    size = sum(file.stat().st_size for file in files)
    read = sum(b'"error"' not in line[:200] for line in ran.output.splitlines())
    return [
        ("documents", len(files), f"{size / 1e6:.1f} MB, {read} read"),
        ("speed", round(len(files) / ran.seconds, 1), "documents/s, start to end, all cores"),
        ("speed", round(size / 1e6 / ran.seconds, 2), "MB/s"),
        ("peak memory", round(ran.memory / 1e6), "MB, all processes together"),
    ]


def _one_pdf(seed: int) -> list[Row]:
    texts = (resolution("en", random.Random(f"{seed}:{i}"), 60).split("\n") for i in count())
    lines = next(found for found in texts if 9 * LINES < len(found) <= 10 * LINES)
    taken = seconds_for(pdf(lines), "f.pdf")
    return [("a PDF of ten pages", round(taken, 3), "s, median of 5")]


def _beside_eyecite(peer: Path, documents: int, seed: int) -> list[Row]:
    """English of one size: resolutions through Pursuant, opinions of courts through eyecite."""
    ours, theirs = [], []
    for number in range(documents):
        chance = random.Random(f"{seed}:legal:{number}")
        ours.append(_FOLDER / f"en{number:05}.txt")
        ours[-1].write_text(long_resolution("en", chance, _SIZE), "utf-8")
        theirs.append(_FOLDER / f"opinion{number:05}.txt")
        theirs[-1].write_text(opinion(chance, ours[-1].stat().st_size), "utf-8")
    ran, told = extraction(ours, _FOLDER), eyecite(peer, theirs, _FOLDER)
    rows: list[Row] = [("English, Pursuant", round(documents / ran.seconds, 1), "documents/s")]
    if told is None:
        return [*rows, ("English, eyecite", "not installed", "make bench-extraction installs it")]
    speed = documents / told["seconds"]
    return [
        *rows,
        ("English, eyecite", round(speed, 1), f"documents/s, {told['citations']:.0f} citations"),
        ("Pursuant : eyecite", round(told["seconds"] / ran.seconds, 2), "times as fast"),
    ]


if __name__ == "__main__":
    main()
