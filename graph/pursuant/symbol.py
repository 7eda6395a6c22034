"""UN document symbols, and the addresses made from them.

    >>> canonical("S/RES/2178(2014)")
    'S/RES/2178 (2014)'
    >>> slug("S/RES/2178 (2014)"), slug("A/RES/53/243 A"), slug("A/RES/3034(XXVII)")
    ('s-res-2178-2014', 'a-res-53-243-a', 'a-res-3034-xxvii')
    >>> unit_id("OP24"), unit_id("24"), unit_id("3(a)(ii)"), unit_id("pp3")
    ('op24', 'op24', 'op3-a-ii', 'pp3')

A slug is computed from a symbol and never parsed back. A unit is addressed by its part and
number; people may type any of the spellings above.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pursuant.errors import UnknownName
from pursuant.numerals import to_int, to_roman

_HEADING = re.compile(r"(?:^|-)h\d+$")
_UNIT = re.compile(
    r"(?P<part>op|pp|fn|annex)?-?(?P<number>\d+)(?P<points>(?>(?:-?\(?[a-zа-я]++\)?)*))"
)
_PINPOINT = re.compile(
    r"(?:[A-Z] ?)?(?P<annex>annex(?: (?P<numeral>[^\W\d_]{1,6}|\d{1,2}))?)? ?"
    r"(?:paragraph (?P<paragraph>\d{1,3}(?:\(?[a-z]{1,4}\))*))?"
)


@lru_cache(maxsize=1024)
def canonical(symbol: str) -> str:
    """The one spelling of a symbol: half-width, upper-case, a space before a year or part letter.

    The old Assembly's session numerals are set as the Editorial Manual has them, without a space;
    parts and volumes so too, with their numbers joined as in English:

    >>> canonical("A/C.3/74/l.5/rev.1")
    'A/C.3/74/L.5/Rev.1'
    >>> canonical("E/CN.4/Sub.2/1997/20/Rev.1")
    'E/CN.4/Sub.2/1997/20/Rev.1'
    >>> canonical("a/res/53/243  a"), canonical("A/RES/2625 (xxv)"), canonical("E／RES／2019／21")
    ('A/RES/53/243 A', 'A/RES/2625(XXV)', 'E/RES/2019/21')
    >>> canonical("A/CONF.157/24 (Part I)"), canonical("NPT/CONF.2000/28 (Parts I和II)")
    ('A/CONF.157/24(PARTI)', 'NPT/CONF.2000/28(PARTSIANDII)')
    """
    text = unicodedata.normalize("NFKC", symbol).upper()
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" ?/ ?", "/", text)
    text = re.sub(
        r"/(?:REV|ADD|CORR|AMEND|SUB)\.(?=\d)", lambda m: f"/{m.group()[1:].title()}", text
    )
    text = re.sub(r" ?\( ?((?:19|20)\d\d) ?\)", r" (\1)", text)
    text = re.sub(r"(?<=[IVX]) ?[^\W\d_IVX]{1,3} ?(?=[IVX]+\))", "AND", text)
    return re.sub(r" ?\(([^()\d][^()]*)\)", lambda m: m.group().replace(" ", ""), text)


@lru_cache(maxsize=1024)
def slug(symbol: str) -> str:
    """The part of an IRI that names a document: lower-case, no brackets, '/' and ' ' as '-'."""
    text = unicodedata.normalize("NFKC", symbol).lower().strip()
    text = re.sub(r"[\s/()]+", "-", text)
    return re.sub(r"-{2,}", "-", text).strip("-")


def cited_unit(pinpoint: str) -> str | None:
    """The id of the unit that a pinpoint names; None for parts that are no units of a document.

    >>> cited_unit("paragraph 6(a)"), cited_unit("annex"), cited_unit("annex II paragraph 9")
    ('op6-a', 'annex', 'annex-ii-9')
    >>> cited_unit("A annex"), cited_unit("annex 一"), cited_unit("article 25")
    ('annex', 'annex-i', None)
    """
    found = _PINPOINT.fullmatch(pinpoint)
    if found is None or not (found["annex"] or found["paragraph"]):
        return None
    numeral = to_int((found["numeral"] or "").upper())
    annex = ["annex"] if found["annex"] else []
    annex += [to_roman(numeral).lower()] if numeral else []
    points = re.findall(r"\d+|[a-z]+", found["paragraph"] or "")
    return "-".join([*annex, *points]) if annex else f"op{'-'.join(points)}"


def unit_id(name: str) -> str:
    """The id of a unit from any spelling a person would type.

    Raises:
        UnknownName: the text names no unit.
    """
    text = unicodedata.normalize("NFKC", name).lower().replace(" ", "").rstrip(".")
    if not (m := _UNIT.fullmatch(text)):
        raise UnknownName(f"{name!r} does not name a paragraph; write op24, pp3, 3(a) or fn8")
    points = re.findall(r"[a-zа-я]+", m["points"])
    return "-".join([f"{m['part'] or 'op'}{int(m['number'])}", *points])


def is_heading(unit: str) -> bool:
    """Whether a unit's id is that of a heading.

    >>> is_heading("h5"), is_heading("annex-ii-h2"), is_heading("op3")
    (True, True, False)
    """
    return bool(_HEADING.search(unit))
