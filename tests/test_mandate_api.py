"""The register of mandates and the audit over HTTP: the library's rows in each form."""

from __future__ import annotations

import csv
import io

import networkx as nx
import openpyxl
import pytest
from fastapi.testclient import TestClient

from pursuant.auditing import SECTIONS, audit
from pursuant.mandate_register import mandates
from pursuant.mandate_reports import expiring_soon, life_cycle, no_sunset
from pursuant.networks import FORMS
from pursuant.overlapping import overlaps
from pursuant.partnering import WRITERS, partner_network, partners, written
from pursuant.registry_columns import un_registry
from pursuant_api import create_app
from tests.series import series

DAY = "as_of=2029-03-02"
ASKED = [
    ("/mandates?topic=biometrics", lambda s: mandates(s, topic="biometrics")),
    ("/mandates?partner=CTED&mode=cooperation", lambda s: mandates(s, partner="cted")),
    ("/mandates?columns=un-registry&body=sc", lambda s: un_registry(s, body="sc")),
    ("/entities/unodc/mandates?year=2028", lambda s: mandates(s, "unodc", year=2028)),
    (f"/mandates/life-cycle?{DAY}", lambda s: life_cycle(s, as_of="2029-03-02")),
    (f"/mandates/no-sunset?{DAY}", lambda s: no_sunset(s, as_of="2029-03-02")),
    (
        "/mandates/expiring-soon?within=1+year&as_of=2028-06-01",
        lambda s: expiring_soon(s, "1 year", as_of="2028-06-01"),
    ),
    ("/mandates/overlaps?least=0.9", lambda s: overlaps(s, 0.9)),
    ("/mandates/partners?body=sc", lambda s: partners(s, body="sc")),
]


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app(series()), follow_redirects=False)


@pytest.mark.parametrize(("address", "read"), ASKED, ids=[each[0] for each in ASKED])
def test_each_form_has_the_rows_of_the_library(client, address, read):
    table = read(series())
    assert len(table) > 0
    path, _, query = address.partition("?")
    assert client.get(f"{path}.json?{query}").json() == table.to_json()
    told = list(csv.reader(io.StringIO(client.get(f"{path}.csv?{query}").text)))
    assert tuple(told[0]) == table.columns
    assert len(told) == 1 + len(table)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}.xlsx?{query}").content))
    assert book["pursuant"].max_row == 1 + len(table)
    if "un-registry" not in query:
        page = client.get(f"{path}?{query}&lang=zh", headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert page.text.count("<tr>") == 1 + len(table)


@pytest.mark.parametrize("form", WRITERS)
def test_who_works_with_whom_in_each_form_of_a_network(client, form):
    told = client.get(f"/mandates/partners.{FORMS[form].suffix}?body=sc&lang=zh")
    assert told.headers["content-type"].partition(";")[0] == FORMS[form].media
    assert told.content == written(partner_network(series(), "zh", body="sc"), form)
    assert client.get(f"/mandates/partners.{form}?body=sc&lang=zh").content == told.content


@pytest.mark.parametrize("page", ["/mandates", "/mandates/partners"])
@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("?lang=zh&force=urge&body=&page=1&per_page=20", "?force=urge&amp;lang=zh"),
        ("?document=E%2FRES%2F2019%2F21", "?document=E%2FRES%2F2019%2F21"),
    ],
)
def test_pages_link_to_the_network_of_partners(client, page, query, kept):
    shown = client.get(f"{page}{query}", headers={"Accept": "text/html"}).text
    assert ("关系网络" if "zh" in query else "as a network") in shown
    for form in WRITERS:
        address = f"/mandates/partners.{FORMS[form].suffix}{kept}"
        assert f'<a href="{address}" download>{form}</a>' in shown
        assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_other_pages_do_not_link_to_it(client):
    for page in ("/mandates/overlaps", "/entities/unodc/mandates", "/documents"):
        shown = client.get(page, headers={"Accept": "text/html"}).text
        assert "partners.graphml" not in shown


def test_the_network_of_partners_is_read_by_others(client):
    network = nx.parse_graphml(client.get("/mandates/partners.graphml").text)
    assert set(network) == set(partner_network(series()))
    assert client.get("/mandates/partners.gif").status_code == 404
    assert client.get("/mandates/partners.graphml?wrong=1").status_code == 400


def test_the_page_shows_what_an_analyst_asks_for(client):
    page = client.get("/mandates?document=S/RES/9102&lang=en", headers={"Accept": "text/html"})
    assert "<dt>Term</dt> <dd>12 months</dd>" in page.text
    assert "2029-03-15" in page.text
    assert 'value="S/RES/9102"' in page.text
    named = client.get(f"/mandates/life-cycle?{DAY}", headers={"Accept": "text/html"}).text
    assert 'href="/entities/panel-of-experts"' in named
    assert "Working Group on Electronic Evidence</td>" in named.replace("\n", "")


def test_the_audit_has_a_page_and_an_address_for_each_section(client):
    found = audit(series())
    assert client.get("/audit.json").json() == found.to_json()
    page = client.get("/audit?lang=zh", headers={"Accept": "text/html"}).text
    for name in SECTIONS:
        assert f'href="/audit/{name}?lang=zh"' in page
        assert client.get(f"/audit/{name}?per_page=1000").json() == found[name].to_json()
        shown = client.get(f"/audit/{name}", headers={"Accept": "text/html"})
        assert shown.status_code == 200
    assert client.get("/audit.csv").text.splitlines()[0] == "section,found,question"
    assert client.get("/audit.xlsx").content.startswith(b"PK")


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/mandates?topic=lamps", 404, "no topic is called 'lamps'"),
        ("/mandates?as_of=soon", 400, "'soon' is no day"),
        ("/mandates?tpoic=victims", 400, "has no parameter 'tpoic'; did you mean topic"),
        ("/mandates?columns=all", 400, "columns is one of pursuant, un-registry, not 'all'"),
        ("/mandates/overlaps?least=2", 400, "least is a number above 0 and up to 1, not '2'"),
        ("/mandates/overlaps?least=x", 400, "least is a number above 0 and up to 1, not 'x'"),
        ("/mandates/expiring-soon?within=long", 400, "'long' is no period"),
        ("/mandates/life-cycle?within=P6M", 400, "has no parameter 'within'"),
        ("/audit/linkss", 404, "no section of the audit is called 'linkss'; did you mean links"),
    ],
)
def test_what_is_wrong_is_said(client, address, status, says):
    answer = client.get(address)
    assert answer.status_code == status
    assert says in answer.json()["detail"]
