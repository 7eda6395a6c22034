"""Answers that are kept to be given again, bounded in bytes."""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable

_PASSING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
_OVERHEAD = 500
_LONG = 65_536


class Cache:
    """The answers that were asked for last; a key names all that an answer depends on.

    An answer of more than an eighth of the bound is not kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
        self._bytes = self._hits = self._misses = 0

    @property
    def largest(self) -> int:
        """Bytes that one answer may have to be kept."""
        return self._most // 8

    def takes(self, query: str) -> bool:
        """Whether the answer to a query is the same when it is asked again, and worth keeping."""
        if not self._most or len(query) >= _LONG:
            return False
        return "(" not in query or not _PASSING.search(query)

    def get(self, key: Hashable) -> Any:
        """What is kept under a key, or None."""
        if (held := self._kept.get(key)) is None:
            self._misses += 1
            return None
        self._hits += 1
        self._kept.move_to_end(key)
        return held[1]

    def put(self, key: Hashable, size: int, value: Any) -> None:
        """Keeps a value of so many bytes, and drops what was asked for longest ago."""
        size += _OVERHEAD
        if size > self.largest:
            return
        if (before := self._kept.pop(key, None)) is not None:
            self._bytes -= before[0]
        self._kept[key] = size, value
        self._bytes += size
        while self._bytes > self._most:
            _, (dropped, _) = self._kept.popitem(last=False)
            self._bytes -= dropped

    def stats(self) -> dict[str, int]:
        """Numbers for the metrics."""
        return {
            "hits": self._hits,
            "misses": self._misses,
            "bytes": self._bytes,
            "answers": len(self._kept),
        }
