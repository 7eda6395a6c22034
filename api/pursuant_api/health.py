"""Whether the server lives, and whether it has something to answer from."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from pursuant.errors import PursuantError
from pursuant.held import languages
from pursuant_api.answering import Job
from pursuant_api.limits import TooBusy
from pursuant_api.state import store_of

if TYPE_CHECKING:
    from starlette.datastructures import State

router = APIRouter()
_PATIENCE = 5.0
# Its answer changes from moment to moment, so that no cache has it.
_QUESTION = Job("ASK { BIND(NOW() AS ?now) }", "application/sparql-results+json", None)


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Says that the server lives."""
    return {"status": "ok"}


@router.get("/readyz", responses={503: {"description": "It cannot answer queries."}})
async def readyz(request: Request) -> dict[str, str | int]:
    """Says that a worker answers from a store that holds documents."""
    store, held = await run_in_threadpool(_held, request)
    if not held:
        raise _unready("the store holds no document yet")
    await _asked(request.app.state)
    return {"status": "ok", "revision": store, "documents": held}


def _held(request: Request) -> tuple[str, int]:
    store = store_of(request)
    return store.revision, len(languages(store))


async def _asked(state: State) -> None:
    try:
        async with asyncio.timeout(_PATIENCE):
            await _answer(state)
    except TooBusy:
        return  # all workers work: that is what they are for
    except TimeoutError:
        raise _unready("no worker answers") from None
    except PursuantError as error:
        raise _unready(f"no worker answers: {error}") from None


async def _answer(state: State) -> None:
    async with state.pool.ask(_QUESTION) as answer:
        async for _ in answer:
            pass


def _unready(why: str) -> HTTPException:
    return HTTPException(503, why, {"Retry-After": "10"})
