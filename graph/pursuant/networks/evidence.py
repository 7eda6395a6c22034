"""The citations behind a network as a table, each with the words that prove it."""

from __future__ import annotations

import csv
import io
from typing import IO, TYPE_CHECKING

from pursuant.iri import VOCAB
from pursuant.names import names_of
from pursuant.networks.gathering import Cited
from pursuant.networks.lines import write_lines
from pursuant.querying import Invocation, invocations
from pursuant.symbol import cited_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pursuant.networks.subject import Subject

COLUMNS = ("citing", "unit", "cited", "function", "via", "exact")


def write_csv(subject: Subject, output: IO[bytes]) -> None:
    """CSV with a line for each citation, in the order of the documents and of their texts."""
    write_lines(map(_line, _rows(subject)), output)


def _rows(subject: Subject) -> Iterator[tuple[str, ...]]:
    yield COLUMNS
    names, belongs = names_of(subject.store), subject.belonging()
    for document in subject.documents():
        for each in invocations(subject.store, document, subject.choice.language):
            if each.target is not None and belongs(_cited(each)):
                citing, cited = names.target(document), names.target(each.target)
                yield citing, each.unit, cited, each.function, each.via, each.exact


def _cited(each: Invocation) -> Cited:
    part = cited_unit(each.pinpoint) if each.pinpoint else None
    return Cited(
        each.document,
        f"{each.document}/{each.unit}",
        each.target,
        f"{VOCAB}citation-function/{each.function}",
        f"{each.target}/{part}" if part else None,
    )


def _line(row: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(row)
    return out.getvalue()
