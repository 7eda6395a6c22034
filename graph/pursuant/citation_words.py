"""The words by which a language writes the numbers of resolutions, from [citation] in its file.

Nothing here is a word of a language: the file gives the words, this module the patterns in which
they stand. All patterns are read against folded text and give nothing back: a text that fits none
costs one pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from pursuant.cues import Cued
from pursuant.numerals import in_digits, to_roman

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

# The numbers of resolutions, in the order in which they are tried (Editorial Manual of the UN):
# emergency and special sessions, sessions to the thirtieth, the Security Council, bodies that
# count by year, bodies that count by session. {P} is a word before every number, {F} what a number
# may begin with, {L} the letters of parts of a resolution, {S} a mark of a session.
_ATOM = (
    r"{P}(?<![A-Za-z\d/(.])(?=[\dES{F}])(?P<number>{S}\d{1,2}\s?/\s?(?!0)\d{1,3}(?:\s?{L})?"
    r"|\d{1,4}\s?(?:{L}\s?)?"
    r"\(\s?(?:(?:E?S-)?[IVXLC]{1,8}|ORG-\d{2}|{S}(?:\d{1,2}|[IVXLC]{1,8}))\s?\)"
    r"|\d{1,4}\s?\(\s?(?:19|20)\d\d\s?\)"
    r"|(?:19[4-9]\d|20\d\d)\s?/\s?(?!0)\d{1,3}(?:\s?{L})?"
    r"|\d{1,3}\s?/\s?(?!0)\d{1,3}(?:\s?{L})?)(?![\d/])"
)

# Numbers of the first sessions in words: "第二一七A(三)号".
_SPELT = r"|{N}{1,7}+\s?(?:{L}\s?)?(?:\(\s?{N}{1,4}+\s?\)|[㈠-㈩])"
_NOTHING = "\U0010ffff(?!)"  # tells at once that it matches nothing
_DECIMAL_SESSION = re.compile(r"(?<=[(\s-])(?<!ORG-)\d{1,2}(?=\s?\))")
_CUED = frozenset({"atom", "bare", "kind", "pronoun", "stranger", "date"})


@dataclass(frozen=True, slots=True, eq=False)
class CitationWords:
    """How a language writes citations by number.

    Attributes:
        atom: a resolution's number without its series; its group "number" is without the word
            that stands before every number in some languages.
        kind: "resolution", "decision" or "statement", by the name of the group that matches.
        mirrored: whether the halves of a number are found in either order.
        kind_before: whether the kind stands before its numbers, not behind them.
        pronoun: stands in the place of the body that speaks.
        bodies: the names of bodies.
        stranger: what stands where a body does, and is none that is known.
        date: of adoption; the year may be missing.
        aside: what a resolution is about, which is passed over.
        filler: all that may stand between parts of one citation.
        separator: all that may stand between two citations of a list.
        range: all that may stand between the ends of a range.
        bare: a number with neither session nor year.
        more: letters of parts behind the kind.
        letters: Latin letter by letter or its name, for parts ("A", "ألف").
        months: number of the month by its name; of digits too.
        sessions: mark of a session in Latin ("S-", "ES-", "") by its mark in the language.
    """

    atom: Cued
    kind: Cued
    kind_before: bool
    mirrored: bool
    pronoun: Cued
    bodies: BodyNames
    stranger: Cued
    date: Cued
    aside: re.Pattern[str]
    filler: re.Pattern[str]
    separator: re.Pattern[str]
    range: re.Pattern[str]
    bare: re.Pattern[str]
    more: re.Pattern[str]
    letter: re.Pattern[str]
    letters: Mapping[str, str]
    sessions: Mapping[str, str]
    months: Mapping[str, int]

    def latin(self, number: str) -> str:
        """A number in Latin letters: "217 ألف (د-3)" is "217 A (III)"."""
        for marks in (self.letters, self.sessions):
            for written, latin in marks.items():
                number = number.replace(written, latin)
        if not any(character.isdigit() for character in number):
            number = in_digits(number)
        return _DECIMAL_SESSION.sub(lambda m: to_roman(int(m.group())), number)


class Token(NamedTuple):
    """Some words of a text that belong to citations: a number, a kind, a body, a date."""

    type: str
    start: int
    end: int
    text: str
    match: re.Match[str] | None = None

    def group(self, name: str) -> str:
        """What a group of the token's pattern holds; empty where it took no part."""
        return (self.match and self.match[name]) or ""

    @property
    def is_number(self) -> bool:
        """Whether it is a number of a resolution, with or without its session or year."""
        return self.type in ("atom", "bare")


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


