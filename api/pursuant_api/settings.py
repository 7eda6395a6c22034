"""What an installation may set: read from the environment once, when the application is made."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from pursuant.errors import PursuantError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Settings:
    """The bounds within which strangers may ask, and how the server runs.

    Each is set by an environment variable: PURSUANT_ and its name in capitals.

    Attributes:
        processes: servers on the one port (Linux; elsewhere there is one). They share out among
            them the workers, the waiting, the cache and the connections.
        workers: processes that answer queries.
        query_seconds: time for one query, from its start to its last byte.
        query_megabytes: memory that one query may take on top of an idle worker.
        query_bytes: length of a query's text.
        answer_rows: rows or triples of one answer.
        answer_megabytes: length of one answer.
        waiting: queries that may wait for a worker; one more is told to come back.
        waiting_seconds: how long a query may wait.
        cache_megabytes: memory for answers that are asked again; 0 for none.
        write_token: who sends it as a bearer token may write; without one nobody may.
        upload_megabytes: length of what is written.
        tries: files of strangers, to be checked or read, that are worked on at once; one more is
            told to come back.
        try_megabytes: length of such a file.
        try_triples: triples in it.
        try_seconds: time that it may take.
        try_memory_megabytes: memory that it may take, on top of an idle process.
        public_url: address at which the server is reached from outside, where it stands behind
            another one; without it, the address that each request names.
        log: "json" or "text".
        stop_seconds: time for running queries when the server is told to stop.
        connections: connections at once; one more is answered 503.
        idle_seconds: how long a connection may ask nothing; how long the head of a request may
            take; and in how long a body or an answer must move on by a kilobyte a second.
    """

    processes: int = 1
    workers: int = 4
    query_seconds: float = 30.0
    query_megabytes: int = 1024
    query_bytes: int = 1_000_000
    answer_rows: int = 1_000_000
    answer_megabytes: int = 256
    waiting: int = 64
    waiting_seconds: float = 10.0
    cache_megabytes: int = 64
    write_token: str | None = None
    upload_megabytes: int = 100
    tries: int = 2
    try_megabytes: int = 20
    try_triples: int = 500_000
    try_seconds: float = 30.0
    try_memory_megabytes: int = 1024
    public_url: str | None = None
    log: str = "text"
    stop_seconds: float = 10.0
    connections: int = 4000
    idle_seconds: float = 15.0

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings in an environment.

        Raises:
            PursuantError: a value is not of its kind, or out of range; the sentence names it.
        """
        found: dict[str, Any] = {}
        for each in fields(cls):
            name = f"PURSUANT_{each.name.upper()}"
            if text := environment.get(name):
                found[each.name] = _value(name, text, each.default)
        return cls(**found)

    def shared(self, number: int) -> Settings:
        """What each of so many server processes has of them, rounded up."""
        return replace(self, **{name: -(-getattr(self, name) // number) for name in _SHARED})


_WORDS = {"PURSUANT_LOG": ("json", "text")}
_AT_LEAST_ONE = (
    "PURSUANT_PROCESSES",
    "PURSUANT_WORKERS",
    "PURSUANT_CONNECTIONS",
    "PURSUANT_TRIES",
)
_SHARED = ("workers", "waiting", "cache_megabytes", "connections", "tries")


def _value(name: str, text: str, default: object) -> int | float | str:
    if isinstance(default, float):
        return _number(name, text, float)
    if isinstance(default, int):
        return _number(name, text, int)
    if text not in _WORDS.get(name, (text,)):
        raise PursuantError(f"{name} is one of {', '.join(_WORDS[name])}, not {text!r}")
    return text


def _number(name: str, text: str, kind: type[int] | type[float]) -> int | float:
    try:
        number = kind(text)
    except ValueError:
        whole = "a whole number" if kind is int else "a number"
        raise PursuantError(f"{name} is {whole}, not {text!r}") from None
    if not math.isfinite(number) or number < 0:
        raise PursuantError(f"{name} is finite and not negative, as {text!r} is not")
    if number == 0 and name in _AT_LEAST_ONE:
        raise PursuantError(f"{name} is at least 1")
    return number
