from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rdflib import SKOS, Graph

from pursuant.document import Reason
from pursuant.errors import UnreadableSource
from pursuant.extracting import extract
from pursuant.paths import DATA, ONTOLOGY
from pursuant.printing import error_to_json

SCHEMA = json.loads((DATA / "extract.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
FIRST = extract(DATA / "sources" / "e-res-2019-21.zh.txt").to_json()

COMPOSED = [
    " 大会，\n\n 1. 请秘书长提交报告。\n",
    " 大会，\n\n 1. 重申《儿童权利公约》、《残疾人权利公约》、《权利公约》、《某公约》。\n",
    "75/1. 合作\n\n 大会，\n\n 1. 请会员国：\n\n (a) 执行本决议；\n\n (b) 合作。\n\n2020年1月2日\n",
    " 安全理事会，\n\n 1. 重申第72/194号决议。1\n\n_____\n\n 1 第2178(2014)号决议，附件。\n",
]


def problems(printed: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(printed)]


def first(name: str, **wanted: object) -> dict[str, Any]:
    found = (
        item
        for paragraph in FIRST["paragraphs"]
        for item in paragraph[name]
        if all(item[key] == value for key, value in wanted.items())
    )
    return next(found)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_first_document_is_printed_as_the_schema_says() -> None:
    assert problems(json.loads(json.dumps(FIRST))) == []


@pytest.mark.parametrize("dump", COMPOSED)
def test_what_is_printed_is_as_the_schema_says(dump: str) -> None:
    assert problems(extract(dump.encode(), "f.txt").to_json()) == []


def test_composed_documents_show_every_status() -> None:
    printed = [extract(dump.encode(), "f.txt").to_json() for dump in COMPOSED]
    statuses = {c["status"] for d in printed for p in d["paragraphs"] for c in p["citations"]}
    assert statuses == {"resolved", "ambiguous", "unresolved"}


def test_the_reasons_of_the_schema_are_those_of_the_model_and_of_the_vocabulary() -> None:
    scheme = Graph().parse(ONTOLOGY / "vocab" / "reason.ttl")
    notations = sorted(map(str, scheme.objects(None, SKOS.notation)))
    assert SCHEMA["$defs"]["citation"]["properties"]["reasonKind"]["enum"] == notations
    assert sorted(Reason) == notations


def test_why_a_citation_is_not_resolved_is_printed_as_sentence_and_kind() -> None:
    printed = [extract(dump.encode(), "f.txt").to_json() for dump in COMPOSED]
    citations = [c for d in printed for p in d["paragraphs"] for c in p["citations"]]
    kinds = {c["reasonKind"] for c in citations if c["status"] != "resolved" and c["reason"]}
    assert kinds == {"several-meanings", "title-unknown"}


def test_an_error_is_printed_as_the_schema_says() -> None:
    printed = error_to_json(UnreadableSource("f.txt", "the file is empty"))
    assert printed == {"source": "f.txt", "error": "the file is empty"}
    assert problems(printed) == []


@pytest.mark.parametrize(
    "change",
    [
        {"paragraphs": []},
        {"sha256": "x"},
        {"surplus": 1},
        {"language": None},
        {"paragraphs": [{"id": "op1"}]},
        {"links": [None]},
    ],
    ids=str,
)
def test_the_schema_refuses_what_is_not_printed(change: dict[str, object]) -> None:
    assert problems({**FIRST, **change})


@pytest.mark.parametrize(
    "change",
    [{"target": None}, {"status": "unresolved"}, {"evidence": []}, {"via": "guess"}],
    ids=str,
)
def test_the_schema_refuses_a_citation_that_does_not_hold_together(change: dict[str, Any]) -> None:
    paragraph = FIRST["paragraphs"][0]
    citation = {**paragraph["citations"][0], **change}
    changed = {**FIRST, "paragraphs": [{**paragraph, "citations": [citation]}]}
    assert problems(changed)


def test_the_object_of_a_document() -> None:
    head = {
        key: FIRST[key] for key in ("source", "symbol", "adopted", "adoptedBy", "speaker", "draft")
    }
    assert head == {
        "source": "e-res-2019-21.zh.txt",
        "symbol": "E/RES/2019/21",
        "adopted": "2019-07-23",
        "adoptedBy": "ecosoc",
        "speaker": "ga",
        "draft": True,
    }


@pytest.mark.parametrize(
    ("target", "iri"),
    [
        ("A/RES/60/288", "https://w3id.org/unct/id/doc/a-res-60-288"),
        ("S/RES/2178 (2014)", "https://w3id.org/unct/id/doc/s-res-2178-2014"),
        ("crc-opac", "https://w3id.org/unct/id/doc/crc-opac"),
        ("ct-conventions", "https://w3id.org/unct/id/group/ct-conventions"),
        ("e-res-2019-21/draft", "https://w3id.org/unct/id/doc/e-res-2019-21/draft"),
    ],
)
def test_iris(target: str, iri: str) -> None:
    assert first("citations", target=target)["iri"] == iri


def test_the_iri_of_a_resolution_that_speaks_of_itself() -> None:
    (paragraph,) = extract("75/1. 合作\n\n 大会，\n\n 1. 重申本决议。".encode(), "f").to_json()[
        "paragraphs"
    ]
    (own,) = paragraph["citations"]
    assert (own["kind"], own["target"], own["iri"]) == (
        "self",
        "A/RES/75/1",
        "https://w3id.org/unct/id/doc/a-res-75-1",
    )


def test_a_point_is_a_paragraph() -> None:
    units = [
        (p["id"], p["number"]) for p in extract(COMPOSED[2].encode(), "f").to_json()["paragraphs"]
    ]
    assert units == [("op1", "1"), ("op1-a", "1(a)"), ("op1-b", "1(b)")]