class BodyNames:
    """Finds the names of bodies in a text: the leftmost and longest, and no parts of words."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names as they are printed."""
        self._names = sorted(set(names))
        self._automaton = AhoCorasick(self._names, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each name in a text."""
        for _, start, end in self._automaton.find_matches_as_indexes(text):
            if not (_is_cased(text[start - 1 : start + 1]) or _is_cased(text[end - 1 : end + 1])):
                yield start, end


def _is_cased(characters: str) -> bool:
    """Whether two characters are letters of an alphabet with cases, so that a word goes on."""
    return len(characters) == 2 and all(c.lower() != c.upper() for c in characters)


def _atom(section: Mapping[str, Any], parts: str) -> str:
    """The pattern of a number, in a language that writes the letters of parts in some way."""
    sessions = section.get("sessions", {})
    session = f"(?:E?S-{'|' if sessions else ''}{_any(sessions)})"
    numerals = section.get("numerals", "")
    atom = _ATOM.replace("|", f"{_SPELT}|", 1) if numerals else _ATOM
    prefix = f"(?:{section['prefix']})?" if "prefix" in section else ""
    first = "".join(mark[0] for mark in sessions) + numerals.strip("[]")
    values = {"P": prefix, "F": first, "L": parts, "S": session, "N": numerals}
    for name, value in values.items():
        atom = atom.replace(f"{{{name}}}", value)
    return atom


def _letter(letters: Iterable[str]) -> str:
    """A letter, or its name: a whole word. Latin letters may stand right before Chinese ones."""
    named = _any(letters)
    return rf"(?:[A-Z]|(?:{named})(?!\w))" if named else "[A-Z]"


def _kind(section: Mapping[str, Any]) -> str:
    kinds = (kind for kind in ("resolution", "decision", "statement") if kind in section)
    return "|".join(f"(?P<{kind}>{section[kind]})" for kind in kinds)


def citation_words(
    section: Mapping[str, Any],
    names: Iterable[str],
    quoted: str,
    months: Mapping[str, int],
    compiled: Callable[[str, str], re.Pattern[str]],
) -> CitationWords:
    """The patterns of a language.

    Args:
        section: the table [citation] of its file.
        names: the names of bodies in it.
        quoted: how it quotes the title of a document.
        months: number of the month by name.
        compiled: compiles a pattern; is told the entry for its message.
    """
    patterns: dict[str, Any] = {
        entry: compiled(pattern, f"citation.{entry}")
        for entry, pattern in _patterns(section, quoted).items()
    }
    return CitationWords(
        kind_before=section["kind"] == "before",
        mirrored=section.get("mirrored", False),
        bodies=BodyNames(names),
        letters=section.get("letters", {}),
        sessions=section.get("sessions", {}),
        months=months,
        **patterns | {name: Cued(patterns[name]) for name in _CUED},
    )


def _patterns(section: Mapping[str, Any], quoted: str) -> dict[str, str]:
    letter = _letter(section.get("letters", {}))
    filler, separator, until = section["filler"], section["separator"], section["range"]
    joint = rf"\s{{0,2}}(?:{separator}|{until}|[-–])\s{{0,2}}"
    prefix, year = section.get("prefix", ""), section.get("year", _NOTHING)
    part = rf"{letter}(?![A-Za-z/\d])"
    parts = rf"{part}(?>(?:{joint}{part}){{0,25}})"
    gap = rf"\s{{1,4}}|{filler}"
    gaps = f"(?>(?:{gap}){{0,40}})"
    return {
        "atom": _atom(section, parts),
        "kind": _kind(section),
        "pronoun": section["pronoun"],
        "stranger": section.get("stranger", _NOTHING),
        "date": section["date"],
        "aside": "|".join(filter(None, (quoted, section.get("aside")))),
        "filler": gaps,
        "separator": f"(?>(?:{gap}|{separator}|/){{0,40}})",
        "range": f"{gaps}(?:{until}){gaps}",
        "bare": rf"(?:(?:{prefix})(?<![A-Za-z\d/.(-])|(?<=\d{{4}}/)(?=\d{{4}}))"
        rf"(?P<number>\d{{1,4}})(?!\d|(?<!\d{{3}})/|/(?!\d{{4}}(?!\d))|\s?\(|\.\d|{year})",
        "more": rf"\s{{0,2}}{parts}",
        "letter": letter,
    }


def tokenize(text: str, words: CitationWords) -> list[Token]:
    """The tokens of a text; where two overlap, the one whose type is named first here."""
    found = [
        *_matches("date", words.date, text),
        *_matches("atom", words.atom, text),
        *_matches("kind", words.kind, text),
        *(Token("body", start, end, text[start:end]) for start, end in words.bodies.find(text)),
        *_matches("its", words.pronoun, text),
        *_matches("stranger", words.stranger, text),
        *_matches("bare", words.bare, text),
    ]
    taken, tokens = bytearray(len(text)), []
    for token in found:
        if 1 not in taken[token.start : token.end]:
            taken[token.start : token.end] = b"\1" * (token.end - token.start)
            tokens.append(token)
    return sorted(tokens, key=lambda token: token.start)


def _matches(type_: str, pattern: Cued | re.Pattern[str], text: str) -> Iterator[Token]:
    for m in pattern.finditer(text):
        yield Token(type_, m.start(), m.end(), m.group(), m)
