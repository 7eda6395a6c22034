"""The page of the citation network: what is cited most, what else it comes as, and a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pursuant.names import names_of
from pursuant.networks import FORMS, MEASURES
from pursuant.networks.choosing import LEVELS
from pursuant_api.list_pages import Field, bodies, concepts, field
from pursuant_api.pages import Words, render
from pursuant_api.things import address

if TYPE_CHECKING:
    from pursuant.networks import Choice
    from pursuant.networks.columns import Network
    from pursuant.networks.forms import Form
    from pursuant.store import Store
    from pursuant_api.negotiation import Asked

SHOWN = 50
DRAWN = 400  # nodes that a browser draws, and a reader tells apart


@dataclass(frozen=True, slots=True)
class Row:
    """One of the things that are cited most; its symbol, where it has one besides its name."""

    label: str
    symbol: str
    href: str | None
    year: int | None
    cited: int
    pagerank: float


def page(told: Asked, choice: Choice, network: Network) -> str:
    """The page of a network with in-degree and PageRank."""
    return render(
        "citations.html",
        told.request,
        choice=choice,
        levels=LEVELS,
        measures=list(MEASURES),
        rows=_rows(told.store, network),
        nodes=len(network.names),
        edges=len(network.source),
        picture_address=_address(told, FORMS["svg"]),
        forms=[(name, form.suffix, _address(told, form)) for name, form in FORMS.items()],
        is_drawn=0 < len(network.names) <= DRAWN,
        fields=_fields(told, choice),
    )


def _fields(told: Asked, choice: Choice) -> list[Field]:
    """The filters whose values are known, filled in as they were asked for."""
    w = Words(told.language)
    choices = {
        "body": bodies(told),
        "function": concepts(told, "citation-function"),
        "topic": concepts(told, "topic"),
    }
    said = {"body": choice.body, "function": choice.function, "topic": choice.topic}
    return [
        field(name, w[f"network_{name}"], ", ".join(values), choices, {})
        for name, values in said.items()
    ]


def _address(told: Asked, form: Form) -> str:
    """Where the same is in another form; without measures where they have no place."""
    kept = [
        (name, value)
        for name, value in told.request.query_params.multi_items()
        if form.is_measured or name != "measures"
    ]
    return f"/citations.{form.suffix}{f'?{urlencode(kept)}' if kept else ''}"


def _rows(store: Store, network: Network) -> list[Row]:
    known: dict[str, Any] = {
        name: network.nodes.get(name) or [None] * len(network.names)
        for name in ("label", "iri", "year", "in_degree", "pagerank")
    }
    order = sorted(
        (place for place, count in enumerate(known["in_degree"]) if count),
        key=lambda place: (-known["in_degree"][place], -known["pagerank"][place], place),
    )
    names = names_of(store)
    labels, symbols = names.labels, names.symbols
    return [
        Row(
            known["label"][place] or network.names[place],
            symbols.get(known["iri"][place], ""),
            address(iri, store) if (iri := known["iri"][place]) in labels else None,
            known["year"][place],
            known["in_degree"][place],
            known["pagerank"][place],
        )
        for place in order[:SHOWN]
    ]
