"""The text of a SPARQL query: which keywords it uses, and what is wrong with it.

>>> sorted(keywords("SELECT ?s FROM <http://e/SERVICE> { ?s ?p 'LOAD' } # ASK"))
['FROM', 'SELECT']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pursuant.errors import BadQuery
from pursuant.iri import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# What may hide a word that looks like a keyword, in the order in which SPARQL's grammar reads it.
TOKEN = re.compile(
    r"""
      <[^<>"{}|^`\x00-\x20]*>
    | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}   | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\n\r]|\\.)*"                  | '(?:[^'\\\n\r]|\\.)*'
    | \#[^\n\r]*
    | [?$@]\w+ | [\w.-]{0,99}:(?:[\w.:-]|\\.|%[0-9A-Fa-f]{2})*
    | (?P<word>[A-Za-z]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_GRAPH_NAME = re.compile(
    r"""\s*+(?>(?: \#[^\n\r]*+\s*+ )*) (?: NAMED\b \s*+(?>(?: \#[^\n\r]*+\s*+ )*) )?
    (?P<name> <[^<>"{}|^`\x00-\x20]*> | [\w.-]{0,99}:(?:[\w.:-]|\\.|%[0-9A-Fa-f]{2})* )""",
    re.VERBOSE | re.IGNORECASE,
)
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_QUERIES = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"}
_REASONS = ("prefix not found", "the SELECT contains a variable that is unbound")


def keywords(text: str) -> set[str]:
    """Words of a query outside of IRIs, strings, names and comments, in upper case."""
    return {m["word"].upper() for m in TOKEN.finditer(text) if m["word"]}


def form(text: str) -> str:
    """The word that says what a query is: SELECT, ASK, CONSTRUCT, DESCRIBE, or of an update.

    >>> form("PREFIX e: <http://e/> # SELECT" + chr(10) + "ask { e:a e:b e:c }")
    'ASK'
    """
    words = [m["word"].upper() for m in TOKEN.finditer(text) if m["word"]]
    return next((word for word in words if word not in {"PREFIX", "BASE", "WITH"}), "")


def refuse_remote_calls(text: str) -> None:
    """Refuses a query that would call another endpoint.

    Raises:
        BadQuery: the query uses SERVICE.
    """
    if "SERVICE" in text.upper() and "SERVICE" in keywords(text):
        raise BadQuery("SERVICE is refused: queries are answered from this store alone")


def refuse_elsewhere(text: str, base: str | None, holds: Callable[[str], bool] | None) -> None:
    """Refuses a query that would have something fetched: by SERVICE, or by a FROM.

    Args:
        text: of the query; one that is wrong is passed over, for the engine tells that better.
        base: what relative IRIs are resolved against, where the query does not say.
        holds: whether the store has a graph of a name; None where FROM plays no part.

    Raises:
        BadQuery: it uses SERVICE, or its FROM names a graph that is not held.
    """
    refuse_remote_calls(text)
    if holds is None or "FROM" not in text.upper():
        return
    for name, place in _from(text, base):
        if not holds(name):
            line = text.count("\n", 0, place) + 1
            column = place - text.rfind("\n", 0, place)
            where = f"named by FROM at line {line}, column {column}"
            said = f"the graph <{name}>, {where}, is not held: nothing is fetched from elsewhere"
            raise BadQuery(said, line, column)


def _from(text: str, base: str | None) -> Iterator[tuple[str, int]]:
    """The graphs that FROM and FROM NAMED name, and where."""
    words = [m for m in TOKEN.finditer(text) if m["word"]]
    clauses = [m for m in words if m["word"].upper() == "FROM"]
    named = [m for each in clauses if (m := _GRAPH_NAME.match(text, each.end()))]
    heads = [m.start() for m in words if m["word"].upper() in _QUERIES]
    if not named or not heads:
        return
    known = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    # What comes before the form of a query is Turtle too.
    for each in named:
        told = f"{known}{text[: heads[0]]}\n<urn:a> <urn:b> {each['name']} ."
        try:
            (quad,) = ox.parse(told, ox.RdfFormat.TURTLE, base_iri=base or "urn:base")
        except (SyntaxError, ValueError):
            continue
        if isinstance(quad.object, ox.NamedNode):
            yield quad.object.value, each.start("name")


def _where(lines: Sequence[str], column: int) -> str:
    """The words round a place in the first of some lines, whole where they are not long."""
    first = max(0, column - 16)
    first = max(lines[0].rfind(" ", 0, first) + 1, first - 40, 0)
    if not (near := lines[0][first : column + 14].strip()):
        return "which is empty"
    ends = not "\n".join(lines)[column - 1 :].strip()
    return f"near {near!r}, where it ends" if ends else f"near {near!r}"


def syntax_problem(text: str, error: Exception, kind: str = "query") -> BadQuery:
    """One sentence with line and column, from what the parser said of a query or an update."""
    if kind == "query" and form(text) in _UPDATES:
        return BadQuery("updates are refused: the store answers queries only")
    if not (m := _PLACE.match(str(error))):
        return BadQuery(f"the {kind} cannot be parsed: {' '.join(str(error).split())}")
    line, column = int(m[1]), int(m[2])
    where = _where(text.split("\n")[line - 1 :], column)
    reason = next((f": {r}" for r in _REASONS if r.lower() in m[3].lower()), "")
    said = f"the {kind} is wrong at line {line}, column {column}, {where}{reason}"
    return BadQuery(said, line, column)
