"""Tests of how matches of a pattern begin."""

import re
from importlib import import_module

import pytest

from pursuant.beginnings import places
from pursuant.cues import Cued

PARSER = import_module("re._parser")


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        (r"\bits\b", r"[i](?=ts)(?s:(?<=\b.))"),
        (r"(?P<a>\b[Nn]o)|(?P<b>\byes)", r"(?:N(?=o)|n(?=o)|y(?=es))"),
        (r"(?:all )?(?:new|old) laws?", r"(?:a(?=ll[\ ]ne|ll[\ ]ol)|n(?=ew[\ ]la)|o(?=ld[\ ]la))"),
        (r"(?:ab){2,5}c", r"[a](?=babab|babc)"),
        (r"(?>x)?y++", r"(?:x(?=y|yy|yyy|yyyy|yyyyy)|y)"),
        (r"(?<![\d/])\d{1,2} May", r"[\d](?s:(?<=(?<![\d/]).))"),
        (r"(?<!\w)(?:un)?[a-f\s]{2}", r"[\sa-fu](?s:(?<=(?<![\w]).))"),
        (r"(?<!ab)(?!c)(?:un)?do", r"(?:d(?=o)|u(?=ndo))"),
        (r"\b(?:a[b-d]e|f.g)", r"(?:a(?=[b-d])|f)(?s:(?<=\b.))"),
        (r"\b(?:[\D\S\W]|x)", r"[\D\S\Wx](?s:(?<=\b.))"),
        (
            r"\b(?:" + "|".join(f"a{c}{d}" for c in "bcdefghi" for d in "bcdefghi") + ")",
            r"[a](?s:(?<=\b.))",
        ),
    ],
)
def test_a_match_begins_at_its_first_characters(pattern: str, first: str) -> None:
    assert places(PARSER.parse(pattern)) == first


@pytest.mark.parametrize(
    "pattern",
    [
        "page",  # `re` looks for its first character by itself
        "[Pp]age",
        "(?P<a>one|two) pages",
        "",
        r"\b",
        r"\b\w*",  # it may be empty
        r"(?:a|)b*",
        r"\b(?:no )?.",  # any character may be the first
        r"(?:no )?[^a]",
        r"\b(?i:page)",
        r"(a)?(?(1)b|c)",
        r"(?!)",
    ],
)
def test_how_it_begins_is_not_always_told(pattern: str) -> None:
    assert places(PARSER.parse(pattern)) is None


@pytest.mark.parametrize("span", [(), (3,), (2, 12)])
@pytest.mark.parametrize(
    "text", ["aaaa no page, page 12, no pages", "12/3 and 4 5", "noises", "x page 1234", ""]
)
@pytest.mark.parametrize(
    "pattern",
    [
        r"\b(?:no )?pages?\b",
        r"(?:no )?pag|page",
        r"(?:aa|a)a",
        r"(?<![\d/])\d{1,2}(?!\d)",
        r"(?:a{2})+?b?",
        r"\b(?:no){1,2}\w",
        r"(?:x )?(?:page|\d) \d{1,3}",
    ],
)
def test_matches_are_found_where_they_begin(pattern: str, text: str, span: tuple[int, ...]) -> None:
    cued, plain = Cued(re.compile(pattern)), re.compile(pattern)
    assert [m.span() for m in cued.each(text, *span)] == [
        m.span() for m in plain.finditer(text, *span)
    ]
    assert str(cued.search(text, *span)) == str(plain.search(text, *span))
