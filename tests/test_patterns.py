"""No regular expression of the product takes more than linear time: each on its own worst cases.

`make test` lets texts grow from 4 to 20 kB; `make fuzz-extract` from 100 kB to 1 MB.
"""

from __future__ import annotations

import re
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from pursuant.languages import languages
from tests.patterns import has_possessive_group, hostile, patterns, searched

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = patterns()
PLACES = ["pursuant", *languages()]


class TooLongError(Exception):
    """A pattern was ended."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Ends what takes more time of the processor than that."""

    def end(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def took(pattern: re.Pattern[str], text: str, *, anywhere: bool, bound: float) -> float:
    """Seconds of the processor."""
    start = time.process_time()
    try:
        with at_most(bound):
            if anywhere:
                for _ in pattern.finditer(text):
                    pass
            else:
                pattern.match(text)
                pattern.fullmatch(text)
    except TooLongError:
        return float("inf")
    return time.process_time() - start


def slow(
    pattern: re.Pattern[str], sizes: tuple[int, int], bound: float, *, anywhere: bool, most: int
) -> list[str]:
    """How the texts begin for which the time grows much faster than the text."""
    found = []
    growth = 2.4 * sizes[1] / sizes[0]
    least = max(0.004, sizes[0] * 2e-7)  # the clock's tick; 0.2 µs a character is no slowness
    pairs = zip(*(hostile(pattern, size, most) for size in sizes), strict=True)
    for small, large in pairs:
        for _ in range(3):  # another process may have had the processor's caches
            last = took(pattern, large, anywhere=anywhere, bound=bound)
            if last < 0.04:
                break
            if last == float("inf"):
                return [f"{large[:40]!r}: more than {bound:.0f} s"]
            first = took(pattern, small, anywhere=anywhere, bound=bound)
            if last <= growth * max(first, least):
                break
        else:
            found.append(f"{large[:40]!r}: {last:.2f} s")
    return found


def all_slow(place: str, sizes: tuple[int, int], bound: float, most: int) -> dict[str, list[str]]:
    names = [name for name in OURS if re.match(rf"{place}\b", name)]
    assert names
    found = {n: slow(OURS[n], sizes, bound, anywhere=searched(n), most=most) for n in names}
    return {name: texts for name, texts in found.items() if texts}


@pytest.mark.parametrize("place", PLACES)
def test_every_pattern_is_linear(place):
    assert all_slow(place, (4_000, 20_000), 1.0, 6) == {}


@pytest.mark.fuzz_extract
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("place", PLACES)
def test_every_pattern_is_linear_on_a_megabyte(place):
    assert all_slow(place, (100_000, 1_000_000), 20.0, 12) == {}


@pytest.mark.parametrize(
    ("pattern", "sizes"),
    [
        (r"(?:a+)+b", (11, 22)),
        (r"(?:a|aa)+$", (16, 32)),
        (r"[a-z-]+ session", (4_000, 20_000)),
        (r"(?:(?:existing|relevant) )*treaties", (4_000, 40_000)),
        (r"\s+$", (4_000, 20_000)),
        (r"(?:\w{0,24}?(?:forum|[A-Z]{4,})){1,8}!", (40, 80)),
    ],
)
def test_patterns_that_are_slow_are_found(pattern, sizes):
    assert slow(re.compile(pattern), sizes, 1.0, anywhere=True, most=6)


@pytest.mark.parametrize("pattern", [r"[a-z-]{1,40} session", r"\d{1,3}(?: \d{1,3})*"])
def test_patterns_that_are_fast_are_let_pass(pattern):
    assert slow(re.compile(pattern), (4_000, 20_000), 1.0, anywhere=True, most=6) == []


def test_no_pattern_repeats_a_group_possessively():
    assert [name for name, pattern in OURS.items() if has_possessive_group(pattern)] == []


@pytest.mark.parametrize(
    ("pattern", "is_found"),
    [
        (r"(?:ab)*+", True),
        (r"(?<=x)(?P<a>y(?:\s?\d){0,19}+)", True),
        (r"x(?!(?:a|bc)?+d)", True),
        (r"(?>(?:(?:ab){2}+|c)*)", True),
        (r"\w{1,40}+[^a]*+a?+.++", False),
        (r"(?>(?:ab)*)(?:\s++\d)?", False),
    ],
)
def test_possessive_repeats_of_groups_are_found(pattern, is_found):
    assert has_possessive_group(pattern) is is_found


def test_patterns_are_found_wherever_they_are_kept():
    names = set(OURS)
    assert {
        "pursuant.citing:_SYMBOL.pattern",
        "zh.times.session.pattern",
        "zh.frame.speaker",
        "zh.citation.range",
        "zh.opening.clause",
    } <= names
    assert len([name for name in names if name.startswith("ar.")]) > 40
    assert not searched("pursuant.symbol:_UNIT")
    assert searched("pursuant.citing:_SYMBOL.pattern")
