"""What the reading page shows: text in pieces that link, and beside it what it invokes and asks."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pursuant import held, iri
from pursuant.document import Kind, Part, Status, Via
from pursuant.iri import UNCT, VOCAB
from pursuant.names import names_of
from pursuant_api import phrasing
from pursuant_api.pages import HERE, Words
from pursuant_api.things import Value, about, address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pursuant.document import Citation, Footnote, Mandate, Paragraph, When
    from pursuant.held import Held, Summary
    from pursuant.store import Store

_RIGHT_TO_LEFT = {"ar"}
_OUTLINED = {"zh": 15}
_OUTLINED_ELSE = 36


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by its label in the reader's language, with its page and its symbol, if any."""

    label: str
    href: str | None
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class Invoked:
    """One citation of a paragraph, as the margin tells it."""

    id: str
    what: Named | None
    how: str
    style: str
    via: str
    exact: str
    rule: str
    footnote: int | None
    pinpoint: str | None
    status: str
    reason: str | None
    candidates: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that one set of citations covers, and the note markers that follow it."""

    text: str
    cited: tuple[Invoked, ...]
    tied: bool
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asks:
    """One mandate of a paragraph, as the margin tells it."""

    id: str
    force: str
    verb: str
    who: tuple[Named, ...]
    partners: tuple[tuple[str, Named], ...]
    beneficiaries: tuple[Named, ...]
    conditions: tuple[str, ...]
    actions: tuple[str, ...]
    when: tuple[tuple[str, str], ...]
    change: tuple[str, Named | None] | None
    summary: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph or note with all that stands beside it."""

    id: str
    number: str
    start: str
    depth: int
    pieces: tuple[Piece, ...]
    invokes: tuple[Invoked, ...] = ()
    asks: tuple[Asks, ...] = ()
    summary: str | None = None
    status: str | None = None
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The reading page of one document in one language, for a reader of another perhaps."""

    slug: str
    symbol: str
    label: str
    titles: tuple[Value, ...]
    language: str
    direction: str
    languages: tuple[str, ...]
    adopted: str | None
    body: Named | None
    speaker: Named | None
    draft: bool
    adopted_as: Named | None
    adopted_as_unverified: bool
    parts: tuple[tuple[str, tuple[Row, ...]], ...]
    notes: tuple[Row, ...]
    source: str
    sha256: str


@cache
def underlines() -> Mapping[str, str]:
    """The family of underlines by citation function."""
    families = tomllib.loads((HERE / "underlines.toml").read_text(encoding="utf-8"))
    return {function: family for family, members in families.items() for function in members}


def reading_page(store: Store, found: Held, language: str, *, is_held: bool = True) -> Page:
    """All that the page of a document shows, in a reader's language; it may be held, or not."""
    return _Reader(store, found, language, is_held).page()


