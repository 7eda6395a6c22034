"""All the text of a source, by the shortest way: what the readers' blocks are compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pursuant.folding import clean
from pursuant.formats.sniffing import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pursuant.reading import Source


def plain_text(data: bytes, source: Source) -> str:
    """The text of a source: what is printed, without what was deleted, and without scripts.

    Args:
        data: its bytes.
        source: what was read of them.
    """
    if source.format is Format.TEXT:
        return "\n".join(source.lines)
    pieces = {
        Format.AKN: _akomantoso,
        Format.DOCX: _docx,
        Format.HTML: _html,
        Format.PDF: _pdf,
    }[source.format](data)
    return clean("".join(pieces))


def _akomantoso(data: bytes) -> Iterator[str]:
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, remove_comments=True))
    for found in root.xpath("/*/*//text()[not(ancestor::*[local-name()='meta'])]"):  # type: ignore[union-attr]
        yield str(found)


def _docx(data: bytes) -> Iterator[str]:
    import io
    import zipfile

    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = ("document", "footnotes", "endnotes")
        parts = [f"word/{name}.xml" for name in names]
        parts += [n for n in sorted(archive.namelist()) if n.startswith(("word/head", "word/foot"))]
        for part in dict.fromkeys(parts):
            if part in archive.namelist() and part.endswith(".xml"):
                root = etree.fromstring(archive.read(part))
                found = root.xpath(_DOCX_TEXT)
                yield from (str(text) for text in found)  # type: ignore[union-attr]


_GONE = " or ".join(
    f"ancestor::*[local-name()='{name}']" for name in ("del", "moveFrom", "Fallback")
)
_DOCX_TEXT = f"//*[local-name()='t'][not({_GONE})]/text()"


def _html(data: bytes) -> Iterator[str]:
    from lxml import etree

    from pursuant.formats.html import decoded

    root = etree.fromstring(decoded(data, "-"), etree.HTMLParser(remove_comments=True))
    gone = "ancestor::*[self::head or self::script or self::style or self::template]"
    for found in root.xpath(f"//text()[not({gone})]"):  # type: ignore[union-attr]
        yield str(found)


def _pdf(data: bytes) -> Iterator[str]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        yield text.get_text_bounded().replace("\x02", "-")
    document.close()
