from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as ox
import pytest
import uvloop

from pursuant.errors import BadQuery, StoreProblem
from pursuant.store import Store, open_store
from pursuant_api.answering import GRAPHS, TABLES
from pursuant_api.cache import Cache
from pursuant_api.limits import (
    AnswerTooLarge,
    MemoryExceeded,
    QueryTimedOut,
    TextTooLong,
    TooBusy,
)
from pursuant_api.pool import Job, LocalPool, Pool, pool_for
from pursuant_api.settings import Settings

JSON, TURTLE = "application/sparql-results+json", "text/turtle"
ALL = "SELECT * { ?s ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
HEAVY = f"""SELECT (GROUP_CONCAT(?a; SEPARATOR='{"wide" * 250}') AS ?all)
{{ ?s ?p ?a . ?t ?q ?b . ?u ?r ?c }}"""
NESTED = f"ASK {{ FILTER({'(' * 100_000}1{')' * 100_000}) }}"
SIZE = 120


def graph(size: int = SIZE, word: str = "a") -> list[ox.Triple]:
    """Statements whose values hold all that separates rows in some form."""
    return [
        ox.Triple(
            ox.NamedNode(f"http://e/{number}"),
            ox.NamedNode("http://e/says"),
            ox.Literal(f'{word}"}}}},{{"{number}\r\n<result>,\t'),
        )
        for number in range(size)
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("pool") / "store"
    named = [ox.Triple(ox.NamedNode("http://e/x"), ox.NamedNode("http://e/y"), ox.Literal("z"))]
    Store(place).replace({"http://e/one": graph(), "http://e/two": named})
    return place


def made(folder: Path, **settings) -> Pool:
    held = SimpleNamespace(store=open_store(folder))

    def current():
        held.store = held.store.refreshed()
        return held.store

    pool = pool_for(current, Settings(**{"cache_megabytes": 0, "workers": 2, **settings}))
    assert isinstance(pool, Pool)
    return pool


@asynccontextmanager
async def started(folder: Path, **settings):
    pool = made(folder, **settings)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.stop()


async def asked(pool, query: str, table: str | None = JSON, graph: str | None = TURTLE, *graphs):
    async with pool.ask(Job(query, table, graph, *graphs)) as answer:
        return answer, b"".join([piece async for piece in answer])


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() and ") Z " not in Path(f"/proc/{pid}/stat").read_text()


def is_at_rest(pool: Pool) -> bool:
    """Whether nothing runs, and all workers are there and ready."""
    now = pool.stats()
    return bool(now["busy"] == 0 and 3 <= now["idle"] == len(now["pids"]))


async def until(condition) -> None:
    async with asyncio.timeout(60):  # no bound of the product: a busy machine must not matter
        while not condition():
            await asyncio.sleep(0.01)


# Answers


@pytest.fixture(scope="module")
def runner():
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        yield runner


@pytest.fixture(scope="module", params=["processes", "threads"])
def pool(request, folder, runner):
    """The pool of processes, and the pool of threads, which keeps the same contract."""
    bounds = Settings(answer_rows=SIZE + 1, query_bytes=500_000, cache_megabytes=0)
    store = open_store(folder)
    processes = request.param == "processes"
    pool = Pool(lambda: store, folder, bounds) if processes else LocalPool(lambda: store, bounds)
    runner.run(pool.start())
    yield pool
    runner.run(pool.stop())


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        (ALL, SIZE + 1),
        ("SELECT * { ?s <http://e/none> ?o }", 0),
        ("SELECT * { <http://e/5> ?p ?o }", 1),
        ("ASK {}", 1),
    ],
)
@pytest.mark.parametrize("media", TABLES)
def test_tables(pool, runner, query, rows, media):
    answer, content = runner.run(asked(pool, query, media))
    assert (answer.kind, answer.media, answer.rows) == ("table", media, rows)
    if "csv" not in media and "tab" not in media:
        parsed = ox.parse_query_results(content, TABLES[media])
        assert (1 if isinstance(parsed, ox.QueryBoolean) else len(list(parsed))) == rows


