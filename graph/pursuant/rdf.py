"""From a Document and its reviews to triples: the only module that knows how.

IRIs are made from what is said, not from counters that depend on the order of loading, so that the
same citation read from two languages is one node with two pieces of evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rdflib import DCTERMS, PROV, RDF, SKOS, XSD, Graph, Literal, URIRef

from pursuant import iri
from pursuant.classifying import STRATEGY, pillars, topics
from pursuant.document import CitationEvidence, Evidence, Kind, Part, Status
from pursuant.errors import BadData
from pursuant.iri import OA, UNCT, concept
from pursuant.naming import changed_body
from pursuant.symbol import slug as slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pursuant.document import (
        Citation,
        Disagreement,
        Document,
        Footnote,
        Mandate,
        Paragraph,
        Recognition,
        When,
    )
    from pursuant.register import Register

    Triples = set[tuple[URIRef, URIRef, URIRef | Literal]]

_CLASSES = {
    Part.PREAMBLE: UNCT.PreambularParagraph,
    Part.OPERATIVE: UNCT.OperativeParagraph,
    Part.ANNEX: UNCT.AnnexUnit,
}
_SERIES = {"A/RES": "ga", "S/RES": "sc", "E/RES": "ecosoc", "A/HRC/RES": "hrc"}
PARTNER = {
    "cooperation": UNCT.inCooperationWith,
    "coordination": UNCT.inCoordinationWith,
    "consultation": UNCT.inConsultationWith,
    "partnership": UNCT.inPartnershipWith,
    "sharing": UNCT.sharingWith,
    "through": UNCT.throughActor,
}


def document_graph(document: Document, register: Register) -> Graph:
    """The graph of one expression of a document; see `document_triples`."""
    name, triples = document_triples(document, register)
    graph = Graph(identifier=name)
    for triple in triples:
        graph.add(triple)
    return graph


def document_triples(document: Document, register: Register) -> tuple[URIRef, Triples]:
    """The triples of one expression of a document, and the name of their graph.

    They are a plain set: rdflib's graph takes most of the time to build, and few need its indexes.

    Args:
        document: as it was read; it must have a symbol.
        register: tells which collection a slug belongs to, and which instruments need no
            description here because the register has one.
    """
    writer = _Writer(document, register)
    return writer.name, writer.triples()


def thing_iri(slug: str, register: Register) -> URIRef:
    """IRI of a thing of the register by its slug.

    Raises:
        BadData: the register has no such thing.
    """
    if slug not in register.things:
        raise BadData(f"{slug} is not in the register")
    return iri.ID[f"{register.things[slug].collection}/{slug}"]


@dataclass
class _Writer:
    """Writes one document into one graph."""

    document: Document
    register: Register
    out: Triples = field(default_factory=set)
    spans: Counter[URIRef] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.slug = slug_of(self.document.symbol or "")
        self.units = {paragraph.id for paragraph in self.document.paragraphs}
        self.name = iri.graph(f"{self.slug}.{self.document.language}")
        self.work = iri.document(self.slug)
        cited = (citation for p in self.document.paragraphs for citation in p.citations)
        self.invokes_strategy = any(citation.slug == STRATEGY for citation in cited)

    def add(self, subject: URIRef, predicate: URIRef, *values: URIRef | Literal) -> None:
        for value in values:
            self.out.add((subject, predicate, value))

    def said(self, text: str) -> Literal:
        return Literal(text, lang=self.document.language)

    def unit(self, name: str) -> URIRef:
        return iri.unit(self.slug, name)

    def things(self, slugs: Iterable[str]) -> list[URIRef]:
        return [thing_iri(slug, self.register) for slug in slugs]

    def triples(self) -> Triples:
        self.expression()
        for paragraph in self.document.paragraphs:
            self.paragraph(paragraph)
        for footnote in self.document.footnotes:
            self.footnote(footnote)
        for found in self.document.disagreements:
            self.disagreement(found)
        self.shortcuts()
        return self.out

    def expression(self) -> None:
        document, work = self.document, self.work
        expression = iri.expression(self.slug, document.language)
        source = iri.source(document.sha256)
        self.described(work, document.symbol or "")
        if document.title:
            self.add(work, DCTERMS.title, self.said(document.title))
        if document.adopted:
            self.add(work, UNCT.adoptionDate, Literal(document.adopted, datatype=XSD.date))
        if document.adopted_by:
            self.add(work, UNCT.adoptedBy, iri.entity(document.adopted_by))
        if document.meeting:
            self.add(work, UNCT.meeting, Literal(document.meeting))
        if document.draft:
            self.add(work, UNCT.recommendsAdoptionOf, self.unit("draft"))
            self.add(self.unit("draft"), RDF.type, UNCT.DraftResolution)
        self.add(expression, RDF.type, UNCT.Expression)
        self.add(expression, UNCT.realizes, work)
        self.add(expression, DCTERMS.language, Literal(document.language))
        self.add(expression, UNCT.reader, Literal(document.reader))
        self.add(work, UNCT.subjectHeading, *map(Literal, document.subjects))
        self.add(expression, UNCT.remark, *map(Literal, document.remarks))
        self.add(expression, PROV.wasDerivedFrom, source)
        for symbol in document.links:
            self.add(expression, UNCT.linksTo, self.instrument(symbol))
        self.add(source, RDF.type, PROV.Entity)
        self.add(source, UNCT.sourceHash, Literal(document.sha256))
        self.add(source, DCTERMS.title, Literal(document.source))
        self.add(self.name, PROV.wasDerivedFrom, source)

    def described(self, node: URIRef, symbol: str) -> None:
        """Give an instrument that the register lacks a type, its symbol and its series' body."""
        if slug_of(symbol) in self.register.things:
            return
        series = next((s for s in _SERIES if symbol.startswith(f"{s}/")), None)
        kind = UNCT.Resolution if series else UNCT.Decision if "/DEC/" in symbol else UNCT.Report
        if "/PRST/" in symbol:
            kind = UNCT.PresidentialStatement
        self.add(node, RDF.type, kind)
        self.add(node, UNCT.symbol, Literal(symbol))
        self.add(node, SKOS.prefLabel, Literal(symbol, lang="en"), Literal(symbol, lang="zh"))
        if series:
            self.add(node, UNCT.adoptedBy, iri.entity(_SERIES[series]))

    def instrument(self, symbol: str) -> URIRef:
        node = iri.document(slug_of(symbol))
        self.described(node, symbol)
        return node

    def paragraph(self, paragraph: Paragraph) -> None:
        node = self.unit(paragraph.id)
        parent = paragraph.id.rpartition("-")[0]
        is_point = parent in self.units
        kind = UNCT.Heading if paragraph.is_heading else _CLASSES[paragraph.part]
        is_annex = paragraph.part is Part.ANNEX
        self.add(node, RDF.type, UNCT.Point if is_point and not is_annex else kind)
        if is_point:
            self.add(node, UNCT.partOf, self.unit(parent))
        number = int(paragraph.number or 0) if not is_point else 0
        number = number or paragraph.order
        self.add(node, UNCT.number, Literal(number))
        if paragraph.number:
            self.add(node, UNCT.label, Literal(paragraph.number))
        if self.document.speaker:
            self.add(node, UNCT.speaker, iri.entity(self.document.speaker))
        self.text_unit(node, paragraph.text)
        for number in paragraph.footnotes:
            self.add(node, UNCT.hasFootnote, self.unit(f"fn{number}"))
        self.citations(paragraph)
        for ordinal, mandate in enumerate(paragraph.mandates, 1):
            self.mandate(self.unit(f"{paragraph.id}-man{ordinal}"), node, mandate)
        for ordinal, recognition in enumerate(paragraph.recognitions, 1):
            self.recognition(self.unit(f"{paragraph.id}-rec{ordinal}"), node, recognition)
        self.mentions(paragraph)
        self.topics(paragraph)

    def text_unit(self, node: URIRef, text: str) -> None:
        self.add(node, UNCT.inDocument, self.work)
        self.add(node, UNCT.text, self.said(text))

    def footnote(self, footnote: Footnote) -> None:
        node = self.unit(footnote.id)
        self.add(node, RDF.type, UNCT.Footnote)
        self.add(node, UNCT.number, Literal(footnote.number))
        self.add(node, UNCT.label, Literal(str(footnote.number)))
        self.text_unit(node, footnote.text)
        self.add(node, UNCT.anchoredIn, *(self.unit(anchor) for anchor in footnote.anchors))
        self.add(node, UNCT.attributedTo, *self.things(footnote.attribution))

    def statement(self, node: URIRef, kind: URIRef, unit: URIRef, *evidence: Evidence) -> None:
        self.add(node, RDF.type, kind)
        self.add(node, UNCT.statedIn, unit)
        self.add(node, UNCT.reviewStatus, Literal("machine"))
        for words in evidence:
            self.spans[node] += 1
            span = URIRef(f"{node}-ev{self.spans[node]}")
            self.add(node, UNCT.evidence, span)
            self.add(span, RDF.type, UNCT.TextSpan)
            self.add(span, UNCT.inUnit, self.unit(words.unit))
            self.add(span, OA.exact, Literal(words.exact))
            self.add(span, OA.start, Literal(words.start))
            self.add(span, OA.end, Literal(words.end))
            self.add(span, UNCT.spanLanguage, Literal(self.document.language))
            if isinstance(words, CitationEvidence):
                self.add(span, UNCT.via, concept("via", words.via))
                self.add(span, UNCT.rule, Literal(words.rule))

    def citations(self, paragraph: Paragraph) -> None:
        used: dict[str, int] = {}
        for citation in paragraph.citations:
            name = self.cited_name(citation)
            used[name] = used.get(name, 0) + 1
            suffix = "" if used[name] == 1 else f"-{used[name]}"
            suffix = str(used[name]) if name == "u" else suffix
            node = self.unit(f"{paragraph.id}-cit-{name}{suffix}")
            self.citation(node, self.unit(paragraph.id), citation)

    @staticmethod
    def cited_name(citation: Citation) -> str:
        if citation.status is not Status.RESOLVED:
            return "u"
        return "self" if citation.kind is Kind.SELF else citation.slug or ""

    def citation(self, node: URIRef, unit: URIRef, citation: Citation) -> None:
        self.statement(node, UNCT.Citation, unit, *citation.evidence)
        self.add(node, UNCT.function, concept("citation-function", citation.function))
        self.add(node, UNCT.resolution, concept("resolution", citation.status))
        self.add(node, UNCT.rule, Literal(citation.evidence[0].rule))
        notes = {e.unit for e in citation.evidence if e.unit.startswith("fn")}
        self.add(node, UNCT.viaFootnote, *(self.unit(note) for note in sorted(notes)))
        if citation.pinpoint:
            self.add(node, UNCT.citedPart, Literal(citation.pinpoint))
        if citation.unit and citation.kind is Kind.INSTRUMENT:
            self.add(node, UNCT.citedUnit, iri.unit(citation.slug or "", citation.unit))
        if citation.reason:
            self.add(node, UNCT.reason, Literal(citation.reason))
        if citation.reason_kind:
            self.add(node, UNCT.reasonKind, concept("reason", citation.reason_kind))
        self.add(node, UNCT.candidate, *self.concerned(citation.candidates))
        if citation.status is Status.RESOLVED:
            self.add(node, UNCT.cited, self.cited(citation))

    def cited(self, citation: Citation) -> URIRef:
        if citation.kind is Kind.SELF:
            return self.unit("draft") if self.document.draft else self.work
        if citation.kind is Kind.GROUP:
            return thing_iri(citation.slug or "", self.register)
        if citation.slug and citation.slug in self.register.things:
            return iri.document(citation.slug)
        return self.instrument(citation.target or "")

    def mandate(self, node: URIRef, unit: URIRef, mandate: Mandate) -> None:
        self.statement(node, UNCT.Mandate, unit, mandate.evidence)
        self.add(node, UNCT.force, concept("force", mandate.force))
        self.add(node, UNCT.verb, self.said(mandate.verb))
        self.add(node, UNCT.addressedAs, *map(self.said, filter(None, [mandate.addressed_as])))
        self.add(node, UNCT.qualifier, *map(self.said, filter(None, [mandate.qualifier])))
        self.add(node, UNCT.addressee, *self.things(mandate.addressees))
        for partner in mandate.partners:
            self.add(node, PARTNER[partner.mode], thing_iri(partner.entity, self.register))
        self.add(node, UNCT.beneficiary, *self.things(mandate.beneficiaries))
        self.add(node, UNCT.condition, *(concept("condition", c) for c in mandate.conditions))
        self.add(node, UNCT.action, *(concept("action", a) for a in mandate.actions))
        self.add(node, UNCT.modality, *(concept("modality", m) for m in mandate.modalities))
        self.add(node, UNCT.through, *self.things(mandate.through))
        self.add(node, UNCT.concerns, *self.concerned(mandate.concerns))
        self.add(node, UNCT.modifier, *map(Literal, mandate.modifiers))
        self.times(node, mandate.when)
        if mandate.change:
            self.add(node, UNCT.change, concept("change", mandate.change))
        self.add(node, UNCT.changesBody, *map(iri.entity, filter(None, [mandate.body])))
        if mandate.change and not mandate.body:
            name = changed_body(mandate.evidence.exact, self.document.language)
            self.add(node, UNCT.changedName, *map(self.said, filter(None, [name])))
        if mandate.inherited_from:
            self.add(node, UNCT.inheritsFrom, self.last_mandate(mandate.inherited_from.unit))

    def times(self, node: URIRef, when: When) -> None:
        texts = {
            UNCT.due: when.due,
            UNCT.deadlinePeriod: when.within,
            UNCT.recurrence: when.recurrence,
            UNCT.termLength: when.duration,
        }
        days = {UNCT.deadline: when.due_date, UNCT.expiryDate: when.expires}
        values = [(name, Literal(text)) for name, text in texts.items() if text]
        values += [(name, Literal(day, datatype=XSD.date)) for name, day in days.items() if day]
        for name, value in values:
            self.add(node, name, value)

    def last_mandate(self, unit: str) -> URIRef:
        """The mandate that the points of a paragraph go on with."""
        return self.unit(f"{unit}-man{len(self.document[unit].mandates)}")

    def concerned(self, slugs: Iterable[str]) -> list[URIRef]:
        return [
            thing_iri(slug, self.register) if slug in self.register.things else iri.document(slug)
            for slug in slugs
            if slug != self.slug
        ]

    def recognition(self, node: URIRef, unit: URIRef, recognition: Recognition) -> None:
        self.statement(node, UNCT.Recognition, unit, recognition.evidence)
        self.add(node, UNCT.function, concept("citation-function", recognition.function))
        self.add(node, UNCT.verb, self.said(recognition.verb))
        self.add(node, UNCT.agent, *self.things(recognition.agents))
        self.add(node, UNCT.through, *self.things(recognition.through))

    def mentions(self, paragraph: Paragraph) -> None:
        told = set()
        for mention in paragraph.mentions:
            node = self.unit(f"{paragraph.id}-men-{mention.entity}")
            self.statement(node, UNCT.Mention, self.unit(paragraph.id), mention.evidence)
            self.add(node, UNCT.names, thing_iri(mention.entity, self.register))
            self.add(node, UNCT.rule, Literal(mention.rule))
            if mention.function and node not in told:
                told.add(node)
                self.add(node, UNCT.function, concept("citation-function", mention.function))

    def topics(self, paragraph: Paragraph) -> None:
        """What a paragraph is about, by its words; what they say of a mandate is the mandate's."""
        unit = self.unit(paragraph.id)
        for topic in topics(paragraph.text, self.document.language):
            start, end = topic.start, topic.end
            node = self.unit(f"{paragraph.id}-top-{topic.slug}")
            words = Evidence(paragraph.id, start, end, paragraph.text[start:end])
            self.statement(node, UNCT.Classification, unit, words)
            about = [node, unit]
            for ordinal, mandate in enumerate(paragraph.mandates, 1):
                if mandate.evidence.start <= start and end <= mandate.evidence.end:
                    about.append(self.unit(f"{paragraph.id}-man{ordinal}"))
            pillar = pillars().get(topic.slug) if self.invokes_strategy else None
            for subject in about:
                self.add(subject, UNCT.topic, concept("topic", topic.slug))
                self.add(subject, UNCT.pillar, *([concept("pillar", pillar)] if pillar else ()))

    def disagreement(self, found: Disagreement) -> None:
        node = self.unit(f"{found.unit}-dis-{slug_of(found.read)}-{slug_of(found.linked)}")
        words = Evidence(found.unit, found.start, found.end, found.exact)
        self.statement(node, UNCT.LinkDisagreement, self.unit(found.unit), words)
        self.add(node, UNCT.readAs, self.instrument(found.read))
        self.add(node, UNCT.linkedTo, self.instrument(found.linked))

    def shortcuts(self) -> None:
        """unct:cites, unct:documentCites and unct:mentions: derived, never asserted by hand."""
        own = {self.work, self.unit("draft")}
        stated = defaultdict(list)
        for statement, unit in self.pairs(UNCT.statedIn):
            stated[statement].append(unit)
        for citation, cited in self.pairs(UNCT.cited):
            for unit in stated[citation]:
                self.add(unit, UNCT.cites, cited)
                if cited not in own:
                    self.add(self.work, UNCT.documentCites, cited)
        for mention, named in self.pairs(UNCT.names):
            for unit in stated[mention]:
                self.add(unit, UNCT.mentions, named)

    def pairs(self, predicate: URIRef) -> list[tuple[URIRef, URIRef]]:
        """What a property leads from, and to, where both are things."""
        return [(s, o) for s, p, o in self.out if p == predicate and isinstance(o, URIRef)]
