"""What is held and known, as lists: documents, their citations, instruments, entities.

Each takes filters that narrow it; a list without filters is read once for each revision.
"""

from __future__ import annotations

from collections import defaultdict
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from weakref import WeakKeyDictionary

from pursuant import held, iri
from pursuant.document import Kind, Status, Via
from pursuant.errors import UnknownName
from pursuant.iri import ID, VOCAB, local
from pursuant.names import ACTORS, FUNCTIONS, INSTRUMENTS, likeliest, names_of, near
from pursuant.narrowing import between, check
from pursuant.querying import INVOKES, invocation_row, invocations, is_in, question
from pursuant.symbol import unit_id
from pursuant.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pursuant.store import Store
    from pursuant.table import Value

DOCUMENT = (
    *("symbol", "slug", "iri", "title", "adopted", "adoptedBy", "languages"),
    *("paragraphs", "citations", "mandates"),
)
CITATION = ("document", *INVOKES)
INSTRUMENT = ("target", "slug", "iri", "title", "types", "adopted", "documents", "paragraphs")
ENTITY = ("slug", "iri", "name", "types", "mandates")
BODIES = (str(ID) + "entity/",)
TOPICS = (str(VOCAB) + "topic/",)
_ENTITIES = tuple(each for each in ACTORS if not each.endswith("/doc/"))
_GENERAL = {"Citable", "Instrument", "Actor", "Entity", "Statement", "TextUnit"}
_MOST_KEPT = 16

Row = dict[str, Any]
Given = ParamSpec("Given")
_known: WeakKeyDictionary[Store, tuple[str, dict[object, list[Row]]]] = WeakKeyDictionary()


def _of_revision(
    read: Callable[Concatenate[Store, Given], list[Row]],
) -> Callable[Concatenate[Store, Given], list[Row]]:
    """Keeps what a function reads of a store, until the store has another revision."""

    @wraps(read)
    def kept(store: Store, /, *given: Given.args, **named: Given.kwargs) -> list[Row]:
        if store.is_remote:
            return read(store, *given, **named)
        known = _known.get(store)
        if known is None or known[0] != store.revision or len(known[1]) >= _MOST_KEPT:
            known = _known[store] = (store.revision, {})
        key = (read.__name__, given)
        if key not in known[1]:
            known[1][key] = read(store, *given, **named)
        return known[1][key]

    return kept


def documents(
    store: Store,
    *,
    body: str | None = None,
    year: str | None = None,
    since: str | None = None,
    until: str | None = None,
    held_in: str | None = None,
    topic: str | None = None,
    language: str = "en",
) -> Table:
    """The documents whose text is held, in the order of their slugs.

    Args:
        store: what is asked.
        body: slug or name of who adopted them.
        year: adopted in it.
        since: a year, month or day (`2019`, `2019-07`, `2019-07-23`) from which on they were.
        until: the year, month or day with which that ends.
        held_in: tag of a language in which the text is held.
        topic: slug or name of what a person found them to be about.
        language: of titles.

    >>> import pursuant
    >>> store = pursuant.Store.memory(pursuant.build())
    >>> [row["symbol"] for row in documents(store, body="ECOSOC", since="2019")]
    ['E/RES/2019/21']

    Raises:
        UnknownName: there is no such body or topic.
        BadQuery: a year or day is none.
    """
    names = names_of(store)
    who = body and local(names.find(body, BODIES, "body"))
    about = topic and local(names.find(topic, TOPICS, "topic"))
    when = between(year, since, until)
    rows = [row for row in _documents(store, language) if when(row["adopted"])]
    by = [row for row in rows if who in (None, "", row["adoptedBy"])]
    told = [row for row in by if not held_in or held_in in row["languages"]]
    return _table(DOCUMENT, [row for row in told if not about or about in row["topics"]])


