"""Documents as the store holds them: read back from their graphs.

The inverse of `pursuant.rdf`: what comes out is the Document that went in, but for the order of
lists whose order the graph does not keep.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from pursuant import iri
from pursuant.document import (
    Citation,
    CitationEvidence,
    Disagreement,
    Document,
    Evidence,
    Footnote,
    Kind,
    Mandate,
    Mention,
    Paragraph,
    Part,
    Partner,
    Reason,
    Recognition,
    Status,
    Via,
    When,
)
from pursuant.errors import UnknownName
from pursuant.iri import OA, PREFIXES, UNCT, local
from pursuant.mandated import MODES
from pursuant.names import DOCUMENTS, likeliest, names_of
from pursuant.querying import in_document_order, unit_order
from pursuant.triples import Triples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pursuant.store import Store

_TITLE = PREFIXES["dcterms"] + "title"
_DERIVED = PREFIXES["prov"] + "wasDerivedFrom"
_PARTS = {"pp": Part.PREAMBLE, "op": Part.OPERATIVE}
# In the order of When.
_WHEN = ("due", "deadline", "deadlinePeriod", "recurrence", "termLength", "expiryDate")


def _parts(names: Sequence[str]) -> Iterable[tuple[str, Part]]:
    """Units with their parts: a heading is of the part of what stands behind it."""
    parts: list[Part] = []
    for name in reversed(names):
        of = _PARTS.get(name[:2], Part.ANNEX)
        parts.append(parts[-1] if parts and name.startswith("h") else of)
    return zip(names, reversed(parts), strict=True)


_Found = TypeVar("_Found")
_Kept = OrderedDict[tuple[str, str], "Held"]
_known: WeakKeyDictionary[Store, tuple[str, _Kept]] = WeakKeyDictionary()
_lock = Lock()
MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Summary:
    """A person's one line on a paragraph or a mandate, by language, and how far it was checked."""

    texts: Mapping[str, str]
    status: str


@dataclass(frozen=True, slots=True)
class Held:
    """A document in one language, and the summaries that people wrote of its parts."""

    slug: str
    document: Document
    summaries: Mapping[str, Summary]


def languages(store: Store) -> dict[str, tuple[str, ...]]:
    """Languages in which each document's text is held, by slug."""
    prefix = str(iri.graph(""))
    held: defaultdict[str, list[str]] = defaultdict(list)
    for graph in store.graphs():
        slug, dot, language = graph.removeprefix(prefix).rpartition(".")
        if graph.startswith(prefix) and dot and language != "review":
            held[slug].append(language)
    return {slug: tuple(found) for slug, found in sorted(held.items())}


def find(store: Store, name: str) -> str:
    """Slug of the document that a person means.

    Raises:
        UnknownName: nothing is called so, or its text is not held.
    """
    names = names_of(store)
    found = names.find(name, DOCUMENTS, "document")
    slug = local(found)
    if slug not in languages(store):
        raise UnknownName(f"the text of {names.target(found)} is not held, only its name")
    return slug


def read(store: Store, slug: str, language: str) -> Held:
    """A held document in a language, or in the likeliest there is.

    The documents of a revision that were asked for last are kept.
    """
    there = languages(store)[slug]
    key = (slug, likeliest(there, language))
    with _lock:
        kept = _of_revision(store)
        if (found := kept.get(key)) is not None:
            kept.move_to_end(key)
            return found
    found = _Reader(store, *key).held()
    with _lock:
        kept[key] = found
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return found


def together(store: Store, names: Sequence[str], language: str) -> list[Document]:
    """Documents side by side: in the language where all are held in it, else in one that all have.

    Where there is none, each is in the language or in the first that it has.

    Args:
        store: what is asked.
        names: symbols, slugs or titles.
        language: tag of the language that is wanted.

    Raises:
        UnknownName: one is not held.
    """
    slugs = [find(store, name) for name in names]
    there = languages(store)
    shared = set.intersection(*(set(there[slug]) for slug in slugs)) if slugs else set()
    chosen = likeliest(shared, language) if shared else language
    return [read(store, slug, chosen).document for slug in slugs]


def _of_revision(store: Store) -> _Kept:
    known = _known.get(store)
    if known is None or known[0] != store.revision or store.is_remote:
        known = _known[store] = (store.revision, OrderedDict())
    return known[1]


