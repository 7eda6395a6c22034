"""Measures this installation on marked-up documents: `pursuant evaluate`.

Each Akoma Ntoso file is read for its paragraphs, notes and links (`marked`), printed as the text
dump of a PDF (`dumping`), extracted like any other text, and compared (`scoring`).
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from pursuant import dumping, marked
from pursuant.batching import spread
from pursuant.errors import PursuantError, UnreadableSource
from pursuant.extracting import extract
from pursuant.scoring import FACTS, OTHER, DocumentScore, kind, score
from pursuant.table import Table
from pursuant.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from pursuant.document import Document
    from pursuant.scoring import ParagraphScore
    from pursuant.table import Value

BODIES = ("A", "S", "E", "A/HRC")
_REASON = re.compile(r" in line \d+|:")
_COLUMNS = (
    *("language", "measure", "right", "of", "percent"),
    *("linked percent", "linked percent of numbers"),
)
_MISSES = ("language", "document", "unit", "miss", "what", "text")
_CHANGES = ("change", "language", "document", "unit", "what")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How some documents were read.

    Attributes:
        documents: the scores, in the order of the files.
        skipped: by reason, how many files could not be measured on.
    """

    documents: tuple[DocumentScore, ...]
    skipped: dict[str, int]

    def to_table(self) -> Table:
        """Counts and shares for each language: facts, paragraphs, citations by cited body."""
        languages = sorted({document.language for document in self.documents})
        return Table(_COLUMNS, tuple(row for code in languages for row in self._rows(code)))

    def _rows(self, language: str) -> Iterator[tuple[Value, ...]]:
        documents = [d for d in self.documents if d.language == language]
        for fact in FACTS:
            told = [d.right[fact] for d in documents if fact in d.right]
            if told:
                yield _row(language, f"documents: {fact}", sum(told), len(told))
        paragraphs = [p for d in documents for p in d.paragraphs]
        exact = sum(p.exact for p in paragraphs)
        yield _row(language, "paragraphs: exact", exact, len(paragraphs))
        found = Counter(kind(symbol) for p in paragraphs for symbol in p.found)
        missed = Counter(kind(symbol) for p in paragraphs for symbol in p.missed)
        unlinked = Counter(kind(symbol) for p in paragraphs for symbol in p.unlinked)
        named = Counter(kind(symbol) for p in paragraphs for symbol in p.named)
        for body in (*BODIES, OTHER):
            name = f"citations: {body}/RES" if body != OTHER else "citations: other documents"
            right, of = found[body], found[body] + missed[body]
            if of or unlinked[body]:
                more = unlinked[body], unlinked[body] - named[body]
                shares = (_percent(right, right + each) for each in more)
                linked = (None, None) if body == OTHER else tuple(shares)
                yield (*_row(language, name, right, of)[:-2], *linked)

    def misses(self) -> Table:
        """What was read wrong or not at all, and what was cited without a link, with its words."""
        return Table(_MISSES, tuple(row for d in self.documents for row in _missed(d)))

    def against(self, before: Evaluation) -> Table:
        """Gains and losses since another evaluation, over the documents that both have.

        "more" and "fewer" are citations without a link that appeared or are gone: they may be
        right, since editors do not link everything, so they are neither a gain nor a loss.
        """
        old = {(d.language, d.document): d for d in before.documents}
        rows = [
            (change, d.language, d.document, unit, what)
            for d in self.documents
            if (known := old.get((d.language, d.document)))
            for change, unit, what in _changes(known, d)
        ]
        return Table(_CHANGES, tuple(rows))

    def common(self, other: Evaluation) -> int:
        """Number of documents that both evaluations have."""
        ours, theirs = ({(d.language, d.document) for d in e.documents} for e in (self, other))
        return len(ours & theirs)

    def to_json(self) -> dict[str, Any]:
        """A JSON object; `load` takes it back."""
        documents = [document.to_json() for document in self.documents]
        return {"version": __version__, "skipped": self.skipped, "documents": documents}


def save(evaluation: Evaluation, path: Path) -> None:
    """Keeps an evaluation in a file, to compare later ones with.

    Raises:
        PursuantError: the file cannot be written.
    """
    try:
        data = json.dumps(evaluation.to_json(), ensure_ascii=False, separators=(",", ":"))
        path.write_text(data + "\n", encoding="utf-8")
    except OSError as error:
        raise PursuantError(f"{path} cannot be written: {error.strerror}") from error


