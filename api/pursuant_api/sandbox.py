"""Work on what strangers send: in a process of its own, ended where a bound is reached.

The process is forked from one that has loaded what it needs; it has no network, may start nothing
and write no file, and its memory goes back when it ends.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver
from typing import TYPE_CHECKING, Any

from pursuant.errors import PursuantError
from pursuant.memory import bound_memory
from pursuant_api import confinement
from pursuant_api.limits import LimitReached, TooBusy

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

_LOADED = [
    "pursuant_api.sandbox",
    "pursuant_api.extraction_preloading",
    "pursuant_api.validation_preloading",
]
_START = 60.0  # seconds that a process may take to begin; the first waits for all to be loaded
_END = 5.0


class UploadTimedOut(LimitReached):
    """What was sent took longer to be worked on than it may."""

    status = 422
    slug = "upload-time"


class UploadTooHeavy(LimitReached):
    """What was sent needed more memory than it may have."""

    status = 422
    slug = "upload-memory"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a piece of work may take.

    Attributes:
        seconds: by the clock, and of processor time.
        megabytes: of memory, on top of what an idle process has.
    """

    seconds: float
    megabytes: int


class Sandbox:
    """Runs so many pieces of work at once, and no more."""

    def __init__(self, places: int) -> None:
        self._free = places
        # Forked from a process that has one thread: a fork of ours might copy locks of others.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(_LOADED)

    def warm(self) -> None:
        """Starts the process that all are forked from; what it loads, it loads by itself."""
        forkserver.ensure_running()

    async def run(self, bounds: Bounds, function: Callable[..., Any], *arguments: Any) -> Any:
        """What a function gives, which is found by its name in the process that runs it.

        Args:
            bounds: what it may take.
            function: a function of a module.
            arguments: of the function; they and what it gives must be picklable.

        Raises:
            TooBusy: all places are taken.
            UploadTimedOut: it took too long, and was ended.
            UploadTooHeavy: it needed too much memory.
            PursuantError: what the function raised.
        """
        if not self._free:
            raise TooBusy("as many files as may be worked on at once are; send it again shortly", 5)
        self._free -= 1
        try:
            return await asyncio.to_thread(self._run, bounds, function, arguments)
        finally:
            self._free += 1

    def _run(self, bounds: Bounds, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=_work, args=(theirs, bounds, function, arguments), daemon=True
        )
        process.start()
        theirs.close()
        try:
            if not ours.poll(_START):
                raise TooBusy("no process could be started; send it again shortly", 5)
            ours.recv()
            if not ours.poll(bounds.seconds):
                raise _too_slow(bounds)
            kind, value = ours.recv()
        except EOFError:
            process.join(_END)
            raise _ended(process.exitcode, bounds) from None
        finally:
            process.kill()
            process.join()
            process.close()
            ours.close()
        if kind == "done":
            return value
        raise _heavy(bounds) if kind == "memory" else value


def _work(
    theirs: Connection, bounds: Bounds, function: Callable[..., Any], arguments: tuple[Any, ...]
) -> None:
    """Runs in the process."""
    confinement.end_with(os.getppid())
    _confine(bounds)
    theirs.send("begun")
    answer: tuple[str, Any]
    try:
        answer = "done", function(*arguments)
    except PursuantError as error:
        answer = "refused", error
    except (MemoryError, RecursionError):
        answer = "memory", None
    except Exception as error:
        answer = "failed", PursuantError(f"{type(error).__name__}: {error}")
    with suppress(OSError):
        theirs.send(answer)


def _confine(bounds: Bounds) -> None:
    bound_memory(bounds.megabytes * 1_000_000)
    seconds = int(bounds.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    confinement.refuse_network()


def _too_slow(bounds: Bounds) -> UploadTimedOut:
    return UploadTimedOut(f"this took more than {bounds.seconds:g} seconds, and was ended")


def _heavy(bounds: Bounds) -> UploadTooHeavy:
    return UploadTooHeavy(f"this needs more than {bounds.megabytes:,} MB of memory, and was ended")


def _ended(code: int | None, bounds: Bounds) -> PursuantError:
    if code is not None and -code in {24, 9}:  # SIGXCPU, or SIGKILL after it
        return _too_slow(bounds)
    return _heavy(bounds)
