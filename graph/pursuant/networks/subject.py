"""What is written: a network, and what it was chosen from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pursuant.networks.gathering import UNIT, Cited, Follow, citables, ends, unfollowed
from pursuant.networks.selecting import selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pursuant.networks.choosing import Choice
    from pursuant.networks.columns import Network, Stream
    from pursuant.networks.spooling import Spool
    from pursuant.store import Store


@dataclass(frozen=True, slots=True)
class Subject:
    """A network and what it was chosen from.

    Attributes:
        store: where its citations are.
        choice: what it is of them.
        network: the network: spooled, or in columns where it is measured.
        follow: how progress is shown: given items, what they are and how many, it gives the items.
    """

    store: Store
    choice: Choice
    network: Spool | Network
    follow: Follow = unfollowed

    def stream(self) -> Stream:
        """The network's nodes and edges one after the other."""
        stream = self.network.stream()
        return replace(
            stream,
            nodes=self.follow(stream.nodes, "Nodes", self.network.node_count),
            edges=self.follow(stream.edges, "Edges", self.network.edge_count),
        )

    def documents(self) -> Iterator[str]:
        """IRIs of the documents that cite in the network, sorted."""
        found = {
            iri.rpartition("/")[0] if kind == UNIT else iri for iri, kind in self.network.citing()
        }
        return iter(self.follow(sorted(found), "Documents", len(found)))

    def belonging(self) -> Callable[[Cited], bool]:
        """A test of whether a citation is behind an edge of the network.

        What is not resolved is behind none, and belongs to a network that is not drawn round
        something.
        """
        chosen = selection(self.store, self.choice, citables(self.store))
        nodes = frozenset(self.network.iris()) if self.choice.ego else None

        def belongs(each: Cited) -> bool:
            if not chosen.takes(each.document, each.unit, each.target, each.function):
                return False
            if each.target is None:
                return not self.choice.ego and self.choice.level != "paragraph-to-paragraph"
            pair = ends(each, self.choice)
            return pair is not None and (nodes is None or nodes.issuperset(pair))

        return belongs
