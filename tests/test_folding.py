from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuant.folding import bare, clean, fold, without_marks


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("２３６８（２０１７）", "2368(2017)"),
        ("Ａ／ＲＥＳ／７２", "A/RES/72"),
        ("72⁄194", "72/194"),
        ("72∕194", "72/194"),
        ("第\u00a0\u2009\u3000号", "第   号"),
        ("1990‐1995–2000−2005", "1990-1995-2000-2005"),
        ("٧٢/١٩٤", "72/194"),
        ("۷۲", "72"),
        ("القرار 1373 )2001( و", "القرار 1373 (2001) و"),
        ("3201 )د-6(", "3201 (د-6)"),
        ("a) 1) b) (2001)", "a) 1) b) (2001)"),
        ("，；：？！。、《》“”", "，；：？！。、《》“”"),
    ],
)
def test_fold(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    "invisible",
    ["\u200b", "\u200d", "\u00ad", "\ufeff", "\u2060", "\u202a", "\x01", "\x7f", "\u0640"],
)
def test_what_does_not_print_is_removed(invisible: str) -> None:
    assert clean(f"217{invisible}8") == "2178"


def test_marks_of_direction_stay() -> None:
    """A line may end in the middle of a paragraph."""
    assert clean("\u200f217\u200f8\u200e") == "\u200f217\u200f8\u200e"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (" \u200f2/5\u200e ", "2/5"),
        ("\u200f \u200eA/81/7", "A/81/7"),
        ("a\u200f b", "a\u200f b"),
        (" 3 \n", "3"),
        ("\u200f", ""),
        ("", ""),
    ],
)
def test_a_line_without_spaces_and_marks_at_its_ends(line: str, text: str) -> None:
    assert bare(line) == text


def test_white_space_is_kept() -> None:
    assert clean(" a\tb\fc\u3000") == " a\tb\fc\u3000"


def test_letters_are_composed() -> None:
    assert clean("e\u0301") == "é"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "plain", "places"),
    [
        ("قراراً 1", "قرارا 1", [0, 1, 2, 3, 4, 6, 7]),
        ("المـؤرخ", "المؤرخ", [0, 1, 2, 4, 5, 6]),
        ("القرار", "القرار", []),
        ("1\u200f7", "17", [0, 2]),
        ("reso\u00adlution", "resolution", [0, 1, 2, 3, *range(5, 11)]),
    ],
)
def test_marks_are_taken_away(text: str, plain: str, places: list[int]) -> None:
    found, kept = without_marks(text)
    assert (found, list(kept)) == (plain, places)