class _Reader:
    """Puts a held document into a reader's words."""

    def __init__(self, store: Store, found: Held, language: str, is_held: bool) -> None:
        self.is_held = is_held
        self.store, self.found, self.language = store, found, language
        self.document, self.slug = found.document, found.slug
        self.names = names_of(store)
        self.w = Words(language)

    def page(self) -> Page:
        document = self.document
        work = about(self.store, str(iri.document(self.slug)), self.language)
        facts = {fact.property: fact for fact in work.facts}
        draft = about(self.store, str(iri.unit(self.slug, "draft")), self.language)
        later = next((f for f in draft.facts if f.property == UNCT.adoptedAs.fragment), None)
        titles = facts["title"].values if "title" in facts else ()
        wanted = (document.language, self.language)
        return Page(
            slug=self.slug,
            symbol=document.symbol or self.slug,
            label=work.label,
            titles=self.title()
            or tuple(
                title for tag in dict.fromkeys(wanted) for title in titles if title.language == tag
            ),
            language=document.language,
            direction="rtl" if document.language in _RIGHT_TO_LEFT else "ltr",
            languages=self.languages(),
            adopted=document.adopted,
            body=self.entity(document.adopted_by),
            speaker=self.entity(document.speaker),
            draft=document.draft,
            adopted_as=self.thing(later.values[0].thing or "") if later else None,
            adopted_as_unverified=bool(later and later.unverified),
            parts=tuple(self.parts()),
            notes=tuple(self.note(note) for note in document.footnotes),
            source=document.source,
            sha256=document.sha256,
        )

    def languages(self) -> tuple[str, ...]:
        """In which it can be read here."""
        own = (self.document.language,)
        return held.languages(self.store)[self.slug] if self.is_held else own

    def title(self) -> tuple[Value, ...]:
        """Its own title, where the store is not asked for it."""
        if self.is_held or not self.document.title:
            return ()
        return (Value(self.document.title, self.document.language),)

    def parts(self) -> Iterable[tuple[str, tuple[Row, ...]]]:
        for part in Part:
            rows = tuple(self.row(p) for p in self.document.paragraphs if p.part is part)
            if rows:
                yield str(part), rows

    def thing(self, node: str) -> Named:
        symbol = self.names.symbols.get(node)
        return Named(self.names.label(node, self.language), address(node, self.store), symbol)

    def entity(self, slug: str | None) -> Named | None:
        return self.thing(self.actor(slug)) if slug else None

    def actor(self, slug: str) -> str:
        """IRI of whoever may act: an entity, else a group or an instrument that acts."""
        places = [str(iri.ID[f"{kind}/{slug}"]) for kind in ("entity", "doc", "group")]
        return next((each for each in places if each in self.names.labels), places[0])

    def concept(self, scheme: str, slug: str) -> str:
        return self.names.label(str(VOCAB[f"{scheme}/{slug}"]), self.language)

    def row(self, paragraph: Paragraph) -> Row:
        told = [
            self.invoked(paragraph.id, ordinal, citation)
            for ordinal, citation in enumerate(paragraph.citations, 1)
        ]
        pairs = list(zip(paragraph.citations, told, strict=True))
        summary = self.found.summaries.get(paragraph.id)
        return Row(
            id=paragraph.id,
            number=paragraph.number or str(paragraph.order),
            start=self.outlined(paragraph.text),
            depth=paragraph.id.count("-"),
            pieces=pieces(paragraph.text, paragraph.id, pairs, paragraph.footnotes),
            invokes=tuple(told),
            asks=tuple(
                self.asked(paragraph.id, ordinal, mandate)
                for ordinal, mandate in enumerate(paragraph.mandates, 1)
            ),
            summary=self.told(summary),
            status=summary.status if summary else None,
        )

    def note(self, note: Footnote) -> Row:
        pairs = [
            (citation, self.invoked(paragraph.id, ordinal, citation))
            for paragraph in self.document.paragraphs
            if paragraph.id in note.anchors[:1]
            for ordinal, citation in enumerate(paragraph.citations, 1)
        ]
        return Row(
            id=note.id,
            number=str(note.number),
            start="",
            depth=0,
            pieces=pieces(note.text, note.id, pairs, ()),
            anchors=note.anchors,
        )

    def outlined(self, text: str) -> str:
        length = _OUTLINED.get(self.document.language, _OUTLINED_ELSE)
        return text if len(text) <= length else f"{text[:length].rstrip()}…"

    def told(self, summary: Summary | None) -> str | None:
        if summary is None:
            return None
        return summary.texts.get(self.language) or next(iter(summary.texts.values()))

    def invoked(self, unit: str, ordinal: int, citation: Citation) -> Invoked:
        first = citation.evidence[0]
        return Invoked(
            id=f"{unit}-i{ordinal}",
            what=self.target(citation),
            how=self.concept("citation-function", citation.function),
            style=style(citation),
            via=str(first.via),
            exact=first.exact,
            rule=phrasing.rule(self.w, first.rule),
            footnote=citation.footnote,
            pinpoint=citation.pinpoint and phrasing.part(self.w, citation.pinpoint),
            status=str(citation.status),
            reason=self.reason(citation),
            candidates=tuple(self.thing(str(iri.document(slug))) for slug in citation.candidates),
        )

    def reason(self, citation: Citation) -> str | None:
        kind = citation.reason_kind
        return self.concept("reason", kind) if kind else citation.reason

    def target(self, citation: Citation) -> Named | None:
        if citation.slug is None:
            return None
        if citation.kind is Kind.SELF:
            return Named(self.document.symbol or self.slug, f"/documents/{self.slug}")
        kind = "group" if citation.kind is Kind.GROUP else "doc"
        return self.thing(str(iri.ID[f"{kind}/{citation.slug}"]))

    def asked(self, unit: str, ordinal: int, mandate: Mandate) -> Asks:
        summary = self.found.summaries.get(f"{unit}-man{ordinal}")
        return Asks(
            id=f"{unit}-a{ordinal}",
            force=self.concept("force", mandate.force),
            verb=mandate.verb,
            who=self.actors(mandate.addressees),
            partners=tuple(
                (partner.mode, self.thing(self.actor(partner.entity)))
                for partner in mandate.partners
            ),
            beneficiaries=self.actors(mandate.beneficiaries),
            conditions=tuple(self.concept("condition", each) for each in mandate.conditions),
            actions=tuple(self.concept("action", each) for each in mandate.actions),
            when=tuple(self.times(mandate.when)),
            change=self.change(mandate),
            summary=self.told(summary),
            status=summary.status if summary else None,
        )

    def times(self, when: When) -> Iterator[tuple[str, str]]:
        """What is known of when, with the interface's word for it, in the order of the margin."""
        for name in ("due", "due_date", "within", "recurrence", "duration", "expires"):
            if text := getattr(when, name):
                yield name, phrasing.period(self.w, text)

    def change(self, mandate: Mandate) -> tuple[str, Named | None] | None:
        """What becomes of a body, and of which, where that is known."""
        if not mandate.change:
            return None
        body = self.thing(self.actor(mandate.body)) if mandate.body else None
        return self.concept("change", mandate.change), body

    def actors(self, slugs: Sequence[str]) -> tuple[Named, ...]:
        return tuple(self.thing(self.actor(slug)) for slug in slugs)


