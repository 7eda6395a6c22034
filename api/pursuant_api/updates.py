"""The SPARQL 1.1 Protocol's update operation: off unless the installation has a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response

from pursuant.errors import TookTooLong
from pursuant.iri import ID
from pursuant.updating import Update, update
from pursuant_api.observing import note
from pursuant_api.writing import refuse_strangers, written

if TYPE_CHECKING:
    from starlette.datastructures import State
    from starlette.requests import Request

    from pursuant_api.protocol import Operation


async def updated(request: Request, state: State, asked: Operation) -> Response:
    """Applies an update as one revision; 204 when it is done.

    Raises:
        HTTPException: 401 or 403, the asker may not write; 504, it took too long.
        BadQuery: the update is wrong.
    """
    text = asked.update or ""
    note(request.scope, query=text, kind="update")
    refuse_strangers(request.scope, state)
    settings = state.settings
    done = Update(
        text,
        base=str(ID),
        using=asked.using,
        seconds=settings.query_seconds,
        megabytes=settings.query_megabytes,
    )
    try:
        await written(state, lambda store: update(store, done))
    except TookTooLong as error:
        raise HTTPException(504, str(error)) from None
    return Response(status_code=204)
