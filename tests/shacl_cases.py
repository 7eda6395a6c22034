"""Cases of SHACL: one or more for each constraint component, target and path, with their answers.

Each is a shape (Turtle), data (Turtle), and how many distinct results there are.
"""

from __future__ import annotations

PREFIXES = """
@prefix e: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
# What most cases are checked on: six offices, one of them of a subclass, two blank.
OFFICES = """
e:Branch rdfs:subClassOf e:Office . e:Sub rdfs:subClassOf e:Branch .
e:a a e:Office ; e:name "A"@en , "甲"@zh , "Aa"@en ; e:head e:p ; e:staff 12 ; e:opened "2001-01-01"^^xsd:date ;
    e:closed "2000-01-01"^^xsd:date ; e:code "AB-1" ; e:city "Vienna" ; e:part e:b , e:c .
e:b a e:Branch ; e:name "B" ; e:head e:p , e:q , e:r ; e:staff "many" ; e:code "ab-2" , "x" ; e:city "Rome" ;
    e:opened "2001-02-30"^^xsd:date ; e:alias "B" ; e:part e:d .
e:c a e:Sub ; e:staff 7.5 , 3 ; e:code e:a , _:n ; e:head "nobody" ; e:part e:a .
e:d a e:Office ; e:name "D"@de-AT ; e:staff -4 ; e:head e:q ; e:city e:Vienna ; e:alias "other" , "D"@de-AT .
_:m a e:Office ; e:head _:m ; e:staff 100 ; e:code "" .
_:n a e:Sub ; e:name 5 , true , "2001"^^xsd:gYear ; e:opened "2001-01-01T00:00:00"^^xsd:dateTime .
e:p a e:Person ; e:name "P" ; e:knows e:q . e:q a e:Person , e:Boss ; e:knows e:p . e:r e:name "R"@fr , "R"@en .
"""


def on(path: str, rest: str, target: str = "sh:targetClass e:Office") -> str:
    """A property shape of one path."""
    return f"e:S a sh:PropertyShape ; {target} ; sh:path {path} ; {rest} ."


def at(rest: str, target: str = "sh:targetClass e:Office") -> str:
    """A node shape."""
    return f"e:S a sh:NodeShape ; {target} ; {rest} ."


def asked(select: str, kind: str = "NodeShape", more: str = "") -> str:
    """A shape with one query."""
    return (
        f"e:S a sh:{kind} ; sh:targetClass e:Office ; {more} sh:sparql [ sh:prefixes e:P ; "
        f'sh:message "Found {{?value}}" ; sh:select """{select}""" ] . '
        'e:P sh:declare [ sh:prefix "e" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .'
    )


BOSS = "[ sh:class e:Boss ]"
NAMED = "[ sh:property [ sh:path e:name ; sh:minCount 1 ] ]"
# Name, shapes, and how many results they have on OFFICES.
CASES = [
    ("minCount 1", on("e:name", "sh:minCount 1"), 2),
    ("minCount 2", on("e:head", "sh:minCount 2"), 5),
    ("minCount 3", on("e:head", "sh:minCount 3"), 5),
    ("minCount 0", on("e:head", "sh:minCount 0"), 0),
    ("maxCount 0", on("e:alias", "sh:maxCount 0"), 2),
    ("maxCount 1", on("e:head", "sh:maxCount 1"), 1),
    ("maxCount 2", on("e:head", "sh:maxCount 2"), 1),
    ("maxCount 2 of names", on("e:name", "sh:maxCount 2"), 2),
    ("datatype integer", on("e:staff", "sh:datatype xsd:integer"), 2),
    ("datatype decimal", on("e:staff", "sh:datatype xsd:decimal"), 5),
    ("datatype string", on("e:name", "sh:datatype xsd:string"), 7),
    ("datatype langString", on("e:name", "sh:datatype rdf:langString"), 4),
    ("datatype date, one that there is not", on("e:opened", "sh:datatype xsd:date"), 2),
    ("datatype dateTime", on("e:opened", "sh:datatype xsd:dateTime"), 2),
    ("datatype boolean", on("e:name", "sh:datatype xsd:boolean"), 7),
    ("datatype gYear", on("e:name", "sh:datatype xsd:gYear"), 7),
    ("datatype of somebody's own", on("e:name", "sh:datatype e:name"), 8),
    ("nodeKind IRI", on("e:code", "sh:nodeKind sh:IRI"), 5),
    ("nodeKind BlankNode", on("e:code", "sh:nodeKind sh:BlankNode"), 5),
    ("nodeKind Literal", on("e:code", "sh:nodeKind sh:Literal"), 2),
    ("nodeKind BlankNodeOrIRI", on("e:code", "sh:nodeKind sh:BlankNodeOrIRI"), 4),
    ("nodeKind BlankNodeOrLiteral", on("e:code", "sh:nodeKind sh:BlankNodeOrLiteral"), 1),
    ("nodeKind IRIOrLiteral", on("e:code", "sh:nodeKind sh:IRIOrLiteral"), 1),
    ("nodeKind of the node itself", at("sh:nodeKind sh:IRI"), 2),
    ("class", on("e:head", "sh:class e:Person"), 3),
    ("class with subclasses", on("e:part", "sh:class e:Branch"), 2),
    ("two classes", on("e:head", "sh:class e:Person , e:Boss"), 5),
    ("class of the node itself", at("sh:class e:Branch"), 3),
    ("minInclusive", on("e:staff", "sh:minInclusive 7"), 3),
    ("minExclusive", on("e:staff", "sh:minExclusive 12"), 5),
    ("maxInclusive", on("e:staff", "sh:maxInclusive 12"), 2),
    ("maxExclusive", on("e:staff", "sh:maxExclusive 12.0"), 3),
    ("range of dates", on("e:opened", 'sh:minInclusive "2001-01-01"^^xsd:date'), 2),
    ("minLength", on("e:code", "sh:minLength 2"), 3),
    ("maxLength", on("e:code", "sh:maxLength 3"), 4),
    ("minLength 0", on("e:city", "sh:minLength 0"), 0),
    ("length of characters", on("e:name", "sh:maxLength 1"), 3),
    ("pattern", on("e:code", 'sh:pattern "^[A-Z]+-[0-9]$"'), 5),
    ("pattern with flags", on("e:code", 'sh:pattern "^[A-Z]+-[0-9]$" ; sh:flags "i"'), 4),
    ("pattern on part of a text", on("e:code", 'sh:pattern "b"'), 5),
    ("pattern with quotes and backslashes", on("e:city", r'sh:pattern "^\\w+[^\"\\\\]$"'), 1),
    ("two patterns", on("e:code", 'sh:pattern "A" , "1"'), 5),
    ("languageIn", on("e:name", 'sh:languageIn ( "en" "zh" )'), 5),
    ("languageIn, a part of a tag", on("e:name", 'sh:languageIn ( "de" )'), 7),
    ("uniqueLang", on("e:name", "sh:uniqueLang true"), 1),
    ("uniqueLang not asked for", on("e:name", "sh:uniqueLang false"), 0),
    ("in, literals", on("e:city", 'sh:in ( "Vienna" "Rome" )'), 1),
    ("in, IRIs", on("e:city", "sh:in ( e:Vienna )"), 2),
    ("in, numbers and tags", on("e:name", 'sh:in ( 5 "A"@en true "B" )'), 4),
    ("in, nothing", on("e:city", "sh:in ( )"), 3),
    ("in, for the node itself", at("sh:in ( e:a e:b )"), 4),
    ("hasValue, IRI", on("e:head", "sh:hasValue e:q"), 4),
    ("hasValue, literal", on("e:city", 'sh:hasValue "Vienna"'), 5),
    ("two values wanted", on("e:head", "sh:hasValue e:p , e:q"), 5),
    ("hasValue, for the node itself", at("sh:hasValue e:a"), 5),
    ("equals", on("e:name", "sh:equals e:alias"), 7),
    ("equals, for the node itself", at("sh:equals e:head"), 11),
    ("disjoint", on("e:name", "sh:disjoint e:alias"), 2),
    ("disjoint, for the node itself", at("sh:disjoint e:head"), 1),
    ("lessThan", on("e:closed", "sh:lessThan e:opened"), 0),
    ("lessThan, the other way", on("e:opened", "sh:lessThan e:closed"), 1),
    ("lessThan, numbers", on("e:staff", "sh:lessThan e:staff"), 6),
    ("lessThanOrEquals", on("e:opened", "sh:lessThanOrEquals e:closed"), 1),
    ("lessThanOrEquals, numbers", on("e:staff", "sh:lessThanOrEquals e:staff"), 1),
    ("not", on("e:head", f"sh:not {BOSS}"), 2),
    ("not, for the node itself", at(f"sh:not {NAMED}"), 4),
    ("and", on("e:head", f"sh:and ( [ sh:class e:Person ] {BOSS} )"), 5),
    ("or", on("e:head", f"sh:or ( {BOSS} [ sh:nodeKind sh:Literal ] )"), 4),
    ("or, for the node itself", at(f"sh:or ( {NAMED} [ sh:class e:Branch ] )"), 1),
    ("xone", on("e:head", f"sh:xone ( [ sh:class e:Person ] {BOSS} )"), 5),
    ("xone of three", at(f"sh:xone ( {NAMED} [ sh:class e:Branch ] [ sh:nodeKind sh:IRI ] )"), 6),
    ("node", on("e:head", f"sh:node {NAMED}"), 4),
    (
        "node, twice inside",
        on("e:part", f"sh:node [ sh:property [ sh:path e:head ; sh:node {NAMED} ] ]"),
        3,
    ),
    (
        "property inside property",
        on("e:part", "sh:property [ sh:path e:head ; sh:maxCount 1 ; sh:class e:Person ]"),
        3,
    ),
    (
        "property of a node shape",
        at("sh:property [ sh:path e:head ; sh:maxCount 1 ; sh:severity sh:Warning ]"),
        1,
    ),
    (
        "closed",
        at(
            "sh:closed true ; sh:ignoredProperties ( rdf:type e:staff e:code ) ; sh:property [ sh:path e:name ]"
        ),
        21,
    ),
    (
        "closed, values of a path",
        on("e:head", "sh:closed true ; sh:ignoredProperties ( rdf:type e:name )"),
        7,
    ),
    ("closed not asked for", at("sh:closed false"), 0),
    (
        "qualified, at least",
        on("e:head", f"sh:qualifiedValueShape {BOSS} ; sh:qualifiedMinCount 1"),
        4,
    ),
    (
        "qualified, at most",
        on("e:head", f"sh:qualifiedValueShape {BOSS} ; sh:qualifiedMaxCount 0"),
        2,
    ),
    (
        "qualified, both",
        on(
            "e:part",
            "sh:qualifiedValueShape [ sh:class e:Branch ] ; sh:qualifiedMinCount 2 ; sh:qualifiedMaxCount 2",
        ),
        5,
    ),
    (
        "qualified, at most one",
        on("e:part", "sh:qualifiedValueShape [ sh:class e:Branch ] ; sh:qualifiedMaxCount 1"),
        1,
    ),
    (
        "qualified, three",
        on("e:head", "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMinCount 3"),
        5,
    ),
    (
        "qualified and disjoint",
        at(
            "sh:property [ sh:path e:head ; sh:qualifiedValueShape [ sh:class e:Person ] ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ] ,"
            f" [ sh:path e:head ; sh:qualifiedValueShape {BOSS} ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ]"
        ),
        10,
    ),
    (
        "counts inside a shape",
        at("sh:node [ sh:property [ sh:path e:head ; sh:minCount 1 ; sh:maxCount 1 ] ]"),
        2,
    ),
    (
        "two at least inside a shape",
        at("sh:not [ sh:property [ sh:path e:name ; sh:minCount 3 ] ]"),
        2,
    ),
    (
        "many kinds inside a shape",
        at(
            'sh:node [ sh:property [ sh:path e:name ; sh:uniqueLang true ; sh:hasValue "B" ] , [ sh:path e:name ; sh:disjoint e:alias ] ,'
            " [ sh:path e:name ; sh:equals e:alias ] , [ sh:path e:opened ; sh:lessThan e:closed ] ]"
        ),
        6,
    ),
    (
        "closed inside a shape",
        at(
            "sh:not [ sh:closed true ; sh:ignoredProperties ( rdf:type e:staff e:code e:head e:part ) ]"
        ),
        2,
    ),
    ("sequence path", on("( e:head e:name )", "sh:minCount 1"), 4),
    ("sequence of three", on("( e:part e:part e:head )", "sh:class e:Boss"), 4),
    ("inverse path", on("[ sh:inversePath e:part ]", "sh:minCount 1"), 2),
    ("alternative path", on("[ sh:alternativePath ( e:name e:alias ) ]", "sh:minCount 2"), 3),
    ("zero or more", on("[ sh:zeroOrMorePath e:part ]", "sh:maxCount 3"), 2),
    ("zero or more, values", on("[ sh:zeroOrMorePath e:part ]", "sh:class e:Branch"), 7),
    ("one or more", on("[ sh:oneOrMorePath e:part ]", "sh:hasValue e:a"), 4),
    ("zero or one", on("[ sh:zeroOrOnePath e:head ]", "sh:nodeKind sh:IRI"), 3),
    (
        "a path within a path",
        on("( [ sh:inversePath e:part ] [ sh:zeroOrMorePath e:head ] )", "sh:maxCount 1"),
        4,
    ),
    ("targetNode", on("e:name", "sh:minCount 1", 'sh:targetNode e:c , e:nowhere , "text"'), 3),
    (
        "targetNode, a literal itself",
        at("sh:datatype xsd:integer", 'sh:targetNode 1 , "1" , e:a'),
        2,
    ),
    ("targetSubjectsOf", on("e:staff", "sh:minCount 1", "sh:targetSubjectsOf e:name"), 3),
    ("targetObjectsOf", at("sh:class e:Boss", "sh:targetObjectsOf e:head"), 4),
    (
        "targets of several kinds",
        at(
            "sh:nodeKind sh:Literal",
            "sh:targetClass e:Boss , e:Person ; sh:targetNode e:a ; sh:targetObjectsOf e:city",
        ),
        4,
    ),
    (
        "a class that is a shape",
        "e:Office a rdfs:Class , sh:NodeShape ; sh:property [ sh:path e:head ; sh:minCount 1 ] .",
        1,
    ),
    (
        "an owl:Class that is a shape",
        "owl:Class rdfs:subClassOf rdfs:Class . e:Branch a owl:Class , sh:NodeShape ; sh:property [ sh:path e:head ; sh:minCount 1 ] .",
        1,
    ),
    ("a class without members", on("e:name", "sh:minCount 1", "sh:targetClass e:Nothing"), 0),
    ("deactivated", on("e:name", "sh:minCount 9 ; sh:deactivated true"), 0),
    (
        "a deactivated part",
        at("sh:property [ sh:path e:name ; sh:minCount 9 ; sh:deactivated true ]"),
        0,
    ),
    ("severity", on("e:name", "sh:minCount 1 ; sh:severity sh:Info"), 2),
    ("a severity of somebody's own", on("e:name", "sh:minCount 1 ; sh:severity e:Mild"), 2),
    (
        "a query",
        asked("SELECT $this ?value WHERE { $this e:head ?value . ?value e:knows ?other }"),
        4,
    ),
    (
        "a query without value",
        asked("SELECT $this WHERE { $this e:staff ?n . FILTER(isNumeric(?n) && ?n > 10) }"),
        2,
    ),
    (
        "a query of a property shape",
        asked(
            "SELECT $this ?value WHERE { $this $PATH ?value . FILTER(isIRI(?value)) }",
            "PropertyShape",
            "sh:path e:head ;",
        ),
        5,
    ),
    (
        "a query with a path of its own",
        asked("SELECT $this ?path ?value WHERE { $this ?path ?value . FILTER(?value = $this) }"),
        1,
    ),
    (
        "a query with EXISTS",
        asked(
            "SELECT $this ?value WHERE { $this e:part ?value . FILTER NOT EXISTS { ?value e:part $this } }"
        ),
        2,
    ),
    (
        "a query with OPTIONAL",
        asked(
            "SELECT $this ?value WHERE { $this a ?type . OPTIONAL { $this e:city ?value } FILTER(!BOUND(?value)) }"
        ),
        3,
    ),
    (
        "a query with UNION",
        asked(
            "SELECT $this ?value WHERE { { $this e:city ?value } UNION { $this e:alias ?value } FILTER(isLiteral(?value)) }"
        ),
        5,
    ),
    (
        "a query that counts",
        asked(
            "SELECT $this (COUNT(?h) AS ?value) WHERE { $this e:head ?h } GROUP BY $this HAVING (COUNT(?h) > 1)"
        ),
        1,
    ),
    (
        "a query with BIND",
        asked(
            'SELECT $this ?value WHERE { $this e:code ?c . BIND(CONCAT(STR(?c), "$2") AS ?value) FILTER(STRLEN(STR(?c)) = 1) }'
        ),
        1,
    ),
    (
        "a deactivated query",
        asked("SELECT $this WHERE { $this a ?t }").replace(
            "sh:message", "sh:deactivated true ; sh:message"
        ),
        0,
    ),
]
# Shapes that have no queries of their own and are given to pySHACL, with a part of the reason.
LEFT = [
    (
        "datatype that the engine does not keep",
        on("e:n", "sh:datatype xsd:positiveInteger"),
        'e:a a e:Office ; e:n 5 , "6"^^xsd:positiveInteger , "x"^^xsd:positiveInteger .',
        2,
        "another datatype",
    ),
    (
        "datatype whose form is not known",
        on("e:n", "sh:datatype xsd:base64Binary"),
        'e:a a e:Office ; e:n "QQ==" , "QQ=="^^xsd:base64Binary .',
        1,
        "does not check the form",
    ),
    (
        "look-behind in a pattern",
        on("e:n", 'sh:pattern "(?<!x)y"'),
        'e:a a e:Office ; e:n "xy" , "ay" .',
        1,
        "regular expression",
    ),
    (
        "a shape that refers to itself",
        "e:S a sh:NodeShape ; sh:targetNode e:a ; sh:property [ sh:path e:next ; sh:node e:S ; sh:nodeKind sh:IRI ] .",
        'e:a e:next e:b . e:b e:next "x" .',
        1,
        "refers to itself",
    ),
    (
        "many values inside a shape",
        at("sh:not [ sh:property [ sh:path e:n ; sh:maxCount 5 ] ]"),
        "e:a a e:Office ; e:n 1 .",
        1,
        "a count of 5",
    ),
    (
        "a query inside a shape",
        at('sh:not [ sh:sparql [ sh:select "SELECT $this WHERE { $this a ?t }" ] ]'),
        "e:a a e:Office .",
        0,
        "a query (sh:sparql) within",
    ),
    (
        "a query that looks at the focus apart",
        asked("SELECT $this ?value WHERE { ?value e:n ?x . { ?x e:m ?y FILTER(?y = $this) } }"),
        "e:a a e:Office . e:v e:n e:x . e:x e:m e:a .",
        1,
        "in a group that does not bind it",
    ),
    (
        "a query with a query inside",
        asked(
            "SELECT $this ?value WHERE { $this e:n ?value . { SELECT $this (MAX(?n) AS ?most) WHERE { $this e:n ?n } GROUP BY $this } FILTER(?value < ?most) }"
        ),
        "e:a a e:Office ; e:n 1 , 2 .",
        1,
        "looks at $this",
    ),
    (
        "a limit",
        asked("SELECT $this ?value WHERE { $this e:n ?value } LIMIT 1"),
        "e:a a e:Office ; e:n 1 . e:b a e:Office ; e:n 1 .",
        2,
        "looks at $this",
    ),
]
