"""The log, on standard error: a line for each request, as text or as a JSON object.

A query's text is never in it at the level INFO, nor a query string: who asks what is theirs. The
first digits of the text's hash tell whether two requests asked the same.
"""

from __future__ import annotations

import json
import logging
import logging.config
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from pursuant_api.observing import Seen

_access = logging.getLogger("pursuant.access")
# Writes a request down, once `configure` was called. A record and its handlers for each would
# take as long as all the rest of an answer that is asked again.
_as_line: Callable[[dict[str, Any]], str] | None = None
_OURS = ("pursuant", "pursuant_api", "uvicorn")
_OF_A_QUERY = ("query", "kind", "rows", "outcome", "revision")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        told: dict[str, Any] = {
            "time": _time(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=True)


class TextLines(logging.Formatter):
    """A line that a person reads; what a request sent cannot begin a new one."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        said = f"{_time(record.created)} {record.levelname.lower()} {record.getMessage()}"
        line = _on_one_line(said)
        traceback = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return line + traceback


def configure(form: str) -> None:
    """Sends what is logged to standard error.

    Args:
        form: "json", else text.
    """
    global _as_line
    lines, _as_line = (JsonLines, _json) if form == "json" else (TextLines, _text)
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"lines": {"()": lines}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "loggers": {
                name: {"level": "INFO"} for name in ("pursuant", "pursuant_api", "uvicorn")
            },
            "root": {"handlers": ["stderr"], "level": "WARNING"},
        }
    )


def access(method: str, path: str, seen: Seen, seconds: float) -> None:
    """Logs a request that has been answered."""
    if not _access.isEnabledFor(logging.INFO):
        return
    request: dict[str, Any] = {
        "id": seen.id,
        "method": method,
        "path": path,
        "status": seen.status,
        "duration_ms": round(seconds * 1000, 2),
        "bytes": seen.size,
    }
    if seen.query is not None:
        request |= {name: getattr(seen, name) for name in _OF_A_QUERY}
    if _as_line is None:
        _access.info("%s %s", method, path, extra={"request": request})
        return
    with suppress(OSError, ValueError):  # nobody reads it any more
        sys.stderr.write(_as_line(request) + "\n")


def _time(when: float) -> str:
    return f"{_second(int(when))}.{int(when % 1 * 1000):03d}+00:00"


@lru_cache(maxsize=4)
def _second(when: int) -> str:
    return datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _on_one_line(said: str) -> str:
    if said.isprintable():
        return said
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in said)


def _json(request: dict[str, Any]) -> str:
    told = {"time": _time(time.time()), "level": "info", "logger": _access.name, **request}
    return json.dumps(told, ensure_ascii=True)


def _text(request: dict[str, Any]) -> str:
    told = "{method} {path} {status} {duration_ms} ms {bytes} bytes id={id}".format_map(request)
    for name in _OF_A_QUERY:
        if (value := request.get(name)) is not None:
            told += f" {name}={value}"
    return _on_one_line(f"{_time(time.time())} info {told}")
