"""Who answers queries: a pool of worker processes, or threads where the store has no folder.

    async with pool.ask(Job(query, table=..., graph=...)) as answer:
        async for piece in answer: ...

A query that is refused raises when it is asked; one that is ended later, while its answer is read.
Leaving the context before the answer's end ends the query.
"""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from pursuant.errors import StoreProblem
from pursuant_api.answering import Bounds, Job, answer
from pursuant_api.cache import Cache
from pursuant_api.crew import Crew
from pursuant_api.limits import QueryTimedOut, TextTooLong, TooBusy
from pursuant_api.link import head
from pursuant_api.worker import HEAD, Orders, Unheard, job_frame

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from pursuant.store import Store
    from pursuant_api.link import Exchange
    from pursuant_api.settings import Settings

__all__ = ["Answer", "Job", "LocalPool", "Pool", "pool_for"]

# What an answer depends on, in plain values: the garbage collector need not look through them.
Key = tuple[str, str | None, str | None, tuple[str, ...] | None, tuple[str, ...] | None, str]
Frame = tuple[bytes, bytes]
_MEGABYTE = 1_000_000
_TRIES = 3


class Answer:
    """What came of a query; iterate over it for its bytes.

    Attributes:
        kind: "table" or "graph"; a truth value is a table.
        media: media type of the bytes; empty where the asker takes none for this kind.
        revision: name of the store's revision that answered.
        whole: all the bytes, where they are few enough to have come at once, else None.
        rows: rows or triples; None until the end has come.
        rest: the bytes as they come, where `whole` is None; for iterating only.
        ends: the event loop's time at which the query is ended, if it runs so long.
    """

    def __init__(
        self,
        head: tuple[str, str, str],
        whole: bytes | None,
        rows: int | None,
        rest: AsyncIterator[bytes] | None = None,
        ends: float = float("inf"),
    ) -> None:
        self.kind, self.media, self.revision = head
        self.whole = whole
        self.rows = rows
        self.ends = ends
        self.rest = rest

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self.whole is not None:
            yield self.whole
        elif self.rest is not None:
            async for piece in self.rest:
                yield piece


def check_length(job: Job, settings: Settings) -> bytes:
    """The text of a query as bytes.

    Raises:
        TextTooLong: there are more than a query may have.
    """
    text = job.query.encode()
    if len(text) > settings.query_bytes:
        raise TextTooLong.above(settings.query_bytes)
    return text


