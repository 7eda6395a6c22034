"""HTTP to somebody else's service: bounded in time and size, with credentials that are never told.

A server may hang, drip, or die in the middle of an answer; each is a StoreProblem, in time.
"""

from __future__ import annotations

import base64
import http.client
import socket
import threading
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pursuant.errors import StoreProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TIMEOUT = 60.0
MAX_ANSWER = 1_000_000_000
_MAX_SAID = 500


class Refusal(StoreProblem):
    """A service answers with a status that says no.

    Attributes:
        status: of HTTP.
        said: the words that came with it, in one line; empty where they were a page.
    """

    def __init__(self, url: str, status: int, reason: str, said: str) -> None:
        """Composes the sentence."""
        super().__init__(f"{url} answers {status} {reason}" + (f": {said}" if said else ""))
        self.status = status
        self.said = said


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the body, whole, and the headers."""

    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Service:
    """A service by its URL, and what opens it.

    Attributes:
        url: without credentials, so that it may be told.
        timeout: seconds for a request as a whole.
        token: sent as a bearer token.
        login: user and password, sent as the service asks for them (Basic or Digest).
    """

    url: str
    timeout: float = TIMEOUT
    token: str | None = field(default=None, repr=False)
    login: tuple[str, str] | None = field(default=None, repr=False)

    @classmethod
    def at(cls, url: str, token: str | None = None, timeout: float = TIMEOUT) -> Service:
        """The service at a URL, which may carry `user:password@`.

        Raises:
            StoreProblem: it is not an http(s) URL.
        """
        parts = urllib.parse.urlsplit(url)
        account, at, host = parts.netloc.rpartition("@")
        plain = parts._replace(netloc=host, fragment="").geturl()
        if parts.scheme not in {"http", "https"} or not host:
            raise StoreProblem(f"{plain} is neither a folder nor an http(s) URL")
        user, _, password = (urllib.parse.unquote(part) for part in account.partition(":"))
        return cls(plain, timeout, token, (user, password) if at else None)

    def beside(self, url: str) -> Service:
        """Another address, which the same credentials open if it carries none."""
        other = Service.at(url, self.token, self.timeout)
        return other if other.login else replace(other, login=self.login)

    def send(self, method: str, data: bytes | None, headers: Mapping[str, str]) -> Answer:
        """Sends one request and waits for the whole answer.

        Raises:
            Refusal: the status is not a success.
            StoreProblem: there is no answer, not in time, not whole, or too much of one.
        """
        request = urllib.request.Request(  # noqa: S310 - `at` lets only http and https pass
            self.url, data, dict(headers), method=method
        )
        with _deadline(self.timeout) as deadline:
            try:
                return self._read(deadline, request)
            except urllib.error.HTTPError as error:
                raise _refusal(self.url, error) from error
            except (OSError, ValueError, http.client.HTTPException) as error:
                why = f"within {self.timeout:g} s" if _is_late(deadline, error) else _told(error)
                raise StoreProblem(f"{self.url} does not answer: {why}") from error

    def _read(self, deadline: _Deadline, request: urllib.request.Request) -> Answer:
        opener = urllib.request.build_opener(_Http(deadline), _Https(deadline), _NoRedirects())
        if proof := self._proof(opener, request):
            request.add_header("Authorization", proof)
        with opener.open(request, timeout=self.timeout) as answer:
            body = answer.read(MAX_ANSWER + 1)
            missing = answer.length
        if deadline.is_over:
            raise TimeoutError
        if len(body) > MAX_ANSWER:
            raise StoreProblem(f"{self.url} answers with more than {MAX_ANSWER:,} bytes")
        if missing:
            raise http.client.IncompleteRead(body, missing)
        return Answer(body, answer.headers)

    def _proof(
        self, opener: urllib.request.OpenerDirector, request: urllib.request.Request
    ) -> str | None:
        """The Authorization header; a service that has Digest is not told the password.

        It is asked beforehand and without a body: one that refuses does not wait for it to end.
        """
        if self.token or self.login is None:
            return f"Bearer {self.token}" if self.token else None
        try:
            asking = urllib.request.Request(self.url, method="HEAD")  # noqa: S310 - see send
            opener.open(asking, timeout=self.timeout).close()
            challenge = ""
        except urllib.error.HTTPError as error:
            challenge = error.headers.get("WWW-Authenticate", "")
        scheme, _, rest = challenge.partition(" ")
        if scheme.lower() != "digest":
            return "Basic " + base64.b64encode(":".join(self.login).encode()).decode()
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, self.url, *self.login)
        wanted = urllib.request.parse_keqv_list(urllib.request.parse_http_list(rest))
        answer = urllib.request.AbstractDigestAuthHandler(known).get_authorization(request, wanted)
        return f"Digest {answer}"


class _Deadline:
    """Cuts connections when the time is over, whatever they are waiting for."""

    def __init__(self) -> None:
        self.is_over = False
        self.sockets: list[socket.socket] = []

    def watch(self, connected: socket.socket) -> None:
        self.sockets.append(connected)
        if self.is_over:
            self.cut()

    def cut(self) -> None:
        self.is_over = True
        for connected in self.sockets:
            with suppress(OSError):
                # Of a TLS socket, what lies below it: its own shutdown is not for other threads.
                socket.socket.shutdown(connected, socket.SHUT_RDWR)


@contextmanager
def _deadline(seconds: float) -> Iterator[_Deadline]:
    deadline = _Deadline()
    timer = threading.Timer(seconds, deadline.cut)
    timer.daemon = True
    timer.start()
    try:
        yield deadline
    finally:
        timer.cancel()


def _watched(kind: type[http.client.HTTPConnection], deadline: _Deadline) -> Any:
    class Connection(kind):  # type: ignore[misc, valid-type]
        def connect(self) -> None:
            super().connect()
            deadline.watch(self.sock)

    return Connection


class _Http(urllib.request.HTTPHandler):
    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self.deadline = deadline

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_watched(http.client.HTTPConnection, self.deadline), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self.deadline = deadline

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_watched(http.client.HTTPSConnection, self.deadline), req)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A POST that is redirected would arrive without its body, and credentials elsewhere."""

    def redirect_request(self, *args: Any) -> None:
        """Follows none."""


def _refusal(url: str, error: urllib.error.HTTPError) -> Refusal:
    with error:
        said = " ".join(error.read(_MAX_SAID).decode("utf-8", "replace").split())
    if error.headers.get_content_subtype() == "html" or said.startswith("<"):
        said = ""
    if moved := error.headers.get("Location") if error.code // 100 == 3 else None:
        said = f"it has moved to {Service.at(urllib.parse.urljoin(url, moved)).url}"
    return Refusal(url, error.code, str(error.reason), said)


def _is_late(deadline: _Deadline, error: Exception) -> bool:
    return deadline.is_over or isinstance(_cause(error), TimeoutError)


def _cause(error: BaseException) -> BaseException:
    reason = error.reason if isinstance(error, urllib.error.URLError) else None
    return reason if isinstance(reason, BaseException) else error


def _told(error: Exception) -> str:
    cause = _cause(error)
    return " ".join(str(cause).split()) or type(cause).__name__
