"""What stands around the paragraphs: symbol, title, who adopts and speaks, date and meeting.

A resolution is headed by its symbol and title (in a compilation), or by a title page: masthead,
session, agenda item, who adopted it and when. Then the body that speaks is named; a body may first
recommend to another one a draft in which that one speaks. Date and meeting may close the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pursuant.folding import bare, fold, without_marks
from pursuant.numbering import may_be_of
from pursuant.paging import Line, join
from pursuant.symbol import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pursuant.languages import Language

_LETTER = r"(?: [A-Z](?= ?(?:[.．*]|$)))?"
_SYMBOL = rf"[A-Z]{{1,4}}/(?:[A-Z0-9.]+/)*[A-Z0-9-]+(?: ?\((?:\d{{4}}|[IVXLCES-]+)\))?{_LETTER}"
_NUMBER = rf"(?:E?S-)?\d{{1,4}}/\d{{1,4}}{_LETTER}|\d{{1,4}}(?: [A-Z])? ?\((?:(?:ES-|S-)?[IVXL]+)\)"
_HEADER = re.compile(
    rf"(?P<symbol>{_SYMBOL}|{_NUMBER}|\d{{1,4}} \(\d{{4}}\))\*?"
    r"(?:\s*[.．]\s*(?:- ?)?|\s*[-–—]\s*(?!\d)|\s+|$)(?P<title>.*)"
)
_WHOLE_SYMBOL = re.compile(
    r"(?<![\w/])(?:A|S|E|A/HRC|E/CN\.\d+)/RES/[A-Z0-9/.()-]*[A-Z0-9)](?: \(\d{4}\))?" + _LETTER
)
_SERIES = {"ga": "A/RES", "sc": "S/RES", "ecosoc": "E/RES", "hrc": "A/HRC/RES", "chr": "E/CN.4/RES"}
_QUOTES = ' “"«「‘„”'
_MASTHEAD = re.compile(r"\bDistr\b")
_HEAD = 400  # lines in which the formulas begin
_WRAPPED = 4  # lines that a formula may take
_SEEN_AHEAD = 12  # lines between a recommendation and the body that speaks in the draft
_FORMULA = 300  # characters
_COVER = 40  # lines that a title page may take
_VOTE = 40  # lines that a note on the vote may take
_ANNEX = 40  # characters of a line that says nothing but "Annex XXXVIII"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the paragraphs: who adopts, who speaks, under which number and title."""

    symbol: str | None = None
    title: str | None = None
    adopted_by: str | None = None
    speaker: str | None = None
    draft: bool = False
    adopted: str | None = None
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class Framed:
    """A frame, the lines between its head and its close, and those of head and close themselves."""

    frame: Frame
    body: tuple[Line, ...]
    furniture: tuple[str, ...]


def read_frame(lines: Sequence[Line], language: Language) -> Framed:
    """The frame around the lines of a document."""
    start = _first_formula(lines, language)
    if behind := _without_formula(lines, start, language):
        return _framed(*behind, lines, language)
    frame, head = _head(lines[: start or 0] or lines[:1], language, alone=start is None)
    if start is None:
        start = head
    frame, start = _formulas(frame, lines, start, language)
    return _framed(frame, start, lines, language)


def _framed(frame: Frame, start: int, lines: Sequence[Line], language: Language) -> Framed:
    frame = replace(frame, symbol=_full_symbol(frame))
    frame, end = _close(frame, lines[start:], language)
    body = tuple(lines[start : start + end])
    around = [*lines[:start], *lines[start + end :]]
    return Framed(frame, body, tuple(line.text for line in around))


def _without_formula(
    lines: Sequence[Line], formula_at: int | None, language: Language
) -> tuple[Frame, int] | None:
    """The frame of a text whose title page says who adopted it, and where nobody is said to speak.

    Its paragraphs begin behind the title page: who adopted it speaks.
    """
    if formula_at is not None and _is_formal(lines, formula_at, language):
        return None
    for at in reversed(range(min(_COVER, len(lines)))):
        found = formula(lines, at, "adoption", language)
        if found is None or at + found[1] <= (formula_at or 0):
            continue
        start = at + found[1]
        start += bool(start < len(lines) and _HEADER.fullmatch(fold(bare(lines[start].text))))
        frame, _ = _head(lines[:start], language, alone=False)
        return replace(frame, speaker=frame.adopted_by), start
    return None


