"""Several server processes on one port: started, replaced when they are lost, and ended together.

The kernel shares the connections out among their sockets. Each process is a whole server with its
own workers and cache, started anew from nothing: an engine that is open does not survive a fork.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WATCHED = {signal.SIGTERM, signal.SIGINT, signal.SIGCHLD}
_LOOK = 0.2
_PAUSE = 1.0  # between two starts of the same process
_log = logging.getLogger("pursuant_api")


@dataclass(frozen=True, slots=True)
class Part:
    """What one of the processes is told.

    Attributes:
        location: of the store.
        host: where all of them listen.
        port: the same for all.
        family: a name that they have in common.
        number: of this one, from 0.
        of: how many there are.
        parent: the process that supervises them, and when it began (seconds since 1970): what
            depends on the beginning of the server is the same from all of them.
        ready: where it says, with a byte, that it answers.
    """

    location: str
    host: str
    port: int
    family: str
    number: int
    of: int
    parent: int
    began: float
    ready: int


def can_share_ports() -> bool:
    """Whether the kernel shares connections out among processes."""
    return sys.platform == "linux" and hasattr(socket, "SO_REUSEPORT")


def shared_socket(host: str, port: int) -> socket.socket:
    """A socket on a port that others of this user may listen on as well.

    Raises:
        OSError: the port is taken.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    if family == socket.AF_INET6:
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    made.bind(address)
    return made


def supervise(location: str, host: str, port: int, number: int) -> None:
    """Runs so many servers until this process is told to stop, or one of them cannot start.

    Raises:
        SystemExit: a server could not start, with its exit code.
    """
    with shared_socket(host, port) as held:  # so that the port stays ours while one is replaced
        port = held.getsockname()[1]
        with _signals():
            stopped = _Supervisor(location, host, port, number).run()
    if stopped == signal.SIGTERM:
        signal.signal(stopped, signal.SIG_DFL)
        os.kill(os.getpid(), stopped)


class _Supervisor:
    """The servers, and what becomes of them."""

    def __init__(self, location: str, host: str, port: int, number: int) -> None:
        self._place = location, host, port
        self._name = f"pursuant-{secrets.token_hex(16)}"
        self._number = number
        self._began = time.time()
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._started: dict[int, float] = {}
        self._told, self._ready = os.pipe()
        os.set_blocking(self._told, False)
        self._are_up = 0
        self._stop: signal.Signals | None = None
        self._code = 0

    def run(self) -> signal.Signals:
        """Until all have ended; gives the signal that said so."""
        while self._stop is None or self._running:
            self._replace()
            got = signal.sigtimedwait(_WATCHED, _LOOK)
            if got is not None and got.si_signo != signal.SIGCHLD:
                self._end(signal.Signals(got.si_signo))
            self._count_ready()
            self._bury()
        if self._code:
            sys.exit(self._code)
        return self._stop

    def _replace(self) -> None:
        """Starts those that are missing, though none again and again without a pause."""
        now = time.monotonic()
        for number in range(self._number):
            last = self._started.get(number)
            is_due = last is None or now - last >= _PAUSE
            if self._stop is None and number not in self._running and is_due:
                self._started[number] = now
                self._running[number] = self._start(number)

    def _start(self, number: int) -> subprocess.Popen[bytes]:
        own = os.getpid(), self._began, self._ready
        part = Part(*self._place, self._name, number, self._number, *own)
        code = "from pursuant_api.supervising import main; main()"
        return subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-c", code, json.dumps(asdict(part))],
            stdin=subprocess.DEVNULL,
            pass_fds=[self._ready],
            process_group=0,  # a terminal's interrupt is for us, who pass it on
        )

    def _end(self, got: signal.Signals) -> None:
        """Has all end in their time; told again, at once."""
        passed = signal.SIGTERM if self._stop is None else signal.SIGKILL
        self._stop = self._stop or got
        for process in self._running.values():
            process.send_signal(passed)

    def _count_ready(self) -> None:
        before = self._are_up
        try:
            self._are_up += len(os.read(self._told, 1024))
        except BlockingIOError:
            return
        if before < self._number <= self._are_up:
            _, host, port = self._place
            shown = f"[{host}]" if ":" in host else host
            _log.info("%d processes running on http://%s:%d", self._number, shown, port)

    def _bury(self) -> None:
        for number, process in list(self._running.items()):
            if process.poll() is None:
                continue
            del self._running[number]
            if self._stop is not None:
                continue
            if self._are_up < self._number and process.returncode > 0:
                self._code = process.returncode
                self._end(signal.SIGINT)
            else:
                _log.error("a server has ended with %d and is replaced", process.returncode)


@contextmanager
def _signals() -> Iterator[None]:
    """Keeps signals until they are asked for."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def main() -> None:
    """One of the processes."""
    part = Part(**json.loads(sys.argv[1]))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _WATCHED)
    from pursuant.errors import PursuantError
    from pursuant_api.confinement import end_with
    from pursuant_api.serving import serve_part

    end_with(part.parent)
    try:
        serve_part(part)
    except PursuantError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
