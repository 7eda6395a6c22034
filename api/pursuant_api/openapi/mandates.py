"""Mandates and the reports on them, in the OpenAPI document."""

from __future__ import annotations

from pursuant.mandate_register import MANDATES
from pursuant.mandate_reports import EXPIRING_SOON, LIFE_CYCLE, NO_SUNSET
from pursuant.mandated import MODES
from pursuant.networks import FORMS
from pursuant.overlapping import OVERLAPS
from pursuant.partnering import PARTNERS, WRITERS
from pursuant.registry_columns import UN_REGISTRY
from pursuant_api.openapi.parts import (
    BYTES,
    TEXT,
    Schema,
    get,
    list_of,
    parameter,
    table,
)

_YEAR = "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"  # of adoption; a month or day narrows it


_LISTS = {
    "": (
        "Who is asked to do what, in our columns or those of the United Nations' registry",
        "AskedMandate",
    ),
    "/life-cycle": (
        "What became of bodies, step by step, with the words of each",
        "LifeCycleStep",
    ),
    "/no-sunset": (
        "Which bodies were established without a term and never reviewed",
        "BodyWithoutSunset",
    ),
    "/expiring-soon": ("Which bodies' terms end within a period", "ExpiringTerm"),
    "/overlaps": ("Which documents ask the same of the same, by their words", "Overlap"),
    "/partners": ("Who is to work with whom, how, and in how many mandates", "Partnership"),
}


def paths() -> dict[str, Schema]:
    """The operations."""
    told = {
        "": [*filters(), columns()],
        "/expiring-soon": [_within(), *filters()],
        "/overlaps": [_least(), *filters()],
    }
    network = get(
        "Who is to work with whom, as a network for the tools that read those",
        {FORMS[name].media: BYTES for name in WRITERS},
        [_suffix(), *filters()],
        named=True,
    )
    return {
        f"/mandates{path}": list_of(summary, row, told.get(path, filters()), named=True)
        for path, (summary, row) in _LISTS.items()
    } | {"/mandates/partners.{suffix}": network}


def schemas() -> dict[str, Schema]:
    """What they answer."""
    asked: Schema = {"anyOf": [table(MANDATES), table(UN_REGISTRY)]}
    return {
        "AskedMandate": asked,
        "LifeCycleStep": table(LIFE_CYCLE),
        "BodyWithoutSunset": table(NO_SUNSET),
        "ExpiringTerm": table(EXPIRING_SOON),
        "Overlap": table(OVERLAPS),
        "Partnership": table(PARTNERS),
    }


def columns() -> Schema:
    """The parameter that chooses the columns of the register."""
    text = "Those of the United Nations' own registry of mandates, or ours."
    return parameter("columns", text, "un-registry", ("pursuant", "un-registry"))


def filters() -> list[Schema]:
    """The parameters by which mandates are chosen; names are known in any spelling."""
    return [parameter("addressee", "Who is asked.", "unodc"), *further()]


def further() -> list[Schema]:
    """Those but for who is asked."""
    return [
        parameter("force", "How strongly.", "request"),
        parameter("partner", "With whom.", "ct-compact"),
        parameter("mode", "How with them.", "cooperation", MODES.values()),
        parameter("condition", "Under which condition.", "upon-request"),
        parameter("topic", "On what.", "technical-assistance"),
        parameter("pillar", "Under which pillar of the Strategy.", "iii"),
        parameter("due", "At which session to report: A/75, or 75 of any body.", "A/75")
        | {"schema": TEXT | {"pattern": "^((([AaEe]|[Aa]/[Hh][Rr][Cc])/)?[0-9]+)?$"}},
        parameter("document", "Where.", "e-res-2019-21"),
        parameter("body", "Adopted by.", "ecosoc"),
        parameter("year", "Adopted in.", "2019") | {"schema": TEXT | {"pattern": _YEAR}},
        parameter("changes", "Establishing, renewing, modifying or terminating whom.", "cted"),
        parameter("as_of", "In force on a day; of a report, its day.", "2024-06-30")
        | {"schema": TEXT | {"anyOf": [{"format": "date"}, {"maxLength": 0}]}},
    ]


def _suffix() -> Schema:
    named = {FORMS[name].suffix: name for name in WRITERS}
    told = ", ".join(f"{suffix} ({name})" for suffix, name in named.items())
    return {
        "name": "suffix",
        "in": "path",
        "required": True,
        "description": f"The form: {told}.",
        "schema": TEXT | {"enum": list(named)},
        "example": "graphml",
    }


def _within() -> Schema:
    pattern = "^([0-9]{1,3} (days|weeks|months|years)|P[0-9]{1,3}[DWMY])?$"
    schema = TEXT | {"pattern": pattern}
    return parameter("within", "A period: 6 months, 90 days, P6M.", "6 months") | {"schema": schema}


def _least() -> Schema:
    schema: Schema = {"type": "number", "exclusiveMinimum": 0, "maximum": 1}
    told = {"schema": schema, "example": 0.5}
    return parameter("least", "How alike they are at least, up to 1.", "0.5") | told
