"""From a file to a Document: reading, segmenting, citing, resolving, mandating, in this order."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from pursuant import acts, citing, reading, segmenting
from pursuant.aliasing import Aliases
from pursuant.citations import Invocation, collect
from pursuant.detecting import detect
from pursuant.document import (
    Citation,
    Disagreement,
    Document,
    Evidence,
    Footnote,
    Mandate,
    Mention,
    Paragraph,
    Part,
    Recognition,
    Status,
)
from pursuant.errors import UnreadableSource
from pursuant.folding import fold
from pursuant.languages import Language, codes, language_named
from pursuant.linking import take_in
from pursuant.mandating import Named, Reader
from pursuant.outlining import displayed, outline
from pursuant.paging import lay_out
from pursuant.register import register
from pursuant.resolving import Resolved, Resolver
from pursuant.timing import Calendar
from pursuant.tracing import place_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pursuant.citing import Found
    from pursuant.paragraphs import Unit

# Functions of what an act is grounded on, or done with; it is not what the act is about.
_GROUNDS = frozenset({"in-accordance-with", "framework", "legal-obligation", "bear-in-mind"})
_KINDS = {
    "entity": "entity",
    "programme": "programme",
    "platform": "platform",
    "doc": "publication",
}


def extract(source: Path | str | bytes, name: str = "-") -> Document:
    r"""Everything that Pursuant reads from one source.

    Args:
        source: the path of a file, or the bytes of one.
        name: what to call the source where bytes are given.

    >>> document = extract("A/RES/81/7. 合作\n大会，\n 1. 请秘书长执行第72/194号决议。".encode())
    >>> mandate, = document["op1"].mandates
    >>> mandate.force, mandate.addressees, document["op1"].citations[0].target
    ('request', ('secretary-general',), 'A/RES/72/194')

    Raises:
        UnreadableSource: it is no text, in no known language, or no whole resolution.
    """
    if not isinstance(source, bytes):
        return read(reading.read_file(Path(source)))
    return read(reading.read_bytes(source, name))


def read(source: reading.Source) -> Document:
    """The document that stands in the lines of a source.

    Raises:
        UnreadableSource: the lines are in no known language, or are no whole resolution.
    """
    language = language_of(source)
    found = structure(source, language)
    reader = _DocumentReader(found, language, source)
    frame, content, statement = found.frame, source.content, source.statement
    return Document(
        source=source.name,
        sha256=source.sha256,
        reader=source.reader,
        symbol=frame.symbol,
        language=language.code,
        title=frame.title,
        adopted=frame.adopted,
        adopted_by=frame.adopted_by,
        speaker=frame.speaker,
        draft=frame.draft,
        paragraphs=tuple(reader.paragraphs()),
        footnotes=tuple(reader.footnotes()),
        links=found.links,
        meeting=frame.meeting,
        format=str(source.format),
        subjects=statement.metadata.subjects if statement else (),
        display_only=content.display_only if content else False,
        remarks=content.remarks if content else (),
        disagreements=tuple(reader.disagreements),
    )


def language_of(source: reading.Source) -> Language:
    """The language that a source says it is in, or else that of its text.

    Raises:
        UnreadableSource: it is none of those known here.
    """
    said = source.statement.metadata.language if source.statement else None
    if said in codes():
        return language_named(said)
    if found := detect("\n".join(source.lines)):
        return found
    known = ", ".join(codes())
    raise UnreadableSource(source.name, f"its language is none of those known here ({known})")


def structure(source: reading.Source, language: Language) -> segmenting.Outline:
    """The outline of a source: as it is marked up, or else as its lines and blocks tell.

    Raises:
        UnreadableSource: there are no paragraphs, or the text breaks off.
    """
    if source.statement:
        return outline(source.statement, language)
    if source.content is None:
        return segmenting.segment(lay_out(source.lines, language), language, source.name)
    pages = source.content.pages()
    try:
        return segmenting.segment(pages, language, source.name)
    except UnreadableSource:
        if not source.content.display_only:
            raise
        return displayed(pages, language)


@dataclass
class _DocumentReader:
    """Reads the notes of an outline, then its paragraphs, each in its order."""

    outline: segmenting.Outline
    language: Language
    source: reading.Source

    def __post_init__(self) -> None:
        self.resolver = Resolver(self.language, register(), self.outline.frame)
        title = self.outline.frame.title or ""
        named = self.resolver.resolve(citing.find(title, self.language))
        about = frozenset(r.slug for r in named if r.slug and r.is_citation)
        self.resolver.about = about
        for item in named:
            self.resolver.remember(item)
        self.aliases = Aliases(self.language, about)
        self.aliases.read(title, named, {})
        self.disagreements: list[Disagreement] = []
        content = self.source.content
        self.links = (
            place_links(content.blocks, self.outline, marked=content.marked) if content else {}
        )
        texts = {f"fn{n}": text for n, text in sorted(self.outline.notes.items())}
        texts |= {unit.id: unit.text for unit in self.outline.units}
        backwards = content is not None and content.display_only
        self.found: dict[str, list[Found]] = {
            name: [] if backwards else citing.find(text, self.language)
            for name, text in texts.items()
        }
        for found in self.found.values():
            self.resolver.learn(found)
        self.notes: dict[int, list[Resolved]] = {
            number: self.resolved(f"fn{number}", text)
            for number, text in sorted(self.outline.notes.items())
        }
        frame = self.outline.frame
        self.calendar = Calendar(frame.speaker, frame.symbol, frame.adopted)
        self.chapeaux: dict[str, Mandate | None] = {}

    def resolved(
        self, name: str, text: str, notes: Mapping[int, Sequence[Resolved]] | None = None
    ) -> list[Resolved]:
        """What the text of a unit or note invokes and names, by its words and its hyperlinks."""
        resolved = self.resolver.resolve(self.found[name], notes)
        if notes is not None:
            resolved = self.aliases.read(text, resolved, notes)
        if links := self.links.get(name):
            linked = take_in(name, text, resolved, links, self.resolver)
            self.disagreements += linked.disagreements
            resolved = linked.resolved
        return [item for item in resolved if not item.quoted]

    def paragraphs(self) -> Iterator[Paragraph]:
        for unit in self.outline.units:
            yield self.paragraph(unit)

    def paragraph(self, unit: Unit) -> Paragraph:
        by_offset = {offset: self.notes.get(number, []) for offset, number in unit.markers}
        resolved = self.resolved(unit.id, unit.text, by_offset)
        named = list(_named(resolved))
        reader = Reader(unit.id, unit.text, self.language, named, calendar=self.calendar)
        found = acts.find_acts(unit.text, self.language, reader.addressed)
        invocations = [*self._in_text(unit, resolved), *self._in_notes(unit)]
        citations = collect(unit, self.outline.notes, invocations, found, self.language)
        reader.cited = _objects(unit, citations)
        mandates, recognitions = self._acts(unit, reader, found)
        return Paragraph(
            id=unit.id,
            part=unit.part,
            number=unit.number,
            order=unit.order,
            text=unit.text,
            footnotes=tuple(number for _, number in unit.markers),
            citations=tuple(citations),
            mandates=mandates,
            recognitions=recognitions,
            mentions=tuple(_mentions(unit, resolved, found)),
        )

    def _acts(
        self, unit: Unit, reader: Reader, found: list[acts.Act]
    ) -> tuple[tuple[Mandate, ...], tuple[Recognition, ...]]:
        """What a unit asks and what it says; a point goes on with what its chapeau asks."""
        if chapeau := self._chapeau(unit.id):
            mandates: tuple[Mandate, ...] = (reader.inherited(chapeau),)
            recognitions: tuple[Recognition, ...] = ()
        elif unit.part is Part.OPERATIVE:
            read = list(reader.mandates(found))
            mandates = tuple(m for m in read if m)
            pairs = zip(found, read, strict=True)
            recognitions = tuple(reader.recognition(act) for act, m in pairs if not m)
        else:
            mandates, recognitions = (), tuple(map(reader.recognition, found))
        if mandates and unit.text.rstrip().endswith((":", "：")):
            asks = not self.language.scope.search(fold(unit.text.rstrip()))
            self.chapeaux[unit.id] = mandates[-1] if asks else None
        return mandates, recognitions

    def _chapeau(self, name: str) -> Mandate | None:
        """What the nearest chapeau above a point asks: a heading of points stands between at most.

        "(c) Protection of civilians", with points of its own, ends without a colon.
        """
        while "-" in name:
            name = name.rpartition("-")[0]
            if name in self.chapeaux:
                return self.chapeaux[name]
        return None

    def _in_text(self, unit: Unit, resolved: Iterable[Resolved]) -> Iterator[Invocation]:
        for item in resolved:
            if item.is_citation:
                yield Invocation(item, unit.id, item.found.start)

    def _in_notes(self, unit: Unit) -> Iterator[Invocation]:
        for offset, number in unit.markers:
            for item in self.notes.get(number, ()):
                if item.is_citation:
                    yield Invocation(item, f"fn{number}", offset, footnote=number)

    def footnotes(self) -> Iterator[Footnote]:
        anchors: dict[int, dict[str, None]] = {number: {} for number in self.outline.notes}
        for unit in self.outline.units:
            for _, number in unit.markers:
                anchors.get(number, {})[unit.id] = None
        for number, text in sorted(self.outline.notes.items()):
            yield Footnote(number, text, tuple(anchors[number]), _attribution(self.notes[number]))


def _attribution(resolved: Sequence[Resolved]) -> tuple[str, ...]:
    """Who is credited in a note that invokes nothing."""
    if any(item.is_citation for item in resolved):
        return ()
    return tuple(dict.fromkeys(r.slug for r in resolved if r.slug and r.collection == "entity"))


def _named(resolved: Sequence[Resolved]) -> Iterator[Named]:
    """What a text names; who is named in a citation ("under Assembly resolution 1/2") acts not."""
    cited = sorted((r.found.start, r.found.end) for r in resolved if r.found.cited)
    ends = list(accumulate((end for _, end in cited), max))
    for item in resolved:
        if item.slug and item.status is Status.RESOLVED:
            found = item.found
            before = bisect_right(cited, found.start, key=itemgetter(0))
            within = before > 0 and ends[before - 1] >= found.end
            actor = item.collection == "entity" or "CollaborationFramework" in item.types
            actor = actor and not within
            title = found.rule == "title"
            proper = item.collection != "group" and "ActorGroup" not in item.types
            yield Named(item.slug, found.start, found.end, item.collection, actor, title, proper)


def _objects(unit: Unit, citations: Iterable[Citation]) -> list[tuple[int, str]]:
    """Where the instruments stand that an act may be about, not those that it goes by."""
    markers = {f"fn{number}": offset for offset, number in reversed(unit.markers)}
    places = [
        (markers.get(words.unit, words.start), citation.slug)
        for citation in citations
        if citation.slug and citation.function not in _GROUNDS
        for words in citation.evidence
    ]
    return sorted(places)


def _mentions(unit: Unit, resolved: Iterable[Resolved], found: list[acts.Act]) -> Iterator[Mention]:
    for item in resolved:
        if item.is_citation or item.slug is None:
            continue
        start, end = item.found.start, item.found.end
        kind = _KINDS.get(item.collection, "entity")
        function = None if kind == "entity" else acts.governing(found, start)
        evidence = Evidence(unit.id, start, end, unit.text[start:end])
        yield Mention(item.slug, kind, evidence, item.found.rule, function)


def extract_all(paths: Iterable[Path]) -> Iterator[Document | UnreadableSource]:
    """The documents of some files in their order; for one that cannot be read, why not."""
    for path in paths:
        try:
            yield extract(path)
        except UnreadableSource as error:
            yield error
