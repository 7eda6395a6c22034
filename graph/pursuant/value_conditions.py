"""Whether one value fails a constraint that looks at each value alone, as a SPARQL condition.

Each condition is true or false of any term, never an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import SH, Literal, URIRef

from pursuant.content import from_rdflib
from pursuant.literal_forms import NORMALISED, well_formed
from pursuant.shapes import Constraint, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib.term import Node

_KINDS = {
    SH.IRI: "isIRI({0})",
    SH.BlankNode: "isBlank({0})",
    SH.Literal: "isLiteral({0})",
    SH.BlankNodeOrIRI: "(isBlank({0}) || isIRI({0}))",
    SH.BlankNodeOrLiteral: "(isBlank({0}) || isLiteral({0}))",
    SH.IRIOrLiteral: "(isIRI({0}) || isLiteral({0}))",
}
_RANGES = {"minExclusive": ">", "minInclusive": ">=", "maxExclusive": "<", "maxInclusive": "<="}


class Uncompilable(Exception):
    """A shape that has no query here; the reason is for people.

    Attributes:
        lexical: whether it asks what the engine does not keep, how a literal is written.
    """

    def __init__(self, reason: str, lexical: bool = False) -> None:
        super().__init__(reason)
        self.lexical = lexical


def value_fails(name: str, given: Any, value: str) -> str:
    """The condition that a value fails a constraint.

    Args:
        name: the constraint's parameter, as "datatype".
        given: what it asks for.
        value: the variable that holds the value.

    Raises:
        Uncompilable: the constraint asks what the engine cannot tell.
    """
    match name:
        case "datatype":
            return _datatype(given, value)
        case "nodeKind":
            return f"!{_kind(given).format(value)}"
        case "minLength" | "maxLength":
            sign = "<" if name == "minLength" else ">"
            return f"(isBlank({value}) || STRLEN(STR({value})) {sign} {whole(name, given)})"
        case "languageIn":
            tags = " || ".join(f"LANGMATCHES(LANG({value}), {in_sparql(tag)})" for tag in given)
            return f"!COALESCE({tags or 'false'}, false)"
        case "in":
            return f"!({_among(value, given)})"
    return f"!COALESCE({value} {_RANGES[name]} {in_sparql(given)}, false)"


def _datatype(wanted: Node, value: str) -> str:
    if wanted in NORMALISED:
        raise Uncompilable(f"the engine keeps {wanted} as another datatype", lexical=True)
    form = well_formed(wanted, value)
    if form is None:
        raise Uncompilable(f"the engine does not check the form of {wanted}", lexical=True)
    return f"!(COALESCE(SAMETERM(DATATYPE({value}), {iri(wanted)}), false) && {form})"


def _kind(wanted: Node) -> str:
    if (form := _KINDS.get(wanted)) is None:  # type: ignore[call-overload]
        raise Uncompilable(f"{told(wanted)} is no node kind")
    return str(form)


def _among(value: str, terms: Sequence[Node]) -> str:
    iris = [iri(term) for term in terms if isinstance(term, URIRef)]
    ways = [f"SAMETERM({value}, {in_sparql(t)})" for t in terms if isinstance(t, Literal)]
    if iris:
        ways.append(f"(isIRI({value}) && {value} IN ({', '.join(iris)}))")
    return " || ".join(ways) or "false"


def wanted_number(constraint: Constraint) -> int:
    """The whole number that a constraint asks for."""
    return whole(constraint.name, constraint.value)


def whole(name: str, value: Node) -> int:
    """A parameter's whole number."""
    found = value.value if isinstance(value, Literal) else None
    if not isinstance(found, int) or found < 0:
        raise Uncompilable(f"sh:{name} is not a whole number")
    return found


def iri(node: Any) -> str:
    """An IRI in SPARQL."""
    if not isinstance(node, URIRef):
        raise Uncompilable(f"{told(node)} where an IRI belongs")
    return str(from_rdflib(node))


def in_sparql(node: Any) -> str:
    """A term in SPARQL."""
    return str(from_rdflib(node))