@_of_revision
def _documents(store: Store, language: str) -> list[Row]:
    names = names_of(store)
    counts: defaultdict[str, Row] = defaultdict(dict)
    for work, kind, number in store.select(question("document_counts")).rows:
        counts[local(str(work))][str(kind)] = number
    titles: defaultdict[str, Row] = defaultdict(dict)
    for row in store.select(question("document_titles")):
        titles[local(str(row["document"]))][str(row["language"] or "")] = row
    topics = _topics(store)
    found = []
    for slug, languages in held.languages(store).items():
        rows = titles[slug]
        row = rows[likeliest(rows, language)]
        work = str(iri.document(slug))
        about = {
            "symbol": names.symbols.get(work),
            "slug": slug,
            "iri": work,
            "title": row["title"],
            "adopted": row["adopted"],
            "adoptedBy": local(str(row["body"])) if row["body"] else None,
            "languages": tuple(languages),
            "topics": tuple(sorted(topics[slug])),
        }
        kinds = ("paragraphs", "citations", "mandates")
        found.append(about | {kind: counts[slug].get(kind, 0) for kind in kinds})
    return found


def _topics(store: Store) -> defaultdict[str, set[str]]:
    prefix = str(iri.document(""))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for thing, topic in store.select(question("document_topics")).rows:
        if str(thing).startswith(prefix):
            found[str(thing).removeprefix(prefix).partition("/")[0]].add(local(str(topic)))
    return found


def citations(
    store: Store,
    document: str | None = None,
    unit: str | None = None,
    *,
    function: str | None = None,
    status: str | None = None,
    kind: str | None = None,
    target: str | None = None,
    via: str | None = None,
    language: str = "en",
) -> Table:
    """All that paragraphs cite, in their order: the unresolved, groups and the text itself too.

    Args:
        store: what is asked.
        document: symbol, slug or title; None for all.
        unit: a paragraph of it with its points, or a footnote, in any spelling.
        function: slug or name of how it is cited (`recall`, `legal-obligation`).
        status: resolved, ambiguous or unresolved.
        kind: instrument, group or self.
        target: symbol, slug or name of what is cited.
        via: text, footnote or anaphora.
        language: of titles, and of the words shown where there is a choice.

    >>> import pursuant
    >>> store = pursuant.Store.memory(pursuant.build())
    >>> [row["unit"] for row in citations(store, target="CRC", function="legal-obligation")]
    ['op24']

    Raises:
        UnknownName: the document is not held, or there is no such function or target.
        BadQuery: no status, kind or via is so.
    """
    work = str(iri.document(held.find(store, document))) if document else None
    found = _found(store, function, target) | _checked(status=status, kind=kind, via=via)
    wanted = {name: value for name, value in found.items() if value}.items()
    read = (_citations if work else _read_citations)(store, work, language)
    rows = [row for row in read if wanted <= row.items()]
    return _table(CITATION, [row for row in rows if not unit or _stands_in(row, unit_id(unit))])


def _stands_in(row: Row, unit: str) -> bool:
    return is_in(row["unit"], row["footnote"], unit)


_CHOICES: dict[str, Iterable[str]] = {"status": Status, "kind": Kind, "via": Via}


def _found(store: Store, function: str | None, target: str | None) -> dict[str, str | None]:
    names = names_of(store)
    how = function and local(names.find(function, FUNCTIONS, "function"))
    what = target and names.target(names.find(target, INSTRUMENTS, "instrument"))
    return {"function": how, "target": what}


def _checked(**chosen: str | None) -> dict[str, str | None]:
    for name, value in chosen.items():
        check(name, value, _CHOICES[name])
    return chosen


def _read_citations(store: Store, work: str | None, language: str) -> list[Row]:
    names = names_of(store)
    return [
        {"document": names.target(each.document)}
        | dict(zip(INVOKES, invocation_row(each, names, language), strict=True))
        for each in invocations(store, work, language)
    ]


_citations = _of_revision(_read_citations)  # of one document: those of all are too many to keep


