"""The whole data set as a file: written once for each revision, in parts if that is asked for.

`/dump.nq.gz` and `/dump.trig.gz`, each with a checksum at its address and `.sha256`. The file lies
in a folder of its own, outside the store, which may belong to somebody else; it is removed when
the server stops, and when two later revisions have been written.
"""

from __future__ import annotations

import asyncio
import weakref
from contextlib import ExitStack
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from pursuant.archiving import Archive, archive
from pursuant.errors import PursuantError, StoreProblem, UnknownName
from pursuant.passing_folders import passing_folder
from pursuant_api import problems
from pursuant_api.headers import COMMON
from pursuant_api.negotiation import held_tags

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.datastructures import State
    from starlette.types import Receive, Scope, Send

    from pursuant.store import Store

FORMS = {"/dump.nq.gz": "nquads", "/dump.trig.gz": "trig"}
SUM = ".sha256"
PATHS = (*FORMS, *(path + SUM for path in FORMS))
_KEPT = 2
_HEADERS = {name.decode(): value.decode() for name, value in COMMON}


class Dumps:
    """The files of the last revisions, as an ASGI application that answers `PATHS`."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._written: dict[tuple[str, str], Archive] = {}
        self._folder: Path | None = None
        self._turn = asyncio.Lock()
        self._end: weakref.finalize[..., Dumps] | None = None

    def close(self) -> None:
        """Removes the files."""
        if self._end is not None:
            self._end()
        self._folder, self._end = None, None
        self._written.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except Exception as error:
            answer = problems.refusal(request, error)
            answer.headers.update(_HEADERS)
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        path = request.url.path.removesuffix(SUM)
        made = await self._of(FORMS[path])
        headers = _HEADERS | {"ETag": f'"{made.sha256}"', "Cache-Control": "no-cache"}
        if request.url.path.endswith(SUM):
            headers["ETag"] = f'"{made.sha256}{SUM}"'
        if headers["ETag"] in held_tags(request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        if request.url.path.endswith(SUM):
            return PlainTextResponse(made.checksum(path.removeprefix("/")), headers=headers)
        # Not as an encoding: it is a compressed file that is asked for, and its bytes are checked.
        return FileResponse(made.path, headers=headers, media_type="application/gzip")

    async def _of(self, form: str) -> Archive:
        """The file of the current revision; who comes while it is written waits for it."""
        store = self.state.store = self.state.store.refreshed()
        if store.is_remote:
            raise UnknownName("what another server holds is not given out as a file; ask it there")
        async with self._turn:
            known = self._written.get((store.revision, form))
            if known is None or not known.path.is_file():  # others clear folders of passing files
                known = await asyncio.to_thread(self._write, store, form)
                self._forget()
            return known

    def _write(self, store: Store, form: str) -> Archive:
        try:
            made = archive(store, self._place() / f"{store.revision}.{form}.gz", form)
        except (OSError, PursuantError) as error:
            raise StoreProblem(f"the file cannot be written: {error}") from error
        self._written[store.revision, form] = made
        return made

    def _place(self) -> Path:
        """The folder, which is made when it is first needed, or when others have removed it."""
        if self._folder is None or not self._folder.is_dir():
            self.close()
            held = ExitStack()
            self._folder = held.enter_context(passing_folder())
            # A server that is told to stop closes it; others that end forget it.
            self._end = weakref.finalize(self, held.close)
        return self._folder

    def _forget(self) -> None:
        revisions = list(dict.fromkeys(revision for revision, _ in self._written))
        for key in [key for key in self._written if key[0] in revisions[:-_KEPT]]:
            self._written.pop(key).path.unlink(missing_ok=True)
