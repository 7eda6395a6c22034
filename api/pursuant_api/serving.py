"""Runs the web application: connections bounded, a log of our own, an orderly end."""

from __future__ import annotations

import gc
import math
import resource
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from pursuant.store import open_store
from pursuant_api import logs
from pursuant_api.application import create_app
from pursuant_api.connections import Connection
from pursuant_api.settings import Settings

if TYPE_CHECKING:
    from pursuant.store import Store

_OTHER_FILES = 1024  # that a server has open besides its connections


def serve(location: str, host: str, port: int) -> None:
    """Serves the store at a location until the process is told to stop.

    Then no connection is taken any more, running requests have `stop_seconds` to end, and what
    runs still is ended.

    Raises:
        PursuantError: a setting makes no sense, or the store cannot be opened.
    """
    settings = Settings.read()
    logs.configure(settings.log)
    _allow_files(settings.connections + _OTHER_FILES)
    server = uvicorn.Server(configuration(open_store(location), settings, host, port))
    gc.freeze()  # what is there now stays, and is not to be looked through again and again
    with suppress(KeyboardInterrupt):
        server.run()


def configuration(store: Store, settings: Settings, host: str, port: int) -> uvicorn.Config:
    """How uvicorn serves an application within its settings."""
    return uvicorn.Config(
        create_app(store, settings),
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
