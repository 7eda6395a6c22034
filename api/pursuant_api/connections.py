"""One client's connection: closed when it holds its place without using it.

uvicorn bounds how long a connection may rest between two requests, but waits for ever for the rest
of a request's head or body, and for a client to take its answer. Here each of these must go on.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio

    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

MOST_HEAD = 65_536
WHOLE = "pursuant.whole"  # the extension of ASGI by which an answer is sent at once
SLOWEST = 1000  # bytes a second, of a request's body or of an answer
_SPARE = 256  # connections that are told 503, beyond those that are served
_MUCH = 16_384
_LOOKS = 4  # within the time that a connection may stand still
_REFUSED = {
    400: b"400 Bad Request",
    408: b"408 Request Timeout",
    431: b"431 Request Header Fields Too Large",
}


class Gathering:
    """A transport that sends in one piece what is written in one turn, as head and body are."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._held: list[bytes] = []
        self.get_extra_info = transport.get_extra_info
        self.is_closing = transport.is_closing
        self.pause_reading = transport.pause_reading
        self.resume_reading = transport.resume_reading
        self.abort = transport.abort

    def write(self, data: bytes) -> None:
        """Sends soon; much at once, so that who takes it too slowly is noticed."""
        if not self._held:
            self._loop.call_soon(self.flush)
        self._held.append(data)
        if len(data) > _MUCH:
            self.flush()

    def flush(self) -> None:
        """Sends what is held."""
        if self._held:
            data = b"".join(self._held)
            self._held.clear()
            if not self._transport.is_closing():
                self._transport.write(data)

    def close(self) -> None:
        """Sends what is held, and ends."""
        self.flush()
        self._transport.close()

    def get_write_buffer_size(self) -> int:
        """Bytes that have not been sent."""
        return self._transport.get_write_buffer_size() + sum(map(len, self._held))


class Connection(HttpToolsProtocol):
    """Speaks HTTP with one client, who must go on asking, sending or taking.

    The time is uvicorn's `timeout_keep_alive`, the number of connections its `limit_concurrency`.
    """

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._heads = 0
        self._head_bytes = 0
        self._received = 0
        self._phase: tuple[str, int] | None = None
        self._moved = 0
        self._since = 0.0
        self._watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins; at once ends, where far too many are there."""
        super().connection_made(Gathering(transport, self.loop))  # type: ignore[arg-type]
        limit = self.limit_concurrency
        if limit is not None and len(self.connections) > limit + _SPARE:
            transport.abort()
            return
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends."""
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Takes what came in."""
        self._received += len(data)
        if self._is_in_head():
            self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > MOST_HEAD and self._is_in_head():
            self._refuse(431)

    def on_headers_complete(self) -> None:
        """Begins to answer a request whose head is whole."""
        self._heads += 1
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        self._head_bytes = size
        if size > MOST_HEAD:
            raise ValueError("the head of the request is too long")
        self._head_bytes = 0
        super().on_headers_complete()
        self.scope["extensions"] = {WHOLE: partial(_whole, self.cycle)}  # type: ignore[dict-item]

    def send_400_response(self, msg: str) -> None:
        """Refuses what is no HTTP, or too long a head."""
        del msg
        self._refuse(431 if self._head_bytes > MOST_HEAD else 400)

    def pause_writing(self) -> None:
        """Waits for the client to take what was sent."""
        self._phase = None
        super().pause_writing()

    def resume_writing(self) -> None:
        """Goes on, the client having taken most of it."""
        self._phase = None
        super().resume_writing()

    def _refuse(self, status: int) -> None:
        if self.transport.is_closing():
            return
        said = _REFUSED[status]
        head = b"HTTP/1.1 %b\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n" % (
            said,
            len(said),
        )
        self.transport.write(head + b"Connection: close\r\n\r\n" + said)
        self.transport.close()

    def _is_in_head(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _look(self) -> None:
        """Ends the connection if it stood still since it was last seen to move."""
        now, (phase, moved) = self.loop.time(), self._progress()
        if phase != self._phase or moved - self._moved >= SLOWEST * self.timeout_keep_alive:
            self._phase, self._moved, self._since = phase, moved, now
        elif phase is not None and now - self._since >= self.timeout_keep_alive:
            self._end()
            return
        self._watch = self.loop.call_later(self.timeout_keep_alive / _LOOKS, self._look)

    def _progress(self) -> tuple[tuple[str, int] | None, int]:
        """What the client has to do, None for nothing, and how far it is with it."""
        if unsent := self.transport.get_write_buffer_size():
            return ("takes", self._heads), -unsent
        if self._is_in_head():
            return ("asks", self._heads), 0
        if self.cycle.more_body and not self.flow.read_paused:
            return ("sends", self._heads), self._received
        return None, 0

    def _end(self) -> None:
        phase, _ = self._phase or ("", 0)
        if phase == "sends" and not self.cycle.response_started:
            self._refuse(408)
            self._watch = self.loop.call_later(1, self.transport.abort)
        else:
            self.transport.abort()


def _whole(cycle: RequestResponseCycle, headers: bytes, content: bytes) -> bool:
    """Sends an answer with status 200 as a whole; False where that is not possible at once.

    uvicorn looks through each header that it is given by ASGI's messages, which takes as long as
    a small query. What is sent here has headers of our own making alone.
    """
    if cycle.flow.write_paused or cycle.disconnected or not cycle.keep_alive:
        return False
    cycle.response_started = cycle.response_complete = True
    cycle.waiting_for_100_continue = False
    dated = b"".join([b"%b: %b\r\n" % pair for pair in cycle.default_headers])
    cycle.transport.write(b"HTTP/1.1 200 OK\r\n%b%b\r\n%b" % (dated, headers, content))
    cycle.message_event.set()
    cycle.on_response()
    return True
