"""The data set over HTTP: what it is, the whole of it as a file, and what crawlers are told."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
import threading
from typing import Any

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from lxml import etree, html
from rdflib import RDF, Graph, Namespace

from pursuant import describing
from pursuant.copying import Target, copy
from pursuant.iri import ID
from pursuant.store import Store, open_store
from pursuant.transport import Service
from pursuant_api import create_app, sitemap
from tests.engines import oxigraph
from tests.test_describing import checked

DCAT = Namespace("http://www.w3.org/ns/dcat#")
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
DUMP = "/dump.nq.gz"


def tree(data: bytes) -> Any:
    return etree.fromstring(data)


@pytest.fixture
def changing(shipped, tmp_path):
    """A store on disk, and the application on it."""
    store = open_store(tmp_path / "store")
    graphs = {name: [q.triple for q in shipped.quads(name)] for name in shipped.graphs()}
    store.replace(graphs)
    return store, TestClient(create_app(store), follow_redirects=False)


# The file


def test_the_file_is_everything(client, shipped):
    answer = client.get(DUMP)
    assert answer.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in answer.headers
    quads = list(ox.parse(gzip.decompress(answer.content), ox.RdfFormat.N_QUADS))
    assert len(quads) == shipped.count()
    assert set(quads) == set(shipped.quads())
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("name", ["dump.nq.gz", "dump.trig.gz"])
def test_its_checksum_is_checked_by_others(client, name, tmp_path):
    (tmp_path / name).write_bytes(client.get(f"/{name}").content)
    told = client.get(f"/{name}.sha256")
    assert told.headers["content-type"] == "text/plain; charset=utf-8"
    (tmp_path / "sum").write_bytes(told.content)
    run = subprocess.run(
        ["/usr/bin/sha256sum", "-c", "sum"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (run.returncode, run.stdout) == (0, f"{name}: OK\n")


def test_it_comes_in_parts_and_only_once(client):
    whole = client.get(DUMP)
    assert whole.headers["accept-ranges"] == "bytes"
    tag = whole.headers["etag"]
    assert tag == f'"{hashlib.sha256(whole.content).hexdigest()}"'
    assert client.get(DUMP, headers={"If-None-Match": tag}).status_code == 304
    part = client.get(DUMP, headers={"Range": "bytes=100-", "If-Range": tag})
    assert (part.status_code, part.content) == (206, whole.content[100:])
    other = client.get(DUMP, headers={"Range": "bytes=100-", "If-Range": '"other"'})
    assert (other.status_code, other.content) == (200, whole.content)
    beyond = client.get(DUMP, headers={"Range": f"bytes={len(whole.content)}-"})
    assert beyond.status_code == 416


def test_a_head_is_told_its_length(client):
    head = client.head(DUMP)
    assert head.content == b""
    assert int(head.headers["content-length"]) == len(client.get(DUMP).content)


def test_it_is_not_written_to(client):
    answer = client.post(DUMP, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_it_follows_the_store_and_two_are_kept(changing):
    store, client = changing
    tags = [client.get(DUMP).headers["etag"]]
    for number in range(3):
        store.replace({f"urn:g{number}": [ox.Triple(*[ox.NamedNode("urn:x")] * 3)]})
        tags.append(client.get(DUMP).headers["etag"])
    assert len(set(tags)) == 4
    [dumps] = {app for path, (_, app) in client.app.direct.items() if path == DUMP}
    assert len(list(dumps._folder.iterdir())) == 2
    assert f'"{hashlib.sha256(client.get(DUMP).content).hexdigest()}"' == tags[-1]


def test_many_who_come_at_once_get_the_same(shipped):
    with TestClient(create_app(shipped)) as client:
        found: list[bytes] = []
        threads = [
            threading.Thread(target=lambda: found.append(client.get(DUMP).content))
            for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        folder = client.app.state.dumps._folder  # type: ignore[attr-defined]
        assert len(list(folder.iterdir())) == 1
    assert len(found) == 6
    assert len(set(found)) == 1
    assert not folder.exists()


def test_it_is_written_anew_where_it_is_lost(shipped):
    app = create_app(shipped)
    client = TestClient(app)
    whole = client.get(DUMP).content
    shutil.rmtree(app.state.dumps._folder)
    assert client.get(DUMP).content == whole
    app.state.dumps.close()
    assert client.get(DUMP).content == whole


def test_where_it_cannot_be_written_that_is_said(shipped, monkeypatch):
    def broken(name, output):
        raise OSError(28, "No space left on device")

    store = Store.memory({"urn:g": list(shipped.quads())[:3]})
    monkeypatch.setattr(store, "write_graph", broken)
    answer = TestClient(create_app(store)).get(DUMP, headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "No space left on device" in answer.json()["detail"]


# The description


@pytest.mark.parametrize("path", ["/dataset.ttl", "/dataset", "/.well-known/void"])
def test_a_catalogue_is_told_what_it_must_find(changing, path):
    _, client = changing
    answer = client.get(path, headers={"Accept": "text/turtle"})
    told = Graph().parse(data=answer.content, format="turtle")
    conforms, report = checked(told)
    assert conforms, report


def test_what_is_named_to_be_taken_can_be_taken(client):
    told = Graph().parse(data=client.get("/dataset.ttl").content, format="turtle")
    for each in told.subjects(RDF.type, DCAT.Distribution):
        address = str(told.value(each, DCAT.accessURL))
        answer = client.get(address, headers={"Accept": "*/*"})
        assert answer.status_code == 200, address


@pytest.mark.parametrize("language", ["en", "zh"])
def test_people_are_told_the_same(client, shipped, language):
    answer = client.get(f"/dataset?lang={language}", headers={"Accept": "text/html"})
    shown: Any = html.document_fromstring(answer.content)
    assert describing.TITLES[language] in shown.text_content()
    told = client.get("/dataset.json").json()
    assert told["statements"] == shipped.count()
    assert len(shown.xpath("//section[@aria-labelledby='classes']//tbody/tr")) == len(
        told["classes"]
    )
    [cell] = shown.xpath("//tr[th/a[contains(@href, '#OperativeParagraph')]]/td/text()")
    assert cell == "30"
    assert told["links"]


def test_what_another_server_holds_is_not_counted_nor_given_out(shipped, tmp_path):
    with oxigraph(tmp_path) as server:
        copy(shipped, Target.at(Service.at(server.query), server.update, None))
        client = TestClient(create_app(open_store(server.query)))
        answer = client.get(DUMP, headers={"Accept": "application/json"})
        assert answer.status_code == 404
        assert "ask it there" in answer.json()["detail"]
        shown = client.get("/dataset?lang=en", headers={"Accept": "text/html"})
        assert "What another server holds is not counted here." in shown.text
        assert DUMP not in shown.text
        told = Graph().parse(data=client.get("/dataset.ttl").content, format="turtle")
        assert "dump" not in str(set(told.objects(None, DCAT.accessURL)))
        assert client.get("/dataset.json").json()["statements"] == 0


# Crawlers


@pytest.fixture
def mapped(changing):
    return changing[1]


def test_the_sitemap_names_every_page_once(mapped):
    index = tree(mapped.get("/sitemap.xml").content)
    assert index.tag == f"{{{NS['s']}}}sitemapindex"
    places = index.xpath("s:sitemap/s:loc/text()", namespaces=NS)
    assert places == ["http://testserver/sitemap-1.xml"]
    answer = mapped.get("/sitemap-1.xml", headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "application/xml"
    listed = tree(answer.content)
    found = listed.xpath("s:url/s:loc/text()", namespaces=NS)
    assert len(found) == len(set(found)) > 200
    for end in ("/documents/e-res-2019-21", "/instruments/crc", "/entities/unodc", "/ontology"):
        assert f"http://testserver{end}" in found
    for each in found[::40] + found[:20]:
        assert mapped.get(each, headers={"Accept": "text/html"}).status_code == 200, each


LONG_AGO = "2020-01-02T03:04:05+00:00"
LATER = """
<https://w3id.org/unct/id/doc/a-res-90-7> a <https://w3id.org/unct/ontology#Resolution> .
<https://w3id.org/unct/id/doc/a-res-90-7/op1>
    <https://w3id.org/unct/ontology#inDocument> <https://w3id.org/unct/id/doc/a-res-90-7> .
