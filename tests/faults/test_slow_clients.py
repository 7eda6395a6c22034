"""Clients that are slow, silent or gone: they are let go, and others are served meanwhile."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest

from pursuant.ingesting import readable
from tests.server import running

pytestmark = pytest.mark.faults
IDLE = 2.0
LATE = 2 * IDLE + 1
HEAD = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    place = tmp_path_factory.mktemp("slow")
    readable(place / "store")
    with running(place / "store", place / "log", idle_seconds=IDLE, connections=1500) as server:
        for _ in range(12):  # so that each process has read what it reads once
            server.get("/documents/e-res-2019-21/op24.json")
        yield server


def connect(served, receive=None):
    client = socket.socket()
    if receive:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    client.settimeout(LATE)
    client.connect(("127.0.0.1", served.port))
    return client


def dripped(client, data, pause=0.2):
    """Sends byte by byte until the other side hangs up; gives the seconds that it took."""
    began = time.monotonic()
    for number in range(len(data)):
        try:
            client.send(data[number : number + 1])
            client.settimeout(pause)
            if client.recv(1) == b"":
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - began


def all_received(client):
    found = b""
    try:
        while piece := client.recv(65536):
            found += piece
    except ConnectionResetError:
        pass
    return found


def answers_soon(served):
    began = time.monotonic()
    assert served.get("/documents/e-res-2019-21/op24.json", seconds=2)
    return time.monotonic() - began


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /documents HTTP/1.1\r\nX-A: ",
        HEAD + b"Content-Length: 100\r\n\r\nASK",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["nothing", "half a head", "half a body", "half the chunks", "rests after an answer"],
)
def test_a_client_that_stops_is_let_go(served, sent):
    with connect(served) as client:
        began = time.monotonic()
        client.sendall(sent)
        all_received(client)
        assert IDLE * 0.5 < time.monotonic() - began < LATE


def test_half_a_body_is_told_that_it_came_too_late(served):
    with connect(served) as client:
        client.sendall(HEAD + b"Content-Length: 100\r\n\r\nASK")
        assert all_received(client).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        HEAD + b"Content-Length: 1000\r\n\r\n",
        # Refused at once, it goes on to send what nobody reads.
        b"POST /documents HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n",
    ],
    ids=["head", "body", "refused"],
)
def test_a_client_that_sends_byte_by_byte_is_let_go(served, begun):
    with connect(served) as client:
        client.sendall(begun)
        assert dripped(client, b"GET /" + b"a" * 1000) < LATE


def test_two_hundred_slow_heads_leave_others_served(served):
    with ExitStack() as stack:
        clients = [stack.enter_context(connect(served)) for _ in range(200)]
        for turn in range(3):
            for client in clients:
                client.send(b"GET / HTTP/1.1\r\n"[turn : turn + 1])
            assert answers_soon(served) < 1
    time.sleep(0.2)


def test_a_client_that_takes_nothing_is_let_go(served):
    query = b"SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D"
    before = served.memory()
    with ExitStack() as stack:
        for _ in range(4):
            client = stack.enter_context(connect(served, receive=4096))
            client.sendall(b"GET /sparql?query=" + query + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        assert answers_soon(served) < 2
        gone = time.monotonic() + 30
        while b"in_progress 1.0" not in served.get("/metrics") and time.monotonic() < gone:
            time.sleep(0.2)
        assert time.monotonic() < gone
    assert served.memory() < before + 100_000_000


def test_a_slow_client_that_goes_on_is_served_whole(served):
    with connect(served, receive=4096) as client:
        client.sendall(b"GET /documents/e-res-2019-21.json HTTP/1.1\r\nHost: x\r\n")
        time.sleep(IDLE / 2)
        client.sendall(b"Connection: close\r\n\r\n")
        began, found = time.monotonic(), b""
        while piece := client.recv(4096):
            found += piece
            time.sleep(0.15 if time.monotonic() - began < 2 * IDLE else 0)
    head, _, body = found.partition(b"\r\n\r\n")
    assert f"content-length: {len(body)}".encode() in head
    assert len(body) > 100_000


def test_a_busy_connection_is_kept(served):
    with closing(HTTPConnection("127.0.0.1", served.port, timeout=LATE)) as client:
        client.connect()
        own = client.sock
        until = time.monotonic() + 3 * IDLE
        while time.monotonic() < until:
            client.request("GET", "/healthz")
            assert client.getresponse().read() == b'{"status":"ok"}'
            time.sleep(0.05)
        assert client.sock is own


def test_a_thousand_idle_connections_leave_others_served(served):
    before = served.memory()
    with ExitStack() as stack:
        clients = [stack.enter_context(connect(served)) for _ in range(1000)]
        for _ in range(20):
            assert answers_soon(served) < 1
        assert served.memory() < before + 50_000_000
        for client in clients:
            assert client.recv(1) == b""


def test_half_open_connections_are_let_go(served):
    with ExitStack() as stack:
        for _ in range(100):
            client = stack.enter_context(connect(served))
            client.send(b"GET / HT")
            client.shutdown(socket.SHUT_WR)
        assert answers_soon(served) < 1
    assert answers_soon(served) < 1


def test_too_many_connections_are_told_to_come_back(served):
    with ExitStack() as stack:
        # The kernel shares them out by chance, and each process has its share of the bound.
        clients = [stack.enter_context(connect(served)) for _ in range(1700)]
        with connect(served) as late:
            late.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert late.recv(65536).startswith(b"HTTP/1.1 503 ")
        for client in clients:
            client.close()
    time.sleep(0.5)
    assert answers_soon(served) < 1


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 70_000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 500_000, b"431"),
        (b"GET / HTTP/1.1\r\n" + b"X-A: a\r\n" * 20_000, b"431"),
        (b"GET /documents HTTP/1.1\r\nX-A: " + b"a" * 50_000 + b"\r\n\r\n", b"200"),
        (b"nonsense\r\n\r\n", b"400"),
    ],
)
def test_a_head_is_bounded(served, sent, status):
    with connect(served) as client:
        client.sendall(sent)
        assert client.recv(65536).startswith(b"HTTP/1.1 " + status)
