from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from pursuant import building
from pursuant.analysing import asked, terms
from pursuant.errors import BadQuery, StoreProblem, UnknownName
from pursuant.indexing import index_of, rebuild
from pursuant.searching import search
from pursuant.store import Store
from tests.conftest import ARABIC, ENGLISH, composed


@pytest.fixture(scope="module")
def store(shipped):
    """The first document, and a made-up one in English and Arabic."""
    store = Store.memory()
    store.replace({name: [q.triple for q in shipped.quads(name)] for name in shipped.graphs()})
    for language, words in (("en", ENGLISH), ("ar", ARABIC)):
        graphs = building.document_graphs(composed(language, words))
        store.replace({str(name): graph for name, graph in graphs.items()})
    return store


def units(found) -> set[str]:
    return {f"{row['document']} {row['unit']}" for row in found.to_table()}


TERMS = [
    ("zh", "反恐", ["反恐", "恐"]),
    ("zh", "第72/194号决议", ["第", "72", "194", "号决", "决议", "议"]),
    ("en", "Countering Terrorists’ attacks", ["counter", "terrorist", "attack"]),
    ("fr", "Résolutions", ["resolu"]),
    ("fr", "resolutions", ["resolu"]),
    ("es", "RESOLUCIONES", ["resolu"]),
    ("ru", "резолюций всё ещё", ["резолюц", "все", "ещ"]),
    ("ar", "القَرارات", ["قرار"]),
    ("zh", "UNODC办公室", ["unodc", "办公", "公室", "室"]),
    ("en", "", []),
]


@pytest.mark.parametrize(("language", "text", "expected"), TERMS)
def test_terms(language, text, expected):
    assert [term.text for term in terms(text, language)] == expected


def test_terms_know_their_place():
    text = "《囚犯》 and Prisoners"
    for term in terms(text, "en"):
        assert text[term.start : term.end].casefold().startswith(term.text[:2].casefold())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("恐", ("恐",)),
        ("恐怖", ("恐怖",)),
        ("决议72", ("决议", "议", "72")),
        ("72号决议", ("72", "号决", "决议")),
    ],
)
def test_what_is_asked_ends_with_a_whole_pair(text, expected):
    assert asked(text, "zh") == expected


# What is looked for, filters, and units that are found
QUERIES = [
    ("囚犯", {}, {"E/RES/2019/21 op26"}),
    ("囚犯 招募", {"kind": "paragraph"}, {"E/RES/2019/21 op26"}),
    ("囚犯 -招募", {}, set()),
    ("70/175", {}, {"E/RES/2019/21 fn10"}),
    ("“文化财产”", {"kind": "paragraph"}, {"E/RES/2019/21 op21"}),
    ("产文", {}, set()),
    ("秘书长", {"force": "request"}, {"E/RES/2019/21 op29", "E/RES/2019/21 op30"}),
    ("合作", {"force": ["urge"], "document": "e-res-2019-21"}, {"E/RES/2019/21 op27"}),
    ("第七十五届", {"year": "2019", "body": "ecosoc"}, {"E/RES/2019/21 op30"}),
    ("第七十五届", {"year": "2020"}, set()),
    ("毒品 -联合国 -毒", {}, set()),
]


@pytest.mark.parametrize(("text", "filters", "expected"), QUERIES)
def test_queries(store, text, filters, expected):
    filters = {"kind": "paragraph"} | filters
    assert units(search(store, text, limit=100, **filters)) == expected


def test_stems_are_tried_in_every_language(store):
    for word, language in (("conventions", "en"), ("convenciones", "es"), ("конвенциями", "ru")):
        told = {row["language"] for row in search(store, word, kind="name").to_table()}
        assert language in told
    arabic = search(store, "القرار", language="ar")
    assert {hit.language for hit in arabic.hits} <= {"ar"}


def test_titles_and_names_come_first(store):
    first = search(store, "联合国毒品和犯罪问题办公室").hits[0]
    assert first.kind in ("title", "name")
    (title,) = search(store, "技术援助", kind="title").hits
    assert title.subject.endswith("doc/e-res-2019-21")
    name = search(store, "Nelson Mandela Rules").hits[0]
    assert (name.kind, name.language) == ("name", "en")


def test_words_that_were_found_are_marked(store):
    (hit,) = search(store, "文化 贩运", kind="paragraph").hits
    assert "和[贩运文化]财产" in hit.snippet()
    (one,) = search(store, '"文化财"', kind="paragraph").hits
    assert "[文化财]产" in one.snippet()
    assert one.snippet().startswith("…")


def test_one_chinese_character(store):
    hits = search(store, "囚", kind="paragraph").hits
    assert {hit.text[s:e] for hit in hits for s, e in hit.spans} == {"囚"}


def test_facets_count_all_that_is_found(store):
    found = search(store, "联合国毒品和犯罪问题办公室", limit=1, kind="paragraph")
    assert len(found.hits) == 1
    assert found.total == found.facets["document"]["e-res-2019-21"] > 20
    assert found.facets["force"]["request"] > 10
    rows = {(row["facet"], row["value"]): row["texts"] for row in found.counts()}
    assert rows["body", "ecosoc"] == found.total
    told = json.loads(json.dumps(found.to_json()))
    assert told["total"] == found.total
    assert told["hits"][0]["iri"].startswith("https://w3id.org/unct/id/doc/")


