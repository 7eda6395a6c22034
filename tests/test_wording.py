from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuant.wording import coded, differences, likeness, words

# before, after, what was removed, what was added
CASES = [
    ("Requests the Office", "Requests the Office", [], []),
    ("Requests the Office", "Urges the Office", ["Requests"], ["Urges"]),
    # A phrase, not three words with the spaces between them.
    ("to submit a report", "to give an account", ["submit a report"], ["give an account"]),
    ("加强国际合作", "推动国际合作", ["加强"], ["推动"]),
    # One character in common between two changes is chance.
    ("开展国际工作", "开始国内工作", ["展国际"], ["始国内"]),
    ("第72/194号决议", "第74/175号决议", ["72/194"], ["74/175"]),
    ("вновь призывает все государства", "призывает государства", ["вновь ", "все "], []),
    ("تطلب إلى الأمين العام", "تدعو الأمين العام", ["تطلب إلى"], ["تدعو"]),
    # Vowel marks belong to their word.
    ("المُوقِّعة هنا", "الموقعة هنا", ["المُوقِّعة"], ["الموقعة"]),
    ("", "All", [], ["All"]),
    ("All", "", ["All"], []),
]


@pytest.mark.parametrize(("before", "after", "removed", "added"), CASES)
def test_differences(before, after, removed, added):
    found = differences(before, after)
    assert [c.text for c in found if c.kind == "removed"] == removed
    assert [c.text for c in found if c.kind == "added"] == added


texts = st.text(alphabet="ab ,。请会员国aé1 ", max_size=60)


@given(texts, texts)
def test_nothing_is_lost_or_made_up(before, after):
    found = differences(before, after)
    assert "".join(c.text for c in found if c.kind != "added") == before
    assert "".join(c.text for c in found if c.kind != "removed") == after
    assert all(a.kind != b.kind for a, b in itertools.pairwise(found))


@given(texts)
def test_words_make_up_the_text(text):
    assert "".join(words(text)) == text


def test_very_long_wordings_differ_in_the_middle():
    before = "a " * 4000 + "x " + "b " * 4000
    after = "a " * 4000 + "y z " + "b " * 4000
    found = differences(before, after)
    assert [(c.kind, c.text.strip()) for c in found if c.kind != "same"] == [
        ("removed", "x"),
        ("added", "y z"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("a b c d", "a b c d", 1.0), ("a b", "c d", 0.0), ("会员国", "会员", 0.8), ("", "", 1.0)],
)
def test_likeness(before, after, expected):
    assert likeness(before, after) == expected


def test_coded_texts_have_a_letter_for_each_word():
    first, second = coded(["the Office, the", "the"])
    assert len(first) == 4
    assert first[0] == first[-1] == second
