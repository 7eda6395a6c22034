"""What a SPARQL update makes of a copy of a store: a program of its own, which starts quickly.

    python -m pursuant.applying STORE PLACE < job.json

It needs the engine and little else: what a library takes to load is lost with each update.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pursuant.memory import bound_memory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WRITTEN = "written.nq"


@dataclass(frozen=True, slots=True)
class Change:
    """The graphs that an update wrote, with all that they hold now, and those that it emptied."""

    written: Mapping[str, list[ox.Triple]]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Application:
    """What is to be done.

    Attributes:
        text: of the update.
        base: what relative IRIs are resolved against.
        prefixes: those that the text need not declare.
        default: the graph that is the default graph in the update.
        endings: in lower case, of the IRIs of all other graphs that the update may write; None
            where it may write any.
    """

    text: str
    base: str | None
    prefixes: dict[str, str]
    default: str
    endings: tuple[str, ...] | None

    def may_write(self, name: str) -> bool:
        """Whether the update may write into a graph."""
        if self.endings is None or name == self.default:
            return True
        return name.lower().endswith(self.endings)


def apply(before: ox.Store, copy: ox.Store, asked: Application) -> Change:
    """What an update makes of a copy of a store.

    Raises:
        SyntaxError: the update is wrong, as the engine says it.
        ValueError: it cannot be done; or OSError or RuntimeError.
    """
    own = ox.NamedNode(asked.default)
    copy.clear_graph(ox.DefaultGraph())
    copy.extend([ox.Quad(*quad.triple) for quad in _graph(copy, own)])
    copy.remove_graph(own)
    copy.update(asked.text, base_iri=asked.base, prefixes=asked.prefixes)
    copy.extend([placed(quad.triple, own) for quad in _graph(copy, ox.DefaultGraph())])
    written: dict[str, list[ox.Triple]] = {}
    removed: list[str] = []
    held, holds = set(before.named_graphs()), set(copy.named_graphs())
    for name in held | holds:
        assert isinstance(name, ox.NamedNode)
        if name in held & holds and not asked.may_write(name.value):
            continue
        if all(old == new for old, new in zip_longest(_graph(before, name), _graph(copy, name))):
            continue  # an engine and its copy hold the same graph in the same order
        if triples := [quad.triple for quad in _graph(copy, name)]:
            written[name.value] = triples
        else:
            removed.append(name.value)
    return Change(written, tuple(removed))


def placed(triple: ox.Triple, name: ox.NamedNode) -> ox.Quad:
    """A statement in a graph."""
    return ox.Quad(triple.subject, triple.predicate, triple.object, name)


def _graph(engine: ox.Store, name: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    return engine.quads_for_pattern(None, None, None, name)


def _main(folder: Path, place: Path) -> None:
    job = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    before = ox.Store.read_only(str(folder))
    before.backup(str(place / "copy"))
    copy = ox.Store(str(place / "copy"))
    bound_memory(job.pop("megabytes") * 2**20)
    endings = job.pop("endings")
    try:
        asked = Application(**job, endings=None if endings is None else tuple(endings))
        change = apply(before, copy, asked)
    except SyntaxError as error:
        json.dump({"wrong": str(error)}, sys.stdout)
        return
    except (ValueError, OSError, RuntimeError) as error:
        json.dump({"failed": str(error)}, sys.stdout)
        return
    quads = (
        placed(triple, ox.NamedNode(name))
        for name, triples in change.written.items()
        for triple in triples
    )
    ox.serialize(quads, str(place / WRITTEN), ox.RdfFormat.N_QUADS)
    json.dump({"removed": change.removed}, sys.stdout)


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
