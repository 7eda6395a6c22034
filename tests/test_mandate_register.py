from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from pursuant.document import Partner
from pursuant.errors import BadArgument, UnknownName
from pursuant.lifecycles import Lifecycles
from pursuant.mandate_register import _tests, mandates
from pursuant.mandated import gather
from pursuant.names import names_of
from pursuant.periods import as_day
from pursuant.store import Store
from tests.series import series
from tests.test_querying import small

if TYPE_CHECKING:
    from pursuant.mandate_register import Filters
    from pursuant.table import Table


@pytest.fixture(scope="module")
def store():
    return small()


def units(table: Table) -> list[str]:
    return [f"{row['document']} {row['unit']}" for row in table]


def test_mandates_tell_all_their_parts(store):
    assert next(iter(mandates(store, addressee="lamp office"))) == {
        "document": "A/RES/90/1",
        "adopted": "2060-03-04",
        "unit": "op2",
        "force": "request",
        "addressees": ("lamp-office",),
        "addressed_as": None,
        "partners": (
            Partner("charter-of-lamps", "cooperation"),
            Partner("member-states", "consultation"),
        ),
        "beneficiaries": ("member-states",),
        "conditions": ("upon-request", "within-mandate"),
        "actions": ("train",),
        "modalities": ("continue",),
        "topics": (),
        "pillars": (),
        "exact": "Requests the Lamp Office to train",
        "due": "A/91",
        "deadline": "2031-06-30",
        "within": "P90D",
        "recurrence": "P2Y",
        "term": "P12M",
        "expiry": "2032-12-17",
        "change": "renew",
        "changed": "lamp-office",
        "summary": "Train everybody.",
    }


def test_summaries_follow_the_language(store):
    assert [row["summary"] for row in mandates(store, language="zh")] == ["培训所有人。", None]


@pytest.mark.parametrize("force", ["call-upon", "call_upon", "calls upon", "Calls Upon", "促请"])
def test_a_force_is_known_in_any_spelling(store, force):
    assert [row["unit"] for row in mandates(store, force=force)] == ["op10"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"addressee": "member-states"}, ["op10"]),
        ({"addressee": "Lamp Office"}, ["op2", "op10"]),
        ({"addressee": "Lamp Office", "force": "request"}, ["op2"]),
        ({"document": "Lamps for all"}, ["op2", "op10"]),
        ({"document": "A/RES/90/2"}, []),
        ({}, ["op2", "op10"]),
    ],
)
def test_mandates_are_filtered(store, filters, found):
    assert [row["unit"] for row in mandates(store, **filters)] == found


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        ({"addressee": "lamp ofice"}, "no addressee is called 'lamp ofice'; did you mean lamp-off"),
        ({"force": "requets"}, "no force is called 'requets'; did you mean request"),
        ({"document": "CoL"}, "the text of charter-of-lamps is not held"),
        (
            {"mode": "coperation"},
            "no mode of working together is called 'coperation'; did you mean",
        ),
        ({"due": "next"}, "'next' is no session; write it as A/75 or 75"),
        ({"as_of": "30 June"}, "'30 June' is no day; write it as 2024-06-30"),
        ({"topic": "lamps"}, "no topic is called 'lamps'"),
    ],
)
def test_unknown_filters_are_said(store, filters, says):
    with pytest.raises((UnknownName, BadArgument), match=says):
        mandates(store, **filters)


@pytest.mark.parametrize(
    "entity",
    ["cted", "CTED", "反恐怖主义委员会执行局", "Counter-Terrorism Committee Executive Directorate"],
)
def test_entities_are_known_as_people_type_them(entity):
    found = units(mandates(series(), partner=entity, addressee="panel-of-experts"))
    assert found == ["S/RES/9101 (2027) op2", "S/RES/9102 (2028) op2"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (
            {"body": "Security Council", "year": 2028},
            ["S/RES/9102 (2028) op1", "S/RES/9102 (2028) op2"],
        ),
        ({"partner": "interpol", "year": 2028}, ["A/RES/83/392 op3"]),
        ({"partner": "interpol", "mode": "coordination", "year": 2028}, []),
        ({"mode": "Cooperation", "body": "sc"}, ["S/RES/9101 (2027) op2", "S/RES/9102 (2028) op2"]),
        ({"due": "a/85"}, ["A/RES/83/392 op5"]),
        ({"due": "85"}, ["A/RES/83/392 op5"]),
        ({"due": "E/85"}, []),
        ({"changes": "Monitoring Team"}, ["S/RES/9103 (2029) op2"]),
        ({"condition": "upon request", "body": "sc"}, ["S/RES/9101 (2027) op3"]),
    ],
)
def test_a_series_is_filtered(filters, found):
    assert units(mandates(series(), **filters)) == found


