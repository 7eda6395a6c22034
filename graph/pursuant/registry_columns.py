"""Mandates in the columns of the United Nations' own registry of mandates (mandates.un.org).

The registry's fields are those of its published data model: for each paragraph its type, level and
prefix, and for each mandate in it the verb, the assignees, the entities mentioned and the
deliverables, each as found, normalised and typed. It does not say which types there are, so ours
stand there: the force of the verb, and the class of an entity.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pursuant.iri import local
from pursuant.mandate_register import Filters, listed
from pursuant.names import names_of
from pursuant.querying import grouped, preferred, select
from pursuant.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Unpack

    from pursuant.mandated import Mandated
    from pursuant.names import Names
    from pursuant.querying import Row
    from pursuant.store import Store
    from pursuant.table import Value

UN_REGISTRY = (
    "full_document_symbol",
    "year",
    "body",
    "uniform_title",
    "language",
    "paragraph_type",
    "paragraph_level",
    "prefix",
    "text",
    "action_verb",
    "action_verb_type",
    "assignee",
    "assignee_normalized",
    "assignee_type",
    "mentioned_entity",
    "mentioned_entity_normalized",
    "mentioned_entity_type",
    "deliverable",
    "deliverable_normalized",
)
_TYPES = {"op": "operative", "pp": "preambular", "annex": "annex", "": "heading"}


def un_registry(store: Store, language: str = "en", **filters: Unpack[Filters]) -> Table:
    """The mandates that pass some filters, in the registry's columns; a row for each mandate.

    Args:
        store: what is asked.
        language: of the paragraphs where there is a choice; of the names of entities. What is
            normalised is English.
        filters: those of `mandates`.

    Raises:
        UnknownName: a filter names what is not known.
    """
    names = names_of(store)
    chosen = listed(store, names, language, filters)
    paragraphs = {
        rows[0]["mandate"]: rows for rows in grouped(select(store, "mandate_paragraphs"), "mandate")
    }
    types = actor_types(store)
    mentioned: defaultdict[str, list[str]] = defaultdict(list)
    for row in select(store, "mandate_mentions"):
        mentioned[row["mandate"]].append(row["named"])
    rows = [
        (
            *_paragraph(each, preferred(paragraphs[each.mandate], each.language), names, language),
            *_entities(each.all("addressee"), names, language, types),
            *_entities(sorted(mentioned[each.mandate]), names, language, types),
            each.exact,
            tuple(map(local, each.all("action"))),
        )
        for each in chosen
    ]
    return Table(UN_REGISTRY, tuple(rows))


def actor_types(store: Store) -> dict[str, str]:
    """The most telling class of each entity, by its IRI."""
    found: dict[str, str] = {}
    for row in sorted(select(store, "actor_classes"), key=lambda row: row["rank"]):
        found.setdefault(row["actor"], local(row["class"]))
    return found


def _paragraph(each: Mandated, row: Row, names: Names, language: str) -> tuple[Value, ...]:
    label = row["label"] or ""
    return (
        names.target(each.document),
        int(each.adopted[:4]) if each.adopted else None,
        "; ".join(names.label(body, language) for body in each.bodies) or None,
        row["title"],
        row["language"],
        next(told for start, told in _TYPES.items() if each.unit.startswith(start)),
        1 + label.count("("),
        label[label.rindex("(") :] if "(" in label else f"{label}." if label else None,
        row["text"],
        row["verb"],
        local(each.force),
    )


def _entities(
    things: tuple[str, ...] | list[str], names: Names, language: str, types: Mapping[str, str]
) -> tuple[Value, ...]:
    return (
        tuple(names.label(thing, language) for thing in things),
        tuple(names.label(thing, "en") for thing in things),
        tuple(types.get(thing, "") for thing in things),
    )
