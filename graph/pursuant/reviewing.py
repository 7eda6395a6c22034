"""What a person read in a document: summaries, topics and actions, beside what the rules found.

A review is a TOML file in `data/reviews/`. It says again what it was made of (the fingerprint of
each text; force, addressees and first words of each mandate), so that `check` notices any change.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import MISSING, dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from pursuant.document import Document, Mandate, Partner
from pursuant.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SLUG = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_SHAPES = {"text": re.compile(r"[0-9a-f]{16}"), "status": re.compile(r"reviewed|disputed")}
_SHAPES |= dict.fromkeys(["reviewer", "begins", "summary"], re.compile(r"\S.*"))
_KEYS = {"units": "unit", "mandates": "mandate"}  # [[unit]] reads better than [[units]]


@dataclass(frozen=True, slots=True)
class UnitReview:
    """What a person says of one paragraph; `text` is the fingerprint of what was read."""

    id: str
    text: str
    summary: dict[str, str]
    topics: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MandateReview:
    """What a person says of one mandate, "op1-man2" being the second of paragraph op1.

    Attributes:
        begins: its first words, copied from the text, from the operative verb on.
        partners: a correction of those that the rules found; None where there is none.
        conditions: likewise.
    """

    id: str
    force: str
    addressees: tuple[str, ...]
    begins: str
    summary: dict[str, str]
    actions: tuple[str, ...]
    topics: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    partners: tuple[Partner, ...] | None = None
    conditions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Reviews:
    """One person's reading of one document in one language."""

    document: str
    language: str
    reviewer: str
    status: str
    units: tuple[UnitReview, ...]
    mandates: tuple[MandateReview, ...] = ()


def fingerprint(text: str) -> str:
    """First 16 hexadecimal digits of the SHA-256 of a text without its white space.

    >>> fingerprint("回顾 其决议，") == fingerprint("回顾其决议，")
    True
    """
    return hashlib.sha256(_squeeze(text).encode()).hexdigest()[:16]


def load(path: Path) -> Reviews:
    """Reviews in a TOML file.

    Raises:
        BadData: naming the file, the entry and the field that is wrong.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise BadData(f"{path.name} is not a review: {problem}.") from problem
    return cast("Reviews", _record(Reviews, values, path.name))


def check(reviews: Reviews, document: Document) -> None:
    """Make sure that a document still says what was reviewed.

    Raises:
        BadData: naming each unit and mandate that is gone, new or no longer the same.
    """
    problems = [*_unit_problems(reviews, document), *_mandate_problems(reviews, document)]
    if document.language != reviews.language:
        problems = [f"it is of the text in {reviews.language}, not in {document.language}"]
    if problems:
        name = f"The review of {reviews.document} does not agree with {document.source}"
        raise BadData(f"{name}: {'; '.join(problems)}.")


def _unit_problems(reviews: Reviews, document: Document) -> Iterator[str]:
    texts = {p.id: p.text for p in document.paragraphs}
    notes = {note.id: note.text for note in document.footnotes}
    for unit in reviews.units:
        text = texts.pop(unit.id, notes.get(unit.id))
        if text is None:
            yield f"{unit.id} is not in the document"
        elif fingerprint(text) != unit.text:
            yield f"the text of {unit.id} is another ({fingerprint(text)}, not {unit.text})"
    yield from (f"{unit} is not reviewed" for unit in texts)


def _mandate_problems(reviews: Reviews, document: Document) -> Iterator[str]:
    found = {
        f"{paragraph.id}-man{place}": mandate
        for paragraph in document.paragraphs
        for place, mandate in enumerate(paragraph.mandates, start=1)
    }
    for review in reviews.mandates:
        if mandate := found.pop(review.id, None):
            yield from _differences(review, mandate)
        else:
            yield f"{review.id} is not in the document"
    yield from (f"{mandate} is not reviewed" for mandate in found)


def _differences(review: MandateReview, mandate: Mandate) -> Iterator[str]:
    if mandate.force != review.force:
        yield f"the force of {review.id} is {mandate.force}, not {review.force}"
    if mandate.addressees != review.addressees:
        now, then = (" and ".join(names) for names in (mandate.addressees, review.addressees))
        yield f"{review.id} is addressed to {now or 'nobody'}, not {then}"
    words, first = _squeeze(mandate.evidence.exact), _squeeze(review.begins)
    # A particle before the verb ("also") may count as part of it, or not.
    if not 0 <= words.find(first) <= len(_squeeze(mandate.verb)):
        yield f"{review.id} begins “{words[: len(first)]}”, not “{first}”"


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _record(kind: type[Any], values: dict[str, Any], where: str) -> Any:
    """A dataclass from a table that has its fields as keys, and no others."""
    known = {_KEYS.get(field.name, field.name): field for field in fields(kind)}
    if odd := sorted(values.keys() - known.keys()):
        raise BadData(f"{where}: there is no field {' or '.join(odd)}.")
    needed = {key for key, field in known.items() if field.default is MISSING}
    if missing := sorted(needed - {key for key, value in values.items() if value != []}):
        raise BadData(f"{where}: {' and '.join(missing)} must be given.")
    read = {key: (_READERS.get(key) or _text)(value, where, key) for key, value in values.items()}
    return kind(**{known[key].name: value for key, value in read.items()})


def _records(kind: type[Any], value: Any, where: str, key: str) -> tuple[Any, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise BadData(f"{where}: {key} is not a list of tables.")
    names = [str(entry.get("id", place)) for place, entry in enumerate(value, start=1)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadData(f"{where}: {key} {', '.join(twice)} is there more than once.")
    return tuple(_record(kind, e, f"{where}, {key} {n}") for n, e in zip(names, value, strict=True))


def _text(value: Any, where: str, key: str) -> str:
    shape = _SHAPES.get(key.partition(".")[0], _SLUG)
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise BadData(f"{where}: {key} cannot be {value!r}.")
    return value


def _slugs(value: Any, where: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise BadData(f"{where}: {key} is not a list.")
    return tuple(dict.fromkeys(_text(slug, where, key) for slug in value))


def _summary(value: Any, where: str, key: str) -> dict[str, str]:
    lines = {"en": "", "zh": ""} | (value if isinstance(value, dict) else {})
    return {lang: _text(line, where, f"{key}.{lang}") for lang, line in lines.items()}


_READERS: dict[str, Callable[..., Any]] = {
    "summary": _summary,
    "unit": partial(_records, UnitReview),
    "mandate": partial(_records, MandateReview),
    "partners": partial(_records, Partner),
    **dict.fromkeys(["topics", "pillars", "addressees", "actions"], _slugs),
    **dict.fromkeys(["beneficiaries", "focus", "conditions"], _slugs),
}
