"""The text of a SPARQL query: which keywords it uses, and what is wrong with it.

>>> sorted(keywords("SELECT ?s FROM <http://e/SERVICE> { ?s ?p 'LOAD' } # ASK"))
['FROM', 'SELECT']
"""

from __future__ import annotations

import re

from pursuant.errors import BadQuery

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
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
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


def syntax_problem(text: str, error: Exception, kind: str = "query") -> BadQuery:
    """One sentence with line and column, from what the parser said of a query or an update."""
    if kind == "query" and form(text) in _UPDATES:
        return BadQuery("updates are refused: the store answers queries only")
    if not (m := _PLACE.match(str(error))):
        return BadQuery(f"the {kind} cannot be parsed: {' '.join(str(error).split())}")
    line, column = int(m[1]), int(m[2])
    near = text.split("\n")[line - 1][max(0, column - 16) : column + 14].strip()
    where = f"near {near!r}" if near else "which is empty"
    reason = next((f": {r}" for r in _REASONS if r.lower() in m[3].lower()), "")
    said = f"the {kind} is wrong at line {line}, column {column}, {where}{reason}"
    return BadQuery(said, line, column)
