"""The web application: a SPARQL endpoint, JSON for programs and pages for people.

`create_app` makes it; `app` is one on the store that `PURSUANT_STORE` names, made when it is first
asked for, as `uvicorn pursuant_api:app` does.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from pursuant_api.application import create_app

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["app", "create_app"]


@functools.cache
def _made() -> FastAPI:
    return create_app()


def __getattr__(name: str) -> FastAPI:
    if name == "app":
        return _made()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
