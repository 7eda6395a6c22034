"""The queries of SPARQL constraints (sh:sparql), asked of all focus nodes at once.

SHACL binds $this before such a query is answered, once for each focus node. Here the pattern of the
focus nodes is joined in instead. That is the same unless $this is looked at where the join does not
reach: in a group of its own, a sub-query, an aggregate. `prebindable` tells.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef, Variable
from rdflib.paths import SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from pursuant.sparql import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

_THIS = Variable("this")
_BOUND = re.compile(r"[$?](currentShape|shapesGraph|failure)\b")
_REFUSED = re.compile(r"(?<![\w:-])(MINUS|VALUES|SERVICE)\b", re.IGNORECASE)
_AS_THIS = re.compile(r"\bAS\s+[$?](this|value)\b", re.IGNORECASE)
_NOT_EXISTS = re.compile(r"FILTER\s+NOT\s+EXISTS\s*\{(?P<inner>[^{}]*)\}", re.IGNORECASE)
_ONWARD = frozenset({"Project", "Distinct", "Reduced", "OrderBy", "SelectQuery"})


@dataclass(frozen=True, slots=True)
class SelectText:
    """A constraint's query.

    Attributes:
        full: its text with the prefixes declared.
        opening: how much of the text there is up to the brace that opens its pattern.
        groups: whether it has GROUP BY.
    """

    full: str
    opening: int
    groups: bool

    def joined_to(self, focus: str) -> str:
        """The query with a pattern before its own, made ready to be asked of many nodes."""
        body = without_joins_in_filters(self.full, self.opening)
        return f"{body[: self.opening]} {focus} {body[self.opening :]}"


def select_text(shapes: Graph, node: Node, path: str | None) -> SelectText:
    """The query of a constraint.

    Args:
        shapes: the graph that holds it.
        node: the constraint.
        path: the path of its shape, which $PATH stands for.
    """
    body = str(shapes.value(node, SH.select) or "")
    body = _bare(body)
    if path is not None:
        body = re.sub(r"[$?]PATH\b", lambda _: path, body)
    declared = {"rdf": str(RDF), "rdfs": str(RDFS), "owl": str(OWL)} | dict(_prefixes(shapes, node))
    head = "".join(f"PREFIX {prefix}: <{name}>\n" for prefix, name in declared.items())
    words = [(m["word"].upper(), m.end()) for m in TOKEN.finditer(body) if m["word"]]
    opening = next((m.end() for m in re.finditer(r"\{", _blanked(body))), len(body))
    groups = any(word == "GROUP" for word, _ in words)
    return SelectText(head + body, len(head) + opening, groups)


def _bare(body: str) -> str:
    return re.sub(r"^[ \t]*#.*$", "", body, flags=re.MULTILINE)


def _blanked(text: str) -> str:
    """The text with what may hide a brace written over, at the same length."""
    return TOKEN.sub(lambda m: m[0] if m["word"] else " " * len(m[0]), text)


def _prefixes(shapes: Graph, node: Node) -> Iterator[tuple[str, str]]:
    for ontology in shapes.objects(node, SH.prefixes):
        for declaration in shapes.objects(ontology, SH.declare):
            prefix = shapes.value(declaration, SH.prefix)
            namespace = shapes.value(declaration, SH.namespace)
            if prefix is not None and namespace is not None:
                yield str(prefix), str(namespace)


@functools.lru_cache(maxsize=512)
def prebindable(query: str) -> str | None:
    """Why a query cannot be asked of all focus nodes at once; None where it can.

    >>> prebindable("SELECT ?this WHERE { ?this ?p ?o FILTER(?o = ?this) }")
    >>> prebindable("SELECT ?this WHERE { ?x ?p ?o { ?o ?p ?x FILTER(?o = ?this) } }")
    'a query that looks at $this in a group that does not bind it'
    """
    blanked = TOKEN.sub(lambda m: m[0] if m["word"] or m[0][0] in "?$" else " ", query)
    if _BOUND.search(blanked):
        return "a query with a variable that SHACL binds itself"
    if _REFUSED.search(blanked):
        return "a query with MINUS, VALUES or SERVICE"
    if _AS_THIS.search(blanked) and "this" in {m[1].lower() for m in _AS_THIS.finditer(blanked)}:
        return "a query that binds $this itself"
    try:
        algebra = translateQuery(parseQuery(query)).algebra
    except Exception as problem:  # rdflib raises bare ones
        return f"a query that cannot be parsed here ({type(problem).__name__})"
    starts_inside = re.search(r"\{\s*\{", blanked) is not None
    return None if _safe(algebra, not starts_inside) else _UNSAFE


@functools.lru_cache(maxsize=512)
def without_joins_in_filters(query: str, opening: int) -> str:
    """The query with MINUS for NOT EXISTS, where the two mean the same and it saves time.

    A pattern of several triples within FILTER NOT EXISTS is joined anew for each row, over all the
    data; that of MINUS once. They mean the same where the pattern has nothing but triples and
    shares a variable with the rows that each of them has.

    Args:
        query: the query, which can be parsed.
        opening: where the pattern of the query begins.
    """
    head = "".join(f"{m[0]}\n" for m in re.finditer(r"PREFIX [^\n]*", query[:opening]))
    sure = _certain(translateQuery(parseQuery(query)).algebra) | {_THIS}
    blanked = _blanked(query)
    moved = []
    for m in reversed(list(_NOT_EXISTS.finditer(blanked, opening))):
        inner = query[m.start("inner") : m.end("inner")]
        is_direct = blanked.count("{", opening, m.start()) == blanked.count("}", opening, m.start())
        if is_direct and _is_plain_join(head, inner, sure):
            moved.append(f"MINUS {{ {inner} }}")
            query = query[: m.start()] + query[m.end() :]
    end = query.rindex("}", 0, _end(_blanked(query), opening))
    return f"{query[:end]} {' '.join(moved)} {query[end:]}"


def _end(blanked: str, opening: int) -> int:
    """Where the group that begins at a place has ended."""
    depth = 1
    for m in re.finditer(r"[{}]", blanked[opening:]):
        depth += 1 if m[0] == "{" else -1
        if depth == 0:
            return opening + m.end()
    return len(blanked)


def _is_plain_join(head: str, inner: str, sure: set[Any]) -> bool:
    """Whether a group is two triples or more, connected, that share a variable with the rows."""
    algebra = translateQuery(parseQuery(f"{head}SELECT * WHERE {{ {inner} }}")).algebra.p
    if algebra.name != "Project" or algebra.p.name != "BGP":
        return False
    triples = list(algebra.p.triples)
    if len(triples) < 2 and not any(isinstance(p, SequencePath) for _, p, _ in triples):
        return False
    seen = {t for t in triples[0] if isinstance(t, Variable)}
    left = triples[1:]
    while joined := [triple for triple in left if seen & set(triple)]:
        seen.update(t for triple in joined for t in triple if isinstance(t, Variable))
        left = [triple for triple in left if triple not in joined]
    return not left and bool(seen & sure)


_UNSAFE = "a query that looks at $this in a group that does not bind it"


def _safe(node: Any, top: bool) -> bool:
    """Whether a pattern, joined to the focus nodes, gives what it gives with $this bound.

    Args:
        node: the pattern, in rdflib's algebra.
        top: whether the focus nodes are joined in before it.
    """
    match node.name:
        case "BGP":
            return True
        case "Filter" | "Extend":
            seen = not _mentions(node.expr) or top or _binds(node.p)
            return seen and _safe(node.p, top) and _safe_inside(node.expr)
        case "Join":
            return _safe(node.p1, top) and _safe(node.p2, False)
        case "LeftJoin":
            held = top or _binds(node.p1) or not (_mentions(node.p2) or _mentions(node.expr))
            return (
                held and _safe(node.p1, top) and _safe(node.p2, False) and _safe_inside(node.expr)
            )
        case "Union":
            return _safe(node.p1, False) and _safe(node.p2, False)
        case "Group":
            keys = node.expr or ()
            return _THIS in keys and _safe(node.p, top)
        case "AggregateJoin":
            return node.p.name == "Group" and _safe(node.p, top)
    return node.name in _ONWARD and _safe(node.p, top)


def _safe_inside(expression: Any) -> bool:
    """The same of the patterns of EXISTS in an expression, which see the row that is tested."""
    return all(
        _safe(each.graph, True)
        for each in _walk(expression)
        if isinstance(each, CompValue) and each.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}
    )


def _binds(node: Any) -> bool:
    """Whether every row of a pattern has $this."""
    return _THIS in _certain(node)


def _certain(node: Any) -> set[Any]:
    """The variables that every row of a pattern has."""
    match node.name:
        case "BGP":
            return {t for triple in node.triples for t in triple if isinstance(t, Variable)}
        case "Join":
            return _certain(node.p1) | _certain(node.p2)
        case "Union":
            return _certain(node.p1) & _certain(node.p2)
        case "LeftJoin":
            return _certain(node.p1)
        case "Filter" | "Extend" | "Distinct" | "Project" | "SelectQuery":
            return _certain(node.p)
    return set()


def _mentions(part: Any) -> bool:
    return any(each == _THIS for each in _walk(part))


def _walk(part: Any) -> Iterator[Any]:
    yield part
    if isinstance(part, CompValue):
        for key, value in part.items():
            if key not in {"_vars", "PV", "lazy"}:
                yield from _walk(value)
    elif isinstance(part, (list, tuple, set)) and not isinstance(part, (str, URIRef)):
        for value in part:
            yield from _walk(value)
