"""What is said of a result whose shape says nothing itself: what is wrong, and how to mend it."""

from __future__ import annotations

import functools
import re
import tomllib
from typing import TYPE_CHECKING, Any

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from pursuant import paths
from pursuant.iri import PREFIXES
from pursuant.shapes import COMPONENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

_NAMES = {component: name for name, component in COMPONENTS.items()}
_OF = {"qualifiedMinCount": "qualifiedValueShape", "qualifiedMaxCount": "qualifiedValueShape"}
_LONGEST = 120
_FULL = re.compile(r"<([^<>]*)>")


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads((paths.DATA / "shacl.toml").read_text(encoding="utf-8"))


def text(topic: str, part: str, language: str) -> str:
    """What is said of shapes themselves: a part ("name", "message") of a topic, in a language."""
    texts: dict[str, str] = _table()["shapes"][topic][part]
    return texts.get(language, texts["en"])


def names(component: Node) -> tuple[Literal, ...]:
    """What a constraint component is called, in English and Chinese; nothing where not known."""
    known = _table().get(_NAMES.get(component, ""), {})  # type: ignore[call-overload]
    return tuple(Literal(text, lang=lang) for lang, text in known.get("name", {}).items())


def messages(component: Node, shapes: Graph, shape: Node) -> tuple[Literal, ...]:
    """What is wrong and how to mend it, with {?path} and {?value} left open; () if not known."""
    name = _NAMES.get(component, "")  # type: ignore[call-overload]
    known = _table().get(name, {})
    wanted = ", ".join(
        sorted(_written(shapes, each) for each in shapes.objects(shape, SH[name or "not"]))
    )
    holes = {"wanted": wanted, "path": "{?path}", "value": "{?value}"}
    return tuple(
        Literal(_filled(text, holes), lang=lang) for lang, text in known.get("message", {}).items()
    )


def _filled(text: str, holes: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda m: holes[m[1]], text)


def _written(shapes: Graph, node: Node) -> str:
    """A term of a shapes graph in a sentence."""
    if isinstance(node, Literal):
        return str(node)
    if isinstance(node, URIRef):
        return short(str(node))
    if (node, RDF.first, None) in shapes:
        members = [_written(shapes, each) for each in list(shapes.items(node))[:20]]
        return _cut(", ".join(members))
    return "a shape without a name" if isinstance(node, BNode) else str(node)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


def short(text: str) -> str:
    """An IRI, or a path of IRIs in angle brackets, with the prefixes that are commonly used.

    >>> short("https://w3id.org/unct/ontology#symbol"), short("^(<http://example.org/p>)")
    ('unct:symbol', '^(<http://example.org/p>)')
    """
    if "<" in text:
        return _FULL.sub(lambda m: s if (s := _prefixed(m[1])) != m[1] else m[0], text)
    return _prefixed(text)


def _prefixed(iri: str) -> str:
    for prefix, namespace in _namespaces().items():
        rest = iri.removeprefix(namespace)
        if rest != iri and re.fullmatch(r"[\w-]+", rest):
            return f"{prefix}:{rest}"
    return iri


@functools.cache
def _namespaces() -> dict[str, Any]:
    return {**PREFIXES, "sh": str(SH)}
