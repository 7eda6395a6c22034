"""Full-text search over paragraphs, titles and names, in six languages.

Words are looked for by their stems in every language, Chinese by characters side by side; all must
be there. "Words in quotation marks" must stand in a row; a word behind "-" must not be there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tantivy

from pursuant.analysing import STEMMERS, asked, terms
from pursuant.errors import BadQuery
from pursuant.indexing import FACETS, searching
from pursuant.iri import ID, local
from pursuant.names import ACTORS, FORCES, FUNCTIONS, Names, names_of
from pursuant.symbol import slug
from pursuant.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pursuant.store import Store

COLUMNS = ("document", "unit", "language", "kind", "score", "snippet")
MOST = 1000  # hits in one answer
DEEPEST = 10_000  # hits that can be reached: an engine gathers all that come before
_LONGEST = 1000  # characters of a query
_LANGUAGES = ("zh", *STEMMERS)
_CLAUSE = re.compile(r"(-?)(?:[\"“«]([^\"”»]{0,1000}+)[\"”»]|([^\s\"“«]+))")
_AROUND = 60  # characters of a snippet before the first hit, and behind the last
_NAMED = {
    "body": (str(ID) + "entity/",),
    "entity": ACTORS,
    "function": FUNCTIONS,
    "force": FORCES,
}
_BOOST = {"title": 2.0, "name": 2.0}

Query = tantivy.Query
_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found.

    Attributes:
        subject: IRI of the paragraph, document or thing.
        kind: "paragraph", "title" or "name".
        text: the whole text; spans are the places in it of the words that were found.
    """

    subject: str
    kind: str
    language: str
    score: float
    text: str
    spans: tuple[tuple[int, int], ...]

    def snippet(self, before: str = "[", after: str = "]") -> str:
        """The words that were found, marked, with some words around them."""
        first = max(0, self.spans[0][0] - _AROUND) if self.spans else 0
        last = min(len(self.text), self._last() + _AROUND)
        pieces, at = ["…" * (first > 0)], first
        for start, end in self.spans:
            if end > last:
                break
            pieces += [self.text[at:start], before, self.text[start:end], after]
            at = end
        return "".join([*pieces, self.text[at:last], "…" * (last < len(self.text))])

    def _last(self) -> int:
        """Where the last of the words ends that a snippet has room for."""
        if not self.spans:
            return _AROUND
        first = self.spans[0][0]
        return max(end for start, end in self.spans if start < first + 2 * _AROUND)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave.

    Attributes:
        total: how many texts there are; the hits are some of them, the best first.
        facets: for each way of counting, how many texts have each value.
        labels: what the documents and things are called.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    labels: Mapping[str, str]

    def to_table(self) -> Table:
        """A row for each hit; what was found stands in [brackets]."""
        return Table(COLUMNS, tuple(self._row(hit) for hit in self.hits))

    def counts(self) -> Table:
        """How many texts have each value of each facet."""
        rows = [
            (facet, value, count)
            for facet, values in self.facets.items()
            for value, count in values.items()
        ]
        return Table(("facet", "value", "texts"), tuple(rows))

    def to_json(self) -> dict[str, Any]:
        """The answer as a JSON object."""
        hits = [
            dict(zip(COLUMNS, self._row(hit), strict=True))
            | {"iri": hit.subject, "text": hit.text, "spans": [list(span) for span in hit.spans]}
            for hit in self.hits
        ]
        return {"total": self.total, "hits": hits, "facets": self.facets}

    def _row(self, hit: Hit) -> tuple[str | float | None, ...]:
        document, unit = _place(hit.subject)
        called = self.labels.get(document, local(document))
        return called, unit, hit.language, hit.kind, round(hit.score, 2), hit.snippet()


