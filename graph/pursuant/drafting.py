"""The next state of a store while it is written: named graphs, and their merge beside them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pursuant.content import Content
    from pursuant.manifest import GraphRecord, Manifest

_BATCH = 200_000


class Draft:
    """The next state while it is written; the engine is not asked for before something differs."""

    def __init__(self, before: Manifest, start: Callable[[], ox.Store]) -> None:
        self.before = before
        self.start = start
        self.engine: ox.Store | None = None
        self.records: dict[str, GraphRecord] = {}
        self.pending: dict[str, Content] = {}

    def written(
        self,
        contents: Iterable[tuple[str, Content]],
        remove: tuple[str, ...],
        fingerprint: str | None,
    ) -> Manifest:
        """The manifest of the state in which graphs are replaced and removed."""
        for name, new in contents:
            self.put(name, new)
        after = self.before.following(self.records, remove, fingerprint)
        if after != self.before:
            engine = self.flush()
            self.clear(engine, self.before.graphs.keys() - after.graphs.keys())
        return after

    def put(self, name: str, new: Content) -> None:
        """Takes in a graph, in place of one that has its name."""
        held = self.records.get(name) or self.before.graphs.get(name)
        self.records[name] = new.record
        if held is None or held.content != new.record.content:
            self.pending[name] = new
        if sum(content.record.triples for content in self.pending.values()) > _BATCH:
            self.flush()

    def flush(self) -> ox.Store:
        """Writes what was taken in."""
        engine = self.engine = self.engine or self.start()
        self.clear(engine, self.pending)
        written = b"".join(new.nquads for new in self.pending.values())
        for named in (True, False):
            quads = ox.parse(written, ox.RdfFormat.N_QUADS)
            engine.bulk_extend(quads if named else (ox.Quad(*quad.triple) for quad in quads))
        self.pending.clear()
        return engine

    @staticmethod
    def clear(engine: ox.Store, names: Iterable[str]) -> None:
        """Removes named graphs, and from the default graph what no other graph states."""
        for name in map(ox.NamedNode, names):
            stated = [quad.triple for quad in engine.quads_for_pattern(None, None, None, name)]
            engine.remove_graph(name)
            for triple in stated:
                default = ox.Quad(*triple)
                if list(islice(engine.quads_for_pattern(*triple), 2)) == [default]:
                    engine.remove(default)

    def close(self) -> None:
        """Brings everything to disk and lets go of the folder."""
        if self.engine is not None:
            self.engine.flush()
        self.engine = None
