"""What was measured, as tables for people and as JSON for machines."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from rich.table import Table

from benchmarks.facade.answers import Compared
from benchmarks.facade.peers import PEERS
from benchmarks.facade.questions import questions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.facade.measuring import Measured

SAID = (
    "Client and server share the machine's {cores} cores, so that a rate is that of both; "
    "CPU is the server's alone, for one answer. "
    "Each load is sent by wrk over kept connections, by GET, for JSON; "
    "each query text is new, save for the loads that repeat. "
    "rdflib-endpoint is sent whole rounds of a load instead, and waited for; where a round does "
    "not end in time, the rate is the most that it can be."
)


@dataclass
class Outcome:
    """What came of one peer.

    Attributes:
        triples: size of the graph that it was asked about.
        problem: why it was not measured, if so.
        load_seconds: until it could be asked; little where it kept what it had loaded.
        compared: whether its answers are right.
        measured: by load and number of clients.
    """

    triples: int
    problem: str | None = None
    load_seconds: float = 0.0
    compared: Compared = field(default_factory=Compared)
    measured: dict[tuple[str, int], Measured] = field(default_factory=dict)

    def is_wrong(self, load: str) -> bool:
        """Whether an answer to a question of a load is wrong."""
        plain = load.removesuffix("-repeated")
        return any(plain in (name, "mix") for name in self.compared.faults)


@dataclass(frozen=True, slots=True)
class Ratio:
    """One of our rates over a peer's.

    Attributes:
        goal: the least that is wanted, if anything is.
        is_least: whether it is more, the peer not having ended all that it was asked.
    """

    load: str
    clients: int
    peer: str
    value: float
    goal: float | None
    is_least: bool = False


_GOALS: Mapping[tuple[str, str], float] = {
    ("mix", "oxigraph"): 0.95,
    ("mix-repeated", "oxigraph"): 10,
    ("tiny", "oxigraph"): 0.25,
    ("mix", "rdflib"): 100,
    ("mix", "oxrdflib"): 100,
}
_SUMMED = ("mix", "mix-repeated", "tiny", "tiny-repeated")


def ratios(outcomes: Mapping[str, Outcome]) -> Iterator[Ratio]:
    """Ours over each peer on the same graph."""
    for name, outcome in outcomes.items():
        same = [
            one
            for own, one in outcomes.items()
            if own in ("ours", "ours-small") and one.triples == outcome.triples
        ]
        if not same or outcome in same:
            continue
        (ours,) = same[:1]
        for (load, clients), measured in outcome.measured.items():
            own = ours.measured.get((load, clients))
            if load in _SUMMED and own and measured.rate:
                value = own.rate / measured.rate
                yield Ratio(load, clients, name, value, _GOALS.get((load, name)), measured.is_bound)


def tables(outcomes: Mapping[str, Outcome]) -> Iterator[Table]:
    """One table for each load, one for the peers, and the ratios last."""
    every = dict.fromkeys(key for outcome in outcomes.values() for key in outcome.measured)
    for load in dict.fromkeys(name for name, _ in every):
        yield _load_table(load, [c for name, c in every if name == load], outcomes)
    yield _peer_table(outcomes)
    yield _ratio_table(outcomes)


def _load_table(load: str, clients: Sequence[int], outcomes: Mapping[str, Outcome]) -> Table:
    words = questions()[load].words if load in questions() else ""
    table = Table(title=f"{load}: {words}" if words else load, title_justify="left")
    table.add_column("server")
    for heading in ("triples", "clients", "queries/s", "p50 ms", "p99 ms", "CPU ms", "MB", "notes"):
        table.add_column(heading, justify="left" if heading == "notes" else "right")
    for name, outcome in outcomes.items():
        for count in clients:
            row = _measured_row(outcome, load, count)
            table.add_row(PEERS[name].title, f"{outcome.triples:,}", str(count), *row)
    return table


def _measured_row(outcome: Outcome, load: str, clients: int) -> tuple[str, ...]:
    measured = outcome.measured.get((load, clients))
    if measured is None:
        return "", "", "", "", "", "not measured"
    notes = [f"{measured.refused} refused"] * bool(measured.refused)
    word = "not ended" if measured.is_bound else "broken"
    notes += [f"{measured.broken} {word}"] * bool(measured.broken)
    notes += ["answers wrongly"] * outcome.is_wrong(load)
    return (
        f"{'<= ' * measured.is_bound}{_rounded(measured.rate)}",
        f"{measured.p50:,.1f}",
        f"{measured.p99:,.1f}",
        f"{measured.work:,.2f}",
        f"{measured.megabytes:,.0f}",
        ", ".join(notes),
    )


def _rounded(rate: float) -> str:
    return f"{rate:,.{0 if rate >= 100 else 2 if rate >= 0.1 else 4}f}"


def _peer_table(outcomes: Mapping[str, Outcome]) -> Table:
    table = Table(title="servers", title_justify="left")
    for heading in ("server", "triples", "ready after s", "most MB", "answers"):
        table.add_column(heading)
    for name, outcome in outcomes.items():
        found = outcome.compared
        wrong = "; ".join(f"{question}: {fault}" for question, fault in found.faults.items())
        wrong = f"{wrong or 'right'} ({found.answers} of {found.all} compared)"
        megabytes = max((m.megabytes for m in outcome.measured.values()), default=0)
        told = (f"{outcome.load_seconds:.1f}", f"{megabytes:,.0f}", wrong)
        if outcome.problem:
            told = ("", "", outcome.problem)
        table.add_row(PEERS[name].title, f"{outcome.triples:,}", *told)
    return table


def _ratio_table(outcomes: Mapping[str, Outcome]) -> Table:
    found = {(r.load, r.clients, r.peer): r for r in ratios(outcomes)}
    peers = list(dict.fromkeys(peer for _, _, peer in found))
    table = Table(title="ours over the others, queries/s", title_justify="left")
    table.add_column("load")
    table.add_column("clients", justify="right")
    for peer in peers:
        table.add_column(PEERS[peer].title, justify="right")
    for load, clients in dict.fromkeys((load, clients) for load, clients, _ in found):
        cells = (found.get((load, clients, peer)) for peer in peers)
        table.add_row(load, str(clients), *(_ratio_cell(ratio) for ratio in cells))
    return table


def _ratio_cell(ratio: Ratio | None) -> str:
    if ratio is None:
        return ""
    text = f"{ratio.value:,.2f}" if ratio.value < 100 else f"{ratio.value:,.0f}"
    text = f"{'>= ' * ratio.is_least}{text}"
    if ratio.goal is None:
        return text
    return f"{text} ({'reaches' if ratio.value >= ratio.goal else 'misses'} {ratio.goal:g})"


def as_json(outcomes: Mapping[str, Outcome], setting: Mapping[str, Any]) -> dict[str, Any]:
    """Everything, for machines."""
    servers = {}
    for name, outcome in outcomes.items():
        told = {"title": PEERS[name].title, "triples": outcome.triples, "problem": outcome.problem}
        told |= {"load_seconds": outcome.load_seconds, "compared": asdict(outcome.compared)}
        loads = [
            {"load": load, "clients": clients, **asdict(measured)}
            for (load, clients), measured in outcome.measured.items()
        ]
        servers[name] = told | {"measured": loads}
    found = [asdict(ratio) for ratio in ratios(outcomes)]
    return {"setting": dict(setting), "servers": servers, "ratios": found}
