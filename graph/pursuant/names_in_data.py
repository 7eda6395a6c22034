"""What things are called in the data themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import DCTERMS, RDF, RDFS, SKOS, BNode, URIRef

from pursuant.complaints import short
from pursuant.content import from_rdflib
from pursuant.iri import UNCT

if TYPE_CHECKING:
    from rdflib.term import Node

    from pursuant.findings import Finding, Result

_NAMING = tuple(
    ox.NamedNode(str(each)) for each in (UNCT.symbol, SKOS.prefLabel, DCTERMS.title, RDFS.label)
)
_TYPE = ox.NamedNode(str(RDF.type))


class Labels:
    """Names of the things of a store, in a language; each is looked up once."""

    def __init__(self, store: ox.Store, language: str) -> None:
        self._store, self._language = store, language
        self._known: dict[Node, str | None] = {}

    def on(self, finding: Finding, result: Result) -> Finding:
        """A finding with the names of its focus and its value."""
        label, value = self.of(result.focus), self.of(result.value)
        return replace(finding, label=label, value_label=value) if label or value else finding

    def of(self, node: Node | None) -> str | None:
        """What a thing is called; of a blank node, what it is."""
        if not isinstance(node, (URIRef, BNode)):
            return None
        if node not in self._known:
            self._known[node] = self._found(node)
        return self._known[node]

    def _found(self, node: Node) -> str | None:
        try:
            term = from_rdflib(node)
        except ValueError:
            return None
        for naming in _NAMING:
            quads = self._store.quads_for_pattern(term, naming, None, None)  # type: ignore[arg-type]
            texts = {o.language or "": o.value for *_, o, _ in quads if isinstance(o, ox.Literal)}
            for language in (self._language, "en", "", *sorted(texts)):
                if language in texts:
                    return texts[language]
        return self._kind(term) if isinstance(term, ox.BlankNode) else None

    def _kind(self, term: ox.BlankNode) -> str | None:
        quads = self._store.quads_for_pattern(term, _TYPE, None, None)
        kinds = sorted(q.object.value for q in quads if isinstance(q.object, ox.NamedNode))
        return short(kinds[0]) if kinds else None
