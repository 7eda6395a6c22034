"""A document as machines that read pages are told of it.

schema.org's Legislation for search engines, Highwire's and Dublin Core's names for reference
managers, Signposting's links for agents that read no page at all. The JSON-LD brings its context:
nobody has to fetch one to understand it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from pursuant import held, iri
from pursuant.describing import LICENCE, PUBLISHER
from pursuant.document import Kind, Status
from pursuant.identifying import akoma_ntoso, undocs
from pursuant.names import names_of
from pursuant_api.description import public_url
from pursuant_api.graph_views import SYNTAXES
from pursuant_api.negotiation import JSON, SUFFIXES
from pursuant_api.things import about

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pursuant.held import Held
    from pursuant_api.documents import Place
    from pursuant_api.negotiation import Asked

CONTEXT: Mapping[str, Any] = {
    "@vocab": "https://schema.org/",
    **{name: {"@type": "Date"} for name in ("legislationDate", "datePublished")},
    **{name: {"@type": "@id"} for name in ("contentUrl", "sameAs", "sdLicense", "url")},
}
UNITED_NATIONS = "United Nations"
TWINS = {suffix: media for suffix, media in SUFFIXES.items() if media in (JSON, *SYNTAXES)}
_LEGISLATION = "https://schema.org/Legislation"
# A data block ends where these would begin something else.
_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a document's page tells.

    Attributes:
        url: its own address, whatever language of it is read.
        iri: of the document.
        undocs: where the UN give it out in the language that is read.
        akoma_ntoso: identifier of the text in that language, where there is one.
        meta: names and contents for reference managers.
        json_ld: the data block, as it stands in the page.
    """

    url: str
    iri: str
    undocs: str
    akoma_ntoso: str | None
    meta: tuple[tuple[str, str], ...]
    json_ld: Markup


def head(told: Asked, found: Held) -> Head:
    """What the head of the page of a held document tells."""
    document = found.document
    url = _url(told, found.slug)
    symbol, tag = document.symbol or found.slug, document.language
    written = json.dumps(described(told, found), ensure_ascii=False, indent=1)
    return Head(
        url,
        str(iri.document(found.slug)),
        undocs(symbol, tag),
        akoma_ntoso(symbol, document.adopted, tag) if document.adopted else None,
        tuple(_meta(told, found)),
        Markup(written.translate(_ESCAPED)),  # noqa: S704 - what could end the block is escaped
    )


def described(told: Asked, found: Held) -> dict[str, Any]:
    """A held document as schema.org's Legislation; what is not known is left out."""
    document, url = found.document, _url(told, found.slug)
    symbol = document.symbol or found.slug
    work = about(told.store, str(iri.document(found.slug)), told.language)
    named = akoma_ntoso(symbol, document.adopted) if document.adopted else None
    whole = {
        "@context": CONTEXT,
        "@id": work.iri,
        "@type": "Legislation",
        "name": document.title or symbol,
        "legislationIdentifier": [each for each in (symbol, named) if each],
        "legislationType": list(work.types),
        "legislationDate": document.adopted,
        "legislationPassedBy": _body(told, found),
        "inLanguage": document.language,
        "url": url,
        "sameAs": undocs(symbol),
        "workExample": [_expression(told, found.slug, tag) for tag in _languages(told, found.slug)],
        "encoding": [
            {"@type": "LegislationObject", "encodingFormat": media, "contentUrl": url + suffix}
            for suffix, media in TWINS.items()
        ],
        "citation": list(_cited(told, found)),
        "sdLicense": LICENCE,
        "sdPublisher": {"@type": "Organization", "name": PUBLISHER},
    }
    return {name: value for name, value in whole.items() if value}


def signposts(told: Asked, place: Place) -> str:
    """The Link header of a document: what it is to be cited as, its data, of what type it is."""
    base = public_url(told.request, told.request.app.state)
    own = iri.unit(place.slug, place.unit) if place.unit else iri.document(place.slug)
    links = [f'<{own}>; rel="cite-as"']
    if not place.unit:
        links.append(f'<{_LEGISLATION}>; rel="type"')
    links += [
        f'<{base}{place.path}{suffix}>; rel="describedby"; type="{media}"'
        for suffix, media in TWINS.items()
    ]
    return ", ".join(links)


def _url(told: Asked, slug: str) -> str:
    return f"{public_url(told.request, told.request.app.state)}/documents/{slug}"


def _languages(told: Asked, slug: str) -> tuple[str, ...]:
    return held.languages(told.store)[slug]


def _body(told: Asked, found: Held) -> dict[str, str] | None:
    if not (slug := found.document.adopted_by):
        return None
    body = str(iri.entity(slug))
    name = names_of(told.store).label(body, told.language)
    return {"@id": body, "@type": "GovernmentOrganization", "name": name}


def _expression(told: Asked, slug: str, tag: str) -> dict[str, str]:
    return {
        "@id": str(iri.expression(slug, tag)),
        "@type": "Legislation",
        "inLanguage": tag,
        "url": f"{_url(told, slug)}?text={tag}",
    }


def _cited(told: Asked, found: Held) -> Iterable[dict[str, Any]]:
    """The instruments that a document invokes, each once, in the order of the text."""
    names = names_of(told.store)
    slugs = dict.fromkeys(
        citation.slug
        for paragraph in found.document.paragraphs
        for citation in paragraph.citations
        if citation.status is Status.RESOLVED and citation.kind is Kind.INSTRUMENT
    )
    for slug in slugs:
        thing = str(iri.document(slug or ""))
        cited = {"@id": thing, "@type": "CreativeWork", "name": names.label(thing, told.language)}
        if thing in names.symbols:
            cited["identifier"] = names.symbols[thing]
        yield cited


def _meta(told: Asked, found: Held) -> Iterable[tuple[str, str]]:
    document = found.document
    body = (_body(told, found) or {}).get("name")
    symbol, day = document.symbol or found.slug, document.adopted
    told_of = {
        "citation_title": document.title or symbol,
        "citation_author": body,
        "citation_publication_date": day and day.replace("-", "/"),
        "citation_language": document.language,
        "citation_technical_report_number": symbol,
        "citation_technical_report_institution": UNITED_NATIONS,
        "citation_public_url": _url(told, found.slug),
        "DC.title": document.title or symbol,
        "DC.creator": body,
        "DC.date": day,
        "DC.language": document.language,
        "DC.identifier": symbol,
        "DC.publisher": UNITED_NATIONS,
        "DC.source": undocs(symbol, document.language),
        "DC.type": "Text",
    }
    return ((name, value) for name, value in told_of.items() if value)
