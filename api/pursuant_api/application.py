"""The application, put together."""

from __future__ import annotations

import asyncio
import threading
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from pursuant import __version__
from pursuant.store import open_store
from pursuant_api import (
    audits,
    citation_networks,
    comparison,
    dataset_page,
    dereferencing,
    docs_page,
    documents,
    entities,
    extraction,
    graph_store,
    health,
    mandates,
    methods,
    metrics,
    ontology_pages,
    openapi,
    problems,
    replying,
    search,
    sitemap,
    validation,
)
from pursuant_api.description import Void
from pursuant_api.dumps import PATHS, Dumps
from pursuant_api.graph_store import GraphStore
from pursuant_api.headers import Headers
from pursuant_api.observing import Observed
from pursuant_api.pages import HERE
from pursuant_api.pool import pool_for
from pursuant_api.sandbox import Sandbox
from pursuant_api.search_index import SearchIndex
from pursuant_api.settings import Settings
from pursuant_api.sparql import Sparql

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.datastructures import State
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Receive, Scope, Send

    from pursuant.store import Store
    from pursuant_api.siblings import Siblings


# Modules whose routes go through the framework; what they answer is told in `openapi`.
SUBJECTS = (
    citation_networks,
    documents,
    entities,
    mandates,
    search,
    comparison,
    audits,
    dereferencing,
    ontology_pages,
    dataset_page,
    sitemap,
    validation,
    extraction,
    docs_page,
    health,
    metrics,
)
# Seconds after the start: whoever waits for the server to be ready comes first.
_WARM_AFTER = 3.0
_NAMED = f"{graph_store.PATH}/{{name:path}}"


class Application(FastAPI):
    """The framework's application, and before it what is answered from the raw request."""

    direct: dict[str, tuple[ASGIApp, ASGIApp]]
    described: list[BaseRoute]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        found = self.direct.get(_place(scope["path"])) if scope["type"] == "http" else None
        if found is None and scope["type"] == "http" and scope["method"] == "OPTIONS":
            found = self._preflight(scope)
        if found is None:
            await super().__call__(scope, receive, send)
            return
        answer, scope["endpoint"] = found
        scope["app"] = self
        await answer(scope, receive, send)

    def _preflight(self, scope: Scope) -> tuple[ASGIApp, ASGIApp] | None:
        """What answers OPTIONS, where anything may be done at the address."""
        if not (allowed := methods.methods(self.described, scope)):
            return None
        answer = Headers(methods.preflight(allowed))
        return Observed(answer, self.state.metrics), answer


def create_app(
    store: Store | None = None,
    settings: Settings | None = None,
    siblings: Siblings | None = None,
) -> FastAPI:
    """The web application on a store, else on the one that `PURSUANT_STORE` names.

    Args:
        store: what it answers from.
        settings: its bounds, else those that the environment sets.
        siblings: the other processes that serve the same, where there are any.

    Raises:
        StoreProblem: the store cannot be opened.
    """
    app = Application(
        title="Pursuant",
        version=__version__,
        docs_url=None,  # its pages are loaded from other hosts
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_answering,
    )
    _equip(app.state, store or open_store(), settings or Settings.read(), siblings)
    _place_protocols(app)
    for subject in SUBJECTS:
        app.include_router(subject.router)
    app.described = [route for subject in SUBJECTS for route in subject.router.routes]
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    problems.handle(app)
    app.openapi = lambda: openapi.document(__version__)  # type: ignore[method-assign]
    app.add_middleware(GZipMiddleware, minimum_size=replying.SMALL, compresslevel=5)
    app.add_middleware(Headers)
    app.add_middleware(Observed, metrics=app.state.metrics)
    return app


def _equip(state: State, store: Store, settings: Settings, siblings: Siblings | None) -> None:
    """What requests are answered with."""
    state.store = store
    state.settings = settings
    state.started = datetime.now(UTC)
    state.siblings = siblings
    state.metrics = metrics.Metrics(state)
    state.search_index = SearchIndex()
    state.writing = threading.Lock()
    state.sandbox = Sandbox(settings.tries)
    state.pool = pool_for(lambda: _current(state), settings)


@asynccontextmanager
async def _answering(app: FastAPI) -> AsyncIterator[None]:
    """Has workers while requests are answered."""
    state = app.state
    await state.pool.start()
    warming = asyncio.get_running_loop().call_later(_WARM_AFTER, state.sandbox.warm)
    try:
        if state.siblings is not None:
            await state.siblings.listen(state.metrics.counted)
        yield
    finally:
        warming.cancel()
        if state.siblings is not None:
            state.siblings.close()
        await state.pool.stop()
        state.dumps.close()


def _place_protocols(app: Application) -> None:
    """SPARQL's protocols: among the routes, and before the framework."""
    state = app.state
    store = GraphStore(state)
    state.dumps = Dumps(state)
    placed: list[tuple[str, ASGIApp]] = [
        ("/sparql", Sparql(state)),
        ("/.well-known/void", Void(state)),
        (graph_store.PATH, store),
        (_NAMED, store),
        *((path, state.dumps) for path in PATHS),
    ]
    app.router.routes.extend(Route(path, answer) for path, answer in placed)
    app.direct = {path: (Observed(answer, state.metrics), answer) for path, answer in placed}


def _place(path: str) -> str:
    """The path of the route that a path is one of, as far as it is answered directly."""
    return _NAMED if path.startswith(f"{graph_store.PATH}/") else path


def _current(state: State) -> Store:
    store: Store = state.store.refreshed()
    state.store = store
    return store
