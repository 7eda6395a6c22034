"""Reports on mandates: life cycles, bodies without a sunset, terms that run out soon.

Days are those of adoption. A report as of a day knows what was adopted by then, and nothing later;
without a day it is of today.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pursuant.lifecycles import Lifecycles
from pursuant.mandate_register import Filters, listed
from pursuant.mandated import gather
from pursuant.names import names_of
from pursuant.periods import as_day, as_period, later
from pursuant.table import Table

if TYPE_CHECKING:
    from typing import Unpack

    from pursuant.lifecycles import Step
    from pursuant.names import Names
    from pursuant.store import Store
    from pursuant.table import Value

LIFE_CYCLE = ("body", "step", "date", "document", "unit", "term", "expiry", "exact")
NO_SUNSET = ("body", "since", "document", "unit", "exact")
EXPIRING_SOON = ("body", "expiry", "days", "document", "unit", "step", "term", "exact")


def life_cycle(store: Store, language: str = "en", **filters: Unpack[Filters]) -> Table:
    """What became of bodies, step by step, with the words of each.

    Args:
        store: what is asked.
        language: of the words, where there is a choice.
        filters: those of `mandates`; `changes` names the body. `as_of` is the last day looked at:
            a term that had run out by then without another step is a step, "expired", proved by
            the words that gave the term.

    Raises:
        UnknownName: a filter names what is not known.
    """
    names = names_of(store)
    told, chosen, day = _asked(store, names, language, filters)
    rows = [
        _step_row(step, names)
        for body in told.steps
        for step in told.with_expiry(body, day)
        if step.mandated.mandate in chosen
    ]
    return Table(LIFE_CYCLE, tuple(rows))


def no_sunset(store: Store, language: str = "en", **filters: Unpack[Filters]) -> Table:
    """Which bodies were established without a term or expiry and never reviewed since.

    Reviewed is what was renewed, modified or terminated. The arguments are those of `life_cycle`.
    """
    names = names_of(store)
    told, chosen, day = _asked(store, names, language, filters)
    rows = [
        (
            _body(body, names),
            str(step.day),
            names.target(step.mandated.document),
            step.mandated.unit,
            step.mandated.exact,
        )
        for body in told.steps
        for step in told.by(body, day)
        if {each.change for each in told.by(body, day)} == {"establish"}
        and step.expires is None
        and step.mandated.mandate in chosen
    ]
    return Table(NO_SUNSET, tuple(rows))


def expiring_soon(
    store: Store, within: str = "6 months", language: str = "en", **filters: Unpack[Filters]
) -> Table:
    """Which bodies' mandates run out within a period, the nearest first.

    Args:
        store: what is asked.
        within: a period from the day `as_of` on: "6 months", "90 days", "P6M".
        language: of the words, where there is a choice.
        filters: those of `life_cycle`.

    Raises:
        UnknownName: a filter names what is not known.
        BadArgument: the period or the day is none.
    """
    names = names_of(store)
    told, chosen, day = _asked(store, names, language, filters)
    until = later(day, as_period(within))
    rows = []
    for body in told.steps:
        last = next(reversed(told.by(body, day)), None)
        if last is None or last.expires is None or last.mandated.mandate not in chosen:
            continue
        if day <= last.expires <= until and last.change != "terminate":
            row = _step_row(last, names)
            cells = dict(zip(LIFE_CYCLE, row, strict=True)) | {"days": (last.expires - day).days}
            rows.append(tuple(cells[column] for column in EXPIRING_SOON))
    return Table(EXPIRING_SOON, tuple(sorted(rows, key=lambda row: (str(row[1]), str(row[0])))))


def _asked(
    store: Store, names: Names, language: str, filters: Filters
) -> tuple[Lifecycles, set[str], date]:
    """The life cycles asked for, the mandates that pass the filters, and the last day looked at.

    A body is asked for whose mandates, in any of its steps, are said to change it.
    """
    day = as_day(filters.get("as_of") or date.today())  # noqa: DTZ011 - a day of the calendar
    every = gather(store, names, None, language)
    passed: Filters = {**filters, "as_of": None, "changes": None}
    chosen = listed(store, names, language, passed) if any(passed.values()) else every
    told = Lifecycles.of(every)
    if named := filters.get("changes"):
        changing = listed(store, names, language, {"changes": named})
        bodies = {step.body for each in changing if (step := told.of_mandate.get(each.mandate))}
        told = Lifecycles({body: told.steps[body] for body in sorted(bodies)}, told.of_mandate)
    return told, {each.mandate for each in chosen}, day


def _step_row(step: Step, names: Names) -> tuple[Value, ...]:
    return (
        _body(step.body, names),
        step.change,
        str(step.day) if step.day else None,
        names.target(step.mandated.document),
        step.mandated.unit,
        step.mandated.one("termLength"),
        str(step.expires) if step.expires else None,
        step.mandated.exact,
    )


def _body(body: str, names: Names) -> str:
    """Slug of a body, or its name where the register lacks it."""
    return names.target(body) if body in names.labels else body
