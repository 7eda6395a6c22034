"""From bytes to lines: decodes a text dump and refuses what is none.

Knows nothing of law. Sizes are bounded: no resolution comes near the limits.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pursuant.errors import UnreadableSource
from pursuant.folding import clean

if TYPE_CHECKING:
    from pathlib import Path

READER = "text 1"
MAX_BYTES = 20_000_000
MAX_LINE = 100_000

_FORMATS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a DOCX or another zip archive",
    b"\xd0\xcf\x11\xe0": "a Word 97 document",
    b"\x1f\x8b": "a gzip archive",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A source as received: its name, the SHA-256 of its bytes, and its lines."""

    name: str
    sha256: str
    lines: tuple[str, ...]


def read_file(path: Path) -> Source:
    """The lines of a file.

    Raises:
        UnreadableSource: the file is missing, too large, or not text.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableSource(path.name, _too_large(size))
        return read_bytes(path.read_bytes(), path.name)
    except OSError as error:
        problem = (error.strerror or "cannot be opened").lower()
        raise UnreadableSource(path.name, problem) from error


def read_bytes(data: bytes, name: str) -> Source:
    """The lines of a text dump.

    Raises:
        UnreadableSource: the bytes are empty, too many, not text, or a line is too long.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSource(name, _too_large(len(data)))
    text = _decode(data, name)
    if not text.strip():
        raise UnreadableSource(name, "the file is empty")
    lines = tuple(clean(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise UnreadableSource(
                name, f"line {number} has {len(line):,} characters; the limit is {MAX_LINE:,}"
            )
    return Source(name, hashlib.sha256(data).hexdigest(), lines)


def _too_large(size: int) -> str:
    return f"the file has {size:,} bytes; the limit is {MAX_BYTES:,}"


def _decode(data: bytes, name: str) -> str:
    for magic, what in _FORMATS.items():
        if data.startswith(magic):
            raise UnreadableSource(name, f"this is {what}; this version reads plain text dumps")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            name,
            f"byte {error.start} is not {encoding[:6].upper().rstrip('-')}; convert the file to UTF-8,"
            " for example with: iconv -f GB18030 -t UTF-8",
        ) from error
    if "\0" in text:
        raise UnreadableSource(name, f"this is not text: there is a zero byte at {text.index(chr(0))}")
    return text
