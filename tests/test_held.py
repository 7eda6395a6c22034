from __future__ import annotations

from pursuant import building
from pursuant.store import Store
from pursuant_api import held
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
