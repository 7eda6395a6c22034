"""Real answers to the examples that parameters give, shown in the OpenAPI document.

They are kept in a file, since the document is made without asking a store. `tests/test_openapi.py`
asks for each, and says how the file is written anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pursuant_api.negotiation import JSON

if TYPE_CHECKING:
    from pursuant_api.openapi.parts import Schema

FILE = Path(__file__).with_name("examples.json")


def request(path: str, operation: Schema) -> str:
    """The address that the examples of an operation's parameters make."""
    given = {each["name"]: each for each in operation.get("parameters", ()) if "example" in each}
    inside = {name: told["example"] for name, told in given.items() if told["in"] == "path"}
    query = {name: told["example"] for name, told in given.items() if told["in"] == "query"}
    return path.format(**inside) + (f"?{urlencode(query, doseq=True)}" if query else "")


def kept() -> dict[str, Any]:
    """The answers by their requests."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return found


def show(paths: Schema) -> None:
    """Puts the answers into operations that are asked with GET."""
    answers = kept()
    for path, operations in paths.items():
        operation = operations.get("get", {})
        content = operation.get("responses", {}).get("200", {}).get("content", {})
        if JSON in content and (told := answers.get(request(path, operation))) is not None:
            content[JSON]["example"] = told
