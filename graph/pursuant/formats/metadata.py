"""What the head of an Akoma Ntoso statement says of it: symbol, title, dates, body, subjects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pursuant.folding import fold
from pursuant.formats.xml import local
from pursuant.symbol import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_LANGUAGES = {"zho": "zh", "eng": "en", "fra": "fr", "spa": "es", "rus": "ru", "ara": "ar"}
_BODIES = {
    "unga": "ga",
    "unsc": "sc",
    "unecosoc": "ecosoc",
    "ecosoc": "ecosoc",
    "unga-hrc": "hrc",
    "unhrc": "hrc",
}
_WORK = re.compile(r"/akn/un/statement/[a-z]+/(?P<body>[a-z-]+)/(?P<date>\d{4}-\d\d-\d\d)/")
_FIRST = "1945"  # the Charter's year
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the head of a statement says.

    Attributes:
        symbol: canonical.
        language: code of two letters.
        adopted: ISO date.
        adopted_by: slug of the body.
        meeting: number of the meeting at which it was adopted.
        subjects: headings of the UNBIS Thesaurus that the UN's library gave it.
    """

    symbol: str | None
    language: str | None
    title: str | None
    adopted: str | None
    adopted_by: str | None
    meeting: str | None
    subjects: tuple[str, ...]


def metadata(statement: _Element) -> Metadata:
    """The metadata of a statement; None for what it does not say."""
    work = statement.find("./{*}meta//{*}FRBRWork")
    this = work.find("{*}FRBRthis") if work is not None else None
    named = _WORK.match(this.get("value", "")) if this is not None else None
    language = statement.find("./{*}meta//{*}FRBRExpression/{*}FRBRlanguage")
    code = language.get("language", "") if language is not None else ""
    return Metadata(
        symbol=_symbol(statement),
        language=_LANGUAGES.get(code, code[:2] or None),
        title=_title(statement),
        adopted=_adopted(work) or _known(named["date"] if named else ""),
        adopted_by=_BODIES.get(named["body"]) if named else None,
        meeting=_meeting(statement),
        subjects=tuple(dict.fromkeys(_subjects(statement))),
    )


def text_of(element: _Element) -> str:
    """The text of an element without its notes, with single spaces."""
    pieces = [element.text or ""]
    for child in element:
        if local(child) != "authorialNote":
            pieces.append(text_of(child) if not len(child) else f" {text_of(child)} ")
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())


def _symbol(statement: _Element) -> str | None:
    for number in statement.iterfind("./{*}coverPage//{*}docNumber"):
        if text := text_of(number).rstrip("*"):
            return canonical(text)
    return None


def _title(statement: _Element) -> str | None:
    titles = map(text_of, statement.iterfind(".//{*}docTitle[@refersTo='#resolutionTitle']"))
    return next(filter(None, titles), None)


def _adopted(work: _Element | None) -> str | None:
    for date in work.iterfind("{*}FRBRdate") if work is not None else ():
        value = date.get("date", "")
        if date.get("name") in ("adoption", "draft") and _DATE.fullmatch(value):
            return _known(value)
    return None


def _known(day: str) -> str | None:
    """A day, or None where it only fills the place of one that is not known (0001-01-01)."""
    return day if day >= _FIRST else None


def _meeting(statement: _Element) -> str | None:
    for meeting in statement.iterfind(".//{*}inline[@name='adoptionMeeting']"):
        if found := re.search(r"\d+", fold(text_of(meeting))):
            return found.group()
    return None


def _subjects(statement: _Element) -> Iterator[str]:
    for keyword in statement.iterfind("./{*}meta/{*}classification/{*}keyword"):
        label = keyword.get("showAs") or keyword.get("value") or ""
        if keyword.get("dictionary") == "UNBIS Thesaurus" and label.strip():
            yield " ".join(label.split())
