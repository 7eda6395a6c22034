"""The graph in the forms that other tools read: networks, tables, RDF.

The same content gives the same bytes: everything is sorted, nothing tells the time.
"""

from __future__ import annotations

import io
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import networkx as nx
import pyoxigraph as ox

from pursuant import querying
from pursuant.content import serialize
from pursuant.errors import PursuantError
from pursuant.iri import local
from pursuant.names import names_of
from pursuant.rdf_formats import RDF_FORMATS, format_name
from pursuant.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from pursuant.store import Store

Level = Literal["document", "paragraph"]
Network: TypeAlias = "nx.DiGraph[str]"

CITING = ("citing", "unit", "cited", "function", "via", "exact")
# The most telling first: a convention is also a treaty, an instrument and a citable thing.
_CLASSES = (
    "Charter",
    "Convention",
    "Protocol",
    "Treaty",
    "DraftResolution",
    "Resolution",
    "Decision",
    "PresidentialStatement",
    "Report",
    "Publication",
    "PolicyInstrument",
    "InstrumentGroup",
    "Programme",
    "Platform",
    "Instrument",
    "Citable",
)
_DATED = re.compile(rb' lastmodifieddate="[^"]*"')


def citation_network(store: Store, level: Level = "document", language: str = "en") -> Network:
    """Who cites what, as a network.

    Args:
        store: what is asked.
        level: whether documents cite, or their paragraphs.
        language: of the labels.

    Returns:
        Nodes named by symbol or slug, with `label`, `type`, `iri` and, where known, `symbol` and
        `year`; edges with `functions` and `weight`, the number of citing paragraphs.
    """
    names = names_of(store)
    functions: dict[tuple[str, str], list[str]] = defaultdict(list)
    network: Network = nx.DiGraph()
    things: set[str] = set()
    for each in querying.invocations(store, None, language):
        if each.target is None or each.kind == "self":
            continue
        citing = names.target(each.document)
        if level == "paragraph":
            citing = f"{citing} {each.unit}"
            about = {"label": citing, "type": "TextUnit", "iri": f"{each.document}/{each.unit}"}
            network.add_node(citing, **about)
        functions[citing, names.target(each.target)].append(each.function)
        things |= {each.target} | ({each.document} if level == "document" else set())
    facts = _facts(store)
    for thing in things:
        label = names.label(thing, language)
        symbol = {"symbol": names.symbols[thing]} if thing in names.symbols else {}
        network.add_node(names.target(thing), label=label, iri=thing, **symbol, **facts[thing])
    for (citing, cited), used in functions.items():
        network.add_edge(citing, cited, functions="; ".join(sorted(set(used))), weight=len(used))
    return _sorted(network)


def citation_edges(store: Store, language: str = "en") -> Table:
    """Each citation of each paragraph, by document and in the order of the text."""
    names = names_of(store)
    rows = (
        (
            names.target(each.document),
            each.unit,
            names.target(each.target),
            each.function,
            each.via,
            each.exact,
        )
        for each in querying.invocations(store, None, language)
        if each.target is not None and each.kind != "self"
    )
    return Table(CITING, tuple(rows))


def citations(store: Store, form: str, level: Level = "document", language: str = "en") -> bytes:
    """The citations as a network, as CSV, or as RDF."""
    if form == "csv":
        return citation_edges(store, language).to_csv().encode()
    if form in NETWORK_FORMATS:
        return NETWORK_FORMATS[form](citation_network(store, level, language))
    return _rdf(_constructed(store, "citation_graph"), form)


def mandates(store: Store, form: str, language: str = "en") -> bytes:
    """The mandates as CSV, JSON, XLSX or RDF."""
    if form not in ("csv", "json", "xlsx"):
        return _rdf(_constructed(store, "mandate_graph"), form)
    table = querying.mandates(store, language=language)
    if form == "csv":
        return table.to_csv().encode()
    if form == "json":
        return _json(table.to_json())
    workbook = io.BytesIO()
    table.to_xlsx(workbook)
    return workbook.getvalue()


def graph(store: Store, form: str) -> bytes:
    """Everything in the store as RDF; formats without named graphs get all of them as one."""
    return _rdf(store.quads(), form)


