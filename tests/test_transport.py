"""Servers that hang, drip, die, move or talk of other things: each a StoreProblem, in time."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from pursuant.errors import StoreProblem
from pursuant.store import open_store
from pursuant.transport import Refusal, Service

LIMIT = 1.0
OK = b"HTTP/1.1 200 OK\r\n"
YES = b'{"head":{},"boolean":true}'
HEADERS = OK + b"Content-Type: application/sparql-results+json\r\n"


@contextmanager
def saying(*parts: bytes, pause: float = 0.0, hold: bool = False):
    """A server that says the parts to everyone, and what it was asked."""
    asked: list[bytes] = []
    over = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while not over.is_set():
            connection, _ = server.accept()
            with connection, suppress(OSError):
                asked.append(connection.recv(65536))
                for part in parts:
                    connection.sendall(part)
                    over.wait(pause)
                if hold:
                    over.wait()
                # Closing on words that were not read resets the connection and takes ours with it.
                connection.shutdown(socket.SHUT_WR)
                connection.settimeout(LIMIT)
                while connection.recv(65536):
                    pass

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql", asked
    finally:
        over.set()
        socket.create_connection(server.getsockname()).close()
        thread.join()
        server.close()


@pytest.mark.parametrize(
    ("parts", "pause", "hold"),
    [
        ([], 0, True),
        ([OK], 0, True),
        ([HEADERS + b"Content-Length: 99\r\n\r\n{"], 0, True),
        ([HEADERS + b"\r\n", *[b" "] * 60], 0.1, False),
        ([OK, *[b"X-Drip: 1\r\n"] * 60], 0.1, False),
    ],
    ids=["silent", "no headers", "no end", "drips", "drips headers"],
)
def test_who_hangs_is_left_in_time(parts, pause, hold):
    with saying(*parts, pause=pause, hold=hold) as (url, _):
        begun = time.monotonic()
        with pytest.raises(StoreProblem, match=r"does not answer: within 1 s"):
            open_store(url, timeout=LIMIT)
        assert time.monotonic() - begun < LIMIT + 4


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (HEADERS + b"Content-Length: 99\r\n\r\n" + YES, "does not answer"),
        (HEADERS + b"Transfer-Encoding: chunked\r\n\r\nff\r\n" + YES, "does not answer"),
        (HEADERS + b'\r\n{"head":{"vars":["s"]},"results":{"bindings":[{', "something else"),
        (OK + b"Content-Type: text/html\r\n\r\n<html>Welcome</html>", "something else"),
        (OK + b"Content-Length: 0\r\n\r\n", "something else"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "does not answer"),
        (b"", "does not answer"),
        (b"HTTP/1.1 503 Busy\r\nContent-Type: text/html\r\n\r\n<html>x", "answers 503 Busy"),
        (b"HTTP/1.1 500 Bad\r\nContent-Type: text/plain\r\n\r\nno\nspace", "500 Bad: no space"),
        (b"HTTP/1.1 401 No\r\n\r\n", "answers 401 No"),
        (b"HTTP/1.1 301 Moved\r\nLocation: /else\r\n\r\n", "it has moved to http://127.0.0.1:"),
        (HEADERS + b"X-SQL-State: S1TAT\r\n\r\n" + YES, "a part of the answer"),
    ],
)
def test_who_fails_is_a_store_problem(answer, says):
    with saying(answer) as (url, _), pytest.raises(StoreProblem, match=says) as caught:
        open_store(url, timeout=20)
    assert "\n" not in str(caught.value)


def test_credentials_are_sent_and_never_told():
    answer = b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"
    with saying(answer) as (url, asked):
        secret = url.replace("http://", "http://user:p%40ss@")
        with pytest.raises(Refusal) as caught:
            Service.at(secret).send("POST", b"x", {})
        assert "p@ss" not in repr(Service.at(secret)) + str(caught.value)
        assert b"Authorization: Basic dXNlcjpwQHNz" in asked[-1]
        with pytest.raises(Refusal):
            Service.at(url, "t0ken").send("POST", b"x", {})
        assert b"Authorization: Bearer t0ken" in asked[-1]
        assert "t0ken" not in repr(Service.at(url, "t0ken"))


def test_digest_is_answered_without_the_password():
    challenge = b'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth", algorithm="MD5"\r\n'
    answer = b"HTTP/1.1 401 No\r\n" + challenge + b"Content-Length: 0\r\n\r\n"
    with saying(answer) as (url, asked):
        with pytest.raises(Refusal):
            Service.at(url.replace("http://", "http://u:secret@")).send("PUT", b"x", {})
        told = asked[-1].decode()
    sent = told.split("Authorization: Digest ")[1].split("\r\n")[0].replace('"', "")
    said = dict(part.strip().split("=", 1) for part in sent.split(","))

    def md5(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    proof = f"{md5('u:r:secret')}:n:{said['nc']}:{said['cnonce']}:auth:{md5('PUT:/sparql')}"
    assert said["response"] == md5(proof)
    assert b"secret" not in b"".join(asked)


@pytest.mark.parametrize("url", ["ftp://u:p@e/x", "http://", "https:///x"])
def test_what_is_no_address(url):
    with pytest.raises(StoreProblem, match="neither a folder nor") as caught:
        Service.at(url)
    assert "u:p" not in str(caught.value)
