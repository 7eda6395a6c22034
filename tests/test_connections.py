"""What a connection may do, on a server in this process; tests/faults tries it at length."""

from __future__ import annotations

import socket
import threading
import time

import pytest
import uvicorn

from pursuant_api.serving import configuration
from pursuant_api.settings import Settings

IDLE = 0.8
LATE = 30.0
HEAD = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
ALIVE = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def port(shipped):
    settings = Settings(idle_seconds=IDLE, connections=20, stop_seconds=1)
    server = uvicorn.Server(configuration(shipped, settings, "127.0.0.1", 0))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def connect(port):
    client = socket.create_connection(("127.0.0.1", port), timeout=LATE)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def all_received(client):
    found = b""
    try:
        while piece := client.recv(65536):
            found += piece
    except ConnectionResetError:
        pass
    return found


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        (b"", b""),
        (b"GET / HT", b""),
        (HEAD + b"Content-Length: 100\r\n\r\nASK", b"HTTP/1.1 408 "),
        (ALIVE, b"HTTP/1.1 200 "),
        (ALIVE + ALIVE + b"GET", b"HTTP/1.1 200 "),
    ],
)
def test_who_stands_still_is_let_go(port, sent, answered):
    with connect(port) as client:
        client.sendall(sent)
        found = all_received(client)
        assert found.startswith(answered)
        assert answered or not found


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 70_000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 400_000, b"431"),
        (b"GET /healthz HTTP/1.1\r\nX-A: " + b"a" * 60_000 + b"\r\n\r\n", b"200"),
        (b"nonsense\r\n\r\n", b"400"),
    ],
)
def test_a_head_is_bounded(port, sent, status):
    with connect(port) as client:
        client.sendall(sent)
        assert client.recv(65536).startswith(b"HTTP/1.1 " + status)


def test_who_goes_on_is_served(port):
    with connect(port) as client:
        body = b"ASK {} " + b" " * 3000
        client.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(body))
        for start in range(0, len(body), 250):
            client.sendall(body[start : start + 250])
            time.sleep(IDLE / 6)
        assert client.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_who_takes_nothing_is_let_go(port):
    query = b"SELECT%20*%20%7B?s%20?p%20?o%7D"
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(LATE)
        client.connect(("127.0.0.1", port))
        client.sendall(b"GET /sparql?query=" + query + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(5 * IDLE)
        found = all_received(client)
    assert found.startswith(b"HTTP/1.1 200 ")
    assert not found.endswith(b"0\r\n\r\n")


def test_one_connection_too_many_is_told_so(port):
    clients = [connect(port) for _ in range(20)]
    with connect(port) as late:
        late.sendall(ALIVE)
        assert late.recv(65536).startswith(b"HTTP/1.1 503 ")
    for client in clients:
        client.close()