def test_paging_goes_through_all(store):
    pages = [search(store, "恐怖", limit=7, offset=at).hits for at in range(0, 200, 7)]
    found = [(hit.subject, hit.language) for page in pages for hit in page]
    assert len(found) == len(set(found)) == search(store, "恐怖").total


BAD = [
    ("", {}, "no word to look for"),
    ("，。", {}, "no word to look for"),
    ("-囚犯", {}, "no word to look for"),
    ("a" * 1001, {}, "the limit is 1,000"),
    ("a", {"colour": "red"}, "no filter 'colour'"),
    ("a", {"limit": 0}, "0 hits cannot be given"),
    ("a", {"limit": 1001}, "ask for 1 to 1000"),
]


@pytest.mark.parametrize(("text", "options", "message"), BAD)
def test_what_cannot_be_searched(store, text, options, message):
    with pytest.raises(BadQuery, match=message):
        search(store, text, **options)


@pytest.mark.parametrize(
    "text", ['"', "a AND (b", "text:*", "[a TO b]", "a\0b", "\\", "“a”“b”", "^~"]
)
def test_no_text_is_a_syntax_error(store, text):
    try:
        search(store, text)
    except BadQuery as error:
        assert "no word to look for" in str(error)  # noqa: PT017


# The index and its store


@pytest.fixture
def folder(tmp_path):
    store = Store(tmp_path / "store")
    graphs = building.document_graphs(composed("en", ENGLISH))
    store.replace({str(name): graph for name, graph in graphs.items()})
    return store


def test_an_index_follows_its_store(folder):
    before = search(folder, "lamp").total
    assert before > 0
    graphs = building.document_graphs(composed("ar", ARABIC))
    folder.replace({str(name): graph for name, graph in graphs.items()})
    assert search(folder, "lamp").total == before
    languages = {hit.language for hit in search(folder, "90", limit=1000).hits}
    folder.replace({}, remove=[name for name in folder.graphs() if name.endswith(".en")])
    assert search(folder, "lamp").total == 0
    assert languages is not None


def test_an_index_is_kept_for_the_next_process(folder):
    search(folder, "lamp")
    script = (
        "import sys\nfrom pathlib import Path\nfrom pursuant import indexing\n"
        "from pursuant.searching import search\nfrom pursuant.store import Store\n"
        "indexing.entries = None  # nothing may be read again\n"
        "print(search(Store(Path(sys.argv[1])), 'lamp').total)\n"
    )
    run = [sys.executable, "-c", script, str(folder.location)]
    told = subprocess.run(run, capture_output=True, text=True, check=True, env=os.environ)
    assert int(told.stdout) == search(folder, "lamp").total


def test_an_index_is_rebuilt(folder):
    before = search(folder, "lamp").total
    assert rebuild(folder).searcher().num_docs > before
    assert search(folder, "lamp").total == before


def break_files(place):
    for path in place.iterdir():
        path.write_bytes(b"\0" * path.stat().st_size)


@pytest.mark.parametrize(
    "damage",
    [
        lambda place: (place / "meta.json").write_text("{"),
        lambda place: (place / "meta.json").unlink(),
        break_files,
        shutil.rmtree,
        lambda place: shutil.rmtree(place.parent),
    ],
)
@pytest.mark.parametrize("is_open", [True, False])
def test_a_damaged_index_is_begun_anew(folder, damage, is_open):
    before = search(folder, "lamp").total
    damage(folder.location / "search" / "1")
    held = folder if is_open else Store(folder.location)
    assert search(held, "lamp").total == before
    assert search(Store(folder.location), "lamp").total == before


def test_an_index_that_cannot_be_written_says_so(folder, monkeypatch):
    (folder.location / "search").write_text("a file")
    with pytest.raises(StoreProblem, match="cannot be opened"):
        index_of(folder)


@pytest.mark.parametrize(
    ("filters", "error", "says"),
    [
        ({"body": "gaa"}, UnknownName, "no body is called 'gaa'"),
        ({"force": "urgee"}, UnknownName, "did you mean urge"),
        ({"offset": 9_990}, BadQuery, "no more than the best 10,000 hits"),
    ],
)
def test_a_search_that_cannot_be_is_refused(store, filters, error, says):
    with pytest.raises(error, match=says):
        search(store, "lamp", **filters)


def test_filters_take_names(store):
    named = search(store, "恐怖主义", force="请", body="经济及社会理事会").total
    assert named == search(store, "恐怖主义", force=["request"], body="ecosoc").total > 0


def test_a_folder_of_somebody_elses_is_searched_in_memory(folder, monkeypatch):
    monkeypatch.setattr(Store, "is_frozen", property(lambda self: True))
    held = Store(folder.location)
    assert search(held, "lamp").total > 0
    assert not (folder.location / "search").exists()
