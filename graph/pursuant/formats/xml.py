"""Parses XML that nobody vouches for: no entities, no network, no depth beyond libxml2's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pursuant.errors import UnreadableSource

if TYPE_CHECKING:
    from lxml.etree import _Element


_TOLD = 80  # characters of what libxml2 says


def parse(data: bytes, name: str, what: str = "the file") -> _Element:
    """The root of an XML document.

    Raises:
        UnreadableSource: it is not well-formed, nests too deep, or declares entities.
    """
    from lxml import etree  # slow to import, and only these formats need it

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = f" in line {error.lineno}" if error.lineno else ""
        problem = str(error.msg or "there is no element in it").split(", line ")[0]
        problem = " ".join(problem.split())[:_TOLD]
        raise UnreadableSource(name, f"{what} is not well-formed XML{line}: {problem}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableSource(name, f"{what} declares a document type, which is not read")
    return root


def text_in(element: _Element, tag: str | None = None) -> str:
    """All the text in an element, or in those inside it that have a tag."""
    texts = element.itertext(tag) if tag else element.itertext()
    return "".join(str(text) for text in texts)


def local(element: _Element) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str:
    """An attribute in whichever namespace; "" where there is none."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""
