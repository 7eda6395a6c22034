"""What an address's query may say: each name is known, and given once.

A filter that is misspelt would answer with everything, which an analyst would take for the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pursuant.errors import BadQuery
from pursuant.names import near
from pursuant_api import paging

if TYPE_CHECKING:
    from starlette.requests import Request

ALWAYS = ("lang",)


def asked_for(request: Request, *known: str, several: tuple[str, ...] = ()) -> dict[str, str]:
    """What the query of an address says, by name; what is given empty is left out.

    Args:
        request: what is asked.
        known: names that may be given once.
        several: names that may be given more than once, which the caller reads itself.

    Raises:
        BadQuery: a name is not known, or given twice.
    """
    there = (*known, *several, *ALWAYS)
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in there:
            offered = near(name, {each: each for each in there}) or f"; there are {_listed(there)}"
            raise BadQuery(f"{request.url.path} has no parameter {name!r}{offered}")
        if name in found and name not in several:
            raise BadQuery(f"the parameter {name} is given more than once")
        if value or name in paging.NAMES:
            found[name] = value
    return found


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names)
