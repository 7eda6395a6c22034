"""RDF files as one rdflib graph: read strictly, and nothing fetched.

Turtle, N-Triples, N-Quads, TriG, RDF/XML and JSON-LD, told apart by suffix. Named graphs are
merged; blank nodes of different files stay different.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import Graph

from pursuant.content import to_rdflib
from pursuant.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST_BYTES = 50_000_000
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_PLACE = re.compile(r"^Parser error (?:at|between) [^:]*: ")


def load(paths: Sequence[Path], into: Graph | None = None) -> Graph:
    """The triples of all files together, in a graph of their own or in one that is given.

    Raises:
        BadData: a file cannot be read, is too large, is not what its suffix says, or asks for
            something outside of it.
    """
    graph = Graph() if into is None else into
    for path in paths:
        for quad in _quads(path):
            graph.add(tuple(to_rdflib(t) for t in (quad.subject, quad.predicate, quad.object)))  # type: ignore[arg-type]
    return graph


def _quads(path: Path) -> Iterator[ox.Quad]:
    yield from parse(read(path), syntax_of(path), path.name, path.absolute().as_uri())


def syntax_of(path: Path) -> ox.RdfFormat:
    """What a file is written in, by its suffix.

    Raises:
        BadData: it is of no kind that is known.
    """
    syntax = FORMATS.get(path.suffix.lower())
    if syntax is None:
        raise BadData(f"{path.name}: not a kind of RDF file known here ({' '.join(FORMATS)}).")
    return syntax


def parse(
    data: bytes, syntax: ox.RdfFormat, name: str, base: str, rename: bool = True
) -> Iterator[ox.Quad]:
    """The statements of a text, with blank nodes of its own.

    Args:
        data: the text.
        syntax: the format that it is in.
        name: what a complaint calls it.
        base: what its relative IRIs are resolved against.
        rename: whether blank nodes get names that nothing else has.

    Raises:
        BadData: it is not in its format, or asks for something outside of it.
    """
    if syntax == ox.RdfFormat.JSON_LD:
        _refuse_remote_context(name, data)
    if syntax == ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise BadData(f"{name}: a DOCTYPE is refused; write entities out.")
    try:
        yield from ox.parse(data, format=syntax, base_iri=base, rename_blank_nodes=rename)
    except (SyntaxError, ValueError) as problem:
        raise BadData(f"{name}{_where(problem)}") from problem


def read(path: Path) -> bytes:
    """The content of a file.

    Raises:
        BadData: it cannot be read, or is too large.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadData(f"{path.name}: larger than {MOST_BYTES // 1_000_000} MB.")
        return path.read_bytes()
    except OSError as problem:
        raise BadData(f"{path.name}: {problem.strerror or problem}.") from problem


def _where(problem: Exception) -> str:
    """Line and reason, from what the parser said."""
    line = getattr(problem, "lineno", None)
    reason = _PLACE.sub("", " ".join(str(getattr(problem, "msg", problem)).split())).rstrip(".")
    return f", line {line}: {reason}." if line else f": {reason}."


def _refuse_remote_context(name: str, data: bytes) -> None:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as problem:
        where = f", line {problem.lineno}" if isinstance(problem, json.JSONDecodeError) else ""
        reason = getattr(problem, "msg", None) or str(problem)
        raise BadData(f"{name}{where}: {reason}.") from problem
    for address in _remote(document):
        raise BadData(f"{name}: the context {address} is not in the file; copy it in.")


def _remote(value: Any) -> Iterator[str]:
    """Addresses of contexts that lie outside the document."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case dict() as members:
                yield from _addresses(members)
                waiting.extend(members.values())
            case list() as items:
                waiting.extend(items)


def _addresses(members: dict[str, Any]) -> Iterator[str]:
    context = members.get("@context")
    contexts = context if isinstance(context, list) else [context]
    yield from (each for each in contexts if isinstance(each, str))
    if isinstance(imported := members.get("@import"), str):
        yield imported
