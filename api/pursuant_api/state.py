"""What an application holds: the store, in its current revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pursuant_api.negotiation import Asked, language

if TYPE_CHECKING:
    from fastapi import Request

    from pursuant.store import Store


def store_of(request: Request) -> Store:
    """The store on its current revision: what another process has ingested is seen at once."""
    state = request.app.state
    store: Store = state.store.refreshed()
    state.store = store
    return store


def asked(request: Request) -> Asked:
    """What a view is told of a request."""
    return Asked(store_of(request), language(request), request)