class LocalPool:
    """Answers in threads of this process: for a store in memory, or behind an endpoint.

    A thread cannot be ended: a query that runs too long is answered so, and keeps its place.
    """

    def __init__(self, store: Callable[[], Store], settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._bounds = Bounds(settings.answer_rows, settings.answer_megabytes * _MEGABYTE)
        self._at_once = 4 * settings.workers
        self._places = threading.Semaphore(self._at_once)
        self._busy = 0

    @property
    def revision(self) -> str:
        """Name of the revision that a query would be answered from now."""
        return self._store().revision

    async def start(self) -> None:
        """Nothing is needed."""

    async def stop(self) -> None:
        """Nothing is needed."""

    def stats(self) -> dict[str, Any]:
        """Numbers for the metrics."""
        busy = self._busy
        return {"busy": busy, "idle": self._at_once - busy, "waiting": 0, "killed_total": {}}

    @asynccontextmanager
    async def ask(self, job: Job) -> AsyncIterator[Answer]:
        """Answers a query.

        Raises:
            BadQuery: the query is wrong.
            LimitReached: a bound is reached.
        """
        check_length(job, self._settings)
        if not self._places.acquire(blocking=False):
            raise TooBusy("as many queries as are taken at once are being answered")
        running = asyncio.ensure_future(asyncio.to_thread(self._answered, job))
        seconds = self._settings.query_seconds
        try:
            found = await asyncio.wait_for(asyncio.shield(running), seconds)
        except TimeoutError:
            raise QueryTimedOut.after(seconds) from None
        if isinstance(found, Exception):
            raise found
        yield found

    def _answered(self, job: Job) -> Answer | Exception:
        self._busy += 1
        pieces: list[bytes] = []
        head = ["", ""]

        def begin(kind: str, media: str) -> None:
            head[:] = kind, media

        try:
            store = self._store()
            rows = answer(store, job, self._bounds, begin, lambda piece, _: pieces.append(piece))
            return Answer((head[0], head[1], store.revision), b"".join(pieces), rows)
        except Exception as error:
            # Results must end in the thread that they began in, and the traceback holds them.
            error.__traceback__ = error.__context__ = error.__cause__ = None
            return error
        finally:
            self._busy -= 1
            self._places.release()


class Pool:
    """Answers in worker processes, each with the store open read-only; repeats from memory."""

    def __init__(self, store: Callable[[], Store], folder: Path, settings: Settings) -> None:
        """Makes a pool, which `start` starts.

        Args:
            store: gives the store on its current revision.
            folder: where the store lies.
            settings: the bounds.
        """
        self._store = store
        self.settings = settings
        self._pointer = str(folder / "current")
        self._seen = (-1, -1)
        self._revision = ""
        orders = Orders(
            folder=str(folder.absolute()),
            seconds=settings.query_seconds,
            megabytes=settings.query_megabytes,
            rows=settings.answer_rows,
            size=settings.answer_megabytes * _MEGABYTE,
        )
        self.cache = Cache(settings.cache_megabytes * _MEGABYTE)
        self.crew = Crew(orders, settings, lambda: self.revision)

    @property
    def revision(self) -> str:
        """Name of the revision that a query would be answered from now."""
        try:
            told = os.stat(self._pointer)  # noqa: PTH116 - for each query, and a Path is slow
            seen = told.st_ino, told.st_mtime_ns
        except OSError:
            seen = (0, 0)
        if seen != self._seen:
            self._revision = self._store().revision
            self._seen = seen
        return self._revision

    async def start(self) -> None:
        """Starts the workers; returns when one is ready.

        Raises:
            StoreProblem: none is.
        """
        await self.crew.start()

    async def stop(self) -> None:
        """Ends all workers, and what they work on."""
        await self.crew.stop()

    def stats(self) -> dict[str, Any]:
        """Numbers for the metrics."""
        return self.crew.stats()

    def ask(self, job: Job) -> Asking:
        """Answers a query; leaving early ends it.

        Raises:
            BadQuery: the query is wrong.
            LimitReached: a bound is reached.
            StoreProblem: its worker was lost.
        """
        return Asking(self, job)

    async def heard(self, message: bytes, *, tries: int = _TRIES) -> tuple[Exchange, Frame]:
        """What a worker begins to answer; where one has not come to the query, another."""
        exchange = (await self.crew.take(free=tries < _TRIES)).ask(message)
        try:
            return exchange, await exchange.take()
        except Unheard:
            if tries == 1:
                raise
        except BaseException:
            self.leave(exchange)
            raise
        return await self.heard(message, tries=tries - 1)

    def leave(self, exchange: Exchange) -> None:
        """Ends a query that nobody wants answered any more."""
        if exchange.ended:
            return
        exchange.left = True  # should its worker come to it, which answers another one now
        if exchange is exchange.link.exchange:
            self.crew.end(exchange.link, StoreProblem("nobody listens"), "left")

    def begun(self, exchange: Exchange, first: Frame, key: Key | None) -> Answer:
        """The answer that a first frame begins, or is."""
        letter, body = first
        ends = exchange.began + self.settings.query_seconds
        if letter == b"H":
            kind, media, revision = head(body)
            answer = Answer((kind, media, revision), None, None, ends=ends)
            answer.rest = self._rest(answer, exchange, key)
            return answer
        (length,) = HEAD.unpack_from(body)
        kind, media, revision, rows, *_ = head(body[HEAD.size : HEAD.size + length])
        whole = body[HEAD.size + length :]
        self._keep(key, (kind, media, revision), whole, rows)
        return Answer((kind, media, revision), whole, rows, ends=ends)

    async def _rest(
        self, answer: Answer, exchange: Exchange, key: Key | None
    ) -> AsyncIterator[bytes]:
        kept: list[bytes] | None = [] if key else None
        size = 0
        while True:
            letter, body = await exchange.take()
            if letter == b"E":
                break
            size += len(body)
            if kept is not None:
                kept.append(body)
                kept = kept if size <= self.cache.largest else None
            yield body
        answer.rows = exchange.rows
        if kept is not None:
            head = answer.kind, answer.media, answer.revision
            self._keep(key, head, b"".join(kept), exchange.rows)

    def _keep(
        self, key: Key | None, head: tuple[str, str, str], whole: bytes, rows: int | None
    ) -> None:
        """Keeps an answer, if it is of the revision that was asked for."""
        if key is not None and head[2] == key[-1]:
            self.cache.put(key, len(whole) + 2 * len(key[0]), (head, whole, rows))


class Asking:
    """A query that is asked: entered, it gives the answer; left, it has ended."""

    __slots__ = ("_exchange", "_job", "_pool")

    def __init__(self, pool: Pool, job: Job) -> None:
        self._pool, self._job = pool, job
        self._exchange: Exchange | None = None

    async def __aenter__(self) -> Answer:
        pool, job = self._pool, self._job
        text = check_length(job, pool.settings)
        revision = pool.revision
        key = _key(job, revision) if pool.cache.takes(job.query) else None
        if key and (held := pool.cache.get(key)) is not None:
            return Answer(*held)
        self._exchange, first = await pool.heard(job_frame(job, text, revision))
        return pool.begun(self._exchange, first, key)

    async def __aexit__(self, *_: object) -> None:
        if self._exchange is not None:
            self._pool.leave(self._exchange)


def _key(job: Job, revision: str) -> Key:
    return job.query, job.table, job.graph, job.default_graphs, job.named_graphs, revision


def pool_for(store: Callable[[], Store], settings: Settings) -> Pool | LocalPool:
    """The pool for a store: of processes where it lies in a folder, else of threads."""
    folder = store().location
    return LocalPool(store, settings) if folder is None else Pool(store, folder, settings)