@pytest.mark.parametrize(
    ("day", "document", "found"),
    [
        ("2027-03-14", None, []),
        ("2027-03-15", "S/RES/9101 (2027)", ["op1", "op2", "op3"]),
        # The first term has run out, and was renewed: its paragraph no longer holds, the task does.
        ("2028-06-01", "S/RES/9101 (2027)", ["op2", "op3"]),
        ("2028-06-01", "S/RES/9102 (2028)", ["op1", "op2"]),
        # The body was wound up: what it was asked has fallen away.
        ("2029-03-01", "S/RES/9101 (2027)", ["op3"]),
        ("2029-03-01", "S/RES/9102 (2028)", []),
        ("2029-03-01", "S/RES/9103 (2029)", ["op1", "op2"]),
    ],
)
def test_what_is_in_force_on_a_day(day, document, found):
    told = mandates(series(), body="sc", document=document, as_of=day)
    assert [row["unit"] for row in told] == found


def test_words_are_those_of_the_language_asked_for():
    told = mandates(series(), document="S/RES/9102 (2028)", language="zh")
    assert next(iter(told))["exact"] == "决定将专家小组的任期再延长十二个月，至2029年3月15日"


def test_a_person_is_believed_before_the_machine(shipped):
    for row in mandates(shipped, topic="technical-assistance", pillar="iii"):
        assert "technical-assistance" in row["topics"]
        assert "iii" in row["pillars"]
    assert units(mandates(shipped, pillar="支柱四：确保尊重人权和法治")) == [
        f"E/RES/2019/21 {unit}" for unit in ("op10", "op11", "op24", "op25")
    ]


def passing(store, **filters: Any):
    """What passes filters, tested on all that the store holds: nothing is left to queries."""
    names = names_of(store)
    every = gather(store, names)
    standing, tests = Lifecycles.of(every), list(_tests(names, cast("Filters", filters)))
    found = [each for each in every if all(test(each) for test in tests)]
    if document := filters.get("document"):
        found = [each for each in found if names.target(each.document) == document]
    if day := filters.get("as_of"):
        found = [each for each in found if standing.in_force(each, as_day(day))]
    wanted = {(names.target(each.document), each.unit, each.exact) for each in found}
    whole = mandates(store)
    kept = (row for row in whole if (row["document"], row["unit"], row["exact"]) in wanted)
    return list(kept)


EVERY = series()
ADDRESSEES = sorted({name for row in mandates(EVERY) for name in row["addressees"]})


@pytest.mark.parametrize(
    "filters",
    [
        *({"addressee": name} for name in ADDRESSEES),
        *({"force": name} for name in ("request", "urge", "call-upon", "encourage", "decide")),
        *({"condition": name} for name in ("upon-request", "within-mandate")),
        {"document": "E/RES/2019/21"},
        {"as_of": "2031-01-01"},
        {"document": "A/RES/85/393", "as_of": "2031-01-01"},
        {"addressee": "unodc", "force": "request", "document": "E/RES/2019/21"},
        {"addressee": "unodc", "as_of": "2031-01-01", "condition": "upon-request"},
        {"addressee": "secretary-general", "force": "decide"},
        {"force": "request", "partner": "unoct"},
    ],
    ids=str,
)
def test_what_the_store_is_asked_for_is_what_passes_the_filters(filters, monkeypatch):
    monkeypatch.setattr("pursuant.mandated.AT_ONCE", 3)
    assert list(mandates(EVERY, **filters)) == passing(EVERY, **filters)


def test_nothing_is_read_of_mandates_that_cannot_pass(monkeypatch):
    asked = []
    query = Store.query

    def noted(self, text, **more):
        asked.append(text)
        return query(self, text, **more)

    monkeypatch.setattr(Store, "query", noted)
    assert len(mandates(EVERY, addressee="unodc"))
    whole = [text for text in asked if "unct:Mandate" in text and "VALUES ?mandate" not in text]
    assert whole == []
