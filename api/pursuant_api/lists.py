"""A list as it is wanted: a page of it as JSON or for reading, all of it as CSV or XLSX."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any

from pursuant_api import paging
from pursuant_api.negotiation import CSV, HTML, JSON, XLSX, answer
from pursuant_api.paging import page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fastapi import Response

    from pursuant.table import Table
    from pursuant_api.negotiation import Asked
    from pursuant_api.paging import Page


class Listed:
    """A table of which a page is asked for.

    Attributes:
        page: which page.
        total: rows of the whole table; 0 until it is read.
        is_read: whether it was read, since one of its forms was made.
    """

    def __init__(self, read: Callable[[], Table], said: Mapping[str, str]) -> None:
        self.page: Page = page_of(said)
        self.total = 0
        self.is_read = False
        self._read = read
        self._is_whole = not any(name in said for name in paging.NAMES)

    def rows(self) -> Table:
        """The rows of the page."""
        table = self._read()
        self.total, self.is_read = len(table.rows), True
        return type(table)(table.columns, tuple(self.page.of(table.rows)))

    def json(self, _: Asked) -> list[dict[str, Any]]:
        """The page for programs."""
        return self.rows().to_json()

    def csv(self, _: Asked) -> str:
        """The whole list for spreadsheets, unless a page of it is asked for."""
        return self._chosen().to_csv()

    def xlsx(self, _: Asked) -> bytes:
        """The whole list as a workbook, unless a page of it is asked for."""
        output = io.BytesIO()
        self._chosen().to_xlsx(output)
        return output.getvalue()

    def _chosen(self) -> Table:
        rows = self.rows()
        return self._read() if self._is_whole else rows


def listed(
    told: Asked,
    said: Mapping[str, str],
    read: Callable[[], Table],
    forced: str | None,
    page: Callable[..., str] | None = None,
) -> Response:
    """The answer to who asks for a list.

    Args:
        told: what views are told.
        said: what the address's query says.
        read: gives the whole table.
        forced: a media type that the path's suffix names.
        page: makes the page for people, where there is one.

    Raises:
        BadQuery: the page's number or size is wrong.
        HTTPException: 406, none of the forms is accepted.
    """
    list_ = Listed(read, said)
    views: dict[str, Callable[[Asked], Any]] = {JSON: list_.json}
    if page is not None:
        views[HTML] = partial(page, list_=list_)
    views |= {CSV: list_.csv, XLSX: list_.xlsx}
    answered = answer(told, views, forced)
    if list_.is_read:
        answered.headers.update(paging.headers(told.request, list_.page, list_.total))
    return answered
