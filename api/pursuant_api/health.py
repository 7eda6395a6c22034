"""Whether the server lives, and whether it has something to answer from."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException

from pursuant_api.held import languages
from pursuant_api.state import store_of

router = APIRouter()


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """Says that the server lives."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(request: Request) -> dict[str, str | int]:
    """Says that the store holds documents, which ones it does not."""
    store = store_of(request)
    if not (held := languages(store)):
        raise HTTPException(503, "the store holds no document yet", {"Retry-After": "10"})
    return {"status": "ok", "revision": store.revision, "documents": len(held)}
