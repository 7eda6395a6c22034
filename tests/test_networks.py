"""The citation network: what is chosen of it, and its measures beside those of other engines."""

from __future__ import annotations

import io
import random
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import igraph
import networkx as nx
import numpy as np
import pyoxigraph as ox
import pytest

import pursuant
from pursuant import networks
from pursuant.content import by_graph
from pursuant.errors import BadArgument, PursuantError, UnknownName
from pursuant.networks import MEASURES, kinship, spooling
from pursuant.networks.choosing import choice_of
from pursuant.networks.columns import Network
from pursuant.networks.main_path import main_path
from pursuant.networks.measuring import measured
from pursuant.networks.ranking import hubs_and_authorities, pagerank
from pursuant.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SMALL = Path(__file__).parent / "data" / "small.trig"
SECOND = """
@prefix doc: <https://w3id.org/unct/id/doc/> .
@prefix c: <https://w3id.org/unct/id/doc/s-res-9002-2070/> .
@prefix unct: <https://w3id.org/unct/ontology#> .
@prefix entity: <https://w3id.org/unct/id/entity/> .
@prefix fn: <https://w3id.org/unct/vocab/citation-function/> .
@prefix topic: <https://w3id.org/unct/vocab/topic/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/unct/id/graph/s-res-9002-2070.en> {
    entity:sc a unct:Entity ; skos:prefLabel "Security Council"@en .
    topic:light skos:prefLabel "light"@en .
    doc:s-res-9002-2070 a unct:Resolution , unct:Citable ; unct:symbol "S/RES/9002 (2070)" ;
        unct:adoptedBy entity:sc ; unct:adoptionDate "2070-05-06"^^xsd:date .
    c:op1 unct:inDocument doc:s-res-9002-2070 .
    c:op1-cit-a-res-90-1 a unct:Citation ; unct:statedIn c:op1 ; unct:function fn:recall ;
        unct:cited doc:a-res-90-1 ; unct:citedUnit <https://w3id.org/unct/id/doc/a-res-90-1/op10> .
    c:op2 unct:inDocument doc:s-res-9002-2070 .
    c:op2-cit-a-res-90-1 a unct:Citation ; unct:statedIn c:op2 ; unct:function fn:stress ;
        unct:cited doc:a-res-90-1 .
    c:op2-rev unct:reviews c:op2 ; unct:topic topic:light .
    doc:a-res-90-2 unct:topic topic:light .
}
"""


@pytest.fixture(scope="module")
def store():
    quads = [*ox.parse(path=SMALL), *ox.parse(SECOND, ox.RdfFormat.TRIG)]
    return Store.memory(by_graph(quads))


CHARTER, FIRST, SECOND_ONE, THIRD = (
    "charter-of-lamps",
    "A/RES/90/1",
    "A/RES/90/2",
    "S/RES/9002 (2070)",
)
ALL = {
    (FIRST, "S/RES/9001 (2050)"),
    (FIRST, CHARTER),
    (FIRST, "lamp-instruments"),
    (SECOND_ONE, CHARTER),
    (THIRD, FIRST),
}


@pytest.mark.parametrize(
    ("chosen", "edges"),
    [
        ({}, ALL),
        ({"body": "sc"}, {(THIRD, FIRST)}),
        ({"body": ["Security Council"]}, {(THIRD, FIRST)}),
        ({"year_from": 2070}, {(THIRD, FIRST)}),
        ({"year_to": 2069}, ALL - {(THIRD, FIRST)}),
        ({"year_from": 2061, "year_to": 2069}, set()),
        ({"year_from": 2080, "year_to": 2050}, set()),
        ({"function": "welcome"}, {(SECOND_ONE, CHARTER)}),
        ({"function": ("welcome", "request")}, {(SECOND_ONE, CHARTER), (FIRST, CHARTER)}),
        ({"function": "recall", "body": "sc"}, {(THIRD, FIRST)}),
        ({"topic": "light"}, {(THIRD, FIRST), (SECOND_ONE, CHARTER)}),
        ({"topic": "light", "function": "stress"}, {(THIRD, FIRST)}),
        ({"ego": "Charter of Lamps"}, {(FIRST, CHARTER), (SECOND_ONE, CHARTER)}),
        ({"ego": "charter-of-lamps", "steps": 0}, set()),
        ({"ego": "a-res-90-1", "steps": 1}, ALL - {(SECOND_ONE, CHARTER)}),
        ({"ego": "s/res/9002", "steps": 2}, ALL - {(SECOND_ONE, CHARTER)}),
        ({"ego": "S/RES/9002 (2070)", "steps": 9}, ALL),
    ],
)
def test_what_is_chosen_of_documents(store, chosen, edges):
    network: Any = pursuant.network(store, **chosen)
    assert set(network.edges) == edges
    ends = {end for edge in edges for end in edge}
    lonely = {chosen["ego"]} if chosen.get("steps") == 0 else set()
    assert set(network.nodes) == ends | lonely


