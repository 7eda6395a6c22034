"""The workers: kept ready, given out, moved aside, ended in time, and replaced."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections import Counter, deque
from typing import TYPE_CHECKING, Any

from pursuant.errors import PursuantError, StoreProblem
from pursuant_api.limits import MemoryExceeded, QueryTimedOut, TooBusy
from pursuant_api.nursery import Nursery
from pursuant_api.worker import Unheard, opening_frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from pursuant_api.link import Link
    from pursuant_api.settings import Settings
    from pursuant_api.worker import Orders

_TICK = 0.05
_LOOK = 0.5
_ASIDE = 0.1
_LONG = 0.5
_LONG_NICE = 10
_START = 30.0
_DEEP = 8  # queries that a worker is given at once
_SOON = 0.004  # what has not begun after so long is given to another
_STEADY, _WEIGHT = 0.7, 0.1  # share of quick queries, and weight of the last one in it
_CRASHES = (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS)
_log = logging.getLogger("pursuant_api")


class Crew:
    """Worker processes, one more than there are places.

    A query that is not quick is moved aside: it goes on, but gives up its place. As many may be
    aside as there are places. One that takes long is left with the processor time that others do
    not want, and its worker ends with it: what is slowed down stays so.

    While most queries take next to no time, one that comes is given to the worker that was woken
    last, behind the one that it answers; where that takes longer, another worker gets it.
    """

    def __init__(self, orders: Orders, settings: Settings, revision: Callable[[], str]) -> None:
        self._settings = settings
        self._current = revision
        self._nursery = Nursery(orders)
        self._live: set[Link] = set()
        self._idle: list[Link] = []
        self._busy: set[Link] = set()
        self._waiting: deque[tuple[asyncio.Future[Link], float]] = deque()
        self._starting = 0
        self._failures = 0
        self._problem: PursuantError | None = None
        self._killed: Counter[str] = Counter()
        self._restarted = 0
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._next_look = 0.0
        self._last: Link | None = None
        self._pace = 0.0
        self._relief: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Starts the workers; returns when one is ready.

        Raises:
            StoreProblem: none is.
        """
        self._loop = asyncio.get_running_loop()
        self._tick()
        ends = self._loop.time() + _START
        while not self._idle:
            if self._problem is not None or self._loop.time() > ends:
                await self.stop()
                raise self._problem or StoreProblem("no worker has started")
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """Ends all workers, and what they work on."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        for link in list(self._live):
            if link.exchange is None:
                link.retire()
            else:
                self.end(link, StoreProblem("the server stops"), "stop")
        for task in self._tasks:
            task.cancel()
        await self._nursery.stop()

    def stats(self) -> dict[str, Any]:
        """Numbers for the metrics."""
        known = [link for link in self._live if link.pid]
        return {
            "busy": len(self._busy),
            "idle": len(self._idle),
            "aside": self._aside(),
            "waiting": sum(not waiter.done() for waiter, _ in self._waiting),
            "killed_total": dict(self._killed),
            "restarted_total": self._restarted,
            "confined": all(link.confined for link in known),
            "pids": sorted(link.pid for link in known),
        }

    async def take(self, *, free: bool = False) -> Link:
        """A worker for one query, which is to be sent at once.

        Args:
            free: whether it must be one that does nothing now.

        Raises:
            TooBusy: too many wait already, or it took too long.
        """
        if self._timer is None:
            raise StoreProblem("the workers have not been started")
        if not self._waiting:
            if not free and (link := self._awake()) is not None:
                return link
            if self._idle and self._has_place():
                return self._give()
        if len(self._waiting) >= self._settings.waiting:
            raise TooBusy("as many queries as may wait are waiting; ask again in a moment")
        waiter: asyncio.Future[Link] = self._loop.create_future()
        self._waiting.append((waiter, self._loop.time() + self._settings.waiting_seconds))
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                self.free(waiter.result())
            raise

    def end(self, link: Link, error: PursuantError, reason: str) -> None:
        """Ends a worker and its query at once."""
        self._killed[reason] += 1
        self._part(link)
        link.kill()
        if link.exchange is not None:
            link.exchange.fail(error)
        link.hand_back(len(link.behind))
        self._serve()

    def ready(self, link: Link) -> None:
        """A worker has opened the store, or another revision of it."""
        self._failures, self._problem = 0, None
        if self._timer is None:
            link.retire()
            return
        self._live.add(link)
        self._idle.append(link)
        self._serve()

    def paced(self, *, quick: bool) -> None:
        """A query has been answered, in next to no time or not."""
        self._pace += _WEIGHT * (quick - self._pace)

    def free(self, link: Link, *, worn: bool = False) -> None:
        """A worker has answered, and is given out again unless its time has come."""
        if link not in self._live:
            return
        surplus = len(self._live) > 2 * self._settings.workers + 1
        if worn or link.slowed or surplus or self._timer is None:
            self._restarted += 1
            self._part(link)
            link.retire()
        else:
            link.aside = False
            self._busy.discard(link)
            self._idle.append(link)
        self._serve()

    def lost(self, link: Link) -> None:
        """A worker is gone; where nobody meant it to, how it ended says why."""
        exchange = link.exchange
        if not link.pid:
            self._failures += 1
            self._problem = link.problem or self._problem
        elif link in self._live and self._timer is not None:
            self._restarted += 1
            if exchange is None:
                _log.warning("the idle worker %d has ended", link.pid)
            elif link.unheard:
                exchange.fail(Unheard("the worker was lost before it began; ask again"))
            else:
                told = exchange.fail
                self._nursery.when_dead(link.pid, lambda code: told(self._reason(code)))
        self._part(link)
        self._serve()

    def _reason(self, code: int | None) -> PursuantError:
        if code in _CRASHES:
            self._killed["memory"] += 1
            return MemoryExceeded.above(self._settings.query_megabytes)
        if code == -signal.SIGALRM:
            self._killed["time"] += 1
            return QueryTimedOut.after(self._settings.query_seconds)
        self._killed["lost"] += 1
        _log.error("a worker has ended with %s while it answered", code)
        return StoreProblem("the worker that answered was lost; ask again")

    def _part(self, link: Link) -> None:
        self._live.discard(link)
        self._busy.discard(link)
        if link in self._idle:
            self._idle.remove(link)
        self._fill()

    def _aside(self) -> int:
        return sum(link.aside for link in self._busy)

    def _wanted(self) -> int:
        return self._settings.workers + 1 + self._aside()

    def _has_place(self) -> bool:
        return len(self._busy) - self._aside() < self._settings.workers

    def _give(self) -> Link:
        link = self._idle.pop()
        link.began = self._loop.time()
        self._busy.add(link)
        self._last = link
        return link

    def _awake(self) -> Link | None:
        """The worker that was woken last, if it will soon come to one more query."""
        link = self._last
        if self._pace < _STEADY or link is None or link not in self._busy or link.exchange is None:
            return None
        if len(link.behind) + 1 >= _DEEP or self._loop.time() - link.began >= _SOON:
            return None
        if self._relief is None:
            self._relief = self._loop.call_later(_SOON, self._relieve)
        return link

    def _relieve(self) -> None:
        """Takes queries from workers that will not come to them soon."""
        self._relief = None
        pressed = [link for link in self._busy if link.behind]
        for link in pressed:
            if self._loop.time() - link.began >= _SOON:
                link.take_back()
        if any(link.behind for link in pressed):
            self._relief = self._loop.call_later(_SOON / 2, self._relieve)

    def _serve(self) -> None:
        """Gives free workers to those who wait, in their order."""
        while self._waiting and self._idle and self._has_place():
            waiter, _ = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(self._give())

    def _fill(self) -> None:
        """Starts as many workers as are missing."""
        if self._timer is None:
            return
        for _ in range(self._wanted() - len(self._live) - self._starting):
            self._starting += 1
            task = self._loop.create_task(self._spawn())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _spawn(self) -> None:
        try:
            if self._failures:
                await asyncio.sleep(min(5.0, 0.05 * 2 ** min(self._failures, 10)))
            link = await self._nursery.worker(self)
            if not link.gone:
                self._live.add(link)
        except OSError as error:
            self._failures += 1
            _log.error("no worker can be started: %s", error)
        finally:
            self._starting -= 1

    def _tick(self) -> None:
        """Looks after time, some times a second; a query costs no timer of its own."""
        self._timer = self._loop.call_later(_TICK, self._tick)
        now = self._loop.time()
        for link in list(self._busy):
            self._judge(link, now - link.began)
        while self._waiting and (self._waiting[0][0].done() or self._waiting[0][1] <= now):
            waiter, _ = self._waiting.popleft()
            if not waiter.done():
                waiter.set_exception(TooBusy("no worker was free in time; ask again in a moment"))
        if now >= self._next_look:
            self._next_look = now + _LOOK
            self._look()
        self._fill()
        self._serve()

    def _judge(self, link: Link, seconds: float) -> None:
        """What becomes of a query that has run for some time."""
        if link.exchange is not None and link.exchange.left:
            self.end(link, StoreProblem("nobody listens"), "left")
            return
        if seconds >= self._settings.query_seconds:
            self.end(link, QueryTimedOut.after(self._settings.query_seconds), "time")
            return
        if seconds >= _ASIDE and not link.aside and self._aside() < self._settings.workers:
            link.aside = True
        if seconds >= _LONG and not link.slowed:
            link.slow_down(_LONG_NICE)

    def _look(self) -> None:
        """Has idle workers open the current revision, so that the old one can be removed."""
        try:
            current = self._current()
        except PursuantError as error:
            _log.error("%s", error)
            return
        if self._idle and len(self._live) + self._starting > self._wanted():
            link = self._idle[0]  # who stood in for one that was aside, and holds memory
            self._part(link)
            link.retire()
        for link in [link for link in self._idle if link.revision != current]:
            self._idle.remove(link)
            link.tell(opening_frame(current))
