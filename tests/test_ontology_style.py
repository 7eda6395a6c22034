"""Each rule of the ontology's style finds its fault, and the ontology has none of them."""

from __future__ import annotations

from functools import cache

import pyshacl
import pytest
from rdflib import SH, Graph, Namespace, URIRef

from pursuant.paths import ONTOLOGY

STYLE = Namespace("https://w3id.org/unct/style#")
PATHS = [ONTOLOGY / "unct.ttl", *sorted((ONTOLOGY / "vocab").glob("*.ttl"))]

# A term, a scheme and two concepts in good style, which the rows of BROKEN spoil one at a time.
PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX unct: <https://w3id.org/unct/ontology#>
PREFIX v: <https://w3id.org/unct/vocab/>
PREFIX vann: <http://purl.org/vocab/vann/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX o: <https://w3id.org/unct/>
"""
GOOD = """
o:ontology a owl:Ontology ; dcterms:creator "C" ; dcterms:license <https://example.org/l> ;
    dcterms:title "Title"@en , "标题"@zh ; dcterms:description "About it"@en , "说明"@zh ;
    dcterms:issued "2026-01-31"^^xsd:date ; owl:versionInfo "0.1.0" ;
    owl:versionIRI <https://w3id.org/unct/ontology/0.1.0> ; vann:preferredNamespacePrefix "unct" ;
    vann:preferredNamespaceUri "https://w3id.org/unct/ontology#" .
unct:Thing a owl:Class ; rdfs:isDefinedBy o:ontology ; rdfs:label "Thing"@en , "事物"@zh ;
    skos:prefLabel "Thing"@en , "事物"@zh ; skos:definition "Any thing."@en , "任何事物。"@zh .
unct:hasName a owl:DatatypeProperty ; rdfs:isDefinedBy o:ontology ; rdfs:domain unct:Thing ;
    rdfs:range xsd:string ; rdfs:label "has name"@en , "名称"@zh ;
    skos:prefLabel "has name"@en , "名称"@zh ; skos:definition "A name."@en , "名称。"@zh .
v:force a skos:ConceptScheme ; dcterms:license <https://example.org/l> ;
    skos:hasTopConcept <https://w3id.org/unct/vocab/force/ask> ,
        <https://w3id.org/unct/vocab/force/tell> ;
    skos:prefLabel "n"@en , "n"@zh , "n"@fr , "n"@es , "n"@ru , "n"@ar ;
    skos:definition "Forces."@en , "强度。"@zh .
<https://w3id.org/unct/vocab/force/ask> a skos:Concept ; skos:inScheme v:force ;
    skos:topConceptOf v:force ; skos:notation "ask" ; unct:strength 1 ;
    skos:prefLabel "a"@en , "a"@zh , "a"@fr , "a"@es , "a"@ru , "a"@ar ;
    skos:definition "Asks."@en , "请。"@zh .
<https://w3id.org/unct/vocab/force/tell> a skos:Concept ; skos:inScheme v:force ;
    skos:topConceptOf v:force ; skos:notation "tell" ; unct:strength 2 ;
    skos:prefLabel "t"@en , "t"@zh , "t"@fr , "t"@es , "t"@ru , "t"@ar ;
    skos:definition "Tells."@en , "令。"@zh .
