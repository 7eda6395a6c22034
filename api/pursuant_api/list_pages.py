"""Pages that show lists: a form of filters, a table, and the way to the other pages of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pursuant import iri
from pursuant.iri import UNCT, VOCAB
from pursuant.listing import documents
from pursuant.names import names_of
from pursuant.symbol import slug as slug_of
from pursuant_api.pages import Words, render
from pursuant_api.things import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pursuant_api.documents import Place
    from pursuant_api.lists import Listed
    from pursuant_api.negotiation import Asked

FILTERS = ("body", "year", "since", "until", "held_in", "topic")
CITED = ("function", "status", "kind", "target", "via")
INSTRUMENTS = ("kind", "year", "since", "until")
ENTITIES = ("kind",)
CITING = ("function", "via", "since", "until")
_CHOICES = {
    "status": ("resolved", "ambiguous", "unresolved"),
    "via": ("text", "footnote", "anaphora"),
    "held_in": ("en", "zh", "fr", "es", "ru", "ar"),
}
_TITLES = {"instruments": "instruments_of", "citations": "citations_of"}
_KINDS_OF_CITATION = ("instrument", "group", "self")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A filter in a form; one with choices offers them by their labels, one that is typed names."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One value in a row: what is shown, where it leads, as what it is shown, and what follows."""

    text: str
    href: str | None = None
    fragment: str = ""
    shown: str = ""
    more: tuple[Cell, ...] = ()


def cell(value: object, href: str | None = None, fragment: str = "", shown: str = "") -> Cell:
    """A value that may be missing."""
    return Cell("" if value is None else str(value), href, fragment, shown)


def fields(
    told: Asked,
    names: Iterable[str],
    choices: Mapping[str, Any],
    offered: Mapping[str, Iterable[str]] | None = None,
) -> list[Field]:
    """The filters of a form, filled in as they were asked for."""
    w, query = Words(told.language), told.request.query_params
    return [
        field(name, w[f"filter_{name}"], query.get(name, ""), choices, offered or {})
        for name in names
    ]


def field(
    name: str,
    label: str,
    value: str,
    choices: Mapping[str, Any],
    offered: Mapping[str, Iterable[str]],
) -> Field:
    """A filter; what was asked for is among its choices, however it was spelt."""
    among = tuple(choices.get(name, ()))
    if among and value and value not in dict(among):
        among = ((value, value), *among)
    return Field(name, label, value, among, tuple(offered.get(name, ())))


def bodies(told: Asked) -> list[tuple[str, str]]:
    """Those that adopted what is held, with their names, in the order of these."""
    names = names_of(told.store)
    slugs = {row["adoptedBy"] for row in documents(told.store, language=told.language)}
    named = [(slug, names.label(str(iri.entity(slug)), told.language)) for slug in slugs if slug]
    return sorted(named, key=lambda each: each[1])


def documents_page(told: Asked, list_: Listed) -> str:
    """The documents that are held."""
    rows, adopting = list_.rows().to_json(), bodies(told)
    choices = {"body": adopting, "topic": concepts(told, "topic")}
    choices["held_in"] = _named(told, "held_in", "language_")
    form = fields(told, FILTERS, choices)
    shown = {"documents": rows, "bodies": dict(adopting), "fields": form, "list": list_}
    return render("documents.html", told.request, **shown)


def citations_page(told: Asked, list_: Listed, place: Place) -> str:
    """What a document or a unit cites; filters where all of it is listed."""
    own = f"/documents/{place.slug}"
    filters = CITED if place.part == "citations" else ()
    choices = {name: _named(told, name, f"{name}_") for name in ("status", "via")}
    choices["kind"] = _choices(told, _KINDS_OF_CITATION, "kind_")
    choices["function"] = concepts(told, "citation-function")
    w = Words(told.language)
    return _page(
        told,
        list_,
        title=w(_TITLES[place.part], of=_named_place(told, place)),
        columns=("paragraph", "cited", "function", "via", "words", "status"),
        rows=[_citation(told, w, own, row) for row in list_.rows().to_json()],
        fields=fields(told, filters, choices),
    )


def _named_place(told: Asked, place: Place) -> str:
    symbol = names_of(told.store).target(str(iri.document(place.slug)))
    return f"{symbol} {place.unit}" if place.unit else symbol


