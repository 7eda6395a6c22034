"""Finds sources: files, folders of files, zip archives.

What a file is, its content tells; its name only tells whether a file of a folder is meant to be
read. Names inside an archive are shown and never used as paths.
"""

from __future__ import annotations

import io
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pursuant.errors import UnreadableSource
from pursuant.formats.sniffing import Format, is_zip, sniff
from pursuant.formats.zips import BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIXES = frozenset({".txt", ".pdf", ".docx", ".html", ".htm", ".xhtml", ".xml", ".akn", ".zip"})
MAX_ARCHIVE = 500_000_000
MAX_MEMBER = 50_000_000
MAX_MEMBERS = 100_000


@dataclass(frozen=True, slots=True)
class Found:
    """A source: its name, and its file, or its bytes where it comes from an archive.

    What cannot be had has a problem instead.
    """

    name: str
    source: Path | bytes
    problem: str | None = None


def find(paths: Iterable[Path]) -> Iterator[Found]:
    """The sources under some paths, in a fixed order; what has a problem is told in its place."""
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if _is_source(p, path))
            yield from find(inside)
            if not inside:
                yield Found(str(path), b"", "there are no documents in this folder")
        elif _is_archive(path):
            yield from _members(path, path.name)
        else:
            yield Found(path.name, path)


def find_in(data: bytes, name: str) -> Iterator[Found]:
    """The source that some bytes are, or the sources in them where they are a zip archive."""
    if is_zip(data) and _format(data) is Format.ZIP:
        yield from _members(io.BytesIO(data), name)
    else:
        yield Found(name, data)


def _is_source(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.is_file() and path.suffix.lower() in SUFFIXES


def _is_archive(path: Path) -> bool:
    """Whether a file is a zip archive that is no Office document."""
    try:
        if not path.is_file():
            return False  # of a pipe nothing may be read that is not kept
        with path.open("rb") as file:
            if not is_zip(file.read(8)):
                return False
        with zipfile.ZipFile(path) as archive:
            return not _is_office(archive.namelist())
    except (*BROKEN, UnreadableSource):
        return False  # whoever reads it says what is wrong with it


def _is_office(names: Iterable[str]) -> bool:
    return any(name in ("[Content_Types].xml", "content.xml") for name in names)


def _format(data: bytes) -> Format | None:
    """The format of some bytes; None for one that is not read."""
    try:
        return sniff(data, "-")
    except UnreadableSource:
        return None


def _members(file: Path | io.BytesIO, name: str) -> Iterator[Found]:
    """The documents in an archive; sizes are counted, since an archive may claim smaller ones."""
    left = MAX_ARCHIVE
    try:
        with zipfile.ZipFile(file) as archive:
            members = [info for info in archive.infolist() if _is_regular(info)]
            if not 0 < len(members) <= MAX_MEMBERS:
                yield Found(name, b"", f"there are {len(members)} documents in it")
                return
            for info in members:
                with archive.open(info) as member:
                    data = member.read(min(left, MAX_MEMBER) + 1)
                left -= len(data)
                if left < 0:
                    yield Found(name, b"", f"it holds more than {MAX_ARCHIVE:,} bytes")
                    return
                yield _member(f"{name}/{PurePosixPath(info.filename).name}", data)
    except BROKEN as error:
        yield Found(name, b"", f"it cannot be read as a zip archive: {error}")


def _member(name: str, data: bytes) -> Found:
    if len(data) > MAX_MEMBER:
        return Found(name, b"", f"it is larger than {MAX_MEMBER:,} bytes")
    if is_zip(data) and _format(data) is Format.ZIP:
        return Found(name, b"", "a zip archive inside another is not opened")
    return Found(name, data)


def _is_regular(info: zipfile.ZipInfo) -> bool:
    mode = info.external_attr >> 16
    name = PurePosixPath(info.filename)
    hidden = name.name.startswith(".") or "__MACOSX" in name.parts
    kind = stat.S_IFMT(mode) in (0, stat.S_IFREG)
    return kind and not info.is_dir() and not hidden and name.suffix.lower() in SUFFIXES