def test_documents_cite_instruments_and_groups_but_not_themselves(store):
    network: Any = pursuant.network(store, ego=CHARTER, steps=2, year_to=2069)
    assert dict(network.edges) == {
        (FIRST, "S/RES/9001 (2050)"): {"functions": "recall", "weight": 1},
        (FIRST, CHARTER): {"functions": "recall; request; stress", "weight": 3},
        (FIRST, "lamp-instruments"): {"functions": "stress", "weight": 1},
        (SECOND_ONE, CHARTER): {"functions": "welcome", "weight": 1},
    }
    assert network.nodes[CHARTER] == {
        "label": "Charter of Lamps",
        "type": "Convention",
        "iri": "https://w3id.org/unct/id/doc/charter-of-lamps",
        "year": 1950,
    }
    assert network.nodes[FIRST]["symbol"] == FIRST
    assert network.nodes["lamp-instruments"]["type"] == "InstrumentGroup"


def test_paragraphs_cite_with_their_function(store):
    network: Any = pursuant.network(store, level="paragraph", language="zh")
    edge = network.edges[f"{FIRST} op2-a", CHARTER]
    assert edge == {"functions": "request", "weight": 1}
    assert network.nodes[CHARTER]["label"] == "灯火宪章"
    assert network.number_of_edges() == 8
    assert network.nodes[f"{THIRD} op2"] == {
        "label": "S/RES/9002 (2070) op2",
        "type": "TextUnit",
        "iri": "https://w3id.org/unct/id/doc/s-res-9002-2070/op2",
        "document": THIRD,
        "unit": "op2",
        "year": 2070,
        "body": "sc",
    }


def test_paragraphs_cite_the_paragraphs_that_they_name(store):
    network: Any = pursuant.network(store, level="paragraph-to-paragraph")
    assert list(network.edges) == [(f"{THIRD} op1", f"{FIRST} op10")]
    assert {facts["type"] for _, facts in network.nodes(data=True)} == {"TextUnit"}


@pytest.mark.parametrize("document", [FIRST, "a-res-90-1"])
def test_the_network_round_a_document_has_its_paragraphs(store, document):
    network: Any = pursuant.network(store, level="paragraph", ego=document)
    assert {f"{FIRST} pp1", f"{THIRD} op2", CHARTER} <= set(network.nodes)
    assert f"{SECOND_ONE} op1" not in network.nodes


@pytest.mark.parametrize(
    ("chosen", "error", "said"),
    [
        ({"level": "word"}, BadArgument, "no level 'word'; choose document, paragraph, paragraph-"),
        ({"steps": -1, "ego": CHARTER}, BadArgument, "steps are 0 to 20, not -1"),
        ({"steps": 21}, BadArgument, "steps are 0 to 20, not 21"),
        ({"year_to": 10_000}, BadArgument, "a year is 0 to 9999, not 10000"),
        ({"measures": "pagerang"}, BadArgument, "no measure 'pagerang'; did you mean pagerank"),
        ({"measures": "size"}, BadArgument, "no measure 'size'; choose in-degree, out-degree"),
        ({"year": 2020}, BadArgument, "a network is not chosen by 'year'; choose level, body"),
        ({"body": "guild"}, UnknownName, "no body is called 'guild'"),
        ({"topic": "dark"}, UnknownName, "no topic is called 'dark'"),
        ({"ego": "A/RES/1/1"}, UnknownName, "no instrument is called 'A/RES/1/1'"),
    ],
)
def test_bad_arguments_are_said(store, chosen, error, said):
    with pytest.raises(error, match=said):
        pursuant.network(store, **chosen)


def test_functions_are_checked_where_the_vocabulary_is_held():
    with pytest.raises(UnknownName, match="no function is called 'recal'; did you mean recall"):
        pursuant.network(Store.memory(pursuant.build()), function="recal")


def test_several_may_come_in_one_text():
    choice = choice_of(body="ga, sc", measures=["hits,pagerank", "in-degree"])
    assert choice.body == ("ga", "sc")
    assert choice.measures == ("hits", "pagerank", "in-degree")
    assert choice_of(measures="all").measures == tuple(MEASURES)


