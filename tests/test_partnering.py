from __future__ import annotations

import json

import networkx as nx
import pytest

from pursuant.partnering import WRITERS, partner_network, partners, written
from tests.series import series


def rows(**filters) -> list[tuple[object, ...]]:
    columns = ("entity", "partner", "mode", "mandates", "units")
    return [tuple(row[name] for name in columns) for row in partners(series(), **filters)]


def test_who_is_to_work_with_whom():
    assert rows(body="sc") == [
        (
            "panel-of-experts",
            "cted",
            "cooperation",
            2,
            ("S/RES/9101 (2027) op2", "S/RES/9102 (2028) op2"),
        )
    ]


def test_those_addressed_together_are_partners_once():
    joint = [row for row in rows(document="E/RES/2019/21") if row[2] == "jointly"]
    assert [row[:2] for row in joint] == [
        ("member-states", "un-entities"),
        ("member-states", "unodc"),
        ("un-entities", "unodc"),
    ]


def test_the_network_counts_mandates_once_and_tells_the_modes():
    network = partner_network(series(), document="E/RES/2019/21")
    assert network.nodes["unodc"] == {
        "label": "United Nations Office on Drugs and Crime",
        "type": "Entity",
        "iri": "https://w3id.org/unct/id/entity/unodc",
    }
    assert network.nodes["member-states"]["type"] == "ActorGroup"
    edge = network.edges["unodc", "ct-compact"]
    assert edge == {"modes": "cooperation 3; coordination 3", "weight": 6}
    labels = partner_network(series(), "zh", body="sc").nodes
    assert labels["cted"]["label"] == "反恐怖主义委员会执行局"


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_the_network_is_written_for_other_tools_and_reads_back(form):
    network = partner_network(series(), body="sc")
    data = written(network, form).decode()
    assert "panel-of-experts" in data
    assert "cted" in data
    if form == "graphml":
        back = nx.parse_graphml(data)
        assert set(back.nodes) == {"panel-of-experts", "cted"}
        assert back.edges["panel-of-experts", "cted"]["modes"] == "cooperation 2"
    if form == "cytoscape":
        assert len(json.loads(data)["elements"]["edges"]) == 1
