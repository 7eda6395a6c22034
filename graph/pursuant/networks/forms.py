"""The forms in which a citation network is given out, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING, TypeAlias

from pursuant.errors import BadArgument
from pursuant.networks.bibliographies import write_bibtex, write_ris
from pursuant.networks.drawing import write_svg
from pursuant.networks.evidence import write_csv
from pursuant.networks.json_forms import write_cytoscape, write_node_link
from pursuant.networks.plain_forms import write_dot, write_gml, write_pajek
from pursuant.networks.rdf_forms import write_cito, write_rdf
from pursuant.networks.subject import Subject
from pursuant.networks.table_forms import write_zip
from pursuant.networks.xml_forms import write_gexf, write_graphml
from pursuant.rdf_formats import RDF_FORMATS, format_name

if TYPE_CHECKING:
    from pursuant.networks.choosing import Choice
    from pursuant.networks.columns import Stream

Write: TypeAlias = Callable[[Subject, IO[bytes]], None]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a network.

    Attributes:
        suffix: what names of files and addresses end with.
        media: its media type.
        write: how it is written.
        is_measured: whether measures have a place in it.
    """

    suffix: str
    media: str
    write: Write
    is_measured: bool = False


def form_of(name: str) -> str:
    """The form that a name or suffix means.

    >>> form_of("JSON-LD"), form_of("net"), form_of("Node-link"), form_of(".bib")
    ('jsonld', 'pajek', 'json', 'bibtex')

    Raises:
        BadArgument: there is none.
    """
    plain = format_name(name)
    plain = _ALIASES.get(plain, plain)
    if plain not in FORMS:
        raise BadArgument(f"citations cannot be given as {name!r}; choose {', '.join(FORMS)}")
    return plain


def check(form: str, choice: Choice) -> None:
    """Refuses measures in a form that has no place for them; they are never dropped in silence.

    Raises:
        BadArgument: names the forms that have.
    """
    if choice.measures and not FORMS[form].is_measured:
        there = ", ".join(name for name, each in FORMS.items() if each.is_measured)
        raise BadArgument(f"{form} has no place for measures; leave them out, or choose {there}")


def _streamed(write: Callable[[Stream, IO[bytes]], None]) -> Write:
    return lambda subject, output: write(subject.stream(), output)


_ALIASES = {"nodelink": "json", "bib": "bibtex", "csvpair": "zip", "graphviz": "dot"}
_RDF = {
    "turtle": ("ttl", "text/turtle"),
    "trig": ("trig", "application/trig"),
    "ntriples": ("nt", "application/n-triples"),
    "nquads": ("nq", "application/n-quads"),
    "jsonld": ("jsonld", "application/ld+json"),
    "rdfxml": ("rdf", "application/rdf+xml"),
}
FORMS: Mapping[str, Form] = {
    "graphml": Form("graphml", "application/graphml+xml", _streamed(write_graphml), True),
    "gexf": Form("gexf", "application/gexf+xml", _streamed(write_gexf), True),
    "gml": Form("gml", "text/x-gml", _streamed(write_gml), True),
    "dot": Form("dot", "text/vnd.graphviz", _streamed(write_dot), True),
    "svg": Form("svg", "image/svg+xml", _streamed(write_svg)),
    "pajek": Form("net", "text/x-pajek", _streamed(write_pajek)),
    "cytoscape": Form("cyjs", "application/vnd.cytoscape+json", _streamed(write_cytoscape), True),
    "json": Form("json", "application/json", _streamed(write_node_link), True),
    "csv": Form("csv", "text/csv", write_csv),
    "zip": Form("zip", "application/zip", _streamed(write_zip), True),
    **{name: Form(*_RDF[name], partial(write_rdf, form=name)) for name in RDF_FORMATS},
    "cito": Form("cito", "text/turtle", write_cito),
    "ris": Form("ris", "application/x-research-info-systems", write_ris),
    "bibtex": Form("bib", "application/x-bibtex", write_bibtex),
}
