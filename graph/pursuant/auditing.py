"""What a store lacks, and where it contradicts itself: a report, which nothing is changed by.

Each section is a question of `queries/audit_*.rq`, with the worst first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pursuant.errors import UnknownName
from pursuant.folding import fold
from pursuant.iri import local
from pursuant.languages import languages
from pursuant.names import Names, names_of, near
from pursuant.querying import Row, grouped, question, select, unit_order
from pursuant.table import Table, write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from pursuant.store import Store

    Rows = list[tuple[Any, ...]]

SUMMARY = ("section", "found", "question")


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found, by section.

    >>> import pursuant
    >>> found = audit(pursuant.Store.memory(pursuant.build()))
    >>> [row["section"] for row in found.summary() if not row["found"]]
    ['unresolved', 'language-differences', 'links']
    """

    sections: Mapping[str, Table]

    def __getitem__(self, name: str) -> Table:
        """A section, in any spelling.

        Raises:
            UnknownName: there is no such section.
        """
        wanted = name.strip().lower().replace("_", "-").replace(" ", "-")
        if wanted in self.sections:
            return self.sections[wanted]
        raise UnknownName(f"no section of the audit is called {name!r}{_offered(wanted)}")

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not any(len(table) for table in self.sections.values())

    def summary(self) -> Table:
        """How much was found in each section, and what it asks."""
        rows = ((name, len(table), asked(name)) for name, table in self.sections.items())
        return Table(SUMMARY, tuple(rows))

    def to_xlsx(self, target: str | Path | BinaryIO) -> None:
        """Writes an Excel workbook: a sheet for the summary, and one for each section."""
        write_workbook({"summary": self.summary(), **self.sections}, target)

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of each section."""
        return {name: table.to_json() for name, table in self.sections.items()}


def audit(store: Store, section: str | None = None, language: str = "en") -> Audit:
    """What a store lacks, and where it contradicts itself.

    Args:
        store: what is asked.
        section: keeps to one section: "cited-not-held", "held-not-cited", "unresolved",
            "languages", "language-differences", "links" or "unverified".
        language: of titles and labels.

    Raises:
        UnknownName: there is no such section.
    """
    names = names_of(store)
    if section is not None and section not in SECTIONS:
        raise UnknownName(f"no section of the audit is called {section!r}{_offered(section)}")
    chosen = [section] if section else list(SECTIONS)
    return Audit({name: SECTIONS[name].table(store, names, language) for name in chosen})


def asked(section: str) -> str:
    """The question that a section answers.

    >>> asked("links")
    'Which hyperlinks lead to another document than their words name?'
    """
    return question(SECTIONS[section].query).splitlines()[0].removeprefix("# ")


def _offered(name: str) -> str:
    return near(name, {section: section for section in SECTIONS}) or (
        f"; there are {', '.join(SECTIONS)}"
    )


@dataclass(frozen=True, slots=True)
class Section:
    """A question, and how its answer becomes rows."""

    query: str
    columns: tuple[str, ...]
    rows: Callable[[list[Row], Names, str], Rows]

    def table(self, store: Store, names: Names, language: str) -> Table:
        """The rows, in their order."""
        return Table(self.columns, tuple(self.rows(select(store, self.query), names, language)))


def _cited_not_held(rows: list[Row], names: Names, language: str) -> Rows:
    found = [
        (
            names.target(row["instrument"]),
            names.label(row["instrument"], language),
            row["paragraphs"],
            row["documents"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (-row[2], -row[3], row[0]))


def _held_not_cited(rows: list[Row], names: Names, language: str) -> Rows:
    found = [
        (names.target(row["document"]), names.label(row["document"], language), row["adopted"])
        for row in rows
    ]
    return sorted(found, key=lambda row: (row[2] is None, row[2], row[0]))


def _unresolved(rows: list[Row], names: Names, language: str) -> Rows:
    together: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        together[fold(row["exact"]), local(row["status"])].append(row)
    found = [
        _told_together(status, same, names, language) for (_, status), same in together.items()
    ]
    return sorted(found, key=lambda row: (-row[2], row[0]))


def _told_together(status: str, rows: list[Row], names: Names, language: str) -> tuple[Any, ...]:
    """What the same words are said to name, wherever they stand."""
    places = sorted(
        {(names.target(row["document"]), local(row["unit"])) for row in rows},
        key=lambda place: (place[0], unit_order(place[1])),
    )
    reasons = {
        names.label(row["kind"], language) if row["kind"] else row["reason"]
        for row in rows
        if row["kind"] or row["reason"]
    }
    candidates = sorted({names.target(row["candidate"]) for row in rows if row["candidate"]})
    return (
        min(row["exact"] for row in rows),
        status,
        len({(row["citation"], row["language"]) for row in rows}),
        len({document for document, _ in places}),
        tuple(sorted(reasons)),
        tuple(candidates),
        " ".join(places[0]),
    )


def _languages(rows: list[Row], names: Names, language: str) -> Rows:
    found: Rows = []
    for together in grouped(rows, "document"):
        document = together[0]["document"]
        held = {row["language"] for row in together}
        if missing := [code for code in languages() if code not in held]:
            title = names.label(document, language)
            found.append((names.target(document), title, tuple(sorted(held)), tuple(missing)))
    return sorted(found, key=lambda row: (-len(row[3]), row[0]))


def _differences(rows: list[Row], names: Names, language: str) -> Rows:  # noqa: ARG001
    found: defaultdict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row["document"], row["unit"], row["instrument"], row["language"]].append(row)
    told = [
        (
            names.target(document),
            local(unit),
            names.target(instrument),
            spoken,
            tuple(sorted({row["lacking"] for row in same})),
            min(row["exact"] for row in same),
        )
        for (document, unit, instrument, spoken), same in found.items()
    ]
    return sorted(told, key=lambda row: (row[0], unit_order(row[1]), row[2], row[3]))


def _links(rows: list[Row], names: Names, language: str) -> Rows:  # noqa: ARG001
    found = [
        (
            names.target(row["document"]),
            local(row["unit"]),
            row["exact"],
            names.target(row["read"]),
            names.target(row["linked"]),
            row["language"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (row[0], unit_order(row[1]), row[2:]))


def _unverified(rows: list[Row], names: Names, language: str) -> Rows:
    found = [
        (
            names.target(together[0]["thing"]),
            names.label(together[0]["thing"], language),
            tuple(sorted(local(row["fact"]) for row in together)),
            together[0]["paragraphs"],
        )
        for together in grouped(rows, "thing")
    ]
    return sorted(found, key=lambda row: (-row[3], row[0]))


SECTIONS: Mapping[str, Section] = {
    "cited-not-held": Section(
        "audit_cited_not_held",
        ("instrument", "title", "paragraphs", "documents"),
        _cited_not_held,
    ),
    "held-not-cited": Section(
        "audit_held_not_cited", ("document", "title", "adopted"), _held_not_cited
    ),
    "unresolved": Section(
        "audit_unresolved",
        ("exact", "status", "occurrences", "documents", "reasons", "candidates", "first"),
        _unresolved,
    ),
    "languages": Section("audit_languages", ("document", "title", "held", "missing"), _languages),
    "language-differences": Section(
        "audit_language_differences",
        ("document", "unit", "instrument", "cited_in", "not_in", "exact"),
        _differences,
    ),
    "links": Section(
        "audit_links", ("document", "unit", "exact", "read", "linked", "language"), _links
    ),
    "unverified": Section(
        "audit_unverified", ("thing", "label", "facts", "paragraphs"), _unverified
    ),
}