def search(
    store: Store,
    text: str,
    *,
    limit: int = 20,
    offset: int = 0,
    **filters: str | Sequence[str] | None,
) -> Found:
    """The paragraphs, titles and names that have all words of a text, the best first.

    Args:
        store: what is searched.
        text: words; "words in a row"; -word to leave out.
        limit: how many hits, 1000 at most.
        offset: how many of the best to pass over; no more than the best 10,000 can be seen.
        filters: slugs or names by facet (body, force, ...); of several of one a text has any.

    >>> import pursuant
    >>> store = pursuant.Store.memory(pursuant.build())
    >>> [row["unit"] for row in search(store, '"囚犯待遇"', kind="paragraph").to_table()]
    ['op26']

    Raises:
        BadQuery: there is nothing to look for, too much, or a filter that there is not.
        UnknownName: nothing is called as a filter says.
        StoreProblem: the index cannot be read or written.
    """
    store = store.refreshed()
    clauses = _clauses(text)
    names = names_of(store)
    wanted = {name: _slugs(names, name, values) for name, values in filters.items()}
    index, searcher = searching(store)
    query = _query(index.schema, clauses, wanted)
    found = searcher.search(query, limit=_limited(limit, offset), offset=max(offset, 0))
    hits = _hits(store, [(score, searcher.doc(place)) for score, place in found.hits], clauses)
    total: int = found.count  # type: ignore[attr-defined]  # its stubs lack it
    things = {_place(hit.subject)[0] for hit in hits}
    return Found(total, hits, _facets(searcher, query), {t: names.target(t) for t in things})


def _hits(
    store: Store, found: Sequence[tuple[float, tantivy.Document]], clauses: _Clauses
) -> tuple[Hit, ...]:
    places = [(str(d.get_first("graph")), str(d.get_first("subject"))) for _, d in found]
    texts = _texts(store, places)
    wanted = [alternatives for excluded, alternatives in clauses if not excluded]
    return tuple(
        _hit(score, document, texts[place], wanted)
        for (score, document), place in zip(found, places, strict=True)
    )


_Alternatives = dict[str, tuple[str, ...]]  # by language, the terms that stand in a row
_Clauses = list[tuple[bool, _Alternatives]]


def _clauses(text: str) -> _Clauses:
    if len(text) > _LONGEST:
        raise BadQuery(f"the search has {len(text):,} characters; the limit is {_LONGEST:,}")
    found = [
        (bool(m[1]), {language: asked(m[2] or m[3], language) for language in _LANGUAGES})
        for m in _CLAUSE.finditer(text)
        if m[2] or m[3]
    ]
    told = [(excluded, each) for excluded, each in found if any(each.values())]
    if not any(not excluded for excluded, _ in told):
        raise BadQuery(f"there is no word to look for in {text!r}")
    return told


def _query(
    schema: tantivy.Schema, clauses: _Clauses, filters: Mapping[str, str | Sequence[str] | None]
) -> Query:
    parts = [
        (_NOT if excluded else _MUST, _any(schema, alternatives))
        for excluded, alternatives in clauses
    ]
    for name, values in filters.items():
        if name not in FACETS:
            raise BadQuery(f"there is no filter {name!r}; choose of {', '.join(FACETS)}")
        if values:
            terms_ = [values] if isinstance(values, str) else list(values)
            parts.append((_MUST, Query.const_score_query(_valued(schema, name, terms_), 0.0)))
    parts += [
        (_SHOULD, Query.const_score_query(Query.term_query(schema, "kind", kind), boost))
        for kind, boost in _BOOST.items()
    ]
    return Query.boolean_query(parts)


def _valued(schema: tantivy.Schema, name: str, values: Sequence[str]) -> Query:
    return Query.boolean_query(
        [(_SHOULD, Query.term_query(schema, name, value)) for value in values]
    )


def _any(schema: tantivy.Schema, alternatives: _Alternatives) -> Query:
    """A query for the words in any language: stems differ, and one is enough."""
    rows = dict.fromkeys(row for row in alternatives.values() if row)
    return Query.boolean_query([(_SHOULD, _in_a_row(schema, row)) for row in rows])


def _in_a_row(schema: tantivy.Schema, row: tuple[str, ...]) -> Query:
    if len(row) > 1:
        return Query.phrase_query(schema, "text", list(row))
    (term,) = row
    if len(term) == 1 and term >= "\u2e80":
        # One Chinese character: whatever pair it begins.
        return Query.regex_query(schema, "text", f"{re.escape(term)}.?")
    return Query.term_query(schema, "text", term)


