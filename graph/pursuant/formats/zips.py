"""Reads the members of zip files that nobody vouches for: sizes are counted, never believed."""

from __future__ import annotations

import io
import zipfile
import zlib

from pursuant.errors import UnreadableSource

BROKEN = (
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,  # what zipfile raises for an encrypted member
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class Package:
    """The parts of an Office document; together they may not unpack to more than a limit."""

    def __init__(self, data: bytes, name: str, limit: int) -> None:
        self.name = name
        self.left = limit
        self.limit = limit
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self.archive.namelist())
        except BROKEN as error:
            raise UnreadableSource(name, f"it cannot be unpacked: {error}") from error

    def part(self, path: str) -> bytes | None:
        """The bytes of a part; None where there is no such part.

        Raises:
            UnreadableSource: it is damaged, encrypted, or unpacks to too much.
        """
        if path not in self.names:
            return None
        try:
            with self.archive.open(path) as member:
                data = member.read(self.left + 1)
        except BROKEN as error:
            raise UnreadableSource(self.name, f"{path} cannot be unpacked: {error}") from error
        self.left -= len(data)
        if self.left < 0:
            problem = f"it unpacks to more than {self.limit:,} bytes, the limit"
            raise UnreadableSource(self.name, problem)
        return data