@pytest.mark.parametrize("media", GRAPHS)
def test_graphs(pool, runner, media):
    answer, content = runner.run(asked(pool, "CONSTRUCT WHERE { ?s ?p ?o }", None, media))
    assert (answer.kind, answer.media, answer.rows) == ("graph", media, SIZE + 1)
    assert len(set(ox.parse(content, GRAPHS[media]))) == SIZE + 1
    assert answer.revision == pool.revision


@pytest.mark.parametrize(("query", "kind"), [(ALL, "table"), ("DESCRIBE <http://e/1>", "graph")])
def test_a_kind_that_is_not_wanted_is_named_and_not_sent(pool, runner, query, kind):
    answer, content = runner.run(asked(pool, query, None, None))
    assert (answer.kind, answer.media, content) == (kind, "", b"")


def test_chosen_graphs(pool, runner):
    query = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    for default, named, number in (
        (None, None, 2 * (SIZE + 1)),
        (("http://e/one",), None, SIZE),
        (None, ("http://e/two",), 1),
        (("http://e/one",), ("http://e/two",), SIZE + 1),
    ):
        _, content = runner.run(asked(pool, query, "text/csv", None, default, named))
        assert content.split() == [b"n", b"%d" % number]


@pytest.mark.parametrize(
    ("query", "kind", "said"),
    [
        ("SELECT ?x\nWHERE { ?x ?y }", BadQuery, "line 2, column"),
        ("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }", BadQuery, "SERVICE is refused"),
        ("LOAD <http://e/x>", BadQuery, "updates are refused"),
        ("INSERT DATA { <a:a> <a:a> <a:a> }", BadQuery, "updates are refused"),
        ("", BadQuery, "empty"),
        (ALL + "#" * 500_000, TextTooLong, "more than 500,000 bytes"),
        (LARGE, AnswerTooLarge, "more than 121 rows"),
        ("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", AnswerTooLarge, "more than 121 rows"),
    ],
)
def test_refusals(pool, runner, query, kind, said):
    with pytest.raises(kind, match=said) as caught:
        runner.run(asked(pool, query))
    assert not isinstance(caught.value, BadQuery) or "line 2" not in said or caught.value.line == 2
    assert runner.run(asked(pool, "ASK {}"))[1] == b'{"head":{},"boolean":true}'


@pytest.mark.parametrize("named", ["", "NAMED "])
def test_a_remote_graph_is_refused(pool, runner, named):
    query = f"SELECT *\nFROM {named}<http://example.org/> {{ ?s ?p ?o }}"
    with pytest.raises(BadQuery, match=r"<http://example.org/>.*nothing is fetched") as caught:
        runner.run(asked(pool, query))
    assert (caught.value.line, caught.value.column) == (2, 6 + len(named))
    # The protocol's own choice of graphs is one of those that are here, be it of none.
    chosen = runner.run(asked(pool, query, JSON, TURTLE, ("http://example.org/",), ()))
    assert chosen[0].rows == 0


def test_a_pool_of_threads_says_when_it_is_late_or_busy(folder):
    async def scene():
        store = open_store(folder)
        pool = LocalPool(lambda: store, Settings(workers=1, query_seconds=0.05))
        query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        late = await asyncio.gather(*(asked(pool, query) for _ in range(5)), return_exceptions=True)
        assert [type(error) for error in late] == [QueryTimedOut] * 4 + [TooBusy]
        assert pool.stats()["busy"] == 4
        await until(lambda: pool.stats()["busy"] == 0)
        pool._settings = Settings()  # with time enough
        await asked(pool, "ASK {}")

    uvloop.run(scene())


# Bounds, and what becomes of workers


