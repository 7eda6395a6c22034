"""The addresses of UN documents: which symbol a hyperlink leads to. No address is ever opened."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from pursuant.symbol import canonical

_HOSTS = ("undocs.org", "docs.un.org", "daccess-ods.un.org")
_LANGUAGE = re.compile(r"^[a-z]{2}/")
_SYMBOL = re.compile(r"[A-Z]{1,5}/[^\s?#&]+(?: ?\([^()]{1,12}\))?(?: [A-Z])?", re.IGNORECASE)
_GLUED = re.compile(r"(/RES/\d+/\d+)([A-Z])(?=$|-)")  # a part's letter: 57/228B
_PARAMETERS = ("m", "DS", "symbol", "FinalSymbol")


def symbol_of(address: str) -> str | None:
    """The symbol of the document that an address leads to; None where it does not tell.

    >>> symbol_of("https://undocs.org/en/S/RES/2178%20(2014)"), symbol_of("https://www.un.org/en/")
    ('S/RES/2178 (2014)', None)
    >>> symbol_of("https://undocs.org/ch/A/RES/70/125")  # "ch" is Chinese in old addresses
    'A/RES/70/125'
    >>> symbol_of("http://undocs.org/?m=A/72/840"), symbol_of("https://undocs.org/A/RES/72/1.")
    ('A/72/840', 'A/RES/72/1')
    >>> symbol_of("https://undocs.org/A/RES/57/228B")
    'A/RES/57/228 B'
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    if host not in _HOSTS:
        return None
    query = parse_qs(parts.query)
    asked = next((query[name][0] for name in _PARAMETERS if name in query), None)
    path = asked or _LANGUAGE.sub("", unquote(parts.path).lstrip("/"))
    symbol = " ".join(path.split()).strip("/.,; ")
    return _GLUED.sub(r"\1 \2", canonical(symbol)) if _SYMBOL.fullmatch(symbol) else None
