"""The mandates and the whole graph in the forms that other tools read: tables, RDF.

The same content gives the same bytes: everything is sorted, nothing tells the time.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from pursuant import mandate_register, querying
from pursuant.content import serialize
from pursuant.errors import PursuantError
from pursuant.iri import local
from pursuant.rdf_formats import RDF_FORMATS, format_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pursuant.store import Store


def mandates(store: Store, form: str, language: str = "en") -> bytes:
    """The mandates as CSV, JSON, XLSX or RDF."""
    if form not in ("csv", "json", "xlsx"):
        return _rdf(_constructed(store, "mandate_graph"), form)
    table = mandate_register.mandates(store, language=language)
    if form == "csv":
        return table.to_csv().encode()
    if form == "json":
        return _json(table.to_json())
    workbook = io.BytesIO()
    table.to_xlsx(workbook)
    return workbook.getvalue()


def graph(store: Store, form: str) -> bytes:
    """Everything in the store as RDF; formats without named graphs get all of them as one."""
    return _rdf(store.quads(), form)


def write_folder(store: Store, folder: Path) -> list[Path]:
    """Writes everything as N-Quads, and each named graph as Turtle; gives the files' paths."""
    files = {folder / "pursuant.nq": graph(store, "nquads")}
    for name in store.graphs():
        triples = (quad.triple for quad in store.quads(name))
        files[folder / f"{local(name)}.ttl"] = serialize(triples, ox.RdfFormat.TURTLE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            path.write_bytes(data)
    except OSError as error:
        raise PursuantError(f"{error.filename} cannot be written: {error.strerror}") from error
    return list(files)


def format_of(what: str, name: str) -> str:
    """The format that a name means, where `what` ("mandates", "graph") has it.

    Raises:
        PursuantError: there is no such format for this.
    """
    if (form := format_name(name)) in FORMATS[what]:
        return form
    known = ", ".join(FORMATS[what])
    raise PursuantError(f"{what} cannot be given as {name!r}; choose {known}")


def _rdf(statements: Iterable[ox.Triple | ox.Quad], form: str) -> bytes:
    if form not in RDF_FORMATS:
        raise PursuantError(f"{form!r} is not a format for this; choose {', '.join(RDF_FORMATS)}")
    return serialize(statements, RDF_FORMATS[form])


def _constructed(store: Store, name: str) -> set[ox.Triple]:
    found = store.query(querying.question(name))
    assert isinstance(found, ox.QueryTriples)
    return set(found)


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


FORMATS: Mapping[str, tuple[str, ...]] = {
    "mandates": ("csv", "json", "xlsx", *RDF_FORMATS),
    "graph": tuple(RDF_FORMATS),
}
