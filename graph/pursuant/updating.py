"""SPARQL Update: the next revision from the current one, all of it or nothing.

The store's default graph is the merge of its named graphs, so nothing can be written into it. In
an update the default graph is one graph of the merge, `id/graph/default`: a statement that is
inserted without a graph lies there, and one is deleted from there alone. What an update does not
name it does not change.

An update of a store on disk runs in a process of its own, on a copy, and is killed when its time
is over; the store's writer then replaces the graphs that differ.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from pursuant import iri
from pursuant.applying import WRITTEN, Application, Change, apply
from pursuant.errors import BadQuery, StoreProblem, TookTooLong
from pursuant.iri import PREFIXES
from pursuant.passing_folders import passing_folder
from pursuant.sparql import TOKEN, keywords, syntax_problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pursuant.content import Given
    from pursuant.endpoint import Chosen
    from pursuant.store import Store

DEFAULT = str(iri.graph("default"))
_FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}  # each reserves 64 MB of the bounded address space
_NO_MEMORY = (b"memory allocation of", b"bad_alloc", b"MemoryError")
_STRUCTURE = re.compile(rf"{TOKEN.pattern} | (?P<brace>[{{}}])", TOKEN.flags)


@dataclass(frozen=True, slots=True)
class Update:
    """An update and its bounds.

    Attributes:
        text: one or more SPARQL 1.1 Update operations.
        base: what relative IRIs are resolved against.
        using: the graphs that WHERE is asked of, where the text says nothing of it.
        seconds: how long it may take.
        megabytes: memory that it may take.
    """

    text: str
    base: str | None = None
    using: Chosen | None = None
    seconds: float = 60.0
    megabytes: int = 4096


def update(store: Store, asked: Update) -> bool:
    """Applies an update to a store as one revision.

    Returns:
        Whether anything changed.

    Raises:
        BadQuery: the update is wrong, or would fetch something.
        TookTooLong: it did not end in time.
        StoreProblem: the store cannot be written.
    """
    checked = replace(asked, text=_checked(asked), using=None)
    found: list[Change] = []

    def change() -> Change:
        """The change to the revision that is current while the store is locked."""
        if not found:
            found.append(_on_copy(store, checked))
        return found[0]

    def removed() -> Iterator[str]:
        yield from change().removed

    def written() -> Iterator[tuple[str, Given]]:
        yield from change().written.items()

    return store.replace(written(), removed())


def _checked(asked: Update) -> str:
    used = keywords(asked.text)
    for word, why in (
        ("LOAD", "send the data instead"),
        ("SERVICE", "an update is made from this store alone"),
    ):
        if word in used:
            raise BadQuery(f"{word} is refused: {why}")
    if asked.using is None:
        return asked.text
    if {"USING", "WITH"} & used:
        raise BadQuery("the graphs are chosen twice: by the request, and by USING or WITH")
    return _with_using(asked.text, asked.using)


def _with_using(text: str, using: Chosen) -> str:
    """The update with the request's graphs before each WHERE."""
    try:
        clauses = [f"USING {ox.NamedNode(name)}" for name in using.default]
        clauses += [f"USING NAMED {ox.NamedNode(name)}" for name in using.named]
    except ValueError as error:
        raise BadQuery(f"a graph's name is no IRI: {error}") from None
    depth, before, parts, copied = 0, "", [], 0
    for token in _STRUCTURE.finditer(text):
        depth += {"{": 1, "}": -1}.get(token["brace"] or "", 0)
        word = (token["word"] or "").upper()
        if word == "WHERE" and not depth:
            if before == "DELETE":
                raise BadQuery("DELETE WHERE asks no chosen graphs; write DELETE {...} WHERE {...}")
            parts += [text[copied : token.start()], *clauses, " "]
            copied = token.start()
        if word or token["brace"]:
            before = word
    return " ".join(parts) + text[copied:]


def endings(text: str) -> tuple[str, ...] | None:
    """How the IRIs of the graphs that an update may write end, in lower case; None: any may be.

    An update writes into graphs that it names, unless it writes into all of them, or into those
    that a variable stands for. Whatever prefix or base a name has, the IRI ends as the name does.

    >>> endings("PREFIX e: <http://e/> INSERT DATA { GRAPH e:g { <#a> <http://e/p> 'ALL' } }")
    ('#a', 'g', 'http://e/', 'http://e/p')
    >>> endings("DELETE WHERE { GRAPH ?g { ?s ?p 1 } }")
    """
    found, before = set(), ""
    for token in TOKEN.finditer(text):
        said, word = token[0], (token["word"] or "").upper()
        if word in {"ALL", "NAMED"} or (before == "GRAPH" and said[0] in "?$"):
            return None
        if said[0] == "#":
            continue
        if not word and said[0] not in "\"'?$@" and before != "PREFIX":
            found.add(said[1:-1] if said[0] == "<" else said.partition(":")[2].rstrip("."))
        before = word
    strange = any("\\" in each or "/." in each or each[:1] in {"", "."} for each in found)
    return None if strange else tuple(sorted(each.lower() for each in found))


def _on_copy(store: Store, asked: Update) -> Change:
    application = Application(asked.text, asked.base, dict(PREFIXES), DEFAULT, endings(asked.text))
    if (folder := store.folder) is not None:
        return _in_process(folder, application, asked)
    before, copy = ox.Store(), ox.Store()
    before.extend(store.quads())
    copy.extend(before)
    try:
        return apply(before, copy, application)
    except SyntaxError as error:
        raise syntax_problem(asked.text, error, "update") from None
    except (ValueError, OSError, RuntimeError) as error:
        raise _failed(error) from error


def _failed(error: object) -> BadQuery:
    return BadQuery(f"the update cannot be done: {error}")


def _in_process(folder: Path, application: Application, asked: Update) -> Change:
    """The change that a process finds, which ends with its time or its memory."""
    job = asdict(application) | {"megabytes": asked.megabytes}
    with passing_folder() as place:
        told = _told(folder, place, job, asked)
        if "wrong" in told:
            raise syntax_problem(asked.text, SyntaxError(told["wrong"]), "update")
        if "failed" in told:
            raise _failed(told["failed"])
        written: defaultdict[str, list[ox.Triple]] = defaultdict(list)
        for quad in ox.parse(path=place / WRITTEN, format=ox.RdfFormat.N_QUADS):
            assert isinstance(quad.graph_name, ox.NamedNode)
            written[quad.graph_name.value].append(quad.triple)
    return Change(written, tuple(told["removed"]))


def _told(folder: Path, place: Path, job: dict[str, Any], asked: Update) -> dict[str, Any]:
    """What the process says of a job."""
    command = [sys.executable, "-m", "pursuant.applying", str(folder), str(place)]
    try:
        ended = subprocess.run(  # noqa: S603 - our own program
            command,
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=asked.seconds,
            check=False,
            env=os.environ | _FEW_ARENAS,
        )
    except subprocess.TimeoutExpired:
        raise TookTooLong(f"the update took longer than {asked.seconds:g} s") from None
    if ended.returncode:
        if any(said in ended.stderr for said in _NO_MEMORY):
            raise BadQuery(f"the update took more than {asked.megabytes} MB of memory")
        raise StoreProblem(f"the engine failed in an update (status {ended.returncode})")
    told: dict[str, Any] = json.loads(ended.stdout)
    return told
