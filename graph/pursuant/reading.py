"""From bytes to lines: decodes a text dump and refuses what is none.

Knows nothing of law. Sizes are bounded: no resolution comes near the limits.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pursuant.errors import UnreadableSource
from pursuant.folding import clean

if TYPE_CHECKING:
    from pathlib import Path

READER = "text 1"
MAX_BYTES = 5_000_000
MAX_LINE = 100_000

_FORMATS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a DOCX or another zip archive",
    b"PK\x05\x06": "an empty zip archive",
    b"\xd0\xcf\x11\xe0": "a Word 97 document",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"{\\rtf": "an RTF document",
}
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


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
        # One byte more than is allowed: a pipe or a device has no size to ask for.
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        problem = (error.strerror or "cannot be opened").lower()
        raise UnreadableSource(path.name, problem) from error
    except ValueError as error:
        raise UnreadableSource(path.name, "the name holds a zero byte") from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Source:
    """The lines of a text dump.

    Raises:
        UnreadableSource: the bytes are empty, too many, not text, or a line is too long.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSource(name, f"the file is larger than {MAX_BYTES:,} bytes, the limit")
    text = _decode(data, name)
    if not text.strip():
        raise UnreadableSource(name, "the file is empty")
    lines = tuple(clean(line) for line in _BREAK.split(text))
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise UnreadableSource(
                name, f"line {number} has {len(line):,} characters; the limit is {MAX_LINE:,}"
            )
    return Source(name, hashlib.sha256(data).hexdigest(), lines)


def _decode(data: bytes, name: str) -> str:
    for magic, what in _FORMATS.items():
        if data.startswith(magic):
            raise UnreadableSource(name, f"this is {what}; this version reads plain text dumps")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding, advice = "utf-16", "the file is damaged"
    else:
        encoding = "utf-8-sig"
        advice = "convert the file to UTF-8, for example with: iconv -f GB18030 -t UTF-8"
        if b"\0" in data:
            raise UnreadableSource(
                name,
                f"this is not text: there is a zero byte at {data.index(0)}"
                " (UTF-16 is read where it begins with a byte order mark)",
            )
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        standard = encoding.removesuffix("-sig").upper()
        raise UnreadableSource(name, f"byte {error.start} is not {standard}; {advice}") from error
