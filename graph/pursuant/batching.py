"""Reads many files, on all cores where that pays, and keeps their order."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pursuant.errors import UnreadableSource
from pursuant.extracting import extract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

STDIN = "-"
_WORTH_A_POOL = 48
_BATCH = 256

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
        batch = first
        while batch:
            yield from pool.map(function, batch, chunksize=8)
            batch = list(islice(rest, _BATCH))
    finally:
        pool.shutdown(cancel_futures=True)


def extracted(files: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """For each file the line that `pursuant extract` prints, and what is wrong if anything.

    Args:
        files: names; "-" is standard input.
    """
    return map(line, files) if STDIN in files else spread(line, files)


def line(file: str) -> tuple[str, str | None]:
    """The JSON line for one file, and what is wrong with it if anything.

    A fault of ours in one file must not cost the others, so it is told like a fault of the file.
    """
    try:
        source = sys.stdin.buffer.read() if file == STDIN else Path(file)
        return _dumped(extract(source).to_json()), None
    except UnreadableSource as error:
        return _failed(error.source, error.problem)
    except Exception as error:
        if os.environ.get("PURSUANT_DEBUG"):
            raise
        return _failed(Path(file).name, f"it cannot be read: {type(error).__name__}: {error}")


def _failed(source: str, problem: str) -> tuple[str, str]:
    return _dumped({"source": source, "error": problem}), f"{source}: {problem}"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
