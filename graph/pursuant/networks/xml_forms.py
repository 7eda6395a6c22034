"""GraphML and GEXF 1.3, a line for each node and edge: nothing is kept but the nodes' names.

The lines are put together from escaped text. lxml's incremental writer and the standard library's
XMLGenerator were measured to take three and six times as long for the same file.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from pursuant.networks.lines import write_lines
from pursuant.symbol import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pursuant.networks.columns import Fact, Stream

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_ROOT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<{root} xmlns="{space}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="{space} {schema}"{more}>\n'
)
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_TOKEN = re.compile(r"[^\w.:-]")
_KNOWN = 4096  # functions, years, types: the same few values come again and again


def write_graphml(stream: Stream, output: IO[bytes]) -> None:
    """GraphML with its attributes extension.

    Its schema takes no slash and no space in the id of a node: the id is the slug of the name, and
    the name itself is the attribute `name`.
    """
    write_lines(_graphml(stream), output)


def write_gexf(stream: Stream, output: IO[bytes]) -> None:
    """GEXF 1.3: labels and weights are its own, all else are attributes."""
    write_lines(_gexf(stream), output)


def _graphml(stream: Stream) -> Iterator[str]:
    node_keys = {name: f"n{number}" for number, name in enumerate(stream.node_fields, 1)}
    edge_keys = {name: f"e{number}" for number, name in enumerate(stream.edge_fields)}
    tokens = _Tokens()
    yield _ROOT.format(
        root="graphml", space=_GRAPHML, schema=f"{_GRAPHML}/1.0/graphml.xsd", more=""
    )
    yield from _graphml_keys(
        "node", {"name": "n0"} | node_keys, {"name": str, **stream.node_fields}
    )
    yield from _graphml_keys("edge", edge_keys, stream.edge_fields)
    yield '<graph edgedefault="directed">\n'
    for name, facts in stream.nodes:
        about = _graphml_data(node_keys, facts)
        yield f'<node id="{tokens.new(name)}"><data key="n0">{_text(name)}</data>{about}</node>\n'
    for source, target, facts in stream.edges:
        about = _graphml_data(edge_keys, facts)
        yield f'<edge source="{tokens[source]}" target="{tokens[target]}">{about}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _graphml_keys(what: str, keys: Mapping[str, str], kinds: Mapping[str, type]) -> Iterator[str]:
    for name, key in keys.items():
        about = f"attr.name={quoteattr(name)} attr.type={quoteattr(_TYPES[kinds[name]])}"
        yield f'<key id="{key}" for="{what}" {about}/>\n'


def _graphml_data(keys: Mapping[str, str], facts: Mapping[str, Fact]) -> str:
    return "".join(
        [f'<data key="{keys[name]}">{_text(value)}</data>' for name, value in facts.items()]
    )


def _gexf(stream: Stream) -> Iterator[str]:
    node_fields = {name: kind for name, kind in stream.node_fields.items() if name != "label"}
    edge_fields = {name: kind for name, kind in stream.edge_fields.items() if name != "weight"}
    node_keys = {name: str(number) for number, name in enumerate(node_fields)}
    edge_keys = {name: str(number) for number, name in enumerate(edge_fields)}
    schema = f"{_GEXF}/gexf.xsd"
    yield _ROOT.format(root="gexf", space=_GEXF, schema=schema, more=' version="1.3"')
    yield "<meta><creator>Pursuant</creator></meta>\n"
    yield '<graph defaultedgetype="directed" mode="static">\n'
    yield from _gexf_attributes("node", node_keys, node_fields)
    yield from _gexf_attributes("edge", edge_keys, edge_fields)
    yield "<nodes>\n"
    for name, facts in stream.nodes:
        label = _quoted(facts.get("label", name))
        yield f"<node id={_quoted(name)} label={label}>{_gexf_values(node_keys, facts)}</node>\n"
    yield "</nodes>\n<edges>\n"
    yield from _gexf_edges(stream, edge_keys)
    yield "</edges>\n</graph>\n</gexf>\n"


def _gexf_attributes(
    what: str, keys: Mapping[str, str], fields: Mapping[str, type]
) -> Iterator[str]:
    if fields:
        yield f'<attributes class="{what}" mode="static">\n'
        for name, kind in fields.items():
            yield f'<attribute id="{keys[name]}" title={quoteattr(name)} type="{_TYPES[kind]}"/>\n'
        yield "</attributes>\n"


def _gexf_edges(stream: Stream, keys: Mapping[str, str]) -> Iterator[str]:
    quoted = _Quoted()
    for number, (source, target, facts) in enumerate(stream.edges):
        ends = f"source={quoted[source]} target={quoted[target]}"
        weight = f' weight="{facts["weight"]}"' if "weight" in facts else ""
        yield f'<edge id="{number}" {ends}{weight}>{_gexf_values(keys, facts)}</edge>\n'


def _gexf_values(keys: Mapping[str, str], facts: Mapping[str, Fact]) -> str:
    values = [
        f'<attvalue for="{keys[name]}" value={_quoted(value)}/>'
        for name, value in facts.items()
        if name in keys
    ]
    return f"<attvalues>{''.join(values)}</attvalues>" if values else ""


class _Tokens(dict[str, str]):
    """Ids for names, of the characters that an XML name token may have; each is given once."""

    def __init__(self) -> None:
        self.given: set[str] = set()

    def new(self, name: str) -> str:
        token = wanted = _NOT_TOKEN.sub("-", slug(name)) or "-"
        number = 1
        while token in self.given:
            number += 1
            token = f"{wanted}-{number}"
        self.given.add(token)
        self[name] = token
        return token


class _Quoted(dict[str, str]):
    """Names as the values of attributes, each made once."""

    def __missing__(self, name: str) -> str:
        quoted = self[name] = _quoted(name)
        return quoted


@lru_cache(maxsize=_KNOWN, typed=True)
def _quoted(value: Fact) -> str:
    return quoteattr(_plain(value))


@lru_cache(maxsize=_KNOWN, typed=True)
def _text(value: Fact) -> str:
    return escape(_plain(value))


def _plain(value: Fact) -> str:
    """A value as XML Schema has it, without the characters that XML does not take."""
    if isinstance(value, str):
        return value if value.isprintable() else _NOT_XML.sub("", value)
    return str(value).lower() if isinstance(value, bool) else str(value)
