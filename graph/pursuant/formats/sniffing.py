"""Tells formats apart by what a file holds; its name is never asked."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from pursuant.errors import UnreadableSource


class Format(StrEnum):
    """What a source is written in."""

    TEXT = "txt"
    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    AKN = "akn"
    ZIP = "zip"


_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_OTHERS = {
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"{\\rtf": "an RTF document; save it as DOCX",
}
HEAD = 1024  # bytes in which a PDF may begin
_OLE = b"\xd0\xcf\x11\xe0"
_OFFICE = {
    "content.xml": "an OpenDocument file; save it as DOCX",
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "[Content_Types].xml": "an Office file without word/document.xml: it is damaged, or no DOCX",
}
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|meta|title|div|p|h[1-6]|table|span|article)[\s>/]",
    re.IGNORECASE,
)
_AKN = re.compile(r"<(?:\w+:)?akomaNtoso[\s>]")
_MARKUP = re.compile(r"\s*<(?:\?xml|!--|!doctype|[a-z])", re.IGNORECASE)


def is_zip(head: bytes) -> bool:
    """Whether a file that begins so is a zip archive, or an Office document, which is one."""
    return head.startswith(_ZIPS)


def looks_plain(head: bytes) -> bool:
    """Whether a file whose first bytes (HEAD of them) are these is plain text, or is not read."""
    marked = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<")
    return not (b"%PDF-" in head or is_zip(head) or head.lstrip().startswith(marked))


def sniff(data: bytes, name: str) -> Format:
    """The format of some bytes.

    >>> sniff(b"%PDF-1.7", "f"), sniff(b"<html><p>", "f"), sniff("大会，".encode(), "f")
    (<Format.PDF: 'pdf'>, <Format.HTML: 'html'>, <Format.TEXT: 'txt'>)

    Raises:
        UnreadableSource: it is a format that is known and not read.
    """
    if b"%PDF-" in data[:HEAD]:
        return Format.PDF
    if is_zip(data):
        return _sniff_zip(data, name)
    if data.startswith(_OLE):
        raise UnreadableSource(name, _ole(data))
    for magic, what in _OTHERS.items():
        if data.startswith(magic):
            raise UnreadableSource(name, f"this is {what}")
    return _sniff_markup(data, name)


def _ole(data: bytes) -> str:
    """A DOCX with a password is wrapped into the container of Word 97."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "this DOCX is encrypted; save it without a password"
    return "this is a Word 97 document; save it as DOCX"


def _sniff_zip(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        problem = f"this is a damaged DOCX or zip archive: {str(error).lower()}"
        raise UnreadableSource(name, problem) from error
    if "word/document.xml" in names:
        return Format.DOCX
    for member, what in _OFFICE.items():
        if member in names:
            raise UnreadableSource(name, f"this is {what}")
    return Format.ZIP


def _sniff_markup(data: bytes, name: str) -> Format:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    head = data[:8192].decode(encoding, "ignore")
    if not _MARKUP.match(head):
        return Format.TEXT
    if _AKN.search(head):
        return Format.AKN
    if _HTML.search(head):
        return Format.HTML
    if head.lstrip().startswith("<?xml"):
        raise UnreadableSource(name, "this is XML, but neither Akoma Ntoso nor HTML")
    return Format.TEXT
