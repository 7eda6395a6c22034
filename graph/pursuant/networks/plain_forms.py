"""GML, Pajek and Graphviz's DOT."""

from __future__ import annotations

from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from pursuant.networks.lines import write_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pursuant.networks.columns import Fact, Stream


def write_gml(stream: Stream, output: IO[bytes]) -> None:
    """GML, whose `label` is the node's name; so ours is called `title`."""
    import networkx as nx

    graph: Any = nx.DiGraph()
    for name, facts in stream.nodes:
        told = {"title" if key == "label" else key: value for key, value in facts.items()}
        graph.add_node(name, **told)
    graph.add_edges_from((a, b, dict(facts)) for a, b, facts in stream.edges)
    write_lines((f"{line}\n" for line in nx.generate_gml(graph)), output)


def write_pajek(stream: Stream, output: IO[bytes]) -> None:
    """Pajek, which knows names and weights."""
    import networkx as nx

    bare: Any = nx.DiGraph()
    bare.add_nodes_from(name for name, _ in stream.nodes)
    bare.add_weighted_edges_from((a, b, facts.get("weight", 1)) for a, b, facts in stream.edges)
    write_lines((f"{line}\n" for line in nx.generate_pajek(bare)), output)


def write_dot(stream: Stream, output: IO[bytes]) -> None:
    """Graphviz's DOT: what is known of a node or edge are its attributes."""
    write_lines(chain(["digraph citations {\n"], _dot(stream), ["}\n"]), output)


def _dot(stream: Stream) -> Iterator[str]:
    yield '  rankdir="LR"; node [shape="box", style="rounded"];\n'
    for name, facts in stream.nodes:
        yield f"  {_quoted(name)} [{_attributes(facts)}];\n"
    for a, b, facts in stream.edges:
        yield f"  {_quoted(a)} -> {_quoted(b)} [{_attributes(facts)}];\n"


def _attributes(facts: Mapping[str, Fact]) -> str:
    return ", ".join(f"{name}={_quoted(str(value))}" for name, value in facts.items())


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + " ".join(escaped.split()) + '"'
