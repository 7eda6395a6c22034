from __future__ import annotations

import pytest

from pursuant.errors import BadArgument
from pursuant.mandate_reports import expiring_soon, life_cycle, no_sunset
from tests.series import series

PANEL = "panel-of-experts"


def steps(**filters) -> list[tuple[object, ...]]:
    found = life_cycle(series(), **filters)
    return [
        (row["step"], row["date"], row["document"], row["unit"], row["expiry"]) for row in found
    ]


def test_a_life_cycle_has_the_paragraph_of_each_step():
    assert steps(changes="Panel of Experts", as_of="2030-01-01") == [
        ("establish", "2027-03-15", "S/RES/9101 (2027)", "op1", "2028-03-15"),
        ("renew", "2028-03-10", "S/RES/9102 (2028)", "op1", "2029-03-15"),
        ("terminate", "2029-03-01", "S/RES/9103 (2029)", "op1", None),
    ]


@pytest.mark.parametrize("name", ["working group on electronic evidence", "电子证据问题工作组"])
def test_a_body_that_the_register_lacks_is_known_by_its_name_in_any_language(name):
    assert steps(changes=name, as_of="2032-01-01") == [
        ("establish", "2026-12-18", "A/RES/81/391", "op4", "2028-12-31"),
        ("renew", "2028-12-19", "A/RES/83/392", "op4", "2030-12-31"),
        ("renew", "2030-12-17", "A/RES/85/393", "op3", "2031-12-31"),
        ("expired", "2031-12-31", "A/RES/85/393", "op3", "2031-12-31"),
    ]
    bodies = {row["body"] for row in life_cycle(series(), changes=name, as_of="2032-01-01")}
    assert bodies == {"Working Group on Electronic Evidence"}


def test_a_term_that_ran_out_is_a_step_with_the_words_that_gave_it():
    assert steps(changes=PANEL, as_of="2028-03-09")[-1][0] == "establish"
    told = list(
        life_cycle(
            series(), changes=PANEL, document="S/RES/9102 (2028)", language="zh", as_of="2029-01-01"
        )
    )
    assert [row["step"] for row in told] == ["renew"]
    assert told[0]["exact"] == "决定将专家小组的任期再延长十二个月，至2029年3月15日"


def test_what_has_no_sunset():
    found = [
        (row["body"], row["since"], row["unit"]) for row in no_sunset(series(), as_of="2040-01-01")
    ]
    assert ("monitoring-team", "2029-03-01", "op2") in found
    assert PANEL not in {body for body, _, _ in found}
    assert not no_sunset(series(), body="sc", as_of="2029-02-28").rows


@pytest.mark.parametrize(
    ("day", "within", "found"),
    [
        ("2028-01-01", "3 months", [("2028-03-15", 74)]),
        ("2028-01-01", "60天", []),
        ("2028-03-15", "P1D", [("2029-03-15", 365)][:0]),
        ("2028-12-01", "6 months", [("2029-03-15", 104)]),
        ("2029-03-02", "1 year", []),
    ],
)
def test_what_expires_soon(day, within, found):
    told = expiring_soon(series(), within, as_of=day, changes=PANEL)
    assert [(row["expiry"], row["days"]) for row in told] == found


def test_a_period_that_is_none():
    with pytest.raises(BadArgument, match="'soon' is no period; write it as 6 months"):
        expiring_soon(series(), "soon")
