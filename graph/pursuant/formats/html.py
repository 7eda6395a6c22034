"""HTML: what a browser would show as paragraphs, with list labels, footnotes and hyperlinks.

Footnotes are known by what Word, LibreOffice and the UN's own pages write: a superscript number, a
number in brackets, or a link to an anchor, where a note with that number stands. Nothing is
fetched.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pursuant.errors import UnreadableSource
from pursuant.folding import fold
from pursuant.formats.addresses import symbol_of
from pursuant.formats.blocks import Block, Content, Gatherer, Role, is_power
from pursuant.formats.lists import numeral
from pursuant.formats.xml import local, text_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

READER = "html 1"
MAX_BYTES = 20_000_000
MAX_DEPTH = 200

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_DROPPED = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "audio",
        "video",
        "canvas",
        "datalist",
    ]
)
_FURNITURE = frozenset(
    ["nav", "header", "footer", "aside", "form", "button", "select", "option", "textarea"]
)
_PAGE = ("header", "footer")  # how LibreOffice names what each page repeats
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_NOTE_ID = re.compile(
    r"(?:sdfootnote|sdendnote|_?ftn|_?edn|fn|cite_note|note|footnote|endnote)[-_:]?([1-9]\d{0,2})",
    re.IGNORECASE,
)
_MARKER = re.compile(r"\W*([1-9]\d{0,2})\W*")
_BRACKETED = re.compile(r"\[([1-9]\d{0,2})\]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def read(data: bytes, name: str) -> Content:
    """What stands in an HTML page.

    Raises:
        UnreadableSource: it is too large, nests too deep, or is in an unknown encoding.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSource(name, f"the page is larger than {MAX_BYTES:,} bytes, the limit")
    root = _parse(decoded(data, name), name)
    numbers = frozenset(_noted(root))
    reader = _Reader(numbers)
    reader.element(root)
    reader.flush()
    return Content(tuple(reader.blocks), linked=tuple(reader.bare))


