"""The log, on standard error: a line for each request, as text or as a JSON object.

A query's text is never in it at the level INFO, nor a query string: who asks what is theirs. The
first digits of the text's hash tell whether two requests asked the same.
"""

from __future__ import annotations

import json
import logging
import logging.config
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pursuant_api.observing import Seen

_access = logging.getLogger("pursuant.access")
_OURS = ("pursuant", "pursuant_api", "uvicorn")
_OF_A_QUERY = ("query", "kind", "rows", "outcome", "revision")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        told: dict[str, Any] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if (request := getattr(record, "request", None)) is not None:
            told |= request
        else:
            told["message"] = record.getMessage()
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=True)


class TextLines(logging.Formatter):
    """A line that a person reads; what a request sent cannot begin a new one."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        request = getattr(record, "request", None)
        said = record.getMessage() if request is None else _as_text(request)
        line = f"{_time(record)} {record.levelname.lower()} {said}"
        if not line.isprintable():
            line = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)
        traceback = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return line + traceback


def configure(form: str) -> None:
    """Sends what is logged to standard error.

    Args:
        form: "json", else text.
    """
    lines = JsonLines if form == "json" else TextLines
    # What no line tells is not looked up for each.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
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
    # `info` would look through the stack for who calls, which takes longer than all the rest.
    record = logging.LogRecord(_access.name, logging.INFO, "", 0, "%s %s", (method, path), None)
    record.request = request
    _access.handle(record)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _as_text(request: dict[str, Any]) -> str:
    told = "{method} {path} {status} {duration_ms} ms {bytes} bytes id={id}".format_map(request)
    for name in _OF_A_QUERY:
        if (value := request.get(name)) is not None:
            told += f" {name}={value}"
    return told