def style(citation: Citation) -> str:
    """CSS classes of a citation: its function, the family of its underline, its certainty."""
    if citation.status is not Status.RESOLVED:
        return f"f-{citation.function} unresolved"
    family = underlines().get(citation.function, "recalls")
    group = " group" if citation.kind is Kind.GROUP else ""
    return f"f-{citation.function} {family}{group}"


def pieces(
    text: str,
    unit: str,
    citations: Sequence[tuple[Citation, Invoked]],
    notes: Sequence[int],
) -> tuple[Piece, ...]:
    """A text cut where a citation begins or ends.

    A piece lists the citations that cover it, the shortest first; it is tied where several have the
    same words, so that no one of them is where its link leads. A note's marker stands after the
    words of the citation that the note belongs to, else at the end.
    """
    spans = [
        (evidence.start, evidence.end, told)
        for citation, told in citations
        for evidence in citation.evidence
        if evidence.unit == unit
    ]
    placed = _placed(unit, citations, notes, len(text))
    cuts = sorted({0, len(text), *placed, *(each for s, e, _ in spans for each in (s, e))})
    return tuple(
        Piece(text[start:end], *_covering(spans, start, end), tuple(placed.get(end, ())))
        for start, end in pairwise(cuts)
    )


def _covering(
    spans: Iterable[tuple[int, int, Invoked]], start: int, end: int
) -> tuple[tuple[Invoked, ...], bool]:
    """Those that cover a stretch, the shortest first, and whether the first two are as long."""
    over = [(e - s, told) for s, e, told in spans if s <= start and end <= e]
    ranked = sorted(over, key=lambda pair: pair[0])
    tied = len(ranked) > 1 and ranked[0][0] == ranked[1][0]
    return tuple(dict.fromkeys(told for _, told in ranked)), tied


def _placed(
    unit: str, citations: Sequence[tuple[Citation, Invoked]], notes: Sequence[int], last: int
) -> dict[int, list[int]]:
    """Where the markers of notes stand: the graph keeps the paragraph, not the place in it."""
    placed: dict[int, list[int]] = {}
    for note in notes:
        ends = [
            evidence.end
            for citation, _ in citations
            if citation.footnote == note
            for evidence in citation.evidence
            if evidence.unit == unit and evidence.via is Via.TEXT
        ]
        placed.setdefault(min(ends, default=last), []).append(note)
    return placed
