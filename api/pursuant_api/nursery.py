"""The process that forks workers, and how each of them ended."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

from pursuant_api.link import Link
from pursuant_api.worker import DEATH

if TYPE_CHECKING:
    from collections.abc import Callable

    from pursuant_api.link import Owner
    from pursuant_api.worker import Orders

_REMEMBERED = 100
_TOLD = 2.0  # seconds within which the process that forks tells how a worker ended


class Nursery:
    """The process that forks workers, started anew when it is gone."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._deaths: dict[int, Callable[[int | None], None]] = {}
        self._ended: dict[int, int] = {}  # of those that nobody has asked for yet
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    async def worker(self, owner: Owner) -> Link:
        """A new worker; it says when it is ready."""
        ours, theirs = socket.socketpair()
        grants = os.pipe()
        for end in grants:
            os.set_blocking(end, False)
        with theirs:
            try:
                self._send(theirs, grants[0])
            except OSError:
                self._drop()
                self._send(theirs, grants[0])
        loop = asyncio.get_running_loop()
        _, link = await loop.create_unix_connection(lambda: Link(owner, grants), sock=ours)
        return link

    def when_dead(self, pid: int, told: Callable[[int | None], None]) -> None:
        """Tells how a process ended: its exit code, minus a signal; None if nobody knows."""
        if pid in self._ended:
            told(self._ended.pop(pid))
            return
        self._deaths[pid] = told
        asyncio.get_running_loop().call_later(_TOLD, self._died, pid, None)

    async def stop(self) -> None:
        """Ends the process, once its workers have had a moment, and all of them with it."""
        process, control = self._process, self._control
        self._process = None
        if control is not None:
            self._close()
        if process is not None:
            try:
                await asyncio.to_thread(process.wait, 1)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _close(self) -> None:
        assert self._control is not None
        asyncio.get_running_loop().remove_reader(self._control)
        self._control.close()
        self._control = None

    def _drop(self) -> None:
        """Forgets a process that has ended."""
        if self._control is not None:
            self._close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        for pid in list(self._deaths):
            self._died(pid, None)

    def _send(self, theirs: socket.socket, grants: int) -> None:
        if self._control is None:
            self._start()
        assert self._control is not None
        socket.send_fds(self._control, [b"w"], [theirs.fileno(), grants])

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        self._control.setblocking(False)
        # The server's settings hold a secret that no query may find.
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PURSUANT_")}
        command = [sys.executable, "-P", "-c", "from pursuant_api.worker import main; main()"]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [*command, str(theirs.fileno()), self._orders.to_json()],
                stdin=subprocess.DEVNULL,
                env=environment,
                pass_fds=[theirs.fileno()],
            )
        asyncio.get_running_loop().add_reader(self._control, self._read)

    def _read(self) -> None:
        assert self._control is not None
        try:
            data = self._control.recv(DEATH.size * 512)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._drop()
            return
        for pid, code in DEATH.iter_unpack(data[: len(data) // DEATH.size * DEATH.size]):
            self._died(pid, code)

    def _died(self, pid: int, code: int | None) -> None:
        if (told := self._deaths.pop(pid, None)) is not None:
            told(code)
        elif code is not None:
            self._ended[pid] = code
            while len(self._ended) > _REMEMBERED:
                del self._ended[next(iter(self._ended))]
