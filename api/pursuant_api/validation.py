"""Is my data sound? RDF that is sent, checked against our shapes or the sender's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from starlette.exceptions import HTTPException

from pursuant.errors import PursuantError, UnreadableSource
from pursuant_api import validation_work
from pursuant_api.asking import asked_for
from pursuant_api.limits import AnswerTooLarge, LimitReached
from pursuant_api.negotiation import HTML, JSON, TURTLE, VARY, chosen, language
from pursuant_api.pages import render
from pursuant_api.sandbox import Bounds
from pursuant_api.uploads import Sent, Upload, sent

if TYPE_CHECKING:
    from collections.abc import Sequence

router = APIRouter()
TEXT = "text/plain"
FORMS = {JSON: "json", TURTLE: "turtle", TEXT: "table", HTML: "page"}
_NAMED = {"json": JSON, "turtle": TURTLE, "table": TEXT, "html": HTML}
FIELDS = tuple(
    f"{field}{part}" for field in ("data", "shapes") for part in ("", "-text", "-syntax")
)
SYNTAXES = {
    "turtle": "text/turtle",
    "trig": "application/trig",
    "ntriples": "application/n-triples",
    "nquads": "application/n-quads",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
_KEPT = 200_000  # characters that a page gives back


@router.api_route("/validate", methods=["GET", "POST"])
async def validate(request: Request) -> Response:
    """The report on the RDF that is sent; asked for without any, the page on which to send it."""
    if request.method == "GET":
        asked_for(request)
        return _page(request, 200)
    return await _report(request)


async def _report(request: Request) -> Response:
    media = _media(request, asked_for(request, "format").get("format"))
    settings = request.app.state.settings
    brought = Sent(None, {}, {})
    try:
        brought = await sent(request, settings.try_megabytes)
        data, shapes = _parts(brought)
        report = await request.app.state.sandbox.run(
            Bounds(settings.try_seconds, settings.try_memory_megabytes),
            validation_work.checked,
            data,
            shapes,
            FORMS[media],
            language(request),
            settings.try_triples,
        )
        if len(report.text) > settings.answer_megabytes * 1_000_000:
            raise AnswerTooLarge(f"the report has more than {settings.answer_megabytes:,} MB")
    except (UnreadableSource, LimitReached, HTTPException) as problem:
        if media != HTML:
            raise
        return _told(request, problem, brought)
    if media == HTML:
        return _page(request, 200, brought, report=Markup(report.text))  # noqa: S704 - escaped where made
    return Response(report.text, media_type=f"{media}{_charset(media)}", headers=_headers(request))


def _media(request: Request, named: str | None) -> str:
    if named is not None and named not in _NAMED:
        raise HTTPException(400, f"the report comes as {', '.join(_NAMED)}, not as {named}")
    return chosen(request, list(FORMS), _NAMED[named] if named else None)


def _parts(brought: Sent) -> tuple[Sequence[Upload], Sequence[Upload]]:
    """What is to be checked, and against what."""
    if brought.body is not None:
        data = [brought.body] if brought.body.data.strip() else []
        shapes: list[Upload] = []
    else:
        data, shapes = _given(brought, "data"), _given(brought, "shapes")
    if strange := sorted({*brought.files, *brought.texts} - set(FIELDS)):
        raise HTTPException(400, f"there is no part {strange[0]!r}; there are {', '.join(FIELDS)}")
    if not data:
        raise HTTPException(400, "nothing was sent: put RDF into the body, or into a part 'data'")
    return data, shapes


def _given(brought: Sent, field: str) -> list[Upload]:
    """The file of a field, and the text that was typed into it."""
    found = [brought.files[field]] if field in brought.files else []
    for name in (field, f"{field}-text"):
        if (text := brought.texts.get(name, "")).strip():
            kind = SYNTAXES.get(brought.texts.get(f"{field}-syntax", ""), "")
            found.append(Upload("text", kind, text.replace("\r\n", "\n").encode()))
    return found


def _told(request: Request, problem: PursuantError | HTTPException, brought: Sent) -> Response:
    """A refusal on the page with the form."""
    if isinstance(problem, HTTPException):
        return _page(request, problem.status_code, brought, problem=str(problem.detail))
    status = problem.status if isinstance(problem, LimitReached) else 422
    return _page(request, status, brought, problem=str(problem))


def _page(request: Request, status: int, brought: Sent | None = None, **shown: Any) -> Response:
    """The page with the form, in which stands still what was typed, for it to be mended."""
    typed = {} if brought is None else brought.texts
    given = dict.fromkeys(FIELDS, "") | {n: t for n, t in typed.items() if len(t) <= _KEPT}
    told = {"report": None, "problem": None, "limits": request.app.state.settings} | shown
    page = render("validate.html", request, syntaxes=SYNTAXES, given=given, **told)
    return Response(page, status, _headers(request), f"{HTML}; charset=utf-8")


def _headers(request: Request) -> dict[str, str]:
    return {"Vary": VARY, "Cache-Control": "no-store", "Content-Language": language(request)}


def _charset(media: str) -> str:
    return "; charset=utf-8" if media.startswith("text/") else ""
