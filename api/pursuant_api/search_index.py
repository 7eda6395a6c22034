"""The search index of the current revision: made ready beside the requests that wait for it."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING

from pursuant_api.limits import TooBusy

if TYPE_CHECKING:
    from pursuant.store import Store

_PATIENCE = 5.0
_AGAIN = 5  # seconds after which asking again makes sense


class SearchIndex:
    """Brings the index to a revision once, however many ask for it."""

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._revision: str | None = None
        self._ready: Future[None] = Future()

    def wait(self, store: Store) -> None:
        """Returns when the index has the revision of a store.

        Raises:
            TooBusy: that takes longer than an asker should wait.
            StoreProblem: it cannot be opened or written.
        """
        ready = self._begin(store)
        try:
            ready.result(self._patience)
        except TimeoutError:
            raise TooBusy(
                "the search index is being brought up to date; ask again in a moment", _AGAIN
            ) from None

    def _begin(self, store: Store) -> Future[None]:
        with self._lock:
            is_failed = self._ready.done() and self._ready.exception() is not None
            if self._revision != store.revision or is_failed:
                self._revision, self._ready = store.revision, Future()
                told = store, self._ready
                threading.Thread(target=_update, args=told, daemon=True).start()
            return self._ready


def _update(store: Store, ready: Future[None]) -> None:
    from pursuant.indexing import index_of

    try:
        index_of(store)
    except BaseException as error:
        ready.set_exception(error)
    else:
        ready.set_result(None)
