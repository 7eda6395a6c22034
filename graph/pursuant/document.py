"""A document as it was read: its parts, and what each paragraph cites, asks and names.

Language-neutral values with evidence. Spans count Unicode code points of the unit's normalised
text, [start, end), from 0. `Document.to_json` gives the object that `pursuant extract` prints.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pursuant.errors import UnknownName
from pursuant.symbol import cited_unit, is_heading, unit_id


class Part(StrEnum):
    """Where in a document a paragraph stands."""

    PREAMBLE = "preamble"
    OPERATIVE = "operative"
    ANNEX = "annex"


class Kind(StrEnum):
    """What a citation points to."""

    INSTRUMENT = "instrument"
    GROUP = "group"
    SELF = "self"


class Status(StrEnum):
    """Whether the target of a mention is known."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNRESOLVED = "unresolved"


class Reason(StrEnum):
    """Why the target of a mention is not known for sure: a concept of the reason scheme."""

    BODY_NOT_NAMED = "body-not-named"
    OWN_SYMBOL_UNKNOWN = "own-symbol-unknown"
    SERIES_UNKNOWN = "series-unknown"
    SEVERAL_MEANINGS = "several-meanings"
    TITLE_UNKNOWN = "title-unknown"
    TREATY_UNKNOWN = "treaty-unknown"


class Via(StrEnum):
    """How a paragraph names what it cites."""

    TEXT = "text"
    FOOTNOTE = "footnote"
    ANAPHORA = "anaphora"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that prove a statement, and the unit ("op24", "fn8") in which they stand."""

    unit: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class CitationEvidence(Evidence):
    """The words that invoke an instrument, how they do it, and the rule that read them."""

    via: Via
    rule: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One paragraph invokes one thing, with one function, in one or more places.

    Attributes:
        target: canonical symbol or register slug; None where unresolved.
        slug: last part of the target's IRI; None where unresolved.
        kind: instrument, group or self.
        status: resolved, ambiguous or unresolved.
        function: how it is invoked: a concept of the citation-function scheme.
        footnote: the footnote that names it or its source, if any.
        pinpoint: the part cited ("annex"), if any.
        evidence: the words, the first the one that a reader meets first.
        candidates: slugs it may be, where ambiguous.
        reason: why it is not resolved, as an English sentence.
        reason_kind: the same as a code, which has words in each language.
    """

    target: str | None
    slug: str | None
    kind: Kind
    status: Status
    function: str
    evidence: tuple[CitationEvidence, ...]
    footnote: int | None = None
    pinpoint: str | None = None
    candidates: tuple[str, ...] = ()
    reason: str | None = None
    reason_kind: Reason | None = None

    @property
    def unit(self) -> str | None:
        """Last part of the IRI of the unit that is cited: "op6-a", "annex"."""
        return cited_unit(self.pinpoint) if self.pinpoint and self.slug else None


@dataclass(frozen=True, slots=True)
class Partner:
    """With whom an act is to be done, and in which mode (cooperation, coordination, ...)."""

    entity: str
    mode: str


@dataclass(frozen=True, slots=True)
class When:
    """When an act is to be done, and for how long what it decides holds.

    Attributes:
        due: session at which to report, "A/75".
        due_date: ISO date until which to act.
        within: ISO period within which to act, "P90D".
        recurrence: ISO period after which to act again, "P1Y".
        duration: ISO period for which a mandate is given or renewed, "P12M".
        expires: ISO date on which that ends.
    """

    due: str | None = None
    due_date: str | None = None
    within: str | None = None
    recurrence: str | None = None
    duration: str | None = None
    expires: str | None = None


