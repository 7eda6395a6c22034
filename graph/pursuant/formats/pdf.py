"""PDF: characters with their sizes and places, and the hyperlinks that lie over them.

PDFium reads the file; `layout` makes lines of its characters. PDFium must not be used by two
threads at once, so a lock is held while it is.
"""

from __future__ import annotations

import ctypes
import time
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from pursuant.errors import UnreadableSource
from pursuant.formats.addresses import symbol_of
from pursuant.formats.layout import Character, Page, laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from pursuant.formats.blocks import Content

MAX_PAGES = 1_000
MAX_CHARACTERS = 5_000_000
MAX_SECONDS = 60.0
MAX_LINKS = 10_000  # on one page

_LOCK = Lock()
_LINE_END_HYPHEN = 2  # what PDFium gives for a hyphen at the end of a line
_TINY = 3.0  # a size that only says that the text is scaled


def reader() -> str:
    """Name and version of the reader."""
    from pypdfium2 import PYPDFIUM_INFO

    return f"pdf 1 (pypdfium2 {PYPDFIUM_INFO.version})"


def read(data: bytes, name: str) -> Content:
    """What stands in a PDF.

    Raises:
        UnreadableSource: it is damaged, encrypted or too large, or its pages are images.
    """
    with _LOCK:
        pages = _pages(data, name)
    if not any(page.characters for page in pages):
        raise UnreadableSource(
            name, "this PDF has no text layer: its pages are images; recognize their text first"
        )
    return laid_out(pages)


def _pages(data: bytes, name: str) -> list[Page]:
    import pypdfium2 as pdfium  # slow to import, and only this format needs it

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            problem = "this PDF is encrypted; save it without a password"
        else:
            problem = "this PDF is damaged: PDFium cannot open it"
        raise UnreadableSource(name, problem) from error
    try:
        return list(_read_pages(document, name))
    except pdfium.PdfiumError as error:
        raise UnreadableSource(name, f"this PDF is damaged: {error}") from error
    finally:
        document.close()


def _read_pages(document: pdfium.PdfDocument, name: str) -> Iterator[Page]:
    if len(document) > MAX_PAGES:
        problem = f"this PDF has {len(document):,} pages; the limit is {MAX_PAGES:,}"
        raise UnreadableSource(name, problem)
    begun, left = time.monotonic(), MAX_CHARACTERS
    for page in document:
        read = _PageReader(page, left)
        left -= len(read.characters)
        if left <= 0:
            problem = f"this PDF has more than {MAX_CHARACTERS:,} characters, the limit"
            raise UnreadableSource(name, problem)
        if time.monotonic() - begun > MAX_SECONDS:
            problem = f"reading this PDF takes more than {MAX_SECONDS:.0f} seconds, the limit"
            raise UnreadableSource(name, problem)
        yield Page(read.characters, tuple(read.links()))
        page.close()


@dataclass(slots=True)
class _PageReader:
    """The characters of a page as PDFium gives them, in the order of their lines."""

    page: pdfium.PdfPage
    limit: int
    characters: list[Character] = field(default_factory=list)

    def __post_init__(self) -> None:
        from pypdfium2 import raw

        text = self.page.get_textpage()
        x, y = ctypes.c_double(), ctypes.c_double()
        count = raw.FPDFText_CountChars(text)
        for index in range(min(count, self.limit)):
            code = raw.FPDFText_GetUnicode(text, index)
            if code in (10, 13):
                continue
            made = code == 32 and raw.FPDFText_IsGenerated(text, index) == 1
            size = raw.FPDFText_GetFontSize(text, index)
            if size < _TINY and not made:
                size = _scaled(text, index, size)
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            letter = "-" if code == _LINE_END_HYPHEN else chr(code) if code else ""
            self.characters.append(Character(letter, size, x.value, y.value, made))
        text.close()

    def links(self) -> Iterator[tuple[tuple[float, float, float, float], str]]:
        """The rectangles (left, bottom, right, top) over which links lie, and their symbols."""
        from pypdfium2 import raw

        position, link = ctypes.c_int(0), raw.FPDF_LINK()
        box = raw.FS_RECTF()
        for _ in range(MAX_LINKS):
            if not raw.FPDFLink_Enumerate(self.page, position, link):
                return
            address = self.address(link)
            if (symbol := symbol_of(address)) and raw.FPDFLink_GetAnnotRect(link, box):
                yield (box.left, box.bottom, box.right, box.top), symbol

    def address(self, link: ctypes.c_void_p) -> str:
        from pypdfium2 import raw

        action = raw.FPDFLink_GetAction(link)
        if not action:
            return ""
        length = raw.FPDFAction_GetURIPath(self.page.pdf, action, None, 0)
        buffer = ctypes.create_string_buffer(min(length, 4096))
        raw.FPDFAction_GetURIPath(self.page.pdf, action, buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace")


def _scaled(text: pdfium.PdfTextPage, index: int, size: float) -> float:
    """The size of a character whose font has size 1 and is scaled by the text matrix."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(text, index, matrix):
        size *= abs(matrix.d or matrix.b or 1.0)
    return size
