"""The chosen citations as RDF: with the words that prove them, or in the terms of CiTO."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import chain
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from pursuant.content import serialize
from pursuant.iri import PREFIXES, UNCT, VOCAB, local
from pursuant.networks.gathering import Cited
from pursuant.paths import ONTOLOGY
from pursuant.querying import question
from pursuant.rdf_formats import RDF_FORMATS
from pursuant.store import solutions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pursuant.networks.choosing import Choice
    from pursuant.networks.columns import Fact
    from pursuant.networks.subject import Subject
    from pursuant.store import Store

CITO = "http://purl.org/spar/cito/"
_FUNCTIONS = f"{VOCAB}citation-function/"
_TYPE, _LABEL, _CLOSE, _CITES, _YEAR, _DATE = map(
    ox.NamedNode,
    (
        f"{PREFIXES['rdf']}type",
        f"{PREFIXES['rdfs']}label",
        f"{PREFIXES['skos']}closeMatch",
        f"{CITO}cites",
        f"{PREFIXES['xsd']}gYear",
        f"{PREFIXES['dcterms']}date",
    ),
)
_SHORTCUTS = {
    "document": ox.NamedNode(str(UNCT.documentCites)),
    "paragraph": ox.NamedNode(str(UNCT.cites)),
}
_STREAMED = ("ntriples", "nquads")


def write_rdf(subject: Subject, output: IO[bytes], form: str) -> None:
    """The citations behind a network, with evidence, and what is known of its nodes.

    N-Triples and N-Quads are written document by document, the others as a whole.
    """
    parts = chain(
        (_said_of(subject.store, str(facts["iri"])) for _, facts in subject.stream().nodes),
        _citations(subject),
    )
    if form not in _STREAMED:
        output.write(serialize(set(chain.from_iterable(parts)), RDF_FORMATS[form]))
        return
    for part in parts:
        output.write(serialize(set(part), RDF_FORMATS[form]))


def write_cito(subject: Subject, output: IO[bytes]) -> None:
    """Who cites whom in the Citation Typing Ontology, as Turtle.

    Each citation is a `cito:cites`; where our alignments match its function with a property of CiTO
    it is that too.
    """
    stream, triples = subject.stream(), set[ox.Triple]()
    things: dict[str, ox.NamedNode] = {}
    for name, facts in stream.nodes:
        things[name] = ox.NamedNode(str(facts["iri"]))
        triples.update(_node(things[name], facts))
    for a, b, facts in stream.edges:
        for each in (_CITES, *_characterized(str(facts["functions"]))):
            triples.add(ox.Triple(things[a], each, things[b]))
    output.write(serialize(triples, RDF_FORMATS["turtle"], {**PREFIXES, "cito": CITO}))


@cache
def characterizations() -> Mapping[str, ox.NamedNode]:
    """CiTO's properties by the functions that our alignments match with them."""
    found = {}
    for quad in ox.parse(path=ONTOLOGY / "alignments.ttl"):
        subject, matched = str(quad.subject.value), str(quad.object.value)
        if quad.predicate == _CLOSE and subject.startswith(_FUNCTIONS) and matched.startswith(CITO):
            found[local(subject)] = ox.NamedNode(matched)
    return found


def _characterized(functions: str) -> Iterator[ox.NamedNode]:
    known = characterizations()
    return (known[name] for name in functions.split("; ") if name in known)


def _node(thing: ox.NamedNode, facts: Mapping[str, Fact]) -> Iterator[ox.Triple]:
    yield ox.Triple(thing, _TYPE, ox.NamedNode(str(UNCT[str(facts["type"])])))
    yield ox.Triple(thing, _LABEL, ox.Literal(str(facts["label"])))
    if (year := facts.get("year")) is not None:
        yield ox.Triple(thing, _DATE, ox.Literal(f"{year:04}", datatype=_YEAR))


def _said_of(store: Store, thing: str) -> Iterator[ox.Triple]:
    terms = {"subject": ox.NamedNode(thing)}
    for row in solutions(store.query(question("ends_said"), substitutions=terms)):
        yield ox.Triple(row["subject"], row["predicate"], row["object"])


def _citations(subject: Subject) -> Iterator[Iterator[ox.Triple]]:
    """The chosen citations of each citing document."""
    belongs = subject.belonging()
    for document in subject.documents():
        yield _citations_of(document, subject, belongs)


def _citations_of(
    document: str, subject: Subject, belongs: Callable[[Cited], bool]
) -> Iterator[ox.Triple]:
    terms = {"document": ox.NamedNode(document)}
    said: defaultdict[str, list[ox.Triple]] = defaultdict(list)
    for row in solutions(subject.store.query(question("citations_said"), substitutions=terms)):
        triple = ox.Triple(row["subject"], row["predicate"], row["object"])
        said[row["citation"].value].append(triple)
    for citation, triples in said.items():
        for each in filter(belongs, _cited(document, citation, triples)):
            yield from triples
            yield from _shortcut(each, subject.choice)


def _cited(document: str, citation: str, triples: Iterable[ox.Triple]) -> Iterator[Cited]:
    """The citation that triples speak of, once for each of its functions."""
    values: defaultdict[str, list[str]] = defaultdict(list)
    for triple in triples:
        if triple.subject == ox.NamedNode(citation):
            values[local(triple.predicate.value)].append(triple.object.value)  # type: ignore[union-attr]
    target, part = (min(values[name], default=None) for name in ("cited", "citedUnit"))
    for function in values["function"]:
        yield Cited(document, values["statedIn"][0], target, function, part)


def _shortcut(each: Cited, choice: Choice) -> Iterator[ox.Triple]:
    if each.target is not None and choice.level in _SHORTCUTS:
        citing = each.document if choice.level == "document" else each.unit
        cites = _SHORTCUTS[choice.level]
        yield ox.Triple(ox.NamedNode(citing), cites, ox.NamedNode(each.target))
