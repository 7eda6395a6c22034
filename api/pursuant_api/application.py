"""The application, put together."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from pursuant import __version__
from pursuant.store import open_store
from pursuant_api import documents, entities, health, metrics, problems, sparql
from pursuant_api.headers import Headers
from pursuant_api.observing import Observed
from pursuant_api.pages import HERE
from pursuant_api.settings import Settings

if TYPE_CHECKING:
    from pursuant.store import Store


def create_app(store: Store | None = None, settings: Settings | None = None) -> FastAPI:
    """The web application on a store, else on the one that `PURSUANT_STORE` names.

    Args:
        store: what it answers from.
        settings: its bounds, else those that the environment sets.

    Raises:
        StoreProblem: the store cannot be opened.
    """
    app = FastAPI(
        title="Pursuant",
        version=__version__,
        docs_url=None,  # its pages are loaded from other hosts
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.store = store or open_store()
    app.state.settings = settings or Settings.read()
    app.state.metrics = metrics.Metrics(app.state)
    app.state.places = threading.Semaphore(sparql.AT_ONCE)
    app.router.routes.extend(sparql.ROUTES)
    for module in (documents, entities, health, metrics):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    problems.handle(app)
    app.add_middleware(Headers)
    app.add_middleware(Observed, metrics=app.state.metrics)
    return app
