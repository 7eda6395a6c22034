"""`/extract`: what the command line prints, over HTTP; and what hostile senders are told."""

from __future__ import annotations

import io
import json
import urllib.error
import urllib.request
import zipfile

import pytest
from fastapi.testclient import TestClient

from pursuant import SAMPLE
from pursuant.batching import line
from pursuant.finding import Found
from pursuant.store import open_store
from pursuant_api import create_app
from pursuant_api.settings import Settings
from tests.server import running

HTML = {"Accept": "text/html"}
TEXT = "A/RES/81/7. 合作\n大会，\n 1. 请秘书长执行第72/194号决议<b>。".encode()
EICAR = b"\x89PNG\r\n\x1a\n" + b"\0" * 99
BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><akomaNtoso
xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">&d;</akomaNtoso>"""
CYCLE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "&b;"><!ENTITY b "&a;">]><html>&a;</html>'


def zipped(**members: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return output.getvalue()


@pytest.fixture(scope="module")
def reading(shipped):
    bounds = Settings(try_seconds=20, try_memory_megabytes=800, try_megabytes=3)
    return TestClient(create_app(shipped, bounds), follow_redirects=False)


def test_a_body_is_read_as_on_the_command_line(reading):
    answer = reading.post("/extract?name=e.txt", content=SAMPLE.read_bytes())
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.headers["cache-control"] == "no-store"
    printed, problem = line(Found("e.txt", SAMPLE.read_bytes()))
    assert problem is None
    assert answer.json() == json.loads(printed)


def test_a_form_with_one_file_is_read_alike(reading):
    answer = reading.post("/extract", files={"file": ("../../x.txt", TEXT)})
    assert answer.json()["source"] == "x.txt"
    assert answer.json()["paragraphs"][0]["citations"][0]["target"] == "A/RES/72/194"


def test_several_files_and_archives_give_a_line_each(reading):
    several = [
        ("file", ("a.txt", TEXT)),
        ("file", ("b.zip", zipped(c_txt=TEXT, d_pdf=b"%PDF-1.7 broken"))),
    ]
    answer = reading.post("/extract", files=several)
    assert answer.headers["content-type"] == "application/x-ndjson"
    told = [json.loads(each) for each in answer.text.splitlines()]
    assert [each["source"] for each in told] == ["a.txt", "b.zip/c.txt", "b.zip/d.pdf"]
    assert ["error" in each for each in told] == [False, False, True]
    page = reading.post("/extract?lang=zh", files=several, headers=HTML).text
    assert "b.zip/d.pdf" in page
    assert "未能读取" in page


@pytest.mark.parametrize(("lang", "says"), [("en", "is not stored"), ("zh", "未予存储")])
def test_the_page_of_a_file_is_the_reading_page(reading, lang, says):
    answer = reading.post(f"/extract?lang={lang}", files={"file": ("x.txt", TEXT)}, headers=HTML)
    assert answer.status_code == 200
    assert says in answer.text
    assert f'href="/instruments/a-res-72-194?lang={lang}"' in answer.text
    assert "&lt;b&gt;" in answer.text
    assert "extract.json" not in answer.text
    form = reading.get(f"/extract?lang={lang}", headers=HTML).text
    assert 'enctype="multipart/form-data"' in form


def test_pasted_text_is_read_and_kept_where_it_cannot_be(reading):
    pasted = {"text": (None, TEXT.decode()), "file": ("", b"")}
    answer = reading.post("/extract?lang=en", files=pasted, headers=HTML)
    assert answer.status_code == 200
    assert 'href="/instruments/a-res-72-194?lang=en"' in answer.text
    garbage = reading.post("/extract?lang=zh", files={"text": (None, "asdf & <b>")}, headers=HTML)
    assert garbage.status_code == 422
    assert "asdf &amp; &lt;b&gt;</textarea>" in garbage.text
    assert "未能读取" in garbage.text


def test_a_document_without_a_symbol_has_a_page(reading):
    text = TEXT.replace("A/RES/81/7. 合作\n".encode(), b"")
    answer = reading.post("/extract", content=text, headers=HTML)
    assert answer.status_code == 200
    assert "第72/194号决议" in answer.text


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        (b"", 400, "nothing was sent"),
        (b"x" * 3_000_001, 413, "more than 3 MB were sent"),
        (EICAR, 415, "this is"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, 415, "Word 97"),
        (b"hello", 422, "-:"),
        (b"\0" * 1000, 422, "-:"),
        (b"%PDF-1.7\n%%EOF", 422, "-:"),
        (BOMB, 422, "-:"),
        (CYCLE, 422, "-:"),
        (b"<html>" + b"<div>" * 100_000, 422, "-:"),
        (zipped(word_x=b"")[:-30], 415, "-:"),
    ],
    ids=lambda each: repr(each)[:20],
)
@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_what_cannot_be_read_is_refused_in_a_sentence(reading, content, status, says, accept):
    answer = reading.post("/extract", content=content, headers={"Accept": accept})
    assert answer.status_code == status, answer.text[:500]
    if accept == "*/*":
        assert answer.headers["content-type"] == "application/problem+json"
        assert says in answer.json()["detail"]
        assert "Traceback" not in answer.text
    else:
        assert 'class="problem"' in answer.text


def test_a_zip_bomb_is_ended_at_its_bounds(reading):
    bomb = zipped(a_txt=b"The General Assembly, " * 2_200_000)
    assert len(bomb) < 200_000
    answer = reading.post("/extract", content=bomb)
    assert answer.status_code in {200, 413, 422}
    if answer.status_code == 200:
        assert "error" in answer.json()
    assert reading.post("/extract", content=TEXT).status_code == 200


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("multipart/form-data", b"--x", 400),
        ("multipart/form-data; boundary=x", b"--y\r\n\r\nz", 400),
        ("multipart/form-data; boundary=x", b"--x--\r\n", 400),
    ],
)
def test_a_form_that_is_none_is_refused(reading, kind, content, status):
    answer = reading.post("/extract", content=content, headers={"Content-Type": kind})
    assert answer.status_code == status


def test_other_parameters_forms_and_codings_are_refused(reading):
    assert reading.post("/extract?nam=x", content=TEXT).status_code == 400
    assert reading.post("/extract", content=TEXT, headers={"Accept": "text/csv"}).status_code == 406
    packed = {"Content-Encoding": "gzip"}
    assert reading.post("/extract", content=TEXT, headers=packed).status_code == 415
    assert reading.options("/extract").headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_the_server_lives_on_and_its_memory_comes_back(tmp_path, shipped):
    store = open_store(tmp_path / "store")
    store.replace({name: [q.triple for q in shipped.quads(name)] for name in shipped.graphs()})

    def post(content: bytes) -> int:
        asked = urllib.request.Request(f"{served.url}/extract", data=content)
        asked.add_header("Content-Type", "application/octet-stream")
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except urllib.error.URLError:  # it was refused, and not read to its end
            return 413

    bounds = {"try_seconds": 2, "try_memory_megabytes": 300, "try_megabytes": 8}
    slow = "第72/194号决议、".encode() * 250_000
    with running(tmp_path / "store", tmp_path / "log", **bounds) as served:
        assert post(TEXT) == 200
        before = served.memory()
        bomb = zipped(**{f"a{n}_txt": b"a" * 40_000_000 for n in range(12)})
        told = [post(each) for each in (slow, bomb, b"\0" * 8_000_001, EICAR)]
        assert set(told) <= {200, 413, 415, 422}
        assert told[2] == 413
        assert post(TEXT) == 200
        assert served.get("/healthz")
        assert served.memory() < before + 60_000_000
