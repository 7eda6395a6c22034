"""Every character of a source is in a paragraph, a note, a heading, or declared to be else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from pursuant.accounting import Kind, Stretch, account
from pursuant.cli import main
from pursuant.errors import UnreadableSource
from pursuant.paths import DATA
from tests import writing
from tests.resolution import RESOLUTIONS, Resolution
from tests.test_formats import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST = (DATA / "sources" / "e-res-2019-21.zh.txt").read_bytes()
ALL = WRITERS | {"pdf": writing.pdf}
WORDS = st.lists(
    st.text("abcdefghij éß水", min_size=1, max_size=9).filter(str.strip), min_size=2, max_size=30
).map(" ".join)


def composed(paragraphs: list[str], operative: list[str], notes: list[str]) -> Resolution:
    """A resolution of some words, with a note on each of its first paragraphs."""
    marked = [
        f"Recalling {text},[^{number}]" if number <= len(notes) else f"Recalling {text},"
        for number, text in enumerate(paragraphs, 1)
    ]
    return Resolution(
        language="en",
        number="81/307",
        title="Wells",
        speaker="The General Assembly,",
        preamble=tuple(marked),
        operative=tuple((f"{n}.", f"Requests {text}.") for n, text in enumerate(operative, 1)),
        meeting="64th plenary meeting",
        adopted="18 December 2026",
        annex=(("", "Annex"), ("1.", "Water.")),
        notes=tuple(f"See the report {note}." for note in notes),
    )


@pytest.mark.parametrize("form", ALL)
@pytest.mark.parametrize("language", RESOLUTIONS)
def test_every_character_of_the_resolution(language: str, form: str) -> None:
    if form == "pdf" and language != "en":
        pytest.skip("the fonts of a PDF without fonts are English")
    coverage = account(ALL[form](RESOLUTIONS[language]), "f")
    assert coverage.leftovers == ()
    assert coverage.invented == ()
    assert sum(coverage.counts.values()) == coverage.characters
    assert coverage.counts[Kind.FOOTNOTE] > 100


def test_every_character_of_the_first_document() -> None:
    coverage = account(FIRST, "f.txt")
    assert coverage.is_complete
    assert coverage.characters == len("".join(FIRST.decode().split()))
    assert coverage.counts[Kind.FURNITURE] == 1119  # 28 hyperlinks, the feet of pages, rules


@pytest.mark.parametrize("write", [v for k, v in WRITERS.items() if k != "txt"])
@settings(max_examples=25, deadline=None)
@given(
    st.lists(WORDS, min_size=2, max_size=4),
    st.lists(WORDS, min_size=1, max_size=3),
    st.lists(WORDS, max_size=2),
)
def test_nothing_is_lost_and_nothing_invented(
    write: Callable[[Resolution], bytes],
    preamble: list[str],
    operative: list[str],
    notes: list[str],
) -> None:
    try:
        coverage = account(write(composed(preamble, operative, notes)), "f")
    except UnreadableSource as error:
        assert "language" in error.problem  # noqa: PT017 - random words may be none
        return
    assert (coverage.leftovers, coverage.invented) == ((), ())
    assert sum(coverage.counts.values()) == coverage.characters


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 460), st.text("与会员国水一 12./()", min_size=1, max_size=30))
def test_a_line_more_in_a_dump_is_somewhere(at: int, extra: str) -> None:
    lines = FIRST.decode().split("\n")
    data = "\n".join([*lines[:at], f" {extra}", *lines[at:]]).encode()
    try:
        coverage = account(data, "f.txt")
    except UnreadableSource:
        return
    kept = sum(coverage.counts.values()) + sum(len(each.text) for each in coverage.leftovers)
    assert kept >= coverage.characters - 2 * len(extra)
    assert not coverage.invented


def test_what_is_lost_and_what_is_invented_is_told(monkeypatch) -> None:
    monkeypatch.setattr("pursuant.accounting.plain_text", lambda data, source: "xyz")
    coverage = account(FIRST, "f.txt")
    assert Stretch("somewhere", "xyz") in coverage.leftovers
    assert not coverage.is_complete
    rows = coverage.to_table().rows
    assert ("f.txt", "leftover", 3, "somewhere", "xyz") in rows


def test_the_command(tmp_path) -> None:
    path = tmp_path / "f.akn"
    path.write_bytes(writing.akomantoso(RESOLUTIONS["fr"]))
    result = CliRunner().invoke(main, ["account", str(path), "--format", "json"])
    assert result.exit_code == 0
    assert {row["kind"] for row in json.loads(result.stdout)} == set(map(str, Kind))
    path.write_bytes(b"%PDF-1.7")
    assert CliRunner().invoke(main, ["account", str(path)]).exit_code == 2
    (tmp_path / "empty").mkdir()
    assert CliRunner().invoke(main, ["account", str(tmp_path / "empty")]).exit_code == 2
