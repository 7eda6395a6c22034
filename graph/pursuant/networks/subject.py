"""What is written: a network, and what it was chosen from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from pursuant.networks.gathering import UNIT, Cited, citables, ends
from pursuant.networks.selecting import selection

if TYPE_CHECKING:
    from pursuant.networks.choosing import Choice
    from pursuant.networks.columns import Network, Stream
    from pursuant.store import Store

Follow: TypeAlias = Callable[[Iterable[Any], str, int], Iterable[Any]]


def unfollowed(items: Iterable[Any], what: str, total: int) -> Iterable[Any]:  # noqa: ARG001 - what others show
    """The items, of which nothing is shown."""
    return items


@dataclass(frozen=True, slots=True)
class Subject:
    """A network and what it was chosen from.

    Attributes:
        store: where its citations are.
        choice: what it is of them.
        network: the network.
        follow: how progress is shown: given items, what they are and how many, it gives the items.
    """

    store: Store
    choice: Choice
    network: Network
    follow: Follow = unfollowed

    def stream(self) -> Stream:
        """The network's nodes and edges one after the other."""
        stream = self.network.stream()
        return replace(
            stream,
            nodes=self.follow(stream.nodes, "Nodes", len(self.network.names)),
            edges=self.follow(stream.edges, "Edges", len(self.network.source)),
        )

    def documents(self) -> Iterator[str]:
        """IRIs of the documents that cite in the network, sorted."""
        found = set()
        for place in set(self.network.source.tolist()):
            iri = str(self.network.nodes["iri"][place])
            is_unit = self.network.nodes["type"][place] == UNIT
            found.add(iri.rpartition("/")[0] if is_unit else iri)
        return iter(self.follow(sorted(found), "Documents", len(found)))

    def belonging(self) -> Callable[[Cited], bool]:
        """A test of whether a citation is behind an edge of the network.

        What is not resolved is behind none, and belongs to a network that is not drawn round
        something.
        """
        chosen = selection(self.store, self.choice, citables(self.store))
        nodes = {str(iri) for iri in self.network.nodes["iri"]}

        def belongs(each: Cited) -> bool:
            if not chosen.takes(each.document, each.unit, each.target, each.function):
                return False
            if each.target is None:
                return not self.choice.ego and self.choice.level != "paragraph-to-paragraph"
            pair = ends(each, self.choice)
            return pair is not None and nodes.issuperset(pair)

        return belongs