def network_of(edges, weights=None) -> Network:
    names = sorted({end for edge in edges for end in edge})
    places = {name: place for place, name in enumerate(names)}
    ordered = sorted(edges)
    source, target = (
        np.array([places[edge[side]] for edge in ordered], dtype=np.int32) for side in (0, 1)
    )
    columns = {"weight": [weights[edge] for edge in ordered]} if weights else {}
    return Network(tuple(names), {}, source, target, columns)


def drawn(seed: int, nodes: int = 60, edges: int = 240, circles: bool = True) -> Network:
    """A network of chance, in which what is newer cites what is older, or the other way too."""
    chance = random.Random(seed)
    found: set[tuple[str, str]] = set()
    while len(found) < edges:
        a, b = sorted(chance.sample(range(nodes), 2), reverse=True)
        found.add(
            (f"n{b:03}", f"n{a:03}")
            if circles and chance.random() < 0.2
            else (f"n{a:03}", f"n{b:03}")
        )
    return network_of(found, {edge: chance.randint(1, 5) for edge in sorted(found)})


SEEDS = range(6)


@pytest.mark.parametrize("seed", SEEDS)
def test_pagerank_is_that_of_igraph_and_networkx(seed):
    network = drawn(seed, circles=seed % 2 == 0)
    graph: Any = network.to_networkx()
    ends = list(zip(network.source.tolist(), network.target.tolist(), strict=True))
    peer = igraph.Graph(n=len(network.names), edges=ends, directed=True)
    for weighted, weights in ((True, network.weights.tolist()), (False, None)):
        ours = pagerank(network, weighted)
        assert ours == pytest.approx(peer.pagerank(weights=weights), abs=1e-9)
        theirs = nx.pagerank(graph, tol=1e-12, weight="weight" if weighted else None)
        assert ours == pytest.approx([theirs[name] for name in network.names], abs=1e-9)


