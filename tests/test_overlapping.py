from __future__ import annotations

import pytest

from pursuant.overlapping import overlaps
from tests.series import series


def pairs(**filters) -> list[tuple[object, ...]]:
    columns = ("addressee", "earlier", "earlier_unit", "later", "later_unit")
    return [tuple(row[name] for name in columns) for row in overlaps(series(), **filters)]


def test_the_same_task_in_two_resolutions_with_the_words_of_both():
    (row,) = overlaps(series(), body="sc", addressee="panel-of-experts")
    assert (row["earlier"], row["later"]) == ("S/RES/9101 (2027)", "S/RES/9102 (2028)")
    assert row["likeness"] > 0.8
    assert "report" in row["actions"]
    assert set(row["shared"]) == {
        "to assess border security and the use of biometrics in the region",
        "in cooperation with the Counter-Terrorism Committee Executive Directorate",
        "Requests the Panel of Experts",
        "and to report to the Council",
    }
    assert row["shared"][0].startswith("to assess border security")
    assert row["earlier_exact"].endswith("every six months")
    assert row["later_exact"].endswith("by 31 December 2028")


def test_the_most_alike_come_first_and_what_is_less_alike_not_at_all():
    every = overlaps(series(), least=0.3, addressee="unodc")
    likeness = [row["likeness"] for row in every]
    assert likeness == sorted(likeness, reverse=True)
    assert min(likeness) >= 0.3
    fewer = overlaps(series(), least=0.95, addressee="unodc")
    assert fewer.to_json() == [row for row in every.to_json() if row["likeness"] >= 0.95]


def test_every_pair_is_found_that_is_alike_enough():
    """The filter by rare words passes over nothing: all pairs, compared one by one."""
    from pursuant.mandate_register import listed
    from pursuant.names import names_of
    from pursuant.overlapping import _cosine, _pairs, _weighed

    every = listed(series(), names_of(series()), "en", {})
    words = _weighed([each for each in every if each.language == "en"])
    assert len(words) > 15
    for least in (0.2, 0.5, 0.8):
        found = {
            (one.mandated.mandate, other.mandated.mandate) for _, one, other in _pairs(words, least)
        }
        by_hand = {
            (one.mandated.mandate, other.mandated.mandate)
            for place, other in enumerate(words)
            for one in words[:place]
            if one.mandated.document != other.mandated.document
            and set(one.mandated.all("addressee")) & set(other.mandated.all("addressee"))
            and _cosine(one.weights, other.weights) >= least
        }
        assert found == by_hand


@pytest.mark.parametrize("language", ["zh", "en"])
def test_mandates_of_two_languages_are_not_compared(language):
    for row in overlaps(series(), least=0.05, language=language, addressee="panel-of-experts"):
        assert row["earlier_exact"].isascii() == row["later_exact"].isascii()


def test_one_document_does_not_overlap_with_itself():
    assert pairs(least=0.01, document="E/RES/2019/21") == []
