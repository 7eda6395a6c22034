"""Who answers queries: a pool of worker processes, or threads where the store has no folder.

    async with pool.ask(Job(query, table=..., graph=...)) as answer:
        async for piece in answer: ...

A query that is refused raises when it is asked; one that is ended later, while its answer is read.
Leaving the context before the answer's end ends the query.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from pursuant_api.answering import Bounds, Job, answer
from pursuant_api.limits import QueryTimedOut, TextTooLong, TooBusy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from pursuant.store import Store
    from pursuant_api.settings import Settings

__all__ = ["Answer", "Job", "LocalPool"]

_MEGABYTE = 1_000_000


class Answer:
    """What came of a query; iterate over it for its bytes.

    Attributes:
        kind: "table" or "graph"; a truth value is a table.
        media: media type of the bytes; empty where the asker takes none for this kind.
        revision: name of the store's revision that answered.
        whole: all the bytes, where they are few enough to have come at once, else None.
        rows: rows or triples; None until the end has come.
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
        self._rest = rest

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self.whole is not None:
            yield self.whole
        elif self._rest is not None:
            async for piece in self._rest:
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
