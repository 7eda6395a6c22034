"""The ontology, its alignments and its concept schemes: sound, connected, and in its own style."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from rdflib import (
    DCTERMS,
    ODRL2,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SDO,
    SKOS,
    XSD,
    BNode,
    Graph,
    Literal,
    Namespace,
    URIRef,
)

from pursuant.paths import DATA, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

UNCT = Namespace("https://w3id.org/unct/ontology#")
VOCAB = "https://w3id.org/unct/vocab/"

SCHEME_FILES = sorted((ONTOLOGY / "vocab").glob("*.ttl"))
LAID_OUT = [ONTOLOGY / "unct.ttl", ONTOLOGY / "alignments.ttl", *SCHEME_FILES]
REGISTER_FILES = sorted((DATA / "register").glob("*.ttl"))

LANGUAGES = ["en", "zh", "fr", "es", "ru", "ar"]

SCHEMES = {
    "action": "accede assess-risk build-capacity contribute-resources cooperate coordinate "
    "criminalize develop-expertise develop-tools exchange-information implement "
    "investigate-and-prosecute legislate mainstream-gender other prevent-radicalization protect "
    "provide-technical-assistance rehabilitate-and-reintegrate report review "
    "strengthen-border-management strengthen-criminal-justice support-victims train use",
    "change": "establish modify renew terminate",
    "citation-function": "accede acknowledge acting-under adopt affirm appeal approve authorize "
    "aware bear-in-mind call-upon commend condemn convinced decide declare demand deplore "
    "determined draw-attention emphasize encourage endorse establish establish-by "
    "express-appreciation express-concern express-generic express-hope extend framework guided-by "
    "having-considered implement in-accordance-with instruct invite legal-obligation mention note "
    "note-with-appreciation note-with-concern reaffirm recall recognize recommend regret "
    "remain-seized request stress subject-of-report support take-note urge welcome",
    "condition": "as-appropriate available-resources international-law national-law upon-request "
    "within-mandate",
    "force": "adopt appeal approve authorize call-upon decide demand encourage establish extend "
    "instruct invite recommend request urge",
    "modality": "consider continue start step-up strengthen",
    "pillar": "i ii iii iv",
    "reason": "body-not-named own-symbol-unknown series-unknown several-meanings title-unknown "
    "treaty-unknown",
    "resolution": "ambiguous resolved unresolved",
    "topic": "biometrics border-management capacity-building cbrn children criminal-justice "
    "critical-infrastructure cultural-property education evidence foreign-terrorist-fighters "
    "human-rights internet-and-ict judicial-cooperation organized-crime parliaments prisons "
    "public-private-partnership radicalization reporting resources strategy technical-assistance "
    "terrorist-financing travel-data treaties victims women-and-gender",
    "via": "anaphora footnote text",
}

STRENGTHS = {
    "decide": 10, "adopt": 10, "establish": 10, "authorize": 9, "extend": 9, "demand": 9,
    "approve": 8, "instruct": 8, "request": 7, "urge": 6, "call-upon": 5, "appeal": 4,
    "recommend": 4, "invite": 3, "encourage": 2,
}  # fmt: skip
MANNERS = {"consider": 2, "continue": 5, "start": 6, "strengthen": 7, "step-up": 8}

# What the UNBIS thesaurus calls, in Chinese, the concepts that topics match.
UNBIS = {
    "capacity-building": ("1000797", "能力建设"),
    "children": ("1000952", "儿童"),
    "criminal-justice": ("1001388", "刑事司法"),
    "cultural-property": ("1001438", "文化财产"),
    "evidence": ("1002161", "证据"),
    "foreign-terrorist-fighters": ("1002474", "外国恐怖主义战斗人员"),
    "human-rights": ("1002975", "人权"),
    "organized-crime": ("1004663", "有组织的犯罪"),
    "prisons": ("1005119", "监狱"),
    "terrorist-financing": ("1006476", "向恐怖主义提供资助"),
}


@cache
def read(*names: str) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(ONTOLOGY / name)
    return graph


def unct() -> Graph:
    return read("unct.ttl")


def alignments() -> Graph:
    return read("alignments.ttl")


def concepts() -> Graph:
    return read(*(f"vocab/{path.name}" for path in SCHEME_FILES))


def ours(terms: Iterable[Node]) -> set[Node]:
    return {term for term in terms if isinstance(term, URIRef) and term in UNCT}


def declared(*kinds: URIRef) -> set[Node]:
    return {term for kind in kinds for term in unct().subjects(RDF.type, kind)}


def properties() -> set[Node]:
    return declared(OWL.ObjectProperty, OWL.DatatypeProperty)


def slugs(scheme: str) -> list[str]:
    members = concepts().subjects(SKOS.inScheme, URIRef(VOCAB + scheme))
    return sorted(str(member).rsplit("/", 1)[1] for member in members)


def test_there_is_one_ontology_and_its_version_iri_is_its_version():
    [ontology] = unct().subjects(RDF.type, OWL.Ontology)
    version = unct().value(ontology, OWL.versionInfo)
    assert unct().value(ontology, OWL.versionIRI) == URIRef(f"{ontology}/{version}")


def test_nothing_undeclared_is_used_in_the_ontology():
    used = ours(chain.from_iterable(unct()))
    assert used == declared(OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


@pytest.mark.parametrize("path", [ONTOLOGY / "shapes.ttl", *REGISTER_FILES], ids=lambda p: p.stem)
def test_nothing_undeclared_is_used_elsewhere(path):
    graph = Graph().parse(path)
    terms = set(chain.from_iterable(graph))
    assert ours(terms) - set(unct().subjects()) == set()
    listed = set(concepts().subjects())
    assert {t for t in terms if isinstance(t, URIRef) and t.startswith(VOCAB)} - listed == set()


def test_every_class_is_connected():
    linked = set(unct().objects(None, RDFS.subClassOf)) | set(unct().subjects(RDFS.subClassOf))
    for side in (RDFS.domain, RDFS.range, SDO.domainIncludes, SDO.rangeIncludes):
        linked |= set(unct().objects(None, side))
    assert declared(OWL.Class) - linked == set()


def test_every_property_is_connected():
    sides = (RDFS.domain, RDFS.range, SDO.domainIncludes, SDO.rangeIncludes)
    loose = {p for p in properties() if not any(unct().value(p, side) for side in sides)}
    assert loose == set()


@pytest.mark.parametrize("up", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_there_are_no_cycles(up):
    for term, parent in unct().subject_objects(up):
        assert term not in set(unct().transitive_objects(parent, up))


@pytest.mark.parametrize("side", [RDFS.domain, RDFS.range])
def test_a_subproperty_keeps_within_the_sides_of_its_parent(side):
    for child, parent in unct().subject_objects(RDFS.subPropertyOf):
        narrow, wide = unct().value(child, side), unct().value(parent, side)
        assert wide in set(unct().transitive_objects(narrow, RDFS.subClassOf)), (child, parent)


def test_an_inverse_has_the_sides_swapped():
    pairs = list(unct().subject_objects(OWL.inverseOf))
    assert len(pairs) == 4
    for back, forth in pairs:
        assert unct().value(back, RDFS.domain) == unct().value(forth, RDFS.range)
        assert unct().value(back, RDFS.range) == unct().value(forth, RDFS.domain)


def test_object_properties_range_over_classes():
    ranges = {unct().value(p, RDFS.range) for p in declared(OWL.ObjectProperty)}
    assert ranges - {None} <= declared(OWL.Class) | {SKOS.Concept}


def supertypes(types: Iterable[Node]) -> set[Node]:
    return {up for t in types for up in unct().transitive_objects(t, RDFS.subClassOf) if up}


def test_no_class_is_below_two_disjoint_ones():
    for term in declared(OWL.Class):
        above = supertypes([term])
        assert [p for p in unct().subject_objects(OWL.disjointWith) if set(p) <= above] == []


def typed_by_use(graph: Graph) -> dict[Node, set[Node]]:
    """What each node of a graph is, by its types and its properties' domains and ranges."""
    types: dict[Node, set[Node]] = {}
    for subject, predicate, value in graph:
        if predicate == RDF.type:
            types.setdefault(subject, set()).add(value)
        types.setdefault(subject, set()).update(unct().objects(predicate, RDFS.domain))
        types.setdefault(value, set()).update(unct().objects(predicate, RDFS.range))
    return {node: supertypes(found) for node, found in types.items()}


