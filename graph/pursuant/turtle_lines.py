"""On which line each statement of a Turtle or TriG text stands.

A tolerant reader: the text has been parsed already, so this one only finds its way. It gives the
statements in the order in which the engine's parser does, but for RDF lists, whose cells it leaves
out; and it stops where it meets what it does not know (RDF-star).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urljoin

_TOKEN = re.compile(
    r"""
      \#[^\n]*
    | (?P<iri><[^<>"{}|^`\s]*>)
    | (?P<text>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<blank>_:\w(?:[\w\-\u00b7]|\.(?=[\w.\-\u00b7]))*)
    | (?P<keyword>@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)
    | (?P<name>[\w\-.\u00b7]{0,200}:(?:[\w\-:%\u00b7]|\\.|\.(?=[\w\-:%\\.\u00b7]))*)
    | (?P<number>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?<!\.))
    | (?P<word>[a-zA-Z]+)
    | (?P<sign>\^\^|<<|>>|\{\||\|\}|[\[\](){}.;,])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_NAME_ESCAPE = re.compile(r"\\(?=.)", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LIST = "()"
_END = ("sign", "", -1)


class Statement(NamedTuple):
    """A statement and its lines, from 1.

    Terms are written as in N-Triples; of literals it is the text alone, in quotation marks; a blank
    node without a label is "[n]", an RDF list "()".
    """

    subject: str
    predicate: str
    object: str
    subject_line: int
    line: int


def statements(text: str, base: str) -> list[Statement]:
    """The statements of a text, as far as they can be followed.

    Args:
        text: Turtle or TriG.
        base: what its relative IRIs are resolved against.
    """
    reader = _Reader(text, base)
    with suppress(_Lost, RecursionError):
        reader.read()
    return reader.found


def unescaped(text: str) -> str:
    r"""A text with its escapes resolved.

    >>> unescaped(r"a\u0062\"c")
    'ab"c'
    """
    return _ESCAPE.sub(_resolved, text) if "\\" in text else text


def _resolved(match: re.Match[str]) -> str:
    escape = match[1]
    if escape[0] in "uU" and len(escape) > 1:
        return chr(int(escape[1:], 16))
    return _ESCAPED.get(escape, escape)


class _Lost(Exception):
    """The reader does not know where it is."""


@dataclass(frozen=True, slots=True)
class _Node:
    name: str
    line: int


class _Reader:
    """Goes through a text, token by token."""

    def __init__(self, text: str, base: str) -> None:
        self.found: list[Statement] = []
        self._base = base
        self._prefixes: dict[str, str] = {}
        self._breaks = [m.start() for m in re.finditer("\n", text)]
        self._tokens = (
            (m.lastgroup, m[0], m.start()) for m in _TOKEN.finditer(text) if m.lastgroup
        )
        self._ahead: tuple[str, str, int] = _END
        self._anonymous = 0
        self._next()

    def read(self) -> None:
        """Reads to the end."""
        while self._ahead is not _END:
            kind, piece, _ = self._ahead
            if kind == "keyword" or (kind == "word" and piece.upper() in {"PREFIX", "BASE"}):
                self._declaration()
            elif kind == "word" and piece.upper() == "GRAPH":
                self._next()
                self._node()
            elif piece in {"{", "}", "."}:
                self._next()
            else:
                self._statement()

    def _next(self) -> tuple[str, str, int]:
        before = self._ahead
        self._ahead = next(self._tokens, _END)
        return before

    def _line(self, place: int) -> int:
        return bisect_right(self._breaks, place - 1) + 1

    def _declaration(self) -> None:
        word = self._next()[1].strip("@").upper()
        if word == "PREFIX":
            prefix = self._next()[1]
            self._prefixes[prefix.removesuffix(":")] = self._iri(self._next()[1])
        elif word == "BASE":
            self._base = self._iri(self._next()[1])
        else:
            raise _Lost

    def _statement(self) -> None:
        is_open = self._ahead[1] == "["
        subject = self._node()
        if self._ahead[1] == "{":  # it was the name of a graph
            return
        if not (is_open and self._ahead[1] in {".", "}"}):
            self._predicates(subject)

    def _predicates(self, subject: _Node) -> None:
        while self._ahead[1] not in {".", "]", "}"}:
            if self._ahead is _END:
                raise _Lost
            if self._ahead[1] == ";":
                self._next()
                continue
            kind, piece, _ = self._ahead
            if kind == "word" and piece == "a":
                self._next()
                predicate = _TYPE
            else:
                predicate = self._node().name
            self._objects(subject, predicate)

    def _objects(self, subject: _Node, predicate: str) -> None:
        while True:
            value = self._node()
            self.found.append(
                Statement(subject.name, predicate, value.name, subject.line, value.line)
            )
            if self._ahead[1] != ",":
                return
            self._next()

    def _node(self) -> _Node:
        """The term that comes, and all that is written within it."""
        kind, piece, place = self._next()
        line = self._line(place)
        match kind:
            case "iri":
                return _Node(f"<{self._iri(piece)}>", line)
            case "name":
                prefix, _, rest = piece.partition(":")
                if prefix not in self._prefixes:
                    raise _Lost
                return _Node(f"<{self._prefixes[prefix]}{_NAME_ESCAPE.sub('', rest)}>", line)
            case "blank" | "number":
                return _Node(piece if kind == "blank" else f'"{piece}"', line)
            case "text":
                return self._literal(piece, line)
            case "word" if piece in {"true", "false"}:
                return _Node(f'"{piece}"', line)
        return self._nested(piece, line)

    def _nested(self, piece: str, line: int) -> _Node:
        if piece == "(":
            while self._ahead[1] != ")":
                if self._ahead is _END:
                    raise _Lost
                self._node()
            self._next()
            return _Node(_LIST, line)
        if piece != "[":
            raise _Lost
        self._anonymous += 1
        node = _Node(f"[{self._anonymous}]", line)
        self._predicates(node)
        if self._next()[1] != "]":
            raise _Lost
        return node

    def _literal(self, piece: str, line: int) -> _Node:
        size = 3 if piece[:3] in {'"""', "'''"} and len(piece) > 5 else 1
        if self._ahead[0] == "keyword":
            self._next()
        elif self._ahead[1] == "^^":
            self._next()
            self._node()
        return _Node(f'"{unescaped(piece[size:-size])}"', line)

    def _iri(self, piece: str) -> str:
        iri = unescaped(piece.strip("<>"))
        return iri if re.match(r"[a-zA-Z][\w+.-]*:", iri) else urljoin(self._base, iri)
