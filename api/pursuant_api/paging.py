"""Pages of long lists: `?page=2&per_page=50`, with RFC 8288 links from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pursuant.errors import BadQuery

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeVar

    from starlette.requests import Request

    T = TypeVar("T")

NAMES = ("page", "per_page")
USUAL = 100
MOST = 1000
_LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: its number, from 1, and how many things a page has."""

    number: int = 1
    size: int = USUAL

    @property
    def offset(self) -> int:
        """How many things come before it."""
        return (self.number - 1) * self.size

    def of(self, things: Sequence[T]) -> Sequence[T]:
        """The things that are on this page.

        >>> Page(2, 2).of("abcde")
        'cd'
        """
        return things[self.offset : self.offset + self.size]

    def last(self, total: int) -> int:
        """Number of the last page of so many things.

        >>> Page(1, 2).last(5), Page(1, 2).last(0)
        (3, 1)
        """
        return max(1, -(-total // self.size))

    def others(self, total: int) -> dict[str, int]:
        """Numbers of the pages that this one leads to, by their relation."""
        last = self.last(total)
        found = {"first": 1, "prev": min(self.number - 1, last), "next": self.number + 1}
        return {
            name: number for name, number in {**found, "last": last}.items() if 1 <= number <= last
        }


def page_of(told: Mapping[str, str]) -> Page:
    """The page that is asked for.

    Raises:
        BadQuery: its number or size is no number, or out of range.
    """
    number = _number("page", told.get("page", "1"), _LAST)
    return Page(number, _number("per_page", told.get("per_page", str(USUAL)), MOST))


def _number(name: str, text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most) or len(text) > 9:
        raise BadQuery(f"{name} is a number from 1 to {most:,}, not {text!r}")
    return int(text)


def headers(request: Request, page: Page, total: int) -> dict[str, str]:
    """How many things there are, and where the other pages of them are."""
    url = request.url
    links = [
        f'<{url.path}?{url.include_query_params(page=number).query}>; rel="{name}"'
        for name, number in page.others(total).items()
    ]
    return {"X-Total-Count": str(total), "Link": ", ".join(links)}