def _citation(told: Asked, w: Words, own: str, row: Row) -> list[Cell]:
    target = row["target"] and f"/instruments/{slug_of(row['target'])}"
    via = w["note_short"].format(number=row["footnote"]) if row["footnote"] else None
    return [
        cell(row["unit"], own, row["unit"], "head"),
        cell(row["title"] or "—", target if row["kind"] != "self" else own),
        cell(concept(told, "citation-function", row["function"])),
        cell(via or w[f"via_{row['via']}"]),
        cell(row["exact"], shown="words"),
        cell(w[f"status_{row['status']}"], shown="" if row["target"] else "state"),
    ]


def citing_page(told: Asked, list_: Listed, thing: str) -> str:
    """The paragraphs that invoke an instrument."""
    w, names = Words(told.language), names_of(told.store)
    rows = [
        [
            cell(f"{row['document']} {row['unit']}", _document(row), row["unit"], "head"),
            cell(concept(told, "citation-function", row["function"])),
            cell(w[f"via_{row['via']}"]),
            cell(row["exact"], shown="words"),
            cell(row["adopted"], shown="time"),
        ]
        for row in list_.rows().to_json()
    ]
    choices = {"via": _named(told, "via", "via_"), "function": concepts(told, "citation-function")}
    return _page(
        told,
        list_,
        title=w("cited_by_of", of=names.label(thing, told.language)),
        columns=("paragraph", "function", "via", "words", "adopted"),
        rows=rows,
        fields=fields(told, CITING, choices),
    )


def instruments_page(told: Asked, list_: Listed, kinds: Iterable[str]) -> str:
    """The instruments that are known."""
    rows = [
        [
            cell(row["title"], f"/instruments/{row['slug']}", shown="head"),
            cell(row["target"] if row["target"] != row["slug"] else ""),
            cell(_types(told, row["types"])),
            cell(row["adopted"], shown="time"),
            cell(row["documents"], shown="number"),
            cell(row["paragraphs"], shown="number"),
        ]
        for row in list_.rows().to_json()
    ]
    return _page(
        told,
        list_,
        title=Words(told.language)["instruments"],
        intro=Words(told.language)["instruments_intro"],
        columns=("title", "symbol", "types", "adopted", "citing_documents", "citing_paragraphs"),
        rows=rows,
        fields=fields(told, INSTRUMENTS, {"kind": _classes(told, kinds)}),
    )


def entities_page(told: Asked, list_: Listed, kinds: Iterable[str]) -> str:
    """The bodies, offices and groups that are known."""
    rows = [
        [
            cell(row["name"], f"/entities/{row['slug']}", shown="head"),
            cell(_types(told, row["types"] or ["Entity"])),
            cell(row["mandates"], shown="number"),
        ]
        for row in list_.rows().to_json()
    ]
    return _page(
        told,
        list_,
        title=Words(told.language)["entities"],
        intro=Words(told.language)["entities_intro"],
        columns=("name", "types", "mandates"),
        rows=rows,
        fields=fields(told, ENTITIES, {"kind": _classes(told, kinds)}),
    )


def _page(told: Asked, list_: Listed, **values: Any) -> str:
    return render("list.html", told.request, list=list_, **{"intro": "", **values})


def concept(told: Asked, scheme: str, slug: str) -> str:
    """What a concept is called."""
    return names_of(told.store).label(str(VOCAB[f"{scheme}/{slug}"]), told.language)


def concepts(told: Asked, scheme: str) -> list[tuple[str, str]]:
    """The concepts of a scheme with their names, in the order of these."""
    prefix = str(VOCAB[f"{scheme}/"])
    named = names_of(told.store).labels
    slugs = [thing.removeprefix(prefix) for thing in named if thing.startswith(prefix)]
    return sorted(((slug, concept(told, scheme, slug)) for slug in slugs), key=lambda each: each[1])


def _document(row: Row) -> str:
    return f"/documents/{slug_of(row['document'])}"


def _types(told: Asked, kinds: Iterable[str]) -> str:
    return " · ".join(label for _, label in _classes(told, kinds))


def _classes(told: Asked, kinds: Iterable[str]) -> list[tuple[str, str]]:
    known = terms(told.store)
    return [(kind, known.get(str(UNCT[kind]), {}).get(told.language, kind)) for kind in kinds]


def _named(told: Asked, name: str, word: str) -> list[tuple[str, str]]:
    return _choices(told, _CHOICES[name], word)


def _choices(told: Asked, values: Iterable[str], word: str) -> list[tuple[str, str]]:
    w = Words(told.language)
    return [(value, w[f"{word}{value}"]) for value in values]
