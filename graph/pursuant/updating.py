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
import resource
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pursuant import iri
from pursuant.errors import BadQuery, StoreProblem, TookTooLong
from pursuant.iri import PREFIXES
from pursuant.memory import bound_memory
from pursuant.passing_folders import passing_folder
from pursuant.sparql import TOKEN, keywords, syntax_problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pursuant.content import Given
    from pursuant.endpoint import Chosen
    from pursuant.store import Store

DEFAULT = str(iri.graph("default"))
_FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}  # each reserves 64 MB of the bounded address space
_NO_MEMORY = (b"memory allocation of", b"bad_alloc", b"MemoryError")
_STRUCTURE = re.compile(rf"{TOKEN.pattern} | (?P<brace>[{{}}])", TOKEN.flags)


@dataclass(frozen=True, slots=True)
class Change:
    """The graphs that an update wrote, with all that they hold now, and those that it emptied."""

    written: Mapping[str, list[ox.Triple]]
    removed: tuple[str, ...]


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


def _on_copy(store: Store, asked: Update) -> Change:
    if (folder := store.folder) is not None:
        return _in_process(folder, asked)
    before, copy = ox.Store(), ox.Store()
    before.extend(store.quads())
    copy.extend(before)
    return _applied(before, copy, asked)


def _applied(before: ox.Store, copy: ox.Store, asked: Update) -> Change:
    """What an update makes of a copy of a store."""
    own = ox.NamedNode(DEFAULT)
    copy.clear_graph(ox.DefaultGraph())
    copy.extend([ox.Quad(*quad.triple) for quad in _graph(copy, own)])
    copy.remove_graph(own)
    try:
        copy.update(asked.text, base_iri=asked.base, prefixes=PREFIXES)
    except SyntaxError as error:
        raise syntax_problem(asked.text, error, "update") from None
    except (ValueError, OSError, RuntimeError) as error:
        raise BadQuery(f"the update cannot be done: {error}") from error
    copy.extend([_placed(quad.triple, own) for quad in _graph(copy, ox.DefaultGraph())])
    written: dict[str, list[ox.Triple]] = {}
    removed: list[str] = []
    for name in {*before.named_graphs(), *copy.named_graphs()}:
        assert isinstance(name, ox.NamedNode)
        if all(old == new for old, new in zip_longest(_graph(before, name), _graph(copy, name))):
            continue  # an engine and its copy hold the same graph in the same order
        if triples := [quad.triple for quad in _graph(copy, name)]:
            written[name.value] = triples
        else:
            removed.append(name.value)
    return Change(written, tuple(removed))


def _graph(engine: ox.Store, name: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    return engine.quads_for_pattern(None, None, None, name)


def _placed(triple: ox.Triple, name: ox.NamedNode) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, name)


def _in_process(folder: Path, asked: Update) -> Change:
    """The change that a process finds, which ends with its time or its memory."""
    job = {"text": asked.text, "base": asked.base, "megabytes": asked.megabytes}
    with passing_folder() as place:
        command = [sys.executable, "-m", "pursuant.updating", str(folder), str(place)]
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
        told = json.loads(ended.stdout)
        if "problem" in told:
            raise BadQuery(*told["problem"])
        written: defaultdict[str, list[ox.Triple]] = defaultdict(list)
        for quad in ox.parse(path=place / "written.nq", format=ox.RdfFormat.N_QUADS):
            assert isinstance(quad.graph_name, ox.NamedNode)
            written[quad.graph_name.value].append(quad.triple)
    return Change(written, tuple(told["removed"]))


def _main(folder: Path, place: Path) -> None:
    job = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    before = ox.Store.read_only(str(folder))
    before.backup(str(place / "copy"))
    copy = ox.Store(str(place / "copy"))
    bound_memory(job["megabytes"] * 2**20)
    try:
        change = _applied(before, copy, Update(job["text"], job["base"]))
    except BadQuery as error:
        json.dump({"problem": [str(error), error.line, error.column]}, sys.stdout)
        return
    quads = (
        _placed(triple, ox.NamedNode(name))
        for name, triples in change.written.items()
        for triple in triples
    )
    ox.serialize(quads, str(place / "written.nq"), ox.RdfFormat.N_QUADS)
    json.dump({"removed": change.removed}, sys.stdout)


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
