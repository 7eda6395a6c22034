"""Who works with whom: entities as a network whose edges are the mandates that they share."""

from __future__ import annotations

import io
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx

from pursuant.mandate_register import Filters, listed
from pursuant.names import names_of
from pursuant.networks.columns import stream_of
from pursuant.networks.json_forms import write_cytoscape
from pursuant.networks.plain_forms import write_dot, write_gml, write_pajek
from pursuant.networks.xml_forms import write_gexf, write_graphml
from pursuant.registry_columns import actor_types
from pursuant.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Unpack

    from pursuant.mandated import Mandated
    from pursuant.names import Names
    from pursuant.store import Store

Network: TypeAlias = "nx.DiGraph[str]"

PARTNERS = ("entity", "partner", "mode", "mandates", "units", "exact")
JOINTLY = "jointly"  # asked together, in one breath


def partners(store: Store, language: str = "en", **filters: Unpack[Filters]) -> Table:
    """Who is to work with whom, in which mode, and in how many mandates, the most first.

    Args:
        store: what is asked.
        language: of the words shown, where there is a choice.
        filters: those of `mandates`.

    Returns:
        A row for each addressee, partner and mode; "jointly" is the mode of two that are addressed
        together, who are told in the order of their names. The words are those of the first of
        the mandates.

    Raises:
        UnknownName: a filter names what is not known.
    """
    names = names_of(store)
    rows = [
        (
            names.target(entity),
            names.target(partner),
            mode,
            len(together),
            tuple(f"{names.target(each.document)} {each.unit}" for each in together),
            together[0].exact,
        )
        for (entity, partner, mode), together in _shared(store, names, language, filters).items()
    ]
    rows.sort(key=lambda row: (-row[3], row[:3]))
    return Table(PARTNERS, tuple(rows))


def partner_network(store: Store, language: str = "en", **filters: Unpack[Filters]) -> Network:
    """Who works with whom, as a network for the tools that read those.

    Args:
        store: what is asked.
        language: of the labels.
        filters: those of `mandates`.

    Returns:
        Nodes named by slug, with `label`, `type` and `iri`; edges from who is asked to the
        partner, with `modes`, and `weight`, the number of mandates.
    """
    names = names_of(store)
    edges: defaultdict[tuple[str, str], dict[str, set[str]]] = defaultdict(dict)
    for (entity, partner, mode), together in _shared(store, names, language, filters).items():
        edges[entity, partner][mode] = {each.mandate for each in together}
    network: Network = nx.DiGraph()
    types = actor_types(store)
    for thing in sorted({thing for pair in edges for thing in pair}):
        label = names.label(thing, language)
        kind = types.get(thing, "Actor")
        network.add_node(names.target(thing), label=label, type=kind, iri=thing)
    for (entity, partner), modes in sorted(edges.items()):
        told = "; ".join(f"{mode} {len(found)}" for mode, found in sorted(modes.items()))
        weight = len(set().union(*modes.values()))
        network.add_edge(names.target(entity), names.target(partner), modes=told, weight=weight)
    return network


def _shared(
    store: Store, names: Names, language: str, filters: Filters
) -> dict[tuple[str, str, str], list[Mandated]]:
    found: defaultdict[tuple[str, str, str], list[Mandated]] = defaultdict(list)
    for each in listed(store, names, language, filters):
        for edge in dict.fromkeys(_edges(each)):
            found[edge].append(each)
    return found


def _edges(each: Mandated) -> Iterator[tuple[str, str, str]]:
    asked = each.all("addressee")
    for partner, mode in each.partners:
        yield from ((entity, partner, mode) for entity in asked if entity != partner)
    yield from ((one, other, JOINTLY) for one, other in combinations(sorted(asked), 2))


# Each writes a network's stream of nodes and edges.
WRITERS = {
    "graphml": write_graphml,
    "gexf": write_gexf,
    "gml": write_gml,
    "dot": write_dot,
    "pajek": write_pajek,
    "cytoscape": write_cytoscape,
}


def written(network: Network, form: str) -> bytes:
    """The network in a form that other tools read: one of WRITERS."""
    output = io.BytesIO()
    WRITERS[form](stream_of(network), output)
    return output.getvalue()
