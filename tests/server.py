"""A server as an operator starts it: a process of its own, ended by its id."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PURSUANT = Path(sys.executable).with_name("pursuant")


@dataclass(frozen=True)
class Served:
    """A running server, and the file that its log goes to."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, seconds: float = 30) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=seconds) as answer:
            return bytes(answer.read())

    def parts(self) -> list[int]:
        """The processes that answer HTTP: the server's own, or those that it supervises."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        found = [int(child) for child in children.split()]
        named = [
            pid for pid in found if b"supervising" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]
        return named or [self.process.pid]

    def memory(self) -> int:
        """Resident bytes of the processes that answer HTTP."""
        pages = [Path(f"/proc/{pid}/statm").read_text().split()[1] for pid in self.parts()]
        return sum(map(int, pages)) * os.sysconf("SC_PAGE_SIZE")

    def requests(self, number: int) -> list[dict[str, Any]]:
        """What the log, which is JSON, tells of so many requests, once it does."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            told = self.log.read_text().splitlines()
            lines = [json.loads(line) for line in told if line.endswith("}")]
            found = [line for line in lines if line["logger"] == "pursuant.access"]
            if len(found) == number:
                return found
            time.sleep(0.02)
        raise AssertionError(f"there are other requests: {self.log.read_text()}")


@contextmanager
def running(store: Path, log: Path, /, **settings: object) -> Iterator[Served]:
    """Serves a store on a free port of the loopback, with settings by their names."""
    named = {f"PURSUANT_{name.upper()}": str(value) for name, value in settings.items()}
    command = [str(PURSUANT), "serve", "--port", "0", "--store", str(store)]
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=os.environ | named, stderr=file)
    try:
        yield Served(process, _port(process, log), log)
    finally:
        process.kill()
        process.wait()


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r"running on http://127\.0\.0\.1:(\d+)", log.read_text()):
            return int(found[1])
        time.sleep(0.02)
    raise AssertionError(f"the server did not start: {log.read_text()}")
