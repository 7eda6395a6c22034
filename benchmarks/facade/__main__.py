"""`python -m benchmarks.facade`: makes the graphs, starts the servers, measures them."""

from __future__ import annotations

import json
import os
import sys
from contextlib import ExitStack
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from benchmarks.facade import answers
from benchmarks.facade.generate import SEED, made
from benchmarks.facade.measuring import measure, measure_rounds
from benchmarks.facade.peers import PEERS, Missing, our_store
from benchmarks.facade.processes import Failed
from benchmarks.facade.questions import QUICK, loads
from benchmarks.facade.report import SAID, Outcome, as_json, tables

if TYPE_CHECKING:
    from benchmarks.facade.generate import Made
    from benchmarks.facade.peers import Peer
    from benchmarks.facade.processes import Server
    from benchmarks.facade.questions import Load

_FOLDER = Path(__file__).parents[2] / "build" / "facade"
_PATIENCE = 60.0


class _Names(click.ParamType[tuple[str, ...]]):
    """Names with commas between them."""

    name = "names"

    def __init__(self, known: tuple[str, ...]) -> None:
        self.known = known

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The names, each of which must be known."""
        named = tuple(part.strip() for part in value.split(","))
        for name in named:
            if name not in self.known:
                self.fail(f"{name!r} is none of {', '.join(self.known)}", param, ctx)
        return named


def _clients(_: click.Context, __: click.Parameter, value: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in value.split(","))
    except ValueError:
        raise click.BadParameter("numbers with commas between them") from None


@click.command()
@click.option("--triples", default=1_000_000, show_default=True, help="Size of the graph.")
@click.option("--small", default=1_000_000, show_default=True, help="The most for rdflib.")
@click.option("--seed", default=SEED, show_default=True)
@click.option("--seconds", default=10.0, show_default=True, help="Time for each load.")
@click.option("--patience", default=300.0, show_default=True, help="The most for one round.")
@click.option("--clients", default="1,8", show_default=True, callback=_clients)
@click.option("--only", type=_Names(tuple(PEERS)), help="Servers to run, with commas.")
@click.option("--loads", "chosen", type=_Names(tuple(loads())), help="Loads to send, with commas.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Write it for machines.")
def main(
    triples: int,
    small: int,
    seed: int,
    seconds: float,
    patience: float,
    clients: tuple[int, ...],
    only: tuple[str, ...] | None,
    chosen: tuple[str, ...] | None,
    target: Path | None,
) -> None:
    """Measure our SPARQL endpoint and its peers on a graph of our model.

    What is loaded is kept in build/facade for the next time.
    """
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(SAID.format(cores=os.cpu_count()))
    small = min(small, triples)
    usual = [name for name in PEERS if name != "ours-small" or small < triples]
    peers = [PEERS[name] for name in only or usual]
    wanted = [load for name, load in loads().items() if chosen is None or name in chosen]
    with console.status("making the graphs") as status, ExitStack() as running:
        runs = [
            _Run(peer, made(_FOLDER, small if peer.is_small else triples, seed)) for peer in peers
        ]
        for run in runs:
            status.update(f"{run.peer.title}: loading")
            running.callback(run.stop)
            run.start()
        for load, count in product(wanted, clients):
            for run in runs:
                status.update(f"{load.name}, {count} clients: {run.peer.title}")
                run.measure(load, count, seconds, patience)
    _tell(console, {run.peer.name: run.outcome for run in runs}, seconds, seed, target)


def _tell(
    console: Console,
    outcomes: dict[str, Outcome],
    seconds: float,
    seed: int,
    target: Path | None,
) -> None:
    for table in tables(outcomes):
        console.print(table)
    if target:
        setting = {"cores": os.cpu_count(), "seed": seed, "seconds": seconds}
        target.write_text(json.dumps(as_json(outcomes, setting), indent=2) + "\n", encoding="utf-8")


@cache
def _prepared(graph: Made) -> tuple[Path, dict[str, list[answers.Rows]]]:
    """The folder of a graph's servers, and what is right to answer."""
    folder = _FOLDER / graph.path.stem
    folder.mkdir(parents=True, exist_ok=True)
    return folder, answers.expected(graph, our_store(graph, folder))


class _Run:
    """One peer: all of them run, and each load is sent to one after the other.

    What else the machine does then weighs on all alike, and idle servers take no processor.
    """

    def __init__(self, peer: Peer, graph: Made) -> None:
        self.peer, self.graph = peer, graph
        self.outcome = Outcome(graph.triples)
        self.server: Server | None = None
        self._running = ExitStack()

    def start(self) -> None:
        """Starts the server, and compares its answers with the engine's."""
        _, right = _prepared(self.graph)
        if (server := self._started()) is None:
            return
        self.outcome.load_seconds = server.load_seconds
        self.outcome.compared = answers.compared(self.graph, server, right, _PATIENCE)
        self._spoiled(self.outcome.compared.answers < self.outcome.compared.all)

    def stop(self) -> None:
        """Ends the server."""
        self._running.close()
        self.server = None

    def measure(self, load: Load, clients: int, seconds: float, patience: float) -> None:
        """Sends one load, unless the server could not be started or is gone."""
        if self.outcome.problem or (server := self._started()) is None:
            return
        bounds = (self.graph, load, clients, seconds)
        try:
            if self.peer.is_slow and load.name not in QUICK:
                measured = measure_rounds(server, *bounds, patience)
            else:
                measured = measure(server, *bounds)
        except (Missing, Failed) as problem:
            self.outcome.problem = str(problem)
            return
        self.outcome.measured[load.name, clients] = measured
        self._spoiled(measured.is_bound)

    def _started(self) -> Server | None:
        if self.server is None:
            folder, _ = _prepared(self.graph)
            try:
                self.server = self._running.enter_context(self.peer.serve(self.graph, folder))
            except (Missing, Failed) as problem:
                self.outcome.problem = str(problem)
        return self.server

    def _spoiled(self, is_so: bool) -> None:
        """Ends a server that works yet for clients who gave up; the next load starts it anew."""
        if is_so and self.peer.is_slow:
            self.stop()


if __name__ == "__main__":
    main()
