"""What a revision of the store holds, graph by graph."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# How a revision lies in its folder: the named graphs, and their merge in the default graph.
LAYOUT = 2


@dataclass(frozen=True, slots=True)
class GraphRecord:
    """What a manifest says of a named graph.

    Attributes:
        content: SHA-256 of its canonical N-Triples, as they were handed in.
        triples: how many they are.
        sources: SHA-256 of the source files that it names.
        shipped: whether it came with the software.
        changed: when it came or its content last changed, in UTC as ISO 8601 has it; None where
            nobody knows.
    """

    content: str
    triples: int
    sources: tuple[str, ...] = ()
    shipped: bool = False
    changed: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Manifest:
    """What a revision holds.

    Attributes:
        fingerprint: of the shipped data among the graphs.
        graphs: what is said of each, by its IRI.
        restores: number of the earlier revision that this one is the same as, after a rollback.
    """

    fingerprint: str | None = None
    graphs: Mapping[str, GraphRecord] = field(default_factory=dict)
    restores: int | None = field(default=None, compare=False)

    @cached_property
    def digest(self) -> str:
        """Twelve hexadecimal digits that change with the content."""
        lines = [f"{name} {record.content}" for name, record in sorted(self.graphs.items())]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]

    def holds(self, graph: str) -> bool:
        """Whether there is a graph of a name, and something in it."""
        record = self.graphs.get(graph)
        return record is not None and record.triples > 0

    def to_json(self) -> str:
        """The text of the manifest's file."""
        graphs = {name: asdict(self.graphs[name]) for name in sorted(self.graphs)}
        told = {
            "layout": LAYOUT,
            "fingerprint": self.fingerprint,
            "restores": self.restores,
            "graphs": graphs,
        }
        return json.dumps(told, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """The manifest that a file holds.

        Raises:
            ValueError: another version wrote it, which laid out its store in another way.
        """
        data = json.loads(text)
        if data.get("layout") != LAYOUT:
            raise ValueError(
                "another version wrote it; remove the folder and add its documents anew"
            )
        graphs = {
            name: GraphRecord(**(record | {"sources": tuple(record["sources"])}))
            for name, record in data["graphs"].items()
        }
        return cls(data["fingerprint"], graphs, data.get("restores"))

    def following(
        self,
        graphs: Mapping[str, GraphRecord],
        remove: Iterable[str] = (),
        fingerprint: str | None = None,
    ) -> Manifest:
        """The manifest after graphs are replaced and removed.

        With a fingerprint the graphs are the shipped data: what was shipped before and is not
        among them goes. Without one they are somebody's own, unless a shipped graph comes again
        as it was.
        """
        kept = {name: r for name, r in self.graphs.items() if not (fingerprint and r.shipped)}
        for name in remove:
            kept.pop(name, None)
        for name, record in graphs.items():
            same = self.graphs.get(name)
            shipped = bool(fingerprint) or (
                same is not None and same.shipped and same.content == record.content
            )
            kept[name] = replace(record, shipped=shipped)
        return Manifest(fingerprint or self.fingerprint, kept)

    def dated(self, before: Manifest, now: datetime | None = None) -> Manifest:
        """The manifest with the time at which each graph changed: now, unless it was so before."""
        told = (now or datetime.now(UTC)).isoformat(timespec="seconds")
        graphs = {}
        for name, record in self.graphs.items():
            held = before.graphs.get(name)
            stays = held and held.content == record.content
            graphs[name] = replace(record, changed=held.changed if held and stays else told)
        return replace(self, graphs=graphs)