def annexes(lines: Sequence[Line], language: Language) -> list[int]:
    """Where the annexes begin: lines of that word alone, behind a text that is ended."""
    return [
        at
        for at in range(1, len(lines))
        if len(lines[at].text) <= _ANNEX
        and language.frame["annex"].match(_plain(lines[at].text))
        and (_is_closed(lines, at, language) or lines[at].opens)
    ]


def _is_closed(lines: Sequence[Line], at: int, language: Language) -> bool:
    before = bare(lines[at - 1].text)
    ended = language.sentence_end.search(re.sub(r"\d{1,3}$", "", fold(before)).rstrip())
    return bool(ended or before.endswith("]") or _closing(before, language))


def adoption_day(texts: Sequence[str], language: Language) -> str | None:
    """The day (ISO 8601) on which a title page says that the resolution was adopted."""
    lines = [Line(text) for text in texts]
    found = (formula(lines, at, "adoption", language) for at in range(len(lines)))
    return next((day for each in found if each and (day := language.day(each[0]))), None)


def formula(
    lines: Sequence[Line], at: int, name: str, language: Language
) -> tuple[re.Match[str], int] | None:
    """A formula of the frame that begins at a line, and how many lines it takes."""
    text = ""
    for count in range(1, min(_WRAPPED, len(lines) - at) + 1):
        text = join([text, lines[at + count - 1].text])
        if len(text) > _FORMULA:
            break
        if found := language.frame[name].match(_plain(text).strip(_QUOTES)):
            return found, count
    return None


def _plain(text: str) -> str:
    return without_marks(fold(text))[0]


def is_frame_line(text: str, language: Language) -> bool:
    """Whether a line names who speaks, or to whom a draft is recommended."""
    return bool(_speaks([Line(text)], 0, language))


def _speaks(
    lines: Sequence[Line], at: int, language: Language
) -> tuple[re.Match[str], int, bool] | None:
    """The formula at a line that names who speaks, its lines, and whether it recommends a draft."""
    for name in ("speaker", "wrapper"):
        found = formula(lines, at, name, language)
        if found and found[0]["speaker"] in language.bodies.names:
            return *found, name == "wrapper"
    return None


def _first_formula(lines: Sequence[Line], language: Language) -> int | None:
    """Where the body that speaks or recommends is named for the first time.

    A title page names bodies too, on lines of their own, but without the comma of the formula;
    where the formula has none either, it is the last of them that counts.
    """
    first = None
    for at in range(min(len(lines), _HEAD)):
        if (found := _speaks(lines, at, language)) is None:
            continue
        if _is_formal(lines, at, language):
            before = _speaks(lines, at - 1, language) if at and found[2] else None
            return at - 1 if before and not before[2] else at
        first = at if first is None or at < _COVER else first
    return first


def _is_formal(lines: Sequence[Line], at: int, language: Language) -> bool:
    """Whether a line names who speaks as the formula does: with its comma, or recommending."""
    found = _speaks(lines, at, language)
    return bool(found and (found[2] or fold(bare(lines[at].text))[-1:] in "，,،"))


def _formulas(
    frame: Frame, lines: Sequence[Line], start: int, language: Language
) -> tuple[Frame, int]:
    """The frame with who speaks, and where the paragraphs begin."""
    while found := _speaks(lines, start, language) if start < len(lines) else None:
        match, count, wrapper = found
        if wrapper and start + count == len(lines):
            break  # a recommendation whose draft is not given: it is all that the text decides
        speaker = language.bodies.names[match["speaker"]]
        by = language.bodies.names.get(match.groupdict().get("by") or "")
        adopted_by = frame.adopted_by or (by if wrapper else speaker)
        frame = replace(frame, adopted_by=adopted_by, speaker=speaker, draft=frame.draft or wrapper)
        start += count
        if wrapper:
            start = _draft_head(lines, start, language)
    return frame, start


def _draft_head(lines: Sequence[Line], start: int, language: Language) -> int:
    """Where the draft's own speaker is named: its title may stand before."""
    for at in range(start, min(start + _SEEN_AHEAD, len(lines))):
        found = formula(lines, at, "speaker", language)
        if found and fold(bare(lines[at + found[1] - 1].text))[-1:] in "，,،":
            return at
    return start