def write_folder(store: Store, folder: Path) -> list[Path]:
    """Writes everything as N-Quads, and each named graph as Turtle; gives the files' paths."""
    files = {folder / "pursuant.nq": graph(store, "nquads")}
    for name in store.graphs():
        triples = (quad.triple for quad in store.quads(name))
        files[folder / f"{local(name)}.ttl"] = serialize(triples, ox.RdfFormat.TURTLE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            path.write_bytes(data)
    except OSError as error:
        raise PursuantError(f"{error.filename} cannot be written: {error.strerror}") from error
    return list(files)


def format_of(what: str, name: str) -> str:
    """The format that a name means, where `what` ("citations", "mandates", "graph") has it.

    Raises:
        PursuantError: there is no such format for this.
    """
    if (form := format_name(name)) in FORMATS[what]:
        return form
    known = ", ".join(FORMATS[what])
    raise PursuantError(f"{what} cannot be given as {name!r}; choose {known}")


def _rdf(statements: Iterable[ox.Triple | ox.Quad], form: str) -> bytes:
    if form not in RDF_FORMATS:
        raise PursuantError(f"{form!r} is not a format for this; choose {', '.join(RDF_FORMATS)}")
    return serialize(statements, RDF_FORMATS[form])


def _constructed(store: Store, name: str) -> set[ox.Triple]:
    found = store.query(querying.question(name))
    assert isinstance(found, ox.QueryTriples)
    return set(found)


def _facts(store: Store) -> defaultdict[str, dict[str, Any]]:
    classes: dict[str, set[str]] = defaultdict(set)
    facts: defaultdict[str, dict[str, Any]] = defaultdict(lambda: {"type": "Citable"})
    for row in store.select(querying.question("instruments")):
        thing = str(row["instrument"])
        classes[thing].add(local(str(row["class"])))
        telling = next((name for name in _CLASSES if name in classes[thing]), "Citable")
        facts[thing]["type"] = telling
        if row["adopted"]:
            facts[thing]["year"] = int(str(row["adopted"])[:4])
    return facts


def _sorted(network: Network) -> Network:
    ordered: Network = nx.DiGraph()
    ordered.add_nodes_from(sorted(network.nodes(data=True), key=lambda node: node[0]))
    ordered.add_edges_from(sorted(network.edges(data=True), key=lambda edge: edge[:2]))
    return ordered


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _lines(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _gexf(network: Network) -> bytes:
    return _DATED.sub(b"", _lines(nx.generate_gexf(network)))


def _gml(network: Network) -> bytes:
    """GML, whose `label` is the node's name; so ours is called `title`."""
    titled: Network = nx.DiGraph(network)
    for _, facts in titled.nodes(data=True):
        facts["title"] = facts.pop("label")
    return _lines(nx.generate_gml(titled))


def _pajek(network: Network) -> bytes:
    """Pajek, which knows names and weights."""
    bare: Network = nx.DiGraph()
    bare.add_nodes_from(network)
    bare.add_weighted_edges_from(
        (a, b, facts["weight"]) for a, b, facts in network.edges(data=True)
    )
    return _lines(nx.generate_pajek(bare))


def _dot(network: Network) -> bytes:
    nodes = (f"  {_quoted(n)} [{_attributes(facts)}];" for n, facts in network.nodes(data=True))
    edges = (
        f"  {_quoted(a)} -> {_quoted(b)} [{_attributes(facts)}];"
        for a, b, facts in network.edges(data=True)
    )
    return _lines(["digraph citations {", *nodes, *edges, "}"])


def _attributes(facts: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={_quoted(str(value))}" for name, value in facts.items())


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + " ".join(escaped.split()) + '"'


NETWORK_FORMATS: Mapping[str, Callable[[Network], bytes]] = {
    "graphml": lambda network: _lines(nx.generate_graphml(network)),
    "gexf": _gexf,
    "gml": _gml,
    "dot": _dot,
    "pajek": _pajek,
    "cytoscape": lambda network: _json(nx.cytoscape_data(network)),
}
FORMATS: Mapping[str, tuple[str, ...]] = {
    "citations": (*NETWORK_FORMATS, "csv", *RDF_FORMATS),
    "mandates": ("csv", "json", "xlsx", *RDF_FORMATS),
    "graph": tuple(RDF_FORMATS),
}
