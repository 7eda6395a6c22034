"""Tests of the words that a pattern cannot do without."""

import re

import pytest

from pursuant.cues import Cued, Table, Tables, cues
from pursuant.folding import fold
from pursuant.languages import _RULES, Rule, languages
from tests.test_languages import DATA_BY_CODE


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("session", ("session",)),
        ("all States", ("all States",)),
        (r"\bStates?\b", ("State",)),  # what may be missing is no cue
        (r"(?:report|inform)s", ("inform", "report")),
        (r"(?:reports|reporting|report)", ("report",)),  # who holds a cue is none beside it
        (r"(?:report|\d+)s?", ()),  # one branch has none
        (r"(?:report|)", ()),
        (r"(?P<a>member)+ (?:states){2}", ("member",)),
        (r"(?>atomic)x{0,2}(?:yy)++", ("atomic",)),
        (r"(?<=because )of(?! course)", ("of",)),  # what is looked at is not taken in
        (r"(?i)session", ()),
        (r"(?i:session) of", (" of",)),
        ("|".join(f"{letter}1" for letter in "abcdefghijklmnopqrstuvwxyz"), ()),  # too many
        (r"[a-z]*", ()),
    ],
)
def test_cues(pattern: str, expected: tuple[str, ...]) -> None:
    assert cues(re.compile(pattern)) == expected


@pytest.mark.parametrize("text", ["at its next session", "at its next meeting", ""])
@pytest.mark.parametrize("pattern", [r"(?:next|last) session", r"\w+"])
def test_a_cued_pattern_finds_what_the_pattern_finds(pattern: str, text: str) -> None:
    plain, cued = re.compile(pattern), Cued(re.compile(pattern))
    for span in ((), (3,), (0, 10)):
        assert str(cued.search(text, *span)) == str(plain.search(text, *span))
        found = [m.span() for m in cued.finditer(text, *span)]
        assert found == [m.span() for m in plain.finditer(text, *span)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the report of the Council", [0, 1, 3]),
        ("reports", [0, 3]),
        ("no cue", [3]),
        ("council", [3]),
        ("", [3]),
    ],
)
def test_a_table_tells_what_may_be_in_a_text_in_its_order(text: str, expected: list[int]) -> None:
    patterns = (r"report|inform", r"Council", r"(?:the )?report by", r"\d*")
    table = Table(Cued(re.compile(pattern)) for pattern in patterns)
    assert [table.index(cued) for cued in table.likely(text)] == expected
    assert Table[Cued]().likely(text) == []


def test_tables_tell_of_each_table_what_it_tells_itself() -> None:
    tables = {
        "asked": Table(
            Cued(re.compile(pattern)) for pattern in (r"report|inform", r"\d*", "Council")
        ),
        "none": Table[Cued](),
        "when": Table(Cued(re.compile(pattern)) for pattern in (r"session", r"report by")),
    }
    for text in ("the report of the Council", "at its session", ""):
        likely = Tables(tables).likely(text)
        assert {name: likely[name] for name in tables} == {
            name: table.likely(text) for name, table in tables.items()
        }


def test_a_cued_pattern_replaces_what_the_pattern_replaces() -> None:
    cued = Cued(re.compile("“[^”]*” of"))
    for text in ("a “lamp” of b", "a lamp", ""):
        assert cued.sub(lambda m: "-" * len(m[0]), text) == re.sub("“[^”]*” of", "-" * 9, text)


@pytest.mark.parametrize("code", sorted(DATA_BY_CODE))
def test_no_cue_hides_what_a_rule_finds(code: str) -> None:
    """All rules of a language, on all examples of its file."""
    language = languages()[code]
    rules: list[Rule] = [rule for field, *_ in _RULES for rule in getattr(language, field)]
    tables = (value for value in DATA_BY_CODE[code].values() if isinstance(value, list))
    entries = (entry for table in tables for entry in table if isinstance(entry, dict))
    texts = [fold(entry["example"]) for entry in entries if "example" in entry]
    matches = [(r, t) for r in rules for t in texts if r.pattern.search(t)]
    assert len(matches) > len(rules) / 2
    assert all(rule.may_be_in(text) for rule, text in matches)
    for field, *_ in _RULES:
        table: Table[Rule] = getattr(language, field)
        for text in texts:
            assert {r.id for r in table if r.pattern.search(text)} <= {
                r.id for r in table.likely(text)
            }