def _slugs(names: Names, facet: str, values: str | Sequence[str] | None) -> list[str]:
    """The values of a filter, in the spelling of the index."""
    told = [values] if isinstance(values, str) else list(values or ())
    within = _NAMED.get(facet)
    if facet == "document":
        return [slug(each) for each in told]
    return [local(names.find(each, within, facet)) if within else each for each in told]


def _limited(limit: int, offset: int) -> int:
    if not 1 <= limit <= MOST:
        raise BadQuery(f"{limit} hits cannot be given; ask for 1 to {MOST}")
    if limit + offset > DEEPEST:
        raise BadQuery(f"no more than the best {DEEPEST:,} hits are given; narrow the search")
    return limit


def _facets(searcher: tantivy.Searcher, query: Query) -> dict[str, dict[str, int]]:
    wanted = {name: {"terms": {"field": name, "size": 50}} for name in FACETS}
    counted = searcher.aggregate(query, wanted)
    return {
        name: {bucket["key"]: bucket["doc_count"] for bucket in counted[name]["buckets"]}
        for name in FACETS
    }


_TEXTS = """SELECT ?graph ?subject ?kind ?text WHERE {
  VALUES (?graph ?subject) { %s }
  GRAPH ?graph { ?subject ?kind ?text }
  FILTER(?kind IN (unct:text, dcterms:title, skos:prefLabel, skos:altLabel))
}"""


def _texts(store: Store, places: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[Any]]:
    """The texts of hits, as the store has them: the index holds none."""
    found: dict[tuple[str, str], list[Any]] = {place: [] for place in places}
    if places:
        values = " ".join(f"(<{graph}> <{subject}>)" for graph, subject in found)
        for graph, subject, kind, text in store.query(_TEXTS % values):  # type: ignore[union-attr]
            found[graph.value, subject.value].append((kind.value, text.value, text.language))
    return found


def _hit(
    score: float, document: tantivy.Document, told: list[Any], wanted: Sequence[_Alternatives]
) -> Hit:
    kind, language = str(document.get_first("kind")), str(document.get_first("language"))
    subject = str(document.get_first("subject"))
    if kind == "name":
        names = sorted((p.endswith("altLabel"), t) for p, t, tag in told if tag == language)
        text = "; ".join(dict.fromkeys(name for _, name in names))
    else:
        text = max((t for p, t, _ in told if p.endswith("title") == (kind == "title")), default="")
    spans = tuple(_merged(sorted(_spans(text, language, wanted))))
    return Hit(subject, kind, language, score, text, spans)


def _spans(text: str, language: str, wanted: Sequence[_Alternatives]) -> Iterator[tuple[int, int]]:
    """Where the words that were looked for stand in a text."""
    there = list(terms(text, language))
    for row in dict.fromkeys(row for each in wanted for row in each.values() if row):
        for place, term in enumerate(there):
            if not _is(term.text, row[0]):
                continue
            window = there[place : place + len(row)]
            if len(window) == len(row) and all(map(_is, (t.text for t in window), row)):
                yield term.start, window[-1].start + _shown(window[-1], row[-1])


def _is(term: str, wanted: str) -> bool:
    return term == wanted or (len(wanted) == 1 and wanted >= "\u2e80" and term[0] == wanted)


def _shown(term: Any, wanted: str) -> int:
    length: int = term.end - term.start
    return 1 if len(wanted) == 1 and wanted >= "\u2e80" else length


def _merged(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last: tuple[int, int] | None = None
    for start, end in spans:
        if last and start <= last[1]:
            last = last[0], max(last[1], end)
        else:
            if last:
                yield last
            last = start, end
    if last:
        yield last


def _place(subject: str) -> tuple[str, str | None]:
    """The thing, and the unit in it, that an IRI names."""
    collection, _, rest = subject.removeprefix(str(ID)).partition("/")
    slug, _, unit = rest.partition("/")
    return f"{ID}{collection}/{slug}", unit or None
