"""Instruments, entities and groups as the register has them: names, facts, what is unverified."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from pursuant import iri
from pursuant.held import languages
from pursuant.identifying import UNDOCS
from pursuant.iri import PREFIXES, UNCT, local
from pursuant.names import names_of
from pursuant_api.pages import HERE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pursuant.store import Store

OFFICIAL = ("en", "zh", "fr", "es", "ru", "ar")
COLLECTIONS = {
    "doc": "instruments",
    "group": "instruments",
    "programme": "instruments",
    "platform": "instruments",
    "entity": "entities",
}
_SKOS = PREFIXES["skos"]
_NAMES = (_SKOS + "prefLabel", _SKOS + "altLabel", _SKOS + "hiddenLabel")
_TYPE = PREFIXES["rdf"] + "type"
_KEPT_FROM_FACTS = {
    *_NAMES,
    _TYPE,
    _SKOS + "editorialNote",
    *(str(UNCT[name]) for name in ("reviewStatus", "unverifiedProperty", "unverifiedLanguage")),
    *(str(UNCT[name]) for name in ("symbol", "hasUnit", "documentCites", "citedBy")),
}
_GENERAL = {"Citable", "Instrument", "Actor", "Statement", "TextUnit"}

_terms: WeakKeyDictionary[Store, tuple[str, dict[str, dict[str, str]]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact: a text, and where it names a thing, its IRI and page."""

    text: str
    language: str = ""
    thing: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of a thing with one property, and whether nobody has checked it."""

    property: str
    label: str
    values: tuple[Value, ...]
    unverified: bool

    def in_language(self, language: str) -> tuple[Value, ...]:
        """The values for a reader of a language: all, where none is in it."""
        return tuple(v for v in self.values if v.language == language) or self.values


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a thing in one language, and whether nobody has checked it."""

    language: str
    text: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the register, as a reader of one language is told of it."""

    iri: str
    slug: str
    symbol: str | None
    label: str
    labels: tuple[Label, ...]
    other_names: tuple[Value, ...]
    types: tuple[str, ...]
    facts: tuple[Fact, ...]
    status: str | None
    is_held: bool


@cache
def question(name: str) -> str:
    """The text of one of the application's queries."""
    return (HERE / "queries" / f"{name}.rq").read_text(encoding="utf-8")


def address(thing: str, store: Store) -> str | None:
    """The page of a thing, None where it has none."""
    collection, _, name = thing.removeprefix(str(iri.ID)).partition("/")
    if not thing.startswith(str(iri.ID)) or collection not in COLLECTIONS:
        return None
    slug, _, unit = name.partition("/")
    if unit and slug in languages(store):
        return f"/documents/{slug}" if unit == "draft" else f"/documents/{slug}/{unit}"
    return f"/{COLLECTIONS[collection]}/{slug}"


def terms(store: Store) -> dict[str, dict[str, str]]:
    """Names of the ontology's terms by language; read once for each revision."""
    known = _terms.get(store)
    if known is None or known[0] != store.revision:
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for term, label, language in store.select(question("terms")).rows:
            found[str(term)][str(language)] = str(label)
        known = _terms[store] = (store.revision, dict(found))
    return known[1]


def about(store: Store, thing: str, language: str) -> Thing:
    """What the graph says of a thing."""
    said: defaultdict[str, dict[Value, None]] = defaultdict(dict)
    table = store.select(question("things_said"), substitutions={"thing": ox.NamedNode(thing)})
    for _, name, value, tag, is_node in sorted(table.rows, key=str):
        said[str(name)][_value(store, str(value), str(tag or ""), bool(is_node), language)] = None
    names, known = names_of(store), terms(store)
    unchecked = {value.thing for value in said[str(UNCT.unverifiedProperty)]}
    facts = [
        Fact(local(name), _term(known, name, language), tuple(values), name in unchecked)
        for name, values in said.items()
        if name not in _KEPT_FROM_FACTS and (name in known or name in _TITLES)
    ]
    return Thing(
        iri=thing,
        slug=local(thing),
        symbol=names.symbols.get(thing),
        label=names.label(thing, language),
        labels=_labels(said),
        other_names=tuple({value.text: value for value in said[_NAMES[1]]}.values()),
        types=tuple(
            _term(known, value.thing or "", language)
            for value in said[_TYPE]
            if local(value.thing or "") not in _GENERAL
        ),
        facts=tuple(sorted(facts, key=lambda fact: fact.label)),
        status=next((value.text for value in said[str(UNCT.reviewStatus)]), None),
        is_held=local(thing) in languages(store) and thing.startswith(str(iri.document(""))),
    )


_TITLES: Mapping[str, Mapping[str, str]] = {
    PREFIXES["dcterms"] + "title": {"en": "title", "zh": "标题"},
    PREFIXES["dcterms"] + "description": {"en": "description", "zh": "说明"},
    PREFIXES["rdfs"] + "seeAlso": {"en": "text at the United Nations", "zh": "联合国网站全文"},
}


def _term(known: Mapping[str, Mapping[str, str]], term: str, language: str) -> str:
    labels = known.get(term) or _TITLES.get(term) or {}
    return labels.get(language) or labels.get("en") or local(term)


def _value(store: Store, text: str, tag: str, is_node: bool, language: str) -> Value:
    if not is_node:
        return Value(text, tag)
    if text.startswith(UNDOCS):
        return Value(text, "", text, text)
    return Value(names_of(store).label(text, language), "", text, address(text, store))


def _labels(said: Mapping[str, dict[Value, None]]) -> tuple[Label, ...]:
    unchecked = {value.text for value in said.get(str(UNCT.unverifiedLanguage), ())}
    found = {value.language: value.text for value in said.get(_NAMES[0], ())}
    return tuple(Label(tag, found[tag], tag in unchecked) for tag in OFFICIAL if tag in found)
