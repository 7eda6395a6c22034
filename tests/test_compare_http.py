"""Comparison over HTTP."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi.testclient import TestClient

from pursuant import building, extract
from pursuant.comparing import compare
from pursuant.lineage import lineages
from pursuant.store import Store
from pursuant_api import create_app

HTML = {"Accept": "text/html"}
TEXT = """A/RES/{number}. 灯火
大会，
 1. 鼓励会员国考虑合作；
 2. 请秘书长报告<情况>；
 3. 决定继续审议。"""
TEXTS = (
    TEXT.format(number="80/1"),
    TEXT.format(number="81/1").replace("鼓励会员国考虑", "敦促会员国"),
    TEXT.format(number="82/1").replace("鼓励会员国考虑", "敦促会员国").replace("；\n 3", "；\n 4"),
)
A, B, C = "a-res-80-1", "a-res-81-1", "a-res-82-1"


@pytest.fixture(scope="module")
def documents():
    return [extract(text.encode(), f"{place}.txt") for place, text in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def client(shipped, documents):
    store = Store.memory()
    store.replace({name: [q.triple for q in shipped.quads(name)] for name in shipped.graphs()})
    for document in documents:
        graphs = building.document_graphs(document)
        store.replace({str(name): graph for name, graph in graphs.items()})
    return TestClient(create_app(store), follow_redirects=False)


def test_two_documents_are_compared_as_in_python(client, documents):
    told = client.get(f"/compare?a=A/RES/80/1&b={B}").json()
    made = compare(documents[0], documents[1]).to_json()
    assert [each["state"] for each in told["paragraphs"]] == [
        each["state"] for each in made["paragraphs"]
    ]
    (changed,) = [each for each in told["paragraphs"] if each["state"] == "changed"]
    assert changed["after"]["id"] == "op1"
    assert changed["mandates"][0]["change"] == "strengthened"
    assert told["after"]["symbol"] == "A/RES/81/1"


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "mandate strengthened: Member States (encourages → urges)"),
        ("zh", "任务加强：会员国 (鼓励 → 敦促)"),
    ],
)
def test_the_page_calls_things_by_their_names(client, language, says):
    shown = client.get(f"/compare?a={A}&b={B}&lang={language}", headers=HTML).text
    assert f"<li>{says}</li>" in shown
    assert shown.count("<ul>") == shown.count("</ul>")


def test_each_paragraph_of_a_comparison_leads_to_its_text(client):
    path = f"/compare?a={A}&b={B}&lang=zh&text=zh"
    shown = client.get(path, headers=HTML).text
    for slug in (A, B):
        assert f'<a href="/documents/{slug}?lang=zh&amp;text=zh#op1">op1</a>' in shown
    assert '<option value="zh" selected>' in shown
    plain = client.get(f"/compare?a={A}&b={B}", headers=HTML).text
    assert f'<a href="/documents/{A}#op1">op1</a>' in plain


def test_a_series_is_followed(client, documents):
    told = client.get(f"/compare?a={A}&b={B}&c={C}").json()
    assert told["documents"] == ["A/RES/80/1", "A/RES/81/1", "A/RES/82/1"]
    assert len(told["lineages"]) == len(lineages(documents).lineages)
    since = {each["steps"][-1]["unit"]: each["agreed_since"] for each in told["lineages"]}
    assert since["op1"] == "A/RES/81/1"
    assert since["op2"] == "A/RES/80/1"
    page = client.get(f"/compare?a={A}&b={B}&c={C}&lang=zh", headers=HTML).text
    assert f'href="/documents/{C}?lang=zh#op1"' in page
    assert "措辞沿用自" in page
    assert page.count('name="c"') == 2


@pytest.mark.parametrize(("lang", "says"), [("en", "mandate strengthened"), ("zh", "任务加强")])
def test_the_page_marks_what_changed(client, lang, says):
    page = client.get(f"/compare?a={A}&b={B}&lang={lang}", headers=HTML).text
    assert says in page
    assert "<del>鼓励</del>" in page
    assert "&lt;情况&gt;" in page
    assert f"/compare.json?a={A}&amp;b={B}" in page


def test_the_form_comes_first(client):
    page = client.get("/compare", headers=HTML)
    assert page.status_code == 200
    assert 'value="A/RES/80/1"' in page.text
    assert client.get("/compare?a=&b=", headers=HTML).status_code == 200


def test_a_comparison_is_a_table(client):
    told = client.get(f"/compare.csv?a={A}&b={B}").text
    assert "{+敦促+}" in told
    assert len(list(csv.DictReader(io.StringIO(told)))) >= 3
    assert client.get(f"/compare.xlsx?a={A}&b={B}").content.startswith(b"PK")


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("", 400, "two documents are compared"),
        (f"?a={A}", 400, "two documents are compared"),
        (f"?a={A}&b=crc", 404, "the text of crc is not held"),
        (f"?a={A}&b=a-res-80-2", 404, "no document is called 'a-res-80-2'"),
        (f"?a={A}&b={B}&a={B}", 400, "the parameter a is given more than once"),
        (f"?a={A}&b={B}&d={B}", 400, "/compare has no parameter 'd'"),
        (f"?a={A}&b={B}" + f"&c={C}" * 19, 400, "21 documents are too many"),
    ],
)
def test_what_cannot_be_compared_is_said(client, query, status, says):
    answer = client.get(f"/compare{query}")
    assert answer.status_code == status
    assert says in answer.json()["detail"]
