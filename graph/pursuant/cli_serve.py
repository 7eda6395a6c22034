"""The command that serves the web application."""

from __future__ import annotations

import socket
from importlib import import_module

import click

from pursuant.commands import Command
from pursuant.errors import PursuantError
from pursuant.terminal import say


@click.command(cls=Command, example="pursuant serve --port 8080")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="H")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, metavar="N")
@click.option(
    "--store",
    metavar="S",
    help="Folder of the store, or URL of a SPARQL 1.1 endpoint.  [env: PURSUANT_STORE]",
)
def serve(host: str, port: int, store: str | None) -> None:
    """Serve the web application on the store."""
    from pursuant.ingesting import readable
    from pursuant.store import default_location

    location = store or default_location()
    readable(location, say)
    _check_free(host, port)
    # By its name: the library does not know the web application.
    import_module("pursuant_api.serving").serve(location, host, port)


def _check_free(host: str, port: int) -> None:
    """Says in one sentence what uvicorn says in many lines."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise PursuantError(f"{host}:{port} cannot be listened on: {error.strerror}") from error


COMMANDS = (serve,)
