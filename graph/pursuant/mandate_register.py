"""The register of mandates: who is asked to do what, as a table that can be filtered.

A mandate is in force on a day when its document was adopted by then, what it decides had not run
out or been replaced (`pursuant.lifecycles`), and those that it addresses had not been wound up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypedDict

from pursuant.document import Partner
from pursuant.errors import BadArgument
from pursuant.iri import local
from pursuant.lifecycles import Lifecycles
from pursuant.mandated import MODES, gather, having
from pursuant.names import (
    ACTORS,
    CONDITIONS,
    ENTITIES,
    FORCES,
    PILLARS,
    TOPICS,
    folded,
    names_of,
    near,
)
from pursuant.narrowing import between
from pursuant.periods import as_day
from pursuant.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from typing import Unpack

    from pursuant.mandated import Mandated
    from pursuant.names import Names
    from pursuant.store import Store
    from pursuant.table import Value

MANDATES = (
    "document",
    "adopted",
    "unit",
    "force",
    "addressees",
    "addressed_as",
    "partners",
    "beneficiaries",
    "conditions",
    "actions",
    "modalities",
    "topics",
    "pillars",
    "exact",
    "due",
    "deadline",
    "within",
    "recurrence",
    "term",
    "expiry",
    "change",
    "changed",
    "summary",
)
# What is looked for in what, by filter, and the property that a mandate must have with that value.
_NAMED = {
    "addressee": (ACTORS, "addressee"),
    "condition": (CONDITIONS, "condition"),
    "topic": (TOPICS, "topic"),
    "pillar": (PILLARS, "pillar"),
}
# Those that each mandate states itself, without a person who may say otherwise.
_STATED = {
    "addressee": _NAMED["addressee"],
    "condition": _NAMED["condition"],
    "force": (FORCES, "force"),
}
_LISTS = ("addressee", "beneficiary", "condition", "action", "modality", "topic", "pillar")
_TIMES = ("due", "deadline", "deadlinePeriod", "recurrence", "termLength", "expiryDate")
_SESSION = re.compile(r"(?:(?P<body>A|E|A/HRC)/)?(?P<number>\d+)", re.IGNORECASE)


class Further(TypedDict, total=False):
    """What a mandate must be to be listed, each in any spelling; see `mandates`."""

    partner: str | None
    mode: str | None
    condition: str | None
    topic: str | None
    pillar: str | None
    due: str | None
    body: str | None
    year: int | str | None
    changes: str | None
    as_of: str | date | None


class Filters(Further, total=False):
    """All of it."""

    addressee: str | None
    force: str | None
    document: str | None


def mandates(
    store: Store,
    addressee: str | None = None,
    force: str | None = None,
    document: str | None = None,
    language: str = "en",
    **further: Unpack[Further],
) -> Table:
    """Who is asked to do what, as the paragraphs put it.

    Args:
        store: what is asked.
        addressee: slug or name of who is asked.
        force: "call-upon", "calls upon", "促请" ...
        document: symbol, slug or title.
        language: of summaries, and of the words shown where there is a choice.
        further: `partner` and the `mode` of working with it ("cooperation"), `condition`, `topic`,
            `pillar` of the Strategy, session at which to report (`due`: "A/75" or 75), `body` that
            adopted it, `year` of adoption, entity whose own mandate it `changes` (establishes,
            renews, modifies, terminates), and `as_of`: the day on which it is in force.

    >>> import pursuant
    >>> store = pursuant.Store.memory(pursuant.build())
    >>> [(row["unit"], row["due"]) for row in mandates(store, addressee="Secretary-General")]
    [('op29', None), ('op30', 'A/75')]
    >>> [row["unit"] for row in mandates(store, partner="UNOCT", mode="coordination")]
    ['op14']

    Raises:
        UnknownName: one of them is not known.
        BadArgument: the day, session or mode is none.
    """
    names = names_of(store)
    told = Filters(addressee=addressee, force=force, document=document, **further)
    rows = [_row(each, names) for each in listed(store, names, language, told)]
    return Table(MANDATES, tuple(rows))


def listed(store: Store, names: Names, language: str, filters: Filters) -> list[Mandated]:
    """The mandates that pass some filters, by document and in the order of the text.

    Raises:
        UnknownName: a filter names what is not known.
    """
    found = gather(store, names, filters.get("document"), language, _among(store, names, filters))
    if (day := filters.get("as_of")) is not None and found:
        # Another document may end what this one gives.
        changing = gather(store, names, None, language, having(store, "change"))
        standing, when = Lifecycles.of(changing), as_day(day)
        found = [each for each in found if standing.in_force(each, when)]
    tests = [*_tests(names, filters), *_changing(names, filters.get("changes"), found)]
    return [each for each in found if all(test(each) for test in tests)]


def _among(store: Store, names: Names, filters: Filters) -> frozenset[str] | None:
    """IRIs of mandates among which are all that pass the filters; None where it may be any.

    The tests are made on what is read of them, in the language asked for: this only spares reading
    what cannot pass.
    """
    if filters.get("changes"):
        return None  # the name of a body is looked for in all
    found = [
        having(store, part, names.find(str(text), within, what))
        for part, (within, what) in _STATED.items()
        if (text := filters.get(part))
    ]
    return frozenset.intersection(*found) if found else None


def _tests(names: Names, filters: Filters) -> Iterator[Callable[[Mandated], bool]]:
    """What the filters, but for document and day, ask of a mandate."""
    for part, (within, what) in _NAMED.items():
        if text := filters.get(part):
            yield _has(part, names.find(str(text), within, what))
    if force := filters.get("force"):
        how = names.find(force, FORCES, "force")
        yield lambda each: each.force == how
    if body := filters.get("body"):
        adopter = names.find(body, ENTITIES, "body")
        yield lambda each: adopter in each.bodies
    if year := filters.get("year"):
        when = between(str(year), None, None)
        yield lambda each: when(each.adopted)
    yield from _working_with(names, filters.get("partner"), filters.get("mode"))
    if due := filters.get("due"):
        yield _due(due)


def _changing(
    names: Names, body: str | None, found: Iterable[Mandated]
) -> Iterator[Callable[[Mandated], bool]]:
    """Whether a mandate changes a body, which the register knows or the mandates name."""
    if not body:
        return
    wanted = folded(body)
    if any(wanted in map(folded, each.called.values()) for each in found):
        yield lambda each: wanted in map(folded, each.called.values())
    else:
        thing = names.find(body, ACTORS, "body")
        yield lambda each: each.changed == thing


def _has(part: str, value: str) -> Callable[[Mandated], bool]:
    return lambda each: value in each.all(part)


def _working_with(
    names: Names, partner: str | None, mode: str | None
) -> Iterator[Callable[[Mandated], bool]]:
    if not partner and not mode:
        return
    who = names.find(partner, ACTORS, "partner") if partner else None
    how = mode.strip().lower() if mode else None
    if how and how not in MODES.values():
        offered = near(how, {name: name for name in MODES.values()})
        raise BadArgument(f"no mode of working together is called {mode!r}{offered}")
    yield lambda each: any(
        who in (None, thing) and how in (None, used) for thing, used in each.partners
    )


def _due(text: str) -> Callable[[Mandated], bool]:
    """Whether a mandate is due at a session: "A/75", or 75 for that of any body."""
    m = _SESSION.fullmatch(text.strip())
    if not m:
        raise BadArgument(f"{text!r} is no session; write it as A/75 or 75")
    wanted = f"/{m['number']}"
    if body := m["body"]:
        return lambda each: each.one("due") == body.upper() + wanted
    return lambda each: (each.one("due") or "").endswith(wanted)


def _row(each: Mandated, names: Names) -> tuple[Value, ...]:
    named = {part: tuple(sorted(map(names.target, each.all(part)))) for part in _LISTS}
    partners = sorted((names.target(thing), mode) for thing, mode in each.partners)
    with_whom = tuple(Partner(*pair) for pair in partners)
    return (
        names.target(each.document),
        each.adopted,
        each.unit,
        local(each.force),
        named["addressee"],
        each.one("addressedAs"),
        with_whom,
        *(named[part] for part in _LISTS[1:]),
        each.exact,
        *(each.one(part) for part in _TIMES),
        each.change,
        names.target(each.changed) if each.changed else each.changed_name,
        each.summary,
    )
