"""Reads many files, on all cores where that pays, and keeps their order."""

from __future__ import annotations

import json
import math
import os
import sys
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import orjson

from pursuant.errors import PursuantError, UnreadableSource
from pursuant.finding import MAX_ARCHIVE, Found, find, find_in
from pursuant.formats.sniffing import HEAD, looks_plain
from pursuant.workers import worked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

STDIN = "-"
_WORTH_A_POOL = 48

T = TypeVar("T")
R = TypeVar("R")


def spread(
    function: Callable[[T], R],
    items: Iterable[T],
    lost: Callable[[T, str], R] | None = None,
    risky: Callable[[T], bool] = lambda _: False,
) -> Iterator[R]:
    """What a function gives for each item, in their order; on all cores where they are many.

    Args:
        function: is called with each item.
        items: taken a few at a time.
        lost: gives the result for an item that took too long, or that its process died of; without
            it, either is an error.
        risky: whether an item must go to a process that can be ended, even among few.

    Raises:
        PursuantError: `$PURSUANT_FILE_SECONDS` is no number of seconds.
    """
    seconds = seconds_for_each()
    rest = iter(items)
    first = list(islice(rest, _WORTH_A_POOL))
    if len(first) == _WORTH_A_POOL:
        preload = "pursuant.preloading"
    elif any(map(risky, first)):
        preload = "pursuant.extracting"
    else:
        yield from map(function, first)
        return
    yield from worked(function, chain(first, rest), lost or _lost, seconds, preload)


def seconds_for_each() -> float:
    """How long one item may take: `$PURSUANT_FILE_SECONDS`, or 120 seconds.

    Raises:
        PursuantError: it is no number of seconds.
    """
    text = os.environ.get("PURSUANT_FILE_SECONDS", "120")
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < math.inf:
        raise PursuantError(f"PURSUANT_FILE_SECONDS is {text!r}, which is no number of seconds")
    return seconds


def _lost(_: object, problem: str) -> Any:
    raise PursuantError(f"a file could not be read: {problem}")


def is_foreign(found: Found) -> bool:
    """Whether a source is no plain text, so that parsers read it that are not ours."""
    if isinstance(found.source, bytes):
        return not looks_plain(found.source[:HEAD])
    try:
        if not found.source.is_file():
            return False  # a pipe can be read but once, and only here
        with found.source.open("rb") as file:
            return not looks_plain(file.read(HEAD))
    except (OSError, ValueError):
        return False  # whoever reads it says what is wrong with it


def extracted(files: Sequence[str]) -> Iterator[tuple[bytes, str | None]]:
    """For each source the line that `pursuant extract` prints, and what is wrong if anything.

    Lines are in UTF-8.

    Args:
        files: names of files, folders and zip archives; "-" is standard input.
    """
    return spread(_encoded, _sources(files), _unread, is_foreign)


def _sources(files: Iterable[str]) -> Iterator[Found]:
    for file in files:
        if file == STDIN:
            yield from find_in(sys.stdin.buffer.read(MAX_ARCHIVE), STDIN)
        else:
            yield from find([Path(file)])


def line(found: Found) -> tuple[str, str | None]:
    """The JSON line for one source, and what is wrong with it if anything."""
    encoded, problem = _encoded(found)
    return encoded.decode(), problem


def _encoded(found: Found) -> tuple[bytes, str | None]:
    """The JSON line for one source in UTF-8, and what is wrong with it if anything.

    A fault of ours in one file must not cost the others, so it is told like a fault of the file.
    """
    from pursuant.extracting import extract  # by then a worker has loaded it

    try:
        if found.problem:
            raise UnreadableSource(found.name, found.problem)
        return _dumped(extract(found.source, found.name).to_json()), None
    except UnreadableSource as error:
        return _failed(error.source, error.problem)
    except Exception as error:
        if os.environ.get("PURSUANT_DEBUG"):
            raise
        return _failed(found.name, f"it cannot be read: {type(error).__name__}: {error}")


def _unread(found: Found, problem: str) -> tuple[bytes, str]:
    return _failed(found.name, problem)


def _failed(source: str, problem: str) -> tuple[bytes, str]:
    return _dumped({"source": source, "error": problem}), f"{source}: {problem}"


def _dumped(value: object) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:  # half a surrogate pair, as in the name of a file that is not in UTF-8
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