@pytest.mark.parametrize(
    ("query", "settings", "kind", "reason"),
    [
        (SLOW, {}, QueryTimedOut, "time"),
        (HEAVY, {"query_megabytes": 60, "query_seconds": 20}, MemoryExceeded, "memory"),
        (NESTED, {"query_seconds": 20}, MemoryExceeded, "memory"),
    ],
    ids=["time", "memory", "nesting"],
)
def test_a_query_beyond_its_bounds_is_ended_and_its_worker_replaced(
    folder, query, settings, kind, reason
):
    async def scene():
        async with started(folder, **{"query_seconds": 1, **settings}) as pool:
            await until(lambda: len(pool.stats()["pids"]) == 3)
            before = set(pool.stats()["pids"])
            began = time.monotonic()
            with pytest.raises(kind):
                await asked(pool, query)
            # tests/faults holds it to half a second, where the machine is not busy.
            assert time.monotonic() - began < settings.get("query_seconds", 1) + 5
            assert (await asked(pool, ALL))[0].rows == SIZE + 1
            assert pool.stats()["killed_total"] == {reason: 1}
            await until(lambda: is_at_rest(pool))
            ended = before - set(pool.stats()["pids"])
            assert len(ended) == 1
            await until(lambda: not is_alive(ended.pop()) if ended else True)

    uvloop.run(scene())


@pytest.mark.parametrize("settings", [{"answer_rows": 8000}, {"answer_megabytes": 1}])
@pytest.mark.parametrize("media", [JSON, "text/csv", "text/tab-separated-values"])
def test_an_answer_that_has_begun_is_broken_off(folder, settings, media):
    async def scene():
        async with started(folder, **settings) as pool:
            sizes: list[int] = []

            async def read() -> None:
                async with pool.ask(Job(LARGE, media, None)) as answer:
                    async for piece in answer:
                        sizes.append(len(piece))  # noqa: PERF401 - they count though it breaks off

            with pytest.raises(AnswerTooLarge):
                await read()
            size = sum(sizes)
            assert 250_000 < size <= 1_000_000 * max(1, settings.get("answer_megabytes", 5))
            assert pool.stats()["killed_total"] == {}

    uvloop.run(scene())


def test_a_slow_reader_holds_the_worker_back_until_the_time_is_over(folder):
    async def scene():
        job = Job(LARGE, JSON, None)
        async with started(folder, query_seconds=3) as pool, pool.ask(job) as answer:
            pieces = aiter(answer)
            await anext(pieces)
            exchange = next(iter(pool.crew._busy)).exchange
            await asyncio.sleep(0.5)
            assert exchange._held < 1_500_000
            await until(lambda: pool.stats()["killed_total"] == {"time": 1})
            with pytest.raises(QueryTimedOut):
                async for _ in pieces:
                    pass

    uvloop.run(scene())


def test_a_long_answer_comes_whole(folder):
    async def scene():
        async with started(folder) as pool:
            answer, content = await asked(pool, LARGE, "text/tab-separated-values")
            assert answer.rows == content.count(b"\n") - 1 == (SIZE + 1) ** 2

    uvloop.run(scene())


def test_whoever_leaves_ends_the_query(folder):
    async def scene():
        async with started(folder) as pool:
            running = asyncio.create_task(asked(pool, SLOW))
            await until(lambda: pool.stats()["busy"] == 1)
            (busy,) = pool.crew._busy
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
            async with pool.ask(Job(LARGE, JSON, None)) as answer:
                async for _ in answer:
                    break
            assert pool.stats()["killed_total"] == {"left": 2}
            await until(lambda: not is_alive(busy.pid))
            await until(lambda: is_at_rest(pool))

    uvloop.run(scene())


def test_those_who_wait_are_served_in_turn_or_sent_away(folder):
    async def scene():
        bounds = {"workers": 1, "waiting": 2, "waiting_seconds": 1, "query_seconds": 4}
        async with started(folder, **bounds) as pool:
            tasks = [asyncio.create_task(asked(pool, SLOW)) for _ in range(2)]
            await until(lambda: pool.stats()["busy"] == 2)  # one of them aside
            tasks += [asyncio.create_task(asked(pool, SLOW)) for _ in range(2)]
            await until(lambda: pool.stats()["waiting"] == 2)
            with pytest.raises(TooBusy) as full:
                await asked(pool, "ASK {}")
            assert (full.value.status, full.value.retry_after) == (503, 1)
            tasks[2].cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            kinds = [type(error) for error in ended]
            assert kinds == [QueryTimedOut] * 2 + [asyncio.CancelledError, TooBusy]
            assert (await asked(pool, "ASK {}"))[0].rows == 1

    uvloop.run(scene())