def instruments(
    store: Store,
    *,
    kind: str | None = None,
    year: str | None = None,
    since: str | None = None,
    until: str | None = None,
    language: str = "en",
) -> Table:
    """The instruments and groups that are known, those first that most paragraphs invoke.

    Args:
        store: what is asked.
        kind: a class of the ontology (`Convention`, `Resolution`, `InstrumentGroup`).
        year: adopted in it.
        since: a year, month or day from which on they were adopted.
        until: the year, month or day with which that ends.
        language: of titles.

    Raises:
        UnknownName: there is no such class.
        BadQuery: a year or day is none.
    """
    when = between(year, since, until)
    rows = _instruments(store, language)
    _check_class(kind, rows)
    chosen = [r for r in rows if when(r["adopted"]) and (not kind or kind in r["types"])]
    return _table(INSTRUMENT, chosen)


@_of_revision
def _instruments(store: Store, language: str) -> list[Row]:
    names = names_of(store)
    classes: defaultdict[str, set[str]] = defaultdict(set)
    adopted: dict[str, Value] = {}
    for thing, kind, date in store.select(question("instruments")).rows:
        classes[str(thing)].add(local(str(kind)))
        adopted[str(thing)] = date
    counts = {str(t): (p, d) for t, p, d in store.select(question("instrument_counts")).rows}
    found = []
    for thing in classes:
        if _is_whole(thing, INSTRUMENTS) and thing in names.labels:
            paragraphs, documents_ = counts.get(thing, (0, 0))
            about: Row = {"target": names.target(thing), "slug": local(thing), "iri": thing}
            about |= {"title": names.label(thing, language), "types": _types(classes[thing])}
            about |= {"adopted": adopted[thing], "documents": documents_, "paragraphs": paragraphs}
            found.append(about)
    return sorted(found, key=lambda row: (-row["paragraphs"], row["slug"]))


def entities(store: Store, *, kind: str | None = None, language: str = "en") -> Table:
    """The bodies, offices and groups that are known, those first that most mandates address.

    Args:
        store: what is asked.
        kind: a class of the ontology (`DeliberativeBody`, `ActorGroup`).
        language: of names.

    Raises:
        UnknownName: there is no such class.
    """
    rows = _entities(store, language)
    _check_class(kind, rows)
    return _table(ENTITY, [row for row in rows if not kind or kind in row["types"]])


@_of_revision
def _entities(store: Store, language: str) -> list[Row]:
    names = names_of(store)
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for thing, kind in store.select(question("actors")).rows:
        classes[str(thing)].add(local(str(kind)))
    counts = {str(t): n for t, n in store.select(question("actor_counts")).rows}
    found: list[Row] = [
        {
            "slug": local(thing),
            "iri": thing,
            "name": names.label(thing, language),
            "types": _types(classes[thing]),
            "mandates": counts.get(thing, 0),
        }
        for thing in classes
        if _is_whole(thing, _ENTITIES) and thing in names.labels
    ]
    return sorted(found, key=lambda row: (-row["mandates"], row["slug"]))


def _is_whole(thing: str, within: tuple[str, ...]) -> bool:
    """Whether an IRI names a thing of a collection, and no part of one."""
    return thing.startswith(within) and thing.removeprefix(str(ID)).count("/") == 1


def _types(classes: Iterable[str]) -> tuple[str, ...]:
    """Classes that say something."""
    return tuple(sorted(set(classes) - _GENERAL))


def _check_class(kind: str | None, rows: Sequence[Row]) -> None:
    known = {each for row in rows for each in row["types"]}
    if kind and kind not in known:
        offered = near(kind, {each.casefold(): each for each in sorted(known)}, 0.6)
        raise UnknownName(f"no kind is called {kind!r}{offered or f'; there are {_among(known)}'}")


def _among(known: Iterable[str]) -> str:
    return ", ".join(sorted(known))


def _table(columns: tuple[str, ...], rows: Iterable[Row]) -> Table:
    return Table(columns, tuple(tuple(row[name] for name in columns) for row in rows))