def decoded(data: bytes, name: str) -> str:
    """The text of a page, in the encoding that it says it is in.

    Raises:
        UnreadableSource: the encoding is unknown, or the page is not in it.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        found = _CHARSET.search(data[:4096])
        encoding = found[1].decode("ascii") if found else "utf-8"
    try:
        encoding = codecs.lookup(encoding).name
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except LookupError as error:
        raise UnreadableSource(name, f"its encoding is unknown: {encoding}") from error
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} is not {encoding.upper()}, which the page says it is in"
        raise UnreadableSource(name, problem) from error
    return _DECLARATION.sub("", text.replace("\0", ""), count=1)


def _parse(text: str, name: str) -> _Element:
    from lxml import etree  # slow to import, and only these formats need it

    # As bytes: a text with a declaration of its own anywhere at its head would be refused.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableSource(name, f"the page cannot be parsed: {error.msg}") from error
    if root is None:
        raise UnreadableSource(name, "there is nothing in the page")
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise UnreadableSource(name, f"its elements nest more than {MAX_DEPTH} deep, the limit")
    return root


def _noted(root: _Element) -> Iterator[int]:
    """The numbers of the notes: blocks that are named so, or that begin with a raised number."""
    last = 0
    for element in root.iter("p", "div", "li", "td"):
        if found := _NOTE_ID.fullmatch(element.get("id", "")):
            yield int(found[1])
        elif (number := _leading(element)) and number == last + 1:
            last = number
            yield number


def _leading(element: _Element) -> int | None:
    """The number of a note at the very beginning of a block."""
    inner = element
    while not (inner.text or "").strip() and len(inner):
        inner = inner[0]
        if local(inner) == "sup" or (local(inner) == "a" and _is_anchor(inner)):
            found = _MARKER.fullmatch(fold(text_in(inner)))
            return int(found[1]) if found else None
        if local(inner) in _BLOCKS:
            return None
    bracketed = _BRACKETED.match((inner.text or "").strip())
    return int(bracketed[1]) if bracketed else None


def _is_anchor(element: _Element) -> bool:
    """Whether a link leads to a place in the page itself."""
    return element.get("href", "").startswith("#")


@dataclass(slots=True)
class _Reader:
    """Goes through the page once and turns it into blocks."""

    numbers: frozenset[int]
    blocks: list[Block] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    gathered: Gatherer = field(default_factory=Gatherer)
    role: Role = Role.BODY
    note: int | None = None
    label: str | None = None
    level: int = 0
    breaks: int = 0
    counters: list[tuple[str, int]] = field(default_factory=list)

    def flush(self) -> None:
        """Ends a block."""
        done, self.gathered, self.breaks = self.gathered, Gatherer(), 0
        self.bare += done.bare
        if not done.text:
            return
        role, number = self.role, self.note
        leading = done.markers[0] if done.markers else None
        if number is None and leading and leading[0] == 0:
            role, number = Role.NOTE, leading[1]
        self.blocks.append(
            Block(
                place=f"paragraph {len(self.blocks) + 1}",
                text=done.text,
                role=role,
                label=self.label,
                level=self.level,
                number=number if role is Role.NOTE else None,
                markers=() if role is Role.NOTE else done.markers,
                links=done.links,
                apart=done.apart,
            )
        )
        self.label = None

    def element(self, element: _Element) -> None:
        name = local(element)
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))
        if name in _DROPPED or hidden:
            return
        if name in _BLOCKS or name in _FURNITURE:
            self.block(element, name)
        elif name == "br":
            self.line_break()
        elif (number := self.marker(element)) is not None:
            self.gathered.mark(number, text_in(element))
        else:
            start = self.gathered.length
            self.inside(element)
            symbol = symbol_of(element.get("href", "")) if name == "a" else None
            if symbol and start <= self.gathered.length:
                self.gathered.link(start, symbol)

    def inside(self, element: _Element) -> None:
        self.text(element.text)
        for child in element:
            self.element(child)
            self.text(child.tail)

    def text(self, text: str | None) -> None:
        """Some text; [3] in it is a marker where there is a note 3."""
        last = 0
        for found in _BRACKETED.finditer(text or ""):
            if text and int(found[1]) in self.numbers:
                self.gathered.add(text[last : found.start()])
                self.gathered.mark(int(found[1]), found.group())
                last = found.end()
        rest = (text or "")[last:]
        self.breaks = 0 if rest.strip() else self.breaks
        self.gathered.add(rest)

    def line_break(self) -> None:
        """Two breaks are the end of a paragraph."""
        self.breaks += 1
        self.gathered.add("\n")
        if self.breaks == 2:
            self.flush()

    def marker(self, element: _Element) -> int | None:
        """The number of a note that a raised number, or a link in the page, invokes."""
        if local(element) != "sup" and not (local(element) == "a" and _is_anchor(element)):
            return None
        if is_power(self.gathered.raw):
            return None
        found = _MARKER.fullmatch(fold(text_in(element)))
        return int(found[1]) if found and int(found[1]) in self.numbers else None

    def block(self, element: _Element, name: str) -> None:
        """An element that begins and ends a block."""
        self.flush()
        before = self.role, self.note, self.level
        if name in _FURNITURE or element.get("title") in _PAGE:
            self.role = Role.FURNITURE
        if found := _NOTE_ID.fullmatch(element.get("id", "")):
            self.role, self.note = Role.NOTE, int(found[1])
        if re.fullmatch("h[1-6]", name):
            self.level = int(name[1])
        if name == "li":
            self.label = self.item(element)
        if name == "pre":
            self.preformatted(element)
        elif name in ("ol", "ul"):
            self.listed(element, name)
        else:
            self.inside(element)
        self.flush()
        self.role, self.note, self.level = before

    def listed(self, element: _Element, name: str) -> None:
        form = _FORMS.get(element.get("type", ""), "decimal") if name == "ol" else ""
        start = element.get("start", "1")
        self.counters.append((form, int(start) if start.isdecimal() else 1))
        self.inside(element)
        self.counters.pop()

    def item(self, element: _Element) -> str | None:
        """The label of a list item: none in a list of notes, which have numbers of their own."""
        if not self.counters or self.note is not None or element.get("id"):
            return None
        form, number = self.counters[-1]
        value = element.get("value", "")
        number = int(value) if value.isdecimal() else number
        self.counters[-1] = form, number + 1
        if not form:
            return "-"
        return f"{number}." if form == "decimal" else f"({numeral(number, form)})"

    def preformatted(self, element: _Element) -> None:
        """Lines of a text dump."""
        for line in text_in(element).splitlines():
            if line.strip():
                text = " ".join(line.split())
                place = f"paragraph {len(self.blocks) + 1}"
                indent = line[:1].isspace()
                self.blocks.append(Block(place, text, self.role, opens=None, indent=indent))
