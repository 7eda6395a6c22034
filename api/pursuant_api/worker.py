"""The process side of the pool: a parent that forks workers, and the workers, which answer.

The server starts `main` once, in a process of its own. It has the library loaded and forks a
worker, which is ready within milliseconds, for each socket that it is sent; it tells the server
how each of them ended. A worker answers one query after the other, in one thread.

Frames have a letter and a length before them:

    to a worker      (lengths) what is wanted, as JSON, and the query's text
    from a worker    R ready   H head   D data   E end   W head, answer and end at once   X refusal
                     S skipped: the server has taken the query back

A query may be sent while another is answered. A worker begins it when it has read a byte from a
pipe of its own, in which there are as many as there are queries that the server leaves to it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import struct
import sys
import time
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pursuant.errors import BadQuery, PursuantError, StoreProblem
from pursuant.memory import address_space, bound_memory
from pursuant.store import Store
from pursuant_api.answering import Bounds, Job, answer
from pursuant_api.confinement import end_with, refuse_network
from pursuant_api.limits import AnswerTooLarge, MemoryExceeded

if TYPE_CHECKING:
    from collections.abc import Iterator

FRAME = struct.Struct("!cI")
JOB = struct.Struct("!II")
HEAD = struct.Struct("!H")
DEATH = struct.Struct("!ii")


class Unheard(StoreProblem):
    """A worker has not come to a query, which another may be asked."""


_REFUSALS = (BadQuery, AnswerTooLarge, MemoryExceeded, StoreProblem, Unheard)
REFUSALS = {kind.__name__: kind for kind in _REFUSALS}
_GRACE = 0.3
_QUICK = 0.02
_AT_ONCE = 0.001
_WORN = 64_000_000
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Orders:
    """What every worker is told when the parent of them all is started.

    Attributes:
        folder: the store's folder.
        seconds: time for one query.
        megabytes: memory for one query.
        rows: rows or triples of one answer.
        size: bytes of one answer.
    """

    folder: str
    seconds: float
    megabytes: int
    rows: int
    size: int

    def to_json(self) -> str:
        """The orders as an argument of a command."""
        return json.dumps(asdict(self))


def frame(letter: bytes, body: bytes = b"") -> bytes:
    """A frame of a worker."""
    return FRAME.pack(letter, len(body)) + body


def job_frame(job: Job, text: bytes, revision: str) -> bytes:
    """The frame that asks a worker; it first opens the current revision, if this is another."""
    wanted = _wanted(revision, job.table, job.graph, job.default_graphs, job.named_graphs)
    return JOB.pack(len(wanted), len(text)) + wanted + text


def opening_frame(revision: str) -> bytes:
    """The frame that has a worker open the current revision, which it says when it has."""
    wanted = _wanted(revision)
    return JOB.pack(len(wanted), 0) + wanted


@lru_cache(maxsize=256)
def _wanted(*told: object) -> bytes:
    return json.dumps(told).encode()


@lru_cache(maxsize=256)
def _understood(wanted: bytes) -> tuple[Any, ...]:
    return tuple(json.loads(wanted))


def main() -> None:
    """Forks a worker for each socket that comes; ends with the server, and the workers with it."""
    control = socket.socket(fileno=int(sys.argv[1]))
    orders = Orders(**json.loads(sys.argv[2]))
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)  # meant for the server, which ends us in its time
    signal.signal(signal.SIGCHLD, lambda *_: _tell_deaths(control))
    gc.freeze()
    parent = os.getpid()
    while True:
        order, ends, _, _ = socket.recv_fds(control, 1, 2)
        if not order:
            time.sleep(_GRACE)  # idle workers end by themselves
            return
        if not os.fork():
            control.close()
            link, grants = ends
            _work(socket.socket(fileno=link), grants, orders, parent)
        for end in ends:
            os.close(end)


def _tell_deaths(control: socket.socket) -> None:
    while True:
        try:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            control.send(DEATH.pack(process, os.waitstatus_to_exitcode(status)))
        except OSError:  # no child is left, or no server
            return


def _work(link: socket.socket, grants: int, orders: Orders, parent: int) -> None:
    """All that a worker does, until the server closes the link."""
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        end_with(parent)
        # Woken by a query, it does not take the processor from the server, which wakes others yet.
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
        Worker(link, grants, orders).run()
        code = 0
    except (OSError, PursuantError):  # the server is gone, or has been told
        code = 2
    finally:
        os._exit(code)


class Worker:
    """One process that answers queries."""

    def __init__(self, link: socket.socket, grants: int, orders: Orders) -> None:
        self._link = link
        self._grants = grants
        self._orders = orders
        self._bounds = Bounds(orders.rows, orders.size)
        self._head: tuple[object, ...] = ()
        self._begun = False
        self._last = b""
        self._size = 0
        self._confined = self._worn = False

    def run(self) -> None:
        """Opens the store, gives up what a query must not have, and answers."""
        try:
            self._store = Store(Path(self._orders.folder))
        except StoreProblem as error:
            self._refuse(error)
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # an engine that fails says so there
        self._confined = refuse_network()
        self._settle()
        self._tell_ready()
        with self._link.makefile("rb") as incoming:
            for wanted, text in _jobs(incoming):
                self._turn(wanted, text)

    def _settle(self) -> None:
        """Names the revision once, and bounds memory by what the process has now."""
        self._revision = self._store.revision
        bound_memory(self._orders.megabytes * _MEGABYTE)
        self._size = address_space()

    def _tell_ready(self) -> None:
        told = [os.getpid(), self._revision, self._confined]
        self._link.sendall(frame(b"R", json.dumps(told).encode()))

    def _turn(self, wanted: bytes, text: bytes) -> None:
        revision, *job = _understood(wanted)
        if revision != self._revision:
            self._reopen()
        if not job:
            self._tell_ready()
        elif not self._is_granted():
            self._link.sendall(frame(b"S"))
        elif self._worn:
            self._refuse(Unheard("the worker lacks memory; ask again"), worn=True)
        else:
            self._answer(Job(text.decode(), *job))

    def _is_granted(self) -> bool:
        try:
            return bool(os.read(self._grants, 1))
        except BlockingIOError:
            return False

    def _answer(self, asked: Job) -> None:
        signal.setitimer(signal.ITIMER_REAL, self._orders.seconds + _GRACE)
        began, self._begun = time.monotonic(), False
        try:
            rows = answer(self._store, asked, self._bounds, self._begin, self._send)
            self._end(rows, time.monotonic() - began)
        except MemoryError:
            self._refuse(MemoryExceeded.above(self._orders.megabytes), worn=True)
        except (BadQuery, AnswerTooLarge, StoreProblem) as error:
            self._refuse(error, worn=self._is_worn(time.monotonic() - began))
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _reopen(self) -> None:
        bound_memory(None)
        self._store = self._store.refreshed()
        self._settle()

    def _begin(self, kind: str, media: str) -> None:
        self._head = kind, media, self._revision

    def _send(self, piece: bytes, last: bool) -> None:
        if last:
            self._last = piece
            return
        head = b"" if self._begun else frame(b"H", _json(self._head))
        self._begun = True
        self._link.sendall(head + frame(b"D", piece))

    def _end(self, rows: int, took: float) -> None:
        self._worn = self._is_worn(took)
        told = rows, self._worn, took < _AT_ONCE
        if self._begun:
            self._link.sendall(frame(b"D", self._last) + frame(b"E", _json(told)))
        else:
            head = _json((*self._head, *told))
            body = HEAD.pack(len(head)) + head + self._last
            self._link.sendall(frame(b"W", body))
        self._last = b""

    def _refuse(self, error: PursuantError, worn: bool = False) -> None:
        place = (error.line, error.column) if isinstance(error, BadQuery) else (None, None)
        self._worn = worn
        told = type(error).__name__, str(error), *place, worn
        self._link.sendall(frame(b"X", _json(told)))

    def _is_worn(self, took: float) -> bool:
        """Whether a query has left so much behind that the next one would lack memory."""
        if took < _QUICK:
            return False
        return address_space() > self._size + _WORN


def _jobs(incoming: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    while len(lengths := incoming.read(JOB.size)) == JOB.size:
        wanted, text = JOB.unpack(lengths)
        yield incoming.read(wanted), incoming.read(text)


@lru_cache(maxsize=256)
def _json(value: tuple[object, ...]) -> bytes:
    return json.dumps(value).encode()
