"""The server processes of one installation tell each other what they have counted.

Whichever of them is asked for the metrics asks all others, and adds up. They meet on sockets of the
kernel's abstract namespace, which vanish with them; who runs as another user is told nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Counted = list[tuple[str, str, str, list[tuple[str, dict[str, str], float]]]]
_PATIENCE = 1.0
_CREDENTIALS = struct.Struct("3i")  # of a peer: process, user, group


class Siblings:
    """The processes of a family, as one of them sees them."""

    def __init__(self, family: str, number: int, of: int) -> None:
        self._family = family
        self._number = number
        self._others = [each for each in range(of) if each != number]
        self._server: asyncio.Server | None = None

    async def listen(self, counted: Callable[[], Counted]) -> None:
        """Tells the others, whenever they ask, what this one has counted."""

        async def tell(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(OSError):
                if _user_of(writer.get_extra_info("socket")) == os.getuid():
                    writer.write(json.dumps(await asyncio.to_thread(counted)).encode())
                    await writer.drain()
            writer.close()

        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        made.bind(self._name(self._number))
        self._server = await asyncio.start_unix_server(tell, sock=made)

    def close(self) -> None:
        """Tells nothing any more."""
        if self._server is not None:
            self._server.close()

    def counted(self) -> Iterator[Counted]:
        """What each of the others has counted; one that is being replaced is passed over."""
        for number in self._others:
            with suppress(OSError, ValueError):
                yield json.loads(self._asked(number))

    def _asked(self, number: int) -> bytes:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
            link.settimeout(_PATIENCE)
            link.connect(self._name(number))
            with link.makefile("rb") as told:
                return told.read()

    def _name(self, number: int) -> str:
        return f"\0{self._family}-{number}"


def _user_of(link: socket.socket) -> int:
    size = _CREDENTIALS.size
    told = link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    _, user, _ = _CREDENTIALS.unpack(told)
    return int(user)