def test_register_contradicts_no_disjointness():
    graph = Graph()
    for path in REGISTER_FILES:
        graph.parse(path)
    pairs = list(unct().subject_objects(OWL.disjointWith))
    clashes = {n: p for n, found in typed_by_use(graph).items() for p in pairs if set(p) <= found}
    assert clashes == {}


def test_a_unit_that_is_paragraph_and_footnote_is_a_contradiction():
    graph = Graph().add((UNCT.x, RDF.type, UNCT.Footnote)).add((UNCT.x, UNCT.hasFootnote, UNCT.y))
    pairs = unct().subject_objects(OWL.disjointWith)
    assert [p for p in pairs if set(p) <= typed_by_use(graph)[UNCT.x]]


ALIGNING = {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.relatedMatch}


def aligned() -> list[tuple[Node, Node, Node]]:
    return [(s, p, o) for s, p, o in alignments() if p in ALIGNING]


def test_alignments_say_nothing_else():
    [header] = alignments().subjects(RDF.type, OWL.Ontology)
    assert {s for s, p, _ in alignments() if p not in ALIGNING} == {header}


def test_aligned_terms_are_ours():
    ours_to_align = set(concepts().subjects(RDF.type, SKOS.Concept)) | set(unct().subjects())
    assert {s for s, _, _ in aligned()} - ours_to_align == set()


