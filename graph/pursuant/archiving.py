"""Everything in a store as one compressed file, always with the same bytes, however large it is.

Graphs follow one another by name, their statements in the order of their text. The engine gives
them in no order, so they are sorted: in memory as far as `RUN` lines, beyond it through temporary
files, of which each holds so many lines.
"""

from __future__ import annotations

import gzip
import hashlib
import heapq
import io
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from pursuant.errors import PursuantError
from pursuant.iri import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pursuant.store import Store

RUN = 200_000
_BATCH = 2_000
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Archive:
    """A file that holds everything.

    Attributes:
        path: where it lies.
        sha256: of its bytes, in hexadecimal.
        size: its length in bytes.
    """

    path: Path
    sha256: str
    size: int

    def checksum(self, name: str | None = None) -> str:
        """The line by which `sha256sum --check` checks it, where it is called so."""
        return f"{self.sha256}  {name or self.path.name}\n"


def lines(store: Store) -> Iterator[bytes]:
    """All statements of the named graphs as canonical N-Quads, in order, each with its line end."""
    for name in sorted(store.graphs()):
        end = f"<{name}> .\n".encode()
        with _Sorter() as sorter:
            store.write_graph(name, cast("IO[bytes]", sorter))
            for line in sorter.sorted():
                yield line[:-2] + end


def write(store: Store, output: IO[bytes], form: str = "nquads") -> None:
    """Everything, compressed with gzip, into a file that is open for writing.

    Args:
        store: what is written.
        output: is written from where it stands, and not closed.
        form: a key of FORMS.
    """
    with gzip.GzipFile("", "wb", _LEVEL, output, mtime=0) as packed:
        _WRITERS[form](lines(store), cast("IO[bytes]", packed))


def archive(store: Store, path: Path, form: str = "nquads") -> Archive:
    """Everything, compressed with gzip, as a file that is there whole or not at all.

    Raises:
        PursuantError: it cannot be written.
    """
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("wb") as file:
            counted = _Counted(file)
            write(store, cast("IO[bytes]", counted), form)
        beside.replace(path)
    except OSError as error:
        raise PursuantError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)
    return Archive(path, counted.digest.hexdigest(), counted.size)


class _Counted(io.RawIOBase):
    """Writes to a file, and knows the length and SHA-256 of what it wrote."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.size, self.digest = file, 0, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.digest.update(data)
        self.size += len(data)
        return self.file.write(data)


class _Sorter:
    """A file that is written to, and then gives its lines in order."""

    def __init__(self) -> None:
        self._rest = b""
        self._lines: list[bytes] = []
        self._runs: list[IO[bytes]] = []
        self._opened = ExitStack()

    def __enter__(self) -> _Sorter:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def write(self, data: bytes) -> int:
        """Takes a piece of text, which may end within a line."""
        *whole, self._rest = (self._rest + data).split(b"\n")
        self._lines += whole
        if len(self._lines) >= RUN:
            self._spill()
        return len(data)

    def flush(self) -> None:
        """There is nothing to bring anywhere."""

    def sorted(self) -> Iterator[bytes]:
        """The lines, once all is written."""
        self._lines.sort()
        rest = (line + b"\n" for line in self._lines)
        return heapq.merge(*self._runs, rest) if self._runs else rest

    def _spill(self) -> None:
        self._lines.sort()
        run = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with the others
        self._opened.enter_context(run)
        run.writelines(line + b"\n" for line in self._lines)
        run.seek(0)
        self._runs.append(run)
        self._lines = []


def _batches(found: Iterable[bytes]) -> Iterator[bytes]:
    """Lines, many at a time."""
    left = iter(found)
    while batch := b"".join(islice(left, _BATCH)):
        yield batch


def _write_nquads(found: Iterable[bytes], output: IO[bytes]) -> None:
    for batch in _batches(found):
        output.write(batch)


def _write_trig(found: Iterable[bytes], output: IO[bytes]) -> None:
    quads = (quad for batch in _batches(found) for quad in ox.parse(batch, ox.RdfFormat.N_QUADS))
    # The engine declares prefixes in an order of chance, and names those alone that it is given.
    for prefix, name in sorted(PREFIXES.items()):
        output.write(f"@prefix {prefix}: <{name}> .\n".encode())
    body = cast("IO[bytes]", _Headless(output))
    ox.serialize(quads, body, ox.RdfFormat.TRIG, prefixes=PREFIXES)


class _Headless:
    """Passes text on to a file, but for the declarations that it begins with."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output, self._rest, self._is_head = output, b"", True

    def write(self, data: bytes) -> int:
        """Takes a piece of text, which may end within a line."""
        if not self._is_head:
            return self._output.write(data)
        *whole, self._rest = (self._rest + data).splitlines(keepends=True) or [b""]
        if self._rest.endswith(b"\n"):
            whole, self._rest = [*whole, self._rest], b""
        body = [line for line in whole if not line.startswith(b"@prefix ")]
        if body:
            self._is_head = False
            self._output.write(b"".join(body) + self._rest)
        return len(data)

    def flush(self) -> None:
        """There is nothing to bring anywhere."""


_WRITERS: dict[str, Callable[[Iterable[bytes], IO[bytes]], None]] = {
    "nquads": _write_nquads,
    "trig": _write_trig,
}
FORMS = tuple(_WRITERS)
