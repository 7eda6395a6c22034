"""What a bound refuses, as one tree.

LimitReached           a bound that the installation sets is reached
├── QueryTimedOut      504: it took longer than a query may
├── MemoryExceeded     413: it needed more memory than a query may have
├── AnswerTooLarge     413: its answer has more rows or bytes than an answer may
├── TextTooLong        413: its text is longer than a query may be
└── TooBusy            503: no worker was free in time

Each message is one sentence that says what was refused, and by which bound.
"""

from __future__ import annotations

from typing import ClassVar

from pursuant.errors import PursuantError


class LimitReached(PursuantError):
    """A bound that the installation sets is reached.

    Attributes:
        status: HTTP status that tells it.
        slug: one word for programs and counts.
    """

    status: ClassVar[int] = 413
    slug: ClassVar[str] = "limit"
    retry_after: int | None = None


class QueryTimedOut(LimitReached):
    """A query took longer than it may."""

    status = 504
    slug = "query-time"

    @classmethod
    def after(cls, seconds: float) -> QueryTimedOut:
        """The refusal, with the time that was given."""
        return cls(f"the query was ended after {seconds:g} seconds; ask for less at once")


class MemoryExceeded(LimitReached):
    """A query needed more memory than it may have."""

    slug = "query-memory"

    @classmethod
    def above(cls, megabytes: int) -> MemoryExceeded:
        """The refusal, with the memory that was given."""
        return cls(
            f"the query needs more than {megabytes:,} MB of memory, or is nested too deeply; "
            "ask for less at once"
        )


class AnswerTooLarge(LimitReached):
    """An answer has more rows or bytes than it may."""

    slug = "answer-size"


class TextTooLong(LimitReached):
    """The text of a query is longer than it may be."""

    slug = "query-text"

    @classmethod
    def above(cls, size: int) -> TextTooLong:
        """The refusal, with the length that is allowed."""
        return cls(f"the query has more than {size:,} bytes")


class TooBusy(LimitReached):
    """No worker was free in time."""

    status = 503
    slug = "busy"

    def __init__(self, problem: str, retry_after: int = 1) -> None:
        """Keeps the seconds after which asking again makes sense."""
        super().__init__(problem)
        self.retry_after = retry_after
