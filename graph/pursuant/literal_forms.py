"""How literals of a datatype are written, as a SPARQL condition on their text.

The engine keeps numbers as values: it forgets whether 5 was written as xsd:integer or xsd:int.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import RDF, XSD

if TYPE_CHECKING:
    from rdflib.term import Node

# What the engine stores as xsd:integer.
NORMALISED = frozenset(
    XSD[name]
    for name in [
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
        "unsignedByte",
    ]
)
# XML Schema 1.1, part 2: lexical spaces.
_DECIMAL = r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)"
_FLOATING = rf"^({_DECIMAL}([eE][+-]?[0-9]+)?|[+-]?INF|NaN)$"
_WRITTEN = {
    XSD.integer: "^[+-]?[0-9]+$",
    XSD.decimal: f"^{_DECIMAL}$",
    XSD.float: _FLOATING,
    XSD.double: _FLOATING,
    XSD.boolean: "^(true|false|0|1)$",
    XSD.hexBinary: "^([0-9a-fA-F]{2})*$",
}
# Of these the engine tells itself.
_CAST = frozenset(
    XSD[name]
    for name in [
        "date",
        "dateTime",
        "time",
        "gYear",
        "gYearMonth",
        "gMonth",
        "gMonthDay",
        "gDay",
        "duration",
        "dayTimeDuration",
        "yearMonthDuration",
    ]
)
_ANY = frozenset(
    {XSD.string, XSD.anyURI, XSD.normalizedString, XSD.token, XSD.language, RDF.langString}
)


def well_formed(datatype: Node, value: str) -> str | None:
    """The condition that a literal of a datatype is written as it must be.

    Args:
        datatype: the datatype.
        value: the variable that holds the literal.

    Returns:
        The condition; "true" where every text will do, None where it is not known here.
    """
    if datatype in _WRITTEN:
        return f"REGEX(STR({value}), {ox.Literal(_WRITTEN[datatype])})"  # type: ignore[index]
    if datatype in _CAST:
        return f"COALESCE(ISLITERAL(<{datatype}>(STR({value}))), false)"
    if datatype in _ANY or not str(datatype).startswith((str(XSD), str(RDF))):
        return "true"
    return None
