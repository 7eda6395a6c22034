"""Runs the web application: connections bounded, a log of our own, an orderly end."""

from __future__ import annotations

import gc
import math
import os
import resource
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import uvicorn

from pursuant.passing_folders import remove_remnants
from pursuant.store import open_store
from pursuant_api import logs
from pursuant_api.application import create_app
from pursuant_api.connections import Connection
from pursuant_api.settings import Settings
from pursuant_api.siblings import Siblings
from pursuant_api.supervising import can_share_ports, shared_socket, supervise

if TYPE_CHECKING:
    import socket

    from pursuant.store import Store
    from pursuant_api.supervising import Part

_OTHER_FILES = 1024  # that a server has open besides its connections
_YOUNG = 10_000  # objects after which those that nothing holds are looked for


def serve(location: str, host: str, port: int) -> None:
    """Serves the store at a location until the process is told to stop.

    Then no connection is taken any more, running requests have `stop_seconds` to end, and what
    runs still is ended. Where the settings want several processes, this one supervises them.

    Raises:
        PursuantError: a setting makes no sense, or the store cannot be opened.
    """
    settings = Settings.read()
    logs.configure(settings.log)
    if settings.processes > 1 and can_share_ports():
        supervise(location, host, port, settings.processes)
        return
    server = uvicorn.Server(_prepared(location, settings, host, port))
    with suppress(KeyboardInterrupt):
        server.run()


def serve_part(part: Part) -> None:
    """Serves as one of several processes on the same port.

    Raises:
        PursuantError: the store cannot be opened.
    """
    settings = Settings.read().shared(part.of)
    logs.configure(settings.log)
    siblings = Siblings(part.family, part.number, part.of)
    server = _PartServer(_prepared(part.location, settings, part.host, part.port, siblings))
    server.ready = part.ready
    server.config.app.state.started = datetime.fromtimestamp(part.began, UTC)  # type: ignore[union-attr]
    server.run([shared_socket(part.host, part.port)])


class _PartServer(uvicorn.Server):
    """Says that it answers."""

    ready: int

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        os.write(self.ready, b".")


def _prepared(
    location: str, settings: Settings, host: str, port: int, siblings: Siblings | None = None
) -> uvicorn.Config:
    """All that a server needs, in memory."""
    remove_remnants()
    _allow_files(settings.connections + _OTHER_FILES)
    prepared = configuration(open_store(location), settings, host, port, siblings)
    gc.freeze()  # what is there now stays, and is not to be looked through again and again
    gc.set_threshold(_YOUNG, 20, 20)
    return prepared


def configuration(
    store: Store, settings: Settings, host: str, port: int, siblings: Siblings | None = None
) -> uvicorn.Config:
    """How uvicorn serves an application within its settings."""
    return uvicorn.Config(
        create_app(store, settings, siblings),
        host=host,
        port=port,
        loop="auto",  # uvloop, where there is one: a small answer costs half
        http=Connection,
        ws="none",
        access_log=False,  # the application's own says more, and no query
        log_config=None,
        proxy_headers=False,  # who asks plays no part, and nobody can pretend
        server_header=False,
        backlog=2048,
        limit_concurrency=settings.connections,
        timeout_keep_alive=settings.idle_seconds,  # type: ignore[arg-type] # any number will do
        timeout_graceful_shutdown=math.ceil(settings.stop_seconds),
    )


def _allow_files(number: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = number if hard == resource.RLIM_INFINITY else min(number, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
