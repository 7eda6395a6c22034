from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pursuant.lifecycles import Lifecycles
from pursuant.mandated import Mandated

BODY = "https://example.org/id/entity/lamp-office"


def changed(change: str, adopted: str | None, **times: str) -> Mandated:
    parts = {name: (value,) for name, value in times.items()}
    told = parts | {"change": (f"https://example.org/change/{change}",), "changesBody": (BODY,)}
    return Mandated(f"{change} {adopted}", "doc", "op1", adopted, (), "decide", "", "en", told)


def told(*mandates: Mandated, day: str) -> list[tuple[str, str, str | None]]:
    found = Lifecycles.of(mandates).with_expiry(BODY, date.fromisoformat(day))
    return [(s.change, str(s.day), str(s.expires) if s.expires else None) for s in found]


def test_a_term_is_counted_from_the_end_of_the_one_before():
    steps = told(
        changed("establish", "2027-03-15", termLength="P1Y"),
        changed("renew", "2028-03-10", termLength="P6M"),
        day="2028-04-01",
    )
    assert steps == [
        ("establish", "2027-03-15", "2028-03-15"),
        ("renew", "2028-03-10", "2028-09-15"),
    ]


def test_a_gap_is_told_and_a_new_term_counts_from_its_own_day():
    steps = told(
        changed("establish", "2027-01-01", termLength="P1Y"),
        changed("renew", "2028-06-01", termLength="P12M"),
        day="2030-01-01",
    )
    assert steps == [
        ("establish", "2027-01-01", "2028-01-01"),
        ("expired", "2028-01-01", "2028-01-01"),
        ("renew", "2028-06-01", "2029-06-01"),
        ("expired", "2029-06-01", "2029-06-01"),
    ]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-12-31", "unknown"),
        ("2027-01-01", "standing"),
        ("2028-01-01", "standing"),
        ("2028-01-02", "expired"),
        ("2029-01-01", "terminated"),
    ],
)
def test_the_state_of_a_body(day, state):
    cycles = Lifecycles.of([
        changed("terminate", "2029-01-01"),
        changed("establish", "2027-01-01", expiryDate="2028-01-01"),
        changed("modify", None),
    ])  # fmt: skip
    assert cycles.state(BODY, date.fromisoformat(day)) == state


def test_a_renewal_is_replaced_by_the_next():
    first = changed("renew", "2027-01-01", expiryDate="2030-01-01")
    second = changed("renew", "2028-01-01", expiryDate="2031-01-01")
    cycles = Lifecycles.of([first, second])
    assert cycles.in_force(first, date(2027, 6, 1))
    assert not cycles.in_force(first, date(2028, 1, 1))
    assert cycles.in_force(second, date(2028, 1, 1))
    assert not cycles.in_force(second, date(2031, 1, 2))


def test_what_has_no_date_is_in_force_on_no_day():
    undated = changed("establish", None)
    assert not Lifecycles.of([undated]).in_force(undated, date(2030, 1, 1))


def test_names_that_are_inflected_are_one_body():
    first = replace(changed("establish", "2027-01-01"), called={"ru": "Рабочую группу по лампам"})
    second = replace(changed("renew", "2028-01-01"), called={"ru": "Рабочей группы по лампам"})
    unnamed = [replace(each, parts={"change": each.parts["change"]}) for each in (first, second)]
    (steps,) = Lifecycles.of(unnamed).steps.values()
    assert [step.change for step in steps] == ["establish", "renew"]


def test_a_body_without_any_name_has_no_life_cycle():
    each = changed("establish", "2027-01-01")
    assert Lifecycles.of([replace(each, parts={"change": each.parts["change"]})]).steps == {}
