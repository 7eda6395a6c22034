"""Processes that work through many items, each of which can be ended while it works.

The pools of the standard library lose all work when one process dies, and cannot end one task. A
parser that hangs or crashes on one file must not cost the other files.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerProcess

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 256  # items that may be done before the first of them is
_START = 60.0  # seconds that a worker may take to be ready for its first item


def worked(
    function: Callable[[T], R],
    items: Iterable[T],
    lost: Callable[[T, str], R],
    seconds: float,
    preload: str = "pursuant.extracting",
) -> Iterator[R]:
    """What a function gives for each item, in their order, worked out by a process for each core.

    Args:
        function: is called in the workers, which find it by its name.
        items: asked for as work goes on.
        lost: gives the result for an item whose worker died or was ended, from what happened.
        seconds: how long an item may take by the clock before its worker is ended.
        preload: the module that is loaded before workers are forked.

    Raises:
        Exception: whatever the function raises.
    """
    # Forked from a process that has one thread: a fork of ours might copy locks that others hold.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    crew = _Crew(function, lost, seconds, context)
    try:
        yield from crew.work(enumerate(items))
    finally:
        crew.end()


@dataclass(slots=True)
class _Worker:
    """A process, and what it works on, if anything."""

    process: ForkServerProcess
    pipe: Connection
    task: tuple[int, Any] | None = None
    ends: float = 0.0
    ready: bool = False


@dataclass(slots=True)
class _Crew(Generic[T, R]):
    """The workers, and the results that are not yet asked for, by the place of their items."""

    function: Callable[[T], R]
    lost: Callable[[T, str], R]
    seconds: float
    context: Any
    workers: list[_Worker] = field(default_factory=list)
    done: dict[int, R] = field(default_factory=dict)

    def work(self, tasks: Iterator[tuple[int, T]]) -> Iterator[R]:
        told = given = 0
        task = next(tasks, None)
        while task or told < given:
            while task and given - told < _AHEAD and (worker := self.idle()):
                self.give(worker, task)
                given, task = given + 1, next(tasks, None)
            if told in self.done:
                yield self.done.pop(told)
                told += 1
            else:
                self.hear()

    def idle(self) -> _Worker | None:
        """A worker that has nothing to do; a new one, if there may be more."""
        for worker in self.workers:
            if worker.task is None:
                return worker
        if len(self.workers) >= (os.cpu_count() or 1):
            return None
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_serve, args=(theirs, self.function), daemon=True)
        process.start()
        theirs.close()
        self.workers.append(_Worker(process, ours))
        return self.workers[-1]

    def give(self, worker: _Worker, task: tuple[int, T]) -> None:
        allowed = self.seconds if worker.ready else self.seconds + _START
        worker.task, worker.ends = task, time.monotonic() + allowed
        try:
            worker.pipe.send(task[1])
        except OSError:
            self.lose(worker)

    def hear(self) -> None:
        """Wait until a worker is done, dies, or has had its time."""
        busy = [worker for worker in self.workers if worker.task]
        first = min((worker.ends for worker in busy), default=0.0)
        ready = wait([worker.pipe for worker in busy], max(0.0, first - time.monotonic()))
        for worker in busy:
            if worker.pipe in ready:
                self.take(worker)
            elif worker.ends <= time.monotonic():
                self.lose(worker, f"it takes more than {self.seconds:g} seconds, the limit")

    def take(self, worker: _Worker) -> None:
        """Take what a worker says: at first that it is ready, then what it has done.

        Raises:
            Exception: the function raised it.
        """
        try:
            told = worker.pipe.recv()
        except (EOFError, OSError):
            self.lose(worker)
            return
        if not worker.ready:
            worker.ready, worker.ends = True, time.monotonic() + self.seconds
            return
        result, error = told
        if error is not None:
            raise error
        if worker.task:
            self.done[worker.task[0]] = result
        worker.task = None

    def lose(self, worker: _Worker, problem: str = "") -> None:
        """End a worker; another takes its place when there is work."""
        died = "" if problem else _death(worker.process)
        self.workers.remove(worker)
        _end(worker)
        if worker.task:
            place, item = worker.task
            self.done[place] = self.lost(item, problem or died)

    def end(self) -> None:
        while self.workers:
            _end(self.workers.pop())


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _death(process: ForkServerProcess) -> str:
    """What a process died of, that closed its pipe."""
    process.join(1.0)
    code = process.exitcode or 0
    cause = signal.Signals(-code).name if code < 0 else f"exit status {code}"
    return f"the process that worked on it died ({cause})"


def _serve(pipe: Connection, function: Callable[[Any], Any]) -> None:
    """A worker: says that it is ready, and what each item gives, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe.send("ready")
    while True:
        try:
            item = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send((function(item), None))
        except Exception as error:
            pipe.send((None, error))
