"""How `make w3c` judges: what is the same answer, and what is another."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.w3c.__main__ import fault
from tests.w3c.judging import right
from tests.w3c.suite import Case

TABLE = "application/sparql-results+json"
CSV = "text/csv"
TURTLE = "text/turtle"


def row(*terms: tuple[str, str]) -> str:
    told = ",".join(f'"{name}":{term}' for name, term in terms)
    return f"{{{told}}}"


def table(*rows: str) -> bytes:
    names = '{"vars":["a","b"]}'
    return f'{{"head":{names},"results":{{"bindings":[{",".join(rows)}]}}}}'.encode()


def number(text: str, kind: str) -> str:
    datatype = f"http://www.w3.org/2001/XMLSchema#{kind}"
    return f'{{"type":"literal","value":"{text}","datatype":"{datatype}"}}'


def blank(name: str) -> str:
    return f'{{"type":"bnode","value":"{name}"}}'


ONE, TEN = number("1", "integer"), number("10", "integer")


@pytest.mark.parametrize(
    ("name", "file", "media", "content", "same"),
    [
        ("a.srj", table(row(("a", ONE))), TABLE, table(row(("a", number("01", "integer")))), True),
        ("a.srj", table(row(("a", ONE))), TABLE, table(row(("a", TEN))), False),
        ("a.srj", table(row(("a", ONE))), TABLE, table(row(("a", number("1", "double")))), False),
        ("a.srj", table(row(("a", ONE))), TABLE, table(row(("a", ONE)), row(("a", ONE))), False),
        ("a.srj", table(row(("a", ONE))), TABLE, table(row(("b", ONE))), False),
        (
            "a.srj",
            table(row(("a", blank("x")), ("b", blank("x")))),
            TABLE,
            table(row(("a", blank("y")), ("b", blank("y")))),
            True,
        ),
        (
            "a.srj",
            table(row(("a", blank("x")), ("b", blank("x")))),
            TABLE,
            table(row(("a", blank("y")), ("b", blank("z")))),
            False,
        ),
        ("a.csv", b"a,b\n1,2\n3,4\n", CSV, b"b,a\r\n4,3\r\n2,1\r\n", True),
        ("a.csv", b"a,b\n1,2\n", CSV, b"a,b\n2,1\n", False),
        ("a.ttl", b"<urn:a> <urn:b> [] .", TURTLE, b"<urn:a> <urn:b> _:c .", True),
        ("a.ttl", b"<urn:a> <urn:b> [] .", TURTLE, b"<urn:a> <urn:b> <urn:c> .", False),
        (
            "a.ttl",
            (
                b"@prefix : <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> ."
                b"[] a :ResultSet; :solution [ :binding [ :variable 'a'; :value 1 ] ] ."
            ),
            TABLE,
            table(row(("a", ONE))),
            True,
        ),
        ("a.srj", b'{"head":{},"boolean":true}', TABLE, b'{"head":{},"boolean":false}', False),
    ],
)
def test_answers_are_judged(tmp_path, name, file, media, content, same):
    path = tmp_path / name
    path.write_bytes(file)
    case = Case("x", "", result=path)
    assert (fault(case, lambda _: (200, media, content)) == "") == same
    assert fault(case, lambda _: (200, media, b"<")) != ""
    assert fault(case, lambda _: (504, media, content)) != ""
    assert right(path, "http://e/") == right(path, "http://f/")


@pytest.mark.parametrize(("is_right", "status", "same"), [(True, 200, True), (False, 200, False)])
def test_syntax_is_judged_by_the_status(is_right, status, same):
    case = Case("x", "", is_right=is_right)
    assert (fault(case, lambda _: (status, "", b"")) == "") == same


@pytest.mark.parametrize(("folder", "code"), [("", 0), ("/nowhere", 1)])
def test_without_a_suite_it_says_so(folder, code):
    command = [sys.executable, "-m", "tests.w3c", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == code
    assert "make w3c SUITE=/path/to" in done.stdout + done.stderr
