"""Reads many files, on all cores where that pays, and keeps their order."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pursuant.errors import UnreadableSource
from pursuant.extracting import extract
from pursuant.finding import MAX_ARCHIVE, Found, find, find_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

STDIN = "-"
_WORTH_A_POOL = 48
_CHUNK = 8
_AHEAD = 32  # chunks that workers may be ahead of what is read of theirs

T = TypeVar("T")
R = TypeVar("R")


def spread(function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """What a function gives for each item, in their order; on all cores where they are many."""
    rest = iter(items)
    first = list(islice(rest, _WORTH_A_POOL))
    if len(first) < _WORTH_A_POOL or (os.cpu_count() or 1) < 2:
        yield from map(function, first)
        return
    # Spawned, not forked: a fork copies locks that other threads hold.
    pool = ProcessPoolExecutor(
        mp_context=multiprocessing.get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN),
    )
    try:
        waiting: deque[Future[list[R]]] = deque()
        every = chain(first, rest)
        while chunk := list(islice(every, _CHUNK)):
            waiting.append(pool.submit(_each, function, chunk))
            if len(waiting) > _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _each(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    return list(map(function, items))


def extracted(files: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """For each source the line that `pursuant extract` prints, and what is wrong if anything.

    Args:
        files: names of files, folders and zip archives; "-" is standard input.
    """
    return spread(line, _sources(files))


def _sources(files: Iterable[str]) -> Iterator[Found]:
    for file in files:
        if file == STDIN:
            yield from find_in(sys.stdin.buffer.read(MAX_ARCHIVE), STDIN)
        else:
            yield from find([Path(file)])


def line(found: Found) -> tuple[str, str | None]:
    """The JSON line for one source, and what is wrong with it if anything.

    A fault of ours in one file must not cost the others, so it is told like a fault of the file.
    """
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


def _failed(source: str, problem: str) -> tuple[str, str]:
    return _dumped({"source": source, "error": problem}), f"{source}: {problem}"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
