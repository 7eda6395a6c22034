"""Akoma Ntoso as the UN writes it (AKN4UN): a statement with preface, preamble, paragraphs, points.

Structure and hyperlinks are taken as they stand. What the UN's files do where the standard leaves
a choice: a preambular paragraph is a `container`; a sub-list stands beside the point that it
belongs to; a draft that is recommended is a `component` or an `embeddedStructure`; an annex is an
`attachment`; a note that is invoked again is a superscript number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pursuant.document import Part
from pursuant.errors import UnreadableSource
from pursuant.folding import fold
from pursuant.formats.addresses import symbol_of
from pursuant.formats.blocks import Block, Content, Gatherer, Role, is_power
from pursuant.formats.metadata import Metadata, metadata, text_of
from pursuant.formats.xml import local, parse, text_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

READER = "akomantoso 1"

# Units of their own, inside what would else be the text of another.
_APART = frozenset({"list", "point", "sublist", "table", "embeddedStructure"})
_HEADINGS = frozenset({"heading", "subheading"})
_LISTS = frozenset({"list", "sublist"})
_FRAMES = frozenset({"coverPage", "preface", "conclusions", "formula"})
_MARKER = re.compile(r"\W*([1-9]\d{0,2})\W*")
# Classes of the UN's style sheet: H1, H23, HCh ... are headings of the first level, the second ...
_HEADING_CLASS = re.compile(r"H(?:Ch|(\d))")


@dataclass(frozen=True, slots=True)
class Item:
    """A unit as it is marked up; the depth of a point, from 1, is 0 for a paragraph."""

    part: Part
    block: Block
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """What an Akoma Ntoso file says.

    Attributes:
        content: all its text, block by block.
        items: its units, in their order.
        enacting: the words before the paragraphs that name who speaks ("The General Assembly,").
        is_draft: the paragraphs are a draft that the adopting body recommends.
    """

    content: Content
    items: tuple[Item, ...]
    metadata: Metadata
    enacting: str | None
    is_draft: bool


def read(data: bytes, name: str) -> Statement:
    """What stands in an Akoma Ntoso file.

    Raises:
        UnreadableSource: it is not well-formed, or holds no statement.
    """
    root = parse(data, name)
    statement = next((child for child in root if local(child) == "statement"), None)
    if local(root) != "akomaNtoso" or statement is None:
        raise UnreadableSource(name, "there is no statement in this Akoma Ntoso file")
    walker = _Walker(frozenset(_numbers(statement)))
    walker.statement(statement)
    return Statement(
        content=Content(tuple(walker.blocks), linked=tuple(walker.bare)),
        items=tuple(walker.items),
        metadata=metadata(statement),
        enacting=walker.enacting,
        is_draft=walker.is_draft,
    )


def _numbers(statement: _Element) -> Iterator[int]:
    for note in statement.iter("{*}authorialNote"):
        if found := _MARKER.fullmatch(fold(note.get("marker", ""))):
            yield int(found[1])


@dataclass(slots=True)
class _Walker:
    """Goes through a statement once, and turns its elements into blocks and units."""

    numbers: frozenset[int]
    blocks: list[Block] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    noted: set[int] = field(default_factory=set)
    enacting: str | None = None
    is_draft: bool = False
    part: Part = Part.OPERATIVE

    def statement(self, statement: _Element) -> None:
        """A statement, and those that are components of it.

        Where all that it does is to recommend a draft, the units are those of the draft.
        """
        drafts = statement.findall("./{*}components/{*}component/{*}statement")
        framed = _only_recommends(statement)
        self.is_draft = self.is_draft or framed
        for child in statement:
            name = local(child)
            if name == "preamble":
                self.preamble(child, framed=framed)
            elif name == "mainBody":
                self.main_body(child, framed=framed)
            elif name == "attachments":
                self.attachments(child)
            elif name in _FRAMES:
                self.frame(child)
        before, self.part = self.part, self.part if framed else Part.ANNEX
        for draft in drafts:
            self.statement(draft)
        self.part = before

    def frame(self, element: _Element) -> None:
        """What stands around the paragraphs: cover, title, speaker, date."""
        for paragraph in list(_paragraphs(element)) or [element]:
            self.block([paragraph], role=Role.FRAME)

    def preamble(self, preamble: _Element, *, framed: bool) -> None:
        for child in preamble:
            if local(child) == "formula" or child.get("name") == "formula":
                self.enacting = text_of(child)
                self.frame(child)
            elif framed:
                self.frame(child)
            elif local(child):
                self.container(child, self.preambular)

    @property
    def preambular(self) -> Part:
        """What a preambular paragraph is here: inside an annex, a part of the annex."""
        return Part.ANNEX if self.part is Part.ANNEX else Part.PREAMBLE

    def container(self, container: _Element, part: Part) -> None:
        self.unit([container], part)
        self.inside(container)

    def inside(self, element: _Element) -> None:
        """The tables and drafts that stand inside a paragraph."""
        for table in element.iter("{*}table"):
            for cell in _paragraphs(table):
                self.unit([cell], self.part)
        for draft in element.iter("{*}embeddedStructure"):
            self.embedded(draft)

    def main_body(self, body: _Element, *, framed: bool = False) -> None:
        for child in body:
            if framed:
                self.block([child], role=Role.FRAME)
                self.inside(child)
            else:
                self.division(child)

    def embedded(self, draft: _Element) -> None:
        """A draft that is embedded in the paragraph which recommends it."""
        for child in draft:
            if local(child) == "formula" or child.get("name") == "formula":
                self.enacting = text_of(child)
                self.frame(child)
            elif local(child) == "container":
                self.container(child, self.preambular)
            else:
                self.division(child)

    def division(self, element: _Element) -> None:
        """A paragraph, a heading, or a section that holds some."""
        name = local(element)
        if name == "paragraph":
            self.paragraph(element)
        elif name == "container":
            self.container(element, self.part)
        elif name in ("num", "p", "content", *_HEADINGS):
            self.unit([element], self.part, level=1 if name in _HEADINGS or name == "num" else 0)
        else:
            for child in element:
                self.division(child)

    def attachments(self, attachments: _Element) -> None:
        self.part, before = Part.ANNEX, self.part
        for element in attachments.iterfind("./{*}attachment/*/*"):
            if local(element) == "mainBody":
                self.main_body(element)
            elif local(element) != "meta":
                self.frame(element)
        self.part = before

    def paragraph(self, paragraph: _Element) -> None:
        lists = [e for e in paragraph if local(e) in _LISTS]
        own = [e for e in paragraph if local(e) in ("content", "intro")]
        own += [intro for each in lists for intro in each.iterfind("{*}intro")]
        self.headings(paragraph)
        label = _label(paragraph)
        if own or label:
            level = 0 if label else _level(paragraph, own)
            self.unit(own, self.part, label=label, level=level)
        for each in own:
            self.inside(each)
        for each in lists:
            self.points(each, 1)

    def headings(self, element: _Element) -> None:
        for child in element:
            if local(child) in _HEADINGS:
                self.unit([child], self.part, level=1 if local(child) == "heading" else 2)

    def points(self, listed: _Element, depth: int) -> None:
        for child in listed:
            if local(child) == "point":
                self.point(child, depth)
            elif local(child) in _LISTS:
                for intro in child.iterfind("{*}intro"):
                    self.unit([intro], self.part, level=3)
                self.points(child, depth + 1)

    def point(self, point: _Element, depth: int) -> None:
        lists = [e for e in point if local(e) in _LISTS]
        own = [e for e in point if local(e) in ("content", "intro")]
        own += [intro for each in lists for intro in each.iterfind("{*}intro")]
        self.headings(point)
        label = _label(point)
        self.unit(own, self.part, label=label, level=0 if label else 3, depth=depth)
        for each in lists:
            self.points(each, depth + 1)

    def unit(
        self,
        elements: Sequence[_Element],
        part: Part,
        *,
        label: str | None = None,
        level: int = 0,
        depth: int = 0,
    ) -> None:
        """Elements that are one unit together."""
        block = self.block(elements, label=label, level=level)
        if block.text or label:
            self.items.append(Item(part, block, depth))

    def block(
        self,
        elements: Iterable[_Element],
        *,
        role: Role = Role.BODY,
        label: str | None = None,
        level: int = 0,
        number: int | None = None,
    ) -> Block:
        """The text of some elements, and behind it the notes that hang on it."""
        gathered = Gatherer()
        notes: list[tuple[int, _Element]] = []
        for element in elements:
            self.inline(element, gathered, notes)
            gathered.add(" ")
        block = Block(
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
        self.bare += gathered.bare
        if block.text or label:
            self.blocks.append(block)
        for number, note in notes:
            self.block([note], role=Role.NOTE, number=number)
        return block

    def inline(
        self, element: _Element, gathered: Gatherer, notes: list[tuple[int, _Element]]
    ) -> None:
        """The text of an element; takes note of its links, and of the notes in it."""
        gathered.add(element.text)
        for child in element:
            name, start = local(child), gathered.length
            if name == "authorialNote":
                notes.append((self.note(child), child))
                gathered.mark(notes[-1][0])
            elif name == "sup" and (number := self.repeated(child, gathered)):
                gathered.mark(number, text_in(child))
            elif name == "eol":
                gathered.add(" ")
            elif name and name not in _APART:
                self.inline(child, gathered, notes)
            if name == "a" and (symbol := symbol_of(child.get("href", ""))):
                gathered.link(start, symbol)
            gathered.add(child.tail)

    def note(self, note: _Element) -> int:
        """The number of a note; one without marker has the next."""
        found = _MARKER.fullmatch(fold(note.get("marker", "")))
        number = int(found[1]) if found else max(self.noted, default=0) + 1
        self.noted.add(number)
        return number

    def repeated(self, superscript: _Element, gathered: Gatherer) -> int | None:
        """The number of a note that a superscript invokes again."""
        found = _MARKER.fullmatch(fold(text_in(superscript)))
        if not found or not gathered.raw.strip() or is_power(gathered.raw):
            return None
        return int(found[1]) if int(found[1]) in self.numbers else None


def _paragraphs(element: _Element) -> Iterator[_Element]:
    """The `p` in an element that are not of its notes."""
    for paragraph in element.iter("{*}p"):
        if not any(local(above) == "authorialNote" for above in paragraph.iterancestors()):
            yield paragraph


def _only_recommends(statement: _Element) -> bool:
    """Whether a statement has one paragraph, which recommends a draft."""
    components = statement.find("./{*}components/{*}component/{*}statement")
    embedded = statement.find("./{*}mainBody//{*}embeddedStructure")
    if components is None and embedded is None:
        return False
    preambular = [
        e for e in statement.iterfind("./{*}preamble/{*}container") if e.get("name") != "formula"
    ]
    return not preambular and len(statement.findall("./{*}mainBody/{*}paragraph")) == 1


def _label(element: _Element) -> str | None:
    label = element.find("{*}num")
    return (text_of(label) or None) if label is not None else None


def _level(paragraph: _Element, own: Iterable[_Element]) -> int:
    """The level of a heading that is marked as a paragraph; 0 for a paragraph without number.

    A heading has a class of its own, or is set in italic or bold as a whole.
    """
    if found := _HEADING_CLASS.match(paragraph.get("class", "")):
        return int(found[1] or 1)
    styled = [e for each in own for e in each.iter("{*}span", "{*}b", "{*}i")]
    whole = "".join(map(text_in, own))
    inside = "".join(map(text_in, styled))
    return 3 if whole.split() and "".join(whole.split()) == "".join(inside.split()) else 0
