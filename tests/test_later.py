"""Texts of the sessions to come: nothing that is known of numbers, sessions and years may end with
the documents that the rules were written on. All are composed for this.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pursuant import extract

LATER = Path(__file__).parent / "data" / "later"
LANGUAGES = ("zh", "en", "fr", "es", "ru", "ar")


def read(body: str, code: str):
    document = extract(LATER / f"{body}.{code}.txt")
    cited = {p.id: [c.target for c in p.citations] for p in document.paragraphs}
    return document, {unit: targets for unit, targets in cited.items() if targets}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_assembly_at_its_eighty_first_session(code: str) -> None:
    document, cited = read("ga", code)
    assert (document.language, document.symbol, document.speaker) == (code, "A/RES/81/17", "ga")
    assert cited == {
        "pp1": [
            "A/RES/79/1", "A/RES/80/12", "A/RES/80/150 A", "A/RES/80/150 B", "A/HRC/RES/58/1",
            "A/HRC/RES/S-37/1", "E/RES/2025/3", "E/RES/2026/1", "S/RES/2803 (2025)",
            "S/RES/2815 (2026)",
        ],
        "pp2": [
            "A/RES/79/1", "A/RES/79/323", "A/RES/76/258", "kunming-montreal-framework",
            "A/RES/80/5",
        ],
        "pp3": ["S/PRST/2025/1", "A/80/123", "A/HRC/59/12", "A/DEC/80/504"],
    }  # fmt: skip
    first, second = (document[unit].mandates[0] for unit in ("op1", "op2"))
    assert (first.addressees, first.when.due) == (("secretary-general",), "A/82")
    assert first.when.due_date == "2027-06-30"
    assert (second.change, second.body) == ("renew", "independent-expert")
    assert (second.when.duration, second.when.expires) == ("P12M", "2027-01-31")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_security_council_in_the_year_behind_the_known_ones(code: str) -> None:
    document, cited = read("sc", code)
    assert (document.language, document.symbol) == (code, "S/RES/2821 (2026)")
    assert (document.adopted, document.adopted_by) == ("2026-03-04", "sc")
    assert document.meeting == "10150"
    assert cited == {
        "pp1": ["S/RES/2653 (2022)", "S/RES/2785 (2025)", "S/RES/2812 (2026)", "S/PRST/2025/1"],
        "op1": ["S/RES/2653 (2022)"],
        "op2": ["S/RES/2815 (2026)", "S/RES/2178 (2014)"],
    }
    first, second = (document[unit].mandates[0] for unit in ("op1", "op2"))
    assert (first.change, first.body, first.when.expires) == (
        "renew",
        "sc-committee-2653",
        "2027-03-04",
    )
    assert (second.when.within, second.when.recurrence) == ("P90D", "P6M")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_human_rights_council_at_its_sixty_first_session(code: str) -> None:
    document, cited = read("hrc", code)
    assert (document.language, document.symbol) == (code, "A/HRC/RES/61/5")
    assert (document.adopted, document.adopted_by) == ("2026-04-02", "hrc")
    assert document.title
    assert cited == {
        "pp1": ["un-charter"],
        "pp2": [
            "A/HRC/RES/58/14",
            "A/HRC/RES/60/2",
            "A/HRC/DEC/60/117",
            "A/RES/79/177",
            "A/RES/80/199",
        ],
    }