@dataclass(frozen=True, slots=True)
class Mandate:
    """One paragraph asks somebody to do something, with one force.

    Attributes:
        force: a concept of the force scheme, e.g. "request".
        verb: the operative verb as printed.
        addressees: slugs of those who are to act, in the order of the text.
        addressed_as: the words for them, where the register knows none of them.
        qualifier: words that narrow the addressees ("those that have not yet acceded"), if any.
        evidence: from the operative verb to the end of the act; of a point, its words.
        modifiers: what the verb's modifiers mean: "strongly", "also".
        when: session at which to report, deadlines, how often, for how long.
        change: what becomes of a body: a concept of the change scheme.
        body: its slug, if known.
        inherited_from: of a point, the words of its chapeau that ask.
    """

    force: str
    verb: str
    addressees: tuple[str, ...]
    evidence: Evidence
    qualifier: str | None = None
    partners: tuple[Partner, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    when: When = field(default_factory=When)
    change: str | None = None
    body: str | None = None
    addressed_as: str | None = None
    inherited_from: Evidence | None = None

    @property
    def due(self) -> str | None:
        """The session at which to report: "A/75"."""
        return self.when.due


@dataclass(frozen=True, slots=True)
class Recognition:
    """One paragraph notes, welcomes, reaffirms or stresses something; it asks nobody."""

    function: str
    verb: str
    evidence: Evidence
    agents: tuple[str, ...] = ()
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One paragraph names an entity, publication, programme or platform.

    `kind` is the collection of its IRI: entity, publication, programme or platform.
    """

    entity: str
    kind: str
    evidence: Evidence
    rule: str
    function: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A preambular or operative paragraph, or a point of one: its own text only.

    Attributes:
        id: last part of its IRI: pp1, op24, op3-a.
        number: as printed, "24" or "3(a)"; None in the preamble, which UN practice does not number.
        order: place among the paragraphs of its part, from 1.
        text: normalised, without markers, number or label; a number that Arabic sets as "1 -" stays
            in its text, as in the United Nations' own markup.
        footnotes: numbers of the notes whose markers it carries, in their order.
    """

    id: str
    part: Part
    number: str | None
    order: int
    text: str
    footnotes: tuple[int, ...] = ()
    citations: tuple[Citation, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    recognitions: tuple[Recognition, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading: a unit of its own, with an id such as h5 or annex-h2."""
        return is_heading(self.id)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from pursuant.displaying import paragraph_html

        return paragraph_html(self)


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note: its text, the paragraphs that carry its marker, and who is credited in it."""

    number: int
    text: str
    anchors: tuple[str, ...]
    attribution: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Last part of its IRI."""
        return f"fn{self.number}"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Words that read as one document and are linked to another.

    Attributes:
        unit: in which they stand.
        exact: the words.
        read: the symbol, or the register's slug, that they were read as.
        linked: the symbol that their hyperlink leads to.
        start: where they begin in the unit's text.
        end: where they end.
    """

    unit: str
    exact: str
    read: str
    linked: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One expression of a resolution, as read from one source.

    Attributes:
        source: name of the file, without its folder.
        sha256: of the bytes as received.
        reader: name and version of the reader and of the text normalisation.
        adopted: ISO date, or None.
        adopted_by: slug of the body that adopted it, or None.
        speaker: slug of the body in whose name the paragraphs speak.
        draft: whether the paragraphs are a draft that the adopting body recommends to the speaker.
        links: symbols that the source's hyperlinks lead to, in their order, repeated as they are.
        format: what the source is written in: txt, pdf, docx, html or akn.
        subjects: subject headings that its publisher gave it.
        display_only: the source does not hold its letters in the order of the words: texts are for
            the eye, and the instruments are those of the hyperlinks.
        remarks: what a person should know of how the source was read, a sentence each.
        disagreements: where a hyperlink leads to another document than its words name.
    """

    source: str
    sha256: str
    reader: str
    symbol: str | None
    language: str
    title: str | None
    adopted: str | None
    adopted_by: str | None
    speaker: str | None
    draft: bool
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...] = ()
    links: tuple[str, ...] = ()
    meeting: str | None = field(default=None)
    format: str = "txt"
    subjects: tuple[str, ...] = ()
    display_only: bool = False
    remarks: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    def __getitem__(self, unit: str) -> Paragraph:
        """The paragraph of a name in any spelling: "op24", "OP24", "24", "pp3", "3(a)".

        Raises:
            UnknownName: the document has no such paragraph.
        """
        wanted = unit_id(unit)
        for paragraph in self.paragraphs:
            if paragraph.id == wanted:
                return paragraph
        raise UnknownName(f"{self.symbol or self.source} has no paragraph {wanted}")

    def unit_text(self, unit: str) -> str:
        """Text of a paragraph ("op24") or footnote ("fn8")."""
        units: dict[str, str] = {p.id: p.text for p in self.paragraphs}
        units |= {note.id: note.text for note in self.footnotes}
        return units[unit]

    def to_json(self) -> dict[str, Any]:
        """The object that `pursuant extract` prints (data/extract.schema.json)."""
        from pursuant.printing import document_to_json

        return document_to_json(self)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from pursuant.displaying import document_html

        return document_html(self)
