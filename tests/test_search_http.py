"""Search over HTTP: what is found, pages, facets as links, and an index that is not there."""

from __future__ import annotations

import csv
import io
import re
import shutil
import time

import pytest
from fastapi.testclient import TestClient

from pursuant.errors import StoreProblem
from pursuant.searching import search
from pursuant.store import Store, open_store
from pursuant_api import create_app, search_index
from pursuant_api.search_index import SearchIndex

HTML = {"Accept": "text/html"}


def test_the_answer_is_the_librarys(client, shipped):
    told = client.get("/search?q=恐怖主义&force=request&per_page=5&page=2")
    found = search(shipped, "恐怖主义", force="request", limit=5, offset=5)
    assert told.json() == found.to_json()
    assert int(told.headers["x-total-count"]) == found.total > 5
    assert 'rel="next"' in told.headers["link"] or found.total <= 10
    rows = list(csv.DictReader(io.StringIO(client.get("/search.csv?q=恐怖主义&per_page=3").text)))
    assert len(rows) == 3
    assert client.get("/search.xlsx?q=恐怖主义").content.startswith(b"PK")


def test_several_values_of_a_facet_are_any_of_them(client):
    totals = [
        client.get(f"/search?q=恐怖主义&kind=paragraph{more}").json()["total"]
        for more in ("&force=request", "&force=encourage", "&force=request&force=encourage")
    ]
    assert max(totals[:2]) < totals[2] <= sum(totals[:2])


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("", 400, "the parameter q is missing"),
        ("?q=", 400, "the parameter q is missing"),
        ("?q=%20-%20", 400, "there is no word to look for"),
        ("?q=" + "a" * 1001, 400, "the limit is 1,000"),
        ("?q=a&page=600", 404, "only the best 10,000 hits have pages"),
        ("?q=a&forc=x", 400, "did you mean force"),
        ("?q=a&force=urgee", 404, "did you mean urge"),
        ("?q=a&per_page=0", 400, "per_page is a number"),
    ],
)
def test_what_cannot_be_searched_is_said(client, query, status, says):
    answer = client.get(f"/search{query}")
    assert answer.status_code == status
    assert says in answer.json()["detail"]
    if query:
        page = client.get(f"/search{query}", headers=HTML)
        assert page.status_code == (200 if query == "?q=" else status)


@pytest.mark.parametrize(("lang", "says"), [("en", "found"), ("zh", "找到")])
def test_the_page_marks_the_words_and_narrows_by_links(client, lang, says):
    told = client.get(f"/search?q=囚犯&lang={lang}", headers=HTML).text
    assert "<mark>囚犯</mark>" in told
    assert says in told
    assert f'href="/documents/e-res-2019-21?text=zh&amp;lang={lang}#op26"' in told
    (narrower,) = re.findall(r'href="([^"]*kind=paragraph[^"]*)"', told)
    inner = client.get(narrower.replace("&amp;", "&"), headers=HTML).text
    assert 'aria-current="true"' in inner
    assert len(re.findall("<mark>", inner)) <= len(re.findall("<mark>", told))


def test_what_is_marked_is_escaped(composed_client):
    told = composed_client.get("/search?q=rules+orders&lang=en", headers=HTML).text
    assert "<mark>Rules</mark> &amp; &lt;<mark>Orders</mark>&gt;" in told


def test_the_first_page_is_a_form(client):
    told = client.get("/search?lang=zh", headers=HTML).text
    assert 'name="q" value=""' in told
    assert "<mark>" not in told


@pytest.fixture
def in_folder(tmp_path, shipped):
    store = open_store(tmp_path / "store")
    store.replace({name: [q.triple for q in shipped.quads(name)] for name in shipped.graphs()})
    return store


def total(client) -> int:
    """Of a search that comes back when it is told to, as the index of a busy machine takes long."""
    for _ in range(12):
        answer = client.get("/search?q=恐怖主义")
        if answer.status_code != 503:
            break
        time.sleep(int(answer.headers["retry-after"]))
    return int(answer.json()["total"])


def test_an_index_that_is_missing_stale_or_damaged_is_mended(in_folder):
    client = TestClient(create_app(in_folder))
    before = total(client)
    assert before > 50
    place = in_folder.location / "search"
    shutil.rmtree(place)
    assert total(client) == before
    (next(place.glob("*/meta.json"))).write_text("{")
    assert total(TestClient(create_app(open_store(in_folder.location)))) == before
    gone = [name for name in in_folder.graphs() if name.endswith("2019-21.zh")]
    open_store(in_folder.location).replace({}, remove=gone)
    assert 0 < total(client) < before


def test_who_asks_while_the_index_is_made_is_told_to_come_back(shipped, monkeypatch):
    def slow(store: Store) -> None:
        time.sleep(0.6)

    app = create_app(shipped)
    app.state.search_index = SearchIndex(patience=0.05)
    monkeypatch.setattr("pursuant.indexing.index_of", slow)
    client = TestClient(app)
    answer = client.get("/search?q=a")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "is being brought up to date" in answer.json()["detail"]
    monkeypatch.undo()
    time.sleep(0.7)
    assert client.get("/search?q=terrorism").status_code == 200


def test_an_index_that_cannot_be_made_is_tried_again(shipped, monkeypatch):
    tried = []

    def broken(store: Store) -> None:
        tried.append(store)
        raise StoreProblem("the disk is full")

    index = search_index.SearchIndex()
    monkeypatch.setattr("pursuant.indexing.index_of", broken)
    for _ in range(2):
        with pytest.raises(StoreProblem, match="disk is full"):
            index.wait(shipped)
    assert len(tried) == 2
