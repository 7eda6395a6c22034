from __future__ import annotations

from dataclasses import replace

from pursuant import building, extract, held, querying
from pursuant.store import Store
from tests.conftest import ARABIC, ENGLISH, composed


def test_the_documents_asked_for_last_are_kept(shipped, monkeypatch):
    store = Store.memory()
    store.replace({name: [q.triple for q in shipped.quads(name)] for name in shipped.graphs()})
    for language, words in (("en", ENGLISH), ("ar", ARABIC)):
        graphs = building.document_graphs(composed(language, words))
        store.replace({str(name): graph for name, graph in graphs.items()})
    monkeypatch.setattr(held, "MOST_KEPT", 2)

    def read(slug, language):
        return held.read(store, slug, language)

    first, second = read("a-res-90-1", "en"), read("a-res-90-1", "ar")
    assert read("a-res-90-1", "en") is first
    read("e-res-2019-21", "zh")
    assert read("a-res-90-1", "en") is first
    again = read("a-res-90-1", "ar")
    assert again is not second
    assert again == second


def test_headings_stand_in_their_places() -> None:
    units = querying.in_document_order(["op2", "h4", "fn1", "annex-1", "op1", "h2", "pp1"])
    assert units == ["pp1", "h2", "op1", "h4", "op2", "annex-1", "fn1"]
    assert [str(part) for _, part in held._parts(units[:-1])] == [
        "preamble",
        "operative",
        "operative",
        "operative",
        "operative",
        "annex",
    ]


def test_what_links_and_publisher_said_is_read_back():
    text = (
        "<html><body><p>A/RES/81/9. Lamps</p><p>The General Assembly,</p><p>1. Recalls resolution "
        '<a href="https://undocs.org/A/RES/81/5">81/4</a> and again '
        '<a href="https://undocs.org/A/RES/81/5">81/4</a>;</p>'
        "<p>2. Decides to extend the mandate of the Committee for twelve months.</p></body></html>"
    )
    document = replace(
        extract(text.encode(), "a.html"), subjects=("LAMPS", "RIVERS"), remarks=("Read by eye.",)
    )
    store = Store.memory({str(name): g for name, g in building.document_graphs(document).items()})
    found = held.read(store, "a-res-81-9", "en").document
    assert len(found.disagreements) == 2
    for name in ("disagreements", "subjects", "remarks"):
        assert getattr(found, name) == getattr(document, name)
    assert found["op2"].mandates[0].change == "renew"
    assert found["op2"].mandates[0].when == document["op2"].mandates[0].when