def test_a_long_query_is_moved_aside(folder):
    async def scene():
        async with started(folder, workers=1, query_seconds=6) as pool:
            slow = asyncio.create_task(asked(pool, SLOW))
            await until(lambda: pool.stats()["busy"] == 1)
            (busy,) = pool.crew._busy
            began = time.monotonic()
            assert (await asked(pool, ALL))[0].rows == SIZE + 1
            assert 0.05 < time.monotonic() - began < 5
            assert pool.stats()["aside"] == 1
            await until(lambda: os.getpriority(os.PRIO_PROCESS, busy.pid) == 10)
            with pytest.raises(QueryTimedOut):
                await slow
            await until(lambda: pool.stats()["idle"] == 2)

    uvloop.run(scene())


def test_workers_follow_the_current_revision(tmp_path):
    async def scene():
        store = Store(tmp_path)
        async with started(tmp_path) as pool:
            assert (await asked(pool, ALL))[0].rows == 0
            for number in range(1, 6):
                store.replace({"http://e/one": graph(number, f"w{number}")})
                answer, _ = await asked(pool, ALL)
                assert (answer.rows, answer.revision) == (number, store.revision)
            await until(lambda: all(each.revision == store.revision for each in pool.crew._idle))
            store.replace({"http://e/one": graph(6, "w6")})
            held = {each.name for each in (tmp_path / "revisions").iterdir() if each.is_dir()}
            assert held == {"4", "5", "6"}

    uvloop.run(scene())


