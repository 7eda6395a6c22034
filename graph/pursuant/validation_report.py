"""A validation report for people: grouped by problem, as text and as a page that stands alone."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING

from pursuant.complaints import short
from pursuant.rendering import TEMPLATES, environment
from pursuant.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pursuant.findings import Checked, Finding, Problem, Report

SHOWN = 500


class Words:
    """The words of reports in one language: `w.title`, `w.counts(report)`."""

    def __init__(self, spoken: str) -> None:
        self.spoken = spoken if spoken in _words()["title"] else "en"

    def __getitem__(self, key: str) -> str:
        return _words()[key][self.spoken]

    def severity(self, name: str) -> str:
        """What a severity is called; somebody's own has its own name."""
        return self[name] if name in _words() else name

    def counts(self, report: Report) -> str:
        """How much was found."""
        wrong, doubtful, undone = report.counts.values()
        return self["counts"].format(violations=wrong, warnings=doubtful, infos=undone)

    def summary(self, report: Report) -> str:
        """How many shapes had something to check."""
        applied = sum(each.nodes > 0 for each in report.shapes)
        return self["summary"].format(applied=applied, shapes=len(report.shapes))

    def slow(self, checked: Checked) -> str:
        """That a shape was given to pySHACL, and why."""
        return self["slow"].format(shape=short(checked.shape), reason=checked.reason)

    def more(self, count: int) -> str:
        """That not all is shown."""
        return self["more"].format(count=count)

    def at(self, finding: Finding) -> str:
        """Where a finding stands."""
        return place(finding)

    def short(self, text: str) -> str:
        """An IRI or a path with the prefixes that are commonly used."""
        return short(text)


def place(finding: Finding) -> str:
    """File and line, as editors and compilers write them."""
    if finding.line is None:
        return finding.source or ""
    return f"{finding.source}:{finding.line}"


def to_html(report: Report, language: str = "en", given: str = "") -> str:
    """The report as a page that stands by itself.

    Args:
        report: the report.
        language: of the words around the findings; English where there are none in it.
        given: what was checked, for the page to say.
    """
    page = environment().get_template("validation.html")
    return page.render(report=report, w=Words(language), given=given, most=SHOWN)


def to_text(report: Report, language: str = "en", coverage: bool = False) -> str:
    """The report as text, grouped by problem, with the lines at which things stand.

    Args:
        report: the report.
        language: of the words around the findings; English where there are none in it.
        coverage: whether each shape is told with the number of its nodes.
    """
    words = Words(language)
    parts = ["\n".join(_problem(problem, words)) for problem in report.problems]
    if report.notices:
        told = (f"  {short(n.focus)}: {n.message}" for n in report.notices)
        parts.append("\n".join([f"{words['notices']}:", *told]))
    last = [words.counts(report), words.summary(report)] if report.shapes else []
    last += [words.slow(each) for each in report.shapes if each.reason]
    parts.append("\n".join(last))
    if report.unchecked:
        rows = tuple((short(name), count) for name, count in report.unchecked)
        table = Table((words["class"], words["members"]), rows).to_text()
        parts.append(f"{words['unchecked']}:\n{_indented(table)}")
    if coverage:
        rows_of_shapes = tuple((short(s.shape), s.name, s.nodes, s.engine) for s in report.shapes)
        columns = tuple(words[key] for key in ("shape", "name", "nodes", "engine"))
        parts.append(Table(columns, rows_of_shapes).to_text())
    return "\n\n".join(part for part in parts if part) + "\n"


def _problem(problem: Problem, words: Words) -> Iterator[str]:
    name = short(problem.constraint)
    severity = words.severity(problem.severity)
    yield f"{severity}: {problem.name} ({problem.count}) [{name}]"
    if problem.message:
        yield f"  {problem.message}"
    columns = [words[key] for key in ("place", "focus", "property", "value")]
    rows = [_row(finding) for finding in problem.findings]
    if not problem.message:
        columns.append(words["message"])
        rows = [
            (*row, finding.message) for row, finding in zip(rows, problem.findings, strict=True)
        ]
    filled = [i for i in range(len(columns)) if any(row[i] for row in rows)]
    shown = tuple(tuple(row[i] for i in filled) for row in rows)
    yield _indented(Table(tuple(columns[i] for i in filled), shown).to_text())


def _row(finding: Finding) -> tuple[str, ...]:
    path = "" if finding.path is None else short(finding.path)
    return (
        place(finding),
        _named(finding.focus, finding.label),
        path,
        _named(finding.value or "", finding.value_label),
    )


def _named(term: str, label: str | None) -> str:
    return f"{short(term)} ({label})" if label else short(term)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((TEMPLATES / "validation.toml").read_text(encoding="utf-8"))
