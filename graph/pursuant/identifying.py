"""What else the world calls a document: its Akoma Ntoso identifier, its address at the UN.

Akoma Ntoso identifiers are formed as in the resolutions that the United Nations publish marked up:

    >>> akoma_ntoso("S/RES/2178 (2014)", "2014-09-24")
    '/akn/un/statement/deliberation/unsc/2014-09-24/2178-2014/'
    >>> akoma_ntoso("E/RES/2021/2 B", "2021-07-21", "zh")
    '/akn/un/statement/deliberation/unecosoc/2021-07-21/2021-2B/zho@/'
    >>> undocs("A/RES/57/228 B", "zh"), undocs("S/RES/2178 (2014)")
    ('https://undocs.org/zh/A/RES/57/228B', 'https://undocs.org/S/RES/2178(2014)')
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import quote

from rdflib import DCTERMS, RDFS, Literal, URIRef

from pursuant.iri import UNCT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]

UNDOCS = "https://undocs.org/"
# Those whose identifiers are published: their names there, by the beginning of the symbol.
_RESOLUTION = re.compile(
    r"(?P<series>A|A/HRC|S|E)/RES/(?P<number>\d+/\d+|\d+ \(\d{4}\))(?: (?P<part>[A-Z]))?"
)
_BODIES = {"A": "unga", "A/HRC": "unga-hrc", "S": "unsc", "E": "unecosoc"}
_LANGUAGES = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "zho"}


def akoma_ntoso(symbol: str, adopted: str, language: str | None = None) -> str | None:
    """The Akoma Ntoso identifier of a resolution, or of its text in a language.

    Args:
        symbol: in its canonical spelling.
        adopted: the day of its adoption, as 2019-07-23.
        language: code of one of the six official languages.

    Returns:
        None for documents of which none is published that could be followed: those that are not
        resolutions, and resolutions of special sessions and of the time of Roman numerals.
    """
    found = _RESOLUTION.fullmatch(symbol)
    if found is None:
        return None
    number = "-".join(re.findall(r"\d+", found["number"])) + (found["part"] or "")
    work = f"/akn/un/statement/deliberation/{_BODIES[found['series']]}/{adopted}/{number}/"
    return f"{work}{_LANGUAGES[language]}@/" if language else work


def undocs(symbol: str, language: str | None = None) -> str:
    """The address at which the UN give out a document, in its reader's language or in this one."""
    spoken = f"{language}/" if language else ""
    return UNDOCS + spoken + quote(symbol.replace(" ", ""), safe="/().")


def identified(triples: Iterable[Triple]) -> Iterator[Triple]:
    """What follows from the symbols and dates in some triples: identifiers and addresses."""
    said: defaultdict[Node, dict[Node, Node]] = defaultdict(dict)
    wanted = (UNCT.symbol, UNCT.adoptionDate, UNCT.realizes, DCTERMS.language)
    for subject, predicate, value in triples:
        if predicate in wanted:
            said[subject][predicate] = value
    for subject, facts in list(said.items()):
        work = facts.get(UNCT.realizes, subject)
        if UNCT.symbol in said[work]:
            language = facts.get(DCTERMS.language) if work != subject else None
            yield from _named(subject, said[work], str(language) if language else None)


def _named(subject: Node, work: dict[Node, Node], language: str | None) -> Iterator[Triple]:
    symbol, adopted = str(work[UNCT.symbol]), work.get(UNCT.adoptionDate)
    yield subject, RDFS.seeAlso, URIRef(undocs(symbol, language))
    if adopted and (name := akoma_ntoso(symbol, str(adopted), language)):
        yield subject, UNCT.akomaNtosoIdentifier, Literal(name)
