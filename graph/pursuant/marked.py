"""What a document in Akoma Ntoso says of itself: its paragraphs, notes and hyperlinks.

The United Nations marks up resolutions by hand and links each document that a paragraph cites
(AKN4UN, https://unsceb-hlcm.github.io). That is the answer which `pursuant.evaluating` expects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pursuant.document import Part
from pursuant.errors import UnreadableSource
from pursuant.formats.addresses import symbol_of
from pursuant.formats.metadata import metadata
from pursuant.formats.xml import local, parse, text_in
from pursuant.reading import file_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from lxml.etree import _Element

_NS = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
_FORMULA = f"{_NS}container[@name='formula']"
_APART = frozenset({"list", "point", "sublist", "table", "embeddedStructure"})
_MARKER = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True, slots=True)
class MarkedUnit:
    """A paragraph or point as its editors marked it: its own text only.

    Attributes:
        number: as printed, "3" or "3(a)"; None in the preamble.
        links: symbols of the documents that its text links to.
        markers: (offset in the text, number) of the notes that hang on it.
        opaque: it also has a hyperlink that does not tell which document it leads to.
    """

    part: Part
    number: str | None
    text: str
    links: tuple[str, ...] = ()
    markers: tuple[tuple[int, int], ...] = ()
    opaque: bool = False


@dataclass(frozen=True, slots=True)
class MarkedNote:
    """A footnote: its text, and symbols of the documents that it links to."""

    text: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked-up resolution.

    Attributes:
        body: slug of the body that adopted it.
        adopted: ISO date of its adoption, if it tells.
        speaker: the words with which its body begins to speak: "The General Assembly,".
        wrapper: "Recommends to the Assembly the adoption of ...", where the units are a draft's.
        draft_speaker: the words with which the body begins to speak that is to adopt the draft.
        cover: the lines of its cover page, where most bodies print the date of adoption.
        close: the lines behind its last paragraph: meeting and date.
    """

    path: str
    symbol: str
    language: str
    body: str
    adopted: str | None
    title: str
    speaker: str
    units: tuple[MarkedUnit, ...]
    notes: Mapping[int, MarkedNote]
    wrapper: str | None = None
    draft_speaker: str | None = None
    cover: tuple[str, ...] = ()
    close: tuple[str, ...] = ()

    def cited(self, unit: MarkedUnit) -> set[str]:
        """Symbols that a unit links to, in its text or through its notes."""
        notes = (self.notes[number] for _, number in unit.markers)
        return {*unit.links, *(link for note in notes for link in note.links)}


def read(path: Path) -> Marked:
    """The document in a file.

    Raises:
        UnreadableSource: it is no Akoma Ntoso of a resolution, or holds what no text dump could be
            compared with: tables, several drafts, sections.
    """
    root = parse(file_bytes(path), path.name)
    statement = next((child for child in root if local(child) == "statement"), None)
    if statement is None:
        raise UnreadableSource(path.name, "there is no statement in it")
    return _Statement(path, statement).read()


def clean(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())


@dataclass(slots=True)
class _Inline:
    """Text that is being gathered, with its links and markers."""

    pieces: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    opaque: bool = False

    def unit(self, part: Part, number: str | None) -> MarkedUnit:
        text = clean("".join(self.pieces))
        plain, *rest = _MARKER.split(text)
        markers = []
        for note, piece in zip(rest[::2], rest[1::2], strict=True):
            markers.append((len(plain), int(note)))
            plain += piece
        return MarkedUnit(part, number, plain, tuple(self.links), tuple(markers), self.opaque)


