"""Answers on their way: whole or as they come, compressed where that pays; and who has left."""

from __future__ import annotations

import asyncio
import logging
import zlib
from typing import TYPE_CHECKING

from starlette.requests import Request

from pursuant_api import problems
from pursuant_api.connections import WHOLE
from pursuant_api.headers import COMMON
from pursuant_api.negotiation import accepts_gzip
from pursuant_api.observing import seen_of
from pursuant_api.protocol import Disconnected, header

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

SMALL = 1400  # what fits into one packet is not worth compressing
_PATIENCE = 0.05
_LEVEL = 3
_GZIP = 31  # zlib's word for a gzip wrapper and the largest window
_log = logging.getLogger("pursuant_api")

RawHeaders = list[tuple[bytes, bytes]]
_COMMON = b"".join(b"%b: %b\r\n" % pair for pair in COMMON)


class Reply:
    """One answer to one request."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._packer: zlib._Compress | None = None
        self.is_head = scope["method"] == "HEAD"
        self.has_begun = False

    async def whole(self, status: int, headers: RawHeaders, content: bytes) -> None:
        """Sends an answer that is there."""
        if len(content) > SMALL and self._takes_gzip():
            packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
            content = packer.compress(content) + packer.flush()
            headers = [*headers, (b"content-encoding", b"gzip")]
        if status not in {204, 304}:
            headers = [*headers, (b"content-length", b"%d" % len(content))]
        content = b"" if self.is_head else content
        if not self._sent_at_once(status, headers, content):
            await self._start(status, headers)
            await self._send({"type": "http.response.body", "body": content})

    def _sent_at_once(self, status: int, headers: RawHeaders, content: bytes) -> bool:
        """Sends head and body by the shortest way, where the server has one."""
        at_once = self._scope.get("extensions", {}).get(WHOLE)
        seen = seen_of(self._scope)
        if at_once is None or seen is None or status != 200:
            return False
        own = b"".join([b"%b: %b\r\n" % pair for pair in headers])
        told = b"%b%bx-request-id: %b\r\n" % (_COMMON, own, seen.id.encode())
        self.has_begun = at_once(told, content)
        if self.has_begun:
            seen.status, seen.size, seen.has_ended = status, len(content), True
        return self.has_begun

    async def response(self, response: Response) -> None:
        """Sends an answer that the framework's means have made."""
        headers = [pair for pair in response.raw_headers if pair[0] != b"content-length"]
        await self.whole(response.status_code, headers, bytes(response.body))

    async def begin(self, headers: RawHeaders) -> None:
        """Begins an answer whose length is not known."""
        if self._takes_gzip():
            self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
            headers = [*headers, (b"content-encoding", b"gzip")]
        await self._start(200, headers)

    async def piece(self, content: bytes) -> None:
        """Sends a piece, as soon as the asker takes it."""
        if self._packer is not None:
            content = self._packer.compress(content)
        if content:
            message = {"type": "http.response.body", "body": content, "more_body": True}
            await self._send(message)

    async def end(self) -> None:
        """Ends an answer that came in pieces."""
        rest = self._packer.flush() if self._packer is not None and not self.is_head else b""
        await self._send({"type": "http.response.body", "body": rest})

    async def _start(self, status: int, headers: RawHeaders) -> None:
        self.has_begun = True
        told = [*headers, *COMMON]
        await self._send({"type": "http.response.start", "status": status, "headers": told})

    def _takes_gzip(self) -> bool:
        return accepts_gzip(header(self._scope, b"accept-encoding"))


async def guarded(
    answer: Callable[[Scope, Receive, Reply], Awaitable[None]],
    scope: Scope,
    receive: Receive,
    send: Send,
) -> None:
    """Answers a request, with a problem where it fails.

    What fails when half an answer has been sent is broken off, so that nobody takes it for whole.
    """
    reply = Reply(scope, send)
    try:
        await answer(scope, receive, reply)
    except Disconnected:
        return
    except Exception as error:
        if reply.has_begun:
            _log.warning("%s %s was broken off: %s", scope["method"], scope["path"], error)
            return
        await reply.response(problems.refusal(Request(scope), error))


async def stream(reply: Reply, headers: RawHeaders, chunks: AsyncIterator[bytes]) -> bytes | None:
    """Sends what comes in pieces, but for the end; an answer of one piece is given back instead."""
    first = await anext(chunks, b"")
    piece = await anext(chunks, None)
    if piece is None:
        return first
    await reply.begin(headers)
    if reply.is_head:
        return None
    await reply.piece(first)
    while piece is not None:
        await reply.piece(piece)
        piece = await anext(chunks, None)
    return None


class UntilLeft:
    """Ends what is done inside when the asker goes; the request's body must have been read.

    Raises:
        Disconnected: the asker has gone.
    """

    __slots__ = ("_has_left", "_patience", "_receive", "_task", "_watch")

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._has_left = False
        self._watch: asyncio.Task[None] | None = None

    def __enter__(self) -> None:
        self._task = asyncio.current_task()
        # Most answers are there before it is worth a task to watch for their asker.
        self._patience = asyncio.get_running_loop().call_later(_PATIENCE, self._begin)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._patience.cancel()
        if self._watch is not None:
            self._watch.cancel()
        if kind is asyncio.CancelledError and self._has_left and self._task is not None:
            self._task.uncancel()
            raise Disconnected from None

    def _begin(self) -> None:
        self._watch = asyncio.get_running_loop().create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._has_left = True
        if self._task is not None:
            self._task.cancel()