def _head(lines: Sequence[Line], language: Language, *, alone: bool) -> tuple[Frame, int]:
    """Symbol, title and, from a title page, date and meeting; and how many lines they take.

    Args:
        lines: those above the first formula, or the first line of a text without one.
        language: of the text.
        alone: there is no formula: only the first line can be a header.
    """
    frame, texts = Frame(), [bare(line.text) for line in lines]
    has_masthead = any(_MASTHEAD.search(text) for text in texts)
    for at in range(len(lines)):
        if found := formula(lines, at, "adoption", language):
            frame, has_masthead = _adoption(frame, found[0], language), True
    whole = next((m.group() for t in texts if (m := _WHOLE_SYMBOL.search(fold(t)))), None)
    headers = [(at, m) for at, t in enumerate(texts) if (m := _HEADER.fullmatch(fold(t)))]
    titled = [(at, m) for at, m in headers if m["title"] and _belongs(m["symbol"], whole)]
    if not headers and not whole:
        return frame, 0
    at, header = (titled[-1] if has_masthead and titled else headers[0]) if headers else (0, None)
    symbol = whole or (header["symbol"] if header else "")
    title = None
    if header and (titled or not has_masthead):
        rest = texts[at][header.start("title") :]
        following = [] if alone else [line.text for line in lines[at + 1 :]]
        title = join([rest, *following], "", language.suspended)
    return replace(frame, symbol=canonical(symbol.rstrip("*.．")), title=title or None), at + 1


def _belongs(number: str, whole: str | None) -> bool:
    """Whether a number may be that of the document whose whole symbol is known."""
    return whole is None or fold(whole).replace(" ", "").rstrip("*.").endswith(
        number.replace(" ", "")
    )


def _adoption(frame: Frame, found: re.Match[str], language: Language) -> Frame:
    return replace(
        frame,
        adopted=language.day(found) or frame.adopted,
        adopted_by=language.bodies.names.get(found["body"] or "") or frame.adopted_by,
        meeting=found["meeting"] or frame.meeting,
    )


def _full_symbol(frame: Frame) -> str | None:
    """The symbol with its series, which a compilation of resolutions leaves out: 2019/21."""
    if (frame.symbol and frame.symbol[0].isdigit()) or (frame.symbol or "").startswith(
        ("S-", "ES-")
    ):
        series = _SERIES.get(frame.adopted_by or "")
        return f"{series}/{frame.symbol}" if series else None
    return frame.symbol


def _close(frame: Frame, lines: Sequence[Line], language: Language) -> tuple[Frame, int]:
    """The frame with date and meeting, which stand behind all paragraphs, and where those end."""
    end = _before_vote(lines, language)
    while end:
        if vote := _vote(lines, end):
            end = vote
            continue
        if not (found := _closing(lines[end - 1].text, language)):
            break
        adopted, meeting = found
        day = _likelier(frame, adopted)
        frame = replace(frame, adopted=day, meeting=frame.meeting or meeting)
        end -= 1
    return frame, end


def _likelier(frame: Frame, closing: str | None) -> str | None:
    """The day on the title page, or that of the close where only it can be the resolution's."""
    if closing and frame.adopted and frame.symbol and not may_be_of(frame.symbol, frame.adopted):
        return closing if may_be_of(frame.symbol, closing) else frame.adopted
    return frame.adopted or closing


def _closing(text: str, language: Language) -> tuple[str | None, str | None] | None:
    """Date and meeting on one line, or one of them."""
    folded = _plain(text).strip()
    if len(folded) > _FORMULA:
        return None
    for piece, rest in _cuts(folded):
        day = language.frame["adopted"].match(piece)
        meeting = language.frame["meeting"].match(rest or piece)
        if rest and not (day and meeting):
            continue
        if day or meeting:
            return language.day(day) if day else None, meeting["meeting"] if meeting else None
    return None


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    """A text whole, and cut in two at each space, in either order."""
    yield text, ""
    for space in re.finditer(" ", text):
        before, after = text[: space.start()].strip(), text[space.end() :].strip()
        yield after, before
        yield before, after


def _before_vote(lines: Sequence[Line], language: Language) -> int:
    """Where a note on the vote begins right behind date or meeting, though no bracket closes it."""
    for at in range(len(lines) - 1, max(len(lines) - _VOTE, 0), -1):
        if bare(lines[at].text).startswith("[") and _closing(lines[at - 1].text, language):
            return at
    return len(lines)


def _vote(lines: Sequence[Line], end: int) -> int | None:
    """Where a note in square brackets begins that ends before a line: how it was adopted."""
    if not bare(lines[end - 1].text).endswith("]"):
        return None
    for at in range(end - 1, max(end - _VOTE, -1), -1):
        if bare(lines[at].text).startswith("["):
            return at
    return None
