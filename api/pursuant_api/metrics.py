"""What the server counts and measures, for Prometheus to fetch.

Every label has few values: routes are templates, methods and statuses those of HTTP, outcomes and
reasons words of our own. A client cannot make a new series.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from pursuant import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from starlette.datastructures import State

    from pursuant_api.observing import Seen
    from pursuant_api.siblings import Counted, Siblings

router = APIRouter()
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_PAGE = os.sysconf("SC_PAGE_SIZE")
# What all processes say alike; all else is added up.
_TOGETHER: dict[str, Callable[[Iterable[float]], float]] = {
    "pursuant_build_info": max,
    "pursuant_revision_info": max,
    "process_start_time_seconds": min,
    "process_max_fds": min,
}


class Metrics:
    """The series of one application.

    Every request is counted here, so they are plain numbers, which take no lock: requests are
    counted by the event loop alone. They become series when they are fetched.

    Attributes:
        in_progress: requests that are being answered.
    """

    def __init__(self, state: State) -> None:
        self.in_progress = 0
        self._state = state
        self._requests: Counter[tuple[str, ...]] = Counter()
        self._queries: Counter[tuple[str, ...]] = Counter()
        self._durations: dict[str, _Durations] = {}
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.registry.register(_Requests(self))
        self.registry.register(_Inside(state))

    def count(self, method: str, route: str, seen: Seen, seconds: float) -> None:
        """Counts a request that has been answered."""
        named = method if method in _METHODS else "other"
        self._requests[route, named, str(seen.status)] += 1
        if (durations := self._durations.get(route)) is None:
            durations = self._durations[route] = _Durations()
        durations.observe(seconds)
        if seen.outcome:
            self._queries[seen.outcome,] += 1

    def page(self) -> bytes:
        """All series in Prometheus' text format, those of all processes of a server together."""
        siblings: Siblings | None = self._state.siblings
        if siblings is None:
            return generate_latest(self.registry)
        every = CollectorRegistry()
        every.register(_Together([self.counted(), *siblings.counted()]))
        return generate_latest(every)

    def counted(self) -> Counted:
        """The series of this process as plain values."""
        return [
            (
                family.name,
                family.type,
                family.documentation,
                [(each.name, each.labels, each.value) for each in family.samples],
            )
            for family in self.registry.collect()
        ]

    def series(self) -> Iterator[Metric]:
        """What was counted."""
        yield _counts(
            "pursuant_requests",
            "Requests answered.",
            ("route", "method", "status"),
            self._requests.copy(),
        )
        durations = HistogramMetricFamily(
            "pursuant_request_duration_seconds",
            "Time from a request's head to the last byte of its answer.",
            labels=("route",),
        )
        for route, each in self._durations.copy().items():
            durations.add_metric((route,), each.buckets(), each.total)
        yield durations
        yield _counts(
            "pursuant_queries",
            "SPARQL queries and updates by what came of them.",
            ("outcome",),
            self._queries.copy(),
        )
        yield GaugeMetricFamily(
            "pursuant_requests_in_progress", "Requests being answered.", self.in_progress
        )


class _Durations:
    """How many requests took how long."""

    def __init__(self) -> None:
        self.total = 0.0
        self._numbers = [0] * (len(_SECONDS) + 1)

    def observe(self, seconds: float) -> None:
        self.total += seconds
        self._numbers[bisect_left(_SECONDS, seconds)] += 1

    def buckets(self) -> list[tuple[str, float]]:
        names = [*map(str, map(float, _SECONDS)), "+Inf"]
        return list(zip(names, accumulate(self._numbers), strict=True))