class _Statement:
    """Reads one file."""

    def __init__(self, path: Path, statement: _Element) -> None:
        self.path = path
        self.statement = statement
        self.notes: dict[int, MarkedNote] = {}
        self.following = 1

    def refuse(self, why: str) -> UnreadableSource:
        return UnreadableSource(self.path.name, why)

    def read(self) -> Marked:
        statement, told = self.statement, metadata(self.statement)
        if not (told.symbol and told.language and told.adopted_by):
            raise self.refuse("it does not say whose resolution it is, and in which language")
        preamble, main = statement.find(f"{_NS}preamble"), statement.find(f"{_NS}mainBody")
        if preamble is None or main is None:
            raise self.refuse("it has no preamble or no main body")
        draft = self.draft(preamble, main)
        return Marked(
            path=str(self.path),
            symbol=told.symbol,
            language=told.language,
            body=told.adopted_by,
            adopted=told.adopted,
            title=told.title or "",
            speaker=_text(preamble.find(f"{_NS}formula")),
            units=self.units(preamble, main) if draft is None else self.units(draft, draft),
            notes=self.notes,
            wrapper=None if draft is None else self.wrapper(main),
            draft_speaker=None if draft is None else _text(draft.find(_FORMULA)),
            cover=tuple(_lines(statement.find(f"{_NS}coverPage"))),
            close=tuple(_lines(statement.find(f"{_NS}conclusions"))),
        )

    def draft(self, preamble: _Element, main: _Element) -> _Element | None:
        """The one draft that a document recommends, if it does."""
        if main.find(f".//{_NS}table") is not None:
            raise self.refuse("it has tables")
        drafts = main.findall(f".//{_NS}embeddedStructure")
        if not drafts:
            if main.find(f"{_NS}container") is not None:
                raise self.refuse("it has text outside of paragraphs")
            return None
        own = [*main.iterfind(f"{_NS}paragraph"), *preamble.iterfind(f"{_NS}container")]
        if len(drafts) > 1 or len(own) != 1:
            raise self.refuse("it recommends several drafts, or more than a draft")
        return drafts[0]

    def wrapper(self, main: _Element) -> str:
        """The words that recommend a draft."""
        inline = _Inline()
        self.gather(main.find(f"{_NS}paragraph/{_NS}content"), inline)
        return inline.unit(Part.OPERATIVE, None).text

    def units(self, preamble: _Element, main: _Element) -> tuple[MarkedUnit, ...]:
        units = [*self.preambular(preamble), *self.operative(main)]
        if not any(unit.part is Part.OPERATIVE for unit in units):
            raise self.refuse("it has no operative paragraph")
        return tuple(units)

    def preambular(self, parent: _Element) -> Iterator[MarkedUnit]:
        for container in parent.iterfind(f"{_NS}container"):
            if container.get("name") != "formula" or parent.tag == f"{_NS}preamble":
                yield self.unit(Part.PREAMBLE, None, container)

    def operative(self, parent: _Element) -> Iterator[MarkedUnit]:
        if any(e.tag not in (f"{_NS}paragraph", f"{_NS}container") for e in parent):
            raise self.refuse("it has sections")
        for paragraph in parent.iterfind(f"{_NS}paragraph"):
            label = re.sub(r"[\s.]", "", _text(paragraph.find(f"{_NS}num"))) or None
            lists = paragraph.findall(f"{_NS}list")
            intros = [e for each in lists for e in each.iterfind(f"{_NS}intro")]
            yield self.unit(Part.OPERATIVE, label, paragraph.find(f"{_NS}content"), *intros)
            for each in lists:
                yield from self.points(each, label or "")

    def points(self, parent: _Element, prefix: str) -> Iterator[MarkedUnit]:
        for child in parent:
            kind = local(child)
            if kind == "point":
                yield from self.point(child, prefix)
            elif kind in ("list", "sublist"):
                yield from self.points(child, prefix)

    def point(self, point: _Element, prefix: str) -> Iterator[MarkedUnit]:
        inner = re.sub(r"[\s().]", "", _text(point.find(f"{_NS}num")))
        number = f"{prefix}({inner})" if inner else prefix
        lists = [e for e in point if e.tag in (f"{_NS}list", f"{_NS}sublist")]
        intros = [each.find(f"{_NS}intro") for each in lists]
        yield self.unit(Part.OPERATIVE, number, point.find(f"{_NS}content"), *intros)
        for each in lists:
            yield from self.points(each, number)

    def unit(self, part: Part, number: str | None, *sources: _Element | None) -> MarkedUnit:
        inline = _Inline()
        for source in sources:
            self.gather(source, inline)
            inline.pieces.append(" ")
        return inline.unit(part, number)

    def gather(self, element: _Element | None, inline: _Inline) -> None:
        """Text, links and notes of an element, but not of the units within it."""
        if element is None:
            return
        inline.pieces.append(element.text or "")
        for child in element:
            kind = local(child)
            if kind == "authorialNote":
                self.note(child, inline)
            elif kind and kind not in _APART:
                if kind == "a":
                    self.link(child.get("href", ""), inline)
                self.gather(child, inline)
            inline.pieces.append(child.tail or "")

    def link(self, address: str, inline: _Inline) -> None:
        if symbol := symbol_of(address):
            inline.links.append(symbol)
        else:
            inline.opaque = True

    def note(self, element: _Element, inline: _Inline) -> None:
        marker = (element.get("marker") or "").strip()
        number = int(marker) if marker.isdigit() else self.following
        self.following = max(self.following, number + 1)
        within = _Inline()
        self.gather(element, within)
        if number not in self.notes:
            self.notes[number] = MarkedNote(clean("".join(within.pieces)), tuple(within.links))
        inline.opaque |= within.opaque
        inline.pieces.append(f"\ue000{number}\ue001")


def _text(element: _Element | None) -> str:
    return clean(text_in(element)) if element is not None else ""


def _lines(element: _Element | None) -> Iterable[str]:
    """The printed lines of a cover page or a close."""
    for paragraph in element.iterfind(f"{_NS}p") if element is not None else ():
        pieces = [paragraph.text or ""]
        for child in paragraph.iter():
            if child is paragraph:
                continue
            pieces += ["\n" if child.tag == f"{_NS}eol" else child.text or "", child.tail or ""]
        yield from filter(None, map(clean, "".join(pieces).split("\n")))
