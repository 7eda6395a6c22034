"""The audit, in the OpenAPI document."""

from __future__ import annotations

from pursuant.auditing import SECTIONS
from pursuant_api.negotiation import CSV, HTML, JSON, XLSX
from pursuant_api.openapi.parts import BYTES, TEXT, Schema, get, list_of, object_of, ref, table


def paths() -> dict[str, Schema]:
    """The operations."""
    media = {JSON: ref("Audit"), HTML: TEXT, CSV: TEXT, XLSX: BYTES}
    return {"/audit": get("What the store lacks, and where it contradicts itself", media)} | {
        f"/audit/{name}": list_of(f"The section {name} of the audit", _row(name), named=True)
        for name in SECTIONS
    }


def schemas() -> dict[str, Schema]:
    """What they answer."""
    lists = {name: {"type": "array", "items": ref(_row(name))} for name in SECTIONS}
    found = {_row(name): table(section.columns) for name, section in SECTIONS.items()}
    return found | {"Audit": object_of(lists)}


def _row(section: str) -> str:
    return f"Audit{section.title().replace('-', '')}"
