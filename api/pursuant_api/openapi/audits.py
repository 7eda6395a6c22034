"""The audit, in the OpenAPI document."""

from __future__ import annotations

from pursuant.auditing import SECTIONS
from pursuant_api.negotiation import CSV, HTML, JSON, XLSX
from pursuant_api.openapi.parts import (
    BYTES,
    TEXT,
    Schema,
    get,
    list_of,
    object_of,
    path,
    ref,
    table,
)


def paths() -> dict[str, Schema]:
    """The operations."""
    media = {JSON: ref("Audit"), HTML: TEXT, CSV: TEXT, XLSX: BYTES}
    name = path("name", f"^({'|'.join(SECTIONS)})$", "unresolved", "A section of the audit.")
    return {
        "/audit": get("What the store lacks, and where it contradicts itself", media),
        "/audit/{name}": list_of("A section of the audit", "AuditRow", [name], named=True),
    }


def schemas() -> dict[str, Schema]:
    """What they answer."""
    lists = {name: {"type": "array", "items": ref(_row(name))} for name in SECTIONS}
    found = {_row(name): table(section.columns) for name, section in SECTIONS.items()}
    rows: Schema = {"anyOf": [ref(name) for name in found]}
    return found | {"AuditRow": rows, "Audit": object_of(lists)}


def _row(section: str) -> str:
    return f"Audit{section.title().replace('-', '')}"