def test_classes_are_aligned_as_classes_and_properties_as_properties():
    below = {up: {s for s, p, _ in aligned() if p == up} for up in ALIGNING}
    assert below[RDFS.subClassOf] <= declared(OWL.Class)
    assert below[RDFS.subPropertyOf] <= properties()


def test_external_terms_are_listed_and_sorted():
    listed = (ONTOLOGY / "external-terms.txt").read_text(encoding="utf-8").splitlines()
    assert listed == sorted({str(o) for _, _, o in aligned()})


@pytest.mark.parametrize("vocabulary", [DCTERMS, ODRL2, ORG, PROV, SDO], ids=str)
def test_external_terms_exist(vocabulary):
    listed = (ONTOLOGY / "external-terms.txt").read_text(encoding="utf-8").splitlines()
    terms = [URIRef(term) for term in listed if term.startswith(str(vocabulary))]
    assert terms
    assert [term for term in terms if term not in vocabulary] == []


def test_there_is_one_file_a_scheme():
    assert [path.stem for path in SCHEME_FILES] == sorted(SCHEMES)
    for path in SCHEME_FILES:
        graph = read(f"vocab/{path.name}")
        assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [URIRef(VOCAB + path.stem)]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_scheme_holds_exactly_its_concepts(scheme):
    assert slugs(scheme) == SCHEMES[scheme].split()


def test_strengths_of_forces_and_modalities():
    found = dict(concepts().subject_objects(UNCT.strength))
    assert found == {
        URIRef(f"{VOCAB}{scheme}/{k}"): Literal(v, datatype=XSD.integer)
        for scheme, ranks in (("force", STRENGTHS), ("modality", MANNERS))
        for k, v in ranks.items()
    }


def test_every_force_is_a_citation_function_of_the_same_labels():
    for force in slugs("force"):
        labels = [
            set(concepts().objects(URIRef(f"{VOCAB}{scheme}/{force}"), SKOS.prefLabel))
            for scheme in ("force", "citation-function")
        ]
        assert labels[0] == labels[1]


def test_unbis_matches():
    found = {str(s): o for s, o in concepts().subject_objects(SKOS.exactMatch)}
    thesaurus = "http://metadata.un.org/thesaurus/"
    assert found == {
        f"{VOCAB}topic/{slug}": URIRef(thesaurus + number) for slug, (number, _) in UNBIS.items()
    }


@pytest.mark.parametrize("slug", UNBIS)
def test_unbis_label_is_a_label_of_the_topic(slug):
    names = [
        concepts().objects(URIRef(f"{VOCAB}topic/{slug}"), p)
        for p in (SKOS.prefLabel, SKOS.altLabel)
    ]
    assert Literal(UNBIS[slug][1], lang="zh") in chain.from_iterable(names)


@pytest.mark.parametrize("path", sorted((DATA / "languages").glob("*.toml")), ids=lambda p: p.stem)
def test_what_language_files_find_has_a_concept(path):
    language = tomllib.loads(path.read_text(encoding="utf-8"))
    for table, scheme in [
        ("action", "action"),
        ("condition", "condition"),
        ("function", "citation-function"),
        ("modality", "modality"),
    ]:
        assert {entry["id"] for entry in language[table]} <= set(slugs(scheme)), table
    assert {entry["act"] for entry in language["verb"]} <= set(slugs("citation-function"))


@pytest.mark.parametrize("path", LAID_OUT, ids=lambda path: path.stem)
def test_layout_is_canonical(path):
    header, *terms = re.split(
        r"\n\n(?=[<a-z])", path.read_text(encoding="utf-8").split("\n\n", 2)[2]
    )
    assert header.startswith("<https://w3id.org/unct/")
    assert [t.split("\n")[0] for t in terms] == sorted(t.split("\n")[0] for t in terms)
    for block in (header, *terms):
        predicates = re.findall(r"^ {4}([a-z-]+:\w+|a)\b", block, re.MULTILINE)
        assert predicates == sorted(predicates, key=lambda p: (p != "a", p)), block
        for values in re.findall(r"(?:^ {8}\S.*\n)+", block, re.MULTILINE):
            languages = re.findall(r"@(\w\w) [;,]$", values, re.MULTILINE)
            assert languages == sorted(languages, key=LANGUAGES.index), block
        assert re.fullmatch(
            r"\S+\n(?: {4}(?: {4})?\S.* [;,]\n| {4}[a-z:A-Z]+\n)+ {4}\.\n?", block
        ), block


@pytest.mark.parametrize("path", LAID_OUT, ids=lambda path: path.stem)
def test_there_are_no_blank_nodes(path):
    graph = Graph().parse(path)
    assert [t for t in chain.from_iterable(graph) if isinstance(t, BNode)] == []
