"""Who may write: whoever sends the token of the installation, where it has one."""

from __future__ import annotations

import asyncio
import hmac
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from starlette.exceptions import HTTPException

from pursuant_api.protocol import header

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.datastructures import State
    from starlette.types import Scope

    from pursuant.store import Store
    from pursuant_api.settings import Settings

Told = TypeVar("Told")


def may_write(scope: Scope, settings: Settings) -> bool:
    """Whether a request carries the token; how long that takes tells nothing of the token."""
    kept = settings.write_token
    scheme, _, given = header(scope, b"authorization").partition(" ")
    if not kept or scheme.lower() != "bearer":
        return False
    digests = (sha256(text.encode()).digest() for text in (kept, given.strip()))
    return hmac.compare_digest(*digests)


def refuse_strangers(scope: Scope, state: State) -> None:
    """Refuses a request to write.

    Raises:
        HTTPException: 403, nobody may write here; 401, the request does not carry the token.
    """
    if not state.settings.write_token or state.store.is_frozen:
        raise HTTPException(403, "this store is only read: writing is switched off")
    if not may_write(scope, state.settings):
        told = {"WWW-Authenticate": 'Bearer realm="pursuant"'}
        raise HTTPException(401, "writing needs the token of this installation", told)


async def written(state: State, write: Callable[[Store], Told]) -> Told:
    """Writes in a thread, one writer after the other; gives back what the writer tells."""

    def told() -> Told:
        with state.writing:
            store = state.store = state.store.refreshed()
            return write(store)

    return await asyncio.to_thread(told)
