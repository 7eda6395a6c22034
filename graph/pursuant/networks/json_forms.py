"""JSON: node-link, as networkx and D3 read it, and Cytoscape's."""

from __future__ import annotations

import json
from itertools import chain, repeat
from typing import IO, TYPE_CHECKING, Any

from pursuant.networks.lines import write_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pursuant.networks.columns import Stream


def write_node_link(stream: Stream, output: IO[bytes]) -> None:
    """Node-link JSON with a line for each node and edge."""
    nodes = ({"id": name, **facts} for name, facts in stream.nodes)
    edges = ({"source": a, "target": b, **facts} for a, b, facts in stream.edges)
    begin = '{"directed": true, "multigraph": false, "graph": {},\n"nodes": ['
    write_lines(
        chain([begin], _array(nodes), ['],\n"edges": ['], _array(edges), ["]}\n"]),
        output,
    )


def write_cytoscape(stream: Stream, output: IO[bytes]) -> None:
    """Cytoscape's JSON, for its desktop programme and for Cytoscape.js."""
    nodes = (
        {"data": {**facts, "id": name, "value": name, "name": facts.get("label", name)}}
        for name, facts in stream.nodes
    )
    edges = ({"data": {**facts, "source": a, "target": b}} for a, b, facts in stream.edges)
    begin = '{"data": [], "directed": true, "multigraph": false,\n"elements": {"nodes": ['
    write_lines(
        chain([begin], _array(nodes), ['],\n"edges": ['], _array(edges), ["]}}\n"]),
        output,
    )


def _array(objects: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for before, each in zip(chain([""], repeat(",")), objects, strict=False):
        yield f"{before}\n{json.dumps(each, ensure_ascii=False)}"
