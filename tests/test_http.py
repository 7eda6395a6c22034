"""What HTTP promises of every address: HEAD, OPTIONS, revalidation, compression, other origins."""

from __future__ import annotations

import gzip
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from fastapi.testclient import TestClient

from pursuant.store import open_store
from pursuant_api import create_app

DOC = "/documents/e-res-2019-21"
PATHS = [
    "/documents", DOC, f"{DOC}.ttl", f"{DOC}/op24.json", f"{DOC}/citations.csv", "/instruments/crc",
    "/entities/unodc.nt", "/search?q=crc", f"/compare?a={DOC[11:]}&b={DOC[11:]}", "/mandates",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder_client(tmp_path_factory, shipped):
    store = open_store(tmp_path_factory.mktemp("http") / "store")
    store.replace({name: [q.triple for q in shipped.quads(name)] for name in shipped.graphs()})
    return TestClient(create_app(store), follow_redirects=False)


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_revalidated_by_tag_and_by_time(folder_client, path):
    first = folder_client.get(path)
    assert first.status_code == 200
    assert "Accept-Language" in first.headers["vary"]
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    before = format_datetime(parsedate_to_datetime(changed) - timedelta(days=1), usegmt=True)
    for headers, status in (
        ({"If-None-Match": tag}, 304),
        ({"If-None-Match": f'"other", {tag}'}, 304),
        ({"If-None-Match": '"other"', "If-Modified-Since": changed}, 200),
        ({"If-Modified-Since": changed}, 304),
        ({"If-Modified-Since": before}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
    ):
        again = folder_client.get(path, headers=headers)
        assert again.status_code == status, headers
        assert again.headers["etag"] == tag
        if status == 304:
            assert again.content == b""


def test_another_revision_has_another_tag(tmp_path, shipped):
    store = open_store(tmp_path / "store")
    graphs = {name: [q.triple for q in shipped.quads(name)] for name in shipped.graphs()}
    store.replace(graphs)
    client = TestClient(create_app(store))
    tag = client.get("/documents").headers["etag"]
    open_store(tmp_path / "store").replace({}, remove=[n for n in graphs if n.endswith("review")])
    assert client.get("/documents", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_its_body(client, path):
    got, head = client.get(path), client.head(path)
    assert head.content == b""
    assert head.status_code == got.status_code
    for name in ("content-type", "etag", "vary", "link", "x-total-count", "content-language"):
        assert head.headers.get(name) == got.headers.get(name), name


@pytest.mark.parametrize("path", [*PATHS, "/healthz", "/id/doc/crc", "/sparql", "/"])
def test_options_tell_what_may_be_done(client, path):
    answer = client.options(path, headers={"Origin": "https://example.org"})
    assert answer.status_code == 204
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["allow"].split(", "))
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "GET" in answer.headers["access-control-allow-methods"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/documents", DOC, "/search", "/instruments/crc"])
def test_other_methods_are_refused_with_those_that_there_are(client, method, path):
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.json()["detail"] == f"{method} is not done at {path}"


def test_nothing_may_be_done_where_nothing_is(client):
    assert client.options("/nowhere").status_code in {404, 405}


@pytest.mark.parametrize("path", [DOC, "/instruments", "/mandates"])
def test_answers_come_compressed_to_who_takes_that(client, path):
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["vary"]
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 3


def test_pages_of_other_origins_may_read_everything(client):
    exposed = client.get("/documents").headers["access-control-expose-headers"]
    assert {"ETag", "Link", "X-Total-Count"} <= set(exposed.split(", "))
