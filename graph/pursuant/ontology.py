"""The ontology as people read it: terms, vocabularies and constraints, out of `ontology/*.ttl`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pursuant.bases import BASE
from pursuant.errors import UnknownName
from pursuant.iri import PREFIXES, SHAPES, UNCT, VOCAB, local
from pursuant.names import near
from pursuant.paths import ONTOLOGY
from pursuant.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    Texts = Mapping[str, str]

IRI = BASE + "ontology"
COLUMNS = ("term", "kind", "label", "definition", "domain", "range", "within")
_SKOS, _RDFS, _OWL, _SH = (PREFIXES[name] for name in ("skos", "rdfs", "owl", "sh"))
_DCTERMS, _TYPE = PREFIXES["dcterms"], PREFIXES["rdf"] + "type"
_SCHEMA = "https://schema.org/"
_KINDS = {
    _OWL + "Class": "class",
    _OWL + "ObjectProperty": "relation",
    _OWL + "DatatypeProperty": "value",
}
_MATCHES = (
    *(_SKOS + name for name in ("exactMatch", "closeMatch", "relatedMatch", "broadMatch")),
    *(_RDFS + name for name in ("subClassOf", "subPropertyOf")),
)


class Facts:
    """What some files say, by subject and property."""

    def __init__(self, *paths: Path) -> None:
        self._said: defaultdict[tuple[str, str], list[ox.Literal | str]] = defaultdict(list)
        self.subjects: dict[str, None] = {}
        self.prefixes: dict[str, str] = {}
        for number, path in enumerate(paths):
            parser = ox.parse(path=path)
            for quad in parser:
                subject, value = (_plain(t, number) for t in (quad.subject, quad.object))
                assert isinstance(subject, str)
                self.subjects[subject] = None
                self._said[subject, quad.predicate.value].append(value)
            self.prefixes |= parser.prefixes

    def nodes(self, subject: str, *properties: str) -> tuple[str, ...]:
        """The things that properties lead to, sorted."""
        found = (v for name in properties for v in self._said.get((subject, name), ()))
        return tuple(sorted(v for v in found if isinstance(v, str)))

    def texts(self, subject: str, name: str) -> dict[str, str]:
        """The texts of a property by language, "" where they have none."""
        found = (v for v in self._said.get((subject, name), ()) if isinstance(v, ox.Literal))
        return {v.language or "": v.value for v in found}

    def text(self, subject: str, name: str) -> str | None:
        """The only text of a property."""
        return next(iter(self.texts(subject, name).values()), None)

    def of_kind(self, kind: str) -> list[str]:
        """All things of a class, by IRI."""
        return sorted(s for s in self.subjects if kind in self.nodes(s, _TYPE))


def _plain(node: object, number: int) -> ox.Literal | str:
    if isinstance(node, ox.Literal):
        return node
    return node.value if isinstance(node, ox.NamedNode) else f"_:{number}{node}"


@dataclass(frozen=True, slots=True)
class Match:
    """What a term is in another vocabulary: the local name of the property, and the IRI."""

    how: str
    term: str


@dataclass(frozen=True, slots=True)
class Term:
    """A class or a property.

    Attributes:
        kind: "class", "relation" for a property that leads to a thing, "value" for one that does
            not.
        within: classes or properties that it is under.
        domain: classes of what a property is said of.
        range: classes of what it leads to, or the datatype of its values.
    """

    iri: str
    kind: str
    labels: Texts
    definitions: Texts
    notes: Texts
    examples: Texts
    within: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    inverses: tuple[str, ...]
    disjoint: tuple[str, ...]
    is_functional: bool
    matches: tuple[Match, ...]

    @property
    def name(self) -> str:
        """The end of its IRI."""
        return local(self.iri)


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a vocabulary, with labels in six languages."""

    iri: str
    notation: str
    labels: Texts
    definitions: Texts
    notes: Texts
    strength: str | None
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A vocabulary."""

    iri: str
    labels: Texts
    definitions: Texts
    concepts: tuple[Concept, ...]

    @property
    def name(self) -> str:
        """The end of its IRI."""
        return local(self.iri)


@dataclass(frozen=True, slots=True)
class Shape:
    """A constraint in words: what it is called, of which classes it speaks, and what to do."""

    iri: str
    titles: Texts
    messages: Texts
    severity: str
    targets: tuple[str, ...]
    path: str | None

    @property
    def name(self) -> str:
        """The end of its IRI."""
        return local(self.iri)


@dataclass(frozen=True, slots=True)
class Ontology:
    """All of it."""

    version: str
    version_iri: str
    prior: str | None
    issued: str | None
    licence: str
    titles: Texts
    descriptions: Texts
    terms: Mapping[str, Term]
    schemes: Mapping[str, Scheme]
    shapes: tuple[Shape, ...]
    prefixes: Mapping[str, str]

    def short(self, iri: str) -> str:
        """An IRI with the prefix that our files use for it, if any."""
        pairs = self.prefixes.items()
        fitting = ((space, prefix) for prefix, space in pairs if iri.startswith(space))
        space, prefix = max(fitting, default=("", ""))
        return f"{prefix}:{iri.removeprefix(space)}" if prefix else iri

    def of_kind(self, *kinds: str) -> tuple[Term, ...]:
        """The classes, or the properties, by name."""
        return tuple(term for term in self.terms.values() if term.kind in kinds)

    def under(self, name: str | None) -> tuple[Term, ...]:
        """The classes directly under one, or under none."""
        own = {str(UNCT[name])} if name else set()
        return tuple(c for c in self.of_kind("class") if set(c.within) == own or own & {*c.within})

    def said_of(self, name: str) -> tuple[Term, ...]:
        """The properties whose domain a class is."""
        return tuple(term for term in self.terms.values() if str(UNCT[name]) in term.domain)

    def led_to(self, name: str) -> tuple[Term, ...]:
        """The properties whose range a class is."""
        return tuple(term for term in self.terms.values() if str(UNCT[name]) in term.range)


@cache
def ontology(folder: Path = ONTOLOGY) -> Ontology:
    """The ontology in a folder; the one that Pursuant has is read once."""
    said = Facts(folder / "unct.ttl")
    aligned = Facts(folder / "alignments.ttl")
    terms = [
        _term(said, aligned, iri, name)
        for kind, name in _KINDS.items()
        for iri in said.of_kind(kind)
    ]
    return Ontology(
        version=said.text(IRI, _OWL + "versionInfo") or "",
        version_iri=next(iter(said.nodes(IRI, _OWL + "versionIRI")), IRI),
        prior=next(iter(said.nodes(IRI, _OWL + "priorVersion")), None),
        issued=said.text(IRI, _DCTERMS + "issued"),
        licence=next(iter(said.nodes(IRI, _DCTERMS + "license")), ""),
        titles=said.texts(IRI, _DCTERMS + "title"),
        descriptions=said.texts(IRI, _DCTERMS + "description"),
        terms={term.name: term for term in sorted(terms, key=lambda term: term.name.lower())},
        schemes=_schemes(folder, aligned),
        shapes=_shapes(Facts(folder / "shapes.ttl")),
        prefixes=said.prefixes | aligned.prefixes,
    )


def _term(said: Facts, aligned: Facts, iri: str, kind: str) -> Term:
    return Term(
        iri,
        kind,
        said.texts(iri, _SKOS + "prefLabel"),
        said.texts(iri, _SKOS + "definition"),
        said.texts(iri, _SKOS + "scopeNote"),
        said.texts(iri, _SKOS + "example"),
        within=said.nodes(iri, _RDFS + "subClassOf", _RDFS + "subPropertyOf"),
        domain=said.nodes(iri, _RDFS + "domain", _SCHEMA + "domainIncludes"),
        range=said.nodes(iri, _RDFS + "range", _SCHEMA + "rangeIncludes"),
        inverses=_inverses(said, iri),
        disjoint=said.nodes(iri, _OWL + "disjointWith"),
        is_functional=_OWL + "FunctionalProperty" in said.nodes(iri, _TYPE),
        matches=_matches(aligned, iri),
    )


def _inverses(said: Facts, iri: str) -> tuple[str, ...]:
    """Both ways: the file states it on one of the two."""
    inverse = _OWL + "inverseOf"
    of_it = (each for each in said.subjects if iri in said.nodes(each, inverse))
    return tuple(sorted({*said.nodes(iri, inverse), *of_it}))


def _matches(said: Facts, iri: str) -> tuple[Match, ...]:
    return tuple(Match(local(how), term) for how in _MATCHES for term in said.nodes(iri, how))


def _schemes(folder: Path, aligned: Facts) -> dict[str, Scheme]:
    found = {}
    for path in sorted((folder / "vocab").glob("*.ttl")):
        said = Facts(path)
        iri = str(VOCAB[path.stem])
        concepts = (_concept(said, aligned, each) for each in said.of_kind(_SKOS + "Concept"))
        labels, definitions = (said.texts(iri, _SKOS + n) for n in ("prefLabel", "definition"))
        found[path.stem] = Scheme(iri, labels, definitions, tuple(concepts))
    return found


def _concept(said: Facts, aligned: Facts, iri: str) -> Concept:
    return Concept(
        iri,
        said.text(iri, _SKOS + "notation") or local(iri),
        said.texts(iri, _SKOS + "prefLabel"),
        said.texts(iri, _SKOS + "definition"),
        said.texts(iri, _SKOS + "scopeNote"),
        said.text(iri, str(UNCT.strength)),
        (*_matches(said, iri), *_matches(aligned, iri)),
    )


def _shapes(said: Facts) -> tuple[Shape, ...]:
    names = (iri for iri in said.subjects if iri.startswith(str(SHAPES)))
    found = (_shape(said, iri) for iri in names if said.texts(iri, _SH + "name"))
    return tuple(sorted(found, key=lambda shape: (len(shape.name), shape.name)))


def _shape(said: Facts, iri: str) -> Shape:
    messages = said.texts(iri, _SH + "message")
    for part in said.nodes(iri, _SH + "sparql"):
        messages |= said.texts(part, _SH + "message")
    paths = (path for path in said.nodes(iri, _SH + "path") if not path.startswith("_:"))
    return Shape(
        iri,
        said.texts(iri, _SH + "name"),
        messages,
        local(next(iter(said.nodes(iri, _SH + "severity")), "Violation")),
        said.nodes(iri, _SH + "targetClass", _SH + "targetSubjectsOf", _SH + "targetObjectsOf"),
        next(paths, None),
    )


def terms(name: str | None = None, language: str = "en") -> Table:
    """The classes and properties as a table, or one of them.

    Args:
        name: with or without its prefix, in any case.
        language: of labels and definitions, "en" or "zh".

    Raises:
        UnknownName: there is no such term.
    """
    known = ontology()
    chosen: Iterable[Term] = known.terms.values()
    if name is not None:
        chosen = [known.terms[_named(name, known)]]
    rows = (
        (
            term.name,
            term.kind,
            term.labels.get(language),
            term.definitions.get(language),
            *(" | ".join(map(local, each)) for each in (term.domain, term.range, term.within)),
        )
        for term in chosen
    )
    return Table(COLUMNS, tuple(rows))


def _named(name: str, known: Ontology) -> str:
    wanted = name.removeprefix("unct:").removeprefix(str(UNCT))
    if wanted in known.terms:
        return wanted
    folded = {term.lower(): term for term in known.terms}
    if wanted.lower() in folded:
        return folded[wanted.lower()]
    raise UnknownName(f"the ontology has no term {name!r}{near(wanted.lower(), folded)}")
