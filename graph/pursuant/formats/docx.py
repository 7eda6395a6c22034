"""DOCX: paragraphs with the labels that Word would number them with, footnotes, hyperlinks.

Tracked changes are read as accepted: what was inserted stays, what was deleted goes, and the
document says so. Hyperlinks are told and never followed.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pursuant.errors import UnreadableSource
from pursuant.folding import fold
from pursuant.formats import lists
from pursuant.formats.addresses import symbol_of
from pursuant.formats.blocks import Block, Content, Gatherer, Role, is_power
from pursuant.formats.styles import Styles
from pursuant.formats.xml import attribute, local, parse, text_in
from pursuant.formats.zips import Package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

    from pursuant.formats.lists import Lists

READER = "docx 1"
MAX_UNPACKED = 100_000_000

_MAIN = "word/document.xml"
_TEXT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
_DROPPED = frozenset({"del", "moveFrom", "Fallback", "pPr", "rPr", "sdtPr", "tblPr", "trPr"})
_KEPT = frozenset({"ins", "moveTo"})
_FIELD = re.compile(r'HYPERLINK\s+"([^"]{1,2000})"')
_DIGITS = re.compile(r"\W*(\d{1,3})\W*")


def read(data: bytes, name: str) -> Content:
    """What stands in a DOCX.

    Raises:
        UnreadableSource: it is damaged or encrypted, or unpacks to too much.
    """
    package = Package(data, name, MAX_UNPACKED)
    document = _xml(package, _MAIN)
    if document is None:
        raise UnreadableSource(name, f"there is no {_MAIN} in it")
    reader = _Reader(
        lists.read(_xml(package, "word/numbering.xml")),
        Styles(_xml(package, "word/styles.xml")),
        _targets(package, _MAIN),
        _numbers(document),
    )
    body = document.find("{*}body")
    reader.body(body if body is not None else document)
    for kind in ("footnote", "endnote"):
        path = f"word/{kind}s.xml"
        if (notes := _xml(package, path)) is not None:
            reader.targets = _targets(package, path)
            reader.notes(notes, kind)
    reader.furniture(_furniture(package))
    return Content(tuple(reader.blocks), linked=tuple(reader.bare), remarks=tuple(reader.remarks()))


def _xml(package: Package, path: str) -> _Element | None:
    data = package.part(path)
    return None if data is None else parse(data, package.name, path)


def _targets(package: Package, path: str) -> dict[str, str]:
    """The addresses that the hyperlinks of a part lead to, by the id of the relationship."""
    folder, _, file = path.rpartition("/")
    relations = _xml(package, posixpath.join(folder, "_rels", f"{file}.rels"))
    found = relations if relations is not None else ()
    return {relation.get("Id", ""): relation.get("Target", "") for relation in found}


def _numbers(document: _Element) -> dict[tuple[str, str], int]:
    """The numbers that notes are printed with: the order of their first references."""
    numbers: dict[tuple[str, str], int] = {}
    for reference in document.iter("{*}footnoteReference", "{*}endnoteReference"):
        kind = local(reference).removesuffix("Reference")
        if not any(local(e) in _DROPPED for e in reference.iterancestors()):
            numbers.setdefault((kind, attribute(reference, "id")), len(numbers) + 1)
    return numbers


def _furniture(package: Package) -> Iterator[_Element]:
    """The paragraphs of headers and footers, which each page repeats."""
    for path in sorted(package.names):
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", path):
            root = _xml(package, path)
            yield from root.iter("{*}p") if root is not None else ()


@dataclass(slots=True)
class _Field:
    """A field: its code, and where its result begins."""

    code: str = ""
    start: int | None = None


@dataclass(slots=True)
class _Reader:
    """Turns the paragraphs of a document into blocks, in their order."""

    lists: Lists
    styles: Styles
    targets: Mapping[str, str]
    numbers: Mapping[tuple[str, str], int]
    blocks: list[Block] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    inserted: int = 0
    deleted: int = 0
    hidden: int = 0
    kept: Gatherer | None = None
    label: str | None = None

    def body(self, element: _Element) -> None:
        for paragraph in _paragraphs(element):
            self.paragraph(paragraph)

    def paragraph(self, paragraph: _Element) -> None:
        """A paragraph; one whose end was deleted goes on in the next."""
        if self.kept is None:
            self.kept, self.label = Gatherer(), self.labelled(paragraph)
        self.inline(paragraph, self.kept)
        if paragraph.find("./{*}pPr/{*}rPr/{*}del") is None:
            level = self.styles.level(paragraph)
            self.add(self.kept, label=self.label, level=level)
            self.kept = None

    def labelled(self, paragraph: _Element) -> str | None:
        """The label that a list gives a paragraph; an empty one is not counted."""
        if not text_in(paragraph, "{*}t").strip():
            return None
        style = self.styles.of(paragraph)
        key, depth = self.styles.numbered(paragraph) or self.lists.by_style.get(style, ("", 0))
        return self.lists.label(key, depth)

    def add(
        self,
        gathered: Gatherer,
        *,
        role: Role = Role.BODY,
        label: str | None = None,
        level: int = 0,
        number: int | None = None,
    ) -> None:
        self.bare += gathered.bare
        if gathered.text or label:
            self.blocks.append(
                Block(
                    place=f"paragraph {len(self.blocks) + 1}",
                    text=gathered.text,
                    role=role,
                    label=label,
                    level=level,
                    number=number,
                    markers=gathered.markers,
                    links=gathered.links,
                    apart=gathered.apart,
                )
            )

    def notes(self, notes: _Element, kind: str) -> None:
        """The notes of the document; one that nothing refers to is none."""
        for note in notes.iterfind(f"{{*}}{kind}"):
            number = self.numbers.get((kind, attribute(note, "id")))
            if number is not None:
                gathered = Gatherer()
                for paragraph in _paragraphs(note):
                    self.inline(paragraph, gathered)
                    gathered.add(" ")
                self.add(gathered, role=Role.NOTE, number=number)

    def furniture(self, paragraphs: Iterable[_Element]) -> None:
        for paragraph in paragraphs:
            gathered = Gatherer()
            self.inline(paragraph, gathered)
            self.add(gathered, role=Role.FURNITURE)

    def inline(self, element: _Element, gathered: Gatherer) -> None:
        """The text of an element, its markers and its links."""
        for child in element:
            name = local(child)
            if name in _DROPPED:
                self.deleted += name in ("del", "moveFrom")
            elif name == "r":
                self.run(child, gathered)
            elif name == "hyperlink":
                start = gathered.length
                self.inline(child, gathered)
                self.link(self.targets.get(attribute(child, "id"), ""), start, gathered)
            elif name == "fldSimple":
                start = gathered.length
                self.inline(child, gathered)
                self.field_link(attribute(child, "instr"), start, gathered)
            elif name not in ("p", "tbl"):
                self.inserted += name in _KEPT
                self.inline(child, gathered)

    def link(self, address: str, start: int, gathered: Gatherer) -> None:
        if symbol := symbol_of(address):
            gathered.link(start, symbol)

    def field_link(self, code: str, start: int, gathered: Gatherer) -> None:
        if found := _FIELD.search(code):
            self.link(found[1], start, gathered)

    def run(self, run: _Element, gathered: Gatherer) -> None:
        """A run: a superscript number that is a note's number is a marker of it."""
        if self.styles.is_hidden(run):
            self.hidden += 1
            return
        if self.styles.is_superscript(run):
            printed = text_in(run, "{*}t")
            found = _DIGITS.fullmatch(fold(printed))
            known = found and int(found[1]) in self.numbers.values()
            if found and known and gathered.raw.strip() and not is_power(gathered.raw):
                gathered.mark(int(found[1]), printed)
                return
        for child in run:
            self.piece(child, gathered)

    def piece(self, piece: _Element, gathered: Gatherer) -> None:
        """One thing in a run."""
        name = local(piece)
        if name == "t":
            gathered.add(piece.text)
        elif name in ("footnoteReference", "endnoteReference"):
            key = (name.removesuffix("Reference"), attribute(piece, "id"))
            if key in self.numbers:
                gathered.mark(self.numbers[key])
        elif name == "sym":
            gathered.add(_symbol(attribute(piece, "char")))
        elif name == "fldChar":
            self.field(attribute(piece, "fldCharType"), gathered)
        elif name == "instrText" and self.fields:
            self.fields[-1].code += piece.text or ""
        elif name == "AlternateContent":
            self.inline(piece, gathered)
        else:
            gathered.add(_TEXT.get(name))

    def field(self, kind: str, gathered: Gatherer) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].start = gathered.length
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            if ended.start is not None and ended.start <= gathered.length:
                self.field_link(ended.code, ended.start, gathered)

    def remarks(self) -> Iterator[str]:
        """What a person should know of how the document was read."""
        if self.inserted or self.deleted:
            yield (
                "it has tracked changes, which are read as accepted:"
                f" {self.inserted} inserted, {self.deleted} deleted"
            )
        if self.hidden:
            yield f"{self.hidden} runs of hidden text are left out"


def _paragraphs(element: _Element) -> Iterator[_Element]:
    """The paragraphs in an element, in their order, with those in tables and text boxes."""
    for paragraph in element.iter("{*}p"):
        dropped = any(
            local(e) in ("Fallback", "del", "moveFrom") for e in paragraph.iterancestors()
        )
        if not dropped:
            yield paragraph


def _symbol(code: str) -> str:
    """A character that is given by its code; those of symbol fonts have none of their own."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= value <= 0xF8FF or value > 0x10FFFF else chr(value)