def load(path: Path) -> Evaluation:
    """An evaluation that was saved.

    Raises:
        PursuantError: the file cannot be read, or holds something else.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        documents = tuple(map(DocumentScore.from_json, value["documents"]))
        return Evaluation(documents, value["skipped"])
    except OSError as error:
        raise PursuantError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise PursuantError(f"{path} holds no saved evaluation") from error


def evaluate(
    folder: Path,
    only: Collection[str] = (),
    sample: int = 0,
    seed: int = 0,
    *,
    cover: bool = False,
    track: Callable[[Iterable[DocumentScore], int], Iterable[DocumentScore]] = lambda items, _: (
        items
    ),
) -> Evaluation:
    """Measures extraction on the Akoma Ntoso files of a folder, and of the folders in it.

    Args:
        folder: where the files are; a single file will do.
        only: languages to measure, all if empty.
        sample: measure this many documents, chosen by the seed; all if 0.
        seed: also chooses what varies in the dumps. The same seed gives the same figures.
        cover: print cover page and close in the dumps; dates of adoption stand nowhere else.
        track: told of the scores as they are made, and of their number.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     evaluate(Path(folder))
    Traceback (most recent call last):
    pursuant.errors.PursuantError: ... holds no Akoma Ntoso resolution that can be measured on

    Raises:
        PursuantError: there is nothing to measure on.
    """
    skipped: Counter[str] = Counter()
    documents = gather(folder, only, skipped)
    if not documents:
        raise PursuantError(f"{folder} holds no Akoma Ntoso resolution that can be measured on")
    if sample and len(documents) > sample:
        documents = random.Random(seed).sample(documents, sample)  # noqa: S311 - no secret
    scored = spread(partial(_score, seed=seed, cover=cover), documents)
    return Evaluation(tuple(track(scored, len(documents))), dict(sorted(skipped.items())))


def gather(folder: Path, only: Collection[str], skipped: Counter[str]) -> list[marked.Marked]:
    """The marked-up documents in a folder, in the order of their paths.

    Args:
        folder: where the files are; a single file will do.
        only: languages to take, all if empty.
        skipped: counts, by reason, the files that cannot be measured on.
    """
    found = []
    for path in sorted(folder.rglob("*.xml")) if folder.is_dir() else [folder]:
        try:
            document = marked.read(path)
        except UnreadableSource as error:
            skipped[_REASON.split(error.problem)[0]] += 1
            continue
        if not only or document.language in only:
            found.append(document)
    return found


def _score(document: marked.Marked, seed: int, *, cover: bool) -> DocumentScore:
    text = dumping.dump(document, seed, cover=cover)
    read, problem = attempt(text, f"{document.path}.txt")
    return score(document, read, dated=cover, problem=problem)


def attempt(text: str, name: str) -> tuple[Document | None, str | None]:
    """What is read from a text, or why nothing is.

    A fault of ours in one document must not cost the figures of the others: it is told with them.
    """
    try:
        return extract(text.encode(), name), None
    except UnreadableSource as error:
        return None, error.problem
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def _row(language: str, measure: str, right: int, of: int) -> tuple[Value, ...]:
    return language, measure, right, of, _percent(right, of), None, None


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 2) if whole else None


def _missed(document: DocumentScore) -> Iterator[tuple[Value, ...]]:
    where = document.language, document.document
    if document.problem:
        yield (*where, None, "nothing read", document.problem, None)
    for fact, right in document.right.items():
        if not right:
            yield (*where, None, "wrong", fact, None)
    for p in document.paragraphs:
        if not p.exact:
            yield (*where, p.unit, "text differs", None, p.text)
        for symbol in p.missed:
            miss = "missed" if p.exact else "missed, as the text differs"
            yield (*where, p.unit, miss, symbol, p.text)
        for symbol in p.unlinked:
            miss = "named, not linked" if symbol in p.named else "not linked"
            yield (*where, p.unit, miss, symbol, p.text)


def _changes(old: DocumentScore, new: DocumentScore) -> Iterator[tuple[str, str | None, str]]:
    for fact in FACTS:
        if fact in old.right and fact in new.right and old.right[fact] != new.right[fact]:
            yield "gain" if new.right[fact] else "loss", None, fact
    before = {p.unit: p for p in old.paragraphs}
    for paragraph in new.paragraphs:
        if known := before.get(paragraph.unit):
            for change, what in _changed(known, paragraph):
                yield change, paragraph.unit, what


def _changed(old: ParagraphScore, new: ParagraphScore) -> Iterator[tuple[str, str]]:
    if old.exact != new.exact:
        yield "gain" if new.exact else "loss", "text"
    yield from (("gain", symbol) for symbol in new.found if symbol in old.missed)
    yield from (("loss", symbol) for symbol in new.missed if symbol in old.found)
    yield from (("more", symbol) for symbol in new.unlinked if symbol not in old.unlinked)
    yield from (("fewer", symbol) for symbol in old.unlinked if symbol not in new.unlinked)
