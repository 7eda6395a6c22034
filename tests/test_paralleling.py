"""The same resolution in two languages: paragraphs side by side, and what only one of them has."""

from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner

from pursuant.cli import main
from pursuant.errors import PursuantError
from pursuant.extracting import extract
from pursuant.paralleling import Expression, Parallel, Side, align, parallel, sections
from tests import markup


def sides(*targets: str) -> tuple[Side, ...]:
    return tuple(
        Side(f"pp{i}", frozenset(filter(None, t.split())), "") for i, t in enumerate(targets, 1)
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("a", "b"), ("a", "c"), ["a|a", "b|c"]),
        (("a", "b", "c"), ("a", "c"), ["a|a", "b|-", "c|c"]),
        (("a",), ("x", "a"), ["-|x", "a|a"]),
        ((), ("a",), ["-|a"]),
    ],
)
def test_side_by_side(first, second, expected):
    pairs = align({"pp": sides(*first)} if first else {}, {"pp": sides(*second)})
    assert ["|".join("".join(s.targets) if s else "-" for s in pair) for pair in pairs] == expected


def test_counts_and_differences():
    one = Expression("A/RES/81/7", "en", {"pp": sides("crc A/RES/72/194"), "op1": sides("")})
    two = Expression("A/RES/81/7", "zh", {"pp": sides("A/RES/72/194"), "op1": sides("")})
    alone = Expression("A/RES/81/8", "zh", {"pp": sides("crc")})
    compared = Parallel((one, two, alone))
    assert compared.to_table().rows == (
        ("en-zh", 1, 2, 1, 50.0, 2, 100.0),
        ("all", 1, 2, 1, 50.0, 2, 100.0),
    )
    (row,) = compared.differences()
    assert (row["unit"], row["only first"], row["only second"]) == ("pp1", ("crc",), ())


def test_nothing_in_common():
    one = Expression("A/RES/81/7", "en", {"pp": sides("a"), "op1": sides("b")})
    compared = Parallel((one, Expression("A/RES/81/7", "zh", {})))
    assert compared.to_table().rows[0] == ("en-zh", 1, 2, 0, 0.0, 0, 0.0)
    assert [row["unit"] for row in compared.differences()] == ["pp1", "pp1"]


def test_texts_are_read_and_compared(tmp_path):
    markup.folder(tmp_path, zh=markup.CHINESE, en=markup.ENGLISH)
    compared = parallel(tmp_path)
    assert compared.to_table().rows[0] == ("en-zh", 1, 7, 5, 71.43, 6, 85.71)
    assert [(r["unit"], r["only first"], r["only second"]) for r in compared.differences()] == [
        ("pp1", (), ("A/80/12",)),
        ("op2", ("A/RES/71/1",), ("A/RES/70/1",)),
    ]


def test_headings_are_no_paragraphs():
    lines = ["A/RES/75/200. Small works", "", " The General Assembly,", ""]
    lines += [" Recalling its resolution 72/194,", "", " 1. Requests States to report;", ""]
    lines += ["  Follow-up of works", "", " 2. Requests the Secretary-General to report."]
    document = extract("\n".join(lines).encode(), "f.txt")
    assert [p.id for p in document.paragraphs] == ["pp1", "op1", "h3", "op2"]
    assert list(sections(document)) == ["pp", "op1", "op2"]


def test_the_command(tmp_path):
    markup.folder(tmp_path, zh=markup.CHINESE, en=markup.ENGLISH)
    misses = tmp_path / "differences.csv"
    args = ["evaluate", str(tmp_path), "--parallel", "--misses", str(misses), "--format", "csv"]
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1] == "en-zh,1,7,5,71.43,6,85.71"
    assert len(list(csv.DictReader(misses.read_text("utf-8").splitlines()))) == 2


def test_one_language_alone(tmp_path):
    markup.folder(tmp_path, zh=markup.CHINESE)
    with pytest.raises(PursuantError, match="holds no resolution in two languages"):
        parallel(tmp_path)
