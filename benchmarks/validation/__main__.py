"""`python -m benchmarks.validation`: makes graphs, checks them by each engine, prints a table."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from benchmarks.validation.data import data, distinct, shapes
from pursuant.table import Table

_ROOT = Path(__file__).parents[2]
_FOLDER = _ROOT / "build" / "validation"
_PEER = _ROOT / "build" / "peers-validation" / "bin" / "python"
_COLUMNS = (
    "shapes",
    "triples",
    "engine",
    "reading, s",
    "validating, s",
    "processor, s",
    "peak, MB",
    "results",
    "same as ours",
    "processor, x ours",
)
_SIZES = {"core": (100_000, 1_000_000), "all": (30_000, 100_000, 1_000_000)}

Row = tuple[Any, ...]


@click.command()
@click.option("--triples", default=1_000_000, show_default=True, help="The largest graph.")
@click.option("--limit", default=1800.0, show_default=True, help="Seconds for one run.")
@click.option("--peer", default=_PEER, type=click.Path(path_type=Path), help="Python with pyrudof.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Write it for machines.")
def main(triples: int, limit: float, peer: Path, target: Path | None) -> None:
    """Measure validation: ours over the engine, pySHACL on rdflib in memory, and rudof."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    console = Console(width=150)
    for which, sizes in _SIZES.items():
        given, too_slow = shapes(_FOLDER, which), set[str]()
        for size in sorted({min(size, triples) for size in sizes}):
            rows += _size(which, size, given, limit, peer, too_slow)
            console.print(Table(_COLUMNS, tuple(rows[-3:])).to_rich())
    table = Table(_COLUMNS, tuple(rows))
    console.print(table.to_rich())
    if target:
        target.write_text(json.dumps(table.to_json(), indent=1) + "\n", "utf-8")


def _size(
    which: str, size: int, given: Path, limit: float, peer: Path, too_slow: set[str]
) -> list[Row]:
    """The rows of one graph; an engine that a smaller one took too long is not begun."""
    file = data(_FOLDER, size)
    rows: list[Row] = []
    best: dict[str, Any] = {}
    for engine, python in (
        ("ours", sys.executable),
        ("rudof", str(peer)),
        ("pyshacl", sys.executable),
    ):
        start = (which, distinct(file), engine)
        if engine in too_slow:
            rows.append((*start, None, "not begun: a smaller graph took too long", *[None] * 5))
            continue
        spent = _processor_seconds()
        told = _run(python, engine, file, given, limit)
        if isinstance(told, str):
            least = None
            if told.startswith("ended"):
                too_slow.add(engine)
                least = f"> {(_processor_seconds() - spent) / best['cpu']:.0f}"
            rows.append((*start, None, told, None, None, None, None, least))
            continue
        same = None if not best or told["digest"] is None else told["digest"] == best["digest"]
        best = best or told
        rows.append(
            (
                *start,
                round(told["read"], 1),
                round(told["seconds"], 2),
                round(told["cpu"], 2),
                round(told["megabytes"]),
                told["results"],
                "" if told is best else "yes" if same else "not compared" if same is None else "NO",
                f"{told['cpu'] / best['cpu']:.1f}",
            )
        )
    return rows


def _processor_seconds() -> float:
    """Of all engines that have ended so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(python: str, engine: str, file: Path, given: Path, limit: float) -> dict[str, Any] | str:
    """What one run told, or why it told nothing."""
    command = [python, "-m", "benchmarks.validation.one", engine, str(file), str(given)]
    try:
        ran = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return f"ended after {limit:g} s"
    except OSError as problem:
        return f"not there: {problem.strerror}"
    if ran.returncode:
        said = re.findall(r"^[\w.]*Error: .*", ran.stderr, re.MULTILINE) or ["without a word"]
        return f"failed: {said[-1][:160]}"
    told: dict[str, Any] = json.loads(ran.stdout.strip().splitlines()[-1])
    return told


if __name__ == "__main__":
    main()