"""
ASK = "<https://w3id.org/unct/vocab/force/ask>"
TERM = "rdfs:isDefinedBy o:ontology ; skos:definition 'It.'@en , '它。'@zh"
LABELS = "rdfs:label '{0}'@en , '词'@zh ; skos:prefLabel '{0}'@en , '词'@zh"
LINK = "owl:ObjectProperty ; rdfs:domain unct:Thing ; rdfs:range unct:Thing"
EMPTY_SCHEME = """v:via a skos:ConceptScheme ; dcterms:license <https://example.org/l> ;
    skos:prefLabel 'v'@en , 'v'@zh , 'v'@fr , 'v'@es , 'v'@ru , 'v'@ar ;
    skos:definition 'Via.'@en , '途径。'@zh"""

# rule, what to take away, what to add
BROKEN = [
    ("creator", "o:ontology dcterms:creator 'C'", ""),
    ("description", "", "o:ontology dcterms:description 'Sur elle'@fr"),
    ("issued", "", "o:ontology dcterms:issued '2026-02-01'^^xsd:date"),
    ("license", "o:ontology dcterms:license <https://example.org/l>", ""),
    ("namespacePrefix", "", "o:ontology vann:preferredNamespacePrefix 'terror'"),
    ("namespaceUri", "", "o:ontology vann:preferredNamespaceUri 'https://example.org/'"),
    ("noImports", "", "o:ontology owl:imports <http://purl.org/spar/cito/>"),
    ("title", "o:ontology dcterms:title '标题'@zh", ""),
    ("versionInfo", "o:ontology owl:versionInfo '0.1.0'", "o:ontology owl:versionInfo 'X.x.x'"),
    ("versionIRI", "", "o:ontology owl:versionIRI <https://w3id.org/unct/ontology/latest>"),
    ("termDefinedBy", "unct:Thing rdfs:isDefinedBy o:ontology", ""),
    ("termDefinition", "", "unct:Thing skos:definition 'Something.'@en"),
    ("termExample", "", "unct:Thing skos:example 'un stylo'@fr"),
    ("termLabel", "unct:Thing rdfs:label '事物'@zh", ""),
    ("termNoComment", "", "unct:Thing rdfs:comment 'See below.'@en"),
    ("termPrefLabel", "", "unct:Thing rdfs:label 'Cosa'@es ; skos:prefLabel 'Cosa'@es"),
    ("termScopeNote", "", "unct:Thing skos:scopeNote 'One.'@en , 'Two.'@en"),
    ("ClassName", "", f"unct:text_unit a owl:Class ; {TERM} ; {LABELS.format('Text Unit')}"),
    ("classLabelCase", "", f"unct:Unit a owl:Class ; {TERM} ; {LABELS.format('text unit')}"),
    ("PropertyName", "", f"unct:In a {LINK} ; {TERM} ; {LABELS.format('in')}"),
    ("propertyLabelCase", "", f"unct:in a {LINK} ; {TERM} ; {LABELS.format('Is In')}"),
    ("PropertySides", "unct:hasName rdfs:domain unct:Thing", ""),
    ("oneDomain", "", "unct:hasName rdfs:domain rdfs:Resource"),
    ("oneRange", "", "unct:hasName rdfs:range xsd:date"),
    ("OneKind", "", "unct:hasName a owl:ObjectProperty"),
    ("datatypeRange", "unct:hasName rdfs:range xsd:string",
        "unct:hasName rdfs:range xsd:positiveInteger"),
    ("Declared", "", "unct:Thing rdfs:subClassOf unct:Anything"),
    ("DeclaredProperty", "", "unct:hasName rdfs:subPropertyOf unct:has"),
    ("fullStopChinese", "unct:Thing skos:definition '任何事物。'@zh",
        "unct:Thing skos:definition '任何事物.'@zh"),
    ("fullStopEnglish", "unct:Thing skos:definition 'Any thing.'@en",
        "unct:Thing skos:definition 'Any thing'@en"),
    ("oneSentence", "unct:Thing skos:definition 'Any thing.'@en",
        "unct:Thing skos:definition 'Any thing. It lasts.'@en"),
    ("trimmedDefinition", "unct:Thing skos:definition 'Any thing.'@en",
        "unct:Thing skos:definition 'Any  thing.'@en"),
    ("trimmedLabel", f"{ASK} skos:prefLabel 'a'@fr", f"{ASK} skos:prefLabel ' a'@fr"),
    ("listedDefinition", "", f"{ASK} skos:definition 'Demande.'@fr"),
    ("listedPrefLabel", f"{ASK} skos:prefLabel 'a'@ar", ""),
    ("schemeLicense", "v:force dcterms:license <https://example.org/l>", ""),
    ("schemeTop", "", EMPTY_SCHEME),
    ("schemeLabels", f"{ASK} skos:prefLabel 'a'@ru", f"{ASK} skos:prefLabel 't'@ru"),
    ("schemeNames", f"{ASK} skos:notation 'ask'", f"{ASK} skos:notation 'asks'"),
    ("conceptListed", f"v:force skos:hasTopConcept {ASK}", ""),
    ("conceptNotation", f"{ASK} skos:notation 'ask'", ""),
    ("conceptScheme", f"{ASK} skos:inScheme v:force ; skos:topConceptOf v:force", ""),
    ("conceptStrength", f"{ASK} unct:strength 1", f"{ASK} unct:strength 11"),
    ("conceptTop", f"{ASK} skos:topConceptOf v:force", ""),
    ("ForceStrength", f"{ASK} unct:strength 1", ""),
]  # fmt: skip

# Rules that cannot be broken without breaking others too.
ALONGSIDE = {
    "conceptScheme": {"conceptListed"},
    "conceptTop": {"conceptListed"},
}


@cache
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "style-shapes.ttl")


def broken_rules(graph: Graph) -> set[str]:
    """Names of the style rules that a graph breaks."""
    _, report, text = pyshacl.validate(graph, shacl_graph=shapes())
    assert isinstance(report, Graph), text
    shape_of = dict(report.subject_objects(SH.sourceShape))
    shape_of |= dict(report.subject_objects(SH.sourceConstraint))
    return {str(rule).removeprefix(STYLE) for rule in shape_of.values()}


def spoiled(taken: str, added: str) -> Graph:
    graph = Graph().parse(data=PREFIXES + GOOD, format="turtle")
    before = set(graph)
    graph -= Graph().parse(data=f"{PREFIXES} {taken} .", format="turtle") if taken else Graph()
    graph += Graph().parse(data=f"{PREFIXES} {added} .", format="turtle") if added else Graph()
    assert set(graph) != before
    return graph


def test_good_style_conforms():
    assert broken_rules(Graph().parse(data=PREFIXES + GOOD, format="turtle")) == set()


@pytest.mark.parametrize(("rule", "taken", "added"), BROKEN, ids=[row[0] for row in BROKEN])
def test_each_style_rule_finds_its_fault(rule, taken, added):
    assert broken_rules(spoiled(taken, added)) == {rule} | ALONGSIDE.get(rule, set())


def test_every_style_rule_has_a_fault_in_the_table():
    rules = {str(s).removeprefix(STYLE) for s in shapes().subjects(SH.message)}
    assert rules == {rule for rule, _, _ in BROKEN}


def test_style_shapes_use_only_words_of_shacl():
    words = {str(p) for p in shapes().predicates() if str(p).startswith(str(SH))}
    assert [word for word in words if URIRef(word) not in SH] == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_ontology_and_schemes_are_in_style(path):
    assert broken_rules(Graph().parse(path)) == set()
