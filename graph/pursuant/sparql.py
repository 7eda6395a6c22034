"""The text of a SPARQL query: which keywords it uses, and what is wrong with it.

>>> sorted(keywords("SELECT ?s FROM <http://e/SERVICE> { ?s ?p 'LOAD' } # ASK"))
['FROM', 'SELECT']
"""

from __future__ import annotations

import re

from pursuant.errors import BadQuery

# What may hide a word that looks like a keyword, in the order in which SPARQL's grammar reads it.
_TOKEN = re.compile(
    r"""
      <[^<>"{}|^`\x00-\x20]*>
    | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}   | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\n\r]|\\.)*"                  | '(?:[^'\\\n\r]|\\.)*'
    | \#[^\n\r]*
    | [?$@]\w+ | [\w.-]*:(?:[\w.:-]|\\.|%[0-9A-Fa-f]{2})*
    | (?P<word>[A-Za-z]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_REASONS = ("Prefix not found", "The SELECT contains a variable that is unbound")


def keywords(text: str) -> set[str]:
    """Words of a query outside of IRIs, strings, names and comments, in upper case."""
    return {m["word"].upper() for m in _TOKEN.finditer(text) if m["word"]}


def refuse_remote_calls(text: str) -> None:
    """Refuses a query that would call another endpoint.

    Raises:
        BadQuery: the query uses SERVICE.
    """
    if "SERVICE" in keywords(text):
        raise BadQuery("SERVICE is refused: queries are answered from this store alone")


def syntax_problem(text: str, error: Exception) -> BadQuery:
    """One sentence with line and column, from what the parser said."""
    if {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE"} & set(_first_words(text)):
        return BadQuery("updates are refused: the store answers queries only")
    if not (m := _PLACE.match(str(error))):
        return BadQuery(f"the query cannot be parsed: {' '.join(str(error).split())}")
    return BadQuery(f"the query is wrong at line {m[1]}, column {m[2]}: {_reason(m[3])}")


def _first_words(text: str) -> list[str]:
    """Words before the first that is not a prologue's, which is the query's form."""
    words = [m["word"].upper() for m in _TOKEN.finditer(text) if m["word"]]
    return [word for word in words if word not in {"PREFIX", "BASE", "WITH"}][:1]


def _reason(expected: str) -> str:
    for reason in _REASONS:
        if reason in expected:
            return reason[0].lower() + reason[1:]
    tokens = [t for t in re.split(r",\s+", expected) if "[" not in t and "'\\" not in t]
    return " ".join(", ".join(tokens[:6]).split()) or "something else is expected here"
