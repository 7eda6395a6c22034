"""`python -m benchmarks.facade`: makes the graph, runs one server after the other."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from benchmarks.facade import answers
from benchmarks.facade.generate import SEED, made
from benchmarks.facade.measuring import measure
from benchmarks.facade.peers import PEERS, Missing, our_store
from benchmarks.facade.processes import Failed
from benchmarks.facade.questions import loads
from benchmarks.facade.report import SAID, Outcome, as_json, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.facade.generate import Made
    from benchmarks.facade.peers import Peer
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
@click.option("--small", default=100_000, show_default=True, help="Size of rdflib's graph.")
@click.option("--seed", default=SEED, show_default=True)
@click.option("--seconds", default=10.0, show_default=True, help="Time for each load.")
@click.option("--clients", default="1,8", show_default=True, callback=_clients)
@click.option("--only", type=_Names(tuple(PEERS)), help="Servers to run, with commas.")
@click.option("--loads", "chosen", type=_Names(tuple(loads())), help="Loads to send, with commas.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Write it for machines.")
def main(
    triples: int,
    small: int,
    seed: int,
    seconds: float,
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
    wanted = [load for name, load in loads().items() if chosen is None or name in chosen]
    outcomes = {}
    for name in only or tuple(PEERS):
        peer = PEERS[name]
        with console.status(f"{peer.title}: preparing the graph") as status:
            graph = made(_FOLDER, small if peer.is_small else triples, seed)
            outcomes[name] = _outcome(peer, graph, wanted, clients, seconds, status.update)
    for table in tables(outcomes):
        console.print(table)
    if target:
        setting = {"cores": os.cpu_count(), "seed": seed, "seconds": seconds}
        target.write_text(json.dumps(as_json(outcomes, setting), indent=2) + "\n", encoding="utf-8")


def _outcome(
    peer: Peer,
    graph: Made,
    wanted: list[Load],
    clients: tuple[int, ...],
    seconds: float,
    say: Callable[[str], None],
) -> Outcome:
    outcome, folder = Outcome(graph.triples), _FOLDER / graph.path.stem
    folder.mkdir(parents=True, exist_ok=True)
    say(f"{peer.title}: asking the engine what is right")
    right = answers.expected(graph, our_store(graph, folder))
    say(f"{peer.title}: loading")
    try:
        with peer.serve(graph, folder) as server:
            outcome.load_seconds = server.load_seconds
            outcome.faults = answers.faults(graph, server, right, _PATIENCE)
            for load in wanted:
                for count in clients:
                    say(f"{peer.title}: {load.name}, {count} clients")
                    measured = measure(server, graph, load, count, seconds)
                    outcome.measured[load.name, count] = measured
    except (Missing, Failed) as problem:
        outcome.problem = str(problem)
    return outcome


if __name__ == "__main__":
    main()
