from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from pursuant.store import Store

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def site(shipped: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of its own, on a store on disk; it is ended by its process."""
    from pursuant.store import open_store

    folder = tmp_path_factory.mktemp("store")
    graphs = {name: [quad.triple for quad in shipped.quads(name)] for name in shipped.graphs()}
    open_store(folder).replace(graphs)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "uvicorn", "pursuant_api:app", "--port", port]
    server = subprocess.Popen(
        [*command, "--log-level", "warning"], env=os.environ | {"PURSUANT_STORE": str(folder)}
    )
    try:
        yield _ready(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(20)


def _ready(address: str) -> str:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/readyz").close()
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return address
    raise TimeoutError(address)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
