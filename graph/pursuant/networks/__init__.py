"""Citation networks: who cites whom, chosen, measured, and in the forms that other tools read.

>>> import pursuant
>>> from pursuant.networks.choosing import Choice
>>> store = pursuant.Store.memory(pursuant.build())
>>> graph = network(store, function=["legal-obligation"], measures=["in-degree"])
>>> [(cited, facts["in_degree"]) for cited, facts in graph.nodes(data=True) if cited == "crc"]
[('crc', 1)]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pursuant.networks.choosing import Choice, choice_of
from pursuant.networks.gathering import gather
from pursuant.networks.measuring import measured

if TYPE_CHECKING:
    from pursuant.networks.network import DiGraph, Network
    from pursuant.store import Store


def network(store: Store, **chosen: Any) -> DiGraph:
    """Who cites whom, as a network of networkx.

    Args:
        store: what is asked.
        chosen: level, body, year_from, year_to, function, topic, ego, steps, measures and
            language, as `Choice` has them; what may be several is a text, a list or a tuple.

    Returns:
        Nodes are called by symbol or slug, paragraphs by their document and unit. Each has a
        `label`, a `type` and an `iri`; where they are known a `symbol`, `year` and `body`; and the
        measures. Edges have their `functions`, and the number of citing paragraphs as `weight`.

    Raises:
        BadArgument: an argument cannot be served.
        UnknownName: nothing is called so.
    """
    return citation_network(store, choice_of(**chosen)).to_networkx()


def citation_network(store: Store, choice: Choice) -> Network:
    """Who cites whom, in columns: what `network` gives, in a tenth of the memory."""
    return measured(gather(store, choice), choice.measures)
