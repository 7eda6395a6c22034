"""The web application: a SPARQL endpoint, JSON for programs and pages for people.

`create_app` makes it; `app` is one on the store that `PURSUANT_STORE` names, made when it is first
asked for, as `uvicorn pursuant_api:app` does.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi import FastAPI

    from pursuant_api.application import create_app

    app: FastAPI

__all__ = ["app", "create_app"]


@functools.cache
def _made() -> FastAPI:
    from pursuant_api.application import create_app

    return create_app()


def __getattr__(name: str) -> Any:
    """Load the framework when it is asked for: workers do without it."""
    if name == "app":
        return _made()
    if name == "create_app":
        from pursuant_api.application import create_app

        return create_app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
