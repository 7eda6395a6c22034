"""Lists over HTTP: pages, filters, forms, and what is said of a wrong request."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pyoxigraph as ox
import pytest

DOC = "/documents/e-res-2019-21"
HTML = {"Accept": "text/html"}
LISTS = [
    "/documents",
    f"{DOC}/instruments",
    f"{DOC}/citations",
    f"{DOC}/op24/instruments",
    f"{DOC}/op24/citations",
    "/instruments",
    "/instruments/crc/cited-by",
    "/entities",
]


def links(answer) -> dict[str, str]:
    found = re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers["link"])
    return {name: address for address, name in found}


@pytest.mark.parametrize("path", [*LISTS, "/entities/unodc/mandates"])
def test_the_pages_of_a_list_are_the_list(client, path):
    whole = client.get(f"{path}?per_page=1000")
    total = int(whole.headers["x-total-count"])
    assert len(whole.json()) == total
    size = max(1, total // 3)
    found, address, steps = [], f"{path}?per_page={size}", 0
    while address and steps < 10:
        answer = client.get(address)
        assert int(answer.headers["x-total-count"]) == total
        found += answer.json()
        told = links(answer)
        assert client.get(told["first"]).json() == whole.json()[:size]
        address, steps = told.get("next", ""), steps + 1
    assert found == whole.json()
    assert client.get(told["last"]).json() == answer.json()
    assert ("prev" in told) == (steps > 1)


def test_links_keep_the_filters(client):
    told = links(client.get(f"{DOC}/citations?kind=instrument&per_page=10&lang=zh"))
    assert told["next"] == f"{DOC}/citations?kind=instrument&per_page=10&lang=zh&page=2"
    assert set(told) == {"first", "next", "last"}


def test_a_page_beyond_the_last_is_empty_and_leads_back(client):
    answer = client.get("/documents?page=9")
    assert answer.json() == []
    assert links(answer) == {
        "first": "/documents?page=1", "prev": "/documents?page=1", "last": "/documents?page=1"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/documents?body=ecosoc&since=2019&held_in=zh&topic=prisons", 1),
        ("/documents?body=ga", 0),
        (f"{DOC}/citations?function=legal-obligation&kind=instrument", 2),
        (f"{DOC}/op24/citations?target=crc&via=text&status=resolved", 1),
        ("/instruments?kind=Charter", 1),
        ("/instruments/crc/cited-by?function=legal-obligation&until=2019-07", 1),
        ("/instruments/crc/cited-by?since=2020", 0),
        ("/documents?body=", 1),
    ],
)
def test_lists_are_filtered(client, path, count):
    answer = client.get(path)
    assert (len(answer.json()), int(answer.headers["x-total-count"])) == (count, count)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/documents?bodi=ga", 400, "/documents has no parameter 'bodi'; did you mean body"),
        ("/documents?x=1", 400, "there are body, year, since, until"),
        ("/documents?body=ga&body=sc", 400, "the parameter body is given more than once"),
        ("/documents?body=gaa", 404, "no body is called 'gaa'"),
        ("/documents?year=MMXIX", 400, "year is a year"),
        ("/documents?page=", 400, "page is a number"),
        ("/documents?page=0", 400, "page is a number from 1 to 1,000,000, not '0'"),
        ("/documents?page=٣", 400, "page is a number"),
        ("/documents?page=99999999999999999999", 400, "page is a number"),
        ("/documents?per_page=1001", 400, "per_page is a number from 1 to 1,000"),
        (f"{DOC}?page=1", 400, "has no parameter 'page'"),
        (f"{DOC}/instruments?kind=self", 400, "has no parameter 'kind'"),
        (f"{DOC}/citations?kind=x", 400, "kind is one of instrument, group, self"),
        ("/instruments?kind=Convntion", 404, "did you mean Convention"),
        ("/entities/unodc?x=1", 400, "has no parameter 'x'"),
        ("/documents.gexf", 404, "nothing is at /documents.gexf; there is .json"),
        ("/documents.ttl", 406, "this comes as application/json"),
        (f"{DOC}.csv", 406, "not as text/csv"),
    ],
)
def test_what_is_wrong_is_said(client, path, status, says):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert says in answer.json()["detail"]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_comes_whole_as_csv_and_xlsx(client, path):
    rows = client.get(f"{path}?per_page=1000").json()
    answer = client.get(f"{path}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    told = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(told) == len(rows)
    assert list(told[0]) == list(rows[0])
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}.xlsx").content))
    assert book["pursuant"].max_row == len(rows) + 1
    page = client.get(f"{path}?per_page=1", headers={"Accept": "text/csv"}).text
    assert len(list(csv.reader(io.StringIO(page)))) == 2


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_list_has_a_page_for_people(client, path, lang):
    answer = client.get(f"{path}?lang={lang}&per_page=1", headers=HTML)
    assert answer.headers["content-language"] == lang
    assert ("page=2" in answer.text) == (int(answer.headers["x-total-count"]) > 1)
    assert f'<html lang="{lang}">' in answer.text
    suffixed = client.get(f"{path}.html?lang={lang}&per_page=1")
    assert suffixed.text.replace(".html", "") == answer.text.replace(".html", "")


def test_a_form_keeps_what_was_asked(client):
    told = client.get(f"{DOC}/citations?status=resolved&target=crc&lang=en", headers=HTML).text
    assert '<option value="resolved" selected>' in told
    assert 'name="target" value="crc"' in told
    assert 'name="lang" value="en"' in told
    assert f"{DOC}/citations.csv?status=resolved" in told


@pytest.mark.parametrize("path", [DOC, f"{DOC}/op24", "/instruments/crc", "/entities/unodc"])
def test_the_graph_is_the_same_in_every_syntax(client, path):
    forms = {
        ".ttl": ox.RdfFormat.TURTLE,
        ".nt": ox.RdfFormat.N_TRIPLES,
        ".jsonld": ox.RdfFormat.JSON_LD,
        ".rdf": ox.RdfFormat.RDF_XML,
    }
    found = []
    for suffix, form in forms.items():
        answer = client.get(f"{path}{suffix}")
        assert answer.headers["content-type"].startswith(form.media_type)
        graph = ox.Dataset(ox.parse(answer.content, form))
        graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        found.append(set(map(str, graph)))
    assert all(each == found[0] for each in found)


def test_what_cites_and_asks_a_thing_is_paged_with_it(client):
    answer = client.get("/entities/unodc?per_page=2")
    assert len(answer.json()["mandates"]) == 2
    assert answer.json()["mandates"] == client.get("/entities/unodc/mandates?per_page=2").json()
    assert int(answer.headers["x-total-count"]) > 2
    assert "page=2" in client.get("/entities/unodc?per_page=2", headers=HTML).text