@pytest.mark.parametrize(
    "edges",
    [{("a", "b")}, {("a", "b"), ("b", "a")}, {("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")}],
)
def test_pagerank_of_circles(edges):
    network = network_of(edges)
    theirs = nx.pagerank(network.to_networkx(), tol=1e-12, max_iter=1000)
    assert pagerank(network) == pytest.approx([theirs[name] for name in network.names], abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_hubs_and_authorities_are_those_of_networkx(seed):
    network = drawn(seed)
    hubs, authorities = nx.hits(network.to_networkx())
    ours = hubs_and_authorities(network)
    assert ours[0] == pytest.approx([hubs[name] for name in network.names], abs=1e-7)
    assert ours[1] == pytest.approx([authorities[name] for name in network.names], abs=1e-7)


@pytest.mark.parametrize("seed", SEEDS)
def test_betweenness_is_that_of_networkx(seed, monkeypatch):
    network = drawn(seed)
    theirs = nx.betweenness_centrality(network.to_networkx())
    expected = [theirs[name] for name in network.names]
    assert kinship.betweenness(network) == pytest.approx(expected, abs=1e-12)
    monkeypatch.setattr(kinship, "EXACT", 0)
    monkeypatch.setattr(kinship, "PIVOTS", 40)
    sampled = kinship.betweenness(network)
    assert np.corrcoef(sampled, expected)[0, 1] > 0.8
    assert sampled.tolist() == kinship.betweenness(network).tolist()


@pytest.mark.parametrize("cited", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_ties_are_those_of_a_plain_count(seed, cited, monkeypatch):
    monkeypatch.setattr(kinship, "_BLOCK", 7)
    network = drawn(seed)
    places: dict[str, set[str]] = {name: set() for name in network.names}
    for a, b in network.to_networkx().edges:
        places[b if cited else a].add(a if cited else b)
    shared: Counter[tuple[str, str]] = Counter()
    for a, b in combinations(network.names, 2):
        shared[a, b] = shared[b, a] = len(places[a] & places[b])
    ties, nearest = kinship.together(network, cited)
    for name, count, other in zip(network.names, ties, nearest, strict=True):
        counts = {b: n for (a, b), n in shared.items() if a == name and n}
        assert count == sum(counts.values())
        best = [b for b in sorted(counts) if counts[b] == max(counts.values())]
        assert other == (best[0] if best else None)


def ways(graph: Any) -> list[list[str]]:
    """All ways from what nothing cites to what cites nothing."""
    sinks = [node for node in graph if not graph.out_degree(node)]
    return [
        way
        for node in graph
        if not graph.in_degree(node)
        for way in nx.all_simple_paths(graph, node, sinks)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_main_path_counts_most_of_all_ways(seed):
    network = drawn(seed, nodes=14, edges=24, circles=False)
    every = ways(network.to_networkx())
    counts = Counter(edge for way in every for edge in pairwise(way))
    most = max(sum(counts[edge] for edge in pairwise(way)) for way in every)
    path = [network.names[place] for place in reversed(main_path(network))]
    assert sum(counts[edge] for edge in pairwise(path)) == most
    assert path in every


def test_citations_in_a_circle_are_not_on_the_main_path():
    circle = {("b", "c"), ("c", "b")}
    network = network_of({("a", "b"), ("c", "d"), ("d", "e")} | circle)
    found = measured(network, ["main-path"])
    names = [network.names[place] for place in main_path(network)]
    assert names == ["e", "d", "c"]
    assert found.nodes["main_path"] == [None, None, 3, 2, 1]
    assert found.edges["on_main_path"] == [None, None, None, True, True]
    assert main_path(network_of(circle)) == []


def test_communities_are_parts_that_hang_together():
    left = {("a", "b"), ("b", "c"), ("c", "a"), ("a", "d"), ("b", "d")}
    right = {("x", "y"), ("y", "z"), ("z", "x")}
    network = network_of(left | right | {("d", "x")})
    assert kinship.communities(network) == [1, 1, 1, 1, 2, 2, 2]
    two_ways = network_of({("a", "b"), ("b", "a")}, {("a", "b"): 1, ("b", "a"): 1})
    assert kinship.communities(two_ways) == [1, 1]


def test_degrees(store):
    network: Any = pursuant.network(store, measures="in-degree,out-degree")
    assert {name: facts["in_degree"] for name, facts in network.nodes(data=True)} == dict(
        network.in_degree
    )
    assert network.nodes[FIRST]["out_degree"] == 3


def test_nothing_is_measured_too(store):
    network: Any = pursuant.network(store, year_to=1900, measures="all")
    assert (len(network), network.number_of_edges()) == (0, 0)
    lonely: Any = pursuant.network(store, year_to=1900, ego=CHARTER, measures="all")
    assert lonely.nodes[CHARTER]["pagerank"] == 1.0
    assert lonely.nodes[CHARTER]["betweenness"] == 0.0


def test_each_step_of_an_export_tells_how_far_it_is(store):
    told: list[tuple[str, int, int]] = []

    def follow(items: Iterable[Any], what: str, total: int) -> Iterator[Any]:
        every = list(items)
        told.append((what, len(every), total))
        yield from every

    subject = networks.subject(store, choice_of(), follow)
    networks.write(subject, "gexf", io.BytesIO())
    assert [what for what, _, _ in told] == ["Citations", "Names", "Nodes", "Edges"]
    assert all(count == total for _, count, total in told)
    assert told[0][1] == 10


def test_rows_are_kept_on_disk(monkeypatch):
    """Thousands of citations are never there together: each goes as it comes."""
    monkeypatch.setattr(spooling, "_BATCH", 50)
    alive = 0

    class Unit(str):
        __slots__ = ()

        def __new__(cls, text: str) -> Unit:
            nonlocal alive
            alive += 1
            assert alive < 200
            return super().__new__(cls, text)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    spool, seen = spooling.Spool(), list[int]()
    rows = ((f"d{n % 7}", f"t{n % 5}", "recall", Unit(str(n % 11))) for n in range(5000))
    spool.fill(rows, seen.append)
    assert seen[-1] == 5000
    assert spool.citations() == 7 * 5 * 11
    things, count = spool.things()
    spool.describe((each, {"iri": each, "label": "same"}) for each in things)
    assert (count, spool.node_count, spool.edge_count) == (12, 12, 35)
    network = spool.network()
    assert (network.names[0], set(network.weights.tolist())) == ("d0", {11.0})


def test_a_spool_without_room_says_so():
    spool = spooling.Spool()
    spool._held.execute("PRAGMA max_page_count = 20")
    rows = ((f"https://example.org/{n}", "b", "recall", "u") for n in range(20_000))
    with pytest.raises(PursuantError, match="kept in the folder for temporary files: database or"):
        spool.fill(rows)


def test_two_things_of_one_name_keep_apart():
    spool = spooling.Spool()
    spool.fill([("x/b", "x/a", "recall", ""), ("x/b", "x/a", "note", "op1")])
    spool.describe(("same", {"iri": each, "type": "Treaty"}) for each in ("x/a", "x/b"))
    assert [name for name, _ in spool.stream().nodes] == ["same", "x/b"]
    assert list(spool.stream().edges) == [
        ("x/b", "same", {"functions": "note; recall", "weight": 2})
    ]
