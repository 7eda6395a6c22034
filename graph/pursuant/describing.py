"""What the data set is, for catalogues and crawlers: VoID and DCAT, counted from the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from pursuant import held, iri
from pursuant.iri import PREFIXES
from pursuant.querying import question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pursuant.store import Store

Node = ox.NamedNode | ox.BlankNode
OWN = {
    **{name: PREFIXES[name] for name in ("dcterms", "rdf", "rdfs", "sh", "skos", "owl", "xsd")},
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "formats": "http://www.w3.org/ns/formats/",
    "schema": "https://schema.org/",
}
TITLES = {
    "en": "Resolutions of UN bodies: what they invoke, and whom they ask to do what",
    "zh": "联合国各机构决议：援引哪些文书，要求谁做什么",
}
DESCRIPTIONS = {
    "en": "Paragraph by paragraph, which instruments resolutions invoke and whom they ask to do "
    "what, each statement with the words that prove it.",
    "zh": "逐段列出决议援引哪些文书、要求谁做什么，每项陈述均附原文依据。",
}
RIGHTS = {
    "en": "What is said of the texts is under the licence; the texts themselves are the United "
    "Nations'.",
    "zh": "对文本的陈述适用该许可；文本本身归联合国所有。",
}
KEYWORDS = {
    "en": ("United Nations", "resolutions", "citations", "mandates", "counter-terrorism"),
    "zh": ("联合国", "决议", "援引", "任务授权", "反恐"),
}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PUBLISHER = "Pursuant contributors"
DUMPS = {"dump.nq.gz": "application/n-quads", "dump.trig.gz": "application/trig"}
_FILES = {
    "documents.json": "application/json",
    "mandates.json": "application/json",
    "citations.json": "application/json",
    **{f"{name}.csv": "text/csv" for name in ("documents", "instruments", "entities", "mandates")},
}
_IANA = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"
_THEME = "http://publications.europa.eu/resource/authority/data-theme/JUST"
_VOCABULARIES = (str(iri.UNCT), PREFIXES["skos"], PREFIXES["dcterms"], PREFIXES["prov"])
_FEATURES = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N-Quads", "TriG")
# The data sets that ours links to, by the beginning of their IRIs (see counted_links.rq).
_LINKED = {
    "http://metadata.un.org/thesaurus/": ("unbis", "UNBIS Thesaurus"),
    "https://undocs.org/": ("undocs", "Official Document System of the United Nations"),
    "http://www.wikidata.org/entity/": ("wikidata", "Wikidata"),
}


@dataclass(frozen=True, slots=True)
class Statistics:
    """What is counted of a store.

    Attributes:
        statements: in the named graphs.
        classes: number of things by class.
        properties: numbers of statements and of things that they are about, by property.
        links: number of links by the property and the beginning of the IRIs that they lead to.
    """

    statements: int
    classes: Mapping[str, int]
    properties: Mapping[str, tuple[int, int]]
    links: Mapping[tuple[str, str], int]


_counted: WeakKeyDictionary[Store, tuple[str, Statistics]] = WeakKeyDictionary()


def statistics(store: Store) -> Statistics:
    """What is counted of a store; counted once for each revision."""
    known = _counted.get(store)
    if known is None or known[0] != store.revision:
        known = _counted[store] = (store.revision, _count(store))
    return known[1]


def _count(store: Store) -> Statistics:
    classes, properties, links = (
        store.select(question(f"counted_{name}")).rows
        for name in ("classes", "properties", "links")
    )
    return Statistics(
        store.count(),
        {str(name): int(str(number)) for name, number in sorted(classes)},
        {str(name): (int(str(n)), int(str(of))) for name, n, of in sorted(properties)},
        {(str(name), str(space)): int(str(n)) for name, space, n in sorted(links)},
    )


def dataset(base: str, store: Store) -> Iterator[ox.Triple]:
    """The data set, its parts and links, what it is given out as, and where it is asked.

    Args:
        base: address of the server that gives it out, without a slash at its end.
        store: what is described; of somebody else's endpoint nothing is counted.
    """
    place = f"{base}/.well-known/void"
    own = ox.NamedNode(f"{place}#dataset")
    yield from _about(own, ox.NamedNode(place))
    yield from _access(base, own, store)
    yield from _catalogue(base, own)
    yield from _distributions(base, own, store)
    if not store.is_remote:
        yield from _counts(own, statistics(store))
        yield from _linksets(own, place, statistics(store))


def _about(own: ox.NamedNode, place: ox.NamedNode) -> Iterator[ox.Triple]:
    yield a(place, "void:DatasetDescription")
    yield triple(place, "foaf:primaryTopic", own)
    yield a(own, "void:Dataset")
    yield a(own, "dcat:Dataset")
    yield from texts(own, "dcterms:title", TITLES)
    yield from texts(own, "dcterms:description", DESCRIPTIONS)
    for language, words in KEYWORDS.items():
        for word in words:
            yield triple(own, "dcat:keyword", ox.Literal(word, language=language))
    yield triple(own, "dcat:theme", ox.NamedNode(_THEME))
    yield triple(own, "dcterms:license", ox.NamedNode(LICENCE))
    yield from _rights(own)
    for name in ("https://w3id.org/unct/ontology", "https://w3id.org/unct/shapes"):
        yield triple(own, "dcterms:conformsTo", ox.NamedNode(name))
    yield triple(own, "void:uriSpace", ox.Literal(str(iri.ID)))
    for vocabulary in _VOCABULARIES:
        yield triple(own, "void:vocabulary", ox.NamedNode(vocabulary))
    for feature in _FEATURES:
        yield triple(own, "void:feature", term(f"formats:{feature}"))


def _rights(own: ox.NamedNode) -> Iterator[ox.Triple]:
    rights = ox.NamedNode(f"{own.value.partition('#')[0]}#rights")
    yield triple(own, "dcterms:rights", rights)
    yield a(rights, "dcterms:RightsStatement")
    yield from texts(rights, "rdfs:label", RIGHTS)


def _access(base: str, own: ox.NamedNode, store: Store) -> Iterator[ox.Triple]:
    endpoint = ox.NamedNode(f"{base}/sparql")
    access = ox.NamedNode(f"{base}/.well-known/void#service")
    yield triple(own, "void:sparqlEndpoint", endpoint)
    yield a(access, "dcat:DataService")
    yield triple(access, "dcat:endpointURL", endpoint)
    yield triple(access, "dcat:endpointDescription", endpoint)
    yield triple(access, "dcat:servesDataset", own)
    told = {language: f"SPARQL: {text}" for language, text in TITLES.items()}
    yield from texts(access, "dcterms:title", told)
    yield triple(own, "dcat:landingPage", ox.NamedNode(f"{base}/dataset"))
    languages = held.languages(store)
    for slug in list(languages)[:1]:
        yield triple(own, "void:exampleResource", ox.NamedNode(str(iri.document(slug))))
    for language in sorted({each for found in languages.values() for each in found}):
        yield triple(own, "dcterms:language", ox.NamedNode(_LANGUAGES + language))


def _catalogue(base: str, own: ox.NamedNode) -> Iterator[ox.Triple]:
    catalogue, publisher = (
        ox.NamedNode(f"{base}/.well-known/void#{name}") for name in ("catalog", "publisher")
    )
    yield a(catalogue, "dcat:Catalog")
    yield from texts(catalogue, "dcterms:title", {"en": "Pursuant", "zh": "Pursuant"})
    yield from texts(catalogue, "dcterms:description", DESCRIPTIONS)
    yield triple(catalogue, "dcat:dataset", own)
    yield triple(catalogue, "dcat:service", ox.NamedNode(f"{base}/.well-known/void#service"))
    yield triple(catalogue, "foaf:homepage", ox.NamedNode(f"{base}/"))
    for each in (own, catalogue):
        yield triple(each, "dcterms:publisher", publisher)
    yield a(publisher, "foaf:Agent")
    yield triple(publisher, "foaf:name", ox.Literal(PUBLISHER))


def _distributions(base: str, own: ox.NamedNode, store: Store) -> Iterator[ox.Triple]:
    dumps = {} if store.is_remote else DUMPS
    for name, media in (dumps | _FILES | {"sparql": None}).items():
        address = ox.NamedNode(f"{base}/{name}")
        each = ox.NamedNode(f"{base}/.well-known/void#{name}")
        yield triple(own, "dcat:distribution", each)
        yield a(each, "dcat:Distribution")
        yield triple(each, "dcat:accessURL", address)
        yield triple(each, "dcterms:license", ox.NamedNode(LICENCE))
        yield from texts(each, "dcterms:title", {"en": name, "zh": name})
        if media is None:
            service = ox.NamedNode(f"{base}/.well-known/void#service")
            yield triple(each, "dcat:accessService", service)
            continue
        yield triple(each, "dcat:downloadURL", address)
        yield triple(each, "dcat:mediaType", ox.NamedNode(_IANA + media))
        if name in dumps:
            yield triple(each, "dcat:compressFormat", ox.NamedNode(f"{_IANA}application/gzip"))
            yield triple(own, "void:dataDump", address)
    yield from _dated(own, store)


def _dated(own: ox.NamedNode, store: Store) -> Iterator[ox.Triple]:
    """The revision, and when it was made, where the store knows it."""
    if not store.is_remote:
        yield triple(own, "dcat:version", ox.Literal(store.revision))
    if store.written is not None:
        kind = ox.NamedNode(PREFIXES["xsd"] + "dateTime")
        made = ox.Literal(store.written.isoformat(timespec="seconds"), datatype=kind)
        yield triple(own, "dcterms:issued", made)
        yield triple(own, "dcterms:modified", made)


def _counts(own: ox.NamedNode, counted: Statistics) -> Iterator[ox.Triple]:
    yield triple(own, "void:triples", ox.Literal(counted.statements))
    yield triple(own, "void:classes", ox.Literal(len(counted.classes)))
    yield triple(own, "void:properties", ox.Literal(len(counted.properties)))
    for number, (name, things) in enumerate(counted.classes.items()):
        part = ox.BlankNode(f"c{number}")
        yield triple(own, "void:classPartition", part)
        yield triple(part, "void:class", ox.NamedNode(name))
        yield triple(part, "void:entities", ox.Literal(things))
    for number, (name, (statements, subjects)) in enumerate(counted.properties.items()):
        part = ox.BlankNode(f"p{number}")
        yield triple(own, "void:propertyPartition", part)
        yield triple(part, "void:property", ox.NamedNode(name))
        yield triple(part, "void:triples", ox.Literal(statements))
        yield triple(part, "void:distinctSubjects", ox.Literal(subjects))


def _linksets(own: ox.NamedNode, place: str, counted: Statistics) -> Iterator[ox.Triple]:
    for (predicate, space), number in counted.links.items():
        name, title = _LINKED[space]
        other = ox.NamedNode(f"{place}#{name}")
        links = ox.NamedNode(f"{place}#{iri.local(predicate)}-{name}")
        yield triple(own, "void:subset", links)
        yield a(links, "void:Linkset")
        yield triple(links, "void:subjectsTarget", own)
        yield triple(links, "void:objectsTarget", other)
        yield triple(links, "void:linkPredicate", ox.NamedNode(predicate))
        yield triple(links, "void:triples", ox.Literal(number))
        yield a(other, "void:Dataset")
        yield triple(other, "void:uriSpace", ox.Literal(space))
        yield triple(other, "dcterms:title", ox.Literal(title, language="en"))


def term(name: str) -> ox.NamedNode:
    """A term of another vocabulary by its short name.

    >>> term("void:Dataset").value
    'http://rdfs.org/ns/void#Dataset'
    """
    prefix, _, rest = name.partition(":")
    return ox.NamedNode(OWN[prefix] + rest)


def triple(subject: Node, name: str, value: Node | ox.Literal) -> ox.Triple:
    """A statement with a property by its short name."""
    return ox.Triple(subject, term(name), value)


def a(subject: Node, kind: str) -> ox.Triple:
    """That something is of a class, by its short name."""
    return triple(subject, "rdf:type", term(kind))


def texts(subject: Node, name: str, by_language: Mapping[str, str]) -> Iterator[ox.Triple]:
    """A text in each language."""
    for language, text in by_language.items():
        yield triple(subject, name, ox.Literal(text, language=language))
