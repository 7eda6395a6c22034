"""Servers as processes of their own: started on a free port, watched, and ended by their ids."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

JSON = "application/sparql-results+json"
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Failed(Exception):
    """A server that did not start, or died."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Attributes:
        url: where it takes queries.
        pid: of its first process.
        load_seconds: how long it took until it could be asked, with what it does before.
    """

    url: str
    pid: int
    load_seconds: float

    @property
    def path(self) -> str:
        """The path of its URL."""
        return urlsplit(self.url).path or "/"

    def ask(self, query: str, seconds: float = 60) -> bytes:
        """The answer to one query, as JSON."""
        return ask(self.url, query, seconds)


def ask(url: str, query: str, seconds: float) -> bytes:
    """The answer of an endpoint to one query, as JSON."""
    request = Request(f"{url}?query={quote(query, safe='')}", headers={"Accept": JSON})
    with urlopen(request, timeout=seconds) as answer:
        data: bytes = answer.read()
    return data


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def run(command: Sequence[str | Path], log: Path, seconds: float = 900, **options: str) -> None:
    """Runs a program that ends.

    Raises:
        Failed: it ends with an error, or not in time.
    """
    with log.open("ab") as output:
        try:
            subprocess.run(
                command, stdout=output, stderr=output, timeout=seconds, check=True, **options
            )  # type: ignore[call-overload]
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise Failed(f"{Path(command[0]).name} failed; see {log.name}") from error


@contextmanager
def served(
    command: Sequence[str | Path],
    url: str,
    log: Path,
    *,
    seconds: float = 120,
    since: float | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Runs a server until the block ends.

    Raises:
        Failed: it died, or answered nothing in time.
    """
    since = since or time.monotonic()
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
            cwd=log.parent,
        )
    try:
        _await(process, url, log, time.monotonic() + seconds)
        yield Server(url, process.pid, time.monotonic() - since)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen[bytes], url: str, log: Path, until: float) -> None:
    while process.poll() is None and time.monotonic() < until:
        try:
            ask(url, "ASK { <urn:a> <urn:b> <urn:c> }", 5)
        except HTTPError as error:
            raise Failed(f"answered {error.code}; see {log.name}") from error
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    state = "did not answer in time" if process.poll() is None else "ended"
    raise Failed(f"{state}; see {log.name} in {log.parent.name}")


class Watch:
    """What a process and its children took: the most memory at once, and processor time.

    Attributes:
        peak: megabytes.
        seconds: of processor time, of all cores together.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peak = self.seconds = 0.0
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> Watch:
        self.seconds = -_worked(self.pid)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._watch.join()
        self.seconds += _worked(self.pid)

    def _sample(self) -> None:
        while True:
            self.peak = max(self.peak, sum(map(_resident, family(self.pid))))
            if self._ended.wait(0.25):
                return


def family(pid: int) -> list[int]:
    """A process and all that it has started, and so on."""
    parents: dict[int, list[int]] = {}
    for each in Path("/proc").iterdir():
        if each.name.isdecimal() and (stat := _stat(int(each.name))):
            parents.setdefault(int(stat[1]), []).append(int(each.name))
    found = [pid]
    for each_pid in found:
        found += parents.get(each_pid, [])
    return found


def _stat(pid: int) -> list[str]:
    """The fields of a process's stat after its name; none where it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _worked(pid: int) -> float:
    """Processor time of a process, its children, and those of them that have ended."""
    ticks = sum(int(field) for each in family(pid) for field in _stat(each)[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def settle(pid: int, seconds: float = 120) -> bool:
    """Waits until a server has ended what clients left behind; whether it has."""
    until, before = time.monotonic() + seconds, _worked(pid)
    while time.monotonic() < until:
        time.sleep(0.3)
        now = _worked(pid)
        if now - before < 0.03:
            return True
        before = now
    return False


def _resident(pid: int) -> float:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0.0
    return int(pages) * _PAGE / 1e6