def has_worked(pid: int) -> float:
    """Processor time that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("dead", [True, False], ids=["dead", "dying"])
def test_a_query_that_a_dead_worker_was_given_goes_to_another(folder, dead):
    async def scene():
        async with started(folder) as pool:
            for _ in range(5):
                await until(lambda: is_at_rest(pool))
                (*_, next_one) = pool.crew._idle
                os.kill(next_one.pid, signal.SIGSTOP)  # it reads nothing any more
                if dead:
                    os.kill(next_one.pid, signal.SIGKILL)
                    time.sleep(0.02)  # in which the event loop learns nothing
                else:
                    loop = asyncio.get_running_loop()
                    loop.call_later(0.05, os.kill, next_one.pid, signal.SIGKILL)
                assert (await asked(pool, ALL))[0].rows == SIZE + 1
                assert pool.stats()["killed_total"] == {}

    uvloop.run(scene())


# Several queries given to a worker at once

ONE = "SELECT * { <http://e/5> ?p ?o }"


async def warmed(pool) -> None:
    """So many quick answers that the next queries are given to one worker together."""
    await until(lambda: is_at_rest(pool))
    async with asyncio.timeout(60):
        while pool.crew._pace < 0.95:
            await asked(pool, ONE)
    await until(lambda: is_at_rest(pool))


def behind(pool) -> list[object]:
    return [each for link in pool.crew._live for each in link.behind]


def test_quick_queries_are_given_to_one_worker_together(folder):
    async def scene():
        async with started(folder, workers=2) as pool:
            await warmed(pool)
            asking = [asyncio.create_task(asked(pool, f"{ONE} #{number}")) for number in range(6)]
            await asyncio.sleep(0)
            assert (pool.stats()["busy"], len(behind(pool))) == (1, 5)
            assert [answer.rows for answer, _ in await asyncio.gather(*asking)] == [1] * 6
            refused = [asyncio.create_task(asked(pool, text)) for text in (ONE, "ASK {", ONE)]
            await asyncio.sleep(0)
            assert len(behind(pool)) == 2
            told = await asyncio.gather(*refused, return_exceptions=True)
            assert [type(each).__name__ for each in told] == ["tuple", "BadQuery", "tuple"]
            await until(lambda: is_at_rest(pool))
            assert pool.stats()["restarted_total"] == 0

    uvloop.run(scene())


def test_what_waits_behind_a_slow_query_is_given_to_others(folder):
    async def scene():
        async with started(folder, workers=2, query_seconds=5) as pool:
            await warmed(pool)
            slow = asyncio.create_task(asked(pool, SLOW))
            quick = [asyncio.create_task(asked(pool, f"{ONE} #{number}")) for number in range(3)]
            await asyncio.sleep(0)
            assert len(behind(pool)) == 3
            (busy,) = pool.crew._busy
            assert [answer.rows for answer, _ in await asyncio.gather(*quick)] == [1] * 3
            assert not slow.done()
            assert busy.exchange is not None
            slow.cancel()
            await asyncio.gather(slow, return_exceptions=True)
            await until(lambda: is_at_rest(pool))

    uvloop.run(scene())


def test_a_worker_passes_over_what_was_taken_back(folder):
    async def scene():
        async with started(folder, workers=2) as pool:
            await warmed(pool)
            first = asyncio.create_task(asked(pool, LARGE))
            quick = [asyncio.create_task(asked(pool, f"{ONE} #{number}")) for number in range(3)]
            await asyncio.sleep(0)
            (busy,) = pool.crew._busy
            answers = await asyncio.gather(first, *quick)
            assert [answer.rows for answer, _ in answers] == [(SIZE + 1) ** 2, 1, 1, 1]
            await until(lambda: busy in pool.crew._idle)
            for number in range(8):
                assert (await asked(pool, f"{ONE} #again {number}"))[0].rows == 1
            assert is_at_rest(pool)

    uvloop.run(scene())


@pytest.mark.parametrize("signalled", [signal.SIGSTOP, signal.SIGKILL])
def test_a_lost_worker_costs_one_query_at_most(folder, signalled):
    async def scene():
        async with started(folder, workers=2) as pool:
            await warmed(pool)
            slow = asyncio.create_task(asked(pool, SLOW))
            quick = [asyncio.create_task(asked(pool, f"{ONE} #{number}")) for number in range(3)]
            await asyncio.sleep(0)
            (busy,) = pool.crew._busy
            os.kill(busy.pid, signalled)
            assert [answer.rows for answer, _ in await asyncio.gather(*quick)] == [1] * 3
            if signalled == signal.SIGSTOP:
                os.kill(busy.pid, signal.SIGKILL)
            told = asyncio.gather(slow, return_exceptions=True)
            await asyncio.sleep(0.2)
            slow.cancel()
            assert isinstance((await told)[0], StoreProblem | asyncio.CancelledError)
            await until(lambda: is_at_rest(pool))

    uvloop.run(scene())


def test_whoever_leaves_while_another_is_answered_ends_nothing_else(folder):
    async def scene():
        async with started(folder, workers=2) as pool:
            await warmed(pool)
            kept = asyncio.create_task(asked(pool, f"{ONE} #kept"))
            left = asyncio.create_task(asked(pool, f"{ONE} #left"))
            last = asyncio.create_task(asked(pool, f"{ONE} #last"))
            await asyncio.sleep(0)
            assert len(behind(pool)) == 2
            left.cancel()
            assert [(await task)[0].rows for task in (kept, last)] == [1, 1]
            assert left.cancelled() or (await asyncio.wait([left]))[0]
            assert pool.stats()["killed_total"] == {}
            first = asyncio.create_task(asked(pool, f"{ONE} #first"))
            slow = asyncio.create_task(asked(pool, SLOW))
            await asyncio.sleep(0)
            slow.cancel()
            assert (await first)[0].rows == 1
            await until(lambda: is_at_rest(pool))

    uvloop.run(scene())


def test_a_worker_that_is_killed_at_work_is_replaced(folder):
    async def scene():
        async with started(folder) as pool:
            await until(lambda: is_at_rest(pool))
            before = {pid: has_worked(pid) for pid in pool.stats()["pids"]}
            running = asyncio.create_task(asked(pool, SLOW))
            await until(lambda: pool.stats()["busy"] == 1)
            (busy,) = pool.crew._busy
            await until(lambda: has_worked(busy.pid) > before[busy.pid])
            os.kill(busy.pid, signal.SIGKILL)
            with pytest.raises(StoreProblem, match="ask again"):
                await running
            assert pool.stats()["killed_total"] == {"lost": 1}
            await until(lambda: is_at_rest(pool))

    uvloop.run(scene())


def test_the_killed_parent_of_the_workers_is_replaced(folder):
    async def scene():
        async with started(folder) as pool:
            await until(lambda: is_at_rest(pool))
            before = set(pool.stats()["pids"])
            pool.crew._nursery._process.kill()
            await until(lambda: is_at_rest(pool) and not before & set(pool.stats()["pids"]))
            assert (await asked(pool, ALL))[0].rows == SIZE + 1
            pids = pool.stats()["pids"]
        await until(lambda: not any(map(is_alive, pids)))

    uvloop.run(scene())


def test_a_pool_that_is_not_started_or_cannot_start_says_so(tmp_path, folder):
    async def scene():
        with pytest.raises(StoreProblem, match="not been started"):
            await asked(made(folder), "ASK {}")
        pool = made(folder)
        (tmp_path / "revisions").mkdir()
        (tmp_path / "current").write_text("seven")
        broken = Pool(lambda: Store.memory(), tmp_path, Settings())
        with pytest.raises(StoreProblem, match="cannot be read"):
            await broken.start()
        await pool.start()
        running = asyncio.create_task(asked(pool, SLOW))
        await until(lambda: pool.stats()["busy"] == 1)
        await pool.stop()
        with pytest.raises(StoreProblem, match="stops"):
            await running

    uvloop.run(scene())


# The network


PROBE = """
import ctypes, os, socket, sys
from pursuant_api.confinement import refuse_network
ours, theirs = socket.socketpair()
assert refuse_network()
def refused(call, *arguments):
    try:
        call(*arguments)
    except PermissionError:
        return True
