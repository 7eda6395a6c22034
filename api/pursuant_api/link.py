"""One worker process, as the server's event loop sees it, and the process that forks them."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from pursuant.errors import BadQuery, PursuantError, StoreProblem
from pursuant_api.worker import DEATH, FRAME, HEAD, REFUSALS, Orders

if TYPE_CHECKING:
    from collections.abc import Callable

_MUCH, _LITTLE = 524_288, 131_072
_REMEMBERED = 100
_TOLD = 2.0  # seconds within which the process that forks tells how a worker ended


@lru_cache(maxsize=256)
def head(told: bytes) -> tuple[Any, ...]:
    """What the head of a frame says: kind, media type, revision, and at once rows and wear."""
    return tuple(json.loads(told))


class Unheard(StoreProblem):
    """A worker was gone before it had read its query, which another may be asked."""


class Exchange:
    """One query on a link: the frames that have come for it, and who waits for the next."""

    __slots__ = ("_error", "_frames", "_held", "_waiter", "ended", "link", "rows")

    def __init__(self, link: Link) -> None:
        self.link = link
        self._frames: deque[tuple[bytes, bytes]] = deque()
        self._held = 0
        self._waiter: asyncio.Future[None] | None = None
        self._error: PursuantError | None = None
        self.ended = False
        self.rows: int | None = None

    async def take(self) -> tuple[bytes, bytes]:
        """The next frame.

        Raises:
            PursuantError: the query is refused, or was ended.
        """
        while not self._frames:
            if self._error is not None:
                raise self._error
            self._waiter = self.link.loop.create_future()
            await self._waiter
        letter, body = self._frames.popleft()
        self._held -= len(body)
        if self._held < _LITTLE:
            self.link.flow(on=True)
        return letter, body

    def put(self, letter: bytes, body: bytes) -> None:
        """A frame has come."""
        self._frames.append((letter, body))
        self._held += len(body)
        if self._held > _MUCH:
            self.link.flow(on=False)
        self._wake()

    def fail(self, error: PursuantError) -> None:
        """The query has ended so; what has come before may still be taken."""
        self.ended = True
        self._error = self._error or error
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


class Owner(Protocol):
    """Who is told what becomes of a link."""

    def ready(self, link: Link) -> None:
        """The worker has opened the store, or another revision of it."""

    def free(self, link: Link, *, worn: bool) -> None:
        """The worker has answered."""

    def lost(self, link: Link) -> None:
        """The worker is gone."""


class Link(asyncio.Protocol):
    """A worker: its process, and the query that it works on."""

    def __init__(self, owner: Owner) -> None:
        self.loop = asyncio.get_running_loop()
        self.owner = owner
        self.pid = 0
        self.revision = ""
        self.confined = False
        self.aside = self.slowed = False
        self.gone = self.unheard = False
        self.began = 0.0
        self.problem: PursuantError | None = None
        self.exchange: Exchange | None = None
        self._handle: int | None = None
        self._buffer = bytearray()
        self._paused = False
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The link is up; the worker will say when it is ready."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Frames, or parts of them."""
        buffer = self._buffer
        buffer += data
        start = 0
        while len(buffer) - start >= FRAME.size:
            letter, length = FRAME.unpack_from(buffer, start)
            end = start + FRAME.size + length
            if len(buffer) < end:
                break
            self._came(letter, bytes(buffer[start + FRAME.size : end]))
            start = end
        del buffer[:start]

    def connection_lost(self, error: Exception | None) -> None:
        """The worker has ended, or was ended."""
        self.gone = True
        # The kernel says so where what was sent has not been read; after all was read, it does not.
        self.unheard = isinstance(error, ConnectionError)
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        self.owner.lost(self)

    def ask(self, message: bytes) -> Exchange:
        """Sends a query; its answer comes by the exchange."""
        self.exchange = Exchange(self)
        self.began = self.loop.time()
        self._transport.write(message)
        return self.exchange

    def tell(self, message: bytes) -> None:
        """Sends what is no query."""
        self._transport.write(message)

    def flow(self, *, on: bool) -> None:
        """Lets the worker send on, or wait."""
        if self._paused == on and not self.gone:
            self._paused = not on
            (self._transport.resume_reading if on else self._transport.pause_reading)()

    def retire(self) -> None:
        """Has the idle worker end."""
        self._transport.close()

    def kill(self) -> None:
        """Ends the worker at once, whatever it does."""
        try:
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            elif self.pid and not self.gone:
                os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it was quicker
        self._transport.abort()

    def slow_down(self, nice: int) -> None:
        """Lets all others go first."""
        self.slowed = True
        with suppress(OSError):  # it has ended, and says so in a moment
            os.setpriority(os.PRIO_PROCESS, self.pid, nice)

    def _came(self, letter: bytes, body: bytes) -> None:
        if letter == b"R":
            self._ready(*json.loads(body))
            return
        exchange = self.exchange
        if letter == b"X":
            name, message, line, column, worn = json.loads(body)
            self._refused(_refusal(name, message, line, column), worn)
        elif exchange is None:
            return
        elif letter in b"HD":
            exchange.put(letter, body)
        else:
            self._end(exchange, letter, body)

    def _ready(self, pid: int, revision: str, confined: bool) -> None:
        if not self.pid:
            self.pid = pid
            self._handle = _handle(pid)
        self.revision, self.confined = revision, confined
        self.owner.ready(self)

    def _refused(self, error: PursuantError, worn: bool) -> None:
        if self.exchange is None:
            self.problem = error
            return
        exchange, self.exchange = self.exchange, None
        exchange.fail(error)
        self.owner.free(self, worn=worn)

    def _end(self, exchange: Exchange, letter: bytes, body: bytes) -> None:
        self.exchange = None
        exchange.ended = True
        if letter == b"W":
            (length,) = HEAD.unpack_from(body)
            told = head(body[HEAD.size : HEAD.size + length])
            self.revision = told[2]
        else:
            told = json.loads(body)
        *_, exchange.rows, worn = told
        exchange.put(letter, body)
        self.owner.free(self, worn=worn)


def _handle(pid: int) -> int | None:
    """What names a process even when its number is given to another."""
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


def _refusal(name: str, message: str, line: int | None, column: int | None) -> PursuantError:
    kind = REFUSALS[name]
    return BadQuery(message, line, column) if kind is BadQuery else kind(message)


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
        with theirs:
            try:
                self._send(theirs)
            except OSError:
                self._drop()
                self._send(theirs)
        loop = asyncio.get_running_loop()
        _, link = await loop.create_unix_connection(lambda: Link(owner), sock=ours)
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

    def _send(self, theirs: socket.socket) -> None:
        if self._control is None:
            self._start()
        assert self._control is not None
        socket.send_fds(self._control, [b"w"], [theirs.fileno()])

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
