"""One run: `python -m benchmarks.network [--nodes N] [--edges M] [--stored C] [--json FILE]`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.network.tasks import TASKS

GOALS = {
    ("graphml", "processor"): 1.0,
    ("graphml", "seconds"): 1.0,
    ("graphml", "megabytes"): 0.25,
    ("gexf", "processor"): 1.0,
    ("gexf", "seconds"): 1.0,
    ("gexf", "megabytes"): 0.25,
    ("pagerank", "processor"): 1.2,
    ("pagerank", "seconds"): 1.2,
}
Measured = dict[str, dict[str, float]]


def main() -> None:
    """Measures, prints the tables, and says by the exit status whether the goals are reached."""
    asked = _asked()
    with tempfile.TemporaryDirectory() as folder:
        found = {
            name: _measured(name, asked.nodes, asked.edges, Path(folder) / "network")
            for name in TASKS
        }
        stored = gathered(asked.stored, Path(folder)) if asked.stored else {}
    ratios = compared(found)
    if asked.json:
        told = {"nodes": asked.nodes, "edges": asked.edges, "tasks": found, "ratios": ratios}
        told["stored"] = stored
        asked.json.write_text(json.dumps(told, indent=1) + "\n")
    Console().print(*tables(found, ratios, asked.nodes, asked.edges))
    if stored:
        Console().print(measurements(stored, "A store in a folder"))
    sys.exit(any(value > GOALS[what, unit] for (what, unit), value in _keyed(ratios)))


def gathered(citations: int, folder: Path) -> Measured:
    """An export from a store of so many citations, and from one of a tenth, of as many documents.

    What it takes more of memory for the larger is what the engine takes more.
    """
    nodes, found = max(citations // 50, 100), {}
    for edges in (citations // 10, citations):
        place = folder / f"store-{edges}"
        _measured("fill", nodes, edges, place)
        for name in ("query", "export"):
            found[f"{name}, {edges:,} citations"] = _measured(name, nodes, edges, place)
    return found


def compared(found: Measured) -> dict[str, float]:
    """Ours as a share of the best of the others, by "task unit"; columns are ours too."""
    ratios = {}
    for what, unit in GOALS:
        others = [
            each[unit]
            for name, each in found.items()
            if name.startswith(f"{what} ") and not name.endswith(("pursuant", "columns"))
        ]
        ratios[f"{what} {unit}"] = found[f"{what} pursuant"][unit] / min(others)
    return ratios


def tables(found: Measured, ratios: dict[str, float], nodes: int, edges: int) -> list[Table]:
    """What was measured, and what it is beside the goals."""
    reached = Table(title="Pursuant : the best of the others")
    for column in ("what", "ratio", "goal", ""):
        reached.add_column(column)
    for (what, unit), value in _keyed(ratios):
        goal = GOALS[what, unit]
        state = "reached" if value <= goal else "missed"
        reached.add_row(f"{what}, {unit}", f"{value:.2f}", f"<= {goal}", state)
    return [measurements(found, f"{nodes:,} nodes, {edges:,} edges"), reached]


def measurements(found: Measured, title: str) -> Table:
    """What was measured."""
    measured = Table(title=title)
    for column in ("task", "processor s", "wall-clock s", "peak MB"):
        measured.add_column(column, justify="left" if column == "task" else "right")
    for name, each in found.items():
        measured.add_row(
            name, f"{each['processor']:.3f}", f"{each['seconds']:.3f}", f"{each['megabytes']:.0f}"
        )
    return measured


def _keyed(ratios: dict[str, float]) -> list[tuple[tuple[str, str], float]]:
    return [((name.split()[0], name.split()[1]), value) for name, value in ratios.items()]


def _measured(name: str, nodes: int, edges: int, file: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.network.tasks", name]
    ran = subprocess.run(
        [*command, str(nodes), str(edges), str(file)], capture_output=True, text=True, check=True
    )
    told: dict[str, float] = json.loads(ran.stdout)
    return told


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.network")
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--stored", type=int, default=100_000, help="citations of a store")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
