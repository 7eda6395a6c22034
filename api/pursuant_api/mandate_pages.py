"""Pages of the register of mandates, and of the reports on it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pursuant.errors import UnknownName
from pursuant.iri import VOCAB
from pursuant.listing import documents, entities
from pursuant.mandated import MODES
from pursuant.names import ACTORS, names_of
from pursuant.networks import FORMS
from pursuant.partnering import WRITERS
from pursuant.symbol import slug as slug_of
from pursuant_api.list_pages import Cell, bodies, cell, concepts, fields
from pursuant_api.pages import Words, render
from pursuant_api.phrasing import period
from pursuant_api.things import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pursuant.table import Table
    from pursuant_api.lists import Listed
    from pursuant_api.negotiation import Asked

REPORTS = ("life-cycle", "no-sunset", "expiring-soon", "overlaps", "partners")
_SCHEMES = ("force", "condition", "topic", "pillar")
_OFFERED = 500  # names that a form offers while one types
_MOST = 3  # paragraphs of a pair of partners that a page names

Row = dict[str, Any]


def mandates_page(
    told: Asked, list_: Listed, filters: Iterable[str], thing: str | None = None
) -> str:
    """The mandates, with a form of filters."""
    rows = mandate_rows(told, list_.rows())
    title = names_of(told.store).label(thing, told.language) if thing else None
    form = _form(told, filters)
    return render(
        "mandates.html",
        told.request,
        rows=rows,
        fields=form,
        list=list_,
        of=title,
        reports=REPORTS,
        forms=_partner_forms(told, filters),
    )


def report_page(told: Asked, list_: Listed, report: str, filters: Iterable[str]) -> str:
    """A report on the mandates."""
    w = Words(told.language)
    key = report.replace("-", "_")
    table = list_.rows()
    hidden = {"unit", "earlier_unit", "later_unit", "actions"}
    columns = [column for column in table.columns if column not in hidden]
    rows = [[_report_cell(told, w, column, row) for column in columns] for row in table.to_json()]
    return render(
        "list.html",
        told.request,
        title=w[f"report_{key}"],
        intro=w[f"report_{key}_intro"],
        columns=["column_" + column for column in columns],
        rows=rows,
        fields=_form(told, filters),
        list=list_,
        forms=_partner_forms(told, filters) if report == "partners" else [],
    )


def _partner_forms(told: Asked, filters: Iterable[str]) -> list[tuple[str, str]]:
    """Who works with whom of what is chosen: name and address of each form of the network."""
    query = told.request.query_params
    kept = {name: query[name] for name in (*filters, "lang") if query.get(name)}
    said = f"?{urlencode(kept)}" if kept else ""
    return [(name, f"/mandates/partners.{FORMS[name].suffix}{said}") for name in WRITERS]


def _form(told: Asked, filters: Iterable[str]) -> list[Any]:
    w = Words(told.language)
    choices: dict[str, Any] = {scheme: concepts(told, scheme) for scheme in _SCHEMES}
    choices["mode"] = [(mode, w[f"mode_{mode}"]) for mode in MODES.values()]
    choices["body"] = bodies(told)
    return fields(told, filters, choices, _offered(told))


def _offered(told: Asked) -> dict[str, list[str]]:
    """Names that a form offers while one types."""
    known = islice(entities(told.store, language=told.language), _OFFERED)
    held = islice(documents(told.store, language=told.language), _OFFERED)
    asked = [str(row["name"]) for row in known]
    symbols = [str(row["symbol"] or row["slug"]) for row in held]
    return {"addressee": asked, "partner": asked, "changes": asked, "document": symbols}


def _report_cell(told: Asked, w: Words, column: str, row: Row) -> Cell:
    value = row[column]
    if column in ("document", "earlier", "later"):
        unit = row["unit" if column == "document" else f"{column}_unit"]
        return cell(f"{value} {unit}", f"/documents/{slug_of(value)}", unit, "head")
    if column in ("body", "addressee", "entity", "partner"):
        label, href = actor(told, value).values()
        return cell(label, href)
    if column == "step":
        return cell(w[f"step_{value}"])
    if column == "mode":
        return cell(w[f"mode_{value}"])
    if column == "units":
        return _units(value)
    if column == "shared":
        return cell(" · ".join(value), shown="words")
    if column == "term":
        return cell(value and period(w, value))
    shown = {"date": "time", "since": "time", "expiry": "time", "days": "number"}
    shown |= {"likeness": "number", "mandates": "number"}
    words = "words" if column.endswith("exact") else ""
    return cell(value, shown=shown.get(column, words))


def _units(units: Sequence[str]) -> Cell:
    """The first paragraphs of several, each with its place, and how many more there are."""
    shown = []
    for each in units[:_MOST]:
        document, _, unit = each.rpartition(" ")
        shown.append(cell(each, f"/documents/{slug_of(document)}", unit))
    if rest := len(units) - len(shown):
        shown.append(cell(f"(+{rest})"))
    return replace(shown[0], more=tuple(shown[1:])) if shown else cell("")


def actor(told: Asked, slug: str) -> dict[str, str | None]:
    """What an entity is called, and its page; one that the register lacks is told by its name."""
    names = names_of(told.store)
    try:
        thing = names.find(slug, ACTORS, "entity")
    except UnknownName:
        return {"label": slug, "href": None}
    return {"label": names.label(thing, told.language), "href": address(thing, told.store)}


def mandate_rows(told: Asked, table: Table) -> list[Row]:
    """Mandates with names for slugs, for people."""
    names, w = names_of(told.store), Words(told.language)

    def concept(scheme: str, slug: str) -> str:
        return names.label(str(VOCAB[f"{scheme}/{slug}"]), told.language)

    return [
        row
        | {
            "slug": slug_of(row["document"]),
            "asks": concept("force", row["force"]),
            "who": [
                *(actor(told, slug) for slug in row["addressees"]),
                *({"label": words, "href": None} for words in filter(None, [row["addressed_as"]])),
            ],
            "with": [actor(told, partner["entity"]) for partner in row["partners"]],
            "under": [concept("condition", slug) for slug in row["conditions"]],
            "about": [concept("topic", slug) for slug in row["topics"]],
            "when": [
                (w[f"when_{name}"], period(w, row[column]))
                for name, column in _WHEN.items()
                if row[column]
            ],
            "becomes": concept("change", row["change"]) if row["change"] else None,
            "which": actor(told, row["changed"]) if row["changed"] else None,
        }
        for row in table.to_json()
    ]


_WHEN = {
    "due": "due",
    "due_date": "deadline",
    "within": "within",
    "recurrence": "recurrence",
    "duration": "term",
    "expires": "expiry",
}
