from __future__ import annotations

import pytest

from pursuant import labels
from pursuant.folding import fold
from pursuant.labels import Step, follow, names


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("12. Requests", "12"),
        ("１２．请", "12"),
        ("3- يقرر", "3"),
        ("3 - يقرر", "3"),
        ("٣ – يقرر", "3"),
        ("3-. يقرر", "3"),
        ("7.", "7"),
        ("2015-2030", None),
        ("1.5 per cent", None),
        ("2019/21", None),
        ("3 States", None),
        ("1234. It", None),
        ("", None),
    ],
)
def test_numbers(line: str, number: str | None) -> None:
    found = labels.number(fold(line))
    assert (found.text if found else None) == number


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("(a) To report", "a"),
        ("a) présenter", "a"),
        ("(aa) To report", "aa"),
        ("(xiv) To report", "xiv"),
        ("ii) présenter", "ii"),
        ("（一） 继续", "一"),
        ("㈢ 继续", "㈢"),
        ("(㈢) 继续", "㈢"),
        ("(二十八) 继续", "二十八"),
        ("(أ) تقديم", "أ"),
        ("(هـ) تقديم", "ه"),
        ("(’2‘) تقديم", "2"),
        ("’2‘ تقديم", "2"),
        ("‘2’ تقديم", "2"),
        ("(2) To report", "2"),
        ("а) представить", "а"),
        ("• to report", "-"),
        ("– to report", "-"),
        ("(–) to report", "-"),
        ("2) To report", None),
        ("(ab) To report", None),
        ("a b", None),
        ("(the Committee)", None),
        ("-term", None),
    ],
)
def test_points(line: str, label: str | None) -> None:
    found = labels.point(fold(line))
    assert (found.text if found else None) == label
    if found and len(line) > 9:
        words = {"To report", "to report", "présenter", "представить", "تقديم"}
        assert fold(line)[found.end :] in words


def read(*printed: str, surely: bool = False) -> tuple[Step, ...] | None:
    """The labels down to the last of some points that follow one another."""
    steps: tuple[Step, ...] = ()
    for label in printed:
        found = follow(steps, label, surely=surely)
        if found is None:
            return None
        steps = found
    return steps


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("a", "a"),
        ("a b", "b"),
        ("a i", "a-i"),
        ("a i ii b", "b"),
        ("a b c d e f g h i", "i"),
        ("a b c d e f g h i j", "j"),
        ("i ii", "ii"),
        ("a ㈠ ㈡ b", "b"),
        ("a ㈠ ㈡", "a-ii"),
        ("一 二", "b"),
        ("一 a b", "a-b"),
        ("أ ب ج د ه و", "f"),
        ("أ ب 1 2", "b-ii"),
        ("а б в г д е", "f"),
        ("a b с d", "d"),
        ("y z aa bb", None),
        ("a c", None),
        ("b", None),
        ("a ii", None),
    ],
)
def test_points_are_named_alike_in_all_languages(printed: str, unit: str | None) -> None:
    steps = read(*printed.split())
    assert (steps and "-".join(names(steps))) == unit


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("a c", "c"),
        ("i a b ii c d iii", "iii"),
        ("i a b ii c", "ii-c"),
        ("a i iii b", "b"),
        ("c d", "d"),
    ],
)
def test_labels_that_were_lost(printed: str, unit: str) -> None:
    steps = read(*printed.split(), surely=True)
    assert steps
    assert "-".join(names(steps)) == unit


def test_what_is_of_no_series_follows_nothing() -> None:
    assert follow((Step("a", "letter"),), "ab", surely=True) is None


def test_dashes() -> None:
    steps = read("a", "-")
    assert steps == read("a", "-", "-")
    assert read("a", "-", "b") == (Step("b", "letter"),)