class _Reader:
    """Reads one document out of one graph."""

    def __init__(self, store: Store, slug: str, language: str) -> None:
        self.slug, self.language = slug, language
        self.store = store
        self.work = str(iri.document(slug))
        self.symbols = names_of(store).symbols
        self.said = Triples(store, str(iri.graph(f"{slug}.{language}")))
        self.reviewed = Triples(store, str(iri.graph(f"{slug}.review")))
        self.stated = self.said.subjects(UNCT.statedIn)

    def held(self) -> Held:
        return Held(self.slug, self.document(), self.summaries())

    def document(self) -> Document:
        said, work = self.said, self.work
        expression = str(iri.expression(self.slug, self.language))
        source = said.required(expression, _DERIVED)
        ids = in_document_order(map(local, said.subjects(UNCT.inDocument)[work]))
        texts = [name for name in ids if not name.startswith("fn")]
        speaker = said.one(self.unit(texts[0]), UNCT.speaker) if texts else None
        body = said.one(work, UNCT.adoptedBy)
        return Document(
            source=said.required(source, _TITLE),
            sha256=said.required(source, UNCT.sourceHash),
            reader=said.required(expression, UNCT.reader),
            symbol=self.symbols.get(work),
            language=self.language,
            title=said.one(work, _TITLE),
            adopted=said.one(work, UNCT.adoptionDate),
            adopted_by=local(body) if body else None,
            speaker=local(speaker) if speaker else None,
            draft=bool(said.one(work, UNCT.recommendsAdoptionOf)),
            paragraphs=tuple(self.paragraph(name, part) for name, part in _parts(texts)),
            footnotes=tuple(self.footnote(name) for name in ids if name not in texts),
            links=tuple(self.target(link) for link in said.all(expression, UNCT.linksTo)),
            meeting=said.one(work, UNCT.meeting),
            subjects=tuple(said.all(work, UNCT.subjectHeading)),
            remarks=tuple(said.all(expression, UNCT.remark)),
            disagreements=self.disagreements(ids),
        )

    def disagreements(self, ids: Sequence[str]) -> tuple[Disagreement, ...]:
        """The statements of links that disagree, in the order of the document."""
        nodes = [
            node
            for unit in map(self.unit, ids)
            for node in self.stated.get(unit, ())
            if node.startswith(f"{unit}-dis-")
        ]
        found = [each for node in nodes for each in self.disagreement(node)]
        places = {unit: place for place, unit in enumerate(ids)}
        return tuple(sorted(found, key=lambda each: (places[each.unit], each.start)))

    def disagreement(self, node: str) -> Iterable[Disagreement]:
        ends = (UNCT.readAs, UNCT.linkedTo)
        read, linked = (self.target(self.said.required(node, end)) for end in ends)
        for _, words in self.evidence(node):
            yield Disagreement(words.unit, words.exact, read, linked, words.start, words.end)

    def unit(self, name: str) -> str:
        return str(iri.unit(self.slug, name))

    def target(self, thing: str) -> str:
        return self.symbols.get(thing) or _slug(thing)

    def paragraph(self, name: str, part: Part) -> Paragraph:
        node = self.unit(name)
        notes = self.said.locals(node, UNCT.hasFootnote)
        return Paragraph(
            id=name,
            part=part,
            number=self.said.one(node, UNCT.label),
            order=int(self.said.required(node, UNCT.number)),
            text=self.said.required(node, UNCT.text),
            footnotes=tuple(sorted(int(note[2:]) for note in notes)),
            citations=self.statements(node, "-cit-", self.citation, _place),
            mandates=self.statements(node, "-man", self.mandate, _ordinal),
            recognitions=self.statements(node, "-rec", self.recognition, _ordinal),
            mentions=self.mentions(node),
        )

    def footnote(self, name: str) -> Footnote:
        node = self.unit(name)
        return Footnote(
            number=int(name[2:]),
            text=self.said.required(node, UNCT.text),
            anchors=tuple(sorted(self.said.locals(node, UNCT.anchoredIn), key=unit_order)),
            attribution=self.said.locals(node, UNCT.attributedTo),
        )

    def statements(
        self,
        node: str,
        infix: str,
        build: Callable[[str], _Found],
        order: Callable[[str, _Found], object],
    ) -> tuple[_Found, ...]:
        nodes = [each for each in self.stated.get(node, ()) if each.startswith(node + infix)]
        built = [(each, build(each)) for each in nodes]
        return tuple(found for _, found in sorted(built, key=lambda pair: order(*pair)))  # type: ignore[arg-type,return-value]

    def evidence(self, statement: str) -> list[tuple[str, Evidence]]:
        spans = self.said.all(statement, UNCT.evidence)
        return [(span, self.words(span)) for span in sorted(spans, key=_ordinal)]

    def words(self, span: str) -> Evidence:
        return Evidence(
            unit=local(self.said.required(span, UNCT.inUnit)),
            start=int(self.said.required(span, OA.start)),
            end=int(self.said.required(span, OA.end)),
            exact=self.said.required(span, OA.exact),
        )

    def citation(self, node: str) -> Citation:
        said = self.said
        cited, why = said.one(node, UNCT.cited), said.one(node, UNCT.reasonKind)
        kind = self.kind(cited)
        notes = said.locals(node, UNCT.viaFootnote)
        return Citation(
            target=self.target(cited) if cited else None,
            slug=self.slug if kind is Kind.SELF else _slug(cited) if cited else None,
            kind=kind,
            status=Status(local(said.required(node, UNCT.resolution))),
            function=local(said.required(node, UNCT.function)),
            evidence=tuple(
                CitationEvidence(
                    words.unit,
                    words.start,
                    words.end,
                    words.exact,
                    Via(local(said.required(span, UNCT.via))),
                    said.required(span, UNCT.rule),
                )
                for span, words in self.evidence(node)
            ),
            footnote=min((int(note[2:]) for note in notes), default=None),
            pinpoint=said.one(node, UNCT.citedPart),
            candidates=said.locals(node, UNCT.candidate),
            reason=said.one(node, UNCT.reason),
            reason_kind=Reason(local(why)) if why else None,
        )

    def kind(self, cited: str | None) -> Kind:
        if cited in (self.work, self.unit("draft")):
            return Kind.SELF
        return Kind.GROUP if cited and _collection(cited) == "group" else Kind.INSTRUMENT

    def mandate(self, node: str) -> Mandate:
        said = self.said
        return Mandate(
            force=local(said.required(node, UNCT.force)),
            verb=said.required(node, UNCT.verb),
            addressees=said.locals(node, UNCT.addressee),
            evidence=self.evidence(node)[0][1],
            addressed_as=said.one(node, UNCT.addressedAs),
            qualifier=said.one(node, UNCT.qualifier),
            partners=tuple(
                Partner(entity, mode)
                for name, mode in MODES.items()
                for entity in said.locals(node, UNCT[name])
            ),
            beneficiaries=said.locals(node, UNCT.beneficiary),
            conditions=said.locals(node, UNCT.condition),
            actions=said.locals(node, UNCT.action),
            modalities=said.locals(node, UNCT.modality),
            through=said.locals(node, UNCT.through),
            concerns=said.locals(node, UNCT.concerns),
            modifiers=tuple(said.all(node, UNCT.modifier)),
            when=self.when(node),
            change=self.local(node, UNCT.change),
            body=self.local(node, UNCT.changesBody),
            inherited_from=self.chapeau(node),
        )

    def when(self, node: str) -> When:
        return When(*(self.said.one(node, UNCT[name]) for name in _WHEN))

    def local(self, node: str, predicate: str) -> str | None:
        """The slug of the one thing that a property leads to, if any."""
        return next(iter(self.said.locals(node, predicate)), None)

    def chapeau(self, node: str) -> Evidence | None:
        """The words of a point's chapeau that ask."""
        mandate = self.said.one(node, UNCT.inheritsFrom)
        return self.evidence(mandate)[0][1] if mandate else None

    def recognition(self, node: str) -> Recognition:
        return Recognition(
            function=local(self.said.required(node, UNCT.function)),
            verb=self.said.required(node, UNCT.verb),
            evidence=self.evidence(node)[0][1],
            agents=self.said.locals(node, UNCT.agent),
            through=self.said.locals(node, UNCT.through),
        )

    def mentions(self, unit: str) -> tuple[Mention, ...]:
        nodes = [each for each in self.stated.get(unit, ()) if each.startswith(f"{unit}-men-")]
        found = (each for node in nodes for each in self.mention(node))
        return tuple(sorted(found, key=lambda each: (each.evidence.start, each.entity)))

    def mention(self, node: str) -> Iterable[Mention]:
        named = self.said.required(node, UNCT.names)
        for _, words in self.evidence(node):
            yield Mention(
                entity=local(named),
                kind=_collection(named).replace("doc", "publication"),
                evidence=words,
                rule=self.said.required(node, UNCT.rule),
                function=self.local(node, UNCT.function),
            )

    def summaries(self) -> dict[str, Summary]:
        reviews = self.reviewed.subjects(UNCT.reviews)
        found = {
            local(subject): Summary(
                self.reviewed.by_language(review, UNCT.summary),
                self.reviewed.required(review, UNCT.reviewStatus),
            )
            for subject, nodes in reviews.items()
            for review in nodes
        }
        return {name: summary for name, summary in found.items() if summary.texts}


def _collection(thing: str) -> str:
    return thing.removeprefix(str(iri.ID)).partition("/")[0]


def _slug(thing: str) -> str:
    return thing.removeprefix(str(iri.ID)).partition("/")[2]


def _ordinal(node: str, _: object = None) -> int:
    return int(node[len(node.rstrip("0123456789")) :])


def _place(_: str, citation: Citation) -> tuple[bool, int, int, str]:
    first = citation.evidence[0]
    in_note = first.via is Via.FOOTNOTE
    return in_note, (citation.footnote or 0) if in_note else 0, first.start, citation.target or ""