kinds = [(socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET6, socket.SOCK_DGRAM),
         (socket.AF_UNIX, socket.SOCK_STREAM)]
assert all(refused(socket.socket, *kind) for kind in kinds)
assert refused(socket.create_connection, ("127.0.0.1", 9))
assert refused(os.execv, sys.executable, [sys.executable])
libc = ctypes.CDLL(None, use_errno=True)
assert libc.syscall(425, 1, None) == -1 and ctypes.get_errno() == 1
ours.sendall(b"links that are open stay so")
print(theirs.recv(99).decode())
"""


def test_a_confined_process_has_no_network():
    command = [sys.executable, "-c", PROBE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("links that are open stay so\n", "")


def test_each_worker_is_confined(folder):
    async def scene():
        async with started(folder) as pool:
            await until(lambda: is_at_rest(pool))
            assert pool.stats()["confined"]
            for pid in pool.stats()["pids"]:
                status = Path(f"/proc/{pid}/status").read_text()
                assert "Seccomp:\t2" in status
                assert "NoNewPrivs:\t1" in status
                files = [str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir()]
                assert sum(name.startswith("socket") for name in files) == 1

    uvloop.run(scene())


# The cache


def test_an_answer_that_is_asked_again_needs_no_worker(folder):
    async def scene():
        async with started(folder, cache_megabytes=64) as pool:
            first = {}
            for query in (ALL, LARGE):
                first[query] = await asked(pool, query)
            await until(lambda: is_at_rest(pool))
            for link in pool.crew._idle:
                os.kill(link.pid, signal.SIGSTOP)
            for query in (ALL, LARGE):
                again, content = await asked(pool, query)
                assert (again.rows, content) == (first[query][0].rows, first[query][1])
            assert pool.cache.stats()["hits"] == 2
            for link in pool.crew._idle:
                os.kill(link.pid, signal.SIGCONT)
            query = "SELECT (STR(RAND()) AS ?x) {}"
            assert (await asked(pool, query))[1] != (await asked(pool, query))[1]
            with pytest.raises(BadQuery):
                await asked(pool, "nonsense")
            assert pool.cache.stats()["answers"] == 2

    uvloop.run(scene())


def test_the_cache_keeps_what_was_asked_for_last_within_its_bound():
    cache = Cache(80_000)
    for number in range(10):
        cache.put(number, 9_400, number)
        cache.get(0)
    assert [number for number in range(10) if cache.get(number) is not None] == [0, *range(3, 10)]
    assert cache.stats()["bytes"] == 8 * 9_900
    cache.put(0, 100, "shorter")
    assert (cache.get(0), cache.stats()["bytes"]) == ("shorter", 7 * 9_900 + 600)
    cache.put("large", cache.largest, "too large")
    assert cache.get("large") is None
    assert cache.takes("SELECT * {}")
    assert not cache.takes("SELECT (now() AS ?x) {}")
    assert not Cache(0).takes("SELECT * {}")
