"""Which form and which language an answer has, and whether the asker has it already.

>>> preferred("text/*;q=0.5, application/json", ("text/html", "application/json"))
'application/json'
>>> preferred("text/turtle", ("text/html", "application/json")) is None
True
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fastapi import Response
from starlette.exceptions import HTTPException

from pursuant import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fastapi import Request

    from pursuant.store import Store

HTML = "text/html"
JSON = "application/json"
TURTLE = "text/turtle"
JSONLD = "application/ld+json"
NTRIPLES = "application/n-triples"
RDFXML = "application/rdf+xml"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANGUAGES = ("en", "zh")
SUFFIXES = {
    ".json": JSON,
    ".ttl": TURTLE,
    ".jsonld": JSONLD,
    ".nt": NTRIPLES,
    ".rdf": RDFXML,
    ".csv": CSV,
    ".xlsx": XLSX,
    ".html": HTML,
}
VARY = "Accept, Accept-Language"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a view is told: the store to answer from, the language, and the request."""

    store: Store
    language: str
    request: Request


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """The offered media type that an Accept header likes best, the first where it likes several."""
    ranges = list(_weighted(accept or "*/*"))
    rated = [(_quality(media, ranges), media) for media in offered]
    best = max((quality for quality, _ in rated), default=0.0)
    return next(media for quality, media in rated if quality == best) if best else None


@lru_cache(maxsize=256)
def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header takes gzip.

    >>> accepts_gzip("br, gzip"), accepts_gzip("gzip;q=0, *"), accepts_gzip("")
    (True, False, False)
    """
    weights = dict(_weighted(header))
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def held_tags(header: str) -> set[str]:
    """The entity tags that an If-None-Match header names, without their weakness."""
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


def language(request: Request) -> str:
    """`?lang=`, else what the browser asks for, else English."""
    if (asked := request.query_params.get("lang")) in LANGUAGES:
        return str(asked)
    weighted = _weighted(request.headers.get("accept-language", ""))
    liked = sorted((-quality, place, tag) for place, (tag, quality) in enumerate(weighted))
    tags = [tag.partition("-")[0] for quality, _, tag in liked if quality]
    return next((tag for tag in tags if tag in LANGUAGES), LANGUAGES[0])


def split_suffix(path: str) -> tuple[str, str | None]:
    """A path without the suffix that names a form, and that form.

    >>> split_suffix("e-cn.15-2019-5.json"), split_suffix("e-cn.15-2019-5")
    (('e-cn.15-2019-5', 'application/json'), ('e-cn.15-2019-5', None))
    """
    for suffix, media in SUFFIXES.items():
        if path.endswith(suffix):
            return path.removesuffix(suffix), media
    return path, None


def suffix_of(request: Request) -> str | None:
    """The form that the end of an address names, None where it names none.

    Raises:
        HTTPException: 404, it names one that there is not.
    """
    path = request.url.path
    if (suffix := request.path_params.get("suffix")) is None:
        return None
    if (media := SUFFIXES.get(f".{suffix}")) is None:
        raise HTTPException(404, f"nothing is at {path}; there is {', '.join(SUFFIXES)}")
    return media


def chosen(request: Request, offered: Sequence[str], forced: str | None = None) -> str:
    """The media type of the answer.

    Raises:
        HTTPException: 406, none of those offered is accepted.
    """
    accept = forced or ", ".join(request.headers.getlist("accept"))
    if (media := preferred(accept, offered)) is None:
        raise HTTPException(406, f"this comes as {', '.join(offered)}, not as {accept}")
    return media


def answer(
    asked: Asked, views: Mapping[str, Callable[[Asked], Any]], forced: str | None = None
) -> Response:
    """The answer in the form that is asked for, or 304 where the asker has it already.

    Args:
        asked: what the views are told.
        views: by media type, what makes the answer: text, bytes, a Response, or a value for JSON.
        forced: a media type that the path's suffix names.
    """
    media = chosen(asked.request, list(views), forced)
    headers = {"Vary": VARY, "Cache-Control": "no-cache"} | _tag(asked, media) | _dated(asked)
    if _is_known(asked.request, headers):
        return Response(status_code=304, headers=headers)
    if media in (HTML, JSON, CSV, XLSX):
        headers["Content-Language"] = asked.language
    made = views[media](asked)
    if isinstance(made, Response):
        return made
    content = made if isinstance(made, (str, bytes)) else json.dumps(made, ensure_ascii=False)
    return Response(content, media_type=_with_charset(media), headers=headers)


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _dated(asked: Asked) -> dict[str, str]:
    """When the answer last changed: with the store, or with the server that tells of it."""
    written, started = asked.store.written, asked.request.app.state.started
    if written is None:
        return {}
    return {"Last-Modified": format_datetime(max(written, started), usegmt=True)}


def _is_known(request: Request, headers: Mapping[str, str]) -> bool:
    """Whether the asker has this answer; a tag tells more than a time."""
    if (tags := request.headers.get("if-none-match")) is not None:
        return headers.get("ETag", "-").removeprefix("W/") in held_tags(tags)
    since, changed = request.headers.get("if-modified-since"), headers.get("Last-Modified")
    if since is None or changed is None:
        return False
    try:
        return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):  # no time, or one without a zone
        return False


def _tag(asked: Asked, media: str) -> dict[str, str]:
    """An entity tag: the store's revision and all else that an answer depends on."""
    if asked.store.is_remote:
        return {}
    parts = (__version__, asked.store.revision, str(asked.request.url), media, asked.language)
    # A page that comes compressed is the same page: the tag is weak.
    return {"ETag": f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]}"'}


def _weighted(header: str) -> list[tuple[str, float]]:
    found = []
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            found.append((name, _weight(parameters)))
    return found


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of the most specific range that a media type falls into."""
    for pattern in (media, f"{media.partition('/')[0]}/*", "*/*"):
        weights = [quality for name, quality in ranges if name == pattern]
        if weights:
            return max(weights)
    return 0.0
