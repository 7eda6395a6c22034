"""What a request asks for, by the SPARQL 1.1 Protocol: read from the raw request, and bounded.

A query comes by GET, in a posted form, or as a posted body; an update in a form or as a body.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException

from pursuant.endpoint import Chosen
from pursuant_api.formats import NAMED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import Receive, Scope

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_MOST_FIELDS = 1000
_MEMORABLE = 4096
# What most requests are: it is read in C, which knows these escapes by another sign.
_ALONE = re.compile(rb"query=((?:[^%&\x00-\x20]|%[0-9A-Fa-f]{2})+)")
_KINDS = (FORM, QUERY, UPDATE)
_BESIDES = ("format", "lang", "default-graph-uri", "named-graph-uri")

Pairs = tuple[tuple[str, str], ...]


class Disconnected(Exception):
    """The asker has gone before the request was whole."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update, the graphs that it is asked of, and the form of its answer.

    Attributes:
        query: text of a query.
        update: text of an update.
        graphs: default-graph-uri and named-graph-uri, for a query.
        using: using-graph-uri and using-named-graph-uri, for an update.
        form: name of a form, by `?format=`.
        example: name of a query that is asked where there is no other, by `?example=`.
        is_bare: whether the address says nothing but form, language and graphs.
    """

    query: str | None
    update: str | None
    graphs: Chosen | None
    using: Chosen | None
    form: str | None
    is_bare: bool
    example: str | None = None


def header(scope: Scope, name: bytes) -> str:
    """A header's value; several are joined, as lists are."""
    found = [value for key, value in scope["headers"] if key == name]
    return ", ".join(value.decode("latin-1") for value in found) if found else ""


def media_type(scope: Scope) -> str:
    """The media type of a request's body, in lower case.

    Raises:
        HTTPException: 415, the body is said to be in another character set than UTF-8.
    """
    kind, *parameters = header(scope, b"content-type").split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
            if charset not in {"utf-8", "utf8", "us-ascii"}:
                raise HTTPException(415, f"the body is read as UTF-8, not as {charset}")
    return kind.strip().lower()


def parameters(scope: Scope) -> Pairs:
    """Names and values in the address.

    Raises:
        HTTPException: 400, they are not UTF-8, or too many.
    """
    return _pairs(scope["query_string"])


def _pairs(raw: bytes) -> Pairs:
    try:
        text = raw.decode()
        found = parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeDecodeError:
        raise HTTPException(400, "the parameters are not UTF-8") from None
    except ValueError:
        raise HTTPException(400, f"there are more than {_MOST_FIELDS} parameters") from None
    return tuple(found)


async def body(receive: Receive, most: int) -> bytes:
    """A request's body.

    Raises:
        HTTPException: 413, it is longer than `most` bytes.
        Disconnected: the asker has gone.
    """
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            raise HTTPException(413, f"the body has more than {most:,} bytes")
        if not message.get("more_body", False):
            return b"".join(parts)


async def operation(scope: Scope, receive: Receive, most: int) -> Operation:
    """What a request to the endpoint asks for.

    Args:
        scope: the request.
        receive: where its body comes from.
        most: bytes that a query or an update may have.

    Raises:
        HTTPException: it is not what the protocol allows.
        Disconnected: the asker has gone.
    """
    if scope["method"] != "POST":
        raw: bytes = scope["query_string"]
        return _remembered(raw) if len(raw) < _MEMORABLE else _got(raw)
    pairs = parameters(scope)
    kind = media_type(scope)
    if kind not in _KINDS:
        raise HTTPException(
            415, f"a query is posted as {FORM} or as {QUERY}, an update as {UPDATE}"
        )
    # A form writes each byte as up to three characters.
    sent = await body(receive, 3 * most if kind == FORM else most)
    if kind == FORM:
        return _operation(pairs + _pairs(sent))
    try:
        text = sent.decode()
    except UnicodeDecodeError:
        raise HTTPException(400, "the body is not UTF-8") from None
    return _operation((*pairs, ("query" if kind == QUERY else "update", text)))


def _got(raw: bytes) -> Operation:
    """What the address of a GET asks for."""
    if (alone := _ALONE.fullmatch(raw)) is not None:
        query = a2b_qp(alone[1].replace(b"=", b"=3D").replace(b"+", b" ").replace(b"%", b"="))
        try:
            return Operation(query.decode(), None, None, None, None, is_bare=False)
        except UnicodeDecodeError:
            raise HTTPException(400, "the parameters are not UTF-8") from None
    asked = _operation(_pairs(raw))
    if asked.update is not None:
        raise HTTPException(400, "an update is posted, never sent by GET")
    return asked


_remembered = lru_cache(maxsize=512)(_got)


def _operation(pairs: Pairs) -> Operation:
    form = _only(pairs, "format")
    if form is not None and form not in NAMED:
        raise HTTPException(400, f"format is one of {', '.join(NAMED)}, not {form!r}")
    query, update = _only(pairs, "query"), _only(pairs, "update")
    if query is not None and update is not None:
        raise HTTPException(400, "a request is a query or an update, not both")
    return Operation(
        query=query,
        update=update,
        graphs=_chosen(pairs, "default-graph-uri", "named-graph-uri"),
        using=_chosen(pairs, "using-graph-uri", "using-named-graph-uri"),
        form=form,
        is_bare=all(name in _BESIDES for name, _ in pairs),
        example=_only(pairs, "example"),
    )


def _only(pairs: Sequence[tuple[str, str]], name: str) -> str | None:
    values = [value for key, value in pairs if key == name]
    if len(values) > 1:
        raise HTTPException(400, f"the parameter {name} is given more than once")
    return values[0] if values else None


def _chosen(pairs: Pairs, default: str, named: str) -> Chosen | None:
    defaults, names = (
        tuple(value for key, value in pairs if key == each) for each in (default, named)
    )
    return Chosen(defaults, names) if defaults or names else None
