"""A store with resolutions of our own making: a body's life in one series, and docs/example."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from pursuant.finding import find
from pursuant.ingesting import ingest, readable

if TYPE_CHECKING:
    from pursuant.store import Store

HERE = Path(__file__).parent
SERIES = HERE / "data" / "series"
EXAMPLE = HERE.parent / "docs" / "example"


@cache
def series() -> Store:
    """The store, on disk, made once a process."""
    store = readable(mkdtemp(prefix="pursuant-series-"))
    outcomes = ingest(store, find([SERIES, EXAMPLE]))
    assert {outcome.state for outcome in outcomes if outcome.graph} == {"added"}
    return store
