"""The audit: what the store lacks, and where it contradicts itself."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from pursuant.auditing import SECTIONS, audit
from pursuant.errors import UnknownName
from pursuant.iri import UNCT
from pursuant.names import ENTITIES, INSTRUMENTS, names_of, near
from pursuant.symbol import slug as slug_of
from pursuant_api import paging
from pursuant_api.asking import asked_for
from pursuant_api.list_pages import Cell, cell
from pursuant_api.lists import listed
from pursuant_api.negotiation import CSV, HTML, JSON, XLSX, answer, split_suffix, suffix_of
from pursuant_api.pages import Words, render
from pursuant_api.state import asked
from pursuant_api.things import address, terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from pursuant.auditing import Audit
    from pursuant.table import Table
    from pursuant_api.lists import Listed
    from pursuant_api.negotiation import Asked

Row = dict[str, Any]
router = APIRouter()


@router.get("/audit")
@router.get("/audit.{suffix}", include_in_schema=False)
def summary(request: Request) -> Response:
    """How much there is of each section; as JSON and XLSX all of it."""
    asked_for(request)

    def found(told: Asked) -> Audit:
        return audit(told.store, language=told.language)

    views: dict[str, Callable[[Asked], Any]] = {
        JSON: lambda told: found(told).to_json(),
        HTML: lambda told: _summary_page(told, found(told)),
        CSV: lambda told: found(told).summary().to_csv(),
        XLSX: lambda told: _workbook(found(told)),
    }
    return answer(asked(request), views, suffix_of(request))


@router.get("/audit/{name}")
def section(request: Request, name: str) -> Response:
    """One section of the audit."""
    wanted, forced = split_suffix(name)
    if wanted not in SECTIONS:
        known = {each: each for each in SECTIONS}
        raise UnknownName(f"no section of the audit is called {wanted!r}{near(wanted, known)}")
    said, told = asked_for(request, *paging.NAMES), asked(request)

    def read() -> Table:
        return audit(told.store, wanted, told.language)[wanted]

    return listed(told, said, read, forced, partial(_section_page, section=wanted))


def _workbook(found: Audit) -> bytes:
    written = io.BytesIO()
    found.to_xlsx(written)
    return written.getvalue()


def _summary_page(told: Asked, found: Audit) -> str:
    w = Words(told.language)
    rows = [
        (name, w[f"audit_{name.replace('-', '_')}"], len(table))
        for name, table in found.sections.items()
    ]
    return render("audit.html", told.request, rows=rows)


def _section_page(told: Asked, list_: Listed, section: str) -> str:
    w = Words(told.language)
    table = list_.rows()
    columns = [name for name in table.columns if name not in ("unit", "label")]
    rows = [[_cell(told, w, name, row) for name in columns] for row in table.to_json()]
    return render(
        "list.html",
        told.request,
        intro=w["audit_intro"],
        title=w[f"audit_{section.replace('-', '_')}"],
        columns=["audit_column_" + name for name in columns],
        rows=rows,
        fields=[],
        list=list_,
    )


def _cell(told: Asked, w: Words, column: str, row: Row) -> Cell:
    return _MAKERS.get(column, _plain)(told, w, column, row)


def _thing(told: Asked, _: Words, column: str, row: Row) -> Cell:
    return cell(row["label"], _place(told, row[column]), shown="head")


def _facts(told: Asked, w: Words, column: str, row: Row) -> Cell:
    return cell(w["joint"].join(_fact(told, w, each) for each in row[column]))


def _title(_: Asked, __: Words, column: str, row: Row) -> Cell:
    return cell(row[column] if row[column] != row.get("document") else "")


def _document(_: Asked, __: Words, column: str, row: Row) -> Cell:
    symbol, unit = row[column], row.get("unit", "")
    return cell(f"{symbol} {unit}".strip(), f"/documents/{slug_of(symbol)}", unit, "head")


def _first(_: Asked, __: Words, column: str, row: Row) -> Cell:
    symbol, unit = row[column].rsplit(" ", 1)
    return cell(row[column], f"/documents/{slug_of(symbol)}", unit)


def _instrument(told: Asked, _: Words, column: str, row: Row) -> Cell:
    shown = "head" if column == "instrument" else ""
    return cell(_called(told, row[column]), f"/instruments/{slug_of(row[column])}", shown=shown)


def _candidates(told: Asked, w: Words, column: str, row: Row) -> Cell:
    return cell(w["joint"].join(_called(told, each) for each in row[column]))


def _languages(_: Asked, w: Words, column: str, row: Row) -> Cell:
    codes = [row[column]] if isinstance(row[column], str) else row[column]
    return cell(w["joint"].join(w[f"language_{code}"] for code in codes))


def _status(_: Asked, w: Words, column: str, row: Row) -> Cell:
    return cell(w[f"status_{row[column]}"], shown="state")


def _plain(_: Asked, w: Words, column: str, row: Row) -> Cell:
    value = row[column]
    if isinstance(value, list):
        return cell(w["joint"].join(value))
    kinds = {"exact": "words", "adopted": "time"}
    return cell(value, shown="number" if isinstance(value, int) else kinds.get(column, ""))


_MAKERS: dict[str, Callable[[Asked, Words, str, Row], Cell]] = {
    "thing": _thing,
    "facts": _facts,
    "title": _title,
    "document": _document,
    "first": _first,
    "candidates": _candidates,
    "status": _status,
    **dict.fromkeys(("instrument", "read", "linked"), _instrument),
    **dict.fromkeys(("held", "missing", "not_in", "cited_in", "language"), _languages),
}


def _called(told: Asked, name: str) -> str:
    """What a person calls an instrument: its symbol, else its title."""
    names = names_of(told.store)
    thing = _found(told, name, INSTRUMENTS)
    return names.symbols.get(thing) or names.label(thing, told.language) if thing else name


def _place(told: Asked, name: str) -> str | None:
    """The page of a thing of the register."""
    thing = _found(told, name, (*INSTRUMENTS, *ENTITIES))
    return address(thing, told.store) if thing else None


def _found(told: Asked, name: str, within: tuple[str, ...]) -> str | None:
    """The IRI of a thing by its symbol or slug, which is what the audit calls it."""
    known, slug = names_of(told.store).labels, slug_of(name)
    return next((prefix + slug for prefix in within if prefix + slug in known), None)


def _fact(told: Asked, w: Words, name: str) -> str:
    """A property by its label; the tag of a language stands for the name in it.

    The ontology has no label for what it borrows, such as dcterms:title: the interface has.
    """
    labels = terms(told.store).get(str(UNCT[name]), {})
    return labels.get(told.language) or w.get(f"language_{name}", w.get(name, name))
