"""What is doubtful in a shapes graph: an engine would pass it over, and everything would conform.

Terms that look like SHACL and are not, what SHACL's own shapes for shapes find (the W3C's
shacl-shacl, which comes with pySHACL), and shapes that check nothing.
"""

from __future__ import annotations

import difflib
import functools
from importlib import resources
from typing import TYPE_CHECKING

from rdflib import RDF, SH, Graph, URIRef

from pursuant.complaints import short, text
from pursuant.findings import Finding
from pursuant.shapes import COMPONENTS, TARGETS, targeted_nodes, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from pursuant.findings import Checked

_REFERRING = (
    *(SH[name] for name in ("property", "node", "not", "qualifiedValueShape")),
    RDF.first,
)
# Those of SHACL, and what SHACL Advanced Features have besides (W3C Working Group Note).
_KNOWN = frozenset(str(term).removeprefix(str(SH)) for term in dir(SH)) | {
    "and",
    "class",
    "in",
    "not",
    "or",
    "values",
    "defaultValue",
    "count",
    "distinct",
    "groupConcat",
    "if",
    "then",
    "else",
    "exists",
    "max",
    "min",
    "sum",
    "limit",
    "offset",
    "minus",
    "orderBy",
    "desc",
    "entailment",
}


def lint(shapes: Graph, language: str = "en") -> list[Finding]:
    """What is doubtful in shapes, each as a Warning, in the order of their nodes."""
    found = [*_unknown(shapes, language), *_ill_formed(shapes, language), *_idle(shapes, language)]
    return sorted(found, key=lambda each: (each.focus, each.constraint, str(each.value)))


def without_focus(checked: Iterable[Checked], shapes: Graph, language: str) -> Iterator[Finding]:
    """Shapes whose targets the data have nothing of."""
    name, message = (text("empty", part, language) for part in ("name", "message"))
    for each in checked:
        if each.nodes == 0:
            node = URIRef(each.shape)
            terms = sorted({_brief(o) for k in TARGETS for o in shapes.objects(node, SH[k])})
            said = message.format(shape=_brief(node), target=", ".join(terms) or _brief(node))
            yield Finding("Warning", each.shape, None, None, str(SH.target), name, said)


def _unknown(shapes: Graph, language: str) -> Iterator[Finding]:
    name, message = (text("unknown", part, language) for part in ("name", "message"))
    for s, p, o in shapes:
        for term in (p, o):
            if isinstance(term, URIRef) and term.startswith(str(SH)) and not is_known(term):
                guess = nearest(term)
                near = text("unknown", "near" if guess else "correct", language)
                said = message.format(term=term, near=near.format(guess=guess))
                yield Finding("Warning", str(s), str(p), str(o), str(term), name, said)


def is_known(term: URIRef) -> bool:
    """Whether a term of SHACL's namespace is one of SHACL's."""
    return str(term).removeprefix(str(SH)) in _KNOWN


def nearest(term: str) -> str | None:
    """The SHACL term that a misspelt one resembles.

    >>> nearest("http://www.w3.org/ns/shacl#minCuont")
    'sh:minCount'
    """
    written = term.removeprefix(str(SH))
    close = difflib.get_close_matches(written, sorted(_KNOWN), n=1, cutoff=0.7)
    return f"sh:{close[0]}" if close else None


@functools.cache
def _shapes_of_shapes() -> Graph:
    file = resources.files("pyshacl") / "assets" / "shacl-shacl.ttl"
    return Graph().parse(data=file.read_text(encoding="utf-8"), format="turtle")


def _ill_formed(shapes: Graph, language: str) -> Iterator[Finding]:
    from pursuant.checking import results_of

    name, message = (text("formed", part, language) for part in ("name", "message"))
    for result in results_of(shapes, _shapes_of_shapes()):
        path = "" if result.path is None else short(result.path.n3().strip("<>"))
        value = _brief(result.focus if result.value is None else result.value)
        said = message.format(value=value, path=path or _brief(result.focus))
        focus, constraint = str(result.focus), str(result.constraint)
        yield Finding("Warning", focus, path or None, value, constraint, name, said)


def _idle(shapes: Graph, language: str) -> Iterator[Finding]:
    """Shapes with constraints of their own that nothing applies."""
    name, message = (text("idle", part, language) for part in ("name", "message"))
    targeted = set(targeted_nodes(shapes))
    referred = {o for p in _REFERRING for o in shapes.objects(None, p)}
    for node in sorted(_declared(shapes) - targeted - referred, key=str):
        said = message.format(shape=_brief(node))
        yield Finding("Warning", str(node), None, None, str(SH.target), name, said)


def _declared(shapes: Graph) -> set[Node]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    typed = {node for kind in kinds for node in shapes.subjects(RDF.type, kind)}
    return typed | {s for name in ("property", *COMPONENTS) for s in shapes.subjects(SH[name])}


def _brief(node: Node) -> str:
    return short(str(node)) if isinstance(node, URIRef) else told(node)
