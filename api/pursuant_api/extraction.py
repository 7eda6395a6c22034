"""`/extract`: a file in, and what it says out; nothing is stored, and nothing sent elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from pursuant.errors import PursuantError, UnreadableSource
from pursuant.held import Held
from pursuant.symbol import slug as slug_of
from pursuant_api import extraction_work
from pursuant_api.asking import asked_for
from pursuant_api.limits import LimitReached
from pursuant_api.negotiation import HTML, JSON, VARY, chosen, language
from pursuant_api.pages import render
from pursuant_api.reading_page import reading_page
from pursuant_api.sandbox import Bounds
from pursuant_api.state import asked
from pursuant_api.uploads import plain_name, sent

if TYPE_CHECKING:
    from pursuant.document import Document
    from pursuant_api.extraction_work import Extracted
    from pursuant_api.uploads import Sent

router = APIRouter()
LINES = "application/x-ndjson"
FORMS = (JSON, LINES, HTML)


@router.get("/extract")
def form(request: Request) -> Response:
    """The page on which people choose a file to be read."""
    asked_for(request)
    return _page(request, 200)


@router.post("/extract")
async def extract(request: Request) -> Response:
    """What `pursuant extract` prints of the files that are sent, or the page of the one that is."""
    said = asked_for(request, "name")
    media = chosen(request, FORMS)
    brought = None
    try:
        brought = await sent(request, _settings(request).try_megabytes, packed=True)
        files = _files(brought, said)
        found = await _read(request, files, whole=media == HTML)
        if found.problem is not None:
            raise HTTPException(415 if found.is_foreign else 422, found.problem)
    except (UnreadableSource, LimitReached, HTTPException) as problem:
        if media != HTML:
            raise
        return _told(request, problem, brought.texts.get("text", "") if brought else "")
    if media == HTML:
        return _shown(request, found)
    text = "".join(f"{line}\n" for line in found.lines)
    return Response(text, 200, _headers(request), LINES if found.is_many else media)


async def _read(request: Request, files: list[tuple[str, bytes]], *, whole: bool) -> Extracted:
    settings = _settings(request)
    bounds = Bounds(settings.try_seconds, settings.try_memory_megabytes)
    most = settings.answer_megabytes * 1_000_000
    read: Extracted = await request.app.state.sandbox.run(
        bounds, extraction_work.read, files, most, whole
    )
    return read


def _settings(request: Request) -> Any:
    return request.app.state.settings


def _files(brought: Sent, said: dict[str, str]) -> list[tuple[str, bytes]]:
    """Names and contents of what was sent."""
    if brought.body is not None:
        files = [(plain_name(said.get("name", "-")), brought.body.data)]
    else:
        if unknown := sorted(set(brought.texts) - {"file", "text"}):
            there = "files are in 'file', pasted text in 'text'"
            raise HTTPException(400, f"the form has no field {unknown[0]!r}; {there}")
        files = [(each.name, each.data) for each in brought.every]
        for field in ("file", "text"):  # a field without a file's name, and what was pasted
            if (text := brought.texts.get(field, "")).strip():
                files.append(("text", text.encode()))
    if not any(data for _, data in files):
        raise HTTPException(400, "nothing was sent: put a file into the body, or into a form")
    return files


def _told(request: Request, problem: PursuantError | HTTPException, pasted: str) -> Response:
    """A refusal on the page with the form, which keeps what was pasted into it."""
    if isinstance(problem, HTTPException):
        return _page(request, problem.status_code, problem=str(problem.detail), text=pasted)
    status = problem.status if isinstance(problem, LimitReached) else 422
    return _page(request, status, problem=str(problem), text=pasted)


def _shown(request: Request, found: Extracted) -> Response:
    if found.document is not None:
        page = _document_page(request, found.document)
        return Response(page, 200, _headers(request), f"{HTML}; charset=utf-8")
    return _page(request, 200, found=[_row(json.loads(line)) for line in found.lines])


def _document_page(request: Request, document: Document) -> str:
    told = asked(request)
    slug = slug_of(document.symbol) if document.symbol else "document"
    held = Held(slug, document, {})
    page = reading_page(told.store, held, told.language, is_held=False)
    return render("reading.html", request, page=page, head=None)


def _row(told: dict[str, Any]) -> dict[str, Any]:
    paragraphs = told.get("paragraphs", [])
    counts = {
        name: sum(len(each[name]) for each in paragraphs) for name in ("citations", "mandates")
    }
    known = {name: told.get(name) for name in ("source", "symbol", "title", "language", "error")}
    return known | counts | {"paragraphs": len(paragraphs)}


def _page(request: Request, status: int, **shown: Any) -> Response:
    told = {"found": None, "problem": None, "text": "", "limits": _settings(request)} | shown
    page = render("extract.html", request, **told)
    return Response(page, status, _headers(request), f"{HTML}; charset=utf-8")


def _headers(request: Request) -> dict[str, str]:
    return {"Vary": VARY, "Cache-Control": "no-store", "Content-Language": language(request)}
