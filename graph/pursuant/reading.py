"""From bytes to a source: its format is told by its content, and its reader called.

Knows nothing of law. Sizes are bounded: no resolution comes near the limits.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pursuant.errors import UnreadableSource
from pursuant.folding import clean, is_clean
from pursuant.formats.blocks import Content, Role
from pursuant.formats.sniffing import Format, sniff

if TYPE_CHECKING:
    from pathlib import Path

    from pursuant.formats.akomantoso import Statement

READER = "text 1"
MAX_BYTES = 50_000_000
MAX_TEXT = 5_000_000
MAX_LINE = 100_000

# A word that is cut at the end of a line only because the line ends.
_CUT = re.compile("\u00ad[ \t]*(?:\r\n|[\n\r])[ \t]*(?=\\w)")
# Marks of direction alone on a line, or before its indent.
_UNSEEN = re.compile(r"^[\u200e\u200f]+(?=\s|$)")
_BREAK = re.compile("[\n\r\x85\u2028\u2029](?:(?<=\r)\n)?")


@dataclass(frozen=True, slots=True)
class Source:
    """A source as received.

    Attributes:
        sha256: of its bytes.
        lines: of a text dump; of another format, the text of its blocks.
        reader: name and version of what read it.
        content: its blocks, where the format has some.
        statement: its structure, where the format has that.
    """

    name: str
    sha256: str
    lines: tuple[str, ...]
    format: Format = Format.TEXT
    reader: str = READER
    content: Content | None = None
    statement: Statement | None = None


def read_file(path: Path) -> Source:
    """What stands in a file.

    Raises:
        UnreadableSource: the file is missing, too large, or of no format that is read.
    """
    return read_bytes(file_bytes(path), path.name)


def file_bytes(path: Path) -> bytes:
    """The bytes of a file, and one more than is allowed where it is too large.

    Raises:
        UnreadableSource: the file is missing, or may not be read.
    """
    try:
        # One byte more than is allowed: a pipe or a device has no size to ask for.
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        problem = (error.strerror or "cannot be opened").lower()
        raise UnreadableSource(path.name, problem) from error
    except ValueError as error:
        raise UnreadableSource(path.name, "the name holds a zero byte") from error


def read_bytes(data: bytes, name: str) -> Source:
    """What stands in some bytes.

    Raises:
        UnreadableSource: they are empty, too many, damaged, or of no format that is read.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSource(name, f"the file is larger than {MAX_BYTES:,} bytes, the limit")
    kind = sniff(data, name)
    digest = hashlib.sha256(data).hexdigest()
    if kind is Format.TEXT:
        return Source(name, digest, _lines(data, name))
    if kind is Format.ZIP:
        raise UnreadableSource(name, "this is a zip archive; its files are read one by one")
    if kind is Format.AKN:
        return _akomantoso(data, name, digest)
    content, reader = _blocks(kind, data, name)
    texts = tuple(block.text for block in content.blocks if block.role is Role.BODY)
    if not any(texts):
        raise UnreadableSource(name, "there is no text in it")
    return Source(name, digest, texts, kind, reader, content)


def _akomantoso(data: bytes, name: str, digest: str) -> Source:
    from pursuant.formats import akomantoso

    statement = akomantoso.read(data, name)
    texts = tuple(item.block.text for item in statement.items)
    if not texts:
        raise UnreadableSource(name, "there is no paragraph in it")
    reader, content = akomantoso.READER, statement.content
    return Source(name, digest, texts, Format.AKN, reader, content, statement)


def _blocks(kind: Format, data: bytes, name: str) -> tuple[Content, str]:
    """The blocks of a source, and its reader; readers are imported where they are needed."""
    if kind is Format.PDF:
        from pursuant.formats import pdf

        return pdf.read(data, name), pdf.reader()
    if kind is Format.DOCX:
        from pursuant.formats import docx

        return docx.read(data, name), docx.READER
    from pursuant.formats import html

    return html.read(data, name), html.READER


def _lines(data: bytes, name: str) -> tuple[str, ...]:
    """The lines of a text dump.

    Raises:
        UnreadableSource: the bytes are empty, too many, not text, or a line is too long.
    """
    if len(data) > MAX_TEXT:
        raise UnreadableSource(name, f"the file is larger than {MAX_TEXT:,} bytes, the limit")
    text = _decode(data, name)
    if not text.strip():
        raise UnreadableSource(name, "the file is empty")
    broken = _BREAK.split(_CUT.sub("", text))
    lines = tuple(broken if is_clean(text) else (_UNSEEN.sub("", clean(x)) for x in broken))
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise UnreadableSource(
                name, f"line {number} has {len(line):,} characters; the limit is {MAX_LINE:,}"
            )
    return lines


def _decode(data: bytes, name: str) -> str:
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