class _Together(Collector):
    """What several processes have counted, added up."""

    def __init__(self, counted: Sequence[Counted]) -> None:
        self._counted = counted

    def collect(self) -> Iterable[Metric]:
        families: dict[str, Metric] = {}
        series: dict[tuple[str, str, tuple[tuple[str, str], ...]], list[float]] = {}
        for name, kind, text, samples in chain.from_iterable(self._counted):
            families.setdefault(name, Metric(name, text, kind))
            for sample, labels, value in samples:
                series.setdefault((name, sample, tuple(labels.items())), []).append(value)
        for (name, sample, pairs), values in series.items():
            add_up = _TOGETHER.get(name, sum)
            families[name].add_sample(sample, dict(pairs), add_up(values))
        return families.values()


class _Requests(Collector):
    """What was counted of requests."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self.metrics.series()


class _Inside(Collector):
    """What the pool, the cache and the store tell of themselves when they are asked."""

    def __init__(self, state: State) -> None:
        self.state = state

    def collect(self) -> Iterable[Metric]:
        yield _gauge("pursuant_build", "The running version.", {"version": __version__})
        yield from self._revision()
        pool = getattr(self.state, "pool", None)
        stats = _stats(pool)
        yield from _pool(stats)
        yield from _cache(_stats(getattr(pool, "cache", None)))
        yield from _memory(stats.get("pids", ()))

    def _revision(self) -> Iterator[Metric]:
        if (store := getattr(self.state, "store", None)) is not None:
            told = {"revision": str(store.revision)}
            yield _gauge("pursuant_revision", "The revision of the store that is served.", told)


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(request: Request) -> Response:
    """What the server counts and measures, in Prometheus' text format."""
    kept: Metrics = request.app.state.metrics
    return Response(kept.page(), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _stats(part: Any) -> dict[str, Any]:
    return {} if part is None else part.stats()


def _counts(
    name: str, text: str, labels: tuple[str, ...], counted: Mapping[tuple[str, ...], int]
) -> Metric:
    family = CounterMetricFamily(name, text, labels=labels)
    for values, number in counted.items():
        family.add_metric(values, number)
    return family


def _gauge(name: str, text: str, labels: dict[str, str], value: float = 1) -> Metric:
    family = GaugeMetricFamily(f"{name}_info", text, labels=tuple(labels))
    family.add_metric(tuple(labels.values()), value)
    return family


def _pool(stats: dict[str, Any]) -> Iterator[Metric]:
    if not stats:
        return
    workers = GaugeMetricFamily("pursuant_workers", "Worker processes.", labels=("state",))
    for state in ("busy", "idle", "aside"):
        workers.add_metric((state,), stats.get(state, 0))
    yield workers
    yield GaugeMetricFamily(
        "pursuant_queries_waiting", "Queries that wait for a worker.", stats.get("waiting", 0)
    )
    killed = CounterMetricFamily("pursuant_workers_killed", "Workers killed.", labels=("reason",))
    for reason, number in sorted(stats.get("killed_total", {}).items()):
        killed.add_metric((reason,), number)
    yield killed
    yield CounterMetricFamily(
        "pursuant_workers_restarted", "Workers replaced.", stats.get("restarted_total", 0)
    )


def _cache(stats: dict[str, Any]) -> Iterator[Metric]:
    if not stats:
        return
    for name, text in (("hits", "Answers from the cache."), ("misses", "Answers not in it.")):
        yield CounterMetricFamily(f"pursuant_cache_{name}", text, stats.get(name, 0))
    yield GaugeMetricFamily("pursuant_cache_bytes", "Bytes in the cache.", stats.get("bytes", 0))


def _memory(workers: Iterable[int]) -> Iterator[Metric]:
    """Resident memory of this process and of the workers, where /proc tells it."""
    family = GaugeMetricFamily(
        "pursuant_resident_memory_bytes",
        "Resident memory of the server, and of its workers together.",
        labels=("process",),
    )
    family.add_metric(("server",), _resident("self"))
    family.add_metric(("workers",), sum(map(_resident, workers)))
    yield family


def _resident(process: int | str) -> int:
    try:
        fields = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
    except OSError:  # it ended meanwhile, or this is no Linux
        return 0
    return int(fields[1]) * _PAGE
