"""The audit: what the store lacks, and where it contradicts itself."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from pursuant.auditing import SECTIONS, audit
from pursuant.errors import UnknownName
from pursuant.names import near
from pursuant.symbol import slug as slug_of
from pursuant_api import paging
from pursuant_api.asking import asked_for
from pursuant_api.list_pages import Cell, cell
from pursuant_api.lists import listed
from pursuant_api.negotiation import CSV, HTML, JSON, XLSX, answer, split_suffix, suffix_of
from pursuant_api.pages import Words, render
from pursuant_api.state import asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from pursuant.auditing import Audit
    from pursuant.table import Table
    from pursuant_api.lists import Listed
    from pursuant_api.negotiation import Asked

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
    columns = [name for name in table.columns if name != "unit"]
    rows = [[_cell(w, name, row) for name in columns] for row in table.to_json()]
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


def _cell(w: Words, column: str, row: dict[str, Any]) -> Cell:
    value = row[column]
    if column == "document":
        unit = row.get("unit", "")
        return cell(f"{value} {unit}".strip(), f"/documents/{slug_of(value)}", unit, "head")
    if column == "first":
        symbol, _, unit = value.rpartition(" ")
        return cell(value, f"/documents/{slug_of(symbol)}", unit)
    if column in ("instrument", "read", "linked"):
        return cell(
            value, f"/instruments/{slug_of(value)}", shown="head" if column == "instrument" else ""
        )
    if column in ("held", "missing", "not_in"):
        return cell(", ".join(w[f"language_{code}"] for code in value))
    if column in ("cited_in", "language"):
        return cell(w[f"language_{value}"])
    if column == "status":
        return cell(w[f"status_{value}"], shown="state")
    if isinstance(value, list):
        return cell("; ".join(value))
    kinds = {"exact": "words", "adopted": "time", "thing": "head"}
    return cell(value, shown="number" if isinstance(value, int) else kinds.get(column, ""))
