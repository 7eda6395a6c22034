"""One worker process, as the server's event loop sees it.

A worker may be given a few queries at once, which it answers in turn: woken once for all of them,
it costs a third. Each is granted by a byte in a pipe of the worker's, which it reads before it
begins: whoever reads the byte has the query. So the server can take back what has not begun.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections import deque
from contextlib import suppress
from functools import lru_cache
from typing import Any, Protocol, cast

from pursuant.errors import BadQuery, PursuantError
from pursuant_api.worker import FRAME, HEAD, REFUSALS, Unheard

_MUCH, _LITTLE = 524_288, 131_072


@lru_cache(maxsize=256)
def head(told: bytes) -> tuple[Any, ...]:
    """What the head of a frame says: kind, media type, revision, and at once rows and wear."""
    return tuple(json.loads(told))


class Exchange:
    """One query on a link: the frames that have come for it, and who waits for the next."""

    __slots__ = ("_error", "_frames", "_held", "_waiter", "began", "ended", "left", "link", "rows")

    def __init__(self, link: Link) -> None:
        self.link = link
        self._frames: deque[tuple[bytes, bytes]] = deque()
        self._held = 0
        self._waiter: asyncio.Future[None] | None = None
        self._error: PursuantError | None = None
        self.began = 0.0
        self.ended = self.left = False
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
        if self._held < _LITTLE and not self.ended:
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

    def paced(self, *, quick: bool) -> None:
        """A query has been answered, in next to no time or not."""

    def free(self, link: Link, *, worn: bool) -> None:
        """The worker has answered all that it was given."""

    def lost(self, link: Link) -> None:
        """The worker is gone."""


class Link(asyncio.Protocol):
    """A worker: its process, the query that it works on, and those that come after."""

    def __init__(self, owner: Owner, grants: tuple[int, int]) -> None:
        """Makes a link, whose pipe of grants is to be read and to be written here."""
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
        self.behind: deque[Exchange] = deque()
        self._grants = grants
        self._unsent: list[bytes] = []
        self._skips = 0
        self._handle: int | None = None
        self._buffer = bytearray()
        self._paused = self._worn = False
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
        del error  # whether it had read its query, its grants tell
        given = len(self.behind) + (self.exchange is not None)
        self.unheard = 0 < given <= len(self._unsent) + self._regained(given)
        self.gone = True
        self.hand_back(len(self.behind))
        for end in self._grants:
            os.close(end)
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        self.owner.lost(self)

    def ask(self, message: bytes) -> Exchange:
        """Sends a query, after those that were sent; its answer comes by the exchange."""
        exchange = Exchange(self)
        if self.exchange is None:
            self._turn_to(exchange)
        else:
            self.behind.append(exchange)
        if not self._unsent:
            self.loop.call_soon(self._send)  # together with what others ask in this turn
        self._unsent.append(message)
        return exchange

    def take_back(self) -> None:
        """Has others answer the queries that the worker has not come to."""
        self._send()
        regained = self._regained(len(self.behind))
        self._skips += regained
        self.hand_back(regained)

    def hand_back(self, number: int) -> None:
        """Tells so many of those who were to come after that another worker may be asked."""
        for _ in range(number):
            self.behind.pop().fail(Unheard("the worker did not come to the query; ask again"))

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

    def _send(self) -> None:
        if self._unsent and not self.gone:
            os.write(self._grants[1], bytes(len(self._unsent)))
            self._transport.write(b"".join(self._unsent))
            self._unsent.clear()

    def _regained(self, number: int) -> int:
        """How many of the last queries, at most so many, the worker will not answer any more."""
        try:
            return len(os.read(self._grants[0], number)) if number else 0
        except BlockingIOError:
            return 0

    def _turn_to(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.began = exchange.began = self.loop.time()

    def _came(self, letter: bytes, body: bytes) -> None:
        if letter == b"R":
            self._ready(*json.loads(body))
            return
        if letter == b"S":
            self._skips -= 1
            self._rest(worn=False)
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
        self.exchange.fail(error)
        self._done(worn=worn)

    def _end(self, exchange: Exchange, letter: bytes, body: bytes) -> None:
        exchange.ended = True
        if letter == b"W":
            (length,) = HEAD.unpack_from(body)
            told = head(body[HEAD.size : HEAD.size + length])
            self.revision = told[2]
        else:
            told = json.loads(body)
        *_, exchange.rows, worn, quick = told
        exchange.put(letter, body)
        self.owner.paced(quick=quick)
        self._done(worn=worn)

    def _done(self, *, worn: bool) -> None:
        """Turns to the next query, if there is one."""
        self.exchange = None
        self.flow(on=True)
        if self.behind:
            self._turn_to(self.behind.popleft())
        self._rest(worn=worn)

    def _rest(self, *, worn: bool) -> None:
        self._worn = self._worn or worn
        if self.exchange is None and not self._skips:
            self.owner.free(self, worn=self._worn)


def _handle(pid: int) -> int | None:
    """What names a process even when its number is given to another."""
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


def _refusal(name: str, message: str, line: int | None, column: int | None) -> PursuantError:
    kind = REFUSALS[name]
    return BadQuery(message, line, column) if kind is BadQuery else kind(message)