"""


def since(client: TestClient, path: str) -> dict[str, str]:
    """What a sitemap says of when its pages changed, by path."""
    entries = tree(client.get(path).content)
    told = (
        (each.findtext("s:loc", "", NS), each.findtext("s:lastmod", None, NS)) for each in entries
    )
    return {loc.partition("testserver")[2]: lastmod for loc, lastmod in told if lastmod}


def test_the_sitemap_tells_when_each_document_changed(changing):
    store, client = changing
    (whole,) = since(client, "/sitemap-1.xml").items()
    assert whole[0] == "/documents/e-res-2019-21"
    for path in store.folder.parent.glob("*.json"):
        path.write_text(path.read_text().replace(whole[1], LONG_AGO))
    aged = open_store(store.location)
    aged.replace({f"{ID}graph/a-res-90-7.en": list(ox.parse(LATER, ox.RdfFormat.TURTLE))})
    aged_client = TestClient(create_app(aged))
    found = since(aged_client, "/sitemap-1.xml")
    assert found.pop("/documents/e-res-2019-21") == LONG_AGO
    ((page, newest),) = found.items()
    assert (page, newest >= whole[1]) == ("/documents/a-res-90-7", True)
    assert since(aged_client, "/sitemap.xml") == {"/sitemap-1.xml": newest}


def test_where_nobody_knows_the_sitemap_does_not_tell(client):
    assert since(client, "/sitemap-1.xml") == since(client, "/sitemap.xml") == {}


def test_the_sitemap_keeps_to_its_schema(mapped):
    for path, root, entry in (
        ("/sitemap.xml", "sitemapindex", "sitemap"),
        ("/sitemap-1.xml", "urlset", "url"),
    ):
        validator = etree.RelaxNG(
            etree.fromstring(
                f"""<element name="{root}" ns="{NS["s"]}"
                  xmlns="http://relaxng.org/ns/structure/1.0"
                  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
                  <oneOrMore><element name="{entry}">
                    <element name="loc"><data type="anyURI">
                      <param name="pattern">https?://.{{5,2040}}</param></data></element>
                    <optional><element name="lastmod"><data type="dateTime"/></element></optional>
                  </element></oneOrMore></element>"""
            )
        )
        validator.assertValid(tree(mapped.get(path).content))


def test_a_sitemap_has_a_bound(mapped, monkeypatch):
    monkeypatch.setattr(sitemap, "MOST", 100)
    index = tree(mapped.get("/sitemap.xml?again").content)
    places = index.xpath("s:sitemap/s:loc/text()", namespaces=NS)
    sizes = [len(tree(mapped.get(f"{place}?again").content)) for place in places]
    assert len(places) > 2
    assert sizes[:-1] == [100] * (len(places) - 1)
    missing = mapped.get(f"/sitemap-{len(places) + 1}.xml", headers={"Accept": "*/*"})
    assert missing.status_code == 404


def test_crawlers_are_told_where_not_to_go(client):
    told = client.get("/robots.txt")
    assert told.headers["content-type"] == "text/plain; charset=utf-8"
    assert told.text.splitlines()[0] == "User-agent: *"
    assert "Disallow: /sparql" in told.text
    assert told.text.endswith("Sitemap: http://testserver/sitemap.xml\n")
